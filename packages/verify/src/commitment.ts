/**
 * Salted commitments: how an entry binds bytes that lie beside the log and can be erased.
 *
 * commitment = SHA-256("custody.payload.v1\n" || salt || SHA-256(payload)), with 32 random bytes of salt. Without the salt
 * nobody can test a guess of the payload against the entry, so erasing salt and payload leaves nothing to find out. The
 * inner hash is there so that a large payload is read once, for this and for whatever else needs its digest.
 */
import { equalBytes, utf8 } from './bytes.ts';
import { sha256 } from './sha256.ts';

const DOMAIN = utf8('custody.payload.v1\n');

export const SALT_BYTES = 32;

export const commitment = (salt: Uint8Array, payload: Uint8Array): Uint8Array => sha256(DOMAIN, salt, sha256(payload));

export const opensCommitment = (expected: Uint8Array, salt: Uint8Array, payload: Uint8Array): boolean =>
  salt.length === SALT_BYTES && equalBytes(expected, commitment(salt, payload));
