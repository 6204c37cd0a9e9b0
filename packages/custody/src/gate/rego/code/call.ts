/** Calls: of functions of the policy, of built-ins, and of what `with` puts in their place. */
import { BUILTINS, type Builtin } from '../builtins/registry.ts';
import type { CallableRule } from '../document.ts';
import { simplePieces, sprintf } from '../go-format.ts';
import { isNum } from '../number.ts';
import { BuiltinError, invariant, RegoError, type Place } from '../rego-error.ts';
import { Runtime, type Ev, type Slots } from '../runtime.ts';
import { compare, equal, isArray, RegoObject, RegoSet, toText, weighed, type Value } from '../value.ts';
import { constantOf, floatLiteral, itemsOf } from './collection.ts';
import { type Linker, functionAt } from './context.ts';

export function callOf(linker: Linker, operator: readonly string[], args: readonly Ev[], place: Place): Ev {
  const name = operator.join('.');
  const node = functionAt(linker, operator);
  const wrongCount = (wanted: number): RegoError =>
    new RegoError(
      'rego_type_error',
      `${name}: arity mismatch: have ${args.length} arguments, want ${wanted}`,
      'Give the function as many arguments as it takes.',
      place,
    );
  if (node !== null) {
    const { callable } = node;
    invariant(callable !== null, 'a function node can be called');
    if (args.length !== callable.arity) throw wrongCount(callable.arity);
    const evaluate = argumentsOf(args);
    return (rt, s) => {
      const values = evaluate(rt, s);
      if (values === null) return undefined;
      if (rt.mocks !== null && rt.mocks.has(name)) return callMock(name, rt, values);
      return (node.callable as CallableRule).call(rt, values);
    };
  }
  const builtin = BUILTINS.get(name);
  if (builtin === undefined)
    throw new RegoError(
      'rego_type_error',
      `undefined function ${name}`,
      'Define the function, import its package, or check the name.',
      place,
    );
  if (builtin.arity >= 0 && args.length !== builtin.arity) throw wrongCount(builtin.arity);
  const invoke = (rt: Runtime, values: readonly Value[]): Value | undefined => runBuiltin(builtin, rt, values, place);
  const evaluate = argumentsOf(args);
  const plain: Ev = (rt, s) => {
    const values = evaluate(rt, s);
    if (values === null) return undefined;
    if (rt.mocks !== null && rt.mocks.has(name)) return callMock(name, rt, values);
    return invoke(rt, values);
  };
  return comparison(name, args) ?? (name === 'sprintf' ? formatted(args, plain) : quickly(name, args, plain));
}

function runBuiltin(builtin: Builtin, rt: Runtime, values: readonly Value[], place: Place | null): Value | undefined {
  rt.budget.step();
  try {
    const result = builtin.run(values, rt.budget);
    return result === undefined ? undefined : weighed(result);
  } catch (error) {
    if (!(error instanceof BuiltinError)) throw error;
    if (!rt.budget.strict) return undefined;
    throw new BuiltinError(
      error.code as 'eval_builtin_error',
      error.message.startsWith(`${builtin.name}:`) ? error.message : `${builtin.name}: ${error.message}`,
      place,
    );
  }
}

function callMock(name: string, rt: Runtime, values: readonly Value[]): Value | undefined {
  const mock = rt.mocks?.get(name);
  invariant(mock !== undefined, 'the function is mocked');
  if (mock.kind === 'value') return mock.value;
  // Inside the stand-in, the originals are called.
  const inner = new Runtime(rt.budget, rt.input, rt.data, rt.cache.length, rt.replaced, null);
  if (mock.kind === 'function') {
    if (mock.node.callable?.arity !== values.length) return undefined;
    return mock.node.callable.call(inner, values);
  }
  const builtin = BUILTINS.get(mock.name);
  return builtin === undefined ? undefined : runBuiltin(builtin, inner, values, null);
}

function argumentsOf(args: readonly Ev[]): (rt: Runtime, s: Slots) => Value[] | null {
  const [a, b] = args;
  if (args.length === 1 && a !== undefined) {
    return (rt, s) => {
      const x = a(rt, s);
      return x === undefined ? null : [x];
    };
  }
  if (args.length === 2 && a !== undefined && b !== undefined) {
    return (rt, s) => {
      const x = a(rt, s);
      if (x === undefined) return null;
      const y = b(rt, s);
      return y === undefined ? null : [x, y];
    };
  }
  return (rt, s) => {
    const values: Value[] = [];
    for (const ev of args) {
      const value = ev(rt, s);
      if (value === undefined) return null;
      values.push(value);
    }
    return values;
  };
}

/** Comparisons cannot fail, so they skip the machinery of built-ins. */
function comparison(name: string, args: readonly Ev[]): Ev | null {
  const [a, b] = args;
  if (a === undefined || b === undefined || args.length !== 2) return null;
  const holds: ((x: Value, y: Value) => boolean) | undefined = COMPARISONS[name];
  if (holds === undefined) return null;
  const constant = constantOf(b);
  if (constant !== undefined) {
    return (rt, s) => {
      const x = a(rt, s);
      return x === undefined ? undefined : holds(x, constant);
    };
  }
  return (rt, s) => {
    const x = a(rt, s);
    if (x === undefined) return undefined;
    const y = b(rt, s);
    return y === undefined ? undefined : holds(x, y);
  };
}

