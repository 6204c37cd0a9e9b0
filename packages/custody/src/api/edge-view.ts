/** Edges between assets and between columns as the API shows them, and what an answer rests on. */
import type { z } from '@hono/zod-openapi';
import { firstSeen, type AsOf } from '../fold/as-of.ts';
import type { ColumnNode, ColumnStep } from '../fold/column-lineage.ts';
import { ALL_ROWS, dependencyOf } from '../fold/column-map-table.ts';
import type { State } from '../fold/state.ts';
import type { SignedCheckpoint } from '../log/evidence-log.ts';
import { iso, isoOrNull } from './asset-view.ts';
import type { AsOfView, ColumnEdge, ColumnEnd, LineageEdge } from './contract.ts';

export type Direction = 'both' | 'up' | 'down';

export const sides = (direction: Direction) => (direction === 'both' ? (['up', 'down'] as const) : [direction]);

export const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

export function asOfView(
  state: State,
  { at, entries }: AsOf,
  checkpoint: SignedCheckpoint | null,
): z.infer<typeof AsOfView> {
  return {
    at: at === Infinity ? null : iso(at),
    entries: Math.min(entries, state.entries),
    checkpoint: checkpoint && { size: checkpoint.size, root: Buffer.from(checkpoint.root).toString('base64') },
  };
}

export function edgeView(state: State, edge: number, asOf: AsOf): z.infer<typeof LineageEdge> {
  let runs = 0;
  // A run's later event may tell of an earlier time than the use it is counted by.
  let first = firstSeen(state.edges.sightings, edge, asOf);
  let last: { valid: number; run: number | null; entry: number } | null = null;
  for (const use of state.edges.uses(edge, asOf)) {
    if (use.run !== null) runs++;
    first = Math.min(first, use.valid);
    if (!last || use.valid > last.valid) last = use;
  }
  return {
    from: state.assets.idOf(state.edges.fromOf(edge)),
    to: state.assets.idOf(state.edges.toOf(edge)),
    runs,
    firstAt: iso(first),
    lastAt: iso(last?.valid ?? first),
    endedAt: isoOrNull(state.edges.endedAt(edge, asOf)),
    lastRun: last?.run == null ? null : state.runs.idOf(last.run),
    lastEntry: last?.entry ?? 0,
  };
}

export function columnEnd(state: State, { dataset, column }: ColumnNode): z.infer<typeof ColumnEnd> {
  return {
    asset: state.assets.idOf(dataset),
    column: column === ALL_ROWS ? null : state.columns.columnName(column),
  };
}

export function columnEdgeView(state: State, step: ColumnStep): z.infer<typeof ColumnEdge> {
  const { from, to, job, flags, use, fromSql } = step;
  return {
    from: columnEnd(state, from),
    to: columnEnd(state, to),
    job: state.assets.idOf(job),
    ...dependencyOf(flags),
    fromSql,
    run: use.run === null ? null : state.runs.idOf(use.run),
    entry: use.entry,
  };
}
