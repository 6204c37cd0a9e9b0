/** A picture with places: what the graph draws, what the arrow keys walk, and what the table lists. */
import { layeredLayout, type Layout, type PlacedEdge } from '../layout/layered-layout.ts';
import { groupTrail, layoutNodes } from './card.ts';
import { edgeId, hopsOf, type Picture } from './picture.ts';
import type { Stop, Trail } from './walk.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rank: number;
}

export interface GraphModel {
  readonly picture: Picture;
  readonly layout: Layout;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly hops: ReadonlyMap<string, number>;
  readonly stops: readonly Stop[];
  readonly trails: readonly (Trail & { readonly id: string; readonly place: PlacedEdge })[];
}

export function graphModel(picture: Picture, withColumns: boolean): GraphModel {
  const nodes = layoutNodes(picture, withColumns);
  const trails = [
    ...picture.edges.map((edge) => ({ id: edgeId(edge), from: edge.from, to: edge.to })),
    ...picture.groups.map((group) => ({ id: `group ${group.id}`, ...groupTrail(group) })),
  ];
  const layout = layeredLayout(nodes, trails, { betweenRanks: 40, betweenNodes: 18, betweenLanes: 12 });
  const sizes = new Map(nodes.map((node) => [node.id, node]));
  const boxes = new Map(
    layout.nodes.map(({ id, x, y, rank }) => {
      const { width = 0, height = 0 } = sizes.get(id) ?? {};
      return [id, { x, y, width, height, rank }];
    }),
  );
  const groupIds = new Set<string>(picture.groups.map(({ id }) => id));
  const places = new Map(layout.edges.map((place) => [place.id, place]));
  return {
    picture,
    layout,
    boxes,
    hops: hopsOf(picture),
    stops: [...boxes].map(([id, { y, rank }]) => ({ id, rank, y: y + 23, group: groupIds.has(id) })),
    trails: trails.flatMap((trail) => {
      const place = places.get(trail.id);
      return place ? [{ ...trail, place }] : [];
    }),
  };
}

/** `2 steps upstream`, `here`, `1 step downstream`. */
export function hopWords(hops: number | undefined): string {
  if (hops === undefined) return 'beside';
  if (hops === 0) return 'here';
  const steps = Math.abs(hops);
  return `${steps} ${steps === 1 ? 'step' : 'steps'} ${hops < 0 ? 'upstream' : 'downstream'}`;
}
