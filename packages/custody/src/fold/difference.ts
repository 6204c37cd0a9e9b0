/** What is different between two times: assets and edges that came and went, and what changed in those that stayed. */
import type { AsOf } from './as-of.ts';
import { reach } from './reach.ts';
import type { State } from './state.ts';

export interface AssetChange {
  readonly asset: number;
  /** Rows of the schema table; null where none is known. */
  readonly schema: readonly [before: number | null, after: number | null] | null;
  readonly code: readonly [before: string | null, after: string | null] | null;
  readonly owners: readonly [before: readonly string[], after: readonly string[]] | null;
  readonly tags: readonly [before: readonly string[], after: readonly string[]] | null;
}

export interface Difference {
  readonly assetsAdded: readonly number[];
  readonly assetsGone: readonly number[];
  readonly edgesAdded: readonly number[];
  readonly edgesGone: readonly number[];
  readonly changed: readonly AssetChange[];
}

/** Around one asset within `depth` hops, or (`root` null) of all there is. */
export function difference(
  state: State,
  root: number | null,
  direction: 'both' | 'up' | 'down',
  depth: number,
  before: AsOf,
  after: AsOf,
): Difference {
  const then = extent(state, root, direction, depth, before);
  const now = extent(state, root, direction, depth, after);
  const without = (all: ReadonlySet<number>, others: ReadonlySet<number>) => [...all].filter((row) => !others.has(row));
  const changed = [...now.assets].flatMap((asset) =>
    then.assets.has(asset) ? (changeOf(state, asset, before, after) ?? []) : [],
  );
  return {
    assetsAdded: without(now.assets, then.assets),
    assetsGone: without(then.assets, now.assets),
    edgesAdded: without(now.edges, then.edges),
    edgesGone: without(then.edges, now.edges),
    changed,
  };
}

function extent(
  state: State,
  root: number | null,
  direction: 'both' | 'up' | 'down',
  depth: number,
  asOf: AsOf,
): { readonly assets: Set<number>; readonly edges: Set<number> } {
  const { assets: all, edges } = state;
  const assets = new Set<number>();
  if (root === null) {
    for (let row = 0; row < all.count; row++) if (all.exists(row, asOf)) assets.add(row);
  } else if (all.exists(root, asOf)) {
    for (const side of direction === 'both' ? (['up', 'down'] as const) : [direction]) {
      for (const node of reach(edges, root, side, depth, asOf).nodes) assets.add(node);
    }
  }
  const found = new Set<number>();
  for (const asset of assets) {
    for (const edge of edges.of(asset, 'down')) {
      if (assets.has(edges.toOf(edge)) && edges.exists(edge, asOf)) found.add(edge);
    }
  }
  return { assets, edges: found };
}

function changeOf(state: State, asset: number, before: AsOf, after: AsOf): AssetChange | null {
  const then = state.assets.view(asset, before);
  const now = state.assets.view(asset, after);
  const pair = <T>(a: T, b: T): readonly [T, T] | null => (JSON.stringify(a) === JSON.stringify(b) ? null : [a, b]);
  const schema = pair(then.schema, now.schema);
  const code = pair(then.code, now.code);
  const owners = pair(then.owners, now.owners);
  const tags = pair(then.tags, now.tags);
  return schema || code || owners || tags ? { asset, schema, code, owners, tags } : null;
}
