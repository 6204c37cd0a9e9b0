/**
 * A static evaluator for the part of Python that builds DAGs. Nothing is executed or imported: constants are folded, loops over
 * constants are unrolled, functions and simple classes of the file are inlined, all within a budget; what the file does not
 * say becomes an unknown value that is carried along.
 */
import { callAirflow, drawEdge, enterContext, externalValue, leaveContext } from './airflow-calls.ts';
import { memberOf, setMember } from './airflow-members.ts';
import { prefixOf, type DagValue, type GroupValue, type SetupScope, type TaskValue } from './graph.ts';
import { methodOf } from './methods.ts';
import { builtin } from './builtins.ts';
import { callLibrary } from './python-library.ts';
import type { Syntax, SyntaxNode } from './syntax.ts';
import { lineAt, lineStarts } from '../secrets.ts';
import {
  dict,
  isEnum,
  itemOf,
  keyOf,
  kindOf,
  list,
  or,
  Scope,
  setItem,
  text,
  truthOf,
  unknown,
  written,
  type Arguments,
  type BoundValue,
  type ClassValue,
  type DictValue,
  type FunctionValue,
  type InstanceValue,
  type ListValue,
  type Source,
  type UnknownValue,
  type Value,
} from './value.ts';
import { numberOf, unescaped } from './literal.ts';
import { compared, operated } from './operators.ts';
import { isPath, pathMember } from './python-path.ts';
import { formatted } from './text-format.ts';

export interface Note {
  readonly line: number;
  readonly what: string;
}

/** How a block ended. */
type End = 'normal' | 'break' | 'continue' | { readonly returned: Value };

class PythonRaise extends Error {}
class BudgetSpent extends Error {}

const isPythons = (error: unknown): boolean =>
  error instanceof PythonRaise || error instanceof BudgetSpent || error instanceof RangeError;

const STEPS_MAX = 400_000;
const CALLS_DEEP_MAX = 24;
const ROUNDS_MAX = 2_000;
const NOTES_MAX = 500;
const TASKS_MAX = 5_000;

export class Evaluator {
  readonly path: string;
  readonly module = new Scope(null);
  readonly notes: Note[] = [];
  readonly dags: DagValue[] = [];
  readonly contexts: (DagValue | GroupValue)[] = [];
  readonly setups: SetupScope[] = [];
  isSetupOpen = false;
  /** What `globals()` gave. */
  globals: DictValue | null = null;
  readonly environment: {
    readonly line: number;
    readonly name: string;
    readonly access: 'read' | 'write';
    readonly hasDefault: boolean;
  }[] = [];
  /** Sources of modules that the file imports, by dotted name. */
  readonly #modules: ReadonlyMap<string, Syntax>;
  readonly #loaded = new Map<string, Scope>();
  readonly #now: () => number;
  #msMax: number;
  readonly #from: number;
  #steps = 0;
  #deep = 0;
  #tasks = 0;
  #tries = 0;
  #source: Source;
  #line = 1;
  #yields: Value[] | null = null;
  /** What to do with what the next `@contextmanager` yields, and the one that runs. */
  #onYield: ((value: Value) => void) | null = null;
  #yieldTo: ((value: Value) => void) | null = null;
  readonly #wildcards: string[] = [];
  /** While facts are read of code that does not run when the file is read: nothing is built. */
  isQuiet = false;

