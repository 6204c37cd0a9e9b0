/**
 * Sigstore bundles with a DSSE envelope: https://docs.sigstore.dev/about/bundle/. Written as v0.3; v0.1 and v0.2, which
 * hold a certificate in another member, are read too. What a transparency log said is kept as it is, for the verifier of
 * keyless signatures.
 */
import { AttestError } from './attest-error.ts';
import { ENVELOPE_BYTES_MAX, envelopeJson, envelopeOf, type DsseEnvelope } from './dsse.ts';
import { isObject, parseStrictJson, Shape, type JsonObject } from './strict-json.ts';

export const BUNDLE_MEDIA = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const MEDIA = /^application\/vnd\.dev\.sigstore\.bundle(?:\.v0\.[3]\+json|\+json;version=0\.[123])$/;
const CERTIFICATES_MAX = 16;

export type Material =
  | { readonly kind: 'key'; /** SHA-256 of the public key in PEM, hex; empty in old bundles. */ readonly hint: string }
  /** DER, the signer's first. */
  | { readonly kind: 'certificates'; readonly certificates: readonly Uint8Array[] };

export interface Bundle {
  readonly material: Material;
  readonly envelope: DsseEnvelope;
  /** How many entries of a transparency log it carries. */
  readonly logEntries: number;
  /** The bundle as it was read, for libraries that read it themselves. */
  readonly json: JsonObject;
}

const shape = new Shape('bundle', 'the bundle');

/** Reads a bundle. Throws AttestError. */
export function parseBundle(bytes: Uint8Array, maxBytes = ENVELOPE_BYTES_MAX): Bundle {
  return bundleOf(parseStrictJson(bytes, 'bundle', 'the bundle', maxBytes));
}

/** As `parseBundle`, of a parsed JSON value. Throws AttestError. */
export function bundleOf(value: unknown): Bundle {
  const json = shape.object(value, 'it');
  const media = shape.string(json['mediaType'], 'mediaType');
  if (!MEDIA.test(media))
    throw new AttestError(
      'bundle',
      'bundle-version',
      `the bundle is of the type ${JSON.stringify(media.slice(0, 100))}`,
      `What is read is ${BUNDLE_MEDIA}, and the versions 0.1 and 0.2 before it.`,
    );
  if (json['messageSignature'] !== undefined)
    throw shape.wrong('messageSignature', 'an attestation: a DSSE envelope is needed');
  const material = shape.object(json['verificationMaterial'], 'verificationMaterial');
  const logs = material['tlogEntries'];
  return {
    json,
    material: materialOf(material),
    envelope: envelopeOf(json['dsseEnvelope']),
    logEntries: logs === undefined || logs === null ? 0 : shape.array(logs, 'tlogEntries', 16).length,
  };
}

function materialOf(material: JsonObject): Material {
  const members = ['publicKey', 'x509CertificateChain', 'certificate'].filter((name) => isObject(material[name]));
  if (members.length !== 1)
    throw shape.wrong('verificationMaterial', 'one of publicKey, certificate and x509CertificateChain');
  if (members[0] === 'publicKey') {
    const { hint } = material['publicKey'] as JsonObject;
    return { kind: 'key', hint: hint === undefined || hint === null ? '' : shape.string(hint, 'publicKey.hint') };
  }
  const chain =
    members[0] === 'certificate'
      ? [material['certificate']]
      : shape.array((material['x509CertificateChain'] as JsonObject)['certificates'], 'certificates', CERTIFICATES_MAX);
  if (chain.length === 0) throw shape.wrong('certificates', 'a list with a certificate');
  return {
    kind: 'certificates',
    certificates: chain.map((each, i) =>
      shape.base64(shape.object(each, `certificates[${i}]`)['rawBytes'], 'rawBytes'),
    ),
  };
}

/** A bundle without entries of a transparency log, as JSON text. */
export function formatBundle(material: Material, envelope: DsseEnvelope): string {
  return JSON.stringify({
    mediaType: BUNDLE_MEDIA,
    verificationMaterial: {
      ...(material.kind === 'key'
        ? { publicKey: { hint: material.hint } }
        : {
            x509CertificateChain: {
              certificates: material.certificates.map((der) => ({ rawBytes: Buffer.from(der).toString('base64') })),
            },
          }),
      tlogEntries: [],
    },
    dsseEnvelope: envelopeJson(envelope),
  });
}
