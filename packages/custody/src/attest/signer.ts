/** What signs. Keys in a file, in a vault or in somebody's key management service look the same from here: see keys/. */
import type { KeyObject } from 'node:crypto';
import { AttestError } from './attest-error.ts';
import { formatBundle, type Material } from './bundle.ts';
import { preAuthEncoding, type DsseEnvelope } from './dsse.ts';
import { isSignedBy, keyHint } from './key.ts';

export interface Signer {
  readonly publicKey: KeyObject;
  /** DER, the signer's own first; empty where a bare key signs. */
  readonly certificates: readonly Uint8Array[];
  /** ECDSA as DER with the hash that belongs to the curve, or Ed25519. Throws AttestError `signer-unavailable`. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** Signs a payload. Throws AttestError; also if the signer answered with something that is no signature of its key. */
export async function signEnvelope(payloadType: string, payload: Uint8Array, signer: Signer): Promise<DsseEnvelope> {
  const sig = await signer.sign(preAuthEncoding(payloadType, payload));
  const envelope = { payloadType, payload, signatures: [{ sig, keyid: '' }] };
  if (!isSignedBy(envelope, signer.publicKey))
    throw new AttestError(
      'signature',
      'key-mismatch',
      'what the key answered is no signature by its own public key',
      'Check that private key, public key and certificate belong together.',
    );
  return envelope;
}

export const materialOf = ({ publicKey, certificates }: Signer): Material =>
  certificates.length > 0 ? { kind: 'certificates', certificates } : { kind: 'key', hint: keyHint(publicKey) };

/** Signs a payload into a Sigstore bundle, as JSON text. Throws AttestError. */
export async function signBundle(payloadType: string, payload: Uint8Array, signer: Signer): Promise<string> {
  return formatBundle(materialOf(signer), await signEnvelope(payloadType, payload, signer));
}
