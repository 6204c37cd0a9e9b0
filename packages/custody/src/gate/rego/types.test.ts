/** Which queries OPA 1.22.2's type checker takes and refuses (recorded), and which of them ours does. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BUILTINS } from './builtins/registry.ts';
import { SIGNATURES } from './builtins/signatures.ts';
import { compile, RegoError } from './index.ts';

interface Recorded {
  readonly query: string;
  readonly opa: 'taken' | 'refused';
  readonly ours: 'taken' | 'refused';
}

const recorded = readFileSync(new URL('../../../../../testdata/rego-types/opa-1.22.2.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);

test.each(recorded)('$query', ({ query, opa, ours }) => {
  let answer = 'taken';
  try {
    compile({}).query(query);
  } catch (error) {
    expect(error).toBeInstanceOf(RegoError);
    expect((error as RegoError).code).toBe('rego_type_error');
    answer = 'refused';
  }
  expect(answer).toBe(ours);
  // Never more is refused than OPA refuses.
  if (opa === 'taken') expect(answer).toBe('taken');
});

test('most that OPA refuses is refused in rules too, with the place', () => {
  const refused = recorded.filter(({ opa }) => opa === 'refused');
  expect(refused.filter(({ ours }) => ours === 'refused').length / refused.length).toBeGreaterThan(0.75);
  expect(() => compile({ modules: { 'a.rego': 'package a\n\np if {\n\tinput.x\n\tcount(1) > 0\n}\n' } })).toThrow(
    expect.objectContaining({
      code: 'rego_type_error',
      message: 'count: invalid argument(s): have (number), want (string or array or object or set)',
      place: expect.objectContaining({ line: 5, column: 2 }) as unknown,
    }) as Error,
  );
});

test('every built-in has its types', () => {
  const known = new Map(
    SIGNATURES.trim()
      .split('\n')
      .map((line) => line.split(' '))
      .map(([name, ...types]) => [name as string, types.length - 1]),
  );
  for (const { name, arity } of BUILTINS.values())
    if (!['print', 'set_diff', 'test.sleep'].includes(name)) expect([name, known.get(name)]).toEqual([name, arity]);
});
