/** Ranks by the longest path, then pulled towards what they feed, so that edges are short. */
import type { Arc } from './layered-layout.ts';

/** Rank of each node, from 0; every arc goes to a higher rank. The arcs must have no cycle. */
export function ranksOf(size: number, arcs: readonly Arc[]): readonly number[] {
  const out: number[][] = Array.from({ length: size }, () => []);
  const into: number[][] = Array.from({ length: size }, () => []);
  for (const { from, to } of arcs) {
    out[from]!.push(to);
    into[to]!.push(from);
  }
  const waiting = into.map(({ length }) => length);
  const order = waiting.flatMap((count, node) => (count === 0 ? [node] : []));
  const rank: number[] = Array.from({ length: size }, () => 0);
  for (let n = 0; n < order.length; n++) {
    const node = order[n]!;
    for (const other of out[node]!) {
      rank[other] = Math.max(rank[other]!, rank[node]! + 1);
      if (--waiting[other]! === 0) order.push(other);
    }
  }
  // From the right: a node that feeds more than it is fed by stands just before the first that it feeds.
  for (const node of order.toReversed()) {
    if (out[node]!.length <= into[node]!.length) continue;
    rank[node] = Math.max(rank[node]!, Math.min(...out[node]!.map((other) => rank[other]!)) - 1);
  }
  const least = Math.min(...rank);
  return rank.map((value) => value - least);
}
