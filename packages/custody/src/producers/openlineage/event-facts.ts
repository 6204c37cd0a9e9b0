/** The facts of an event that has the published shape: what the log keeps in full, everything else stays in the payload. */
import { hash } from 'node:crypto';
import {
  LIFECYCLE_CHANGES,
  type AssetName,
  type ColumnMetrics,
  type DatasetDescribed,
  type DatasetFact,
  type JobDescribed,
  type JobFact,
  type LifecycleChange,
  type RunObserved,
  type RunState,
  type SchemaField,
} from '../../event/event.ts';
import { bounded } from './bounded-text.ts';
import { isObject, NAME_CHARACTERS_MAX, type EventShape, type JsonObject } from './event-shape.ts';
import { isUuid, utcMilliseconds } from './formats.ts';
import { columnsOf, type ColumnMap } from './column-facts.ts';
import { SchemaMemo } from './schema-fields.ts';
import { columnsOfSql, sqlOfEvent, type ColumnsOfDataset } from './sql-columns.ts';
import { inputsOfSql } from './sql-inputs.ts';

/** What the log adds when it takes an event. */
type Added = 'v' | 'id' | 'recorded' | 'by' | 'payload';

export type RunFacts = Omit<RunObserved, Added>;
export type JobFacts = Omit<JobDescribed, Added>;
export type DatasetFacts = Omit<DatasetDescribed, Added>;
export type EventFacts = RunFacts | JobFacts | DatasetFacts;

const DESCRIPTION_CHARACTERS_MAX = 1000;
const TYPE_CHARACTERS_MAX = 128;
const OWNER_CHARACTERS_MAX = 256;
const TAG_CHARACTERS_MAX = 256;
/** Owners, and tags, of one asset together. */
const LIST_CHARACTERS_MAX = 2048;

const VERSION_CHARACTERS_MAX = 256;
const METRICS_MAX = 32;
const MEASURED_COLUMNS_MAX = 64;
const METRIC_NAME_CHARACTERS_MAX = 64;

const schemas = new SchemaMemo();

export interface FactsAndSchemas {
  readonly facts: EventFacts;
  readonly schemas: ReadonlyMap<string, readonly SchemaField[]>;
  readonly columns: ReadonlyMap<string, ColumnMap>;
}

/** What is told in full by entries of their own, by digest. */
interface Seen {
  readonly schemas: Map<string, readonly SchemaField[]>;
  readonly columns: Map<string, ColumnMap>;
}

export function eventFacts(shape: EventShape, columnsOfDataset: ColumnsOfDataset): FactsAndSchemas {
  const seen: Seen = { schemas: new Map(), columns: new Map() };
  return { facts: factsOf(shape, seen, columnsOfDataset), ...seen };
}

function factsOf({ kind, event }: EventShape, seen: Seen, columnsOfDataset: ColumnsOfDataset): EventFacts {
  const eventTime = utcMilliseconds(event['eventTime'] as string)!;
  const producer = event['producer'] as string;
  switch (kind) {
    case 'run': {
      const run = event['run'] as JsonObject;
      const parent = parentOf(facetOf(run, 'parent'));
      const nominalStart = timeIn(facetOf(run, 'nominalTime')?.['nominalStartTime']);
      return {
        kind: 'openlineage.run',
        eventTime,
        state: (event['eventType'] as RunState | undefined) ?? 'OTHER',
        // UUIDs are the same in either case (RFC 9562 section 4); a run must have one name.
        run: (run['runId'] as string).toLowerCase(),
        ...(parent ? { parent } : {}),
        ...(nominalStart ? { nominalStart } : {}),
        job: jobFact(event['job'] as JsonObject),
        ...inputsAndOutputs(event, seen, columnsOfDataset),
        producer,
      };
    }
    case 'job': {
      const tells = (['inputs', 'outputs'] as const).filter((list) => event[list] !== undefined);
      return {
        kind: 'openlineage.job',
        eventTime,
        job: jobFact(event['job'] as JsonObject),
        ...inputsAndOutputs(event, seen, columnsOfDataset),
        ...(tells.length > 0 ? { tells } : {}),
        producer,
      };
    }
    case 'dataset':
      return {
        kind: 'openlineage.dataset',
        eventTime,
        dataset: datasetFact(event['dataset'] as JsonObject, seen),
        producer,
      };
    default:
      return kind satisfies never;
  }
}

