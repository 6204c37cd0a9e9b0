/**
 * The lineage graph: an edge from dataset to job (a read) or from job to dataset (a write), and which runs went along it
 * when, and when it ended. Typed arrays with linked lists: adding an edge is O(1) and nothing is ever rebuilt, so the graph is never stale.
 */
import { firstSeen, isSeen, seeAgain, type AsOf, type Sightings } from './as-of.ts';
import { adjacencyOf, EMPTY_ADJACENCY, type Adjacency } from './adjacency.ts';
import { Column } from './column.ts';
import { HashIndex, mix } from './hash-index.ts';
import type { RunTable } from './run-table.ts';
import { TellingTable, type SavedTellings } from './telling-table.ts';
import { UseDetailTable, type SavedUseDetails } from './use-detail-table.ts';

const NONE = -1;
export const IN_ORDER = 1;
export const DESIGNED = 2;

export interface EdgeUse {
  readonly use: number;
  /** Row of the run; null if a job event told of the edge without a run. */
  readonly run: number | null;
  readonly valid: number;
  readonly entry: number;
}

export class EdgeTable {
  readonly #from: Column<Int32Array>;
  readonly #to: Column<Int32Array>;
  readonly #nextOut: Column<Int32Array>;
  readonly #nextIn: Column<Int32Array>;
  readonly #firstOut: Column<Int32Array>;
  readonly #firstIn: Column<Int32Array>;
  readonly #valid: Column<Float64Array>;
  readonly #entry: Column<Float64Array>;
  readonly #earlier: Map<number, [number, number][]>;
  /** Latest valid time of a use; IN_ORDER while an edge's uses came in order of their times, DESIGNED if any was without a run. */
  readonly #lastValid: Column<Float64Array>;
  readonly #flags: Column<Uint8Array>;
  /** Uses of an edge, newest known first. A use also chains to the previous one of the same run. */
  readonly #lastUse: Column<Int32Array>;
  readonly #useEdge: Column<Int32Array>;
  readonly #useRun: Column<Int32Array>;
  readonly #useValid: Column<Float64Array>;
  readonly #useEntry: Column<Float64Array>;
  readonly #useBefore: Column<Int32Array>;
  readonly #useBeforeOfRun: Column<Int32Array>;
  readonly #index: HashIndex;
  readonly #rows = { up: EMPTY_ADJACENCY, down: EMPTY_ADJACENCY };
  /** What jobs told of all they read and write: ends edges. */
  readonly tellings: TellingTable;
  /** What was said of single uses. */
  readonly details: UseDetailTable;

