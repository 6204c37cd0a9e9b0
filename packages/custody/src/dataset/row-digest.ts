/** One digest over every cell of a dataset: rows, their number, columns by name and type, and which order counts. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../event/canonical-json.ts';
import { typeText, type Column } from './column-type.ts';
import { ROW_ENCODING } from './row-encoding.ts';
import type { RowTable } from './row-table.ts';

/** `kept`: the order of the rows is part of the dataset. `any`: the same rows in another order are the same dataset. */
export type RowOrder = 'kept' | 'any';

/** The names and types of the columns, in order. Types are the canonical ones of `column-type.ts`. */
export function schemaDigest(columns: readonly Column[]): string {
  const listed = columns.map(({ name, type }) => ({ name, type: typeText(type) }));
  return createHash('sha256')
    .update(`custody-schema/1\n${canonicalJson(listed)}`)
    .digest('hex');
}

/**
 * SHA-256 over a head line (encoding, order, number of rows, digest of the schema) and then the digests of all rows, 32 bytes
 * each: as they came, or sorted by their bytes, duplicates kept.
 */
export function tableDigest(columns: readonly Column[], order: RowOrder, table: RowTable): string {
  const whole = createHash('sha256');
  whole.update(`custody-table/1\n${ROW_ENCODING}\n${order}\n${table.size}\n${schemaDigest(columns)}\n`);
  for (const batch of batches(order === 'kept' ? inTurn(table) : table.sortedByDigest(), table)) whole.update(batch);
  return whole.digest('hex');
}

function* inTurn(table: RowTable): Generator<number> {
  for (let row = 0; row < table.size; row++) yield row;
}

const BATCH = 4_096;

/** One buffer, filled again and again. */
function* batches(rows: Iterable<number>, table: RowTable): Generator<Buffer> {
  const batch = Buffer.alloc(BATCH * 32);
  let count = 0;
  for (const row of rows) {
    table.copyDigest(row, batch, count * 32);
    if (++count === BATCH) {
      yield batch;
      count = 0;
    }
  }
  yield batch.subarray(0, count * 32);
}
