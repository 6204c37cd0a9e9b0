/**
 * The edges of each node side by side (compressed sparse rows), for walks over much of the graph: a list that jumps
 * through memory costs several times as much. Made when first asked for and again when the graph has grown; edges that
 * came since are few and are found in the edge table's lists.
 */
export interface Adjacency {
  /** Edges below this one are in the rows. */
  readonly edges: number;
  /** Nodes below this one have a row. */
  readonly nodes: number;
  /** Where the row of a node starts; one more than there are nodes. */
  readonly start: Int32Array;
  /** The node at the other end, and the edge, of each place in the rows. */
  readonly target: Int32Array;
  readonly edge: Int32Array;
}

export const EMPTY_ADJACENCY: Adjacency = {
  edges: 0,
  nodes: 0,
  start: new Int32Array(1),
  target: new Int32Array(0),
  edge: new Int32Array(0),
};

/** `from[edge] -> to[edge]` for the first `edges` edges over `nodes` nodes; newest edges first in each row. */
export function adjacencyOf(from: Int32Array, to: Int32Array, edges: number, nodes: number): Adjacency {
  const start = new Int32Array(nodes + 1);
  for (let edge = 0; edge < edges; edge++) start[from[edge]! + 1]!++;
  for (let node = 0; node < nodes; node++) start[node + 1]! += start[node]!;
  const place = start.slice(0, nodes);
  const target = new Int32Array(edges);
  const ids = new Int32Array(edges);
  for (let edge = edges - 1; edge >= 0; edge--) {
    const at = place[from[edge]!]!++;
    target[at] = to[edge]!;
    ids[at] = edge;
  }
  return { edges, nodes, start, target, edge: ids };
}
