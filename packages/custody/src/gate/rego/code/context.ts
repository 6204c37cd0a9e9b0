/** What the parts of the compiler share: the tree of documents, and what is known at a point of a body. */
import { BUILTINS } from '../builtins/registry.ts';
import type { Node } from '../document.ts';
import type { Place } from '../rego-error.ts';
import type { Slots } from '../runtime.ts';
import type { Value } from '../value.ts';
import type { Arity } from '../safety.ts';

export interface Reached {
  hit(place: Place): void;
  hold(place: Place): void;
}

/** What code is linked against. */
export interface Linker {
  readonly root: Node;
  /** Of a function of the policy or a built-in. */
  readonly arity: Arity;
  /** Places in the cache of a decision, for results of rules and for what lies at constant paths. */
  readonly cells: Cells;
  /** Hears which statements are reached and which rules give a value; null where nobody listens. */
  readonly reached: Reached | null;
}

/** Numbers of cells, handed out while code is linked. */
export class Cells {
  #count = 0;
  readonly #byPath = new Map<string, number>();

  get count(): number {
    return this.#count;
  }

  next(): number {
    return this.#count++;
  }

  /** The same path has the same cell. */
  of(path: readonly string[]): number {
    const key = JSON.stringify(path);
    let cell = this.#byPath.get(key);
    if (cell === undefined) this.#byPath.set(key, (cell = this.#count++));
    return cell;
  }
}

export function newLinker(root: Node, cells: Cells, reached: Reached | null = null): Linker {
  const linker: Linker = {
    root,
    cells,
    reached,
    arity(operator) {
      const node = functionAt(linker, operator);
      return node === null ? BUILTINS.get(operator.join('.'))?.arity : node.callable?.arity;
    },
  };
  return linker;
}

/** The function that a path from `data` names; null if it names none. */
export function functionAt(linker: Linker, path: readonly string[]): Node | null {
  if (path[0] !== 'data') return null;
  let node = linker.root;
  for (const name of path.slice(1)) {
    const child = node.children.get(name);
    if (child === undefined) return null;
    node = child;
  }
  return node.callable === null ? null : node;
}

/** What is known at a point of a body. */
export interface Context {
  readonly slots: Map<string, number>;
  readonly bound: Set<string>;
  /** Names that bodies within may not take for their own. */
  readonly shared: ReadonlySet<string>;
  readonly frame: { size: number };
}

export const newContext = (): Context => ({
  slots: new Map(),
  bound: new Set(),
  shared: new Set(),
  frame: { size: 0 },
});

export function slotOf(context: Context, name: string): number {
  let slot = context.slots.get(name);
  if (slot === undefined) context.slots.set(name, (slot = context.frame.size++));
  return slot;
}

export const temporary = (context: Context): number => context.frame.size++;

// One allocation of the right size; Array.from would run a loop for each rule.
// oxlint-disable-next-line unicorn/no-new-array
export const newSlots = (size: number): Slots => new Array<Value | undefined>(size);

/** In a cache of results: the rule has none. */
export const NOTHING = Symbol('nothing');
