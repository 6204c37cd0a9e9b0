/** Why something signed is refused: one cause, the step that found it, and the file it concerns. */

/** What verification does, in order. */
export type AttestStep =
  | 'bundle' // the bundle or envelope is read
  | 'key' // keys are read
  | 'certificate' // the chain leads to a trusted root at the time of signing
  | 'signature'
  | 'log' // transparency logs, and Custody's own
  | 'statement' // the signed payload is read
  | 'predicate'
  | 'subject' // the statement is about what lies here
  | 'manifest' // the signed list of files is sound
  | 'folder' // what lies here can be listed
  | 'contents' // what lies here is what was signed
  | 'layout'; // the steps of a pipeline hang together

/** Every refusal; docs/signing.md lists them. */
export const ATTEST_CODES = [
  'too-large',
  'not-json',
  'duplicate-key',
  'malformed',
  'bundle-version',
  'payload-type',
  'no-signature',
  'key-unreadable',
  'key-algorithm',
  'key-mismatch',
  'key-missing',
  'wrong-pae',
  'algorithm',
  'signature',
  'certificate-unreadable',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-untrusted',
  'certificate-usage',
  'identity',
  'transparency-log',
  'statement-type',
  'predicate-type',
  'predicate',
  'other-subject',
  'root-digest',
  'digest-algorithm',
  'path-traversal',
  'duplicate-name',
  'case-collision',
  'look-alike',
  'name-encoding',
  'symlink',
  'special-file',
  'unreadable',
  'changed-meanwhile',
  'altered',
  'renamed',
  'removed',
  'added',
  'mode-changed',
  'type-changed',
  'link-changed',
  'other-artifact',
  'tree-digest',
  'not-recorded',
  'layout-expired',
  'step-missing',
  'step-signer',
  'step-rule',
  'step-mismatch',
  'signer-unavailable',
] as const;
export type AttestCode = (typeof ATTEST_CODES)[number];

export interface AttestCause {
  readonly step: AttestStep;
  readonly code: AttestCode;
  readonly message: string;
  readonly remedy: string;
  /** Path within the folder, name of a subject, or name of a step; null where the cause is of none. */
  readonly file: string | null;
}

export class AttestError extends Error {
  readonly refusal: AttestCause;

  constructor(step: AttestStep, code: AttestCode, message: string, remedy: string, file: string | null = null) {
    super(message);
    this.name = 'AttestError';
    this.refusal = { step, code, message, remedy, file };
  }

  get code(): AttestCode {
    return this.refusal.code;
  }
}

const SHOWN = 120;

/** A name from somebody else, fit to print: control and direction characters escaped, cut where it is long. */
export function shown(name: string): string {
  const cut = name.length > SHOWN ? `${name.slice(0, SHOWN)}...` : name;
  return cut.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu,
    (char) => `\\u{${(char.codePointAt(0) as number).toString(16)}}`,
  );
}
