/** What a file makes: models, tables, objects in stores, jobs. Lineage of a repository, and names to ask a server for. */
import type { Facts } from './facts.ts';

export interface MadeAsset {
  /** Unique in the repository. */
  readonly id: string;
  /** The file that makes it. */
  readonly file: string;
  /** Another file that says something of it: its properties. */
  readonly describedIn: string | null;
  /** As people call it. */
  readonly asset: string;
  readonly role: 'dataset' | 'job' | 'dashboard' | 'model' | 'report' | 'application';
  /** Names that a server may know it by. A name of two parts and more may be the end of a longer one. */
  readonly names: readonly string[];
  /** What it is made from, by id. */
  readonly upstream: readonly string[];
  /** Labels that reach it in the clear. */
  readonly labels: readonly ReachedLabel[];
}

export interface ReachedLabel {
  readonly column: string;
  readonly label: string;
  /** The column that the label is said of. */
  readonly from: string;
}

const ASSETS_MAX = 5_000;

/** Of one file or project. */
export function assetsOf(facts: Facts): readonly MadeAsset[] {
  switch (facts.kind) {
    case 'dbt':
      return dbtAssets(facts);
    case 'sql':
      return facts.tables.slice(0, ASSETS_MAX).map(({ name, upstream, columns }) => ({
        id: tableId(name),
        file: facts.path,
        describedIn: null,
        asset: name,
        role: 'dataset',
        names: [name],
        upstream: upstream.map(tableId),
        labels: clearLabels(columns),
      }));
    case 'airflow': {
      const jobs = facts.dags.map(({ dag_id, tasks }) =>
        madeBy(
          facts.path,
          'job',
          dag_id,
          tasks.flatMap(({ inlets }) => inlets.map(placeId)),
        ),
      );
      const outlets = facts.dags.flatMap(({ dag_id, tasks }) =>
        tasks.flatMap((task) => task.outlets.map((uri) => [uri, `job:${dag_id}`] as const)),
      );
      const written = facts.uris.flatMap(({ uri, access }) => (access === 'write' ? [[uri, null] as const] : []));
      return [...jobs, ...places(facts.path, [...outlets, ...written])];
    }
    case 'notebook':
      return places(
        facts.path,
        facts.cells.flatMap(({ uris }) =>
          uris.flatMap(({ uri, access }) => (access === 'write' ? [[uri, null] as const] : [])),
        ),
      );
    case 'terraform':
      return storesIn(facts);
    default:
      return [];
  }
}

/** Stores that a configuration makes, by the addresses under which pipelines name them; only where the name is written. */
function storesIn({ resources }: Extract<Facts, { kind: 'terraform' }>): MadeAsset[] {
  return Object.entries(STORES)
    .flatMap(([type, addressOf]) =>
      (resources[type] ?? []).flatMap(({ file, values }) => {
        const address = addressOf((name) => {
          const value = values[name];
          return typeof value === 'string' && value !== '' && !value.includes('${') ? value : null;
        });
        return address === null ? [] : [madeBy(file, 'dataset', address, [])];
      }),
    )
    .slice(0, ASSETS_MAX);
}

type Said = (argument: string) => string | null;
const joined = (parts: readonly (string | null)[], between: string): string | null =>
  parts.includes(null) ? null : parts.join(between);
const STORES: Readonly<Record<string, (said: Said) => string | null>> = {
  aws_s3_bucket: (said) => joined(['s3://', said('bucket')], ''),
  google_storage_bucket: (said) => joined(['gs://', said('name')], ''),
  azurerm_storage_container: (said) =>
    joined(['abfss://', said('name'), '@', said('storage_account_name'), '.dfs.core.windows.net'], ''),
  aws_glue_catalog_table: (said) => joined([said('database_name'), said('name')], '.'),
  google_bigquery_table: (said) => joined([said('project'), said('dataset_id'), said('table_id')], '.'),
};

const tableId = (name: string): string => `table:${name.toLowerCase()}`;
const placeId = (uri: string): string => `place:${uri}`;

const madeBy = (file: string, role: MadeAsset['role'], asset: string, upstream: readonly string[]): MadeAsset => ({
  id: role === 'job' ? `job:${asset}` : placeId(asset),
  file,
  describedIn: null,
  asset,
  role,
  names: [asset],
  upstream,
  labels: [],
});

/** Each once; an address that is not wholly known can be nobody's name. */
function places(file: string, found: readonly (readonly [uri: string, by: string | null])[]): MadeAsset[] {
  const byUri = new Map<string, string[]>();
  for (const [uri, by] of found) {
    if (/[{}*]/.test(uri) || !/^[\w+.-]+:\/\/./.test(uri)) continue;
    byUri.set(uri, [...(byUri.get(uri) ?? []), ...(by === null ? [] : [by])]);
  }
  return [...byUri].slice(0, ASSETS_MAX).map(([uri, by]) => madeBy(file, 'dataset', uri, by));
}

const clearLabels = (
  columns: readonly {
    readonly name: string;
    readonly labels: readonly { label: string; from: string; isMasked: boolean; path: readonly string[] }[];
  }[],
): ReachedLabel[] =>
  columns.flatMap(({ name, labels }) =>
    labels.flatMap(({ label, from, isMasked, path }) =>
      isMasked || path.length < 2 ? [] : [{ column: name, label, from }],
    ),
  );

const EXPOSED: Readonly<Record<string, MadeAsset['role']>> = {
  dashboard: 'dashboard',
  ml: 'model',
  analysis: 'report',
};

function dbtAssets({ project, models, sources, exposures }: Extract<Facts, { kind: 'dbt' }>): MadeAsset[] {
  const id = (name: string): string => `dbt:${project}:${name}`;
  const named = (relation: string): string[] => (relation.includes('.') ? [relation] : []);
  return [
    ...sources.map(({ name, path, relation }): MadeAsset => ({
      id: id(name),
      file: path,
      describedIn: null,
      asset: name,
      role: 'dataset',
      names: named(relation),
      upstream: [],
      labels: [],
    })),
    ...models.map(({ name, path, properties, relation, upstream, columns }): MadeAsset => ({
      id: id(name),
      file: path,
      describedIn: properties?.path ?? null,
      asset: name,
      role: 'dataset',
      // The job that makes it has the project in its name, also where no profile says in which schema the table lies.
      names: [...named(relation), `${project}.${name}`, `${project}.${name}.build.run`],
      upstream: upstream.map(id),
      labels: clearLabels(columns),
    })),
    ...exposures.map(({ name, type, path, upstream }): MadeAsset => ({
      id: id(`exposure ${name}`),
      file: path,
      describedIn: null,
      asset: name,
      role: EXPOSED[type] ?? 'application',
      names: [],
      upstream: upstream.map(id),
      labels: [],
    })),
  ].slice(0, ASSETS_MAX * 5);
}
