import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toHex } from './bytes.ts';
import { sha256 } from './sha256.ts';

test('agrees with the platform on any bytes in any cuts', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }), (parts) => {
      const expected = createHash('sha256');
      for (const part of parts) expected.update(part);
      expect(toHex(sha256(...parts))).toBe(expected.digest('hex'));
    }),
  );
});

test('agrees at every length around the padding', () => {
  for (let length = 0; length < 200; length++) {
    const bytes = new Uint8Array(length).fill(length);
    expect(toHex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
  }
});
