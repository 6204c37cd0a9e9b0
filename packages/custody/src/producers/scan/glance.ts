/**
 * The one walk over the bytes of a field: up to the end of each sentence it notes what stands in it, and by that whether
 * anything could be found there at all. Of a sentence with nothing no string is ever made.
 *
 * A fact may be noted where there is nothing to find (then `quick.ts` finds nothing), never the other way round: a property
 * test holds the two against the simple detector.
 */
import {
  ASSIGNS,
  AT,
  CAPITAL,
  CAPITAL_DIGIT,
  COLONS,
  DIGIT,
  DIGITS_4,
  DIGITS_6,
  DIGITS_9,
  LONG_WORD,
} from './anchor.ts';
import { ACT, classOfWord, CUE, NAMED, PLAIN } from './word-class.ts';

/** A word with a capital that may be a person's name. */
export const NAME = 1 << 10;
/** What an address starts with: a number before a capital, a street word, a word of postal codes and a digit. */
export const STREET = 1 << 11;
/** Three or more dots, each between two digits. */
export const DOTTED = 1 << 12;
/** A letter just before a run of digits. */
export const LETTER_DIGIT = 1 << 13;
/** A letter just behind one. */
export const DIGIT_LETTER = 1 << 14;
/** Two capitals just behind one. */
export const DIGIT_CAPITALS = 1 << 15;
/** `HRA` or `HRB` before a run of digits. */
export const REGISTER = 1 << 16;
/** Thirteen digits with at most three other characters between one and the next. */
export const DIGITS_13 = 1 << 17;
/** A word, or signs, that could be a secret. */
export const TOKEN = 1 << 18;
/** A quote or a backslash, which may be one half of an escape. */
export const ESCAPE = 1 << 19;
/** A byte beyond ASCII. */
export const WIDE = 1 << 20;
/** A plus sign just before a digit. */
export const PLUS = 1 << 21;
/** Three or more runs of digits with at most three other characters between one and the next. */
export const GROUPS = 1 << 22;
/** Two runs of digits near each other, five digits in all: the day and the year behind a month. */
export const PAIR = 1 << 23;
/** A day before a month: `5th of May`. */
export const DAY_MONTH = 1 << 24;
const POSTAL = 1 << 25;

/** What the last glance saw. */
export interface Seen {
  /** Anchors (anchor.ts), and the facts above. */
  facts: number;
  /** Bit n: there is a run of n digits; bit 29: of 29 or more. */
  runs: number;
  /** Where the sentence ends. */
  end: number;
}
export const seen: Seen = { facts: 0, runs: 0, end: 0 };
export const LONGEST_RUN = 29;
export const ALL_RUNS = (1 << 30) - 1;

const SPACE = 1;
const NUMERAL = 2;
const UPPER = 3;
const AT_SIGN = 4;
const COLON = 5;
const EQUALS = 6;
const BREAK = 7;
const BEYOND = 8;
const STOP = 9;
const JOINER = 10;
const QUOTE = 11;
const BACKSLASH = 12;
export const KIND = new Uint8Array(256);
for (let i = 48; i < 58; i++) KIND[i] = NUMERAL;
for (let i = 65; i < 91; i++) KIND[i] = UPPER;
KIND[32] = KIND[9] = KIND[10] = KIND[13] = SPACE;
KIND[64] = AT_SIGN;
KIND[58] = COLON;
KIND[61] = KIND[62] = EQUALS;
for (const char of ',;<()[]{}|') KIND[char.charCodeAt(0)] = BREAK;
for (const char of '"\'`') KIND[char.charCodeAt(0)] = QUOTE;
KIND[92] = BACKSLASH;
for (const char of '.!?') KIND[char.charCodeAt(0)] = STOP;
for (const char of '-/_') KIND[char.charCodeAt(0)] = JOINER;
for (let i = 0x80; i < 256; i++) KIND[i] = BEYOND;

/** 1: ASCII letter in lower case, 2: capital, 3: beyond ASCII. */
export const LETTER = new Uint8Array(256);
for (let i = 97; i < 123; i++) LETTER[i] = 1;
for (let i = 65; i < 91; i++) LETTER[i] = 2;
for (let i = 0x80; i < 256; i++) LETTER[i] = 3;

