/** Reads a file, or a part of one, through a hash. Synchronous: threads of their own call it. */
import { createHash, type Hash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import type { ModelHash } from '../attest/model-manifest.ts';

export interface HashJob {
  readonly index: number;
  readonly path: string;
  readonly hash: ModelHash;
  /** Bytes [start, end); null for the whole file. */
  readonly range: readonly [number, number] | null;
  /** A link is followed. */
  readonly follow: boolean;
}

/** What a file was when it was read: another mark is another file. Times in ms, exact to less than a microsecond. */
export interface FileMark {
  readonly size: number;
  readonly inode: number;
  readonly device: number;
  readonly modified: number;
  readonly changed: number;
}

export interface Hashed {
  readonly hex: string;
  readonly mark: FileMark;
  /** It was written to while it was read. */
  readonly isTorn: boolean;
}

export type HashAnswer = { readonly index: number } & (Hashed | { readonly failed: string });

export interface StreamHash {
  start(): void;
  update(bytes: Uint8Array): void;
  hex(): string;
}

// Fits the second-level cache, so that the hash reads what the copy out of the page cache just wrote.
const BUFFER = Buffer.allocUnsafeSlow(256 * 1024);
const NAME: Readonly<Record<ModelHash, string>> = { sha256: 'sha256', blake2b: 'blake2b512', blake3: 'blake3' };

function nodeHasher(hash: ModelHash): StreamHash {
  let state: Hash;
  return {
    start: () => void (state = createHash(NAME[hash])),
    update: (bytes) => void state.update(bytes),
    hex: () => state.digest('hex'),
  };
}

export const markOf = ({ size, ino, dev, mtimeMs, ctimeMs }: Stats): FileMark => ({
  size,
  inode: ino,
  device: dev,
  modified: mtimeMs,
  changed: ctimeMs,
});

export const isSameMark = (a: FileMark, b: FileMark): boolean =>
  a.size === b.size &&
  a.inode === b.inode &&
  a.device === b.device &&
  a.modified === b.modified &&
  a.changed === b.changed;

/** Throws the file system's errors. */
export function hashRange({ path, hash, range, follow }: HashJob, blake3: StreamHash | null): Hashed {
  const hasher = hash === 'blake3' && blake3 !== null ? blake3 : nodeHasher(hash);
  const handle = openSync(path, constants.O_RDONLY | (follow ? 0 : constants.O_NOFOLLOW) | constants.O_NONBLOCK);
  try {
    const before = fstatSync(handle);
    hasher.start();
    let at = range?.[0] ?? 0;
    const end = range?.[1] ?? Number.POSITIVE_INFINITY;
    while (at < end) {
      const read = readSync(handle, BUFFER, 0, Math.min(BUFFER.length, end - at), at);
      if (read === 0) break;
      hasher.update(read === BUFFER.length ? BUFFER : BUFFER.subarray(0, read));
      at += read;
    }
    const hex = hasher.hex();
    const mark = markOf(before);
    const isTorn = !isSameMark(mark, markOf(fstatSync(handle))) || (range === null ? at !== mark.size : at !== end);
    return { hex, mark, isTorn };
  } finally {
    closeSync(handle);
  }
}
