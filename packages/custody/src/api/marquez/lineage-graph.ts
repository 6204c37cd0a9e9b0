/** Marquez's lineage graph: jobs and datasets around one of them, each with its edges. */
import { NOW } from '../../fold/as-of.ts';
import type { State } from '../../fold/state.ts';
import { datasetBase, fieldViews } from './dataset-view.ts';
import { jobBase } from './job-view.ts';
import type { Reading } from './reading.ts';
import { latestRuns, runBase } from './run-view.ts';

/** Marquez has no bound. Beyond this many the nearest are told. */
const NODES_MAX = 20_000;

interface Edge {
  readonly origin: string;
  readonly destination: string;
}

/**
 * As Marquez counts: depth 0 is the job with all that it reads and writes, each further step all jobs that share a
 * dataset with a job reached before, whatever the direction. Around a dataset, step 0 is every job that touches it.
 */
export async function lineageGraph(reading: Reading, start: number, depth: number) {
  const { state } = reading.ledger;
  const rows = reachedRows(state, start, depth);
  const drafts = [...rows].map((row) => {
    const inEdges = edgesOf(state, row, 'up', rows);
    const outEdges = edgesOf(state, row, 'down', rows);
    const id = state.assets.idOf(row);
    if (state.assets.kindOf(row) === 'job') {
      const [latest] = latestRuns(state, row, 1);
      const data = { ...jobBase(state, row), latestRun: latest === undefined ? null : runBase(state, latest) };
      return { schema: null, node: { id, type: 'JOB', data, inEdges, outEdges } };
    }
    const schema = state.assets.view(row, NOW).schema;
    return { schema, node: { id, type: 'DATASET', data: datasetBase(state, row), inEdges, outEdges } };
  });
  // Everything above is from one moment; only now may the log move on while fields are read.
  const graph = await Promise.all(
    drafts.map(async ({ schema, node }) => {
      if (node.type === 'JOB') return node;
      const fields = schema === null ? [] : await reading.schemas.fields(schema);
      return {
        ...node,
        data: { ...node.data, fields: fieldViews(fields, {}), columnLineage: [], facets: {}, lastLifecycleState: '' },
      };
    }),
  );
  return { graph: graph.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)) };
}

function reachedRows(state: State, start: number, depth: number): ReadonlySet<number> {
  const rows = new Set([start]);
  let jobs = state.assets.kindOf(start) === 'job' ? [start] : neighboursOf(state, start);
  for (const job of jobs) rows.add(job);
  for (let step = 0; step <= depth && jobs.length > 0; step++) {
    const next: number[] = [];
    for (const job of jobs) {
      for (const dataset of neighboursOf(state, job)) {
        if (rows.size >= NODES_MAX) return rows;
        if (rows.has(dataset) && dataset !== start) continue;
        rows.add(dataset);
        if (step === depth) continue;
        for (const other of neighboursOf(state, dataset)) {
          if (rows.has(other) || rows.size >= NODES_MAX) continue;
          rows.add(other);
          next.push(other);
        }
      }
    }
    jobs = next;
  }
  return rows;
}

function neighboursOf(state: State, row: number): number[] {
  const rows: number[] = [];
  for (const edge of state.edges.of(row, 'up')) if (state.edges.exists(edge, NOW)) rows.push(state.edges.fromOf(edge));
  for (const edge of state.edges.of(row, 'down')) if (state.edges.exists(edge, NOW)) rows.push(state.edges.toOf(edge));
  return rows;
}

function edgesOf(state: State, row: number, direction: 'up' | 'down', rows: ReadonlySet<number>): readonly Edge[] {
  const edges: Edge[] = [];
  for (const edge of state.edges.of(row, direction)) {
    const from = state.edges.fromOf(edge);
    const to = state.edges.toOf(edge);
    if (!state.edges.exists(edge, NOW) || !rows.has(from) || !rows.has(to)) continue;
    edges.push({ origin: state.assets.idOf(from), destination: state.assets.idOf(to) });
  }
  return edges;
}
