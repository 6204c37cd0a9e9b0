/** Attestations on their way into the ledger: checked here, so that what the log says of a signature was true when it was said. */
import { createHash, type KeyObject } from 'node:crypto';
import { AttestError } from '../attest/attest-error.ts';
import { bundleOf, type Bundle } from '../attest/bundle.ts';
import type { Certificate } from '../attest/certificate.ts';
import { parseCertificate } from '../attest/certificate.ts';
import { envelopeOf } from '../attest/dsse.ts';
import { isSignedBy, keyId, parsePublicKey, requireSignature } from '../attest/key.ts';
import { checkPredicate } from '../attest/predicate.ts';
import { statementIn, type Statement } from '../attest/statement.ts';
import { isObject } from '../attest/strict-json.ts';
import { verifySigner } from '../attest/trust.ts';
import type { AttestationRecorded, AttestationSigner } from '../event/attestation-event.ts';
import { canonicalJson } from '../event/canonical-json.ts';
import type { Attestation } from '../fold/attestation-table.ts';
import type { Ledger } from './ledger.ts';
import { bindPayload } from './payload.ts';

/** Whom the server trusts: files in the folder `trust` of its data. */
export interface ServerTrust {
  readonly keys: readonly KeyObject[];
  readonly certificates: readonly Certificate[];
  /** Sigstore's trusted root, parsed; null if there is none. */
  readonly trustedRoot: unknown;
}

export interface Submission {
  /** A bundle or a bare envelope, parsed. */
  readonly content: unknown;
  readonly asset: AttestationRecorded['asset'] | null;
  /** PEM. */
  readonly publicKeys: readonly string[];
  /** "ALGORITHM:<hex>" that it must be about; null if that does not matter. */
  readonly subject: string | null;
  readonly by: string;
}

const SUBJECTS_KEPT = 200;
/** An entry has at most 65,535 bytes in all. */
const SUBJECT_CHARACTERS_KEPT = 24_000;
const SIGNERS_KEPT = 32;
const MEDIA = {
  bundle: 'application/vnd.dev.sigstore.bundle.v0.3+json',
  envelope: 'application/vnd.dsse.envelope.v1+json',
};

export class AttestationStore {
  readonly #ledger: Ledger;
  readonly #trust: ServerTrust;
  readonly #now: () => Date;

  constructor(ledger: Ledger, trust: ServerTrust, now: () => Date) {
    this.#ledger = ledger;
    this.#trust = trust;
    this.#now = now;
  }

