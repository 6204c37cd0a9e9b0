/** Corners of the built-in functions, with what `opa eval` of OPA 1.22.2 answered (nothing where undefined). */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compile } from '../index.ts';

const recorded = readFileSync(
  new URL('../../../../../../testdata/rego-builtins/opa-1.22.2.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { readonly text: string; readonly value?: unknown });

/** Integers past 2^53 are bigints here and rounded by JSON.parse in what was recorded. */
const rounded = (answer: unknown): unknown =>
  answer === undefined
    ? undefined
    : JSON.parse(JSON.stringify(answer, (_, v: unknown) => (typeof v === 'bigint' ? Number(v) : v)));

test.each(recorded)('$text', ({ text, value }) => {
  const policy = compile({ modules: { 'a.rego': `package a\n\np := ${text}\n` } });
  expect(rounded(policy.evaluate('data.a.p', {}))).toEqual(value);
});
