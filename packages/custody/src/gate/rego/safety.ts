/**
 * Which variables an expression needs and which it binds, and the order of a body in which every variable is bound
 * before it is needed (OPA's reordering for safety). After this the compiler knows, at each point, what is bound,
 * so no trail of bindings is kept at run time.
 */
import { RegoError, type Place } from './rego-error.ts';
import type { Body, Expression, Literal, Term } from './ast.ts';

export const isRoot = (name: string): boolean => name === 'data' || name === 'input';

/** Tells how many arguments a function takes; undefined if it is not known. */
export type Arity = (operator: readonly string[]) => number | undefined;

export interface Use {
  readonly needs: Set<string>;
  readonly binds: Set<string>;
  /** Variables inside comprehensions and other bodies: needed where the surrounding body mentions them too. */
  readonly closed: Set<string>;
}

const newUse = (): Use => ({ needs: new Set(), binds: new Set(), closed: new Set() });

function use(term: Term, pattern: boolean, into: Use): void {
  switch (term.kind) {
    case 'value':
      return;
    case 'var':
      if (!isRoot(term.name)) (pattern ? into.binds : into.needs).add(term.name);
      return;
    case 'ref':
      use(term.head, false, into);
      for (const item of term.path)
        use(item, item.kind === 'var' || item.kind === 'array' || item.kind === 'object', into);
      return;
    case 'call':
      for (const arg of term.args) use(arg, false, into);
      return;
    case 'array':
      for (const item of term.items) use(item, pattern, into);
      return;
    case 'set':
      for (const item of term.items) use(item, false, into);
      return;
    case 'object':
      for (const [key, value] of term.pairs) {
        use(key, false, into);
        use(value, pattern, into);
      }
      return;
    case 'arrayComprehension':
    case 'setComprehension':
    case 'objectComprehension':
      for (const name of allNames(term)) into.closed.add(name);
      return;
    case 'template':
      for (const part of term.parts) {
        if (typeof part === 'string') continue;
        const inner = newUse();
        useExpression(part, () => undefined, inner);
        for (const name of inner.needs) into.needs.add(name);
        for (const name of [...inner.binds, ...inner.closed]) into.closed.add(name);
      }
      return;
  }
}

export function useOf(term: Term, pattern = false): Use {
  const into = newUse();
  use(term, pattern, into);
  return into;
}

function useExpression(literal: Literal, arity: Arity, into: Use): void {
  const { expression } = literal;
  for (const w of literal.withs) use(w.value, false, into);
  if (literal.negated) {
    const inner = newUse();
    useExpression({ ...literal, negated: false, withs: [] }, arity, inner);
    for (const name of [...inner.needs, ...inner.binds]) if (!name.startsWith('$')) into.needs.add(name);
    for (const name of inner.closed) into.closed.add(name);
    return;
  }
  switch (expression.kind) {
    case 'term': {
      const { term } = expression;
      if (term.kind === 'call' && arity(term.operator) === term.args.length - 1) {
        term.args.slice(0, -1).forEach((arg) => use(arg, false, into));
        use(term.args[term.args.length - 1] as Term, true, into);
      } else use(term, false, into);
      return;
    }
    case 'unify':
    case 'assign':
      use(expression.left, true, into);
      use(expression.right, true, into);
      return;
    case 'some':
      return;
    case 'someIn':
      use(expression.domain, false, into);
      if (expression.key !== null) use(expression.key, true, into);
      use(expression.value, true, into);
      return;
    case 'every':
      use(expression.domain, false, into);
      for (const name of bodyNames(expression.body))
        if (name !== expression.key && name !== expression.value) into.closed.add(name);
      return;
    case 'group':
      for (const name of bodyNames(expression.body)) into.closed.add(name);
      return;
    case 'and':
    case 'or':
      for (const name of bodyNames([expression.left, expression.right])) into.closed.add(name);
      return;
  }
}

function allNames(term: Term): Set<string> {
  const names = new Set<string>();
  collect(term, names);
  return names;
}

