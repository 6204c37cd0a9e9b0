import { createHash } from 'node:crypto';
import { commitment, toHex } from '@custody/verify';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { payloadCommitment } from './payload-commitment.ts';

test('says the same as the verifier', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uint8Array({ maxLength: 500 }), (salt, payload) => {
      const digest = createHash('sha256').update(payload).digest();
      expect(payloadCommitment(salt, digest)).toBe(`sha256:${toHex(commitment(salt, payload))}`);
    }),
  );
});
