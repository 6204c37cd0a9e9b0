/**
 * Names. What a file writes as `x` is a local variable, an argument, a rule of the package, an import or a root document;
 * after this step every variable has one name within its rule, and everything global is a reference from `data` or `input`.
 */
import { BUILTINS } from './builtins/registry.ts';
import { RegoError, type Place } from './rego-error.ts';
import type { Body, Expression, Literal, Module, Rule, Term, With } from './ast.ts';

/** Names that mean something outside the rule: rules of the package and imports, each with its full path. */
export type Globals = ReadonlyMap<string, readonly string[]>;

export function globalsOf(module: Module, rulesOfPackage: Iterable<string>): Globals {
  const globals = new Map<string, readonly string[]>();
  for (const name of rulesOfPackage) globals.set(name, ['data', ...module.package, name]);
  for (const { path, alias } of module.imports) {
    if (path[0] === 'rego' || path[0] === 'future') continue;
    const name = alias ?? path[path.length - 1] ?? '';
    if (path.length > 1 || alias !== null) globals.set(name, path);
  }
  return globals;
}

type Scope = Map<string, string>;

export class Names {
  readonly #globals: Globals;
  readonly #keepTop: boolean;
  #count = 0;
  #scopes: Scope[] = [];

  /** `keepTop`: variables declared at the top of a query keep their names, for they are its answer. */
  constructor(globals: Globals, keepTop = false) {
    this.#globals = globals;
    this.#keepTop = keepTop;
  }

