/** Python's built-in functions. */
import type { Evaluator } from './evaluator.ts';
import type { TaskValue } from './graph.ts';
import { formatted } from './text-format.ts';
import {
  dict,
  keyOf,
  kindOf,
  list,
  or,
  setItem,
  stringOf,
  text,
  truthOf,
  unknown,
  written,
  shown,
  type Arguments,
  type ClassValue,
  type DictValue,
  type ExternalValue,
  type InstanceValue,
  type ListValue,
  type NativeValue,
  type Value,
} from './value.ts';

type Native = (run: Evaluator, given: Arguments, line: number) => Value;

const numbersOf = (run: Evaluator, { positional }: Arguments): number[] | null => {
  const items = positional.length === 1 ? run.items(positional[0] ?? null) : [...positional];
  return items !== null && items.length > 0 && items.every((item) => typeof item === 'number')
    ? (items as number[])
    : null;
};
const listLike =
  (type: ListValue['type'], change: (items: Value[]) => Value[] = (items) => items): Native =>
  (run, { positional: [first] }, line) => {
    const items = first === undefined ? [] : run.items(first);
    if (items === null) return kindOf(first) === 'xcom' ? (first as Value) : unknown(type, line);
    return list(change([...items]), type);
  };
const unique = (items: Value[]) => [...new Map(items.map((item) => [keyOf(item), item])).values()];
const order = (a: Value, b: Value) =>
  typeof a === 'number' && typeof b === 'number'
    ? a - b
    : written(a).text < written(b).text
      ? -1
      : written(a).text > written(b).text
        ? 1
        : 0;

/** Is a value of a type? null where the file does not say. */
function isOf(value: Value, type: Value): boolean | null {
  if (kindOf(value) === 'unknown' || kindOf(type) === 'unknown') return null;
  if (kindOf(type) === 'native')
    switch ((type as NativeValue).name) {
      case 'str':
        return stringOf(value) !== null;
      case 'int':
        return typeof value === 'number' && Number.isInteger(value);
      case 'float':
        return typeof value === 'number' && !Number.isInteger(value);
      case 'bool':
        return typeof value === 'boolean';
      case 'dict':
        return kindOf(value) === 'dict';
      case 'list':
      case 'tuple':
      case 'set':
        return kindOf(value) === 'list' && (value as ListValue).type === (type as NativeValue).name;
      default:
        return null;
    }
  if (kindOf(type) === 'class')
    return kindOf(value) === 'instance' && comesOf((value as InstanceValue).of, type as ClassValue);
  if (kindOf(type) !== 'external') return null;
  const name = (type as ExternalValue).path.replace(/^.*\./, '');
  if (kindOf(value) === 'task')
    return (
      (value as TaskValue).operator === name ||
      /^(Base|Abstract)?Operator$/.test(name) ||
      (/Operator$|Sensor$/.test(name) ? false : null)
    );
  return typeof value !== 'object' || value === null ? false : null;
}

const comesOf = (of: ClassValue, type: ClassValue, depth = 0): boolean =>
  of === type ||
  (depth < 10 && of.bases.some((base) => kindOf(base) === 'class' && comesOf(base as ClassValue, type, depth + 1)));

