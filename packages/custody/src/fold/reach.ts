/** What lies up- or downstream of an asset, as of a time: breadth-first over the edges that had not ended by then. */
import type { AsOf } from './as-of.ts';
import type { EdgeTable } from './edge-table.ts';

export interface Reached {
  /** Rows of assets in order of distance, the start first. */
  readonly nodes: Int32Array;
  /** Hops from the start, one for each node. */
  readonly distance: Int32Array;
}

/** Reused between walks: which walk a node was last seen in. A walk then costs what it reaches, not the size of the graph. */
const scratch = { stamp: 0, seen: new Int32Array(0), queue: new Int32Array(0), distance: new Int32Array(0) };

function prepare(nodes: number): void {
  if (scratch.seen.length < nodes) {
    const size = Math.max(1024, nodes * 2);
    scratch.seen = new Int32Array(size);
    scratch.queue = new Int32Array(size);
    scratch.distance = new Int32Array(size);
    scratch.stamp = 0;
  }
  scratch.stamp++;
  if (scratch.stamp === 0x7fffffff) {
    scratch.seen.fill(0);
    scratch.stamp = 1;
  }
}

/** All assets within `depth` hops of `start` in one direction; `ended` goes along edges that have ended too. Cycles are walked once. */
export function reach(
  edges: EdgeTable,
  start: number,
  direction: 'up' | 'down',
  depth: number,
  asOf: AsOf,
  ended = false,
): Reached {
  const { nodes, rows, first, next, target, lastUsed, tellings } = edges.walkable(direction);
  const { since, length: told } = tellings;
  prepare(Math.max(nodes, start + 1));
  const { seen, queue, distance, stamp } = scratch;
  const timeless = asOf.at === Infinity && asOf.entries === Infinity;
  const down = direction === 'down';
  const mayHaveEnded = !timeless || (!ended && told > 0);
  /** As EdgeTable.exists, spelled out: only where a job's runs have written elsewhere is there more to look at. */
  const isOpen = (edge: number, node: number, other: number): boolean => {
    if (ended) return timeless || edges.wasSeen(edge, asOf);
    if (!timeless) return edges.exists(edge, asOf);
    const [from, to] = down ? [node, other] : [other, node];
    if (to * 3 < told && lastUsed[edge]! < since[to * 3]!) return false;
    if (from * 3 + 2 >= told || lastUsed[edge]! >= Math.max(since[from * 3 + 1]!, since[from * 3 + 2]!)) return true;
    return edges.exists(edge, asOf);
  };
  let head = 0;
  let tail = 0;
  seen[start] = stamp;
  queue[tail] = start;
  distance[tail++] = 0;
  while (head < tail) {
    const node = queue[head]!;
    const hops = distance[head++]!;
    if (hops >= depth || node >= nodes) continue;
    for (let edge = first[node]!; edge >= rows.edges; edge = next[edge]!) {
      const other = target[edge]!;
      if (seen[other] === stamp || (mayHaveEnded && !isOpen(edge, node, other))) continue;
      seen[other] = stamp;
      queue[tail] = other;
      distance[tail++] = hops + 1;
    }
    if (node >= rows.nodes) continue;
    for (let at = rows.start[node]!, end = rows.start[node + 1]!; at < end; at++) {
      const other = rows.target[at]!;
      if (seen[other] === stamp || (mayHaveEnded && !isOpen(rows.edge[at]!, node, other))) continue;
      seen[other] = stamp;
      queue[tail] = other;
      distance[tail++] = hops + 1;
    }
  }
  return { nodes: queue.slice(0, tail), distance: distance.slice(0, tail) };
}
