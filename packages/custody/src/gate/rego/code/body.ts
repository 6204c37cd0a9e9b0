/**
 * Bodies: each expression is linked to what runs after it, so a solution is a nested call and backtracking is a return.
 * Because the order of a body fixes what is bound where, binding is an assignment to a slot.
 */
import type { Body, Literal, Term } from '../ast.ts';
import { hoistCalls, hoistReferences, isTotal } from '../hoist.ts';
import { invariant } from '../rego-error.ts';
import type { Ev, Exec } from '../runtime.ts';
import { isRoot, mentioned, order, solve } from '../safety.ts';
import { isArray, RegoObject, RegoSet, toText } from '../value.ts';
import { isCollection, pairs } from './collection.ts';
import { type Linker, type Context, slotOf } from './context.ts';
import { matcher } from './pattern.ts';
import { termOf } from './term.ts';
import { linkValue, searches } from './value.ts';
import { linkWith } from './with.ts';

/** A body in order, then `end`. What the body binds is in `context` when `end` is made. */
export function linkBody(linker: Linker, written: Body, context: Context, end: (context: Context) => Exec): Exec {
  const body = hoistCalls(written);
  const inner: Context = {
    ...context,
    shared: new Set([...context.shared, ...context.bound, ...mentioned(body, linker.arity)]),
  };
  const ordered = hoistReferences(order(body, linker.arity, inner.bound), linker.arity);
  const link = (i: number): Exec => {
    // Statements that bind nothing and search nothing run one after the other, without a call for what follows each.
    const tests: Exec[] = [];
    for (let at = i; linker.reached === null && at < ordered.length; at++) {
      const test = testOf(linker, ordered[at] as Literal, inner);
      if (test === null) break;
      tests.push(test);
    }
    if (tests.length > 0) return joined(tests, link(i + tests.length));
    const literal = ordered[i];
    return literal === undefined ? end(inner) : linkLiteral(linker, literal, inner, () => link(i + 1));
  };
  return link(0);
}

/** A statement that holds or does not, and does nothing else; null for others. */
function testOf(linker: Linker, literal: Literal, context: Context): Exec | null {
  const { expression, negated, withs } = literal;
  if (withs.length > 0 || expression.kind !== 'term') return null;
  const { term } = expression;
  if (isPrint(term) || searches(term, context) || givesResult(linker, term)) return null;
  const ev = termOf(linker, term, context);
  if (negated) {
    if (literal.negatedBody !== true && isTotal(term, linker.arity)) return (rt, s) => ev(rt, s) === false;
    return (rt, s) => {
      const value = ev(rt, s);
      return value === undefined || value === false;
    };
  }
  return (rt, s) => {
    const value = ev(rt, s);
    return value !== undefined && value !== false;
  };
}

function joined(tests: readonly Exec[], then: Exec): Exec {
  const [a, b, c] = tests as readonly [Exec, Exec, Exec];
  switch (tests.length) {
    case 1:
      return (rt, s) => a(rt, s) && then(rt, s);
    case 2:
      return (rt, s) => a(rt, s) && b(rt, s) && then(rt, s);
    case 3:
      return (rt, s) => a(rt, s) && b(rt, s) && c(rt, s) && then(rt, s);
    default:
      return (rt, s) => {
        for (let i = 0; i < tests.length; i++) if (!(tests[i] as Exec)(rt, s)) return false;
        return then(rt, s);
      };
  }
}

export function linkLiteral(linker: Linker, literal: Literal, context: Context, next: () => Exec): Exec {
  const exec = linkStatement(linker, literal, context, next);
  const { reached } = linker;
  if (reached === null) return exec;
  const { place } = literal;
  return (rt, s) => {
    reached.hit(place);
    return exec(rt, s);
  };
}

function linkStatement(linker: Linker, literal: Literal, context: Context, next: () => Exec): Exec {
  if (literal.withs.length > 0) return linkWith(linker, literal, context, next);
  if (literal.negated) {
    const test = testOf(linker, literal, context);
    if (test !== null) return joined([test], next());
    const holds = once(linker, [{ ...literal, negated: false }], context);
    const then = next();
    return (rt, s) => !holds(rt, s) && then(rt, s);
  }
  const { expression } = literal;
  switch (expression.kind) {
    case 'some':
      return next();
    case 'term':
      if (isPrint(expression.term)) return linkPrint(linker, expression.term.args, context, next);
      return condition(linker, expression.term, context, next);
    case 'unify':
    case 'assign':
      return linkUnify(linker, expression.left, expression.right, context, next);
    case 'someIn':
      return linkValue(linker, expression.domain, context, (domain) =>
        each(linker, domain, expression.key, expression.value, context, next),
      );
    case 'every': {
      const { key, value, domain, body } = expression;
      return linkValue(linker, domain, context, (ev) => {
        const inner: Context = { ...context, bound: new Set(context.bound) };
        const keySlot = key === null ? null : slotOf(inner, key);
        const valueSlot = slotOf(inner, value);
        inner.bound.add(value);
        if (key !== null) inner.bound.add(key);
        const holds = once(linker, body, inner);
        const then = next();
        return (rt, s) => {
          const collection = ev(rt, s);
          if (collection === undefined) return false;
          if (!isCollection(collection)) return false;
          for (const [k, v] of pairs(collection)) {
            rt.budget.step();
            if (keySlot !== null) s[keySlot] = k;
            s[valueSlot] = v;
            if (!holds(rt, s)) return false;
          }
          return then(rt, s);
        };
      });
    }
    case 'group': {
      const holds = once(linker, expression.body, context);
      const then = next();
      return (rt, s) => holds(rt, s) && then(rt, s);
    }
    case 'and': {
      const left = once(linker, [expression.left], context);
      const right = once(linker, [expression.right], context);
      const then = next();
      return (rt, s) => left(rt, s) && right(rt, s) && then(rt, s);
    }
    case 'or': {
      const left = once(linker, [expression.left], context);
      const right = once(linker, [expression.right], context);
      const then = next();
      return (rt, s) => (left(rt, s) || right(rt, s)) && then(rt, s);
    }
  }
}

