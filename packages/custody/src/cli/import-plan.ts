/** What an import is going to tell, whatever it was read from. */
import type { AssetName } from '../event/event.ts';
import type { ImportEvent } from '../producers/import/told.ts';

export interface ImportPlan {
  /** In words, for the summary: `2 SQL files of etl`. */
  readonly what: string;
  readonly time: string;
  readonly events: readonly ImportEvent[];
  readonly jobs: readonly (AssetName & {
    readonly inputs: readonly AssetName[];
    readonly outputs: readonly AssetName[];
  })[];
  /** Finds the jobs of earlier imports of the same; null where an import is not of a whole. */
  readonly whole: { readonly namespace: string; readonly tag: string } | null;
  /** Jobs that are not told now, but are not gone either: their file could not be read. */
  readonly kept: ReadonlySet<string>;
  /** What the user should know, a line each. */
  readonly notes: readonly string[];
  /** Something could not be read or understood. */
  readonly incomplete: boolean;
}

/** Jobs of an earlier import that still read or write something, from the server. */
export type EarlierJobs = (namespace: string, tag: string) => Promise<readonly AssetName[]>;
