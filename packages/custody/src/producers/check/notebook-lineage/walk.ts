/**
 * Follows data through the cells of a notebook: statement by statement, in the order of the cells. Constants come from the
 * static evaluator of DAG files; beside each name stands from which places its data come. Nothing is run.
 */
import type { Evaluator } from '../airflow/evaluator.ts';
import type { SyntaxNode } from '../airflow/syntax.ts';
import { kindOf, Scope, unknown, type DictValue, type FunctionValue, type Value } from '../airflow/value.ts';
import { placesOf } from './argument.ts';
import { flowOfCall } from './call.ts';
import { Flow } from './flow.ts';
import type { LineageLedger } from './ledger.ts';

const STEPS_MAX = 200_000;
const MS_MAX = 3_000;
const ROUNDS_MAX = 200;
const DEEP_MAX = 10;

/** Too much to follow. */
export class FollowedEnough extends Error {}

export class LineageWalk {
  readonly run: Evaluator;
  readonly ledger: LineageLedger;
  /** Names of tables that SQL of the notebook made or was given: views, registered frames. */
  readonly views = new Map<string, Flow>();
  readonly #flows = new WeakMap<Scope, Map<string, Flow>>();
  readonly #called = new Set<SyntaxNode>();
  readonly #functions = new Map<SyntaxNode, FunctionValue>();
  /** Hears of every call that is followed. */
  onCall: ((name: string, line: number, given: CallArguments) => void) | null = null;
  #returned: Flow[] | null = null;
  #steps = 0;
  #deep = 0;

  readonly #now: () => number;
  readonly #from: number;

  constructor(run: Evaluator, ledger: LineageLedger, now: () => number) {
    this.run = run;
    this.ledger = ledger;
    this.#now = now;
    this.#from = now();
  }

  /** Throws FollowedEnough. */
  module(root: SyntaxNode): void {
    for (const statement of root.children) this.statement(statement, this.run.module);
  }

