/** Checks one entry's proof against the key and the checkpoint that this browser remembers. */
import { leafHash, parseProof, parseVerifierKey, toBase64, utf8, verifyProof, VerifyError } from '@custody/verify';
import { agreesWithMemory, type FetchConsistency } from './log-check.ts';
import type { LogMemory } from './log-memory.ts';
import { proofPath, type PathStep } from './proof-path.ts';

interface CheckedEntry {
  readonly path: readonly PathStep[];
  readonly size: number;
  /** Root the proof leads to, base64. */
  readonly root: string;
  /** The signed checkpoint in the proof, verbatim. */
  readonly note: string;
  readonly file: Uint8Array;
  readonly ms: number;
}

export type EntryVerdict =
  | { readonly kind: 'proved'; readonly entry: CheckedEntry }
  | { readonly kind: 'failed'; readonly why: string; readonly remedy: string };

/** `shownText` is the entry as the page shows it: the proof must prove these bytes, not others. */
export async function checkEntry(
  file: Uint8Array,
  index: number,
  shownText: string,
  memory: LogMemory,
  fetchConsistency: FetchConsistency,
): Promise<EntryVerdict> {
  const started = performance.now();
  try {
    const proof = parseProof(file);
    const proved = await verifyProof(proof, parseVerifierKey(memory.key));
    if (proved.index !== index || proved.entry !== shownText) {
      return failed('The proof proves another entry than the one shown here.', 'Do not trust what this page shows.');
    }
    if (!(await agreesWithMemory(memory, proved.checkpoint, fetchConsistency))) {
      return failed(
        'The proof belongs to a log that is not the one this browser has verified.',
        'Save the proof and ask who runs this log.',
      );
    }
    const { size, root } = proved.checkpoint;
    return {
      kind: 'proved',
      entry: {
        path: proofPath(index, size, leafHash(utf8(proved.entry)), proof.hashes),
        size,
        root: toBase64(root),
        note: new TextDecoder().decode(file).split('\n\n').slice(1).join('\n\n'),
        file,
        ms: performance.now() - started,
      },
    };
  } catch (error) {
    if (error instanceof VerifyError) return failed(error.message, error.remedy);
    throw error;
  }
}

const failed = (why: string, remedy: string): EntryVerdict => ({ kind: 'failed', why, remedy });
