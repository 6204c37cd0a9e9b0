/** Baselines: the tests against SciPy's answers, what must be noticed, and what must not. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BatchProfile, mergedColumns } from './batch-profile.ts';
import { baselineText, readBaseline, type Baseline } from './baseline.ts';
import { benjaminiHochberg, chiSquaredTail, kolmogorovTail, normalTail, poissonTail } from './distribution.ts';
import { driftOf } from './drift.ts';
import { BaselineMaker, equiDepthCuts } from './make-baseline.ts';

/** The same numbers from 0 to 1 every time (a linear congruence with the constants of Numerical Recipes). */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    for (let i = 0; i < 2; i++) state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Row = Readonly<Record<string, string | null>>;

function baselineOf(rows: readonly Row[]): Baseline {
  const maker = new BaselineMaker({ salt: 7, random: random(1) });
  const columns = Object.keys(rows[0]!);
  for (const row of rows) maker.first(columns, (name) => row[name] ?? null);
  for (const row of rows) maker.second((name) => row[name] ?? null);
  return readBaseline(baselineText(maker.end(new Date(0))));
}

function profileOf(baseline: Baseline, rows: readonly Row[]): BatchProfile {
  const batch = new BatchProfile(baseline);
  for (const row of rows) batch.row((name) => row[name] ?? null);
  return batch;
}

const shifted = (baseline: Baseline, rows: readonly Row[]): Record<string, string> =>
  Object.fromEntries(
    driftOf(profileOf(baseline, rows), { alpha: 0.01, ignore: [] })
      .columns.filter(({ isShifted }) => isShifted)
      .map(({ column, tests }) => [
        column,
        tests
          .filter(({ isShift }) => isShift)
          .map(({ test: name }) => name)
          .join(' '),
      ]),
  );

/** Normal by Box and Muller. */
function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

function batch(
  seed: number,
  size: number,
  change: (row: Record<string, string | null>, next: () => number) => void = () => {},
): Row[] {
  const next = random(seed);
  return Array.from({ length: size }, () => {
    const row: Record<string, string | null> = {
      amount: (100 + 20 * normal(next)).toFixed(3),
      kind: ['a', 'b', 'c', 'd'][Math.floor(next() ** 2 * 4)]!,
      at: new Date(1.7e12 + Math.floor(next() * 1e10)).toISOString(),
      note: next() < 0.1 ? null : `${'word '.repeat(1 + Math.floor(next() * 20))}${Math.floor(next() * 1e9)}`,
      flag: next() < 0.3 ? '1' : '0',
    };
    change(row, next);
    return row;
  });
}

const BASE = baselineOf(batch(1, 8_000));

test('kinds of columns, and a count for every row', () => {
  expect(BASE.columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'amount number',
    'kind category',
    'at time',
    'note text',
    'flag number',
  ]);
  for (const { counts, top, rows, nulls, kind } of BASE.columns) {
    const counted = kind === 'category' ? top.map(([, count]) => count) : counts;
    expect(counted.reduce((sum, one) => sum + one, 0)).toBe(rows - nulls);
  }
  const amount = BASE.columns[0]!;
  expect(amount.cuts).toHaveLength(255);
  // Equal depth: 8,000 rows in 256 parts.
  expect(Math.max(...amount.counts)).toBeLessThan(60);
});

