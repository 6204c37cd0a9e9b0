/**
 * What OpenLineage's published schema (spec 2-0-2, OpenLineage.json) demands of an event, by hand: a generic validator
 * costs more than everything else on this path together.
 *
 * As strict as that schema, formats asserted. What the schemas of single facets demand is not asserted: the published
 * event schema does not refer to them, producers send facets of older and newer versions, and one odd facet must not
 * cost an event. A facet field of another type than its schema says is read as not said, and is kept in the payload.
 *
 * Two things the schema does not say: how deep an event may nest and how long a name may be.
 */
import { isUri, isUuid, utcMilliseconds } from './formats.ts';
import { OpenLineageError, pointerTo } from './openlineage-error.ts';

export type JsonObject = { readonly [key: string]: unknown };

export const DEPTH_MAX = 64;
export const NAME_CHARACTERS_MAX = 2048;

export type EventShape =
  | { readonly kind: 'run'; readonly event: JsonObject }
  | { readonly kind: 'job'; readonly event: JsonObject }
  | { readonly kind: 'dataset'; readonly event: JsonObject };

const SEE_SPEC = 'See https://openlineage.io/spec/2-0-2/OpenLineage.json for what an event must hold.';

/** Which kind of event this is, once it is sure to be a valid one. */
export function eventShape(value: unknown): EventShape {
  const event = objectAt(value, '');
  checkDepth(event);
  uriAt(event, 'producer', '');
  const kind = kindNamedBy(uriAt(event, 'schemaURL', ''));
  timeAt(event, 'eventTime', '');
  if (kind) {
    checkKind(kind, event);
    return { kind, event };
  }
  return shapeOf(event);
}

/** `https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent`; versions before 1-0-0 say `#/definitions/`. */
function kindNamedBy(schemaUrl: string): EventShape['kind'] | null {
  const hash = schemaUrl.indexOf('#');
  if (hash < 0) return null;
  switch (schemaUrl.slice(schemaUrl.lastIndexOf('/') + 1)) {
    case 'RunEvent':
      return 'run';
    case 'JobEvent':
      return 'job';
    case 'DatasetEvent':
      return 'dataset';
    default:
      return null;
  }
}

/** The schema's `oneOf` for events that do not name their definition: exactly one kind must fit. */
function shapeOf(event: JsonObject): EventShape {
  const hasRun = Object.hasOwn(event, 'run');
  const hasJob = Object.hasOwn(event, 'job');
  const hasDataset = Object.hasOwn(event, 'dataset');
  if (!hasJob && !hasDataset) {
    throw new OpenLineageError(
      'missing-field',
      hasRun ? '/job' : '/run',
      'The event holds neither run and job, nor job, nor dataset.',
      SEE_SPEC,
    );
  }
  if (hasRun && hasJob) {
    checkKind('run', event);
    return { kind: 'run', event };
  }
  if (!hasJob || !hasDataset) {
    const kind = hasJob ? 'job' : 'dataset';
    checkKind(kind, event);
    return { kind, event };
  }
  const jobError = errorOf(() => checkKind('job', event));
  const datasetError = errorOf(() => checkKind('dataset', event));
  if (!jobError && !datasetError) {
    throw new OpenLineageError(
      'ambiguous-event',
      '/schemaURL',
      'The event holds a job and a dataset, so it may be a JobEvent or a DatasetEvent.',
      'Name the definition in schemaURL, for example ...OpenLineage.json#/$defs/JobEvent.',
    );
  }
  if (!jobError) return { kind: 'job', event };
  if (!datasetError) return { kind: 'dataset', event };
  throw jobError;
}

function errorOf(check: () => void): OpenLineageError | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof OpenLineageError) return error;
    throw error;
  }
}

function checkKind(kind: EventShape['kind'], event: JsonObject): void {
  switch (kind) {
    case 'run':
      checkEventType(event['eventType']);
      checkRun(required(event, 'run', ''), '/run');
      checkJob(required(event, 'job', ''), '/job');
      checkDatasets(event['inputs'], '/inputs', 'inputFacets');
      checkDatasets(event['outputs'], '/outputs', 'outputFacets');
      return;
    case 'job':
      if (Object.hasOwn(event, 'run')) throw notAllowed('/run', 'JobEvent', 'run');
      checkJob(required(event, 'job', ''), '/job');
      checkDatasets(event['inputs'], '/inputs', 'inputFacets');
      checkDatasets(event['outputs'], '/outputs', 'outputFacets');
      return;
    case 'dataset':
      if (Object.hasOwn(event, 'run') && Object.hasOwn(event, 'job')) {
        throw notAllowed('/run', 'DatasetEvent', 'run and job');
      }
      checkDataset(required(event, 'dataset', ''), '/dataset', null);
      return;
    default:
      kind satisfies never;
  }
}

const notAllowed = (pointer: string, kind: string, field: string): OpenLineageError =>
  new OpenLineageError('wrong-value', pointer, `A ${kind} must not hold ${field}.`, 'Send it as a RunEvent.');

const EVENT_TYPES: ReadonlySet<unknown> = new Set(['START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER']);

function checkEventType(value: unknown): void {
  if (value === undefined || EVENT_TYPES.has(value)) return;
  throw new OpenLineageError(
    typeof value === 'string' ? 'wrong-value' : 'wrong-type',
    '/eventType',
    'eventType is none of START, RUNNING, COMPLETE, ABORT, FAIL, OTHER.',
    'Use one of these, in capitals, or leave eventType out.',
  );
}

function checkRun(value: unknown, pointer: string): void {
  const run = objectAt(value, pointer);
  const id = stringAt(run, 'runId', pointer);
  if (!isUuid(id)) {
    throw wrongFormat(`${pointer}/runId`, 'a UUID', 'Make the run id a UUID, for example a UUIDv5 of your own id.');
  }
  checkFacets(run['facets'], `${pointer}/facets`, false);
}

