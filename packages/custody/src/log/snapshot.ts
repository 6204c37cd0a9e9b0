/**
 * Snapshots of folds: what the log's first `size` entries amount to, so that a restart replays only the tail. A snapshot
 * is a cache: one that is torn, damaged or of another log is passed over, and the replay is longer.
 */
import { crc32 } from 'node:zlib';
import { replaceFile, type Disk } from './disk.ts';

const MAGIC = 'custody.snapshot.v1\n';

/** Header: magic | size (u64 LE) | root (32) | state bytes (u64 LE) | CRC-32 of the state (u32 LE). */
const HEADER_BYTES = MAGIC.length + 8 + 32 + 8 + 4;

export interface Snapshot {
  readonly size: number;
  readonly root: Buffer;
  readonly state: Buffer;
}

export async function writeSnapshot(disk: Disk, path: string, { size, root, state }: Snapshot): Promise<void> {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(MAGIC, 0, 'latin1');
  header.writeBigUInt64LE(BigInt(size), MAGIC.length);
  root.copy(header, MAGIC.length + 8);
  header.writeBigUInt64LE(BigInt(state.length), MAGIC.length + 40);
  header.writeUInt32LE(crc32(state), MAGIC.length + 48);
  await replaceFile(disk, path, Buffer.concat([header, state]));
}

/** Null if there is none, or none that is whole. */
export async function readSnapshot(disk: Disk, path: string): Promise<Snapshot | null> {
  if ((await disk.size(path)) === null) return null;
  const bytes = await disk.readFile(path);
  if (bytes.length < HEADER_BYTES || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return null;
  const state = bytes.subarray(HEADER_BYTES);
  if (bytes.readBigUInt64LE(MAGIC.length + 40) !== BigInt(state.length)) return null;
  if (bytes.readUInt32LE(MAGIC.length + 48) !== crc32(state)) return null;
  return {
    size: Number(bytes.readBigUInt64LE(MAGIC.length)),
    root: bytes.subarray(MAGIC.length + 8, MAGIC.length + 40),
    state,
  };
}