const LONG = 13;
const NEAR = 3;
/** A shorter word before a dot may be shortened: Dr. Jones, No. 7, St. James. */
const FEWEST_LETTERS = 4;

const pack = (text: string): number => (text.charCodeAt(0) << 16) | (text.charCodeAt(1) << 8) | text.charCodeAt(2);
const three = (bytes: Uint8Array, at: number): number =>
  ((bytes[at]! | 32) << 16) | ((bytes[at + 1]! | 32) << 8) | (bytes[at + 2]! | 32);
/** The last three letters of words that a number of an address follows. */
export const BEFORE_NUMBER: ReadonlySet<number> = new Set(
  'box apt ite lat ent nit psc ach ado lla zip ode plz cap tal'.split(' ').map(pack),
);
const ZIP = pack('zip');
const PLZ = pack('plz');
const POS = pack('pos');
const COR = pack('cor');
export const MONTHS: ReadonlySet<number> = new Set(
  'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ').map(pack),
);
/** `street`, `road`, `avenue`, `boulevard`, `lane`, `drive`: their first four letters. */
export const STREETS: ReadonlySet<number> = new Set(
  'stre road aven boul lane driv'.split(' ').map((text) => (pack(text) << 8) | text.charCodeAt(3)),
);
const isStreetWord = (bytes: Uint8Array, at: number): boolean =>
  STREETS.has((three(bytes, at) << 8) | (bytes[at + 3]! | 32));
/** Username, surname, names. */
const ENDS_IN_NAME: ReadonlySet<number> = new Set(['ame', 'mes'].map(pack));
export const AFTER_NUMBER: ReadonlySet<number> = new Set('rue via cal rua'.split(' ').map(pack));
/** The last two letters of the endings that surnames are told by. */
export const ENDINGS: ReadonlySet<number> = new Set(
  'ov va ev ki ka cz ch ko uk en on ir er st en nd rg om in nn au ux lt li ti ni ci ez es os is an ze li cu nu as lu od rd ey ld th ll ra ma ga'
    .split(' ')
    .map((text) => (text.charCodeAt(0) << 8) | text.charCodeAt(1)),
);

/**
 * Looks at the bytes from start on, to the end of the sentence or to `end`, and notes in `seen` what is there. The end of a
 * sentence is `. `, `! ` or `? ` behind a word of four lower case letters, or behind three digits and before a letter; `isWhole`: all is one sentence.
 * `isNamed`: what stands before the field's first word says that it could be a name.
 */
