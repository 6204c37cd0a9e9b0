/** Binds payload bytes to an entry: the salted commitment of packages/verify commitment.ts, by the fast native hash. */
import { hash, randomBytes } from 'node:crypto';
import { SALT_BYTES } from '@custody/verify';
import type { PayloadRef } from '../event/event.ts';
import { payloadCommitment } from '../log/payload-commitment.ts';

export interface BoundPayload {
  readonly ref: PayloadRef;
  readonly salt: Uint8Array;
  readonly bytes: Uint8Array;
}

export const payloadDigest = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer');

/** `digest` is `payloadDigest(bytes)`, for callers that have it already. */
export function bindPayload(
  bytes: Uint8Array,
  media: string,
  digest: Uint8Array = payloadDigest(bytes),
  salt: Uint8Array = randomBytes(SALT_BYTES),
): BoundPayload {
  return { ref: { commitment: payloadCommitment(salt, digest), bytes: bytes.length, media }, salt, bytes };
}
