/** Which runs a version was made by, all the way up: each run read the versions that were there when it read. */
import type { AsOf } from './as-of.ts';
import type { State } from './state.ts';
import { timesOfRun, writesOf } from './version.ts';

export interface Provenance {
  /** Runs by job row, the newest where a job took part more than once. */
  readonly runs: ReadonlyMap<number, { readonly run: number; readonly hops: number }>;
  /** Datasets that were read, with the write that made the version read; null where nobody was seen to write it. */
  readonly datasets: ReadonlyMap<number, { readonly write: number | null; readonly hops: number }>;
}

/** Everything behind a run, `hops` counting datasets and jobs from it. Cycles are walked once. */
export function provenanceOf(state: State, run: number, asOf: AsOf, limit = 20_000): Provenance {
  const runs = new Map<number, { run: number; hops: number }>();
  const datasets = new Map<number, { write: number | null; hops: number }>();
  const seen = new Set([run]);
  let front = [{ run, hops: 0 }];
  runs.set(state.runs.jobOf(run), { run, hops: 0 });
  while (front.length > 0 && seen.size < limit) {
    const next: typeof front = [];
    for (const { run: reader, hops } of front) {
      const { start, end } = timesOfRun(state, reader, asOf);
      const job = state.runs.jobOf(reader);
      for (const { use, edge } of state.edges.usesOfRun(reader, state.runs, asOf)) {
        if (state.edges.toOf(edge) !== job) continue;
        const dataset = state.edges.fromOf(edge);
        const { version } = state.edges.details.of(use, asOf);
        const writes = writesOf(state, dataset, asOf).filter((write) => write.run !== reader);
        const written =
          (version === null ? undefined : writes.find((write) => write.version === version)) ??
          writes.findLast((write) => write.end <= start) ??
          writes.find((write) => write.start <= end);
        if (!datasets.has(dataset)) datasets.set(dataset, { write: written?.use ?? null, hops: hops + 1 });
        if (!written || written.run === null || seen.has(written.run)) continue;
        seen.add(written.run);
        const writer = state.runs.jobOf(written.run);
        if (!runs.has(writer)) runs.set(writer, { run: written.run, hops: hops + 2 });
        next.push({ run: written.run, hops: hops + 2 });
      }
    }
    front = next;
  }
  return { runs, datasets };
}
