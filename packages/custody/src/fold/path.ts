/** The shortest way from one asset to another along edges that were open as of a time. */
import type { AsOf } from './as-of.ts';
import type { State } from './state.ts';

export interface Path {
  /** `down` if what was asked for second comes from the first; `up` if it is the other way round. */
  readonly direction: 'up' | 'down';
  /** Rows of assets in the direction of the data. */
  readonly nodes: readonly number[];
  /** Edges between them: one fewer. */
  readonly edges: readonly number[];
}

/** Null if no way leads from either to the other. */
export function shortestPath(state: State, from: number, to: number, asOf: AsOf): Path | null {
  for (const direction of ['down', 'up'] as const) {
    const path = direction === 'down' ? walk(state, from, to, asOf) : walk(state, to, from, asOf);
    if (path) return { direction, ...path };
  }
  return null;
}

function walk(state: State, from: number, to: number, asOf: AsOf) {
  const { edges } = state;
  /** The edge each node was first reached by. */
  const by = new Map<number, number>([[from, -1]]);
  let front = [from];
  while (front.length > 0 && !by.has(to)) {
    const next: number[] = [];
    for (const node of front) {
      for (const edge of edges.of(node, 'down')) {
        const other = edges.toOf(edge);
        if (by.has(other) || !edges.exists(edge, asOf)) continue;
        by.set(other, edge);
        next.push(other);
      }
    }
    front = next;
  }
  if (!by.has(to)) return null;
  const path = { nodes: [to], edges: [] as number[] };
  for (let node = to; node !== from;) {
    const edge = by.get(node)!;
    path.edges.unshift(edge);
    path.nodes.unshift((node = edges.fromOf(edge)));
  }
  return path;
}
