import { describe, expect, it } from 'vitest';
import type { TouchedAsset } from '../api/answers.ts';
import { columnWords, holdsWords, reachedCounts, reachedTitle, reachedWords, windowWords } from './blast-words.ts';

const reader = { zone: 'UTC', now: Date.parse('2026-11-22T09:41:00Z') };
const first = '2026-11-18T01:08:00.000Z';
const until = '2026-11-19T01:11:00.000Z';

const some = (...certain: boolean[]) => ({
  omitted: 0,
  touched: certain.map((each, n): TouchedAsset => ({
    id: `d${n}`,
    kind: 'dataset',
    namespace: 'n',
    name: `d${n}`,
    type: null,
    role: 'dataset',
    owners: [],
    tags: [],
    sensitivity: 0,
    rank: n + 1,
    hops: 2,
    columns: null,
    byRows: false,
    count: 1,
    first,
    last: first,
    until: null,
    certain: each,
    reason: '',
    by: null,
  })),
});

describe('a blast radius in words', () => {
  it('names the ends of the chain first and counts the jobs apart', () => {
    const counts = [
      { role: 'job' as const, count: 9 },
      { role: 'dataset' as const, count: 4 },
      { role: 'model' as const, count: 1 },
      { role: 'predictions' as const, count: 2 },
    ];
    expect(reachedWords({ counts, ...some(true, true) })).toBe(
      '2 sets of predictions, 1 model and 4 datasets hold data from it. 9 jobs carried it on.',
    );
    expect(reachedWords({ counts: [{ role: 'report', count: 1 }], ...some(true) })).toBe(
      '1 report holds data from it.',
    );
    expect(reachedWords({ counts: [{ role: 'job', count: 1 }], ...some() })).toBe(
      'It reached nothing that holds data.',
    );
  });
  it('does not call certain what is not', () => {
    const counts = [{ role: 'dataset' as const, count: 3 }];
    expect(reachedWords({ counts, ...some(false, false, false) })).toBe('3 datasets perhaps hold data from it.');
    expect(reachedWords({ counts, ...some(true, false, false) })).toBe(
      '3 datasets hold data from it, 2 of them perhaps.',
    );
    expect([some(), some(true), some(false), some(true, false)].map(reachedTitle)).toEqual([
      'It reached nothing',
      'It reached 1',
      'It perhaps reached 1',
      'It reached 1, and perhaps 1 more',
    ]);
    expect(reachedCounts({ ...some(true, false), omitted: 5 })).toEqual({ sure: 6, perhaps: 1 });
  });
  it('says for predictions when they were served, for others what they hold, for jobs what they did', () => {
    const touched = { first, until, count: 2 };
    expect(holdsWords({ ...touched, role: 'predictions' }, reader)).toBe(
      'Predictions served from 18 Nov 01:08 until 19 Nov 01:11',
    );
    expect(holdsWords({ ...touched, role: 'model', until: null }, reader)).toBe(
      '2 bad versions, from 18 Nov 01:08 on, never replaced',
    );
    expect(holdsWords({ ...touched, role: 'job', count: 1 }, reader)).toBe('1 run read it, first 18 Nov 01:08');
  });
  it('names some columns, counts the rest, and says when only rows are touched', () => {
    expect(columnWords({ columns: ['a', 'b'], byRows: false })).toBe('a and b');
    expect(columnWords({ columns: ['a', 'b', 'c', 'd', 'e', 'f'], byRows: true })).toBe(
      'a, b, c, d, 2 more columns and which rows it has',
    );
    expect(columnWords({ columns: [], byRows: true })).toBe('which rows it has');
    expect(columnWords({ columns: null, byRows: false })).toBe('all columns');
  });
  it('says when it was bad, also without a beginning or an end', () => {
    expect(windowWords(first, until, reader)).toBe('from 18 Nov 01:08 until 19 Nov 01:11');
    expect(windowWords(null, null, reader)).toBe('always, up to now');
    expect(windowWords(null, until, reader)).toBe('always until 19 Nov 01:11');
    expect(windowWords(first, null, reader)).toBe('from 18 Nov 01:08, up to now');
  });
});
