/** The digest of a table in a thread of its own: sorting and hashing ten million rows takes seconds. */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Column } from '../dataset/column-type.ts';
import { tableDigest, type RowOrder } from '../dataset/row-digest.ts';
import { RowTable, type RowTableParts } from '../dataset/row-table.ts';

interface DigestWork {
  readonly digestOf: { readonly columns: readonly Column[]; readonly order: RowOrder; readonly parts: RowTableParts };
}

/** Fewer rows are done before a thread has started. */
const FEW_ROWS = 100_000;

/** As `tableDigest`. The table must not change meanwhile. */
export async function digestElsewhere(columns: readonly Column[], order: RowOrder, table: RowTable): Promise<string> {
  // Sources are run as they are in tests, where a thread would not understand them.
  if (table.size < FEW_ROWS || import.meta.url.endsWith('.ts')) return tableDigest(columns, order, table);
  const work: DigestWork = { digestOf: { columns, order, parts: table.parts } };
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: work });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

if (!isMainThread && parentPort !== null && isWork(workerData)) {
  const { columns, order, parts } = workerData.digestOf;
  parentPort.postMessage(tableDigest(columns, order, new RowTable(parts)));
}

function isWork(data: unknown): data is DigestWork {
  return typeof data === 'object' && data !== null && 'digestOf' in data;
}