/** Whether a body has a solution, in a scope of its own. */
export function once(linker: Linker, body: Body, context: Context): Exec {
  return linkBody(linker, body, { ...context, bound: new Set(context.bound) }, () => () => true);
}

const isPrint = (term: Term): term is Term & { kind: 'call' } =>
  term.kind === 'call' && term.operator.length === 1 && term.operator[0] === 'print';

/** `print` never fails; its arguments are evaluated only where somebody listens. */
function linkPrint(linker: Linker, args: readonly Term[], context: Context, next: () => Exec): Exec {
  const sets = args.map((arg) => {
    const yes: Literal = {
      expression: { kind: 'term', term: { kind: 'value', value: true, place: arg.place } },
      negated: false,
      withs: [],
      place: arg.place,
    };
    return termOf(linker, { kind: 'setComprehension', head: arg, body: [yes], place: arg.place }, context);
  });
  const then = next();
  return (rt, s) => {
    const { print } = rt.budget;
    if (print !== null) {
      const texts = sets.map((ev) => {
        const [value] = (ev(rt, s) as RegoSet).values();
        return value === undefined ? '<undefined>' : typeof value === 'string' ? value : toText(value);
      });
      print(texts.join(' '));
    }
    return then(rt, s);
  };
}

/** `f(x, result)`: a call whose last argument is what it gives. */
function givesResult(linker: Linker, term: Term): boolean {
  if (term.kind !== 'call') return false;
  const arity = linker.arity(term.operator);
  return arity !== undefined && term.args.length === arity + 1;
}

function condition(linker: Linker, term: Term, context: Context, next: () => Exec): Exec {
  if (term.kind === 'call' && givesResult(linker, term)) {
    const { args } = term;
    const call: Term = { ...term, args: args.slice(0, -1) };
    return linkUnify(linker, args[args.length - 1] as Term, call, context, next);
  }
  return linkValue(linker, term, context, (ev) => {
    const then = next();
    return (rt, s) => {
      const value = ev(rt, s);
      return value !== undefined && value !== false && then(rt, s);
    };
  });
}

export function linkUnify(linker: Linker, left: Term, right: Term, context: Context, next: () => Exec): Exec {
  const matches = solve(left, right, new Set(context.bound), context.shared);
  invariant(matches !== null, 'the order of the body lets every equation be solved');
  const link = (i: number): Exec => {
    const match = matches[i];
    if (match === undefined) return next();
    return linkValue(linker, match.value, context, (ev) => {
      const { pattern } = match;
      if (pattern.kind === 'var' && !isRoot(pattern.name) && !context.bound.has(pattern.name)) {
        const slot = slotOf(context, pattern.name);
        context.bound.add(pattern.name);
        const then = link(i + 1);
        return (rt, s) => {
          const value = ev(rt, s);
          if (value === undefined) return false;
          s[slot] = value;
          return then(rt, s);
        };
      }
      const fits = matcher(linker, pattern, context);
      const then = link(i + 1);
      return (rt, s) => {
        const value = ev(rt, s);
        return value !== undefined && fits(rt, s, value) && then(rt, s);
      };
    });
  };
  return link(0);
}

export function each(
  linker: Linker,
  domain: Ev,
  key: Term | null,
  value: Term,
  context: Context,
  next: () => Exec,
): Exec {
  const keyFits = key === null ? null : matcher(linker, key, context);
  if (value.kind === 'var' && !isRoot(value.name) && !context.bound.has(value.name) && keyFits === null) {
    const slot = slotOf(context, value.name);
    context.bound.add(value.name);
    const then = next();
    return (rt, s) => {
      const collection = domain(rt, s);
      if (collection === undefined) return false;
      if (isArray(collection) || collection instanceof RegoSet) {
        const list = isArray(collection) ? collection : collection.values();
        for (let i = 0; i < list.length; i++) {
          rt.budget.step();
          s[slot] = list[i];
          if (then(rt, s)) return true;
        }
      } else if (collection instanceof RegoObject) {
        const entries = collection.entries();
        for (let i = 0; i < entries.length; i++) {
          rt.budget.step();
          s[slot] = entries[i]?.[1];
          if (then(rt, s)) return true;
        }
      }
      return false;
    };
  }
  const valueFits = matcher(linker, value, context);
  const then = next();
  return (rt, s) => {
    const collection = domain(rt, s);
    if (collection === undefined || !isCollection(collection)) return false;
    for (const [k, v] of pairs(collection)) {
      rt.budget.step();
      if ((keyFits === null || keyFits(rt, s, k)) && valueFits(rt, s, v) && then(rt, s)) return true;
    }
    return false;
  };
}
