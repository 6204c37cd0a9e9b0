/** Walking a drawn graph with the arrow keys: left and right along edges, up and down among what stands beside. */
import type { Side } from './picture.ts';

export interface Stop {
  readonly id: string;
  readonly rank: number;
  /** Middle of the node, in pixels. */
  readonly y: number;
  /** It stands for several assets that are not drawn. */
  readonly group?: boolean;
}

export interface Trail {
  readonly from: string;
  readonly to: string;
}

export type ArrowKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

export const isArrow = (key: string): key is ArrowKey => /^Arrow(Left|Right|Up|Down)$/.test(key);

/**
 * Where an arrow leads from `at`, or null if nowhere. Of several ends of edges it is the one that the walk came from, else
 * the nearest asset in height; the others, and groups, are reached with up and down.
 */
export function step(
  stops: readonly Stop[],
  trails: readonly Trail[],
  at: string,
  key: ArrowKey,
  cameFrom: string | null = null,
): string | null {
  const here = stops.find(({ id }) => id === at);
  if (!here) return stops[0]?.id ?? null;
  if (key === 'ArrowUp' || key === 'ArrowDown') return beside(stops, here, key === 'ArrowUp' ? -1 : 1);
  const side: Side = key === 'ArrowLeft' ? 'up' : 'down';
  const ends = trails.flatMap(({ from, to }) => (side === 'up' ? (to === at ? [from] : []) : from === at ? [to] : []));
  const near = stops.filter(({ id }) => id !== at && ends.includes(id));
  const back = near.find(({ id }) => id === cameFrom);
  const assets = near.filter(({ group }) => group !== true);
  return back?.id ?? nearest(assets, here.y) ?? nearest(near, here.y);
}

function beside(stops: readonly Stop[], here: Stop, way: 1 | -1): string | null {
  const further = stops.filter(({ id, rank, y }) => id !== here.id && rank === here.rank && way * (y - here.y) > 0);
  return nearest(further, here.y);
}

function nearest(stops: readonly Stop[], y: number): string | null {
  let best: Stop | null = null;
  for (const stop of stops) {
    const closer = best === null ? 1 : Math.abs(best.y - y) - Math.abs(stop.y - y);
    if (best === null || closer > 0 || (closer === 0 && stop.id < best.id)) best = stop;
  }
  return best?.id ?? null;
}
