/**
 * The entries themselves: frames one after the other in segment files of about 64 MB. A segment starts at a multiple of
 * 256 entries, so that an entry bundle never crosses files. Only the last segment is appended to; the others are sealed
 * by a small file that holds their checksum and where their bundles start.
 */
import { crc32 } from 'node:zlib';
import { invariant } from '../event/invariant.ts';
import { readAt, replaceFile, type Disk, type DiskFile } from './disk.ts';
import { FRAME_HEADER_BYTES, MAX_ENTRY_BYTES, readFrame, writeFrame } from './frame.ts';
import { LogError } from './log-error.ts';
import { TILE_WIDTH } from './tile-path.ts';

const SEGMENT_BYTES = 64 << 20;
const CHUNK_BYTES = 4 << 20;

interface Segment {
  readonly path: string;
  readonly file: DiskFile;
  readonly first: number;
  count: number;
  bytes: number;
  /** CRC-32 of the whole file so far. */
  crc: number;
  /** Offsets at which entries first, first + 256, ... start. */
  readonly bundles: number[];
}

interface Seal {
  readonly first: number;
  readonly count: number;
  readonly bytes: number;
  readonly crc: number;
  readonly bundles: readonly number[];
}

/** Where the first frame that is not whole lies. */
export interface Damage {
  readonly file: string;
  readonly offset: number;
  readonly entry: number;
  readonly why: string;
  /** Bytes from the damage to the end of the file. */
  readonly bytes: number;
}

export class Segments {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #segmentBytes: number;
  readonly #segments: Segment[] = [];
  readonly #writable: boolean;

  private constructor(disk: Disk, folder: string, writable: boolean, segmentBytes: number) {
    this.#disk = disk;
    this.#folder = folder;
    this.#writable = writable;
    this.#segmentBytes = segmentBytes;
  }

