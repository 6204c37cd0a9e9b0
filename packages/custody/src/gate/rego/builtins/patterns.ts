/** regex.* and glob.*, both on the linear-time engine. */
import { compileRegex, intersects, RegexSyntaxError, search, type Regex } from '../regex.ts';
import type { Budget } from '../runtime.ts';
import { type Value } from '../value.ts';
import { array, builtin, builtinError, small, string, type Builtin } from './operand.ts';

function regexOf(pattern: string): Regex {
  try {
    return compileRegex(pattern);
  } catch (error) {
    if (error instanceof RegexSyntaxError) throw builtinError(error.message);
    throw error;
  }
}

const points = (text: string): number[] => Array.from(text, (c) => c.codePointAt(0) as number);
const part = (text: readonly number[], from: number, to: number): string => {
  let out = '';
  for (let i = from; i < to; i++) out += String.fromCodePoint(text[i] as number);
  return out;
};

function matches(regex: Regex, text: string, budget: Budget): boolean {
  if (regex.plain !== null) {
    budget.step(1 + (text.length >> 6));
    return regex.plain.anchored ? text.startsWith(regex.plain.text) : text.includes(regex.plain.text);
  }
  return search(regex, points(text), 0, (count) => budget.step(count)) !== null;
}

type Found = readonly (number | undefined)[];

/** As Go's FindAll: an empty match right after a match is passed over. */
function all(regex: Regex, text: readonly number[], limit: number, budget: Budget): Found[] {
  const found: Found[] = [];
  let from = 0;
  let before = -1;
  while (from <= text.length && (limit < 0 || found.length < limit)) {
    const match = search(regex, text, from, (count) => budget.step(count));
    if (match === null) break;
    const [start = 0, end = 0] = match;
    if (start !== end || start !== before) found.push(match);
    before = end;
    from = end > start ? end : end + 1;
    // A search continues at `from`, but must not begin before it.
    if (end > start) from = end;
  }
  return found;
}

/** Go's Expand: $1, ${1}, $name, ${name}, $$. */
function expand(template: string, regex: Regex, text: readonly number[], match: Found): string {
  return template.replace(
    /\$(?:\$|\{(\w+)\}|(\w+))/g,
    (whole, braced: string | undefined, bare: string | undefined) => {
      if (whole === '$$') return '$';
      const name = braced ?? bare ?? '';
      const index = /^\d+$/.test(name) ? Number(name) : regex.names.indexOf(name);
      if (index < 0 || match[index * 2] === undefined) return '';
      return part(text, match[index * 2] as number, match[index * 2 + 1] as number);
    },
  );
}

/** Text in delimiters is a pattern; text around it is literal. */
function templateRegex(template: string, open: string, close: string): string {
  if ([...open].length !== 1 || [...close].length !== 1) throw builtinError('delimiter must be exactly one character');
  let level = 0;
  let from = 0;
  let pattern = '^';
  for (let i = 0; i < template.length; i++) {
    if (template[i] === open && level++ === 0) {
      pattern += escape(template.slice(from, i));
      from = i + 1;
    } else if (template[i] === close) {
      if (--level < 0) throw builtinError('unbalanced braces in template');
      if (level === 0) {
        pattern += `(${template.slice(from, i)})`;
        from = i + 1;
      }
    }
  }
  if (level !== 0) throw builtinError('unbalanced braces in template');
  return `${pattern}${escape(template.slice(from))}$`;
}

const escape = (text: string): string => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');

// --- glob (gobwas/glob) ---

const globs = new Map<string, string>();

function globToRegex(glob: string, delimiters: readonly string[]): string {
  const key = JSON.stringify([glob, delimiters]);
  const known = globs.get(key);
  if (known !== undefined) return known;
  const separators = delimiters.map((d) => d.replace(/[\\\]^-]/g, '\\$&')).join('');
  const one = separators === '' ? '(?s:.)' : `[^${separators}]`;
  let out = '';
  let depth = 0;
  const chars = Array.from(glob);
  for (let i = 0; i < chars.length; i++) {
    const c = chars[i] as string;
    if (c === '*') {
      if (chars[i + 1] === '*') {
        while (chars[i + 1] === '*') i++;
        out += '(?s:.)*';
      } else out += `${one}*`;
    } else if (c === '?') out += one;
    else if (c === '\\') {
      const next = chars[++i];
      if (next === undefined) throw builtinError('unexpected end of glob');
      out += escape(next);
    } else if (c === '[') {
      let end = i + 1;
      while (end < chars.length && chars[end] !== ']') end += chars[end] === '\\' ? 2 : 1;
      if (end >= chars.length) throw builtinError('unexpected end of glob: unclosed [');
      const body = chars.slice(i + 1, end).join('');
      const negated = body.startsWith('!');
      const set = (negated ? body.slice(1) : body).replace(/[\\\]^[]/g, (x) => (x === '\\' ? '\\' : `\\${x}`));
      if (set === '') throw builtinError('empty range in glob');
      out += `[${negated ? '^' : ''}${set}]`;
      i = end;
    } else if (c === '{') {
      depth++;
      out += '(?:';
    } else if (c === '}' && depth > 0) {
      depth--;
      out += ')';
    } else if (c === ',' && depth > 0) out += '|';
    else out += escape(c);
  }
  if (depth > 0) throw builtinError('unexpected end of glob: unclosed {');
  const pattern = `^(?:${out})$`;
  if (globs.size > 1000) globs.clear();
  globs.set(key, pattern);
  return pattern;
}

