/** Methods of texts, lists and dicts, filters and tests, as far as templates of dbt use them. Null: not one of them. */
import {
  isList,
  isMap,
  isRelation,
  isUnknown,
  jsonOf,
  shown,
  truth,
  unknown,
  type Arguments,
  type Value,
} from './jinja-value.ts';

type Method = (of: Value, args: Arguments) => Value;

const LENGTH_MAX = 1_000_000;
const bounded = (text: string): string => (text.length > LENGTH_MAX ? text.slice(0, LENGTH_MAX) : text);
const textOf = (value: Value | undefined): string => (value === undefined ? '' : shown(value));

const onText =
  (method: (of: string, args: readonly Value[]) => Value): Method =>
  (of, { list }) =>
    typeof of === 'string'
      ? method(of, list)
      : unknown('a method of what is no text', { list: [of, ...list], named: new Map() });

const strip = (text: string, chars: Value | undefined, side: 'both' | 'left' | 'right'): string => {
  const set = typeof chars === 'string' ? new Set(chars) : null;
  const isCut = (c: string) => (set === null ? /\s/.test(c) : set.has(c));
  let [from, to] = [0, text.length];
  if (side !== 'right') while (from < to && isCut(text[from]!)) from++;
  if (side !== 'left') while (to > from && isCut(text[to - 1]!)) to--;
  return text.slice(from, to);
};

const replaced = (text: string, from: Value | undefined, to: Value | undefined): string => {
  const [what, by] = [textOf(from), textOf(to)];
  // What multiplies a text is cut before it is made.
  if (what === '' || text.length * Math.max(1, by.length) > LENGTH_MAX * 20) return text;
  return bounded(text.replaceAll(what, () => by));
};

/** `x.name(...)`. */
const METHODS: Readonly<Record<string, Method>> = {
  upper: onText((of) => of.toUpperCase()),
  lower: onText((of) => of.toLowerCase()),
  title: onText((of) => of.replace(/\b[a-z]/g, (c) => c.toUpperCase())),
  capitalize: onText((of) => of.charAt(0).toUpperCase() + of.slice(1).toLowerCase()),
  strip: onText((of, [chars]) => strip(of, chars, 'both')),
  lstrip: onText((of, [chars]) => strip(of, chars, 'left')),
  rstrip: onText((of, [chars]) => strip(of, chars, 'right')),
  replace: onText((of, [from, to]) => replaced(of, from, to)),
  startswith: onText((of, [start]) => of.startsWith(textOf(start))),
  endswith: onText((of, [end]) => of.endsWith(textOf(end))),
  split: onText((of, [by]) =>
    (by === undefined || by === null ? of.trim().split(/\s+/) : of.split(textOf(by) || ' ')).slice(0, 10_000),
  ),
  join: (of, { list: [items] }) =>
    items !== undefined && isList(items)
      ? joined(items, textOf(of))
      : unknown('join', { list: [of], named: new Map() }),
  format: (of, { list, named }) =>
    typeof of === 'string' ? formatted(of, list, named) : unknown('format', { list: [of, ...list], named }),
  items: (of) => (isMap(of) ? [...of].map(([key, value]) => [key, value]) : unknown('items')),
  keys: (of) => (isMap(of) ? [...of.keys()] : unknown('keys')),
  values: (of) => (isMap(of) ? [...of.values()] : unknown('values')),
  get: (of, { list: [key, otherwise] }) => (isMap(of) ? (of.get(textOf(key)) ?? otherwise ?? null) : unknown('get')),
  append: (of, { list: [item] }) => {
    if (!isList(of) || of.length >= 10_000) return null;
    // A list of a template is its own, and `append` is how templates build one.
    (of as Value[]).push(item ?? null);
    return null;
  },
  extend: (of, { list: [items] }) => {
    if (isList(of) && items !== undefined && isList(items) && of.length + items.length < 10_000)
      (of as Value[]).push(...items);
    return null;
  },
  update: (of, { list: [items] }) => {
    if (isMap(of) && items !== undefined && isMap(items))
      for (const [key, value] of items) (of as Map<string, Value>).set(key, value);
    return null;
  },
};

/** `'{}_{name}'.format(x, name=y)`. */
function formatted(text: string, list: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  if ([...list, ...named.values()].some(isUnknown)) return unknown('format', { list, named });
  let next = 0;
  return bounded(
    text.replace(/\{\{|\}\}|\{(\w*)(?::[^{}]*)?\}/g, (all: string, name: string | undefined) => {
      if (name === undefined) return all[0]!;
      const value = name === '' ? list[next++] : /^\d+$/.test(name) ? list[Number(name)] : named.get(name);
      return shown(value ?? null).slice(0, 10_000);
    }),
  );
}