export function glance(bytes: Uint8Array, start: number, end: number, isWhole: boolean, isNamed: boolean): void {
  let facts = isPostal(bytes, start, end) ? POSTAL : 0;
  let runs = 0;
  let digits = 0;
  let groups = 0;
  let lastDigit = start - 99;
  let lastCapital = start - 99;
  let colons = 0;
  let dots = 0;
  let wordStart = start;
  // Where the last word with a capital ends, and whether its run has a word that is not plain.
  let capitalEnd = -1;
  let hasOther = false;
  let i = start;
  for (; i < end; i++) {
    const kind = KIND[bytes[i]!]!;
    if (kind === 0) continue;
    if (kind === SPACE) {
      if (i - wordStart >= LONG) facts |= longWord(bytes, wordStart, i);
      wordStart = i + 1;
      const next = bytes[i + 1]! | 32;
      if (next === 122 || next === 112) {
        if (isPostal(bytes, i + 1, end)) facts |= POSTAL;
      } else if (next === 111 || next === 97) {
        // "corner of", "APO A"
        if (
          (bytes[i - 1] === 114 && bytes[i + 2] === 102 && i - 6 >= start && three(bytes, i - 6) === COR) ||
          ((bytes[i - 1]! | 32) === 111 && (bytes[i - 2]! | 32) === 112)
        )
          facts |= STREET;
      }
    } else if (kind === STOP) {
      if (!isWhole && bytes[i + 1] === 32 && i + 2 < end && endsSentence(bytes, start, i)) {
        i += 2;
        break;
      }
      if (isPostal(bytes, i + 1, end)) facts |= POSTAL;
    } else if (kind === NUMERAL) {
      let stop = i + 1;
      while (stop < end && KIND[bytes[stop]!] === NUMERAL) stop++;
      const length = stop - i;
      runs |= 1 << (length > LONGEST_RUN ? LONGEST_RUN : length);
      const gap = i - lastDigit;
      if (gap <= NEAR + 1) {
        digits += length;
        if (++groups >= 3) facts |= GROUPS;
        if (digits >= 5) facts |= PAIR;
      } else {
        digits = length;
        groups = 1;
      }
      if (gap === 2 && bytes[i - 1] === 46) {
        if (++dots >= 3) facts |= DOTTED;
      }
      lastDigit = stop - 1;
      if (isPostal(bytes, stop, end)) facts |= POSTAL;
      facts |= DIGIT;
      if (digits >= 4) {
        facts |= DIGITS_4;
        if (digits >= 6)
          facts |= digits >= 9 ? (digits >= 13 ? DIGITS_13 | DIGITS_9 | DIGITS_6 : DIGITS_9 | DIGITS_6) : DIGITS_6;
      }
      if (i - lastCapital <= NEAR) facts |= CAPITAL_DIGIT;
      facts |= aroundNumber(bytes, start, end, i, stop);
      if (length <= 2 && isBeforeMonth(bytes, stop, end)) facts |= DAY_MONTH;
      i = stop - 1;
    } else if (kind === UPPER) {
      if (i - lastDigit <= NEAR) facts |= CAPITAL_DIGIT;
      let stop = i + 1;
      lastCapital = i;
      let isAllCapitals = true;
      for (; stop < end; stop++) {
        const letter = LETTER[bytes[stop]!]!;
        if (letter === 1) isAllCapitals = false;
        else if (letter === 2) lastCapital = stop;
        else break;
      }
      const next = stop < end ? bytes[stop]! : 0;
      if (stop - i > 1 || next === 46 || next >= 0x80) facts |= CAPITAL;
      else if (i > start && lastCapital > i) facts |= CAPITAL;
      if (bytes[i] === 65 && stop > i + 1 && LETTER[bytes[i + 1]!] === 2) facts |= TOKEN;
      // A number or a street word behind it makes an address of it.
      if (next === 32 || next === 46 || next === 39 || next === 45 || next >= 0x80) {
        if (next !== 32 || (bytes[stop + 1]! >= 48 && bytes[stop + 1]! <= 57) || isStreetWord(bytes, stop + 1)) {
          if (startsStreet(bytes, i, stop, end, isAllCapitals)) facts |= STREET;
        }
      }
      if ((facts & NAME) === 0 && stop > i) {
        const before = i > start ? bytes[i - 1]! : 32;
        if (startsWord(before)) {
          let what = 0;
          if (next >= 0x80 && (next !== 0xe2 || bytes[stop + 1] !== 0x80)) what = NAMED;
          else if (next === 39 && isContraction(bytes, stop, end)) what = PLAIN;
          else what = classOfWord(bytes, i, stop);
          // The capital goes on behind a dash or an apostrophe: Jean-Luc, O'Brien.
          if ((next === 39 || next === 45) && stop + 1 < end && LETTER[bytes[stop + 1]!]! > 1) what = NAMED;
          const isPlain = (what & PLAIN) !== 0;
          if (hasOther && !isGap(bytes, capitalEnd, i)) hasOther = false;
          if (!isPlain) {
            if (hasOther || (what & NAMED) !== 0 || (isNamed && i === start) || mayBeNamed(bytes, start, end, i, stop))
              facts |= NAME;
            hasOther = true;
          }
          capitalEnd = next === 46 && stop === i + 1 ? stop + 1 : stop;
        }
      }
      i = stop - 1;
    } else if (kind === BREAK) {
      if (i - wordStart >= LONG) facts |= longWord(bytes, wordStart, i);
      wordStart = i + 1;
      if (bytes[i] === 124 && bytes[i + 1] === 124) facts |= TOKEN;
      if (isPostal(bytes, i + 1, end)) facts |= POSTAL;
    } else if (kind === QUOTE) {
      // A backtick does not end a word.
      if (bytes[i] !== 96) {
        if (i - wordStart >= LONG) facts |= longWord(bytes, wordStart, i);
        wordStart = i + 1;
      }
      const next = bytes[i + 1];
      if (next === 44 || ((next === 32 || next === 9 || next === 10 || next === 13) && bytes[i + 2] === 44))
        facts |= TOKEN;
      if (bytes[i] === 34) facts |= ESCAPE;
      if (isPostal(bytes, i + 1, end)) facts |= POSTAL;
    } else if (kind === COLON) {
      facts |= ++colons >= 2 ? COLONS | ASSIGNS : ASSIGNS;
      if (isPostal(bytes, i + 1, end)) facts |= POSTAL;
    } else if (kind === AT_SIGN) facts |= AT;
    else if (kind === JOINER) {
      if (bytes[i] === 45 && bytes[i + 1] === 45) facts |= TOKEN;
      if (isPostal(bytes, i + 1, end)) facts |= POSTAL;
    } else if (kind === EQUALS) {
      facts |= ASSIGNS;
      if (i - wordStart >= LONG) facts |= longWord(bytes, wordStart, i);
      if (bytes[i] === 62) wordStart = i + 1;
    } else if (kind === BACKSLASH) facts |= ESCAPE;
    else {
      facts |= WIDE;
      if (isPostal(bytes, i + 1, end)) facts |= POSTAL;
      const byte = bytes[i]!;
      if (byte >= 0xc3 && byte < 0xf5) {
        // Of a letter beyond ASCII anchor.ts says that it may be a capital.
        if (byte !== 0xc3 || bytes[i + 1]! < 0x9f) facts |= CAPITAL;
        if (mayBeCapital(byte, bytes[i + 1]!)) {
          facts |= NAME;
          if (startsStreet(bytes, i, i + 1, end, false)) facts |= STREET;
        }
      }
    }
  }
  if (i - wordStart >= LONG) facts |= longWord(bytes, wordStart, i);
  if ((facts & (POSTAL | DIGIT)) === (POSTAL | DIGIT)) facts |= STREET;
  seen.facts = facts;
  seen.runs = runs;
  seen.end = i;
}

