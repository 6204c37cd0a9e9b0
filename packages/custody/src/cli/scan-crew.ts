/**
 * Looks at batches on two cores: a worker thread takes them as long as it keeps up, this thread looks at the others. What is
 * found comes out in the order of the batches, and no more than a few of them are held.
 */
import { Worker } from 'node:worker_threads';
import { batchFindings, inOrder, type Batch, type PlacedFinding, type ScanOptions } from '../producers/scan/index.ts';

/** Batches that the worker may have at a time. */
const AT_ONCE = 4;

interface Answer {
  readonly index: number;
  readonly found: readonly PlacedFinding[];
}

export class ScanCrew {
  readonly #look: (batch: Batch) => PlacedFinding[];
  readonly #report: (finding: PlacedFinding) => void;
  readonly #options: ScanOptions;
  readonly #answers = new Map<number, readonly PlacedFinding[]>();
  #worker: Worker | null = null;
  #taken = 0;
  #reported = 0;
  #withWorker = 0;
  #wake: (() => void) | null = null;
  #failure: Error | null = null;

  constructor(found: (finding: PlacedFinding) => void, options: ScanOptions) {
    this.#options = options;
    this.#look = batchFindings(options);
    this.#report = inOrder(found);
  }

  /** From now on a second thread helps. */
  grow(): void {
    if (this.#worker) return;
    const { types, path } = this.#options;
    this.#worker = new Worker(new URL('./scan-worker.js', import.meta.url), {
      workerData: { types: types ? [...types] : null, path: path ?? null },
    });
    this.#worker.on('message', (answer: Answer) => {
      this.#withWorker--;
      this.#answer(answer.index, answer.found);
      this.#wake?.();
    });
    this.#worker.on('error', (error) => {
      this.#failure = error;
      this.#wake?.();
    });
  }

  take(batch: Batch): void {
    const index = this.#taken++;
    if (this.#worker && this.#withWorker < AT_ONCE) {
      this.#withWorker++;
      this.#worker.postMessage({ index, batch }, [
        batch.bytes.buffer as ArrayBuffer,
        batch.pieces.buffer as ArrayBuffer,
      ]);
    } else this.#answer(index, this.#look(batch));
  }

  #answer(index: number, found: readonly PlacedFinding[]): void {
    this.#answers.set(index, found);
    for (let next = this.#answers.get(this.#reported); next; next = this.#answers.get(this.#reported)) {
      this.#answers.delete(this.#reported++);
      next.forEach(this.#report);
    }
  }

  /** Waits for what is still looked at, and ends the worker. */
  async end(): Promise<void> {
    while (this.#withWorker > 0 && !this.#failure) await new Promise<void>((resolve) => (this.#wake = resolve));
    await this.#worker?.terminate();
    this.#worker = null;
    if (this.#failure) throw this.#failure;
  }
}
