/**
 * The `data` of nodes of the lineage graph as JSON, kept until an event changes what it says: a graph of thousands of nodes is
 * asked for again and again, and writing it out costs more than finding it.
 */
import { NOW } from '../../fold/as-of.ts';
import type { State } from '../../fold/state.ts';
import { datasetBase, fieldViews } from './dataset-view.ts';
import { jobBase } from './job-view.ts';
import type { Reading } from './reading.ts';
import { latestRuns, runBase } from './run-view.ts';

const KEPT_CHARACTERS = 64_000_000;

interface Kept {
  /** The last entry that could have changed it. */
  readonly entry: number;
  readonly text: string;
}

export class NodeTexts {
  readonly #kept = new Map<number, Kept>();
  #characters = 0;

  /** Of many rows at once, by row. Reads from the state as it is when called. */
  async of(reading: Reading, rows: Iterable<number>): Promise<ReadonlyMap<number, string>> {
    const { state } = reading.ledger;
    const texts = new Map<number, string>();
    const drafts: { row: number; entry: number; draft: Draft }[] = [];
    for (const row of rows) {
      const entry = lastChange(state, row);
      const kept = this.#kept.get(row);
      if (kept?.entry === entry) texts.set(row, kept.text);
      else drafts.push({ row, entry, draft: draftOf(state, row) });
    }
    // Everything above is from one moment; only now may the log move on while fields are read.
    for (const { row, entry, draft } of drafts) {
      const text = JSON.stringify(draft.kind === 'job' ? draft.data : await withFields(reading, draft));
      texts.set(row, text);
      this.#keep(row, { entry, text });
    }
    return texts;
  }

  #keep(row: number, kept: Kept): void {
    this.#characters += kept.text.length - (this.#kept.get(row)?.text.length ?? 0);
    this.#kept.set(row, kept);
    if (this.#characters <= KEPT_CHARACTERS) return;
    this.#kept.clear();
    this.#characters = 0;
  }
}

/** Of a dataset the jobs beside it count too: their runs write it, and end its edges. */
function lastChange(state: State, row: number): number {
  let last = state.assets.seen(row).lastEntry;
  if (state.assets.kindOf(row) === 'job') return last;
  for (const edge of state.edges.of(row, 'up'))
    last = Math.max(last, state.assets.seen(state.edges.fromOf(edge)).lastEntry);
  return last;
}

type Draft =
  | { readonly kind: 'job'; readonly data: object }
  | { readonly kind: 'dataset'; readonly data: object; readonly schema: number | null };

function draftOf(state: State, row: number): Draft {
  if (state.assets.kindOf(row) !== 'job')
    return { kind: 'dataset', data: datasetBase(state, row), schema: state.assets.view(row, NOW).schema };
  const [latest] = latestRuns(state, row, 1);
  return {
    kind: 'job',
    data: { ...jobBase(state, row), latestRun: latest === undefined ? null : runBase(state, latest) },
  };
}

async function withFields({ schemas }: Reading, { data, schema }: Extract<Draft, { kind: 'dataset' }>) {
  const fields = schema === null ? [] : await schemas.fields(schema);
  return { ...data, fields: fieldViews(fields, {}), columnLineage: [], facets: {}, lastLifecycleState: '' };
}
