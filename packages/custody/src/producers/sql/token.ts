/**
 * SQL text to tokens, in one pass. Tokens live in parallel arrays (a 10 MB script has millions), parentheses are matched
 * while reading so that every later step can jump over a group in constant time, and nothing ever throws: what is not
 * closed ends where the text ends, with a diagnostic.
 */
import type { DialectTraits } from './dialect.ts';

export const T = {
  end: 0,
  word: 1,
  quoted: 2,
  string: 3,
  number: 4,
  /** A bind variable, session variable or stage: `:x`, `@x`, `$1`, `?`. */
  param: 5,
  open: 6,
  close: 7,
  comma: 8,
  dot: 9,
  semicolon: 10,
  openBracket: 11,
  closeBracket: 12,
  star: 13,
  equals: 14,
  colon: 15,
  cast: 16,
  arrow: 17,
  fatArrow: 18,
  assign: 19,
  less: 20,
  greater: 21,
  plus: 22,
  minus: 23,
  pipe: 24,
  /** What a template engine left behind: `{{ ref('orders') }}`. */
  template: 25,
  operator: 26,
} as const;

interface LexicalFault {
  readonly code: 'unclosed-string' | 'unclosed-identifier' | 'unclosed-comment' | 'unbalanced-parenthesis';
  readonly offset: number;
}

/** Parts of the text that hold no SQL words but may hold somebody's data. */
interface Opaque {
  readonly kind: 'comment' | 'data';
  readonly start: number;
  readonly end: number;
}

export class Tokens {
  readonly sql: string;
  readonly traits: DialectTraits;
  count = 0;
  kinds = new Uint8Array(256);
  starts = new Uint32Array(256);
  ends = new Uint32Array(256);
  /** For an opening parenthesis or bracket, the index of its closing one, or `count` where it is never closed. */
  closes = new Int32Array(256);
  /** The word in upper case; empty for a token that is not a word. */
  words: string[] = [];
  /** Where these tokens end: the end of the text, or of a part of it. */
  end: number;
  readonly faults: LexicalFault[] = [];
  readonly opaque: Opaque[] = [];

  constructor(sql: string, traits: DialectTraits) {
    this.sql = sql;
    this.traits = traits;
    this.end = sql.length;
  }

  kind(index: number): number {
    return index < this.count ? this.kinds[index]! : T.end;
  }

  word(index: number): string {
    return index < this.count ? this.words[index]! : '';
  }

  text(index: number): string {
    return index < this.count ? this.sql.slice(this.starts[index]!, this.ends[index]!) : '';
  }

  start(index: number): number {
    return index < this.count ? this.starts[index]! : this.end;
  }

  finish(index: number): number {
    return index < this.count ? this.ends[index]! : this.end;
  }

  /** The index after the group that opens here; one step for any other token. */
  after(index: number): number {
    const kind = this.kinds[index];
    return kind === T.open || kind === T.openBracket ? Math.min(this.closes[index]! + 1, this.count) : index + 1;
  }

  push(kind: number, start: number, end: number, word: string): void {
    if (this.count === this.kinds.length) this.grow();
    const index = this.count++;
    this.kinds[index] = kind;
    this.starts[index] = start;
    this.ends[index] = end;
    this.words.push(word);
  }

  private grow(): void {
    const size = this.kinds.length * 2;
    const kinds = new Uint8Array(size);
    const starts = new Uint32Array(size);
    const ends = new Uint32Array(size);
    const closes = new Int32Array(size);
    kinds.set(this.kinds);
    starts.set(this.starts);
    ends.set(this.ends);
    closes.set(this.closes);
    this.kinds = kinds;
    this.starts = starts;
    this.ends = ends;
    this.closes = closes;
  }
}

const BLANK = 1;
const LETTER = 2;
const DIGIT = 3;
const CLASS = new Uint8Array(128);
for (const code of [9, 10, 11, 12, 13, 32]) CLASS[code] = BLANK;
for (let code = 48; code <= 57; code++) CLASS[code] = DIGIT;
for (let code = 65; code <= 90; code++) CLASS[code] = CLASS[code + 32] = LETTER;
CLASS[95] = LETTER;

