/** A picture with places: what the graph draws, what the arrow keys walk, and what the table lists. */
import { layeredLayout, type Layout, type LayoutEdge, type PlacedEdge } from '../layout/layered-layout.ts';
import type { ColumnEdge, ColumnEnd } from '../api/answers.ts';
import { groupTrail, layoutNodes, ROW, rowTop } from './card.ts';
import { columnId, NO_COLUMNS, wayId, type OpenColumns } from './open-columns.ts';
import { edgeId, hopsOf, type Picture } from './picture.ts';
import type { Stop, Trail } from './walk.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rank: number;
}

export interface PlacedTrail extends Trail {
  readonly id: string;
  readonly place: PlacedEdge;
}

/** A way between two columns, or between a column and the rows of a dataset. */
export interface PlacedWay extends PlacedTrail {
  readonly way: ColumnEdge;
}

export interface GraphModel {
  readonly picture: Picture;
  readonly layout: Layout;
  readonly columns: OpenColumns;
  /** Cards by the id of their asset or group. */
  readonly boxes: ReadonlyMap<string, Box>;
  /** Cards and the rows on them: everything that can have the focus. */
  readonly spots: ReadonlyMap<string, Box>;
  readonly hops: ReadonlyMap<string, number>;
  readonly stops: readonly Stop[];
  readonly trails: readonly PlacedTrail[];
  readonly ways: readonly PlacedWay[];
}

export function graphModel(picture: Picture, columns: OpenColumns = NO_COLUMNS): GraphModel {
  const nodes = layoutNodes(picture, columns);
  const trails = [
    ...picture.edges.map((edge) => ({ id: edgeId(edge), from: edge.from, to: edge.to })),
    ...picture.groups.map((group) => ({ id: `group ${group.id}`, ...groupTrail(group) })),
  ];
  const wayEdges = columns.ways.map((way): LayoutEdge => ({
    id: wayId(way),
    from: way.from.asset,
    to: way.to.asset,
    ...(way.from.column !== null && { fromPort: endId(way.from) }),
    ...(way.to.column !== null && { toPort: endId(way.to) }),
  }));
  const layout = layeredLayout(nodes, [...trails, ...wayEdges], {
    betweenRanks: 42,
    betweenNodes: 18,
    betweenLanes: 12,
  });
  const sizes = new Map(nodes.map((node) => [node.id, node]));
  const boxes = new Map(
    layout.nodes.map(({ id, x, y, rank }) => {
      const { width = 0, height = 0 } = sizes.get(id) ?? {};
      return [id, { x, y, width, height, rank }];
    }),
  );
  const spots = new Map(boxes);
  for (const [id, { shown }] of columns.rows) {
    const card = boxes.get(id);
    if (!card) continue;
    shown.forEach((name, n) => spots.set(columnId(id, name), { ...card, y: card.y + rowTop(n), height: ROW }));
  }
  const groupIds = new Set<string>(picture.groups.map(({ id }) => id));
  const places = new Map(layout.edges.map((place) => [place.id, place]));
  return {
    picture,
    layout,
    columns,
    boxes,
    spots,
    hops: hopsOf(picture),
    stops: [...spots].map(([id, { y, rank, height }]) => ({
      id,
      rank,
      y: y + (boxes.has(id) ? 23 : height / 2),
      group: groupIds.has(id),
    })),
    trails: trails.flatMap((trail) => {
      const place = places.get(trail.id);
      return place ? [{ ...trail, place }] : [];
    }),
    ways: columns.ways.flatMap((way) => {
      const place = places.get(wayId(way));
      return place ? [{ id: wayId(way), from: endId(way.from), to: endId(way.to), place, way }] : [];
    }),
  };
}

const endId = ({ asset, column }: ColumnEnd): string => (column === null ? asset : columnId(asset, column));

/** `2 steps upstream`, `here`, `1 step downstream`. */
export function hopWords(hops: number | undefined): string {
  if (hops === undefined) return 'beside';
  if (hops === 0) return 'here';
  const steps = Math.abs(hops);
  return `${steps} ${steps === 1 ? 'step' : 'steps'} ${hops < 0 ? 'upstream' : 'downstream'}`;
}
