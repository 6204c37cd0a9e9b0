/**
 * The walk over delimited text in WebAssembly (AssemblyScript): finds fields and, by glancing at each sentence as
 * `src/producers/scan/glance.ts` does, those pieces in which anything could be found. Sixteen bytes at a time where nothing
 * stands but small letters, spaces and plain punctuation. `glance.ts` and `csv.ts` are the reference: what they say of a
 * field is what counts, and a property test holds the two against each other.
 *
 * Memory is laid out by `src/producers/scan/walk.ts`, which writes the tables.
 */

// Where things are in memory.
const POOL: usize = 0x100000;
const STARTS: usize = 0x110000;
const LENGTHS: usize = 0x118000;
const CLASSES: usize = 0x11c000;
/** By two bytes: endings of surnames. */
const ENDINGS: usize = 0x120000;
/** A byte of flags for each column. */
const COLUMNS: usize = 0x130000;
/** Records of nine numbers. */
const OUT: usize = 0x140000;
const OUT_MAX: i32 = 16_000;
/** Kinds and letters of bytes. */
const KINDS: usize = 0x1f0000;
const LETTERS: usize = 0x1f0100;
/** Sets of words by three letters, see `isIn`. */
const SETS: usize = 0x1f1000;

const AT: i32 = 1;
const COLONS: i32 = 2;
const DIGITS_4: i32 = 4;
const DIGITS_9: i32 = 8;
const CAPITAL_DIGIT: i32 = 16;
const CAPITAL: i32 = 32;
const LONG_WORD: i32 = 64;
const ASSIGNS: i32 = 128;
const DIGIT: i32 = 256;
const DIGITS_6: i32 = 512;
const NAME: i32 = 1 << 10;
const STREET: i32 = 1 << 11;
const DOTTED: i32 = 1 << 12;
const LETTER_DIGIT: i32 = 1 << 13;
const DIGIT_LETTER: i32 = 1 << 14;
const DIGIT_CAPITALS: i32 = 1 << 15;
const REGISTER: i32 = 1 << 16;
const DIGITS_13: i32 = 1 << 17;
const TOKEN: i32 = 1 << 18;
const ESCAPE: i32 = 1 << 19;
const WIDE: i32 = 1 << 20;
const PLUS: i32 = 1 << 21;
const GROUPS: i32 = 1 << 22;
const PAIR: i32 = 1 << 23;
const DAY_MONTH: i32 = 1 << 24;
const POSTAL: i32 = 1 << 25;

const PLAIN: i32 = 1;
const NAMED: i32 = 2;
const CUE: i32 = 4;
const ACT: i32 = 8;

const SPACE: u32 = 1;
const NUMERAL: u32 = 2;
const UPPER: u32 = 3;
const AT_SIGN: u32 = 4;
const COLON: u32 = 5;
const EQUALS: u32 = 6;
const BREAK: u32 = 7;
const STOP: u32 = 9;
const JOINER: u32 = 10;
const QUOTE: u32 = 11;
const BACKSLASH: u32 = 12;

/** Set numbers, as walk.ts writes them. */
const BEFORE_NUMBER: i32 = 0;
const MONTHS: i32 = 1;
const STREETS: i32 = 2;
const AFTER_NUMBER: i32 = 3;

// What the pieces must have to be worth a record: as QuickDetector.isClear says it.
let worth: i32 = 0;
let secret: i32 = 0;
let always: bool = false;

// Results of the last call.
let rowNow: i32 = 0;
let columnNow: i32 = 0;
let count: i32 = 0;
let fields: i32 = 0;
export function row(): i32 {
  return rowNow;
}
export function column(): i32 {
  return columnNow;
}
export function records(): i32 {
  return count;
}
export function fieldsRead(): i32 {
  return fields;
}
export function configure(worthFacts: i32, secretFacts: i32, isAlways: bool): void {
  worth = worthFacts;
  secret = secretFacts;
  always = isAlways;
}