function checkJob(value: unknown, pointer: string): void {
  const job = objectAt(value, pointer);
  nameAt(job, 'namespace', pointer);
  nameAt(job, 'name', pointer);
  checkFacets(job['facets'], `${pointer}/facets`, true);
}

function checkDatasets(value: unknown, pointer: string, ownFacets: 'inputFacets' | 'outputFacets'): void {
  if (value === undefined) return;
  if (!Array.isArray(value)) throw wrongType(pointer, 'an array');
  for (let i = 0; i < value.length; i++) checkDataset(value[i], `${pointer}/${i}`, ownFacets);
}

function checkDataset(value: unknown, pointer: string, ownFacets: 'inputFacets' | 'outputFacets' | null): void {
  const dataset = objectAt(value, pointer);
  nameAt(dataset, 'namespace', pointer);
  nameAt(dataset, 'name', pointer);
  checkFacets(dataset['facets'], `${pointer}/facets`, true);
  if (ownFacets) checkFacets(dataset[ownFacets], `${pointer}/${ownFacets}`, false);
}

function checkFacets(value: unknown, pointer: string, deletable: boolean): void {
  if (value === undefined) return;
  const facets = objectAt(value, pointer);
  for (const name of Object.keys(facets)) {
    const facet = facets[name];
    // Pointers are only spelled out for facets that are wrong.
    if (facetIsWhole(facet, deletable)) continue;
    const at = pointerTo(pointer, name);
    const held = objectAt(facet, at);
    uriAt(held, '_producer', at);
    uriAt(held, '_schemaURL', at);
    throw wrongType(`${at}/_deleted`, 'a boolean');
  }
}

function facetIsWhole(facet: unknown, deletable: boolean): boolean {
  if (!isObject(facet)) return false;
  const { _producer: producer, _schemaURL: schemaUrl, _deleted: deleted } = facet;
  if (typeof producer !== 'string' || typeof schemaUrl !== 'string') return false;
  return isUri(producer) && isUri(schemaUrl) && (!deletable || deleted === undefined || typeof deleted === 'boolean');
}

/** Ends at the limit, so that no nesting overflows the stack. (V8's JSON.parse itself does not recurse.) */
function checkDepth(event: JsonObject): void {
  if (deeperThan(event, DEPTH_MAX)) {
    throw new OpenLineageError(
      'too-deep',
      '',
      `The event nests more than ${DEPTH_MAX} levels.`,
      'Flatten the facet that nests so deep.',
    );
  }
}

function deeperThan(value: object, levels: number): boolean {
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (const item of value) {
      if (typeof item === 'object' && item !== null && deeperThan(item, levels - 1)) return true;
    }
    return false;
  }
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key];
    if (typeof member === 'object' && member !== null && deeperThan(member, levels - 1)) return true;
  }
  return false;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function objectAt(value: unknown, pointer: string): JsonObject {
  if (!isObject(value)) throw wrongType(pointer, 'an object');
  return value;
}

function required(holder: JsonObject, key: string, pointer: string): unknown {
  if (!Object.hasOwn(holder, key)) {
    throw new OpenLineageError(
      'missing-field',
      `${pointer}/${key}`,
      `${pointer}/${key} is required and is not there.`,
      SEE_SPEC,
    );
  }
  return holder[key];
}

function stringAt(holder: JsonObject, key: string, pointer: string): string {
  const value = holder[key];
  if (typeof value === 'string') return value;
  required(holder, key, pointer);
  throw wrongType(`${pointer}/${key}`, 'a string');
}

/** With the u flag, whole pairs are one character, so this finds halves only. RFC 8785 cannot write them. */
const HALF_SURROGATE = /[\ud800-\udfff]/u;

function nameAt(holder: JsonObject, key: 'namespace' | 'name', pointer: string): string {
  const name = stringAt(holder, key, pointer);
  if (name.length > NAME_CHARACTERS_MAX) {
    throw new OpenLineageError(
      'too-long',
      `${pointer}/${key}`,
      `${pointer}/${key} is longer than ${NAME_CHARACTERS_MAX} characters.`,
      'Shorten it: a name identifies an asset and is repeated in every entry about it.',
    );
  }
  if (HALF_SURROGATE.test(name)) {
    throw wrongFormat(`${pointer}/${key}`, 'well-formed Unicode', 'Remove the half surrogate pair from the name.');
  }
  return name;
}

function uriAt(holder: JsonObject, key: string, pointer: string): string {
  const uri = stringAt(holder, key, pointer);
  if (!isUri(uri)) throw wrongFormat(`${pointer}/${key}`, 'a URI', 'Write an absolute URI, with its scheme.');
  if (pointer === '' && uri.length > NAME_CHARACTERS_MAX) {
    throw new OpenLineageError('too-long', `/${key}`, `${key} is longer than 2,048 characters.`, 'Shorten the URI.');
  }
  return uri;
}

function timeAt(holder: JsonObject, key: string, pointer: string): void {
  if (utcMilliseconds(stringAt(holder, key, pointer)) !== null) return;
  throw wrongFormat(
    `${pointer}/${key}`,
    'an RFC 3339 date-time',
    'Write it with its offset, for example 2026-11-22T19:56:12.458Z.',
  );
}

const wrongType = (pointer: string, expected: string): OpenLineageError =>
  new OpenLineageError('wrong-type', pointer, `${pointer || 'The event'} is not ${expected}.`, SEE_SPEC);

const wrongFormat = (pointer: string, expected: string, remedy: string): OpenLineageError =>
  new OpenLineageError('wrong-format', pointer, `${pointer} is not ${expected}.`, remedy);
