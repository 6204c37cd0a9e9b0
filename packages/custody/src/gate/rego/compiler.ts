/**
 * Bodies into closures. Each expression is linked at compile time to what runs after it, so a solution is a nested call
 * and backtracking is a return. Because the order of a body fixes what is bound where, binding is an assignment to a slot.
 */
import type { Body, Literal, Rule, Term, With } from './ast.ts';
import { BUILTINS, type Builtin } from './builtins/registry.ts';
import { Extent, extentOf, lookup, Node, type CallableRule, type CompleteRule, type PartialRule } from './document.ts';
import { BuiltinError, invariant, RegoError, type Place } from './rego-error.ts';
import { Runtime, type Ev, type Exec, type Mock, type Slots } from './runtime.ts';
import { order, solve, unsafe, useOf, mentioned, isRoot, type Arity } from './safety.ts';
import { chooseIndex } from './rule-index.ts';
import { compare, equal, isArray, RegoObject, RegoSet, toText, weighed, type Value } from './value.ts';

/** What is known at a point of a body. */
export interface Context {
  readonly slots: Map<string, number>;
  readonly bound: Set<string>;
  /** Names that bodies within may not take for their own. */
  readonly shared: ReadonlySet<string>;
  readonly frame: { size: number };
}

const newContext = (): Context => ({ slots: new Map(), bound: new Set(), shared: new Set(), frame: { size: 0 } });

export class Compiler {
  readonly #root: Node;

  constructor(root: Node) {
    this.#root = root;
  }

  readonly arity: Arity = (operator) => {
    const node = this.#function(operator);
    if (node !== null) return node.callable?.arity;
    return BUILTINS.get(operator.join('.'))?.arity;
  };

