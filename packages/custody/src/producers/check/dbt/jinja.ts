/**
 * Renders a template of dbt without running anything: constants, loops over constants, macros of the project. What cannot be
 * known is said and replaced by something harmless, out of which the lineage can still be read.
 */
import { methodOf, filterOf, testOf } from './jinja-methods.ts';
import { JinjaError, type Argument, type Expression } from './jinja-expression.ts';
import { parseTemplate, type MacroNode, type Node } from './jinja-template.ts';
import {
  isCallable,
  isList,
  isMap,
  isRelation,
  isUnknown,
  namespace,
  shown,
  truth,
  unknown,
  type Arguments,
  type Unknown,
  type Value,
} from './jinja-value.ts';

export interface Rendered {
  readonly sql: string;
  /** Names that were asked for and cannot be known, with the offset in the template. */
  readonly unknowns: readonly { readonly offset: number; readonly what: string }[];
  /** Why the rest was not rendered; null where all was. */
  readonly unread: string | null;
  /** Offset in the template of an offset in the SQL. */
  readonly offsetOf: (at: number) => number;
}

export interface Macro {
  readonly node: MacroNode;
  /** The text of the file that holds it. */
  readonly text: string;
}

export interface RenderOptions {
  /** Names that are known: `ref`, `source`, `config`, ... */
  readonly globals: ReadonlyMap<string, Value>;
  readonly macros: ReadonlyMap<string, Macro>;
  /** Which branch is taken where the condition is not known. */
  readonly isFirst: boolean;
}

const TEXT_MAX = 1_000_000;
const OUTPUT_MAX = 4_000_000;
const STEPS_MAX = 300_000;
const CALLS_DEPTH_MAX = 30;
const UNKNOWNS_MAX = 200;

/** Never throws for what the template holds. */
export function renderTemplate(text: string, options: RenderOptions): Rendered {
  const nothing = (unread: string): Rendered => ({ sql: '', unknowns: [], unread, offsetOf: () => 0 });
  if (text.length > TEXT_MAX) return nothing('it is larger than a megabyte');
  let nodes: readonly Node[];
  try {
    nodes = parseTemplate(text);
  } catch (error) {
    return nothing(reasonOf(error));
  }
  const renderer = new Renderer(options);
  let unread: string | null = null;
  try {
    renderer.render(nodes, text, new Frame(null), true);
  } catch (error) {
    // `return` in the template itself ends it.
    if (!(error instanceof Returned)) unread = reasonOf(error);
  }
  const { out, outAt, sourceAt, unknowns } = renderer;
  return {
    sql: out.join(''),
    unknowns,
    unread,
    offsetOf: (at) => {
      let [low, high] = [0, outAt.length - 1];
      if (high < 0) return 0;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (outAt[middle]! <= at) low = middle;
        else high = middle - 1;
      }
      const { start, isText } = sourceAt[low]!;
      return isText ? start + Math.max(0, at - outAt[low]!) : start;
    },
  };
}

/** Why a template was not read; what is no fault of the template is thrown again. */
function reasonOf(error: unknown): string {
  if (error instanceof JinjaError) return error.message;
  if (error instanceof RangeError) return 'it nests too deep';
  throw error;
}

/** Macros of a file by name. Never throws. */
export function macrosIn(text: string): ReadonlyMap<string, Macro> {
  const macros = new Map<string, Macro>();
  if (text.length > TEXT_MAX) return macros;
  try {
    for (const node of parseTemplate(text))
      if (node.kind === 'macro') macros.set(node.macro.name, { node: node.macro, text });
  } catch (error) {
    reasonOf(error);
  }
  return macros;
}

class Frame {
  readonly #values = new Map<string, Value>();
  readonly #outer: Frame | null;
  constructor(outer: Frame | null) {
    this.#outer = outer;
  }
  get(name: string): Value | undefined {
    const own = this.#values.get(name);
    return own !== undefined || this.#values.has(name) ? own : this.#outer?.get(name);
  }
  set(name: string, value: Value): void {
    this.#values.set(name, value);
  }
}

/** `return(x)` of a macro. */
class Returned {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

const KNOWN_NAMESPACES = new Set([
  'adapter',
  'api',
  'builtins',
  'dbt',
  'exceptions',
  'flags',
  'graph',
  'invocation_args_dict',
  'model',
  'modules',
  'project_name',
  'target',
  'selected_resources',
  'thread_id',
]);

class Renderer {
  out: string[] = [];
  readonly outAt: number[] = [];
  readonly sourceAt: { readonly start: number; readonly isText: boolean }[] = [];
  readonly unknowns: { offset: number; what: string }[] = [];
  readonly #options: RenderOptions;
  #length = 0;
  #steps = 0;
  #calls = 0;
  #at = 0;
  #isTop = true;
  #isAfterTable = false;

