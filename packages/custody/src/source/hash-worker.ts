/** Hashes files in a thread of its own; see file-hash.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { hashRange, type HashAnswer, type HashJob } from './hash-range.ts';

const blake3 = workerData === 'blake3' ? await (await import('./blake3.ts')).blake3Hasher() : null;

parentPort?.on('message', (job: HashJob) => {
  let answer: HashAnswer;
  try {
    answer = { ...hashRange(job, blake3), index: job.index };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    answer = { index: job.index, failed: code ?? message };
  }
  parentPort?.postMessage(answer);
});
