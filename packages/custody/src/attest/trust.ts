/** Whom a verifier trusts, and whether a bundle is signed by them. */
import { X509Certificate, type KeyObject } from 'node:crypto';
import { AttestError } from './attest-error.ts';
import type { Bundle } from './bundle.ts';
import { parseCertificate, verifyChain, type Certificate } from './certificate.ts';
import { isSignedBy, keyHint, keyId, requireSignature } from './key.ts';

export type Trust =
  | { readonly kind: 'keys'; readonly keys: readonly KeyObject[] }
  | {
      readonly kind: 'certificates';
      readonly trusted: readonly Certificate[];
      /** ms: when it was signed as far as that is proved, else now. */
      readonly time: number;
      /** Null takes whoever the roots vouch for. */
      readonly identity: string | null;
    }
  | {
      readonly kind: 'keyless';
      /** Sigstore's trusted root (trusted_root.json), parsed. */
      readonly trustedRoot: unknown;
      readonly identity: string;
      readonly issuer: string;
    };

/** Who signed, as far as it was checked. */
export interface SignedBy {
  readonly how: Trust['kind'];
  /** "sha256:<hex>" of the public key. */
  readonly keyId: string;
  /** Email, URI or name in the certificate; null for bare keys. */
  readonly identity: string | null;
  /** Who vouched: the OIDC issuer, or the root's name; null for bare keys. */
  readonly issuer: string | null;
  /** ms: when a transparency log or a timestamp authority saw it; null where neither did. */
  readonly signedAt: number | null;
}

/** Checks the signature of a bundle. Throws AttestError: one cause. */
export async function verifySigner(bundle: Bundle, trust: Trust): Promise<SignedBy> {
  switch (trust.kind) {
    case 'keys':
      return byKey(bundle, trust.keys);
    case 'certificates':
      return byCertificate(bundle, trust);
    case 'keyless':
      return (await import('./keyless.ts')).byIdentity(bundle, trust);
    default:
      return trust satisfies never;
  }
}

function byKey({ material, envelope }: Bundle, keys: readonly KeyObject[]): SignedBy {
  const [first] = keys;
  if (first === undefined)
    throw new AttestError('key', 'key-missing', 'no public key was given', 'Name one with --public-key.');
  const signed = (key: KeyObject): SignedBy => ({
    how: 'keys',
    keyId: keyId(key),
    identity: null,
    issuer: null,
    signedAt: null,
  });
  if (material.kind === 'certificates') {
    const leaf = parseCertificate(material.certificates[0] as Uint8Array).key;
    if (!keys.some((key) => keyId(key) === keyId(leaf)))
      throw new AttestError(
        'key',
        'key-mismatch',
        'it was signed with a certificate of another key',
        'Verify it with --certificate-chain, or with the public key of that certificate.',
      );
  } else if (
    material.hint !== '' &&
    /^[0-9a-f]{64}$/.test(material.hint) &&
    !keys.some((key) => keyHint(key) === material.hint)
  )
    throw new AttestError(
      'key',
      'key-mismatch',
      `it says to be signed with another key (${material.hint.slice(0, 16)}...) than the one given (${keyHint(first).slice(0, 16)}...)`,
      'Give the public key of whoever should have signed.',
    );
  const signer = keys.find((key) => isSignedBy(envelope, key));
  if (signer === undefined)
    requireSignature(
      envelope,
      (material.kind === 'key' && keys.find((key) => keyHint(key) === material.hint)) || first,
    );
  return signed(signer as KeyObject);
}

function byCertificate({ material, envelope }: Bundle, trust: Trust & { kind: 'certificates' }): SignedBy {
  if (material.kind !== 'certificates')
    throw new AttestError(
      'certificate',
      'certificate-untrusted',
      'it was signed with a bare key, not with a certificate',
      'Verify it with --public-key.',
    );
  const given = material.certificates.map(parseCertificate);
  const { key, identity, root } = verifyChain(given, trust.trusted, trust.time);
  requireIdentity(trust.identity, identitiesOf((given[0] as Certificate).x509));
  requireSignature(envelope, key);
  return { how: 'certificates', keyId: keyId(key), identity, issuer: root, signedAt: null };
}

const identitiesOf = (x509: X509Certificate): string[] => {
  const names = [...(x509.subjectAltName ?? '').matchAll(/(?:email|URI|DNS):(?:"((?:[^"\\]|\\.)*)"|([^,]+))/g)].map(
    (found) => found[1] ?? (found[2] as string),
  );
  const common = /^CN=(.*)$/m.exec(x509.subject)?.[1];
  return common === undefined ? names : [...names, common];
};

function requireIdentity(wanted: string | null, found: readonly string[]): void {
  if (wanted === null || found.includes(wanted)) return;
  throw new AttestError(
    'certificate',
    'identity',
    `it was signed by ${found[0] ?? 'somebody without a name'}, not by ${wanted}`,
    'Ask whoever should have signed.',
  );
}
