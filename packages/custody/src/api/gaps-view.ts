/** What is known and missing about the safety of each asset on the way, as the API shows it. */
import type { z } from '@hono/zod-openapi';
import type { AsOf } from '../fold/as-of.ts';
import { sensitivityOf } from '../fold/asset-role.ts';
import { gapsOf, transitOf } from '../fold/gaps.ts';
import { reach } from '../fold/reach.ts';
import type { State } from '../fold/state.ts';
import type { SignedCheckpoint } from '../log/evidence-log.ts';
import { assetRef } from './asset-view.ts';
import type { GapsAnswer } from './contract.ts';
import { asOfView, sides, type Direction } from './edge-view.ts';

export function gapsAnswer(
  state: State,
  root: number,
  direction: Direction,
  depth: number,
  asOf: AsOf,
  checkpoint: SignedCheckpoint | null,
): z.infer<typeof GapsAnswer> {
  const hops = new Map<number, number>([[root, 0]]);
  for (const side of sides(direction)) {
    const { nodes, distance } = reach(state.edges, root, side, depth, asOf);
    nodes.forEach((row, i) => {
      if (!hops.has(row)) hops.set(row, side === 'up' ? -distance[i]! : distance[i]!);
    });
  }
  // In the direction of the data: what is furthest up comes first.
  const rows = [...hops].sort(([a, x], [b, y]) => x - y || (state.assets.idOf(a) < state.assets.idOf(b) ? -1 : 1));
  const assets = rows.map(([row, distance]) => ({
    ...assetRef(state, row, asOf),
    hops: distance,
    sensitivity: sensitivityOf(state.assets.view(row, asOf).tags),
    checks: gapsOf(state, row, asOf).map((check) => ({
      ...check,
      entry: check.state === 'known' ? state.assets.saidBy(row, asOf) : null,
    })),
  }));
  const edges = rows.flatMap(([row]) =>
    [...state.edges.of(row, 'down')]
      .filter((edge) => hops.has(state.edges.toOf(edge)) && state.edges.exists(edge, asOf))
      .map((edge) => {
        const { state: outcome, says } = transitOf(state, edge, asOf);
        return {
          from: state.assets.idOf(row),
          to: state.assets.idOf(state.edges.toOf(edge)),
          state: outcome,
          says,
        };
      }),
  );
  const all = assets.flatMap(({ checks }) => checks);
  return {
    root: assetRef(state, root, asOf),
    direction,
    assets,
    edges,
    missing: all.filter((check) => check.state === 'missing').length,
    known: all.filter((check) => check.state === 'known').length,
    asOf: asOfView(state, asOf, checkpoint),
  };
}