// @ts-ignore: decorator
@inline function at(p: usize): u32 {
  return load<u8>(p);
}
// @ts-ignore: decorator
@inline function kindOf(byte: u32): u32 {
  return load<u8>(KINDS + byte);
}
// @ts-ignore: decorator
@inline function letterOf(byte: u32): u32 {
  return load<u8>(LETTERS + byte);
}
// @ts-ignore: decorator
@inline function three(p: usize): u32 {
  return ((at(p) | 32) << 16) | ((at(p + 1) | 32) << 8) | (at(p + 2) | 32);
}
/** Three packed letters are of these sets: a bit for each set, by five bits of each letter. May say so of others too. */
// @ts-ignore: decorator
@inline function isIn(set: i32, packed: u32): bool {
  const place = ((packed >> 16) & 31) << 10 | ((packed >> 8) & 31) << 5 | (packed & 31);
  return ((load<u8>(SETS + <usize>place) >> set) & 1) != 0;
}

function classOfWord(from: usize, to: usize): i32 {
  if (to - from > 40) return 0;
  let hash: u32 = 0x811c9dc5;
  for (let p = from; p < to; p++) hash = (hash ^ (at(p) | 32)) * 0x01000193;
  let slot = (hash ^ (hash >>> 15)) & 16383;
  const length = <u32>(to - from);
  for (;;) {
    const known = <u32>load<u8>(LENGTHS + slot);
    if (known == 0) return 0;
    if (known == length) {
      const start = POOL + <usize>load<u16>(STARTS + (<usize>slot << 1));
      let i: u32 = 0;
      while (i < length && load<u8>(start + i) == (at(from + i) | 32)) i++;
      if (i == length) return load<u8>(CLASSES + slot);
    }
    slot = (slot + 1) & 16383;
  }
  return 0;
}

let facts: i32 = 0;
let runs: i32 = 0;

// Separators of words by nibbles: see longWords in the loop.
// @ts-ignore: decorator
@inline function separators(v: v128): i32 {
  const low = v128.swizzle(
    i8x16(2, 0, 2, 0, 0, 0, 0, 2, 2, 3, 1, 28, 22, 25, 4, 0),
    v128.and(v, i8x16.splat(15)),
  );
  const high = v128.swizzle(i8x16(1, 0, 2, 4, 0, 8, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0), v128.and(i16x8.shr_u(v, 4), i8x16.splat(15)));
  return i8x16.bitmask(i8x16.ne(v128.and(low, high), i8x16.splat(0)));
}

/** Where the sentence starts in which `firstLoud` stopped. */
let sentence: usize = 0;

// @ts-ignore: decorator
@inline function maskOf(v: v128, byte: i8): i32 {
  return i8x16.bitmask(i8x16.eq(v, i8x16.splat(byte)));
}

/**
 * The first place from `from` on with anything but small letters, spaces, commas and the ends of sentences, or with a word
 * that `glance` must see: a long one, `zip`, `plz`, `pos`, "r o", "po a". `end` where there is none: then there is nothing.
 */
function firstLoud(from: usize, end: usize, isWhole: bool): usize {
  sentence = from;
  if (isPostal(from, end)) return from;
  let wordStart = from;
  // Bits of the sixteen bytes before, for what crosses.
  let spacesBefore: i32 = 0;
  let pBefore: i32 = 0;
  let oBefore: i32 = 0;
  let rBefore: i32 = 0;
  let zBefore: i32 = 0;
  let ilBefore: i32 = 0;
  for (let i = from; i < end; i += 16) {
    const v = v128.load(i);
    const spaceBits = i8x16.eq(v, i8x16.splat(32));
    const dotBits = v128.or(
      i8x16.eq(v, i8x16.splat(46)),
      v128.or(i8x16.eq(v, i8x16.splat(33)), i8x16.eq(v, i8x16.splat(63))),
    );
    const commaBits = i8x16.eq(v, i8x16.splat(44));
    const lower = i8x16.lt_u(i8x16.sub(v, i8x16.splat(97)), i8x16.splat(26));
    let loud = ~i8x16.bitmask(v128.or(v128.or(lower, spaceBits), v128.or(dotBits, commaBits))) & 0xffff;
    const spaces = i8x16.bitmask(spaceBits);
    const gaps = spaces | i8x16.bitmask(commaBits);
    const dots = i8x16.bitmask(dotBits);
    const left = end - i;
    const valid: i32 = left < 16 ? (1 << <i32>left) - 1 : 0xffff;
    // Each mask with the sixteen bits before it below, so that what crosses is seen.
    const g = (gaps << 16) | spacesBefore;
    const P = maskOf(v, 112);
    const O = maskOf(v, 111);
    const Z = maskOf(v, 122);
    const R = maskOf(v, 114);
    const IL = maskOf(v, 105) | maskOf(v, 108);
    const p = (P << 16) | pBefore;
    const o = (O << 16) | oBefore;
    const z = (Z << 16) | zBefore;
    const r = (R << 16) | rBefore;
    const il = (IL << 16) | ilBefore;
    const s = maskOf(v, 115) << 16;
    const a = maskOf(v, 97) << 16;
    const hits =
      ((g << 3) & (((p << 2) & (o << 1) & s) | ((z << 2) & (il << 1) & p) | ((p << 2) & (il << 1) & z))) |
      ((r << 2) & (g << 1) & o) |
      ((p << 3) & (o << 2) & (g << 1) & a);
    spacesBefore = gaps;
    pBefore = P;
    oBefore = O;
    zBefore = Z;
    rBefore = R;
    ilBefore = IL;
    loud |= hits >>> 16;
    // Words of thirteen bytes and more.
    if (spaces != 0) {
      const first = ctz(spaces);
      if (i + <usize>first - wordStart >= 13) loud |= 1 << first;
      if ((spaces & 0x3ffc) == 0 && (spaces & (spaces - 1)) != 0) loud |= 1 << (31 - clz(spaces));
      wordStart = i + <usize>(31 - clz(spaces)) + 1;
    }
    loud &= valid;
    let events = loud | (isWhole ? 0 : dots & valid);
    while (events != 0) {
      const bit = ctz(events);
      const at_ = i + <usize>bit;
      if (((loud >> bit) & 1) != 0) return at_;
      if (at(at_ + 1) == 32 && at_ + 2 < end && endsSentence(sentence, at_))
        sentence = at_ + 2;
      events &= events - 1;
    }
  }
  return end - wordStart >= 13 ? end - 1 : end;
}

