/**
 * X.509 chains (RFC 5280 section 6, without policies, name constraints and revocation): from the signer's certificate over
 * those it came with to a root that the verifier trusts, at the time of signing.
 *
 * KNOWN GAP: revocation is not looked up; a chain with critical name constraints is refused rather than half checked.
 */
import { X509Certificate, type KeyObject } from 'node:crypto';
import { AttestError, shown, type AttestCode } from './attest-error.ts';
import { derElements, oidOf } from './der.ts';
import { algorithmOf } from './key.ts';

export interface Certificate {
  readonly x509: X509Certificate;
  readonly key: KeyObject;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly extensions: Extensions;
}

interface Extensions {
  readonly isAuthority: boolean;
  /** How many authorities may follow it down to the signer; null where it does not say. */
  readonly pathLength: number | null;
  /** Bits of KeyUsage; null where it has none. */
  readonly keyUsage: { readonly digitalSignature: boolean; readonly keyCertSign: boolean } | null;
  readonly extendedKeyUsage: readonly string[];
  readonly unknownCritical: readonly string[];
}

const OID = {
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
};
const KNOWN: ReadonlySet<string> = new Set(Object.values(OID));
const CODE_SIGNING = '1.3.6.1.5.5.7.3.3';
const DEPTH_MAX = 8;
const CERTIFICATE_BYTES_MAX = 64_000;

const refuse = (code: AttestCode, message: string, remedy: string): AttestError =>
  new AttestError('certificate', code, message, remedy);

/** Reads a certificate in DER. Throws AttestError. */
export function parseCertificate(der: Uint8Array): Certificate {
  if (der.length > CERTIFICATE_BYTES_MAX)
    throw refuse('too-large', `a certificate has ${der.length} bytes`, `At most ${CERTIFICATE_BYTES_MAX} are read.`);
  try {
    const x509 = new X509Certificate(der);
    return {
      x509,
      // Read here, because a key that is broken throws only when it is asked for.
      key: x509.publicKey,
      notBefore: Date.parse(x509.validFrom),
      notAfter: Date.parse(x509.validTo),
      extensions: extensionsOf(x509.raw),
    };
  } catch (error) {
    throw refuse(
      'certificate-unreadable',
      `a certificate cannot be read: ${(error as Error).message}`,
      'Check that the file is whole.',
    );
  }
}

/** All certificates in a PEM text. Throws AttestError. */
export function parseCertificates(pem: string): Certificate[] {
  const blocks = [...pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g)];
  if (blocks.length === 0)
    throw refuse(
      'certificate-unreadable',
      'there is no certificate in the file ("BEGIN CERTIFICATE")',
      'Give certificates in PEM.',
    );
  return blocks.map(([, base64]) => parseCertificate(Buffer.from(base64 as string, 'base64')));
}

function extensionsOf(der: Uint8Array): Extensions {
  const [certificate] = derElements(der);
  const [tbs] = derElements((certificate as { bytes: Uint8Array }).bytes);
  // [3] EXPLICIT Extensions
  const wrapped = derElements((tbs as { bytes: Uint8Array }).bytes).find(({ tag }) => tag === 0xa3);
  const list = wrapped === undefined ? [] : derElements(derElements(wrapped.bytes)[0]?.bytes ?? new Uint8Array());
  let basic: { isAuthority: boolean; pathLength: number | null } = { isAuthority: false, pathLength: null };
  let keyUsage: Extensions['keyUsage'] = null;
  let extendedKeyUsage: string[] = [];
  const unknownCritical: string[] = [];
  for (const { bytes } of list) {
    const parts = derElements(bytes);
    const oid = oidOf(parts[0]?.bytes ?? new Uint8Array());
    const isCritical = parts[1]?.tag === 0x01 && parts[1].bytes[0] === 0xff;
    // Read only where it is known: Fulcio's older extensions hold bare text.
    const value = KNOWN.has(oid) ? derElements(parts.at(-1)?.bytes ?? new Uint8Array())[0] : undefined;
    if (oid === OID.basicConstraints) {
      const [authority, length] = derElements(value?.bytes ?? new Uint8Array());
      basic = {
        isAuthority: authority?.tag === 0x01 && authority.bytes[0] === 0xff,
        pathLength: length?.tag === 0x02 ? (length.bytes.at(-1) ?? 0) : null,
      };
    } else if (oid === OID.keyUsage) {
      const bits = value?.bytes[1] ?? 0;
      keyUsage = { digitalSignature: (bits & 0x80) !== 0, keyCertSign: (bits & 0x04) !== 0 };
    } else if (oid === OID.extendedKeyUsage)
      extendedKeyUsage = derElements(value?.bytes ?? new Uint8Array()).map((each) => oidOf(each.bytes));
    else if (isCritical && oid !== OID.subjectAltName) unknownCritical.push(oid);
  }
  return { ...basic, keyUsage, extendedKeyUsage, unknownCritical };
}

