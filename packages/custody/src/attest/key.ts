/**
 * Keys and what they sign with. The algorithm follows from the verifier's own key and never from what is verified, so
 * that nobody can talk a verifier into a weaker one. ECDSA as Sigstore's registry pairs curves and hashes
 * (https://github.com/sigstore/architecture-docs/blob/main/algorithm-registry.md), Ed25519 by RFC 8032.
 */
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { AttestError } from './attest-error.ts';
import { IN_TOTO_PAYLOAD, preAuthEncoding, type DsseEnvelope } from './dsse.ts';

export type SignatureAlgorithm = 'ecdsa-p256-sha256' | 'ecdsa-p384-sha384' | 'ecdsa-p521-sha512' | 'ed25519';

const CURVES: Readonly<Record<string, SignatureAlgorithm>> = {
  prime256v1: 'ecdsa-p256-sha256',
  secp384r1: 'ecdsa-p384-sha384',
  secp521r1: 'ecdsa-p521-sha512',
};
const HASHES = ['sha256', 'sha384', 'sha512'] as const;

/** The hash that node:crypto is to use with a key; null for Ed25519, which has its own. */
export const hashOf = (algorithm: SignatureAlgorithm): string | null =>
  algorithm === 'ed25519' ? null : (algorithm.split('-')[2] as string);

/** What a key, public or private, signs with. Throws AttestError `key-algorithm`. */
export function algorithmOf(key: KeyObject): SignatureAlgorithm {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'ed25519') return 'ed25519';
  const algorithm = type === 'ec' ? CURVES[details?.namedCurve ?? ''] : undefined;
  if (algorithm === undefined)
    throw new AttestError(
      'key',
      'key-algorithm',
      `a key of the kind ${type === 'ec' ? (details?.namedCurve ?? 'ec') : (type ?? 'secret')} is not used for signatures here`,
      'Use a key on P-256, P-384 or P-521, or Ed25519.',
    );
  return algorithm;
}

/** Reads a public key (SubjectPublicKeyInfo in PEM). Throws AttestError. */
export function parsePublicKey(pem: string | Uint8Array): KeyObject {
  let key: KeyObject;
  const text = typeof pem === 'string' ? pem : Buffer.from(pem).toString();
  // createPublicKey also takes private keys and certificates; whoever hands one over means something else.
  if (!/-----BEGIN PUBLIC KEY-----/.test(text))
    throw new AttestError(
      'key',
      'key-unreadable',
      /PRIVATE KEY/.test(text)
        ? 'a private key was given where a public one is needed'
        : 'the public key is not in PEM ("BEGIN PUBLIC KEY")',
      '`openssl pkey -in KEY.pem -pubout` prints the public key of a private one.',
    );
  try {
    key = createPublicKey(text);
  } catch (error) {
    throw new AttestError(
      'key',
      'key-unreadable',
      `the public key cannot be read: ${(error as Error).message}`,
      'Check that the file is whole.',
    );
  }
  algorithmOf(key);
  return key;
}

/** SHA-256 over the key in PEM, hex: how `model_signing` names a key in a bundle. */
export const keyHint = (key: KeyObject): string =>
  createHash('sha256')
    .update(publicOf(key).export({ type: 'spki', format: 'pem' }))
    .digest('hex');

/** "sha256:<hex>" over the key in DER: how the log, policies and layouts name a key. */
export const keyId = (key: KeyObject): string =>
  `sha256:${createHash('sha256')
    .update(publicOf(key).export({ type: 'spki', format: 'der' }))
    .digest('hex')}`;

export const publicOf = (key: KeyObject): KeyObject => (key.type === 'private' ? createPublicKey(key) : key);

const isSigned = (hash: string | null, bytes: Uint8Array, key: KeyObject, sig: Uint8Array): boolean => {
  try {
    return verify(hash, bytes, key, sig);
  } catch {
    return false; // a signature that is not even DER
  }
};

/** Whether one of the envelope's signatures is by this key over DSSE's encoding of its payload. */
export function isSignedBy({ payloadType, payload, signatures }: DsseEnvelope, key: KeyObject): boolean {
  const signed = preAuthEncoding(payloadType, payload);
  const hash = hashOf(algorithmOf(key));
  return signatures.some(({ sig }) => isSigned(hash, signed, key, sig));
}

/** Throws AttestError, which says what is wrong as far as can be found out: `signature`, `wrong-pae`, `algorithm`. */
export function requireSignature(envelope: DsseEnvelope, key: KeyObject): void {
  if (isSignedBy(envelope, key)) return;
  const algorithm = algorithmOf(key);
  const { payload, payloadType, signatures } = envelope;
  const isOver = (bytes: Uint8Array, hash: string | null) =>
    signatures.some(({ sig }) => isSigned(hash, bytes, key, sig));
  const bare = [payload, preV1Encoding(payloadType, payload)];
  const hashes = algorithm === 'ed25519' ? [null] : HASHES;
  if (hashes.some((hash) => bare.some((bytes) => isOver(bytes, hash))))
    throw new AttestError(
      'signature',
      'wrong-pae',
      "the signature covers the payload without DSSE's encoding (PAE), so the type of what was signed is open",
      'It was made by a program that gets DSSE wrong (model_signing before 1.0 did): have it signed again.',
    );
  const other = hashes.find((hash) => isOver(preAuthEncoding(payloadType, payload), hash));
  if (other !== undefined)
    throw new AttestError(
      'signature',
      'algorithm',
      `the signature is by this key, but with ${other ?? 'another hash'}, where its kind of key signs with ${hashOf(algorithm) ?? algorithm}`,
      'Have it signed again by a program that pairs curve and hash as Sigstore does.',
    );
  throw new AttestError(
    'signature',
    'signature',
    payloadType === IN_TOTO_PAYLOAD
      ? 'the signature is not by this key over this statement'
      : `the signature is not by this key over this payload of the type ${JSON.stringify(payloadType.slice(0, 80))}`,
    'The statement was altered after it was signed, or it was signed with another key.',
  );
}

/** What model_signing before 1.0 signed by mistake: Python's text form of the bytes. */
function preV1Encoding(payloadType: string, payload: Uint8Array): Buffer {
  const text = [...payload]
    .map((byte) => {
      if (byte === 0x5c) return '\\\\';
      if (byte === 0x0a) return '\\n';
      if (byte === 0x0d) return '\\r';
      if (byte === 0x09) return '\\t';
      return byte < 0x20 || byte > 0x7e ? `\\x${byte.toString(16).padStart(2, '0')}` : String.fromCharCode(byte);
    })
    .join('');
  const quoted = text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`;
  return Buffer.from(`DSSEV1 ${payloadType.length} ${payloadType} ${payload.length} b${quoted}`);
}