/** The sentence from start on: sets facts and runs, gives where it ends. */
function glance(start: usize, end: usize, isWhole: bool, isNamed: bool): usize {
  facts = isPostal(start, end) ? POSTAL : 0;
  runs = 0;
  let digits: i32 = 0;
  let groups: i32 = 0;
  let lastDigit: usize = start - 99;
  let lastCapital: usize = start - 99;
  let colons: i32 = 0;
  let dots: i32 = 0;
  let wordStart = start;
  let capitalEnd: usize = 0;
  let hasOther = false;
  let i = start;
  while (i < end) {
    const v = v128.load(i);
    const folded = v128.or(v, i8x16.splat(32));
    const lower = i8x16.lt_u(i8x16.sub(v, i8x16.splat(97)), i8x16.splat(26));
    const quiet = v128.or(
      v128.or(lower, i8x16.eq(v, i8x16.splat(32))),
      v128.or(i8x16.eq(v, i8x16.splat(44)), v128.or(i8x16.eq(v, i8x16.splat(40)), i8x16.eq(v, i8x16.splat(41)))),
    );
    let loud = ~i8x16.bitmask(quiet) & 0xffff;
    const left = <i32>(end - i);
    const limit: i32 = left < 16 ? left : 16;
    if (limit < 16) loud &= (1 << limit) - 1;
    const to: i32 = loud != 0 ? ctz(loud) : limit;
    // Words that end before the next loud byte, and that byte itself if it ends one.
    const within: i32 = to < limit ? to + 1 : limit;
    let sep = separators(v) & ((1 << within) - 1);
    if (sep != 0) {
      const first = i + <usize>ctz(sep);
      if (first - wordStart >= 13) facts |= longWord(wordStart, first);
      // Two of them thirteen bytes apart.
      if ((sep & 0x3ffc) == 0 && (sep & (sep - 1)) != 0) {
        let rest = sep;
        let before = ctz(rest);
        rest &= rest - 1;
        while (rest != 0) {
          const next = ctz(rest);
          if (next - before - 1 >= 13) facts |= longWord(i + before + 1, i + next);
          before = next;
          rest &= rest - 1;
        }
      }
      wordStart = i + <usize>(31 - clz(sep)) + 1;
      // What starts with p, z or o behind a separator: post, zip, plz, "corner of"; "po" before one.
      const near = sep << 1;
      const zp = i8x16.bitmask(
        v128.or(i8x16.eq(folded, i8x16.splat(122)), i8x16.eq(folded, i8x16.splat(112))),
      );
      let hits = zp & near;
      while (hits != 0) {
        if (isPostal(i + <usize>ctz(hits), end)) facts |= POSTAL;
        hits &= hits - 1;
      }
      const os = i8x16.bitmask(i8x16.eq(folded, i8x16.splat(111)));
      hits = os & near;
      while (hits != 0) {
        const p = i + <usize>ctz(hits);
        if (at(p + 1) == 102 && p - 7 >= start && at(p - 2) == 114 && three(p - 7) == 0x636f72) facts |= STREET;
        hits &= hits - 1;
      }
      hits = sep;
      if ((sep & ~1 & (os << 1)) != 0 || (sep & 1) != 0) {
        hits = sep & ((os << 1) | 1);
        while (hits != 0) {
          const p = i + <usize>ctz(hits);
          if (p - 2 >= start && (at(p - 1) | 32) == 111 && (at(p - 2) | 32) == 112 && (at(p + 1) | 32) == 97) facts |= STREET;
          hits &= hits - 1;
        }
      }
      // A word that starts at the first byte of the next sixteen is seen here.
      if (((sep >> (within - 1)) & 1) != 0 && i + within < end) {
        const p = i + <usize>within;
        const c = at(p) | 32;
        if (c == 122 || c == 112) {
          if (isPostal(p, end)) facts |= POSTAL;
        } else if (c == 111 && at(p + 1) == 102 && p - 7 >= start && at(p - 2) == 114 && three(p - 7) == 0x636f72) facts |= STREET;
      }
    }
    i += to;
    if (to == limit) continue;
    const byte = at(i);
    const kind = kindOf(byte);
    if (kind == STOP) {
      if (!isWhole && at(i + 1) == 32 && i + 2 < end && endsSentence(start, i)) {
        i += 2;
        if (i - wordStart >= 13) facts |= longWord(wordStart, i);
        if ((facts & (POSTAL | DIGIT)) == (POSTAL | DIGIT)) facts |= STREET;
        return i;
      }
      if (isPostal(i + 1, end)) facts |= POSTAL;
      i++;
    } else if (kind == NUMERAL) {
      let stop = i + 1;
      while (stop < end && kindOf(at(stop)) == NUMERAL) stop++;
      const length = <i32>(stop - i);
      runs |= 1 << (length > 29 ? 29 : length);
      const gap = i - lastDigit;
      if (gap <= 4) {
        digits += length;
        if (++groups >= 3) facts |= GROUPS;
        if (digits >= 5) facts |= PAIR;
      } else {
        digits = length;
        groups = 1;
      }
      if (gap == 2 && at(i - 1) == 46 && ++dots >= 3) facts |= DOTTED;
      lastDigit = stop - 1;
      if (isPostal(stop, end)) facts |= POSTAL;
      facts |= DIGIT;
      if (digits >= 4) {
        facts |= DIGITS_4;
        if (digits >= 6) facts |= DIGITS_6;
        if (digits >= 9) facts |= DIGITS_9;
        if (digits >= 13) facts |= DIGITS_13;
      }
      if (i - lastCapital <= 3) facts |= CAPITAL_DIGIT;
      aroundNumber(start, end, i, stop);
      if (length <= 2 && isBeforeMonth(stop, end)) facts |= DAY_MONTH;
      i = stop;
    } else if (kind == UPPER) {
      if (i - lastDigit <= 3) facts |= CAPITAL_DIGIT;
      let stop = i + 1;
      lastCapital = i;
      let isAllCapitals = true;
      for (; stop < end; stop++) {
        const letter = letterOf(at(stop));
        if (letter == 1) isAllCapitals = false;
        else if (letter == 2) lastCapital = stop;
        else break;
      }
      const next: u32 = stop < end ? at(stop) : 0;
      if (stop - i > 1 || next == 46 || next >= 0x80) facts |= CAPITAL;
      if (byte == 65 && stop > i + 1 && letterOf(at(i + 1)) == 2) facts |= TOKEN;
      if (next == 32 || next == 46 || next == 39 || next == 45 || next >= 0x80) {
        if (startsStreet(i, stop, end, isAllCapitals)) facts |= STREET;
      }
      if ((facts & NAME) == 0) {
        const before: u32 = i > start ? at(i - 1) : 32;
        const letter = letterOf(before);
        if (
          (letter == 0 || letter == 3) &&
          kindOf(before) != NUMERAL &&
          before != 64 &&
          before != 95 &&
          before != 46 &&
          before != 47
        ) {
          let what: i32 = 0;
          if (next >= 0x80 && (next != 0xe2 || at(stop + 1) != 0x80)) what = NAMED;
          else if (next == 39 && isContraction(stop, end)) what = PLAIN;
          else what = classOfWord(i, stop);
          if ((next == 39 || next == 45) && stop + 1 < end && letterOf(at(stop + 1)) > 1) what = NAMED;
          if (hasOther && !isGap(capitalEnd, i)) hasOther = false;
          if ((what & PLAIN) == 0) {
            if (hasOther || (what & NAMED) != 0 || (isNamed && i == start) || mayBeNamed(start, end, i, stop)) facts |= NAME;
            hasOther = true;
          }
          capitalEnd = next == 46 && stop == i + 1 ? stop + 1 : stop;
        }
      }
      i = stop;
    } else {
      if (kind == QUOTE) {
        const next = at(i + 1);
        if (next == 44 || ((next == 32 || next == 9 || next == 10 || next == 13) && at(i + 2) == 44)) facts |= TOKEN;
        if (byte == 34) facts |= ESCAPE;
        if (isPostal(i + 1, end)) facts |= POSTAL;
      } else if (kind == COLON) {
        facts |= ++colons >= 2 ? COLONS | ASSIGNS : ASSIGNS;
        if (isPostal(i + 1, end)) facts |= POSTAL;
      } else if (kind == AT_SIGN) facts |= AT;
      else if (kind == JOINER) {
        if (byte == 45 && at(i + 1) == 45) facts |= TOKEN;
        if (isPostal(i + 1, end)) facts |= POSTAL;
      } else if (kind == EQUALS) facts |= ASSIGNS;
      else if (kind == BACKSLASH) facts |= ESCAPE;
      else if (kind == BREAK) {
        if (byte == 124 && at(i + 1) == 124) facts |= TOKEN;
      } else if (byte >= 0x80) {
        facts |= WIDE;
        if (isPostal(i + 1, end)) facts |= POSTAL;
        if (byte >= 0xc3 && byte < 0xf5) {
          const second = at(i + 1);
          if (byte != 0xc3 || second < 0x9f) facts |= CAPITAL;
          if (mayBeCapital(byte, second)) {
            facts |= NAME;
            if (startsStreet(i, i + 1, end, false)) facts |= STREET;
          }
        }
      }
      i++;
    }
  }
  if (i - wordStart >= 13) facts |= longWord(wordStart, i);
  if ((facts & (POSTAL | DIGIT)) == (POSTAL | DIGIT)) facts |= STREET;
  return i;
}

