/** What differs between two datasets, row by row and cell by cell. */
import { randomBytes } from 'node:crypto';
import { diffAsSets, diffByKey, diffByPlace, type RowDiff } from '../dataset/row-diff.ts';
import { SubjectTokens } from '../dataset/subject-id.ts';
import type { Relation } from './engine.ts';
import { readRows } from './read-rows.ts';

export interface ChangedRow {
  /** Row of the earlier and of the later dataset, from 1. */
  readonly before: number;
  readonly after: number;
  /** Names of the columns whose cells differ. */
  readonly columns: readonly string[];
}

export interface DatasetDiff {
  /** How rows were told to be the same: by key columns, by where they lie, or only as a whole. */
  readonly by: 'key' | 'place' | 'whole';
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** Rows from 1, the first hundred. */
  readonly addedRows: readonly number[];
  readonly removedRows: readonly number[];
  readonly changedRows: readonly ChangedRow[];
}

/** `key`: columns that name a row; empty to compare by place. Throws DatasetError. */
export async function diffDatasets(before: Relation, after: Relation, key: readonly string[]): Promise<DatasetDiff> {
  // The same keys on both sides have the same tokens; rows without a key are those of one.
  const tokens = new SubjectTokens(randomBytes(32), 'key of a row');
  const tokenOf = key.length === 0 ? null : (identifier: string | null) => tokens.of(identifier ?? '');
  const options = { identifying: key, inOrder: true };
  const [old, now] = [await readRows(before, options, tokenOf), await readRows(after, options, tokenOf)];
  // Rows that moved would all be changed by place: as a whole they are the same.
  const byPlace = key.length === 0 && before.hasOrder && after.hasOrder ? diffByPlace(old, now) : null;
  const asSets = key.length === 0 ? diffAsSets(old, now) : null;
  const isPlace = byPlace !== null && byPlace.changed <= asSets!.added;
  const diff: RowDiff = key.length > 0 ? diffByKey(old, now) : isPlace ? byPlace : asSets!;
  const { added, removed, changed } = diff.examples;
  const oldCells = await before.cellsAt(changed.map(([row]) => row));
  const newCells = await after.cellsAt(changed.map(([, row]) => row));
  const names = [...new Set([...before.columns, ...after.columns].map(({ name }) => name))];
  const cellOf = (relation: Relation, cells: readonly string[], name: string) =>
    cells[relation.columns.findIndex((column) => column.name === name)] ?? null;
  return {
    by: key.length > 0 ? 'key' : isPlace ? 'place' : 'whole',
    added: diff.added,
    removed: diff.removed,
    changed: diff.changed,
    addedRows: added.map((row) => row + 1),
    removedRows: removed.map((row) => row + 1),
    changedRows: changed.map(([row, other], i) => ({
      before: row + 1,
      after: other + 1,
      columns: names.filter((name) => cellOf(before, oldCells[i]!, name) !== cellOf(after, newCells[i]!, name)),
    })),
  };
}
