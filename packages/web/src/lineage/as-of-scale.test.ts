import { describe, expect, it } from 'vitest';
import { nextChange, scaleOf, stepOf, unitFor, UNIT_MS } from './as-of-scale.ts';

const DAY = UNIT_MS.day;
const start = Date.parse('2026-11-01T00:00:00.000Z');
const bucket = (day: number, events: number) => ({
  from: new Date(start + day * DAY).toISOString(),
  events,
  lastEntry: 0,
});
const scale = scaleOf({
  unit: 'day',
  by: 'happened',
  buckets: [bucket(0, 2), bucket(1, 3), bucket(4, 1), bucket(6, 9)],
})!;

describe('the scale', () => {
  it('spans whole bars', () => {
    expect(scale).toMatchObject({ from: start, to: start + 7 * DAY });
    expect(scale.buckets.map(({ events }) => events)).toEqual([2, 3, 0, 0, 1, 0, 9]);
  });
  it('of nothing is none', () => {
    expect(scaleOf({ unit: 'day', by: 'happened', buckets: [] })).toBeNull();
  });
  it.each([
    [1, 'hour'],
    [4, 'hour'],
    [30, 'day'],
    [150, 'day'],
    [900, 'week'],
  ] as const)('of %i days is in %ss', (days, unit) => {
    expect(unitFor(0, days * DAY)).toBe(unit);
  });
  it('moves in steps of an hour over days', () => {
    expect(stepOf('day')).toBe(UNIT_MS.hour);
  });
});

describe('earlier and later', () => {
  it('skip the days on which nothing changed', () => {
    expect(nextChange(scale, null, -1)).toBe(start + 5 * DAY);
    expect(nextChange(scale, start + 5 * DAY, -1)).toBe(start + 2 * DAY);
    expect(nextChange(scale, start + 2 * DAY, 1)).toBe(start + 5 * DAY);
  });
  it('lead back to now at the end', () => {
    expect(nextChange(scale, start + 5 * DAY, 1)).toBeNull();
  });
  it('stay at the first change', () => {
    expect(nextChange(scale, start + DAY, -1)).toBe(start + DAY);
  });
  it('go on from between two bars', () => {
    expect(nextChange(scale, start + 3.5 * DAY, -1)).toBe(start + 2 * DAY);
    expect(nextChange(scale, start + 3.5 * DAY, 1)).toBe(start + 5 * DAY);
  });
});
