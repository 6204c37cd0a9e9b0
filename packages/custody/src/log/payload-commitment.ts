/** The commitment of packages/verify commitment.ts by the platform's hash; their agreement is tested. */
import { hash } from 'node:crypto';

const DOMAIN = Buffer.from('custody.payload.v1\n');

/** `digest` is the SHA-256 of the payload. Returns "sha256:<hex>". */
export const payloadCommitment = (salt: Uint8Array, digest: Uint8Array): string =>
  `sha256:${hash('sha256', Buffer.concat([DOMAIN, salt, digest]), 'hex')}`;
