/** References that search: `data.x[key]` with `key` unbound. */
import type { Term } from '../ast.ts';
import { extentOf, lookup, type Node } from '../document.ts';
import type { Runtime, Ev, Exec, Slots } from '../runtime.ts';
import { compare, isArray, RegoObject, RegoSet, type Value } from '../value.ts';
import { type Linker, type Context, slotOf, temporary } from './context.ts';
import { matcher } from './pattern.ts';
import { termOf } from './term.ts';
import { linkValue, linkValues, searches, unbound } from './value.ts';

export function linkSearch(
  linker: Linker,
  term: Term & { kind: 'ref' },
  context: Context,
  then: (ev: Ev) => Exec,
): Exec {
  const { head, path } = term;
  const fromData = head.kind === 'var' && head.name === 'data';
  const root = linker.root;
  const prepare = (start: Ev | null): Exec => {
    type Step =
      | { readonly kind: 'key'; readonly ev: Ev }
      | { readonly kind: 'bind'; readonly slot: number }
      | { readonly kind: 'match'; readonly fits: (rt: Runtime, s: Slots, value: Value) => boolean };
    const steps: Step[] = [];
    for (const item of path) {
      if (item.kind === 'var' && unbound(item, context)) {
        const slot = slotOf(context, item.name);
        context.bound.add(item.name);
        steps.push({ kind: 'bind', slot });
      } else if (unbound(item, context)) steps.push({ kind: 'match', fits: matcher(linker, item, context) });
      else steps.push({ kind: 'key', ev: termOf(linker, item, context) });
    }
    const result = temporary(context);
    const next = then((_rt, s) => s[result]);
    const run = (rt: Runtime, s: Slots, node: Node | null, base: Value | undefined, i: number): boolean => {
      let at = node;
      let value = base;
      for (; i < steps.length; i++) {
        if (at !== null && (at.hasRules || rt.replaced?.has(at) === true)) {
          value = extentOf(rt, at, value);
          at = null;
        }
        if (at === null && value === undefined) return false;
        const step = steps[i] as Step;
        if (step.kind === 'key') {
          const key = step.ev(rt, s);
          if (key === undefined) return false;
          value = value === undefined ? undefined : lookup(value, key);
          if (at !== null) at = typeof key === 'string' ? (at.children.get(key) ?? null) : null;
          continue;
        }
        if (at !== null && at.children.size > 0) {
          const keys = new Set<Value>(at.children.keys());
          if (value instanceof RegoObject) for (const key of value.keys()) keys.add(key);
          for (const key of [...keys].sort(compare)) {
            rt.budget.step();
            if (step.kind === 'bind') s[step.slot] = key;
            else if (!step.fits(rt, s, key)) continue;
            const child = typeof key === 'string' ? (at.children.get(key) ?? null) : null;
            if (run(rt, s, child, value === undefined ? undefined : lookup(value, key), i + 1)) return true;
          }
          return false;
        }
        if (value === undefined) return false;
        if (isArray(value)) {
          for (let n = 0; n < value.length; n++) {
            rt.budget.step();
            if (step.kind === 'bind') s[step.slot] = n;
            else if (!step.fits(rt, s, n)) continue;
            if (run(rt, s, null, value[n], i + 1)) return true;
          }
        } else if (value instanceof RegoObject) {
          for (const [key, item] of value.entries()) {
            rt.budget.step();
            if (step.kind === 'bind') s[step.slot] = key;
            else if (!step.fits(rt, s, key)) continue;
            if (run(rt, s, null, item, i + 1)) return true;
          }
        } else if (value instanceof RegoSet) {
          for (const item of value.values()) {
            rt.budget.step();
            if (step.kind === 'bind') s[step.slot] = item;
            else if (!step.fits(rt, s, item)) continue;
            if (run(rt, s, null, item, i + 1)) return true;
          }
        }
        return false;
      }
      if (at !== null) value = extentOf(rt, at, value);
      if (value === undefined) return false;
      s[result] = value;
      return next(rt, s);
    };
    if (start === null) return (rt, s) => run(rt, s, root, rt.data, 0);
    return (rt, s) => {
      const value = start(rt, s);
      return value !== undefined && run(rt, s, null, value, 0);
    };
  };
  // Operands that search themselves (`a[b[i]]`) are found first.
  const nested = path
    .map((item, i) => ({ item, i }))
    .filter(({ item }) => !unbound(item, context) && searches(item, context));
  if (nested.length > 0) {
    return linkValues(
      linker,
      nested.map(({ item }) => item),
      context,
      (evs) => {
        const names = nested.map(({ item, i }, n) => {
          const name = `$s${context.frame.size}`;
          slotOf(context, name);
          context.bound.add(name);
          return { i, name, place: item.place, ev: evs[n] as Ev };
        });
        const replaced = path.map((item, i) => {
          const found = names.find((n) => n.i === i);
          return found === undefined ? item : ({ kind: 'var', name: found.name, place: item.place } as const);
        });
        const slots = names.map(({ name }) => slotOf(context, name));
        const inner = linkValue(linker, { ...term, path: replaced }, context, then);
        return (rt, s) => {
          for (let n = 0; n < names.length; n++) s[slots[n] as number] = (names[n] as { ev: Ev }).ev(rt, s);
          return inner(rt, s);
        };
      },
    );
  }
  if (fromData) return prepare(null);
  return linkValue(linker, head, context, (ev) => prepare(ev));
}