/** Does the dot behind a word of four small letters, or behind a number of three digits before a letter, end a sentence? */
function endsSentence(bytes: Uint8Array, start: number, at: number): boolean {
  if (at - FEWEST_LETTERS < start) return false;
  const letter = LETTER[bytes[at - 1]!]!;
  if (letter === 1) return LETTER[bytes[at - 2]!] === 1 && LETTER[bytes[at - 3]!] === 1 && LETTER[bytes[at - 4]!] === 1;
  const next = LETTER[bytes[at + 2]!]!;
  return (
    KIND[bytes[at - 1]!] === NUMERAL &&
    KIND[bytes[at - 2]!] === NUMERAL &&
    KIND[bytes[at - 3]!] === NUMERAL &&
    (next === 1 || next === 2)
  );
}

/** May a name start behind this byte? */
const startsWord = (before: number): boolean =>
  (LETTER[before] === 0 || LETTER[before] === 3) &&
  KIND[before] !== NUMERAL &&
  before !== 64 &&
  before !== 95 &&
  before !== 46 &&
  before !== 47;

/** A word of thirteen bytes and more: could a secret be in it? Letters alone, fewer than 34, are a word. */
function longWord(bytes: Uint8Array, start: number, end: number): number {
  if (end - start >= 64) return LONG_WORD | TOKEN;
  let ats = 0;
  let dots = 0;
  let points = 0;
  let others = 0;
  let letters = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    const kind = KIND[byte]!;
    if (LETTER[byte] !== 0) {
      letters++;
      if (byte === 65 && LETTER[bytes[i + 1]!] === 2) return LONG_WORD | TOKEN;
    } else if (kind === NUMERAL || kind === JOINER) others++;
    else if (byte === 46) {
      points++;
      if (ats > 0 && bytes[i + 1] !== 46) dots++;
    } else if (byte === 64) ats++;
    else return LONG_WORD | TOKEN;
  }
  if (letters === 0 && ats === 0) return LONG_WORD;
  // aabb.ccdd.eeff is a network card's.
  if (others === 0 && points >= 2 && letters >= 12) return LONG_WORD | TOKEN;
  // An address of mail.
  if (ats === 1 && dots > 0 && LETTER[bytes[end - 1]!]! > 0 && LETTER[bytes[end - 1]!]! < 3)
    return hasSlash(bytes, start, end) ? LONG_WORD | TOKEN : LONG_WORD;
  return others === 0 && ats === 0 && end - start < 34 ? LONG_WORD : LONG_WORD | TOKEN;
}

function hasSlash(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === 47 || bytes[i]! >= 0x80) return true;
  return false;
}

