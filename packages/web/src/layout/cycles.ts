/**
 * Breaks cycles by turning few edges around: the greedy order of Eades, Lin and Smyth (1993). A graph without cycles
 * keeps every edge as it is.
 */
import type { Arc } from './layered-layout.ts';

/** Loops on one node are left out: they have no direction to draw. */
export function acyclic(size: number, edges: readonly (readonly [number, number])[]): readonly Arc[] {
  const place = greedyOrder(size, edges);
  return edges.flatMap(([from, to], edge): Arc[] => {
    if (from === to) return [];
    const reversed = place[from]! > place[to]!;
    return [reversed ? { edge, from: to, to: from, reversed } : { edge, from, to, reversed }];
  });
}

/** Place of each node in an order in which most edges go forward. Ties go to the lower index. */
function greedyOrder(size: number, edges: readonly (readonly [number, number])[]): readonly number[] {
  const out: number[][] = Array.from({ length: size }, () => []);
  const into: number[][] = Array.from({ length: size }, () => []);
  for (const [from, to] of edges) {
    if (from === to) continue;
    out[from]!.push(to);
    into[to]!.push(from);
  }
  const outs = out.map(({ length }) => length);
  const ins = into.map(({ length }) => length);
  const left = new Set(Array.from({ length: size }, (_, node) => node));
  const head: number[] = [];
  const tail: number[] = [];

  const take = (node: number, list: number[]) => {
    left.delete(node);
    list.push(node);
    for (const other of out[node]!) ins[other]!--;
    for (const other of into[node]!) outs[other]!--;
  };
  while (left.size > 0) {
    const sink = find(left, (node) => outs[node] === 0);
    if (sink !== null) {
      take(sink, tail);
      continue;
    }
    const source = find(left, (node) => ins[node] === 0);
    if (source !== null) {
      take(source, head);
      continue;
    }
    let best = -1;
    for (const node of left) {
      if (best < 0 || outs[node]! - ins[node]! > outs[best]! - ins[best]!) best = node;
    }
    take(best, head);
  }
  const place: number[] = [];
  [...head, ...tail.reverse()].forEach((node, n) => (place[node] = n));
  return place;
}

function find(nodes: ReadonlySet<number>, holds: (node: number) => boolean): number | null {
  for (const node of nodes) if (holds(node)) return node;
  return null;
}