function inputsAndOutputs(
  event: JsonObject,
  seen: Seen,
  columnsOfDataset: ColumnsOfDataset,
): { readonly inputs: readonly DatasetFact[]; readonly outputs: readonly DatasetFact[] } {
  const sql = facetOf(event['job'] as JsonObject, 'sql');
  const named = datasetFacts(event['inputs'], seen);
  let outputs = datasetFacts(event['outputs'], seen);
  const inputs = named.length > 0 ? named : inputsOfSql(sql?.['query'], sql?.['dialect'], outputs);
  if (outputs.length > 0 && outputs.every(({ columns }) => columns === undefined)) {
    const text = sqlOfEvent(sql?.['query'], sql?.['dialect'], outputs[0]!.namespace);
    if (text) outputs = withColumnsOfSql(text, inputs, outputs, seen, columnsOfDataset);
  }
  return { inputs: withInputsOfColumns(inputs, outputs, seen), outputs };
}

function withColumnsOfSql(
  sql: NonNullable<ReturnType<typeof sqlOfEvent>>,
  inputs: readonly DatasetFact[],
  outputs: readonly DatasetFact[],
  seen: Seen,
  columnsOfDataset: ColumnsOfDataset,
): readonly DatasetFact[] {
  const known: ColumnsOfDataset = (dataset) => {
    const fact = [...inputs, ...outputs].find(
      ({ namespace, name }) => namespace === dataset.namespace && name === dataset.name,
    );
    const fields = fact?.schema === undefined ? undefined : seen.schemas.get(fact.schema);
    return fields ? fields.map(({ name }) => name) : columnsOfDataset(dataset);
  };
  const found = columnsOfSql(sql, inputs, outputs, known);
  return outputs.map((output) => {
    const columns = found.get(output);
    if (!columns) return output;
    seen.columns.set(columns.digest, columns.map);
    return { ...output, columns: columns.digest, columnsFrom: 'sql' };
  });
}

/** Datasets that only the column lineage names are inputs too. */
function withInputsOfColumns(
  inputs: readonly DatasetFact[],
  outputs: readonly DatasetFact[],
  seen: Seen,
): readonly DatasetFact[] {
  const key = ({ namespace, name }: AssetName) => `${namespace}\n${name}`;
  const named = new Set(inputs.map(key));
  const more: DatasetFact[] = [];
  for (const { columns } of outputs) {
    for (const input of (columns === undefined ? undefined : seen.columns.get(columns)?.inputs) ?? []) {
      if (named.has(key(input))) continue;
      named.add(key(input));
      more.push({ namespace: input.namespace, name: input.name, derived: 'columns' });
    }
  }
  return more.length === 0 ? inputs : [...inputs, ...more];
}

/** A facet of a run, job or dataset; null where it is not there or the producer says that it is deleted. */
function facetOf(
  holder: JsonObject,
  name: string,
  kind: 'facets' | 'inputFacets' | 'outputFacets' = 'facets',
): JsonObject | null {
  const facets = holder[kind] as JsonObject | undefined;
  if (facets === undefined || !Object.hasOwn(facets, name)) return null;
  const facet = facets[name] as JsonObject;
  return facet['_deleted'] === true ? null : facet;
}

function jobFact(job: JsonObject): JobFact {
  const jobType = facetOf(job, 'jobType');
  const integration = textIn(jobType?.['integration']);
  const name = textIn(jobType?.['jobType']);
  const type = integration && name ? `${integration}/${name}` : (integration ?? name);
  return {
    namespace: job['namespace'] as string,
    name: job['name'] as string,
    ...(type ? { type: bounded(type, TYPE_CHARACTERS_MAX) } : {}),
    ...descriptiveFacts(job),
    ...codeOf(job),
  };
}

/** A commit says more than a text, and a text of a program more than one query of it. */
function codeOf(job: JsonObject): { readonly code?: string } {
  const commit = textIn(facetOf(job, 'sourceCodeLocation')?.['version']);
  if (commit) return { code: bounded(`git:${commit}`, VERSION_CHARACTERS_MAX) };
  const source = textIn(facetOf(job, 'sourceCode')?.['sourceCode']);
  if (source) return { code: `source:${digestOf(source)}` };
  const query = textIn(facetOf(job, 'sql')?.['query']);
  return query ? { code: `sql:${digestOf(query)}` } : {};
}

const digestOf = (text: string): string => hash('sha256', text).slice(0, 32);

function datasetFacts(datasets: unknown, seen: Seen): readonly DatasetFact[] {
  if (datasets === undefined) return [];
  return (datasets as readonly JsonObject[]).map((dataset) => datasetFact(dataset, seen));
}

function datasetFact(dataset: JsonObject, seen: Seen): DatasetFact {
  const namespace = dataset['namespace'] as string;
  const name = dataset['name'] as string;
  const schema = schemas.schemaOf(`${namespace}\n${name}`, facetOf(dataset, 'schema')?.['fields']);
  if (schema) seen.schemas.set(schema.digest, schema.fields);
  const columns = columnsOf(facetOf(dataset, 'columnLineage'));
  if (columns) seen.columns.set(columns.digest, columns.map);
  const type = datasetType(dataset);
  return {
    namespace,
    name,
    ...(schema ? { schema: schema.digest } : {}),
    ...(type ? { type: bounded(type, TYPE_CHARACTERS_MAX) } : {}),
    ...descriptiveFacts(dataset),
    ...(columns ? { columns: columns.digest } : {}),
    ...versionFacts(dataset),
  };
}

