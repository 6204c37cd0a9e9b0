import { describe, expect, it } from 'vitest';
import type { Blast, LineageNode, TouchedAsset } from '../api/answers.ts';
import { blastMarks, chainTo } from './blast-marks.ts';

const reader = { zone: 'UTC', now: Date.parse('2026-11-22T09:41:00Z') };
const time = '2026-11-18T01:08:00.000Z';
const touched = (id: string, from: string | null, change: Partial<TouchedAsset> = {}): TouchedAsset => ({
  id,
  kind: 'dataset',
  namespace: 'n',
  name: id,
  type: null,
  role: 'dataset',
  owners: [],
  tags: [],
  sensitivity: 0,
  rank: 1,
  hops: 2,
  columns: null,
  byRows: false,
  count: 1,
  first: time,
  last: time,
  until: null,
  certain: true,
  reason: '',
  by:
    from === null
      ? null
      : { from, job: `job ${id}`, run: null, readEntry: 1, writeEntry: 2, certain: true, byColumns: true },
  ...change,
});
const answer: Blast = {
  root: 'feed',
  columns: null,
  version: null,
  from: time,
  to: null,
  depth: 1000,
  counts: [],
  touched: [
    touched('model', 'features', { certain: false }),
    touched('features', 'feed', { columns: ['score'] }),
    touched('job features', null, { role: 'job' }),
  ],
  omitted: 0,
  asOf: { at: null, entries: 9, checkpoint: null },
};
const nodes = ['feed', 'features', 'model', 'other'].map((id): LineageNode => ({
  ...touched(id, null),
  distance: 0,
  columnCount: null,
  lastAt: time,
  lastState: null,
  moreUp: 0,
  moreDown: 0,
  columns: id === 'model' ? ['p', 'q'] : [],
}));
const marks = blastMarks(answer, { root: 'feed', nodes, edges: [], groups: [] }, reader);

describe('the marks of a blast radius', () => {
  it('tell origin, reached, perhaps and not reached by look, sign and word', () => {
    expect([...marks.cards].map(([id, { look, icon, words }]) => [id, look, icon, words])).toEqual([
      ['feed', 'origin', 'bad', 'origin, 18 Nov'],
      ['features', 'reached', 'bad', 'reached 18 Nov'],
      ['model', 'perhaps', 'unknown', 'perhaps 18 Nov'],
      ['other', 'apart', 'ok', 'not reached'],
    ]);
  });
  it('follow the way by which each was reached, a certain one before one that is not', () => {
    expect(Object.fromEntries(marks.edges)).toEqual({
      'feed>job features': 'hit',
      'job features>features': 'hit',
      'features>job model': 'perhaps',
      'job model>model': 'perhaps',
    });
  });
  it('name the columns that are touched where they are told apart', () => {
    expect([...(marks.columns.get('features') ?? [])]).toEqual(['score']);
    expect([...(marks.columns.get('model') ?? [])]).toEqual(['p', 'q']);
    expect(marks.columns.has('other')).toBe(false);
    expect(marks.columns.has('job features')).toBe(false);
    expect([
      ...(blastMarks({ ...answer, columns: ['x'] }, { root: 'feed', nodes, edges: [], groups: [] }, reader).columns.get(
        'feed',
      ) ?? []),
    ]).toEqual(['x']);
  });
});

describe('the chain to an asset', () => {
  it('leads from the first step to it', () => {
    expect(chainTo(answer, 'model').map(({ id }) => id)).toEqual(['features', 'model']);
    expect(chainTo(answer, 'other')).toEqual([]);
  });
  it('ends in a cycle', () => {
    expect(chainTo({ touched: [touched('a', 'b'), touched('b', 'a')] }, 'a').map(({ id }) => id)).toEqual(['b', 'a']);
  });
});
