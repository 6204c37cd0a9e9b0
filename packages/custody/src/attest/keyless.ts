/**
 * Keyless signatures: a certificate that Fulcio issued for an OpenID identity, valid for minutes, and a transparency log
 * or a timestamp authority that saw the signature in that time. Checked by Sigstore's own library.
 */
import { bundleFromJSON } from '@sigstore/bundle';
import { toSignedEntity, toTrustMaterial, VerificationError, PolicyError, Verifier } from '@sigstore/verify';
import { AttestError, type AttestCode, type AttestStep } from './attest-error.ts';
import type { Bundle } from './bundle.ts';
import { parseCertificate } from './certificate.ts';
import { keyId } from './key.ts';
import type { SignedBy, Trust } from './trust.ts';

interface TrustedRootJson {
  readonly timestampAuthorities?: readonly unknown[];
  readonly ctlogs?: readonly unknown[];
}

/** Who signed, whoever it is, as the trusted root vouches for it. Throws AttestError. */
export const anyIdentity = (bundle: Bundle, trustedRoot: unknown): Promise<SignedBy> =>
  byIdentity(bundle, { kind: 'keyless', trustedRoot, identity: null, issuer: null });

/** Throws AttestError: one cause. */
export async function byIdentity(
  { json, material }: Bundle,
  trust: Omit<Trust & { kind: 'keyless' }, 'identity' | 'issuer'> & {
    readonly identity: string | null;
    readonly issuer: string | null;
  },
): Promise<SignedBy> {
  if (material.kind !== 'certificates')
    throw new AttestError(
      'certificate',
      'certificate-untrusted',
      'it was signed with a bare key, not with an identity',
      'Verify it with --public-key.',
    );
  const root = await trustedRoot(trust.trustedRoot);
  try {
    const verifier = new Verifier(root.material, {
      tlogThreshold: 1,
      ctlogThreshold: root.json.ctlogs === undefined || root.json.ctlogs.length === 0 ? 0 : 1,
      tsaThreshold: 0,
    });
    const signer = verifier.verify(toSignedEntity(bundleFromJSON(json)));
    const { identity } = signer;
    const leaf = parseCertificate(material.certificates[0] as Uint8Array);
    const found = identity?.subjectAlternativeName ?? null;
    const issuer = identity?.extensions?.issuer ?? null;
    // Compared here and to the letter: the library's own policy takes the names as regular expressions.
    if ((trust.identity !== null && found !== trust.identity) || (trust.issuer !== null && issuer !== trust.issuer))
      throw new AttestError(
        'certificate',
        'identity',
        `it was signed by ${found ?? 'nobody'}, vouched for by ${issuer ?? 'nobody'}, not by ${trust.identity ?? 'anybody'} and ${trust.issuer ?? 'anybody'}`,
        'Ask whoever should have signed.',
      );
    return { how: 'keyless', keyId: keyId(leaf.key), identity: found, issuer, signedAt: signedAt(json) };
  } catch (error) {
    throw attestError(error);
  }
}

async function trustedRoot(
  value: unknown,
): Promise<{ material: ReturnType<typeof toTrustMaterial>; json: TrustedRootJson }> {
  const { TrustedRoot } = await import('@sigstore/protobuf-specs');
  try {
    // A client's trust configuration (`ClientTrustConfig`) holds the root in a member.
    const { trustedRoot: inner } = value as { trustedRoot?: unknown };
    const json = (inner ?? value) as TrustedRootJson;
    return { material: toTrustMaterial(TrustedRoot.fromJSON(json)), json };
  } catch (error) {
    throw new AttestError(
      'key',
      'key-unreadable',
      `the trusted root cannot be read: ${(error as Error).message}`,
      "Give Sigstore's trusted_root.json.",
    );
  }
}

const signedAt = (json: Bundle['json']): number | null => {
  const entries = (json['verificationMaterial'] as { tlogEntries?: { integratedTime?: string }[] }).tlogEntries;
  const seconds = Number(entries?.[0]?.integratedTime ?? 0);
  return seconds > 0 ? seconds * 1_000 : null;
};

const CODES: Readonly<Record<string, readonly [AttestStep, AttestCode]>> = {
  SIGNATURE_ERROR: ['signature', 'signature'],
  CERTIFICATE_ERROR: ['certificate', 'certificate-untrusted'],
  TIMESTAMP_ERROR: ['log', 'transparency-log'],
  PUBLIC_KEY_ERROR: ['key', 'key-unreadable'],
  UNTRUSTED_SIGNER_ERROR: ['certificate', 'identity'],
};

function attestError(error: unknown): AttestError {
  if (error instanceof AttestError) return error;
  if (error instanceof VerificationError || error instanceof PolicyError) {
    const [step, code] = error.code.startsWith('TLOG')
      ? (['log', 'transparency-log'] as const)
      : (CODES[error.code] ?? (['certificate', 'certificate-untrusted'] as const));
    return new AttestError(
      step,
      code,
      `Sigstore's verifier refuses it: ${error.message}`,
      'Check the trusted root and that the bundle is whole.',
    );
  }
  return new AttestError(
    'bundle',
    'malformed',
    `the bundle is no keyless signature: ${(error as Error).message.slice(0, 200)}`,
    'Get it again from its maker.',
  );
}
