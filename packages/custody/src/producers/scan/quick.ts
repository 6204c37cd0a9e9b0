/**
 * `detect` for a piece of a stream of which a glance said what stands in it: the same findings, with only those rules tried
 * whose shape is there and, of the weak ones, whose context words are.
 */
import { ASSIGNS, AT, CAPITAL, CAPITAL_DIGIT, COLONS, DIGIT, DIGITS_4, DIGITS_6, LONG_WORD } from './anchor.ts';
import { ContextWords } from './context-word.ts';
import { hasLowerAddress, labelOf, matchesOf, mayHoldSecret, settled } from './detect.ts';
import { REPORTED_FROM, type Finding } from './finding.ts';
import {
  DOTTED,
  DIGIT_CAPITALS,
  DIGIT_LETTER,
  DIGITS_13,
  ALL_RUNS,
  GROUPS,
  LETTER_DIGIT,
  NAME,
  PLUS,
  REGISTER,
  STREET,
  TOKEN,
  DAY_MONTH,
  PAIR,
} from './glance.ts';
import type { Rule } from './rule.ts';
import { RULES } from './rules.ts';
import { detectSecrets } from './secret/detect.ts';
import { formsFor } from './secret/mark.ts';
import { fits, SHAPES } from './shape.ts';
import type { WalkPlan } from './walk.ts';

const CONTEXT_SOURCES = [...new Set(RULES.flatMap(({ context }) => (context ? [context.source] : [])))];
const CONTEXT = new ContextWords(CONTEXT_SOURCES);

interface Told {
  readonly rule: Rule;
  /** Place of its context words; -1: it needs none. */
  readonly context: number;
}
/** Rules to try, in the order of the table. */
interface Selection {
  readonly strong: readonly Told[];
  /** Reported only with a context word. */
  readonly weak: readonly Told[];
  /** Does anything need context words? In a text of one word, only what `strong` holds. */
  readonly isAnyTold: boolean;
  readonly isStrongTold: boolean;
}

/** Facts by which rules are selected. */
const OF_RULES = 1023 | DOTTED | LETTER_DIGIT | DIGIT_LETTER | DIGIT_CAPITALS | REGISTER | DIGITS_13 | PLUS | TOKEN;
const SELECTIONS_MAX = 20_000;

/** Finds what `detect` finds in a piece with these facts and runs of digits, of the types given at the start. */
export class QuickDetector {
  readonly #types: ReadonlySet<string>;
  readonly #path: string;
  readonly #arePlacesWanted: boolean;
  /** Links, dates and the like have no anchor of their own. */
  readonly #isAllWanted: boolean;
  #selections = new Map<number, Map<number, Selection>>();
  #count = 0;

  /** `path`: the file's name, by which some rules about secrets go. */
  constructor(types: ReadonlySet<string>, path = '') {
    this.#types = types;
    this.#path = path;
    this.#arePlacesWanted = types.has('LOCATION');
    this.#isAllWanted = ['URL', 'DATE_TIME', 'UUID', 'HIGH_ENTROPY'].some((type) => types.has(type));
  }

  /** Can nothing be in a piece with these facts, but for what the name of its field tells? */
  isClear(facts: number, runs: number): boolean {
    if ((facts & WORTH) !== 0 || (facts & SECRET) === SECRET) return false;
    if (this.#isAllWanted || (this.#arePlacesWanted && (facts & CAPITAL) !== 0)) return false;
    // A price or a year: too few digits for a number that has a name, and no day and month before the year.
    return (
      (facts & DIGITS_4) === 0 ||
      ((facts & MORE) === 0 &&
        (runs & FIVE_AND_MORE) === 0 &&
        ((runs & FOUR) === 0 || (facts & (PAIR | DAY_MONTH)) === 0))
    );
  }

  /** The same for the walk (walk.ts). */
  get plan(): WalkPlan {
    return {
      worth: WORTH | (this.#arePlacesWanted ? CAPITAL : 0),
      secret: SECRET,
      isEverything: this.#isAllWanted,
    };
  }

  detect(text: string, facts: number, runs: number, label: string): readonly Finding[] {
    const found: Finding[] = [];
    const isOneWord = !/\s/.test(text);
    const labelled = labelOf(label).weak;
    const { strong, weak, isAnyTold, isStrongTold } = this.#selectionOf(facts & OF_RULES, runs);
    const areWordsTold = isOneWord ? isStrongTold : isAnyTold;
    const isTold = areWordsTold && CONTEXT.lookIn(text);
    for (const { rule, context } of strong) {
      if (context < 0 || (isTold && CONTEXT.has(context)) || labelled.has(rule)) tryRule(rule, text, label, found);
    }
    if (isTold || labelled.size > 0) {
      for (const { rule, context } of weak) {
        if ((isTold && !isOneWord && CONTEXT.has(context)) || labelled.has(rule)) tryRule(rule, text, label, found);
      }
    }
    if ((facts & (TOKEN | ASSIGNS)) !== 0 && mayHoldSecret(text, facts, this.#path)) {
      found.push(...detectSecrets(text, this.#path, formsFor));
    }
    return settled(text, found, {
      from: REPORTED_FROM,
      types: this.#types,
      label,
      isThorough: false,
      isOneWord,
      areAddresses:
        (facts & STREET) !== 0 && ((facts & CAPITAL) !== 0 || ((facts & DIGIT) !== 0 && hasLowerAddress(text))),
      arePhones: (facts & DIGITS_6) !== 0,
      areNames:
        (facts & CAPITAL) !== 0 &&
        (this.#arePlacesWanted || (facts & NAME) !== 0) &&
        !(isOneWord && (facts & DIGIT) !== 0),
    });
  }

  #selectionOf(facts: number, runs: number): Selection {
    let byRuns = this.#selections.get(facts);
    if (!byRuns) {
      if (this.#count > SELECTIONS_MAX) {
        this.#selections = new Map();
        this.#count = 0;
      }
      this.#selections.set(facts, (byRuns = new Map()));
    }
    let selection = byRuns.get(runs);
    if (!selection) {
      selection = this.#select(facts, runs);
      byRuns.set(runs, selection);
      this.#count++;
    }
    return selection;
  }

  #select(facts: number, runs: number): Selection {
    const strong: Told[] = [];
    const weak: Told[] = [];
    for (const rule of RULES) {
      const shape = SHAPES[rule.name] ?? {};
      if ((rule.anchors & facts) === 0 || !this.#types.has(rule.type) || !fits(shape, facts, runs)) continue;
      const context = rule.context ? CONTEXT_SOURCES.indexOf(rule.context.source) : -1;
      if (rule.context && (rule.strength === 'weak' || rule.needsContext)) weak.push({ rule, context });
      else {
        const isSoft = shape.strongWith !== undefined && (facts & shape.strongWith) === 0;
        strong.push({ rule, context: isSoft ? context : -1 });
      }
    }
    const isStrongTold = strong.some(({ context }) => context >= 0);
    return { strong, weak, isStrongTold, isAnyTold: isStrongTold || weak.length > 0 };
  }
}

/** Each alone is worth a look. */
const WORTH = AT | COLONS | CAPITAL_DIGIT | ASSIGNS | NAME | STREET | DOTTED | REGISTER;
const SECRET = LONG_WORD | TOKEN;
const MORE = DIGITS_6 | LETTER_DIGIT | DIGIT_LETTER | GROUPS;
const FOUR = 1 << 4;
const FIVE_AND_MORE = ALL_RUNS & ~31;

function tryRule(rule: Rule, text: string, label: string, found: Finding[]): void {
  matchesOf(rule, text, label, REPORTED_FROM, found);
}
