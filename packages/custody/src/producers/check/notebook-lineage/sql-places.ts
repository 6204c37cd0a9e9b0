/** What SQL in a notebook reads and writes, by the lineage engine. */
import { lineage } from '../../sql/index.ts';

export interface SqlPlaces {
  readonly inputs: readonly SqlPlace[];
  /** Each with what flows into it. */
  readonly outputs: readonly (SqlPlace & { readonly inputs: readonly SqlPlace[] })[];
  readonly isUnread: boolean;
}
export interface SqlPlace {
  readonly name: string;
  readonly kind: 'file' | 'table';
}

const CHARS_MAX = 100_000;
/** Unknown parts `{name}` are no SQL: they are names meanwhile. */
const HOLE = /\{\{?([^{}]{1,100})\}\}?/g;
/** Functions of DuckDB that read files whose list the engine does not look into. */
const LISTED =
  /\b(?:read_(?:parquet|csv|csv_auto|json|json_auto|ndjson|ndjson_auto|text|blob)|parquet_scan|delta_scan|iceberg_scan)\s{0,10}\(\s{0,10}\[([^\]]{0,10000})\]/gi;

export function sqlPlaces(text: string, dialect: string): SqlPlaces {
  const holes: string[] = [];
  const sql = text
    .slice(0, CHARS_MAX)
    .replace(HOLE, (_, name: string) => `custody_hole_${holes.push(`{${name.trim()}}`) - 1}_`);
  const filled = (name: string): string =>
    name.replace(/custody_hole_(\d+)_/gi, (all, i: string) => holes[Number(i)] ?? all);
  const read = lineage(sql, { dialect });
  const listed: SqlPlace[] = [];
  for (const [, list = ''] of sql.matchAll(LISTED))
    for (const [, name = ''] of list.matchAll(/'([^']{1,1000})'/g)) listed.push({ name: filled(name), kind: 'file' });
  const place = ({ name, kind }: { readonly name: string; readonly kind: string }): SqlPlace => ({
    name: filled(name),
    kind: kind === 'location' ? 'file' : 'table',
  });
  const statements = read.statements.flatMap((one) => [one, ...one.body]);
  const outputs = statements
    .filter(({ movesData }) => movesData)
    .flatMap((one) =>
      one.outputs.map((output) => ({ ...place(output), inputs: [...one.inputs.map(place), ...listed] })),
    );
  return {
    inputs: [...statements.flatMap(({ inputs }) => inputs.map(place)), ...listed],
    outputs,
    isUnread: read.diagnostics.some(({ severity }) => severity === 'error') || statements.length === 0,
  };
}
