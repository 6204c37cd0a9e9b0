/** Candidates for a fall in quality as the API shows them. */
import type { z } from '@hono/zod-openapi';
import type { AsOf } from '../fold/as-of.ts';
import { causesBetween, fallOf, type Cause } from '../fold/cause.ts';
import type { State } from '../fold/state.ts';
import type { SignedCheckpoint } from '../log/evidence-log.ts';
import { assetRef, iso } from './asset-view.ts';
import type { CausesAnswer } from './contract.ts';
import { asOfView } from './edge-view.ts';

/** Null if no figure of quality is known of the asset. */
export function causesAnswer(
  state: State,
  asset: number,
  metric: string | null,
  fallAt: number | null,
  asOf: AsOf,
  checkpoint: SignedCheckpoint | null,
): z.infer<typeof CausesAnswer> | null {
  const fall = fallOf(state, asset, metric, fallAt, asOf);
  if (!fall) return null;
  const [good, bad] = [fall.series[fall.good]!, fall.series[fall.bad]!];
  const causes = good === bad ? [] : causesBetween(state, good.run, bad.run, asOf);
  return {
    asset: assetRef(state, asset, asOf),
    metric: fall.metric,
    higherIsBetter: fall.higherIsBetter,
    series: fall.series.map((point) => ({
      asset: state.assets.idOf(point.asset),
      at: iso(point.at),
      value: point.value,
      run: state.runs.idOf(point.run),
      entry: point.entry,
    })),
    good: fall.good,
    bad: fall.bad,
    fell: fallAt !== null || fall.times >= 3,
    candidates: causes.slice(0, 100).map((cause) => ({
      ...cause,
      asset: assetRef(state, cause.asset, asOf),
      run: cause.run === null ? null : state.runs.idOf(cause.run),
      at: iso(cause.at),
      reason: causeSentence(state, cause),
    })),
    asOf: asOfView(state, asOf, checkpoint),
  };
}

function causeSentence(state: State, { kind, asset, column, before, after }: Cause): string {
  const { name } = state.assets.nameOf(asset);
  switch (kind) {
    case 'code':
      return `${name} ran other code: ${after} instead of ${before}.`;
    case 'schema':
      return `The columns of ${name} changed: ${before}, then ${after}.`;
    case 'source-added':
      return `${name} is read that was not read before.`;
    case 'source-removed':
      return `${name} is not read any more.`;
    case 'rows':
      return `${name} has ${after}; ${before} are usual.`;
    case 'drift':
      return `${name}, column ${column}: ${after}; ${before} are usual.`;
    case 'assertion':
      return `Assertions on ${name}: ${after}; ${before} before.`;
    case 'run-failed':
      return `${name} ${after}.`;
    case 'stale':
      return `${name} did not run again: what it made is older than usual.`;
    default:
      return kind satisfies never;
  }
}