interface VersionFacts {
  version?: string;
  change?: LifecycleChange;
  rows?: number;
  assertions?: { readonly passed: number; readonly failed: number };
  metrics?: Readonly<Record<string, number>>;
  columnMetrics?: readonly ColumnMetrics[];
}

/** What is said of the version of a dataset that was read or written. */
function versionFacts(dataset: JsonObject): VersionFacts {
  const facts: VersionFacts = {};
  const version = textIn(facetOf(dataset, 'version')?.['datasetVersion']);
  if (version) facts.version = bounded(version, VERSION_CHARACTERS_MAX);
  const change = textIn(facetOf(dataset, 'lifecycleStateChange')?.['lifecycleStateChange'])?.toUpperCase();
  const known = LIFECYCLE_CHANGES.find((one) => one === change) ?? dbtChange(dataset);
  if (known) facts.change = known;
  const measured = facetOf(dataset, 'dataQualityMetrics', 'inputFacets') ?? facetOf(dataset, 'dataQualityMetrics');
  const rows = facetOf(dataset, 'outputStatistics', 'outputFacets')?.['rowCount'] ?? measured?.['rowCount'];
  const columnMetrics = columnMetricsIn(measured?.['columnMetrics']);
  if (columnMetrics) facts.columnMetrics = columnMetrics;
  if (typeof rows === 'number' && Number.isSafeInteger(rows) && rows >= 0) facts.rows = rows;
  const asserted =
    facetOf(dataset, 'dataQualityAssertions') ?? facetOf(dataset, 'dataQualityAssertions', 'inputFacets');
  if (Array.isArray(asserted?.['assertions'])) {
    const outcomes = asserted['assertions'].map((one) => (isObject(one) ? one['success'] : undefined));
    const passed = outcomes.filter((outcome) => outcome === true).length;
    const failed = outcomes.filter((outcome) => outcome === false).length;
    if (passed + failed > 0) facts.assertions = { passed, failed };
  }
  const metrics = metricsIn(facetOf(dataset, 'modelMetrics') ?? facetOf(dataset, 'modelVersion'));
  if (metrics) facts.metrics = metrics;
  return facts;
}

/** dbt makes a table or a seed anew each time; an incremental model adds to what is there. */
function dbtChange(dataset: JsonObject): LifecycleChange | undefined {
  const config = facetOf(dataset, 'dbt_model')?.['config'];
  const materialized = isObject(config) ? config['materialized'] : undefined;
  return materialized === 'table' || materialized === 'seed' ? 'OVERWRITE' : undefined;
}

function columnMetricsIn(facet: unknown): readonly ColumnMetrics[] | null {
  if (!isObject(facet)) return null;
  const measured = Object.entries(facet).flatMap(([column, metrics]): ColumnMetrics[] => {
    if (!isObject(metrics) || column.length > METRIC_NAME_CHARACTERS_MAX) return [];
    const number = (name: string) => (Number.isFinite(metrics[name]) ? (metrics[name] as number) : undefined);
    const [nulls, distinct, sum, count] = [
      number('nullCount'),
      number('distinctCount'),
      number('sum'),
      number('count'),
    ];
    const mean = sum !== undefined && count !== undefined && count > 0 ? sum / count : undefined;
    if (nulls === undefined && distinct === undefined && mean === undefined) return [];
    return [
      {
        column: bounded(column, METRIC_NAME_CHARACTERS_MAX),
        ...(nulls !== undefined && { nulls }),
        ...(distinct !== undefined && { distinct }),
        ...(mean !== undefined && { mean }),
      },
    ];
  });
  return measured.length === 0 ? null : measured.slice(0, MEASURED_COLUMNS_MAX);
}

function metricsIn(facet: JsonObject | null): Readonly<Record<string, number>> | null {
  const numbers = Object.entries(facet ?? {}).filter(
    (entry): entry is [string, number] =>
      typeof entry[1] === 'number' && Number.isFinite(entry[1]) && entry[0].length <= METRIC_NAME_CHARACTERS_MAX,
  );
  return numbers.length === 0 ? null : Object.fromEntries(numbers.slice(0, METRICS_MAX));
}

