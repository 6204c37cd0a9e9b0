/** Dead Simple Signing Envelope v1: https://github.com/secure-systems-lab/dsse/blob/master/protocol.md */
import { AttestError } from './attest-error.ts';
import { Shape, type JsonObject } from './strict-json.ts';

export const IN_TOTO_PAYLOAD = 'application/vnd.in-toto+json';

export interface DsseSignature {
  readonly sig: Uint8Array;
  /** What its maker calls the key. A hint only: it is not signed. */
  readonly keyid: string;
}

export interface DsseEnvelope {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly signatures: readonly DsseSignature[];
}

export const ENVELOPE_BYTES_MAX = 64_000_000;
const SIGNATURES_MAX = 64;

/** What is signed: `DSSEv1 LEN TYPE LEN PAYLOAD`, so that a payload cannot be taken for one of another type. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType);
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload]);
}

const shape = new Shape('bundle', 'the DSSE envelope');

/** The envelope in a parsed JSON value. Throws AttestError. */
export function envelopeOf(value: unknown): DsseEnvelope {
  const envelope = shape.object(value, 'dsseEnvelope');
  const payload = shape.base64(envelope['payload'], 'payload');
  if (payload.length === 0) throw shape.wrong('payload', 'anything: it is empty');
  const signatures = shape.array(envelope['signatures'], 'signatures', SIGNATURES_MAX).map((each, i) => {
    const signature = shape.object(each, `signatures[${i}]`);
    const keyid = signature['keyid'];
    return {
      sig: shape.base64(signature['sig'], `signatures[${i}].sig`),
      keyid: keyid === undefined || keyid === null ? '' : shape.string(keyid, `signatures[${i}].keyid`),
    };
  });
  if (signatures.length === 0 || signatures.some(({ sig }) => sig.length === 0))
    throw new AttestError(
      'bundle',
      'no-signature',
      'the DSSE envelope has no signature',
      'Sign it, or get the signed one from its maker.',
    );
  return { payloadType: shape.string(envelope['payloadType'], 'payloadType'), payload, signatures };
}

export const envelopeJson = ({ payloadType, payload, signatures }: DsseEnvelope): JsonObject => ({
  payload: Buffer.from(payload).toString('base64'),
  payloadType,
  signatures: signatures.map(({ sig, keyid }) => ({ sig: Buffer.from(sig).toString('base64'), keyid })),
});
