import { expect, test } from 'vitest';
import { matchesPath, parseSettings, waiverOf } from './waiver.ts';
import type { CheckFinding } from './checker.ts';

test.each([
  ['a/b.py', 'a/b.py', true],
  ['a', 'a/b.py', true],
  ['a/', 'a/b.py', true],
  ['./a/*.py', 'a/b.py', true],
  ['*.py', 'a/b.py', false],
  ['**/*.py', 'a/b/c.py', true],
  ['**/*.py', 'c.py', true],
  ['a/**', 'a/b/c', true],
  ['a/**/c.py', 'a/c.py', true],
  ['a/**/c.py', 'a/x/y/c.py', true],
  ['a/**/c.py', 'a/xc.py', false],
  ['a?c', 'abc', true],
  ['a?c', 'a/c', false],
  ['a.b', 'axb', false],
  ['ab', 'abc', false],
])('pattern %s on %s: %s', (pattern, path, wanted) => {
  expect(matchesPath(pattern, path)).toBe(wanted);
});

test('a pattern made to be slow ends', () => {
  expect(matchesPath(`${'**a*'.repeat(70)}b`, 'a'.repeat(4_000))).toBe(false);
});

const finding = { rule: { id: 'NB-001' }, file: 'a/n.ipynb', line: 3, resource: null } as unknown as CheckFinding;
const waiver = (more: string) =>
  parseSettings(
    `waivers:\n  - { rule: NB-001, path: a, reason: test data, owner: mara, until: 2026-12-01${more} }\n`,
    'c.yaml',
  ).waivers;

test('a waiver covers until its last day, and then is named as expired', () => {
  expect(waiverOf(finding, waiver(''), '2026-12-01')).toMatchObject({ isExpired: false });
  expect(waiverOf(finding, waiver(''), '2026-12-02')).toMatchObject({ isExpired: true });
  expect(waiverOf(finding, waiver(', line: 4'), '2026-11-01')).toBeNull();
});

test.each([
  ['- a', 'it is no mapping'],
  ['waiver: []', 'waiver is none of'],
  ['waivers: [{ rule: A, path: b, reason: c, owner: d }]', 'waiver 1: until (YYYY-MM-DD) is missing'],
  ['waivers: [{ rule: A, path: b, reason: c, owner: d, until: 2026-13-01 }]', 'until is no day'],
  ['fail_on: worst', 'fail_on is none of critical'],
  ['off: { A: "" }', 'off: A: a reason is missing'],
  ['a: [', 'c.yaml: '],
])('%s is refused', (text, message) => {
  expect(() => parseSettings(text, 'c.yaml')).toThrow(message);
});