/** `'%s-%d' | format(x, y)`. */
function percent(text: string, list: readonly Value[]): Value {
  if (list.some(isUnknown)) return unknown('format', { list, named: new Map() });
  let next = 0;
  return bounded(
    text.replace(/%(?:%|[-+ 0#]*\d*(?:\.\d+)?[sdifr])/g, (all) =>
      all === '%%' ? '%' : shown(list[next++] ?? null).slice(0, 10_000),
    ),
  );
}

const overNumbers = (of: Value, make: (numbers: readonly number[]) => number): Value => {
  const numbers = isList(of) ? of.filter((one) => typeof one === 'number') : [];
  return isList(of) && numbers.length === of.length && numbers.length > 0
    ? make(numbers)
    : unknown('a list of what are no numbers', { list: [of], named: new Map() });
};

const joined = (items: readonly Value[], by: string): Value => {
  if (items.some(isUnknown)) return unknown('a list of what is not known', { list: items, named: new Map() });
  let text = '';
  for (const [i, item] of items.entries()) {
    text += `${i > 0 ? by : ''}${shown(item)}`;
    if (text.length > LENGTH_MAX) return bounded(text);
  }
  return text;
};

export function methodOf(name: string): Method | null {
  return Object.hasOwn(METHODS, name) ? METHODS[name]! : null;
}

const same: Method = (of) => of;
const asList = (of: Value): readonly Value[] | null =>
  isList(of) ? of : isMap(of) ? [...of.keys()] : typeof of === 'string' ? [...of].slice(0, 10_000) : null;

/** `x | name(...)`. */
const FILTERS: Readonly<Record<string, Method>> = {
  ...Object.fromEntries(['upper', 'lower', 'title', 'capitalize', 'replace'].map((name) => [name, METHODS[name]!])),
  trim: METHODS['strip']!,
  join: (of, { list: [by] }) => {
    const list = asList(of);
    return list === null ? unknown('join', { list: [of], named: new Map() }) : joined(list, textOf(by));
  },
  default: (of, { list: [otherwise] }) =>
    of === null || (isUnknown(of) && of.texts.length === 0 && of.relations.length === 0) ? (otherwise ?? '') : of,
  as_text: same,
  as_bool: same,
  as_native: same,
  as_number: same,
  safe: same,
  string: (of) => (isUnknown(of) ? of : shown(of)),
  list: (of) => asList(of) ?? of,
  unique: (of) => {
    const list = asList(of);
    return list === null ? of : [...new Set(list)];
  },
  sort: (of) => {
    const list = asList(of);
    return list === null
      ? of
      : [...list].sort((a, b) =>
          typeof a === 'number' && typeof b === 'number' ? a - b : shown(a) < shown(b) ? -1 : 1,
        );
  },
  reverse: (of) => {
    const list = asList(of);
    return list === null ? of : [...list].reverse();
  },
  first: (of) => asList(of)?.[0] ?? (isUnknown(of) ? of : null),
  last: (of) => asList(of)?.at(-1) ?? (isUnknown(of) ? of : null),
  length: (of) => asList(of)?.length ?? (isUnknown(of) ? of : 0),
  count: (of) => asList(of)?.length ?? (isUnknown(of) ? of : 0),
  int: (of) => (isUnknown(of) ? of : Number.parseInt(shown(of), 10) || 0),
  float: (of) => (isUnknown(of) ? of : Number.parseFloat(shown(of)) || 0),
  abs: (of) => (typeof of === 'number' ? Math.abs(of) : of),
  round: (of, { list: [digits] }) =>
    typeof of === 'number'
      ? Number(of.toFixed(typeof digits === 'number' && digits >= 0 && digits < 20 ? digits : 0))
      : of,
  sum: (of) => overNumbers(of, (numbers) => numbers.reduce((sum, one) => sum + one, 0)),
  min: (of) => overNumbers(of, (numbers) => numbers.reduce((least, one) => Math.min(least, one))),
  max: (of) => overNumbers(of, (numbers) => numbers.reduce((most, one) => Math.max(most, one))),
  format: (of, { list, named }) =>
    typeof of === 'string' ? percent(of, list) : unknown('format', { list: [of, ...list], named }),
  tojson: (of) => (isUnknown(of) ? of : bounded(JSON.stringify(jsonOf(of)) ?? 'null')),
  indent: same,
  map: (of, { list, named }) => {
    const items = asList(of);
    const [name, ...rest] = list;
    const attribute = named.get('attribute');
    if (items === null) return of;
    if (typeof attribute === 'string')
      return items.map((one) => (isMap(one) ? (one.get(attribute) ?? null) : unknown('attribute')));
    const filter = typeof name === 'string' ? filterOf(name) : null;
    return filter === null
      ? unknown('map', { list: items, named })
      : items.map((one) => filter(one, { list: rest, named }));
  },
  reject: (of, args) => kept(of, args, false),
  select: (of, args) => kept(of, args, true),
};

const kept = (of: Value, { list: [name, ...rest] }: Arguments, wanted: boolean): Value => {
  const items = asList(of);
  if (items === null) return of;
  return items.filter((one) => {
    const result = name === undefined ? truth(one) : testOf(textOf(name), one, rest);
    return result === null || result === wanted;
  });
};

export function filterOf(name: string): Method | null {
  return Object.hasOwn(FILTERS, name) ? FILTERS[name]! : null;
}

/** `x is name`; null where it cannot be known. */
export function testOf(name: string, of: Value, args: readonly Value[]): boolean | null {
  if (isUnknown(of)) return null;
  switch (name) {
    case 'none':
      return of === null;
    case 'defined':
      return true;
    case 'undefined':
      return false;
    case 'string':
      return typeof of === 'string';
    case 'number':
      return typeof of === 'number';
    case 'boolean':
      return typeof of === 'boolean';
    case 'true':
      return of === true;
    case 'false':
      return of === false;
    case 'mapping':
      return isMap(of);
    case 'iterable':
    case 'sequence':
      return isList(of) || typeof of === 'string' || isMap(of);
    case 'even':
      return typeof of === 'number' && of % 2 === 0;
    case 'odd':
      return typeof of === 'number' && of % 2 !== 0;
    case 'in':
      return args[0] !== undefined && isList(args[0]) ? args[0].includes(of) : null;
    case 'equalto':
    case 'eq':
      return of === args[0];
    case 'relation':
      return isRelation(of);
    default:
      return null;
  }
}
