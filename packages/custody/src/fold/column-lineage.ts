/** Which columns a column comes from, and which come from it, as of a time: by the newest map of each edge that is open. */
import type { AsOf } from './as-of.ts';
import { ALL_ROWS, type ColumnMapTable, type ColumnWay } from './column-map-table.ts';
import type { EdgeUse } from './edge-table.ts';
import type { State } from './state.ts';

/** A column of a dataset; `column` is a number of the column map table, or ALL_ROWS for the dataset as a whole. */
export interface ColumnNode {
  readonly dataset: number;
  readonly column: number;
}

export interface ColumnStep {
  readonly from: ColumnNode;
  readonly to: ColumnNode;
  readonly job: number;
  /** See `dependencyOf`. */
  readonly flags: number;
  /** The write that told of it, and whether it was read out of its SQL. */
  readonly use: EdgeUse;
  readonly fromSql: boolean;
}

export interface ColumnReach {
  /** The start first; `distance` in steps from dataset to dataset. */
  readonly nodes: readonly (ColumnNode & { readonly distance: number })[];
  readonly steps: readonly ColumnStep[];
  /** True if there is more than `limit` nodes. */
  readonly cut: boolean;
}

/**
 * Everything within `depth` steps of some columns, in one direction. A column that only decides which rows there are is
 * a step to the output as a whole (ALL_ROWS), and the walk ends there.
 */
export function columnReach(
  state: State,
  starts: readonly ColumnNode[],
  direction: 'up' | 'down',
  depth: number,
  asOf: AsOf,
  limit = 5_000,
): ColumnReach {
  const nodes: (ColumnNode & { distance: number })[] = [];
  const seen = new Set<string>();
  const steps: ColumnStep[] = [];
  const visit = (node: ColumnNode, distance: number) => {
    const key = `${node.dataset}:${node.column}`;
    if (seen.has(key)) return;
    seen.add(key);
    nodes.push({ ...node, distance });
  };
  for (const start of starts) visit(start, 0);
  let cut = false;
  for (let head = 0; head < nodes.length; head++) {
    const { distance, ...node } = nodes[head]!;
    if (distance >= depth || (node.column === ALL_ROWS && direction === 'down')) continue;
    if (nodes.length >= limit) {
      cut = true;
      break;
    }
    for (const step of direction === 'up' ? stepsInto(state, node, asOf) : stepsOut(state, node, asOf)) {
      steps.push(step);
      visit(direction === 'up' ? step.from : step.to, distance + 1);
    }
  }
  return { nodes, steps, cut };
}

function stepsInto(state: State, to: ColumnNode, asOf: AsOf): readonly ColumnStep[] {
  const steps: ColumnStep[] = [];
  for (const edge of state.edges.of(to.dataset, 'up')) {
    if (!state.edges.exists(edge, asOf)) continue;
    const told = newestMap(state, edge, asOf);
    if (!told) continue;
    const { inputRows, byOut } = indexOf(state, told.map);
    const isRead = readsOf(state, state.edges.fromOf(edge), asOf);
    for (const way of byOut.get(to.column) ?? []) {
      const dataset = inputRows[way.input]!;
      if (dataset < 0 || !isRead(dataset)) continue;
      steps.push(stepOf(state, edge, { dataset, column: way.column }, to, way, told));
    }
  }
  return steps;
}

/** Whether a job still reads a dataset: the columns of a read that has ended have ended too, whoever told of them last. */
function readsOf(state: State, job: number, asOf: AsOf): (dataset: number) => boolean {
  const known = new Map<number, boolean>();
  return (dataset) => {
    let reads = known.get(dataset);
    if (reads === undefined) {
      const edge = state.edges.find(dataset, job);
      reads = edge !== null && state.edges.exists(edge, asOf);
      known.set(dataset, reads);
    }
    return reads;
  };
}

/** All ways into all columns of a dataset, and into it as a whole. */
export function columnsInto(state: State, dataset: number, asOf: AsOf): readonly ColumnStep[] {
  const steps: ColumnStep[] = [];
  for (const edge of state.edges.of(dataset, 'up')) {
    if (!state.edges.exists(edge, asOf)) continue;
    const told = newestMap(state, edge, asOf);
    if (!told) continue;
    const { inputRows, byOut } = indexOf(state, told.map);
    const isRead = readsOf(state, state.edges.fromOf(edge), asOf);
    for (const [column, ways] of byOut) {
      for (const way of ways) {
        const from = inputRows[way.input]!;
        if (from >= 0 && isRead(from))
          steps.push(stepOf(state, edge, { dataset: from, column: way.column }, { dataset, column }, way, told));
      }
    }
  }
  return steps;
}

