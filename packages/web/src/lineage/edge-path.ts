/** The line of an edge: level across ranks, a smooth curve in the gaps between them. */
import type { Point } from '../layout/layered-layout.ts';

/** Pieces from point to point: level and curved in turn, beginning with a level one. */
export function segmentsOf(
  points: readonly Point[],
): readonly { readonly from: Point; readonly to: Point; readonly bend: number }[] {
  return points.slice(1).map((to, n) => {
    const from = points[n]!;
    return { from, to, bend: n % 2 === 1 ? Math.max(18, (to.x - from.x) / 2) : 0 };
  });
}

export function svgPath(points: readonly Point[]): string {
  const first = points[0];
  if (!first) return '';
  return segmentsOf(points).reduce(
    (path, { from, to, bend }) =>
      bend === 0
        ? `${path}L${to.x} ${to.y}`
        : `${path}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`,
    `M${first.x} ${first.y}`,
  );
}
