/** Marquez's dashboard: what happened in the last day by the hour, or in the last week by the day. */
import { firstSeen, NOW } from '../../fold/as-of.ts';
import { iso } from '../asset-view.ts';
import type { Reading } from './reading.ts';
import { Refusal } from './refusal.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export type Period = 'DAY' | 'WEEK';

interface Interval {
  readonly from: number;
  readonly to: number;
}

export async function lineageMetrics(reading: Reading, period: Period, timezone: string) {
  const intervals = intervalsOf(period, timezone, reading.now().getTime());
  await reading.times.catchUp();
  return intervals.map(({ from, to }) => {
    const { FAIL, START, COMPLETE, ABORT } = reading.times.counts({ after: from, before: to });
    return {
      startInterval: iso(from),
      endInterval: iso(to),
      fail: FAIL,
      start: START,
      complete: COMPLETE,
      abort: ABORT,
    };
  });
}

/** How many there were at the end of each interval. */
export function assetMetrics(
  reading: Reading,
  what: 'jobs' | 'datasets' | 'sources',
  period: Period,
  timezone: string,
) {
  const { state } = reading.ledger;
  const intervals = intervalsOf(period, timezone, reading.now().getTime());
  const born = (what === 'sources' ? bornSources(reading) : bornAssets(reading, what)).sort();
  let count = 0;
  return intervals.map(({ from, to }) => {
    while (count < born.length && born[count]! < to) count++;
    return { startInterval: iso(from), endInterval: iso(to), count };
  });

  function bornAssets(_: Reading, kind: 'jobs' | 'datasets'): Float64Array {
    const times: number[] = [];
    for (let row = 0; row < state.assets.count; row++) {
      if ((state.assets.kindOf(row) === 'job') === (kind === 'jobs'))
        times.push(firstSeen(state.assets.sightings, row, NOW));
    }
    return Float64Array.from(times);
  }

  function bornSources({ namespaces }: Reading): Float64Array {
    const times = namespaces.names(state).flatMap((name) => {
      const datasets = namespaces.rows(state, name)?.datasets ?? [];
      return datasets.length > 0
        ? [Math.min(...datasets.map((row) => firstSeen(state.assets.sightings, row, NOW)))]
        : [];
    });
    return Float64Array.from(times);
  }
}

/** The intervals that end with the one that `now` is in, oldest first. */
export function intervalsOf(period: Period, timezone: string, now: number): readonly Interval[] {
  if (period === 'DAY') {
    const hour = Math.floor(now / HOUR_MS) * HOUR_MS;
    return Array.from({ length: 24 }, (_, i) => ({ from: hour - (23 - i) * HOUR_MS, to: hour - (22 - i) * HOUR_MS }));
  }
  const starts = [startOfDay(now, timezone)];
  // Noon of the day before is the day before, whatever the clocks did.
  while (starts.length < 7) starts.unshift(startOfDay(starts[0]! - DAY_MS / 2, timezone));
  return starts.map((from, i) => ({ from, to: starts[i + 1] ?? startOfDay(from + DAY_MS * 1.5, timezone) }));
}

/** Midnight of the day that a moment is in, by the clocks of a time zone. */
function startOfDay(time: number, timezone: string): number {
  const day = Math.floor((time + offsetAt(time, timezone)) / DAY_MS) * DAY_MS;
  // The offset at midnight may be another than the offset now.
  return day - offsetAt(day - offsetAt(time, timezone), timezone);
}

/** How far the clocks of a time zone are ahead of UTC. */
function offsetAt(time: number, timezone: string): number {
  const second = Math.floor(time / 1_000) * 1_000;
  return wallTime(second, timezone) - second;
}

/** What the clocks of a time zone show, as if it were UTC. */
function wallTime(time: number, timezone: string): number {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw new Refusal(400, `Unknown time zone '${timezone.slice(0, 100)}'.`);
  }
  const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const { year, month, day, hour, minute, second } = parts as Record<string, number>;
  return Date.UTC(year!, month! - 1, day, hour, minute, second);
}