function isBlank(code: number): boolean {
  return code < 128 ? CLASS[code] === BLANK : code === 0xa0 || code === 0xfeff || code === 0x3000 || code === 0x200b;
}

function isWordStart(code: number): boolean {
  return code < 128 ? CLASS[code] === LETTER : !isBlank(code);
}

function isWordPart(code: number): boolean {
  return code < 128 ? CLASS[code]! >= LETTER || code === 36 : !isBlank(code);
}

/** Distinct words repeat; remembering their upper case is cheaper than making it. Bounded, so a hostile text cannot grow it. */
const UPPER = new Map<string, string>();
function upper(word: string): string {
  const known = UPPER.get(word);
  if (known !== undefined) return known;
  const made = word.toUpperCase();
  if (UPPER.size > 20_000) UPPER.clear();
  // A slice of the text would keep the whole text alive; the round trip makes a small string of its own.
  if (word.length < 64) UPPER.set(Buffer.from(word).toString(), made);
  return made;
}

/** Faults of the text are told up to this number; the parser's remarks need room, too. */
const MAX_FAULTS = 200;
const STRING_PREFIXES = new Set(['N', 'E', 'B', 'X', 'R', 'RB', 'BR', 'Q', 'NQ']);

/** A part of a script ends at a semicolon only where none of these has a meaning beyond it. */
const REACHES_OVER_SEMICOLONS = new Set(
  'BEGIN DECLARE PROCEDURE PROC FUNCTION TRIGGER PACKAGE TASK DELIMITER IF LOOP WHILE REPEAT FOR CASE END'.split(' '),
);

/**
 * Tokens from `from` to the end of the text, or, with `enough`, to the end of a statement after so many tokens: a large
 * script is read in parts, where it has no blocks. `tokens.end` says where to go on.
 */
