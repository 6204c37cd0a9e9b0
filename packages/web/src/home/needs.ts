/** What needs somebody: only what follows from the log, each with the entry it follows from. */
import type { AssetSummary } from '../api/answers.ts';
import { figureInWords } from '../text/wording.ts';

export interface Need {
  readonly kind: 'run-failed' | 'run-aborted' | 'no-owner' | 'no-schema' | 'no-owner-no-schema';
  readonly asset: AssetSummary;
}

const ORDER: readonly Need['kind'][] = ['run-failed', 'run-aborted', 'no-owner-no-schema', 'no-owner', 'no-schema'];

/** What an asset needs, or null. A job is judged by its last run, a dataset by what is known of it. */
export function needOf(asset: AssetSummary): Need | null {
  if (asset.kind === 'job') {
    if (asset.lastState === 'FAIL') return { kind: 'run-failed', asset };
    if (asset.lastState === 'ABORT') return { kind: 'run-aborted', asset };
    return null;
  }
  const noOwner = asset.owners.length === 0;
  const noSchema = asset.columns === null;
  if (noOwner && noSchema) return { kind: 'no-owner-no-schema', asset };
  if (noOwner) return { kind: 'no-owner', asset };
  return noSchema ? { kind: 'no-schema', asset } : null;
}

/** Failed runs first, then what is missing; the newest of each first. */
export function needsOf(assets: readonly AssetSummary[]): readonly Need[] {
  return assets
    .flatMap((asset) => needOf(asset) ?? [])
    .sort(
      (a, b) =>
        ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
        b.asset.lastSeen.localeCompare(a.asset.lastSeen) ||
        a.asset.id.localeCompare(b.asset.id),
    );
}

/** The title of Home. It speaks for the log only when this browser has just checked its checkpoint. */
export function headline(needs: number, log: 'whole' | 'broken' | 'not known'): string {
  const need =
    needs === 0 ? 'Nothing needs you.' : `${figureInWords(needs)} ${needs === 1 ? 'thing needs' : 'things need'} you.`;
  if (log === 'whole') return `${need} The log's signature holds.`;
  return log === 'broken' ? `The log could not be verified. ${need}` : need;
}
