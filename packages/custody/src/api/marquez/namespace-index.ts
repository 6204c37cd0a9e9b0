/** Assets by namespace and name: Marquez's pages are lists of one namespace, the folds keep assets in order of arrival. */
import { firstSeen, NOW } from '../../fold/as-of.ts';
import type { State } from '../../fold/state.ts';

interface Shelf {
  datasets: number[];
  jobs: number[];
  /** How many rows of each list are in order. */
  sorted: number;
}

export interface Span {
  readonly created: number;
  readonly updated: number;
}

export class NamespaceIndex {
  readonly #shelves = new Map<string, Shelf>();
  #names: readonly string[] = [];
  #rows = 0;

  /** Rows are only ever added, so what was read once stays. */
  #catchUp({ assets }: State): void {
    for (; this.#rows < assets.count; this.#rows++) {
      const { namespace } = assets.nameOf(this.#rows);
      let shelf = this.#shelves.get(namespace);
      if (!shelf) this.#shelves.set(namespace, (shelf = { datasets: [], jobs: [], sorted: 0 }));
      (assets.kindOf(this.#rows) === 'job' ? shelf.jobs : shelf.datasets).push(this.#rows);
    }
    if (this.#names.length < this.#shelves.size) this.#names = [...this.#shelves.keys()].sort();
  }

  /** All namespaces in order. */
  names(state: State): readonly string[] {
    this.#catchUp(state);
    return this.#names;
  }

  /** Rows of a namespace in order of name; null if no event ever named it. */
  rows(
    state: State,
    namespace: string,
  ): { readonly datasets: readonly number[]; readonly jobs: readonly number[] } | null {
    this.#catchUp(state);
    const shelf = this.#shelves.get(namespace);
    if (!shelf) return null;
    if (shelf.sorted < shelf.datasets.length + shelf.jobs.length) {
      const byName = (rows: readonly number[]) =>
        rows
          .map((row) => ({ row, name: state.assets.nameOf(row).name }))
          .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
          .map(({ row }) => row);
      shelf.datasets = byName(shelf.datasets);
      shelf.jobs = byName(shelf.jobs);
      shelf.sorted = shelf.datasets.length + shelf.jobs.length;
    }
    return shelf;
  }

  /** Valid times at which anything of a namespace was seen first and last. */
  span(state: State, namespace: string): Span {
    const { datasets, jobs } = this.rows(state, namespace) ?? { datasets: [], jobs: [] };
    let created = Infinity;
    let updated = -Infinity;
    for (const rows of [datasets, jobs]) {
      for (const row of rows) {
        created = Math.min(created, firstSeen(state.assets.sightings, row, NOW));
        updated = Math.max(updated, state.assets.seen(row).lastValid);
      }
    }
    return { created, updated };
  }
}
