/** The lineage around an asset as the API shows it, as of a time. */
import type { z } from '@hono/zod-openapi';
import type { AsOf } from '../fold/as-of.ts';
import { columnsInto } from '../fold/column-lineage.ts';
import { reach } from '../fold/reach.ts';
import type { State } from '../fold/state.ts';
import type { SchemaReader } from '../ledger/schema-reader.ts';
import type { SignedCheckpoint } from '../log/evidence-log.ts';
import { assetRef, iso, lastSeen, runsOf, runView } from './asset-view.ts';
import type { ColumnEdge, Lineage, LineageEdge, LineageNode } from './contract.ts';
import { asOfView, columnEdgeView, edgeView } from './edge-view.ts';

const SHOWN_COLUMNS = 12;
/** Where columns are asked for, more of their names; a table with more is cut here, and its count says so. */
const NAMED_COLUMNS = 200;
const COLUMN_EDGES_MAX = 20_000;

export interface LineageQuery {
  readonly root: number;
  readonly direction: 'both' | 'up' | 'down';
  readonly depth: number;
  /** Most nodes in the answer, the nearest first. */
  readonly limit: number;
  /** Tell edges between columns too. */
  readonly columns: boolean;
  /** Tell edges that have ended too. */
  readonly ended: boolean;
}

export async function lineageView(
  state: State,
  schemas: SchemaReader,
  { root, direction, depth, limit, columns, ended }: LineageQuery,
  asOf: AsOf,
  checkpoint: SignedCheckpoint | null,
): Promise<z.infer<typeof Lineage>> {
  const distances = distancesFrom(state, root, direction, depth, asOf);
  const shown = new Map([...distances].sort((a, b) => Math.abs(a[1]) - Math.abs(b[1])).slice(0, limit));
  const edges: z.infer<typeof LineageEdge>[] = [];
  const hidden = new Map<number, { up: number; down: number }>();
  for (const row of shown.keys()) {
    const more = { up: 0, down: 0 };
    for (const side of ['up', 'down'] as const) {
      for (const edge of state.edges.of(row, side)) {
        const isOpen = state.edges.exists(edge, asOf);
        if (!isOpen && !(ended && state.edges.wasSeen(edge, asOf))) continue;
        const other = side === 'up' ? state.edges.fromOf(edge) : state.edges.toOf(edge);
        if (!shown.has(other)) more[side] += isOpen ? 1 : 0;
        else if (side === 'down') edges.push(edgeView(state, edge, asOf));
      }
    }
    hidden.set(row, more);
  }
  const drafts = [...shown].map(([row, distance]) => {
    const { schema, tags } = state.assets.view(row, asOf);
    const newest = runsOf(state, row, asOf).next();
    return {
      schema,
      node: {
        ...assetRef(state, row, asOf),
        distance,
        columnCount: schema === null ? null : state.schemas.get(schema).columns,
        tags: [...tags],
        lastAt: iso(lastSeen(state, row, asOf).lastValid),
        lastState: newest.done ? null : runView(state, newest.value, asOf).state,
        moreUp: hidden.get(row)!.up,
        moreDown: hidden.get(row)!.down,
      },
    };
  });
  const answer = {
    root: state.assets.idOf(root),
    direction,
    depth,
    edges: edges.sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to)),
    omitted: distances.size - shown.size,
    columnEdges: columns ? columnEdgesAmong(state, shown, asOf) : [],
    asOf: asOfView(state, asOf, checkpoint),
  };
  // Everything above is from one moment; only now may the log move on while column names are read.
  const nodes: z.infer<typeof LineageNode>[] = await Promise.all(
    drafts.map(async ({ schema, node }) => {
      const fields = schema === null ? [] : await schemas.fields(schema);
      return { ...node, columns: fields.slice(0, columns ? NAMED_COLUMNS : SHOWN_COLUMNS).map(({ name }) => name) };
    }),
  );
  return { ...answer, nodes };
}

/** Ways between columns of the datasets shown. */
function columnEdgesAmong(state: State, shown: ReadonlyMap<number, number>, asOf: AsOf): z.infer<typeof ColumnEdge>[] {
  const edges: z.infer<typeof ColumnEdge>[] = [];
  for (const row of shown.keys()) {
    if (state.assets.kindOf(row) !== 'dataset') continue;
    for (const step of columnsInto(state, row, asOf)) {
      if (edges.length >= COLUMN_EDGES_MAX) return edges;
      if (shown.has(step.from.dataset)) edges.push(columnEdgeView(state, step));
    }
  }
  return edges;
}

/** Hops to every asset reached: negative upstream. In a cycle the shorter way counts, downstream if both are as long. */
function distancesFrom(
  state: State,
  root: number,
  direction: LineageQuery['direction'],
  depth: number,
  asOf: AsOf,
): Map<number, number> {
  const distances = new Map([[root, 0]]);
  for (const side of direction === 'both' ? (['down', 'up'] as const) : [direction]) {
    const { nodes, distance } = reach(state.edges, root, side, depth, asOf);
    nodes.forEach((row, i) => {
      const hops = distance[i]!;
      const known = distances.get(row);
      if (known === undefined || hops < Math.abs(known)) distances.set(row, side === 'down' ? hops : -hops);
    });
  }
  return distances;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
