/** Strings, by code points as in Go, and sprintf. */
import { sprintf } from '../go-format.ts';
import { isInteger, floor, type Num } from '../number.ts';
import { isArray, RegoSet, toText, type Value } from '../value.ts';
import { renderTemplate } from '../go-template.ts';
import {
  array,
  builtin,
  builtinError,
  number,
  object,
  oneOf,
  small,
  string,
  strings,
  typeError,
  type Builtin,
} from './operand.ts';

const points = (text: string): string[] => Array.from(text);

const cut = (name: string, run: (text: string, cutset: Set<string>) => string): Builtin =>
  builtin(name, 2, (args) => run(string(args, 1), new Set(points(string(args, 2)))));

function trimLeft(text: string, cutset: Set<string>): string {
  const all = points(text);
  let from = 0;
  while (from < all.length && cutset.has(all[from] as string)) from++;
  return all.slice(from).join('');
}

function trimRight(text: string, cutset: Set<string>): string {
  const all = points(text);
  let to = all.length;
  while (to > 0 && cutset.has(all[to - 1] as string)) to--;
  return all.slice(0, to).join('');
}

/** Positions in code points at which `part` occurs; they may overlap. */
function indexes(text: string, part: string, first: boolean): number[] {
  const found: number[] = [];
  let counted = 0;
  let from = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    for (; from < at; counted++) from += (text.codePointAt(from) as number) > 0xffff ? 2 : 1;
    found.push(counted);
    if (first) break;
  }
  return found;
}

const affixes = (args: readonly Value[], position: number): string[] => {
  const value = args[position - 1] as Value;
  if (typeof value === 'string') return [value];
  if (!isArray(value) && !(value instanceof RegoSet)) throw oneOf(position, ['string', 'set', 'array'], value);
  return strings(args, position);
};

const anyAffix = (name: string, test: (text: string, affix: string) => boolean): Builtin =>
  builtin(name, 2, (args, budget) => {
    const texts = affixes(args, 1);
    const parts = affixes(args, 2);
    budget.step(texts.length * parts.length);
    return texts.some((text) => parts.some((part) => test(text, part)));
  });

function formatInteger(n: Num, base: number): string {
  if (![2, 8, 10, 16].includes(base)) throw builtinError('operand 2 must be one of {2, 8, 10, 16}');
  return (isInteger(n) ? BigInt(n) : BigInt(floor(n) as number | bigint) + (Number(String(n)) < 0 ? 1n : 0n)).toString(
    base,
  );
}

/** All pairs at once, the first of them that fits at a place; keys in order, as strings.NewReplacer does it. */
function replaceAll(text: string, pairs: readonly (readonly [string, string])[]): string {
  let out = '';
  let at = 0;
  let emptyBefore = false;
  while (at <= text.length) {
    // An empty key fits once at each place.
    const hit = pairs.find(([old]) => (old === '' ? !emptyBefore : text.startsWith(old, at)));
    emptyBefore = hit !== undefined && hit[0] === '';
    if (hit !== undefined) {
      out += hit[1];
      at += hit[0].length;
    } else {
      const c = text.codePointAt(at);
      out += c === undefined ? '' : String.fromCodePoint(c);
      at += c !== undefined && c > 0xffff ? 2 : 1;
    }
  }
  return out;
}

/** Go maps each character to one character: `ß` stays, `İ` becomes `i`. */
function mapped(text: string, map: (c: string) => string): string {
  // oxlint-disable-next-line no-control-regex
  if (/^[\u0000-\u007f]*$/.test(text)) return map(text);
  return Array.from(text, (c) => {
    const [first = c, ...more] = map(c);
    return more.length === 0 || c === 'İ' ? first : c;
  }).join('');
}

