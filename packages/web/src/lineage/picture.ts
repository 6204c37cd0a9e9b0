/**
 * Which part of a lineage is drawn: what was asked for, what was unfolded since, and for everything left out a group that
 * says how many it stands for.
 */
import type { Lineage, LineageEdge, LineageNode } from '../api/answers.ts';

export type Side = 'up' | 'down';
type GroupId = `${Side}:${string}`;

export interface Group {
  readonly id: GroupId;
  /** The asset whose neighbours it holds. */
  readonly of: string;
  readonly side: Side;
  readonly count: number;
}

export interface Picture {
  readonly root: string;
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
  readonly groups: readonly Group[];
}

/** Nodes of one answer that are drawn at most; unfolding may add some. */
export const MOST_NODES = 150;
const MOST_UNFOLDED = 60;
/** Neighbours on one side of an asset that are drawn before the rest becomes a group. */
const FIRST_NEIGHBOURS = 8;

const groupId = (side: Side, of: string): GroupId => `${side}:${of}`;
export const edgeId = ({ from, to }: Pick<LineageEdge, 'from' | 'to'>): string => `${from}>${to}`;

export function sideAndAsset(id: string): { readonly side: Side; readonly of: string } | null {
  const side = id.startsWith('up:') ? 'up' : id.startsWith('down:') ? 'down' : null;
  return side && { side, of: id.slice(side.length + 1) };
}

/**
 * `unfolded`: answers for the groups in `open`, each one hop from its asset. Those that are not there yet are left out.
 * `first`: assets that matter more than others, such as those that were reached: no group hides them.
 */
export function pictureOf(
  main: Lineage,
  unfolded: readonly Lineage[],
  open: readonly string[],
  first: ReadonlySet<string> = new Set(),
): Picture {
  const known = join([main, ...unfolded]);
  const visible = new Set([main.root]);
  const sides: readonly Side[] = main.direction === 'both' ? ['up', 'down'] : [main.direction];

  const walk = (starts: readonly (readonly [string, Side])[], most: number) => {
    const queue = [...starts];
    for (let n = 0; n < queue.length; n++) {
      const [id, side] = queue[n]!;
      const near = known.near(id, side);
      const fresh = near
        .filter((other) => !visible.has(other))
        .toSorted(
          (a, b) =>
            Number(first.has(b)) - Number(first.has(a)) ||
            // What still is comes before what has ended.
            Number(known.hasEnded(id, side, a)) - Number(known.hasEnded(id, side, b)),
        );
      const matter = fresh.filter((other) => first.has(other)).length;
      const room = Math.max(matter, FIRST_NEIGHBOURS - (near.length - fresh.length));
      // One more than there is room for would only trade a name for "1 more".
      const shown = open.includes(groupId(side, id)) || fresh.length <= room + 1 ? fresh : fresh.slice(0, room);
      for (const other of shown) {
        if (visible.size >= most) return;
        visible.add(other);
        queue.push([other, side]);
      }
    }
  };
  walk(
    sides.map((side) => [main.root, side]),
    MOST_NODES,
  );
  for (const id of open) {
    const group = sideAndAsset(id);
    if (group && visible.has(group.of)) walk([[group.of, group.side]], MOST_NODES + MOST_UNFOLDED);
  }

  const nodes = [...visible].flatMap((id) => known.nodes.get(id) ?? []).sort((a, b) => compare(a.id, b.id));
  const edges = [...known.edges.values()].filter(({ from, to }) => visible.has(from) && visible.has(to));
  const groups = nodes.flatMap(({ id }) =>
    sides.flatMap((side): Group[] => {
      const count = known.degree(id, side) - known.near(id, side).filter((other) => visible.has(other)).length;
      return count > 0 ? [{ id: groupId(side, id), of: id, side, count }] : [];
    }),
  );
  return { root: main.root, nodes, edges, groups };
}

interface Known {
  readonly nodes: ReadonlyMap<string, LineageNode>;
  readonly edges: ReadonlyMap<string, LineageEdge>;
  /** Neighbours that some answer names, in a fixed order. */
  near(id: string, side: Side): readonly string[];
  /** Whether the edge to a neighbour has ended. */
  hasEnded(id: string, side: Side, other: string): boolean;
  /** All neighbours that there are, named or not. */
  degree(id: string, side: Side): number;
}