export interface Chain {
  readonly key: KeyObject;
  /** Email, URI or DNS name of the signer, or its common name. */
  readonly identity: string;
  readonly root: string;
}

/**
 * The signer at the end of a trusted chain. `given`: what came with the signature, the signer's first; `trusted`: the
 * verifier's own, of which self-signed ones are roots; `time` (ms): when it was signed, or now. Throws AttestError.
 */
export function verifyChain(given: readonly Certificate[], trusted: readonly Certificate[], time: number): Chain {
  const [leaf, ...others] = given;
  if (leaf === undefined) throw refuse('certificate-unreadable', 'there is no certificate', 'Sign with one.');
  algorithmOf(leaf.key);
  const roots = trusted.filter(({ x509 }) => isSelfSigned(x509));
  const path = [leaf];
  for (;;) {
    const last = path.at(-1) as Certificate;
    const root = roots.find(({ x509 }) => x509.raw.equals(last.x509.raw)) ?? roots.find((each) => isIssuer(each, last));
    if (root !== undefined) {
      if (!root.x509.raw.equals(last.x509.raw)) path.push(root);
      break;
    }
    const next = [...others, ...trusted].find(
      (each) => !path.includes(each) && !isSelfSigned(each.x509) && isIssuer(each, last),
    );
    if (next === undefined || path.length >= DEPTH_MAX)
      throw refuse(
        'certificate-untrusted',
        `"${subjectOf(last)}" is not issued by a trusted certificate`,
        roots.length === 0
          ? 'Name the roots you trust with --certificate-chain ROOT.pem.'
          : 'Check who signed; if you trust them, name their root with --certificate-chain.',
      );
    path.push(next);
  }
  path.forEach((certificate, i) => requireFit(certificate, i, time));
  if (path.length === 1)
    throw refuse(
      'certificate-untrusted',
      'the signer is its own root: nobody vouches for it',
      'Sign with a certificate that the root issued.',
    );
  return { key: leaf.key, identity: identityOf(leaf.x509), root: subjectOf(path.at(-1) as Certificate) };
}

const isSelfSigned = (x509: X509Certificate): boolean => x509.checkIssued(x509) && x509.verify(x509.publicKey);

function isIssuer(issuer: Certificate, subject: Certificate): boolean {
  try {
    return subject.x509.checkIssued(issuer.x509) && subject.x509.verify(issuer.x509.publicKey);
  } catch {
    return false;
  }
}

/** `depth`: 0 is the signer, 1 who issued it, and so on. */
function requireFit(certificate: Certificate, depth: number, time: number): void {
  const { notBefore, notAfter, extensions } = certificate;
  const name = `"${subjectOf(certificate)}"`;
  const day = (ms: number) => new Date(ms).toISOString();
  if (!(time >= notBefore))
    throw refuse(
      'certificate-not-yet-valid',
      `${name} is valid from ${day(notBefore)} on, and the time is ${day(time)}`,
      'Check the clock; a signature from before its certificate is none.',
    );
  if (!(time <= notAfter))
    throw refuse(
      'certificate-expired',
      `${name} was valid until ${day(notAfter)}, and the time is ${day(time)}`,
      'If it was signed while the certificate was valid, a record in the log proves it (--recorded), or name a time that you trust with --at.',
    );
  if (extensions.unknownCritical.length > 0)
    throw refuse(
      'certificate-usage',
      `${name} has a critical extension that is not known here: ${extensions.unknownCritical[0] as string}`,
      'It may forbid this use, so it is refused.',
    );
  if (depth === 0) {
    const { keyUsage, extendedKeyUsage } = extensions;
    // As model_signing: a key for signatures, or else a certificate for signing code.
    if (keyUsage?.digitalSignature !== true && !extendedKeyUsage.includes(CODE_SIGNING))
      throw refuse(
        'certificate-usage',
        `${name} may not be used for signatures`,
        'Sign with a certificate that has the key usage digitalSignature.',
      );
    return;
  }
  if (!extensions.isAuthority || (extensions.keyUsage !== null && !extensions.keyUsage.keyCertSign))
    throw refuse(
      'certificate-usage',
      `${name} issued a certificate and is no authority`,
      'Do not trust the signature.',
    );
  if (extensions.pathLength !== null && depth - 1 > extensions.pathLength)
    throw refuse(
      'certificate-usage',
      `${name} allows ${extensions.pathLength} authorities below it, and there are ${depth - 1}`,
      'Do not trust the signature.',
    );
}

const subjectOf = ({ x509 }: Certificate): string => shown(x509.subject.replaceAll('\n', ', '));

/** First name of the kinds email, URI, DNS in the certificate; else its subject's common name. */
export function identityOf(x509: X509Certificate): string {
  const names = x509.subjectAltName ?? '';
  const found = /(?:email|URI|DNS):(?:"((?:[^"\\]|\\.)*)"|([^,]+))/.exec(names);
  if (found !== null) return shown(found[1] ?? (found[2] as string));
  return shown(/^CN=(.*)$/m.exec(x509.subject)?.[1] ?? x509.subject);
}
