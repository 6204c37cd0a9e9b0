/**
 * Personal data and secrets in one text, which is one field, line or document.
 *
 * Shapes come first (`rule.ts`: pattern, exact check, context), then phone numbers and addresses, then names of people and
 * places out of what is left.
 */
import { addressesIn } from './address.ts';
import {
  anchorsOfText,
  ASSIGNS,
  CAPITAL,
  CAPITAL_DIGIT,
  DIGIT,
  DIGITS_4,
  DIGITS_6,
  DIGITS_9,
  EVERYTHING,
  LONG_WORD,
} from './anchor.ts';
import { isOfThing, wordsAfter, wordsBefore } from './context.ts';
import { REPORTED_FROM, type Finding } from './finding.ts';
import { namesIn } from './name.ts';
import { allPhones, phonesIn, saysPhone } from './phone.ts';
import { CONFIDENCE, type Rule } from './rule.ts';
import { RULES } from './rules.ts';
import { SpanSet } from './span-set.ts';
import { assignedSecret } from './secret/assignment.ts';
import { detectSecrets } from './secret/detect.ts';

/**
 * Adds what a rule finds in a text and is as sure as `from`. `label`: the name of the field, read as words before it; null:
 * words around it do not count.
 */
export function matchesOf(rule: Rule, text: string, label: string | null, from: number, found: Finding[]): void {
  const { pattern, type, family, name, context } = rule;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
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
    if (label !== null) {
      const before = `${label} ${wordsBefore(text, start)}`;
      if (context?.test(before) || context?.test(wordsAfter(text, end))) confidence = told;
      else if (rule.needsContext || (alone < CONFIDENCE.proof[0] && isOfThing(before))) confidence = 0;
    }
    if (confidence >= from) found.push({ type, family, confidence, rule: name, start, end });
  }
}

/** One type alone, each candidate that its rules do not refute: for a column that is known to hold this type. */
export function detectType(text: string, type: string): Finding[] {
  if (type === 'PHONE_NUMBER') return allPhones(text);
  const rules = RULES.filter((rule) => rule.type === type && !rule.needsContext);
  const found: Finding[] = [];
  for (const rule of rules) matchesOf(rule, text, null, 0, found);
  if (rules.length === 0) return detect(text, { types: new Set([type]), isThorough: true });
  return withoutContained(found.sort((a, b) => b.confidence - a.confidence || b.end - b.start - (a.end - a.start)));
}

/** Of the same type, the smaller inside of the larger goes. The first of the list win. */
function withoutContained(found: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  for (const one of found) {
    if (!kept.some((other) => other.type === one.type && other.start <= one.start && other.end >= one.end))
      kept.push(one);
  }
  return kept.sort((a, b) => a.start - b.start);
}

export interface DetectOptions {
  /** Confidence from which on something is reported. */
  readonly from?: number;
  /** Only these types are reported; all of them by default. */
  readonly types?: ReadonlySet<string>;
  /** The name of the field, as its header or key says it. */
  readonly label?: string;
  /** Names in texts without a capital are looked for too. Slow, so a stream goes without. */
  readonly isThorough?: boolean;
  /** What anchorsOf said of the text, if it was asked before. */
  readonly anchors?: number;
  /** The file's name, by which some rules about secrets go. */
  readonly path?: string;
}

/** Words of addresses that are written without a capital. */
const LOWER_ADDRESS = /\b(?:box|apt|suite|flat|zip|post|plz|[afd]po)\b/;

/** Words without which nothing is assigned that is secret. */
const SECRET_WORD = /pass|pwd|secret|token|key|auth|cred|curl|:\/\/|kind:/i;

interface RuleSet {
  readonly strong: readonly Rule[];
  readonly weak: readonly Rule[];
  /** Any context word of a weak rule, wherever in a word: most texts have none. */
  readonly anyContext: RegExp;
}

