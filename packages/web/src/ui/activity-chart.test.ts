import { describe, expect, it } from 'vitest';
import { bucketsOf, scaleTop } from './activity-chart.tsx';

const bucket = (from: string, events: number) => ({ from, events, lastEntry: 0 });

describe('buckets', () => {
  const activity = {
    unit: 'day' as const,
    buckets: [bucket('2026-11-01T00:00:00.000Z', 3), bucket('2026-11-04T00:00:00.000Z', 5)],
  };
  it('show the days on which nothing happened', () => {
    expect(bucketsOf(activity).map(({ events }) => events)).toEqual([3, 0, 0, 5]);
  });
  it('end with the last and are at most so many', () => {
    expect(bucketsOf(activity, 2).map(({ events }) => events)).toEqual([0, 5]);
  });
  it('of nothing are none', () => {
    expect(bucketsOf({ unit: 'day', buckets: [] })).toEqual([]);
  });
});

describe('the top of the scale', () => {
  it.each([
    [0, 2],
    [1, 2],
    [3, 4],
    [5, 6],
    [9, 10],
    [12, 12],
    [22, 24],
    [37, 40],
    [310, 320],
    [1058, 1200],
  ])('for %i is %i', (most, top) => {
    expect(scaleTop(most)).toBe(top);
  });
});