export function tokenize(sql: string, traits: DialectTraits, from = 0, enough = Infinity): Tokens {
  const tokens = new Tokens(sql, traits);
  const length = sql.length;
  let stack = new Int32Array(64);
  let depth = 0;
  let at = from;
  let limit = enough;
  /** `COPY t FROM STDIN;` is followed by rows, not by SQL. */
  let statementStart = 0;

  const fault = (code: LexicalFault['code'], offset: number): void => {
    if (tokens.faults.length < MAX_FAULTS) tokens.faults.push({ code, offset });
  };

  /** The end of a quoted run that opens at `from`; a doubled quote stays inside. */
  const quotedEnd = (from: number, quote: number, escapes: boolean): number => {
    let i = from + 1;
    while (i < length) {
      const code = sql.charCodeAt(i);
      if (escapes && code === 92) i += 2;
      else if (code !== quote) i++;
      else if (sql.charCodeAt(i + 1) === quote) i += 2;
      else return i + 1;
    }
    fault('unclosed-string', from);
    return length;
  };

  const stringEnd = (from: number, prefix: string): number => {
    const quote = sql.charCodeAt(from);
    if (traits.tripleQuotes && sql.charCodeAt(from + 1) === quote && sql.charCodeAt(from + 2) === quote) {
      const fence = sql.slice(from, from + 3);
      let close = sql.indexOf(fence, from + 3);
      while (close > 0 && sql.charCodeAt(close - 1) === 92 && !prefix.includes('R'))
        close = sql.indexOf(fence, close + 1);
      if (close >= 0) return close + 3;
      fault('unclosed-string', from);
      return length;
    }
    if ((prefix === 'Q' || prefix === 'NQ') && from + 1 < length) {
      const opener = sql[from + 1]!;
      const closer = { '[': ']', '(': ')', '{': '}', '<': '>' }[opener] ?? opener;
      const close = sql.indexOf(`${closer}'`, from + 2);
      if (close >= 0) return close + 2;
      fault('unclosed-string', from);
      return length;
    }
    return quotedEnd(from, quote, prefix === 'E' || (traits.backslashEscapes && !prefix.includes('R')));
  };

  const identifierEnd = (from: number, closer: string): number => {
    let close = sql.indexOf(closer, from + 1);
    while (close >= 0 && sql[close + 1] === closer) close = sql.indexOf(closer, close + 2);
    if (close >= 0) return close + 1;
    fault('unclosed-identifier', from);
    return length;
  };

  let nested = traits.nestedComments;
  const commentEnd = (from: number): number => {
    if (!nested) {
      const close = sql.indexOf('*/', from + 2);
      if (close >= 0) return close + 2;
      fault('unclosed-comment', from);
      return length;
    }
    let level = 1;
    let i = from + 2;
    // Where a nested reading never closes, the plain one may: `/* a /* b */` is common in dialects that do not nest.
    const first = sql.indexOf('*/', i);
    while (i < length) {
      const code = sql.charCodeAt(i);
      if (code === 42 && sql.charCodeAt(i + 1) === 47) {
        i += 2;
        if (--level === 0) return i;
      } else if (code === 47 && sql.charCodeAt(i + 1) === 42) {
        level++;
        i += 2;
      } else i++;
    }
    if (first >= 0 && traits.name === 'ansi') {
      nested = false;
      return first + 2;
    }
    fault('unclosed-comment', from);
    return length;
  };

  /** `indexOf` that remembers its last answer, so that many openers without a closer cost one search, not one each. */
  const sought = new Map<string, { from: number; found: number }>();
  const seek = (needle: string, from: number): number => {
    const last = sought.get(needle);
    if (last && from >= last.from && (last.found < 0 || last.found >= from)) return last.found;
    const found = sql.indexOf(needle, from);
    sought.set(needle, { from, found });
    return found;
  };

  const lineEnd = (from: number): number => {
    const end = sql.indexOf('\n', from);
    return end < 0 ? length : end;
  };

  const afterOperand = (): boolean => {
    const kind = tokens.count > 0 ? tokens.kinds[tokens.count - 1]! : T.end;
    return (
      tokens.ends[tokens.count - 1] === at &&
      (kind === T.word || kind === T.quoted || kind === T.close || kind === T.closeBracket || kind === T.param)
    );
  };

  const wordEnd = (from: number): number => {
    let i = from;
    while (i < length) {
      const code = sql.charCodeAt(i);
      if (isWordPart(code)) {
        // `${env}` inside a name is a template's variable; `$` elsewhere belongs to the name.
        if (code === 36 && sql.charCodeAt(i + 1) === 123) {
          const close = seek('}', i);
          if (close < 0 || close - i > 200) return i + 1;
          i = close + 1;
        } else i++;
      } else if (code === 35 && traits.hashIdentifiers && i > from) i++;
      else break;
    }
    return i;
  };

  const open = (kind: number): void => {
    if (depth === stack.length) {
      const larger = new Int32Array(depth * 2);
      larger.set(stack);
      stack = larger;
    }
    stack[depth++] = tokens.count;
    tokens.push(kind, at, at + 1, '');
    at++;
  };

  const close = (kind: number): void => {
    const opener = kind === T.close ? T.open : T.openBracket;
    let level = depth - 1;
    // A stray bracket must not close a parenthesis, nor may a search for its partner cost more than a few steps.
    const floor = Math.max(0, depth - 8);
    while (level >= floor && tokens.kinds[stack[level]!] !== opener) level--;
    if (level >= floor) {
      for (let i = depth - 1; i >= level; i--) tokens.closes[stack[i]!] = tokens.count;
      depth = level;
      tokens.push(kind, at, at + 1, '');
    } else {
      fault('unbalanced-parenthesis', at);
      tokens.push(T.operator, at, at + 1, '');
    }
    at++;
  };

  while (at < length) {
    const code = sql.charCodeAt(at);
    if (isBlank(code)) {
      at++;
      continue;
    }
    const next = at + 1 < length ? sql.charCodeAt(at + 1) : 0;

    if (isWordStart(code)) {
      const end = wordEnd(at);
      const raw = sql.slice(at, end);
      const quote = end < length ? sql.charCodeAt(end) : 0;
      if (quote === 39 || (quote === 34 && traits.doubleQuoteIsString)) {
        const prefix = end - at <= 2 ? upper(raw) : '';
        if (STRING_PREFIXES.has(prefix) || (raw.startsWith('_') && traits.name === 'mysql')) {
          const close = stringEnd(end, prefix);
          tokens.push(T.string, at, close, '');
          at = close;
          continue;
        }
      }
      if (quote === 38 && (code === 85 || code === 117) && end === at + 1) {
        const mark = sql.charCodeAt(end + 1);
        if (mark === 39 || mark === 34) {
          const close = quotedEnd(end + 1, mark, false);
          tokens.push(mark === 39 ? T.string : T.quoted, mark === 39 ? at : end + 1, close, '');
          at = close;
          continue;
        }
      }
      tokens.push(T.word, at, end, upper(raw));
      at = end;
      continue;
    }

    if (CLASS[code] === DIGIT || (code === 46 && CLASS[next] === DIGIT && !afterOperand())) {
      const end = numberEnd(sql, at);
      // `2024_orders` is a name in the Hive family and MySQL, and so is `a.1b`.
      const tail = end < length && isWordPart(sql.charCodeAt(end)) && CLASS[code] === DIGIT;
      if (tail || (tokens.count > 0 && tokens.kinds[tokens.count - 1] === T.dot && afterDot(tokens, at))) {
        const close = wordEnd(at);
        const raw = sql.slice(at, close);
        tokens.push(T.word, at, close, upper(raw));
        at = close;
      } else {
        tokens.push(T.number, at, end, '');
        at = end;
      }
      continue;
    }

    switch (code) {
      case 39: {
        const end = stringEnd(at, '');
        tokens.push(T.string, at, end, '');
        at = end;
        continue;
      }
      case 34: {
        const end = traits.doubleQuoteIsString ? stringEnd(at, '') : identifierEnd(at, '"');
        tokens.push(traits.doubleQuoteIsString ? T.string : T.quoted, at, end, '');
        at = end;
        continue;
      }
      case 96: {
        const end = identifierEnd(at, '`');
        tokens.push(T.quoted, at, end, '');
        at = end;
        continue;
      }
      case 40:
        open(T.open);
        continue;
      case 41:
        close(T.close);
        continue;
      case 91:
        if (traits.bracketIdentifiers) {
          const end = identifierEnd(at, ']');
          tokens.push(T.quoted, at, end, '');
          at = end;
        } else open(T.openBracket);
        continue;
      case 93:
        close(T.closeBracket);
        continue;
      case 59: {
        tokens.push(T.semicolon, at, at + 1, '');
        at++;
        // Groups do not reach over the end of a statement: one missing `)` must not swallow the rest of a script.
        while (depth > 0) {
          fault('unbalanced-parenthesis', tokens.starts[stack[depth - 1]!]!);
          tokens.closes[stack[--depth]!] = tokens.count - 1;
        }
        if (isCopyFromStdin(tokens, statementStart)) {
          const mark = sql.indexOf('\n\\.', at);
          const end = mark < 0 ? length : mark + 3;
          tokens.opaque.push({ kind: 'data', start: at, end });
          at = end;
        }
        statementStart = tokens.count;
        if (tokens.count < limit) continue;
        if (tokens.words.some((word) => REACHES_OVER_SEMICOLONS.has(word))) {
          limit = Infinity;
          continue;
        }
        tokens.end = at;
        return tokens;
      }
      case 45:
        if (next === 45) {
          const end = lineEnd(at);
          tokens.opaque.push({ kind: 'comment', start: at, end });
          at = end;
          continue;
        }
        break;
      case 47:
        if (next === 42) {
          const end = commentEnd(at);
          tokens.opaque.push({ kind: 'comment', start: at, end });
          at = end;
          continue;
        }
        if (next === 47 && traits.slashComments) {
          const end = lineEnd(at);
          tokens.opaque.push({ kind: 'comment', start: at, end });
          at = end;
          continue;
        }
        break;
      case 35: {
        if (traits.hashComments) {
          const end = lineEnd(at);
          tokens.opaque.push({ kind: 'comment', start: at, end });
          at = end;
          continue;
        }
        if (traits.hashIdentifiers && (isWordStart(next) || (next === 35 && isWordStart(sql.charCodeAt(at + 2))))) {
          const end = wordEnd(at + (next === 35 ? 2 : 1));
          tokens.push(T.word, at, end, upper(sql.slice(at, end)));
          at = end;
          continue;
        }
        break;
      }
      case 36: {
        // `$1`, `$name`, `${name}` are variables; `$$` and `$tag$` open a string where the dialect has them.
        const tag = traits.dollarQuotes ? dollarTag(sql, at) : '';
        if (tag !== '') {
          const close = sql.indexOf(tag, at + tag.length);
          if (close < 0) fault('unclosed-string', at);
          const end = close < 0 ? length : close + tag.length;
          tokens.push(T.string, at, end, '');
          at = end;
          continue;
        }
        const end = wordEnd(at);
        const isName =
          next === 123 && (end < length ? sql.charCodeAt(end) === 46 || sql.charCodeAt(end - 1) !== 125 : false);
        tokens.push(isName ? T.word : T.param, at, end, isName ? upper(sql.slice(at, end)) : '');
        at = end;
        continue;
      }
      case 64: {
        let end = at + 1;
        while (end < length && sql.charCodeAt(end) === 64) end++;
        if (traits.name === 'snowflake') while (end < length && isStagePart(sql.charCodeAt(end))) end++;
        else end = wordEnd(end);
        tokens.push(end > at + 1 ? T.param : T.operator, at, end, '');
        at = end;
        continue;
      }
      case 63:
        tokens.push(afterOperand() ? T.operator : T.param, at, at + 1, '');
        at++;
        continue;
      case 123:
        if (next === 123 || next === 37 || next === 35) {
          const closer = next === 123 ? '}}' : next === 37 ? '%}' : '#}';
          const close = seek(closer, at + 2);
          if (close >= 0) {
            if (next === 123) tokens.push(T.template, at, close + 2, '');
            else tokens.opaque.push({ kind: 'comment', start: at, end: close + 2 });
            at = close + 2;
            continue;
          }
        }
        if (traits.name === 'clickhouse' && isWordStart(next)) {
          const close = seek('}', at);
          if (close >= 0 && close - at < 200) {
            tokens.push(T.param, at, close + 1, '');
            at = close + 1;
            continue;
          }
        }
        // `{'a': x}`: a struct.
        open(T.openBracket);
        continue;
      case 125:
        close(T.closeBracket);
        continue;
      case 37:
        if (next === 40 && !afterOperand()) {
          const close = seek(')s', at);
          if (close >= 0 && close - at < 100) {
            tokens.push(T.param, at, close + 2, '');
            at = close + 2;
            continue;
          }
        }
        break;
      case 44:
        tokens.push(T.comma, at, ++at, '');
        continue;
      case 46:
        tokens.push(T.dot, at, ++at, '');
        continue;
      case 42:
        tokens.push(T.star, at, ++at, '');
        continue;
      case 43:
        tokens.push(T.plus, at, ++at, '');
        continue;
      case 61:
        if (next === 62) {
          tokens.push(T.fatArrow, at, (at += 2), '');
          continue;
        }
        if (next === 61) {
          tokens.push(T.operator, at, (at += 2), '');
          continue;
        }
        tokens.push(T.equals, at, ++at, '');
        continue;
      case 58:
        if (next === 58) {
          tokens.push(T.cast, at, (at += 2), '');
          continue;
        }
        if (next === 61) {
          tokens.push(T.assign, at, (at += 2), '');
          continue;
        }
        if ((isWordStart(next) || CLASS[next] === DIGIT) && !afterOperand() && next < 128) {
          const end = wordEnd(at + 1);
          tokens.push(T.param, at, end, '');
          at = end;
          continue;
        }
        tokens.push(T.colon, at, ++at, '');
        continue;
      case 60:
        if (next === 61 || next === 62) {
          tokens.push(T.operator, at, (at += 2), '');
          continue;
        }
        tokens.push(T.less, at, ++at, '');
        continue;
      case 62:
        if (next === 61) {
          tokens.push(T.operator, at, (at += 2), '');
          continue;
        }
        tokens.push(T.greater, at, ++at, '');
        continue;
      case 124:
        if (next === 62) {
          tokens.push(T.pipe, at, (at += 2), '');
          continue;
        }
        tokens.push(T.operator, at, (at += next === 124 ? 2 : 1), '');
        continue;
    }
    if (code === 45) {
      if (next === 62) {
        const end = at + (sql.charCodeAt(at + 2) === 62 ? 3 : 2);
        tokens.push(end - at === 3 ? T.operator : T.arrow, at, end, '');
        at = end;
      } else tokens.push(T.minus, at, ++at, '');
      continue;
    }
    tokens.push(T.operator, at, ++at, '');
  }
  while (depth > 0) {
    const opener = stack[--depth]!;
    tokens.closes[opener] = tokens.count;
    fault('unbalanced-parenthesis', tokens.starts[opener]!);
  }
  return tokens;
}