export const COMPARISONS: Readonly<Record<string, (x: Value, y: Value) => boolean>> = {
  equal,
  neq: (x, y) => !equal(x, y),
  lt: (x, y) => compare(x, y) < 0,
  lte: (x, y) => compare(x, y) <= 0,
  gt: (x, y) => compare(x, y) > 0,
  gte: (x, y) => compare(x, y) >= 0,
  'internal.member_2': member,
};

/** What a built-in says of the operands that it is nearly always given; undefined for others, which go the long way. */
const QUICK: Readonly<Record<string, (x: Value, y: Value) => Value | undefined>> = {
  startswith: (x, y) => (typeof x === 'string' && typeof y === 'string' ? x.startsWith(y) : undefined),
  endswith: (x, y) => (typeof x === 'string' && typeof y === 'string' ? x.endsWith(y) : undefined),
  contains: (x, y) => (typeof x === 'string' && typeof y === 'string' ? x.includes(y) : undefined),
  plus: (x, y) => wholeSum(x, y, 1),
  minus: (x, y) => wholeSum(x, y, -1),
  count: (x) => (isArray(x) ? x.length : x instanceof RegoSet || x instanceof RegoObject ? x.size : undefined),
};

function wholeSum(x: Value, y: Value, sign: 1 | -1): number | undefined {
  if (!Number.isSafeInteger(x) || !Number.isSafeInteger(y)) return undefined;
  const sum = (x as number) + sign * (y as number);
  return Number.isSafeInteger(sum) ? sum : undefined;
}

/** `sprintf` of a list in which numbers are spelled as floats. */
function withFloats(args: readonly Ev[], floats: readonly (string | null)[], plain: Ev): Ev {
  const [format, list] = args as readonly [Ev, Ev];
  return (rt, s) => {
    if (rt.mocks !== null) return plain(rt, s);
    const text = format(rt, s);
    const values = list(rt, s);
    if (typeof text !== 'string' || values === undefined || !isArray(values)) return plain(rt, s);
    const out = sprintf(text, values, floats);
    rt.budget.step();
    rt.budget.grow(out.length);
    return out;
  };
}

/** `sprintf` of a constant format and a list written there: no list is made. Numbers go the long way. */
function formatted(args: readonly Ev[], plain: Ev): Ev {
  const [format, list] = args as readonly [Ev, Ev];
  const text = constantOf(format);
  const pieces = typeof text === 'string' ? simplePieces(text) : null;
  const evs = itemsOf(list);
  const floats = evs?.map(floatLiteral) ?? [];
  if (floats.some((written) => written !== null)) return withFloats(args, floats, plain);
  if (pieces === null || evs === undefined || pieces.length !== evs.length + 1) return plain;
  return (rt, s) => {
    if (rt.mocks !== null) return plain(rt, s);
    let out = pieces[0] as string;
    for (let i = 0; i < evs.length; i++) {
      const value = (evs[i] as Ev)(rt, s);
      if (value === undefined) return undefined;
      if (typeof value === 'string') out += value;
      else if (isNum(value)) return plain(rt, s);
      else out += toText(value);
      out += pieces[i + 1] as string;
    }
    rt.budget.step();
    rt.budget.grow(out.length);
    return out;
  };
}

function quickly(name: string, args: readonly Ev[], plain: Ev): Ev {
  const quick = Object.hasOwn(QUICK, name) ? QUICK[name] : undefined;
  const [a, b] = args;
  if (quick === undefined || a === undefined) return plain;
  if (b === undefined) {
    return (rt, s) => {
      if (rt.mocks !== null) return plain(rt, s);
      const x = a(rt, s);
      return x === undefined ? undefined : (quick(x, null) ?? plain(rt, s));
    };
  }
  const constant = constantOf(b);
  if (constant !== undefined) {
    return (rt, s) => {
      if (rt.mocks !== null) return plain(rt, s);
      const x = a(rt, s);
      return x === undefined ? undefined : (quick(x, constant) ?? plain(rt, s));
    };
  }
  return (rt, s) => {
    if (rt.mocks !== null) return plain(rt, s);
    const x = a(rt, s);
    if (x === undefined) return undefined;
    const y = b(rt, s);
    return y === undefined ? undefined : (quick(x, y) ?? plain(rt, s));
  };
}

function member(value: Value, collection: Value): boolean {
  if (collection instanceof RegoSet) return collection.has(value);
  if (isArray(collection)) {
    for (let i = 0; i < collection.length; i++) if (equal(collection[i] as Value, value)) return true;
    return false;
  }
  if (collection instanceof RegoObject) return collection.entries().some(([, item]) => equal(item, value));
  return false;
}
