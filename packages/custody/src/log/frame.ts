/**
 * How an entry lies in a segment: length (u32 LE) | checksum (u32 LE) | the entry's bytes.
 *
 * The checksum is CRC-32 as in zlib, seeded with the entry's index: a frame in the wrong place fails as surely as a frame
 * with a flipped bit, and a block of zeros is never a frame. It finds accidents; the Merkle tree finds intent.
 * Why not CRC-32C: decisions/002-crc32.md.
 */
import { crc32 } from 'node:zlib';

export const FRAME_HEADER_BYTES = 8;
/** tlog-tiles length-prefixes entries with 16 bits. */
export const MAX_ENTRY_BYTES = 65_535;

const SEED = 0x43757374;

/** Writes the frame of entry `index` at `at`; returns the offset behind it. */
export function writeFrame(target: Buffer, at: number, index: number, entry: Uint8Array): number {
  target.writeUInt32LE(entry.length, at);
  target.writeUInt32LE(checksum(index, entry), at + 4);
  target.set(entry, at + FRAME_HEADER_BYTES);
  return at + FRAME_HEADER_BYTES + entry.length;
}

export type FrameRead =
  | { readonly kind: 'entry'; readonly entry: Buffer; readonly next: number }
  /** The buffer ends inside the frame. */
  | { readonly kind: 'short'; readonly needed: number }
  | { readonly kind: 'damaged'; readonly why: string };

/** Reads the frame of entry `index` at `at`. The entry is a view into `source`. */
export function readFrame(source: Buffer, at: number, index: number): FrameRead {
  if (at + FRAME_HEADER_BYTES > source.length) return { kind: 'short', needed: FRAME_HEADER_BYTES };
  const length = source.readUInt32LE(at);
  if (length === 0 || length > MAX_ENTRY_BYTES) return { kind: 'damaged', why: `its length says ${length}` };
  const next = at + FRAME_HEADER_BYTES + length;
  if (next > source.length) return { kind: 'short', needed: FRAME_HEADER_BYTES + length };
  const entry = source.subarray(at + FRAME_HEADER_BYTES, next);
  if (source.readUInt32LE(at + 4) !== checksum(index, entry)) return { kind: 'damaged', why: 'its checksum is wrong' };
  return { kind: 'entry', entry, next };
}

const checksum = (index: number, entry: Uint8Array): number => crc32(entry, (SEED ^ index) >>> 0);