function longWord(start: usize, end: usize): i32 {
  if (end - start >= 64) return LONG_WORD | TOKEN;
  let ats = 0;
  let dots = 0;
  let points = 0;
  let others = 0;
  let letters = 0;
  let slashes = 0;
  for (let i = start; i < end; i++) {
    const byte = at(i);
    if (letterOf(byte) != 0) {
      letters++;
      if (byte >= 0x80) slashes++;
      if (byte == 65 && letterOf(at(i + 1)) == 2) return LONG_WORD | TOKEN;
    } else if (kindOf(byte) == NUMERAL || kindOf(byte) == JOINER) {
      others++;
      if (byte == 47) slashes++;
    } else if (byte == 46) {
      points++;
      if (ats > 0 && at(i + 1) != 46) dots++;
    } else if (byte == 64) ats++;
    else return LONG_WORD | TOKEN;
  }
  if (letters == 0 && ats == 0) return LONG_WORD;
  if (others == 0 && points >= 2 && letters >= 12) return LONG_WORD | TOKEN;
  const last = letterOf(at(end - 1));
  if (ats == 1 && dots > 0 && last > 0 && last < 3) return slashes > 0 ? LONG_WORD | TOKEN : LONG_WORD;
  return others == 0 && ats == 0 && end - start < 34 ? LONG_WORD : LONG_WORD | TOKEN;
}

