/** Terms without search, all of whose variables are bound. */
import type { Literal, Term } from '../ast.ts';
import { Extent, extentOf, lookup, type Node, type CompleteRule } from '../document.ts';
import { isNum, numberText } from '../number.ts';
import { RegoError } from '../rego-error.ts';
import type { Ev, Runtime, Slots } from '../runtime.ts';
import { isRoot, unsafe } from '../safety.ts';
import { RegoObject, RegoSet, Shape, toText, weighed, weighedParts, type FieldCache, type Value } from '../value.ts';
import { linkBody } from './body.ts';
import { callOf } from './call.ts';
import { arrayOf, constantEv, objectOf, setOf } from './collection.ts';
import { type Linker, type Context, slotOf, temporary, NOTHING } from './context.ts';
import { linkValue, linkValues } from './value.ts';

/** A term without search, all of whose variables are bound. */
export function termOf(linker: Linker, term: Term, context: Context): Ev {
  switch (term.kind) {
    case 'value': {
      return constantEv(term.value, term.written);
    }
    case 'var': {
      if (term.name === 'input') return (rt) => rt.input;
      if (term.name === 'data') return (rt) => extentOf(rt, linker.root, rt.data);
      if (!context.bound.has(term.name)) throw unsafe(term.name, term.place);
      const slot = slotOf(context, term.name);
      return (_rt, s) => s[slot];
    }
    case 'ref':
      return refOf(linker, term.head, term.path, context);
    case 'call':
      return callOf(
        linker,
        term.operator,
        term.args.map((arg) => termOf(linker, arg, context)),
        term.place,
      );
    case 'array':
      if (term.items.every((item) => item.kind === 'value' && (item.written === undefined || !isNum(item.value)))) {
        const constant = term.items.map((item) => (item as { value: Value }).value);
        return constantEv(constant);
      }
      return arrayOf(term.items.map((item) => termOf(linker, item, context)));
    case 'set': {
      const build = setOf(term.items.map((item) => termOf(linker, item, context)));
      if (!term.items.every((item) => item.kind === 'value')) return build;
      const constant = RegoSet.of(term.items.map((item) => (item as { value: Value }).value));
      return constantEv(constant);
    }
    case 'object': {
      const flat = term.pairs.flat();
      if (flat.every((item) => item.kind === 'value')) {
        const constant = RegoObject.of(
          term.pairs.map(([k, v]) => [(k as { value: Value }).value, (v as { value: Value }).value] as const),
        );
        return constantEv(constant);
      }
      const named = term.pairs.map(([k, v]) => ({
        key: k.kind === 'value' && typeof k.value === 'string' ? k.value : null,
        ev: v,
      }));
      if (named.every(({ key }) => key !== null) && new Set(named.map(({ key }) => key)).size === named.length) {
        const shape = Shape.of(named.map(({ key }) => key as string));
        const evs = shape.keys.map((key) =>
          termOf(linker, (named.find((pair) => pair.key === key) as { ev: Term }).ev, context),
        );
        return (rt, s) => {
          const values: Value[] = [];
          for (let i = 0; i < evs.length; i++) {
            const value = (evs[i] as Ev)(rt, s);
            if (value === undefined) return undefined;
            values.push(value);
          }
          const object = RegoObject.ofShape(shape, values);
          weighedParts(object, values);
          return object;
        };
      }
      return objectOf(flat.map((item) => termOf(linker, item, context)));
    }
    case 'arrayComprehension':
    case 'setComprehension': {
      const inner: Context = { ...context, bound: new Set(context.bound) };
      const list = temporary(context);
      const exec = linkBody(linker, term.body, inner, (last) =>
        linkValue(linker, term.head, last, (ev) => (rt, s) => {
          const value = ev(rt, s);
          if (value !== undefined) {
            rt.budget.grow(1);
            (s[list] as Value[]).push(value);
          }
          return false;
        }),
      );
      const isSet = term.kind === 'setComprehension';
      return (rt, s) => {
        const values: Value[] = [];
        s[list] = values;
        exec(rt, s);
        return weighed(isSet ? RegoSet.of(values) : values);
      };
    }
    case 'objectComprehension': {
      const inner: Context = { ...context, bound: new Set(context.bound) };
      const holder = temporary(context);
      const { place } = term;
      const exec = linkBody(linker, term.body, inner, (last) =>
        linkValues(linker, [term.key, term.head], last, ([key, head]) => (rt, s) => {
          const k = (key as Ev)(rt, s);
          const v = k === undefined ? undefined : (head as Ev)(rt, s);
          if (k !== undefined && v !== undefined) {
            rt.budget.grow(1);
            (s[holder] as unknown as Extent).child(k, place).put(v, place);
          }
          return false;
        }),
      );
      return (rt, s) => {
        const extent = new Extent();
        s[holder] = extent as unknown as Value;
        exec(rt, s);
        return extent.value();
      };
    }
    case 'template': {
      const parts = term.parts.map((part) => {
        if (typeof part === 'string') return part;
        const inner: Context = { ...context, bound: new Set(context.bound) };
        const slot = temporary(context);
        const { expression } = part;
        if (expression.kind !== 'term')
          throw new RegoError(
            'rego_compile_error',
            'a template expression must be a term',
            'Name the value before the string.',
            part.place,
          );
        const head = expression.term;
        const result: Term = { kind: 'var', name: `$template${slot}`, place: part.place };
        const literal: Literal = { ...part, expression: { kind: 'unify', left: result, right: head } };
        return {
          slot,
          exec: linkBody(linker, [literal], inner, (last) => {
            const from = slotOf(last, result.name);
            return (_rt, s) => {
              s[slot] = s[from];
              return true;
            };
          }),
        };
      });
      return (rt, s) => {
        let text = '';
        for (const part of parts) {
          if (typeof part === 'string') text += part;
          else {
            s[part.slot] = undefined;
            part.exec(rt, s);
            const value = s[part.slot];
            text += value === undefined ? '<undefined>' : typeof value === 'string' ? value : toText(value);
          }
        }
        rt.budget.grow(text.length);
        return text;
      };
    }
  }
}

