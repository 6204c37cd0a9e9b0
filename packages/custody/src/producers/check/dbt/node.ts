/** Models, seeds and snapshots of a project: files with what is said of them. */
import type { Configuration } from './configuration.ts';
import { mergedConfig } from './configuration.ts';
import { objectOf, type NodeProperties } from './properties.ts';

export interface ProjectNode {
  readonly kind: 'model' | 'seed' | 'snapshot';
  readonly name: string;
  readonly path: string;
  /** Padded where it is a part of a file, so that offsets are those of the file. */
  readonly text: string;
  /** Configuration by folder and by properties; what the file itself says is on top of it. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly properties: NodeProperties | null;
  /** Name by which versions are meant: `dim_x` of `dim_x_v2`. */
  readonly unversioned: string;
  readonly version: string | null;
}

export interface PropertiesByName {
  readonly models: ReadonlyMap<string, NodeProperties>;
  readonly seeds: ReadonlyMap<string, NodeProperties>;
  readonly snapshots: ReadonlyMap<string, NodeProperties>;
}

const SNAPSHOTS_MAX = 1_000;

/** `files`: by path within the project. */
export function nodesIn(
  files: ReadonlyMap<string, string>,
  configuration: Configuration,
  properties: PropertiesByName,
): ProjectNode[] {
  const nodes: ProjectNode[] = [];
  const versioned = new Map<string, { properties: NodeProperties; v: string }>();
  for (const one of properties.models.values())
    for (const { v, definedIn } of one.versions)
      versioned.set(definedIn ?? `${one.name}_v${v}`, { properties: one, v });
  for (const [path, text] of files) {
    const model = below(path, configuration.modelPaths);
    const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
    const add = (
      kind: ProjectNode['kind'],
      own: string,
      under: string,
      its: string,
      said: NodeProperties | undefined,
      version: string | null = null,
    ) => {
      const folders = under.split('/').slice(0, -1);
      const config = mergedConfig(
        configuration.configOf(`${kind}s`, [configuration.name, ...folders, own]),
        said?.config ?? {},
      );
      if (config['enabled'] === false) return;
      nodes.push({
        kind,
        name: own,
        path,
        text: its,
        config,
        properties: said ?? null,
        unversioned: said?.name ?? own,
        version,
      });
    };
    if (model !== null && /\.(?:sql|py)$/.test(path)) {
      const version = versioned.get(name);
      add('model', name, model, text, version?.properties ?? properties.models.get(name), version?.v ?? null);
    }
    const seed = below(path, configuration.seedPaths);
    if (seed !== null && path.endsWith('.csv')) add('seed', name, seed, text, properties.seeds.get(name));
    const snapshot = below(path, configuration.snapshotPaths);
    if (snapshot !== null && path.endsWith('.sql'))
      for (const { name: own, its } of snapshotsIn(text))
        add('snapshot', own, snapshot, its, properties.snapshots.get(own));
  }
  // Snapshots that are written in YAML alone: all of a relation.
  for (const said of properties.snapshots.values())
    if (said.relation !== null && !nodes.some(({ kind, name }) => kind === 'snapshot' && name === said.name))
      nodes.push({
        kind: 'snapshot',
        name: said.name,
        path: said.path,
        text: `${'\n'.repeat(said.line - 1)}select * from {{ ${said.relation.slice(0, 500)} }}`,
        config: said.config,
        properties: said,
        unversioned: said.name,
        version: null,
      });
  return nodes;
}

/** The path below one of the folders; null where it is in none. */
function below(path: string, folders: readonly string[]): string | null {
  const folder = folders.find((one) => one === '' || one === '.' || path.startsWith(`${one}/`));
  return folder === undefined ? null : folder === '' || folder === '.' ? path : path.slice(folder.length + 1);
}

function snapshotsIn(text: string): { name: string; its: string }[] {
  const found: { name: string; its: string }[] = [];
  for (const match of text.matchAll(/\{%[-+]?\s{0,20}snapshot\s{1,20}(\w{1,200})\s{0,20}[-+]?%\}/g)) {
    const start = match.index + match[0].length;
    const end = /\{%[-+]?\s{0,20}endsnapshot/.exec(text.slice(start));
    const body = text.slice(start, end === null ? undefined : start + end.index);
    found.push({ name: match[1]!, its: text.slice(0, start).replace(/[^\n]/g, ' ') + body });
    if (found.length >= SNAPSHOTS_MAX || found.length * text.length > 20_000_000) break;
  }
  return found;
}

/** The columns of a seed: the first line of its file. */
export function seedColumns(text: string, delimiter: unknown): string[] {
  const line = text
    .replace(/^\ufeff/, '')
    .slice(0, 20_000)
    .split(/\r?\n/, 1)[0]!;
  return line
    .split(typeof delimiter === 'string' && delimiter !== '' ? delimiter : ',')
    .map((name) => name.trim().replace(/^"|"$/g, ''))
    .filter((name) => name !== '')
    .slice(0, 2_000);
}

/** How long what it holds is kept, where anything says so. */
export function retentionOf(config: Readonly<Record<string, unknown>>): string | null {
  const meta = objectOf(config['meta']);
  for (const value of [
    meta['retention'],
    meta['retention_days'],
    meta['retention_period'],
    config['retention'],
    config['hours_to_expiration'],
    config['partition_expiration_days'],
  ])
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') return String(value);
    else if (typeof value === 'object' && value !== null) return JSON.stringify(value).slice(0, 200);
  return null;
}
