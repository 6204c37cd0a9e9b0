/**
 * Salted commitments: how an entry binds bytes that lie beside the log and can be erased.
 *
 * commitment = SHA-256("custody.payload.v1\n" || salt || payload), with 32 random bytes of salt. Without the salt nobody
 * can test a guess of the payload against the entry, so erasing salt and payload leaves nothing to find out.
 */
import { equalBytes, utf8 } from './bytes.ts';
import { sha256 } from './sha256.ts';

const DOMAIN = utf8('custody.payload.v1\n');

export const SALT_BYTES = 32;

export const commitment = (salt: Uint8Array, payload: Uint8Array): Uint8Array => sha256(DOMAIN, salt, payload);

export const opensCommitment = (expected: Uint8Array, salt: Uint8Array, payload: Uint8Array): boolean =>
  salt.length === SALT_BYTES && equalBytes(expected, commitment(salt, payload));
