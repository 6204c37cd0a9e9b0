/** What a value of a notebook holds: from which places its data come, and through which cells. */

const SOURCES_MAX = 200;
const ITEMS_MAX = 200;
const HELD_MAX = 1_000;

export class Flow {
  /** By place, the cells that the data went through. */
  readonly sources = new Map<string, Set<number>>();
  /** Of members, keys and columns that are known by name. */
  readonly items = new Map<string, Flow>();
  /** Where what is written to it goes: a file that is open, an object of a store, a table that is being written. */
  place: string | null = null;
  /** The place is one to write to. */
  isSink = false;
  /** What was chosen in a chain: `dbtable` of a reader. */
  option: string | null = null;

  static of(...flows: readonly (Flow | null)[]): Flow {
    const made = new Flow();
    for (const flow of flows) made.take(flow);
    return made;
  }

  /** Takes in what another holds. */
  take(other: Flow | null): void {
    if (other === null || other === this) return;
    for (const [place, cells] of other.total()) this.add(place, cells);
  }

  add(place: string, cells: Iterable<number>): void {
    let known = this.sources.get(place);
    if (known === undefined) {
      if (this.sources.size >= SOURCES_MAX) return;
      this.sources.set(place, (known = new Set()));
    }
    for (const cell of cells) known.add(cell);
  }

  /** Its data are in this cell now. */
  through(cell: number): void {
    for (const cells of this.sources.values()) cells.add(cell);
    for (const item of this.items.values()) for (const cells of item.sources.values()) cells.add(cell);
  }

  set(name: string, value: Flow): void {
    if (this.items.has(name) || this.items.size < ITEMS_MAX) this.items.set(name, value);
    else this.take(value);
  }

  /** With all its items, each looked at once however often it is held. */
  total(): Map<string, Set<number>> {
    const all = new Map<string, Set<number>>();
    const seen = new Set<Flow>([this]);
    for (const one of seen) {
      for (const [place, cells] of one.sources) {
        const known = all.get(place);
        if (known === undefined) all.set(place, new Set(cells));
        else for (const cell of cells) known.add(cell);
      }
      for (const item of one.items.values()) if (seen.size < HELD_MAX) seen.add(item);
    }
    return all;
  }

  /** A copy whose cells are its own, so that what becomes of one name is not told of another. */
  copy(): Flow {
    const made = new Flow();
    for (const [place, cells] of this.sources) made.sources.set(place, new Set(cells));
    for (const [name, item] of this.items) made.items.set(name, item);
    made.place = this.place;
    made.isSink = this.isSink;
    made.option = this.option;
    return made;
  }
}
