import { describe, expect, test } from 'vitest';
import { auc, encode, encodedNames, fit, learnEncoding, predict, type Row } from './logistic-regression.ts';
import { normal, uniform } from './seeded.ts';

describe('area under the curve', () => {
  test.each<[string, number[], boolean[], number]>([
    ['perfect', [0.1, 0.2, 0.8, 0.9], [false, false, true, true], 1],
    ['reversed', [0.9, 0.8, 0.2, 0.1], [false, false, true, true], 0],
    ['all tied', [0.5, 0.5, 0.5, 0.5], [true, false, true, false], 0.5],
    ['one pair of four wrong', [0.1, 0.4, 0.35, 0.8], [false, false, true, true], 0.75],
    ['a tie counts half', [0.3, 0.3, 0.9], [false, true, true], 0.75],
  ])('%s', (_, scores, outcomes, expected) => {
    expect(auc(scores, outcomes)).toBe(expected);
  });
});

describe('encoding', () => {
  const rows: Row[] = [
    { amount: 1, colour: 'red' },
    { amount: 3, colour: 'blue' },
  ];
  test('numbers are standardised, categories are compared with their first level', () => {
    const encoding = learnEncoding(rows, ['amount', 'colour']);
    expect(encodedNames(encoding)).toEqual(['amount', 'colour=red']);
    expect(encode(encoding, rows[0]!)).toEqual([-1, 1]);
    expect(encode(encoding, { amount: 2, colour: 'never seen' })).toEqual([0, 0]);
  });
  test('a column that does not vary is all zeros', () => {
    const encoding = learnEncoding([{ x: 4 }, { x: 4 }], ['x']);
    expect(encode(encoding, { x: 4 })).toEqual([0]);
  });
});

describe('fitting', () => {
  const rows: Row[] = Array.from({ length: 10_000 }, (_, i) => ({
    x: normal(1, `x${i}`),
    group: uniform(1, `g${i}`) < 0.5 ? 'a' : 'b',
  }));
  const truth = (row: Row): number =>
    1 / (1 + Math.exp(-(-0.5 + 1.5 * (row['x'] as number) + (row['group'] === 'b' ? 1 : 0))));
  const outcomes = rows.map((row, i) => uniform(1, `y${i}`) < truth(row));

  test('finds the coefficients that the data were made with', () => {
    const model = fit(rows, outcomes, ['x', 'group'], 0.001);
    const { deviation, mean } = model.encoding.numbers[0]!;
    // Standard errors are about 0.03 to 0.05 with this many rows.
    expect(Math.abs(model.weights[0]! / deviation - 1.5)).toBeLessThan(0.1);
    expect(Math.abs(model.weights[1]! - 1)).toBeLessThan(0.15);
    expect(Math.abs(model.intercept - (model.weights[0]! * mean) / deviation + 0.5)).toBeLessThan(0.1);
    expect(model.iterations).toBeLessThan(15);
  });

  test('is at the maximum: residuals are uncorrelated with every input', () => {
    const model = fit(rows, outcomes, ['x', 'group'], 0);
    const residuals = rows.map((row, i) => (outcomes[i] ? 1 : 0) - predict(model, row));
    const inputs = rows.map((row) => [1, ...encode(model.encoding, row)]);
    for (const column of [0, 1, 2]) {
      const score = residuals.reduce((sum, residual, i) => sum + residual * inputs[i]![column]!, 0);
      expect(Math.abs(score)).toBeLessThan(1e-6);
    }
  });

  test('stays finite where a level tells the outcome alone', () => {
    const separable: Row[] = Array.from({ length: 40 }, (_, i) => ({ group: i % 2 === 0 ? 'a' : 'b' }));
    const model = fit(
      separable,
      separable.map(({ group }) => group === 'b'),
      ['group'],
    );
    expect(predict(model, { group: 'b' })).toBeGreaterThan(0.8);
    expect(predict(model, { group: 'a' })).toBeLessThan(0.2);
    expect(Number.isFinite(model.weights[0])).toBe(true);
  });
});
