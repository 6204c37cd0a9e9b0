/** Marquez's column lineage: which columns a column comes from, and which come from it. */
import { NOW } from '../../fold/as-of.ts';
import { ALL_ROWS, dependencyOf, type ColumnWay } from '../../fold/column-map-table.ts';
import type { State } from '../../fold/state.ts';
import { DatasetVersions } from '../../report/version/dataset-version.ts';
import { readingsOfField, withoutVersion } from './node-id.ts';
import type { Reading } from './reading.ts';
import { datasetsOfJob } from '../../report/version/run-datasets.ts';

/** Marquez has no bound. Beyond this many columns the nearest are told. */
const COLUMNS_MAX = 20_000;

/** A column of a dataset. */
export interface ColumnRef {
  readonly dataset: number;
  readonly column: string;
}

interface Source extends ColumnRef {
  readonly type: string;
  readonly description: string | null;
}

/** What each column of a dataset is made from, by the newest run of each job that writes it now. */
export function sourcesByColumn(state: State, dataset: number): ReadonlyMap<string, readonly Source[]> {
  const columns = new Map<string, Map<string, Source>>();
  for (const edge of state.edges.of(dataset, 'up')) {
    if (!state.edges.exists(edge, NOW)) continue;
    for (const { out, input, column, flags } of waysOf(state, edge)) {
      const from = state.assets.find('dataset', input);
      if (from === null) continue;
      const name = state.columns.columnName(out);
      let sources = columns.get(name);
      if (!sources) columns.set(name, (sources = new Map()));
      const key = `${from} ${column}`;
      // Handed on and looked at: that it is handed on says more, and comes first in a map.
      if (sources.has(key)) continue;
      const { kind, role, masked, certainty } = dependencyOf(flags);
      const remarks = [masked ? 'masked' : null, certainty === 'certain' ? null : certainty].filter(Boolean);
      sources.set(key, {
        dataset: from,
        column: state.columns.columnName(column),
        type: (kind === 'rows' ? (role ?? 'OTHER') : kind === 'unsaid' ? 'UNKNOWN' : kind).toUpperCase(),
        description: remarks.length > 0 ? remarks.join(', ') : null,
      });
    }
  }
  return new Map([...columns].map(([name, sources]) => [name, [...sources.values()]]));
}

/** Ways to single columns of the newest run that told of any. What decides over rows as a whole has no place in Marquez. */
function* waysOf(state: State, edge: number) {
  for (const { use } of state.edges.uses(edge, NOW)) {
    const { columns } = state.edges.details.of(use, NOW);
    if (columns === null) continue;
    const inputs = state.columns.inputs(columns);
    for (const way of state.columns.ways(columns)) if (isOfColumn(way)) yield { ...way, input: inputs[way.input]! };
    return;
  }
}

const isOfColumn = ({ out }: ColumnWay): boolean => out !== ALL_ROWS;

/** As Marquez repeats column lineage in a dataset. */
export function columnLineageView(state: State, dataset: number) {
  return [...sourcesByColumn(state, dataset)].map(([name, sources]) => ({
    name,
    inputFields: sources.map((source) => {
      const { namespace, name: from } = state.assets.nameOf(source.dataset);
      return {
        namespace,
        dataset: from,
        field: source.column,
        transformationDescription: source.description,
        transformationType: source.type,
      };
    }),
    transformationDescription: sources[0]?.description ?? null,
    transformationType: sources[0]?.type ?? null,
  }));
}

/**
 * The graph around columns, `depth` steps from dataset to dataset. An edge in `inEdges` goes, as in Marquez, from the node
 * itself to the column it comes from; one in `outEdges` to the column that comes from it.
 */
export async function columnGraph(
  reading: Reading,
  start: readonly ColumnRef[],
  depth: number,
  withDownstream: boolean,
) {
  const { state } = reading.ledger;
  const sources = memo((dataset: number) => sourcesByColumn(state, dataset));
  const upstream = ({ dataset, column }: ColumnRef) => sources(dataset).get(column) ?? [];
  const reached = walk(state, start, depth, upstream);
  if (withDownstream) {
    const targets = memo((dataset: number) => targetsByColumn(state, dataset, sources));
    // A walk of its own: going down from where the other went up would end at columns that are no descendants.
    const below = walk(state, start, depth, ({ dataset, column }) => targets(dataset).get(column) ?? []);
    for (const [id, ref] of below) reached.set(id, ref);
  }

  const inEdges = new Map<string, string[]>();
  const outEdges = new Map<string, string[]>();
  for (const [id, ref] of reached) {
    for (const source of upstream(ref)) {
      const from = columnId(state, source);
      if (!reached.has(from)) continue;
      add(inEdges, id, from);
      add(outEdges, from, id);
    }
  }
  const versions = new DatasetVersions(state);
  const versionOf = memo((dataset: number) => versions.idOf(versions.current(dataset)));
  const drafts = [...reached].map(([id, ref]) => {
    const { schema } = state.assets.view(ref.dataset, NOW);
    const { namespace, name } = state.assets.nameOf(ref.dataset);
    return {
      schema,
      node: {
        id,
        type: 'DATASET_FIELD',
        data: {
          namespace,
          dataset: name,
          datasetVersion: versionOf(ref.dataset),
          field: ref.column,
          inputFields: upstream(ref).map((source) => {
            const { namespace: space, name: from } = state.assets.nameOf(source.dataset);
            return {
              namespace: space,
              dataset: from,
              datasetVersion: versionOf(source.dataset),
              field: source.column,
              transformationDescription: source.description,
              transformationType: source.type,
            };
          }),
          transformationDescription: upstream(ref)[0]?.description ?? null,
          transformationType: upstream(ref)[0]?.type ?? null,
        },
        inEdges: (inEdges.get(id) ?? []).map((destination) => ({ origin: id, destination })),
        outEdges: (outEdges.get(id) ?? []).map((destination) => ({ origin: id, destination })),
      },
    };
  });
  // Everything above is from one moment; only now may the log move on while types are read.
  const graph = await Promise.all(
    drafts.map(async ({ schema, node }) => {
      const fields = schema === null ? [] : await reading.schemas.fields(schema);
      const fieldType = fields.find(({ name }) => name === node.data.field)?.type ?? null;
      return { ...node, data: { ...node.data, fieldType } };
    }),
  );
  return { graph: graph.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)) };
}

