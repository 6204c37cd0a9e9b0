/**
 * Signed notes and checkpoints: C2SP signed-note and tlog-checkpoint, with Ed25519 (algorithm byte 0x01).
 * Verification uses WebCrypto, which Node 20 and current browsers have on secure origins and on file:// pages.
 */
import { fromBase64, fromUtf8, toBase64, utf8 } from './bytes.ts';
import { sha256 } from './sha256.ts';
import { VerifyError } from './verify-error.ts';

const ED25519 = 0x01;

/** A public key in the text form `name+hash+base64`, taken apart. */
export interface VerifierKey {
  readonly name: string;
  /** First four bytes of SHA-256(name || "\n" || algorithm || key), as 8 hex digits. */
  readonly id: string;
  readonly publicKey: Uint8Array;
  readonly text: string;
}

export interface NoteSignature {
  readonly name: string;
  readonly id: string;
  readonly signature: Uint8Array;
}

export interface SignedNote {
  /** The signed text, with its closing newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** The head of a log: how many entries, and the root that binds them. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly extensions: readonly string[];
}

/** A key name is not empty and holds neither Unicode spaces nor a plus sign (signed-note). */
const isKeyName = (name: string): boolean => name !== '' && !/[\p{White_Space}+]/u.test(name);

export function keyId(name: string, publicKey: Uint8Array): string {
  const hash = sha256(utf8(`${name}\n`), Uint8Array.of(ED25519), publicKey);
  return Array.from(hash.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Text form of a public key: `name+id+base64(0x01 || key)`. `publicKey` is the 32 raw bytes. */
export function formatVerifierKey(name: string, publicKey: Uint8Array): string {
  return `${name}+${keyId(name, publicKey)}+${toBase64(Uint8Array.of(ED25519, ...publicKey))}`;
}

/** Reads a key in text form. Throws VerifyError `key.malformed`, also when the id does not belong to the key. */
export function parseVerifierKey(text: string): VerifierKey {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim());
  const bytes = match ? fromBase64(match[3]!) : null;
  if (!match || !bytes || !isKeyName(match[1]!)) {
    throw new VerifyError(
      'key.malformed',
      'The key is not of the form name+id+base64.',
      'Copy the whole line, as the log prints it.',
    );
  }
  if (bytes[0] !== ED25519 || bytes.length !== 33) {
    throw new VerifyError('key.malformed', 'The key is not an Ed25519 key.', 'Ask the log for its Ed25519 key.');
  }
  const name = match[1]!;
  const publicKey = bytes.subarray(1);
  const id = keyId(name, publicKey);
  if (id !== match[2]) {
    throw new VerifyError(
      'key.malformed',
      `The key's id should be ${id}, but it says ${match[2]}.`,
      'Copy the key again from a source you trust.',
    );
  }
  return { name, id, publicKey, text: `${name}+${id}+${match[3]!}` };
}

/** Reads a signed note. Throws VerifyError `note.malformed`. Signatures are not checked here. */
export function parseNote(bytes: Uint8Array): SignedNote {
  const malformed = (why: string) =>
    new VerifyError('note.malformed', `The checkpoint is not a signed note: ${why}.`, 'Fetch it again from the log.');
  if (bytes.length > 1_000_000) throw malformed('it is larger than 1 MB');
  let whole: string;
  try {
    whole = fromUtf8(bytes);
  } catch {
    throw malformed('it is not UTF-8');
  }
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0009\u000b-\u001f]/.test(whole)) throw malformed('it holds a control character');
  const split = whole.lastIndexOf('\n\n');
  if (split < 0) throw malformed('no empty line before the signatures');
  const text = whole.slice(0, split + 1);
  const block = whole.slice(split + 2);
  if (!block.endsWith('\n')) throw malformed('the last signature has no newline');
  const lines = block.slice(0, -1).split('\n');
  if (lines.length > 100) throw malformed('more than 100 signatures');
  const signatures = lines.map((line): NoteSignature => {
    const match = /^\u2014 (\S+) (\S+)$/.exec(line);
    const decoded = match ? fromBase64(match[2]!) : null;
    if (!match || !decoded || decoded.length < 5 || !isKeyName(match[1]!))
      throw malformed('a signature line is malformed');
    const id = Array.from(decoded.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('');
    return { name: match[1]!, id, signature: decoded.subarray(4) };
  });
  return { text, signatures };
}

/** Formats a note: text, empty line, one line for each signature. */
export function formatNote(text: string, signatures: readonly NoteSignature[]): string {
  const lines = signatures.map(({ name, id, signature }) => {
    const idBytes = id.match(/../g)!.map((pair) => Number.parseInt(pair, 16));
    return `\u2014 ${name} ${toBase64(Uint8Array.of(...idBytes, ...signature))}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/**
 * Checks that `key` signed the note. Other signatures are left alone (they are witnesses' or unknown).
 * Throws VerifyError `note.unsigned` when there is no signature by this key, `note.signature` when it does not verify.
 */
export async function verifyNote(note: SignedNote, key: VerifierKey): Promise<void> {
  const mine = note.signatures.filter((signature) => signature.name === key.name && signature.id === key.id);
  if (mine.length === 0) {
    const found = note.signatures.map((signature) => `${signature.name}+${signature.id}`).join(', ');
    throw new VerifyError(
      'note.unsigned',
      `The checkpoint is not signed by ${key.name}+${key.id}; it is signed by ${found}.`,
      'Check that you hold the key of this log.',
    );
  }
  const imported = await crypto.subtle.importKey('raw', arrayBuffer(key.publicKey), { name: 'Ed25519' }, false, [
    'verify',
  ]);
  for (const { signature } of mine) {
    const good =
      signature.length === 64 &&
      (await crypto.subtle.verify('Ed25519', imported, arrayBuffer(signature), arrayBuffer(utf8(note.text))));
    if (!good) {
      throw new VerifyError(
        'note.signature',
        `The signature of ${key.name} on the checkpoint is wrong.`,
        'The checkpoint was changed after it was signed. Do not trust it.',
      );
    }
  }
}

/** WebCrypto's types want bytes over a plain ArrayBuffer; a copy of a few bytes is the price of a safe cast. */
const arrayBuffer = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

/** Text of a checkpoint before it is signed. `root` is 32 bytes. */
export const formatCheckpoint = (origin: string, size: number, root: Uint8Array): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`;

/** Reads the text of a checkpoint. Throws VerifyError `checkpoint.malformed`. */
export function parseCheckpoint(text: string): Checkpoint {
  const malformed = (why: string) =>
    new VerifyError('checkpoint.malformed', `The checkpoint is malformed: ${why}.`, 'Fetch it again from the log.');
  if (!text.endsWith('\n')) throw malformed('no newline at its end');
  const [origin, size, root64, ...extensions] = text.slice(0, -1).split('\n');
  if (!origin) throw malformed('no origin');
  if (size === undefined || !/^(0|[1-9][0-9]{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) {
    throw malformed('the second line is not a tree size');
  }
  const root = root64 === undefined ? null : fromBase64(root64);
  if (root?.length !== 32) throw malformed('the third line is not a SHA-256 hash in base64');
  if (extensions.includes('')) throw malformed('an extension line is empty');
  return { origin, size: Number(size), root, extensions };
}
