/** OpenLineage events (spec 2-0-2) as plain objects. */
import type { Dataset } from './assets.ts';
import type { Day } from './day.ts';
import type { ColumnLineage } from './query.ts';
import type { Column } from './warehouse.ts';

export const PRODUCER = 'urn:custody:example:credit-scoring:0.1.0';
const SPEC = 'https://openlineage.io/spec';

/** Marks every dataset and job of the example, so that nobody takes its history for one that happened. */
export const SIMULATED = 'simulated-dates';

export interface Facet {
  readonly _producer: string;
  readonly _schemaURL: string;
  readonly [member: string]: unknown;
}
export type Facets = { readonly [name: string]: Facet };

export interface DatasetRef {
  readonly namespace: string;
  readonly name: string;
  readonly facets: Facets;
  readonly inputFacets?: Facets;
  readonly outputFacets?: Facets;
}

export interface RunEvent {
  readonly eventType: 'START' | 'COMPLETE' | 'FAIL';
  readonly eventTime: string;
  readonly producer: string;
  readonly schemaURL: string;
  readonly run: { readonly runId: string; readonly facets: Facets };
  readonly job: { readonly namespace: string; readonly name: string; readonly facets: Facets };
  readonly inputs: readonly DatasetRef[];
  readonly outputs: readonly DatasetRef[];
}

export interface Job {
  readonly namespace: string;
  readonly name: string;
  readonly kind: 'PIPELINE' | 'TASK' | 'DELIVERY';
  readonly owners: readonly string[];
  readonly tags: readonly string[];
  readonly description: string;
}

const published = (version: string, name: string, members: object): Facet => ({
  _producer: PRODUCER,
  _schemaURL: `${SPEC}/facets/${version}/${name}.json#/$defs/${name}`,
  ...members,
});

/** A facet of this example alone; its README describes it. */
const own = (name: string, members: object): Facet => ({
  _producer: PRODUCER,
  _schemaURL: `${PRODUCER}:${name}`,
  ...members,
});

const tagsOf = (tags: readonly string[]): readonly object[] =>
  [...tags, SIMULATED].map((tag) => {
    const [key, value] = tag.split(':');
    return { key, value: value ?? 'true', source: 'USER' };
  });

export function jobRef(job: Job, sql?: string): RunEvent['job'] {
  return {
    namespace: job.namespace,
    name: job.name,
    facets: {
      jobType: published('2-0-4', 'JobTypeJobFacet', {
        processingType: 'BATCH',
        integration: 'DUCKDB',
        jobType: job.kind,
      }),
      ownership: published('1-0-1', 'OwnershipJobFacet', { owners: owners(job.owners) }),
      tags: published('1-0-0', 'TagsJobFacet', { tags: tagsOf(job.tags) }),
      documentation: published('1-1-0', 'DocumentationJobFacet', { description: job.description }),
      ...(sql === undefined ? {} : { sql: published('1-1-0', 'SQLJobFacet', { query: sql, dialect: 'duckdb' }) }),
    },
  };
}

const owners = (names: readonly string[]): readonly object[] => names.map((name) => ({ name, type: 'OWNER' }));

/** What is known of a dataset when it is read or written. */
export interface DatasetState {
  readonly columns?: readonly Column[];
  readonly lineage?: ColumnLineage;
  readonly change?: 'CREATE' | 'OVERWRITE';
  readonly assertions?: readonly { readonly assertion: string; readonly column?: string; readonly success: boolean }[];
  readonly model?: object;
}

export function datasetFacets(dataset: Dataset, state: DatasetState = {}): Facets {
  const { columns, lineage, change, assertions, model } = state;
  const columnTags = Object.entries(dataset.columnTags ?? {}).flatMap(([field, tags]) =>
    tags.map((key) => ({ key, value: 'true', source: 'USER', field })),
  );
  return {
    datasetType: published('1-0-1', 'DatasetTypeDatasetFacet', { datasetType: dataset.type }),
    dataSource: published('1-0-1', 'DatasourceDatasetFacet', {
      name: dataset.namespace,
      uri: dataset.namespace.includes(':') ? dataset.namespace : `${dataset.namespace}:`,
    }),
    ownership: published('1-0-1', 'OwnershipDatasetFacet', { owners: owners(dataset.owners) }),
    tags: published('1-0-0', 'TagsDatasetFacet', { tags: [...tagsOf(dataset.tags), ...columnTags] }),
    documentation: published('1-1-0', 'DocumentationDatasetFacet', { description: dataset.description }),
    ...(columns ? { schema: published('1-2-0', 'SchemaDatasetFacet', { fields: columns }) } : {}),
    ...(lineage ? { columnLineage: published('1-2-0', 'ColumnLineageDatasetFacet', { ...lineage }) } : {}),
    ...(change
      ? {
          lifecycleStateChange: published('1-0-1', 'LifecycleStateChangeDatasetFacet', {
            lifecycleStateChange: change,
          }),
        }
      : {}),
    ...(assertions
      ? { dataQualityAssertions: published('1-1-0', 'DataQualityAssertionsDatasetFacet', { assertions }) }
      : {}),
    ...(model ? { modelVersion: own('ModelVersionDatasetFacet', model) } : {}),
  };
}

export const outputStatistics = (rowCount: number, size?: number): Facets => ({
  outputStatistics: published('1-0-2', 'OutputStatisticsOutputDatasetFacet', {
    rowCount,
    ...(size === undefined ? {} : { size }),
  }),
});

export interface ColumnMetrics {
  readonly [column: string]: { readonly nullCount: number; readonly distinctCount: number };
}

export const dataQualityMetrics = (rowCount: number, columnMetrics: ColumnMetrics): Facets => ({
  dataQualityMetrics: published('1-0-2', 'DataQualityMetricsInputDatasetFacet', { rowCount, columnMetrics }),
});

export interface RunRef {
  readonly id: string;
  readonly job: Job;
}

/** Facets of every run of the example. */
export function runFacets(day: Day, parent: RunRef | null, error?: unknown): Facets {
  const parentRef = parent && {
    run: { runId: parent.id },
    job: { namespace: parent.job.namespace, name: parent.job.name },
  };
  return {
    nominalTime: published('1-0-1', 'NominalTimeRunFacet', { nominalStartTime: `${day}T00:00:00Z` }),
    simulatedDates: own('SimulatedDatesRunFacet', {
      simulated: true,
      reason: 'The work was really done, but not on this day: a history of weeks is made in seconds.',
    }),
    ...(parentRef ? { parent: published('1-2-0', 'ParentRunFacet', { ...parentRef, root: parentRef }) } : {}),
    ...(error === undefined
      ? {}
      : {
          errorMessage: published('1-0-1', 'ErrorMessageRunFacet', {
            message: error instanceof Error ? error.message : String(error),
            programmingLanguage: 'TypeScript',
          }),
        }),
  };
}

export const runEvent = (parts: Omit<RunEvent, 'producer' | 'schemaURL'>): RunEvent => ({
  eventType: parts.eventType,
  eventTime: parts.eventTime,
  producer: PRODUCER,
  schemaURL: `${SPEC}/2-0-2/OpenLineage.json#/$defs/RunEvent`,
  run: parts.run,
  job: parts.job,
  inputs: parts.inputs,
  outputs: parts.outputs,
});
