/**
 * Nodes of the lineage graph as JSON, kept until an event changes what one says: a graph of thousands of nodes is asked for
 * again and again, and writing it out costs more than finding it.
 */
import { NOW } from '../../fold/as-of.ts';
import type { State } from '../../fold/state.ts';
import { datasetBase, fieldViews } from './dataset-view.ts';
import { jobBase } from './job-view.ts';
import type { Reading } from './reading.ts';
import { latestRuns, runBase } from './run-view.ts';

const KEPT_BYTES = 64_000_000;

interface Kept {
  /** The last entry that could have changed it. */
  readonly entry: number;
  /** The node up to its edges. */
  readonly data: string;
  /** All of the node, if its neighbours are all in the graph. */
  readonly whole: Buffer;
}

export class NodeTexts {
  readonly #kept = new Map<number, Kept>();
  #bytes = 0;

  /** The nodes with the edges between them, each with a comma in front. */
  async of(reading: Reading, rows: ReadonlySet<number>): Promise<readonly Buffer[]> {
    const { state } = reading.ledger;
    const found: (Buffer | null)[] = [];
    const drafts: { readonly place: number; readonly row: number; readonly entry: number; readonly draft: Draft }[] =
      [];
    for (const row of rows) {
      const { entry, isInside } = around(state, row, rows);
      const kept = this.#kept.get(row);
      if (kept?.entry !== entry)
        drafts.push({ place: found.push(null) - 1, row, entry, draft: draftOf(state, row, rows) });
      else if (isInside) found.push(kept.whole);
      else found.push(Buffer.from(kept.data + edgesText(state, row, rows)));
    }
    // Everything above is from one moment; only now may the log move on while fields are read.
    for (const { place, row, entry, draft } of drafts) {
      const data = await dataText(reading, draft);
      found[place] = Buffer.from(data + draft.edges);
      this.#keep(row, { entry, data, whole: Buffer.from(data + draft.allEdges) });
    }
    return found as Buffer[];
  }

  #keep(row: number, kept: Kept): void {
    const sizeOf = (of: Kept | undefined) => (of ? of.data.length + of.whole.length : 0);
    this.#bytes += sizeOf(kept) - sizeOf(this.#kept.get(row));
    this.#kept.set(row, kept);
    if (this.#bytes <= KEPT_BYTES) return;
    this.#kept.clear();
    this.#bytes = 0;
  }
}

/** When a node last changed, and whether all its neighbours are among `rows`. */
function around(state: State, row: number, rows: ReadonlySet<number>): { entry: number; isInside: boolean } {
  let entry = state.assets.seen(row).lastEntry;
  let isInside = true;
  const isJob = state.assets.kindOf(row) === 'job';
  for (const direction of ['up', 'down'] as const) {
    for (const edge of state.edges.of(row, direction)) {
      const other = direction === 'up' ? state.edges.fromOf(edge) : state.edges.toOf(edge);
      // Jobs change the datasets beside them: their runs write them, and what they no longer name ends an edge.
      if (!isJob) entry = Math.max(entry, state.assets.seen(other).lastEntry);
      if (!rows.has(other)) isInside = false;
    }
  }
  return { entry, isInside };
}

interface Draft {
  readonly id: string;
  readonly type: 'JOB' | 'DATASET';
  readonly data: object;
  /** Row of a dataset's schema. */
  readonly schema: number | null;
  readonly edges: string;
  readonly allEdges: string;
}

function draftOf(state: State, row: number, rows: ReadonlySet<number>): Draft {
  const common = {
    id: state.assets.idOf(row),
    edges: edgesText(state, row, rows),
    allEdges: edgesText(state, row, null),
  };
  if (state.assets.kindOf(row) !== 'job') {
    return { ...common, type: 'DATASET', data: datasetBase(state, row), schema: state.assets.view(row, NOW).schema };
  }
  const [latest] = latestRuns(state, row, 1);
  const data = { ...jobBase(state, row), latestRun: latest === undefined ? null : runBase(state, latest) };
  return { ...common, type: 'JOB', data, schema: null };
}

async function dataText({ schemas }: Reading, { id, type, data, schema }: Draft): Promise<string> {
  const fields = schema === null ? [] : await schemas.fields(schema);
  const more =
    type === 'DATASET' ? { fields: fieldViews(fields, {}), columnLineage: [], facets: {}, lastLifecycleState: '' } : {};
  return `,{"id":${JSON.stringify(id)},"type":"${type}","data":${JSON.stringify({ ...data, ...more })},`;
}

/** The end of a node: its edges to `rows`, or all of them. */
function edgesText(state: State, row: number, rows: ReadonlySet<number> | null): string {
  const text = (direction: 'up' | 'down') => {
    const edges: string[] = [];
    for (const edge of state.edges.of(row, direction)) {
      const [from, to] = [state.edges.fromOf(edge), state.edges.toOf(edge)];
      if ((rows && !(rows.has(from) && rows.has(to))) || !state.edges.exists(edge, NOW)) continue;
      edges.push(
        `{"origin":${JSON.stringify(state.assets.idOf(from))},"destination":${JSON.stringify(state.assets.idOf(to))}}`,
      );
    }
    return edges.join(',');
  };
  return `"inEdges":[${text('up')}],"outEdges":[${text('down')}]}`;
}
