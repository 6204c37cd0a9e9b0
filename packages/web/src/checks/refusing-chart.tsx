import type { CheckRun } from '../api/answers.ts';
import { valueScale } from '../assets/quality-scale.ts';
import { count, day, figure } from '../text/wording.ts';
import { useReader } from '../ui/clock.ts';
import { useWidth } from '../ui/width.ts';
import { refusingOf, severityWords, trendSentence } from './check-words.ts';

const MARGIN = { left: 36, right: 8, top: 34, bottom: 22 };
const HEIGHT = 160;

/** Findings that refuse, run by run: the height says how many, a figure over it the same, a ring that it passed. */
export function RefusingChart({ runs }: { readonly runs: readonly CheckRun[] }) {
  const [ref, width] = useWidth<HTMLDivElement>(796);
  const reader = useReader();
  const scale = valueScale([0, ...runs.map(refusingOf), 1]);
  const ticks = scale.ticks.filter((tick) => Number.isInteger(tick));
  const inner = { width: width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
  const slot = Math.min(72, inner.width / Math.max(1, runs.length));
  const x = (n: number) => MARGIN.left + slot * (n + 0.5);
  const y = (value: number) => MARGIN.top + inner.height * (1 - value / scale.to);
  const bar = Math.max(3, Math.min(28, slot * 0.6));
  const labelEvery = Math.max(1, Math.ceil(52 / slot));
  const said = trendSentence(runs, reader);
  return (
    <div ref={ref} className="chart-box">
      <svg
        className="chart"
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="img"
        aria-label={`Findings that refuse, by run: ${runs.map(refusingOf).join(', ')}. ${said}`}
      >
        <text x={0} y={11}>
          findings that refuse, by run
        </text>
        {ticks.map((tick) => (
          <g key={tick}>
            <line
              className={tick === 0 ? 'ax0' : 'ax'}
              x1={MARGIN.left}
              x2={MARGIN.left + slot * runs.length}
              y1={y(tick)}
              y2={y(tick)}
            />
            <text x={MARGIN.left - 8} y={y(tick) + 4} textAnchor="end">
              {figure(tick)}
            </text>
          </g>
        ))}
        {runs.map((run, n) => {
          const value = refusingOf(run);
          const title = `${day(run.recorded, reader)}, ${run.verdict}: ${severityWords(run)}`;
          return (
            <g key={run.entry}>
              <title>{title}</title>
              {value === 0 ? (
                <circle className="ring-ok" cx={x(n)} cy={y(0) - 7} r="5" />
              ) : (
                <rect className="f-bad" x={x(n) - bar / 2} y={y(value)} width={bar} height={y(0) - y(value)} />
              )}
              {slot >= 18 && (
                <text x={x(n)} y={value === 0 ? y(0) - 17 : y(value) - 5} textAnchor="middle">
                  {figure(value)}
                </text>
              )}
              {n % labelEvery === 0 && (
                <text x={x(n)} y={HEIGHT - 5} textAnchor="middle">
                  {day(run.recorded, reader)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <p className="meta gap-below">
        {said}
        {runs.some((run) => refusingOf(run) === 0) &&
          ` A ring is a run that passed: ${count(runs.filter((run) => refusingOf(run) === 0).length, 'run')}.`}
      </p>
    </div>
  );
}
