/**
 * The Merkle tree of the log, kept as tlog-tiles: each level's hashes in tiles of 256, full tiles in one file a level,
 * the unfinished right edge in memory. Everything here can be rebuilt from the entries, so nothing here is ever fsynced;
 * what a crash may have spoilt is found because every proof is checked against the root before it leaves.
 */
import { hash } from 'node:crypto';
import { emptyRoot } from '@custody/verify';
import { invariant } from '../event/invariant.ts';
import type { Disk, DiskFile } from './disk.ts';
import { TILE_WIDTH } from './tile-path.ts';

const HASH_BYTES = 32;
const TILE_BYTES = TILE_WIDTH * HASH_BYTES;
const CACHED_TILES = 512;
/** 256^7 > 2^53 */
const MAX_LEVELS = 7;

const scratch = Buffer.alloc(1 + 2 * HASH_BYTES);
scratch[0] = 1;

/** Hashes the two adjacent hashes at `from` of `source` into `target` at `at`. A latin1 string is the fastest way out of `hash()`. */
function hashPair(source: Buffer, from: number, target: Buffer, at: number): void {
  source.copy(scratch, 1, from, from + 2 * HASH_BYTES);
  target.write(hash('sha256', scratch, 'binary'), at, HASH_BYTES, 'latin1');
}

/** An entry behind the 0x00 of RFC 9162 2.1.1; entries have at most 65,535 bytes. */
const prefixed = Buffer.alloc(1 + 65_535);

/** RFC 9162 2.1.1 leaf hash, written into `target`. */
export function writeLeafHash(entry: Uint8Array, target: Buffer, at: number): void {
  prefixed.set(entry, 1);
  target.write(hash('sha256', prefixed.subarray(0, 1 + entry.length), 'binary'), at, HASH_BYTES, 'latin1');
}

/** Merkle tree hash over `count` hashes in `hashes`, of which only the last may stand for an unfinished subtree. */
function treeHash(hashes: Buffer, count: number): Buffer {
  const level = Buffer.from(hashes.subarray(0, count * HASH_BYTES));
  let width = count;
  while (width > 1) {
    const pairs = width >> 1;
    for (let i = 0; i < pairs; i++) hashPair(level, i * 2 * HASH_BYTES, level, i * HASH_BYTES);
    // An odd one moves up unchanged: that is where RFC 9162's split at the largest power of two puts it.
    if (width % 2 === 1) level.copy(level, pairs * HASH_BYTES, (width - 1) * HASH_BYTES, width * HASH_BYTES);
    width = pairs + (width % 2);
  }
  return level.subarray(0, HASH_BYTES);
}

interface Level {
  readonly file: DiskFile;
  /** Full tiles, in the file or still on their way to it. */
  full: number;
  /** Hashes behind the last full tile. */
  readonly edge: Buffer;
  edgeWidth: number;
}

export class HashTiles {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #levels: Level[] = [];
  readonly #unwritten = new Map<string, { level: number; index: number; bytes: Buffer }>();
  readonly #cache = new Map<string, Buffer>();
  readonly #writable: boolean;
  #size = 0;
  #writing: Promise<void> | null = null;

