/** The proof status in one line, for the pill in the header. */
import { ago, figure } from '../text/wording.ts';
import type { WatchState } from './log-watch.ts';

interface ProofStatus {
  readonly tone: 'ok' | 'idle' | 'warn' | 'bad';
  /** What stays on a narrow screen. */
  readonly figure: string;
  readonly rest: string;
}

export function proofStatus({ outcome, checking }: WatchState, now: number): ProofStatus {
  switch (outcome.kind) {
    case 'none':
      return { tone: 'idle', figure: checking ? 'checking' : 'not checked', rest: '' };
    case 'empty':
      return { tone: 'idle', figure: 'empty', rest: 'nothing to verify yet' };
    case 'whole':
      return {
        tone: 'ok',
        figure: figure(outcome.memory.size),
        rest: `verified ${ago(outcome.memory.verifiedAt, now)}`,
      };
    case 'unsupported':
      return { tone: 'warn', figure: 'not checked', rest: 'this browser cannot' };
    case 'unchecked':
      return outcome.memory
        ? {
            tone: 'warn',
            figure: figure(outcome.memory.size),
            rest: `last verified ${ago(outcome.memory.verifiedAt, now)}`,
          }
        : { tone: 'warn', figure: 'not checked', rest: '' };
    case 'alarm':
      return { tone: 'bad', figure: 'not to be trusted', rest: 'the check failed' };
    default:
      return outcome satisfies never;
  }
}
