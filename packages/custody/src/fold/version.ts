/** Versions of datasets: each write of a dataset by a run makes one. When it was written, and whether it replaced all before. */
import type { LifecycleChange } from '../event/event.ts';
import type { AsOf } from './as-of.ts';
import type { State } from './state.ts';

export interface Write {
  /** Row of the use in the edge table. */
  readonly use: number;
  readonly run: number | null;
  /** First event and end of the run, in epoch milliseconds. */
  readonly start: number;
  readonly end: number;
  readonly replaces: boolean;
  /** In the producer's words; null where it does not say. */
  readonly version: string | null;
  readonly entry: number;
}

const REPLACING: readonly (LifecycleChange | null)[] = ['OVERWRITE', 'CREATE', 'TRUNCATE', 'DROP'];

/** True if nothing of what was in the dataset before is left. */
export const isReplacing = (change: LifecycleChange | null): boolean => REPLACING.includes(change);

/** The first event of a run, and its end: the last event of one that has not ended. */
export function timesOfRun(state: State, run: number, { at }: AsOf): { readonly start: number; readonly end: number } {
  const start = state.runs.firstValid(run);
  const ended = state.runs.endedAt(run) ?? state.runs.lastValid(run);
  return { start, end: Math.min(Math.max(ended, start), at) };
}

/** All writes of a dataset by runs, by their ends, as of a time. */
export function writesOf(state: State, dataset: number, asOf: AsOf): readonly Write[] {
  const { edges } = state;
  const writes: Write[] = [];
  for (const edge of edges.of(dataset, 'up')) {
    for (const { use, run, entry } of edges.uses(edge, asOf)) {
      if (run === null) continue;
      const replaces = isReplacing(edges.details.changeOf(use, asOf));
      const version = edges.details.versionOf(use, asOf);
      writes.push({ use, run, ...timesOfRun(state, run, asOf), replaces, version, entry });
    }
  }
  return writes.sort((a, b) => a.end - b.end);
}
