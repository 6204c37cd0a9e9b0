/**
 * OpenLineage events that an importer tells: what jobs and datasets are, and what runs did. Facets follow the published
 * versions (openlineage.io/spec/facets), so that any other server takes the same events.
 */
import type { AssetName, LifecycleChange, SchemaField } from '../../event/event.ts';
import type { ColumnFacet } from './column-facet.ts';

export const PRODUCER = 'urn:custody:import:0.1.0';
const SPEC = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/';
const FACETS = 'https://openlineage.io/spec/facets/';

export interface ToldDataset extends AssetName {
  /** TABLE, VIEW, FILE, DASHBOARD, ... */
  readonly type?: string | undefined;
  readonly fields?: readonly SchemaField[] | undefined;
  readonly owners?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly description?: string | undefined;
  readonly columns?: ColumnFacet | null | undefined;
  readonly change?: LifecycleChange | undefined;
  /** Rows that a run wrote, or that lie there now. */
  readonly rows?: number | undefined;
  readonly assertions?: readonly Assertion[] | undefined;
  /** Where it can be looked at. */
  readonly uri?: string | undefined;
}

export interface Assertion {
  readonly assertion: string;
  readonly success: boolean;
  readonly column?: string;
}

export interface ToldJob extends AssetName {
  readonly integration: string;
  readonly jobType: string;
  readonly sql?: { readonly query: string; readonly dialect: string } | undefined;
  readonly owners?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly description?: string | undefined;
}

export type ImportEvent = { readonly [member: string]: unknown };

const facet = (schema: string, members: object) => {
  const name = /\/(\w+)\.json$/.exec(schema)![1];
  return { _producer: PRODUCER, _schemaURL: `${FACETS}${schema}#/$defs/${name}`, ...members };
};

/**
 * What a job is. With lists, they are all that it reads and writes from `time` on, so an edge that they leave out has
 * ended; without (null), nothing is said of edges.
 */
export const jobEvent = (
  time: string,
  job: ToldJob,
  lists: { readonly inputs: readonly ToldDataset[]; readonly outputs: readonly ToldDataset[] } | null,
): ImportEvent => ({
  eventTime: time,
  producer: PRODUCER,
  schemaURL: `${SPEC}JobEvent`,
  job: jobOf(job),
  ...(lists && { inputs: lists.inputs.map(datasetOf), outputs: lists.outputs.map(datasetOf) }),
});

export const datasetEvent = (time: string, dataset: ToldDataset): ImportEvent => ({
  eventTime: time,
  producer: PRODUCER,
  schemaURL: `${SPEC}DatasetEvent`,
  dataset: datasetOf(dataset),
});

export interface ToldRun {
  readonly id: string;
  readonly parent?: { readonly run: string; readonly job: AssetName } | undefined;
  readonly tool?: { readonly name: string; readonly version: string } | undefined;
}

export const runEvent = (
  time: string,
  type: 'START' | 'COMPLETE' | 'FAIL' | 'ABORT',
  { id, parent, tool }: ToldRun,
  job: ToldJob,
  inputs: readonly ToldDataset[],
  outputs: readonly ToldDataset[],
): ImportEvent => ({
  eventType: type,
  eventTime: time,
  producer: PRODUCER,
  schemaURL: `${SPEC}RunEvent`,
  run: {
    runId: id,
    facets: {
      ...(parent && {
        parent: facet('1-2-0/ParentRunFacet.json', { run: { runId: parent.run }, job: parent.job }),
      }),
      ...(tool && { processing_engine: facet('1-1-1/ProcessingEngineRunFacet.json', tool) }),
    },
  },
  job: jobOf(job),
  inputs: inputs.map((one) => datasetOf(one)),
  outputs: outputs.map((one) => datasetOf(one, 'run')),
});

function jobOf({ namespace, name, integration, jobType, sql, ...about }: ToldJob): object {
  return {
    namespace,
    name,
    facets: {
      jobType: facet('2-0-4/JobTypeJobFacet.json', { processingType: 'BATCH', integration, jobType }),
      ...(sql && { sql: facet('1-1-0/SQLJobFacet.json', sql) }),
      ...aboutOf(about, 'Job'),
    },
  };
}

function datasetOf(dataset: ToldDataset, of: unknown = null): object {
  const { namespace, name, type, fields, columns, change, rows, assertions, uri, ...about } = dataset;
  const statistics = rows !== undefined && of === 'run';
  return {
    namespace,
    name,
    facets: {
      ...(uri && { dataSource: facet('1-0-1/DatasourceDatasetFacet.json', { name: uri, uri }) }),
      ...(type && { datasetType: facet('1-0-1/DatasetTypeDatasetFacet.json', { datasetType: type }) }),
      ...(fields &&
        fields.length > 0 && { schema: facet('1-2-0/SchemaDatasetFacet.json', { fields: fields.map(fieldOf) }) }),
      ...aboutOf(about, 'Dataset'),
      ...(columns && { columnLineage: facet('1-2-0/ColumnLineageDatasetFacet.json', columns) }),
      ...(change && {
        lifecycleStateChange: facet('1-0-1/LifecycleStateChangeDatasetFacet.json', { lifecycleStateChange: change }),
      }),
      ...(rows !== undefined &&
        !statistics && {
          dataQualityMetrics: facet('1-0-0/DataQualityMetricsDatasetFacet.json', { rowCount: rows, columnMetrics: {} }),
        }),
    },
    ...(assertions && {
      inputFacets: { dataQualityAssertions: facet('1-1-0/DataQualityAssertionsDatasetFacet.json', { assertions }) },
    }),
    ...(statistics && {
      outputFacets: { outputStatistics: facet('1-0-2/OutputStatisticsOutputDatasetFacet.json', { rowCount: rows }) },
    }),
  };
}

const fieldOf = ({ name, type, description }: SchemaField): SchemaField => ({
  name,
  ...(type && { type }),
  ...(description && { description }),
});

function aboutOf(
  { owners, tags, description }: Partial<Pick<ToldDataset, 'owners' | 'tags' | 'description'>>,
  kind: 'Job' | 'Dataset',
): object {
  return {
    ...(owners &&
      owners.length > 0 && {
        ownership: facet(`1-0-1/Ownership${kind}Facet.json`, { owners: owners.map((name) => ({ name })) }),
      }),
    ...(tags &&
      tags.length > 0 && {
        tags: facet(`1-0-0/Tags${kind}Facet.json`, { tags: tags.map(tagOf) }),
      }),
    ...(description && { documentation: facet(`1-1-0/Documentation${kind}Facet.json`, { description }) }),
  };
}

/** `key:value` of a tag that has both; a tag alone says that it is so. */
function tagOf(tag: string): object {
  const colon = tag.indexOf(':');
  const [key, value] = colon > 0 ? [tag.slice(0, colon), tag.slice(colon + 1)] : [tag, 'true'];
  return { key, value, source: 'CUSTODY' };
}

/** Marks the jobs of one import, so that the next one finds those that are gone. */
export const importTag = (kind: 'sql' | 'dbt' | 'postgres' | 'duckdb', of: string): string =>
  `imported:${kind}/${of.replace(/[\s:]+/g, '_').slice(0, 200)}`;

/** Tells that a job of an earlier import is no more: it reads and writes nothing, and is of no import. */
export const goneEvent = (time: string, { namespace, name }: AssetName): ImportEvent => ({
  eventTime: time,
  producer: PRODUCER,
  schemaURL: `${SPEC}JobEvent`,
  job: { namespace, name, facets: aboutOf({ tags: ['removed'] }, 'Job') },
  inputs: [],
  outputs: [],
});
