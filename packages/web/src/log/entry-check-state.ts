/** Fetches and checks the proof of the entry on the screen, once for each entry and remembered checkpoint. */
import { useEffect, useState } from 'react';
import { getProof } from '../api/client.ts';
import { RequestError } from '../api/request-error.ts';
import { checkEntry, type EntryVerdict } from '../proof/entry-check.ts';
import { fetchConsistency, useLogWatch } from '../proof/log-watch.ts';

export type EntryCheck =
  | { readonly kind: 'waiting' }
  /** The proof could not be fetched, or there is no key yet to check it with. */
  | { readonly kind: 'unchecked'; readonly why: string }
  | EntryVerdict;

/** `text` is the entry as it is shown; null until it is there. */
export function useEntryCheck(index: number, text: string | null): EntryCheck {
  const { outcome } = useLogWatch();
  const memory = outcome.kind === 'whole' || outcome.kind === 'unchecked' ? outcome.memory : null;
  const [check, setCheck] = useState<EntryCheck>({ kind: 'waiting' });
  const settled = check.kind === 'proved' || check.kind === 'failed';
  const key = memory?.key ?? null;

  useEffect(() => {
    if (text === null || memory === null || settled) return;
    let gone = false;
    const become = (next: EntryCheck) => {
      if (!gone) setCheck(next);
    };
    getProof(index)
      .then((file) => checkEntry(file, index, text, memory, fetchConsistency))
      .then(become, (error: unknown) => {
        if (!(error instanceof RequestError)) throw error;
        become({ kind: 'unchecked', why: error.message || error.title });
      });
    return () => {
      gone = true;
    };
    // A new checkpoint does not make a checked proof less true; only another key would, and that is an alarm of its own.
  }, [index, text, key, settled]);

  if (!settled && memory === null && outcome.kind !== 'none') {
    return {
      kind: 'unchecked',
      why: outcome.kind === 'unsupported' ? outcome.why : 'The log itself could not be verified.',
    };
  }
  return check;
}