/** dbt's own words for what it makes of a model; a seed, snapshot or incremental model is a table. */
const DBT_MATERIALIZATIONS: ReadonlyMap<unknown, string> = new Map([
  ['view', 'VIEW'],
  ['materialized_view', 'VIEW'],
  ['table', 'TABLE'],
  ['incremental', 'TABLE'],
  ['snapshot', 'TABLE'],
  ['seed', 'TABLE'],
]);

/**
 * What the producer says the dataset is, or what its own facets and namespace leave no doubt about. A JDBC namespace does
 * not tell a table from a view, so nothing is said then.
 */
function datasetType(dataset: JsonObject): string | null {
  const said = textIn(facetOf(dataset, 'datasetType')?.['datasetType']);
  if (said) return said.toUpperCase();

  const dbtConfig = facetOf(dataset, 'dbt_model')?.['config'];
  const materialization = isObject(dbtConfig) ? DBT_MATERIALIZATIONS.get(dbtConfig['materialized']) : undefined;
  if (materialization) return materialization;

  // Symlinks of Spark's catalogs: {namespace, name, type: 'TABLE'}; `LOCATION` says where, not what.
  const symlinks = facetOf(dataset, 'symlinks')?.['identifiers'];
  if (Array.isArray(symlinks)) {
    for (const symlink of symlinks) {
      const type = isObject(symlink) ? textIn(symlink['type'])?.toUpperCase() : undefined;
      if (type === 'TABLE' || type === 'VIEW') return type;
    }
  }

  const namespace = dataset['namespace'] as string;
  const colon = namespace.indexOf(':');
  return SCHEMES.get(colon < 0 ? namespace : namespace.slice(0, colon)) ?? null;
}

const SCHEMES: ReadonlyMap<string, string> = new Map([
  ...['file', 's3', 's3a', 's3n', 'gs', 'hdfs', 'abfs', 'abfss', 'wasb', 'wasbs', 'dbfs'].map(
    (scheme) => [scheme, 'FILE'] as const,
  ),
  ...['kafka', 'pubsub', 'kinesis', 'pulsar'].map((scheme) => [scheme, 'TOPIC'] as const),
]);

interface DescriptiveFacts {
  owners?: readonly string[];
  tags?: readonly string[];
  description?: string;
}

function descriptiveFacts(holder: JsonObject): DescriptiveFacts {
  const facts: DescriptiveFacts = {};
  const owners = listOf(facetOf(holder, 'ownership')?.['owners'], OWNER_CHARACTERS_MAX, (owner) =>
    textIn(owner['name']),
  );
  if (owners) facts.owners = owners;
  const tags = listOf(facetOf(holder, 'tags')?.['tags'], TAG_CHARACTERS_MAX, tagText);
  if (tags) facts.tags = tags;
  const description = textIn(facetOf(holder, 'documentation')?.['description']);
  if (description) facts.description = bounded(description, DESCRIPTION_CHARACTERS_MAX);
  return facts;
}

/**
 * `key`, or `key:value` where the value says more than the key (Airflow repeats the key as the value; many send "true").
 * Tags on a single field are left to the payload: as a fact they would seem to be about the whole dataset.
 */
function tagText(tag: JsonObject): string | null {
  const key = textIn(tag['key']);
  if (!key || textIn(tag['field'])) return null;
  const value = textIn(tag['value']);
  return !value || value === key || value === 'true' ? key : `${key}:${value}`;
}

/** Distinct texts in the order given, until the bound on all together is reached; null where there is none. */
function listOf(
  items: unknown,
  charactersMax: number,
  textOf: (item: JsonObject) => string | null,
): readonly string[] | null {
  if (!Array.isArray(items)) return null;
  const texts = new Set<string>();
  let characters = 0;
  for (const item of items) {
    const text = isObject(item) ? textOf(item) : null;
    if (!text) continue;
    const kept = bounded(text, charactersMax);
    if (texts.has(kept)) continue;
    characters += kept.length;
    if (characters > LIST_CHARACTERS_MAX) break;
    texts.add(kept);
  }
  return texts.size > 0 ? [...texts] : null;
}

function parentOf(facet: JsonObject | null): { run: string; job: AssetName } | null {
  const run = facet?.['run'];
  const job = facet?.['job'];
  if (!isObject(run) || !isObject(job)) return null;
  const { namespace, name } = job;
  const id = run['runId'];
  if (typeof id !== 'string' || !isUuid(id) || typeof namespace !== 'string' || typeof name !== 'string') return null;
  // A cut name would be the name of another job, so a parent that cannot be named in full is not named.
  if (namespace.length > NAME_CHARACTERS_MAX || name.length > NAME_CHARACTERS_MAX) return null;
  return { run: id.toLowerCase(), job: { namespace: bounded(namespace, 2048), name: bounded(name, 2048) } };
}

const timeIn = (value: unknown): string | null => (typeof value === 'string' ? utcMilliseconds(value) : null);

const textIn = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
