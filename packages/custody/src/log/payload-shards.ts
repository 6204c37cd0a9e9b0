/**
 * Payloads: bytes beside the log that can be erased. One file ("shard") for 256 entries, so that erasing one payload
 * rewrites a small file and nothing else, and so that a payload is found by its entry's index without an index of its own.
 *
 * Record: length (u32 LE) | checksum (u32 LE) | entry index (u64 LE) | salt (32) | bytes. An erased record keeps its
 * place with the length ERASED and no salt, so that "erased" can be told from "lost".
 */
import { crc32 } from 'node:zlib';
import { SALT_BYTES } from '@custody/verify';
import { readAt, type Disk, type DiskFile } from './disk.ts';
import type { StoredPayload } from './evidence-log.ts';
import { LogError } from './log-error.ts';

const HEADER_BYTES = 16;
/** Headers are read in chunks: most payloads are small, so one read finds many. */
const CHUNK_BYTES = 64 << 10;
const COPY_BYTES = 1 << 20;
const KEPT_DIRECTORIES = 16;
const ERASED = 0xffffffff;
export const SHARD_WIDTH = 256;

export interface PayloadRecord {
  readonly index: number;
  readonly salt: Uint8Array;
  readonly bytes: Uint8Array;
}

interface Shard {
  readonly file: DiskFile;
  readonly number: number;
  /** Where the next record goes. */
  end: number;
}

interface Found {
  readonly index: number;
  readonly at: number;
  readonly next: number;
  readonly erased: boolean;
}

export class PayloadShards {
  readonly #disk: Disk;
  readonly #folder: string;
  /** The shard that is being appended to. */
  #open: Shard | null = null;
  /** Where records lie, for the shards read last; dropped when a shard changes. */
  readonly #directories = new Map<number, Promise<ReadonlyMap<number, Found>>>();

  constructor(disk: Disk, folder: string) {
    this.#disk = disk;
    this.#folder = folder;
  }

