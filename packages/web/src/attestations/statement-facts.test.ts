import fc from 'fast-check';
import { expect, it } from 'vitest';
import { statementFacts } from './statement-facts.ts';

const facts = (kind: string | null, predicate: Record<string, unknown>, predicateType = 'https://e.org/x') =>
  statementFacts({ kind, predicateType, statementContent: { predicate } });

it('of files says how many and which', () => {
  const said = facts('model', {
    resources: [{ name: 'model.json', algorithm: 'sha256', digest: `1189${'0'.repeat(56)}c1c5` }],
    serialization: { hash_type: 'sha256', ignore_paths: ['.git'] },
    custody: { tree: {}, entries: [{ name: 'model.json', size: 2_100 }] },
  });
  expect(said.slice(0, 2)).toEqual([
    { label: 'Holds', lines: ['1 file, 2.1\u00a0kB'] },
    { label: 'Files', lines: ['model.json 1189…c1c5'] },
  ]);
});

it('of tests says the result and what failed', () => {
  expect(facts('test-result', { result: 'FAILED', failedTests: ['auc'], configuration: [] })).toEqual([
    { label: 'Result', lines: ['FAILED'] },
    { label: 'Failed', lines: ['auc'] },
  ]);
});

it('of a type that is not known says each value under the way to it', () => {
  expect(facts(null, { a: { b: 1, c: ['x', { d: true }] } })).toEqual([
    { label: 'a · b', lines: ['1'] },
    { label: 'a · c', lines: ['x', '{"d":true}'] },
  ]);
});

it('is bounded and does not break, whatever a stranger signed', () => {
  const kinds = fc.constantFrom('model', 'test-result', 'slsa', 'spdx', null);
  const names = fc.constantFrom(
    'resources',
    'custody',
    'entries',
    'runDetails',
    'subjects',
    'files',
    'columns',
    'result',
    'name',
    'toString',
  );
  const inside = fc.oneof(fc.jsonValue(), fc.array(fc.dictionary(names, fc.jsonValue()), { maxLength: 3 }));
  const types = fc.constantFrom('https://custody.dev/dataset-manifest/v1', 'https://e.org/x');
  fc.assert(
    fc.property(kinds, fc.dictionary(names, inside), types, (kind, predicate, type) => {
      const said = facts(kind, predicate as Record<string, unknown>, type);
      expect(said.length).toBeLessThanOrEqual(100);
      for (const { lines } of said) for (const line of lines) expect(line.length).toBeLessThanOrEqual(301);
    }),
  );
  const many = facts('model', {
    resources: Array.from({ length: 5_000 }, (_, n) => ({ name: `f${n}`, digest: 'ab' })),
  });
  expect(many[1]!.lines).toHaveLength(41);
  expect(many[1]!.lines.at(-1)).toBe('and 4,960 more');
});
