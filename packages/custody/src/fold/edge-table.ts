/**
 * The lineage graph: an edge from dataset to job (a read) or from job to dataset (a write), and which runs went along it
 * when. Typed arrays with linked lists: adding an edge is O(1) and nothing is ever rebuilt, so the graph is never stale.
 */
import { isSeen, seeAgain, type AsOf, type Sightings } from './as-of.ts';
import { Column } from './column.ts';
import { HashIndex, mix } from './hash-index.ts';
import type { RunTable } from './run-table.ts';

const NONE = -1;

export interface EdgeUse {
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
  /** Uses of an edge, newest known first. A use also chains to the previous one of the same run. */
  readonly #lastUse: Column<Int32Array>;
  readonly #useEdge: Column<Int32Array>;
  readonly #useRun: Column<Int32Array>;
  readonly #useValid: Column<Float64Array>;
  readonly #useEntry: Column<Float64Array>;
  readonly #useBefore: Column<Int32Array>;
  readonly #useBeforeOfRun: Column<Int32Array>;
  readonly #index: HashIndex;

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
    this.#lastUse = saved ? new Column(saved.lastUse) : Column.int32();
    this.#useEdge = saved ? new Column(saved.useEdge) : Column.int32();
    this.#useRun = saved ? new Column(saved.useRun) : Column.int32();
    this.#useValid = saved ? new Column(saved.useValid) : Column.float64();
    this.#useEntry = saved ? new Column(saved.useEntry) : Column.float64();
    this.#useBefore = saved ? new Column(saved.useBefore) : Column.int32();
    this.#useBeforeOfRun = saved ? new Column(saved.useBeforeOfRun) : Column.int32();
    this.#index = new HashIndex((edge) => mix(this.#from.get(edge), this.#to.get(edge)));
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

  /** Records that a run (or a job's design, `run` null) went along from -> to. Returns true if that is news of this run. */
  see(from: number, to: number, run: number | null, runs: RunTable, valid: number, entry: number): boolean {
    const edge = this.#edge(from, to, valid, entry);
    if (run === null ? this.#lastUse.get(edge) !== NONE : this.#isUsedBy(edge, run, runs)) return false;
    const use = this.#useEdge.length;
    this.#useEdge.push(edge);
    this.#useRun.push(run ?? NONE);
    this.#useValid.push(valid);
    this.#useEntry.push(entry);
    this.#useBefore.push(this.#lastUse.get(edge));
    this.#lastUse.set(edge, use);
    this.#useBeforeOfRun.push(run === null ? NONE : runs.lastUse.get(run));
    if (run !== null) runs.lastUse.set(run, use);
    return true;
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
    this.#lastUse.push(NONE);
    this.#index.add(hash, edge);
    return edge;
  }

  #isUsedBy(edge: number, run: number, runs: RunTable): boolean {
    const last = this.#lastUse.get(edge);
    if (last !== NONE && this.#useRun.get(last) === run) return true;
    for (let use = runs.lastUse.get(run); use !== NONE; use = this.#useBeforeOfRun.get(use)) {
      if (this.#useEdge.get(use) === edge) return true;
    }
    return false;
  }

  fromOf(edge: number): number {
    return this.#from.get(edge);
  }

  toOf(edge: number): number {
    return this.#to.get(edge);
  }

  exists(edge: number, asOf: AsOf): boolean {
    return isSeen(this.sightings, edge, asOf);
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
      if (valid <= at && entry < entries) yield { run: run === NONE ? null : run, valid, entry };
    }
  }

  /** The arrays for a walk; see reach.ts. Stale after the next `see`. */
  walkable(direction: 'up' | 'down') {
    const down = direction === 'down';
    return {
      nodes: this.#firstOut.length,
      first: down ? this.#firstOut.raw : this.#firstIn.raw,
      next: down ? this.#nextOut.raw : this.#nextIn.raw,
      target: down ? this.#to.raw : this.#from.raw,
      sightings: this.sightings,
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
      lastUse: this.#lastUse.rows(),
      useEdge: this.#useEdge.rows(),
      useRun: this.#useRun.rows(),
      useValid: this.#useValid.rows(),
      useEntry: this.#useEntry.rows(),
      useBefore: this.#useBefore.rows(),
      useBeforeOfRun: this.#useBeforeOfRun.rows(),
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
  readonly lastUse: Int32Array;
  readonly useEdge: Int32Array;
  readonly useRun: Int32Array;
  readonly useValid: Float64Array;
  readonly useEntry: Float64Array;
  readonly useBefore: Int32Array;
  readonly useBeforeOfRun: Int32Array;
}
