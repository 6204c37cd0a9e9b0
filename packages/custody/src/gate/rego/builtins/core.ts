/** Comparison, arithmetic, aggregates, types, sets, arrays, bits. */
import {
  absolute,
  add,
  ceil,
  divide,
  floor,
  integer,
  isNum,
  multiply,
  parseNumber,
  product,
  remainder,
  roundHalf,
  subtract,
  type Num,
} from '../number.ts';
import { compare, equal, isArray, RegoObject, RegoSet, typeName, type TypeName, type Value } from '../value.ts';
import {
  array,
  boolean,
  builtin,
  builtinError,
  items,
  mismatch,
  number,
  object,
  oneOf,
  set,
  small,
  string,
  typeError,
  wholeNumber,
  type Builtin,
} from './operand.ts';

const isSmallNegative = (n: Num): boolean => compare(n, -1) > 0 && compare(n, 0) < 0;

const SPAN_MAX = 1_000_000;

const binary = (name: string, op: (a: Num, b: Num) => Num): Builtin =>
  builtin(name, 2, (args) => op(number(args, 1), number(args, 2)));

const isType = (name: string, type: TypeName): Builtin =>
  builtin(name, 1, ([value]) => typeName(value as Value) === type);

function member(value: Value, collection: Value): boolean {
  if (collection instanceof RegoSet) return collection.has(value);
  if (isArray(collection)) return collection.some((item) => equal(item, value));
  return collection instanceof RegoObject && collection.entries().some(([, item]) => equal(item, value));
}

const numbers = (args: readonly Value[]): Num[] =>
  items(args, 1).map((item) => {
    if (!isNum(item)) throw typeError(`operand 1 must be array of numbers but got array containing ${typeName(item)}`);
    return item;
  });

const extreme = (name: string, sign: 1 | -1): Builtin =>
  builtin(name, 1, (args) => {
    let best: Value | undefined;
    for (const item of items(args, 1)) if (best === undefined || compare(item, best) * sign > 0) best = item;
    return best;
  });

const every = (name: string, wanted: boolean): Builtin =>
  builtin(name, 1, (args) => {
    const list = items(args, 1);
    return wanted ? list.every((item) => item === true) : list.some((item) => item === true);
  });

function shift(args: readonly Value[]): bigint {
  const by = wholeNumber(args, 2);
  if (by < 0) throw typeError('operand 2 must be an unsigned integer number but got a negative integer');
  if (by > 100_000) throw builtinError('shift too large');
  return BigInt(by);
}

const bitwise = (name: string, op: (a: bigint, b: bigint) => bigint): Builtin =>
  builtin(name, 2, (args) => integer(op(BigInt(wholeNumber(args, 1)), BigInt(wholeNumber(args, 2)))));

const sets = (value: Value): readonly RegoSet[] => {
  if (!(value instanceof RegoSet)) throw mismatch(1, 'set', value);
  return value.values().map((item) => {
    if (!(item instanceof RegoSet))
      throw typeError(`operand 1 must be set of sets but got set containing ${typeName(item)}`);
    return item;
  });
};

const intersect = (a: RegoSet, b: RegoSet): RegoSet => RegoSet.of(a.values().filter((item) => b.has(item)));
const unite = (a: RegoSet, b: RegoSet): RegoSet => RegoSet.of([...a.values(), ...b.values()]);

function range(name: string, withStep: boolean): Builtin {
  return builtin(name, withStep ? 3 : 2, (args, budget) => {
    const from = BigInt(wholeNumber(args, 1));
    const to = BigInt(wholeNumber(args, 2));
    const step = withStep ? BigInt(wholeNumber(args, 3)) : 1n;
    if (step <= 0n) throw builtinError(`${name}: step must be a positive integer`);
    const count = (from <= to ? to - from : from - to) / step + 1n;
    if (count > SPAN_MAX) throw builtinError(`${name}: more than ${SPAN_MAX} numbers`);
    budget.grow(Number(count));
    const by = from <= to ? step : -step;
    return Array.from({ length: Number(count) }, (_, i) => integer(from + BigInt(i) * by));
  });
}

