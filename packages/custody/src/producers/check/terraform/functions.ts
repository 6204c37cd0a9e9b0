/**
 * Terraform's functions (https://developer.hashicorp.com/terraform/language/functions), those that depend on nothing but
 * their arguments. Undefined where one is not known, was given what it does not take, or an argument is not known.
 */
import { createHash } from 'node:crypto';
import {
  equal,
  hasUnknown,
  isList,
  isObject,
  jsonOf,
  numberOf,
  objectOf,
  textOf,
  Unknown,
  valueOfJson,
} from './value.ts';
import type { Value, ValueObject } from './value.ts';

type Answer = Value | undefined;
type Of = (...args: readonly Value[]) => Answer;

/** These look at what is unknown themselves. */
const LENIENT = new Set(
  'jsonencode try can coalesce coalescelist concat merge lookup element length keys values tolist toset tomap sensitive nonsensitive compact flatten distinct list map format join setunion toset one zipmap yamlencode base64encode'.split(
    ' ',
  ),
);
const PRODUCT_MAX = 10_000;

export function callFunction(name: string, args: readonly Value[]): Answer {
  const plain = name.replace(/^core::/, '');
  if (!Object.hasOwn(FUNCTIONS, plain)) return undefined;
  if (!LENIENT.has(plain) && args.some(hasUnknown)) return undefined;
  return FUNCTIONS[plain]!(...args);
}

const listOf = (value: Value | undefined): readonly Value[] | undefined =>
  value !== undefined && isList(value) ? value : undefined;
const mapOf = (value: Value | undefined): ValueObject | undefined =>
  value !== undefined && isObject(value) ? value : undefined;
const text =
  (of: (value: string, ...more: string[]) => Answer): Of =>
  (...args) => {
    const texts = args.map(textOf);
    return texts.includes(null) || texts.length === 0 ? undefined : of(...(texts as [string, ...string[]]));
  };
const number =
  (of: (...values: number[]) => number): Of =>
  (...args) => {
    const numbers = args.map(numberOf);
    if (numbers.includes(null) || numbers.length === 0) return undefined;
    const answer = of(...(numbers as number[]));
    return Number.isFinite(answer) ? answer : undefined;
  };
const list =
  (of: (values: readonly Value[], ...more: Value[]) => Answer): Of =>
  (first, ...more) => {
    const values = listOf(first);
    return values === undefined ? undefined : of(values, ...more);
  };
const hash = (algorithm: string, encoding: 'hex' | 'base64') =>
  text((value) => createHash(algorithm).update(value).digest(encoding));

function distinct(values: readonly Value[]): Value[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const key = jsonOf(value);
    return seen.has(key) ? false : seen.add(key);
  });
}

const flatten = (values: readonly Value[]): Value[] =>
  values.flatMap((value) => (isList(value) ? flatten(value) : [value]));

function merged(maps: readonly Value[]): Answer {
  const known = maps.filter((map) => map !== null);
  // What an unknown map would add or replace is not known; what the others say is.
  if (known.some((map) => map instanceof Unknown)) return undefined;
  return known.every(isObject) ? objectOf(known.flatMap((map) => Object.entries(map as ValueObject))) : undefined;
}

function formatted(spec: string, args: readonly Value[]): Answer {
  let at = 0;
  let isBad = false;
  const made = spec.replace(/%%|%(\[(\d+)\])?[-+ #0]*\d*(?:\.(\d+))?([a-zA-Z])/g, (all, _, index, digits, verb) => {
    if (all === '%%') return '%';
    const value = args[index === undefined ? at++ : Number(index) - 1];
    if (value === undefined) return ((isBad = true), '');
    if (verb === 'q') return JSON.stringify(textOf(value) ?? jsonOf(value));
    const width = /^%[^\d]*0(\d+)/.exec(all)?.[1];
    const shown =
      verb === 'f' && digits !== undefined && typeof value === 'number'
        ? value.toFixed(Math.min(Number(digits), 20))
        : (textOf(value) ?? jsonOf(value));
    return width === undefined ? shown : shown.padStart(Math.min(Number(width), 100), '0');
  });
  return isBad ? undefined : made;
}

