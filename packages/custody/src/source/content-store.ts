/**
 * Files by the SHA-256 of their bytes: `sha256/ab/cdef...`. A file appears whole or not at all, and is never written again.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SourceError } from './source-error.ts';

export class ContentStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  #path(sha256: string): string {
    return join(this.#folder, 'sha256', sha256.slice(0, 2), sha256.slice(2));
  }

  /** Copies a file in. Throws SourceError where its bytes are not those of `sha256`: it was written to meanwhile. */
  async put(file: string, sha256: string): Promise<void> {
    const path = this.#path(sha256);
    if (await stat(path).catch(() => null)) return;
    await copyVerified(file, path, sha256, 'It was written to while it was read. Commit again.');
  }

  has(sha256: string): Promise<boolean> {
    return stat(this.#path(sha256)).then(
      () => true,
      () => false,
    );
  }

  pathOf(sha256: string): string {
    return this.#path(sha256);
  }
}

/**
 * Copies a file and checks what was copied before it takes the place of `to`; where it is not what it should be, `to` is as
 * it was. Throws SourceError.
 */
export async function copyVerified(from: string, to: string, sha256: string, remedy: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const part = `${to}.${process.pid}.part`;
  const whole = createHash('sha256');
  try {
    const target = await open(part, 'w', 0o600);
    try {
      for await (const chunk of createReadStream(from, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
        whole.update(chunk);
        // A write may take less than it was given.
        for (let done = 0; done < chunk.length;) done += (await target.write(chunk, done)).bytesWritten;
      }
      await target.sync();
    } finally {
      await target.close();
    }
    if (whole.digest('hex') !== sha256)
      throw new SourceError(`${from} does not hold what it should (SHA-256 ${sha256.slice(0, 12)}…).`, remedy);
    await rename(part, to);
    const folder = await open(dirname(to), 'r');
    await folder.sync().finally(() => folder.close());
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof SourceError) throw error;
    throw new SourceError(`Cannot copy ${from}: ${(error as Error).message}.`, 'Check the disk and its permissions.');
  }
}