/** The rules that a text with these anchors could match, of the types that are wanted. */
const BY_ANCHORS = new WeakMap<ReadonlySet<string>, Map<number, RuleSet>>();
const EVERY_TYPE: ReadonlySet<string> = new Set(RULES.map(({ type }) => type));
function rulesFor(anchors: number, types: ReadonlySet<string> = EVERY_TYPE): RuleSet {
  let byAnchors = BY_ANCHORS.get(types);
  if (!byAnchors) BY_ANCHORS.set(types, (byAnchors = new Map()));
  let rules = byAnchors.get(anchors);
  if (!rules) {
    const all = RULES.filter((rule) => (rule.anchors & anchors) !== 0 && types.has(rule.type));
    const weak = all.filter(({ strength, context, needsContext }) => context && (strength === 'weak' || needsContext));
    const words = weak.map(({ context }) => context!.source.replace('(?<!\\p{L})', ''));
    rules = {
      strong: all.filter((rule) => !weak.includes(rule)),
      weak,
      anyContext: new RegExp(words.length > 0 ? words.join('|') : '(?!)', 'iu'),
    };
    byAnchors.set(anchors, rules);
  }
  return rules;
}

/** What the name of a field says of its values. */
interface Label {
  /** The weak rules whose context it gives. */
  readonly weak: ReadonlySet<Rule>;
  /** Are its values secrets, if they look like any? */
  readonly isSecret: boolean;
  /** Does it say nothing of what a plain number could be? */
  readonly isMute: boolean;
}
const OF_NUMBERS = DIGIT | DIGITS_4 | DIGITS_6 | DIGITS_9 | CAPITAL_DIGIT;
const LABELS = new Map<string, Label>();
const SOME_KEY = 'Zk9x2Qm7Lp4Rt8Vb3Nc6';
export function labelOf(name: string): Label {
  let label = LABELS.get(name);
  if (!label) {
    const spoken = name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_.-]+/g, ' ');
    const told = RULES.filter(({ context }) => context?.test(name) || context?.test(spoken));
    const isSecret = assignedSecret(name, '="', SOME_KEY) !== null;
    const isOfNumbers = told.some(({ anchors }) => (anchors & OF_NUMBERS) !== 0 && anchors !== EVERYTHING);
    label = {
      weak: new Set(told),
      isSecret,
      isMute: !isOfNumbers && !isSecret && !saysPhone(name) && !saysPhone(spoken),
    };
    if (LABELS.size < 10_000) LABELS.set(name, label);
  }
  return label;
}

/** Does the name of a field say nothing of what a plain number in it could be? */
export function isMuteLabel(name: string): boolean {
  const { isMute } = labelOf(name);
  return isMute;
}

/** All that is reported of a text. Findings do not overlap: the surer one stays, then the longer one. */
export function detect(text: string, options: DetectOptions = {}): Finding[] {
  const { from = REPORTED_FROM, types, label = '', isThorough = false } = options;
  const anchors = options.anchors ?? anchorsOfText(text);
  const found: Finding[] = [];
  const isOneWord = !/\s/.test(text);
  // What is weak is reported only with a context word: without one anywhere its pattern need not be tried.
  const areWeakTold = from > CONFIDENCE.weak[0];
  const told = labelOf(label);
  const labelled = areWeakTold ? told.weak : null;
  const { strong, weak, anyContext } = rulesFor(anchors, types);
  const tryRule = (rule: Rule): void => {
    matchesOf(rule, text, label, from, found);
  };
  strong.forEach(tryRule);
  if (!labelled) weak.forEach(tryRule);
  else if (labelled.size > 0 || (!isOneWord && anyContext.test(text))) {
    for (const rule of weak) if (labelled.has(rule) || (!isOneWord && rule.context!.test(text))) tryRule(rule);
  }
  if (mayHoldSecret(text, anchors, options.path)) found.push(...detectSecrets(text, options.path));
  return settled(text, found, {
    from,
    types,
    label,
    isThorough,
    isOneWord,
    areAddresses: isThorough || (anchors & CAPITAL) !== 0 || ((anchors & DIGIT) !== 0 && LOWER_ADDRESS.test(text)),
    arePhones: (anchors & DIGITS_6) !== 0,
    areNames: (isThorough || (anchors & CAPITAL) !== 0) && !(isOneWord && (anchors & DIGIT) !== 0),
  });
}

