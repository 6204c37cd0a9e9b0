/** The vertical scale of a figure of quality: a round span around its values, with a few round lines in it. */
export interface ValueScale {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  /** Digits after the point that tell the lines apart. */
  readonly digits: number;
}

const STEPS = [1, 2, 5, 10];

/** `most` is the largest number of spaces between lines. Without values, and for one value, the scale still has a span. */
export function valueScale(values: readonly number[], most = 4): ValueScale {
  const finite = values.filter(Number.isFinite);
  const low = finite.length === 0 ? 0 : Math.min(...finite);
  const high = finite.length === 0 ? 1 : Math.max(...finite);
  const span = high - low || Math.abs(high) * 0.1 || 1;
  const raw = span / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = (STEPS.find((each) => each * power >= raw * 0.999999) ?? 10) * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  const digits = Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const ticks = Array.from({ length: last - first + 1 }, (_, n) => Number(((first + n) * step).toPrecision(12)));
  return { from: ticks[0]!, to: ticks.at(-1)!, ticks, digits };
}
