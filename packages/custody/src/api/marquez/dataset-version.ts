/** Versions of a dataset: one for each run that wrote it, as in Marquez. */
import { NOW } from '../../fold/as-of.ts';
import type { State } from '../../fold/state.ts';
import { datasetVersionId } from './version-id.ts';

export interface DatasetVersionRow {
  readonly dataset: number;
  /** Null for a dataset that no run is known to have written: then there is a version for each schema. */
  readonly run: number | null;
  /** Valid time at which it came to be. */
  readonly at: number;
  /** Row of the schema it had then. */
  readonly schema: number | null;
}

/** Newest first. */
export function datasetVersions(state: State, dataset: number): readonly DatasetVersionRow[] {
  const seen = new Set<number>();
  const versions: DatasetVersionRow[] = [];
  for (const { run, valid } of writesOf(state, dataset)) {
    if (seen.has(run)) continue;
    seen.add(run);
    versions.push({ dataset, run, at: valid, schema: schemaAfter(state, dataset, run) });
  }
  return versions.length > 0 ? versions : unwrittenVersions(state, dataset);
}

export function currentDatasetVersion(state: State, dataset: number): DatasetVersionRow {
  return versionWritten(state, dataset, Infinity, null);
}

/** The version that was there at a time, other than what `reader` itself wrote. */
export function versionWritten(state: State, dataset: number, at: number, reader: number | null): DatasetVersionRow {
  let best: Write | null = null;
  for (const edge of state.edges.of(dataset, 'up')) {
    for (const { run, valid, entry } of state.edges.uses(edge, NOW)) {
      if (run === null || run === reader || valid > at) continue;
      if (!best || valid > best.valid || (valid === best.valid && entry > best.entry)) best = { run, valid, entry };
    }
  }
  if (best) return { dataset, run: best.run, at: best.valid, schema: schemaAfter(state, dataset, best.run) };
  const unwritten = unwrittenVersions(state, dataset);
  return unwritten.find((version) => version.at <= at) ?? unwritten.at(-1)!;
}

/** The version that a run wrote. */
export function versionOfRun(state: State, dataset: number, run: number): DatasetVersionRow {
  return { dataset, run, at: state.runs.lastValid(run), schema: schemaAfter(state, dataset, run) };
}

export function versionIdOf(state: State, { dataset, run, schema }: DatasetVersionRow): string {
  return datasetVersionId(
    state.assets.nameOf(dataset),
    run === null ? '' : state.runs.view(run).id,
    schema === null ? '' : state.schemas.get(schema).digest,
  );
}

interface Write {
  readonly run: number;
  readonly valid: number;
  readonly entry: number;
}

function writesOf(state: State, dataset: number): Write[] {
  const writes: Write[] = [];
  for (const edge of state.edges.of(dataset, 'up')) {
    for (const { run, valid, entry } of state.edges.uses(edge, NOW))
      if (run !== null) writes.push({ run, valid, entry });
  }
  return writes.sort((a, b) => b.valid - a.valid || b.entry - a.entry);
}

/** Schemas of the events of a run may come after the event that first named the dataset. */
const schemaAfter = (state: State, dataset: number, run: number): number | null =>
  state.assets.view(dataset, { at: state.runs.lastValid(run), entries: Infinity }).schema;

function unwrittenVersions(state: State, dataset: number): readonly DatasetVersionRow[] {
  const history = state.assets.schemaHistory(dataset, NOW);
  if (history.length > 0) return history.map(({ schema, since }) => ({ dataset, run: null, at: since, schema }));
  return [{ dataset, run: null, at: state.assets.sightings.valid[dataset]!, schema: null }];
}