function isPostal(p: usize, end: usize): bool {
  const first = at(p) | 32;
  if ((first != 122 && first != 112) || p + 2 >= end) return false;
  const start = three(p);
  if (start == 0x7a6970) {
    const after = letterOf(at(p + 3));
    return !(after == 1 || after == 2) || p + 3 >= end;
  }
  if (start == 0x706c7a) return true;
  if (start != 0x706f73 || p + 4 >= end || (at(p + 3) | 32) != 116) return false;
  const next = at(p + 4);
  return (next | 32) == 99 || (next | 32) == 97 || kindOf(next) == SPACE || next >= 0x80;
}

function isBeforeNumber(byte: u32): bool {
  return byte == 32 || byte == 58 || byte == 35 || byte == 46 || byte == 9 || byte == 10 || byte == 13 || byte == 160 || byte == 0xc2;
}

function isRegister(p: usize): bool {
  const last = at(p) | 32;
  return (last == 97 || last == 98) && (at(p - 1) | 32) == 114 && (at(p - 2) | 32) == 104;
}

function aroundNumber(start: usize, end: usize, from: usize, to: usize): void {
  let p = from - 1;
  if (p >= start) {
    const before = at(p);
    if (before == 43) facts |= PLUS;
    if (letterOf(before) != 0) {
      facts |= LETTER_DIGIT;
      if (p - 2 >= start) {
        if (isIn(BEFORE_NUMBER, three(p - 2))) facts |= STREET;
        if (isRegister(p)) facts |= REGISTER;
      }
      for (let n = 0; n < 2 && p >= start && letterOf(at(p)) != 0; n++) p--;
    }
    let gap = 0;
    while (gap < 4 && p >= start && isBeforeNumber(at(p))) {
      p--;
      gap++;
    }
    if (gap > 0 && p - 1 >= start) {
      if ((at(p) | 32) == 115 && (at(p - 1) | 32) == 105) facts |= STREET;
      if (p - 2 >= start) {
        if (isIn(BEFORE_NUMBER, three(p - 2))) facts |= STREET;
        if (isRegister(p)) facts |= REGISTER;
      }
    }
  }
  let stop = to;
  if (stop >= end) return;
  let next = at(stop);
  if (letterOf(next) != 0) {
    facts |= DIGIT_LETTER;
    if (letterOf(next) == 2 && stop + 1 < end && letterOf(at(stop + 1)) == 2) facts |= DIGIT_CAPITALS;
    next = at(++stop);
  }
  if (next == 44) next = at(++stop);
  if (next != 32) return;
  next = at(++stop);
  if (next == 32) next = at(++stop);
  if (stop >= end) return;
  if (letterOf(next) > 1) facts |= STREET;
  else if (kindOf(next) == NUMERAL) {
    while (stop < end && kindOf(at(stop)) == NUMERAL) stop++;
    if (stop + 1 < end && at(stop) == 32 && letterOf(at(stop + 1)) > 1) facts |= STREET;
  } else if (stop + 2 < end && isIn(AFTER_NUMBER, three(stop))) facts |= STREET;
}

