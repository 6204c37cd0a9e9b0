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
 * The answer is JSON as bytes, the nearest nodes first.
 */
export async function lineageGraph(reading: Reading, texts: NodeTexts, start: number, depth: number): Promise<Buffer> {
  const rows = reachedRows(reading.ledger.state, start, depth);
  const [first, ...others] = await texts.of(reading, rows);
  return Buffer.concat([Buffer.from('{"graph":['), first!.subarray(1), ...others, Buffer.from(']}')]);
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
