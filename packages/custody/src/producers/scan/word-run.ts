/** Runs of words with capitals: what a name of a person, a place or a company is made of. */
import { isPlace } from './gazetteer/place.ts';
import { COMMON_WORDS } from './gazetteer/word.ts';
import { matchesIn } from './match.ts';

export interface Run {
  readonly start: number;
  readonly end: number;
  /** As written, without possessive endings. */
  readonly words: readonly string[];
  /** Is this the first word of a sentence or line? Then its capital says nothing. */
  readonly isAtStart: boolean;
  /** Was a common word with a capital cut off in the middle of a sentence? Then it is a title or a brand. */
  readonly isCut: boolean;
}

/** Between parts of a name: "van der", "de la". */
const PARTICLE = '(?:van|von|der|den|de|del|della|di|da|dos|das|du|la|le|el|al|bin|ibn|ter|ten|zu|af|av)';
const CAPITAL = "(?:\\p{Lu}\\.(?=\\s)|\\p{Lu}[\\p{L}\\p{M}]*(?:['’-]\\p{Lu}[\\p{L}\\p{M}]*)*)";
const RUN = new RegExp(
  `(?<![\\p{L}\\p{N}@_./])${CAPITAL}(?:[ \\t]{1,2}(?:${PARTICLE}[ \\t]){0,2}${CAPITAL}){0,7}`,
  'gu',
);

/** All runs of a text, left to right. Common words at the start of a sentence are left out of them. */
export function* runsOf(text: string): Generator<Run> {
  for (const match of matchesIn(RUN, text)) {
    let { index: start } = match;
    let words = match[0].split(/[ \t]+/);
    const before = text.slice(Math.max(0, start - 3), start);
    let isAtStart =
      start === 0 || /[.!?:;>"“”(*\n\r]\s*$/.test(before) || (/^\s*$/.test(before.slice(-2)) && before.includes('\n'));
    const isContraction = /^[’'](?:t|ll|re|ve|d|m)(?!\p{L})/u.test(
      text.slice(start + match[0].length, start + match[0].length + 4),
    );
    if (isContraction) words = words.slice(0, -1);
    let isCut = false;
    while (words.length > 0 && isOnlyWord(words, isAtStart)) {
      start += words[0]!.length;
      while (/[ \t]/.test(text[start] ?? '')) start++;
      words = words.slice(1);
      isCut ||= !isAtStart;
      isAtStart = false;
    }
    let end = match.index + match[0].length;
    if (isContraction && words.length > 0) end = text.lastIndexOf(words.at(-1)!, end) + words.at(-1)!.length;
    while (words.length > 1 && COMMON_WORDS.has(words.at(-1)!.toLowerCase())) {
      end = text.lastIndexOf(words.at(-2)!, end - words.at(-1)!.length - 1) + words.at(-2)!.length;
      words = words.slice(0, -1);
    }
    if (words.length === 0) continue;
    yield { start, end, words, isAtStart, isCut };
  }
}

/** Of these a place may be called: New Zealand, South Africa. */
const OF_PLACES = new Set([
  'new',
  'north',
  'south',
  'east',
  'west',
  'northern',
  'southern',
  'upper',
  'lower',
  'great',
  'st',
  'san',
  'lake',
  'port',
]);

/** Is the first word none of the name? */
function isOnlyWord(words: readonly string[], isAtStart: boolean): boolean {
  const first = words[0]!.toLowerCase().replace(/[’']s?$/, '');
  if (!COMMON_WORDS.has(first)) return false;
  if (words.length > 1 && OF_PLACES.has(first)) return isAtStart && !isPlace(words.join(' ').toLowerCase());
  return true;
}

/**
 * A text without a capital, with capitals where a name could be, in the same places; null if the text has capitals.
 * Of such a text only what lists and words around it say is believed.
 */
export function capitalised(text: string): string | null {
  if (/\p{Lu}/u.test(text)) return null;
  const shadow = text.replace(/\p{Ll}[\p{L}\p{M}'’-]*/gu, (word) => {
    if (COMMON_WORDS.has(word)) return word;
    const first = word[0]!.toUpperCase();
    return first.length === 1 ? first + word.slice(1) : word;
  });
  return shadow;
}