function numberEnd(sql: string, from: number): number {
  let i = from;
  if (sql.charCodeAt(i) === 48 && (sql.charCodeAt(i + 1) | 32) === 120) {
    i += 2;
    while (i < sql.length && /[0-9a-fA-F_]/.test(sql[i]!)) i++;
    return i;
  }
  const digits = (): void => {
    while (
      i < sql.length &&
      (CLASS[sql.charCodeAt(i)] === DIGIT ||
        (sql.charCodeAt(i) === 95 && CLASS[sql.charCodeAt(i + 1)] === DIGIT && sql.charCodeAt(i - 1) !== 46))
    )
      i++;
  };
  digits();
  if (sql.charCodeAt(i) === 46 && sql.charCodeAt(i + 1) !== 46) {
    i++;
    digits();
  }
  if ((sql.charCodeAt(i) | 32) === 101) {
    const sign = sql.charCodeAt(i + 1);
    const first = sign === 43 || sign === 45 ? i + 2 : i + 1;
    if (CLASS[sql.charCodeAt(first)] === DIGIT) {
      i = first;
      digits();
    }
  }
  // Spark's `10L`, `1.5BD`; anything longer makes the whole run a name.
  const suffix = /^(?:BD|[LSYDFM])(?![\w$])/i.exec(sql.slice(i, i + 3));
  return suffix ? i + suffix[0].length : i;
}

