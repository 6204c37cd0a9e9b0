/** What an export holds: assets around one of them, or all, with the edges between them and the runs of their jobs. */
import type { AssetKind } from '../../event/asset-id.ts';
import { firstSeen, type AsOf } from '../../fold/as-of.ts';
import { reach } from '../../fold/reach.ts';
import type { State } from '../../fold/state.ts';

export interface ScopeQuery {
  /** Row of the asset in the middle; null for everything. */
  readonly root: number | null;
  readonly direction: 'both' | 'up' | 'down';
  readonly depth: number;
}

export interface Scope {
  readonly state: State;
  /** Its entries are a number, so what is written out later is of the same moment. */
  readonly asOf: AsOf;
  /** Rows with their places in the order of ids, which is the same in every log that tells the same. */
  readonly rows: ReadonlyMap<number, number>;
}

export interface ExportAsset {
  /** Its place among all that are exported, from 0. */
  readonly place: number;
  readonly id: string;
  readonly kind: AssetKind;
  readonly namespace: string;
  readonly name: string;
  readonly type: string | null;
  readonly owners: readonly string[];
}

export interface ExportEdge {
  readonly from: ExportAsset;
  readonly to: ExportAsset;
  /** Valid times, epoch milliseconds. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly runs: number;
  readonly lastRun: string | null;
  /** The entry that told of its last use: the evidence. */
  readonly lastEntry: number;
}

export function scopeOf(state: State, { root, direction, depth }: ScopeQuery, asOf: AsOf): Scope {
  const pinned = { at: asOf.at, entries: Math.min(asOf.entries, state.entries) };
  const found = new Set<number>();
  if (root === null) {
    for (let row = 0; row < state.assets.count; row++) if (state.assets.exists(row, pinned)) found.add(row);
  } else {
    for (const side of direction === 'both' ? (['up', 'down'] as const) : [direction]) {
      for (const row of reach(state.edges, root, side, depth, pinned).nodes) found.add(row);
    }
  }
  const ordered = [...found].map((row) => ({ row, id: state.assets.idOf(row) })).sort((a, b) => compare(a.id, b.id));
  return { state, asOf: pinned, rows: new Map(ordered.map(({ row }, place) => [row, place])) };
}

function exportAsset({ state, asOf, rows }: Scope, row: number): ExportAsset {
  const { id, kind, namespace, name, type, owners } = state.assets.view(row, asOf);
  return { place: rows.get(row)!, id, kind, namespace, name, type, owners };
}

export function* exportAssets(scope: Scope): Generator<ExportAsset> {
  for (const row of scope.rows.keys()) yield exportAsset(scope, row);
}

/** Edges that had not ended by then, between assets of the scope. */
export function* exportEdges(scope: Scope): Generator<ExportEdge> {
  const { state, asOf, rows } = scope;
  for (const row of rows.keys()) {
    const from = exportAsset(scope, row);
    const edges = [...state.edges.of(row, 'down')].filter(
      (edge) => rows.has(state.edges.toOf(edge)) && state.edges.exists(edge, asOf),
    );
    edges.sort((a, b) => rows.get(state.edges.toOf(a))! - rows.get(state.edges.toOf(b))!);
    for (const edge of edges) yield { from, to: exportAsset(scope, state.edges.toOf(edge)), ...usesOf(scope, edge) };
  }
}

function usesOf({ state, asOf }: Scope, edge: number): Omit<ExportEdge, 'from' | 'to'> {
  let runs = 0;
  let firstAt = firstSeen(state.edges.sightings, edge, asOf);
  let last: { readonly valid: number; readonly run: string | null; readonly entry: number } | null = null;
  for (const { run, valid, entry } of state.edges.uses(edge, asOf)) {
    if (run !== null) runs++;
    firstAt = Math.min(firstAt, valid);
    if (last && valid < last.valid) continue;
    const id = run === null ? null : state.runs.view(run).id;
    // Of two at the same time the id decides, not the order of the log.
    if (!last || valid > last.valid || (id ?? '') > (last.run ?? '')) last = { valid, run: id, entry };
  }
  return {
    firstAt,
    lastAt: last?.valid ?? firstAt,
    runs,
    lastRun: last?.run ?? null,
    lastEntry: last?.entry ?? state.edges.sightings.entry[edge]!,
  };
}

/** Rows of the runs of jobs in the scope that had begun by then, in order of their ids within a job. */
export function* exportRuns({ state, asOf, rows }: Scope): Generator<number> {
  for (const row of rows.keys()) {
    if (state.assets.kindOf(row) !== 'job') continue;
    const runs: { readonly run: number; readonly id: string }[] = [];
    for (const run of state.runs.ofJob(row)) {
      const { id, firstEntry, started } = state.runs.view(run);
      if (firstEntry < asOf.entries && (started ?? state.runs.lastValid(run)) <= asOf.at) runs.push({ run, id });
    }
    for (const { run } of runs.sort((a, b) => compare(a.id, b.id))) yield run;
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const iso = (time: number): string => new Date(time).toISOString();