/**
 * Columns that a node id of `/column-lineage` means: `dataset:NS:NAME` all columns, `datasetField:NS:NAME:FIELD` one,
 * `job:NS:NAME` those of its outputs. Null if there is no such node.
 */
export async function columnsNamed(reading: Reading, nodeId: string): Promise<readonly ColumnRef[] | null> {
  const { state } = reading.ledger;
  const id = withoutVersion(nodeId);
  if (id.startsWith('datasetField:')) {
    const isNamespace = (text: string) => reading.namespaces.rows(state, text) !== null;
    for (const { namespace, name, field } of readingsOfField(id, isNamespace)) {
      const dataset = state.assets.find('dataset', { namespace, name });
      if (dataset !== null && (await columnsOf(reading, dataset)).includes(field)) return [{ dataset, column: field }];
    }
    return null;
  }
  const [row] = state.assets.findId(id);
  if (row === undefined) return null;
  const datasets = state.assets.kindOf(row) === 'job' ? datasetsOfJob(state, row).outputs : [row];
  const columns = await Promise.all(
    datasets.map(async (dataset) => (await columnsOf(reading, dataset)).map((column) => ({ dataset, column }))),
  );
  return columns.flat();
}

/** Columns of the schema, and those that only column lineage names. */
async function columnsOf({ ledger: { state }, schemas }: Reading, dataset: number): Promise<readonly string[]> {
  const { schema } = state.assets.view(dataset, NOW);
  const names = new Set(sourcesByColumn(state, dataset).keys());
  for (const target of targetsByColumn(state, dataset, (other) => sourcesByColumn(state, other)).keys())
    names.add(target);
  for (const { name } of schema === null ? [] : await schemas.fields(schema)) names.add(name);
  return [...names];
}

/** Which columns come from each column of a dataset: those of the outputs of the jobs that read it. */
function targetsByColumn(
  state: State,
  dataset: number,
  sources: (dataset: number) => ReadonlyMap<string, readonly Source[]>,
): ReadonlyMap<string, readonly ColumnRef[]> {
  const targets = new Map<string, ColumnRef[]>();
  const outputs = new Set<number>();
  for (const edge of state.edges.of(dataset, 'down')) {
    if (!state.edges.exists(edge, NOW)) continue;
    for (const output of datasetsOfJob(state, state.edges.toOf(edge)).outputs) outputs.add(output);
  }
  for (const output of outputs) {
    for (const [column, from] of sources(output)) {
      for (const source of from) {
        if (source.dataset !== dataset) continue;
        const known = targets.get(source.column);
        if (known) known.push({ dataset: output, column });
        else targets.set(source.column, [{ dataset: output, column }]);
      }
    }
  }
  return targets;
}

/** Columns within `depth` steps by their ids, the nearest first. Cycles are walked once. */
function walk(
  state: State,
  start: readonly ColumnRef[],
  depth: number,
  next: (ref: ColumnRef) => readonly ColumnRef[],
): Map<string, ColumnRef> {
  const reached = new Map<string, ColumnRef>();
  let front = start;
  for (let step = 0; front.length > 0; step++) {
    const further: ColumnRef[] = [];
    for (const ref of front) {
      const id = columnId(state, ref);
      if (reached.has(id) || reached.size >= COLUMNS_MAX) continue;
      reached.set(id, ref);
      if (step < depth) further.push(...next(ref));
    }
    front = further;
  }
  return reached;
}

const columnId = (state: State, { dataset, column }: ColumnRef): string => {
  const { namespace, name } = state.assets.nameOf(dataset);
  return `datasetField:${namespace}:${name}:${column}`;
};

function memo<T>(read: (dataset: number) => T): (dataset: number) => T {
  const known = new Map<number, T>();
  return (dataset) => {
    const found = known.get(dataset);
    if (found !== undefined) return found;
    const fresh = read(dataset);
    known.set(dataset, fresh);
    return fresh;
  };
}

function add(edges: Map<string, string[]>, from: string, to: string): void {
  const known = edges.get(from);
  if (known) known.push(to);
  else edges.set(from, [to]);
}
