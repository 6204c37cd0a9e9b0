/** What the layout works on: nodes and bends in ranks, joined by pieces of edges from one rank to the next. */
interface Vertex {
  /** Index of the node; null for a bend of a long edge. */
  readonly node: number | null;
  readonly rank: number;
  readonly height: number;
}

interface Piece {
  readonly from: number;
  readonly to: number;
  /** Where it leaves and arrives, from the top of the vertex. */
  readonly fromY: number;
  readonly toY: number;
}

interface Chain {
  readonly vertices: readonly number[];
  readonly start: number;
  readonly end: number;
  readonly reversed: boolean;
}

export interface Mesh {
  readonly vertices: Vertex[];
  readonly pieces: Piece[];
  /** Vertices of each rank, from the top. Ordering changes these lists in place. */
  layers: number[][];
  /** By index of the edge. */
  readonly chains: Map<number, Chain>;
}

export const isBend = ({ vertices }: Mesh, vertex: number): boolean => vertices[vertex]!.node === null;

/**
 * A first order that already follows the edges: a walk from each vertex of the first rank, depth first, so that what is
 * connected begins side by side.
 */
export function layersOf({ vertices, pieces }: Mesh): number[][] {
  const next = neighbours(vertices.length, pieces, 'to');
  const layers: number[][] = [];
  for (const { rank } of vertices) layers[rank] ??= [];
  for (let rank = 0; rank < layers.length; rank++) layers[rank] ??= [];
  const seen = new Set<number>();
  const visit = (start: number) => {
    const open = [start];
    while (open.length > 0) {
      const vertex = open.pop()!;
      if (seen.has(vertex)) continue;
      seen.add(vertex);
      layers[vertices[vertex]!.rank]!.push(vertex);
      for (const { other } of next[vertex]!.toReversed()) open.push(other);
    }
  };
  const byRank = vertices.map((_, index) => index).sort((a, b) => vertices[a]!.rank - vertices[b]!.rank || a - b);
  for (const vertex of byRank) visit(vertex);
  return layers;
}

export interface Neighbour {
  readonly other: number;
  readonly ownY: number;
  readonly otherY: number;
}

/** For each vertex what lies on one side of it: `to` to the right, `from` to the left. */
export function neighbours(
  size: number,
  pieces: readonly Piece[],
  side: 'from' | 'to',
): readonly (readonly Neighbour[])[] {
  const lists: Neighbour[][] = Array.from({ length: size }, () => []);
  for (const { from, to, fromY, toY } of pieces) {
    if (side === 'to') lists[from]!.push({ other: to, ownY: fromY, otherY: toY });
    else lists[to]!.push({ other: from, ownY: toY, otherY: fromY });
  }
  return lists;
}
