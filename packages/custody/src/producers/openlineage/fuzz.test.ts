import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../event/canonical-json.ts';
import { FACT_BYTES_MAX } from './fact-entries.ts';
import { OpenLineageError, takeBatch, takeEvent } from './index.ts';

const valid = ['real-airflow', 'real-dbt', 'real-spark'].flatMap((name) =>
  readFileSync(new URL(`../../../../../testdata/openlineage/${name}.jsonl`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .filter((line) => line.length < 5000),
);

/** Takes it whole or refuses it with a reason; what was taken fits the log. */
function takenOrRefused(body: Uint8Array): void {
  try {
    const { facts, payload, redacted } = takeEvent(body);
    expect(facts.length).toBeGreaterThan(0);
    for (const entry of facts) expect(Buffer.byteLength(canonicalJson(entry))).toBeLessThanOrEqual(FACT_BYTES_MAX);
    if (redacted === 0) expect(payload).toBe(body);
  } catch (error) {
    expect(error).toBeInstanceOf(OpenLineageError);
    expect((error as OpenLineageError).remedy).not.toBe('');
  }
  for (const item of takeBatchOrNothing(body)) if (item instanceof Error) expect(item).toBeInstanceOf(OpenLineageError);
}

function takeBatchOrNothing(body: Uint8Array): ReturnType<typeof takeBatch> {
  try {
    return takeBatch(body);
  } catch (error) {
    expect(error).toBeInstanceOf(OpenLineageError);
    return [];
  }
}

test('random bytes', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), takenOrRefused), { numRuns: 2000 });
});

test('random JSON', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8, stringUnit: 'binary' }), (json) => takenOrRefused(Buffer.from(json))),
    { numRuns: 1000 },
  );
});

/** Replaces the value at the nth place of a JSON value, counting every member and item. */
function replacedAt(value: unknown, place: { n: number }, replacement: unknown): unknown {
  if (place.n-- === 0) return replacement;
  if (Array.isArray(value)) return value.map((item) => replacedAt(item, place, replacement));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, replacedAt(member, place, replacement)]),
  );
}

test('valid events with one value replaced', () => {
  fc.assert(
    fc.property(fc.constantFrom(...valid), fc.nat(150), fc.jsonValue({ maxDepth: 3 }), (line, n, replacement) => {
      takenOrRefused(Buffer.from(JSON.stringify(replacedAt(JSON.parse(line), { n }, replacement))));
    }),
    { numRuns: 1500 },
  );
});

test('valid events with bytes changed, cut out or doubled', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...valid),
      fc.nat(),
      fc.nat(40),
      fc.uint8Array({ maxLength: 6 }),
      (line, at, cut, put) => {
        const body = Buffer.from(line);
        const from = at % body.length;
        takenOrRefused(Buffer.concat([body.subarray(0, from), put, body.subarray(from + cut)]));
      },
    ),
    { numRuns: 1500 },
  );
});

test('deep nesting, with and without suspects in it', () => {
  for (const open of ['[', '{"a":', '{"password":', '{"query":[']) {
    for (const depth of [60, 70, 5000, 200_000]) {
      takenOrRefused(Buffer.from(open.repeat(depth)));
      takenOrRefused(Buffer.from(`${valid[0]!.slice(0, -1)},"x":${open.repeat(depth)}`));
    }
  }
});
