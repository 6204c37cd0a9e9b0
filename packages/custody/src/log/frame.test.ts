import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FRAME_HEADER_BYTES, MAX_ENTRY_BYTES, readFrame, writeFrame } from './frame.ts';

const framed = (index: number, entry: Uint8Array): Buffer => {
  const buffer = Buffer.alloc(FRAME_HEADER_BYTES + entry.length);
  writeFrame(buffer, 0, index, entry);
  return buffer;
};
const entries = fc.uint8Array({ minLength: 1, maxLength: 2_000 });

describe('a frame', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(fc.nat(), entries, fc.nat(50), (index, entry, before) => {
        const buffer = Buffer.concat([Buffer.alloc(before, 7), framed(index, entry)]);
        const read = readFrame(buffer, before, index);
        expect(read).toMatchObject({ kind: 'entry', next: buffer.length });
        expect(read.kind === 'entry' && new Uint8Array(read.entry)).toEqual(entry);
      }),
    );
  });

  test('with any bit flipped is never taken for an entry', () => {
    fc.assert(
      fc.property(fc.nat(), entries, fc.nat(), (index, entry, place) => {
        const buffer = framed(index, entry);
        const bit = place % (buffer.length * 8);
        buffer[bit >> 3]! ^= 1 << (bit & 7);
        expect(readFrame(buffer, 0, index).kind).not.toBe('entry');
      }),
      { numRuns: 500 },
    );
  });

  test('in the place of another one is never taken for it', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), entries, (index, other, entry) => {
        fc.pre(index !== other);
        expect(readFrame(framed(index, entry), 0, other).kind).toBe('damaged');
      }),
    );
  });

  test('that is cut anywhere is short, or damaged', () => {
    fc.assert(
      fc.property(fc.nat(), entries, fc.nat(), (index, entry, cut) => {
        const buffer = framed(index, entry);
        expect(readFrame(buffer.subarray(0, cut % buffer.length), 0, index).kind).toBe('short');
      }),
    );
  });

  test('is not in zeros, and not in noise; reading noise never fails and never runs over', () => {
    for (const index of [0, 1, 255, 256, 4_294_967_295])
      expect(readFrame(Buffer.alloc(100), 0, index).kind).toBe('damaged');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(), fc.nat(310), (noise, index, at) => {
        const read = readFrame(Buffer.from(noise), at, index);
        if (read.kind === 'short') expect(read.needed).toBeLessThanOrEqual(FRAME_HEADER_BYTES + MAX_ENTRY_BYTES);
      }),
      { numRuns: 1_000 },
    );
  });
});