/** Does `zip`, `plz` or a word of post stand here? */
function isPostal(bytes: Uint8Array, at: number, end: number): boolean {
  const first = bytes[at]! | 32;
  if ((first !== 122 && first !== 112) || at + 2 >= end) return false;
  const start = three(bytes, at);
  if (start === ZIP) return !(LETTER[bytes[at + 3]!] === 1 || LETTER[bytes[at + 3]!] === 2) || at + 3 >= end;
  if (start === PLZ) return true;
  if (start !== POS || at + 4 >= end || (bytes[at + 3]! | 32) !== 116) return false;
  const next = bytes[at + 4]!;
  return (next | 32) === 99 || (next | 32) === 97 || ((KIND[next] === SPACE || next >= 0x80) && true);
}

/** What the bytes around a run of digits say. */
function aroundNumber(bytes: Uint8Array, start: number, end: number, from: number, stop: number): number {
  let facts = 0;
  let at = from - 1;
  if (at >= start) {
    const before = bytes[at]!;
    if (before === 43) facts |= PLUS;
    if (LETTER[before] !== 0) {
      facts |= LETTER_DIGIT;
      if (at - 2 >= start && BEFORE_NUMBER.has(three(bytes, at - 2))) facts |= STREET;
      if (at - 2 >= start && isRegister(bytes, at)) facts |= REGISTER;
      for (let n = 0; n < 2 && at >= start && LETTER[bytes[at]!] !== 0; n++) at--;
    }
    let gap = 0;
    while (gap < 4 && at >= start && isBeforeNumber(bytes[at]!)) {
      at--;
      gap++;
    }
    if (gap > 0 && at - 1 >= start) {
      if (
        (at - 2 >= start && BEFORE_NUMBER.has(three(bytes, at - 2))) ||
        ((bytes[at]! | 32) === 115 && (bytes[at - 1]! | 32) === 105)
      )
        facts |= STREET;
      if (at - 2 >= start && isRegister(bytes, at)) facts |= REGISTER;
    }
  }
  if (stop >= end) return facts;
  let next = bytes[stop]!;
  if (LETTER[next] !== 0) {
    facts |= DIGIT_LETTER;
    if (LETTER[next] === 2 && stop + 1 < end && LETTER[bytes[stop + 1]!] === 2) facts |= DIGIT_CAPITALS;
    stop++;
    next = bytes[stop]!;
  }
  if (next === 44) next = bytes[++stop]!;
  if (next !== 32) return facts;
  next = bytes[++stop]!;
  if (next === 32) next = bytes[++stop]!;
  if (stop >= end) return facts;
  if (LETTER[next]! > 1) return facts | STREET;
  if (KIND[next] === NUMERAL) {
    while (stop < end && KIND[bytes[stop]!] === NUMERAL) stop++;
    if (stop + 1 < end && bytes[stop] === 32 && LETTER[bytes[stop + 1]!]! > 1) facts |= STREET;
  } else if (stop + 2 < end && AFTER_NUMBER.has(three(bytes, stop))) facts |= STREET;
  return facts;
}

const isBeforeNumber = (byte: number): boolean =>
  byte === 32 ||
  byte === 58 ||
  byte === 35 ||
  byte === 46 ||
  byte === 9 ||
  byte === 10 ||
  byte === 13 ||
  byte === 160 ||
  byte === 0xc2;

const isRegister = (bytes: Uint8Array, at: number): boolean => {
  const last = bytes[at]! | 32;
  return (last === 97 || last === 98) && (bytes[at - 1]! | 32) === 114 && (bytes[at - 2]! | 32) === 104;
};

/** Behind a day: `th`, `of` and spaces may stand before the month. */
function isBeforeMonth(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from;
  if (at + 2 < end && LETTER[bytes[at]!] !== 0) at += 2;
  if (bytes[at] !== 32) return false;
  at++;
  if (at + 3 < end && (bytes[at]! | 32) === 111 && (bytes[at + 1]! | 32) === 102 && bytes[at + 2] === 32) at += 3;
  return at + 2 < end && MONTHS.has(three(bytes, at));
}

