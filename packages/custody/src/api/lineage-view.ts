/** The lineage around an asset as the API shows it, as of a time. */
import type { z } from '@hono/zod-openapi';
import { firstSeen, type AsOf } from '../fold/as-of.ts';
import { reach } from '../fold/reach.ts';
import type { State } from '../fold/state.ts';
import type { SchemaReader } from '../ledger/schema-reader.ts';
import type { SignedCheckpoint } from '../log/evidence-log.ts';
import { assetRef, iso, lastSeen, runsOf, runView } from './asset-view.ts';
import type { Lineage, LineageEdge, LineageNode } from './contract.ts';

const SHOWN_COLUMNS = 12;

export interface LineageQuery {
  readonly root: number;
  readonly direction: 'both' | 'up' | 'down';
  readonly depth: number;
  /** Most nodes in the answer, the nearest first. */
  readonly limit: number;
}

export async function lineageView(
  state: State,
  schemas: SchemaReader,
  { root, direction, depth, limit }: LineageQuery,
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
        if (!state.edges.exists(edge, asOf)) continue;
        const other = side === 'up' ? state.edges.fromOf(edge) : state.edges.toOf(edge);
        if (!shown.has(other)) more[side]++;
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
    asOf: {
      at: asOf.at === Infinity ? null : iso(asOf.at),
      entries: Math.min(asOf.entries, state.entries),
      checkpoint: checkpoint && { size: checkpoint.size, root: Buffer.from(checkpoint.root).toString('base64') },
    },
  };
  // Everything above is from one moment; only now may the log move on while column names are read.
  const nodes: z.infer<typeof LineageNode>[] = await Promise.all(
    drafts.map(async ({ schema, node }) => {
      const fields = schema === null ? [] : await schemas.fields(schema);
      return { ...node, columns: fields.slice(0, SHOWN_COLUMNS).map(({ name }) => name) };
    }),
  );
  return { ...answer, nodes };
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

function edgeView(state: State, edge: number, asOf: AsOf): z.infer<typeof LineageEdge> {
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
    lastRun: last?.run == null ? null : state.runs.view(last.run).id,
    lastEntry: last?.entry ?? 0,
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
