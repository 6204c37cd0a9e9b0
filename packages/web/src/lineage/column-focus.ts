/** The part of a lineage that lies on the ways of one column. */
import type { ColumnLineage, Lineage } from '../api/answers.ts';
import { edgeId } from './picture.ts';

/** Columns on the ways, by asset. An asset of which only the rows are touched has none. */
export function columnsOnWays({ nodes }: Pick<ColumnLineage, 'nodes'>): ReadonlyMap<string, ReadonlySet<string>> {
  const columns = new Map<string, Set<string>>();
  for (const { asset, column } of nodes) {
    const own = columns.get(asset) ?? new Set<string>();
    columns.set(asset, column === null ? own : own.add(column));
  }
  return columns;
}

/** Only the datasets, jobs and edges that the ways of the column use; what lies beside them is not counted either. */
export function onlyWays(main: Lineage, ways: Pick<ColumnLineage, 'nodes' | 'edges'>): Lineage {
  const assets = new Set([main.root, ...ways.nodes.map(({ asset }) => asset), ...ways.edges.map(({ job }) => job)]);
  const used = new Set(
    ways.edges.flatMap(({ from, to, job }) => [
      edgeId({ from: from.asset, to: job }),
      edgeId({ from: job, to: to.asset }),
    ]),
  );
  return {
    ...main,
    nodes: main.nodes.filter(({ id }) => assets.has(id)).map((node) => ({ ...node, moreUp: 0, moreDown: 0 })),
    edges: main.edges.filter((edge) => used.has(edgeId(edge))),
    omitted: 0,
  };
}
