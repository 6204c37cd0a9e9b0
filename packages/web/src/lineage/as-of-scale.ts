/** The time axis of the as-of control. */
import type { Activity } from '../api/answers.ts';
import { bucketsOf, type Bucket } from '../ui/activity-chart.tsx';

const HOUR = 3_600_000;
export const UNIT_MS = { hour: HOUR, day: 24 * HOUR, week: 168 * HOUR } as const;
type Unit = keyof typeof UNIT_MS;

export interface Scale {
  readonly unit: Unit;
  readonly buckets: readonly Bucket[];
  /** Milliseconds since the epoch: where the axis begins and ends. */
  readonly from: number;
  readonly to: number;
}

/** Hours for a few days, days for some months, weeks beyond: never more bars than can be told apart. */
export function unitFor(from: number, to: number): Unit {
  const days = (to - from) / UNIT_MS.day;
  if (days <= 4) return 'hour';
  return days <= 150 ? 'day' : 'week';
}

export function scaleOf(activity: Activity): Scale | null {
  const buckets = bucketsOf(activity, 200);
  const first = buckets[0];
  const last = buckets.at(-1);
  if (!first || !last) return null;
  return { unit: activity.unit, buckets, from: first.from, to: last.from + UNIT_MS[activity.unit] };
}

/** How finely the slider moves: 24 steps to a bar, and never finer than a minute. */
export const stepOf = (unit: Unit): number => Math.max(60_000, UNIT_MS[unit] / 24);

/**
 * The next time, earlier or later, at which something had changed: the end of a bar in which something happened. Null is
 * now. `at` is null for now.
 */
export function nextChange({ buckets, unit, to }: Scale, at: number | null, way: 1 | -1): number | null {
  const ends = buckets.filter(({ events }) => events > 0).map(({ from }) => from + UNIT_MS[unit]);
  const here = at ?? Infinity;
  if (way === 1) return ends.find((end) => end > here && end < to) ?? null;
  const before = ends.filter((end) => end < Math.min(here, to));
  // Earlier than the first change there is nothing to see, so the first is where it ends.
  return before.at(-1) ?? ends[0] ?? null;
}
