/** What the log holds of attestations. */
import type { AssetName, Entry } from './event.ts';

/** Who signed, as far as it was checked when it was recorded. */
export interface AttestationSigner {
  /** "sha256:<hex>" of the public key (SubjectPublicKeyInfo in DER). */
  readonly keyId: string;
  /**
   * `keys`: the signature is by this key, and nothing is said of who holds it. `certificates`, `keyless`: a root that the
   * server trusts vouches for the identity.
   */
  readonly how: 'keys' | 'certificates' | 'keyless';
  /** Name in the certificate: of a person, a service or a workflow. Signing is an act that one answers for by name. */
  readonly identity?: string;
  readonly issuer?: string;
}

/** Somebody signed a statement about artifacts. The envelope, or the bundle around it, is the payload. */
export interface AttestationRecorded extends Entry<'attestation.recorded'> {
  /** "sha256:<hex>" of the signed payload. */
  readonly statement: string;
  readonly predicateType: string;
  /** "ALGORITHM:<hex>" of what it is about, the first 200; names of artifacts are in the payload alone. */
  readonly subjects: readonly string[];
  readonly subjectCount: number;
  readonly signers: readonly AttestationSigner[];
  readonly asset?: AssetName & { readonly kind: 'dataset' | 'job' };
}