const BUILTINS: Readonly<Record<string, Native>> = {
  str: (_, { positional: [first] }) => {
    if (first === undefined) return '';
    const made = formatted(first, '', '');
    return text(made.text, made.isPartial);
  },
  repr: (_, { positional: [first] }) => {
    const made = shown(first ?? null);
    return text(made.text, made.isPartial);
  },
  format: (_, { positional: [first, spec] }) => {
    const made = formatted(first ?? null, stringOf(spec) ?? '', '');
    return text(made.text, made.isPartial);
  },
  int: (run, { positional: [first] }, line) => {
    const number =
      typeof first === 'string'
        ? /^\s*[-+]?\d{1,15}\s*$/.test(first)
          ? Number(first)
          : NaN
        : typeof first === 'number'
          ? Math.trunc(first)
          : first === undefined
            ? 0
            : typeof first === 'boolean'
              ? Number(first)
              : NaN;
    if (Number.isNaN(number) && typeof first === 'string') run.raise();
    return Number.isNaN(number) ? unknown('int', line) : number;
  },
  float: (_, { positional: [first] }, line) =>
    typeof first === 'number'
      ? first
      : typeof first === 'string' && /^[-+\d.e]+$/i.test(first)
        ? Number(first) || 0
        : unknown('float', line),
  bool: (_, { positional: [first] }, line) => truthOf(first ?? null) ?? unknown('bool', line),
  len: (run, { positional: [first] }, line) =>
    first === undefined ? 0 : (run.items(first)?.length ?? unknown('len', line)),
  range: (_, { positional }, line) => {
    if (!positional.every((one) => typeof one === 'number')) return unknown('range', line);
    const [a = 0, b, step = 1] = positional as number[];
    const [from, to] = b === undefined ? [0, a] : [a, b];
    const items: number[] = [];
    if (step !== 0) for (let i = from; (step > 0 ? i < to : i > to) && items.length < 5_000; i += step) items.push(i);
    return list(items);
  },
  enumerate: (run, { positional: [first, start], named }, line) => {
    const items = first === undefined ? null : run.items(first);
    const from = start ?? named.get('start') ?? 0;
    return items === null
      ? unknown('enumerate', line)
      : list(items.map((item, i) => list([i + (typeof from === 'number' ? from : 0), item], 'tuple')));
  },
  zip: (run, { positional }, line) => {
    const all = positional.map((one) => run.items(one));
    if (all.some((items) => items === null)) return unknown('zip', line);
    const size = Math.min(...all.map((items) => items?.length ?? 0));
    return list(
      Array.from({ length: Number.isFinite(size) ? size : 0 }, (_, i) =>
        list(
          all.map((items) => items?.[i] ?? null),
          'tuple',
        ),
      ),
    );
  },
  list: listLike('list'),
  tuple: listLike('tuple'),
  set: listLike('set', unique),
  frozenset: listLike('set', unique),
  iter: listLike('list'),
  sorted: (run, { positional: [first], named }, line) => {
    const items = first === undefined ? null : run.items(first);
    if (items === null) return unknown('sorted', line);
    const by = named.get('key');
    const made = [...items];
    if (by !== undefined && kindOf(by) !== null) {
      const keys = new Map(made.map((item) => [item, run.call(by, { positional: [item], named: new Map() }, line)]));
      made.sort((a, b) => order(keys.get(a) ?? null, keys.get(b) ?? null));
    } else made.sort(order);
    if (truthOf(named.get('reverse') ?? false) === true) made.reverse();
    return list(made);
  },
  reversed: listLike('list', (items) => items.reverse()),
  next: (run, { positional: [first, otherwise] }, line) =>
    first === undefined ? null : or(run.items(first)?.[0], () => or(otherwise, () => unknown('next', line))),
  dict: (run, { positional: [first], named }, line) => {
    const made = dict();
    if (kindOf(first) === 'dict')
      for (const [key, value] of (first as DictValue).entries.values()) setItem(made, key, value);
    else if (first !== undefined) {
      const pairs = run.items(first);
      if (pairs === null) return unknown('dict', line);
      for (const pair of pairs) {
        const [key, value] = run.items(pair) ?? [];
        if (key !== undefined && value !== undefined) setItem(made, key, value);
      }
    }
    for (const [key, value] of named) setItem(made, key, value);
    return made;
  },
  min: (run, given, line) =>
    numbersOf(run, given) === null ? unknown('min', line) : Math.min(...(numbersOf(run, given) ?? [])),
  max: (run, given, line) =>
    numbersOf(run, given) === null ? unknown('max', line) : Math.max(...(numbersOf(run, given) ?? [])),
  sum: (run, given, line) =>
    numbersOf(run, { ...given, positional: given.positional.slice(0, 1) })?.reduce((a, b) => a + b, 0) ??
    unknown('sum', line),
  abs: (_, { positional: [first] }, line) => (typeof first === 'number' ? Math.abs(first) : unknown('abs', line)),
  round: (_, { positional: [first] }, line) => (typeof first === 'number' ? Math.round(first) : unknown('round', line)),
  any: (run, { positional: [first] }, line) =>
    run.items(first ?? null)?.some((item) => truthOf(item) === true) ?? unknown('any', line),
  all: (run, { positional: [first] }, line) =>
    run.items(first ?? null)?.every((item) => truthOf(item) === true) ?? unknown('all', line),
  map: (run, { positional: [by, ...over] }, line) => {
    const items = over[0] === undefined ? null : run.items(over[0]);
    return items === null || by === undefined
      ? unknown('map', line)
      : list(items.map((item) => run.call(by, { positional: [item], named: new Map() }, line)));
  },
  filter: (run, { positional: [by, over] }, line) => {
    const items = over === undefined ? null : run.items(over);
    return items === null
      ? unknown('filter', line)
      : list(
          items.filter(
            (item) =>
              (by === null || by === undefined
                ? truthOf(item)
                : truthOf(run.call(by, { positional: [item], named: new Map() }, line))) !== false,
          ),
        );
  },
  hasattr: (run, { positional: [object, name] }, line) => {
    const found = run.member(object ?? null, stringOf(name) ?? '', line);
    return kindOf(found) === 'unknown' ? unknown('hasattr', line) : true;
  },
  getattr: (run, { positional: [object, name, otherwise] }, line) => {
    const key = stringOf(name);
    if (key === null) return unknown('getattr', line);
    const found = run.member(object ?? null, key, line);
    return kindOf(found) === 'unknown' && otherwise !== undefined ? otherwise : found;
  },
  isinstance: (_, { positional: [value, type] }, line) => {
    const types = kindOf(type) === 'list' ? (type as ListValue).items : [or(type, () => null)];
    const answers = types.map((one) =>
      isOf(
        or(value, () => null),
        one,
      ),
    );
    return answers.includes(true) ? true : answers.includes(null) ? unknown('isinstance', line) : false;
  },
  print: () => null,
  globals: (run) => (run.globals ??= dict([...run.module.names].map(([name, value]) => [name, value] as const))),
  locals: (run) => (run.contexts.length === 0 ? (run.globals ??= dict()) : dict()),
  chr: (_, { positional: [first] }, line) =>
    typeof first === 'number' && first >= 0 && first <= 0x10ffff ? String.fromCodePoint(first) : unknown('chr', line),
  ord: (_, { positional: [first] }, line) =>
    typeof first === 'string' ? (first.codePointAt(0) ?? null) : unknown('ord', line),
};

export function builtin(run: Evaluator, name: string): Value | undefined {
  const call = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined;
  return call === undefined ? undefined : { kind: 'native', name, call: (given) => call(run, given, 1) };
}
