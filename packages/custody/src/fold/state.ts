/**
 * Everything Custody knows: a fold over the log. `applyEntry` is deterministic and has no I/O; it changes the state in
 * place, which nobody else does. So a restart is a replay, and a snapshot is a shorter one.
 */
import { deserialize, serialize } from 'node:v8';
import type { DatasetFact, EvidenceEvent, JobDescribed, RunObserved } from '../event/event.ts';
import { ActivityTable, type SavedActivity } from './activity.ts';
import { AssetTable, type AssetFacts, type SavedAssets } from './asset-table.ts';
import { AttestationTable, type SavedAttestations } from './attestation-table.ts';
import { CheckRuns, type SavedCheckRuns } from './check-runs.ts';
import { ColumnMapTable, type SavedColumnMaps } from './column-map-table.ts';
import { DatasetVersions, type SavedDatasetVersions } from './dataset-versions.ts';
import { EdgeTable, type SavedEdges } from './edge-table.ts';
import { IngestTable, type SavedIngests } from './ingest-table.ts';
import { LabelTable, type SavedLabels } from './label-table.ts';
import { PolicyTable, type SavedPolicies } from './policy-table.ts';
import { RunTable, type SavedRuns } from './run-table.ts';
import { SchemaTable, type SavedSchemas } from './schema-table.ts';

export interface State {
  /** How many entries are folded in. */
  entries: number;
  readonly assets: AssetTable;
  readonly runs: RunTable;
  readonly edges: EdgeTable;
  readonly schemas: SchemaTable;
  readonly columns: ColumnMapTable;
  readonly activity: ActivityTable;
  readonly policies: PolicyTable;
  readonly attestations: AttestationTable;
  readonly versions: DatasetVersions;
  readonly checks: CheckRuns;
  readonly ingests: IngestTable;
  readonly labels: LabelTable;
  /** Recorded time (ms) of every 256th entry: turns "when we knew" into a number of entries. */
  readonly recordedAt: number[];
}

/** Raised whenever the folds or their saved form change; an older snapshot is then replayed over. */
const VERSION = 9;

export const emptyState = (): State => ({
  entries: 0,
  assets: new AssetTable(),
  runs: new RunTable(),
  edges: new EdgeTable(),
  schemas: new SchemaTable(),
  columns: new ColumnMapTable(),
  activity: new ActivityTable(),
  policies: new PolicyTable(),
  attestations: new AttestationTable(),
  versions: new DatasetVersions(),
  checks: new CheckRuns(),
  ingests: new IngestTable(),
  labels: new LabelTable(),
  recordedAt: [],
});

/** Folds entry `index` in. Entries come in order, each once. */
export function applyEntry(state: State, index: number, event: EvidenceEvent): void {
  const recorded = Date.parse(event.recorded);
  if (index % 256 === 0) state.recordedAt.push(recorded);
  state.activity.see('eventTime' in event ? Date.parse(event.eventTime) : null, recorded, index);
  state.entries = index + 1;
  switch (event.kind) {
    case 'openlineage.run':
      return applyRun(state, index, event);
    case 'openlineage.job':
      return applyJob(state, index, event);
    case 'openlineage.dataset':
      seeDataset(state, index, event.dataset, Date.parse(event.eventTime));
      return;
    case 'dataset.schema':
      return state.schemas.see(event, index);
    case 'lineage.columns':
      return state.columns.see(event, index);
    case 'policy.published':
      return state.policies.publish(event, index);
    case 'gate.decision':
      return state.policies.decide(event, index);
    case 'attestation.recorded':
      return state.attestations.record(event, index);
    case 'dataset.version':
      return state.versions.commit(event, index);
    case 'dataset.alias':
      return state.versions.alias(event, index);
    case 'check.finished':
      return state.checks.finish(event, index);
    case 'gate.ingest':
      return state.ingests.see(event, index);
    case 'quarantine.released':
      return state.ingests.release(event, index);
    case 'quarantine.destroyed':
      return state.ingests.destroy(event, index);
    case 'rules.published':
      return state.ingests.publish(event, index);
    case 'label.suggested':
      return state.labels.suggest(event, index);
    case 'label.decided':
      return state.labels.decide(event, index);
    case 'token.created':
    case 'token.revoked':
    case 'log.recovered':
      return; // part of the activity, of nothing else yet
    default:
      // A newer version wrote this. What it means is not known here, and what is known does not depend on it.
      return event satisfies never;
  }
}

