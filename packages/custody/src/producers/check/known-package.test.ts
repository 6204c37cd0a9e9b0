import { expect, test } from 'vitest';
import { isOneEditAway, resembled } from './known-package.ts';

test.each<[string, 'pip' | 'npm', string | null]>([
  ['pandas', 'pip', null],
  ['Scikit_Learn', 'pip', null],
  ['pnadas', 'pip', 'pandas'],
  ['panda', 'pip', 'pandas'],
  ['panndas', 'pip', 'pandas'],
  ['nurnpy', 'pip', 'numpy'],
  ['tensorf1ow', 'pip', 'tensorflow'],
  ['python3-requests', 'pip', 'requests'],
  ['scikitlearn', 'pip', 'scikit-learn'],
  ['scapy', 'pip', null],
  ['boto', 'pip', null],
  ['psycopg3', 'pip', null],
  ['pandas-stubs', 'pip', null],
  ['axois', 'npm', 'axios'],
  ['crossenv', 'npm', 'cross-env'],
  ['preact', 'npm', null],
])('%s of %s looks like %s', (name, ecosystem, expected) => {
  expect(resembled(name, ecosystem)).toBe(expected);
});

test.each<[string, string, boolean]>([
  ['abc', 'abc', false],
  ['abc', 'ab', true],
  ['abc', 'axbc', true],
  ['abc', 'acb', true],
  ['abc', 'xbc', true],
  ['abc', 'cab', false],
  ['abc', 'abcde', false],
  ['v1', 'v2', false],
])('%s and %s are one edit apart: %s', (a, b, expected) => {
  expect(isOneEditAway(a, b)).toBe(expected);
  expect(isOneEditAway(b, a)).toBe(expected);
});