  /**
   * Opens all segments, checking every byte: sealed ones against their seal, the last one frame by frame. Returns where
   * the damage starts, if there is any; what follows it is not part of the log until `cutAt` is called.
   */
  static async open(
    disk: Disk,
    folder: string,
    writable: boolean,
    segmentBytes = SEGMENT_BYTES,
  ): Promise<{ segments: Segments; damage: Damage | null }> {
    if (writable) await disk.makeFolder(folder);
    const segments = new Segments(disk, folder, writable, segmentBytes);
    const names = (await disk.list(folder)).filter((name) => /^\d{12}\.entries$/.test(name));
    for (const [i, name] of names.entries()) {
      const path = `${folder}/${name}`;
      const first = Number(name.slice(0, 12));
      if (first !== segments.size()) {
        return {
          segments,
          damage: {
            file: path,
            offset: 0,
            entry: segments.size(),
            why: `entries ${segments.size()} to ${first} have no file`,
            bytes: 0,
          },
        };
      }
      const file = await disk.open(path, writable ? 'write' : 'read');
      const last = i === names.length - 1;
      const damage =
        !last && (await segments.#openSealed(path, file, first)) ? null : await segments.#scan(path, file, first);
      if (damage) return { segments, damage };
      if (!last && writable) await segments.#seal(segments.#segments.at(-1)!);
    }
    return { segments, damage: null };
  }

  /** Takes a sealed segment over if its seal is there and its bytes are the sealed ones. */
  async #openSealed(path: string, file: DiskFile, first: number): Promise<boolean> {
    if ((await this.#disk.size(sealPath(path))) === null) return false;
    let seal: Seal;
    try {
      seal = JSON.parse((await this.#disk.readFile(sealPath(path))).toString()) as Seal;
    } catch {
      return false; // scanned instead
    }
    if (seal.first !== first || (await file.size()) !== seal.bytes) return false;
    let crc = 0;
    for (let at = 0; at < seal.bytes; at += CHUNK_BYTES) {
      crc = crc32(await readAt(file, at, Math.min(CHUNK_BYTES, seal.bytes - at)), crc);
    }
    if (crc !== seal.crc) return false; // the scan names the frame
    this.#segments.push({ path, file, first, count: seal.count, bytes: seal.bytes, crc, bundles: [...seal.bundles] });
    return true;
  }

  /** Reads a segment frame by frame. */
  async #scan(path: string, file: DiskFile, first: number): Promise<Damage | null> {
    const segment: Segment = { path, file, first, count: 0, bytes: 0, crc: 0, bundles: [] };
    this.#segments.push(segment);
    const end = await file.size();
    let chunk: Buffer = Buffer.alloc(0);
    let base = 0;
    while (segment.bytes < end) {
      const index = first + segment.count;
      const frame = readFrame(chunk, segment.bytes - base, index);
      if (frame.kind === 'short' && base + chunk.length < end) {
        base = segment.bytes;
        chunk = await readAt(file, base, Math.min(Math.max(CHUNK_BYTES, frame.needed), end - base));
        continue;
      }
      if (frame.kind !== 'entry') {
        const why = frame.kind === 'short' ? 'the file ends inside it' : frame.why;
        return { file: path, offset: segment.bytes, entry: index, why, bytes: end - segment.bytes };
      }
      const next = base + frame.next;
      segment.crc = crc32(chunk.subarray(segment.bytes - base, frame.next), segment.crc);
      if (segment.count % TILE_WIDTH === 0) segment.bundles.push(segment.bytes);
      segment.count++;
      segment.bytes = next;
    }
    return null;
  }

  size(): number {
    const last = this.#segments.at(-1);
    return last ? last.first + last.count : 0;
  }

  /**
   * Cuts the log at the damage. The cut bytes are kept in `keepIn`, because bytes that were acknowledged may lie behind
   * a damaged frame. Segments behind the damaged one are moved there whole.
   */
  async cutAt(damage: Damage, keepIn: string): Promise<void> {
    await this.#disk.makeFolder(keepIn);
    const segment = this.#segments.at(-1);
    const name = damage.file.slice(damage.file.lastIndexOf('/') + 1);
    for (const other of await this.#disk.list(this.#folder)) {
      if (other > name && other.endsWith('.entries'))
        await this.#disk.rename(`${this.#folder}/${other}`, `${keepIn}/${other}`);
    }
    if (segment?.path !== damage.file) {
      await this.#disk.rename(damage.file, `${keepIn}/${name}`);
    } else {
      const tail = await readAt(segment.file, damage.offset, damage.bytes);
      await replaceFile(this.#disk, `${keepIn}/${name}.from-${damage.offset}`, tail);
      await segment.file.truncate(damage.offset);
      await segment.file.sync();
    }
    await this.#disk.syncFolder(keepIn);
    await this.#disk.syncFolder(this.#folder);
  }

  /**
   * Appends entries and makes them durable: one write and one fdatasync, more only where a segment ends inside the group.
   * `meanwhile` runs while the disk works. After a failed write the segment is as it was; after a failed fsync nobody
   * knows, and the caller must stop writing.
   */
  async append(entries: readonly Uint8Array[], meanwhile: () => void): Promise<void> {
    for (let from = 0; from < entries.length;) {
      const segment = await this.#current();
      const room = segment.bytes >= this.#segmentBytes ? TILE_WIDTH - (segment.count % TILE_WIDTH) : Infinity;
      const to = Math.min(entries.length, from + room);
      await this.#appendTo(segment, entries.slice(from, to), to === entries.length ? meanwhile : () => {});
      from = to;
    }
  }

  async #appendTo(segment: Segment, entries: readonly Uint8Array[], meanwhile: () => void): Promise<void> {
    const total = entries.reduce((sum, entry) => sum + FRAME_HEADER_BYTES + entry.length, 0);
    const buffer = Buffer.allocUnsafe(total);
    const starts: number[] = [];
    let at = 0;
    let index = segment.first + segment.count;
    for (const entry of entries) {
      if (index % TILE_WIDTH === 0) starts.push(segment.bytes + at);
      at = writeFrame(buffer, at, index++, entry);
    }
    try {
      await segment.file.write(buffer, segment.bytes);
    } catch (error) {
      // If this fails as well, the next write goes over the torn bytes, or the next start cuts them.
      await segment.file.truncate(segment.bytes).catch(() => {});
      throw error;
    }
    const synced = segment.file.sync();
    try {
      meanwhile();
      segment.crc = crc32(buffer, segment.crc);
    } finally {
      await synced.catch((error: unknown) => {
        throw new SyncFailed(error);
      });
    }
    segment.bundles.push(...starts);
    segment.count += entries.length;
    segment.bytes += total;
  }

  async #current(): Promise<Segment> {
    const last = this.#segments.at(-1);
    if (last && (last.bytes < this.#segmentBytes || last.count % TILE_WIDTH !== 0)) return last;
    if (last) await this.#seal(last);
    const first = this.size();
    const path = `${this.#folder}/${String(first).padStart(12, '0')}.entries`;
    const file = await this.#disk.open(path, 'write');
    await this.#disk.syncFolder(this.#folder);
    const segment: Segment = { path, file, first, count: 0, bytes: 0, crc: 0, bundles: [] };
    this.#segments.push(segment);
    return segment;
  }

  async #seal({ path, first, count, bytes, crc, bundles }: Segment): Promise<void> {
    if (!this.#writable || (await this.#disk.size(sealPath(path))) !== null) return;
    const seal: Seal = { first, count, bytes, crc, bundles };
    await replaceFile(this.#disk, sealPath(path), Buffer.from(JSON.stringify(seal)));
  }

  /** Entries [from, to), each checked against its checksum. Throws LogError `log.damaged`. */
  async read(from: number, to: number): Promise<Buffer[]> {
    const entries: Buffer[] = [];
    const end = Math.min(to, this.size());
    while (from + entries.length < end) {
      entries.push(...(await this.#readWithin(from + entries.length, end)));
    }
    return entries;
  }

  /** Entries from `from` to the end of its bundle or `to`. */
  async #readWithin(from: number, to: number): Promise<Buffer[]> {
    const segment = this.#segments.findLast((candidate) => candidate.first <= from);
    invariant(segment, 'the entry must have a segment');
    const bundle = Math.floor((from - segment.first) / TILE_WIDTH);
    const start = segment.bundles[bundle];
    invariant(start !== undefined, 'the bundle must have an offset');
    const stop = segment.bundles[bundle + 1] ?? segment.bytes;
    const bytes = await readAt(segment.file, start, stop - start);
    const entries: Buffer[] = [];
    let at = 0;
    const bundleFirst = segment.first + bundle * TILE_WIDTH;
    const last = Math.min(to, bundleFirst + TILE_WIDTH, segment.first + segment.count);
    for (let index = bundleFirst; index < last; index++) {
      const frame = readFrame(bytes, at, index);
      if (frame.kind !== 'entry') {
        const why = frame.kind === 'short' ? 'the file ends inside it' : frame.why;
        throw damaged({ file: segment.path, offset: start + at, entry: index, why, bytes: 0 });
      }
      if (index >= from) entries.push(frame.entry);
      at = frame.next;
    }
    return entries;
  }

  async close(): Promise<void> {
    await Promise.all(this.#segments.map(({ file }) => file.close()));
  }
}

/** An fdatasync that failed: the kernel may have dropped the pages, so the state of the file is unknown until it is read anew. */
export class SyncFailed extends Error {
  constructor(cause: unknown) {
    super('fdatasync failed', { cause });
  }
}

export const damaged = ({ file, offset, entry, why }: Damage): LogError =>
  new LogError(
    'log.damaged',
    `Entry ${entry} is damaged: ${why} (file ${file}, offset ${offset}).`,
    'Restore this file from a backup or a mirror of the log, then run `custody log check`.',
  );

const sealPath = (path: string): string => path.replace(/entries$/, 'seal');

/** Largest group that the caller should append at once, in bytes of entries. */
export const GROUP_BYTES = 8 << 20;
invariant(GROUP_BYTES > MAX_ENTRY_BYTES, 'a group holds at least one entry');