/** A number right behind `name.` is a column such as `t.2024`; behind `).` or a blank it is a number. */
function afterDot(tokens: Tokens, at: number): boolean {
  return (
    tokens.ends[tokens.count - 1] === at &&
    tokens.count > 1 &&
    (tokens.kinds[tokens.count - 2] === T.word || tokens.kinds[tokens.count - 2] === T.quoted)
  );
}

function dollarTag(sql: string, at: number): string {
  let i = at + 1;
  while (i < sql.length && i - at < 64 && (isWordStart(sql.charCodeAt(i)) || CLASS[sql.charCodeAt(i)] === DIGIT)) i++;
  if (sql.charCodeAt(i) !== 36) return '';
  return i > at + 1 && CLASS[sql.charCodeAt(at + 1)] === DIGIT ? '' : sql.slice(at, i + 1);
}

function isStagePart(code: number): boolean {
  return isWordPart(code) || code === 46 || code === 47 || code === 45 || code === 126 || code === 37;
}

function isCopyFromStdin(tokens: Tokens, from: number): boolean {
  if (tokens.words[from] !== 'COPY') return false;
  for (let i = from + 1; i < tokens.count && i < from + 400; i++) {
    if (tokens.words[i] === 'FROM' && tokens.words[i + 1] === 'STDIN') return true;
  }
  return false;
}
