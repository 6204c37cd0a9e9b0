import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isotonic } from './heights.ts';
import { layeredLayout, type Layout, type LayoutEdge, type LayoutNode } from './layered-layout.ts';

const WIDTH = 180;
const GAP = 24;
/** Narrow and wide nodes in turn. */
const widthOf = (n: number) => (n % 3 === 0 ? 90 : WIDTH);

const graph = fc
  .integer({ min: 1, max: 40 })
  .chain((size) =>
    fc.record({
      heights: fc.array(fc.integer({ min: 20, max: 160 }), { minLength: size, maxLength: size }),
      pairs: fc.array(fc.tuple(fc.nat({ max: size - 1 }), fc.nat({ max: size - 1 })), { maxLength: 90 }),
    }),
  )
  .map(({ heights, pairs }): Graph => ({
    nodes: heights.map((height, n) => ({ id: `n${n}`, width: widthOf(n), height })),
    edges: pairs.map(([from, to], n) => ({ id: `e${n}`, from: `n${from}`, to: `n${to}` })),
  }));

interface Graph {
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
}

const placeOf = (layout: Layout) => new Map(layout.nodes.map((node) => [node.id, node]));
const drawn = ({ edges }: Layout) => edges.filter(({ points }) => points.length > 0);

describe('a layered layout', () => {
  it('puts no node over another', () => {
    fc.assert(
      fc.property(graph, ({ nodes, edges }) => {
        const layout = layeredLayout(nodes, edges);
        const place = placeOf(layout);
        for (const a of nodes) {
          for (const b of nodes) {
            if (a.id >= b.id) continue;
            const [p, q] = [place.get(a.id)!, place.get(b.id)!];
            const apart =
              p.x + a.width <= q.x || q.x + b.width <= p.x || p.y + a.height <= q.y || q.y + b.height <= p.y;
            expect(apart, `${a.id} over ${b.id}`).toBe(true);
          }
        }
      }),
    );
  });

  it('keeps the gap between nodes of one rank', () => {
    fc.assert(
      fc.property(graph, ({ nodes, edges }) => {
        const layout = layeredLayout(nodes, edges);
        const height = new Map(nodes.map((node) => [node.id, node.height]));
        const ranks = byRank(layout);
        for (const rank of ranks.values()) {
          const sorted = rank.toSorted((a, b) => a.y - b.y);
          expect(sorted.map(({ order }) => order)).toEqual(sorted.map((_, n) => n));
          for (let n = 1; n < sorted.length; n++) {
            expect(sorted[n]!.y - sorted[n - 1]!.y - height.get(sorted[n - 1]!.id)!).toBeGreaterThanOrEqual(GAP - 1);
          }
        }
      }),
    );
  });

  it('draws every edge from left to right once cycles are broken', () => {
    fc.assert(
      fc.property(graph, ({ nodes, edges }) => {
        const layout = layeredLayout(nodes, edges);
        const place = placeOf(layout);
        for (const { id, points, reversed } of layout.edges) {
          const edge = edges.find((one) => one.id === id)!;
          if (edge.from === edge.to) {
            expect(points).toEqual([]);
            continue;
          }
          const [from, to] = reversed ? [edge.to, edge.from] : [edge.from, edge.to];
          expect(place.get(from)!.rank).toBeLessThan(place.get(to)!.rank);
          for (let n = 1; n < points.length; n++) expect(points[n]!.x).toBeGreaterThanOrEqual(points[n - 1]!.x);
          expect(points[0]!.x).toBe(place.get(from)!.x + widthOf(Number(from.slice(1))));
          expect(points.at(-1)!.x).toBe(place.get(to)!.x);
        }
      }),
    );
  });

  it('turns no edge around where there is no cycle', () => {
    fc.assert(
      fc.property(graph, ({ nodes, edges }) => {
        const forward = edges.filter(({ from, to }) => Number(from.slice(1)) < Number(to.slice(1)));
        expect(layeredLayout(nodes, forward).edges.filter(({ reversed }) => reversed)).toEqual([]);
      }),
    );
  });

  it('breaks a cycle by turning one edge around', () => {
    const nodes = ['a', 'b', 'c'].map((id) => ({ id, width: WIDTH, height: 40 }));
    const edges = [
      { id: '1', from: 'a', to: 'b' },
      { id: '2', from: 'b', to: 'c' },
      { id: '3', from: 'c', to: 'a' },
    ];
    const layout = layeredLayout(nodes, edges);
    expect(layout.edges.filter(({ reversed }) => reversed)).toHaveLength(1);
    expect(new Set(layout.nodes.map(({ rank }) => rank))).toEqual(new Set([0, 1, 2]));
  });

  it('gives the longest path its length, and no rank more', () => {
    const nodes = ['a', 'b', 'c', 'd'].map((id) => ({ id, width: WIDTH, height: 40 }));
    const edges = [
      { id: '1', from: 'a', to: 'b' },
      { id: '2', from: 'b', to: 'c' },
      { id: '3', from: 'a', to: 'd' },
      { id: '4', from: 'c', to: 'd' },
    ];
    const place = placeOf(layeredLayout(nodes, edges));
    expect(['a', 'b', 'c', 'd'].map((id) => place.get(id)!.rank)).toEqual([0, 1, 2, 3]);
  });

  it('is the same every time, and for every order of the input', () => {
    fc.assert(
      fc.property(graph, fc.infiniteStream(fc.nat({ max: 1 << 30 })), ({ nodes, edges }, stream) => {
        const shuffled = <Item>(items: readonly Item[]) =>
          items
            .map((item) => ({ item, key: stream.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item);
        const layout = layeredLayout(nodes, edges);
        expect(layeredLayout(nodes, edges)).toEqual(layout);
        expect(layeredLayout(shuffled(nodes), shuffled(edges))).toEqual(layout);
      }),
    );
  });

  it('never draws two edges over each other', () => {
    fc.assert(
      fc.property(graph, ({ nodes, edges }) => {
        const paths = drawn(layeredLayout(nodes, edges)).map(({ points }) => JSON.stringify(points));
        expect(new Set(paths).size).toBe(paths.length);
      }),
    );
  });

  it('never runs an edge under a node', () => {
    fc.assert(
      fc.property(graph, ({ nodes, edges }) => {
        const layout = layeredLayout(nodes, edges);
        const place = placeOf(layout);
        for (const { points } of layout.edges) {
          // Pieces from an even to an odd point are the level ones.
          for (let n = 0; n + 1 < points.length; n += 2) {
            const [start, end] = [points[n]!, points[n + 1]!];
            expect(end.y).toBe(start.y);
            for (const { id, width, height } of nodes) {
              const { x, y } = place.get(id)!;
              const under = start.x < x + width && end.x > x && start.y > y && start.y < y + height;
              expect(under, `under ${id}`).toBe(false);
            }
          }
        }
      }),
    );
  });

  it('ends edges at their ports and never reorders ports', () => {
    const ports = ['low', 'mid', 'top'].map((id, n) => ({ id, y: 50 + n * 20 }));
    const nodes: LayoutNode[] = [
      { id: 'a', width: WIDTH, height: 120, ports },
      { id: 'b', width: WIDTH, height: 120, ports },
    ];
    const edges = ports.map(({ id }) => ({ id, from: 'a', to: 'b', fromPort: id, toPort: id }));
    const layout = layeredLayout(nodes, edges);
    const place = placeOf(layout);
    for (const { id, points } of layout.edges) {
      const { y } = ports.find((port) => port.id === id)!;
      const [start, end] = [place.get('a')!.y + y, place.get('b')!.y + y];
      expect(points.map((point) => point.y)).toEqual([start, start, end]);
    }
  });

  it('of nothing is nothing', () => {
    expect(layeredLayout([], [])).toEqual({ nodes: [], edges: [], width: 0, height: 0 });
  });

  it('leaves out edges to nodes that are not there', () => {
    const layout = layeredLayout([{ id: 'a', width: WIDTH, height: 40 }], [{ id: '1', from: 'a', to: 'gone' }]);
    expect(layout.edges).toEqual([]);
  });
});

function byRank({ nodes }: Layout): ReadonlyMap<number, Layout['nodes']> {
  const ranks = new Map<number, Layout['nodes'][number][]>();
  for (const node of nodes) ranks.set(node.rank, [...(ranks.get(node.rank) ?? []), node]);
  return ranks;
}

describe('isotonic regression', () => {
  it('never decreases, keeps the weighted mean, and leaves an ordered sequence alone', () => {
    const weighted = fc.array(fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 9 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(weighted, (pairs) => {
        const values = pairs.map(([value]) => value);
        const weights = pairs.map(([, weight]) => weight);
        const fitted = isotonic(values, weights);
        for (let n = 1; n < fitted.length; n++) expect(fitted[n]!).toBeGreaterThanOrEqual(fitted[n - 1]! - 1e-9);
        const mean = (list: readonly number[]) => list.reduce((sum, value, n) => sum + value * weights[n]!, 0);
        expect(mean(fitted)).toBeCloseTo(mean(values), 6);
        const sorted = values.toSorted((a, b) => a - b);
        expect(isotonic(sorted, weights)).toEqual(sorted);
      }),
    );
  });
});
