/**
 * Personal data in one text, which is one field, line or document.
 *
 * Shapes come first (`rule.ts`: pattern, exact check, context), then names, places and addresses out of what is left.
 */
import { addressesIn } from './address.ts';
import { isOfThing, wordsAfter, wordsBefore } from './context.ts';
import { RULES } from './rules.ts';
import { REPORTED_FROM, type Finding } from './finding.ts';
import { namesIn } from './name.ts';
import { allPhones, phonesIn } from './phone.ts';
import { CONFIDENCE, type Rule } from './rule.ts';

/** What a rule finds in a text, however little it says. */
function* matchesOf(rule: Rule, text: string, isContextRead: boolean): Generator<Finding> {
  const { pattern } = rule;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const start = match.index;
    if (match[0] === '') {
      pattern.lastIndex++;
      continue;
    }
    const end = rule.end ? rule.end(text, start) : start + match[0].length;
    if (end === null) continue;
    pattern.lastIndex = Math.max(end, start + 1);
    const checked = rule.check ? rule.check(text.slice(start, end), text, start) : true;
    if (checked === false) continue;
    const [alone, told] = CONFIDENCE[typeof checked === 'string' ? checked : rule.strength];
    let confidence = alone;
    if (isContextRead) {
      const before = wordsBefore(text, start);
      if (rule.context?.test(before) || rule.context?.test(wordsAfter(text, end))) confidence = told;
      else if (alone < CONFIDENCE.proof[0] && isOfThing(before)) confidence = 0;
    }
    yield { type: rule.type, family: rule.family, confidence, rule: rule.name, start, end };
  }
}

/** One type alone, each candidate that its rules do not refute: for a column that is known to hold this type. */
export function detectType(text: string, type: string): Finding[] {
  if (type === 'PHONE_NUMBER') return allPhones(text);
  const found = RULES.filter((rule) => rule.type === type && !rule.needsContext).flatMap((rule) => [...matchesOf(rule, text, false)]);
  return withoutContained(found.sort((a, b) => b.confidence - a.confidence || b.end - b.start - (a.end - a.start)));
}

/** Of the same type, the smaller inside of the larger goes. The first of the list win. */
function withoutContained(found: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  for (const one of found) {
    if (!kept.some((other) => other.type === one.type && other.start <= one.start && other.end >= one.end)) kept.push(one);
  }
  return kept.sort((a, b) => a.start - b.start);
}

export interface DetectOptions {
  /** Confidence from which on something is reported. */
  readonly from?: number;
}

/** All that is reported of a text. Findings do not overlap: the surer one stays, then the longer one. */
export function detect(text: string, { from = REPORTED_FROM }: DetectOptions = {}): Finding[] {
  const found: Finding[] = [];
  for (const rule of RULES) for (const one of matchesOf(rule, text, true)) if (one.confidence >= from) found.push(one);
  const structured = withoutOverlap(found);
  const sure = structured.filter((one) => one.confidence > 0.7);
  const addresses = addressesIn(text, sure);
  const phones = phonesIn(text, (start) => wordsBefore(text, start), [...sure, ...addresses]);
  const shapes = withoutOverlap([...structured, ...phones.filter((one) => one.confidence >= from)]);
  const names = namesIn(text, [...shapes, ...addresses]);
  return withoutOverlap([...shapes, ...addresses, ...names]).filter((one) => one.confidence >= from);
}

export function withoutOverlap(found: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  const order = [...found].sort((a, b) => b.confidence - a.confidence || b.end - b.start - (a.end - a.start));
  for (const one of order) if (!kept.some((other) => one.start < other.end && other.start < one.end)) kept.push(one);
  return kept.sort((a, b) => a.start - b.start);
}
