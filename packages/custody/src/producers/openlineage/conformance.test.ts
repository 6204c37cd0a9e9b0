/**
 * Our validator against OpenLineage's published JSON schema: the same events are accepted and refused.
 *
 * The schema is read from the folder of shared data (CUSTODY_SHARED, or ../shared beside the repository) by a small
 * interpreter of the keywords that it uses; one that it does not know is an error. Only formats are asserted by other
 * means than ours: Date, URL and plain patterns.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { OpenLineageError, takeEvent } from './index.ts';

const shared = process.env['CUSTODY_SHARED'] ?? fileURLToPath(new URL('../../../../../../shared', import.meta.url));
const folder = `${shared}/data/openlineage`;
const hasSchema = existsSync(`${folder}/spec/OpenLineage.json`);
if (!hasSchema) console.log(`skipped: conformance with the published schema, ${folder}/spec is not there`);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ANNOTATIONS = new Set(['$schema', '$id', '$defs', 'description', 'example']);

const FORMATS: Record<string, (text: string) => boolean> = {
  uuid: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
  uri: (text) =>
    /^[a-z][a-z0-9+.-]*:([\w.~:/?@!$&'()*+,;=[\]-]|%[0-9a-f]{2})*(#([\w.~:/?@!$&'()*+,;=[\]-]|%[0-9a-f]{2})*)?$/i.test(
      text,
    ),
  'date-time': (text) => {
    const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.exec(text);
    if (!parts) return false;
    const date = new Date(`${parts[1]}T00:00:00Z`);
    return (
      !Number.isNaN(date.getTime()) &&
      date.toISOString().startsWith(parts[1]!) &&
      !Number.isNaN(Date.parse(`2000-01-01T${parts[2]!}${parts[4]!.toUpperCase()}`))
    );
  },
};

/** JSON Schema 2020-12, as much of it as the published schema uses. */
function isValid(schema: JsonObject, value: Json, root: JsonObject): boolean {
  return Object.entries(schema).every(([keyword, argument]) => {
    if (ANNOTATIONS.has(keyword)) return true;
    const all = (schemas: Json): boolean[] => (schemas as JsonObject[]).map((one) => isValid(one, value, root));
    switch (keyword) {
      case '$ref':
        return isValid(
          (root['$defs'] as JsonObject)[(argument as string).split('/').at(-1)!] as JsonObject,
          value,
          root,
        );
      case 'allOf':
        return all(argument!).every(Boolean);
      case 'anyOf':
        return all(argument!).some(Boolean);
      case 'oneOf':
        return all(argument!).filter(Boolean).length === 1;
      case 'not':
        return !isValid(argument as JsonObject, value, root);
      case 'type':
        return argument === 'object'
          ? isObject(value)
          : argument === 'array'
            ? Array.isArray(value)
            : typeof value === argument;
      case 'enum':
        return (argument as Json[]).includes(value);
      case 'format':
        return typeof value !== 'string' || FORMATS[argument as string]!(value);
      case 'required':
        return !isObject(value) || (argument as string[]).every((name) => Object.hasOwn(value, name));
      case 'properties':
        return (
          !isObject(value) ||
          Object.entries(argument as JsonObject).every(
            ([name, one]) => !Object.hasOwn(value, name) || isValid(one as JsonObject, value[name]!, root),
          )
        );
      case 'additionalProperties': {
        if (!isObject(value) || argument === true) return true;
        const named = Object.keys((schema['properties'] ?? {}) as JsonObject);
        return Object.entries(value).every(
          ([name, member]) => named.includes(name) || isValid(argument as JsonObject, member, root),
        );
      }
      case 'items':
        return !Array.isArray(value) || value.every((item) => isValid(argument as JsonObject, item, root));
      default:
        throw new Error(`The interpreter does not know ${keyword}.`);
    }
  });
}

/** By the definition that schemaURL names, as schemaURL is said to do; else the schema as a whole. */
function published(root: JsonObject, event: Json): boolean {
  const url = isObject(event) ? event['schemaURL'] : null;
  const kind = typeof url === 'string' ? /#.*\/(RunEvent|JobEvent|DatasetEvent)$/.exec(url)?.[1] : undefined;
  return isValid(kind ? ((root['$defs'] as JsonObject)[kind] as JsonObject) : root, event, root);
}

function ours(event: Json): boolean {
  try {
    takeEvent(Buffer.from(JSON.stringify(event)));
    return true;
  } catch (error) {
    if (error instanceof OpenLineageError) return false;
    throw error;
  }
}

