/**
 * A sound subset of YAML 1.2: block and flow collections, plain and quoted scalars, literal and folded blocks, comments.
 * What is outside it (anchors, tags, complex keys, several documents) is refused, never guessed.
 */
import { parseNumber } from './number.ts';
import { isArray, RegoObject, RegoSet, toJson, type Value } from './value.ts';

export class YamlSyntaxError extends Error {}

const DEPTH_MAX = 200;

interface Line {
  readonly indent: number;
  readonly text: string;
  readonly raw: string;
  readonly number: number;
}

const KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#&*!|>@`"'%,[\]{}?-][^#]*?|-[^\s#][^#]*?)\s*:(?:\s+(.*)|$)/;

class YamlParser {
  readonly #lines: Line[] = [];
  readonly #raw: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#raw = text.replace(/\r\n?/g, '\n').split('\n');
    let documents = 0;
    this.#raw.forEach((raw, number) => {
      const indent = /^ */.exec(raw)?.[0].length ?? 0;
      const content = withoutComment(raw.slice(indent)).trimEnd();
      if (content === '') return;
      if (content.startsWith('\t')) this.#fail('found a tab where indentation is expected', number);
      if (indent === 0 && (content === '---' || content === '...' || content.startsWith('%'))) {
        // Of several documents the first is read, as OPA does.
        if (content === '---' && this.#lines.length > 0) documents++;
        return;
      }
      if (documents > 0) return;
      this.#lines.push({ indent, text: content.startsWith('--- ') ? content.slice(4) : content, raw, number });
    });
  }

  #fail(what: string, number = this.#lines[this.#at]?.number ?? this.#raw.length - 1): never {
    throw new YamlSyntaxError(`yaml: line ${number + 1}: ${what}`);
  }

  parse(): Value {
    if (this.#lines.length === 0) return null;
    const value = this.#block(this.#lines[0]?.indent ?? 0, 0);
    if (this.#at < this.#lines.length) this.#fail('did not find expected content');
    return value;
  }

  #block(indent: number, depth: number): Value {
    if (depth > DEPTH_MAX) this.#fail('nested too deeply');
    const line = this.#lines[this.#at] as Line;
    if (line.text === '-' || line.text.startsWith('- ')) return this.#sequence(indent, depth);
    if (KEY.test(line.text)) return this.#mapping(indent, depth);
    this.#at++;
    return this.#scalar(line.text, indent - 1, depth);
  }

  #sequence(indent: number, depth: number): Value {
    const items: Value[] = [];
    for (;;) {
      const line = this.#lines[this.#at];
      if (line === undefined || line.indent < indent) return items;
      if (line.indent > indent || !(line.text === '-' || line.text.startsWith('- '))) {
        if (line.indent === indent) return items;
        this.#fail('bad indentation of a sequence entry');
      }
      items.push(this.#entry(line, indent, line.text.slice(1), depth));
    }
  }

  /** What follows `- `: on the same line as a block of its own, or on the lines below. */
  #entry(line: Line, indent: number, after: string, depth: number): Value {
    const rest = after.trimStart();
    if (rest === '') {
      this.#at++;
      const next = this.#lines[this.#at];
      return next !== undefined && next.indent > indent ? this.#block(next.indent, depth + 1) : null;
    }
    const inner = indent + 1 + (after.length - rest.length);
    if (rest === '-' || rest.startsWith('- ') || KEY.test(rest)) {
      this.#lines[this.#at] = { ...line, indent: inner, text: rest };
      return this.#block(inner, depth + 1);
    }
    this.#at++;
    return this.#scalar(rest, indent, depth);
  }

  #mapping(indent: number, depth: number): Value {
    const map = new Map<string, Value>();
    for (;;) {
      const line = this.#lines[this.#at];
      if (line === undefined || line.indent < indent) return RegoObject.ofStrings(map);
      const match = line.indent === indent ? KEY.exec(line.text) : null;
      if (match === null) return this.#fail('could not find expected ":"');
      const written = match[1] as string;
      const key = /^["']/.test(written) ? String(this.#flow(written)) : written;
      if (map.has(key)) this.#fail(`key ${JSON.stringify(key)} already set in map`);
      this.#at++;
      const rest = match[2] ?? '';
      if (rest !== '') {
        map.set(key, this.#scalar(rest, indent, depth));
        continue;
      }
      const next = this.#lines[this.#at];
      const isSequence =
        next !== undefined && next.indent === indent && (next.text === '-' || next.text.startsWith('- '));
      map.set(
        key,
        next !== undefined && (next.indent > indent || isSequence) ? this.#block(next.indent, depth + 1) : null,
      );
    }
  }

  #scalar(text: string, indent: number, depth: number): Value {
    if (/^[|>][-+]?\d?$/.test(text)) return this.#textBlock(text, indent);
    let whole = text;
    // Flow collections and scalars may go on over the following, deeper lines.
    for (;;) {
      const next = this.#lines[this.#at];
      if (next === undefined || next.indent <= indent) break;
      if (/^[^[{"']/.test(whole) && KEY.test(next.text)) this.#fail('mapping values are not allowed in this context');
      whole += ` ${next.text}`;
      this.#at++;
    }
    void depth;
    return this.#flow(whole);
  }

  #textBlock(header: string, indent: number): Value {
    const start = (this.#lines[this.#at - 1] as Line).number + 1;
    let end = start;
    const explicit = /\d/.exec(header)?.[0];
    let width = explicit === undefined ? -1 : indent + Number(explicit);
    const body: string[] = [];
    for (; end < this.#raw.length; end++) {
      const raw = this.#raw[end] as string;
      const own = /^ */.exec(raw)?.[0].length ?? 0;
      if (raw.trim() === '') {
        body.push(width >= 0 ? raw.slice(width) : '');
        continue;
      }
      if (width < 0) width = own;
      if (own < width || own <= indent) break;
      body.push(raw.slice(width));
    }
    while (this.#at < this.#lines.length && (this.#lines[this.#at] as Line).number < end) this.#at++;
    let last = body.length;
    while (last > 0 && (body[last - 1] as string).trim() === '') last--;
    const kept = body.slice(0, last);
    let text = kept.join('\n');
    if (header.startsWith('>')) text = text.replace(/([^\n])\n(?=[^\n \t])/g, '$1 ').replace(/\n\n/g, '\n');
    if (header.includes('-') || kept.length === 0) return text;
    return `${text}\n${header.includes('+') ? '\n'.repeat(Math.max(0, body.length - last - 1)) : ''}`;
  }

  #flow(text: string): Value {
    let at = 0;
    const space = (): void => {
      while (text[at] === ' ' || text[at] === '\t') at++;
    };
    const value = (depth: number, inside: boolean): Value => {
      if (depth > DEPTH_MAX) this.#fail('nested too deeply');
      space();
      const c = text[at];
      if (c === '[') {
        at++;
        const items: Value[] = [];
        for (;;) {
          space();
          if (text[at] === ']') return (at++, items);
          items.push(value(depth + 1, true));
          space();
          if (text[at] === ',') at++;
          else if (text[at] !== ']') this.#fail('did not find expected , or ]');
        }
      }
      if (c === '{') {
        at++;
        const map = new Map<string, Value>();
        for (;;) {
          space();
          if (text[at] === '}') return (at++, RegoObject.ofStrings(map));
          const key = value(depth + 1, true);
          space();
          if (text[at] === ':') {
            at++;
            map.set(typeof key === 'string' ? key : toJson(key), value(depth + 1, true));
          } else map.set(typeof key === 'string' ? key : toJson(key), null);
          space();
          if (text[at] === ',') at++;
          else if (text[at] !== '}') this.#fail('did not find expected , or }');
        }
      }
      if (c === '"') {
        const match = /"(?:[^"\\]|\\.)*"/y;
        match.lastIndex = at;
        const found = match.exec(text)?.[0];
        if (found === undefined) return this.#fail('found unexpected end of stream');
        at += found.length;
        try {
          return JSON.parse(
            found
              .replace(/\t/g, '\\t')
              .replace(/\\x([0-9a-fA-F]{2})/g, '\\u00$1')
              .replace(/\\0/g, '\\u0000')
              .replace(/\\e/g, '\\u001b')
              .replace(/\\ /g, ' '),
          ) as string;
        } catch {
          return this.#fail('found unknown escape character');
        }
      }
      if (c === "'") {
        const match = /'(?:[^']|'')*'/y;
        match.lastIndex = at;
        const found = match.exec(text)?.[0];
        if (found === undefined) return this.#fail('found unexpected end of stream');
        at += found.length;
        return found.slice(1, -1).replaceAll("''", "'");
      }
      if (c !== undefined && /[&*!|>@`%]/.test(c))
        this.#fail(`${JSON.stringify(c)} is outside the supported subset of YAML`);
      const start = at;
      while (at < text.length) {
        const d = text[at] as string;
        if (inside && (d === ',' || d === ']' || d === '}' || d === '[' || d === '{')) break;
        if (d === ':' && (at + 1 >= text.length || /[\s,\]}]/.test(text[at + 1] as string))) {
          if (inside) break;
          this.#fail('mapping values are not allowed in this context');
        }
        at++;
      }
      return plainScalar(text.slice(start, at).trim());
    };
    const result = value(0, false);
    space();
    if (at < text.length) this.#fail('did not find expected end of the value');
    return result;
  }
}

function withoutComment(text: string): string {
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (quote !== '') {
      if (c === '\\' && quote === '"') i++;
      else if (c === quote) quote = '';
    } else if ((c === '"' || c === "'") && (i === 0 || /[\s[{,:-]/.test(text[i - 1] as string))) quote = c;
    else if (c === '#' && (i === 0 || /\s/.test(text[i - 1] as string))) return text.slice(0, i);
  }
  return text;
}

function plainScalar(text: string): Value {
  if (/^(|~|null|Null|NULL)$/.test(text)) return null;
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (/^(false|False|FALSE)$/.test(text)) return false;
  if (/^0x[0-9a-fA-F]{1,12}$/.test(text)) return parseInt(text, 16);
  if (/^0o[0-7]{1,15}$/.test(text)) return parseInt(text.slice(2), 8);
  if (/^[-+]?(\d[\d]*(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/.test(text)) {
    const n = parseNumber(
      text
        .replace(/^\+/, '')
        .replace(/^(-?)\./, '$10.')
        .replace(/\.(?=$|[eE])/, ''),
    );
    if (n !== null) return n;
  }
  return text;
}

export const parseYaml = (text: string): Value => new YamlParser(text).parse();

export function printYaml(value: Value): string {
  /** As go-yaml writes it: plain where that reads back, several lines as a block, quoted otherwise. */
  const scalar = (v: Value, indent = ''): string => {
    if (typeof v !== 'string') return toJson(v);
    // oxlint-disable-next-line no-control-regex
    if (/[\u0000-\u0008\u000b-\u001f\u007f\u0085\u2028\u2029\ufeff]/.test(v)) return JSON.stringify(v);
    if (v.includes('\n')) {
      if (/^\s|\t/.test(v) || / \n/.test(v) || v.trim() === '') return JSON.stringify(v);
      const chomp = v.endsWith('\n\n') ? '+' : v.endsWith('\n') ? '' : '-';
      const lines = v.replace(/\n$/, '').split('\n');
      return `|${chomp}\n${lines.map((line) => (line === '' ? '' : `${indent}  ${line}`)).join('\n')}`;
    }
    const readsBack = (): boolean => plainScalar(v) === v && !/^(y|n|yes|no|on|off|true|false|null|~)$/i.test(v);
    const isPlain =
      v !== '' &&
      v === v.trim() &&
      !/^[-?:](?:\s|$)|^[,[\]{}#&*!|>'"%@`]|: |:$| #|^---|^\.\.\.|^<<$|^=$/.test(v) &&
      readsBack();
    if (isPlain) return v;
    // What would be taken for another type is quoted twice, what only looks like syntax once.
    return v === '' || !readsBack() ? JSON.stringify(v) : `'${v.replaceAll("'", "''")}'`;
  };
  const print = (v: Value, indent: string): string => {
    const list = v instanceof RegoSet ? v.values() : isArray(v) ? v : null;
    if (list !== null) {
      if (list.length === 0) return `${indent}[]\n`;
      return list
        .map((item) =>
          isEmpty(item)
            ? `${indent}- ${empty(item, (s) => scalar(s, indent))}\n`
            : `${indent}- ${print(item, `${indent}  `).slice(indent.length + 2)}`,
        )
        .join('');
    }
    if (v instanceof RegoObject) {
      if (v.size === 0) return `${indent}{}\n`;
      return v
        .entries()
        .map(([k, item]) => {
          const name = scalar(typeof k === 'string' ? k : toJson(k), indent);
          // A key of several lines is one that says so.
          if (name.startsWith('|')) {
            const below = isEmpty(item)
              ? `${empty(item, (s) => scalar(s, indent))}\n`
              : print(item, `${indent}  `).slice(indent.length + 2);
            return `${indent}? ${name}${name.endsWith('\n') ? '' : '\n'}${indent}: ${below}`;
          }
          if (isEmpty(item)) return `${indent}${name}: ${empty(item, (s) => scalar(s, indent))}\n`;
          return `${indent}${name}:\n${print(item, `${indent}  `)}`;
        })
        .join('');
    }
    return `${indent}${scalar(v, indent)}\n`;
  };
  return print(value, '');
}

const isEmpty = (value: Value): boolean =>
  isArray(value)
    ? value.length === 0
    : value instanceof RegoObject || value instanceof RegoSet
      ? value.size === 0
      : true;
const empty = (value: Value, scalar: (value: Value) => string): string =>
  isArray(value) || value instanceof RegoSet ? '[]' : value instanceof RegoObject ? '{}' : scalar(value);
