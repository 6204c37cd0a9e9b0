/**
 * A golden baseline: what the columns of a good batch look like, as counts. A number's column has up to 255 cut points that
 * split its rows into parts of equal size; a column of few values a count for each, by a salted hash; a column of texts
 * the lengths of them. Counts over the same cuts add exactly, so batches can be put together and hashed as evidence.
 *
 * It holds least and greatest numbers, sums and cut points, which may be somebody's: it belongs beside the data.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../event/canonical-json.ts';
import { GateRulesError } from '../gate-error.ts';
import { z } from 'zod';

export const CUTS_MAX = 255;
/** A column of more different texts is one of texts and not of categories. */
export const CATEGORIES_MAX = 1_000;

const count = z.int().min(0);
const BaselineColumn = z.strictObject({
  name: z.string().max(1_000),
  /** `time`: numbers are milliseconds since 1970; `text`: lengths in UTF-16 units. */
  kind: z.enum(['number', 'time', 'text', 'category']),
  rows: count,
  nulls: count,
  /** Ascending; a bin reaches from one cut up to the next, the next left out. */
  cuts: z.array(z.number()).max(CUTS_MAX),
  /** One more than cuts; empty for categories. */
  counts: z.array(count).max(CUTS_MAX + 1),
  min: z.number().nullable(),
  max: z.number().nullable(),
  sum: z.number().nullable(),
  /** Salted hash of a value, and how often it occurs; the most frequent first. All of them for categories. */
  top: z.array(z.tuple([z.int().min(0), count])).max(CATEGORIES_MAX),
});
export type BaselineColumn = z.infer<typeof BaselineColumn>;

const Baseline = z.strictObject({
  format: z.literal('custody-baseline/1'),
  made: z.string(),
  rows: count,
  salt: z.int().min(0),
  columns: z.array(BaselineColumn).max(20_000),
});
export type Baseline = z.infer<typeof Baseline>;

/** Throws GateRulesError. */
export function readBaseline(text: string): Baseline {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new GateRulesError('the baseline is not JSON', 'checks.drift.baseline');
  }
  const read = Baseline.safeParse(value);
  const isRight =
    read.success &&
    read.data.columns.every(({ kind, cuts, counts }) =>
      kind === 'category'
        ? counts.length === 0
        : counts.length === cuts.length + 1 && cuts.every((cut, i) => i === 0 || cut > cuts[i - 1]!),
    );
  if (!isRight)
    throw new GateRulesError(
      'the file is no baseline',
      'checks.drift.baseline',
      null,
      null,
      '`custody gate baseline FILE` writes one.',
    );
  return read.data;
}

export const baselineText = (baseline: Baseline): string => `${canonicalJson(baseline)}\n`;

/** "sha256:<hex>" of its canonical JSON. */
export const baselineDigest = (baseline: Baseline): string =>
  `sha256:${createHash('sha256').update(canonicalJson(baseline)).digest('hex')}`;
