/** Values of Jinja as they can be known without running anything. */

/** A model, a source, or `this`: what stands for a table. */
export interface Relation {
  readonly kind: 'relation';
  /** As it is written into the SQL. */
  readonly sql: string;
  readonly name: string;
}

/** What cannot be known from the files: `text` says what it was. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly text: string;
  /** Tables that were given to what is not known. */
  readonly relations: readonly Relation[];
  /** Texts that were given to it: often names of columns. */
  readonly texts: readonly string[];
  /** An object of dbt's own, whose name alone is no reason to say that something is unknown. */
  readonly isNamespace: boolean;
}

export interface Callable {
  readonly kind: 'function';
  readonly name: string;
  readonly call: (args: Arguments) => Value;
}

/** SQL that a macro wrote: text that is not quoted when a list of texts is shown. */
export type Value =
  null | boolean | number | string | readonly Value[] | ReadonlyMap<string, Value> | Relation | Unknown | Callable;

export interface Arguments {
  readonly list: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

export const unknown = (text: string, args?: Arguments): Unknown => {
  const given = args === undefined ? [] : [...args.list, ...args.named.values()];
  const flat = given.flatMap((one) => (isList(one) ? one : [one])).slice(0, 200);
  return {
    kind: 'unknown',
    text: text.slice(0, 200),
    relations: flat.flatMap((one) => (isRelation(one) ? [one] : isUnknown(one) ? one.relations : [])).slice(0, 50),
    texts: flat.flatMap((one) => (typeof one === 'string' ? [one] : isUnknown(one) ? one.texts : [])).slice(0, 200),
    isNamespace: false,
  };
};

export const namespace = (text: string): Unknown => ({ ...unknown(text), isNamespace: true });

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
export const isMap = (value: Value): value is ReadonlyMap<string, Value> => value instanceof Map;
const kindOf = (value: Value): string | null =>
  typeof value === 'object' && value !== null && 'kind' in value ? (value as { kind: string }).kind : null;
export const isUnknown = (value: Value): value is Unknown => kindOf(value) === 'unknown';
export const isRelation = (value: Value): value is Relation => kindOf(value) === 'relation';
export const isCallable = (value: Value): value is Callable => kindOf(value) === 'function';

/** As Jinja would; null where it cannot be known. */
export function truth(value: Value): boolean | null {
  if (isUnknown(value)) return null;
  if (isList(value)) return value.length > 0;
  if (isMap(value)) return value.size > 0;
  return Boolean(value);
}

const SHOWN_MAX = 100_000;

/** As `{{ value }}` shows it. */
export function shown(value: Value, depth = 0): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value;
  if (depth > 20) return '...';
  if (isList(value)) return `[${value.map((one) => quoted(one, depth)).join(', ')}]`.slice(0, SHOWN_MAX);
  if (isMap(value))
    return `{${[...value].map(([key, one]) => `'${key}': ${quoted(one, depth)}`).join(', ')}}`.slice(0, SHOWN_MAX);
  if (isRelation(value)) return value.sql;
  return '';
}

const quoted = (value: Value, depth: number): string =>
  typeof value === 'string' ? `'${value}'` : shown(value, depth + 1);

/** The same value as YAML gave it; objects become maps. */
export function valueOf(json: unknown, depth = 0): Value {
  if (json === null || json === undefined || depth > 50) return null;
  if (typeof json === 'boolean' || typeof json === 'number' || typeof json === 'string') return json;
  if (Array.isArray(json)) return json.map((one) => valueOf(one, depth + 1));
  if (typeof json === 'object')
    return new Map(Object.entries(json).map(([key, one]) => [key, valueOf(one, depth + 1)] as const));
  return null;
}

/** A value as JSON, for what a configuration says; what is not known is left out. */
export function jsonOf(value: Value, depth = 0): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (depth > 20) return null;
  if (isList(value)) return value.map((one) => jsonOf(one, depth + 1));
  if (isMap(value)) return Object.fromEntries([...value].map(([key, one]) => [key, jsonOf(one, depth + 1)]));
  return isRelation(value) ? value.name : null;
}
