/** Binds payload bytes to an entry: the salted commitment of packages/verify commitment.ts, by the fast native hash. */
import { createHash, randomBytes } from 'node:crypto';
import { SALT_BYTES } from '@custody/verify';
import type { PayloadRef } from '../event/event.ts';

export interface BoundPayload {
  readonly ref: PayloadRef;
  readonly salt: Uint8Array;
  readonly bytes: Uint8Array;
}

export function bindPayload(bytes: Uint8Array, media: string, salt: Uint8Array = randomBytes(SALT_BYTES)): BoundPayload {
  const digest = createHash('sha256').update('custody.payload.v1\n').update(salt).update(bytes).digest('hex');
  return { ref: { commitment: `sha256:${digest}`, bytes: bytes.length, media }, salt, bytes };
}
