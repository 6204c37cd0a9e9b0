/** The facts of an event that has the published shape: what the log keeps in full, everything else stays in the payload. */
import type {
  AssetName,
  DatasetDescribed,
  DatasetFact,
  JobDescribed,
  JobFact,
  RunObserved,
  RunState,
  SchemaField,
} from '../../event/event.ts';
import { bounded } from './bounded-text.ts';
import { isObject, NAME_CHARACTERS_MAX, type EventShape, type JsonObject } from './event-shape.ts';
import { isUuid, utcMilliseconds } from './formats.ts';
import { SchemaMemo } from './schema-fields.ts';
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

const schemas = new SchemaMemo();

export interface FactsAndSchemas {
  readonly facts: EventFacts;
  readonly schemas: ReadonlyMap<string, readonly SchemaField[]>;
}

export function eventFacts(shape: EventShape): FactsAndSchemas {
  const seen = new Map<string, readonly SchemaField[]>();
  return { facts: factsOf(shape, seen), schemas: seen };
}

function factsOf({ kind, event }: EventShape, seen: Map<string, readonly SchemaField[]>): EventFacts {
  const eventTime = utcMilliseconds(event['eventTime'] as string)!;
  const producer = event['producer'] as string;
  switch (kind) {
    case 'run': {
      const run = event['run'] as JsonObject;
      const parent = parentOf(facetOf(run, 'parent'));
      const nominalStart = timeIn(facetOf(run, 'nominalTime')?.['nominalStartTime']);
      const sql = facetOf(event['job'] as JsonObject, 'sql');
      const named = datasetFacts(event['inputs'], seen);
      const outputs = datasetFacts(event['outputs'], seen);
      return {
        kind: 'openlineage.run',
        eventTime,
        state: (event['eventType'] as RunState | undefined) ?? 'OTHER',
        // UUIDs are the same in either case (RFC 9562 section 4); a run must have one name.
        run: (run['runId'] as string).toLowerCase(),
        ...(parent ? { parent } : {}),
        ...(nominalStart ? { nominalStart } : {}),
        job: jobFact(event['job'] as JsonObject),
        inputs: named.length > 0 ? named : inputsOfSql(sql?.['query'], sql?.['dialect'], outputs),
        outputs,
        producer,
      };
    }
    case 'job':
      return {
        kind: 'openlineage.job',
        eventTime,
        job: jobFact(event['job'] as JsonObject),
        inputs: datasetFacts(event['inputs'], seen),
        outputs: datasetFacts(event['outputs'], seen),
        producer,
      };
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

/** A facet of a run, job or dataset; null where it is not there or the producer says that it is deleted. */
function facetOf(holder: JsonObject, name: string): JsonObject | null {
  const facets = holder['facets'] as JsonObject | undefined;
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
  };
}

function datasetFacts(datasets: unknown, seen: Map<string, readonly SchemaField[]>): readonly DatasetFact[] {
  if (datasets === undefined) return [];
  return (datasets as readonly JsonObject[]).map((dataset) => datasetFact(dataset, seen));
}

function datasetFact(dataset: JsonObject, seen: Map<string, readonly SchemaField[]>): DatasetFact {
  const namespace = dataset['namespace'] as string;
  const name = dataset['name'] as string;
  const schema = schemas.schemaOf(`${namespace}\n${name}`, facetOf(dataset, 'schema')?.['fields']);
  if (schema) seen.set(schema.digest, schema.fields);
  const type = datasetType(dataset);
  return {
    namespace,
    name,
    ...(schema ? { schema: schema.digest } : {}),
    ...(type ? { type: bounded(type, TYPE_CHARACTERS_MAX) } : {}),
    ...descriptiveFacts(dataset),
  };
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
