/**
 * Rego values. Immutable: nothing outside this file changes an object or a set after it has been handed out.
 * Keys live in Maps, never in JavaScript properties, so `__proto__` is a key like any other.
 */
import { BuiltinError, limitError } from './rego-error.ts';
import { compareNumbers, Decimal, fromDouble, isNum, numberText, parseNumber, type Num } from './number.ts';

export type Value = null | boolean | string | Num | readonly Value[] | RegoObject | RegoSet;

/** Values that a Map finds by `===`. */
type Scalar = null | boolean | string | number | bigint;

/** Values nested deeper than this are refused: it keeps recursion over values off the end of the stack. */
export const DEPTH_MAX = 500;

const isList = Array.isArray as (list: readonly Scalar[] | ReadonlySet<Scalar>) => list is readonly Scalar[];
const isScalar = (value: Value): value is Scalar => typeof value !== 'object' || value === null;

/** Text that is equal for equal values and for no others. Only composite values and Decimals need it. */
const keyCache = new WeakMap<object, string>();
function keyOf(value: Value): string {
  if (value === null) return 'n';
  switch (typeof value) {
    case 'string':
      // The length before the text, so that no text can end early and pass for something else.
      return `${value.length}"${value}`;
    case 'boolean':
      return value ? 't' : 'f';
    case 'number':
    case 'bigint':
      return String(value);
    default: {
      if (value instanceof Decimal) return value.toString();
      const known = keyCache.get(value);
      if (known !== undefined) return known;
      let key: string;
      if (value instanceof RegoObject)
        key = `{${value
          .entries()
          .map(([k, v]) => `${keyOf(k)}:${keyOf(v)}`)
          .join()}}`;
      else if (value instanceof RegoSet) key = `<${value.values().map(keyOf).join()}>`;
      else key = `[${value.map(keyOf).join()}]`;
      keyCache.set(value, key);
      return key;
    }
  }
}

/** Objects with more keys are maps. */
const SHAPE_KEYS_MAX = 8;
/** Shapes that documents and inputs may make, in all; beyond them objects are maps. */
const SHAPES_MAX = 4_000;
let shapes = 0;

/** String keys that objects share: such an object is a list of values, and where a key stands is found once for a place in the code. */
export class Shape {
  /** All different. */
  readonly keys: readonly string[];
  /** Where the values under each key come from. */
  readonly sites: readonly Site[];
  #at: Map<Value, number> | null = null;
  #order: readonly number[] | null = null;
  #template: Readonly<Record<string, unknown>> | null = null;

  constructor(keys: readonly string[]) {
    this.keys = keys;
    this.sites = keys.map(() => new Site());
  }

  /** Of an object in a policy. */
  static of(keys: readonly string[]): Shape {
    return new Shape([...keys].sort(compareStrings));
  }

  /** Where the key stands; -1 if it is not there. */
  indexOf(key: Value): number {
    this.#at ??= new Map(this.keys.map((name, i) => [name, i]));
    return this.#at.get(key) ?? -1;
  }

  /** Places of the keys in their order. */
  get order(): readonly number[] {
    this.#order ??= this.keys
      .map((_, i) => i)
      .sort((i, j) => compareStrings(this.keys[i] as string, this.keys[j] as string));
    return this.#order;
  }

  /** A JavaScript object with these keys in order: a copy of it has its layout from the start. */
  get template(): Readonly<Record<string, unknown>> {
    if (this.#template === null) {
      const template: Record<string, unknown> = {};
      for (const at of this.order) setOwn(template, this.keys[at] as string, null);
      this.#template = template;
    }
    return this.#template;
  }
}

/** Shapes that one place may see before its objects are taken for dictionaries. */
const SITE_SHAPES_MAX = 6;

/** A place in inputs where objects come from: they nearly always have the same keys in the same order. */
class Site {
  #shapes: Shape[] = [];
  #isDictionary = false;

