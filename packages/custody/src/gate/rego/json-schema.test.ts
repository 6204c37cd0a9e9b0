/** JSON schemas, with the answers that OPA 1.22.2 gave (recorded through its query API). */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compile } from './index.ts';

interface Recorded {
  readonly schema: unknown;
  readonly verify: unknown;
  /** A document and OPA's answer to json.match_schema; null where it was undefined. */
  readonly documents: readonly (readonly [unknown, readonly [boolean, readonly Record<string, string>[]] | null])[];
}

const recorded = readFileSync(
  new URL('../../../../../testdata/rego-json-schema/opa-1.22.2.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);
const policy = compile({});

/** OPA walks objects in no order, so failures come in none. */
const told = (answer: unknown): unknown =>
  answer === null
    ? null
    : (answer as [boolean, Record<string, string>[]]).map((part) =>
        Array.isArray(part) ? part.map((failure) => JSON.stringify(Object.entries(failure).sort())).sort() : part,
      );

test.each(recorded)('schema $schema', ({ schema, verify, documents }) => {
  expect(policy.query('y := json.verify_schema(input)', { input: schema })[0]?.['y']).toEqual(verify);
  for (const [document, wanted] of documents) {
    const [row] = policy.query('x := json.match_schema(input.d, input.s)', { input: { d: document, s: schema } });
    expect(told(row?.['x'] ?? null)).toEqual(told(wanted));
  }
});

test('a schema that names itself ends', () => {
  const schema = { $ref: '#' };
  expect(() => policy.query('x := json.match_schema({}, input)', { input: schema, strictBuiltinErrors: true })).toThrow(
    /nested too deep/,
  );
});
