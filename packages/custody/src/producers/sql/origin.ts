/**
 * Where a value comes from, while a statement is resolved: a base column and a word of flags. Flags compose along the
 * path from the column to the output, so an edge over ten CTEs is as cheap as one over none.
 */
import type { Budget } from './budget.ts';
import type { ColumnNode } from './catalog.ts';
import type { Usage } from './tree.ts';

export interface Origin {
  readonly node: ColumnNode;
  readonly flags: number;
  /** Where the base column is named. */
  readonly start: number;
  readonly end: number;
  /** Fields behind the column: `address.city` of `t.address.city`. */
  readonly fields: string;
}

/** Bits 0-1: identity 0, transformation 1, aggregation 2. */
export const TRANSFORMED = 1;
const AGGREGATED = 2;
export const MASKED = 4;
/** Bits 3-4: the value itself 0, a condition 1, a window 2, a sort 3. */
export const BY_CONDITION = 8;
const BY_WINDOW = 16;
const BY_SORT = 24;
/** Bits 5-6: certain 0, inferred 1, ambiguous 2. */
export const INFERRED = 32;
export const AMBIGUOUS = 64;
/** The column is known only through a `*` over a table whose columns are not known. */
export const THROUGH_STAR = 128;
/** Ambiguous between relations whose columns are known to include it, not merely able to. */
export const KNOWN_CANDIDATE = 256;
/** Only how many there are is told of the value. */
export const COUNTED = 512;

export function kindOf(flags: number): 'identity' | 'transformation' | 'aggregation' {
  const kind = flags & 3;
  return kind === 0 ? 'identity' : kind === 1 ? 'transformation' : 'aggregation';
}

export function compose(inner: number, outer: number): number {
  const kind = Math.max(inner & 3, outer & 3);
  const via = inner & 24 || outer & 24;
  const certainty = Math.max(inner & 96, outer & 96);
  return kind | via | certainty | ((inner | outer) & (MASKED | THROUGH_STAR | KNOWN_CANDIDATE | COUNTED));
}

export function usageFlags(usage: Usage, bare: boolean): number {
  let flags = usage.aggregated ? AGGREGATED : bare ? 0 : TRANSFORMED;
  if (usage.masked) flags |= MASKED;
  if (usage.counted === true) flags |= COUNTED;
  switch (usage.role) {
    case 'value':
      return flags;
    case 'condition':
      return flags | BY_CONDITION;
    case 'window':
      return flags | BY_WINDOW;
    case 'sort':
      return flags | BY_SORT;
  }
}

export function through(origin: Origin, flags: number): Origin {
  const composed = compose(origin.flags, flags);
  return composed === origin.flags ? origin : { ...origin, flags: composed };
}

/** Origins without repetition; the first place that names a column speaks for it. */
export class Origins {
  private readonly list: Origin[] = [];
  private seen: Set<string> | null = null;
  private readonly budget: Budget;

  constructor(budget: Budget) {
    this.budget = budget;
  }

  /** False where the work that a statement may cause is used up: nothing more will be taken. */
  add(origin: Origin): boolean {
    if (!this.budget.spend(1)) return false;
    if (this.seen === null) {
      for (const other of this.list)
        if (other.node === origin.node && other.flags === origin.flags && other.fields === origin.fields) return true;
      this.list.push(origin);
      if (this.list.length > 12) {
        this.seen = new Set();
        for (const other of this.list) this.seen.add(key(other));
      }
      return true;
    }
    const mark = key(origin);
    if (this.seen.has(mark)) return true;
    this.seen.add(mark);
    this.list.push(origin);
    return true;
  }

  addAll(origins: readonly Origin[], flags = 0): void {
    for (const origin of origins) if (!this.add(flags === 0 ? origin : through(origin, flags))) return;
  }

  get all(): readonly Origin[] {
    return this.list;
  }
}

function key(origin: Origin): string {
  return `${origin.node.id}:${origin.flags}:${origin.fields}`;
}