const globDelimiters = (value: Value): readonly string[] => {
  if (value === null) return [];
  const list = array([value], 1).map((item) => string([item], 1));
  if (list.some((item) => [...item].length !== 1)) throw builtinError('a delimiter is one character');
  return list.length === 0 ? ['.'] : list;
};

/** gintersect's language: characters, `.`, classes, each perhaps with `+` or `*`. */
function checkIntersectable(pattern: string): void {
  let open = false;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i];
    if (c === '\\') i++;
    else if (c === '[' && !open) open = true;
    else if (c === ']') {
      if (!open)
        throw builtinError(
          `input:${pattern}, pos:${i + 1}, set-close ']' with no preceding '[': the input provided is invalid`,
        );
      open = false;
    }
  }
  if (open) throw builtinError(`input:${pattern}: the input provided is invalid`);
}

const literalized = (pattern: string): string =>
  pattern.replace(/[(){}|^$?]/g, (c, at: number) => (/\[[^\]]*$/.test(pattern.slice(0, at)) ? c : `\\${c}`));

export const PATTERNS: readonly Builtin[] = [
  builtin('regex.match', 2, (args, budget) => matches(regexOf(string(args, 1)), string(args, 2), budget)),
  builtin('re_match', 2, (args, budget) => matches(regexOf(string(args, 1)), string(args, 2), budget)),
  builtin('regex.is_valid', 1, ([pattern]) => {
    if (typeof pattern !== 'string') return false;
    try {
      compileRegex(pattern);
      return true;
    } catch {
      return false;
    }
  }),
  builtin('regex.split', 2, (args, budget) => {
    const regex = regexOf(string(args, 1));
    const text = points(string(args, 2));
    const parts: string[] = [];
    let from = 0;
    let end = 0;
    if (string(args, 1).length > 0 && text.length === 0) return [''];
    for (const match of all(regex, text, -1, budget)) {
      end = match[0] as number;
      if (match[1] !== 0) parts.push(part(text, from, end));
      from = match[1] as number;
    }
    if (end !== text.length) parts.push(part(text, from, text.length));
    budget.grow(parts.length);
    return parts;
  }),
  builtin('regex.find_n', 3, (args, budget) => {
    const text = points(string(args, 2));
    return all(regexOf(string(args, 1)), text, small(args, 3), budget).map((m) =>
      part(text, m[0] as number, m[1] as number),
    );
  }),
  builtin('regex.find_all_string_submatch_n', 3, (args, budget) => {
    const regex = regexOf(string(args, 1));
    const text = points(string(args, 2));
    return all(regex, text, small(args, 3), budget).map((m) =>
      Array.from({ length: regex.groups + 1 }, (_, i) =>
        m[i * 2] === undefined ? '' : part(text, m[i * 2] as number, m[i * 2 + 1] as number),
      ),
    );
  }),
  builtin('regex.replace', 3, (args, budget) => {
    const regex = regexOf(string(args, 2));
    const text = points(string(args, 1));
    let out = '';
    let from = 0;
    for (const match of all(regex, text, -1, budget)) {
      out += part(text, from, match[0] as number) + expand(string(args, 3), regex, text, match);
      from = match[1] as number;
      budget.grow(out.length >> 3);
    }
    return out + part(text, from, text.length);
  }),
  builtin('regex.template_match', 4, (args, budget) =>
    matches(regexOf(templateRegex(string(args, 1), string(args, 3), string(args, 4))), string(args, 2), budget),
  ),
  builtin('regex.globs_match', 2, (args, budget) => {
    const [a, b] = [string(args, 1), string(args, 2)];
    checkIntersectable(a);
    checkIntersectable(b);
    return intersects(regexOf(literalized(a)), regexOf(literalized(b)), (count) => budget.step(count));
  }),
  builtin('glob.match', 3, (args, budget) =>
    matches(regexOf(globToRegex(string(args, 1), globDelimiters(args[1] as Value))), string(args, 3), budget),
  ),
  builtin('glob.quote_meta', 1, (args) => string(args, 1).replace(/[*?\\[\]{}]/g, '\\$&')),
];
