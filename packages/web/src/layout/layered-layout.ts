/**
 * A layered drawing of a directed graph, left to right: a pure function of its input, whatever the order it comes in.
 *
 * The steps of Sugiyama, Tagawa and Toda (1981): break cycles, give ranks, order each rank so that few edges cross, give
 * heights. Edges that span several ranks pass through bends of their own, so that they never run under a node.
 */
import { acyclic } from './cycles.ts';
import { isBend, layersOf, type Mesh } from './mesh.ts';
import { orderLayers } from './order.ts';
import { placeHeights } from './heights.ts';
import { ranksOf } from './ranks.ts';

interface LayoutPort {
  readonly id: string;
  /** From the top of the node to the middle of the port. */
  readonly y: number;
}

export interface LayoutNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** In the order they are drawn, which the layout never changes. Without a port an edge ends at `anchor`. */
  readonly ports?: readonly LayoutPort[];
  /** Where edges without a port end, from the top of the node. Half of its height unless told. */
  readonly anchor?: number;
}

export interface LayoutEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly fromPort?: string;
  readonly toPort?: string;
}

interface PlacedNode {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly rank: number;
  /** Place in its rank, from the top. */
  readonly order: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  readonly id: string;
  /**
   * Left to right. Pieces are level and curved in turn, beginning with a level one: out of the node to the edge of its
   * rank, over the gap, level across a rank that it only passes, over the next gap, and so on into the other node. Empty
   * for a loop on one node.
   */
  readonly points: readonly Point[];
  /** True if the edge runs against the drawing, to break a cycle: its first point is then at its target. */
  readonly reversed: boolean;
}

export interface Layout {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
}

interface LayoutSpacing {
  readonly betweenRanks: number;
  readonly betweenNodes: number;
  /** Between two edges that would else be drawn over each other. */
  readonly betweenLanes: number;
}

const SPACING: LayoutSpacing = { betweenRanks: 72, betweenNodes: 24, betweenLanes: 10 };

/**
 * Places nodes and edges. Nodes with the same id, and edges to nodes that are not there, are left out.
 * All lengths are in pixels; the drawing starts at 0, 0.
 */
export function layeredLayout(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  spacing: LayoutSpacing = SPACING,
): Layout {
  const sorted = uniqueById(nodes);
  const indexOf = new Map(sorted.map(({ id }, index) => [id, index]));
  const known = uniqueById(edges).filter(({ from, to }) => indexOf.has(from) && indexOf.has(to));
  const arcs = acyclic(
    sorted.length,
    known.map(({ from, to }) => [indexOf.get(from)!, indexOf.get(to)!]),
  );
  const ranks = ranksOf(sorted.length, arcs);
  const mesh = meshOf(sorted, known, arcs, ranks, spacing);
  orderLayers(mesh);
  const tops = placeHeights(mesh, spacing.betweenNodes);
  return drawingOf(sorted, known, mesh, tops, spacing);
}

