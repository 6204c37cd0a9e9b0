/** What a node is called in the database, as far as its project says it. */
import type { Profile } from './configuration.ts';
import type { ProjectNode } from './node.ts';
import type { SourceProperties } from './properties.ts';

const joined = (...parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join('.');
const plain = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' && !value.includes('{{') ? value : null;

/** As dbt's own `generate_schema_name` puts it together, as far as it is known. */
export function relationOf(
  node: ProjectNode,
  config: Readonly<Record<string, unknown>>,
  profile: Profile | null,
): string {
  const custom = plain(config['schema']) ?? plain(config['target_schema']);
  const base = profile?.schema ?? null;
  const schema =
    node.kind === 'snapshot' && custom !== null
      ? custom
      : custom === null
        ? base
        : base === null
          ? null
          : `${base}_${custom}`;
  const database = plain(config['database']) ?? plain(config['target_database']) ?? profile?.database ?? null;
  const name = plain(config['alias']) ?? node.name;
  return schema === null ? name : joined(database, schema, name);
}

export const sourceRelationName = ({ database, schema, identifier }: SourceProperties): string =>
  joined(plain(database), plain(schema), identifier);
