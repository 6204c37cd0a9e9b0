import { describe, expect, it } from 'vitest';
import type { DifferenceAnswer } from '../api/answers.ts';
import { changeWords, differenceMarks, differenceWords } from './difference-marks.ts';

const asset = (id: string) => ({ id, kind: 'dataset' as const, namespace: 'n', name: id, type: null });
const edge = (from: string, to: string) => ({
  from,
  to,
  runs: 1,
  firstAt: '2026-11-01T00:00:00.000Z',
  lastAt: '2026-11-01T00:00:00.000Z',
  endedAt: null,
  lastRun: null,
  lastEntry: 0,
});
const nothing: DifferenceAnswer = {
  root: null,
  before: { at: null, entries: 3 },
  assetsAdded: [],
  assetsGone: [],
  edgesAdded: [],
  edgesGone: [],
  changed: [],
  asOf: { at: null, entries: 9, checkpoint: null },
};
const changed = {
  asset: asset('c'),
  columns: { added: ['x'], gone: ['y', 'z'] },
  code: { before: null, after: 'v2' },
  owners: { before: [], after: ['team:a'] },
  tags: null,
};
const answer: DifferenceAnswer = {
  ...nothing,
  assetsAdded: [asset('a')],
  assetsGone: [asset('b')],
  edgesAdded: [edge('a', 'c'), edge('c', 'd')],
  edgesGone: [edge('b', 'c')],
  changed: [changed],
};

describe('the difference between two times', () => {
  it('marks what came, went and changed, by look, sign and word', () => {
    const { cards, edges } = differenceMarks(answer);
    expect([...cards].map(([id, { look, icon, words }]) => [id, look, icon, words])).toEqual([
      ['c', 'changed', 'changed', 'changed: columns, code, owners'],
      ['a', 'added', 'plus', 'came'],
      ['b', 'gone', 'minus', 'gone'],
    ]);
    expect(Object.fromEntries(edges)).toEqual({ 'a>c': 'added', 'c>d': 'added', 'b>c': 'gone' });
  });
  it('says of an asset what changed', () => {
    expect(changeWords(changed)).toEqual([
      'Columns came: x',
      'Columns went: y, z',
      'Code changed from not told to v2',
      'Owners changed from none to team:a',
    ]);
    expect(changeWords({ ...changed, columns: { added: [], gone: [] }, code: null, owners: null })).toEqual([
      'Types or order of columns changed',
    ]);
  });
  it('is counted in a sentence, and nothing is said plainly', () => {
    expect(differenceWords(answer)).toBe(
      'Around it, 1 asset came, 1 asset went, 2 edges came, 1 edge went, 1 asset changed.',
    );
    expect(differenceWords(nothing)).toBe('Nothing is different.');
  });
});