function isBeforeMonth(from: usize, end: usize): bool {
  let p = from;
  if (p + 2 < end && letterOf(at(p)) != 0) p += 2;
  if (at(p) != 32) return false;
  p++;
  if (p + 3 < end && (at(p) | 32) == 111 && (at(p + 1) | 32) == 102 && at(p + 2) == 32) p += 3;
  return p + 2 < end && isIn(MONTHS, three(p));
}

function endsSentence(start: usize, p: usize): bool {
  if (p - 4 < start) return false;
  const letter = letterOf(at(p - 1));
  if (letter == 1) return letterOf(at(p - 2)) == 1 && letterOf(at(p - 3)) == 1 && letterOf(at(p - 4)) == 1;
  const next = letterOf(at(p + 2));
  return (
    kindOf(at(p - 1)) == NUMERAL &&
    kindOf(at(p - 2)) == NUMERAL &&
    kindOf(at(p - 3)) == NUMERAL &&
    (next == 1 || next == 2)
  );
}

// @ts-ignore: decorator
@inline function isStreetWord(p: usize): bool {
  return isIn(STREETS, three(p));
}

function startsStreet(start: usize, stop: usize, end: usize, isAllCapitals: bool): bool {
  let p = stop;
  while (p < end) {
    const byte = at(p);
    if (letterOf(byte) == 0 && byte != 46 && byte != 39 && byte != 45) break;
    p++;
  }
  if (p >= end || at(p) != 32) return false;
  const next = at(p + 1);
  if (next >= 48 && next <= 57 && p + 1 < end) {
    if (isAllCapitals && p == stop) return false;
    const length = stop - start;
    return !(
      length >= 3 &&
      length <= 10 &&
      (p == stop || (p == stop + 1 && at(stop) == 46)) &&
      isIn(MONTHS, three(start))
    );
  }
  return p + 4 < end && (stop - start > 1 || p > stop) && isStreetWord(p + 1);
}

