/** The example policies hold their tests, are laid out, work together, and stand in the docs as they are. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { digestOf, filesPayload } from '../packages/custody/src/gate/policy-files.ts';
import { PolicySet } from '../packages/custody/src/gate/policy-set.ts';
import { formatPolicy, runTests } from '../packages/custody/src/gate/rego/index.ts';

const ROOT = fileURLToPath(new URL('../policies', import.meta.url));
// The rules of `custody check` are no policies of gates: `gate/check` tests them.
const NAMES = readdirSync(ROOT).filter((name) => name !== 'check');
const filesOf = (name: string): Record<string, string> =>
  Object.fromEntries(readdirSync(join(ROOT, name)).map((file) => [file, readFileSync(join(ROOT, name, file), 'utf8')]));

describe.each(NAMES)('%s', (name) => {
  test('holds its tests, which reach every line', () => {
    const report = runTests(filesOf(name), {});
    expect(report.tests.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(report.tests.length).toBeGreaterThan(3);
    expect(report.covered).toBe(100);
  });

  test('is laid out as custody policy fmt does', () => {
    for (const [file, text] of Object.entries(filesOf(name))) expect(formatPolicy(text, file)).toBe(text);
  });

  test('stands in docs/policies.md as it is', () => {
    const docs = readFileSync(fileURLToPath(new URL('../docs/policies.md', import.meta.url)), 'utf8');
    const [policy] = Object.entries(filesOf(name)).filter(([file]) => !file.endsWith('_test.rego'));
    expect(docs).toContain(policy?.[1].trimEnd());
  });
});

test('all are in force together', () => {
  const set = new PolicySet(
    NAMES.map((name) => ({ name, version: 1, digest: digestOf(filesPayload(filesOf(name))), files: filesOf(name) })),
  );
  const decision = set.policy.evaluate('data.gate.read.decision', { columns: [] });
  expect(decision).toEqual({ allow: false, deny: ['name a purpose'] });
});
