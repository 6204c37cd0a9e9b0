/**
 * C2SP tlog-proof: one entry's evidence as a text file, checked without the log.
 *
 * The `extra` line carries what a reader needs and the log does not hold in its hashes: the entry, the log's key and,
 * if asked for, the payload with its salt. The specification calls extra data unauthenticated, and so it is until here:
 * the entry becomes trusted by hashing to the included leaf, the payload by opening the commitment in that entry. The
 * key in the file is never trusted: it only says which key to ask the log's owner about.
 */
import { equalBytes, fromBase64, fromHex, fromUtf8, toBase64, toHex, utf8 } from './bytes.ts';
import { opensCommitment } from './commitment.ts';
import { leafHash, rootFromInclusion } from './merkle.ts';
import {
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  verifyNote,
  type Checkpoint,
  type SignedNote,
  type VerifierKey,
} from './note.ts';
import { VerifyError } from './verify-error.ts';

const HEADER = 'c2sp.org/tlog-proof@v1';
/** A tree of 2^53 leaves has 53 levels. */
const MAX_HASHES = 64;
/** A payload is at most 32 MB, and base64 is applied to it twice. */
const MAX_FILE_BYTES = 64_000_000;

/** What Custody puts into the `extra` line, as JSON. */
export interface ProofExtra {
  /** The entry: the text whose bytes are the leaf. */
  readonly entry: string;
  /** The log's key in text form, as the log states it. */
  readonly key?: string;
  /** The payload that the entry commits to. */
  readonly payload?: { readonly salt: Uint8Array; readonly bytes: Uint8Array };
}

export interface LogProof {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  /** Null if the file came from elsewhere and its extra line is absent or not ours. */
  readonly extra: ProofExtra | null;
  readonly note: SignedNote;
  readonly checkpoint: Checkpoint;
}

/** What was proved: that `entry` is entry `index` of the tree that `checkpoint` signs. */
export interface ProvedEntry {
  readonly index: number;
  readonly entry: string;
  readonly checkpoint: Checkpoint;
  readonly key: VerifierKey;
  /** `given`: by whoever runs the check. `file`: only stated by the proof itself, so compare it with a source you trust. */
  readonly keyFrom: 'given' | 'file';
  /** The payload, if the file holds one; it opens the entry's commitment. */
  readonly payload: Uint8Array | null;
}

/** Writes a proof file. `signedCheckpoint` is the log's checkpoint, verbatim. */
export function formatProof(
  index: number,
  hashes: readonly Uint8Array[],
  extra: ProofExtra | null,
  signedCheckpoint: string,
): string {
  const lines = [HEADER];
  if (extra) lines.push(`extra ${toBase64(utf8(formatExtra(extra)))}`);
  lines.push(`index ${index}`, ...hashes.map(toBase64));
  return `${lines.join('\n')}\n\n${signedCheckpoint}`;
}

function formatExtra({ entry, key, payload }: ProofExtra): string {
  const opened = payload && { salt: toHex(payload.salt), bytes: toBase64(payload.bytes) };
  return JSON.stringify({ entry, ...(key && { key }), ...(opened && { payload: opened }) });
}

/** Reads a proof file. Throws VerifyError `proof.malformed`, `note.malformed` or `checkpoint.malformed`. */
export function parseProof(bytes: Uint8Array): LogProof {
  if (bytes.length > MAX_FILE_BYTES) throw malformed('it is larger than 64 MB');
  let text: string;
  try {
    text = fromUtf8(bytes);
  } catch {
    throw malformed('it is not UTF-8 text');
  }
  const split = text.indexOf('\n\n');
  if (split < 0) throw malformed('no checkpoint in it');
  const lines = text.slice(0, split).split('\n');
  if (lines.shift() !== HEADER) throw malformed(`its first line is not ${HEADER}`);

  const extra = lines[0]?.startsWith('extra ') ? parseExtra(lines.shift()!.slice('extra '.length)) : null;
  const indexLine = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? '');
  const index = Number(indexLine?.[1]);
  if (!indexLine || !Number.isSafeInteger(index)) throw malformed('it names no index');
  if (lines.length > MAX_HASHES) throw malformed(`it holds more than ${MAX_HASHES} hashes`);
  const hashes = lines.map((line) => {
    const hash = fromBase64(line);
    if (hash?.length !== 32) throw malformed('one of its hashes is not a SHA-256 hash in base64');
    return hash;
  });
  const note = parseNote(utf8(text.slice(split + 2)));
  return { index, hashes, extra, note, checkpoint: parseCheckpoint(note.text) };
}

