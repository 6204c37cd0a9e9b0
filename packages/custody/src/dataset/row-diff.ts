/** Which rows differ between two tables, by their digests alone. */
import { HASH, type RowTable } from './row-table.ts';

export interface RowDiff {
  /** In the later table only. With a key: those whose key is new. */
  readonly added: number;
  /** In the earlier table only. With a key: those whose key is gone. */
  readonly removed: number;
  /** Rows of a key that both have, of which not all are in both. */
  readonly changed: number;
  /** Numbers of the first rows of each, in the table that has them. */
  readonly examples: {
    readonly added: readonly number[];
    readonly removed: readonly number[];
    /** Row of the earlier table, row of the later one. */
    readonly changed: readonly (readonly [number, number])[];
  };
}

const EXAMPLES = 100;

/** By the tokens that both tables hold, which are made of the same key columns with the same secret. */
export function diffByKey(before: RowTable, after: RowTable): RowDiff {
  const [a, b] = [before.sorted(), after.sorted()];
  const diff = new Gathered();
  const [token, other] = [Buffer.alloc(HASH), Buffer.alloc(HASH)];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length) before.copyToken(a[i]!, token, 0);
    if (j < b.length) after.copyToken(b[j]!, other, 0);
    const side = i >= a.length ? 1 : j >= b.length ? -1 : Buffer.compare(token, other);
    if (side < 0) {
      diff.removed(a[i++]!);
      continue;
    }
    if (side > 0) {
      diff.added(b[j++]!);
      continue;
    }
    // All rows of one key, in order of their digests on both sides: what is in both is dropped.
    const [lost, gained]: [number[], number[]] = [[], []];
    while ((i < a.length && before.hasToken(a[i]!, token)) || (j < b.length && after.hasToken(b[j]!, token))) {
      const hasOld = i < a.length && before.hasToken(a[i]!, token);
      const hasNew = j < b.length && after.hasToken(b[j]!, token);
      const order = !hasOld ? 1 : !hasNew ? -1 : compareDigests(before, a[i]!, after, b[j]!);
      if (order < 0) lost.push(a[i++]!);
      else if (order > 0) gained.push(b[j++]!);
      else {
        i++;
        j++;
      }
    }
    const pairs = Math.min(lost.length, gained.length);
    for (let pair = 0; pair < pairs; pair++) diff.changed(lost[pair]!, gained[pair]!);
    lost.slice(pairs).forEach((row) => diff.removed(row));
    gained.slice(pairs).forEach((row) => diff.added(row));
  }
  return diff.result;
}

/** Row by row, as they lie: for tables of the same length, of which a few cells differ. */
export function diffByPlace(before: RowTable, after: RowTable): RowDiff {
  const diff = new Gathered();
  const both = Math.min(before.size, after.size);
  for (let row = 0; row < both; row++) if (compareDigests(before, row, after, row) !== 0) diff.changed(row, row);
  for (let row = both; row < before.size; row++) diff.removed(row);
  for (let row = both; row < after.size; row++) diff.added(row);
  return diff.result;
}

/** As sets with duplicates: nothing says which removed row became which added one. */
export function diffAsSets(before: RowTable, after: RowTable): RowDiff {
  const [a, b] = [before.sortedByDigest(), after.sortedByDigest()];
  const diff = new Gathered();
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const side = i >= a.length ? 1 : j >= b.length ? -1 : compareDigests(before, a[i]!, after, b[j]!);
    if (side < 0) diff.removed(a[i++]!);
    else if (side > 0) diff.added(b[j++]!);
    else {
      i++;
      j++;
    }
  }
  return diff.result;
}

class Gathered {
  #counts = { added: 0, removed: 0, changed: 0 };
  readonly #examples = { added: [] as number[], removed: [] as number[], changed: [] as (readonly [number, number])[] };

  added(row: number): void {
    if (this.#counts.added++ < EXAMPLES) this.#examples.added.push(row);
  }

  removed(row: number): void {
    if (this.#counts.removed++ < EXAMPLES) this.#examples.removed.push(row);
  }

  changed(before: number, after: number): void {
    if (this.#counts.changed++ < EXAMPLES) this.#examples.changed.push([before, after]);
  }

  get result(): RowDiff {
    return { ...this.#counts, examples: this.#examples };
  }
}

const left = Buffer.alloc(HASH);
const right = Buffer.alloc(HASH);

function compareDigests(a: RowTable, row: number, b: RowTable, other: number): number {
  a.copyDigest(row, left, 0);
  b.copyDigest(other, right, 0);
  return Buffer.compare(left, right);
}
