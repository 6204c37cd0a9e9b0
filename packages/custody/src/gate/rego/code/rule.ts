/** Rules: complete, functions and partial, each with the code of its bodies. */
import type { Body, Literal, Rule, Term } from '../ast.ts';
import type { Extent, Node, CallableRule, CompleteRule, PartialRule } from '../document.ts';
import { RegoError, type Place } from '../rego-error.ts';
import type { Runtime, Ev, Exec, Slots } from '../runtime.ts';
import { useOf } from '../safety.ts';
import { chooseIndex } from '../rule-index.ts';
import { equal, type Value } from '../value.ts';
import { linkBody } from './body.ts';
import { type Linker, type Context, newContext, temporary, newSlots, NOTHING } from './context.ts';
import { matcher, isPattern } from './pattern.ts';
import { termOf } from './term.ts';
import { linkValue, linkValues, searches } from './value.ts';

/** `body`, then `value`; the first result in the frame's slot, conflicts refused. */
function single(
  linker: Linker,
  body: Body,
  value: Term,
  context: Context,
  conflict: () => RegoError,
): (rt: Runtime, s: Slots) => Value | undefined {
  if (body.length === 0 && !searches(value, context)) return termOf(linker, value, context);
  const result = temporary(context);
  const constant = value.kind === 'value';
  const exec = linkBody(linker, body, context, (inner) =>
    linkValue(linker, value, inner, (ev) => (rt, s) => {
      const found = ev(rt, s);
      if (found === undefined) return false;
      const before = s[result];
      if (before === undefined) s[result] = found;
      else if (!equal(before, found)) throw conflict();
      return constant;
    }),
  );
  return (rt, s) => {
    s[result] = undefined;
    exec(rt, s);
    return s[result];
  };
}

/** Where somebody counts what is reached, a rule is when it gives a value. */
function reported(
  { reached }: Linker,
  place: Place,
  link: (rt: Runtime, s: Slots) => Value | undefined,
): (rt: Runtime, s: Slots) => Value | undefined {
  if (reached === null) return link;
  return (rt, s) => {
    const value = link(rt, s);
    if (value !== undefined) reached.hold(place);
    return value;
  };
}

/** One rule with its `else`s: the first of them that has a value. */
export function chainOf(
  linker: Linker,
  rule: Rule,
  context: Context,
  conflict: () => RegoError,
): (rt: Runtime, s: Slots) => Value | undefined {
  const bound = new Set(context.bound);
  const links = [rule, ...rule.elses].map(({ body, value, place }) =>
    reported(linker, place, single(linker, body, value, { ...context, bound: new Set(bound) }, conflict)),
  );
  const [first] = links;
  if (links.length === 1 && first !== undefined) return first;
  return (rt, s) => {
    for (const link of links) {
      const value = link(rt, s);
      if (value !== undefined) return value;
    }
    return undefined;
  };
}

export function conflictOf(what: string, rule: Rule): () => RegoError {
  return () =>
    new RegoError(
      'eval_conflict_error',
      what,
      'Make the bodies exclude one another, or agree on the value.',
      rule.place,
    );
}

export function complete(linker: Linker, node: Node, rules: readonly Rule[]): CompleteRule {
  const name = `data.${node.path.join('.')}`;
  const ordinary = rules.filter((rule) => !rule.default);
  const fallback = rules.find((rule) => rule.default);
  const compiled = ordinary.map((rule) => {
    const context = newContext();
    const chain = chainOf(linker, rule, context, conflictOf(`rule ${name} produced conflicting values`, rule));
    return { chain, frame: context.frame };
  });
  const defaultValue = fallback === undefined ? null : defaultOf(linker, fallback);
  const index = chooseIndex(ordinary, compiled);
  const allSame = sameConstant(ordinary);
  const { id } = node;
  const [only] = compiled;
  if (only !== undefined && compiled.length === 1 && defaultValue === null) {
    const { chain, frame } = only;
    return {
      value(rt) {
        const known = rt.cache[id];
        if (known !== undefined) return known === NOTHING ? undefined : (known as Value);
        rt.budget.enter();
        const value = chain(rt, newSlots(frame.size));
        rt.budget.depth--;
        rt.cache[id] = value === undefined ? NOTHING : value;
        return value;
      },
    };
  }
  return {
    value(rt) {
      const known = rt.cache[id];
      if (known !== undefined) return known === NOTHING ? undefined : (known as Value);
      rt.budget.enter();
      let value: Value | undefined;
      for (const { chain, frame } of index.select(rt, null)) {
        const found = chain(rt, newSlots(frame.size));
        if (found === undefined) continue;
        if (value === undefined) value = found;
        else if (!equal(value, found))
          throw new RegoError(
            'eval_conflict_error',
            `rule ${name} produced conflicting values`,
            'Make the bodies exclude one another, or agree on the value.',
            ordinary[0]?.place ?? null,
          );
        if (allSame) break;
      }
      if (value === undefined && defaultValue !== null) value = defaultValue(rt, []);
      rt.budget.depth--;
      rt.cache[id] = value === undefined ? NOTHING : value;
      return value;
    },
  };
}

export function defaultOf(linker: Linker, rule: Rule): Ev {
  const context = newContext();
  const value = termOf(linker, rule.value, context);
  return (rt) => value(rt, newSlots(context.frame.size));
}

