/** What is needed of dbt's `manifest.json`, taken out of whatever JSON the file holds. Versions 10 to 12 (dbt 1.6 to 1.11). */
import { isObject, type JsonObject } from '../../openlineage/event-shape.ts';

export type DbtKind = 'model' | 'seed' | 'snapshot' | 'source' | 'test' | 'exposure';

export interface DbtColumn {
  readonly name: string;
  readonly type: string | null;
  readonly description: string | null;
}

export interface DbtNode {
  readonly id: string;
  readonly kind: DbtKind;
  readonly name: string;
  readonly database: string | null;
  readonly schema: string | null;
  /** What the relation is called in the database: alias, or identifier of a source. */
  readonly identifier: string;
  /** The last part of the dataset's name as dbt's OpenLineage integration gives it; of a source its name in dbt. */
  readonly datasetName: string;
  readonly materialized: string | null;
  /** Compiled SQL; null for a Python model or where dbt has not compiled it. */
  readonly sql: string | null;
  readonly dependsOn: readonly string[];
  readonly columns: readonly DbtColumn[];
  readonly description: string | null;
  readonly owners: readonly string[];
  /** dbt's tags, and `key:value` of what `meta` says. */
  readonly tags: readonly string[];
  /** Of a test: which column, and what is asserted. */
  readonly assertion: { readonly name: string; readonly column: string | null } | null;
  /** Of an exposure: `dashboard`, `notebook`, ..., and where it is. */
  readonly exposure: { readonly type: string; readonly url: string | null; readonly label: string | null } | null;
}

export interface DbtManifest {
  readonly version: number;
  readonly project: string;
  readonly adapter: string;
  readonly dbtVersion: string | null;
  /** RFC 3339. */
  readonly generatedAt: string | null;
  readonly nodes: ReadonlyMap<string, DbtNode>;
}

export class DbtError extends Error {}

const VERSION_MIN = 10;
const TAGS_MAX = 50;

/** Throws DbtError with a sentence where this is no manifest, or one that is too old. */
export function readManifest(json: unknown): DbtManifest {
  const metadata = objectIn(json, 'metadata');
  const schema = textIn(metadata, 'dbt_schema_version');
  const version = /\/manifest\/v(\d+)(?:\.json)?$/.exec(schema ?? '')?.[1];
  if (version === undefined) throw new DbtError('This is not a manifest.json of dbt: it names no manifest version');
  if (Number(version) < VERSION_MIN)
    throw new DbtError(`This manifest has version ${version}; versions ${VERSION_MIN} and later (dbt 1.6) are read`);
  const nodes = new Map<string, DbtNode>();
  const groups = groupOwners(json);
  for (const list of ['nodes', 'sources', 'exposures'] as const)
    for (const [id, node] of Object.entries(objectIn(json, list) ?? {})) {
      const read = isObject(node) ? readNode(id, node, groups) : null;
      if (read) nodes.set(id, read);
    }
  const project = textIn(metadata, 'project_name') ?? [...nodes.keys()][0]?.split('.')[1] ?? 'dbt';
  return {
    version: Number(version),
    project,
    adapter: textIn(metadata, 'adapter_type') ?? 'ansi',
    dbtVersion: textIn(metadata, 'dbt_version'),
    generatedAt: timeIn(metadata, 'generated_at'),
    nodes,
  };
}

const KINDS: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot', 'source', 'test', 'exposure']);