function collect(term: Term, names: Set<string>): void {
  switch (term.kind) {
    case 'value':
      return;
    case 'var':
      if (!isRoot(term.name)) names.add(term.name);
      return;
    case 'ref':
      collect(term.head, names);
      for (const item of term.path) collect(item, names);
      return;
    case 'call':
      for (const arg of term.args) collect(arg, names);
      return;
    case 'array':
    case 'set':
      for (const item of term.items) collect(item, names);
      return;
    case 'object':
      for (const [key, value] of term.pairs) {
        collect(key, names);
        collect(value, names);
      }
      return;
    case 'objectComprehension':
      collect(term.key, names);
      collect(term.head, names);
      collectBody(term.body, names);
      return;
    case 'arrayComprehension':
    case 'setComprehension':
      collect(term.head, names);
      collectBody(term.body, names);
      return;
    case 'template':
      for (const part of term.parts) if (typeof part !== 'string') collectBody([part], names);
      return;
  }
}

function collectBody(body: Body, names: Set<string>): void {
  for (const { expression, withs } of body) {
    for (const w of withs) collect(w.value, names);
    collectExpression(expression, names);
  }
}

function collectExpression(expression: Expression, names: Set<string>): void {
  switch (expression.kind) {
    case 'term':
      collect(expression.term, names);
      return;
    case 'unify':
    case 'assign':
      collect(expression.left, names);
      collect(expression.right, names);
      return;
    case 'some':
      return;
    case 'someIn':
      if (expression.key !== null) collect(expression.key, names);
      collect(expression.value, names);
      collect(expression.domain, names);
      return;
    case 'every':
      if (expression.key !== null) names.add(expression.key);
      names.add(expression.value);
      collect(expression.domain, names);
      collectBody(expression.body, names);
      return;
    case 'group':
      collectBody(expression.body, names);
      return;
    case 'and':
    case 'or':
      collectBody([expression.left, expression.right], names);
      return;
  }
}

export function bodyNames(body: Body): Set<string> {
  const names = new Set<string>();
  collectBody(body, names);
  return names;
}

/** An equation whose one side can be evaluated and whose other side is a pattern of variables and constants. */
export interface Match {
  readonly value: Term;
  readonly pattern: Term;
}

/** All of `names` bound, apart from those that evaluating `term` binds itself. */
const ready = (term: Term, bound: ReadonlySet<string>, shared: ReadonlySet<string>): boolean => {
  const { needs, binds, closed } = useOf(term);
  for (const name of needs) if (!bound.has(name) && !binds.has(name)) return false;
  for (const name of closed) if (!bound.has(name) && shared.has(name)) return false;
  return true;
};

let temporaries = 0;

/** Replaces what a pattern cannot hold by new variables, with an equation for each. */
function asPattern(term: Term, equations: [Term, Term][]): Term {
  switch (term.kind) {
    case 'value':
    case 'var':
      return term;
    case 'array':
      return { ...term, items: term.items.map((item) => asPattern(item, equations)) };
    case 'object':
      return { ...term, pairs: term.pairs.map(([key, value]) => [key, asPattern(value, equations)] as const) };
    default: {
      const name: Term = { kind: 'var', name: `$t${temporaries++}`, place: term.place };
      equations.push([name, term]);
      return name;
    }
  }
}

const literalKeys = (term: Term): Map<string, Term> | null => {
  if (term.kind !== 'object') return null;
  const map = new Map<string, Term>();
  for (const [key, value] of term.pairs) {
    if (key.kind !== 'value' || typeof key.value !== 'string' || map.has(key.value)) return null;
    map.set(key.value, value);
  }
  return map;
};

const sameShape = (a: Map<string, Term> | null, b: Map<string, Term> | null): boolean =>
  a !== null && b !== null && a.size === b.size && [...a.keys()].every((key) => b.has(key));

/**
 * The matches that solve `left = right` given what is bound, in order; null if it cannot be solved yet.
 * Adds to `bound` what the matches bind, if it can.
 */