export function callable(linker: Linker, node: Node, rules: readonly Rule[]): CallableRule {
  const name = `data.${node.path.join('.')}`;
  const what = `function ${name} produced conflicting values for the same inputs`;
  const ordinary = rules.filter((rule) => !rule.default);
  const fallback = rules.find((rule) => rule.default);
  const arity = rules[0]?.args?.length ?? 0;
  const compiled = ordinary.map((rule) => {
    const context = newContext();
    const args = rule.args ?? [];
    const holders = args.map(() => temporary(context));
    // Arguments that are more than patterns are evaluated as the first part of the body.
    let chain: ((rt: Runtime, s: Slots) => Value | undefined) | null = null;
    const matches = args.map((arg) => {
      const pattern = useOf(arg, true);
      return [...pattern.needs].length === 0 && isPattern(arg) ? matcher(linker, arg, context) : null;
    });
    const late = args
      .map((arg, i) => ({ arg, i }))
      .filter(({ i }) => matches[i] === null)
      .map(({ arg, i }): Literal => {
        const holder = `$arg${i}`;
        context.slots.set(holder, holders[i] as number);
        context.bound.add(holder);
        return {
          expression: { kind: 'unify', left: { kind: 'var', name: holder, place: arg.place }, right: arg },
          negated: false,
          withs: [],
          place: arg.place,
        };
      });
    const withLate =
      late.length === 0
        ? rule
        : {
            ...rule,
            body: [...late, ...rule.body],
            elses: rule.elses.map((e) => ({ ...e, body: [...late, ...e.body] })),
          };
    chain = chainOf(linker, withLate, context, conflictOf(what, rule));
    const run = chain;
    return {
      frame: context.frame,
      chain: (rt: Runtime, s: Slots, values: readonly Value[]): Value | undefined => {
        for (let i = 0; i < matches.length; i++) {
          const value = values[i] as Value;
          s[holders[i] as number] = value;
          const match = matches[i];
          if (match !== null && match !== undefined && !match(rt, s, value)) return undefined;
        }
        return run(rt, s);
      },
    };
  });
  const defaultValue = fallback === undefined ? null : defaultOf(linker, fallback);
  const index = chooseIndex(ordinary, compiled);
  const allSame = sameConstant(ordinary);
  return {
    arity,
    call(rt, args) {
      rt.budget.enter();
      let value: Value | undefined;
      for (const { chain, frame } of index.select(rt, args)) {
        const found = chain(rt, newSlots(frame.size), args);
        if (found === undefined) continue;
        if (value === undefined) value = found;
        else if (!equal(value, found))
          throw new RegoError(
            'eval_conflict_error',
            what,
            'Make the bodies exclude one another, or agree on the value.',
            ordinary[0]?.place ?? null,
          );
        if (allSame) break;
      }
      rt.budget.depth--;
      return value === undefined && defaultValue !== null ? defaultValue(rt, []) : value;
    },
  };
}

export function partial(linker: Linker, node: Node, rules: readonly Rule[]): PartialRule {
  const depth = node.path.length;
  const compiled = rules.map((rule) => {
    const context = newContext();
    const holder = temporary(context);
    // The part of the reference after the node: what is left of package, name and path.
    const rest = rule.path.slice(rule.path.length - (fullLength(rule) - depth));
    const link = (body: Body, value: Term): Exec =>
      linkBody(linker, body, { ...context, bound: new Set() }, (inner) =>
        linkValues(linker, [...rest, rule.key ?? value], inner, (evs) => (rt, s) => {
          if (linker.reached !== null) linker.reached.hold(rule.place);
          if (evs.length === 1 && rule.key !== null) {
            rt.budget.step();
            const element = (evs[0] as Ev)(rt, s);
            if (element === undefined) return false;
            rt.budget.grow(1);
            (s[holder] as unknown as Extent).add(element, rule.place);
            return false;
          }
          let at = s[holder] as unknown as Extent;
          rt.budget.step();
          const found: Value[] = [];
          for (const ev of evs) {
            const v = ev(rt, s);
            if (v === undefined) return false;
            found.push(v);
          }
          for (let i = 0; i < found.length - 1; i++) at = at.child(found[i] as Value, rule.place);
          const last = found[found.length - 1] as Value;
          rt.budget.grow(1);
          if (rule.key !== null) at.add(last, rule.place);
          else at.put(last, rule.place);
          return false;
        }),
      );
    const links = [{ body: rule.body, value: rule.value }, ...rule.elses].map(({ body, value }) => link(body, value));
    return {
      frame: context.frame,
      chain: (rt: Runtime, s: Slots, extent: Extent): void => {
        s[holder] = extent as unknown as Value;
        for (const link of links) link(rt, s);
      },
    };
  });
  const index = chooseIndex(rules, compiled);
  return {
    isSet: rules.every((rule) => rule.key !== null && fullLength(rule) === depth),
    fill(rt, extent) {
      rt.budget.enter();
      for (const { chain, frame } of index.select(rt, null)) chain(rt, newSlots(frame.size), extent);
      rt.budget.depth--;
    },
  };
}

export function sameConstant(rules: readonly Rule[]): boolean {
  const first = rules[0]?.value;
  if (first?.kind !== 'value') return false;
  return rules.every(
    (rule) => rule.elses.length === 0 && rule.value.kind === 'value' && equal(rule.value.value, first.value),
  );
}

/** Set by the policy before compilation: how long the whole reference of a rule is, package included. */
export const packageLength = new WeakMap<Rule, number>();

export const fullLength = (rule: Rule): number => (packageLength.get(rule) ?? 0) + 1 + rule.path.length;
