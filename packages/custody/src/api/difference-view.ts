/** What is different between two times, as the API shows it. */
import type { z } from '@hono/zod-openapi';
import type { AsOf } from '../fold/as-of.ts';
import { difference } from '../fold/difference.ts';
import type { State } from '../fold/state.ts';
import type { SignedCheckpoint } from '../log/evidence-log.ts';
import { assetRef, isoOrNull } from './asset-view.ts';
import type { DifferenceAnswer } from './contract.ts';
import { asOfView, edgeView, type Direction } from './edge-view.ts';

export function differenceAnswer(
  state: State,
  root: number | null,
  direction: Direction,
  depth: number,
  before: AsOf,
  after: AsOf,
  checkpoint: SignedCheckpoint | null,
): z.infer<typeof DifferenceAnswer> {
  const found = difference(state, root, direction, depth, before, after);
  const columnNames = (schema: number | null) => (schema === null ? [] : state.schemas.columnNames(schema));
  const pair = <T, U>(values: readonly [T, T] | null, view: (value: T) => U) =>
    values && { before: view(values[0]), after: view(values[1]) };
  return {
    root: root === null ? null : state.assets.idOf(root),
    before: {
      at: isoOrNull(before.at === Infinity ? null : before.at),
      entries: Math.min(before.entries, state.entries),
    },
    assetsAdded: found.assetsAdded.map((row) => assetRef(state, row, after)),
    assetsGone: found.assetsGone.map((row) => assetRef(state, row, before)),
    edgesAdded: found.edgesAdded.map((edge) => edgeView(state, edge, after)),
    edgesGone: found.edgesGone.map((edge) => edgeView(state, edge, after)),
    changed: found.changed.map(({ asset, schema, code, owners, tags }) => {
      const [then, now] = schema ? [columnNames(schema[0]), columnNames(schema[1])] : [[], []];
      return {
        asset: assetRef(state, asset, after),
        columns: schema && {
          added: now.filter((name) => !then.includes(name)),
          gone: then.filter((name) => !now.includes(name)),
        },
        code: pair(code, (one) => one),
        owners: pair(owners, (list) => [...list]),
        tags: pair(tags, (list) => [...list]),
      };
    }),
    asOf: asOfView(state, after, checkpoint),
  };
}
