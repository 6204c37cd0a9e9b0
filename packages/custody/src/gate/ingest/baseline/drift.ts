/**
 * Has a batch shifted from its baseline? Each column is asked by the tests that fit its kind; all p-values of the batch are
 * judged together (Benjamini-Hochberg), and a shift must also be large enough to matter: with a million rows the
 * smallest difference is certain.
 */
import { baselineDigest } from './baseline.ts';
import type { BatchProfile, ColumnProfile } from './batch-profile.ts';
import { benjaminiHochberg, chiSquaredTail, kolmogorovTail, normalTail, poissonTail } from './distribution.ts';

export type DriftTest = 'ks' | 'chi-squared' | 'missing' | 'new-values' | 'range' | 'type';

export interface DriftResult {
  readonly test: DriftTest;
  readonly p: number;
  /** Its own unit: distance, population stability index, or share. */
  readonly effect: number;
  readonly isShift: boolean;
}

export interface ColumnDrift {
  readonly column: string;
  readonly kind: string;
  /** Population stability index; null where nothing can be compared. */
  readonly psi: number | null;
  readonly tests: readonly DriftResult[];
  readonly isShifted: boolean;
  readonly why: string;
}

export interface DriftReport {
  /** Digest of the baseline. */
  readonly baseline: string;
  readonly alpha: number;
  readonly columns: readonly ColumnDrift[];
}

/** Below these a difference does not matter, however certain. */
const FLOOR: Readonly<Record<DriftTest, number>> = {
  ks: 0.1,
  'chi-squared': 0.1, // of the population stability index: 0.1 to 0.25 is a small shift by custom
  missing: 0.02,
  'new-values': 0.01,
  range: 0.01,
  type: 0.01,
};
/** Rows without which nothing is said. */
const ROWS_MIN = 30;
const PSI_BINS = 20;

type Found = Omit<DriftResult, 'isShift'>;

export function driftOf(
  batch: BatchProfile,
  { alpha, ignore }: { readonly alpha: number; readonly ignore: readonly string[] },
): DriftReport {
  const asked = batch.columns
    .filter(({ base }) => !ignore.includes(base.name))
    .map((column) => ({ column, ...testsOf(column) }));
  const believed = benjaminiHochberg(
    asked.flatMap(({ found }) => found.map(({ p }) => p)),
    alpha,
  );
  let next = 0;
  const columns = asked.map(({ column, found, psi }): ColumnDrift => {
    const tests = found.map((one): DriftResult => ({
      ...one,
      isShift: believed[next++]! && one.effect >= FLOOR[one.test],
    }));
    const shifts = tests.filter(({ isShift }) => isShift);
    return {
      column: column.base.name,
      kind: column.base.kind,
      psi,
      tests,
      isShifted: shifts.length > 0,
      why: shifts.map(({ test, effect }) => `${test} ${effect.toFixed(3)}`).join(', '),
    };
  });
  return { baseline: baselineDigest(batch.baseline), alpha, columns };
}

function testsOf(column: ColumnProfile): { readonly found: readonly Found[]; readonly psi: number | null } {
  const { base, rows, nulls } = column;
  if (rows < ROWS_MIN || base.rows < ROWS_MIN) return { found: [], psi: null };
  const found: Found[] = [missing(base.nulls, base.rows, nulls, rows)];
  const n = rows - nulls;
  const m = base.rows - base.nulls;
  if (n < ROWS_MIN || m < ROWS_MIN) return { found, psi: null };
  if (base.kind === 'category') {
    const before = base.top.map(([, count]) => count);
    const now = base.top.map(([hash]) => column.categories.get(hash) ?? 0);
    found.push(chiSquared([...before, m - total(before)], [...now, column.fresh]));
    // Good and Turing: the chance of something new is about the share of what was seen once.
    const once = before.filter((count) => count === 1).length;
    found.push(rare('new-values', column.fresh, n, (once + 1) / m));
    return { found, psi: psiOf([...before, m - total(before)], [...now, column.fresh]) };
  }
  const strangersBefore = m - total(base.counts);
  found.push(rare('type', column.strangers, n, (strangersBefore + 1) / m));
  const counts = [...column.counts];
  if (total(counts) >= ROWS_MIN) {
    found.push(kolmogorovSmirnov(base.counts, counts));
    // Of two samples of one distribution, a value of the second lies beyond all of the first with 2 / (m + 1).
    found.push(rare('range', column.outside, n, 2 / (m + 1)));
  }
  const merged = mergedBins(base.counts, counts);
  return { found, psi: psiOf(merged[0], merged[1]) };
}

