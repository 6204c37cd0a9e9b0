/** The figures of the whole, as Home shows them. */
import type { z } from '@hono/zod-openapi';
import type { Identity } from '../access/keyring.ts';
import { NOW } from '../fold/as-of.ts';
import type { State } from '../fold/state.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { iso } from './asset-view.ts';
import type { Status } from './contract.ts';
import { checkpointView } from './log-view.ts';

const DAY_MS = 86_400_000;
/** The tag that the example puts on everything whose dates are simulated. */
const SIMULATED = 'simulated-dates';

export function statusView({ log, state }: Ledger, me: Identity, version: string, now: Date): z.infer<typeof Status> {
  const checkpoint = log.checkpoint();
  const { span, ...counts } = countAssets(state);
  return {
    version,
    now: now.toISOString(),
    me,
    log: { origin: log.origin, key: log.key, size: log.size(), checkpoint: checkpoint && checkpointView(checkpoint) },
    counts: {
      datasets: counts.datasets,
      jobs: counts.jobs,
      runs: state.runs.count,
      failedRuns24h: failedRunsSince(state, now.getTime() - DAY_MS),
      datasetsWithoutOwner: counts.withoutOwner,
      datasetsWithoutSchema: counts.withoutSchema,
    },
    span,
    simulatedDates: counts.simulated,
  };
}

/** The last count, by the state it is of: counting looks at every asset, and pages ask often. */
let counted: {
  readonly state: State;
  readonly entries: number;
  readonly counts: ReturnType<typeof countAllAssets>;
} | null = null;

function countAssets(state: State) {
  if (counted?.state !== state || counted.entries !== state.entries) {
    counted = { state, entries: state.entries, counts: countAllAssets(state) };
  }
  return counted.counts;
}

function countAllAssets(state: State) {
  const counts = { datasets: 0, jobs: 0, withoutOwner: 0, withoutSchema: 0, simulated: false };
  for (let row = 0; row < state.assets.count; row++) {
    const { kind, owners, schema, tags } = state.assets.view(row, NOW);
    if (kind === 'job') counts.jobs++;
    else {
      counts.datasets++;
      if (owners.length === 0) counts.withoutOwner++;
      if (schema === null) counts.withoutSchema++;
    }
    counts.simulated ||= tags.includes(SIMULATED);
  }
  const hours = state.activity.hours('happened');
  const span = hours.length === 0 ? null : { from: iso(hours[0]!.from), to: iso(hours.at(-1)!.from + DAY_MS / 24) };
  return { ...counts, span };
}

function failedRunsSince(state: State, since: number): number {
  let failed = 0;
  for (const row of state.runs.newest()) {
    const { state: outcome, ended } = state.runs.view(row);
    if (outcome === 'FAIL' && ended !== null && ended >= since) failed++;
  }
  return failed;
}