  rule(rule: Rule): Rule {
    const yes = this.#scoped(() => {
      if (rule.args !== null) for (const arg of rule.args) this.#declareAll(arg, false);
      const args = rule.args === null ? null : rule.args.map((arg) => this.#term(arg));
      const main = this.#scoped(() => {
        const body = this.#body(rule.body);
        return {
          body,
          path: rule.path.map((term) => this.#term(term)),
          key: rule.key === null ? null : this.#term(rule.key),
          value: this.#term(rule.value),
        };
      });
      const elses = rule.elses.map((other) =>
        this.#scoped(() => {
          const body = this.#body(other.body);
          return { ...other, body, value: this.#term(other.value) };
        }),
      );
      return { ...rule, ...main, args, elses };
    });
    return yes;
  }

  query(body: Body): Body {
    return this.#scoped(() => this.#body(body));
  }

  #scoped<T>(inside: () => T): T {
    this.#scopes.push(new Map());
    try {
      return inside();
    } finally {
      this.#scopes.pop();
    }
  }

  #declare(name: string, place: Place, once: boolean): void {
    if (name.startsWith('$')) return;
    if (name === 'input' || name === 'data')
      throw new RegoError('rego_compile_error', `variables must not shadow ${name}`, 'Choose another name.', place);
    const scope = this.#scopes[this.#scopes.length - 1] as Scope;
    if (scope.has(name)) {
      if (once)
        throw new RegoError(
          'rego_compile_error',
          `var ${name} assigned above`,
          'Choose another name, or compare with ==.',
          place,
        );
      return;
    }
    scope.set(name, this.#keepTop && this.#scopes.length === 1 ? name : `${name}#${this.#count++}`);
  }

  /** Declares the variables of a pattern. */
  #declareAll(pattern: Term, once: boolean): void {
    switch (pattern.kind) {
      case 'var':
        this.#declare(pattern.name, pattern.place, once);
        return;
      case 'array':
        for (const item of pattern.items) this.#declareAll(item, once);
        return;
      case 'object':
        for (const [, value] of pattern.pairs) this.#declareAll(value, once);
        return;
      default:
        return;
    }
  }

  #body(body: Body): Body {
    return body.map((literal) => this.#literal(literal));
  }

  #literal(literal: Literal): Literal {
    // The values of `with` are read outside what the expression declares.
    const withs = literal.withs.map((w) => this.#with(w));
    return { ...literal, expression: this.#expression(literal.expression, literal.place), withs };
  }

  #with(w: With): With {
    const first = w.target[0] as string;
    const global = this.#globals.get(first);
    const target =
      global !== undefined && first !== 'data' && first !== 'input' ? [...global, ...w.target.slice(1)] : w.target;
    const value = this.#term(w.value);
    const name = dottedName(value);
    if (name !== null && BUILTINS.has(name) && this.#find(name) === undefined)
      return { ...w, target, value: { kind: 'value', value: true, place: w.place }, builtin: name };
    return { ...w, target, value };
  }

  #expression(expression: Expression, place: Place): Expression {
    switch (expression.kind) {
      case 'term':
        return { kind: 'term', term: this.#term(expression.term) };
      case 'unify':
        return { kind: 'unify', left: this.#term(expression.left), right: this.#term(expression.right) };
      case 'assign': {
        const right = this.#term(expression.right);
        const { left } = expression;
        if (left.kind !== 'var' && left.kind !== 'array' && left.kind !== 'object')
          throw new RegoError(
            'rego_compile_error',
            `cannot assign to ${left.kind}`,
            'Assign to a variable or a pattern, or compare with ==.',
            place,
          );
        this.#declareAll(left, true);
        return { kind: 'unify', left: this.#term(left), right };
      }
      case 'some':
        for (const name of expression.names) this.#declare(name, place, true);
        return { kind: 'some', names: [] };
      case 'someIn': {
        const domain = this.#term(expression.domain);
        if (expression.key !== null) this.#declareAll(expression.key, false);
        this.#declareAll(expression.value, false);
        return {
          kind: 'someIn',
          key: expression.key === null ? null : this.#term(expression.key),
          value: this.#term(expression.value),
          domain,
        };
      }
      case 'every': {
        const domain = this.#term(expression.domain);
        return this.#scoped(() => {
          if (expression.key !== null) this.#declare(expression.key, place, true);
          this.#declare(expression.value, place, true);
          const local = (name: string): string => this.#find(name) ?? name;
          return {
            kind: 'every',
            key: expression.key === null ? null : local(expression.key),
            value: local(expression.value),
            domain,
            body: this.#scoped(() => this.#body(expression.body)),
          };
        });
      }
      case 'group':
        return { kind: 'group', body: this.#scoped(() => this.#body(expression.body)) };
      case 'and':
      case 'or':
        return { kind: expression.kind, left: this.#literal(expression.left), right: this.#literal(expression.right) };
    }
  }

  #find(name: string): string | undefined {
    for (let i = this.#scopes.length - 1; i >= 0; i--) {
      const local = this.#scopes[i]?.get(name);
      if (local !== undefined) return local;
    }
    return undefined;
  }

  #term(term: Term): Term {
    switch (term.kind) {
      case 'value':
        return term;
      case 'var': {
        const local = this.#find(term.name);
        if (local !== undefined) return { ...term, name: local };
        const global = this.#globals.get(term.name);
        if (global === undefined) return term;
        return reference(global, [], term.place);
      }
      case 'ref': {
        const head = this.#term(term.head);
        const path = term.path.map((item) => this.#term(item));
        if (head.kind === 'ref')
          return { kind: 'ref', head: head.head, path: [...head.path, ...path], place: term.place };
        return { kind: 'ref', head, path, place: term.place };
      }
      case 'call': {
        const args = term.args.map((arg) => this.#term(arg));
        const first = term.operator[0] as string;
        const global = this.#globals.get(first);
        const operator = global === undefined ? term.operator : [...global, ...term.operator.slice(1)];
        return { ...term, operator, args };
      }
      case 'array':
      case 'set':
        return { ...term, items: term.items.map((item) => this.#term(item)) };
      case 'object':
        return { ...term, pairs: term.pairs.map(([k, v]) => [this.#term(k), this.#term(v)] as const) };
      case 'arrayComprehension':
      case 'setComprehension':
        return this.#scoped(() => {
          const body = this.#body(term.body);
          return { ...term, body, head: this.#term(term.head) };
        });
      case 'objectComprehension':
        return this.#scoped(() => {
          const body = this.#body(term.body);
          return { ...term, body, key: this.#term(term.key), head: this.#term(term.head) };
        });
      case 'template':
        return { ...term, parts: term.parts.map((part) => (typeof part === 'string' ? part : this.#literal(part))) };
    }
  }
}

/** `count`, `array.concat`; null for what cannot name a built-in. */
function dottedName(term: Term): string | null {
  if (term.kind === 'var') return term.name;
  if (term.kind !== 'ref' || term.head.kind !== 'var' || term.head.name === 'data' || term.head.name === 'input')
    return null;
  const path = term.path.map((item) => (item.kind === 'value' ? item.value : null));
  return path.every((item) => typeof item === 'string') ? [term.head.name, ...path].join('.') : null;
}

export function reference(path: readonly string[], more: readonly Term[], place: Place): Term {
  const head: Term = { kind: 'var', name: path[0] as string, place };
  const rest: Term[] = path.slice(1).map((value) => ({ kind: 'value', value, place }));
  if (rest.length + more.length === 0) return head;
  return { kind: 'ref', head, path: [...rest, ...more], place };
}
