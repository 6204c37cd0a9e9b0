/** Runs in Marquez's shape. */
import type { AssetName, RunState } from '../../event/event.ts';
import type { State } from '../../fold/state.ts';
import { iso, isoOrNull } from '../asset-view.ts';
import { DatasetVersions, type DatasetVersion } from '../../report/version/dataset-version.ts';
import type { Page } from './query.ts';
import type { Reading } from './reading.ts';
import { datasetsOfRun, versionOfJob } from '../../report/version/run-datasets.ts';
import { datasetKey, objectOf, textOf } from './run-evidence.ts';

/** Newest known runs among which the latest is looked for: only news that come later than this many runs are missed. */
const NEWEST = 256;

export const MARQUEZ_STATE: Readonly<Record<RunState, string>> = {
  OTHER: 'NEW',
  START: 'RUNNING',
  RUNNING: 'RUNNING',
  COMPLETE: 'COMPLETED',
  ABORT: 'ABORTED',
  FAIL: 'FAILED',
};

/** Rows of the runs of a job that happened last, the latest first. */
export function latestRuns(state: State, job: number, count: number): readonly number[] {
  const newest: number[] = [];
  for (const run of state.runs.ofJob(job)) if (newest.push(run) === NEWEST) break;
  return newest.sort(latestFirst(state)).slice(0, count);
}

/** Rows of a job's runs, the latest first. */
export const runsOfJob = (state: State, job: number): readonly number[] =>
  [...state.runs.ofJob(job)].sort(latestFirst(state));

const latestFirst = (state: State) => (a: number, b: number) =>
  state.runs.lastValid(b) - state.runs.lastValid(a) || b - a;

/** Everything of a run that the folds hold: no payload is read. */
export function runBase(state: State, row: number) {
  const run = state.runs.view(row);
  return {
    id: run.id,
    createdAt: iso(run.started ?? state.runs.lastValid(row)),
    updatedAt: iso(state.runs.lastValid(row)),
    nominalStartTime: isoOrNull(run.nominalStart),
    nominalEndTime: null as string | null,
    state: MARQUEZ_STATE[run.state],
    startedAt: isoOrNull(run.started),
    endedAt: isoOrNull(run.ended),
    durationMs: run.started !== null && run.ended !== null ? Math.max(0, run.ended - run.started) : null,
    args: {},
    jobVersion: null as (AssetName & { readonly version: string }) | null,
    facets: {},
  };
}

export async function runView(reading: Reading, row: number) {
  const { state } = reading.ledger;
  const base = runBase(state, row);
  const { job } = state.runs.view(row);
  const datasets = datasetsOfRun(state, row);
  const jobVersion = { ...state.assets.nameOf(job), version: versionOfJob(state, job, datasets) };
  const versions = new DatasetVersions(state);
  const named = (version: DatasetVersion) => ({
    ...state.assets.nameOf(version.dataset),
    version: versions.idOf(version),
  });
  const read = datasets.inputs.map((input) => named(versions.readAt(input, state.runs.lastValid(row), row)));
  const made = datasets.outputs.map((output) => named(versions.writtenBy(output, row)));
  const evidence = await reading.evidence.ofRun(row);
  const nominalEnd = textOf(objectOf(evidence.runFacets['nominalTime'])['nominalEndTime']);
  const end = nominalEnd === null ? NaN : Date.parse(nominalEnd);
  return {
    ...base,
    nominalEndTime: Number.isNaN(end) ? null : iso(end),
    jobVersion,
    inputVersions: read,
    outputVersions: made,
    inputDatasetVersions: read.map((id) => ({
      datasetVersionId: id,
      facets: evidence.datasets.get(datasetKey(id))?.inputFacets ?? {},
    })),
    outputDatasetVersions: made.map((id) => ({
      datasetVersionId: id,
      facets: evidence.datasets.get(datasetKey(id))?.outputFacets ?? {},
    })),
    context: {},
    facets: evidence.runFacets,
  };
}

export async function runPage(reading: Reading, job: number, { limit, offset }: Page) {
  const rows = runsOfJob(reading.ledger.state, job);
  return {
    runs: await Promise.all(rows.slice(offset, offset + limit).map((row) => runView(reading, row))),
    totalCount: rows.length,
  };
}