  constructor(saved?: SavedEdges) {
    this.#from = saved ? new Column(saved.from) : Column.int32();
    this.#to = saved ? new Column(saved.to) : Column.int32();
    this.#nextOut = saved ? new Column(saved.nextOut) : Column.int32();
    this.#nextIn = saved ? new Column(saved.nextIn) : Column.int32();
    this.#firstOut = saved ? new Column(saved.firstOut) : Column.int32();
    this.#firstIn = saved ? new Column(saved.firstIn) : Column.int32();
    this.#valid = saved ? new Column(saved.valid) : Column.float64();
    this.#entry = saved ? new Column(saved.entry) : Column.float64();
    this.#earlier = saved?.earlier ?? new Map();
    this.#lastValid = saved ? new Column(saved.lastValid) : Column.float64();
    this.#flags = saved ? new Column(saved.flags) : Column.uint8();
    this.#lastUse = saved ? new Column(saved.lastUse) : Column.int32();
    this.#useEdge = saved ? new Column(saved.useEdge) : Column.int32();
    this.#useRun = saved ? new Column(saved.useRun) : Column.int32();
    this.#useValid = saved ? new Column(saved.useValid) : Column.float64();
    this.#useEntry = saved ? new Column(saved.useEntry) : Column.float64();
    this.#useBefore = saved ? new Column(saved.useBefore) : Column.int32();
    this.#useBeforeOfRun = saved ? new Column(saved.useBeforeOfRun) : Column.int32();
    this.#index = new HashIndex((edge) => mix(this.#from.get(edge), this.#to.get(edge)));
    this.tellings = new TellingTable(saved?.tellings);
    this.details = new UseDetailTable(saved?.details);
    for (let edge = 0; edge < this.#from.length; edge++)
      this.#index.add(mix(this.#from.get(edge), this.#to.get(edge)), edge);
  }

  get count(): number {
    return this.#from.length;
  }

  get sightings(): Sightings {
    return { valid: this.#valid.raw, entry: this.#entry.raw, earlier: this.#earlier };
  }

  #addNodes(upTo: number): void {
    while (this.#firstOut.length <= upTo) {
      this.#firstOut.push(NONE);
      this.#firstIn.push(NONE);
    }
  }

  /** How many uses there are: it grows when `see` was news. */
  get useCount(): number {
    return this.#useEdge.length;
  }

  /** Records that a run (or a job's design, `run` null) went along from -> to. Returns the use, a new or a known one. */
  see(from: number, to: number, run: number | null, runs: RunTable, valid: number, entry: number): number {
    const edge = this.#edge(from, to, valid, entry);
    const last = this.#lastUse.get(edge);
    const known = run === null ? this.#designUse(last, valid) : this.#useBy(edge, run, runs);
    if (known !== NONE) return known;
    if (run === null) this.#flags.set(edge, this.#flags.get(edge) | DESIGNED);
    const use = this.#useEdge.length;
    this.#useEdge.push(edge);
    this.#useRun.push(run ?? NONE);
    this.#useValid.push(valid);
    this.#useEntry.push(entry);
    this.#useBefore.push(last);
    this.#lastUse.set(edge, use);
    this.#useBeforeOfRun.push(run === null ? NONE : runs.lastUse.get(run));
    if (run !== null) runs.lastUse.set(run, use);
    if (valid >= this.#lastValid.get(edge)) this.#lastValid.set(edge, valid);
    else this.#flags.set(edge, this.#flags.get(edge) & ~IN_ORDER);
    return use;
  }

  /** The same design told again at the same time. */
  #designUse(last: number, valid: number): number {
    return last !== NONE && this.#useRun.get(last) === NONE && this.#useValid.get(last) === valid ? last : NONE;
  }

  #edge(from: number, to: number, valid: number, entry: number): number {
    const hash = mix(from, to);
    const known = this.#index.find(hash, (row) => this.#from.get(row) === from && this.#to.get(row) === to);
    if (known !== NONE) {
      seeAgain({ valid: this.#valid.raw, earlier: this.#earlier }, known, valid, entry);
      return known;
    }
    this.#addNodes(Math.max(from, to));
    const edge = this.#from.length;
    this.#from.push(from);
    this.#to.push(to);
    this.#nextOut.push(this.#firstOut.get(from));
    this.#nextIn.push(this.#firstIn.get(to));
    this.#firstOut.set(from, edge);
    this.#firstIn.set(to, edge);
    this.#valid.push(valid);
    this.#entry.push(entry);
    this.#lastValid.push(-Infinity);
    this.#flags.push(IN_ORDER);
    this.#lastUse.push(NONE);
    this.#index.add(hash, edge);
    return edge;
  }

  #useBy(edge: number, run: number, runs: RunTable): number {
    const last = this.#lastUse.get(edge);
    if (last !== NONE && this.#useRun.get(last) === run) return last;
    for (let use = runs.lastUse.get(run); use !== NONE; use = this.#useBeforeOfRun.get(use)) {
      if (this.#useEdge.get(use) === edge) return use;
    }
    return NONE;
  }

  fromOf(edge: number): number {
    return this.#from.get(edge);
  }

  toOf(edge: number): number {
    return this.#to.get(edge);
  }

  find(from: number, to: number): number | null {
    const edge = this.#index.find(mix(from, to), (row) => this.#from.get(row) === from && this.#to.get(row) === to);
    return edge === NONE ? null : edge;
  }

  /** True if anything ever went along it by then, also if it has ended since. */
  wasSeen(edge: number, asOf: AsOf): boolean {
    return isSeen(this.sightings, edge, asOf);
  }

  /**
   * True if it was seen and has not ended, as of a time. A read ends when its job tells of all it reads without it; a
   * write when its job lists what it writes without it, or when the job's runs write elsewhere and somebody else has
   * written the dataset since: until then what is there is still what this job made.
   */
  exists(edge: number, asOf: AsOf): boolean {
    if (!isSeen(this.sightings, edge, asOf)) return false;
    const used = this.#lastUsed(edge, asOf);
    if (used < this.#toldWithout(edge, asOf)) return false;
    return (
      used >= this.tellings.since(this.#from.get(edge), 'run-outputs', asOf) ||
      this.#writtenByOthers(edge, used, asOf) === null
    );
  }

  /** When it ended; null while it goes on. */
  endedAt(edge: number, asOf: AsOf): number | null {
    if (this.exists(edge, asOf)) return null;
    const used = this.#lastUsed(edge, asOf);
    const [from, to] = [this.#from.get(edge), this.#to.get(edge)];
    const told = this.tellings.endedAt(to, 'inputs', used, asOf) ?? this.tellings.endedAt(from, 'outputs', used, asOf);
    if (told !== null) return told;
    const elsewhere = this.tellings.endedAt(from, 'run-outputs', used, asOf);
    const others = this.#writtenByOthers(edge, used, asOf);
    return elsewhere === null || others === null ? null : Math.max(elsewhere, others);
  }

  /** An edge is of the one side of the job at its one end; a dataset tells nothing. */
  #toldWithout(edge: number, asOf: AsOf): number {
    return Math.max(
      this.tellings.since(this.#to.get(edge), 'inputs', asOf),
      this.tellings.since(this.#from.get(edge), 'outputs', asOf),
    );
  }

  /** When another job first wrote the dataset of a write after `used`; null if none did. */
  #writtenByOthers(edge: number, used: number, asOf: AsOf): number | null {
    let first = Infinity;
    for (const other of this.of(this.#to.get(edge), 'up')) {
      if (other === edge) continue;
      for (const { valid } of this.uses(other, asOf)) if (valid > used) first = Math.min(first, valid);
    }
    return first === Infinity ? null : first;
  }

  /** Latest valid time of a use, as of a time. */
  #lastUsed(edge: number, { at, entries }: AsOf): number {
    if (at === Infinity && entries === Infinity) return this.#lastValid.get(edge);
    // A late event of a run may tell of an earlier time than the use it belongs to.
    let last = this.#earlier.size > 0 ? this.#firstSeenBy(edge, { at, entries }) : -Infinity;
    for (let use = this.#lastUse.get(edge); use !== NONE; use = this.#useBefore.get(use)) {
      const valid = this.#useValid.get(use);
      if (valid > at || this.#useEntry.get(use) >= entries || valid <= last) continue;
      last = valid;
      if ((this.#flags.get(edge) & IN_ORDER) !== 0) break;
    }
    return last;
  }

  /** Edges out of (`down`) or into (`up`) a node, in no particular order. */
  *of(node: number, direction: 'up' | 'down'): Generator<number> {
    if (node >= this.#firstOut.length) return;
    const next = direction === 'down' ? this.#nextOut : this.#nextIn;
    const first = direction === 'down' ? this.#firstOut : this.#firstIn;
    for (let edge = first.get(node); edge !== NONE; edge = next.get(edge)) yield edge;
  }

  /** Uses of an edge as of a time, newest known first. */
  *uses(edge: number, { at, entries }: AsOf): Generator<EdgeUse> {
    for (let use = this.#lastUse.get(edge); use !== NONE; use = this.#useBefore.get(use)) {
      const valid = this.#useValid.get(use);
      const entry = this.#useEntry.get(use);
      const run = this.#useRun.get(use);
      if (valid <= at && entry < entries) yield { use, run: run === NONE ? null : run, valid, entry };
    }
  }

  #firstSeenBy(edge: number, asOf: AsOf): number {
    const first = firstSeen(this.sightings, edge, asOf);
    return first <= asOf.at ? first : -Infinity;
  }

  /** True if a job event told of it without a run. */
  hasDesign(edge: number): boolean {
    return (this.#flags.get(edge) & DESIGNED) !== 0;
  }

  /** True while its uses became known in the order of their times, as nearly always. */
  isInOrder(edge: number): boolean {
    return (this.#flags.get(edge) & IN_ORDER) !== 0;
  }

  /**
   * Calls `visit` with the uses of an edge as of a time that may be at or after `since`, newest known first, and stops
   * where all that are left are older. The way of tight loops: `uses` makes an object for each.
   */
  eachUseSince(edge: number, since: number, asOf: AsOf, visit: (use: number, run: number | null) => void): void {
    const inOrder = (this.#flags.get(edge) & IN_ORDER) !== 0;
    for (let use = this.#lastUse.get(edge); use !== NONE; use = this.#useBefore.get(use)) {
      const valid = this.#useValid.get(use);
      if (valid < since && inOrder) return;
      if (valid > asOf.at || this.#useEntry.get(use) >= asOf.entries) continue;
      const run = this.#useRun.get(use);
      visit(use, run === NONE ? null : run);
    }
  }

  /** The arrays of the uses, for tight loops; stale after the next `see`. A run of -1 is a job's design. */
  get useArrays() {
    return {
      firstOut: this.#firstOut.raw,
      nextOut: this.#nextOut.raw,
      firstIn: this.#firstIn.raw,
      nextIn: this.#nextIn.raw,
      nodes: this.#firstOut.length,
      from: this.#from.raw,
      to: this.#to.raw,
      flags: this.#flags.raw,
      lastUse: this.#lastUse.raw,
      edge: this.#useEdge.raw,
      run: this.#useRun.raw,
      valid: this.#useValid.raw,
      entry: this.#useEntry.raw,
      before: this.#useBefore.raw,
      beforeOfRun: this.#useBeforeOfRun.raw,
    };
  }

  validOfUse(use: number): number {
    return this.#useValid.get(use);
  }

  entryOfUse(use: number): number {
    return this.#useEntry.get(use);
  }

  /** Uses by a run as of a time, newest known first. */
  *usesOfRun(run: number, runs: RunTable, { at, entries }: AsOf): Generator<EdgeUse & { readonly edge: number }> {
    for (let use = runs.lastUse.get(run); use !== NONE; use = this.#useBeforeOfRun.get(use)) {
      const valid = this.#useValid.get(use);
      const entry = this.#useEntry.get(use);
      if (valid <= at && entry < entries) yield { use, run, valid, entry, edge: this.#useEdge.get(use) };
    }
  }

  /** Rows of the graph as it was not long ago; edges that came since are at the front of the lists. */
  #adjacency(direction: 'up' | 'down'): Adjacency {
    const known = this.#rows[direction];
    if (this.count - known.edges <= Math.max(1_024, known.edges / 4)) return known;
    const [from, to] = direction === 'down' ? [this.#from, this.#to] : [this.#to, this.#from];
    return (this.#rows[direction] = adjacencyOf(from.raw, to.raw, this.count, this.#firstOut.length));
  }

  /** The arrays for a walk; see reach.ts. Stale after the next `see`. */
  walkable(direction: 'up' | 'down') {
    const down = direction === 'down';
    return {
      nodes: this.#firstOut.length,
      rows: this.#adjacency(direction),
      first: down ? this.#firstOut.raw : this.#firstIn.raw,
      next: down ? this.#nextOut.raw : this.#nextIn.raw,
      target: down ? this.#to.raw : this.#from.raw,
      lastUsed: this.#lastValid.raw,
      tellings: this.tellings.now,
    };
  }

  save(): SavedEdges {
    return {
      from: this.#from.rows(),
      to: this.#to.rows(),
      nextOut: this.#nextOut.rows(),
      nextIn: this.#nextIn.rows(),
      firstOut: this.#firstOut.rows(),
      firstIn: this.#firstIn.rows(),
      valid: this.#valid.rows(),
      entry: this.#entry.rows(),
      earlier: this.#earlier,
      lastValid: this.#lastValid.rows(),
      flags: this.#flags.rows(),
      lastUse: this.#lastUse.rows(),
      useEdge: this.#useEdge.rows(),
      useRun: this.#useRun.rows(),
      useValid: this.#useValid.rows(),
      useEntry: this.#useEntry.rows(),
      useBefore: this.#useBefore.rows(),
      useBeforeOfRun: this.#useBeforeOfRun.rows(),
      tellings: this.tellings.save(),
      details: this.details.save(),
    };
  }
}

export interface SavedEdges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly nextOut: Int32Array;
  readonly nextIn: Int32Array;
  readonly firstOut: Int32Array;
  readonly firstIn: Int32Array;
  readonly valid: Float64Array;
  readonly entry: Float64Array;
  readonly earlier: Map<number, [number, number][]>;
  readonly lastValid: Float64Array;
  readonly flags: Uint8Array;
  readonly lastUse: Int32Array;
  readonly useEdge: Int32Array;
  readonly useRun: Int32Array;
  readonly useValid: Float64Array;
  readonly useEntry: Float64Array;
  readonly useBefore: Int32Array;
  readonly useBeforeOfRun: Int32Array;
  readonly tellings: SavedTellings;
  readonly details: SavedUseDetails;
}