  /** What no cell calls is followed with arguments that are not known. */
  uncalled(): void {
    for (const [node, made] of this.#functions) if (!this.#called.has(node)) this.inline(made, [], new Map(), [], null);
  }

  cellOf(node: SyntaxNode): number {
    return this.ledger.at(this.run.lineOf(node)).cell;
  }

  #step(): void {
    if (++this.#steps > STEPS_MAX) throw new FollowedEnough(`more than ${STEPS_MAX} steps`);
    if (this.#steps % 16 === 0 && this.#now() - this.#from > MS_MAX) throw new FollowedEnough(`more than ${MS_MAX} ms`);
  }

  // ---- names

  flowsOf(scope: Scope): Map<string, Flow> {
    let flows = this.#flows.get(scope);
    if (flows === undefined) this.#flows.set(scope, (flows = new Map()));
    return flows;
  }

  find(name: string, scope: Scope): Flow | null {
    for (let at: Scope | null = scope; at !== null; at = at.outer) {
      const flow = this.flowsOf(at).get(name);
      if (flow !== undefined) return flow;
    }
    return null;
  }

  bind(target: SyntaxNode | undefined, flow: Flow, scope: Scope): void {
    if (target === undefined) return;
    switch (target.type) {
      case 'identifier': {
        const name = this.run.textOf(target);
        const into = scope.globals.has(name) ? this.run.module : scope;
        const bound = flow.copy();
        bound.through(this.cellOf(target));
        this.flowsOf(into).set(name, bound);
        return;
      }
      case 'attribute':
      case 'subscript': {
        const [object, key] = target.children;
        if (object === undefined || key === undefined) return;
        const into = this.flow(object, scope);
        const name = target.type === 'attribute' ? this.run.textOf(key) : this.keyOf(key, scope);
        const part = flow.copy();
        part.through(this.cellOf(target));
        if (name === null) into.take(part);
        else into.set(name, part);
        return;
      }
      case 'pattern_list':
      case 'tuple_pattern':
      case 'list_pattern':
      case 'tuple':
      case 'list':
      case 'expression_list':
        for (const [i, one] of target.children.entries()) this.bind(one, flow.items.get(String(i)) ?? flow, scope);
        return;
      case 'list_splat_pattern':
      case 'parenthesized_expression':
        return this.bind(target.children[0], flow, scope);
      default:
    }
  }

  /** A key that is known. */
  keyOf(node: SyntaxNode, scope: Scope): string | null {
    const key = this.run.attempt(node, scope);
    return typeof key === 'string' || typeof key === 'number' ? String(key) : null;
  }

  // ---- statements

  block(node: SyntaxNode | undefined, scope: Scope): void {
    for (const statement of node?.children ?? []) this.statement(statement, scope);
  }

  statement(node: SyntaxNode, scope: Scope): void {
    this.#step();
    const kids = node.children;
    switch (node.type) {
      case 'import_statement':
      case 'import_from_statement':
      case 'future_import_statement':
        this.run.importInto(node, scope);
        return;
      case 'function_definition':
      case 'class_definition':
      case 'decorated_definition':
        this.run.execute(node, scope);
        this.#define(node, scope);
        return;
      case 'expression_statement':
        for (const kid of kids) if (!kid.type.endsWith('assignment')) this.flow(kid, scope);
        for (const kid of kids) if (kid.type.endsWith('assignment')) this.#assignment(kid, scope);
        this.run.execute(node, scope);
        return;
      case 'return_statement':
        this.#returned?.push(kids[0] === undefined ? new Flow() : this.flow(kids[0], scope));
        return;
      case 'if_statement':
        return this.#branches(kids, scope);
      case 'for_statement':
        return this.#for(node, scope);
      case 'while_statement':
        if (kids[0] !== undefined) this.flow(kids[0], scope);
        return this.block(kids[1], scope);
      case 'with_statement':
        return this.#with(node, scope);
      case 'try_statement':
        for (const kid of kids) this.block(kid.type === 'block' ? kid : kid.children.at(-1), scope);
        return;
      case 'match_statement':
        for (const clause of kids.at(-1)?.children ?? []) this.block(clause.children.at(-1), scope);
        return;
      case 'global_statement':
        for (const kid of kids) scope.globals.add(this.run.textOf(kid));
        return;
      case 'delete_statement':
        this.run.execute(node, scope);
        return;
      default:
        for (const kid of kids) this.flow(kid, scope);
    }
  }

  #define(node: SyntaxNode, scope: Scope): void {
    const definition = node.type === 'decorated_definition' ? node.children.at(-1) : node;
    const name = definition?.children[0];
    if (definition?.type !== 'function_definition' || name === undefined) return;
    const made = scope.find(this.run.textOf(name));
    if (kindOf(made) === 'function') this.#functions.set((made as FunctionValue).node, made as FunctionValue);
  }

  #assignment(node: SyntaxNode, scope: Scope): void {
    const [target, right] = [node.children[0], node.children.at(-1)];
    if (target === undefined || right === undefined || right === target || right.type === 'type') return;
    const isNested = right.type === 'assignment' || right.type === 'augmented_assignment';
    if (isNested) this.#assignment(right, scope);
    const value = isNested ? this.flow(right.children[0] ?? right, scope) : this.flow(right, scope);
    const flow = node.type === 'augmented_assignment' ? Flow.of(value, this.flow(target, scope)) : value;
    this.bind(target, flow, scope);
  }

