/** Text into tokens. Whitespace is not a token, but each token knows what lies before it: `p[x]` is not `p [x]`. */
import { RegoError, limitError, type Place } from './rego-error.ts';
import { parseNumber, type Num } from './number.ts';
import { wellFormed } from './value.ts';

export type Token =
  | { readonly type: 'word' | 'keyword' | 'symbol' | 'end'; readonly text: string; readonly at: At }
  | {
      readonly type: 'string';
      readonly text: string;
      readonly value: string;
      readonly at: At;
      readonly endLine?: number;
    }
  | { readonly type: 'number'; readonly text: string; readonly value: Num; readonly at: At }
  | {
      readonly type: 'template';
      readonly text: string;
      readonly parts: readonly (string | readonly Token[])[];
      readonly at: At;
      readonly endLine: number;
    };

interface At extends Place {
  readonly spaced: boolean;
}

export interface Lexed {
  readonly tokens: readonly Token[];
  readonly comments: readonly { readonly line: number; readonly text: string }[];
}

const KEYWORDS = new Set(
  'package import as default else not some with null true false if contains in every'.split(' '),
);
const SYMBOLS = [
  ':=',
  '==',
  '!=',
  '<=',
  '>=',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  ',',
  ';',
  ':',
  '.',
  '=',
  '<',
  '>',
  '+',
  '-',
  '*',
  '/',
  '%',
  '|',
  '&',
];
const TEMPLATE_DEPTH_MAX = 50;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const FRACTION = /\.\d+(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\n]|\\.)*"/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

