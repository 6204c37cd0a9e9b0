/**
 * Makes a baseline in two passes over the same rows: the first decides what kind each column is and where its cuts lie,
 * from a sample; the second counts every row.
 */
import { hash53 } from '../check/value-hash.ts';
import { numberIn, timeOf } from '../check/value-type.ts';
import { CATEGORIES_MAX, CUTS_MAX, type Baseline, type BaselineColumn } from './baseline.ts';
import { BatchProfile } from './batch-profile.ts';

const SAMPLE = 100_000;
/** A column is of numbers if nearly all of its values are. */
const MOST = 0.98;

class ColumnSketch {
  readonly #random: () => number;
  readonly #salt: number;
  #seen = 0;
  #numbers = 0;
  #times = 0;
  /** A sample of values: as numbers, as times, as lengths. */
  readonly #sample: (readonly [number | null, number | null, number])[] = [];
  readonly #values = new Set<number>();

  constructor(random: () => number, salt: number) {
    this.#random = random;
    this.#salt = salt;
  }

  see(text: string | null): void {
    if (text === null) return;
    this.#seen++;
    if (this.#values.size <= CATEGORIES_MAX) this.#values.add(hash53(text, this.#salt));
    const number = numberIn(text);
    const time = number === null ? timeOf(text) : null;
    if (number !== null) this.#numbers++;
    if (time !== null) this.#times++;
    // Algorithm R (Vitter 1985): each value is in the sample with the same probability.
    const place = this.#sample.length < SAMPLE ? this.#sample.length : Math.floor(this.#random() * this.#seen);
    if (place < SAMPLE) this.#sample[place] = [number, time, text.length];
  }

  column(name: string): BaselineColumn {
    const enough = this.#seen * MOST;
    const kind: BaselineColumn['kind'] =
      this.#seen > 0 && this.#numbers >= enough
        ? 'number'
        : this.#seen > 0 && this.#times >= enough
          ? 'time'
          : this.#values.size <= CATEGORIES_MAX
            ? 'category'
            : 'text';
    const values = this.#sample
      .map(([number, time, length]) => (kind === 'number' ? number : kind === 'time' ? time : length))
      .filter((value) => value !== null);
    const cuts = kind === 'category' ? [] : equiDepthCuts(values);
    return {
      name,
      kind,
      rows: 0,
      nulls: 0,
      cuts,
      counts: kind === 'category' ? [] : Array.from({ length: cuts.length + 1 }, () => 0),
      min: null,
      max: null,
      sum: null,
      top: kind === 'category' ? [...this.#values].map((hash): [number, number] => [hash, 0]) : [],
    };
  }
}

/** At most 255 values that split the sample into parts of equal size. */
export function equiDepthCuts(values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  const cuts: number[] = [];
  for (let i = 1; i <= CUTS_MAX; i++) {
    const value = sorted[Math.floor((i * sorted.length) / (CUTS_MAX + 1))];
    // A cut at the least value would leave an empty bin before it; values below are told apart by `min`.
    if (value !== undefined && Number.isFinite(value) && value !== cuts.at(-1)) cuts.push(value);
  }
  return cuts;
}

export class BaselineMaker {
  readonly #random: () => number;
  readonly #salt: number;
  readonly #sketches = new Map<string, ColumnSketch>();
  #profile: BatchProfile | null = null;
  #rows = 0;

  constructor({ salt, random }: { readonly salt: number; readonly random: () => number }) {
    this.#salt = salt;
    this.#random = random;
  }

  first(columns: readonly string[], valueOf: (column: string) => string | null): void {
    this.#rows++;
    for (const name of columns) {
      let sketch = this.#sketches.get(name);
      if (!sketch) this.#sketches.set(name, (sketch = new ColumnSketch(this.#random, this.#salt)));
      sketch.see(valueOf(name));
    }
  }

  second(valueOf: (column: string) => string | null): void {
    this.#profile ??= new BatchProfile({
      format: 'custody-baseline/1',
      made: '',
      rows: this.#rows,
      salt: this.#salt,
      columns: [...this.#sketches].map(([name, sketch]) => sketch.column(name)),
    });
    this.#profile.row(valueOf);
  }

  end(now: Date): Baseline {
    return {
      format: 'custody-baseline/1',
      made: now.toISOString(),
      rows: this.#rows,
      salt: this.#salt,
      columns: this.#profile?.columns.map((column) => column.toColumn()) ?? [],
    };
  }
}
