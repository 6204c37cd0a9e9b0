/** Checks by example; uniqueness against a plain set. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gated } from '../gate.suite.ts';
import { ValueSet } from './value-set.ts';
import { hasType, timeOf } from './value-type.ts';

const CSV = 'id,n,day,kind\n1,5,2026-11-27,a\n2,,2026-11-28,b\n2,9,2026-02-30,c\n4,x,2026-11-01,\n';
const checked = (checks: string, text = CSV, more = {}) => {
  const { report, quarantine } = gated(`version: 1\ndetect: nothing\nchecks:\n  ${checks}\n`, text, more);
  return {
    verdict: report.verdict,
    aside: quarantine.map(({ row, reasons }) => `${row} ${reasons.join('; ')}`),
    failed: report.checks
      .filter(({ passed }) => !passed)
      .map(({ check, column, found }) => `${column ?? '-'} ${check}: ${found}`),
    all: report.checks.map(({ check, found }) => `${check}: ${found}`),
  };
};
const column = (text: string): string => `columns: [${text}]`;

describe('of rows', () => {
  test.each([
    ['{name: id, unique: true}', ['3 check: unique id']],
    ['{name: n, type: integer}', ['4 check: type n']],
    ['{name: n, type: integer, required: true}', ['2 check: required n', '4 check: type n']],
    ['{name: n, min: 6}', ['1 check: min n', '4 check: min n']],
    ['{name: n, max: 5}', ['3 check: max n', '4 check: max n']],
    ['{name: day, type: date}', ['3 check: type day']],
    ['{name: day, type: date, min: 2026-11-02}', ['3 check: type day', '4 check: min day']],
    ['{name: kind, in: [a, b]}', ['3 check: in kind']],
    ['{name: id, in: [1, 2, 4.0]}', []],
    ['{name: kind, not_in: [b]}', ['2 check: not_in kind']],
    ['{name: kind, pattern: "^[ab]$"}', ['3 check: pattern kind']],
    [
      '{name: day, min_length: 11}',
      ['1 check: min_length day', '2 check: min_length day', '3 check: min_length day', '4 check: min_length day'],
    ],
    [
      '{name: kind, references: {file: kinds.csv, column: k}}',
      ['2 check: references kind', '3 check: references kind'],
    ],
  ])('%s', (check, aside) => {
    const references = new Map([['kinds.csv\nk', new Set(['a'])]]);
    expect(checked(column(check), CSV, { references }).aside).toEqual(aside);
  });

  test('together unique, where nulls are equal to nothing', () => {
    expect(checked('unique: [[id, kind]]', 'id,kind\n1,a\n1,a\n1,\n1,\n2,a\n').aside).toEqual([
      '2 check: unique id, kind',
    ]);
  });

  test('a check may fail the whole instead, or only warn', () => {
    expect(checked(column('{name: id, unique: true, action: fail}')).verdict).toBe('rejected');
    const warned = checked(column('{name: id, unique: true, action: warn}'));
    expect(warned).toMatchObject({ verdict: 'accepted', aside: [], failed: ['id unique: 1 of 4 rows break it'] });
  });

  test('mostly: single rows are let through, the share decides', () => {
    expect(checked(column('{name: n, type: integer, mostly: 0.6, action: fail}'))).toMatchObject({
      verdict: 'accepted',
      aside: [],
    });
    expect(checked(column('{name: n, type: integer, mostly: 0.7, action: fail}')).verdict).toBe('rejected');
  });
});

describe('of the whole', () => {
  test.each([
    ['{name: n, nulls_max: 0.2, action: fail}', 'n nulls_max: 25.00% are null'],
    ['{name: n, mean: {min: 8}, action: fail}', 'n mean: the mean is 7'],
    ['{name: n, sum: {max: 13}, action: fail}', 'n sum: the sum is 14'],
    ['{name: kind, distinct: {max: 2}, action: fail}', 'kind distinct: 3 different values'],
    [
      '{name: day, type: date, newest_within: 6h, mostly: 0, action: fail}',
      'day newest_within: the newest is 6.00028 h old',
    ],
    ['{name: other}', '- missing_columns: missing: other'],
  ])('%s', (check, failed) => {
    const { verdict, failed: told } = checked(column(check), CSV, { now: () => new Date('2026-11-28T06:00:01Z') });
    expect(told).toContain(failed);
    expect(verdict).toBe('rejected');
  });

  test('columns: unknown, optional, order', () => {
    expect(checked(`unknown_columns: fail\n  ${column('{name: id}, {name: n}, {name: kind}')}`).failed).toEqual([
      '- unknown_columns: unknown: day',
    ]);
    expect(checked(column('{name: id}, {name: other, optional: true}')).failed).toEqual([]);
    expect(checked(`order: true\n  ${column('{name: n}, {name: id}')}`).failed).toEqual([
      '- order: column 1 is id, not n',
    ]);
  });

  test('row counts, by number and against history', () => {
    expect(checked('rows: {min: 5}').failed).toEqual(['- rows.min: 4 rows']);
    const history = { rows: [100, 8, 4] };
    expect(checked('rows: {history: {within: 0.4}}', CSV, { history }).failed).toEqual([
      '- rows.history: 4 rows; the median of 3 before is 8',
    ]);
    expect(checked('rows: {history: {within: 0.5}}', CSV, { history }).failed).toEqual([]);
    expect(checked('rows: {history: {within: 0.5}}').all).toEqual([
      'rows.history: 4 rows; there is no ingest before to compare with',
    ]);
  });

  test('JSON: a member that is missing is null; nested columns have paths', () => {
    const { quarantine } = gated(
      `version: 1\ndetect: nothing\nchecks: {columns: [{name: u.id, required: true}]}\n`,
      '{"u": {"id": 1}}\n{"u": {}}\n{"u": {"id": null}}\n',
      { format: { kind: 'jsonl' } },
    );
    expect(quarantine.map(({ row }) => row)).toEqual([2, 3]);
  });
});

test('a set of values is exact while it fits, and says what part it looks at when it does not', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(300), { maxLength: 400 }), (numbers) => {
      const set = new ValueSet();
      const plain = new Set<number>();
      for (const number of numbers) {
        expect(set.add(String(number))).toBe(plain.has(number));
        plain.add(number);
      }
      expect([set.isExact, set.distinct]).toEqual([true, plain.size]);
    }),
    { numRuns: 50 },
  );
  const bounded = new ValueSet(1_000);
  for (let i = 0; i < 100_000; i++) expect(bounded.add(`v${i}`)).toBe(false);
  expect(bounded.isExact).toBe(false);
  expect(bounded.part).toBeLessThanOrEqual(1 / 32);
  expect(bounded.distinct / 100_000).toBeGreaterThan(0.8);
  expect(bounded.distinct / 100_000).toBeLessThan(1.2);
  let again = 0;
  for (let i = 0; i < 100_000; i++) if (bounded.add(`v${i}`)) again++;
  expect(again / 100_000 / bounded.part).toBeGreaterThan(0.8);
});

test('times, days and types', () => {
  const texts = [
    '2024-02-29',
    '2023-02-29',
    '2024-13-01',
    '2024-01-01T10:20:30Z',
    '2024-01-01 10:20',
    '2024-01-01T10:20:30.123+02:00',
    '2024-01-01T25:00:00Z',
    '2024-01-01T10:20:30.Z',
    '2024-1-1',
    'x',
  ];
  expect(texts.map((text) => timeOf(text))).toEqual(
    [
      '2024-02-29',
      null,
      null,
      '2024-01-01T10:20:30Z',
      '2024-01-01T10:20Z',
      '2024-01-01T10:20:30.123+02:00',
      null,
      null,
      null,
      null,
    ].map((time) => (time === null ? null : Date.parse(time))),
  );
  expect(['1', '-2', '1.0', '1e3', '', '007', 'x'].map((text) => [hasType(text, 'integer'), hasType(text, 'number')])).toEqual([
    [true, true], [true, true], [false, true], [false, true], [false, false], [true, true], [false, false],
  ]); // prettier-ignore
});
