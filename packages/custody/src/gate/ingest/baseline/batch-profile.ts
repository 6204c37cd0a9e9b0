/** A batch, counted over the cuts of a baseline, in one pass. */
import { hash53 } from '../check/value-hash.ts';
import { numberIn, timeOf } from '../check/value-type.ts';
import type { Baseline, BaselineColumn } from './baseline.ts';

export class ColumnProfile {
  readonly base: BaselineColumn;
  readonly counts: Float64Array;
  readonly categories = new Map<number, number>();
  readonly #salt: number;
  readonly #cuts: Float64Array;
  rows = 0;
  nulls = 0;
  /** Texts in a column of numbers or times. */
  strangers = 0;
  /** Numbers beyond the least and the greatest of the baseline. */
  outside = 0;
  /** Categories that the baseline has not. */
  fresh = 0;
  min = Infinity;
  max = -Infinity;
  sum = 0;

  constructor(base: BaselineColumn, salt: number) {
    this.base = base;
    this.#salt = salt;
    this.#cuts = Float64Array.from(base.cuts);
    this.counts = new Float64Array(base.counts.length);
    for (const [hash] of base.top) this.categories.set(hash, 0);
  }

  /** Null is null; anything else is a text. */
  see(text: string | null): void {
    this.rows++;
    if (text === null) {
      this.nulls++;
      return;
    }
    const { kind } = this.base;
    if (kind === 'category') {
      const hash = hash53(text, this.#salt);
      const known = this.categories.get(hash);
      if (known === undefined) this.fresh++;
      else this.categories.set(hash, known + 1);
      return;
    }
    const value = kind === 'text' ? text.length : kind === 'time' ? timeOf(text) : numberIn(text);
    if (value === null) {
      this.strangers++;
      return;
    }
    this.counts[binOf(this.#cuts, value)]!++;
    this.sum += value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    if (this.base.min !== null && (value < this.base.min || value > this.base.max!)) this.outside++;
  }

  /** As a column of a baseline over the same cuts. */
  toColumn(): BaselineColumn {
    const hasNumbers = this.min <= this.max;
    return {
      name: this.base.name,
      kind: this.base.kind,
      rows: this.rows,
      nulls: this.nulls,
      cuts: [...this.base.cuts],
      counts: [...this.counts],
      min: hasNumbers ? this.min : null,
      max: hasNumbers ? this.max : null,
      sum: hasNumbers ? this.sum : null,
      top: [...this.categories].sort((a, b) => b[1] - a[1] || a[0] - b[0]),
    };
  }
}

/** How many cuts are at or below the value. */
function binOf(cuts: Float64Array, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cuts[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export class BatchProfile {
  readonly baseline: Baseline;
  readonly columns: readonly ColumnProfile[];
  rows = 0;

  constructor(baseline: Baseline) {
    this.baseline = baseline;
    this.columns = baseline.columns.map((column) => new ColumnProfile(column, baseline.salt));
  }

  /** `valueOf`: the text of a column in this row; null if it is null or not there. */
  row(valueOf: (column: string) => string | null): void {
    this.rows++;
    for (const column of this.columns) column.see(valueOf(column.base.name));
  }
}

/** Two batches counted over the same cuts, put together: counts add, so nothing is lost. */
export function mergedColumns(a: BaselineColumn, b: BaselineColumn): BaselineColumn {
  const top = new Map(a.top);
  for (const [hash, count] of b.top) top.set(hash, (top.get(hash) ?? 0) + count);
  const least = [a.min, b.min].filter((one) => one !== null);
  const greatest = [a.max, b.max].filter((one) => one !== null);
  return {
    ...a,
    rows: a.rows + b.rows,
    nulls: a.nulls + b.nulls,
    counts: a.counts.map((count, i) => count + b.counts[i]!),
    min: least.length > 0 ? Math.min(...least) : null,
    max: greatest.length > 0 ? Math.max(...greatest) : null,
    sum: a.sum === null && b.sum === null ? null : (a.sum ?? 0) + (b.sum ?? 0),
    top: [...top].sort((x, y) => y[1] - x[1] || x[0] - y[0]),
  };
}
