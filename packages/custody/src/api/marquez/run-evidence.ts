/**
 * What the events of a run say in their facets, all together: only the payloads hold them. The folds keep the first and the
 * last entry of a run; the others lie between them.
 */
import type { AssetName, EvidenceEvent } from '../../event/event.ts';
import { sentEvent } from '../../ledger/event-payload.ts';
import type { Ledger } from '../../ledger/ledger.ts';

/** Entries looked at from either end of a run. Of a run with more between them the middle is not read. */
const SPAN = 128;
/** Bytes of payloads read for one run, the newest first. */
const PAYLOAD_BYTES = 8_000_000;
const KEPT_BYTES = 64_000_000;

export type Facets = Readonly<Record<string, unknown>>;

export interface Evidence {
  readonly runFacets: Facets;
  readonly jobFacets: Facets;
  /** By `datasetKey`; those of inputs and outputs have `inputFacets` or `outputFacets` beside `facets`. */
  readonly datasets: ReadonlyMap<string, DatasetEvidence>;
}

export interface DatasetEvidence {
  readonly facets: Facets;
  readonly inputFacets: Facets;
  readonly outputFacets: Facets;
}

export const datasetKey = ({ namespace, name }: AssetName): string => `${namespace}\n${name}`;

export class EvidenceReader {
  readonly #ledger: Ledger;
  readonly #kept = new Map<string, { readonly evidence: Promise<Evidence>; bytes: number }>();
  #bytes = 0;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** Of a run, by its row. */
  ofRun(row: number): Promise<Evidence> {
    const { id, firstEntry, lastEntry } = this.#ledger.state.runs.view(row);
    return this.#keep(`run:${row}:${lastEntry}`, async () => {
      const entries = await this.#between(firstEntry, lastEntry);
      return this.#merge(entries.filter(({ event }) => event.kind === 'openlineage.run' && event.run === id));
    });
  }

  /** Of a single entry: for jobs and datasets that no run is known of. */
  ofEntry(index: number): Promise<Evidence> {
    return this.#keep(`entry:${index}`, async () => {
      const event = await this.#ledger.event(index);
      return this.#merge(event ? [{ index, event }] : []);
    });
  }

  #keep(key: string, read: () => Promise<{ evidence: Evidence; bytes: number }>): Promise<Evidence> {
    const known = this.#kept.get(key);
    if (known) {
      // The least recently used are first in a Map that each use moves to the end.
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known.evidence;
    }
    const reading = read();
    const kept = { evidence: reading.then(({ evidence }) => evidence), bytes: 0 };
    this.#kept.set(key, kept);
    reading.then(
      ({ bytes }) => {
        // While it was read others may have pushed it out.
        if (this.#kept.get(key) !== kept) return;
        kept.bytes = bytes;
        this.#bytes += bytes;
        for (const [oldest, { bytes: freed }] of this.#kept) {
          if (this.#bytes <= KEPT_BYTES || oldest === key) break;
          this.#kept.delete(oldest);
          this.#bytes -= freed;
        }
      },
      () => this.#kept.delete(key),
    );
    return kept.evidence;
  }

  async #between(first: number, last: number): Promise<Entry[]> {
    const ranges =
      last - first < 2 * SPAN
        ? [[first, last + 1] as const]
        : ([
            [first, first + SPAN],
            [last + 1 - SPAN, last + 1],
          ] as const);
    const read = await Promise.all(ranges.map(([from, to]) => this.#ledger.events(from, to)));
    return read.flatMap((events, i) => events.map((event, j) => ({ index: ranges[i]![0] + j, event })));
  }

  async #merge(entries: readonly Entry[]): Promise<{ evidence: Evidence; bytes: number }> {
    const payloads: Readonly<Record<string, unknown>>[] = [];
    let bytes = 0;
    const read = new Set<number>();
    for (const { index, event } of entries.toReversed()) {
      if (bytes > PAYLOAD_BYTES) break;
      const sent = await sentEvent(this.#ledger, index, event);
      if (!sent || read.has(sent.entry)) continue;
      read.add(sent.entry);
      bytes += sent.bytes;
      payloads.unshift(sent.event);
    }
    // A kilobyte for a run without payloads: what is kept has a cost of its own.
    return { evidence: evidenceOf(payloads), bytes: bytes + 1_000 };
  }
}

interface Entry {
  readonly index: number;
  readonly event: EvidenceEvent;
}

/** Later events win, facet by facet: OpenLineage's events of a run are cumulative. */
function evidenceOf(payloads: readonly Readonly<Record<string, unknown>>[]): Evidence {
  let runFacets: Facets = {};
  let jobFacets: Facets = {};
  const datasets = new Map<string, DatasetEvidence>();
  const add = (dataset: unknown) => {
    const { namespace, name } = objectOf(dataset);
    if (typeof namespace !== 'string' || typeof name !== 'string') return;
    const key = datasetKey({ namespace, name });
    const before = datasets.get(key) ?? { facets: {}, inputFacets: {}, outputFacets: {} };
    datasets.set(key, {
      facets: over(before.facets, objectOf(dataset)['facets']),
      inputFacets: over(before.inputFacets, objectOf(dataset)['inputFacets']),
      outputFacets: over(before.outputFacets, objectOf(dataset)['outputFacets']),
    });
  };
  for (const event of payloads) {
    runFacets = over(runFacets, objectOf(event['run'])['facets']);
    jobFacets = over(jobFacets, objectOf(event['job'])['facets']);
    for (const side of ['inputs', 'outputs']) if (Array.isArray(event[side])) event[side].forEach(add);
    if (event['dataset']) add(event['dataset']);
  }
  return { runFacets, jobFacets, datasets };
}

/** `{_deleted: true}` takes a facet back. */
function over(before: Facets, facets: unknown): Facets {
  const merged: Record<string, unknown> = Object.assign(Object.create(null), before);
  for (const [name, facet] of Object.entries(objectOf(facets))) {
    if (objectOf(facet)['_deleted'] === true) delete merged[name];
    else merged[name] = facet;
  }
  return merged;
}

export const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
