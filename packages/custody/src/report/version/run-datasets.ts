/** What a run read and wrote, and the version of its job that this makes. */
import type { AssetName } from '../../event/event.ts';
import { NOW, type AsOf } from '../../fold/as-of.ts';
import type { State } from '../../fold/state.ts';
import { jobVersionId } from './version-id.ts';

export interface RunDatasets {
  /** Rows of datasets, in order of namespace and name. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

export function datasetsOfRun(state: State, run: number, asOf: AsOf = NOW): RunDatasets {
  const { job } = state.runs.view(run);
  const inputs = new Set<number>();
  const outputs = new Set<number>();
  for (const { edge } of state.edges.usesOfRun(run, state.runs, asOf)) {
    const from = state.edges.fromOf(edge);
    if (from === job) outputs.add(state.edges.toOf(edge));
    else inputs.add(from);
  }
  return { inputs: inOrder(state, inputs), outputs: inOrder(state, outputs) };
}

/** What a job reads and writes now. */
export function datasetsOfJob(state: State, job: number): RunDatasets {
  const inputs = new Set<number>();
  const outputs = new Set<number>();
  for (const edge of state.edges.of(job, 'up')) if (state.edges.exists(edge, NOW)) inputs.add(state.edges.fromOf(edge));
  for (const edge of state.edges.of(job, 'down'))
    if (state.edges.exists(edge, NOW)) outputs.add(state.edges.toOf(edge));
  return { inputs: inOrder(state, inputs), outputs: inOrder(state, outputs) };
}

export function versionOfJob(state: State, job: number, { inputs, outputs }: RunDatasets): string {
  return jobVersionId(state.assets.nameOf(job), namesOf(state, inputs), namesOf(state, outputs));
}

export const namesOf = (state: State, rows: readonly number[]): readonly AssetName[] =>
  rows.map((row) => state.assets.nameOf(row));

function inOrder(state: State, rows: ReadonlySet<number>): readonly number[] {
  const named = [...rows].map((row) => ({ row, ...state.assets.nameOf(row) }));
  named.sort((a, b) => compare(a.namespace, b.namespace) || compare(a.name, b.name));
  return named.map(({ row }) => row);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
