// What every benchmark shares: how a figure is reported.

/** A quick run that shows that the benchmark still works; its figures are not for quoting. */
export const short = process.env['CUSTODY_BENCH'] === 'short';

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function percentile(values, p) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((p / 100) * sorted.length) - 1)];
}

const rounded = (value) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value);

/** One line of JSON; the last one a benchmark prints is its result. */
export function report({ bench, ours, peer, unit, ratio, goal, met }) {
  console.log(
    JSON.stringify({
      bench,
      ours: rounded(ours),
      peer: rounded(peer),
      unit,
      ratio: rounded(ratio),
      goal,
      met,
      ...(short && { short }),
    }),
  );
}