const total = (counts: readonly number[]): number => counts.reduce((sum, one) => sum + one, 0);

/** Two proportions, pooled (normal approximation). */
function missing(nullsBefore: number, before: number, nullsNow: number, now: number): Found {
  const [p, q] = [nullsBefore / before, nullsNow / now];
  const pooled = (nullsBefore + nullsNow) / (before + now);
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / before + 1 / now));
  return { test: 'missing', effect: Math.abs(p - q), p: deviation === 0 ? 1 : normalTail((p - q) / deviation) };
}

/** Are there more of them than the rate from before explains? */
const rare = (test: DriftTest, count: number, of: number, rate: number): Found => ({
  test,
  effect: count / of,
  p: poissonTail(count, of * Math.min(1, rate)),
});

/** The largest distance of the two distributions at the cuts. */
function kolmogorovSmirnov(before: readonly number[], now: readonly number[]): Found {
  const [m, n] = [total(before), total(now)];
  let [a, b, d] = [0, 0, 0];
  for (let i = 0; i < before.length; i++) {
    a += before[i]! / m;
    b += now[i]! / n;
    d = Math.max(d, Math.abs(a - b));
  }
  return { test: 'ks', effect: d, p: kolmogorovTail(d, (m * n) / (m + n)) };
}

/** Homogeneity of two samples; categories too rare to be tested by themselves are put together. */
function chiSquared(before: readonly number[], now: readonly number[]): Found {
  const [m, n] = [total(before), total(now)];
  let statistic = 0;
  let cells = 0;
  const add = (a: number, b: number): void => {
    if (a + b === 0) return;
    const [x, y] = [((a + b) * m) / (m + n), ((a + b) * n) / (m + n)];
    statistic += (a - x) ** 2 / x + (b - y) ** 2 / y;
    cells++;
  };
  let [restBefore, restNow] = [0, 0];
  before.forEach((a, i) => {
    const b = now[i]!;
    if (((a + b) * Math.min(m, n)) / (m + n) >= 5) add(a, b);
    else {
      restBefore += a;
      restNow += b;
    }
  });
  add(restBefore, restNow);
  return { test: 'chi-squared', effect: psiOf(before, now), p: chiSquaredTail(statistic, cells - 1) };
}

/** Neighbouring bins put together, so that chance alone does not make an index. */
function mergedBins(before: readonly number[], now: readonly number[]): readonly [number[], number[]] {
  const least = total(before) / PSI_BINS;
  const merged: [number[], number[]] = [[], []];
  let [a, b] = [0, 0];
  before.forEach((count, i) => {
    a += count;
    b += now[i]!;
    if (a < least && i < before.length - 1) return;
    merged[0].push(a);
    merged[1].push(b);
    a = b = 0;
  });
  return merged;
}

/** Population stability index: sum of (q - p) ln(q / p), half a row added where there is none. */
function psiOf(before: readonly number[], now: readonly number[]): number {
  const [m, n] = [total(before), total(now)];
  if (m === 0 || n === 0) return 0;
  let index = 0;
  before.forEach((a, i) => {
    if (a + now[i]! === 0) return;
    const p = Math.max(a, 0.5) / m;
    const q = Math.max(now[i]!, 0.5) / n;
    index += (q - p) * Math.log(q / p);
  });
  return index;
}