  /** The shape of an object with these keys; null where objects differ too much, and then they are maps. */
  shapeOf(keys: readonly string[]): Shape | null {
    if (this.#isDictionary) return null;
    for (let i = 0; i < this.#shapes.length; i++) {
      const shape = this.#shapes[i] as Shape;
      if (sameKeys(shape.keys, keys)) return shape;
    }
    if (keys.length > SHAPE_KEYS_MAX || keys.some((key) => wellFormed(key) !== key)) return null;
    if (this.#shapes.length >= SITE_SHAPES_MAX || shapes >= SHAPES_MAX) {
      this.#isDictionary = true;
      this.#shapes = [];
      return null;
    }
    shapes++;
    const shape = new Shape(keys);
    this.#shapes.push(shape);
    return shape;
  }
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Shapes of documents by their keys. */
const documentShapes = new Map<string, Shape>();

function documentShape(keys: readonly string[]): Shape | null {
  const name = JSON.stringify(keys);
  let shape = documentShapes.get(name);
  if (shape === undefined) {
    if (shapes >= SHAPES_MAX) return null;
    shapes++;
    documentShapes.set(name, (shape = new Shape(keys)));
  }
  return shape;
}

/** What one place in the code knows of the objects that it reads. */
export interface FieldCache {
  shape: Shape | null;
  at: number;
}

export class RegoObject {
  /** Values in the order of the shape's keys; then the maps are not used. */
  readonly #shape: Shape | null;
  readonly #values: readonly Value[];
  readonly #scalars: Map<Scalar, Value>;
  readonly #others: Map<string, readonly [Value, Value]> | null;
  #sorted: readonly (readonly [Value, Value])[] | null = null;
  /** How many values it holds as a tree; 0 where that was not counted. */
  weight = 0;

  private constructor(
    scalars: Map<Scalar, Value>,
    others: Map<string, readonly [Value, Value]> | null,
    shape: Shape | null,
    values: readonly Value[],
  ) {
    this.#scalars = scalars;
    this.#others = others;
    this.#shape = shape;
    this.#values = values;
  }

  static readonly empty = new RegoObject(new Map(), null, null, []);

  /** A later entry wins over an earlier one with the same key. */
  static of(entries: Iterable<readonly [Value, Value]>): RegoObject {
    const scalars = new Map<Scalar, Value>();
    let others: Map<string, readonly [Value, Value]> | null = null;
    for (const [key, value] of entries) {
      if (isScalar(key)) scalars.set(key, value);
      else (others ??= new Map()).set(keyOf(key), [key, value]);
    }
    return new RegoObject(scalars, others, null, NO_VALUES);
  }

  /** As `ofStrings`, where it stays a map. */
  static ofMap(map: Map<string, Value>): RegoObject {
    return new RegoObject(map as Map<Scalar, Value>, null, null, NO_VALUES);
  }

  /** Takes ownership of the map. */
  static ofStrings(map: Map<string, Value>): RegoObject {
    const shape = map.size <= SHAPE_KEYS_MAX ? documentShape([...map.keys()]) : null;
    if (shape !== null) return RegoObject.ofShape(shape, [...map.values()]);
    return new RegoObject(map as Map<Scalar, Value>, null, null, NO_VALUES);
  }

  /** Values in the order of the shape's keys; takes ownership of them. */
  static ofShape(shape: Shape, values: readonly Value[]): RegoObject {
    return new RegoObject(NO_SCALARS, null, shape, values);
  }

  get size(): number {
    if (this.#shape !== null) return this.#values.length;
    return this.#scalars.size + (this.#others === null ? 0 : this.#others.size);
  }

  get(key: Value): Value | undefined {
    if (this.#shape !== null) {
      const at = this.#shape.indexOf(key);
      return at < 0 ? undefined : this.#values[at];
    }
    if (isScalar(key)) return this.#scalars.get(key);
    return this.#others === null ? undefined : this.#others.get(keyOf(key))?.[1];
  }

  /** As `get`, from a place in the code that asks for the same key again and again. */
  field(key: string, cache: FieldCache): Value | undefined {
    const shape = this.#shape;
    if (shape === null) return this.#scalars.get(key);
    if (shape !== cache.shape) {
      cache.shape = shape;
      cache.at = shape.indexOf(key);
    }
    return cache.at < 0 ? undefined : this.#values[cache.at];
  }

  has(key: Value): boolean {
    return this.get(key) !== undefined;
  }

  /** In the order of keys. */
  entries(): readonly (readonly [Value, Value])[] {
    if (this.#sorted === null) {
      if (this.#shape !== null) {
        const { keys, order } = this.#shape;
        const values = this.#values;
        return (this.#sorted = order.map((at) => [keys[at] as string, values[at] as Value] as const));
      }
      const all: (readonly [Value, Value])[] = [...this.#scalars];
      if (this.#others !== null) all.push(...this.#others.values());
      // Objects of sorted JSON come in order.
      for (let i = 1; i < all.length; i++) {
        if (compare((all[i - 1] as readonly [Value, Value])[0], (all[i] as readonly [Value, Value])[0]) <= 0) continue;
        all.sort((a, b) => compare(a[0], b[0]));
        break;
      }
      this.#sorted = all;
    }
    return this.#sorted;
  }

  keys(): Value[] {
    return this.entries().map(([key]) => key);
  }

  /** Values in no order, and keys that are not scalars. */
  *parts(): Generator<Value> {
    yield* this.#values;
    yield* this.#scalars.values();
    if (this.#others !== null) for (const pair of this.#others.values()) yield* pair;
  }

  /** Order of two objects, where both are of one shape; null where they are not. */
  compareShaped(other: RegoObject): number | null {
    if (this.#shape === null || this.#shape !== other.#shape) return null;
    const { order } = this.#shape;
    for (let i = 0; i < order.length; i++) {
      const at = order[i] as number;
      const sign = compare(this.#values[at] as Value, other.#values[at] as Value);
      if (sign !== 0) return sign;
    }
    return 0;
  }

  /** In JSON's shape. */
  toJs(): Record<string, unknown> {
    if (this.#shape !== null) {
      const { keys } = this.#shape;
      const plain = { ...this.#shape.template };
      for (let i = 0; i < keys.length; i++) {
        const value = this.#values[i] as Value;
        setOwn(plain, keys[i] as string, typeof value === 'object' ? toJs(value) : value);
      }
      return plain;
    }
    const plain: Record<string, unknown> = {};
    for (const [key, item] of this.entries()) setOwn(plain, typeof key === 'string' ? key : toJson(key), toJs(item));
    return plain;
  }

  with(key: Value, value: Value): RegoObject {
    return RegoObject.of([...this.entries(), [key, value]]);
  }

  without(key: Value): RegoObject {
    return RegoObject.of(this.entries().filter(([k]) => !equal(k, key)));
  }
}

const NO_SCALARS: Map<Scalar, Value> = new Map();
const NO_VALUES: readonly Value[] = [];

/** An assignment to `__proto__` would set the prototype. */
function setOwn(plain: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(plain, name, { value, enumerable: true, writable: true, configurable: true });
  else plain[name] = value;
}

/** Up to so many members a set is searched one by one. */
const FEW = 8;

/** Sorted, each value once. Few values, often sorted already, are put in their places one by one. */
function sortedOnce(values: readonly Value[]): readonly Value[] {
  if (values.length > FEW) {
    const all = [...values].sort(compare);
    return all.filter((value, i) => i === 0 || compare(all[i - 1] as Value, value) !== 0);
  }
  const sorted: Value[] = [];
  for (let n = 0; n < values.length; n++) {
    const value = values[n] as Value;
    let at = sorted.length;
    let order = 1;
    while (at > 0 && (order = compare(value, sorted[at - 1] as Value)) < 0) at--;
    if (order === 0) continue;
    sorted.push(value);
    for (let i = sorted.length - 1; i > at; i--) sorted[i] = sorted[i - 1] as Value;
    sorted[at] = value;
  }
  return sorted;
}

export class RegoSet {
  /** A list where they are few, which may hold one twice. */
  readonly #scalars: readonly Scalar[] | ReadonlySet<Scalar>;
  /** As given: may hold a value twice. */
  readonly #composites: readonly Value[] | null;
  /** Sorted, each once. */
  #distinct: readonly Value[] | null = null;
  #keys: Set<string> | null = null;
  #sorted: readonly Value[] | null = null;
  /** As of RegoObject. */
  weight = 0;

  private constructor(scalars: readonly Scalar[] | ReadonlySet<Scalar>, composites: readonly Value[] | null) {
    this.#scalars = scalars;
    this.#composites = composites;
  }

  static readonly empty = new RegoSet([], null);

  static of(values: Iterable<Value>): RegoSet {
    const list: readonly Value[] = Array.isArray(values) ? (values as readonly Value[]) : [...values];
    const scalars: Scalar[] = [];
    let composites: Value[] | null = null;
    for (let i = 0; i < list.length; i++) {
      const value = list[i] as Value;
      if (isScalar(value)) scalars.push(value);
      else if (composites === null) composites = [value];
      else composites.push(value);
    }
    return new RegoSet(scalars.length > FEW ? new Set(scalars) : scalars, composites);
  }

  get size(): number {
    return this.values().length;
  }

  composites(): readonly Value[] {
    if (this.#composites === null) return NO_VALUES;
    if (this.#distinct === null) {
      this.#distinct = this.#composites.length === 1 ? this.#composites : sortedOnce(this.#composites);
    }
    return this.#distinct;
  }

  has(value: Value): boolean {
    if (isScalar(value)) return isList(this.#scalars) ? this.#scalars.includes(value) : this.#scalars.has(value);
    if (this.#composites === null) return false;
    if (this.#composites.length <= FEW) return this.#composites.some((item) => equal(item, value));
    this.#keys ??= new Set(this.composites().map(keyOf));
    return this.#keys.has(keyOf(value));
  }

  /** In order, each once. */
  values(): readonly Value[] {
    if (this.#sorted === null) {
      const scalars = this.#scalars;
      if (this.#composites === null) this.#sorted = sortedOnce(isList(scalars) ? scalars : [...scalars]);
      else if ((isList(scalars) ? scalars.length : scalars.size) === 0) this.#sorted = this.composites();
      else this.#sorted = sortedOnce([...scalars, ...this.composites()]);
    }
    return this.#sorted;
  }
}

export type TypeName = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' | 'set';

export function typeName(value: Value): TypeName {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'boolean':
      return 'boolean';
    case 'string':
      return 'string';
    case 'number':
    case 'bigint':
      return 'number';
    default:
      if (value instanceof RegoObject) return 'object';
      if (value instanceof RegoSet) return 'set';
      return value instanceof Decimal ? 'number' : 'array';
  }
}

export const isArray = (value: Value): value is readonly Value[] => Array.isArray(value);

/** OPA sorts values by type first: null, boolean, number, string, array, object, set (ast/compare.go). */
const RANK: Readonly<Record<TypeName, number>> = {
  null: 0,
  boolean: 1,
  number: 2,
  string: 3,
  array: 4,
  object: 5,
  set: 6,
};

/** Go compares strings by bytes of UTF-8, which is the order of code points, not of UTF-16 units. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const high = (x & 0xf800) === 0xd800 ? 1 : 0;
    const other = (y & 0xf800) === 0xd800 ? 1 : 0;
    return high === other ? x - y : high - other;
  }
  return a.length - b.length;
}

export function compare(a: Value, b: Value): number {
  if (a === b) return 0;
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  const type = typeName(a);
  const other = typeName(b);
  if (type !== other) return RANK[type] - RANK[other];
  switch (type) {
    case 'null':
      return 0;
    case 'boolean':
      return a === b ? 0 : a === false ? -1 : 1;
    case 'number':
      return compareNumbers(a as Num, b as Num);
    case 'string':
      return compareStrings(a as string, b as string);
    case 'array':
      return compareLists(a as readonly Value[], b as readonly Value[]);
    case 'object': {
      const shaped = (a as RegoObject).compareShaped(b as RegoObject);
      if (shaped !== null) return shaped;
      const x = (a as RegoObject).entries();
      const y = (b as RegoObject).entries();
      for (let i = 0; i < x.length && i < y.length; i++) {
        const [k, v] = x[i] as readonly [Value, Value];
        const [l, w] = y[i] as readonly [Value, Value];
        const order = compare(k, l) || compare(v, w);
        if (order !== 0) return order;
      }
      return x.length - y.length;
    }
    case 'set':
      return compareLists((a as RegoSet).values(), (b as RegoSet).values());
  }
}

function compareLists(a: readonly Value[], b: readonly Value[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compare(a[i] as Value, b[i] as Value);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

export function equal(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!equal(a[i] as Value, b[i] as Value)) return false;
    return true;
  }
  if (a instanceof RegoObject) {
    if (!(b instanceof RegoObject) || a.size !== b.size) return false;
    const shaped = a.compareShaped(b);
    if (shaped !== null) return shaped === 0;
    for (const [key, value] of a.entries()) {
      const other = b.get(key);
      if (other === undefined || !equal(value, other)) return false;
    }
    return true;
  }
  if (a instanceof RegoSet) {
    if (!(b instanceof RegoSet) || a.size !== b.size) return false;
    for (const value of a.values()) if (!b.has(value)) return false;
    return true;
  }
  return compare(a, b) === 0;
}

/** A lone surrogate cannot be written as UTF-8; Go puts U+FFFD in its place. */
export const wellFormed = (text: string): string =>
  !(text as unknown as { isWellFormed(): boolean }).isWellFormed()
    ? text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    : text;

function shapedFromJs(value: Record<string, unknown>, shape: Shape, depth: number): RegoObject | null {
  const { keys, sites } = shape;
  const values: Value[] = [];
  for (let i = 0; i < keys.length; i++) {
    const item = value[keys[i] as string];
    if (item === undefined) return null;
    values.push(typeof item === 'string' ? wellFormed(item) : fromJs(item, depth + 1, sites[i] as Site));
  }
  return RegoObject.ofShape(shape, values);
}

const INPUTS = new Site();
/** What lies in objects that are maps. */
const DICTIONARY = new Site();

/** A JavaScript value (as of JSON.parse) as a Rego value. Only own enumerable properties count. */
export function fromJs(value: unknown, depth = 0, site: Site = INPUTS): Value {
  switch (typeof value) {
    case 'string':
      return wellFormed(value);
    case 'boolean':
      return value;
    case 'number': {
      if (Number.isSafeInteger(value)) return value + 0;
      const n = fromDouble(value);
      if (n !== null) return n;
      break;
    }
    case 'bigint':
      return parseNumber(value.toString()) ?? 0;
    case 'object': {
      if (value === null) return null;
      if (depth > DEPTH_MAX) throw limitError(`value nested deeper than ${DEPTH_MAX}`);
      if (Array.isArray(value)) {
        const items: Value[] = [];
        for (let i = 0; i < value.length; i++) items.push(fromJs(value[i], depth + 1, site));
        return items;
      }
      if (value instanceof RegoObject || value instanceof RegoSet || value instanceof Decimal) return value;
      const keys = Object.keys(value);
      const shape = site.shapeOf(keys);
      const shaped = shape === null ? null : shapedFromJs(value as Record<string, unknown>, shape, depth);
      if (shaped !== null) return shaped;
      const map = new Map<string, Value>();
      for (const key of keys) {
        const item = (value as Record<string, unknown>)[key];
        if (item !== undefined) map.set(wellFormed(key), fromJs(item, depth + 1, DICTIONARY));
      }
      return RegoObject.ofMap(map);
    }
  }
  throw new BuiltinError('eval_type_error', `${typeof value} is not a JSON value`);
}

/** JSON's shape of a value: sets become arrays, keys that are not strings their text. Large integers become bigint. */
export function toJs(value: Value): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof RegoObject) return value.toJs();
  if (value instanceof Decimal) return Number(value.toString());
  const list = value instanceof RegoSet ? value.values() : (value as readonly Value[]);
  const plain: unknown[] = [];
  for (let i = 0; i < list.length; i++) {
    const item = list[i] as Value;
    plain.push(typeof item === 'object' ? toJs(item) : item);
  }
  return plain;
}

/** JSON text as Go writes it without HTML escapes; keys sorted, numbers exact. */
export function toJson(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quoteJson(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (isNum(value)) return numberText(value);
  if (value instanceof RegoSet) return `[${value.values().map(toJson).join(',')}]`;
  if (value instanceof RegoObject) {
    const entries = value.entries();
    if (entries.every(([key]) => typeof key === 'string'))
      return `{${entries.map(([key, item]) => `${quoteJson(key as string)}:${toJson(item)}`).join(',')}}`;
    // Keys that are no texts are sorted as the texts that they become.
    const named = entries.map(([key, item]) => [typeof key === 'string' ? key : toJson(key), item] as const);
    named.sort((a, b) => compareStrings(a[0], b[0]));
    return `{${named.map(([key, item]) => `${quoteJson(key)}:${toJson(item)}`).join(',')}}`;
  }
  return `[${(value as readonly Value[]).map(toJson).join(',')}]`;
}

export const quoteJson = (text: string): string =>
  JSON.stringify(text).replace(/[\u2028\u2029]/g, (c) => (c === '\u2028' ? '\\u2028' : '\\u2029'));

/** Text that JSON writes as it is. */
const PLAIN = /^[\w .:/@-]*$/;

/** A value as OPA prints a term: sets in braces, a space after commas and colons. */
export function toText(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return PLAIN.test(value) ? `"${value}"` : JSON.stringify(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (isNum(value)) return numberText(value);
  if (value instanceof RegoSet) return value.size === 0 ? 'set()' : `{${value.values().map(toText).join(', ')}}`;
  if (value instanceof RegoObject)
    return `{${value
      .entries()
      .map(([k, v]) => `${toText(k)}: ${toText(v)}`)
      .join(', ')}}`;
  return `[${(value as readonly Value[]).map(toText).join(', ')}]`;
}

/** As many values as one may hold, counted as a tree: a value that holds another twice prints it twice. */
const WEIGHT_MAX = 5_000_000;
const weights = new WeakMap<readonly Value[], number>();

function weightOf(value: Value): number {
  if (typeof value !== 'object' || value === null || value instanceof Decimal) return 1;
  if (isArray(value)) return weights.get(value) ?? value.length + 1;
  return value.weight === 0 ? value.size + 1 : value.weight;
}

/** Refuses a new value that is small in memory but too large to walk, such as an array doubled sixty times. */
export function weighed<T extends Value>(value: T): T {
  if (typeof value !== 'object' || value === null || value instanceof Decimal) return value;
  if (isArray(value)) {
    weighedParts(value, value);
    return value;
  }
  const parts = value instanceof RegoSet ? value.composites() : [...value.parts()];
  if (parts.length > 0) weighedParts(value, parts);
  return value;
}

/** As `weighed`, where the parts are at hand. */
export function weighedParts(value: RegoObject | RegoSet | readonly Value[], parts: readonly Value[]): void {
  let total = 1 + parts.length;
  let composite = false;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as Value;
    if (typeof part !== 'object' || part === null) continue;
    composite = true;
    total += weightOf(part);
  }
  if (total > WEIGHT_MAX) throw limitError(`value of more than ${WEIGHT_MAX} parts`);
  if (!composite) return;
  if (isArray(value)) weights.set(value, total);
  else value.weight = total;
}

const TEXT_SHARED_MAX = 64;

/** The same document with equal short texts held once: they are then equal at a glance, and near one another in memory. */
export function shared(value: Value, texts: Map<string, string> = new Map()): Value {
  if (typeof value === 'string') {
    if (value.length > TEXT_SHARED_MAX) return value;
    const known = texts.get(value);
    if (known !== undefined) return known;
    texts.set(value, value);
    return value;
  }
  if (typeof value !== 'object' || value === null || value instanceof Decimal) return value;
  if (value instanceof RegoSet) return RegoSet.of(value.values().map((item) => shared(item, texts)));
  if (value instanceof RegoObject) {
    const entries = value.entries().map(([key, item]) => [shared(key, texts), shared(item, texts)] as const);
    return entries.every(([key]) => typeof key === 'string')
      ? RegoObject.ofStrings(new Map(entries as readonly (readonly [string, Value])[]))
      : RegoObject.of(entries);
  }
  return value.map((item) => shared(item, texts));
}
