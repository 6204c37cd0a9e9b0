/** Orders each rank so that few edges cross: barycentres in both directions, then swaps of neighbours that help. */
import { neighbours, type Mesh, type Neighbour } from './mesh.ts';

const SWEEPS = 12;
/** Sweeps without a better order after which it stops. */
const PATIENCE = 4;

/** Reorders `mesh.layers` in place. */
export function orderLayers(mesh: Mesh): void {
  const left = neighbours(mesh.vertices.length, mesh.pieces, 'from');
  const right = neighbours(mesh.vertices.length, mesh.pieces, 'to');
  const place: number[] = [];
  const settle = (layer: readonly number[]) => layer.forEach((vertex, n) => (place[vertex] = n));
  mesh.layers.forEach(settle);

  let best = mesh.layers.map((layer) => [...layer]);
  let fewest = crossings(mesh, place, right);
  let idle = 0;
  for (let sweep = 0; sweep < SWEEPS && fewest > 0 && idle < PATIENCE; sweep++) {
    const toRight = sweep % 2 === 0;
    const sides = toRight ? left : right;
    const layers = toRight ? mesh.layers.slice(1) : mesh.layers.slice(0, -1).reverse();
    for (const layer of layers) {
      sortByBarycentre(mesh, layer, place, sides);
      settle(layer);
    }
    swapNeighbours(mesh, place, left, right);
    const found = crossings(mesh, place, right);
    if (found < fewest) {
      fewest = found;
      best = mesh.layers.map((layer) => [...layer]);
      idle = 0;
    } else {
      idle++;
    }
  }
  mesh.layers = best;
}

/** A port low on a tall node counts as lower than one high on it, but never as low as the next node. */
const position = ({ vertices }: Mesh, place: readonly number[], { other, otherY }: Neighbour): number =>
  place[other]! + otherY / (vertices[other]!.height + 1);

function sortByBarycentre(
  mesh: Mesh,
  layer: number[],
  place: readonly number[],
  sides: readonly (readonly Neighbour[])[],
): void {
  const value = new Map(
    layer.map((vertex) => {
      const near = sides[vertex]!;
      if (near.length === 0) return [vertex, place[vertex]!];
      return [vertex, near.reduce((sum, one) => sum + position(mesh, place, one), 0) / near.length];
    }),
  );
  layer.sort((a, b) => value.get(a)! - value.get(b)! || place[a]! - place[b]!);
}

function swapNeighbours(
  mesh: Mesh,
  place: number[],
  left: readonly (readonly Neighbour[])[],
  right: readonly (readonly Neighbour[])[],
): void {
  const positions = (vertex: number, sides: readonly (readonly Neighbour[])[]) =>
    sides[vertex]!.map((one) => position(mesh, place, one));
  for (let again = 0; again < 3; again++) {
    let changed = false;
    for (const layer of mesh.layers) {
      for (let n = 0; n + 1 < layer.length; n++) {
        const [above, below] = [layer[n]!, layer[n + 1]!];
        let gain = 0;
        for (const sides of [left, right]) {
          for (const a of positions(above, sides)) {
            for (const b of positions(below, sides)) gain += Math.sign(a - b);
          }
        }
        if (gain <= 0) continue;
        layer[n] = below;
        layer[n + 1] = above;
        place[below] = n;
        place[above] = n + 1;
        changed = true;
      }
    }
    if (!changed) return;
  }
}

/** Number of crossings between all neighbouring ranks: inversions, counted with a binary indexed tree. */
function crossings(mesh: Mesh, place: readonly number[], right: readonly (readonly Neighbour[])[]): number {
  let total = 0;
  for (const layer of mesh.layers) {
    const ends: { readonly start: number; readonly end: number }[] = [];
    for (const vertex of layer) {
      const { height } = mesh.vertices[vertex]!;
      for (const piece of right[vertex]!) {
        ends.push({ start: place[vertex]! + piece.ownY / (height + 1), end: position(mesh, place, piece) });
      }
    }
    ends.sort((a, b) => a.start - b.start || a.end - b.end);
    total += inversions(ends.map(({ end }) => end));
  }
  return total;
}

function inversions(values: readonly number[]): number {
  const steps = [...new Set(values)].sort((a, b) => a - b);
  const stepOf = new Map(steps.map((value, n) => [value, n + 1]));
  const tree = Array.from({ length: steps.length + 1 }, () => 0);
  let total = 0;
  values.forEach((value, before) => {
    const step = stepOf.get(value)!;
    let notAbove = 0;
    for (let n = step; n > 0; n -= n & -n) notAbove += tree[n]!;
    total += before - notAbove;
    for (let n = step; n < tree.length; n += n & -n) tree[n]!++;
  });
  return total;
}
