/**
 * Everything Custody knows: a fold over the log. `applyEntry` is deterministic and has no I/O; it changes the state in
 * place, which nobody else does. So a restart is a replay, and a snapshot is a shorter one.
 */
import { deserialize, serialize } from 'node:v8';
import type { DatasetFact, EvidenceEvent, JobFact, RunObserved } from '../event/event.ts';
import { ActivityTable, type SavedActivity } from './activity.ts';
import { AssetTable, type AssetFacts, type SavedAssets } from './asset-table.ts';
import { EdgeTable, type SavedEdges } from './edge-table.ts';
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
  readonly activity: ActivityTable;
  readonly policies: PolicyTable;
  /** Recorded time (ms) of every 256th entry: turns "when we knew" into a number of entries. */
  readonly recordedAt: number[];
}

/** Raised whenever the folds or their saved form change; an older snapshot is then replayed over. */
const VERSION = 3;

export const emptyState = (): State => ({
  entries: 0,
  assets: new AssetTable(),
  runs: new RunTable(),
  edges: new EdgeTable(),
  schemas: new SchemaTable(),
  activity: new ActivityTable(),
  policies: new PolicyTable(),
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
      return applyJob(state, index, event.job, event.inputs, event.outputs, Date.parse(event.eventTime));
    case 'openlineage.dataset':
      seeDataset(state, index, event.dataset, Date.parse(event.eventTime));
      return;
    case 'dataset.schema':
      return state.schemas.see(event, index);
    case 'policy.published':
      return state.policies.publish(event, index);
    case 'gate.decision':
      return state.policies.decide(event, index);
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
  seeEdges(state, index, job, run, event.inputs, event.outputs, valid);
}

function applyJob(
  state: State,
  index: number,
  fact: JobFact,
  inputs: readonly DatasetFact[],
  outputs: readonly DatasetFact[],
  valid: number,
): void {
  const job = state.assets.see('job', fact, fact, valid, index);
  seeEdges(state, index, job, null, inputs, outputs, valid);
}

function seeEdges(
  state: State,
  index: number,
  job: number,
  run: number | null,
  inputs: readonly DatasetFact[],
  outputs: readonly DatasetFact[],
  valid: number,
): void {
  for (const input of inputs) {
    const dataset = seeDataset(state, index, input, valid);
    if (state.edges.see(dataset, job, run, state.runs, valid, index) && run !== null) state.runs.countUse(run, 'input');
  }
  for (const output of outputs) {
    const dataset = seeDataset(state, index, output, valid);
    if (state.edges.see(job, dataset, run, state.runs, valid, index) && run !== null)
      state.runs.countUse(run, 'output');
  }
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
  readonly activity: SavedActivity;
  readonly policies: SavedPolicies;
  readonly recordedAt: number[];
}

export function saveState({ entries, assets, runs, edges, schemas, activity, policies, recordedAt }: State): Buffer {
  const saved: Saved = {
    version: VERSION,
    entries,
    assets: assets.save(),
    runs: runs.save(),
    edges: edges.save(),
    schemas: schemas.save(),
    activity: activity.save(),
    policies: policies.save(),
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
    activity: new ActivityTable(saved.activity),
    policies: new PolicyTable(saved.policies),
    recordedAt: [...saved.recordedAt],
  };
}
