/** Datasets and their versions in Marquez's shape. */
import type { SchemaField } from '../../event/event.ts';
import { firstSeen, NOW } from '../../fold/as-of.ts';
import type { State } from '../../fold/state.ts';
import { iso, isoOrNull } from '../asset-view.ts';
import { columnLineageView } from './column-graph.ts';
import { DatasetVersions, type DatasetVersion } from '../../report/version/dataset-version.ts';
import type { Page } from './query.ts';
import type { Reading } from './reading.ts';
import { datasetKey, objectOf, textOf, type Facets } from './run-evidence.ts';
import { runView } from './run-view.ts';

/** Everything of a dataset that the folds hold: no payload is read. */
export function datasetBase(state: State, row: number) {
  const { namespace, name, type, tags, description } = state.assets.view(row, NOW);
  return {
    id: { namespace, name },
    type: datasetType(type),
    name,
    physicalName: name,
    createdAt: iso(firstSeen(state.assets.sightings, row, NOW)),
    updatedAt: iso(state.assets.seen(row).lastValid),
    namespace,
    // OpenLineage's naming: the namespace of a dataset is where it lies.
    sourceName: namespace,
    tags: [...tags],
    lastModifiedAt: isoOrNull(lastModified(state, row)),
    description,
  };
}

export async function datasetView(reading: Reading, row: number) {
  const { state } = reading.ledger;
  const base = datasetBase(state, row);
  const versions = new DatasetVersions(state);
  const version = versions.current(row);
  const currentVersion = versions.idOf(version);
  const columnLineage = columnLineageView(state, row);
  const schema = state.assets.view(row, NOW).schema;
  const { lastEntry } = state.assets.seen(row);
  const [facets, fields] = await Promise.all([
    facetsOf(reading, version, lastEntry),
    schema === null ? [] : reading.schemas.fields(schema),
  ]);
  const lifecycle = textOf(objectOf(facets['lifecycleStateChange'])['lifecycleStateChange']);
  return {
    ...base,
    fields: fieldViews(fields, facets),
    lastLifecycleState: lifecycle ?? '',
    currentVersion,
    columnLineage,
    facets,
    deleted: lifecycle === 'DROP',
  };
}

export async function datasetVersionPage(reading: Reading, row: number, { limit, offset }: Page) {
  const versions = new DatasetVersions(reading.ledger.state).of(row);
  const page = versions.slice(offset, offset + limit);
  return {
    versions: await Promise.all(page.map((version) => datasetVersionView(reading, version))),
    totalCount: versions.length,
  };
}

export async function datasetVersionNamed(reading: Reading, row: number, id: string) {
  const { state } = reading.ledger;
  const versions = new DatasetVersions(state);
  const version = versions.of(row).find((candidate) => versions.idOf(candidate) === id);
  return version ? datasetVersionView(reading, version) : null;
}

async function datasetVersionView(reading: Reading, version: DatasetVersion) {
  const { state } = reading.ledger;
  const { namespace, name, type, tags, description } = state.assets.view(version.dataset, {
    at: version.run === null ? version.at : state.runs.lastValid(version.run),
    entries: Infinity,
  });
  const id = new DatasetVersions(state).idOf(version);
  const [facets, fields, createdByRun] = await Promise.all([
    facetsOf(reading, version, version.run === null ? state.assets.seen(version.dataset).lastEntry : null),
    version.schema === null ? [] : reading.schemas.fields(version.schema),
    version.run === null ? null : runView(reading, version.run),
  ]);
  const lifecycle = textOf(objectOf(facets['lifecycleStateChange'])['lifecycleStateChange']);
  return {
    id: { namespace, name, version: id },
    type: datasetType(type),
    name,
    physicalName: name,
    createdAt: iso(version.at),
    version: id,
    namespace,
    sourceName: namespace,
    fields: fieldViews(fields, facets),
    tags: [...tags],
    lifecycleState: lifecycle ?? '',
    description,
    currentSchemaVersion: version.schema === null ? null : state.schemas.get(version.schema).digest,
    createdByRun,
    facets,
  };
}

/** Facets that the run of a version gave, over those of a later event that only told of the dataset. */
async function facetsOf(reading: Reading, version: DatasetVersion, entry: number | null): Promise<Facets> {
  const key = datasetKey(reading.ledger.state.assets.nameOf(version.dataset));
  const told = entry === null ? null : await reading.evidence.ofEntry(entry);
  const written = version.run === null ? null : await reading.evidence.ofRun(version.run);
  return { ...told?.datasets.get(key)?.facets, ...written?.datasets.get(key)?.facets };
}

const datasetType = (type: string | null): 'STREAM' | 'DB_TABLE' =>
  type === 'TOPIC' || type === 'STREAM' ? 'STREAM' : 'DB_TABLE';

/** When a run last wrote it and ended well. */
function lastModified(state: State, row: number): number | null {
  let last: number | null = null;
  for (const edge of state.edges.of(row, 'up')) {
    for (const { run } of state.edges.uses(edge, NOW)) {
      if (run === null || (last !== null && state.runs.lastValid(run) <= last)) continue;
      const { state: outcome, ended } = state.runs.view(run);
      if (outcome === 'COMPLETE' && ended !== null && (last === null || ended > last)) last = ended;
    }
  }
  return last;
}

export function fieldViews(fields: readonly SchemaField[], facets: Facets) {
  const tags = new Map<string, string[]>();
  const list = objectOf(facets['tags'])['tags'];
  for (const tag of Array.isArray(list) ? list : []) {
    const { key, field } = objectOf(tag);
    if (typeof key !== 'string' || typeof field !== 'string') continue;
    const known = tags.get(field);
    if (known) known.push(key);
    else tags.set(field, [key]);
  }
  return fields.map(({ name, type, description }) => ({
    name,
    type: type ?? null,
    tags: tags.get(name) ?? [],
    description: description ?? null,
  }));
}
