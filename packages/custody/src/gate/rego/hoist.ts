/**
 * What OPA's compiler takes out of an expression before it is negated (ast/compile.go, RewriteExprTerms and
 * RewriteDynamicTerms): nested calls, and references that are arguments. `not startswith(input.x, "a")` says that `input.x`
 * is there and does not start so; where it is not there, the body fails.
 */
import type { Body, Literal, Term } from './ast.ts';
import type { Arity } from './safety.ts';

let count = 0;

/** A new variable for a term, with the equation that gives it its value. */
function named(term: Term, from: Literal, into: Literal[]): Term {
  const variable: Term = { kind: 'var', name: `h#${count++}`, place: term.place };
  into.push({
    expression: { kind: 'unify', left: variable, right: term },
    negated: false,
    withs: from.withs,
    place: from.place,
  });
  return variable;
}

type Take = (term: Term) => Term;

/** The parts of a term, each taken; comprehensions and templates are bodies of their own. */
function parts(term: Term, take: Take): Term {
  switch (term.kind) {
    case 'array':
    case 'set':
      return { ...term, items: term.items.map(take) };
    case 'object':
      return { ...term, pairs: term.pairs.map(([key, value]) => [take(key), take(value)] as const) };
    case 'ref':
      return { ...term, path: term.path.map(take) };
    default:
      return term;
  }
}

/** Before the body is ordered: calls within negated expressions. */
export function hoistCalls(body: Body): Body {
  if (!body.some(({ negated }) => negated)) return body;
  return body.flatMap((literal) => {
    if (!literal.negated || literal.negatedBody === true) return [literal];
    const out: Literal[] = [];
    const take: Take = (term) => {
      if (term.kind === 'call') return named({ ...term, args: term.args.map(take) }, literal, out);
      if (term.kind === 'ref' && term.head.kind !== 'var') return parts({ ...term, head: take(term.head) }, take);
      return parts(term, take);
    };
    const { expression } = literal;
    if (expression.kind === 'term') {
      const { term } = expression;
      const kept = term.kind === 'call' ? { ...term, args: term.args.map(take) } : take(term);
      out.push({ ...literal, expression: { kind: 'term', term: kept } });
    } else if (expression.kind === 'unify')
      out.push({
        ...literal,
        expression: { ...expression, left: take(expression.left), right: take(expression.right) },
      });
    else if (expression.kind === 'every') {
      const domain = named(take(expression.domain), literal, out);
      out.push({ ...literal, expression: { ...expression, domain } });
    } else out.push(literal);
    return out;
  });
}

/** Comparisons and membership answer whenever their operands are there: false alone makes their negation hold. */
const TOTAL = new Set(['neq', 'lt', 'lte', 'gt', 'gte', 'internal.member_2', 'internal.member_3']);

/** Whether a negated call holds exactly where the call is false. */
export const isTotal = (term: Term, arity: Arity): boolean =>
  term.kind === 'call' && TOTAL.has(term.operator.join('.')) && arity(term.operator) === term.args.length;

/** After the body is ordered: references that are arguments within negated expressions. */
export function hoistReferences(body: Body, arity: Arity): Body {
  if (!body.some(({ negated }) => negated)) return body;
  return body.flatMap((literal) => {
    const { expression, negated } = literal;
    if (!negated || literal.negatedBody === true) return [literal];
    const out: Literal[] = [];
    const take: Take = (term) => {
      if (term.kind === 'var' && (term.name === 'input' || term.name === 'data')) return named(term, literal, out);
      if (term.kind === 'ref') return named(parts(term, take), literal, out);
      return parts(term, take);
    };
    if (expression.kind === 'unify') {
      const left = parts(expression.left, take);
      out.push({ ...literal, expression: { ...expression, left, right: parts(expression.right, take) } });
    } else if (expression.kind === 'term') {
      const { term } = expression;
      let kept: Term;
      if (term.kind !== 'call') kept = parts(term, take);
      else if (term.operator.length === 1 && (term.operator[0] === 'equal' || term.operator[0] === 'eq'))
        kept = { ...term, args: term.args.map((arg) => parts(arg, take)) };
      else if (isTotal(term, arity) && literal.withs.length === 0) kept = term;
      else kept = { ...term, args: term.args.map(take) };
      out.push({ ...literal, expression: { kind: 'term', term: kept } });
    } else out.push(literal);
    return out;
  });
}
