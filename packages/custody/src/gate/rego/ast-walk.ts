/** Rules and bodies rebuilt with some of their terms replaced. */
import type { Body, Expression, Literal, Rule, Term } from './ast.ts';

/** What stands in for a term; null where the term stays and its parts are looked at. */
type Replace = (term: Term) => Term | null;

export function replaceInRule(rule: Rule, replace: Replace): Rule {
  const term = (t: Term): Term => replaceInTerm(t, replace);
  return {
    ...rule,
    path: rule.path.map(term),
    args: rule.args === null ? null : rule.args.map(term),
    key: rule.key === null ? null : term(rule.key),
    value: term(rule.value),
    body: replaceInBody(rule.body, replace),
    elses: rule.elses.map((e) => ({ ...e, value: term(e.value), body: replaceInBody(e.body, replace) })),
  };
}

function replaceInBody(body: Body, replace: Replace): Body {
  return body.map((literal) => replaceInLiteral(literal, replace));
}

function replaceInLiteral(literal: Literal, replace: Replace): Literal {
  return {
    ...literal,
    expression: replaceInExpression(literal.expression, replace),
    withs: literal.withs.map((w) => ({ ...w, value: replaceInTerm(w.value, replace) })),
  };
}

function replaceInExpression(expression: Expression, replace: Replace): Expression {
  const term = (t: Term): Term => replaceInTerm(t, replace);
  switch (expression.kind) {
    case 'term':
      return { ...expression, term: term(expression.term) };
    case 'unify':
    case 'assign':
      return { ...expression, left: term(expression.left), right: term(expression.right) };
    case 'some':
      return expression;
    case 'someIn':
      return {
        ...expression,
        key: expression.key === null ? null : term(expression.key),
        value: term(expression.value),
        domain: term(expression.domain),
      };
    case 'every':
      return { ...expression, domain: term(expression.domain), body: replaceInBody(expression.body, replace) };
    case 'group':
      return { ...expression, body: replaceInBody(expression.body, replace) };
    case 'and':
    case 'or':
      return {
        ...expression,
        left: replaceInLiteral(expression.left, replace),
        right: replaceInLiteral(expression.right, replace),
      };
  }
}

function replaceInTerm(t: Term, replace: Replace): Term {
  const stand = replace(t);
  if (stand !== null) return stand;
  const term = (part: Term): Term => replaceInTerm(part, replace);
  switch (t.kind) {
    case 'value':
    case 'var':
      return t;
    case 'ref':
      return { ...t, head: term(t.head), path: t.path.map(term) };
    case 'call':
      return { ...t, args: t.args.map(term) };
    case 'array':
    case 'set':
      return { ...t, items: t.items.map(term) };
    case 'object':
      return { ...t, pairs: t.pairs.map(([key, value]) => [term(key), term(value)] as const) };
    case 'arrayComprehension':
    case 'setComprehension':
      return { ...t, head: term(t.head), body: replaceInBody(t.body, replace) };
    case 'objectComprehension':
      return { ...t, key: term(t.key), head: term(t.head), body: replaceInBody(t.body, replace) };
    case 'template':
      return {
        ...t,
        parts: t.parts.map((part) => (typeof part === 'string' ? part : replaceInLiteral(part, replace))),
      };
  }
}