export function refOf(linker: Linker, head: Term, path: readonly Term[], context: Context): Ev {
  const steps = path.map((item): Step => stepOf(linker, item, context));
  const fixed = constantNames(path);
  if (head.kind === 'var' && head.name === 'input') {
    const from: Ev = (rt) => rt.input;
    if (fixed.length === 0) return navigate(from, steps);
    return reach(
      linker.cells.of(['input', ...fixed]),
      navigate(from, steps.slice(0, fixed.length)),
      null,
      steps.slice(fixed.length),
    );
  }
  if (head.kind !== 'var' || head.name !== 'data') return navigate(termOf(linker, head, context), steps);
  const slow = fromRoot(linker.root, steps);
  // As far as constants lead through the tree now, the rest at run time.
  let node: Node | null = linker.root;
  let i = 0;
  for (; i < fixed.length && node !== null && !node.hasRules; i++) node = node.children.get(fixed[i] as string) ?? null;
  if (node === null) {
    // Base data only: no rule can lie on this path.
    const prefix = navigate((rt) => rt.data, steps.slice(0, fixed.length));
    const rest = steps.slice(fixed.length);
    const fast = reach(linker.cells.of(['data', ...fixed]), prefix, slow, rest);
    if (!rest.some((step) => typeof step.constant === 'number' || step.slot >= 0)) return fast;
    return (rt, s) => fast(rt, s) ?? (rt.replaced === null ? walkBase(prefix(rt, s), rest, rt, s) : undefined);
  }
  if (!node.hasRules || node.callable !== null) return slow;
  const at = node;
  const value: Ev =
    at.complete === null ? (rt) => extentOf(rt, at, undefined) : (rt) => (at.complete as CompleteRule).value(rt);
  const prefix = navigate(value, steps.slice(i, fixed.length));
  return reach(linker.cells.of(['data', ...fixed]), prefix, slow, steps.slice(fixed.length));
}

/** Through the tree of documents and base data, one step at a time: what `with` has replaced is seen. */
function fromRoot(root: Node, steps: readonly Step[]): Ev {
  return (rt, s) => {
    let node: Node | null = root;
    let base: Value | undefined = rt.data;
    for (const step of steps) {
      if (node !== null && (node.hasRules || rt.replaced?.has(node) === true)) {
        base = extentOf(rt, node, base);
        node = null;
      }
      if (node === null && base === undefined) return undefined;
      const key = step.ev(rt, s);
      if (key === undefined) return undefined;
      base = base === undefined ? undefined : lookup(base, key);
      if (node !== null) node = typeof key === 'string' ? (node.children.get(key) ?? null) : null;
    }
    return node === null ? base : extentOf(rt, node, base);
  };
}

