/** Terms as they stand in a body: one that searches runs what follows for each of its values. */
import type { Term } from '../ast.ts';
import { BUILTINS } from '../builtins/registry.ts';
import type { Ev, Exec } from '../runtime.ts';
import { isRoot } from '../safety.ts';
import type { Value } from '../value.ts';
import { callOf } from './call.ts';
import { arrayOf, setOf, objectOf } from './collection.ts';
import { type Linker, type Context, temporary } from './context.ts';
import { linkSearch } from './search.ts';
import { termOf } from './term.ts';

/** Makes `then` with an evaluator of the term; where the term searches, runs it for each of its values. */
export function linkValue(linker: Linker, term: Term, context: Context, then: (ev: Ev) => Exec): Exec {
  if (!searches(term, context)) return then(termOf(linker, term, context));
  switch (term.kind) {
    case 'ref':
      return linkSearch(linker, term, context, then);
    case 'call': {
      const builtin = BUILTINS.get(term.operator.join('.'));
      return linkValues(linker, term.args, context, (evs) => {
        const each = builtin?.each;
        if (each === undefined) return then(callOf(linker, term.operator, evs, term.place));
        const slot = temporary(context);
        const next = then((_rt, s) => s[slot]);
        return (rt, s) => {
          const args: Value[] = [];
          for (const ev of evs) {
            const value = ev(rt, s);
            if (value === undefined) return false;
            args.push(value);
          }
          return each(args, rt.budget, (value) => {
            rt.budget.step();
            s[slot] = value;
            return next(rt, s);
          });
        };
      });
    }
    case 'array':
      return linkValues(linker, term.items, context, (evs) => then(arrayOf(evs)));
    case 'set':
      return linkValues(linker, term.items, context, (evs) => then(setOf(evs)));
    case 'object':
      return linkValues(linker, term.pairs.flat(), context, (evs) => then(objectOf(evs)));
    default:
      return then(termOf(linker, term, context));
  }
}

/** Several terms: those that search first, so that what they bind is there for the others. */
export function linkValues(linker: Linker, terms: readonly Term[], context: Context, then: (evs: Ev[]) => Exec): Exec {
  const evs: (Ev | null)[] = terms.map(() => null);
  const searching = terms.map((term, i) => ({ term, i })).filter(({ term }) => searches(term, context));
  const link = (n: number): Exec => {
    const next = searching[n];
    if (next === undefined) {
      return then(terms.map((term, i) => evs[i] ?? termOf(linker, term, context)));
    }
    return linkValue(linker, next.term, context, (ev) => {
      const slot = temporary(context);
      evs[next.i] = (_rt, s) => s[slot];
      const rest = link(n + 1);
      return (rt, s) => {
        const value = ev(rt, s);
        if (value === undefined) return false;
        s[slot] = value;
        return rest(rt, s);
      };
    });
  };
  return link(0);
}

/** Whether evaluating the term searches: a reference with unbound variables, or a relation such as `walk`. */
export function searches(term: Term, context: Context): boolean {
  switch (term.kind) {
    case 'value':
    case 'var':
    case 'template':
    case 'arrayComprehension':
    case 'setComprehension':
    case 'objectComprehension':
      return false;
    case 'ref':
      if (searches(term.head, context)) return true;
      return term.path.some((item) => unbound(item, context) || searches(item, context));
    case 'call':
      return (
        BUILTINS.get(term.operator.join('.'))?.each !== undefined || term.args.some((arg) => searches(arg, context))
      );
    case 'array':
    case 'set':
      return term.items.some((item) => searches(item, context));
    case 'object':
      return term.pairs.some(([key, value]) => searches(key, context) || searches(value, context));
  }
}

export function unbound(item: Term, context: Context): boolean {
  if (item.kind === 'var') return !isRoot(item.name) && !context.bound.has(item.name);
  if (item.kind === 'array') return item.items.some((part) => unbound(part, context));
  if (item.kind === 'object') return item.pairs.some(([, part]) => unbound(part, context));
  return false;
}
