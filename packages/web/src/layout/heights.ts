/**
 * Heights: every vertex wants to stand level with what it is joined to; a rank keeps its order and its gaps.
 *
 * For one rank this is a least-squares problem with order constraints, which pooling adjacent violators solves exactly in
 * linear time (Ayer et al., 1955). Sweeping over the ranks a few times spreads it through the drawing.
 */
import { isBend, neighbours, type Mesh, type Neighbour } from './mesh.ts';

const SWEEPS = 8;
/** A bend pulls harder than a node: a long edge that is straight is worth more than a node in the very middle. */
const PULL_OF_BEND = 6;

/** Top of each vertex; the highest is at 0. */
export function placeHeights(mesh: Mesh, gap: number): readonly number[] {
  const { vertices, layers } = mesh;
  const left = neighbours(vertices.length, mesh.pieces, 'from');
  const right = neighbours(vertices.length, mesh.pieces, 'to');
  const tops = vertices.map(() => 0);
  for (const layer of layers) stack(mesh, layer, tops, gap);

  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const last = sweep >= SWEEPS - 2;
    const order = sweep % 2 === 0 ? layers : layers.toReversed();
    const sides = sweep % 2 === 0 ? [left] : [right];
    for (const layer of order) settle(mesh, layer, tops, last ? [left, right] : sides, gap);
  }
  const highest = tops.reduce((least, top) => Math.min(least, top), Infinity);
  return tops.map((top) => Math.round(top - highest));
}

function stack({ vertices }: Mesh, layer: readonly number[], tops: number[], gap: number): void {
  const total = layer.reduce((sum, vertex) => sum + vertices[vertex]!.height + gap, -gap);
  let top = -total / 2;
  for (const vertex of layer) {
    tops[vertex] = top;
    top += vertices[vertex]!.height + gap;
  }
}

function settle(
  mesh: Mesh,
  layer: readonly number[],
  tops: number[],
  sides: readonly (readonly (readonly Neighbour[])[])[],
  gap: number,
): void {
  const offsets: number[] = [];
  const wished: number[] = [];
  const weights: number[] = [];
  let offset = 0;
  layer.forEach((vertex, n) => {
    let sum = 0;
    let weight = 0;
    for (const side of sides) {
      for (const { other, ownY, otherY } of side[vertex]!) {
        const pull = isBend(mesh, other) && isBend(mesh, vertex) ? PULL_OF_BEND : 1;
        sum += pull * (tops[other]! + otherY - ownY);
        weight += pull;
      }
    }
    offsets[n] = offset;
    // What has no neighbour on this side stays where it is, but gives way to what has.
    wished[n] = (weight === 0 ? tops[vertex]! : sum / weight) - offset;
    weights[n] = weight === 0 ? 0.1 : weight;
    const next = layer[n + 1];
    const close = next !== undefined && isBend(mesh, next) && isBend(mesh, vertex);
    offset += mesh.vertices[vertex]!.height + (close ? gap / 4 : gap);
  });
  isotonic(wished, weights).forEach((value, n) => (tops[layer[n]!] = value + offsets[n]!));
}

/** The non-decreasing sequence closest to `values` in weighted least squares. */
export function isotonic(values: readonly number[], weights: readonly number[]): readonly number[] {
  const pools: { value: number; weight: number; count: number }[] = [];
  values.forEach((value, n) => {
    pools.push({ value, weight: weights[n]!, count: 1 });
    while (pools.length > 1 && pools.at(-2)!.value > pools.at(-1)!.value) {
      const last = pools.pop()!;
      const pool = pools.at(-1)!;
      const weight = pool.weight + last.weight;
      pool.value = (pool.value * pool.weight + last.value * last.weight) / weight;
      pool.weight = weight;
      pool.count += last.count;
    }
  });
  return pools.flatMap(({ value, count }) => Array.from({ length: count }, () => value));
}