const malformed = (why: string): VerifyError =>
  new VerifyError(
    'proof.malformed',
    `This is not a whole proof file: ${why}.`,
    'Make it again with `custody log prove`.',
  );

/** Reads the extra line. It has one form only: a member nobody reads could otherwise be changed without a trace. */
function parseExtra(base64: string): ProofExtra | null {
  const bytes = fromBase64(base64);
  if (!bytes) throw malformed('its extra line is not base64');
  let text: string;
  let value: unknown;
  try {
    text = fromUtf8(bytes);
    value = JSON.parse(text);
  } catch {
    return null; // another application's extra data
  }
  if (!isRecord(value) || typeof value['entry'] !== 'string') return null;
  const extra = readExtra(value['entry'], value['key'], value['payload']);
  if (!extra || formatExtra(extra) !== text)
    throw malformed('its extra line holds more or other than entry, key and payload');
  return extra;
}

function readExtra(entry: string, key: unknown, payload: unknown): ProofExtra | null {
  if (key !== undefined && typeof key !== 'string') return null;
  const base = { entry, ...(key !== undefined && { key }) };
  if (payload === undefined) return base;
  if (!isRecord(payload) || typeof payload['salt'] !== 'string' || typeof payload['bytes'] !== 'string') return null;
  const salt = fromHex(payload['salt']);
  const bytes = fromBase64(payload['bytes']);
  return salt && bytes && { ...base, payload: { salt, bytes } };
}

/**
 * Checks a proof: the signature, the log's name, the path from entry to signed root, then the payload if there is one.
 * `trusted` is the key you hold; null uses the key in the file, which proves that the file is whole, not whose it is.
 * Throws a VerifyError that names the one step that failed.
 */
export async function verifyProof(proof: LogProof, trusted: VerifierKey | null): Promise<ProvedEntry> {
  const { index, hashes, extra, note, checkpoint } = proof;
  if (!extra) {
    throw new VerifyError(
      'proof.entry-missing',
      'The file proves an entry but does not hold it.',
      'Make it again with `custody log prove`, which includes the entry.',
    );
  }
  if (!trusted && extra.key === undefined) {
    throw new VerifyError(
      'key.missing',
      'The file holds no key and none was given.',
      'Give the key of the log with --key.',
    );
  }
  const stated = extra.key === undefined ? null : parseVerifierKey(extra.key);
  const key = trusted ?? stated!;
  if (stated && stated.text !== key.text) {
    throw new VerifyError(
      'key.other',
      `The file says it was made by ${stated.name}+${stated.id}, the key given is ${key.name}+${key.id}.`,
      'Use the key of the log that made the proof.',
    );
  }
  await verifyNote(note, key);
  if (checkpoint.origin !== key.name) {
    throw new VerifyError(
      'checkpoint.origin',
      `The key belongs to ${key.name}, the checkpoint to ${checkpoint.origin}.`,
      'Use the key of the log that made the proof.',
    );
  }
  const root = rootFromInclusion(index, checkpoint.size, leafHash(utf8(extra.entry)), hashes);
  if (!root || !equalBytes(root, checkpoint.root)) {
    throw new VerifyError(
      'proof.inclusion',
      `Entry ${index} is not in the tree that the checkpoint signs.`,
      'The entry, its index or a hash was changed. Do not trust this file.',
    );
  }
  const payload = extra.payload ? openPayload(extra.entry, extra.payload) : null;
  return { index, entry: extra.entry, checkpoint, key, keyFrom: trusted ? 'given' : 'file', payload };
}

/** Checks that the payload is the one the (already proved) entry commits to. */
function openPayload(entry: string, { salt, bytes }: { salt: Uint8Array; bytes: Uint8Array }): Uint8Array {
  const expected = committedBy(entry);
  if (!expected || !opensCommitment(expected, salt, bytes)) {
    throw new VerifyError(
      'payload.commitment',
      'The payload in the file is not the one the entry commits to.',
      'The payload or its salt was changed. Trust the entry, not the payload.',
    );
  }
  return bytes;
}

/** The commitment in an entry: `payload.commitment`, as "sha256:<hex>". Null if it has none. */
export function committedBy(entry: string): Uint8Array | null {
  let value: unknown;
  try {
    value = JSON.parse(entry);
  } catch {
    return null;
  }
  const payload = isRecord(value) ? value['payload'] : undefined;
  const text = isRecord(payload) ? payload['commitment'] : undefined;
  return typeof text === 'string' && text.startsWith('sha256:') ? fromHex(text.slice('sha256:'.length)) : null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