  /** Checks and records. The same attestation of the same asset again is the same entry. Throws AttestError, LogError. */
  async record({
    content,
    asset,
    publicKeys,
    subject,
    by,
  }: Submission): Promise<{ attestation: Attestation; duplicate: boolean }> {
    const bundle = isObject(content) && content['mediaType'] === undefined ? bareEnvelope(content) : bundleOf(content);
    const keys = [...publicKeys.map(parsePublicKey), ...this.#trust.keys];
    const signers = await this.#signersOf(bundle, keys);
    const statement = statementIn(bundle.envelope);
    checkPredicate(statement);
    const subjects = subjectsOf(statement);
    if (subject !== null && !subjects.includes(subject))
      throw new AttestError(
        'subject',
        'other-subject',
        `the statement is not about ${subject}`,
        'It is valid for what it names, and says nothing of this.',
      );
    const bytes = Buffer.from(canonicalJson(content));
    const id = createHash('sha256').update(bytes).update(canonicalJson(asset)).digest('hex');
    const { index, duplicate } = await this.#ledger.record(
      {
        kind: 'attestation.recorded',
        id: `attestation:${id}`,
        by,
        statement: `sha256:${createHash('sha256').update(bundle.envelope.payload).digest('hex')}`,
        predicateType: statement.predicateType.slice(0, 500),
        subjects: firstOf(subjects),
        subjectCount: statement.subject.length,
        signers,
        ...(asset !== null && asset !== undefined && { asset }),
      },
      bindPayload(bytes, bundle.json === content ? MEDIA.bundle : MEDIA.envelope),
    );
    return { attestation: this.#ledger.state.attestations.at(index) as Attestation, duplicate };
  }

  async #signersOf(bundle: Bundle, keys: readonly KeyObject[]): Promise<AttestationSigner[]> {
    const { material, envelope } = bundle;
    if (material.kind === 'certificates') return [await this.#certified(bundle)];
    const signed = keys.filter(
      (key, i) => isSignedBy(envelope, key) && keys.findIndex((other) => keyId(other) === keyId(key)) === i,
    );
    if (signed.length > 0) return signed.slice(0, SIGNERS_KEPT).map((key) => ({ keyId: keyId(key), how: 'keys' }));
    const [first] = keys;
    if (first === undefined)
      throw new AttestError(
        'key',
        'key-missing',
        'no public key is known for the signature',
        "Send it along (--public-key), or lay it into the server's trust folder.",
      );
    // Says what is wrong with it.
    await verifySigner(bundle, { kind: 'keys', keys });
    throw new AttestError(
      'signature',
      'signature',
      'the signature is by no key that is known',
      'Send the public key along.',
    );
  }

  /** By a trusted root where one vouches for the certificate; else the certificate's key alone. */
  async #certified(bundle: Bundle): Promise<AttestationSigner> {
    const { certificates } = bundle.material as Bundle['material'] & { kind: 'certificates' };
    const leaf = parseCertificate(certificates[0] as Uint8Array);
    const bare: AttestationSigner = { keyId: keyId(leaf.key), how: 'keys' };
    if (bundle.logEntries > 0 && this.#trust.trustedRoot !== null) {
      const { anyIdentity } = await import('../attest/keyless.ts');
      const { identity, issuer } = await anyIdentity(bundle, this.#trust.trustedRoot);
      return { ...bare, how: 'keyless', ...(identity !== null && { identity }), ...(issuer !== null && { issuer }) };
    }
    if (this.#trust.certificates.length > 0) {
      try {
        const { identity, issuer } = await verifySigner(bundle, {
          kind: 'certificates',
          trusted: this.#trust.certificates,
          time: this.#now().getTime(),
          identity: null,
        });
        return {
          ...bare,
          how: 'certificates',
          ...(identity !== null && { identity }),
          ...(issuer !== null && { issuer }),
        };
      } catch (error) {
        if (!(error instanceof AttestError) || error.code !== 'certificate-untrusted') throw error;
      }
    }
    requireSignature(bundle.envelope, leaf.key);
    return bare;
  }

  /** The bundle or envelope of an entry as it was recorded; null if it was erased. */
  async contentOf(entry: number): Promise<{ content: Record<string, unknown>; statement: Statement } | null> {
    const stored = await this.#ledger.log.payload(entry);
    if (stored.state !== 'present') return null;
    const content = JSON.parse(stored.bytes.toString()) as Record<string, unknown>;
    const { envelope } = content['mediaType'] === undefined ? bareEnvelope(content) : bundleOf(content);
    return { content, statement: statementIn(envelope) };
  }
}

function bareEnvelope(content: Record<string, unknown>): Bundle {
  return { envelope: envelopeOf(content), material: { kind: 'key', hint: '' }, logEntries: 0, json: {} };
}

function firstOf(subjects: readonly string[]): string[] {
  let characters = 0;
  return subjects
    .slice(0, SUBJECTS_KEPT)
    .filter((subject) => (characters += subject.length) <= SUBJECT_CHARACTERS_KEPT);
}

const subjectsOf = ({ subject }: Statement): string[] => [
  ...new Set(subject.flatMap(({ digest }) => Object.entries(digest).map(([algorithm, hex]) => `${algorithm}:${hex}`))),
];