function isContraction(p: usize, end: usize): bool {
  const first = at(p + 1);
  const second: u32 = p + 2 < end ? at(p + 2) : 32;
  if (first == 116 || first == 100 || first == 109) return letterOf(second) == 0;
  if ((first == 108 && second == 108) || ((first == 114 || first == 118) && second == 101))
    return p + 3 >= end || letterOf(at(p + 3)) == 0;
  return false;
}

function isGap(from: usize, to: usize): bool {
  if (to <= from || to - from > 14) return false;
  for (let p = from; p < to; p++) {
    const byte = at(p);
    if (byte != 32 && byte != 9 && letterOf(byte) != 1) return false;
  }
  return at(from) == 32 || at(from) == 9;
}

function mayBeNamed(start: usize, end: usize, from: usize, stop: usize): bool {
  const next: u32 = stop < end ? at(stop) : 0;
  if (next == 58 || next == 39 || next == 0xe2) return true;
  if (next == 44) {
    let p = stop + 1;
    while (p < end && kindOf(at(p)) == SPACE && p < stop + 3) p++;
    if (p < end && (at(p) == 34 || at(p) == 39 || at(p) >= 0x80)) return true;
  }
  if (next == 32 || next == 9 || next == 10 || next == 13 || next == 0xc2) {
    let p = stop + 1;
    while (p < end && kindOf(at(p)) == SPACE && p < stop + 3) p++;
    let wordEnd = p;
    while (wordEnd < end && letterOf(at(wordEnd)) != 0 && wordEnd < p + 12) wordEnd++;
    if (wordEnd > p && (classOfWord(p, wordEnd) & ACT) != 0) return true;
  }
  if (from == start) return false;
  if (stop - from > 4 && load<u8>(ENDINGS + <usize>(((at(stop - 2) | 32) << 8) | (at(stop - 1) | 32))) != 0) return true;
  let p = from - 1;
  while (p >= start && letterOf(at(p)) == 0 && from - p < 5) p--;
  if (p < start) return false;
  if (letterOf(at(p)) == 3) return true;
  let wordStart = p;
  while (wordStart > start) {
    const letter = letterOf(at(wordStart - 1));
    if (letter != 1 && letter != 2) break;
    wordStart--;
  }
  if (p - wordStart >= 3) {
    const ending = three(p - 2);
    if (ending == 0x616d65 || ending == 0x6d6573) return true;
  }
  return (classOfWord(wordStart, p + 1) & CUE) != 0;
}

function mayBeCapital(first: u32, second: u32): bool {
  if (first == 0xc3) return second < 0x9f && second != 0x97;
  if (first == 0xce) return second < 0xac;
  if (first == 0xcf) return second >= 0x8f;
  if (first == 0xd0) return second < 0xb0;
  if (first == 0xd1) return second >= 0xa0;
  if (first == 0xe2) return second >= 0x84;
  if (first == 0xe0 || (first >= 0xe3 && first <= 0xe9) || (first >= 0xeb && first <= 0xed)) return false;
  return !(first == 0xf0 && second == 0x9f);
}

function isTimestamp(start: usize, length: i32): bool {
  if (length < 10 || at(start + 4) != 45 || at(start + 7) != 45) return false;
  for (let i = 0; i < length && i < 19; i++) {
    const byte = at(start + i);
    if (i == 10) {
      if (byte != 84 && byte != 32) return false;
    } else if (i == 4 || i == 7) continue;
    else if (i == 13 || i == 16) {
      if (byte != 58) return false;
    } else if (byte < 48 || byte > 57) return false;
  }
  if (length != 10 && length < 19) return false;
  for (let i = 19; i < length; i++) {
    const byte = at(start + i);
    if (!((byte >= 48 && byte <= 57) || byte == 46 || byte == 90 || byte == 43 || byte == 45 || byte == 58)) return false;
  }
  return length <= 29 || at(start + 19) == 46;
}

function isPlainNumber(start: usize, end: usize): bool {
  let p = start;
  while (p < end && p < start + 2 && at(p) >= 65 && at(p) <= 90) p++;
  if (end - p > 12 || (at(start) == 68 && at(start + 1) == 69)) return false;
  for (; p < end; p++) if (at(p) < 48 || at(p) > 57) return false;
  return true;
}