  /** Both ways, where the file does not decide; what a name holds then is what it holds after either. */
  #branches([condition, consequence, ...alternatives]: readonly SyntaxNode[], scope: Scope): void {
    if (condition === undefined) return;
    this.flow(condition, scope);
    const decided = this.run.attempt(condition, scope);
    if (decided === true) return this.block(consequence, scope);
    const next = alternatives[0];
    const other = (): void => {
      if (next === undefined) return;
      if (next.type === 'elif_clause') this.#branches([...next.children, ...alternatives.slice(1)], scope);
      else this.block(next.children.at(-1), scope);
    };
    if (decided === false) return other();
    const flows = this.flowsOf(scope);
    const [before, names] = [new Map(flows), new Map(scope.names)];
    this.block(consequence, scope);
    const [then, thenNames] = [new Map(flows), new Map(scope.names)];
    flows.clear();
    for (const [name, flow] of before) flows.set(name, flow);
    scope.names.clear();
    for (const [name, value] of names) scope.names.set(name, value);
    other();
    for (const [name, flow] of then) {
      const now = flows.get(name);
      flows.set(name, now === undefined || now === flow ? flow : Flow.of(now, flow));
    }
    for (const [name, value] of thenNames) {
      const now = scope.names.get(name);
      if (now === undefined) scope.names.set(name, value);
      else if (now !== value) scope.names.set(name, unknown(name, this.run.lineOf(condition)));
    }
  }

  #for(node: SyntaxNode, scope: Scope): void {
    const [target, source, body, otherwise] = node.children;
    if (target === undefined || source === undefined) return;
    this.#rounds(target, source, scope, () => this.block(body, scope));
    if (otherwise?.type === 'else_clause') this.block(otherwise.children.at(-1), scope);
  }

  /** Over what is known one by one, else once. */
  #rounds(target: SyntaxNode, source: SyntaxNode, scope: Scope, round: () => void): void {
    const over = this.flow(source, scope);
    const value = this.run.attempt(source, scope);
    const items = this.run.items(value);
    if (items === null) {
      const [place] = placesOf(value);
      this.run.foldInto(
        target,
        place === undefined ? this.run.element(target, value, source) : { kind: 'text', text: place },
        scope,
      );
      this.bind(target, Flow.of(over), scope);
      return round();
    }
    if (items.length > ROUNDS_MAX)
      this.ledger.unknown(this.run.lineOf(source), `a loop of more than ${ROUNDS_MAX} rounds`);
    for (const [i, item] of items.slice(0, ROUNDS_MAX).entries()) {
      this.#step();
      this.run.foldInto(target, item, scope);
      this.bind(target, over.items.get(kindOf(value) === 'dict' ? String(item) : String(i)) ?? Flow.of(over), scope);
      round();
    }
  }

  #with(node: SyntaxNode, scope: Scope): void {
    let items = node.children[0]?.children ?? [];
    const only = items.length === 1 ? items[0]?.children[0] : undefined;
    if (only?.type === 'tuple') items = only.children;
    for (const item of items) {
      const inner = item.type === 'with_item' ? item.children[0] : item;
      const isNamed = inner?.type === 'as_pattern';
      const expression = isNamed ? inner?.children[0] : inner;
      const target = isNamed ? inner?.children[1]?.children[0] : undefined;
      if (expression === undefined) continue;
      const flow = this.flow(expression, scope);
      if (target === undefined) continue;
      this.run.foldInto(target, this.run.attempt(expression, scope), scope);
      this.bind(target, flow, scope);
    }
    this.block(node.children.at(-1), scope);
  }

  // ---- expressions

  flow(node: SyntaxNode, scope: Scope): Flow {
    this.#step();
    const kids = node.children;
    switch (node.type) {
      case 'identifier':
        return this.find(this.run.textOf(node), scope) ?? new Flow();
      case 'attribute': {
        const [object, name] = kids;
        if (object === undefined || name === undefined) return new Flow();
        const of = this.flow(object, scope);
        return of.items.get(this.run.textOf(name)) ?? of;
      }
      case 'subscript': {
        const [object, ...keys] = kids;
        if (object === undefined) return new Flow();
        const of = this.flow(object, scope);
        const [key] = keys;
        const name = keys.length === 1 && key !== undefined && of.items.size > 0 ? this.keyOf(key, scope) : null;
        const item = name === null ? undefined : of.items.get(name);
        if (item !== undefined) return item;
        // A mask out of other data decides which rows stay.
        return key !== undefined && /comparison|binary|call|identifier|unary|boolean/.test(key.type)
          ? Flow.of(of, ...keys.map((one) => this.flow(one, scope)))
          : of;
      }
      case 'call':
        return flowOfCall(this, node, scope);
      case 'list':
      case 'tuple':
      case 'expression_list': {
        const made = new Flow();
        for (const [i, kid] of kids.entries()) made.set(String(i), this.flow(kid, scope).copy());
        return made;
      }
      case 'dictionary': {
        const made = new Flow();
        for (const pair of kids) {
          const [key, value] = pair.children;
          if (pair.type !== 'pair' || key === undefined || value === undefined)
            made.take(this.flow(pair.children[0] ?? pair, scope));
          else made.set(this.keyOf(key, scope) ?? this.run.textOf(key), this.flow(value, scope).copy());
        }
        return made;
      }
      case 'list_comprehension':
      case 'set_comprehension':
      case 'generator_expression':
      case 'dictionary_comprehension':
        return this.#comprehension(node, scope);
      case 'lambda':
        return kids.at(-1) === undefined ? new Flow() : Flow.of(this.flow(kids.at(-1)!, scope));
      case 'named_expression': {
        const value = kids[1] === undefined ? new Flow() : this.flow(kids[1], scope);
        this.bind(kids[0], value, scope);
        return value;
      }
      case 'assignment':
      case 'augmented_assignment':
        this.#assignment(node, scope);
        return kids[0] === undefined ? new Flow() : this.flow(kids[0], scope);
      case 'keyword_argument':
        return kids[1] === undefined ? new Flow() : this.flow(kids[1], scope);
      case 'parenthesized_expression':
      case 'await':
        return kids[0] === undefined ? new Flow() : this.flow(kids[0], scope);
      case 'conditional_expression':
      default:
        return kids.length === 0 ? new Flow() : Flow.of(...kids.map((kid) => this.flow(kid, scope)));
    }
  }

  #comprehension(node: SyntaxNode, scope: Scope): Flow {
    const [body, ...clauses] = node.children;
    const inner = new Scope(scope);
    const made = new Flow();
    let count = 0;
    const over = ([clause, ...more]: readonly SyntaxNode[]): void => {
      if (body === undefined) return;
      if (clause === undefined) {
        const [key, value] = body.type === 'pair' ? body.children : [undefined, body];
        if (value === undefined) return;
        const name = key === undefined ? String(count++) : this.keyOf(key, inner);
        const flow = this.flow(value, inner).copy();
        if (name === null) made.take(flow);
        else made.set(name, flow);
        return;
      }
      const [target, source] = clause.children;
      if (clause.type === 'for_in_clause' && target !== undefined && source !== undefined)
        this.#rounds(target, source, inner, () => over(more));
      else {
        const test = clause.children[0];
        if (test !== undefined && this.run.attempt(test, inner) === false) return;
        over(more);
      }
    };
    over(clauses);
    return made;
  }

  // ---- functions of the notebook

  /** What a function of the file gives back; its reads and writes are told on the way. `cell`: where it is called. */
  inline(
    made: FunctionValue,
    positional: readonly Argument[],
    named: ReadonlyMap<string, Argument>,
    self: readonly Argument[],
    cell: number | null,
  ): Flow {
    this.#called.add(made.node);
    if (this.#deep >= DEEP_MAX)
      return Flow.of(...positional.map(({ flow }) => flow), ...[...named.values()].map(({ flow }) => flow));
    const scope = new Scope(made.scope);
    const flows = this.flowsOf(scope);
    const given = [...self, ...positional.map((one) => passedIn(one, cell))];
    const byName = new Map([...named].map(([name, one]) => [name, passedIn(one, cell)] as const));
    for (const [i, parameter] of (made.parameters?.children ?? []).entries()) {
      const name = this.run.textOf(parameter.type === 'identifier' ? parameter : (parameter.children[0] ?? parameter));
      const bare = name.replace(/^\*+/, '').replace(/\s*:.*$/s, '');
      const isRest = name.startsWith('*') || parameter.type.includes('splat');
      const one = isRest ? undefined : (byName.get(bare) ?? given[i]);
      scope.names.set(bare, one?.value ?? made.defaults.get(bare) ?? unknown(bare, this.run.lineOf(made.node)));
      flows.set(
        bare,
        isRest
          ? Flow.of(...given.slice(i).map(({ flow }) => flow), ...[...named.values()].map(({ flow }) => flow))
          : (one?.flow ?? new Flow()),
      );
    }
    const was = this.#returned;
    const returned: Flow[] = [];
    this.#returned = returned;
    this.#deep++;
    try {
      if (made.body.type === 'block') this.block(made.body, scope);
      else returned.push(this.flow(made.body, scope));
    } finally {
      this.#deep--;
      this.#returned = was;
      // What the function put into what it was given is there for the caller.
      for (const [name, { flow }] of byName) grown(named.get(name)!.flow, flow);
      for (const [i, { flow }] of positional.entries()) grown(flow, given[self.length + i]!.flow);
    }
    return returned.length === 1 ? returned[0]! : Flow.of(...returned);
  }
}

/** As it goes through the cell of the call. */
function passedIn({ value, flow }: Argument, cell: number | null): Argument {
  const made = flow.copy();
  if (cell !== null) made.through(cell);
  return { value, flow: made };
}

/** Sources that the one does not have yet. */
function grown(flow: Flow, by: Flow): void {
  const known = flow.total();
  for (const [place, cells] of by.total()) if (!known.has(place)) flow.add(place, cells);
}

/** What a call is given. */
export interface CallArguments {
  readonly positional: readonly Argument[];
  readonly named: ReadonlyMap<string, Argument>;
}

export interface Argument {
  readonly value: Value;
  readonly flow: Flow;
}

/** Entries of a dict that is known, for `**given`. */
export const entriesOf = (value: Value): readonly (readonly [Value, Value])[] =>
  kindOf(value) === 'dict' ? [...(value as DictValue).entries.values()] : [];