export const CORE: readonly Builtin[] = [
  builtin('equal', 2, ([a, b]) => equal(a as Value, b as Value)),
  builtin('eq', 2, ([a, b]) => equal(a as Value, b as Value)),
  builtin('neq', 2, ([a, b]) => !equal(a as Value, b as Value)),
  builtin('lt', 2, ([a, b]) => compare(a as Value, b as Value) < 0),
  builtin('lte', 2, ([a, b]) => compare(a as Value, b as Value) <= 0),
  builtin('gt', 2, ([a, b]) => compare(a as Value, b as Value) > 0),
  builtin('gte', 2, ([a, b]) => compare(a as Value, b as Value) >= 0),
  builtin('internal.member_2', 2, ([value, collection]) => member(value as Value, collection as Value)),
  builtin('internal.member_3', 3, ([key, value, collection]) => {
    const c = collection as Value;
    if (isArray(c)) return typeof key === 'number' && c[key] !== undefined && equal(c[key], value as Value);
    if (c instanceof RegoSet) return equal(key as Value, value as Value) && c.has(value as Value);
    if (!(c instanceof RegoObject)) return false;
    const found = c.get(key as Value);
    return found !== undefined && equal(found, value as Value);
  }),

  binary('plus', add),
  binary('mul', multiply),
  binary('div', divide),
  binary('rem', remainder),
  builtin('minus', 2, (args) => {
    const [a, b] = args as [Value, Value];
    if (isNum(a)) {
      if (!isNum(b)) throw mismatch(2, 'number', b);
      return subtract(a, b);
    }
    if (!(a instanceof RegoSet)) throw oneOf(1, ['number', 'set'], a);
    if (!(b instanceof RegoSet)) throw mismatch(2, 'set', b);
    return RegoSet.of(a.values().filter((item) => !b.has(item)));
  }),
  builtin('abs', 1, (args) => absolute(number(args, 1))),
  // Between -1 and 0 OPA (topdown/arithmetic.go) answers 1 and 0: what it cut to zero has lost its sign.
  builtin('ceil', 1, (args) => (isSmallNegative(number(args, 1)) ? 1 : ceil(number(args, 1)))),
  builtin('floor', 1, (args) => (isSmallNegative(number(args, 1)) ? 0 : floor(number(args, 1)))),
  builtin('round', 1, (args) => roundHalf(number(args, 1))),
  range('numbers.range', false),
  range('numbers.range_step', true),

  builtin('count', 1, ([value]) => {
    const v = value as Value;
    if (typeof v === 'string') return [...v].length;
    if (isArray(v)) return v.length;
    if (v instanceof RegoObject || v instanceof RegoSet) return v.size;
    throw oneOf(1, ['array', 'object', 'set', 'string'], v);
  }),
  builtin('sum', 1, (args) => numbers(args).reduce(add, 0)),
  builtin('product', 1, (args) => product(numbers(args))),
  extreme('max', 1),
  extreme('min', -1),
  builtin('sort', 1, (args) => [...items(args, 1)].sort(compare)),
  every('all', true),
  every('any', false),

  builtin('and', 2, (args) => intersect(set(args, 1), set(args, 2))),
  builtin('or', 2, (args) => unite(set(args, 1), set(args, 2))),
  builtin('intersection', 1, ([value]) => {
    const [first, ...rest] = sets(value as Value);
    return first === undefined ? RegoSet.empty : rest.reduce(intersect, first);
  }),
  builtin('union', 1, ([value]) => RegoSet.of(sets(value as Value).flatMap((item) => item.values()))),
  builtin('set_diff', 2, (args) =>
    RegoSet.of(
      set(args, 1)
        .values()
        .filter((item) => !set(args, 2).has(item)),
    ),
  ),

  builtin('array.concat', 2, (args, budget) => {
    const both = [...array(args, 1), ...array(args, 2)];
    budget.grow(both.length);
    return both;
  }),
  builtin('array.reverse', 1, (args) => [...array(args, 1)].reverse()),
  builtin('array.slice', 3, (args) => {
    const list = array(args, 1);
    const from = Math.max(0, small(args, 2));
    const to = Math.min(list.length, small(args, 3));
    return from >= to ? [] : list.slice(from, to);
  }),
  builtin('array.flatten', 1, (args) => array(args, 1).flatMap((item) => (isArray(item) ? item : [item]))),

  isType('is_null', 'null'),
  isType('is_boolean', 'boolean'),
  isType('is_number', 'number'),
  isType('is_string', 'string'),
  isType('is_array', 'array'),
  isType('is_object', 'object'),
  isType('is_set', 'set'),
  builtin('type_name', 1, ([value]) => typeName(value as Value)),
  builtin('to_number', 1, ([value]) => {
    const v = value as Value;
    if (v === null) return 0;
    if (typeof v === 'boolean') return v ? 1 : 0;
    if (isNum(v)) return v;
    if (typeof v !== 'string') throw oneOf(1, ['null', 'boolean', 'number', 'string'], v);
    if (/^[+-]?(inf|infinity|nan)$/i.test(v)) throw typeError('operand 1 must be valid number string');
    const n = parseNumber(
      v
        .replace(/^\+/, '')
        .replace(/^(-?)\./, '$10.')
        .replace(/\.(?=$|e)/i, ''),
    );
    if (n === null) throw builtinError(`strconv.ParseFloat: parsing ${JSON.stringify(v)}: invalid syntax`);
    return n;
  }),
  builtin('cast_boolean', 1, (args) => boolean(args, 1)),
  builtin('cast_string', 1, (args) => string(args, 1)),
  builtin('cast_null', 1, ([value]) => (value === null ? null : undefined)),
  builtin('cast_array', 1, (args) => items(args, 1)),
  builtin('cast_object', 1, (args) => object(args, 1)),
  builtin('cast_set', 1, (args) => RegoSet.of(items(args, 1))),

  bitwise('bits.and', (a, b) => a & b),
  bitwise('bits.or', (a, b) => a | b),
  bitwise('bits.xor', (a, b) => a ^ b),
  builtin('bits.negate', 1, (args) => integer(~BigInt(wholeNumber(args, 1)))),
  builtin('bits.lsh', 2, (args) => integer(BigInt(wholeNumber(args, 1)) << shift(args))),
  builtin('bits.rsh', 2, (args) => integer(BigInt(wholeNumber(args, 1)) >> shift(args))),
];
