/** Terms without search, all of whose variables are bound. */
import type { Literal, Term } from '../ast.ts';
import { Extent, extentOf, lookup, type Node, type CompleteRule } from '../document.ts';
import { RegoError } from '../rego-error.ts';
import type { Ev } from '../runtime.ts';
import { unsafe } from '../safety.ts';
import { RegoObject, RegoSet, Shape, toText, weighed, weighedParts, type Value } from '../value.ts';
import { linkBody } from './body.ts';
import { callOf } from './call.ts';
import { arrayOf, setOf, objectOf } from './collection.ts';
import { type Linker, type Context, slotOf, temporary, NOTHING } from './context.ts';
import { linkValue, linkValues } from './value.ts';

/** A term without search, all of whose variables are bound. */
export function termOf(linker: Linker, term: Term, context: Context): Ev {
  switch (term.kind) {
    case 'value': {
      const { value } = term;
      return () => value;
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
      if (term.items.every((item) => item.kind === 'value')) {
        const constant = term.items.map((item) => (item as { value: Value }).value);
        return () => constant;
      }
      return arrayOf(term.items.map((item) => termOf(linker, item, context)));
    case 'set': {
      const build = setOf(term.items.map((item) => termOf(linker, item, context)));
      if (!term.items.every((item) => item.kind === 'value')) return build;
      const constant = RegoSet.of(term.items.map((item) => (item as { value: Value }).value));
      return () => constant;
    }
    case 'object': {
      const flat = term.pairs.flat();
      if (flat.every((item) => item.kind === 'value')) {
        const constant = RegoObject.of(
          term.pairs.map(([k, v]) => [(k as { value: Value }).value, (v as { value: Value }).value] as const),
        );
        return () => constant;
      }
      const named = term.pairs.map(([k, v]) => ({
        key: k.kind === 'value' && typeof k.value === 'string' ? k.value : null,
        ev: v,
      }));
      if (named.every(({ key }) => key !== null) && new Set(named.map(({ key }) => key)).size === named.length) {
        const shape = new Shape(named.map(({ key }) => key as string));
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
  const keys = path.map((item) => termOf(linker, item, context));
  if (head.kind === 'var' && head.name === 'input') return navigate((rt) => rt.input, path, keys);
  if (head.kind !== 'var' || head.name !== 'data') return navigate(termOf(linker, head, context), path, keys);
  // From `data`: as far as constants lead through the tree now, the rest at run time.
  const root = linker.root;
  const steps = keys;
  const slow: Ev = (rt, s) => {
    let node: Node | null = root;
    let base: Value | undefined = rt.data;
    for (let i = 0; i < steps.length; i++) {
      if (node !== null && (node.hasRules || rt.replaced?.has(node) === true)) {
        base = extentOf(rt, node, base);
        node = null;
      }
      if (node === null && base === undefined) return undefined;
      const key = (steps[i] as Ev)(rt, s);
      if (key === undefined) return undefined;
      base = base === undefined ? undefined : lookup(base, key);
      if (node !== null) node = typeof key === 'string' ? (node.children.get(key) ?? null) : null;
    }
    return node === null ? base : extentOf(rt, node, base);
  };
  let node: Node | null = root;
  let i = 0;
  for (; i < path.length; i++) {
    const item = path[i] as Term;
    if (node.hasRules || item.kind !== 'value') break;
    const child: Node | undefined = typeof item.value === 'string' ? node.children.get(item.value) : undefined;
    if (child === undefined) {
      node = null;
      break;
    }
    node = child;
  }
  if (node === null) {
    // Base data only: no rule can lie on this path.
    const fast = navigate((rt) => rt.data, path, keys);
    return (rt, s) => (rt.replaced === null ? fast(rt, s) : slow(rt, s));
  }
  if (node.hasRules && node.callable === null) {
    const rest = path.slice(i);
    const { complete } = node;
    const at = node;
    const { id } = at;
    const value: Ev =
      complete === null
        ? (rt) => extentOf(rt, at, undefined)
        : (rt) => {
            const known = rt.cache[id];
            if (known === undefined) return (at.complete as CompleteRule).value(rt);
            return known === NOTHING ? undefined : (known as Value);
          };
    const fast = navigate(value, rest, keys.slice(i));
    return (rt, s) => (rt.replaced === null ? fast(rt, s) : slow(rt, s));
  }
  return slow;
}

function navigate(start: Ev, path: readonly Term[], keys: readonly Ev[]): Ev {
  if (keys.length === 0) return start;
  const constants = path.map((item) => (item.kind === 'value' ? item.value : undefined));
  const [first, second] = constants;
  if (keys.length === 1 && typeof first === 'string') {
    return (rt, s) => {
      const value = start(rt, s);
      return value instanceof RegoObject ? value.get(first) : value === undefined ? undefined : lookup(value, first);
    };
  }
  if (keys.length === 2 && first !== undefined && second !== undefined) {
    return (rt, s) => {
      const value = start(rt, s);
      const inner = value === undefined ? undefined : lookup(value, first);
      return inner === undefined ? undefined : lookup(inner, second);
    };
  }
  return (rt, s) => {
    let value = start(rt, s);
    for (let i = 0; i < keys.length; i++) {
      if (value === undefined) return undefined;
      const key = constants[i] ?? (keys[i] as Ev)(rt, s);
      if (key === undefined) return undefined;
      value = lookup(value, key);
    }
    return value;
  };
}
