/** Values of the static evaluator: what Python would have, where the file alone says it, and the unknown where it does not. */
import type { DagValue, GroupValue, TaskValue } from './graph.ts';
import type { SyntaxNode } from './syntax.ts';

export type Value =
  | null
  | boolean
  | number
  | string
  | TextValue
  | ListValue
  | DictValue
  | UnknownValue
  | ExternalValue
  | FunctionValue
  | ClassValue
  | InstanceValue
  | BoundValue
  | NativeValue
  | XComValue
  | TaskMakerValue
  | LabelValue
  | DagValue
  | GroupValue
  | TaskValue;

/** A string of which parts are unknown: those stand as `{name}`. */
export interface TextValue {
  readonly kind: 'text';
  readonly text: string;
}
export interface ListValue {
  readonly kind: 'list';
  readonly type: 'list' | 'tuple' | 'set';
  readonly items: Value[];
}
export interface DictValue {
  readonly kind: 'dict';
  readonly entries: Map<unknown, readonly [Value, Value]>;
  /** Of a `defaultdict`. */
  readonly factory?: Value;
}
/** `name`: how it is called in the file. `path`: dotted name of what made it, where that was imported. */
export interface UnknownValue {
  readonly kind: 'unknown';
  readonly name: string;
  readonly path: string | null;
  readonly line: number;
  /** What a library made of constants, such as a date: known in kind. */
  readonly call: Arguments | null;
  /** The task that it turned out to be, when it was put into an edge. */
  task: TaskValue | null;
}
/** Something imported. */
export interface ExternalValue {
  readonly kind: 'external';
  readonly path: string;
}
/** The text that offsets of nodes are into; without lines where it is another module's. */
export interface Source {
  readonly text: string;
  readonly lines: readonly number[] | null;
}
export interface FunctionValue {
  readonly kind: 'function';
  readonly name: string;
  readonly node: SyntaxNode;
  readonly parameters: SyntaxNode | null;
  readonly body: SyntaxNode;
  readonly scope: Scope;
  readonly source: Source;
  readonly defaults: ReadonlyMap<string, Value>;
  /** `@contextmanager`: yields once, in a `with`. */
  readonly isContext?: boolean;
}
export interface ClassValue {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly Value[];
  readonly attributes: Map<string, Value>;
  readonly node: SyntaxNode;
}
export interface InstanceValue {
  readonly kind: 'instance';
  readonly of: ClassValue;
  readonly attributes: Map<string, Value>;
}
/** A method with its object. */
export interface BoundValue {
  readonly kind: 'bound';
  readonly self: Value;
  readonly method: Value | string;
}
export interface NativeValue {
  readonly kind: 'native';
  readonly name: string;
  readonly call: (given: Arguments) => Value;
}
/** What tasks return, as Airflow passes it about before it exists. */
export interface XComValue {
  readonly kind: 'xcom';
  readonly tasks: readonly TaskValue[];
  readonly key: string | null;
}
/** A `@task`, `@task_group` or `@dag` function, or an operator class with `.partial()` arguments. */
export interface TaskMakerValue {
  readonly kind: 'maker';
  readonly makes: 'task' | 'group' | 'dag' | 'operator';
  readonly operator: string;
  readonly call: FunctionValue | null;
  /** The class in the file, for operators. */
  readonly class: ClassValue | null;
  readonly given: ReadonlyMap<string, Value>;
  readonly partial: ReadonlyMap<string, Value>;
  readonly line: number;
}
export interface LabelValue {
  readonly kind: 'label';
  /** What stands on its left and on its right in a chain of `>>`. */
  before: Value | null;
  after: Value | null;
}

export interface Arguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

export class Scope {
  readonly names = new Map<string, Value>();
  readonly outer: Scope | null;
  readonly globals: Set<string> = new Set();

  constructor(outer: Scope | null) {
    this.outer = outer;
  }

  find(name: string): Value | undefined {
    const value = this.names.get(name);
    return value === undefined && this.outer !== null ? this.outer.find(name) : value;
  }
}

export const TEXT_CHARS_MAX = 100_000;
export const ITEMS_MAX = 5_000;

export const native = (name: string, call: (given: Arguments) => Value): NativeValue => ({
  kind: 'native',
  name,
  call,
});
export const unknown = (name: string, line: number, path: string | null = null, call: Arguments | null = null) =>
  ({ kind: 'unknown', name, path, line, call, task: null }) satisfies UnknownValue;
export const list = (items: Value[], type: ListValue['type'] = 'list'): ListValue => ({
  kind: 'list',
  type,
  items: items.length > ITEMS_MAX ? items.slice(0, ITEMS_MAX) : items,
});
export const dict = (entries: Iterable<readonly [Value, Value]> = []): DictValue => {
  const made: DictValue = { kind: 'dict', entries: new Map() };
  for (const [key, value] of entries) setItem(made, key, value);
  return made;
};
export const text = (written: string, isPartial: boolean): Value => {
  const cut = written.length > TEXT_CHARS_MAX ? written.slice(0, TEXT_CHARS_MAX) : written;
  return isPartial || cut !== written ? { kind: 'text', text: cut } : cut;
};