function uniqueById<Item extends { readonly id: string }>(items: readonly Item[]): readonly Item[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

export interface Arc {
  /** Index of the edge. */
  readonly edge: number;
  readonly from: number;
  readonly to: number;
  readonly reversed: boolean;
}

/** Cuts long arcs into pieces from rank to rank and fixes where on its node each piece begins and ends. */
function meshOf(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  arcs: readonly Arc[],
  ranks: readonly number[],
  { betweenLanes }: LayoutSpacing,
): Mesh {
  const vertices = nodes.map((node, index) => ({ node: index, rank: ranks[index]!, height: node.height }));
  const mesh: Mesh = { vertices, pieces: [], layers: [], chains: new Map() };
  const lanes = lanesOf(edges, arcs);
  for (const { edge, from, to, reversed } of arcs) {
    const { fromPort, toPort } = edges[edge]!;
    const shift = lanes[edge]! * betweenLanes;
    const start = anchorOf(nodes[from]!, reversed ? toPort : fromPort) + shift;
    const end = anchorOf(nodes[to]!, reversed ? fromPort : toPort) + shift;
    const chain = [from];
    for (let rank = ranks[from]! + 1; rank < ranks[to]!; rank++) {
      chain.push(mesh.vertices.push({ node: null, rank, height: betweenLanes }) - 1);
    }
    chain.push(to);
    mesh.chains.set(edge, { vertices: chain, start, end, reversed });
    for (let n = 1; n < chain.length; n++) {
      mesh.pieces.push({
        from: chain[n - 1]!,
        to: chain[n]!,
        fromY: n === 1 ? start : betweenLanes / 2,
        toY: n === chain.length - 1 ? end : betweenLanes / 2,
      });
    }
  }
  mesh.layers = layersOf(mesh);
  return mesh;
}

/** Edges between the same two nodes get lanes ..., -1, 0, 1, ... around their anchor, so that none hides another. */
function lanesOf(edges: readonly LayoutEdge[], arcs: readonly Arc[]): readonly number[] {
  const bundles = new Map<string, number[]>();
  for (const { edge, from, to, reversed } of arcs) {
    const { fromPort = '', toPort = '' } = edges[edge]!;
    const ports = reversed ? [toPort, fromPort] : [fromPort, toPort];
    const bundle = JSON.stringify([from, to, ...ports]);
    bundles.set(bundle, [...(bundles.get(bundle) ?? []), edge]);
  }
  const lanes = edges.map(() => 0);
  for (const bundle of bundles.values()) {
    bundle.forEach((edge, n) => (lanes[edge] = n - (bundle.length - 1) / 2));
  }
  return lanes;
}

function anchorOf({ ports = [], height, anchor = height / 2 }: LayoutNode, port: string | undefined): number {
  return ports.find(({ id }) => id === port)?.y ?? anchor;
}

function drawingOf(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  mesh: Mesh,
  tops: readonly number[],
  spacing: LayoutSpacing,
): Layout {
  const widths = mesh.layers.map((layer) =>
    Math.max(0, ...layer.flatMap((vertex) => nodes[mesh.vertices[vertex]!.node ?? -1]?.width ?? [])),
  );
  const lefts: number[] = [];
  let width = 0;
  widths.forEach((own, rank) => {
    lefts[rank] = width;
    width += own + (rank < widths.length - 1 ? gapAfter(mesh, rank, spacing.betweenRanks) : 0);
  });

  const placed = nodes.map(({ id }, index): PlacedNode => {
    const { rank } = mesh.vertices[index]!;
    return {
      id,
      x: lefts[rank]!,
      y: tops[index]!,
      rank,
      order: mesh.layers[rank]!.filter((v) => !isBend(mesh, v)).indexOf(index),
    };
  });
  const drawn = edges.map(({ id }, edge): PlacedEdge => {
    const chain = mesh.chains.get(edge);
    if (!chain) return { id, points: [], reversed: false };
    const first = chain.vertices[0]!;
    const last = chain.vertices.at(-1)!;
    const start = { left: lefts[mesh.vertices[first]!.rank]!, y: tops[first]! + chain.start };
    const points: Point[] = [
      { x: start.left + nodes[first]!.width, y: start.y },
      { x: start.left + widths[mesh.vertices[first]!.rank]!, y: start.y },
    ];
    for (const bend of chain.vertices.slice(1, -1)) {
      const { rank, height } = mesh.vertices[bend]!;
      const y = tops[bend]! + height / 2;
      points.push({ x: lefts[rank]!, y }, { x: lefts[rank]! + widths[rank]!, y });
    }
    points.push({ x: lefts[mesh.vertices[last]!.rank]!, y: tops[last]! + chain.end });
    return { id, points, reversed: chain.reversed };
  });
  const height = Math.max(0, ...nodes.map((node, index) => tops[index]! + node.height));
  return { nodes: placed, edges: drawn, width, height };
}

/** A gap that many edges cross is wider, so that their curves stay apart. */
function gapAfter({ pieces, vertices }: Mesh, rank: number, least: number): number {
  const crossing = pieces.filter(({ from }) => vertices[from]!.rank === rank).length;
  return least + Math.min(96, Math.max(0, crossing - 4) * 2);
}