function applyRun(state: State, index: number, event: RunObserved): void {
  const valid = Date.parse(event.eventTime);
  const job = state.assets.see('job', event.job, event.job, valid, index);
  const nominalStart = event.nominalStart === undefined ? null : Date.parse(event.nominalStart);
  const run = state.runs.see({ run: event.run, job, state: event.state, valid, nominalStart, entry: index });
  const news = seeEdges(state, index, job, run, event.inputs, event.outputs, valid);
  if (state.runs.stateOf(run) !== 'COMPLETE') return;
  // A whole run tells all that its job reads and writes. A side of which it says nothing may just not be known.
  const since = state.runs.firstValid(run);
  const told = state.runs.lastValid(run);
  const isNews = event.state === 'COMPLETE';
  if (state.runs.usesOf(run, 'input') > 0 && (isNews || news.inputs > 0))
    state.edges.tellings.see(job, 'inputs', told, since, index);
  if (state.runs.usesOf(run, 'output') > 0 && (isNews || news.outputs > 0))
    state.edges.tellings.see(job, 'run-outputs', told, since, index);
}

function applyJob(state: State, index: number, { job: fact, inputs, outputs, tells, eventTime }: JobDescribed): void {
  const valid = Date.parse(eventTime);
  const job = state.assets.see('job', fact, fact, valid, index);
  seeEdges(state, index, job, null, inputs, outputs, valid);
  for (const side of tells ?? []) state.edges.tellings.see(job, side, valid, valid, index);
}

/** Returns how many edges of each side were news of this run. */
function seeEdges(
  state: State,
  index: number,
  job: number,
  run: number | null,
  inputs: readonly DatasetFact[],
  outputs: readonly DatasetFact[],
  valid: number,
): { readonly inputs: number; readonly outputs: number } {
  const { edges, runs } = state;
  const news = { inputs: 0, outputs: 0 };
  const along = (from: number, to: number, fact: DatasetFact, side: 'inputs' | 'outputs') => {
    const before = edges.useCount;
    const use = edges.see(from, to, run, runs, valid, index);
    if (edges.useCount > before) {
      news[side]++;
      if (run !== null) runs.countUse(run, side === 'inputs' ? 'input' : 'output');
    }
    const columns = fact.columns === undefined ? null : state.columns.rowOf(fact.columns);
    edges.details.see(use, fact, columns, valid, index);
  };
  for (const input of inputs) along(seeDataset(state, index, input, valid), job, input, 'inputs');
  for (const output of outputs) along(job, seeDataset(state, index, output, valid), output, 'outputs');
  return news;
}

function seeDataset(state: State, index: number, { schema, ...fact }: DatasetFact, valid: number): number {
  const facts: AssetFacts = schema === undefined ? fact : { ...fact, schema: state.schemas.rowOf(schema) };
  return state.assets.see('dataset', fact, facts, valid, index);
}

interface Saved {
  readonly version: number;
  readonly entries: number;
  readonly assets: SavedAssets;
  readonly runs: SavedRuns;
  readonly edges: SavedEdges;
  readonly schemas: SavedSchemas;
  readonly columns: SavedColumnMaps;
  readonly activity: SavedActivity;
  readonly policies: SavedPolicies;
  readonly attestations: SavedAttestations;
  readonly versions: SavedDatasetVersions;
  readonly checks: SavedCheckRuns;
  readonly ingests: SavedIngests;
  readonly labels: SavedLabels;
  readonly recordedAt: number[];
}

export function saveState({
  entries,
  assets,
  runs,
  edges,
  schemas,
  columns,
  activity,
  policies,
  attestations,
  versions,
  checks,
  ingests,
  labels,
  recordedAt,
}: State): Buffer {
  const saved: Saved = {
    version: VERSION,
    entries,
    assets: assets.save(),
    runs: runs.save(),
    edges: edges.save(),
    schemas: schemas.save(),
    columns: columns.save(),
    activity: activity.save(),
    policies: policies.save(),
    attestations: attestations.save(),
    versions: versions.save(),
    checks: checks.save(),
    ingests: ingests.save(),
    labels: labels.save(),
    recordedAt,
  };
  return serialize(saved);
}

/** Null if the bytes were saved by another version or are no state at all. */
export function restoreState(bytes: Buffer): State | null {
  let saved: Saved;
  try {
    saved = deserialize(bytes) as Saved;
  } catch {
    return null;
  }
  if (saved?.version !== VERSION) return null;
  return {
    entries: saved.entries,
    assets: new AssetTable(saved.assets),
    runs: new RunTable(saved.runs),
    edges: new EdgeTable(saved.edges),
    schemas: new SchemaTable(saved.schemas),
    columns: new ColumnMapTable(saved.columns),
    activity: new ActivityTable(saved.activity),
    policies: new PolicyTable(saved.policies),
    attestations: new AttestationTable(saved.attestations),
    versions: new DatasetVersions(saved.versions),
    checks: new CheckRuns(saved.checks),
    ingests: new IngestTable(saved.ingests),
    labels: new LabelTable(saved.labels),
    recordedAt: [...saved.recordedAt],
  };
}
