/** Other people's files: a suite that Great Expectations wrote, and a contract in the form of ODCS 3. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { gated } from '../gate.suite.ts';
import { GateRulesError } from '../gate-error.ts';
import { importContract } from './data-contract.ts';
import { importSuite } from './great-expectations.ts';
import { importedRules } from './imported.ts';

const file = (name: string): string =>
  readFileSync(new URL(`../../../../../../testdata/gate/${name}`, import.meta.url), 'utf8');

describe('a suite of Great Expectations', () => {
  const imported = importSuite(file('great_expectations.json'));

  test('is taken as far as there is a like, and the rest is named', () => {
    expect(imported.unmapped).toEqual([
      { what: 'expect_column_median_to_be_between(rating)', why: 'no check of this kind' },
      { what: 'expect_column_pair_values_a_to_be_greater_than_b', why: 'no check of this kind' },
    ]);
    expect(imported.mapped).toBe(19);
    const rules = parse(importedRules(imported, 'a suite')) as { checks: object };
    expect(rules.checks).toMatchObject({
      order: true,
      unknown_columns: 'fail',
      unique: [['user_id', 'product_id']],
      rows: { min: 10, max: 1_000_000 },
      columns: expect.arrayContaining([
        { name: 'review_id', required: true, unique: true, pattern: '^R\\d{9}$' },
        { name: 'rating', mostly: 0.99, min: 1, max: 5, in: [1, 2, 3, 4, 5] },
        { name: 'user_id', type: 'integer', above: 0 },
        { name: 'product_id', min_length: 8, max_length: 8 },
        { name: 'product_id', distinct: { min: 10 }, action: 'fail' },
        { name: 'text', nulls_max: 0.05, action: 'fail' },
        { name: 'created_at' },
      ]) as unknown,
    });
  });

  test('decides about rows as it did there', () => {
    const row = (i: number, rating = '3', id = `R${String(i).padStart(9, '0')}`) =>
      `${id},${i + 1},B${String(i).padStart(7, '0')},${rating},2024-01-01,title,text\n`;
    const header = 'review_id,user_id,product_id,rating,created_at,title,text\n';
    const rows = Array.from({ length: 200 }, (_, i) => row(i));
    const rules = importedRules(imported, 'a suite');
    expect(gated(rules, header + rows.join('')).report.verdict).toBe('accepted');
    // One of 200 may be out of range; three may not.
    expect(gated(rules, header + [...rows.slice(1), row(0, '9')].join('')).report.verdict).toBe('accepted');
    const three = [...rows.slice(3), row(0, '9'), row(1, '9'), row(2, '9')].join('');
    expect(gated(rules, header + three).report).toMatchObject({ verdict: 'quarantined', isWhole: true });
    expect(gated(rules, header + [...rows.slice(1), row(0, '3', 'X1')].join('')).quarantine).toHaveLength(1);
    expect(gated(rules, header + rows.slice(0, 5).join('')).report.verdict).toBe('rejected');
  });

  test('what is none is refused', () => {
    for (const text of ['', '[]', '{"expectations": 1}', '{"expectations": [1]}'])
      expect(() => importSuite(text)).toThrow(GateRulesError);
    expect(
      importSuite(
        '{"expectations": [{"expectation_type": "__proto__"}, {"expectation_type": "expect_column_to_exist", "kwargs": {"column": "a"}}]}',
      ).mapped,
    ).toBe(1);
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            type: fc.constantFrom(
              'expect_column_values_to_be_between',
              'expect_column_values_to_match_regex',
              'expect_table_row_count_to_be_between',
            ),
            kwargs: fc.dictionary(
              fc.constantFrom('column', 'min_value', 'max_value', 'mostly', 'regex'),
              fc.jsonValue(),
            ),
          }),
          { maxLength: 4 },
        ),
        (expectations) => {
          try {
            importedRules(importSuite(JSON.stringify({ expectations })), 'x');
          } catch (error) {
            expect(error).toBeInstanceOf(GateRulesError);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('an Open Data Contract', () => {
  const imported = importContract(file('reviews.odcs.yaml'));

  test('gives checks and labels, and names what it has beside', () => {
    const rules = parse(importedRules(imported, 'a contract')) as { checks: { columns: object[] }; labels: object };
    expect(rules.labels).toEqual({ text: ['classification:restricted', 'pii'] });
    expect(rules.checks).toMatchObject({ unique: [['user_id', 'product_id']], rows: { min: 100 } });
    expect(rules.checks.columns).toEqual(
      expect.arrayContaining([
        { name: 'review_id', required: true, unique: true, min_length: 10, max_length: 10, pattern: '^R[0-9]{9}$' },
        { name: 'rating', type: 'integer', min: 1, below: 6 },
        { name: 'rating', mostly: 0.95, in: [1, 2, 3, 4, 5] },
        { name: 'created_at', type: 'timestamp', min: '2020-01-01' },
        { name: 'created_at', type: 'timestamp', newest_within: '2d', action: 'fail' },
        { name: 'text', nulls_max: 0.01, action: 'fail' },
        { name: 'shop.country', required: true },
      ]),
    );
    expect(imported.unmapped.map(({ what }) => what)).toEqual([
      'schema users', 'user_id.relationships', 'text: sql', 'tags.logicalType', 'tags.maxItems', 'the object: text', 'SLA retention',
    ]); // prettier-ignore
  });

  test('another object by name; what is none is refused', () => {
    expect(importContract(file('reviews.odcs.yaml'), 'users').checks.columns).toEqual([
      { name: 'id', type: 'integer', unique: true },
    ]);
    for (const text of [
      '',
      'a: [',
      'kind: DataContract\napiVersion: v2.2.2\n',
      'kind: DataContract\napiVersion: v3.0.2\nschema: []\n',
    ])
      expect(() => importContract(text)).toThrow(GateRulesError);
  });
});