export function solve(left: Term, right: Term, bound: Set<string>, shared: ReadonlySet<string>): Match[] | null {
  const matches: Match[] = [];
  const known = new Set(bound);
  let pending: [Term, Term][] = [[left, right]];
  while (pending.length > 0) {
    const later: [Term, Term][] = [];
    let progress = false;
    for (let i = 0; i < pending.length; i++) {
      const [l, r] = pending[i] as [Term, Term];
      if (l.kind === 'array' && r.kind === 'array' && l.items.length === r.items.length) {
        l.items.forEach((item, at) => later.push([item, r.items[at] as Term]));
        progress = true;
        continue;
      }
      const lk = literalKeys(l);
      const rk = literalKeys(r);
      if (lk !== null && rk !== null && sameShape(lk, rk)) {
        for (const [key, value] of lk) later.push([value, rk.get(key) as Term]);
        progress = true;
        continue;
      }
      const takeRight = ready(r, known, shared) && !(ready(l, known, shared) && l.kind !== 'var' && r.kind === 'var');
      const [value, other] = takeRight ? [r, l] : [l, r];
      if (!takeRight && !ready(l, known, shared)) {
        later.push([l, r]);
        continue;
      }
      if (
        other.kind !== 'value' &&
        other.kind !== 'var' &&
        other.kind !== 'array' &&
        other.kind !== 'object' &&
        !ready(other, known, shared)
      ) {
        later.push([l, r]);
        continue;
      }
      const equations: [Term, Term][] = [];
      const pattern = asPattern(other, equations);
      const patternUse = useOf(pattern, true);
      if ([...patternUse.needs].some((name) => !known.has(name))) {
        later.push([l, r]);
        continue;
      }
      matches.push({ value, pattern });
      for (const name of useOf(value).binds) known.add(name);
      for (const name of patternUse.binds) known.add(name);
      later.push(...equations);
      progress = true;
    }
    if (!progress) return null;
    pending = later;
  }
  for (const name of known) bound.add(name);
  return matches;
}

/** Whether the literal can run with what is bound; if so, adds what it binds. */
function admit(literal: Literal, arity: Arity, bound: Set<string>, shared: ReadonlySet<string>): boolean {
  const into = newUse();
  useExpression(literal, arity, into);
  for (const name of into.closed) if (shared.has(name) && !bound.has(name) && !into.binds.has(name)) return false;
  if (!literal.negated && (literal.expression.kind === 'unify' || literal.expression.kind === 'assign')) {
    for (const w of literal.withs) if (!ready(w.value, bound, shared)) return false;
    return solve(literal.expression.left, literal.expression.right, bound, shared) !== null;
  }
  for (const name of into.closed) if (shared.has(name) && !bound.has(name)) return false;
  for (const name of into.needs) if (!bound.has(name) && (literal.negated || !into.binds.has(name))) return false;
  if (!literal.negated) for (const name of into.binds) bound.add(name);
  return true;
}

/** The names that a body mentions outside the bodies within it. */
export function mentioned(body: Body, arity: Arity): Set<string> {
  const names = new Set<string>();
  for (const literal of body) {
    const into = newUse();
    useExpression(literal, arity, into);
    for (const name of [...into.needs, ...into.binds]) names.add(name);
  }
  return names;
}

export function order(body: Body, arity: Arity, boundBefore: ReadonlySet<string>): Body {
  const bound = new Set(boundBefore);
  const shared = mentioned(body, arity);
  for (const name of boundBefore) shared.add(name);
  const ordered: Literal[] = [];
  let remaining = [...body];
  while (remaining.length > 0) {
    const waiting = remaining.filter((literal) => {
      if (!admit(literal, arity, bound, shared)) return true;
      ordered.push(literal);
      return false;
    });
    if (waiting.length === remaining.length) {
      const first = waiting[0] as Literal;
      const into = newUse();
      useExpression(first, arity, into);
      const name = [...into.needs, ...into.closed, ...into.binds].find((n) => !bound.has(n)) ?? '_';
      throw unsafe(name, first.place);
    }
    remaining = waiting;
  }
  return ordered;
}

export function unsafe(name: string, place: Place): RegoError {
  const shown = name.startsWith('$') ? '_' : (name.split('#')[0] ?? name);
  return new RegoError(
    'rego_unsafe_var_error',
    `var ${shown} is unsafe`,
    `Give ${shown} a value in an expression that is not negated.`,
    place,
  );
}
