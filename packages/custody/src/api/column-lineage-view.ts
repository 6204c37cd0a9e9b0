/** Which columns a column comes from and which come from it, as the API shows it. */
import type { z } from '@hono/zod-openapi';
import type { AsOf } from '../fold/as-of.ts';
import { columnReach } from '../fold/column-lineage.ts';
import type { State } from '../fold/state.ts';
import type { SignedCheckpoint } from '../log/evidence-log.ts';
import type { ColumnEdge, ColumnLineage } from './contract.ts';
import { asOfView, columnEdgeView, columnEnd, sides, type Direction } from './edge-view.ts';

export function columnLineageAnswer(
  state: State,
  { asset, column, direction, depth }: { asset: number; column: string; direction: Direction; depth: number },
  asOf: AsOf,
  checkpoint: SignedCheckpoint | null,
): z.infer<typeof ColumnLineage> {
  const number = state.columns.findColumn(column);
  const root = { asset: state.assets.idOf(asset), column };
  const nodes: z.infer<typeof ColumnLineage>['nodes'] = [{ ...root, distance: 0 }];
  const edges: z.infer<typeof ColumnEdge>[] = [];
  let cut = false;
  // A column that no map names has no lineage; that is an answer too.
  for (const side of number === undefined ? [] : sides(direction)) {
    const found = columnReach(state, [{ dataset: asset, column: number! }], side, depth, asOf);
    for (const { distance, ...node } of found.nodes.slice(1))
      nodes.push({ ...columnEnd(state, node), distance: side === 'up' ? -distance : distance });
    for (const step of found.steps) edges.push(columnEdgeView(state, step));
    cut ||= found.cut;
  }
  return { root, direction, depth, nodes, edges, cut, asOf: asOfView(state, asOf, checkpoint) };
}
