/**
 * Batches in quarantine: sealed files beside the log, and their keys apart from them, both 0600. Destroying a batch
 * destroys its key first: after that no copy of the file can be read, wherever it lies.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { QUARANTINE_FORMAT, readRowLine, type HeldRow, type QuarantineHead } from '../gate/ingest/quarantine-rows.ts';
import { unsealed } from '../gate/ingest/seal.ts';
import { realDisk, replaceFile } from '../log/disk.ts';

const KEY_BYTES = 32;
const LINE_MAX = 1 << 27;

export interface StoredBatch {
  readonly digest: string;
  readonly bytes: number;
}

export class QuarantineStore {
  readonly #files: string;
  readonly #keys: string;

  /** `data`: the data folder. */
  constructor(data: string) {
    this.#files = `${data}/quarantine`;
    this.#keys = `${data}/quarantine-keys`;
  }

  /** Stores what is sealed already. Durable when it resolves: the key first, then the rows. */
  async put(batch: string, key: Uint8Array, sealed: AsyncIterable<Uint8Array>): Promise<StoredBatch> {
    await realDisk.makeFolder(this.#files);
    await realDisk.makeFolder(this.#keys);
    await replaceFile(realDisk, this.#keyPath(batch), key);
    const path = this.#path(batch);
    const hash = createHash('sha256');
    let bytes = 0;
    const file = await open(`${path}.new`, 'w', 0o600);
    try {
      for await (const chunk of sealed) {
        await file.writeFile(chunk);
        hash.update(chunk);
        bytes += chunk.length;
      }
      await file.sync();
    } catch (error) {
      await rm(`${path}.new`, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
    await realDisk.syncFolder(this.#files);
    return { digest: `sha256:${hash.digest('hex')}`, bytes };
  }

  /** Destroys key and rows. Again after a crash it destroys what is left. */
  async destroy(batch: string): Promise<void> {
    const key = this.#keyPath(batch);
    if ((await realDisk.size(key)) !== null) {
      const file = await realDisk.open(key, 'write');
      try {
        await file.write(Buffer.alloc(KEY_BYTES), 0);
        await file.sync();
      } finally {
        await file.close();
      }
      await realDisk.remove(key);
      await realDisk.syncFolder(this.#keys);
    }
    if ((await realDisk.size(this.#path(batch))) !== null) {
      await realDisk.remove(this.#path(batch));
      await realDisk.syncFolder(this.#files);
    }
  }

  /** Batches of which there is a key or rows. */
  async list(): Promise<readonly string[]> {
    const names = [...(await realDisk.list(this.#files)), ...(await realDisk.list(this.#keys))];
    return [...new Set(names.map((name) => name.replace(/\.(?:sealed|key)(?:\.new)?$/, '')))];
  }

  async has(batch: string): Promise<boolean> {
    return (await realDisk.size(this.#keyPath(batch))) !== null && (await realDisk.size(this.#path(batch))) !== null;
  }

  /** The first line, and the bytes after it. Throws SealError. */
  async open(batch: string): Promise<{ readonly head: QuarantineHead; readonly rest: AsyncGenerator<Buffer> }> {
    const key = await realDisk.readFile(this.#keyPath(batch));
    const frames = unsealed(
      createReadStream(this.#path(batch), { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>,
      key,
    );
    const first = await frames.next();
    const bytes = first.done === true ? Buffer.alloc(0) : first.value;
    const end = bytes.indexOf(10);
    const head = JSON.parse(bytes.subarray(0, end).toString()) as QuarantineHead;
    if (head.format !== QUARANTINE_FORMAT)
      throw new Error(`a batch of the form ${String(head.format).slice(0, 40)} is not known`);
    async function* rest(): AsyncGenerator<Buffer> {
      try {
        if (end + 1 < bytes.length) yield bytes.subarray(end + 1);
        yield* frames;
      } finally {
        await frames.return(undefined); // closes the file, wherever the reader stopped
      }
    }
    return { head, rest: rest() };
  }

  /** The rows of a batch, one after the other. */
  async *rows(rest: AsyncIterable<Buffer>): AsyncGenerator<HeldRow> {
    let held = Buffer.alloc(0);
    for await (const chunk of rest) {
      const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      let at = 0;
      for (let end = bytes.indexOf(10, at); end >= 0; end = bytes.indexOf(10, at)) {
        yield readRowLine(bytes.subarray(at, end).toString());
        at = end + 1;
      }
      held = Buffer.from(bytes.subarray(at));
      if (held.length > LINE_MAX) throw new Error('a row in quarantine is too long');
    }
  }

  #path = (batch: string): string => `${this.#files}/${batch}.sealed`;
  #keyPath = (batch: string): string => `${this.#keys}/${batch}.key`;
}