  #function(operator: readonly string[]): Node | null {
    if (operator[0] !== 'data') return null;
    const node = this.#find(operator.slice(1));
    return node !== null && node.callable !== null ? node : null;
  }

  #find(path: readonly string[]): Node | null {
    let node: Node = this.#root;
    for (const name of path) {
      const child = node.children.get(name);
      if (child === undefined) return null;
      node = child;
    }
    return node;
  }

  // --- rules ---

  #slot(context: Context, name: string): number {
    let slot = context.slots.get(name);
    if (slot === undefined) context.slots.set(name, (slot = context.frame.size++));
    return slot;
  }

  #temporary(context: Context): number {
    return context.frame.size++;
  }

  /** A body in order, then `end`. What the body binds is in `context` when `end` is made. */
  #body(body: Body, context: Context, end: (context: Context) => Exec): Exec {
    const inner: Context = {
      ...context,
      shared: new Set([...context.shared, ...context.bound, ...mentioned(body, this.arity)]),
    };
    const ordered = order(body, this.arity, inner.bound);
    const link = (i: number): Exec => {
      const literal = ordered[i];
      return literal === undefined ? end(inner) : this.#literal(literal, inner, () => link(i + 1));
    };
    return link(0);
  }

  /** `body`, then `value`; the first result in the frame's slot, conflicts refused. */
  #single(
    body: Body,
    value: Term,
    context: Context,
    conflict: () => RegoError,
  ): (rt: Runtime, s: Slots) => Value | undefined {
    const result = this.#temporary(context);
    const constant = value.kind === 'value';
    const exec = this.#body(body, context, (inner) =>
      this.#value(value, inner, (ev) => (rt, s) => {
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

  /** One rule with its `else`s: the first of them that has a value. */
  #chain(rule: Rule, context: Context, conflict: () => RegoError): (rt: Runtime, s: Slots) => Value | undefined {
    const bound = new Set(context.bound);
    const links = [{ body: rule.body, value: rule.value }, ...rule.elses].map(({ body, value }) =>
      this.#single(body, value, { ...context, bound: new Set(bound) }, conflict),
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

  #conflict(what: string, rule: Rule): () => RegoError {
    return () =>
      new RegoError(
        'eval_conflict_error',
        what,
        'Make the bodies exclude one another, or agree on the value.',
        rule.place,
      );
  }

  complete(node: Node, rules: readonly Rule[]): CompleteRule {
    const name = `data.${node.path.join('.')}`;
    const ordinary = rules.filter((rule) => !rule.default);
    const fallback = rules.find((rule) => rule.default);
    const compiled = ordinary.map((rule) => {
      const context = newContext();
      const chain = this.#chain(rule, context, this.#conflict(`rule ${name} produced conflicting values`, rule));
      return { chain, frame: context.frame };
    });
    const defaultValue = fallback === undefined ? null : this.#default(fallback);
    const index = chooseIndex(ordinary, compiled);
    const allSame = sameConstant(ordinary);
    const { id } = node;
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

  #default(rule: Rule): Ev {
    const context = newContext();
    const value = this.#term(rule.value, context);
    return (rt) => value(rt, newSlots(context.frame.size));
  }

  callable(node: Node, rules: readonly Rule[]): CallableRule {
    const name = `data.${node.path.join('.')}`;
    const what = `function ${name} produced conflicting values for the same inputs`;
    const ordinary = rules.filter((rule) => !rule.default);
    const fallback = rules.find((rule) => rule.default);
    const arity = rules[0]?.args?.length ?? 0;
    const compiled = ordinary.map((rule) => {
      const context = newContext();
      const args = rule.args ?? [];
      const holders = args.map(() => this.#temporary(context));
      // Arguments that are more than patterns are evaluated as the first part of the body.
      let chain: ((rt: Runtime, s: Slots) => Value | undefined) | null = null;
      const matches = args.map((arg) => {
        const pattern = useOf(arg, true);
        return [...pattern.needs].length === 0 && isPattern(arg) ? this.#match(arg, context) : null;
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
      chain = this.#chain(withLate, context, this.#conflict(what, rule));
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
    const defaultValue = fallback === undefined ? null : this.#default(fallback);
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

  partial(node: Node, rules: readonly Rule[]): PartialRule {
    const depth = node.path.length;
    const compiled = rules.map((rule) => {
      const context = newContext();
      const holder = this.#temporary(context);
      // The part of the reference after the node: what is left of package, name and path.
      const rest = rule.path.slice(rule.path.length - (fullLength(rule) - depth));
      const chainOf = (body: Body, value: Term): Exec =>
        this.#body(body, { ...context, bound: new Set() }, (inner) =>
          this.#values([...rest, rule.key ?? value], inner, (evs) => (rt, s) => {
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
      const links = [{ body: rule.body, value: rule.value }, ...rule.elses].map(({ body, value }) =>
        chainOf(body, value),
      );
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

  /** A query: `answer` is called with each solution's variables. */
  query(body: Body): { readonly names: readonly string[]; run(rt: Runtime, answer: (values: Value[]) => void): void } {
    const context = newContext();
    const holder = this.#temporary(context);
    let names: string[] = [];
    const exec = this.#body(body, context, (inner) => {
      names = [...inner.bound].filter((name) => !name.startsWith('$') && !name.includes('#'));
      const slots = names.map((name) => this.#slot(inner, name));
      return (_rt, s) => {
        (s[holder] as unknown as (values: Value[]) => void)(slots.map((slot) => s[slot] as Value));
        return false;
      };
    });
    return {
      names,
      run(rt, answer) {
        const s = newSlots(context.frame.size);
        s[holder] = answer as unknown as Value;
        exec(rt, s);
      },
    };
  }

  // --- expressions ---

  #literal(literal: Literal, context: Context, next: () => Exec): Exec {
    if (literal.withs.length > 0) return this.#with(literal, context, next);
    if (literal.negated) {
      const holds = this.#once([{ ...literal, negated: false }], context);
      const then = next();
      return (rt, s) => !holds(rt, s) && then(rt, s);
    }
    const { expression } = literal;
    switch (expression.kind) {
      case 'some':
        return next();
      case 'term':
        return this.#condition(expression.term, context, next);
      case 'unify':
      case 'assign':
        return this.#unify(expression.left, expression.right, context, next);
      case 'someIn':
        return this.#value(expression.domain, context, (domain) =>
          this.#each(domain, expression.key, expression.value, context, next),
        );
      case 'every': {
        const { key, value, domain, body } = expression;
        return this.#value(domain, context, (ev) => {
          const inner: Context = { ...context, bound: new Set(context.bound) };
          const keySlot = key === null ? null : this.#slot(inner, key);
          const valueSlot = this.#slot(inner, value);
          inner.bound.add(value);
          if (key !== null) inner.bound.add(key);
          const holds = this.#once(body, inner);
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
        const holds = this.#once(expression.body, context);
        const then = next();
        return (rt, s) => holds(rt, s) && then(rt, s);
      }
      case 'and': {
        const left = this.#once([expression.left], context);
        const right = this.#once([expression.right], context);
        const then = next();
        return (rt, s) => left(rt, s) && right(rt, s) && then(rt, s);
      }
      case 'or': {
        const left = this.#once([expression.left], context);
        const right = this.#once([expression.right], context);
        const then = next();
        return (rt, s) => (left(rt, s) || right(rt, s)) && then(rt, s);
      }
    }
  }

  /** Whether a body has a solution, in a scope of its own. */
  #once(body: Body, context: Context): Exec {
    return this.#body(body, { ...context, bound: new Set(context.bound) }, () => () => true);
  }

  #condition(term: Term, context: Context, next: () => Exec): Exec {
    if (term.kind === 'call') {
      const { operator, args } = term;
      const arity = this.arity(operator);
      if (arity !== undefined && args.length === arity + 1) {
        const call: Term = { ...term, args: args.slice(0, -1) };
        return this.#unify(args[args.length - 1] as Term, call, context, next);
      }
    }
    return this.#value(term, context, (ev) => {
      const then = next();
      return (rt, s) => {
        const value = ev(rt, s);
        return value !== undefined && value !== false && then(rt, s);
      };
    });
  }

  #unify(left: Term, right: Term, context: Context, next: () => Exec): Exec {
    const matches = solve(left, right, new Set(context.bound), context.shared);
    invariant(matches !== null, 'the order of the body lets every equation be solved');
    const link = (i: number): Exec => {
      const match = matches[i];
      if (match === undefined) return next();
      return this.#value(match.value, context, (ev) => {
        const { pattern } = match;
        if (pattern.kind === 'var' && !isRoot(pattern.name) && !context.bound.has(pattern.name)) {
          const slot = this.#slot(context, pattern.name);
          context.bound.add(pattern.name);
          const then = link(i + 1);
          return (rt, s) => {
            const value = ev(rt, s);
            if (value === undefined) return false;
            s[slot] = value;
            return then(rt, s);
          };
        }
        const fits = this.#match(pattern, context);
        const then = link(i + 1);
        return (rt, s) => {
          const value = ev(rt, s);
          return value !== undefined && fits(rt, s, value) && then(rt, s);
        };
      });
    };
    return link(0);
  }

  #each(domain: Ev, key: Term | null, value: Term, context: Context, next: () => Exec): Exec {
    const keyFits = key === null ? null : this.#match(key, context);
    if (value.kind === 'var' && !isRoot(value.name) && !context.bound.has(value.name) && keyFits === null) {
      const slot = this.#slot(context, value.name);
      context.bound.add(value.name);
      const then = next();
      return (rt, s) => {
        const collection = domain(rt, s);
        if (collection === undefined) return false;
        if (isArray(collection) || collection instanceof RegoSet) {
          for (const item of isArray(collection) ? collection : collection.values()) {
            rt.budget.step();
            s[slot] = item;
            if (then(rt, s)) return true;
          }
        } else if (collection instanceof RegoObject) {
          for (const [, item] of collection.entries()) {
            rt.budget.step();
            s[slot] = item;
            if (then(rt, s)) return true;
          }
        }
        return false;
      };
    }
    const valueFits = this.#match(value, context);
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

  /** Binds the unbound variables of a pattern to parts of a value, and compares the rest. */
  #match(pattern: Term, context: Context): (rt: Runtime, s: Slots, value: Value) => boolean {
    switch (pattern.kind) {
      case 'var': {
        if (!isRoot(pattern.name)) {
          const slot = this.#slot(context, pattern.name);
          if (!context.bound.has(pattern.name)) {
            context.bound.add(pattern.name);
            return (_rt, s, value) => {
              s[slot] = value;
              return true;
            };
          }
          return (_rt, s, value) => equal(s[slot] as Value, value);
        }
        break;
      }
      case 'value': {
        const constant = pattern.value;
        return (_rt, _s, value) => equal(constant, value);
      }
      case 'array': {
        // Unbound variables first: `[x, f(x)]`.
        const items = pattern.items.map((item, at) => ({ item, at }));
        const plain = items
          .filter(({ item }) => isPattern(item))
          .map(({ item, at }) => ({ at, fits: this.#match(item, context) }));
        const late = items
          .filter(({ item }) => !isPattern(item))
          .map(({ item, at }) => ({ at, fits: this.#match(item, context) }));
        const all = [...plain, ...late];
        const { length } = pattern.items;
        return (rt, s, value) => {
          if (!isArray(value) || value.length !== length) return false;
          for (const { at, fits } of all) if (!fits(rt, s, value[at] as Value)) return false;
          return true;
        };
      }
      case 'object': {
        const entries = pattern.pairs.map(([key, item]) => ({
          key: this.#term(key, context),
          fits: this.#match(item, context),
        }));
        return (rt, s, value) => {
          if (!(value instanceof RegoObject) || value.size !== entries.length) return false;
          for (const { key, fits } of entries) {
            const k = key(rt, s);
            const item = k === undefined ? undefined : value.get(k);
            if (item === undefined || !fits(rt, s, item)) return false;
          }
          return true;
        };
      }
      default:
        break;
    }
    const ev = this.#term(pattern, context);
    return (rt, s, value) => {
      const other = ev(rt, s);
      return other !== undefined && equal(other, value);
    };
  }

  #with(literal: Literal, context: Context, next: () => Exec): Exec {
    return this.#values(
      literal.withs.map((w) =>
        (this.#mock(w)?.mock ?? null) === null ? w.value : { kind: 'value', value: true, place: w.place },
      ),
      context,
      (evs) => {
        const changes = literal.withs.map((w, i) => this.#change(w, evs[i] as Ev));
        const inner = this.#literal({ ...literal, withs: [] }, context, () => {
          const then = next();
          return (rt, s) => then(rt.outer as Runtime, s);
        });
        return (rt, s) => {
          let changed: Runtime | null = rt;
          for (const change of changes) {
            changed = change(changed, rt, s);
            if (changed === null) return false;
          }
          return inner(new Runtime(rt.budget, changed.input, changed.data, changed.replaced, changed.mocks, rt), s);
        };
      },
    );
  }

  /** What stands in for a function, if the target of `with` is one. */
  #mock(w: With): { readonly name: string; readonly mock: Mock | null } | null {
    const name = w.target.join('.');
    const node = this.#function(w.target);
    if (node === null && (isRoot(w.target[0] as string) || !BUILTINS.has(name))) {
      if (isRoot(w.target[0] as string)) return null;
      throw new RegoError(
        'rego_type_error',
        `undefined function ${name}`,
        'Name input, data, a function or a built-in after `with`.',
        w.place,
      );
    }
    if (w.builtin !== null) return { name, mock: { kind: 'builtin', name: w.builtin } };
    const path = staticPath(w.value);
    if (path !== null) {
      const replacement = this.#function(path);
      if (replacement !== null) return { name, mock: { kind: 'function', node: replacement } };
      if (!isRoot(path[0] as string) && BUILTINS.has(path.join('.')))
        return { name, mock: { kind: 'builtin', name: path.join('.') } };
    }
    return { name, mock: null };
  }

  #change(w: With, ev: Ev): (changed: Runtime, rt: Runtime, s: Slots) => Runtime | null {
    const mocked = this.#mock(w);
    if (mocked !== null) {
      const { name, mock } = mocked;
      return (changed, rt, s) => {
        let replacement = mock;
        if (replacement === null) {
          const v = ev(rt, s);
          if (v === undefined) return null;
          replacement = { kind: 'value', value: v };
        }
        return new Runtime(
          rt.budget,
          changed.input,
          changed.data,
          changed.replaced,
          new Map([...(changed.mocks ?? []), [name, replacement]]),
        );
      };
    }
    const [root, ...path] = w.target;
    if (root === 'input') {
      return (changed, rt, s) => {
        const value = ev(rt, s);
        if (value === undefined) return null;
        return new Runtime(
          rt.budget,
          placed(changed.input, path, 0, value),
          changed.data,
          changed.replaced,
          changed.mocks,
        );
      };
    }
    let node: Node | null = this.#root;
    for (const name of path) {
      if (node?.hasRules === true)
        throw new RegoError(
          'rego_compile_error',
          'with keyword cannot partially replace virtual document(s)',
          'Replace the whole rule.',
          w.place,
        );
      node = node?.children.get(name) ?? null;
    }
    const target = node;
    return (changed, rt, s) => {
      const value = ev(rt, s);
      if (value === undefined) return null;
      const data = placed(changed.data, path, 0, value);
      const replaced = target === null ? changed.replaced : new Set([...(changed.replaced ?? []), target]);
      return new Runtime(
        rt.budget,
        changed.input,
        data instanceof RegoObject ? data : RegoObject.empty,
        replaced,
        changed.mocks,
      );
    };
  }

  // --- terms ---

  /** Whether evaluating the term searches: a reference with unbound variables, or a relation such as `walk`. */
  #searches(term: Term, context: Context): boolean {
    switch (term.kind) {
      case 'value':
      case 'var':
      case 'template':
      case 'arrayComprehension':
      case 'setComprehension':
      case 'objectComprehension':
        return false;
      case 'ref':
        if (this.#searches(term.head, context)) return true;
        return term.path.some((item) => this.#unbound(item, context) || this.#searches(item, context));
      case 'call':
        return (
          BUILTINS.get(term.operator.join('.'))?.each !== undefined ||
          term.args.some((arg) => this.#searches(arg, context))
        );
      case 'array':
      case 'set':
        return term.items.some((item) => this.#searches(item, context));
      case 'object':
        return term.pairs.some(([key, value]) => this.#searches(key, context) || this.#searches(value, context));
    }
  }

  #unbound(item: Term, context: Context): boolean {
    if (item.kind === 'var') return !isRoot(item.name) && !context.bound.has(item.name);
    if (item.kind === 'array') return item.items.some((part) => this.#unbound(part, context));
    if (item.kind === 'object') return item.pairs.some(([, part]) => this.#unbound(part, context));
    return false;
  }

  /** Makes `then` with an evaluator of the term; where the term searches, runs it for each of its values. */
  #value(term: Term, context: Context, then: (ev: Ev) => Exec): Exec {
    if (!this.#searches(term, context)) return then(this.#term(term, context));
    switch (term.kind) {
      case 'ref':
        return this.#search(term, context, then);
      case 'call': {
        const builtin = BUILTINS.get(term.operator.join('.'));
        return this.#values(term.args, context, (evs) => {
          const each = builtin?.each;
          if (each === undefined) return then(this.#call(term.operator, evs, term.place));
          const slot = this.#temporary(context);
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
        return this.#values(term.items, context, (evs) => then(arrayOf(evs)));
      case 'set':
        return this.#values(term.items, context, (evs) => then(setOf(evs)));
      case 'object':
        return this.#values(term.pairs.flat(), context, (evs) => then(objectOf(evs)));
      default:
        return then(this.#term(term, context));
    }
  }

  /** Several terms: those that search first, so that what they bind is there for the others. */
  #values(terms: readonly Term[], context: Context, then: (evs: Ev[]) => Exec): Exec {
    const evs: (Ev | null)[] = terms.map(() => null);
    const searching = terms.map((term, i) => ({ term, i })).filter(({ term }) => this.#searches(term, context));
    const link = (n: number): Exec => {
      const next = searching[n];
      if (next === undefined) {
        return then(terms.map((term, i) => evs[i] ?? this.#term(term, context)));
      }
      return this.#value(next.term, context, (ev) => {
        const slot = this.#temporary(context);
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

  /** A term without search, all of whose variables are bound. */
  #term(term: Term, context: Context): Ev {
    switch (term.kind) {
      case 'value': {
        const { value } = term;
        return () => value;
      }
      case 'var': {
        if (term.name === 'input') return (rt) => rt.input;
        if (term.name === 'data') return (rt) => extentOf(rt, this.#root, rt.data);
        if (!context.bound.has(term.name)) throw unsafe(term.name, term.place);
        const slot = this.#slot(context, term.name);
        return (_rt, s) => s[slot];
      }
      case 'ref':
        return this.#ref(term.head, term.path, context);
      case 'call':
        return this.#call(
          term.operator,
          term.args.map((arg) => this.#term(arg, context)),
          term.place,
        );
      case 'array':
        if (term.items.every((item) => item.kind === 'value')) {
          const constant = term.items.map((item) => (item as { value: Value }).value);
          return () => constant;
        }
        return arrayOf(term.items.map((item) => this.#term(item, context)));
      case 'set': {
        const build = setOf(term.items.map((item) => this.#term(item, context)));
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
        if (named.every(({ key }) => key !== null)) {
          const sorted = named
            .map(({ key, ev }) => ({ key: key as string, ev: this.#term(ev, context) }))
            .sort((a, b) => compare(a.key, b.key));
          return (rt, s) => {
            const map = new Map<string, Value>();
            for (const { key, ev } of sorted) {
              const value = ev(rt, s);
              if (value === undefined) return undefined;
              map.set(key, value);
            }
            return weighed(RegoObject.ofStrings(map));
          };
        }
        return objectOf(flat.map((item) => this.#term(item, context)));
      }
      case 'arrayComprehension':
      case 'setComprehension': {
        const inner: Context = { ...context, bound: new Set(context.bound) };
        const list = this.#temporary(context);
        const exec = this.#body(term.body, inner, (last) =>
          this.#value(term.head, last, (ev) => (rt, s) => {
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
        const holder = this.#temporary(context);
        const { place } = term;
        const exec = this.#body(term.body, inner, (last) =>
          this.#values([term.key, term.head], last, ([key, head]) => (rt, s) => {
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
          const slot = this.#temporary(context);
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
            exec: this.#body([literal], inner, (last) => {
              const from = this.#slot(last, result.name);
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

  #ref(head: Term, path: readonly Term[], context: Context): Ev {
    const keys = path.map((item) => this.#term(item, context));
    if (head.kind === 'var' && head.name === 'input') return navigate((rt) => rt.input, path, keys);
    if (head.kind !== 'var' || head.name !== 'data') return navigate(this.#term(head, context), path, keys);
    // From `data`: as far as constants lead through the tree now, the rest at run time.
    const root = this.#root;
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

  #search(term: Term & { kind: 'ref' }, context: Context, then: (ev: Ev) => Exec): Exec {
    const { head, path } = term;
    const fromData = head.kind === 'var' && head.name === 'data';
    const root = this.#root;
    const prepare = (start: Ev | null): Exec => {
      type Step =
        | { readonly kind: 'key'; readonly ev: Ev }
        | { readonly kind: 'bind'; readonly slot: number }
        | { readonly kind: 'match'; readonly fits: (rt: Runtime, s: Slots, value: Value) => boolean };
      const steps: Step[] = [];
      for (const item of path) {
        if (item.kind === 'var' && this.#unbound(item, context)) {
          const slot = this.#slot(context, item.name);
          context.bound.add(item.name);
          steps.push({ kind: 'bind', slot });
        } else if (this.#unbound(item, context)) steps.push({ kind: 'match', fits: this.#match(item, context) });
        else steps.push({ kind: 'key', ev: this.#term(item, context) });
      }
      const result = this.#temporary(context);
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
      .filter(({ item }) => !this.#unbound(item, context) && this.#searches(item, context));
    if (nested.length > 0) {
      return this.#values(
        nested.map(({ item }) => item),
        context,
        (evs) => {
          const names = nested.map(({ item, i }, n) => {
            const name = `$s${context.frame.size}`;
            this.#slot(context, name);
            context.bound.add(name);
            return { i, name, place: item.place, ev: evs[n] as Ev };
          });
          const replaced = path.map((item, i) => {
            const found = names.find((n) => n.i === i);
            return found === undefined ? item : ({ kind: 'var', name: found.name, place: item.place } as const);
          });
          const slots = names.map(({ name }) => this.#slot(context, name));
          const inner = this.#value({ ...term, path: replaced }, context, then);
          return (rt, s) => {
            for (let n = 0; n < names.length; n++) s[slots[n] as number] = (names[n] as { ev: Ev }).ev(rt, s);
            return inner(rt, s);
          };
        },
      );
    }
    if (fromData) return prepare(null);
    return this.#value(head, context, (ev) => prepare(ev));
  }

  #call(operator: readonly string[], args: readonly Ev[], place: Place): Ev {
    const name = operator.join('.');
    const node = this.#function(operator);
    const wrongCount = (wanted: number): RegoError =>
      new RegoError(
        'rego_type_error',
        `${name}: arity mismatch: have ${args.length} arguments, want ${wanted}`,
        'Give the function as many arguments as it takes.',
        place,
      );
    if (node !== null) {
      const { callable } = node;
      invariant(callable !== null, 'a function node can be called');
      if (args.length !== callable.arity) throw wrongCount(callable.arity);
      const evaluate = argumentsOf(args);
      return (rt, s) => {
        const values = evaluate(rt, s);
        if (values === null) return undefined;
        if (rt.mocks !== null && rt.mocks.has(name)) return this.#mocked(name, rt, values);
        return (node.callable as CallableRule).call(rt, values);
      };
    }
    const builtin = BUILTINS.get(name);
    if (builtin === undefined)
      throw new RegoError(
        'rego_type_error',
        `undefined function ${name}`,
        'Define the function, import its package, or check the name.',
        place,
      );
    if (builtin.arity >= 0 && args.length !== builtin.arity) throw wrongCount(builtin.arity);
    const invoke = (rt: Runtime, values: readonly Value[]): Value | undefined =>
      this.#builtin(builtin, rt, values, place);
    const evaluate = argumentsOf(args);
    const plain: Ev = (rt, s) => {
      const values = evaluate(rt, s);
      if (values === null) return undefined;
      if (rt.mocks !== null && rt.mocks.has(name)) return this.#mocked(name, rt, values);
      return invoke(rt, values);
    };
    const fast = comparison(name, args);
    return fast ?? plain;
  }

  #builtin(builtin: Builtin, rt: Runtime, values: readonly Value[], place: Place | null): Value | undefined {
    rt.budget.step();
    try {
      const result = builtin.run(values, rt.budget);
      return result === undefined ? undefined : weighed(result);
    } catch (error) {
      if (!(error instanceof BuiltinError)) throw error;
      if (!rt.budget.strict) return undefined;
      throw new BuiltinError(
        error.code as 'eval_builtin_error',
        error.message.startsWith(`${builtin.name}:`) ? error.message : `${builtin.name}: ${error.message}`,
        place,
      );
    }
  }

  #mocked(name: string, rt: Runtime, values: readonly Value[]): Value | undefined {
    const mock = rt.mocks?.get(name);
    invariant(mock !== undefined, 'the function is mocked');
    if (mock.kind === 'value') return mock.value;
    // Inside the stand-in, the originals are called.
    const inner = new Runtime(rt.budget, rt.input, rt.data, rt.replaced, null);
    if (mock.kind === 'function') {
      if (mock.node.callable?.arity !== values.length) return undefined;
      return mock.node.callable.call(inner, values);
    }
    const builtin = BUILTINS.get(mock.name);
    return builtin === undefined ? undefined : this.#builtin(builtin, inner, values, null);
  }
}

const NOTHING = Symbol('nothing');

// One allocation of the right size; Array.from would run a loop for each rule.
// oxlint-disable-next-line unicorn/no-new-array
const newSlots = (size: number): Slots => new Array<Value | undefined>(size);

const isPattern = (term: Term): boolean => {
  switch (term.kind) {
    case 'value':
    case 'var':
      return true;
    case 'array':
      return term.items.every(isPattern);
    case 'object':
      return term.pairs.every(([key, value]) => key.kind === 'value' && isPattern(value));
    default:
      return false;
  }
};

/** Set by the policy before compilation: how long the whole reference of a rule is, package included. */
export const packageLength = new WeakMap<Rule, number>();
const fullLength = (rule: Rule): number => (packageLength.get(rule) ?? 0) + 1 + rule.path.length;

function sameConstant(rules: readonly Rule[]): boolean {
  const first = rules[0]?.value;
  if (first?.kind !== 'value') return false;
  return rules.every(
    (rule) => rule.elses.length === 0 && rule.value.kind === 'value' && equal(rule.value.value, first.value),
  );
}

/** `data.a.b` or a bare name, as a path; null for anything else. */
function staticPath(term: Term): readonly string[] | null {
  if (term.kind === 'var') return [term.name];
  if (term.kind !== 'ref' || term.head.kind !== 'var') return null;
  const path = [term.head.name];
  for (const item of term.path) {
    if (item.kind !== 'value' || typeof item.value !== 'string') return null;
    path.push(item.value);
  }
  return path;
}

const isCollection = (value: Value): value is readonly Value[] | RegoObject | RegoSet =>
  isArray(value) || value instanceof RegoObject || value instanceof RegoSet;

function* pairs(collection: readonly Value[] | RegoObject | RegoSet): Generator<readonly [Value, Value]> {
  if (collection instanceof RegoObject) yield* collection.entries();
  else if (collection instanceof RegoSet) for (const value of collection.values()) yield [value, value];
  else for (let i = 0; i < collection.length; i++) yield [i, collection[i] as Value];
}

/** `value` at a path below `into`, making objects on the way. */
function placed(into: Value | undefined, path: readonly string[], i: number, value: Value): Value {
  const name = path[i];
  if (name === undefined) return value;
  const object = into instanceof RegoObject ? into : RegoObject.empty;
  return object.with(name, placed(object.get(name), path, i + 1, value));
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

function argumentsOf(args: readonly Ev[]): (rt: Runtime, s: Slots) => Value[] | null {
  const [a, b] = args;
  if (args.length === 1 && a !== undefined) {
    return (rt, s) => {
      const x = a(rt, s);
      return x === undefined ? null : [x];
    };
  }
  if (args.length === 2 && a !== undefined && b !== undefined) {
    return (rt, s) => {
      const x = a(rt, s);
      if (x === undefined) return null;
      const y = b(rt, s);
      return y === undefined ? null : [x, y];
    };
  }
  return (rt, s) => {
    const values: Value[] = [];
    for (const ev of args) {
      const value = ev(rt, s);
      if (value === undefined) return null;
      values.push(value);
    }
    return values;
  };
}

/** Comparisons cannot fail, so they skip the machinery of built-ins. */
function comparison(name: string, args: readonly Ev[]): Ev | null {
  const [a, b] = args;
  if (a === undefined || b === undefined || args.length !== 2) return null;
  const holds: ((x: Value, y: Value) => boolean) | undefined = COMPARISONS[name];
  if (holds === undefined) return null;
  return (rt, s) => {
    const x = a(rt, s);
    if (x === undefined) return undefined;
    const y = b(rt, s);
    return y === undefined ? undefined : holds(x, y);
  };
}

const COMPARISONS: Readonly<Record<string, (x: Value, y: Value) => boolean>> = {
  equal,
  neq: (x, y) => !equal(x, y),
  lt: (x, y) => compare(x, y) < 0,
  lte: (x, y) => compare(x, y) <= 0,
  gt: (x, y) => compare(x, y) > 0,
  gte: (x, y) => compare(x, y) >= 0,
  'internal.member_2': member,
};

export function member(value: Value, collection: Value): boolean {
  if (collection instanceof RegoSet) return collection.has(value);
  if (isArray(collection)) return collection.some((item) => equal(item, value));
  if (collection instanceof RegoObject) return collection.entries().some(([, item]) => equal(item, value));
  return false;
}

const arrayOf =
  (evs: readonly Ev[]): Ev =>
  (rt, s) => {
    const items: Value[] = [];
    for (const ev of evs) {
      const value = ev(rt, s);
      if (value === undefined) return undefined;
      items.push(value);
    }
    return weighed(items);
  };

const setOf =
  (evs: readonly Ev[]): Ev =>
  (rt, s) => {
    const items: Value[] = [];
    for (const ev of evs) {
      const value = ev(rt, s);
      if (value === undefined) return undefined;
      items.push(value);
    }
    // Weighed before its key is made.
    weighed(items);
    return RegoSet.of(items);
  };

/** Keys and values in turn. */
const objectOf =
  (evs: readonly Ev[]): Ev =>
  (rt, s) => {
    const entries: [Value, Value][] = [];
    for (let i = 0; i < evs.length; i += 2) {
      const key = (evs[i] as Ev)(rt, s);
      if (key === undefined) return undefined;
      const value = (evs[i + 1] as Ev)(rt, s);
      if (value === undefined) return undefined;
      entries.push([key, value]);
    }
    return weighed(RegoObject.of(entries));
  };