export const STRINGS: readonly Builtin[] = [
  builtin('concat', 2, (args, budget) => {
    const separator = string(args, 1);
    const text = strings(args, 2).join(separator);
    budget.grow(text.length);
    return text;
  }),
  builtin('contains', 2, (args) => string(args, 1).includes(string(args, 2))),
  builtin('startswith', 2, (args) => string(args, 1).startsWith(string(args, 2))),
  builtin('endswith', 2, (args) => string(args, 1).endsWith(string(args, 2))),
  builtin('format_int', 2, (args) => formatInteger(number(args, 1), small(args, 2))),
  builtin('indexof', 2, (args) => {
    const part = string(args, 2);
    if (part === '') throw builtinError('empty search character');
    return indexes(string(args, 1), part, true)[0] ?? -1;
  }),
  builtin('indexof_n', 2, (args) => {
    const part = string(args, 2);
    if (part === '') throw builtinError('empty search character');
    return indexes(string(args, 1), part, false);
  }),
  builtin('lower', 1, (args) => mapped(string(args, 1), (c) => c.toLowerCase())),
  builtin('upper', 1, (args) => mapped(string(args, 1), (c) => c.toUpperCase())),
  builtin('split', 2, (args, budget) => {
    const [text, by] = [string(args, 1), string(args, 2)];
    const parts = by === '' ? points(text) : text.split(by);
    budget.grow(parts.length);
    return parts;
  }),
  builtin('strings.split_n', 3, (args) => {
    const [text, by] = [string(args, 1), string(args, 2)];
    const n = small(args, 3);
    const parts = by === '' ? points(text) : text.split(by);
    // The first n parts; below zero, the last.
    return n === 0 ? [] : n > 0 ? parts.slice(0, n) : parts.slice(n);
  }),
  builtin('replace', 3, (args, budget) => {
    const [text, old, by] = [string(args, 1), string(args, 2), string(args, 3)];
    const count = old === '' ? points(text).length + 1 : text.split(old).length - 1;
    budget.grow(text.length + count * by.length);
    if (old === '')
      return (
        by +
        points(text)
          .map((c) => c + by)
          .join('')
      );
    return text.split(old).join(by);
  }),
  builtin('strings.replace_n', 2, (args, budget) => {
    const pairs = object(args, 1)
      .entries()
      .map(([old, by]) => {
        if (typeof old !== 'string') throw typeError('operand 1 non-string key found in pattern object');
        if (typeof by !== 'string') throw typeError('operand 1 non-string value found in pattern object');
        return [old, by] as const;
      });
    const text = string(args, 2);
    budget.step(text.length * pairs.length);
    const result = replaceAll(text, pairs);
    budget.grow(result.length);
    return result;
  }),
  builtin('strings.reverse', 1, (args) => points(string(args, 1)).reverse().join('')),
  builtin('strings.count', 2, (args) => {
    const [text, part] = [string(args, 1), string(args, 2)];
    return part === '' ? points(text).length + 1 : text.split(part).length - 1;
  }),
  builtin('substring', 3, (args) => {
    const text = points(string(args, 1));
    const offset = small(args, 2);
    const length = small(args, 3);
    if (offset < 0) throw builtinError('negative offset');
    return text.slice(offset, length < 0 ? undefined : offset + length).join('');
  }),
  cut('trim', (text, cutset) => trimRight(trimLeft(text, cutset), cutset)),
  cut('trim_left', trimLeft),
  cut('trim_right', trimRight),
  builtin('trim_prefix', 2, (args) => {
    const [text, affix] = [string(args, 1), string(args, 2)];
    return text.startsWith(affix) ? text.slice(affix.length) : text;
  }),
  builtin('trim_suffix', 2, (args) => {
    const [text, affix] = [string(args, 1), string(args, 2)];
    return affix !== '' && text.endsWith(affix) ? text.slice(0, -affix.length) : text;
  }),
  // Go's unicode.IsSpace: without U+FEFF, which JavaScript trims.
  builtin('trim_space', 1, (args) =>
    string(args, 1).replace(
      /^[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g,
      '',
    ),
  ),
  builtin('sprintf', 2, (args, budget) => {
    const text = sprintf(string(args, 1), array(args, 2));
    budget.grow(text.length);
    return text;
  }),
  anyAffix('strings.any_prefix_match', (text, affix) => text.startsWith(affix)),
  anyAffix('strings.any_suffix_match', (text, affix) => text.endsWith(affix)),
  builtin('strings.render_template', 2, (args, budget) => renderTemplate(string(args, 1), object(args, 2), budget)),
  builtin('internal.template_string', 1, (args) =>
    array(args, 1)
      .map((part) => (typeof part === 'string' ? part : toText(part)))
      .join(''),
  ),
];