function stepsOut(state: State, from: ColumnNode, asOf: AsOf): readonly ColumnStep[] {
  const steps: ColumnStep[] = [];
  for (const read of state.edges.of(from.dataset, 'down')) {
    if (!state.edges.exists(read, asOf)) continue;
    for (const edge of state.edges.of(state.edges.toOf(read), 'down')) {
      if (!state.edges.exists(edge, asOf)) continue;
      const told = newestMap(state, edge, asOf);
      if (!told) continue;
      const dataset = state.edges.toOf(edge);
      for (const way of indexOf(state, told.map).byIn.get(from.dataset)?.get(from.column) ?? []) {
        steps.push(stepOf(state, edge, from, { dataset, column: way.out }, way, told));
      }
    }
  }
  return steps;
}

function stepOf(
  state: State,
  edge: number,
  from: ColumnNode,
  to: ColumnNode,
  { flags }: ColumnWay,
  { use, fromSql }: ToldMap,
): ColumnStep {
  return { from, to, job: state.edges.fromOf(edge), flags, use, fromSql };
}

interface ToldMap {
  readonly map: number;
  readonly use: EdgeUse;
  readonly fromSql: boolean;
}

/** The column map that the latest write along an edge told, as of a time. */
function newestMap(state: State, edge: number, asOf: AsOf): ToldMap | null {
  let best: ToldMap | null = null;
  for (const use of state.edges.uses(edge, asOf)) {
    if (best && use.valid <= best.use.valid) continue;
    const { columns, columnsFrom } = state.edges.details.of(use.use, asOf);
    if (columns !== null) best = { map: columns, use, fromSql: columnsFrom === 'sql' };
    if (best && state.edges.isInOrder(edge)) break;
  }
  return best;
}

interface ColumnMapIndex {
  /** Asset row of each of the map's inputs; -1 where there is no such asset. */
  readonly inputRows: readonly number[];
  readonly byOut: ReadonlyMap<number, readonly ColumnWay[]>;
  /** By dataset row, then column. */
  readonly byIn: ReadonlyMap<number, ReadonlyMap<number, readonly ColumnWay[]>>;
}

/** Ways in the indexes that are kept at once: some 50 MB. */
const KEPT_WAYS_MAX = 300_000;
const kept = new WeakMap<ColumnMapTable, { readonly indexes: Map<number, ColumnMapIndex>; ways: number }>();

/** A map to look up in, made when it is first asked for. Only a memo: maps never change once they are told in full. */
export function indexOf(state: State, map: number): ColumnMapIndex {
  let memo = kept.get(state.columns);
  if (!memo) kept.set(state.columns, (memo = { indexes: new Map(), ways: 0 }));
  const known = memo.indexes.get(map);
  if (known) return known;
  const inputRows = state.columns.inputs(map).map((name) => state.assets.find('dataset', name) ?? -1);
  const byOut = new Map<number, ColumnWay[]>();
  const byIn = new Map<number, Map<number, ColumnWay[]>>();
  let ways = 0;
  for (const way of state.columns.ways(map)) {
    ways++;
    push(byOut, way.out, way);
    const row = inputRows[way.input]!;
    let columns = byIn.get(row);
    if (!columns) byIn.set(row, (columns = new Map()));
    push(columns, way.column, way);
  }
  const index: ColumnMapIndex = { inputRows, byOut, byIn };
  if (inputRows.includes(-1)) return index; // an asset that is still to come
  if (memo.ways + ways > KEPT_WAYS_MAX) {
    memo.indexes.clear();
    memo.ways = 0;
  }
  memo.indexes.set(map, index);
  memo.ways += ways;
  return index;
}

function push<K>(map: Map<K, ColumnWay[]>, key: K, way: ColumnWay): void {
  const list = map.get(key);
  if (list) list.push(way);
  else map.set(key, [way]);
}
