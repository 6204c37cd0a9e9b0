/** The second thread of `custody scan`: batches in, findings out. */
import { parentPort, workerData } from 'node:worker_threads';
import { batchFindings, type Batch } from '../producers/scan/index.ts';

const { types, path } = workerData as { readonly types: readonly string[] | null; readonly path: string | null };
const look = batchFindings({ ...(types && { types: new Set(types) }), ...(path !== null && { path }) });

parentPort!.on('message', ({ index, batch }: { readonly index: number; readonly batch: Batch }) => {
  parentPort!.postMessage({ index, found: look(batch) });
});