export function lex(text: string, file: string): Lexed {
  const comments: { line: number; text: string }[] = [];
  let position = 0;
  let line = 1;
  let lineStart = 0;

  const place = (): Place => ({ file, line, column: position - lineStart + 1 });
  const fail = (what: string, remedy: string): never => {
    throw new RegoError('rego_parse_error', what, remedy, place());
  };

  function skipSpace(): boolean {
    const start = position;
    for (;;) {
      const c = text[position];
      if (c === '\n') {
        position++;
        line++;
        lineStart = position;
      } else if (c === ' ' || c === '\t' || c === '\r') position++;
      else if (c === '#') {
        let end = text.indexOf('\n', position);
        if (end < 0) end = text.length;
        comments.push({ line, text: text.slice(position + 1, end) });
        position = end;
      } else return position > start;
    }
  }

  function template(depth: number): readonly (string | readonly Token[])[] {
    if (depth > TEMPLATE_DEPTH_MAX) throw limitError(`template strings nested deeper than ${TEMPLATE_DEPTH_MAX}`);
    const quote = text[position++];
    const parts: (string | readonly Token[])[] = [];
    let chunk = '';
    for (;;) {
      const c = text[position];
      if (c === undefined || (c === '\n' && quote === '"')) fail('non-terminated template string', 'Close it.');
      if (c === quote) {
        position++;
        if (chunk !== '') parts.push(chunk);
        return parts;
      }
      if (c === '\\' && text[position + 1] === '{') {
        chunk += '{';
        position += 2;
      } else if (c === '\\' && quote === '"') {
        const next = text[position + 1] ?? '';
        if (next === 'u' && /^[0-9a-fA-F]{4}$/.test(text.slice(position + 2, position + 6))) {
          chunk += String.fromCharCode(parseInt(text.slice(position + 2, position + 6), 16));
          position += 6;
        } else if (ESCAPES[next] !== undefined) {
          chunk += ESCAPES[next];
          position += 2;
        } else fail('illegal escape in template string', 'Use one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX \\{.');
      } else if (c === '{') {
        position++;
        if (chunk !== '') parts.push(chunk);
        chunk = '';
        parts.push(tokensUntil('}', depth + 1));
      } else {
        if (c === '\n') {
          line++;
          lineStart = position + 1;
        }
        chunk += c;
        position++;
      }
    }
  }

  function one(spaced: boolean, depth: number): Token {
    const at: At = { ...place(), spaced };
    const c = text[position];
    if (c === undefined) return { type: 'end', text: 'end of file', at };
    WORD.lastIndex = position;
    const word = WORD.exec(text);
    if (word !== null) {
      position = WORD.lastIndex;
      // A keyword that begins a reference is a name: `contains.x`.
      const name =
        (text[position] === '.' && /[A-Za-z_]/.test(text[position + 1] ?? '')) ||
        (word[0] === 'contains' && text[position] === '(') ||
        // As the head of a rule: `contains["x"] := 1`.
        (KEYWORDS.has(word[0]) && text.startsWith('["', position) && lineStart === position - word[0].length);
      return { type: KEYWORDS.has(word[0]) && !name ? 'keyword' : 'word', text: word[0], at };
    }
    const fraction = c === '.' && /[\s[(,=:{]/.test(text[position - 1] ?? ' ') && /\d/.test(text[position + 1] ?? '');
    if ((c >= '0' && c <= '9') || fraction) {
      const pattern = fraction ? FRACTION : NUMBER;
      pattern.lastIndex = position;
      const match = pattern.exec(text)?.[0] ?? '';
      position += match.length;
      const value = parseNumber(fraction ? `0${match}` : match);
      if (/^0\d/.test(match) || /[A-Za-z_]/.test(text[position] ?? ''))
        fail('illegal number format', 'Write the number as JSON does.');
      if (value === null) return fail('number too large', 'Use fewer digits or a smaller exponent.');
      return { type: 'number', text: match, value, at };
    }
    if (c === '"') {
      STRING.lastIndex = position;
      const match = STRING.exec(text)?.[0];
      if (match === undefined)
        return fail('non-terminated string', 'Close it on the same line, or use a raw string in backquotes.');
      let value: string;
      try {
        value = wellFormed(JSON.parse(match.replace(/\t/g, '\\t')) as string);
      } catch {
        return fail(
          'illegal string escape sequence',
          'Use one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX, or a raw string.',
        );
      }
      position += match.length;
      return { type: 'string', text: match, value, at };
    }
    if (c === '`') {
      const end = text.indexOf('`', position + 1);
      if (end < 0) return fail('non-terminated raw string', 'Close it with a backquote.');
      const written = text.slice(position, end + 1);
      const value = text.slice(position + 1, end);
      for (let i = position; i < end; i++) {
        if (text[i] === '\n') {
          line++;
          lineStart = i + 1;
        }
      }
      position = end + 1;
      return { type: 'string', text: written, value: wellFormed(value), at, endLine: line };
    }
    if (c === '$' && (text[position + 1] === '"' || text[position + 1] === '`')) {
      const start = position++;
      const parts = template(depth);
      return { type: 'template', text: text.slice(start, position), parts, at, endLine: line };
    }
    const symbol = SYMBOLS.find((s) => text.startsWith(s, position));
    if (symbol === undefined)
      return fail(`illegal token ${JSON.stringify(c)}`, 'Remove the character, or put it in a string.');
    position += symbol.length;
    return { type: 'symbol', text: symbol, at };
  }

  /** Up to the closing symbol at this level, which is consumed; or to the end of the text. */
  function tokensUntil(close: '}' | null, depth: number): readonly Token[] {
    const tokens: Token[] = [];
    let open = 0;
    for (;;) {
      const spaced = skipSpace();
      const token = one(spaced, depth);
      if (token.type === 'end') {
        if (close !== null) fail('non-terminated template expression', 'Close it with }.');
        return [...tokens, token];
      }
      if (token.type === 'symbol' && token.text === '{') open++;
      if (token.type === 'symbol' && token.text === '}' && open-- === 0 && close !== null)
        return [...tokens, { type: 'end', text: 'end of template expression', at: token.at }];
      tokens.push(token);
    }
  }

  const tokens = tokensUntil(null, 0);
  return { tokens, comments };
}
