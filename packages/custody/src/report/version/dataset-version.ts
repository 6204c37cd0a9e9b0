/** Versions of datasets: one for each run that wrote one. What a run read is the version that was there then. */
import { NOW, type AsOf } from '../../fold/as-of.ts';
import type { State } from '../../fold/state.ts';
import { datasetVersionId } from './version-id.ts';

export interface DatasetVersion {
  readonly dataset: number;
  /** Null for a dataset that no run is known to have written: then there is a version for each schema. */
  readonly run: number | null;
  /** Valid time at which it came to be. */
  readonly at: number;
  /** Row of the schema it had then. */
  readonly schema: number | null;
}

interface Write {
  readonly run: number;
  readonly valid: number;
}

/** Versions as of a time. Keeps what it found, so it is to be made anew for each question. */
export class DatasetVersions {
  readonly #state: State;
  readonly #asOf: AsOf;
  readonly #writes = new Map<number, readonly Write[]>();

  constructor(state: State, asOf: AsOf = NOW) {
    this.#state = state;
    this.#asOf = asOf;
  }

  /** All of a dataset, newest first. */
  of(dataset: number): readonly DatasetVersion[] {
    const seen = new Set<number>();
    const versions: DatasetVersion[] = [];
    for (const { run, valid } of this.#writesOf(dataset).toReversed()) {
      if (seen.has(run)) continue;
      seen.add(run);
      versions.push({ dataset, run, at: valid, schema: this.#schemaAfter(dataset, run) });
    }
    return versions.length > 0 ? versions : this.#unwritten(dataset);
  }

  current(dataset: number): DatasetVersion {
    return this.readAt(dataset, Infinity, null);
  }

  /** The version that was there at a valid time, other than what `reader` itself wrote. */
  readAt(dataset: number, at: number, reader: number | null): DatasetVersion {
    const writes = this.#writesOf(dataset);
    let low = 0;
    let high = writes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (writes[middle]!.valid <= at) low = middle + 1;
      else high = middle;
    }
    // A run that reads what it writes has few writes of one dataset, so this takes few steps.
    let place = low - 1;
    while (place >= 0 && writes[place]!.run === reader) place--;
    const found = writes[place];
    if (found) return { dataset, run: found.run, at: found.valid, schema: this.#schemaAfter(dataset, found.run) };
    const unwritten = this.#unwritten(dataset);
    return unwritten.find((version) => version.at <= at) ?? unwritten.at(-1)!;
  }

  /** The version that a run wrote. */
  writtenBy(dataset: number, run: number): DatasetVersion {
    return {
      dataset,
      run,
      at: this.#state.runs.lastValid(run),
      schema: this.#schemaAfter(dataset, run),
    };
  }

  /** The version's id: the same for the same log, on every machine. */
  idOf({ dataset, run, schema }: DatasetVersion): string {
    const { assets, runs, schemas } = this.#state;
    const writer = run === null ? '' : runs.view(run).id;
    return datasetVersionId(assets.nameOf(dataset), writer, schema === null ? '' : schemas.get(schema).digest);
  }

  /** Oldest first. */
  #writesOf(dataset: number): readonly Write[] {
    const known = this.#writes.get(dataset);
    if (known) return known;
    const writes: Write[] = [];
    for (const edge of this.#state.edges.of(dataset, 'up')) {
      for (const { run, valid } of this.#state.edges.uses(edge, this.#asOf)) {
        if (run !== null) writes.push({ run, valid });
      }
    }
    const idOf = (run: number) => this.#state.runs.view(run).id;
    // Of two at the same time the id decides: the order of the log is of one log only.
    writes.sort((a, b) => a.valid - b.valid || (idOf(a.run) < idOf(b.run) ? -1 : a.run === b.run ? 0 : 1));
    this.#writes.set(dataset, writes);
    return writes;
  }

  /** Schemas of the events of a run may come after the event that first named the dataset. */
  #schemaAfter(dataset: number, run: number): number | null {
    const at = Math.min(this.#asOf.at, this.#state.runs.lastValid(run));
    return this.#state.assets.view(dataset, { at, entries: this.#asOf.entries }).schema;
  }

  #unwritten(dataset: number): readonly DatasetVersion[] {
    const history = this.#state.assets.schemaHistory(dataset, this.#asOf);
    if (history.length > 0) return history.map(({ schema, since }) => ({ dataset, run: null, at: since, schema }));
    return [{ dataset, run: null, at: this.#state.assets.sightings.valid[dataset]!, schema: null }];
  }
}