/** One step of a reference; a constant and a variable are at hand without a call. */
interface Step {
  readonly ev: Ev;
  readonly constant: Value | undefined;
  /** Of a variable; -1 for others. */
  readonly slot: number;
  readonly cache: FieldCache;
}

function stepOf(linker: Linker, item: Term, context: Context): Step {
  const ev = termOf(linker, item, context);
  const cache: FieldCache = { shape: null, at: -1 };
  if (item.kind === 'value') return { ev, constant: item.value, slot: -1, cache };
  const isLocal = item.kind === 'var' && !isRoot(item.name);
  return { ev, constant: undefined, slot: isLocal ? slotOf(context, item.name) : -1, cache };
}

/** The names that a path begins with. */
function constantNames(path: readonly Term[]): string[] {
  const names: string[] = [];
  for (const item of path) {
    if (item.kind !== 'value' || typeof item.value !== 'string') break;
    names.push(item.value);
  }
  return names;
}

/**
 * What lies at a constant path, kept in a cell for the decision, and the steps from there. It cannot change within the
 * decision, for `with` begins a cache of its own; where `with` has replaced a document, `slow` is asked.
 */
function reach(cell: number, prefix: Ev, slow: Ev | null, steps: readonly Step[]): Ev {
  const fill: Ev = (rt, s) => {
    const value = prefix(rt, s);
    rt.cache[cell] = value === undefined ? NOTHING : value;
    return value;
  };
  const [first, second] = steps;
  if (first === undefined) {
    return (rt, s) => {
      if (slow !== null && rt.replaced !== null) return slow(rt, s);
      const known = rt.cache[cell];
      return known === undefined ? fill(rt, s) : known === NOTHING ? undefined : (known as Value);
    };
  }
  if (steps.length === 2 && first.slot >= 0 && typeof second?.constant === 'string') {
    const { slot } = first;
    const { constant, cache } = second;
    return (rt, s) => {
      if (slow !== null && rt.replaced !== null) return slow(rt, s);
      const known = rt.cache[cell];
      const value = known === undefined ? fill(rt, s) : known === NOTHING ? undefined : (known as Value);
      if (value === undefined) return undefined;
      const inner = lookup(value, s[slot] as Value);
      if (inner instanceof RegoObject) return inner.field(constant, cache);
      return inner === undefined ? undefined : lookup(inner, constant);
    };
  }
  return (rt, s) => {
    if (slow !== null && rt.replaced !== null) return slow(rt, s);
    const known = rt.cache[cell];
    const value = known === undefined ? fill(rt, s) : known === NOTHING ? undefined : (known as Value);
    return walk(value, steps, rt, s);
  };
}

function walk(from: Value | undefined, steps: readonly Step[], rt: Runtime, s: Slots): Value | undefined {
  let value = from;
  for (let i = 0; i < steps.length; i++) {
    if (value === undefined) return undefined;
    const step = steps[i] as Step;
    if (typeof step.constant === 'string' && value instanceof RegoObject) {
      value = value.field(step.constant, step.cache);
      continue;
    }
    const key = step.constant ?? (step.slot >= 0 ? s[step.slot] : step.ev(rt, s));
    if (key === undefined) return undefined;
    value = lookup(value, key);
  }
  return value;
}

/** In base data a number finds the key that is its text, as paths of OPA's store do. */
function walkBase(from: Value | undefined, steps: readonly Step[], rt: Runtime, s: Slots): Value | undefined {
  let value = from;
  for (const step of steps) {
    const key = value === undefined ? undefined : step.ev(rt, s);
    if (value === undefined || key === undefined) return undefined;
    value = lookup(value, isNum(key) && value instanceof RegoObject ? numberText(key) : key);
  }
  return value;
}

function navigate(start: Ev, steps: readonly Step[]): Ev {
  return steps.length === 0 ? start : (rt, s) => walk(start(rt, s), steps, rt, s);
}