function readNode(id: string, node: JsonObject, groups: ReadonlyMap<string, readonly string[]>): DbtNode | null {
  const kind = textIn(node, 'resource_type') ?? id.split('.')[0]!;
  if (!KINDS.has(kind)) return null; // analyses, hooks: they leave nothing behind
  const name = textIn(node, 'name');
  if (name === null) return null;
  const config = objectIn(node, 'config');
  if (config?.['enabled'] === false) return null;
  const meta = { ...objectIn(config, 'meta'), ...objectIn(node, 'meta') };
  const group = textIn(node, 'group') ?? textIn(config, 'group');
  const isSql = (textIn(node, 'language') ?? 'sql') === 'sql';
  const test = objectIn(node, 'test_metadata');
  const depends = objectIn(node, 'depends_on')?.['nodes'];
  const alias = textIn(node, 'alias') ?? name;
  return {
    id,
    kind: kind as DbtKind,
    name,
    database: textIn(node, 'database'),
    schema: textIn(node, 'schema'),
    identifier: kind === 'source' ? (textIn(node, 'identifier') ?? name) : alias,
    datasetName: kind === 'source' ? name : alias,
    materialized: kind === 'model' ? (textIn(config, 'materialized') ?? 'view') : kind,
    sql: isSql ? (textIn(node, 'compiled_code') ?? textIn(node, 'compiled_sql')) : null,
    dependsOn: Array.isArray(depends) ? depends.filter((one) => typeof one === 'string') : [],
    columns: columnsOf(objectIn(node, 'columns')),
    description: textIn(node, 'description'),
    owners: ownersOf(node, meta, group === null ? undefined : groups.get(group)),
    tags: tagsOf(node['tags'], meta),
    assertion:
      kind === 'test'
        ? {
            name: textIn(test, 'name') ?? name,
            column: textIn(node, 'column_name') ?? textIn(objectIn(test, 'kwargs'), 'column_name'),
          }
        : null,
    exposure:
      kind === 'exposure'
        ? { type: textIn(node, 'type') ?? 'application', url: textIn(node, 'url'), label: textIn(node, 'label') }
        : null,
  };
}

const columnsOf = (columns: JsonObject | null): readonly DbtColumn[] =>
  Object.entries(columns ?? {}).flatMap(([key, column]) =>
    isObject(column)
      ? [
          {
            name: textIn(column, 'name') ?? key,
            type: textIn(column, 'data_type'),
            description: textIn(column, 'description'),
          },
        ]
      : [],
  );

/** `meta.owner`, the owner of an exposure, or of the group; a name rather than an address. */
function ownersOf(node: JsonObject, meta: JsonObject, group: readonly string[] | undefined): readonly string[] {
  const owner = node['owner'] ?? meta['owner'];
  return ownerNames(owner) ?? group ?? [];
}

function ownerNames(owner: unknown): readonly string[] | null {
  if (typeof owner === 'string' && owner !== '') return [owner];
  if (Array.isArray(owner)) return owner.flatMap((one) => ownerNames(one) ?? []);
  if (!isObject(owner)) return null;
  const name = textIn(owner, 'name') ?? textIn(owner, 'email');
  return name === null ? null : [name];
}

function groupOwners(json: unknown): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, readonly string[]>();
  for (const group of Object.values(objectIn(json, 'groups') ?? {})) {
    const name = textIn(group, 'name');
    const named = isObject(group) ? ownerNames(group['owner']) : null;
    if (name !== null && named) owners.set(name, named);
  }
  return owners;
}

function tagsOf(tags: unknown, meta: JsonObject): readonly string[] {
  const listed = Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === 'string' && tag !== '') : [];
  const said = Object.entries(meta).flatMap(([key, value]) =>
    key !== 'owner' && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      ? [`${key}:${String(value).slice(0, 200)}`]
      : [],
  );
  return [...new Set([...listed, ...said])].slice(0, TAGS_MAX);
}

export const objectIn = (holder: unknown, member: string): JsonObject | null => {
  const value = isObject(holder) && Object.hasOwn(holder, member) ? holder[member] : null;
  return isObject(value) ? value : null;
};

export const textIn = (holder: unknown, member: string): string | null => {
  const value = isObject(holder) && Object.hasOwn(holder, member) ? holder[member] : null;
  return typeof value === 'string' && value !== '' ? value : null;
};

/** A time as RFC 3339; dbt leaves out the zone where it means UTC. */
export function timeIn(holder: unknown, member: string): string | null {
  const text = textIn(holder, member);
  if (text === null) return null;
  const time = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