/** Every event that differs from this one in one place: a member left out, or a value of another type or form. */
function* mutations(value: Json, depth = 0): Generator<Json> {
  const wrong: Json[] = [
    null,
    true,
    7,
    '',
    'x',
    [],
    {},
    [null],
    [{}],
    '2026-02-30T00:00:00Z',
    'https://e.com/ x',
    'START',
  ];
  yield* wrong;
  if (typeof value === 'string')
    yield* [`${value}x`, value.slice(1), value.toUpperCase(), value.toLowerCase(), `${value}#`, `${value}%`];
  if (depth > 6) return;
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) {
      for (const other of mutations(item, depth + 1)) yield value.with(i, other);
    }
    return;
  }
  if (!isObject(value)) return;
  for (const [name, member] of Object.entries(value)) {
    const { [name]: _, ...rest } = value;
    yield rest;
    for (const other of mutations(member, depth + 1)) yield { ...value, [name]: other };
  }
}

const FACET = { _producer: 'https://e.com/p', _schemaURL: 'https://e.com/s.json#/$defs/F' };
const ASSET = { namespace: 'n', name: 'a', facets: { f: { ...FACET, _deleted: true } } };
const BASE = { eventTime: '2026-11-22T19:56:12.458979123+01:00', producer: 'https://e.com/p' };
const SPEC = 'https://openlineage.io/spec/2-0-2/OpenLineage.json';
const JOB_PARTS = {
  job: ASSET,
  inputs: [{ ...ASSET, inputFacets: { f: FACET } }],
  outputs: [{ ...ASSET, outputFacets: { f: FACET } }],
};
const RUN = { run: { runId: '01a204d4-b0fe-7e3d-bd73-542fe767553c', facets: { f: { ...FACET, _deleted: 7 } } } };

/** One event with every part that the schema speaks of, of each kind, and combinations that are of none or of two. */
const seeds: readonly Json[] = [
  SPEC,
  `${SPEC}#/$defs/RunEvent`,
  `${SPEC}#/$defs/JobEvent`,
  `${SPEC}#/$defs/DatasetEvent`,
  `${SPEC}#/$defs/BaseEvent`,
].flatMap((schemaURL): Json[] => [
  { ...BASE, schemaURL, eventType: 'START', ...RUN, ...JOB_PARTS },
  { ...BASE, schemaURL, ...JOB_PARTS },
  { ...BASE, schemaURL, dataset: ASSET },
  { ...BASE, schemaURL, dataset: ASSET, ...JOB_PARTS },
  { ...BASE, schemaURL, dataset: ASSET, ...RUN },
  { ...BASE, schemaURL, dataset: ASSET, ...RUN, ...JOB_PARTS },
  { ...BASE, schemaURL, ...RUN },
  { ...BASE, schemaURL },
]);

describe.skipIf(!hasSchema)('what the published schema accepts, and nothing else', () => {
  const root = hasSchema ? (JSON.parse(readFileSync(`${folder}/spec/OpenLineage.json`, 'utf8')) as JsonObject) : {};

  test('events as they were emitted', () => {
    const read = (name: string): string => readFileSync(`${folder}/${name}.jsonl`, 'utf8');
    const unzipped = (name: string): string => gunzipSync(readFileSync(`${folder}/${name}.jsonl.gz`)).toString();
    const lines = [
      ...['real-airflow', 'real-dbt', 'real-spark'].map(read),
      ...['marquez-metadata', 'graph-5k-jobs'].map(unzipped),
    ].flatMap((text) => text.trimEnd().split('\n'));
    expect(lines.length).toBeGreaterThan(10_000);
    for (const line of lines) {
      const event = JSON.parse(line) as Json;
      expect(published(root, event)).toBe(true);
      expect(ours(event)).toBe(true);
    }
  });

  test('one thing changed at a time', () => {
    let accepted = 0;
    let refused = 0;
    for (const seed of seeds) {
      for (const event of mutations(seed)) {
        const expected = published(root, event);
        if (ours(event) !== expected) expect({ event, accepted: ours(event) }).toEqual({ event, accepted: expected });
        if (expected) accepted++;
        else refused++;
      }
    }
    // Both kinds are many: a referee that says the same to all proves nothing.
    expect(accepted).toBeGreaterThan(2000);
    expect(refused).toBeGreaterThan(10_000);
  });

  test('one thing changed at a time in events of real producers', () => {
    for (const [name, index] of [
      ['real-airflow', 2],
      ['real-dbt', 1],
      ['real-spark', 1],
    ] as const) {
      const event = JSON.parse(readFileSync(`${folder}/${name}.jsonl`, 'utf8').split('\n')[index]!) as Json;
      for (const changed of mutations(event)) {
        const expected = published(root, changed);
        if (ours(changed) !== expected)
          expect({ changed, accepted: ours(changed) }).toEqual({ changed, accepted: expected });
      }
      expect(ours(event)).toBe(true);
    }
  });
});