  private constructor(disk: Disk, folder: string, writable: boolean) {
    this.#disk = disk;
    this.#folder = folder;
    this.#writable = writable;
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Opens the tiles of a log of `size` entries. Full tiles below `trusted` entries are taken from the files, the rest is
   * hashed anew from `entries(from, to)`. Read-only opening writes nothing and keeps new tiles in memory.
   */
  static async open(
    disk: Disk,
    folder: string,
    size: number,
    trusted: number,
    entries: (from: number, to: number) => Promise<readonly Uint8Array[]>,
    writable = true,
  ): Promise<HashTiles> {
    if (writable) await disk.makeFolder(folder);
    const tiles = new HashTiles(disk, folder, writable);
    await tiles.#load(Math.min(size, trusted));
    while (tiles.#size < size) {
      const to = Math.min(size, (Math.floor(tiles.#size / TILE_WIDTH) + 1) * TILE_WIDTH);
      const batch = await entries(tiles.#size, to);
      invariant(batch.length === to - tiles.#size, 'entries to hash must exist');
      const hashes = Buffer.alloc(batch.length * HASH_BYTES);
      batch.forEach((entry, i) => writeLeafHash(entry, hashes, i * HASH_BYTES));
      tiles.append(hashes);
      if (tiles.#unwritten.size > 64) await tiles.flush();
    }
    await tiles.flush();
    return tiles;
  }

  /** Takes over what the files hold of full level-0 tiles below `trusted`; upper edges are recomputed from the level below. */
  async #load(trusted: number): Promise<void> {
    let expected = Math.floor(trusted / TILE_WIDTH);
    for (let level = 0; level < MAX_LEVELS; level++) {
      const path = `${this.#folder}/${level}`;
      const bytes = (await this.#disk.size(path)) ?? 0;
      const has = Math.min(expected, Math.floor(bytes / TILE_BYTES));
      if (level === 0) expected = has;
      else if (has < expected) break;
      if (expected === 0 && level > 0) break;
      const entry = this.#levels[level] ?? this.#newLevel(level);
      entry.full = level === 0 ? expected : has;
      if (level === 0) this.#size = expected * TILE_WIDTH;
      expected = Math.floor(expected / TILE_WIDTH);
    }
    // Upper levels: hash the tiles below that are not yet part of a full tile above.
    for (let level = 0; level < this.#levels.length; level++) {
      const below = this.#levels[level]!;
      if (below.full === 0) break;
      const above = this.#levels[level + 1] ?? this.#newLevel(level + 1);
      above.full = Math.min(above.full, Math.floor(below.full / TILE_WIDTH));
      // Placed without passing finished tiles on: the next turn of the loop does that.
      for (let index = above.full * TILE_WIDTH; index < below.full; index++) {
        this.#place(level + 1, treeHash(await this.#fullTile(level, index), TILE_WIDTH));
      }
    }
  }

  /** Adds leaf hashes (32 bytes each). Synchronous: the tree never lags behind the entries. */
  append(leafHashes: Buffer): void {
    for (let at = 0; at < leafHashes.length; at += HASH_BYTES) this.#push(0, leafHashes.subarray(at, at + HASH_BYTES));
    this.#size += leafHashes.length / HASH_BYTES;
    if (this.#writable) void this.flush().catch(() => {}); // kept in memory and tried again with the next tile
  }

  #push(level: number, hashBytes: Buffer): void {
    const finished = this.#place(level, hashBytes);
    if (finished) this.#push(level + 1, treeHash(finished, TILE_WIDTH));
  }

  /** Puts a hash at the right edge of a level; returns the tile if that finished one. */
  #place(level: number, hashBytes: Buffer): Buffer | null {
    const at = this.#levels[level] ?? this.#newLevel(level);
    hashBytes.copy(at.edge, at.edgeWidth * HASH_BYTES);
    at.edgeWidth++;
    if (at.edgeWidth < TILE_WIDTH) return null;
    const bytes = Buffer.from(at.edge);
    this.#unwritten.set(`${level}/${at.full}`, { level, index: at.full, bytes });
    at.full++;
    at.edgeWidth = 0;
    return bytes;
  }

  #newLevel(level: number): Level {
    invariant(level === this.#levels.length, 'levels grow one at a time');
    const path = `${this.#folder}/${level}`;
    const file = lazily(path, () => this.#disk.open(path, this.#writable ? 'write' : 'read'));
    const fresh = { file, full: 0, edge: Buffer.alloc(TILE_BYTES), edgeWidth: 0 };
    this.#levels.push(fresh);
    return fresh;
  }

  /** Writes finished tiles out. A failure leaves them in memory; the next call tries again. */
  flush(): Promise<void> {
    if (!this.#writable || this.#unwritten.size === 0) return Promise.resolve();
    this.#writing ??= this.#writeOut().finally(() => (this.#writing = null));
    return this.#writing;
  }

  async #writeOut(): Promise<void> {
    for (const [key, { level, index, bytes }] of this.#unwritten) {
      await this.#levels[level]!.file.write(bytes, index * TILE_BYTES);
      this.#unwritten.delete(key);
    }
  }

  async #fullTile(level: number, index: number): Promise<Buffer> {
    const key = `${level}/${index}`;
    const ready = this.#unwritten.get(key)?.bytes ?? this.#cache.get(key);
    if (ready) return ready;
    const bytes = Buffer.alloc(TILE_BYTES);
    const read = await this.#levels[level]!.file.read(bytes, index * TILE_BYTES);
    invariant(read === TILE_BYTES, `tile ${key} must be in its file`);
    if (this.#cache.size >= CACHED_TILES) this.#cache.delete(this.#cache.keys().next().value!);
    this.#cache.set(key, bytes);
    return bytes;
  }

  /** The first `width` hashes of a tile, or null if the tree does not have them. */
  async tile(level: number, index: number, width: number): Promise<Buffer | null> {
    const at = this.#levels[level];
    if (!at || width < 1) return null;
    if (index < at.full) return (await this.#fullTile(level, index)).subarray(0, width * HASH_BYTES);
    if (index > at.full || width > at.edgeWidth) return null;
    return Buffer.from(at.edge.subarray(0, width * HASH_BYTES));
  }

  /** Merkle tree hash of the first `size` leaves. */
  async root(size: number): Promise<Buffer> {
    if (size === 0) return Buffer.from(emptyRoot());
    let rest: Buffer | null = null;
    for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / TILE_WIDTH)) {
      const width = hashes % TILE_WIDTH;
      if (width === 0 && !rest) continue;
      const parts: Buffer[] = width > 0 ? [await this.#part(level, Math.floor(hashes / TILE_WIDTH), width)] : [];
      if (rest) parts.push(rest);
      rest = treeHash(Buffer.concat(parts), width + (rest ? 1 : 0));
    }
    invariant(rest, 'a tree that is not empty has a root');
    return rest;
  }

  /** Root of all leaves, without touching the disk. */
  rootNow(): Buffer {
    if (this.#size === 0) return Buffer.from(emptyRoot());
    let rest: Buffer | null = null;
    for (const { edge, edgeWidth } of this.#levels) {
      if (edgeWidth === 0 && !rest) continue;
      const hashes: Buffer = rest ? Buffer.concat([edge.subarray(0, edgeWidth * HASH_BYTES), rest]) : edge;
      rest = treeHash(hashes, edgeWidth + (rest ? 1 : 0));
    }
    invariant(rest, 'a tree that is not empty has a root');
    return rest;
  }

  async #part(level: number, index: number, width: number): Promise<Buffer> {
    const part = await this.tile(level, index, width);
    invariant(part, `tile ${level}/${index} must be ${width} wide`);
    return part;
  }

  /** Siblings of leaf `index` in the tree of `size` leaves, from the leaf up (RFC 9162 2.1.3.1). */
  async inclusionPath(index: number, size: number): Promise<Buffer[]> {
    const path: Buffer[] = [];
    let from = 0;
    let to = size;
    while (to - from > 1) {
      const middle = from + splitOf(to - from);
      if (index < middle) {
        path.push(await this.#range(middle, to));
        to = middle;
      } else {
        path.push(await this.#range(from, middle));
        from = middle;
      }
    }
    return path.reverse();
  }

  /** Proof that the tree of `to` leaves extends the one of `from` leaves (RFC 9162 2.1.4.1). */
  async consistencyPath(from: number, to: number): Promise<Buffer[]> {
    if (from === 0 || from === to) return [];
    const path: Buffer[] = [];
    let start = 0;
    let end = to;
    let whole = true;
    while (from !== end) {
      const middle = start + splitOf(end - start);
      if (from <= middle) {
        path.push(await this.#range(middle, end));
        end = middle;
      } else {
        path.push(await this.#range(start, middle));
        start = middle;
        whole = false;
      }
    }
    if (!whole) path.push(await this.#range(start, end));
    return path.reverse();
  }

  /** Merkle tree hash of leaves [from, to), where `from` is aligned as RFC 9162's splits make it. */
  async #range(from: number, to: number): Promise<Buffer> {
    const width = to - from;
    const split = splitOf(width);
    if (width > 1 && split * 2 !== width)
      return pair(await this.#range(from, from + split), await this.#range(from + split, to));
    // A whole subtree of height h lies in one tile of level floor(h / 8).
    let level = 0;
    let span = 1;
    while (span * TILE_WIDTH <= width) {
      span *= TILE_WIDTH;
      level++;
    }
    const first = from / span;
    const count = width / span;
    const tile = await this.#part(level, Math.floor(first / TILE_WIDTH), (first % TILE_WIDTH) + count);
    return Buffer.from(treeHash(tile.subarray((first % TILE_WIDTH) * HASH_BYTES), count));
  }

  /** Leaf hash of one entry. */
  async leaf(index: number): Promise<Buffer> {
    const tile = await this.#part(0, Math.floor(index / TILE_WIDTH), (index % TILE_WIDTH) + 1);
    return Buffer.from(tile.subarray((index % TILE_WIDTH) * HASH_BYTES));
  }

  async close(): Promise<void> {
    await this.flush().catch(() => {}); // rebuilt from the entries at the next start
    await Promise.all(this.#levels.map(({ file }) => file.close()));
  }
}

/** Largest power of two below `n` (n > 1); 1 for n = 1. By doubling, because `>>` cuts to 32 bits. */
function splitOf(n: number): number {
  let split = 1;
  while (split * 2 < n) split *= 2;
  return split;
}

function pair(left: Buffer, right: Buffer): Buffer {
  const target = Buffer.alloc(HASH_BYTES);
  hashPair(Buffer.concat([left, right]), 0, target, 0);
  return target;
}

/** A level file that is opened when its first tile is read or written: most logs never fill a tile of level 2. */
function lazily(path: string, open: () => Promise<DiskFile>): DiskFile {
  let opened: Promise<DiskFile> | null = null;
  const file = () => {
    opened ??= open().catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
  return {
    path,
    read: async (buffer, position) => (await file()).read(buffer, position),
    write: async (buffer, position) => (await file()).write(buffer, position),
    sync: async () => (await file()).sync(),
    truncate: async (bytes) => (await file()).truncate(bytes),
    size: async () => (await file()).size(),
    close: async () => {
      if (opened) await (await opened).close();
    },
  };
}