  #path(shard: number): string {
    return `${this.#subfolder(shard)}/${String(shard % 1000).padStart(3, '0')}.payloads`;
  }

  #subfolder(shard: number): string {
    return `${this.#folder}/${String(Math.floor(shard / 1000)).padStart(3, '0')}`;
  }

  /**
   * Makes records durable; they must be in order of index. One write and one fdatasync for each shard touched.
   * After a failure the records are not there: what was written of them is cut off again, now or at the next start.
   */
  async append(records: readonly PayloadRecord[]): Promise<void> {
    for (let from = 0; from < records.length;) {
      const number = Math.floor(records[from]!.index / SHARD_WIDTH);
      let to = from;
      while (to < records.length && Math.floor(records[to]!.index / SHARD_WIDTH) === number) to++;
      await this.#appendTo(number, records.slice(from, to));
      from = to;
    }
  }

  async #appendTo(number: number, records: readonly PayloadRecord[]): Promise<void> {
    const shard = await this.#shard(number);
    const buffer = Buffer.concat(records.flatMap(encode));
    try {
      await shard.file.write(buffer, shard.end);
      await shard.file.sync();
    } catch (error) {
      await shard.file.truncate(shard.end).catch(() => {}); // the next start cuts it if this fails too
      throw error;
    }
    shard.end += buffer.length;
    this.#directories.delete(number);
  }

  async #shard(number: number): Promise<Shard> {
    if (this.#open?.number === number) return this.#open;
    await this.#open?.file.close();
    this.#open = null;
    const path = this.#path(number);
    const isNew = (await this.#disk.size(path)) === null;
    if (isNew) await this.#disk.makeFolder(this.#subfolder(number));
    const file = await this.#disk.open(path, 'write');
    if (isNew) {
      await this.#disk.syncFolder(this.#subfolder(number));
      await this.#disk.syncFolder(this.#folder);
    }
    this.#open = { file, number, end: await file.size() };
    return this.#open;
  }

  /** Throws LogError `log.damaged` if the record is there and not whole. */
  async read(index: number): Promise<StoredPayload> {
    // An erasure may rewrite the shard between a look into its directory and the record: then a second look is right.
    const stored = (await this.#lookUp(index)) ?? (await this.#lookUp(index));
    if (!stored) throw damagedPayload(index, this.#path(Math.floor(index / SHARD_WIDTH)));
    return stored;
  }

  /** Null if the record is not whole; its shard's directory is forgotten then. */
  async #lookUp(index: number): Promise<StoredPayload | null> {
    const number = Math.floor(index / SHARD_WIDTH);
    const found = (await this.#directory(number)).get(index);
    if (!found) return { state: 'none' };
    if (found.erased) return { state: 'erased' };
    const file = await this.#disk.open(this.#path(number), 'read');
    try {
      const stored = await storedAt(file, found);
      if (!stored) this.#directories.delete(number);
      return stored;
    } finally {
      await file.close();
    }
  }

  #directory(number: number): Promise<ReadonlyMap<number, Found>> {
    let directory = this.#directories.get(number);
    if (!directory) {
      directory = this.#readDirectory(number);
      directory.catch(() => this.#directories.delete(number));
      if (this.#directories.size >= KEPT_DIRECTORIES) this.#directories.delete(this.#directories.keys().next().value!);
      this.#directories.set(number, directory);
    }
    return directory;
  }

  async #readDirectory(number: number): Promise<ReadonlyMap<number, Found>> {
    const directory = new Map<number, Found>();
    const path = this.#path(number);
    if ((await this.#disk.size(path)) === null) return directory;
    const file = await this.#disk.open(path, 'read');
    try {
      for await (const found of records(file)) directory.set(found.index, found);
      return directory;
    } finally {
      await file.close();
    }
  }

  /**
   * Erases payload and salt of the given entries: each shard is written anew without them and takes the place of the old
   * one. A crash leaves the old shard or the new, never a mixture; erasing again is harmless.
   */
  async erase(indices: readonly number[]): Promise<void> {
    const byShard = new Map<number, Set<number>>();
    for (const index of indices) {
      const number = Math.floor(index / SHARD_WIDTH);
      byShard.set(number, (byShard.get(number) ?? new Set()).add(index));
    }
    for (const [number, wanted] of byShard) {
      const path = this.#path(number);
      if ((await this.#disk.size(path)) === null) continue;
      if (this.#open?.number === number) {
        await this.#open.file.close();
        this.#open = null;
      }
      await this.#rewrite(path, wanted);
      await this.#disk.syncFolder(this.#subfolder(number));
    }
  }

  async #rewrite(path: string, erase: ReadonlySet<number>): Promise<void> {
    const source = await this.#disk.open(path, 'read');
    const target = await this.#disk.open(`${path}.new`, 'write');
    try {
      await target.truncate(0);
      let end = 0;
      let kept = 0; // where what is not copied yet begins
      const copyUntil = async (until: number) => {
        for (; kept < until; kept += COPY_BYTES) {
          const bytes = await readAt(source, kept, Math.min(COPY_BYTES, until - kept));
          await target.write(bytes, end);
          end += bytes.length;
        }
      };
      let last = 0;
      for await (const found of records(source)) {
        last = found.next;
        if (!erase.has(found.index) || found.erased) continue;
        await copyUntil(found.at);
        await target.write(tombstone(found.index), end);
        end += HEADER_BYTES;
        kept = found.next;
      }
      await copyUntil(last);
      await target.sync();
    } finally {
      await source.close();
      await target.close();
    }
    await this.#disk.rename(`${path}.new`, path);
    this.#directories.clear();
  }

  /**
   * After a crash or a failed write: cuts what was written for entries that never came (index >= size) and torn records
   * behind them. Payloads are written before their entries, so everything an entry refers to is whole. Returns the bytes cut.
   */
  async recover(size: number): Promise<number> {
    await this.close();
    let cut = 0;
    const first = Math.floor(size / SHARD_WIDTH);
    for (let number = first; ; number++) {
      const path = this.#path(number);
      const bytes = await this.#disk.size(path);
      if (bytes === null) return cut;
      const file = await this.#disk.open(path, 'write');
      try {
        let end = 0;
        for await (const found of records(file)) {
          if (found.index >= size) break;
          end = found.next;
        }
        if (end < bytes) {
          await file.truncate(end);
          await file.sync();
          cut += bytes - end;
        }
      } finally {
        await file.close();
      }
    }
  }

  /** All records of a shard in order, each read once; `stored` is null where one is damaged. */
  async *audit(shard: number): AsyncGenerator<{ readonly index: number; readonly stored: StoredPayload | null }> {
    const path = this.#path(shard);
    if ((await this.#disk.size(path)) === null) return;
    const file = await this.#disk.open(path, 'read');
    try {
      for await (const found of records(file)) {
        yield { index: found.index, stored: found.erased ? { state: 'erased' } : await storedAt(file, found) };
      }
    } finally {
      await file.close();
    }
  }

  async close(): Promise<void> {
    await this.#open?.file.close();
    this.#open = null;
    this.#directories.clear();
  }
}

function encode({ index, salt, bytes }: PayloadRecord): Uint8Array[] {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(bytes.length, 0);
  header.writeUInt32LE(crc32(bytes, crc32(salt, index >>> 0)), 4);
  header.writeBigUInt64LE(BigInt(index), 8);
  return [header, salt, bytes];
}

function tombstone(index: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(ERASED, 0);
  header.writeUInt32LE(checksum(index, Buffer.alloc(0)), 4);
  header.writeBigUInt64LE(BigInt(index), 8);
  return header;
}

const checksum = (index: number, body: Uint8Array): number => crc32(body, index >>> 0);

/** The record that a header announces; null if its checksum says that it is another one or damaged. */
async function storedAt(file: DiskFile, { index, at, next }: Found): Promise<StoredPayload | null> {
  const record = await readAt(file, at, next - at);
  const body = record.subarray(HEADER_BYTES);
  if (body.length < SALT_BYTES || record.readUInt32LE(4) !== checksum(index, body)) return null;
  return { state: 'present', salt: body.subarray(0, SALT_BYTES), bytes: body.subarray(SALT_BYTES) };
}

const damagedPayload = (index: number, path: string): LogError =>
  new LogError(
    'log.damaged',
    `The payload of entry ${index} is damaged (file ${path}). The entry itself is not.`,
    'Restore this file from a backup, then run `custody log check`.',
  );

/** Walks the headers of a shard; stops at the first record that is not whole or out of order. */
async function* records(file: DiskFile): AsyncGenerator<Found> {
  const end = await file.size();
  let last = -1;
  let base = 0;
  let chunk: Buffer = Buffer.alloc(0);
  for (let at = 0; at + HEADER_BYTES <= end;) {
    if (at < base || at + HEADER_BYTES > base + chunk.length) {
      base = at;
      chunk = await readAt(file, base, Math.min(CHUNK_BYTES, end - base));
    }
    const length = chunk.readUInt32LE(at - base);
    const index = Number(chunk.readBigUInt64LE(at - base + 8));
    const erased = length === ERASED;
    const next = at + HEADER_BYTES + (erased ? 0 : SALT_BYTES + length);
    if (next > end || index <= last) return;
    yield { index, at, next, erased };
    last = index;
    at = next;
  }
}
