/** Marquez's lineage graph: jobs and datasets around one of them, each with its edges. */
import { NOW } from '../../fold/as-of.ts';
import type { State } from '../../fold/state.ts';
import type { NodeTexts } from './node-text.ts';
import type { Reading } from './reading.ts';

/** Marquez has no bound. Beyond this many the nearest are told. */
const NODES_MAX = 20_000;

/**
 * As Marquez counts: depth 0 is the job with all that it reads and writes, each further step all jobs that share a
 * dataset with a job reached before, whatever the direction. Around a dataset, step 0 is every job that touches it.
 * The answer is JSON text, as thousands of nodes are not written anew each time.
 */
export async function lineageGraph(reading: Reading, texts: NodeTexts, start: number, depth: number): Promise<string> {
  const { state } = reading.ledger;
  const rows = reachedRows(state, start, depth);
  const nodes = [...rows].map((row) => ({ row, id: state.assets.idOf(row) }));
  nodes.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const ids = new Map(nodes.map(({ row, id }) => [row, JSON.stringify(id)]));
  const edges = nodes.map(
    ({ row }) => `"inEdges":${edgesOf(state, row, 'up', ids)},"outEdges":${edgesOf(state, row, 'down', ids)}`,
  );
  const types = nodes.map(({ row }) => (state.assets.kindOf(row) === 'job' ? 'JOB' : 'DATASET'));
  const data = await texts.of(reading, rows);
  const graph = nodes.map(
    ({ row }, i) => `{"id":${ids.get(row)!},"type":"${types[i]!}","data":${data.get(row)!},${edges[i]!}}`,
  );
  return `{"graph":[${graph.join(',')}]}`;
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

function edgesOf(state: State, row: number, direction: 'up' | 'down', ids: ReadonlyMap<number, string>): string {
  const edges: string[] = [];
  for (const edge of state.edges.of(row, direction)) {
    const from = ids.get(state.edges.fromOf(edge));
    const to = ids.get(state.edges.toOf(edge));
    if (from === undefined || to === undefined || !state.edges.exists(edge, NOW)) continue;
    edges.push(`{"origin":${from},"destination":${to}}`);
  }
  return `[${edges.join(',')}]`;
}