describe('a batch', () => {
  test('of the same kind has not shifted, twenty times', () => {
    const alarms = Array.from({ length: 20 }, (_, i) => Object.keys(shifted(BASE, batch(100 + i, 2_000))).length);
    expect(alarms.reduce((sum, one) => sum + one, 0)).toBe(0);
  });

  test.each<[string, (row: Record<string, string | null>, next: () => number) => void, string, string]>([
    ['higher amounts', (row) => (row['amount'] = (Number(row['amount']) + 10).toFixed(3)), 'amount', 'ks'],
    [
      'another unit',
      (row, next) => next() < 0.1 && (row['amount'] = (Number(row['amount']) * 100).toFixed(0)),
      'amount',
      'range',
    ],
    ['nulls', (row, next) => next() < 0.1 && (row['amount'] = null), 'amount', 'missing'],
    ['words where numbers were', (row, next) => next() < 0.05 && (row['amount'] = 'n/a'), 'amount', 'type'],
    ['another mix', (row, next) => next() < 0.3 && (row['kind'] = 'd'), 'kind', 'chi-squared'],
    ['a new kind', (row, next) => next() < 0.03 && (row['kind'] = 'e'), 'kind', 'new-values'],
    ['shorter texts', (row) => (row['note'] = row['note'] === null ? null : 'word'), 'note', 'ks'],
    ['more flags', (row, next) => next() < 0.3 && (row['flag'] = '1'), 'flag', 'ks'],
    ['later', (row) => (row['at'] = new Date(Date.parse(row['at']!) + 5e9).toISOString()), 'at', 'ks range'],
  ])('with %s has', (_, change, column, tests) => {
    const found = shifted(
      BASE,
      batch(7, 3_000, (row, next) => void change(row, next)),
    );
    expect(Object.keys(found)).toEqual([column]);
    for (const one of tests.split(' ')) expect(found[column]).toContain(one);
  });
});

test('counts over the same cuts add: two halves are the whole', () => {
  const rows = batch(3, 1_000);
  const whole = profileOf(BASE, rows);
  const [a, b] = [profileOf(BASE, rows.slice(0, 400)), profileOf(BASE, rows.slice(400))];
  whole.columns.forEach((column, i) => {
    const merged = mergedColumns(a.columns[i]!.toColumn(), b.columns[i]!.toColumn());
    const { sum, ...rest } = column.toColumn();
    expect(merged).toMatchObject(rest);
    if (sum !== null) expect(merged.sum! / sum).toBeCloseTo(1, 9);
  });
});

test('no value of a text is in a baseline', () => {
  const text = baselineText(baselineOf([{ who: 'Jane Secret' }, { who: 'Bob Secret' }]));
  expect(text).not.toMatch(/Secret/);
});

test('tail probabilities are SciPy 1.17’s (scipy.stats chi2.sf, norm.sf, poisson.sf, kstwobign.sf)', () => {
  for (const [got, wanted] of SCIPY) expect(got / wanted).toBeCloseTo(1, 6);
});

const SCIPY: readonly (readonly [number, number])[] = [
  [chiSquaredTail(3.2, 1), 0.07363827012030258],
  [chiSquaredTail(25, 10), 0.005345505487134069],
  [chiSquaredTail(80, 40), 0.0001763028977385677],
  [chiSquaredTail(400, 255), 1.6600025244123397e-8],
  [normalTail(0.5), 0.6170750774519738],
  [normalTail(1.96), 0.04999579029644087],
  [normalTail(4.5), 6.795346249460107e-6],
  [poissonTail(3, 1.2), 0.12051290121636986],
  [poissonTail(12, 4.5), 0.0024042835731014948],
  [poissonTail(40, 20), 5.320202511246237e-5],
  [kolmogorovTail(0.05, 500), 0.15955408974378785],
  [kolmogorovTail(0.1, 300), 0.004540534417887498],
  [kolmogorovTail(0.03, 900), 0.38762863045031964],
];

test('Benjamini-Hochberg by its definition', () => {
  expect(benjaminiHochberg([0.01, 0.04, 0.03, 0.005, 0.5], 0.05)).toEqual([true, true, true, true, false]);
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (ps) => {
      const believed = benjaminiHochberg(ps, 0.1);
      const k = believed.filter(Boolean).length;
      const sorted = [...ps].sort((a, b) => a - b);
      if (k > 0) expect(sorted[k - 1]!).toBeLessThanOrEqual((0.1 * k) / ps.length);
      for (let more = k + 1; more <= ps.length; more++)
        expect(sorted[more - 1]!).toBeGreaterThan((0.1 * more) / ps.length);
    }),
    { numRuns: 200 },
  );
});

test('cuts ascend and are of the sample', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 600 }), (values) => {
      const cuts = equiDepthCuts(values);
      expect(cuts.length).toBeLessThanOrEqual(255);
      cuts.forEach((cut, i) => expect(i === 0 || cut > cuts[i - 1]!).toBe(true));
      for (const cut of cuts) expect(values.some((value) => value === cut)).toBe(true);
    }),
    { numRuns: 100 },
  );
});
