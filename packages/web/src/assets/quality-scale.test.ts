import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueScale } from './quality-scale.ts';

describe('the scale of a figure', () => {
  it('has round lines around the values', () => {
    expect(valueScale([0.7669, 0.8129, 0.81])).toEqual({
      from: 0.76,
      to: 0.82,
      ticks: [0.76, 0.78, 0.8, 0.82],
      digits: 2,
    });
    expect(valueScale([3, 17]).ticks).toEqual([0, 5, 10, 15, 20]);
  });
  it('has a span for one value, and for none', () => {
    expect(valueScale([0.5]).to).toBeGreaterThan(valueScale([0.5]).from);
    expect(valueScale([])).toMatchObject({ from: 0, to: 1 });
  });
  it('holds every value between its ends, with few lines that its digits tell apart', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((each) => Number(each.toPrecision(7)));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), (values) => {
        const { from, to, ticks, digits } = valueScale(values);
        const slack = (to - from) * 1e-6;
        expect(from - slack).toBeLessThanOrEqual(Math.min(...values));
        expect(to + slack).toBeGreaterThanOrEqual(Math.max(...values));
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(7);
        if (digits < 12) expect(new Set(ticks.map((tick) => tick.toFixed(digits))).size).toBe(ticks.length);
      }),
    );
  });
});
