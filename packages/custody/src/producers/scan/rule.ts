/**
 * A rule: a shape, what must hold of it, and how much it says.
 *
 * `proof`: the shape with its check is hardly ever anything else (an address with @, a number with two check digits).
 * `shape`: seldom anything else; a context word makes it sure.
 * `weak`: many other things look like it; alone it is not reported.
 */
import { DIGITS_6 } from './anchor.ts';
import type { Family } from './finding.ts';

export type Strength = 'proof' | 'shape' | 'weak';

export interface Rule {
  readonly type: string;
  readonly family: Family;
  readonly name: string;
  /** Global. Takes linear time: how far any start looks ahead is bounded. */
  readonly pattern: RegExp;
  /** The most that it can be; a check may say that it is less. */
  readonly strength: Strength;
  /** Anchors (anchor.ts) of which a text must have one. */
  readonly anchors: number;
  /** False: it is none. A strength: it is one, and the check makes it that strong. */
  readonly check?: (value: string, text: string, start: number) => boolean | Strength;
  /** Words that make it likely when they stand in the same sentence and field. */
  readonly context?: RegExp;
  /** Believed only with a context word; not for a column that is known to hold this type. */
  readonly needsContext?: boolean;
  /** Where the value ends whose first characters matched; null: it is none. For forms that an expression cannot measure. */
  readonly end?: (text: string, start: number) => number | null;
}

/** The confidence without and with a context word. */
export const CONFIDENCE: Readonly<Record<Strength, readonly [alone: number, told: number]>> = {
  proof: [0.95, 1],
  shape: [0.6, 0.9],
  weak: [0.2, 0.7],
};

/** A pattern that starts and ends at words, by Unicode's idea of letters: \b knows only ASCII's. */
export const word = (form: string, flags = 'giu'): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}_])(?:${form})(?![\\p{L}\\p{N}_])`, flags);

/** Not inside a longer run of digits. */
export const digits = (form: string): RegExp => new RegExp(`(?<!\\d)(?:${form})(?!\\d)`, 'g');

/** Context words, found where a word starts. */
export const said = (...words: readonly string[]): RegExp =>
  new RegExp(
    `(?<!\\p{L})(?:${words.map((text) => text.replace(/[.\\/]/g, '\\$&').replace(/ /g, '\\s{1,3}')).join('|')})`,
    'iu',
  );

export const rule = (
  type: string,
  name: string,
  pattern: RegExp,
  strength: Strength,
  more: Partial<Pick<Rule, 'check' | 'context' | 'end' | 'needsContext' | 'anchors'>> = {},
): Rule => ({ type, family: 'personal', name, pattern, strength, anchors: DIGITS_6, ...more });
