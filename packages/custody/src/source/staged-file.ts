/**
 * A file that appears whole or not at all: written beside its place under another name, synced, then renamed.
 * A process that is killed leaves nothing under the name, and the next run to the same place removes what it left beside.
 */
import { createHash, randomBytes, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { realDisk } from '../log/disk.ts';
import { isAlive } from '../log/folder-lock.ts';

const PART = /^\.(.+)\.(\d+)-[0-9a-f]{8}\.custody-part$/s;

export class StagedFile {
  /** Where it will be. */
  readonly path: string;
  /** Where it is until then. */
  readonly part: string;
  readonly #handle: FileHandle;
  readonly #hash: Hash = createHash('sha256');
  #bytes = 0;
  #isOpen = true;

  private constructor(path: string, part: string, handle: FileHandle) {
    this.path = path;
    this.part = part;
    this.#handle = handle;
  }

  /** `mode`: of the file, 0600 where it holds what not everybody may read. Throws errors of the file system. */
  static async create(path: string, mode = 0o644): Promise<StagedFile> {
    await removeLeftovers(path);
    const part = join(
      dirname(path),
      `.${basename(path)}.${process.pid}-${randomBytes(4).toString('hex')}.custody-part`,
    );
    const handle = await open(part, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode);
    return new StagedFile(path, part, handle);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** "sha256:<hex>" of what was written; ends the writing. */
  digest(): string {
    return `sha256:${this.#hash.digest('hex')}`;
  }

  async write(bytes: Uint8Array): Promise<void> {
    let done = 0;
    while (done < bytes.length) {
      const { bytesWritten } = await this.#handle.write(bytes, done, bytes.length - done);
      done += bytesWritten;
    }
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
  }

  /** What was written is durable, still under the other name. */
  async sync(): Promise<void> {
    if (!this.#isOpen) return;
    await this.#handle.sync();
    await this.#handle.close();
    this.#isOpen = false;
  }

  /** Gives it its name. After this the whole file is there, also after a crash. */
  async commit(): Promise<void> {
    await this.sync();
    await rename(this.part, this.path);
    await realDisk.syncFolder(dirname(this.path));
  }

  /** Removes it; what was at its place before is untouched. */
  async discard(): Promise<void> {
    if (this.#isOpen) await this.#handle.close();
    this.#isOpen = false;
    await rm(this.part, { force: true });
  }
}

/** Parts of the same file whose process is gone. */
async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of await readdir(folder).catch(() => [])) {
    const match = PART.exec(name);
    if (match?.[1] === basename(path) && !isAlive(Number(match[2]))) await rm(join(folder, name), { force: true });
  }
}
