/** Reads a relation once: what each row says, and whose it is. */
import { DatasetError } from '../dataset/dataset-error.ts';
import { RowTable } from '../dataset/row-table.ts';
import { identifierOf } from '../dataset/subject-id.ts';
import type { ReadOptions, Relation } from './engine.ts';

/**
 * `tokenOf`: the token of an identifier, which is null where a column of it is; null for a row of nobody. Without it nobody
 * is asked for. Throws DatasetError, also where an identifying column is not there.
 */
export async function readRows(
  relation: Relation,
  options: ReadOptions,
  tokenOf: ((identifier: string | null) => string | null) | null = null,
  progress: (rows: number) => void = () => {},
): Promise<RowTable> {
  const names = relation.columns.map(({ name }) => name);
  for (const name of options.identifying)
    if (!names.includes(name))
      throw new DatasetError('dataset.column', `There is no column ${name}.`, `There are: ${names.join(', ')}.`);
  const table = new RowTable();
  for await (const { digests, identifiers } of relation.rows(options)) {
    const ofRow = (row: number) => tokenOf!(identifierOf(identifiers.map((column) => column[row] ?? null)));
    table.add(digests, tokenOf === null ? null : ofRow);
    progress(table.size);
  }
  return table;
}
