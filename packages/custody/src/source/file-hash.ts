/** Hashes many files on all cores: one thread for each, the largest file first, so that they end together. */
import { availableParallelism } from 'node:os';
import { AttestError, shown } from '../attest/attest-error.ts';
import { hashRange, type HashAnswer, type Hashed, type HashJob, type StreamHash } from './hash-range.ts';

export interface FileToHash extends Omit<HashJob, 'index'> {
  /** As it is called in messages. */
  readonly name: string;
  readonly bytes: number;
}

/** Below this a thread costs more than it saves. */
const THREADS_FROM_BYTES = 16_000_000;

/**
 * Digests in the order of `files`. `onBytes` hears of each file when it is done. Throws AttestError: unreadable,
 * changed-meanwhile.
 */
export async function hashFiles(
  files: readonly FileToHash[],
  {
    threads = availableParallelism(),
    onBytes = () => {},
  }: { threads?: number; onBytes?: (bytes: number) => void } = {},
): Promise<Hashed[]> {
  const order = files.map((_, i) => i).sort((a, b) => (files[b] as FileToHash).bytes - (files[a] as FileToHash).bytes);
  const answers: Hashed[] = [];
  const take = (index: number, answer: Hashed | { readonly failed: string }): void => {
    const { name, bytes } = files[index] as FileToHash;
    if ('failed' in answer)
      throw new AttestError(
        'folder',
        answer.failed === 'ELOOP' ? 'changed-meanwhile' : 'unreadable',
        `"${shown(name)}" cannot be read (${answer.failed})`,
        'Check its permissions and the disk.',
        shown(name),
      );
    if (answer.isTorn)
      throw new AttestError(
        'folder',
        'changed-meanwhile',
        `"${shown(name)}" was written to while it was read`,
        'Do it again when nobody writes there.',
        shown(name),
      );
    answers[index] = answer;
    onBytes(bytes);
  };
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const count = Math.min(threads, files.length);
  if (count <= 1 || total < THREADS_FROM_BYTES) {
    const blake3 = await blake3For(files);
    for (const index of order) take(index, tryHash({ ...(files[index] as FileToHash), index }, blake3));
  } else await inThreads(files, order, count, take);
  return answers;
}

async function blake3For(files: readonly FileToHash[]): Promise<StreamHash | null> {
  return files.some(({ hash }) => hash === 'blake3') ? (await import('./blake3.ts')).blake3Hasher() : null;
}

function tryHash(job: HashJob, blake3: StreamHash | null): Hashed | { readonly failed: string } {
  try {
    return hashRange(job, blake3);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { failed: code ?? message };
  }
}

async function inThreads(
  files: readonly FileToHash[],
  order: readonly number[],
  count: number,
  take: (index: number, answer: Hashed | { readonly failed: string }) => void,
): Promise<void> {
  const { Worker } = await import('node:worker_threads');
  // Tests run from the sources, which a thread cannot load; the built file does the same.
  const entry = import.meta.url.endsWith('.ts') ? '../../dist/source/hash-worker.js' : './hash-worker.js';
  const needsBlake3 = files.some(({ hash }) => hash === 'blake3');
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL(entry, import.meta.url), { workerData: needsBlake3 ? 'blake3' : null }),
  );
  try {
    await new Promise<void>((resolve, reject) => {
      let next = 0;
      let done = 0;
      const give = (worker: (typeof workers)[number]): void => {
        const index = order[next++];
        if (index === undefined) return;
        const { path, hash, range, follow } = files[index] as FileToHash;
        worker.postMessage({ index, path, hash, range, follow } satisfies HashJob);
      };
      for (const worker of workers) {
        worker.on('message', (answer: HashAnswer) => {
          try {
            take(answer.index, answer);
          } catch (error) {
            return reject(error as Error);
          }
          if (++done === files.length) resolve();
          else give(worker);
        });
        worker.on('error', reject);
        give(worker);
      }
    });
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
