/** Sealed rows: what was sealed comes back, and nothing else does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Sealer, SealError, unsealed } from './seal.ts';

const KEY = Buffer.alloc(32, 5);

function sealed(parts: readonly Uint8Array[]): Buffer {
  const sealer = new Sealer(KEY);
  return Buffer.concat([...parts.map((part) => sealer.seal(part, false)), sealer.seal(new Uint8Array(0), true)]);
}

async function opened(bytes: Uint8Array, cuts: readonly number[] = [], key: Uint8Array = KEY): Promise<Buffer> {
  const points = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let i = 1; i < points.length; i++) yield bytes.subarray(points[i - 1], points[i]);
  }
  const parts: Buffer[] = [];
  for await (const part of unsealed(chunks(), key)) parts.push(part);
  return Buffer.concat(parts);
}

test('comes back, cut anywhere', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 4 }),
      fc.array(fc.nat(400), { maxLength: 5 }),
      async (parts, cuts) => {
        expect(await opened(sealed(parts), cuts)).toEqual(Buffer.concat(parts));
      },
    ),
    { numRuns: 100 },
  );
});

test('one flipped bit, one missing byte, another key, frames in another order: refused', async () => {
  const bytes = sealed([Buffer.from('first row'), Buffer.from('other row')]);
  for (let at = 0; at < bytes.length; at++) {
    const flipped = Buffer.from(bytes);
    flipped[at]! ^= 1 << (at % 8);
    await expect(opened(flipped), `byte ${at}`).rejects.toThrow(SealError);
    await expect(opened(bytes.subarray(0, at)), `cut at ${at}`).rejects.toThrow(SealError);
  }
  await expect(opened(bytes, [], Buffer.alloc(32, 6))).rejects.toThrow(SealError);
  await expect(opened(Buffer.concat([bytes, Buffer.from([0])]))).rejects.toThrow(SealError);
  const [start, frame] = [5, 4 + 9 + 16];
  const swapped = Buffer.concat([
    bytes.subarray(0, start),
    bytes.subarray(start + frame, start + 2 * frame),
    bytes.subarray(start, start + frame),
    bytes.subarray(start + 2 * frame),
  ]);
  await expect(opened(swapped)).rejects.toThrow(SealError);
});

test('noise is refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (noise) => {
      await expect(opened(Buffer.concat([Buffer.from('CSQ1\n'), noise]))).rejects.toThrow(SealError);
    }),
    { numRuns: 200 },
  );
});
