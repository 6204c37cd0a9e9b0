/** Applicants and reviews through the gate, by the rules of the example: no planted value gets in. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gated } from '../../../packages/custody/src/gate/ingest/gate.suite.ts';
import { makeApplicants, makeReviews } from './people.ts';

const rules = (name: string): string => readFileSync(new URL(`../gate/${name}.gate.yaml`, import.meta.url), 'utf8');

test('applicants: only tokens of people are written', () => {
  const { csv, planted } = makeApplicants(300, 3);
  const { output, report } = gated(rules('applicants'), csv);
  expect(report).toMatchObject({ verdict: 'accepted', rows: { written: 300 }, dropped: ['born'] });
  expect(output.split('\n')[1]).toMatch(/^A0001,tok_\w+,tok_\w+,tok_\w+,tkr_\w+,\d+$/);
  expect(planted.filter(({ value }) => output.includes(value))).toEqual([]);
});

test('reviews: rows with card numbers are set aside, the rest is masked', () => {
  const { csv, planted } = makeReviews(800, 4);
  expect(new Set(planted.map(({ type }) => type)).size).toBe(5);
  const { output, quarantine, report } = gated(rules('reviews'), csv);
  expect(report.verdict).toBe('quarantined');
  const cards = planted.filter(({ type }) => type === 'CREDIT_CARD');
  expect(quarantine.map(({ row }) => row)).toEqual(cards.map(({ row }) => row));
  expect(planted.filter(({ value }) => output.includes(value))).toEqual([]);
});

test('the same seed makes the same people', () => {
  expect(makeReviews(50, 7)).toEqual(makeReviews(50, 7));
  expect(makeReviews(50, 7).csv).not.toBe(makeReviews(50, 8).csv);
});
