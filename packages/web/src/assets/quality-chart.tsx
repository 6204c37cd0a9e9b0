import type { CausesAnswer } from '../api/answers.ts';
import { count, day } from '../text/wording.ts';
import { useReader } from '../ui/clock.ts';
import { useWidth } from '../ui/width.ts';
import { valueScale } from './quality-scale.ts';
import { comparedWords, qualityFigure } from './quality-words.ts';

const MARGIN = { left: 44, right: 16, top: 22, bottom: 22 };
const HEIGHT = 190;

/** A figure of quality over time, with the fall marked. The same figures are in the table below it. */
export function QualityChart({ answer }: { readonly answer: CausesAnswer }) {
  const [ref, width] = useWidth<HTMLDivElement>(796);
  const reader = useReader();
  const { series, metric, fell, good, bad } = answer;
  const scale = valueScale(series.map(({ value }) => value));
  const times = series.map(({ at }) => Date.parse(at));
  const [first = 0] = times;
  const last = times.at(-1) ?? first;
  const inner = { width: width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
  const x = (time: number) =>
    MARGIN.left + (last === first ? inner.width / 2 : (inner.width * (time - first)) / (last - first));
  const y = (value: number) => MARGIN.top + inner.height * (1 - (value - scale.from) / (scale.to - scale.from));
  const points = series.map(({ value }, n) => ({ x: x(times[n]!), y: y(value), value, at: times[n]! }));
  const [was, is] = [points[good], points[bad]];
  const labelEvery = Math.max(1, Math.ceil((72 * series.length) / Math.max(1, inner.width)));
  const marked = fell && was && is;
  const said = comparedWords(answer, reader);
  return (
    <div ref={ref} className="chart-box">
      <svg
        className="chart"
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="img"
        aria-label={`${metric} of ${count(series.length, 'version')}, ${day(first, reader)} to ${day(last, reader)}. ${said}`}
      >
        <text x={0} y={11}>
          {metric}
        </text>
        {scale.ticks.map((value, n) => (
          <g key={value}>
            <line
              className={n === 0 ? 'ax0' : 'ax'}
              x1={MARGIN.left}
              x2={width - MARGIN.right}
              y1={y(value)}
              y2={y(value)}
            />
            <text x={MARGIN.left - 8} y={y(value) + 4} textAnchor="end">
              {value.toFixed(scale.digits)}
            </text>
          </g>
        ))}
        {points.map((point, n) => {
          const labelled = (points.length - 1 - n) % labelEvery === 0;
          return labelled ? (
            <text key={point.at} x={point.x} y={HEIGHT - 5} textAnchor={anchorAt(point.x, width)}>
              {day(point.at, reader)}
            </text>
          ) : null;
        })}
        <polyline className="quality-line" points={points.map((point) => `${point.x},${point.y}`).join(' ')} />
        {points.map((point, n) => (
          <g key={`${point.at} ${n}`}>
            <title>{`${day(point.at, reader)}: ${metric} ${qualityFigure(point.value)}`}</title>
            {marked && n === bad ? (
              <path className="f-bad" d={`M${point.x - 6} ${point.y - 5}h12l-6 10z`} data-fall={series[n]!.asset} />
            ) : (
              <circle className="f-idle" cx={point.x} cy={point.y} r="3" />
            )}
          </g>
        ))}
        {marked && (
          <text
            className="fall-words"
            x={is.x + (is.x > width / 2 ? -10 : 10)}
            y={is.y + 4}
            textAnchor={is.x > width / 2 ? 'end' : 'start'}
          >
            {day(is.at, reader)}: {qualityFigure(is.value)}
          </text>
        )}
      </svg>
      <p className="meta">
        {said} {answer.higherIsBetter ? 'Higher is better.' : 'Lower is better.'}
      </p>
    </div>
  );
}

function anchorAt(x: number, width: number): 'start' | 'middle' | 'end' {
  if (x > width - MARGIN.right - 18) return 'end';
  return x < MARGIN.left + 12 ? 'start' : 'middle';
}
