/** What lies up- or downstream of an asset, as of a time: breadth-first over the edges that had not ended by then. */
import type { AsOf } from './as-of.ts';
import type { EdgeTable } from './edge-table.ts';

export interface Reached {
  /** Rows of assets in order of distance, the start first. */
  readonly nodes: Int32Array;
  /** Hops from the start, one for each node. */
  readonly distance: Int32Array;
}

/**
 * Reused between walks. One bit a node says that it was seen, so that what is looked at for each edge stays in the
 * processor's nearest cache; a walk takes its bits back, so it costs what it reaches, not the size of the graph.
 */
const scratch = { seen: new Uint32Array(0), queue: new Int32Array(0), distance: new Int32Array(0) };

function prepare(nodes: number): void {
  if (scratch.queue.length >= nodes) return;
  const size = Math.max(1024, nodes * 2);
  scratch.seen = new Uint32Array((size >> 5) + 1);
  scratch.queue = new Int32Array(size);
  scratch.distance = new Int32Array(size);
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
  const { seen, queue, distance } = scratch;
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
  seen[start >> 5]! |= 1 << (start & 31);
  queue[tail] = start;
  distance[tail++] = 0;
  while (head < tail) {
    const node = queue[head]!;
    const hops = distance[head++]!;
    if (hops >= depth || node >= nodes) continue;
    for (let edge = first[node]!; edge >= rows.edges; edge = next[edge]!) {
      const other = target[edge]!;
      if ((seen[other >> 5]! >>> (other & 31)) & 1 || (mayHaveEnded && !isOpen(edge, node, other))) continue;
      seen[other >> 5]! |= 1 << (other & 31);
      queue[tail] = other;
      distance[tail++] = hops + 1;
    }
    if (node >= rows.nodes) continue;
    for (let at = rows.start[node]!, end = rows.start[node + 1]!; at < end; at++) {
      const other = rows.target[at]!;
      if ((seen[other >> 5]! >>> (other & 31)) & 1 || (mayHaveEnded && !isOpen(rows.edge[at]!, node, other))) continue;
      seen[other >> 5]! |= 1 << (other & 31);
      queue[tail] = other;
      distance[tail++] = hops + 1;
    }
  }
  for (let i = 0; i < tail; i++) seen[queue[i]! >> 5] = 0;
  return { nodes: queue.slice(0, tail), distance: distance.slice(0, tail) };
}
