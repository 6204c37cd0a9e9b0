/** The shortest way between two assets as the API shows it, with the reason for each step. */
import type { z } from '@hono/zod-openapi';
import type { AsOf } from '../fold/as-of.ts';
import { columnsInto, type ColumnStep } from '../fold/column-lineage.ts';
import { shortestPath } from '../fold/path.ts';
import type { State } from '../fold/state.ts';
import type { SignedCheckpoint } from '../log/evidence-log.ts';
import { assetRef } from './asset-view.ts';
import type { PathAnswer } from './contract.ts';
import { asOfView, columnEdgeView, edgeView, plural } from './edge-view.ts';

const COLUMN_STEPS_MAX = 500;

export function pathAnswer(
  state: State,
  from: number,
  to: number,
  asOf: AsOf,
  checkpoint: SignedCheckpoint | null,
): z.infer<typeof PathAnswer> {
  const path = shortestPath(state, from, to, asOf);
  const name = (row: number) => state.assets.nameOf(row).name;
  const steps = (path?.edges ?? []).map((edge, i) => {
    const [source, target] = [state.edges.fromOf(edge), state.edges.toOf(edge)];
    const view = edgeView(state, edge, asOf);
    const isRead = state.assets.kindOf(target) === 'job';
    const evidence = `${view.runs === 0 ? 'by its design' : plural(view.runs, 'run')}, last ${view.lastAt}, entry ${view.lastEntry}`;
    // Columns of the dataset two nodes before, as the write tells them.
    const before = isRead ? null : path!.nodes[i - 1];
    const columns =
      before == null ? [] : columnStepsBetween(state, before, target, asOf).map((step) => columnEdgeView(state, step));
    return {
      edge: view,
      columns,
      reason: isRead
        ? `${name(target)} reads ${name(source)}: ${evidence}`
        : `${name(source)} writes ${name(target)}: ${evidence}`,
    };
  });
  return {
    from: state.assets.idOf(from),
    to: state.assets.idOf(to),
    found: path !== null,
    direction: path?.direction ?? null,
    nodes: (path?.nodes ?? []).map((row) => assetRef(state, row, asOf)),
    steps,
    asOf: asOfView(state, asOf, checkpoint),
  };
}

const columnStepsBetween = (state: State, from: number, to: number, asOf: AsOf): readonly ColumnStep[] =>
  columnsInto(state, to, asOf)
    .filter((step) => step.from.dataset === from)
    .slice(0, COLUMN_STEPS_MAX);
