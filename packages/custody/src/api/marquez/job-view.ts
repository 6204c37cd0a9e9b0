/** Jobs and their versions in Marquez's shape. */
import type { AssetName } from '../../event/event.ts';
import { firstSeen, NOW } from '../../fold/as-of.ts';
import type { State } from '../../fold/state.ts';
import { iso } from '../asset-view.ts';
import type { Page } from './query.ts';
import type { Reading } from './reading.ts';
import { datasetsOfJob, datasetsOfRun, namesOf, versionOfJob } from '../../report/version/run-datasets.ts';
import { objectOf, textOf, type Evidence, type Facets } from './run-evidence.ts';
import { latestRuns, runBase, runsOfJob, runView } from './run-view.ts';
import { jobId } from '../../report/version/version-id.ts';

/** Runs that Marquez puts into a job. */
const LATEST_RUNS = 10;
/** Runs that versions of a job are looked for in, the latest first. */
const VERSIONED_RUNS = 10_000;

/** Everything of a job that the folds hold: no payload is read. */
export function jobBase(state: State, row: number) {
  const { namespace, name, tags, description } = state.assets.view(row, NOW);
  const { inputs, outputs } = datasetsOfJob(state, row);
  return {
    id: { namespace, name },
    type: 'BATCH',
    name,
    simpleName: name,
    parentJobName: null as string | null,
    parentJobUuid: null as string | null,
    createdAt: iso(firstSeen(state.assets.sightings, row, NOW)),
    updatedAt: iso(state.assets.seen(row).lastValid),
    namespace,
    inputs: namesOf(state, inputs),
    outputs: namesOf(state, outputs),
    location: null as string | null,
    description,
    tags: [...tags],
  };
}

/** Of its latest runs the first is told in full; `/runs` tells the others. */
export async function jobView(reading: Reading, row: number) {
  const { state } = reading.ledger;
  const base = jobBase(state, row);
  const [latest, ...before] = latestRuns(state, row, LATEST_RUNS);
  // A run that goes on may not have said yet what it writes.
  const settled = [latest, ...before].find((run) => run !== undefined && state.runs.view(run).ended !== null) ?? latest;
  const version = versionOfJob(
    state,
    row,
    settled === undefined ? datasetsOfJob(state, row) : datasetsOfRun(state, settled),
  );
  const earlier = before.map((run) => runBase(state, run));
  const { lastEntry } = state.assets.seen(row);
  if (latest === undefined) return jobAnswer(base, await reading.evidence.ofEntry(lastEntry), [], version);
  const [evidence, latestRun] = await Promise.all([reading.evidence.ofRun(latest), runView(reading, latest)]);
  return jobAnswer(base, evidence, [latestRun, ...earlier], version);
}

function jobAnswer(base: ReturnType<typeof jobBase>, evidence: Evidence, runs: readonly object[], version: string) {
  return {
    ...base,
    ...detailsOf(base.name, evidence),
    latestRun: runs[0] ?? null,
    latestRuns: runs,
    context: {},
    labels: [],
    currentVersion: version,
    facets: evidence.jobFacets,
  };
}

/** What only the payload says of a job. */
function detailsOf(name: string, { jobFacets, runFacets }: Evidence) {
  const parent = parentOf(runFacets);
  return {
    type: jobType(jobFacets),
    simpleName: parent && name.startsWith(`${parent.name}.`) ? name.slice(parent.name.length + 1) : name,
    parentJobName: parent?.name ?? null,
    parentJobUuid: parent ? jobId(parent) : null,
    location: locationOf(jobFacets),
  };
}

function parentOf(runFacets: Facets): AssetName | null {
  const { namespace, name } = objectOf(objectOf(runFacets['parent'])['job']);
  return typeof namespace === 'string' && typeof name === 'string' ? { namespace, name } : null;
}

export async function jobVersionPage(reading: Reading, row: number, { limit, offset }: Page) {
  const versions = jobVersions(reading.ledger.state, row);
  return {
    versions: await Promise.all(versions.slice(offset, offset + limit).map((version) => versionView(reading, version))),
    totalCount: versions.length,
  };
}

export async function jobVersionNamed(reading: Reading, row: number, id: string) {
  const version = jobVersions(reading.ledger.state, row).find((candidate) => candidate.version === id);
  return version ? versionView(reading, version) : null;
}

interface JobVersionRow {
  readonly job: number;
  readonly version: string;
  readonly createdAt: string;
  readonly inputs: readonly AssetName[];
  readonly outputs: readonly AssetName[];
  readonly latestRun: number | null;
}

/** Newest first. A version is made by its first run; one of a job without runs by what its events name. */
function jobVersions(state: State, job: number): readonly JobVersionRow[] {
  const runs = runsOfJob(state, job).slice(0, VERSIONED_RUNS);
  if (runs.length === 0) {
    const { inputs, outputs, createdAt } = jobBase(state, job);
    return [
      {
        job,
        version: versionOfJob(state, job, datasetsOfJob(state, job)),
        createdAt,
        inputs,
        outputs,
        latestRun: null,
      },
    ];
  }
  const versions = new Map<string, JobVersionRow>();
  for (const run of runs) {
    const datasets = datasetsOfRun(state, run);
    const version = versionOfJob(state, job, datasets);
    const createdAt = iso(state.runs.view(run).started ?? state.runs.lastValid(run));
    const newer = versions.get(version);
    if (newer) versions.set(version, { ...newer, createdAt });
    else {
      const [inputs, outputs] = [namesOf(state, datasets.inputs), namesOf(state, datasets.outputs)];
      versions.set(version, { job, version, createdAt, inputs, outputs, latestRun: run });
    }
  }
  return [...versions.values()];
}

async function versionView(reading: Reading, { job, version, createdAt, inputs, outputs, latestRun }: JobVersionRow) {
  const { state } = reading.ledger;
  const name = state.assets.nameOf(job);
  const { jobFacets } = await (latestRun === null
    ? reading.evidence.ofEntry(state.assets.seen(job).lastEntry)
    : reading.evidence.ofRun(latestRun));
  return {
    id: { ...name, version },
    name: name.name,
    version,
    createdAt,
    updatedAt: createdAt,
    namespace: name.namespace,
    inputs,
    outputs,
    location: locationOf(jobFacets),
    context: {},
    latestRun: latestRun === null ? null : await runView(reading, latestRun),
    facets: jobFacets,
  };
}

function jobType(facets: Facets): 'BATCH' | 'STREAM' | 'SERVICE' {
  const { processingType } = objectOf(facets['jobType']);
  if (processingType === 'STREAMING' || processingType === 'STREAM') return 'STREAM';
  return processingType === 'SERVICE' ? 'SERVICE' : 'BATCH';
}

const locationOf = (facets: Facets): string | null => textOf(objectOf(facets['sourceCodeLocation'])['url']);