  constructor(
    path: string,
    syntax: Syntax,
    options: { readonly now: () => number; readonly msMax: number; readonly modules: ReadonlyMap<string, Syntax> },
  ) {
    this.path = path;
    this.#source = { text: syntax.text, lines: lineStarts(syntax.text) };
    this.#now = options.now;
    this.#msMax = options.msMax;
    this.#from = options.now();
    this.#modules = options.modules;
    this.module.names.set('__name__', path.replace(/^.*\//, '').replace(/\.py$/, ''));
    this.module.names.set('__file__', path);
    const first = syntax.root.children[0];
    const doc = first?.type === 'expression_statement' ? first.children[0] : undefined;
    this.module.names.set('__doc__', doc?.type === 'string' ? this.#string(doc, this.module) : null);
  }

  /** Runs the module. What goes wrong is noted, and what was built until then stays. */
  run(root: SyntaxNode): void {
    let line = 1;
    try {
      for (const statement of root.children) {
        line = this.lineOf(statement);
        try {
          this.#statement(statement, this.module);
        } catch (error) {
          if (!(error instanceof PythonRaise)) throw error;
          this.note(line, 'raises an error when the file is read');
        }
      }
    } catch (error) {
      if (error instanceof BudgetSpent) this.note(line, `reading stopped here: ${error.message}`);
      else if (error instanceof RangeError) this.note(line, 'reading stopped here: too deeply nested');
      else throw error;
    }
    // `globals()["name"] = DAG(...)`.
    for (const [key, value] of this.globals?.entries.values() ?? [])
      if (typeof key === 'string') this.module.names.set(key, value);
    for (const value of this.module.names.values()) if (kindOf(value) === 'dag') (value as DagValue).isFound = true;
  }

  /** Reading what does not run has a budget of its own. */
  startFolding(): void {
    this.#steps = 0;
    this.#msMax = this.#now() - this.#from + 1_000;
  }

  /** Binds a name in code that does not run when the file is read. */
  foldInto(target: SyntaxNode, value: Value, scope: Scope): void {
    const was = this.isQuiet;
    this.isQuiet = true;
    this.#assign(target, value, scope);
    this.isQuiet = was;
  }

  /** The value of an expression in code that does not run when the file is read. */
  fold(node: SyntaxNode, scope: Scope): Value {
    const was = this.isQuiet;
    this.isQuiet = true;
    try {
      return this.evaluate(node, scope);
    } catch (error) {
      if (isPythons(error)) return unknown('...', this.lineOf(node));
      throw error;
    } finally {
      this.isQuiet = was;
    }
  }

  /** The value of an expression that runs: functions of the file are called. Unknown where it raises, or the budget is spent. */
  attempt(node: SyntaxNode, scope: Scope): Value {
    try {
      return this.evaluate(node, scope);
    } catch (error) {
      if (isPythons(error)) return unknown('...', this.lineOf(node));
      throw error;
    }
  }

  /** Runs one statement. What it raises is swallowed. */
  execute(node: SyntaxNode, scope: Scope): void {
    try {
      this.#statement(node, scope);
    } catch (error) {
      if (!isPythons(error)) throw error;
    }
  }

  note(line: number, what: string): void {
    if (this.isQuiet || this.notes.length >= NOTES_MAX) return;
    if (!this.notes.some((note) => note.line === line && note.what === what)) this.notes.push({ line, what });
  }

  lineOf(node: SyntaxNode): number {
    // Of what another module holds, the line is the last one of this file.
    if (this.#source.lines !== null) this.#line = lineAt(this.#source.lines, node.start);
    return this.#line;
  }

  textOf(node: SyntaxNode): string {
    return this.#source.text.slice(node.start, node.end);
  }

  raise(): never {
    throw new PythonRaise();
  }

  countTask(): void {
    if (++this.#tasks > TASKS_MAX) throw new BudgetSpent(`more than ${TASKS_MAX} tasks`);
  }

  /** Takes work off the budget. */
  spend(steps: number): void {
    this.#steps += steps;
    this.#step();
  }

  #step(): void {
    if (++this.#steps > STEPS_MAX) throw new BudgetSpent(`more than ${STEPS_MAX} steps`);
    if (this.#steps % 512 === 0 && this.#now() - this.#from > this.#msMax)
      throw new BudgetSpent(`more than ${this.#msMax} ms`);
  }

  // ---- statements

  #block(node: SyntaxNode | undefined, scope: Scope): End {
    for (const statement of node?.children ?? []) {
      const end = this.#statement(statement, scope);
      if (end !== 'normal') return end;
    }
    return 'normal';
  }

  #statement(node: SyntaxNode, scope: Scope): End {
    this.#step();
    const kids = node.children;
    switch (node.type) {
      case 'expression_statement':
        if (kids.length > 1) for (const kid of kids) this.evaluate(kid, scope);
        else if (kids[0] !== undefined) this.evaluate(kids[0], scope);
        return 'normal';
      case 'import_statement':
      case 'import_from_statement':
      case 'future_import_statement':
        this.importInto(node, scope);
        return 'normal';
      case 'function_definition':
        this.#assign(kids[0], this.#function(node, scope), scope);
        return 'normal';
      case 'class_definition':
        this.#assign(kids[0], this.#class(node, scope), scope);
        return 'normal';
      case 'decorated_definition':
        this.#decorated(node, scope);
        return 'normal';
      case 'return_statement':
        return { returned: kids[0] === undefined ? null : this.evaluate(kids[0], scope) };
      case 'if_statement':
        return this.#if(kids, scope, node);
      case 'for_statement':
        return this.#for(node, scope);
      case 'while_statement':
        return this.#while(node, scope);
      case 'with_statement':
        return this.#with(node, scope);
      case 'try_statement':
        return this.#try(node, scope);
      case 'match_statement':
        return this.#match(node, scope);
      case 'raise_statement':
        throw new PythonRaise();
      case 'break_statement':
        return 'break';
      case 'continue_statement':
        return 'continue';
      case 'global_statement':
        for (const kid of kids) scope.globals.add(this.textOf(kid));
        return 'normal';
      case 'delete_statement':
        for (const kid of kids) if (kid.type === 'identifier') scope.names.delete(this.textOf(kid));
        return 'normal';
      default:
        return 'normal';
    }
  }

  /** Binds what an import names; gives the dotted names. */
  importInto(node: SyntaxNode, scope: Scope): string[] {
    const found: string[] = [];
    if (node.type === 'future_import_statement')
      return node.children.map((child) => `__future__.${this.textOf(child)}`);
    const aliased = (child: SyntaxNode): readonly [string, string | null] =>
      child.type === 'aliased_import'
        ? [this.textOf(child.children[0] ?? child), this.textOf(child.children[1] ?? child)]
        : [this.textOf(child), null];
    if (node.type === 'import_statement') {
      for (const child of node.children) {
        const [name, alias] = aliased(child);
        found.push(name);
        if (alias !== null) scope.names.set(alias, { kind: 'external', path: name });
        else {
          const top = name.split('.')[0] ?? name;
          scope.names.set(top, { kind: 'external', path: top });
        }
      }
      return found;
    }
    const [from, ...names] = node.children;
    const module = from === undefined ? '' : this.textOf(from).replace(/\s+/g, '');
    const known = this.#load(module);
    for (const child of names) {
      if (child.type === 'wildcard_import') {
        found.push(`${module}.*`);
        this.#wildcards.push(module);
        for (const [name, value] of known?.names ?? []) scope.names.set(name, value);
        continue;
      }
      const [name, alias] = aliased(child);
      found.push(`${module}.${name}`);
      const path = `${module}.${name}`;
      scope.names.set(alias ?? name, known?.names.get(name) ?? externalValue(path));
    }
    return found;
  }

  #load(module: string): Scope | undefined {
    const syntax = this.#modules.get(module);
    if (syntax === undefined) return undefined;
    const before = this.#loaded.get(module);
    if (before !== undefined) return before;
    const scope = new Scope(null);
    this.#loaded.set(module, scope);
    // Lines are those of this file; what the module does stands where it is imported.
    const source: Source = { text: syntax.text, lines: null };
    this.#within(source, () => {
      for (const statement of syntax.root.children) this.#statement(statement, scope);
    });
    return scope;
  }

  #within<T>(source: Source, work: () => T): T {
    const was = this.#source;
    this.#source = source;
    try {
      return work();
    } finally {
      this.#source = was;
    }
  }

