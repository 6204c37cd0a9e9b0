/**
 * Others' labelled cases: Presidio's recognizer tests, presidio-research's texts, gitleaks' and detect-secrets' rule tests.
 * They are not in this repository: the folder is `../shared`, or `CUSTODY_SHARED`; without it this is skipped and says so.
 * The measures are those of `score.py` beside the data.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { scanCaseLine } from './case.ts';

const SHARED = process.env['CUSTODY_SHARED'] ?? fileURLToPath(new URL('../../../../../../shared', import.meta.url));
const isHere = existsSync(`${SHARED}/data/pii/presidio_unit.dev.jsonl`);
if (!isHere) console.log(`skipped: the labelled cases are not at ${SHARED}/data`);

interface Span {
  readonly type: string;
  readonly family: string;
  readonly start: number;
  readonly end: number;
}
interface Case {
  readonly text: string;
  readonly type: string;
  readonly count: number;
  readonly spans: readonly Span[];
  readonly text_b64: string;
  readonly source: string;
  readonly positive: boolean;
}
const cases = (file: string): Case[] =>
  readFileSync(`${SHARED}/data/${file}`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Case);
const spansOf = (given: object): Span[] =>
  (JSON.parse(scanCaseLine(JSON.stringify(given), 0)) as { spans: Span[] }).spans;

describe.skipIf(!isHere)('others labelled', () => {
  test('recognizer by recognizer: at least 99% of the cases, of more than 25 types', () => {
    const all = cases('pii/presidio_unit.dev.jsonl');
    const right = all.filter(
      ({ text, type, count }) => spansOf({ text, type }).filter((span) => span.type === type).length === count,
    );
    expect(new Set(right.map(({ type }) => type)).size).toBeGreaterThanOrEqual(25);
    expect(right.length / all.length).toBeGreaterThanOrEqual(0.99);
  });

  test('texts: F1 of each type', () => {
    const accepted: Readonly<Record<string, readonly string[]>> = {
      ADDRESS: ['ADDRESS', 'LOCATION'],
      LOCATION: ['LOCATION', 'ADDRESS'],
    };
    const counts = new Map<string, { hit: number; missed: number; wrong: number }>();
    const of = (type: string) => {
      if (!counts.has(type)) counts.set(type, { hit: 0, missed: 0, wrong: 0 });
      return counts.get(type)!;
    };
    for (const { text, spans } of cases('pii/research_by_template.dev.jsonl')) {
      const found = spansOf({ text });
      const used = new Set<Span>();
      for (const gold of spans) {
        const hits = found.filter(
          (one) =>
            (accepted[gold.type] ?? [gold.type]).includes(one.type) && one.start < gold.end && gold.start < one.end,
        );
        hits.forEach((hit) => used.add(hit));
        if (hits.length > 0) of(gold.type).hit++;
        else of(gold.type).missed++;
      }
      for (const one of found) if (!used.has(one)) of(one.type).wrong++;
    }
    const f1 = (type: string) => {
      const { hit, missed, wrong } = of(type);
      return (2 * hit) / (2 * hit + missed + wrong);
    };
    for (const [type, least] of Object.entries({
      EMAIL_ADDRESS: 0.98,
      IBAN_CODE: 0.98,
      IP_ADDRESS: 0.98,
      US_SSN: 0.98,
      CREDIT_CARD: 0.99,
      PHONE_NUMBER: 0.95,
      PERSON: 0.8,
      LOCATION: 0.7,
      ADDRESS: 0.6,
    })) {
      expect(f1(type), type).toBeGreaterThanOrEqual(least);
    }
  });

  test('secrets: what gitleaks and detect-secrets find, with hardly more false ones than gitleaks', () => {
    const all = cases('secrets/dev.jsonl').map((one) => ({
      ...one,
      isFound: spansOf(one).some(({ family }) => family === 'secret'),
    }));
    const share = (source: string) => {
      const positives = all.filter((one) => one.source === source && one.positive);
      return positives.filter(({ isFound }) => isFound).length / positives.length;
    };
    expect(share('gitleaks')).toBeGreaterThanOrEqual(0.99);
    expect(share('detect-secrets')).toBeGreaterThanOrEqual(0.96);
    // gitleaks 8.28 itself reports 26 of these negatives, which is the goal. A list of just these keys would meet it here
    // and nowhere else.
    expect(all.filter(({ positive, isFound }) => !positive && isFound).length).toBeLessThanOrEqual(28);
  });
});
