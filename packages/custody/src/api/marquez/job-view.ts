/** Jobs and their versions in Marquez's shape. */
import type { AssetName } from '../../event/event.ts';
import { firstSeen, NOW } from '../../fold/as-of.ts';
import type { State } from '../../fold/state.ts';
import { iso } from '../asset-view.ts';
import type { Page } from './query.ts';
import type { Reading } from './reading.ts';
import { objectOf, textOf, type Evidence, type Facets } from './run-evidence.ts';
import { latestRuns, runBase, runsOfJob, runView } from './run-view.ts';
import { jobId, jobVersionId } from './version-id.ts';

/** Runs that Marquez puts into a job. */
const LATEST_RUNS = 10;
/** Runs that versions of a job are looked for in, the latest first. */
const VERSIONED_RUNS = 256;

/** Everything of a job that the folds hold: no payload is read. */
export function jobBase(state: State, row: number) {
  const { namespace, name, tags, description } = state.assets.view(row, NOW);
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
    inputs: neighbours(state, row, 'up'),
    outputs: neighbours(state, row, 'down'),
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
  const earlier = before.map((run) => runBase(state, run));
  const { lastEntry } = state.assets.seen(row);
  if (latest === undefined || settled === undefined) {
    const evidence = await reading.evidence.ofEntry(lastEntry);
    return jobAnswer(base, evidence, [], jobVersionId(base.id, base.inputs, base.outputs));
  }
  const [evidence, { inputs, outputs }, latestRun] = await Promise.all([
    reading.evidence.ofRun(latest),
    reading.evidence.ofRun(settled),
    runView(reading, latest),
  ]);
  return jobAnswer(base, evidence, [latestRun, ...earlier], jobVersionId(base.id, inputs, outputs));
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
function detailsOf(name: string, { jobFacets, parent }: Evidence) {
  return {
    type: jobType(jobFacets),
    simpleName: parent && name.startsWith(`${parent.name}.`) ? name.slice(parent.name.length + 1) : name,
    parentJobName: parent?.name ?? null,
    parentJobUuid: parent ? jobId(parent) : null,
    location: locationOf(jobFacets),
  };
}

export async function jobVersionPage(reading: Reading, row: number, { limit, offset }: Page) {
  const versions = await jobVersions(reading, row);
  return {
    versions: await Promise.all(versions.slice(offset, offset + limit).map((version) => versionView(reading, version))),
    totalCount: versions.length,
  };
}

export async function jobVersionNamed(reading: Reading, row: number, id: string) {
  const version = (await jobVersions(reading, row)).find((candidate) => candidate.version === id);
  return version ? versionView(reading, version) : null;
}

interface JobVersionRow {
  readonly job: AssetName;
  readonly version: string;
  readonly createdAt: string;
  readonly inputs: readonly AssetName[];
  readonly outputs: readonly AssetName[];
  readonly latestRun: number | null;
  readonly facets: Facets;
}

/** Newest first. A version is made by its first run and carries what its latest said. */
async function jobVersions(reading: Reading, row: number): Promise<readonly JobVersionRow[]> {
  const { state } = reading.ledger;
  const job = state.assets.nameOf(row);
  const runs = runsOfJob(state, row).slice(0, VERSIONED_RUNS);
  if (runs.length === 0) {
    const { inputs, outputs, createdAt } = jobBase(state, row);
    const { jobFacets } = await reading.evidence.ofEntry(state.assets.seen(row).lastEntry);
    const version = jobVersionId(job, inputs, outputs);
    return [{ job, version, createdAt, inputs, outputs, latestRun: null, facets: jobFacets }];
  }
  const versions = new Map<string, JobVersionRow>();
  for (const run of runs) {
    const { inputs, outputs, jobFacets } = await reading.evidence.ofRun(run);
    const version = jobVersionId(job, inputs, outputs);
    const createdAt = iso(state.runs.view(run).started ?? state.runs.lastValid(run));
    const newer = versions.get(version);
    if (newer) versions.set(version, { ...newer, createdAt });
    else versions.set(version, { job, version, createdAt, inputs, outputs, latestRun: run, facets: jobFacets });
  }
  return [...versions.values()];
}

async function versionView(
  reading: Reading,
  { job, version, createdAt, inputs, outputs, latestRun: run, facets }: JobVersionRow,
) {
  return {
    id: { ...job, version },
    name: job.name,
    version,
    createdAt,
    updatedAt: createdAt,
    namespace: job.namespace,
    inputs,
    outputs,
    location: locationOf(facets),
    context: {},
    latestRun: run === null ? null : await runView(reading, run),
    facets,
  };
}

function neighbours(state: State, row: number, direction: 'up' | 'down'): AssetName[] {
  const names: AssetName[] = [];
  for (const edge of state.edges.of(row, direction)) {
    if (!state.edges.exists(edge, NOW)) continue;
    names.push(state.assets.nameOf(direction === 'up' ? state.edges.fromOf(edge) : state.edges.toOf(edge)));
  }
  return names.sort((a, b) => compare(a.namespace, b.namespace) || compare(a.name, b.name));
}

function jobType(facets: Facets): 'BATCH' | 'STREAM' | 'SERVICE' {
  const { processingType } = objectOf(facets['jobType']);
  if (processingType === 'STREAMING' || processingType === 'STREAM') return 'STREAM';
  return processingType === 'SERVICE' ? 'SERVICE' : 'BATCH';
}

const locationOf = (facets: Facets): string | null => textOf(objectOf(facets['sourceCodeLocation'])['url']);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