/** RE2's syntax of Terraform is JavaScript's for what configurations use; only short patterns on short texts are tried. */
function pattern(source: string, flags: string): RegExp | null {
  if (source.length > 200 || /\([^)]*[+*][^)]*\)[+*{]/.test(source)) return null;
  try {
    const inline = /^\(\?([ims]+)\)/.exec(source);
    return new RegExp(inline ? source.slice(inline[0].length) : source, flags + (inline?.[1] ?? ''));
  } catch {
    return null;
  }
}
const REGEX_TEXT_MAX = 2_000;

function range(args: readonly number[]): Answer {
  const [from, to, step] =
    args.length === 1
      ? [0, args[0]!, args[0]! < 0 ? -1 : 1]
      : [args[0]!, args[1]!, args[2] ?? (args[1]! < args[0]! ? -1 : 1)];
  if (step === 0 || Math.abs((to - from) / step) > PRODUCT_MAX) return undefined;
  const made: number[] = [];
  for (let i = from; step > 0 ? i < to : i > to; i += step) made.push(i);
  return made;
}

function product(sets: readonly (readonly Value[])[]): Answer {
  if (sets.reduce((count, set) => count * set.length, 1) > PRODUCT_MAX) return undefined;
  return sets.reduce<Value[][]>((made, set) => made.flatMap((row) => set.map((value) => [...row, value])), [[]]);
}

const compare = (a: Value, b: Value): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(textOf(a)) < String(textOf(b)) ? -1 : 1;