function join(answers: readonly Lineage[]): Known {
  const nodes = new Map<string, LineageNode>();
  const edges = new Map<string, LineageEdge>();
  const degrees = new Map<string, number>();
  const near = new Map<string, Set<string>>();
  for (const answer of answers) {
    const within = new Map<string, number>();
    const meet = (side: Side, id: string, other: string) => {
      const key = groupId(side, id);
      within.set(key, (within.get(key) ?? 0) + 1);
      near.set(key, (near.get(key) ?? new Set()).add(other));
    };
    for (const edge of answer.edges) {
      edges.set(edgeId(edge), edge);
      meet('down', edge.from, edge.to);
      meet('up', edge.to, edge.from);
    }
    for (const node of answer.nodes) {
      // The first answer measures distances from the root; later ones only from the asset that was unfolded.
      if (!nodes.has(node.id)) nodes.set(node.id, node);
      for (const side of ['up', 'down'] as const) {
        const key = groupId(side, node.id);
        const more = side === 'up' ? node.moreUp : node.moreDown;
        degrees.set(key, Math.max(degrees.get(key) ?? 0, more + (within.get(key) ?? 0)));
      }
    }
  }
  const sorted = new Map([...near].map(([key, others]) => [key, [...others].sort(compare)]));
  return {
    nodes,
    edges,
    near: (id, side) => (sorted.get(groupId(side, id)) ?? []).filter((other) => nodes.has(other)),
    hasEnded: (id, side, other) => {
      const edge = edges.get(edgeId(side === 'up' ? { from: other, to: id } : { from: id, to: other }));
      return edge !== undefined && edge.endedAt !== null;
    },
    degree: (id, side) => Math.max(degrees.get(groupId(side, id)) ?? 0, near.get(groupId(side, id))?.size ?? 0),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Hops from the root in this picture: negative upstream. For what was unfolded the server cannot know them. */
export function hopsOf({ root, edges }: Picture): ReadonlyMap<string, number> {
  const hops = new Map([[root, 0]]);
  const spread = (sign: 1 | -1) => {
    const front = [root];
    for (let n = 0; n < front.length; n++) {
      const id = front[n]!;
      const at = Math.abs(hops.get(id)!) + 1;
      for (const { from, to } of edges) {
        const [here, there] = sign === 1 ? [from, to] : [to, from];
        if (here !== id) continue;
        const before = hops.get(there);
        if (before !== undefined && Math.abs(before) <= at) continue;
        hops.set(there, sign * at);
        front.push(there);
      }
    }
  };
  spread(1);
  spread(-1);
  // What hangs on the picture sideways: beside the asset it was unfolded from.
  for (let grew = true; grew;) {
    grew = false;
    for (const { from, to } of edges) {
      const [a, b] = [hops.get(from), hops.get(to)];
      if (a === undefined && b !== undefined) hops.set(from, b - 1);
      else if (b === undefined && a !== undefined) hops.set(to, a + 1);
      else continue;
      grew = true;
    }
  }
  return hops;
}

/** The shortest way between the root and an asset, along edges in one direction: why the asset is in the picture. */
export function wayTo(picture: Picture, id: string): readonly LineageEdge[] {
  return search(picture, id, 'down') ?? search(picture, id, 'up') ?? [];
}

function search({ root, edges }: Picture, id: string, side: Side): readonly LineageEdge[] | null {
  const cameBy = new Map<string, LineageEdge | null>([[root, null]]);
  const front = [root];
  for (let n = 0; n < front.length && !cameBy.has(id); n++) {
    for (const edge of edges) {
      const [here, there] = side === 'down' ? [edge.from, edge.to] : [edge.to, edge.from];
      if (here !== front[n] || cameBy.has(there)) continue;
      cameBy.set(there, edge);
      front.push(there);
    }
  }
  if (!cameBy.has(id)) return null;
  const way: LineageEdge[] = [];
  for (let at = id, edge = cameBy.get(at); edge; edge = cameBy.get(at)) {
    way.unshift(edge);
    at = side === 'down' ? edge.from : edge.to;
  }
  return way;
}
