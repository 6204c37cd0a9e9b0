/** The tree of documents: packages and rules, merged with base data as OPA does; rules win over data at the same path. */
import { RegoError, type Place } from './rego-error.ts';
import type { Runtime } from './runtime.ts';
import { equal, isArray, RegoObject, RegoSet, weighed, type Value } from './value.ts';

export class Node {
  readonly id: number;
  readonly name: string;
  readonly path: readonly string[];
  readonly parent: Node | null;
  readonly children = new Map<string, Node>();
  complete: CompleteRule | null = null;
  callable: CallableRule | null = null;
  partial: PartialRule | null = null;

  constructor(id: number, path: readonly string[], parent: Node | null) {
    this.id = id;
    this.path = path;
    this.name = path[path.length - 1] ?? 'data';
    this.parent = parent;
  }

  get hasRules(): boolean {
    return this.complete !== null || this.callable !== null || this.partial !== null;
  }
}

export interface CompleteRule {
  value(rt: Runtime): Value | undefined;
}

export interface CallableRule {
  readonly arity: number;
  call(rt: Runtime, args: readonly Value[]): Value | undefined;
}

export interface PartialRule {
  /** Adds what the rules say. */
  fill(rt: Runtime, extent: Extent): void;
  /** Every rule is `name contains ...`: the extent is a set even if empty. */
  readonly isSet: boolean;
}

const conflict = (place: Place | null): RegoError =>
  new RegoError('eval_conflict_error', 'object keys must be unique', 'Make sure that each key gets one value.', place);

/** A partial document while it is being gathered. */
export class Extent {
  leaf: Value | undefined = undefined;
  elements: Value[] | null = null;
  #entries: Map<Value, Extent> | null = null;
  #others: RegoObject = RegoObject.empty;
  #otherExtents: Extent[] = [];

  child(key: Value, place: Place | null): Extent {
    if (this.leaf !== undefined || this.elements !== null) throw conflict(place);
    this.#entries ??= new Map();
    if (typeof key === 'object' && key !== null) {
      const at = this.#others.get(key);
      if (at !== undefined) return this.#otherExtents[at as number] as Extent;
      const extent = new Extent();
      this.#others = this.#others.with(key, this.#otherExtents.length);
      this.#otherExtents.push(extent);
      return extent;
    }
    let extent = this.#entries.get(key);
    if (extent === undefined) this.#entries.set(key, (extent = new Extent()));
    return extent;
  }

  put(value: Value, place: Place | null): void {
    if (this.#entries !== null || this.elements !== null) throw conflict(place);
    if (this.leaf !== undefined && !equal(this.leaf, value)) throw conflict(place);
    this.leaf = value;
  }

  add(value: Value, place: Place | null): void {
    if (this.#entries !== null || this.leaf !== undefined) throw conflict(place);
    (this.elements ??= []).push(value);
  }

  /** Lays a finished document over this one. */
  merge(value: Value, place: Place | null): void {
    if (value instanceof RegoObject) {
      this.#entries ??= new Map();
      for (const [key, item] of value.entries()) this.child(key, place).merge(item, place);
    } else if (value instanceof RegoSet) {
      this.elements ??= [];
      for (const item of value.values()) this.add(item, place);
    } else this.put(value, place);
  }

  value(): Value {
    if (this.leaf !== undefined) return this.leaf;
    if (this.elements !== null) return RegoSet.of(this.elements);
    const entries: [Value, Value][] = [];
    for (const [key, extent] of this.#entries ?? []) entries.push([key, extent.value()]);
    for (const [key, at] of this.#others.entries())
      entries.push([key, (this.#otherExtents[at as number] as Extent).value()]);
    return weighed(RegoObject.of(entries));
  }
}

/** One step into a value; undefined where there is nothing. */
export function lookup(value: Value, key: Value): Value | undefined {
  if (value instanceof RegoObject) return value.get(key);
  if (isArray(value)) return typeof key === 'number' && key >= 0 ? value[key] : undefined;
  if (value instanceof RegoSet) return value.has(key) ? key : undefined;
  return undefined;
}

const UNDEFINED = Symbol('undefined');
const PENDING = Symbol('pending');

/** Everything at and below a node; undefined where there is no document, as for functions. */
export function extentOf(rt: Runtime, node: Node, base: Value | undefined): Value | undefined {
  if (rt.replaced !== null && rt.replaced.has(node)) return base;
  if (node.complete !== null) return node.complete.value(rt);
  if (node.callable !== null) return undefined;
  const known = rt.cache[node.id];
  if (known === UNDEFINED) return undefined;
  if (known === PENDING)
    throw new RegoError(
      'rego_recursion_error',
      `document data.${node.path.join('.')} depends on itself`,
      'Break the cycle.',
    );
  if (known !== undefined) return known as Value;
  rt.cache[node.id] = PENDING;
  let value: Value | undefined;
  try {
    value = gather(rt, node, base);
    rt.cache[node.id] = value === undefined ? UNDEFINED : value;
    return value;
  } finally {
    if (rt.cache[node.id] === PENDING) rt.cache[node.id] = undefined;
  }
}

function gather(rt: Runtime, node: Node, base: Value | undefined): Value | undefined {
  if (node.partial !== null) {
    const extent = new Extent();
    node.partial.fill(rt, extent);
    for (const child of node.children.values()) {
      const value = extentOf(rt, child, undefined);
      if (value !== undefined) extent.child(child.name, null).merge(value, null);
    }
    if (node.partial.isSet && node.children.size === 0) return RegoSet.of(extent.elements ?? []);
    return extent.value();
  }
  const object = base instanceof RegoObject ? base : null;
  // A package without documents is an empty one.
  if (node.children.size === 0) return base ?? RegoObject.empty;
  const map = new Map<Value, Value>(object === null ? [] : object.entries());
  for (const child of node.children.values()) {
    const value = extentOf(rt, child, object?.get(child.name));
    if (value === undefined) map.delete(child.name);
    else map.set(child.name, value);
  }
  return RegoObject.of(map);
}
