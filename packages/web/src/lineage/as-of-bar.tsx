import { useEffect, useMemo, useState } from 'react';
import type { Activity } from '../api/answers.ts';
import { scaleTop } from '../ui/activity-chart.tsx';
import { count, day, figure, moment } from '../text/wording.ts';
import { useReader } from '../ui/clock.ts';
import { useWidth } from '../ui/width.ts';
import { scaleOf, stepOf, UNIT_MS, type Scale } from './as-of-scale.ts';

export type TimeKind = 'happened' | 'recorded';

export interface Span {
  /** RFC 3339; null is without a beginning, or without an end. */
  readonly from: string | null;
  readonly to: string | null;
  readonly words: string;
}

interface AsOfBarProps {
  readonly activity: Activity | null;
  readonly by: TimeKind;
  /** The time it stands at, RFC 3339; null is now. */
  readonly time: string | null;
  readonly past: boolean;
  /** What is shaded on the axis, such as the time in which something was bad. */
  readonly span: Span | null;
  readonly onBy: (by: TimeKind) => void;
  readonly onTime: (time: string | null) => void;
  readonly onNow: () => void;
}

/** Going through time: a slider over how much happened when. */
export function AsOfBar({ activity, by, time, past, span, onBy, onTime, onNow }: AsOfBarProps) {
  const scale = useMemo(() => (activity ? scaleOf(activity) : null), [activity]);
  return (
    <section className="time" aria-label="As of">
      <div className="time-h">
        <h2>As of</h2>
        <div className="seg" role="group" aria-label="Which time">
          <button type="button" aria-pressed={by === 'happened'} onClick={() => onBy('happened')}>
            When it happened
          </button>
          <button type="button" aria-pressed={by === 'recorded'} onClick={() => onBy('recorded')}>
            When we knew
          </button>
        </div>
        <span className="meta p3">
          {by === 'happened'
            ? 'By the time in each event.'
            : 'By the time the log took it; later reports are left out.'}
          {scale && ` Events per ${scale.unit}, in UTC.`}
          {span && ` Shaded: ${span.words}.`}
        </span>
        <span className="sp" />
        <span className="keys p2" aria-hidden="true">
          <kbd>[</kbd>
          <kbd>]</kbd>
        </span>
        {!past && (
          <span className="why p2" id="is-now">
            You see now.
          </span>
        )}
        <button
          type="button"
          className="btn sm"
          aria-disabled={!past}
          aria-describedby={past ? undefined : 'is-now'}
          onClick={() => {
            if (past) onNow();
          }}
        >
          Back to now
        </button>
      </div>
      {scale ? (
        <Slider scale={scale} time={time} onTime={onTime} by={by} span={by === 'happened' ? span : null} />
      ) : (
        <p className="meta hist-none">{activity ? 'No activity yet.' : ''}</p>
      )}
    </section>
  );
}

const MARGIN = { left: 42, right: 12, top: 6, bottom: 20 };
const HEIGHT = 84;
const THUMB = 12;

interface SliderProps {
  readonly scale: Scale;
  readonly by: TimeKind;
  readonly time: string | null;
  readonly span: Span | null;
  readonly onTime: (time: string | null) => void;
}

function Slider({ scale, by, time, span, onTime }: SliderProps) {
  const [ref, width] = useWidth<HTMLDivElement>(1000);
  const reader = useReader();
  const utc = { ...reader, zone: 'UTC' };
  const at = time === null ? scale.to : Math.min(scale.to, Math.max(scale.from, Date.parse(time)));
  const [draft, setDraft] = useState<number | null>(null);
  const shown = draft ?? at;
  useEffect(() => setDraft(null), [time]);

  const inner = { width: width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
  const x = (value: number) => MARGIN.left + (inner.width * (value - scale.from)) / (scale.to - scale.from);
  const top = scaleTop(Math.max(0, ...scale.buckets.map(({ events }) => events)));
  const y = (value: number) => MARGIN.top + inner.height * (1 - value / top);
  const slot = inner.width / scale.buckets.length;
  const bar = Math.max(1.5, Math.min(16, slot * 0.6));
  const labelEvery = Math.max(1, Math.ceil(84 / slot));
  const words = shown >= scale.to ? 'now' : moment(shown, reader);
  const label = (value: number) => (scale.unit === 'hour' ? moment(value, utc) : day(value, utc));
  const markX = x(shown);

  /** Where a time stands on the axis, at its ends at most. */
  const edge = (value: string | null, none: number) =>
    x(Math.min(scale.to, Math.max(scale.from, value === null ? none : Date.parse(value))));
  const commit = (value: number) => {
    setDraft(null);
    if (value !== at) onTime(value >= scale.to ? null : new Date(value).toISOString());
  };
  return (
    <div className="hist" ref={ref}>
      <svg className="chart" width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
        {span && <Shade from={edge(span.from, scale.from)} to={edge(span.to, scale.to)} height={y(0)} />}
        {[0, top].map((value) => (
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
        {scale.buckets.map(({ from, events }, n) => {
          const middle = x(from + UNIT_MS[scale.unit] / 2);
          const free = Math.abs(middle - markX) > 74 || shown >= scale.to;
          return (
            <g key={from}>
              <title>{`${label(from)}: ${count(events, 'event')}`}</title>
              <rect
                className={from >= shown ? 'f-fut' : 'f-idle'}
                x={middle - bar / 2}
                y={y(events)}
                width={bar}
                height={Math.max(0, y(0) - y(events))}
              />
              {n % labelEvery === 0 && free && middle > MARGIN.left + 12 && middle < width - 70 && (
                <text x={middle} y={HEIGHT - 5} textAnchor="middle">
                  {label(from)}
                </text>
              )}
            </g>
          );
        })}
        <line className="mark" x1={markX} x2={markX} y1={0} y2={y(0)} />
        <circle className="thumb" cx={markX} cy={y(0)} r={THUMB / 2} />
        <text
          className="mark-text"
          x={Math.min(width - MARGIN.right + 8, Math.max(MARGIN.left + 30, markX))}
          y={HEIGHT - 4}
          textAnchor={markX > width - 60 ? 'end' : 'middle'}
        >
          {words === 'now' ? 'Now' : words}
        </text>
      </svg>
      <input
        type="range"
        aria-label={by === 'happened' ? 'As of, when it happened' : 'As of, when we knew'}
        aria-valuetext={words}
        min={scale.from}
        max={scale.to}
        step={stepOf(scale.unit)}
        value={shown}
        style={{ left: MARGIN.left - THUMB, width: inner.width + THUMB * 2 }}
        onChange={({ target }) => setDraft(Number(target.value))}
        onPointerUp={({ currentTarget }) => commit(Number(currentTarget.value))}
        onKeyUp={({ currentTarget }) => commit(Number(currentTarget.value))}
        onBlur={({ currentTarget }) => commit(Number(currentTarget.value))}
      />
    </div>
  );
}

function Shade({ from, to, height }: { readonly from: number; readonly to: number; readonly height: number }) {
  return (
    <g className="shade">
      <rect x={from} y={0} width={Math.max(2, to - from)} height={height} />
      <line x1={from} x2={from} y1={0} y2={height} />
      <line x1={to} x2={to} y1={0} y2={height} />
    </g>
  );
}