/** Does the word from start on, whose first letters end at `stop`, have a number or a street word behind it? */
function startsStreet(bytes: Uint8Array, start: number, stop: number, end: number, isAllCapitals: boolean): boolean {
  let at = stop;
  while (at < end) {
    const byte = bytes[at]!;
    if (LETTER[byte] === 0 && byte !== 46 && byte !== 39 && byte !== 45) break;
    at++;
  }
  if (at >= end || bytes[at] !== 32) return false;
  const next = bytes[at + 1]!;
  if (next >= 48 && next <= 57 && at + 1 < end) {
    if (isAllCapitals && at === stop) return false;
    // A month and a day are none: May 2023.
    const length = stop - start;
    const isMonth =
      length >= 3 &&
      length <= 10 &&
      (at === stop || (at === stop + 1 && bytes[stop] === 46)) &&
      MONTHS.has(three(bytes, start));
    return !isMonth;
  }
  return at + 4 < end && (stop - start > 1 || at > stop) && isStreetWord(bytes, at + 1);
}

/** `n't`, `'ll`, `'re`, `'ve`, `'d`, `'m` */
function isContraction(bytes: Uint8Array, at: number, end: number): boolean {
  const first = bytes[at + 1]!;
  const second = at + 2 < end ? bytes[at + 2]! : 32;
  if (first === 116 || first === 100 || first === 109) return LETTER[second] === 0;
  if ((first === 108 && second === 108) || ((first === 114 || first === 118) && second === 101))
    return at + 3 >= end || LETTER[bytes[at + 3]!] === 0;
  return false;
}

/** Between two words with capitals: one or two spaces, and small words such as `van der` and `de la`. */
function isGap(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from > 14 || to <= from) return false;
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    if (byte !== 32 && byte !== 9 && LETTER[byte] !== 1) return false;
  }
  return bytes[from] === 32 || bytes[from] === 9;
}

/** Of a word that no list knows: does it end like a surname, or do the words beside it say that it is a name? */
function mayBeNamed(bytes: Uint8Array, start: number, end: number, from: number, stop: number): boolean {
  const next = stop < end ? bytes[stop]! : 0;
  // "Jane: ", "Jane, “", "Jane's son"
  if (next === 58 || next === 39 || next === 0xe2) return true;
  if (next === 44) {
    let at = stop + 1;
    while (at < end && KIND[bytes[at]!] === SPACE && at < stop + 3) at++;
    if (at < end && (bytes[at] === 34 || bytes[at] === 39 || bytes[at]! >= 0x80)) return true;
  }
  if (next === 32 || next === 9 || next === 10 || next === 13 || next === 0xc2) {
    let at = stop + 1;
    while (at < end && KIND[bytes[at]!] === SPACE && at < stop + 3) at++;
    let wordEnd = at;
    while (wordEnd < end && LETTER[bytes[wordEnd]!] !== 0 && wordEnd < at + 12) wordEnd++;
    if (wordEnd > at && (classOfWord(bytes, at, wordEnd) & ACT) !== 0) return true;
  }
  if (from === start) return false;
  if (stop - from > 4 && ENDINGS.has(((bytes[stop - 2]! | 32) << 8) | (bytes[stop - 1]! | 32))) return true;
  let at = from - 1;
  while (at >= start && LETTER[bytes[at]!] === 0 && from - at < 5) at--;
  if (at < start) return false;
  if (LETTER[bytes[at]!] === 3) return true;
  let wordStart = at;
  while (wordStart > start && (LETTER[bytes[wordStart - 1]!] === 1 || LETTER[bytes[wordStart - 1]!] === 2)) wordStart--;
  if (at - wordStart >= 3 && ENDS_IN_NAME.has(three(bytes, at - 2))) return true;
  return (classOfWord(bytes, wordStart, at + 1) & CUE) !== 0;
}

/** May the character that starts with these bytes be a capital? Cases by the blocks of Unicode. */
function mayBeCapital(first: number, second: number): boolean {
  if (first === 0xc3) return second < 0x9f && second !== 0x97;
  if (first === 0xce) return second < 0xac;
  if (first === 0xcf) return second >= 0x8f;
  if (first === 0xd0) return second < 0xb0;
  if (first === 0xd1) return second >= 0xa0;
  // Punctuation and signs.
  if (first === 0xe2) return second >= 0x84;
  // Scripts of India and South East Asia, CJK, Hangul.
  if (first === 0xe0 || (first >= 0xe3 && first <= 0xe9) || (first >= 0xeb && first <= 0xed)) return false;
  return !(first === 0xf0 && second === 0x9f);
}
