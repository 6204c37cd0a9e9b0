/** Events over time: bars on one scale with both axes labelled; the same figures as a table for who does not see it. */
import { useId } from 'react';
import type { Activity } from '../api/answers.ts';
import { count, day, figure } from '../text/wording.ts';
import { useReader } from './clock.ts';
import { useWidth } from './width.ts';

export interface Bucket {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly events: number;
}

const LENGTH = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;

/** Every bucket from the first to the last, also those in which nothing happened. */
export function bucketsOf({ unit, buckets }: Pick<Activity, 'unit' | 'buckets'>, most = Infinity): readonly Bucket[] {
  const first = buckets[0];
  const last = buckets.at(-1);
  if (!first || !last) return [];
  const length = LENGTH[unit];
  const events = new Map(buckets.map((bucket) => [Date.parse(bucket.from), bucket.events]));
  const end = Date.parse(last.from);
  const start = Math.max(Date.parse(first.from), end - (most - 1) * length);
  const filled: Bucket[] = [];
  for (let from = start; from <= end; from += length) filled.push({ from, events: events.get(from) ?? 0 });
  return filled;
}

/** The top of a scale that holds `most` and divides in two whole halves: 80, 360, 12. */
export function scaleTop(most: number): number {
  if (most <= 2) return 2;
  const power = 10 ** Math.floor(Math.log10(most));
  const tops = [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 5, 6, 8, 10].map((each) => Math.round(each * power));
  return tops.find((top) => top >= most && top % 2 === 0) ?? 10 * power;
}

const MARGIN = { left: 34, right: 2, top: 8, bottom: 22 };
const HEIGHT = 168;

export function ActivityChart({ activity, most }: { readonly activity: Activity; readonly most: number }) {
  const [ref, width] = useWidth<HTMLDivElement>(796);
  const reader = { ...useReader(), zone: 'UTC' };
  const table = useId();
  const buckets = bucketsOf(activity, most);
  const top = scaleTop(Math.max(0, ...buckets.map(({ events }) => events)));
  const inner = { width: width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
  const slot = inner.width / Math.max(1, buckets.length);
  const bar = Math.max(2, Math.min(28, slot * 0.62));
  const y = (value: number) => MARGIN.top + inner.height * (1 - value / top);
  const labelEvery = Math.max(1, Math.ceil(64 / slot));
  const busiest = buckets.reduce(
    (best, bucket) => (bucket.events > best.events ? bucket : best),
    buckets[0] ?? { from: 0, events: 0 },
  );
  const first = buckets[0];
  const last = buckets.at(-1);
  const span = first && last ? `${day(first.from, reader)} to ${day(last.from, reader)}` : '';

  return (
    <div ref={ref} className="chart-box">
      <svg
        className="chart"
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="img"
        aria-label={`Events per ${activity.unit}, ${span}. Most on ${day(busiest.from, reader)}: ${figure(busiest.events)}.`}
        aria-describedby={table}
      >
        {[0, top / 2, top].map((value) => (
          <g key={value}>
            <line
              className={value === 0 ? 'ax0' : 'ax'}
              x1={MARGIN.left}
              x2={width - MARGIN.right}
              y1={y(value)}
              y2={y(value)}
            />
            <text x={MARGIN.left - 8} y={y(value) + 4} textAnchor="end">
              {figure(value)}
            </text>
          </g>
        ))}
        {buckets.map(({ from, events }, n) => {
          const x = MARGIN.left + slot * n + slot / 2;
          const labelled = (buckets.length - 1 - n) % labelEvery === 0;
          const atStart = x < MARGIN.left + 20;
          return (
            <g key={from}>
              <title>{`${day(from, reader)}: ${count(events, 'event')}`}</title>
              <rect className="f-slot" x={x - slot / 2} y={MARGIN.top} width={slot} height={inner.height} />
              <rect
                className="f-idle"
                x={x - bar / 2}
                y={y(events)}
                width={bar}
                height={Math.max(0, y(0) - y(events))}
              />
              {labelled && !atStart && (
                <text
                  x={n === buckets.length - 1 ? Math.min(x + 18, width - MARGIN.right) : x}
                  y={HEIGHT - 6}
                  textAnchor={n === buckets.length - 1 ? 'end' : 'middle'}
                >
                  {day(from, reader)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      {/* A table does not keep to a height, so what hides it is the box around it. */}
      <div className="sr" id={table}>
        <table>
          <caption>Events per {activity.unit}</caption>
          <tbody>
            {buckets.map(({ from, events }) => (
              <tr key={from}>
                <th scope="row">{day(from, reader)}</th>
                <td>{events}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="meta">
        Busiest: {day(busiest.from, reader)}, {count(busiest.events, 'event')}.{' '}
        {activity.unit === 'hour' ? 'Hours' : 'Days'} in UTC.
      </p>
    </div>
  );
}
