/**
 * One check of the log, in the browser: is it the log this browser knows, signed by the same key, with entries only added?
 * The server is asked for material, never for the verdict.
 */
import {
  equalBytes,
  fromBase64,
  fromUtf8,
  isConsistent,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  toBase64,
  verifyNote,
  VerifyError,
  type Checkpoint,
} from '@custody/verify';
import type { AlarmKind, LogAlarm, LogMemory } from './log-memory.ts';

/** What the server shows now. */
interface Shown {
  readonly key: string;
  readonly note: Uint8Array;
}

export interface Consistent {
  /** What was compared with; null on first use, when there is nothing to compare with. */
  readonly from: LogMemory | null;
  /** Hashes in the consistency proof. */
  readonly hashes: number;
}

type Verdict =
  | { readonly kind: 'whole'; readonly memory: LogMemory; readonly compared: Consistent }
  | { readonly kind: 'alarm'; readonly alarm: LogAlarm };

/** Asks for the consistency proof between two sizes: hashes in base64. */
export type FetchConsistency = (from: number, to: number) => Promise<readonly string[]>;

/**
 * Checks signature, name and consistency, in this order, and stops at the first that does not hold.
 * `memory` must have been read before `shown` was fetched, else a second tab can make an honest log look shorter.
 * Throws VerifyError for what cannot be read at all, and whatever `fetchConsistency` throws: then nothing was learned.
 */
export async function checkLog(
  memory: LogMemory | null,
  shown: Shown,
  fetchConsistency: FetchConsistency,
  now: string,
): Promise<Verdict> {
  let consistency: readonly string[] | null = null;
  const alarm = (kind: AlarmKind): Verdict => ({
    kind: 'alarm',
    alarm: { kind, at: now, before: memory, key: shown.key, note: fromUtf8(shown.note), consistency },
  });

  if (memory && memory.key !== shown.key) return alarm('key-changed');
  const key = parseVerifierKey(shown.key);
  const note = parseNote(shown.note);
  try {
    await verifyNote(note, key);
  } catch (error) {
    if (error instanceof VerifyError) return alarm('signature');
    throw error;
  }
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== key.name) return alarm('origin');

  if (memory) {
    if (checkpoint.size < memory.size) return alarm('shrunk');
    consistency = checkpoint.size === memory.size ? [] : await fetchConsistency(memory.size, checkpoint.size);
    if (!extendsMemory(memory, checkpoint, consistency)) return alarm('rewritten');
  }
  return {
    kind: 'whole',
    memory: {
      key: shown.key,
      size: checkpoint.size,
      root: toBase64(checkpoint.root),
      note: fromUtf8(shown.note),
      verifiedAt: now,
      trustedSince: memory?.trustedSince ?? now,
    },
    compared: { from: memory, hashes: consistency?.length ?? 0 },
  };
}

function extendsMemory(memory: LogMemory, checkpoint: Checkpoint, hashes: readonly string[]): boolean {
  const before = fromBase64(memory.root);
  const path = hashes.map(fromBase64);
  if (!before || path.some((hash) => hash === null)) return false;
  return isConsistent(memory.size, before, checkpoint.size, checkpoint.root, path as Uint8Array[]);
}

/** True if `checkpoint` belongs to the log that `memory` has verified, whichever of the two is longer. */
export async function agreesWithMemory(
  memory: LogMemory,
  checkpoint: Checkpoint,
  fetchConsistency: FetchConsistency,
): Promise<boolean> {
  const root = fromBase64(memory.root);
  if (!root) return false;
  if (checkpoint.size === memory.size) return equalBytes(root, checkpoint.root);
  const [small, large] = checkpoint.size < memory.size ? [checkpoint, memory] : [memory, checkpoint];
  const hashes = (await fetchConsistency(small.size, large.size)).map(fromBase64);
  if (hashes.some((hash) => hash === null)) return false;
  const rootOf = (side: LogMemory | Checkpoint) => (side === memory ? root : checkpoint.root);
  return isConsistent(small.size, rootOf(small), large.size, rootOf(large), hashes as Uint8Array[]);
}