  #function(node: SyntaxNode, scope: Scope): FunctionValue {
    const name = node.children[0];
    const parameters = node.children.find(({ type }) => type === 'parameters' || type === 'lambda_parameters') ?? null;
    const body = node.children.at(-1) ?? node;
    const defaults = new Map<string, Value>();
    for (const parameter of parameters?.children ?? []) {
      if (parameter.type !== 'default_parameter' && parameter.type !== 'typed_default_parameter') continue;
      const [at, value] = [parameter.children[0], parameter.children.at(-1)];
      if (at !== undefined && value !== undefined) defaults.set(this.textOf(at), this.evaluate(value, scope));
    }
    return {
      kind: 'function',
      name: node.type === 'lambda' || name === undefined ? '<lambda>' : this.textOf(name),
      node,
      parameters,
      body,
      scope,
      source: this.#source,
      defaults,
    };
  }

  #class(node: SyntaxNode, scope: Scope): ClassValue {
    const [name, ...rest] = node.children;
    const bases: Value[] = [];
    for (const base of rest.find(({ type }) => type === 'argument_list')?.children ?? [])
      if (base.type !== 'keyword_argument') bases.push(this.evaluate(base, scope));
    const inner = new Scope(scope);
    this.#block(rest.at(-1), inner);
    const made: ClassValue = {
      kind: 'class',
      name: name === undefined ? '' : this.textOf(name),
      bases,
      attributes: inner.names,
      node,
    };
    if (isEnum(made))
      for (const [member, value] of made.attributes)
        if (kindOf(value) !== 'function')
          made.attributes.set(member, {
            kind: 'instance',
            of: made,
            attributes: new Map([
              ['value', value],
              ['name', member],
            ]),
          });
    return made;
  }

  #decorated(node: SyntaxNode, scope: Scope): void {
    const definition = node.children.at(-1);
    if (definition === undefined) return;
    let value: Value =
      definition.type === 'class_definition' ? this.#class(definition, scope) : this.#function(definition, scope);
    for (const decorator of node.children.slice(0, -1).reverse()) {
      const expression = decorator.children[0];
      if (expression === undefined) continue;
      const by = this.evaluate(expression, scope);
      const given: Arguments = { positional: [value], named: new Map() };
      const path =
        kindOf(by) === 'external'
          ? (by as { path: string }).path
          : kindOf(by) === 'unknown'
            ? ((by as UnknownValue).path ?? '')
            : '';
      if (/\bcontextmanager$/.test(path) && kindOf(value) === 'function') {
        value = { ...(value as FunctionValue), isContext: true };
        continue;
      }
      if (kindOf(by) === 'native' && (by as { name: string }).name !== 'decorator') continue;
      if (kindOf(by) === 'maker' || kindOf(by) === 'native') value = this.call(by, given, this.lineOf(decorator));
      else if (kindOf(by) === 'external') {
        const made = callAirflow(this, path, given, this.lineOf(decorator));
        if (
          kindOf(made) === 'maker' ||
          kindOf(made) === 'dag' ||
          (kindOf(made) === 'unknown' && path.includes('asset'))
        )
          value = made as Value;
      } else if (kindOf(by) === 'function') {
        const made = this.call(by, given, this.lineOf(decorator));
        if (kindOf(made) !== 'unknown') value = made;
      }
      // Any other decorator is taken to leave the function what it is.
    }
    this.#assign(definition.children[0], value, scope);
  }

  #if(kids: readonly SyntaxNode[], scope: Scope, node: SyntaxNode): End {
    const [condition, consequence, ...alternatives] = kids;
    if (condition === undefined) return 'normal';
    const value = this.evaluate(condition, scope);
    const holds = truthOf(value);
    if (holds === true) return this.#block(consequence, scope);
    if (holds === null) {
      this.note(this.lineOf(node), `a condition that the file does not decide: ${short(this.textOf(condition))}`);
      const end = this.#block(consequence, scope);
      if (end !== 'normal' && typeof end === 'object') return end;
    }
    const next = alternatives[0];
    if (next === undefined) return 'normal';
    if (next.type === 'elif_clause') return this.#if([...next.children, ...alternatives.slice(1)], scope, next);
    return this.#block(next.children.at(-1), scope);
  }

  #for(node: SyntaxNode, scope: Scope): End {
    const [target, source, body, otherwise] = node.children;
    if (target === undefined || source === undefined) return 'normal';
    const over = this.evaluate(source, scope);
    const items = this.items(over);
    if (items === null) {
      this.note(this.lineOf(node), `a loop over what the file does not say: ${short(this.textOf(source))}`);
      // Once, so that what stands in the loop is seen.
      this.#assign(target, this.element(target, over, node), scope);
      const end = this.#block(body, scope);
      return typeof end === 'object' ? end : 'normal';
    }
    if (items.length > ROUNDS_MAX) this.note(this.lineOf(node), `a loop of more than ${ROUNDS_MAX} rounds`);
    for (const item of items.slice(0, ROUNDS_MAX)) {
      this.#assign(target, item, scope);
      const end = this.#block(body, scope);
      if (end === 'break') return 'normal';
      if (typeof end === 'object') return end;
    }
    return otherwise?.type === 'else_clause' ? this.#block(otherwise.children.at(-1), scope) : 'normal';
  }

  element(target: SyntaxNode, over: Value, node: SyntaxNode): Value {
    const path = kindOf(over) === 'unknown' ? (over as UnknownValue).path : null;
    return unknown(target.type === 'identifier' ? this.textOf(target) : 'item', this.lineOf(node), path);
  }

  #while(node: SyntaxNode, scope: Scope): End {
    const [condition, body] = node.children;
    if (condition === undefined) return 'normal';
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const holds = truthOf(this.evaluate(condition, scope));
      if (holds === false) return 'normal';
      const end = this.#block(body, scope);
      if (end === 'break') return 'normal';
      if (typeof end === 'object') return end;
      if (holds === null) break;
    }
    this.note(this.lineOf(node), `a loop that the file does not bound: ${short(this.textOf(condition))}`);
    return 'normal';
  }

  #with(node: SyntaxNode, scope: Scope): End {
    const [clause, body] = [node.children[0], node.children.at(-1)];
    let items = clause?.children ?? [];
    const only = items.length === 1 ? items[0]?.children[0] : undefined;
    // `with (a as b, c as d):` is one item that holds a tuple.
    if (only?.type === 'tuple') items = only.children;
    return this.#entered(items, body, scope);
  }

  #entered([item, ...more]: readonly SyntaxNode[], body: SyntaxNode | undefined, scope: Scope): End {
    if (item === undefined) return this.#block(body, scope);
    let inner = item.type === 'with_item' ? item.children[0] : item;
    if (inner?.type === 'parenthesized_expression') inner = inner.children[0];
    const isNamed = inner?.type === 'as_pattern';
    const expression = isNamed ? inner?.children[0] : inner;
    const target = isNamed ? inner?.children[1]?.children[0] : undefined;
    if (expression === undefined) return this.#entered(more, body, scope);
    if (this.#isContextCall(expression, scope)) {
      // `@contextmanager`: what the `with` holds runs where the function yields.
      let end: End = 'normal';
      const source = this.#source;
      this.#onYield = (value) =>
        this.#within(source, () => {
          if (target !== undefined) this.#assign(target, value, scope);
          end = this.#entered(more, body, scope);
        });
      this.evaluate(expression, scope);
      return end;
    }
    const value = this.evaluate(expression, scope);
    const bound = enterContext(this, value);
    if (target !== undefined) {
      const { path = null } = bound as { path?: string | null };
      this.#assign(
        target,
        kindOf(bound) === 'unknown' ? unknown(this.textOf(target), this.lineOf(target), path) : bound,
        scope,
      );
    }
    try {
      return this.#entered(more, body, scope);
    } finally {
      leaveContext(this, value);
    }
  }

  #isContextCall(expression: SyntaxNode, scope: Scope): boolean {
    const callee = expression.type === 'call' ? expression.children[0] : undefined;
    if (callee === undefined || this.isQuiet) return false;
    const called = callee.type === 'identifier' || callee.type === 'attribute' ? this.evaluate(callee, scope) : null;
    const method = kindOf(called) === 'bound' ? (called as BoundValue).method : called;
    return typeof method === 'object' && kindOf(method) === 'function' && (method as FunctionValue).isContext === true;
  }

  #try(node: SyntaxNode, scope: Scope): End {
    const [body, ...clauses] = node.children;
    let end: End = 'normal';
    const last = (type: string) => clauses.find((clause) => clause.type === type)?.children.at(-1);
    let isRaised = false;
    this.#tries++;
    try {
      end = this.#block(body, scope);
    } catch (error) {
      if (!(error instanceof PythonRaise)) throw error;
      isRaised = true;
    } finally {
      this.#tries--;
    }
    if (isRaised) end = this.#block(last('except_clause'), scope);
    else if (end === 'normal') end = this.#block(last('else_clause'), scope);
    const final = this.#block(last('finally_clause'), scope);
    return final === 'normal' ? end : final;
  }

  #match(node: SyntaxNode, scope: Scope): End {
    const subject = node.children[0];
    const value = subject === undefined ? null : this.evaluate(subject, scope);
    for (const clause of node.children.at(-1)?.children ?? []) {
      const pattern = clause.children[0];
      const literal = pattern?.children[0];
      if (pattern === undefined) continue;
      const isAny = this.textOf(pattern).trim() === '_';
      const wanted = literal === undefined || isAny ? null : this.evaluate(literal, scope);
      if (isAny || (wanted !== null && kindOf(wanted) !== 'unknown' && keyOf(wanted) === keyOf(value)))
        return this.#block(clause.children.at(-1), scope);
    }
    return 'normal';
  }

  #assign(target: SyntaxNode | undefined, value: Value, scope: Scope): void {
    if (target === undefined) return;
    switch (target.type) {
      case 'identifier': {
        const name = this.textOf(target);
        const named =
          kindOf(value) === 'unknown' &&
          (value as UnknownValue).task === null &&
          (value as UnknownValue).call === null &&
          (value as UnknownValue).path === null
            ? { ...(value as UnknownValue), name }
            : value;
        (scope.globals.has(name) ? this.module : scope).names.set(name, named);
        return;
      }
      case 'attribute': {
        const [object, name] = target.children;
        if (object !== undefined && name !== undefined && !this.isQuiet)
          setMember(this.evaluate(object, scope), this.textOf(name), value);
        return;
      }
      case 'subscript': {
        const [object, key] = target.children;
        if (object === undefined || key === undefined || this.isQuiet) return;
        const into = this.evaluate(object, scope);
        const at = this.evaluate(key, scope);
        if (kindOf(into) === 'dict') setItem(into as never, at, value);
        else if (kindOf(into) === 'list' && typeof at === 'number') {
          const { items } = into as ListValue;
          const index = at < 0 ? items.length + at : at;
          if (Number.isInteger(index) && index >= 0 && index < items.length) items[index] = value;
        }
        return;
      }
      case 'pattern_list':
      case 'tuple_pattern':
      case 'list_pattern':
      case 'tuple':
      case 'list':
      case 'expression_list': {
        const items = this.items(value);
        const star = target.children.findIndex(({ type }) => type === 'list_splat_pattern');
        for (const [i, one] of target.children.entries()) {
          if (items === null) this.#assign(one, this.element(one, value, one), scope);
          else if (star >= 0 && i === star)
            this.#assign(one.children[0], list(items.slice(i, items.length - (target.children.length - 1 - i))), scope);
          else {
            const at = star >= 0 && i > star ? items.length - (target.children.length - i) : i;
            this.#assign(
              one,
              or(items[at], () => unknown('item', this.lineOf(one))),
              scope,
            );
          }
        }
        return;
      }
      case 'parenthesized_expression':
        return this.#assign(target.children[0], value, scope);
      default:
    }
  }

  // ---- expressions

  /** What a loop over a value goes over; null where the file does not say. */
  items(value: Value): Value[] | null {
    if (typeof value === 'string') return [...value].slice(0, ROUNDS_MAX);
    if (kindOf(value) === 'list') return [...(value as ListValue).items];
    if (kindOf(value) === 'dict')
      return [...(value as { entries: Map<unknown, readonly [Value, Value]> }).entries.values()].map(([key]) => key);
    if (kindOf(value) === 'class' && isEnum(value as ClassValue))
      return [...(value as ClassValue).attributes.values()].filter((one) => kindOf(one) === 'instance');
    if (kindOf(value) === 'instance') {
      const fields = (value as InstanceValue).attributes.get('*fields');
      if (kindOf(fields) === 'list')
        return (fields as ListValue).items.map((name) => (value as InstanceValue).attributes.get(String(name)) ?? null);
    }
    return null;
  }

  evaluate(node: SyntaxNode, scope: Scope): Value {
    this.#step();
    const kids = node.children;
    const line = () => this.lineOf(node);
    switch (node.type) {
      case 'identifier':
        return this.#name(this.textOf(node), scope, node);
      case 'string':
        return this.#string(node, scope);
      case 'concatenated_string': {
        const parts = kids.map((kid) => written(this.evaluate(kid, scope)));
        return text(
          parts.map((part) => part.text).join(''),
          parts.some((part) => part.isPartial),
        );
      }
      case 'integer':
        return numberOf(this.textOf(node));
      case 'float':
        return Number(this.textOf(node).replace(/_/g, '')) || 0;
      case 'true':
        return true;
      case 'false':
        return false;
      case 'none':
        return null;
      case 'parenthesized_expression':
      case 'await':
        return kids[0] === undefined ? null : this.evaluate(kids[0], scope);
      case 'list':
        return list(this.#elements(kids, scope));
      case 'tuple':
      case 'expression_list':
        return list(this.#elements(kids, scope), 'tuple');
      case 'set':
        return list(this.#elements(kids, scope), 'set');
      case 'dictionary':
        return this.#dictionary(kids, scope);
      case 'assignment':
        return this.#assignment(node, scope);
      case 'augmented_assignment': {
        const [target, right] = [kids[0], kids.at(-1)];
        if (target === undefined || right === undefined) return null;
        const operator = this.#between(target, right).replace('=', '').trim();
        const before = this.evaluate(target, scope);
        const change = this.evaluate(right, scope);
        // `a += b` changes a list in place.
        const value =
          operator === '+' && kindOf(before) === 'list' && kindOf(change) === 'list' && !this.isQuiet
            ? ((before as ListValue).items.push(...(change as ListValue).items.slice(0, 5_000)), before)
            : this.#binary(operator, before, change, line());
        this.#assign(target, value, scope);
        return value;
      }
      case 'named_expression': {
        const value = kids[1] === undefined ? null : this.evaluate(kids[1], scope);
        this.#assign(kids[0], value, scope);
        return value;
      }
      case 'binary_operator': {
        const [left, right] = kids;
        if (left === undefined || right === undefined) return null;
        const operator = this.#between(left, right);
        const a = this.evaluate(left, scope);
        return this.#binary(operator, a, this.evaluate(right, scope), line());
      }
      case 'boolean_operator': {
        const [left, right] = kids;
        if (left === undefined || right === undefined) return null;
        const isAnd = this.#between(left, right).includes('and');
        const a = this.evaluate(left, scope);
        const holds = truthOf(a);
        if (holds === null) this.evaluate(right, scope);
        return holds !== null && holds === isAnd ? this.evaluate(right, scope) : a;
      }
      case 'not_operator': {
        const holds = kids[0] === undefined ? null : truthOf(this.evaluate(kids[0], scope));
        return holds === null ? unknown('not', line()) : !holds;
      }
      case 'unary_operator': {
        const value = kids[0] === undefined ? null : this.evaluate(kids[0], scope);
        if (typeof value !== 'number') return unknown('value', line());
        return this.textOf(node).startsWith('-') ? -value : value;
      }
      case 'comparison_operator':
        return this.#comparison(kids, scope, line());
      case 'conditional_expression': {
        const [then, condition, otherwise] = kids;
        if (then === undefined || condition === undefined || otherwise === undefined) return null;
        const holds = truthOf(this.evaluate(condition, scope));
        if (holds === null)
          this.note(line(), `a condition that the file does not decide: ${short(this.textOf(condition))}`);
        return this.evaluate(holds === false ? otherwise : then, scope);
      }
      case 'lambda':
        return this.#function(node, scope);
      case 'attribute': {
        const [object, name] = kids;
        if (object === undefined || name === undefined) return null;
        return this.member(this.evaluate(object, scope), this.textOf(name), line());
      }
      case 'subscript':
        return this.#subscript(kids, scope, line());
      case 'call':
        return this.#call(node, scope);
      case 'list_comprehension':
      case 'set_comprehension':
      case 'generator_expression':
        return this.#comprehension(node, scope, node.type === 'set_comprehension' ? 'set' : 'list');
      case 'dictionary_comprehension':
        return this.#comprehension(node, scope, 'dict');
      case 'yield': {
        const value = kids[0] === undefined ? null : this.evaluate(kids[0], scope);
        if (this.#yieldTo !== null) {
          const run = this.#yieldTo;
          this.#yieldTo = null;
          run(value);
          return null;
        }
        if (this.#yields !== null && this.#yields.length < ROUNDS_MAX) this.#yields.push(value);
        return null;
      }
      default:
        return unknown(node.type, line());
    }
  }

  #name(name: string, scope: Scope, node: SyntaxNode): Value {
    const value = scope.find(name);
    if (value !== undefined) return value;
    const known = builtin(this, name);
    if (known !== undefined) return known;
    const from = this.#wildcards.at(-1);
    return from === undefined ? unknown(name, this.lineOf(node)) : externalValue(`${from}.${name}`);
  }

  #between(left: SyntaxNode, right: SyntaxNode): string {
    return this.#source.text
      .slice(left.end, right.start)
      .replace(/#[^\n]*/g, '')
      .replace(/[\s()\\]+/g, ' ')
      .trim();
  }

  #string(node: SyntaxNode, scope: Scope): Value {
    const open = node.children[0];
    const prefix = open === undefined ? '' : this.textOf(open).replace(/["']/g, '').toLowerCase();
    const isFormat = prefix.includes('f') || prefix.includes('t');
    let [made, isPartial] = ['', false];
    for (const part of node.children) {
      if (part.type === 'string_content') {
        const raw = this.textOf(part);
        const plain = isFormat ? raw.replace(/\{\{/g, '{').replace(/\}\}/g, '}') : raw;
        made += prefix.includes('r') ? plain : unescaped(plain);
      } else if (part.type === 'interpolation') {
        const [expression, ...rest] = part.children;
        if (expression === undefined) continue;
        const value = this.evaluate(expression, scope);
        const spec = rest.find(({ type }) => type === 'format_specifier');
        const conversion = rest.find(({ type }) => type === 'type_conversion');
        const shownAs = formatted(
          value,
          spec === undefined ? '' : this.textOf(spec).slice(1),
          conversion === undefined ? '' : this.textOf(conversion),
        );
        made +=
          shownAs.text === '{}' ||
          (shownAs.isPartial && kindOf(value) === 'unknown' && expression.type === 'identifier')
            ? `{${this.textOf(expression)}}`
            : shownAs.text;
        isPartial ||= shownAs.isPartial;
      }
      if (made.length > 200_000) return text(made, true);
    }
    return text(made, isPartial);
  }

  #elements(kids: readonly SyntaxNode[], scope: Scope): Value[] {
    const made: Value[] = [];
    for (const kid of kids) {
      if (kid.type === 'list_splat' || kid.type === 'list_splat_pattern') {
        const value = kid.children[0] === undefined ? null : this.evaluate(kid.children[0], scope);
        const items = this.items(value);
        if (items === null) made.push(kindOf(value) === 'xcom' ? value : unknown('items', this.lineOf(kid)));
        else made.push(...items);
      } else made.push(this.evaluate(kid, scope));
      if (made.length > 5_000) break;
    }
    return made;
  }

  #dictionary(kids: readonly SyntaxNode[], scope: Scope): Value {
    const made = dict();
    for (const kid of kids) {
      if (kid.type === 'dictionary_splat') {
        const value = kid.children[0] === undefined ? null : this.evaluate(kid.children[0], scope);
        if (kindOf(value) === 'dict')
          for (const [key, item] of (value as typeof made).entries.values()) setItem(made, key, item);
        continue;
      }
      const [key, value] = kid.children;
      if (key !== undefined && value !== undefined)
        setItem(made, this.evaluate(key, scope), this.evaluate(value, scope));
    }
    return made;
  }

  #assignment(node: SyntaxNode, scope: Scope): Value {
    const [target, ...rest] = node.children;
    const right = rest.at(-1);
    if (right === undefined || right.type === 'type') return null;
    const value = this.evaluate(right, scope);
    this.#assign(target, value, scope);
    return value;
  }

  #binary(operator: string, a: Value, b: Value, line: number): Value {
    if (operator !== '>>' && operator !== '<<') return operated(operator, a, b, line);
    return this.isQuiet ? b : drawEdge(this, operator, a, b, line);
  }

  #comparison(kids: readonly SyntaxNode[], scope: Scope, line: number): Value {
    let left = kids[0];
    if (left === undefined) return null;
    let a = this.evaluate(left, scope);
    for (const right of kids.slice(1)) {
      const operator = this.#between(left, right);
      const b = this.evaluate(right, scope);
      const holds = compared(operator, a, b);
      if (holds === null) return unknown('condition', line);
      if (!holds) return false;
      [left, a] = [right, b];
    }
    return true;
  }

  #subscript(kids: readonly SyntaxNode[], scope: Scope, line: number): Value {
    const [object, key] = kids;
    if (object === undefined || key === undefined) return null;
    const from = this.evaluate(object, scope);
    if (key.type === 'slice') return this.#slice(from, object, key, scope, line);
    const at = this.evaluate(key, scope);
    if (kindOf(from) === 'xcom')
      return { ...(from as { kind: 'xcom'; tasks: readonly TaskValue[] }), key: written(at).text };
    if (kindOf(from) === 'dict') {
      const item = itemOf(from as never, at);
      const { factory } = from as DictValue;
      if (item === undefined && factory !== undefined && !this.isQuiet) {
        const made = this.call(factory, { positional: [], named: new Map() }, line);
        setItem(from as DictValue, at, made);
        return made;
      }
      if (item === undefined && this.#tries > 0 && kindOf(at) !== 'unknown' && kindOf(at) !== 'text') this.raise();
      return or(item, () => unknown(written(at).text, line));
    }
    if (kindOf(from) === 'class' && isEnum(from as ClassValue) && typeof at === 'string')
      return (from as ClassValue).attributes.get(at) ?? unknown(at, line);
    if (kindOf(from) === 'group') {
      const wanted = prefixOf(from as GroupValue) + written(at).text;
      return (from as GroupValue).children.find(({ id }) => id === wanted) ?? unknown(wanted, line);
    }
    const items = this.items(from);
    if (items !== null && typeof at === 'number')
      return or(items[at < 0 ? items.length + at : at], () => unknown('item', line));
    if (kindOf(from) === 'external' && (from as { path: string }).path === 'os.environ') {
      const name = written(at).text;
      this.readEnvironment(line, name, false);
      return unknown(name, line, 'os.environ');
    }
    const { path = null, name = 'item' } = from as { path?: string | null; name?: string };
    if (kindOf(from) === 'unknown') return unknown(`${name}[${written(at).text}]`, line, path);
    return unknown('item', line, path);
  }

  readEnvironment(line: number, name: string, hasDefault: boolean, access: 'read' | 'write' = 'read'): void {
    if (this.environment.length < 1_000 && !this.environment.some((one) => one.line === line && one.name === name))
      this.environment.push({ line, name, access, hasDefault });
  }

  #slice(from: Value, object: SyntaxNode, key: SyntaxNode, scope: Scope, line: number): Value {
    // The grammar leaves out what is not written: positions tell start, stop and step apart.
    const bounds: (Value | undefined)[] = [undefined, undefined, undefined];
    let [at, last] = [0, key.start];
    for (const kid of key.children) {
      at += (this.#source.text.slice(last, kid.start).match(/:/g) ?? []).length;
      bounds[at] = this.evaluate(kid, scope);
      last = kid.end;
    }
    const items = typeof from === 'string' ? [...from] : this.items(from);
    if (items === null || bounds.some((bound) => bound !== undefined && bound !== null && typeof bound !== 'number'))
      return kindOf(from) === 'text' ? from : unknown(this.textOf(object).slice(0, 40), line);
    const step = (bounds[2] as number | undefined) ?? 1;
    const from_ = bounds[0] as number | undefined;
    const to = bounds[1] as number | undefined;
    const cut =
      step === -1 && from_ === undefined && to === undefined
        ? [...items].reverse()
        : items.slice(from_ ?? 0, to ?? undefined).filter((_, i) => step <= 1 || i % step === 0);
    return typeof from === 'string'
      ? cut.join('')
      : list(cut as Value[], kindOf(from) === 'list' ? (from as ListValue).type : 'list');
  }

  #comprehension(node: SyntaxNode, scope: Scope, type: 'list' | 'set' | 'dict'): Value {
    const [body, ...clauses] = node.children;
    if (body === undefined) return null;
    const inner = new Scope(scope);
    const made: Value[] = [];
    const pairs: (readonly [Value, Value])[] = [];
    let isOpen = false;
    const next = (at: number): void => {
      const clause = clauses[at];
      if (clause === undefined) {
        if (type === 'dict') {
          const [key, value] = body.children;
          if (key !== undefined && value !== undefined && pairs.length < ROUNDS_MAX)
            pairs.push([this.evaluate(key, inner), this.evaluate(value, inner)]);
        } else if (made.length < ROUNDS_MAX) made.push(this.evaluate(body, inner));
        return;
      }
      if (clause.type === 'if_clause') {
        const holds = clause.children[0] === undefined ? true : truthOf(this.evaluate(clause.children[0], inner));
        if (holds !== false) next(at + 1);
        return;
      }
      const [target, source] = clause.children;
      if (target === undefined || source === undefined) return;
      const over = this.evaluate(source, inner);
      const items = this.items(over);
      if (items === null) {
        isOpen = true;
        this.note(this.lineOf(clause), `a loop over what the file does not say: ${short(this.textOf(source))}`);
      }
      for (const item of (items ?? [this.element(target, over, clause)]).slice(0, ROUNDS_MAX)) {
        this.#assign(target, item, inner);
        next(at + 1);
      }
    };
    next(0);
    if (isOpen && !made.some((value) => kindOf(value) === 'task' || kindOf(value) === 'xcom'))
      return unknown('items', this.lineOf(node));
    return type === 'dict' ? dict(pairs) : list(made, type);
  }

  // ---- calls

  #call(node: SyntaxNode, scope: Scope): Value {
    const [callee, written_] = node.children;
    if (callee === undefined) return null;
    const line = this.lineOf(node);
    if (callee.type === 'identifier' && this.textOf(callee) === 'super') return this.#super(scope, line);
    const target = this.evaluate(callee, scope);
    if (written_?.type === 'generator_expression')
      return this.call(target, { positional: [this.evaluate(written_, scope)], named: new Map() }, line);
    const positional: Value[] = [];
    const named = new Map<string, Value>();
    for (const argument of written_?.children ?? []) {
      const [first, second] = argument.children;
      if (argument.type === 'keyword_argument') {
        if (first !== undefined && second !== undefined) named.set(this.textOf(first), this.evaluate(second, scope));
      } else if (argument.type === 'dictionary_splat') {
        const value = first === undefined ? null : this.evaluate(first, scope);
        if (kindOf(value) === 'dict')
          for (const [key, item] of (value as { entries: Map<unknown, readonly [Value, Value]> }).entries.values())
            named.set(written(key).text, item);
      } else positional.push(...this.#elements([argument], scope));
      if (positional.length > 5_000) break;
    }
    return this.call(target, { positional, named }, line);
  }

  /** The object as its base classes see it. */
  #super(scope: Scope, line: number): Value {
    const self = scope.find('*self');
    const owner = scope.find('*owner');
    if (kindOf(self) !== 'instance' || kindOf(owner) !== 'class') return unknown('super', line);
    const above: ClassValue = { ...(owner as ClassValue), attributes: new Map() };
    return { ...(self as InstanceValue), of: above };
  }

  /** The class that holds a method. */
  #ownerOf(of: ClassValue, method: FunctionValue, depth = 0): ClassValue | null {
    if (depth > 10) return null;
    for (const value of of.attributes.values()) if (value === method) return of;
    for (const base of of.bases) {
      const found = kindOf(base) === 'class' ? this.#ownerOf(base as ClassValue, method, depth + 1) : null;
      if (found !== null) return found;
    }
    return null;
  }

  /** Calls a value. Throws only where Python would raise for sure, and when the budget is spent. */
  call(target: Value, given: Arguments, line: number): Value {
    this.#step();
    if (typeof target !== 'object' || target === null) return unknown('result', line);
    switch (target.kind) {
      case 'native':
        return target.call(given);
      case 'external': {
        const known = callLibrary(this, target.path, given, line);
        if (known !== undefined) return known;
        const made = callAirflow(this, target.path, given, line);
        if (made !== undefined) return made;
        return unknown(target.path.split('.').at(-1) ?? 'result', line, target.path, given);
      }
      case 'function':
        return this.isQuiet ? unknown(target.name, line) : this.callFunction(target, given, line, null);
      case 'bound':
        return this.#callBound(target, given, line);
      case 'class':
        return this.isQuiet ? unknown(target.name, line) : this.#construct(target, given, line);
      case 'maker':
      case 'unknown':
      case 'task':
      case 'xcom': {
        const made = this.isQuiet ? undefined : callAirflow(this, target, given, line);
        if (made !== undefined) return made;
        if (target.kind === 'unknown') return unknown(target.name, line, target.path, null);
        return unknown('result', line);
      }
      default:
        return unknown('result', line);
    }
  }

  #callBound({ self, method }: BoundValue, given: Arguments, line: number): Value {
    if (typeof method === 'string') {
      if (this.isQuiet && typeof self !== 'string' && kindOf(self) !== 'text' && kindOf(self) !== 'dict')
        return unknown(method, line);
      return or(methodOf(this, self, method, given, line), () => unknown(method, line));
    }
    if (kindOf(method) === 'function')
      return this.isQuiet
        ? unknown('result', line)
        : this.callFunction(
            method as FunctionValue,
            { positional: [self, ...given.positional], named: given.named },
            line,
            self,
          );
    return this.call(method, given, line);
  }

  callFunction(target: FunctionValue, given: Arguments, line: number, self: Value): Value {
    if (this.#deep >= CALLS_DEEP_MAX) {
      this.note(line, `calls nest too deep: ${target.name}`);
      return unknown(target.name, line);
    }
    const run = (): Value => {
      const scope = new Scope(target.scope);
      this.bind(target, given, scope);
      if (kindOf(self) === 'instance') {
        scope.names.set('*self', self);
        scope.names.set('*owner', this.#ownerOf((self as InstanceValue).of, target));
      }
      if (target.node.type === 'lambda') return this.evaluate(target.body, scope);
      const hasYield = /\byield\b/.test(this.textOf(target.body));
      const [before, beforeTo] = [this.#yields, this.#yieldTo];
      this.#yieldTo = target.isContext === true ? this.#onYield : null;
      if (target.isContext === true) this.#onYield = null;
      this.#yields = hasYield && this.#yieldTo === null ? [] : null;
      try {
        const end = this.#block(target.body, scope);
        if (this.#yields !== null) return list(this.#yields);
        return typeof end === 'object' ? end.returned : null;
      } finally {
        this.#yields = before;
        this.#yieldTo = beforeTo;
      }
    };
    this.#deep++;
    try {
      return this.#within(target.source, run);
    } finally {
      this.#deep--;
    }
  }

  /** Binds arguments to parameters. A parameter without an argument becomes unknown. */
  bind(target: FunctionValue, given: Arguments, scope: Scope): void {
    const named = new Map(given.named);
    let at = 0;
    let isNamedOnly = false;
    for (const parameter of target.parameters?.children ?? []) {
      const first = parameter.type === 'identifier' ? parameter : parameter.children[0];
      if (parameter.type === 'keyword_separator') isNamedOnly = true;
      if (first === undefined) continue;
      const splat = parameter.type === 'typed_parameter' ? first.type : parameter.type;
      if (splat === 'list_splat_pattern') {
        const name = parameter.type === 'typed_parameter' ? first.children[0] : first;
        if (name !== undefined) scope.names.set(this.textOf(name), list(given.positional.slice(at), 'tuple'));
        at = given.positional.length;
        isNamedOnly = true;
      } else if (splat === 'dictionary_splat_pattern') {
        const name = parameter.type === 'typed_parameter' ? first.children[0] : first;
        if (name !== undefined)
          scope.names.set(this.textOf(name), dict([...named].map(([key, value]) => [key, value] as const)));
      } else {
        const name = this.textOf(first);
        let value: Value | undefined;
        if (!isNamedOnly && at < given.positional.length) value = given.positional[at++];
        else if (named.has(name)) {
          value = named.get(name);
          named.delete(name);
        } else value = target.defaults.get(name);
        scope.names.set(name, value === undefined ? unknown(name, this.lineOf(target.node)) : value);
      }
    }
  }

  #construct(target: ClassValue, given: Arguments, line: number): Value {
    const made = callAirflow(this, target, given, line);
    if (made !== undefined) return made;
    const instance: InstanceValue = { kind: 'instance', of: target, attributes: new Map() };
    if (isEnum(target)) {
      const wanted = given.positional[0] ?? null;
      for (const member of target.attributes.values())
        if (
          kindOf(member) === 'instance' &&
          keyOf((member as InstanceValue).attributes.get('value') ?? null) === keyOf(wanted)
        )
          return member;
      return unknown(target.name, line);
    }
    const start = this.inherited(target, '__init__');
    if (kindOf(start) === 'function')
      this.callFunction(
        start as FunctionValue,
        { positional: [instance, ...given.positional], named: given.named },
        line,
        instance,
      );
    else {
      // A dataclass or a named tuple: annotated names in order.
      const fields = fieldsOf(target, (node) => this.textOf(node));
      fields.forEach((name, i) => {
        const value =
          i < given.positional.length
            ? given.positional[i]
            : given.named.has(name)
              ? given.named.get(name)
              : this.#fieldDefault(target.attributes.get(name), line);
        instance.attributes.set(name, value === undefined ? unknown(name, line) : value);
      });
      if (
        target.bases.some(
          (base) => kindOf(base) === 'external' && (base as { path: string }).path.endsWith('NamedTuple'),
        )
      )
        instance.attributes.set('*fields', list(fields));
      for (const [name, value] of given.named) instance.attributes.set(name, value);
      const last = this.inherited(target, '__post_init__');
      if (kindOf(last) === 'function')
        this.callFunction(last as FunctionValue, { positional: [instance], named: new Map() }, line, instance);
    }
    return instance;
  }

  /** `field(default_factory=list)` of a dataclass. */
  #fieldDefault(value: Value | undefined, line: number): Value | undefined {
    const { path = null, call = null } = (value ?? {}) as { path?: string | null; call?: Arguments | null };
    if (path === null || call === null || !/(^|\.)[fF]ield$/.test(path)) return value;
    const factory = call.named.get('default_factory');
    return factory === undefined
      ? call.named.get('default')
      : this.call(factory, { positional: [], named: new Map() }, line);
  }

  inherited(of: ClassValue, name: string, depth = 0): Value | undefined {
    const own = of.attributes.get(name);
    if (own !== undefined || depth > 10) return own;
    for (const base of of.bases) {
      const found = kindOf(base) === 'class' ? this.inherited(base as ClassValue, name, depth + 1) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  member(object: Value, name: string, line: number): Value {
    if (kindOf(object) === 'instance') {
      const { attributes, of } = object as InstanceValue;
      const own = attributes.has(name) ? attributes.get(name) : this.inherited(of, name);
      if (own !== undefined) return kindOf(own) === 'function' ? this.#method(object, own as FunctionValue, line) : own;
      if (isPath(object)) return pathMember(object, name) ?? unknown(name, line);
      if (name === '__init__')
        // Of an imported base class: what it is given is kept, an operator's `task_id` for instance.
        return { kind: 'native', name, call: ({ named }) => (attributes.set('*given', dict(named)), null) };
      return name === '__class__' ? of : unknown(name, line);
    }
    if (kindOf(object) === 'class') {
      const own = this.inherited(object as ClassValue, name);
      if (kindOf(own) === 'function' && /@classmethod\s*$/.test(before(own as FunctionValue)))
        return { kind: 'bound', self: object, method: own as FunctionValue };
      if (own !== undefined) return own;
      if (name === '__name__') return (object as ClassValue).name;
    }
    if (kindOf(object) === 'function' && (name === '__name__' || name === '__qualname__'))
      return (object as FunctionValue).name;
    return memberOf(this, object, name, line);
  }

  /** A method, or the value of a property. */
  #method(self: Value, method: FunctionValue, line: number): Value {
    const decorator = before(method);
    if (/@(\w+\.)?(cached_)?property\s*$/.test(decorator) && !this.isQuiet)
      return this.callFunction(method, { positional: [self], named: new Map() }, line, self);
    if (/@staticmethod\s*$/.test(decorator)) return method;
    if (/@classmethod\s*$/.test(decorator)) return { kind: 'bound', self: (self as InstanceValue).of, method };
    return { kind: 'bound', self, method };
  }
}

/** What stands just before a method: its last decorator. */
const before = (method: FunctionValue): string =>
  method.source.text.slice(Math.max(0, method.node.start - 60), method.node.start);

const short = (written_: string): string =>
  (written_.length > 80 ? `${written_.slice(0, 77)}...` : written_).replace(/\s+/g, ' ');

function fieldsOf(of: ClassValue, textOf: (node: SyntaxNode) => string): string[] {
  const fields: string[] = [];
  for (const base of of.bases) if (kindOf(base) === 'class') fields.push(...fieldsOf(base as ClassValue, textOf));
  for (const statement of of.node.children.at(-1)?.children ?? []) {
    const assignment = statement.type === 'expression_statement' ? statement.children[0] : undefined;
    if (assignment?.type !== 'assignment' || !assignment.children.some(({ type }) => type === 'type')) continue;
    const name = assignment.children[0];
    if (name?.type === 'identifier') fields.push(textOf(name));
  }
  return fields;
}