// @ts-ignore: decorator
@inline function isClear(): bool {
  if ((facts & worth) != 0 || (facts & secret) == secret) return false;
  if ((facts & DIGITS_4) == 0) return true;
  return (
    (facts & (DIGITS_6 | LETTER_DIGIT | DIGIT_LETTER | GROUPS)) == 0 &&
    (runs & ~31) == 0 &&
    ((runs & 16) == 0 || (facts & (PAIR | DAY_MONTH)) == 0)
  );
}

/** Puts down the pieces of a field that are worth it; gives false where there is no more room. */
function field(input: usize, start: usize, end: usize, isQuoted: bool): bool {
  const length = <i32>(end - start);
  fields++;
  const flags: u32 = at(COLUMNS + <usize>columnNow);
  if (length <= 35) {
    if ((flags & 8) == 0 && isTimestamp(start, length)) return true;
    if ((flags & 4) != 0 && isPlainNumber(start, end)) return true;
  }
  const isWhole = length <= 96;
  const before = count;
  let from = start;
  const isEach = always || (flags & 1) != 0;
  while (from < end) {
    if (!isEach) {
      if (firstLoud(from, end, isWhole) >= end) return true;
      from = sentence;
    }
    const to = glance(from, end, isWhole, (flags & 2) != 0);
    if (isEach || (isQuoted && (facts & ESCAPE) != 0) || !isClear()) {
      if (count >= OUT_MAX) {
        count = before;
        fields--;
        return false;
      }
      const out = OUT + <usize>(count * 36);
      store<i32>(out, <i32>(from - input));
      store<i32>(out + 4, <i32>(to - input));
      store<i32>(out + 8, <i32>(start - input));
      store<i32>(out + 12, <i32>(end - input));
      store<i32>(out + 16, rowNow);
      store<i32>(out + 20, columnNow);
      store<i32>(out + 24, isQuoted ? 1 : 0);
      store<i32>(out + 28, facts);
      store<i32>(out + 32, runs);
      count++;
    }
    from = to;
  }
  return true;
}

/**
 * Reads whole fields from `input` on and gives how many bytes are done with. Stops before a field that is not whole, is
 * long, or is quoted in a way that needs the reader's judgement, and where records are full. `rows` and `columns` count on.
 */
export function csv(input: usize, length: i32, delimiter: u32, atRow: i32, atColumn: i32): i32 {
  rowNow = atRow;
  columnNow = atColumn;
  count = 0;
  fields = 0;
  const end = input + <usize>length;
  const delimiters = i8x16.splat(<i8>delimiter);
  let p = input;
  while (p < end) {
    const start = p;
    let stop: usize;
    let isQuoted = false;
    let from = start;
    if (at(start) == 34) {
      isQuoted = true;
      from = start + 1;
      stop = from;
      for (;;) {
        const hits = i8x16.bitmask(i8x16.eq(v128.load(stop), i8x16.splat(34)));
        if (hits == 0) {
          stop += 16;
          if (stop >= end) return <i32>(start - input);
          continue;
        }
        stop += <usize>ctz(hits);
        if (stop + 1 >= end) return <i32>(start - input);
        if (at(stop + 1) != 34) break;
        stop += 2;
        if (stop >= end) return <i32>(start - input);
      }
      const ending = at(stop + 1);
      if (ending != delimiter && ending != 10 && ending != 13) return <i32>(start - input);
    } else {
      stop = start;
      for (;;) {
        const v = v128.load(stop);
        const hits = i8x16.bitmask(
          v128.or(
            i8x16.eq(v, delimiters),
            v128.or(i8x16.eq(v, i8x16.splat(10)), i8x16.eq(v, i8x16.splat(13))),
          ),
        );
        if (hits == 0) {
          stop += 16;
          if (stop >= end) return <i32>(start - input);
          continue;
        }
        stop += <usize>ctz(hits);
        break;
      }
      if (stop >= end) return <i32>(start - input);
    }
    if (stop - from > 32768 || columnNow >= 65535) return <i32>(start - input);
    let after = isQuoted ? stop + 1 : stop;
    const ending = at(after);
    if (ending == 13 && (after + 1 >= end || at(after + 1) != 10)) return <i32>(start - input);
    if (stop > from && !field(input, from, stop, isQuoted)) return <i32>(start - input);
    p = after + 1;
    if (ending == delimiter) columnNow++;
    else {
      if (ending == 13) p++;
      rowNow++;
      columnNow = 1;
    }
  }
  return <i32>(p - input);
}