/** Is there anything in the text that secrets have? */
export function mayHoldSecret(text: string, anchors: number, path = ''): boolean {
  return (
    (anchors & LONG_WORD) !== 0 || ((anchors & ASSIGNS) !== 0 && SECRET_WORD.test(text)) || /\.(?:p12|pfx)$/i.test(path)
  );
}

/** Words of addresses where no capital is. */
export const hasLowerAddress = (text: string): boolean => LOWER_ADDRESS.test(text);

/** What is still to be looked for when the shapes and secrets of a text are known. */
export interface Settling {
  readonly from: number;
  readonly types: ReadonlySet<string> | undefined;
  readonly label: string;
  readonly isThorough: boolean;
  readonly isOneWord: boolean;
  /** May there be addresses, phone numbers, names? */
  readonly areAddresses: boolean;
  readonly arePhones: boolean;
  readonly areNames: boolean;
}

const nowhere = new SpanSet<Finding>();

/** All that is reported of a text, out of its shapes and secrets: phone numbers, addresses and names come from what is left. */
export function settled(text: string, shapesAndSecrets: readonly Finding[], settling: Settling): Finding[] {
  const { from, types, label, isThorough, isOneWord } = settling;
  const isWanted = (type: string): boolean => types === undefined || types.has(type);
  const found = shapesAndSecrets.filter(({ type }) => isWanted(type));
  const told = labelOf(label);
  const assigned = !told.isSecret ? null : assignedSecret(label, '="', text.trim());
  if (assigned && isWanted(assigned.type) && !/\s/.test(text.trim())) {
    found.push({ ...assigned, family: 'secret', confidence: 0.8, start: 0, end: text.length });
  }
  const structured = withoutOverlap(found);
  const areAddresses = settling.areAddresses && !isOneWord && isWanted('ADDRESS');
  const arePhones = settling.arePhones && isWanted('PHONE_NUMBER') && !(isOneWord && /^\w*[A-Za-wyz]\w*$/.test(text));
  const areNames = settling.areNames && (isWanted('PERSON') || isWanted('LOCATION'));
  if (!areAddresses && !arePhones && !areNames) return structured.filter((one) => one.confidence >= from);
  const sure = structured.length === 0 ? nowhere : new SpanSet(structured.filter((one) => one.confidence > 0.7));
  const addresses = areAddresses ? addressesIn(text, sure, isThorough) : [];
  const phones = arePhones
    ? phonesIn(
        text,
        (start) => `${label} ${wordsBefore(text, start)}`,
        addresses.length === 0 ? sure : new SpanSet([...sure.all, ...addresses]),
      )
    : [];
  const shapes =
    phones.length === 0
      ? structured
      : withoutOverlap([...structured, ...phones.filter((one) => one.confidence >= from)]);
  const names = areNames
    ? namesIn(text, new SpanSet([...shapes, ...addresses]), isThorough, label).filter((one) => isWanted(one.type))
    : [];
  if (shapes.length + addresses.length + names.length === 0) return [];
  return withoutOverlap([...shapes, ...addresses, ...names]).filter((one) => one.confidence >= from);
}

/** A secret inside of an address or a link is what matters of it. */
const weightOf = ({ family, confidence }: Finding): number =>
  family === 'secret' && confidence >= 0.8 ? 1 + confidence : confidence;

function withoutOverlap(found: readonly Finding[]): readonly Finding[] {
  if (found.length < 2) return found;
  const kept = new SpanSet<Finding>();
  const order = [...found].sort((a, b) => weightOf(b) - weightOf(a) || b.end - b.start - (a.end - a.start));
  for (const one of order) kept.add(one);
  return kept.all;
}