  constructor(options: RenderOptions) {
    this.#options = options;
  }

  render(nodes: readonly Node[], text: string, frame: Frame, isTop: boolean): void {
    for (const node of nodes) {
      this.#step();
      // Inside of macros what is said has the place of the call.
      this.#isTop = isTop;
      if (isTop) this.#at = node.start;
      switch (node.kind) {
        case 'text':
          this.#write(text.slice(node.start, node.end), isTop);
          break;
        case 'output':
          this.#output(this.#evaluate(node.expression, frame));
          break;
        case 'if':
          this.#if(node, text, frame, isTop);
          break;
        case 'for':
          this.#for(node, text, frame, isTop);
          break;
        case 'set':
          this.#set(node, text, frame);
          break;
        case 'do':
          this.#evaluate(node.expression, frame);
          break;
        case 'macro':
          frame.set(node.macro.name, this.#callable(node.macro, text));
          break;
        case 'block':
          if (node.tag !== 'docs') this.render(node.body, text, frame, isTop);
          break;
      }
    }
  }

  #step(): void {
    if (++this.#steps > STEPS_MAX) throw new JinjaError(`it takes more than ${STEPS_MAX} steps`, this.#at);
  }

  #write(text: string, isText: boolean): void {
    if (text === '') return;
    // A table in quotes may touch the word behind it; ours has no quotes.
    const gap = this.#isAfterTable && /^\w/.test(text);
    this.#isAfterTable = false;
    if (gap) this.#write(' ', false);
    if (this.#length + text.length > OUTPUT_MAX)
      throw new JinjaError(`it comes to more than ${OUTPUT_MAX} characters`, this.#at);
    this.outAt.push(this.#length);
    this.sourceAt.push({ start: this.#at, isText });
    this.out.push(text);
    this.#length += text.length;
  }

  #output(value: Value): void {
    this.#write(this.#sqlOf(value), false);
    this.#isAfterTable = isRelation(value);
  }

  /** What is written while `work` runs, as a text of its own. */
  #captured(work: () => void): string {
    const [out, length, marks] = [this.out, this.#length, this.outAt.length];
    const at = this.#at;
    this.out = [];
    try {
      work();
      return this.out.join('');
    } finally {
      this.out = out;
      this.#length = length;
      this.outAt.length = marks;
      this.sourceAt.length = marks;
      this.#at = at;
    }
  }

  #unknown(value: Unknown): void {
    if (
      value.text !== '' &&
      this.unknowns.length < UNKNOWNS_MAX &&
      !this.unknowns.some(({ what, offset }) => what === value.text && offset === this.#at)
    )
      this.unknowns.push({ offset: this.#at, what: value.text });
  }

  #if(node: Extract<Node, { kind: 'if' }>, text: string, frame: Frame, isTop: boolean): void {
    let isOpen = false;
    for (const [i, { test, body }] of node.branches.entries()) {
      const value = test === null ? true : this.#evaluate(test, frame);
      const is = truth(value);
      if (is === null && isUnknown(value)) this.#unknown(value);
      const isLast = i === node.branches.length - 1;
      if (is === false) continue;
      // Where it is not known, the first or the last branch is taken; the caller renders both ways.
      if (is === null && !this.#options.isFirst && !(isLast && isOpen && test === null)) {
        isOpen = true;
        continue;
      }
      this.render(body, text, frame, isTop);
      return;
    }
  }

  #for(node: Extract<Node, { kind: 'for' }>, text: string, frame: Frame, isTop: boolean): void {
    const over = this.#evaluate(node.over, frame);
    if (isUnknown(over)) {
      this.#unknown(over);
      // Once, with what is not known: what the body names is still seen.
      const inner = new Frame(frame);
      for (const name of node.names) inner.set(name, over);
      inner.set('loop', loopOf(0, 1));
      this.render(node.body, text, inner, isTop);
      return;
    }
    const all = isList(over) ? over : isMap(over) ? [...over.keys()] : typeof over === 'string' ? [...over] : [];
    const items = all.filter((item) => {
      if (node.where === null) return true;
      const inner = new Frame(frame);
      this.#bind(inner, node.names, item);
      return truth(this.#evaluate(node.where, inner)) !== false;
    });
    if (items.length === 0) return this.render(node.otherwise, text, frame, isTop);
    for (const [i, item] of items.entries()) {
      this.#step();
      const inner = new Frame(frame);
      this.#bind(inner, node.names, item);
      inner.set('loop', loopOf(i, items.length));
      this.render(node.body, text, inner, isTop);
    }
  }

  #bind(frame: Frame, names: readonly string[], value: Value): void {
    if (names.length === 1) return frame.set(names[0]!, value);
    for (const [i, name] of names.entries())
      frame.set(name, isList(value) ? (value[i] ?? null) : isUnknown(value) ? value : null);
  }

  #set(node: Extract<Node, { kind: 'set' }>, text: string, frame: Frame): void {
    const { value } = node;
    const found: Value =
      'kind' in value
        ? this.#evaluate(value, frame)
        : this.#captured(() => this.render(value, text, new Frame(frame), false));
    if (node.names.length === 1 && node.names[0]!.includes('.')) {
      const [of, member] = node.names[0]!.split('.') as [string, string];
      const holder = frame.get(of);
      if (holder !== undefined && isMap(holder)) (holder as Map<string, Value>).set(member, found);
    } else this.#bind(frame, node.names, found);
  }

  /** What an output puts into the SQL. */
  #sqlOf(value: Value): string {
    if (value === null) return '';
    if (!isUnknown(value)) return isCallable(value) ? '' : shown(value);
    this.#unknown(value);
    const before = this.out.slice(-20).join('').slice(-200);
    const last = /([\w.]*)\s*$/.exec(before)![1]!.toLowerCase();
    const isTouching = /[\w.$]$/.test(before);
    const isTable = !isTouching && /^(?:from|join|into|update|using)$/.test(last);
    const isQuery = /(?:^|\()\s*$/.test(before);
    if (value.relations.length > 0 && (isTable || isQuery)) {
      const union = value.relations.map(({ sql }) => `select * from ${sql}`).join(' union all ');
      return isTable ? `(${union})` : union;
    }
    if (isTouching || isTable || last === 'as') return 'unknown';
    // Columns of a table that only the warehouse knows: any of them may come through.
    if (value.relations.length > 0 && /column(?!_values)/.test(value.text) && !before.endsWith("'"))
      return 'unknown_macro(*)';
    // Texts that were given are often columns: whatever comes out of them is told to come out of them.
    const columns = value.texts.filter((text) => text.length < 200 && /^[\w.]+$/.test(text) && !/^\d/.test(text));
    return columns.length > 0 ? `unknown_macro(${columns.join(', ')})` : 'null';
  }

  #evaluate(expression: Expression, frame: Frame): Value {
    this.#step();
    switch (expression.kind) {
      case 'constant':
        return expression.value;
      case 'name':
        return this.#name(expression.name, frame);
      case 'list':
        return expression.items.map((item) => this.#evaluate(item, frame));
      case 'dict':
        return new Map(
          expression.items.map(
            ([key, value]) => [shown(this.#evaluate(key, frame)), this.#evaluate(value, frame)] as const,
          ),
        );
      case 'member':
        return this.#member(this.#evaluate(expression.of, frame), expression.name);
      case 'item':
        return this.#item(
          this.#evaluate(expression.of, frame),
          expression.index.map((one) => (one === null ? null : this.#evaluate(one, frame))),
        );
      case 'call':
        return this.#call(expression, frame);
      case 'filter': {
        const of = this.#evaluate(expression.of, frame);
        const args = this.#arguments(expression.args, frame);
        const filter = filterOf(expression.name);
        this.#charge(of);
        return filter === null
          ? unknown(`the filter ${expression.name}`, { ...args, list: [of, ...args.list] })
          : filter(of, args);
      }
      case 'test': {
        const { of } = expression;
        // Whether a name is there can be known although its value cannot.
        if (expression.name === 'defined' && of.kind === 'name') {
          const value = this.#name(of.name, frame);
          return isUnknown(value) && !value.isNamespace ? false : true;
        }
        const value = this.#evaluate(of, frame);
        const result = testOf(expression.name, value, this.#arguments(expression.args, frame).list);
        return result === null ? (isUnknown(value) ? value : unknown(`is ${expression.name}`)) : result;
      }
      case 'not': {
        const value = this.#evaluate(expression.of, frame);
        const is = truth(value);
        return is === null ? value : !is;
      }
      case 'minus': {
        const value = this.#evaluate(expression.of, frame);
        return typeof value === 'number' ? -value : isUnknown(value) ? value : null;
      }
      case 'binary':
        return this.#binary(expression, frame);
      case 'choice': {
        const is = truth(this.#evaluate(expression.test, frame));
        const takes = is ?? this.#options.isFirst;
        return takes
          ? this.#evaluate(expression.yes, frame)
          : expression.no === null
            ? ''
            : this.#evaluate(expression.no, frame);
      }
    }
  }

  #name(name: string, frame: Frame): Value {
    const own = frame.get(name) ?? this.#options.globals.get(name);
    if (own !== undefined) return own;
    if (frame.get(name) === null || this.#options.globals.has(name)) return null;
    const macro = this.#options.macros.get(name);
    if (macro !== undefined) return this.#callable(macro.node, macro.text);
    const found = this.#builtin(name);
    return found ?? (KNOWN_NAMESPACES.has(name) ? namespace(name) : unknown(name));
  }

  #builtin(name: string): Value | null {
    switch (name) {
      case 'range':
        return functionOf(name, ({ list }) => {
          const numbers = list.map((one) => (typeof one === 'number' ? one : Number.NaN));
          if (numbers.length === 0 || numbers.some(Number.isNaN)) return unknown('range');
          const [from, to, by] =
            numbers.length === 1 ? [0, numbers[0]!, 1] : [numbers[0]!, numbers[1]!, numbers[2] ?? 1];
          const found: number[] = [];
          for (let i = from; by > 0 ? i < to : by < 0 && i > to; i += by) {
            if (found.length >= 10_000) throw new JinjaError('a range is too long', this.#at);
            found.push(i);
          }
          return found;
        });
      case 'namespace':
      case 'dict':
        return functionOf(name, ({ named }) => new Map(named));
      case 'return':
        return functionOf(name, ({ list: [value] }) => {
          throw new Returned(value ?? null);
        });
      case 'log':
      case 'print':
      case 'debug':
        return functionOf(name, () => '');
      case 'caller':
        return functionOf(name, () => '');
      default:
        return null;
    }
  }

  #member(of: Value, name: string): Value {
    if (isMap(of)) return of.get(name) ?? unknownMethod(of, name);
    if (isRelation(of)) {
      if (name === 'identifier' || name === 'name' || name === 'table') return of.name;
      return unknown(`${of.name}.${name}`);
    }
    if (isUnknown(of)) return { ...of, text: of.text === '' ? '' : `${of.text}.${name}`.slice(0, 200) };
    return unknownMethod(of, name);
  }

  #item(of: Value, index: readonly (Value | null)[]): Value {
    const [first, second] = index;
    if (isUnknown(of)) return of;
    if (index.length === 2 && (isList(of) || typeof of === 'string')) {
      const bound = (value: Value | null | undefined) => (typeof value === 'number' ? value : undefined);
      return of.slice(bound(first) ?? 0, bound(second));
    }
    if (first === null || first === undefined) return null;
    if (isUnknown(first)) return first;
    if (isMap(of)) return of.get(shown(first)) ?? null;
    if ((isList(of) || typeof of === 'string') && typeof first === 'number') return of.at(first) ?? null;
    return null;
  }

  #arguments(args: readonly Argument[], frame: Frame): Arguments {
    const list: Value[] = [];
    const named = new Map<string, Value>();
    for (const { name, value } of args) {
      const found = this.#evaluate(value, frame);
      if (name === null) list.push(found);
      else if (name !== '**') named.set(name, found);
      else if (isMap(found)) for (const [key, one] of found) named.set(key, one);
      else if (isList(found)) list.push(...found.slice(0, 1_000));
    }
    return { list, named };
  }

  #call({ of, args }: Extract<Expression, { kind: 'call' }>, frame: Frame): Value {
    const given = this.#arguments(args, frame);
    if (of.kind === 'member') {
      const holder = this.#evaluate(of.of, frame);
      if (isUnknown(holder)) {
        const path = `${holder.text}.${of.name}`;
        const known = this.#options.globals.get(path);
        if (known !== undefined && isCallable(known)) return known.call(given);
        // `builtins.ref(...)`, `dbt.log(...)`.
        if (holder.isNamespace || this.#options.macros.has(of.name)) {
          const own = holder.text === 'builtins' || !holder.isNamespace ? this.#name(of.name, frame) : null;
          if (own !== null && isCallable(own)) return own.call(given);
          if (holder.text === 'exceptions' || holder.text === 'adapter.dispatch') return null;
        }
        return unknown(path, { list: [holder, ...given.list], named: given.named });
      }
      const method = methodOf(of.name);
      this.#charge(holder);
      const member = isMap(holder) ? holder.get(of.name) : undefined;
      if (member !== undefined && isCallable(member)) return member.call(given);
      if (method !== null) return method(holder, given);
      return unknown(of.name, { list: [holder, ...given.list], named: given.named });
    }
    const called = this.#evaluate(of, frame);
    if (isCallable(called)) return called.call(given);
    return unknown(isUnknown(called) ? called.text : 'a call', { list: [called, ...given.list], named: given.named });
  }

  #callable(macro: MacroNode, text: string): Value {
    return functionOf(macro.name, (args) => {
      if (++this.#calls > CALLS_DEPTH_MAX)
        throw new JinjaError(`macros call each other more than ${CALLS_DEPTH_MAX} deep`, this.#at);
      try {
        const frame = new Frame(null);
        for (const [i, { name, value }] of macro.parameters.entries())
          frame.set(
            name,
            args.named.get(name) ?? args.list[i] ?? (value === null ? null : this.#evaluate(value, frame)),
          );
        frame.set('kwargs', new Map(args.named));
        frame.set('varargs', args.list.slice(macro.parameters.length));
        const isTop = this.#isTop;
        try {
          return this.#captured(() => this.render(macro.body, text, frame, false));
        } finally {
          this.#isTop = isTop;
        }
      } catch (error) {
        if (error instanceof Returned) return error.value;
        throw error;
      } finally {
        this.#calls--;
      }
    });
  }

  #binary({ operator, left, right }: Extract<Expression, { kind: 'binary' }>, frame: Frame): Value {
    const a = this.#evaluate(left, frame);
    if (operator === 'and' || operator === 'or') {
      const is = truth(a);
      if (is !== null && is === (operator === 'or')) return a;
      const b = this.#evaluate(right, frame);
      if (is !== null) return b;
      // Not known and false is false; not known or true is true.
      return truth(b) === (operator === 'or') ? b : a;
    }
    const b = this.#evaluate(right, frame);
    if (isUnknown(a) || isUnknown(b)) {
      const which = isUnknown(a) ? a : (b as Unknown);
      return { ...unknown(which.text, { list: [a, b], named: new Map() }), text: which.text };
    }
    switch (operator) {
      case '==':
        return shown(a) === shown(b);
      case '!=':
        return shown(a) !== shown(b);
      case 'in':
        return isList(b)
          ? b.some((one) => shown(one) === shown(a))
          : isMap(b)
            ? b.has(shown(a))
            : shown(b).includes(shown(a));
      case '~':
        return this.#text(shown(a) + shown(b));
      case '+':
        if (isList(a) && isList(b)) {
          this.#text(' '.repeat(Math.min(a.length + b.length, OUTPUT_MAX + 1)));
          return [...a, ...b];
        }
        if (typeof a === 'string' && typeof b === 'string') return this.#text(a + b);
        break;
      case '*':
        if (typeof a === 'string' && typeof b === 'number')
          return a.length * b > 100_000 || b < 0 ? unknown('a long text') : a.repeat(b);
        break;
    }
    if (typeof a === 'string' && typeof b === 'string') {
      if (operator === '<') return a < b;
      if (operator === '>') return a > b;
      if (operator === '<=') return a <= b;
      if (operator === '>=') return a >= b;
    }
    if (typeof a !== 'number' || typeof b !== 'number') return null;
    switch (operator) {
      case '+':
        return a + b;
      case '-':
        return a - b;
      case '*':
        return a * b;
      case '/':
        return a / b;
      case '//':
        return Math.floor(a / b);
      case '%':
        return a % b;
      case '**':
        return a ** b;
      case '<':
        return a < b;
      case '>':
        return a > b;
      case '<=':
        return a <= b;
      case '>=':
        return a >= b;
      default:
        return null;
    }
  }

  /** What looks at every item of a list costs as many steps. */
  #charge(of: Value): void {
    this.#steps += isList(of) ? of.length : typeof of === 'string' ? of.length >> 8 : 0;
  }

  /** Texts that double in a loop end here. */
  #text(text: string): string {
    this.#steps += text.length >> 10;
    if (text.length > OUTPUT_MAX) throw new JinjaError(`it comes to more than ${OUTPUT_MAX} characters`, this.#at);
    return text;
  }
}

const functionOf = (name: string, call: (args: Arguments) => Value): Value => ({ kind: 'function', name, call });

const loopOf = (i: number, of: number): Value =>
  new Map<string, Value>([
    ['index', i + 1],
    ['index0', i],
    ['first', i === 0],
    ['last', i === of - 1],
    ['length', of],
    ['revindex', of - i],
    ['revindex0', of - i - 1],
  ]);

const unknownMethod = (of: Value, name: string): Value => {
  const method = methodOf(name);
  return method === null ? null : functionOf(name, (args) => method(of, args));
};