/** What is there, and what stands for it where nothing is: `None` is there. */
export const or = (value: Value | undefined, otherwise: () => Value): Value =>
  value === undefined ? otherwise() : value;

export const kindOf = (value: Value | undefined): string | null =>
  typeof value === 'object' && value !== null ? value.kind : null;

/** Equal keys of a Python dict give equal keys here; what has no equality of its own is its own key. */
export function keyOf(value: Value): unknown {
  if (value === null) return 'N';
  if (typeof value === 'string') return `s${value}`;
  if (typeof value === 'number') return `n${value}`;
  if (typeof value === 'boolean') return `n${Number(value)}`;
  if (value.kind === 'text') return `t${value.text}`;
  if (value.kind === 'list' && value.type === 'tuple')
    return `(${value.items.map((one) => String(keyOf(one))).join(',')}`;
  return value;
}
export const setItem = (into: DictValue, key: Value, value: Value): void => {
  if (into.entries.size < ITEMS_MAX || into.entries.has(keyOf(key))) into.entries.set(keyOf(key), [key, value]);
};
export const itemOf = (from: DictValue, key: Value): Value | undefined => from.entries.get(keyOf(key))?.[1];

/** Truth as Python has it; null where it is unknown. An object of an unknown class is true, as most are. */
export function truthOf(value: Value): boolean | null {
  if (value === null || value === false || value === 0 || value === '') return false;
  if (typeof value !== 'object') return true;
  switch (value.kind) {
    case 'list':
      return value.items.length > 0;
    case 'dict':
      return value.entries.size > 0;
    case 'text':
      return value.text.replace(/\{[^}]*\}/g, '') !== '' ? true : null;
    case 'unknown':
      return value.task !== null ? true : null;
    case 'external':
      // A constant of another module may be anything; a function or class of one is there.
      return /(^|\.)[A-Z][A-Z0-9_]*$/.test(value.path) ? null : true;
    default:
      return true;
  }
}

/** `str(value)`: what is unknown stands as `{name}`. */
export function written(value: Value, depth = 0): { readonly text: string; readonly isPartial: boolean } {
  if (typeof value === 'string') return { text: value, isPartial: false };
  if (value === null) return { text: 'None', isPartial: false };
  if (value === true) return { text: 'True', isPartial: false };
  if (value === false) return { text: 'False', isPartial: false };
  if (typeof value === 'number') return { text: String(value), isPartial: false };
  if (depth > 8) return { text: '{...}', isPartial: true };
  switch (value.kind) {
    case 'text':
      return { text: value.text, isPartial: true };
    case 'xcom': {
      const key = value.key === null ? '' : `, key='${value.key}'`;
      const of = value.tasks.map(({ id }) => id).join("', '");
      return { text: `{{ task_instance.xcom_pull(task_ids='${of}'${key}) }}`, isPartial: false };
    }
    case 'list': {
      const items = value.items.slice(0, 1_000).map((item) => shown(item, depth + 1));
      const [open, close] = value.type === 'list' ? '[]' : value.type === 'tuple' ? '()' : '{}';
      return {
        text: `${open}${items.map((item) => item.text).join(', ')}${close}`,
        isPartial: items.some((item) => item.isPartial),
      };
    }
    case 'dict': {
      const items = [...value.entries.values()]
        .slice(0, 1_000)
        .map(([k, v]) => [shown(k, depth + 1), shown(v, depth + 1)] as const);
      return {
        text: `{${items.map(([k, v]) => `${k.text}: ${v.text}`).join(', ')}}`,
        isPartial: items.some(([k, v]) => k.isPartial || v.isPartial),
      };
    }
    case 'unknown':
      return { text: `{${value.name}}`, isPartial: true };
    case 'external':
      return { text: `{${value.path.split('.').at(-1)}}`, isPartial: true };
    case 'instance': {
      const inner = value.attributes.get('value');
      return inner !== undefined && typeof inner === 'string' && isEnum(value.of)
        ? { text: inner, isPartial: false }
        : { text: `{${value.of.name}}`, isPartial: true };
    }
    case 'task':
      return { text: `<Task(${value.operator}): ${value.id}>`, isPartial: false };
    default:
      return { text: `{${value.kind}}`, isPartial: true };
  }
}

/** `repr(value)`. */
export const shown = (value: Value, depth = 0): { readonly text: string; readonly isPartial: boolean } =>
  typeof value === 'string' ? { text: `'${value.replace(/'/g, "\\'")}'`, isPartial: false } : written(value, depth);

export const isEnum = (of: ClassValue): boolean =>
  of.bases.some(
    (base) =>
      (kindOf(base) === 'external' && /(^|\.)(Str|Int)?Enum$/.test((base as ExternalValue).path)) ||
      (kindOf(base) === 'class' && isEnum(base as ClassValue)),
  );

/** The string, known in whole or in part; null for what is no string. */
export const stringOf = (value: Value | undefined): string | null =>
  typeof value === 'string' ? value : kindOf(value) === 'text' ? (value as TextValue).text : null;