const FUNCTIONS: Readonly<Record<string, Of>> = {
  abs: number(Math.abs),
  ceil: number(Math.ceil),
  floor: number(Math.floor),
  log: number((value, base = Math.E) => Math.log(value) / Math.log(base)),
  max: number(Math.max),
  min: number(Math.min),
  pow: number((a, b = 1) => a ** b),
  signum: number(Math.sign),
  parseint: text((value, base = '10') => {
    const parsed = parseInt(value, Number(base));
    return Number.isNaN(parsed) ? undefined : parsed;
  }),

  chomp: text((value) => value.replace(/[\r\n]+$/, '')),
  lower: text((value) => value.toLowerCase()),
  upper: text((value) => value.toUpperCase()),
  title: text((value) =>
    value.replace(/(^|[^\p{L}\p{N}_'])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase()),
  ),
  trimspace: text((value) => value.trim()),
  trimprefix: text((value, prefix = '') => (value.startsWith(prefix) ? value.slice(prefix.length) : value)),
  trimsuffix: text((value, suffix = '') =>
    suffix !== '' && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value,
  ),
  trim: text((value, cut = '') => {
    const chars = new Set(cut);
    const all = [...value];
    let [from, to] = [0, all.length];
    while (from < to && chars.has(all[from]!)) from++;
    while (to > from && chars.has(all[to - 1]!)) to--;
    return all.slice(from, to).join('');
  }),
  startswith: text((value, part = '') => value.startsWith(part)),
  endswith: text((value, part = '') => value.endsWith(part)),
  strcontains: text((value, part = '') => value.includes(part)),
  strrev: text((value) => [...value].reverse().join('')),
  indent: (spaces, value) => {
    const [count, of] = [numberOf(spaces ?? null), textOf(value ?? null)];
    return count === null || of === null || count < 0 || count > 100
      ? undefined
      : of.replaceAll('\n', `\n${' '.repeat(count)}`);
  },
  substr: (value, from, length) => {
    const [of, start, count] = [textOf(value ?? null), numberOf(from ?? null), numberOf(length ?? null)];
    if (of === null || start === null || count === null) return undefined;
    const chars = [...of];
    const begin = start < 0 ? chars.length + start : start;
    return chars.slice(begin, count < 0 ? undefined : begin + count).join('');
  },
  replace: text((value, part = '', by = '') => {
    if (part.length <= 1 || !part.startsWith('/') || !part.endsWith('/')) return value.split(part).join(by);
    const regex = value.length > REGEX_TEXT_MAX ? null : pattern(part.slice(1, -1), 'g');
    return regex === null ? undefined : value.replace(regex, by.replace(/\$\{?(\w+)\}?/g, '$$$1'));
  }),
  regex: text((source, value = '') => {
    const found = value.length > REGEX_TEXT_MAX ? null : pattern(source, '')?.exec(value);
    if (!found) return undefined;
    if (found.groups !== undefined)
      return objectOf(Object.entries(found.groups).map(([key, one]) => [key, one ?? null]));
    return found.length > 1 ? found.slice(1).map((one) => one ?? null) : found[0];
  }),
  regexall: text((source, value = '') => {
    const regex = value.length > REGEX_TEXT_MAX ? null : pattern(source, 'g');
    if (regex === null) return undefined;
    return [...value.matchAll(regex)].map((found): Value =>
      found.length > 1 ? found.slice(1).map((one) => one ?? null) : found[0],
    );
  }),
  split: text((separator, value = '') => value.split(separator)),
  join: (separator, ...lists) => {
    const between = textOf(separator ?? null);
    const items = lists.every((one) => isList(one)) ? lists.flat().map((one) => textOf(one as Value)) : [null];
    return between === null || items.includes(null) ? undefined : items.join(between);
  },
  format: (spec, ...args) => (typeof spec === 'string' ? formatted(spec, args) : undefined),
  formatlist: (spec, ...args) => {
    const length = args.find(isList)?.length;
    if (typeof spec !== 'string' || length === undefined) return undefined;
    const rows = Array.from({ length }, (_, i) =>
      formatted(
        spec,
        args.map((arg) => (isList(arg) ? (arg[i] ?? null) : arg)),
      ),
    );
    return rows.some((row) => row === undefined) ? undefined : (rows as Value[]);
  },

  alltrue: list((values) => values.every((value) => value === true || value === 'true')),
  anytrue: list((values) => values.some((value) => value === true || value === 'true')),
  chunklist: list((values, size) => {
    const count = numberOf(size ?? null);
    if (count === null || count < 1) return undefined;
    return Array.from({ length: Math.ceil(values.length / count) }, (_, i) => values.slice(i * count, (i + 1) * count));
  }),
  coalesce: (...args) => {
    const found = args.find((value) => value !== null && value !== '');
    return found instanceof Unknown ? undefined : found;
  },
  coalescelist: (...args) => {
    const found = args.find((value) => value instanceof Unknown || (isList(value) && value.length > 0));
    return found instanceof Unknown ? undefined : found;
  },
  compact: list((values) => values.filter((value) => value !== null && value !== '')),
  concat: (...args) => (args.every(isList) ? args.flat() : undefined),
  contains: list((values, wanted) => values.some((value) => equal(value, wanted ?? null) === true)),
  distinct: list(distinct),
  element: list((values, at) => {
    const index = numberOf(at ?? null);
    return index === null || values.length === 0 ? undefined : values.at(index % values.length);
  }),
  flatten: list((values) => (values.some((value) => value instanceof Unknown) ? undefined : flatten(values))),
  index: list((values, wanted) => {
    const at = values.findIndex((value) => equal(value, wanted ?? null) === true);
    return at < 0 ? undefined : at;
  }),
  keys: (map) => (mapOf(map) === undefined ? undefined : Object.keys(mapOf(map)!).sort()),
  values: (map) => {
    const of = mapOf(map);
    return of === undefined
      ? undefined
      : Object.keys(of)
          .sort()
          .map((key) => of[key]!);
  },
  length: (value) => {
    if (value === undefined || value instanceof Unknown) return undefined;
    if (typeof value === 'string') return value.includes('${') ? undefined : [...value].length;
    return isList(value) ? value.length : isObject(value) ? Object.keys(value).length : undefined;
  },
  list: (...args) => args,
  lookup: (map, key, fallback) => {
    const [of, name] = [mapOf(map), key === undefined || key instanceof Unknown ? null : textOf(key)];
    if (of === undefined || name === null) return undefined;
    return name in of ? of[name] : fallback;
  },
  map: (...args) =>
    args.length % 2 === 0
      ? objectOf(Array.from({ length: args.length / 2 }, (_, i) => [textOf(args[2 * i]!) ?? '', args[2 * i + 1]!]))
      : undefined,
  matchkeys: list((values, keys, wanted) => {
    const [names, among] = [listOf(keys), listOf(wanted)];
    if (!names || !among) return undefined;
    return values.filter((_, i) => among.some((one) => equal(one, names[i] ?? null) === true));
  }),
  merge: (...args) => merged(args),
  one: list((values) => (values.length === 0 ? null : values.length === 1 ? values[0] : undefined)),
  range: (...args) => {
    const numbers = args.map(numberOf);
    return numbers.length === 0 || numbers.includes(null) ? undefined : range(numbers as number[]);
  },
  reverse: list((values) => [...values].reverse()),
  setintersection: (...args) =>
    args.every(isList)
      ? distinct(args[0]!.filter((value) => args.every((other) => other.some((one) => equal(one, value) === true))))
      : undefined,
  setproduct: (...args) => (args.every(isList) ? product(args) : undefined),
  setsubtract: list((values, others) =>
    listOf(others) === undefined
      ? undefined
      : distinct(values.filter((value) => !listOf(others)!.some((one) => equal(one, value) === true))),
  ),
  setunion: (...args) => (args.every(isList) ? distinct(args.flat()) : undefined),
  slice: list((values, from, to) => {
    const [start, end] = [numberOf(from ?? null), numberOf(to ?? null)];
    return start === null || end === null ? undefined : values.slice(start, end);
  }),
  sort: list((values) => [...values].sort(compare)),
  sum: list((values) => {
    const numbers = values.map(numberOf);
    return numbers.includes(null) ? undefined : (numbers as number[]).reduce((a, b) => a + b, 0);
  }),
  transpose: (map) => {
    const of = mapOf(map);
    if (of === undefined || !Object.values(of).every(isList)) return undefined;
    const made = new Map<string, Value[]>();
    for (const [key, values] of Object.entries(of))
      for (const value of values as readonly Value[])
        made.set(textOf(value) ?? '', [...(made.get(textOf(value) ?? '') ?? []), key]);
    return objectOf(made);
  },
  zipmap: list((keys, values) =>
    listOf(values) === undefined || keys.some((key) => key instanceof Unknown)
      ? undefined
      : objectOf(keys.map((key, i) => [textOf(key) ?? '', listOf(values)![i] ?? null])),
  ),

  base64decode: text((value) => Buffer.from(value, 'base64').toString('utf8')),
  base64encode: text((value) => (value.includes('${') ? undefined : Buffer.from(value).toString('base64'))),
  jsondecode: text((value) => {
    try {
      return valueOfJson(JSON.parse(value));
    } catch {
      return undefined;
    }
  }),
  jsonencode: (value) => (value === undefined || value instanceof Unknown ? undefined : jsonOf(value)),
  // JSON is YAML.
  yamlencode: (value) => (value === undefined || value instanceof Unknown ? undefined : jsonOf(value)),
  urlencode: text((value) => encodeURIComponent(value).replaceAll('%20', '+')),
  md5: hash('md5', 'hex'),
  sha1: hash('sha1', 'hex'),
  sha256: hash('sha256', 'hex'),
  sha512: hash('sha512', 'hex'),
  base64sha256: hash('sha256', 'base64'),
  base64sha512: hash('sha512', 'base64'),
  basename: text((value) => value.replace(/\/+$/, '').split('/').at(-1)),
  dirname: text((value) => (value.includes('/') ? value.slice(0, value.lastIndexOf('/')) || '/' : '.')),

  can: (value) => (value instanceof Unknown ? undefined : true),
  // The first that is known: an error in an earlier one cannot be told from what is not known.
  try: (...args) => args.find((value) => !(value instanceof Unknown)),
  sensitive: (value) => value,
  nonsensitive: (value) => value,
  tobool: (value) =>
    value === 'true'
      ? true
      : value === 'false'
        ? false
        : typeof value === 'boolean' || value === null
          ? value
          : undefined,
  tonumber: (value) => (value === undefined ? undefined : (numberOf(value) ?? (value === null ? null : undefined))),
  tostring: (value) =>
    value === undefined || value instanceof Unknown
      ? undefined
      : (textOf(value) ?? (value === null ? null : undefined)),
  tolist: list((values) => values),
  toset: list(distinct),
  tomap: (value) => mapOf(value),
};
