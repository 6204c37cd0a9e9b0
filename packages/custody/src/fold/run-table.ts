/** Runs: which job, in which state, when. A run's id is a UUID, kept as four 32-bit words. */
import type { RunState } from '../event/event.ts';
import { Column } from './column.ts';
import { HashIndex } from './hash-index.ts';

const STATES = ['OTHER', 'START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL'] as const satisfies readonly RunState[];
const isEnd = (state: RunState): boolean => state === 'COMPLETE' || state === 'ABORT' || state === 'FAIL';
const NONE = -1;

export interface RunRow {
  readonly id: string;
  readonly job: number;
  readonly state: RunState;
  /** Epoch milliseconds; null if no event said so. */
  readonly started: number | null;
  readonly ended: number | null;
  readonly nominalStart: number | null;
  readonly inputs: number;
  readonly outputs: number;
  readonly firstEntry: number;
  readonly lastEntry: number;
}

export interface RunSighting {
  readonly run: string;
  readonly job: number;
  readonly state: RunState;
  readonly valid: number;
  readonly nominalStart: number | null;
  readonly entry: number;
}

export class RunTable {
  readonly #words: Column<Int32Array>;
  readonly #job: Column<Int32Array>;
  readonly #state: Column<Uint8Array>;
  readonly #started: Column<Float64Array>;
  readonly #ended: Column<Float64Array>;
  readonly #nominal: Column<Float64Array>;
  readonly #firstValid: Column<Float64Array>;
  readonly #lastValid: Column<Float64Array>;
  readonly #firstEntry: Column<Float64Array>;
  readonly #lastEntry: Column<Float64Array>;
  readonly #inputs: Column<Int32Array>;
  readonly #outputs: Column<Int32Array>;
  /** Runs of a job, newest first: head by job row, then next by run. */
  readonly #newestOfJob: Map<number, number>;
  readonly #olderOfJob: Column<Int32Array>;
  /** The longest that a run of a job took so far, in milliseconds, by job row. */
  readonly #longestOfJob = Column.float64();
  /** Newest sighting of an edge by this run; see edge-table.ts. */
  readonly lastUse: Column<Int32Array>;
  readonly #index: HashIndex;

  constructor(saved?: SavedRuns) {
    this.#words = saved ? new Column(saved.words) : Column.int32();
    this.#job = saved ? new Column(saved.job) : Column.int32();
    this.#state = saved ? new Column(saved.state) : Column.uint8();
    this.#started = saved ? new Column(saved.started) : Column.float64();
    this.#ended = saved ? new Column(saved.ended) : Column.float64();
    this.#nominal = saved ? new Column(saved.nominal) : Column.float64();
    this.#firstValid = saved ? new Column(saved.firstValid) : Column.float64();
    this.#lastValid = saved ? new Column(saved.lastValid) : Column.float64();
    this.#firstEntry = saved ? new Column(saved.firstEntry) : Column.float64();
    this.#lastEntry = saved ? new Column(saved.lastEntry) : Column.float64();
    this.#inputs = saved ? new Column(saved.inputs) : Column.int32();
    this.#outputs = saved ? new Column(saved.outputs) : Column.int32();
    this.#olderOfJob = saved ? new Column(saved.olderOfJob) : Column.int32();
    this.lastUse = saved ? new Column(saved.lastUse) : Column.int32();
    this.#newestOfJob = new Map();
    this.#index = new HashIndex((row) => this.#hashOf(row));
    for (let row = 0; row < this.#job.length; row++) {
      this.#index.add(this.#hashOf(row), row);
      this.#newestOfJob.set(this.#job.get(row), row);
      this.#seeLength(row);
    }
  }

  #seeLength(row: number): void {
    const job = this.#job.get(row);
    while (this.#longestOfJob.length <= job) this.#longestOfJob.push(0);
    const length = this.#lastValid.get(row) - this.#firstValid.get(row);
    if (length > this.#longestOfJob.get(job)) this.#longestOfJob.set(job, length);
  }

  /** No run of a job has taken longer, in milliseconds. */
  longestOfJob(job: number): number {
    return job < this.#longestOfJob.length ? this.#longestOfJob.get(job) : 0;
  }

  /** The arrays behind `firstValid`, `lastValid` and `endedAt` (NaN where it has not), for tight loops; stale after `see`. */
  get times(): { readonly first: Float64Array; readonly last: Float64Array; readonly ended: Float64Array } {
    return { first: this.#firstValid.raw, last: this.#lastValid.raw, ended: this.#ended.raw };
  }

  get count(): number {
    return this.#job.length;
  }

  #hashOf(row: number): number {
    // Version 7 UUIDs start with the time, so the last word is the random one.
    return (this.#words.get(row * 4 + 3) ^ this.#words.get(row * 4)) >>> 0;
  }

  find(run: string): number | null {
    const row = this.#find(uuidWords(run));
    return row === NONE ? null : row;
  }

  #find([a, b, c, d]: Words): number {
    const words = this.#words;
    return this.#index.find((d ^ a) >>> 0, (row) => {
      const at = row * 4;
      return words.get(at + 3) === d && words.get(at + 2) === c && words.get(at + 1) === b && words.get(at) === a;
    });
  }

  /** Records an event of a run. Returns its row. */
  see({ run, job, state, valid, nominalStart, entry }: RunSighting): number {
    const words = uuidWords(run);
    let row = this.#find(words);
    if (row === NONE) {
      row = this.#job.length;
      for (const word of words) this.#words.push(word);
      this.#job.push(job);
      this.#state.push(STATES.indexOf(state));
      this.#started.push(NaN);
      this.#ended.push(NaN);
      this.#nominal.push(nominalStart ?? NaN);
      this.#firstValid.push(valid);
      this.#lastValid.push(valid);
      this.#firstEntry.push(entry);
      this.#lastEntry.push(entry);
      this.#inputs.push(0);
      this.#outputs.push(0);
      this.#olderOfJob.push(this.#newestOfJob.get(job) ?? NONE);
      this.lastUse.push(NONE);
      this.#newestOfJob.set(job, row);
      this.#index.add(this.#hashOf(row), row);
    }
    this.#lastEntry.set(row, entry);
    if (nominalStart !== null) this.#nominal.set(row, nominalStart);
    if (state === 'START' && !(this.#started.get(row) <= valid)) this.#started.set(row, valid);
    if (isEnd(state)) this.#ended.set(row, valid);
    // Events may arrive out of order: an end is not undone by a late START, and of two others the later one holds.
    const now = STATES[this.#state.get(row)]!;
    if (isEnd(state) || (!isEnd(now) && valid >= this.#lastValid.get(row))) this.#state.set(row, STATES.indexOf(state));
    if (valid > this.#lastValid.get(row)) this.#lastValid.set(row, valid);
    if (valid < this.#firstValid.get(row)) this.#firstValid.set(row, valid);
    this.#seeLength(row);
    return row;
  }

  countUse(row: number, direction: 'input' | 'output'): void {
    const column = direction === 'input' ? this.#inputs : this.#outputs;
    column.set(row, column.get(row) + 1);
  }

  /** The run's UUID. */
  idOf(row: number): string {
    return wordsToUuid([0, 1, 2, 3].map((i) => this.#words.get(row * 4 + i)));
  }

  view(row: number): RunRow {
    const orNull = (value: number) => (Number.isNaN(value) ? null : value);
    return {
      id: this.idOf(row),
      job: this.#job.get(row),
      state: STATES[this.#state.get(row)]!,
      started: orNull(this.#started.get(row)),
      ended: orNull(this.#ended.get(row)),
      nominalStart: orNull(this.#nominal.get(row)),
      inputs: this.#inputs.get(row),
      outputs: this.#outputs.get(row),
      firstEntry: this.#firstEntry.get(row),
      lastEntry: this.#lastEntry.get(row),
    };
  }

  jobOf(row: number): number {
    return this.#job.get(row);
  }

  /** When it ended, in epoch milliseconds; null while no event said so. */
  endedAt(row: number): number | null {
    const ended = this.#ended.get(row);
    return Number.isNaN(ended) ? null : ended;
  }

  /** How many datasets it told that it read, or wrote. */
  usesOf(row: number, direction: 'input' | 'output'): number {
    return (direction === 'input' ? this.#inputs : this.#outputs).get(row);
  }

  firstEntry(row: number): number {
    return this.#firstEntry.get(row);
  }

  stateOf(row: number): RunState {
    return STATES[this.#state.get(row)]!;
  }

  /** Earliest valid time that any event of the run told. */
  firstValid(row: number): number {
    return this.#firstValid.get(row);
  }

  /** Latest valid time that any event of the run told. */
  lastValid(row: number): number {
    return this.#lastValid.get(row);
  }

  /** Rows of a job's runs, the last seen first. */
  *ofJob(job: number): Generator<number> {
    for (let row = this.#newestOfJob.get(job) ?? NONE; row !== NONE; row = this.#olderOfJob.get(row)) yield row;
  }

  /** Rows of all runs, the last seen first. */
  *newest(): Generator<number> {
    for (let row = this.#job.length - 1; row >= 0; row--) yield row;
  }

  save(): SavedRuns {
    return {
      words: this.#words.rows(),
      job: this.#job.rows(),
      state: this.#state.rows(),
      started: this.#started.rows(),
      ended: this.#ended.rows(),
      nominal: this.#nominal.rows(),
      firstValid: this.#firstValid.rows(),
      lastValid: this.#lastValid.rows(),
      firstEntry: this.#firstEntry.rows(),
      lastEntry: this.#lastEntry.rows(),
      inputs: this.#inputs.rows(),
      outputs: this.#outputs.rows(),
      olderOfJob: this.#olderOfJob.rows(),
      lastUse: this.lastUse.rows(),
    };
  }
}

export interface SavedRuns {
  readonly words: Int32Array;
  readonly job: Int32Array;
  readonly state: Uint8Array;
  readonly started: Float64Array;
  readonly ended: Float64Array;
  readonly nominal: Float64Array;
  readonly firstValid: Float64Array;
  readonly lastValid: Float64Array;
  readonly firstEntry: Float64Array;
  readonly lastEntry: Float64Array;
  readonly inputs: Int32Array;
  readonly outputs: Int32Array;
  readonly olderOfJob: Int32Array;
  readonly lastUse: Int32Array;
}

type Words = readonly [number, number, number, number];

function uuidWords(uuid: string): Words {
  const hex = uuid.replaceAll('-', '');
  const word = (at: number) => Number.parseInt(hex.slice(at, at + 8), 16) | 0;
  return [word(0), word(8), word(16), word(24)];
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function wordsToUuid(words: readonly number[]): string {
  const hex = (word: number, from: number, to: number) => {
    let text = '';
    for (let byte = from; byte < to; byte++) text += HEX[(word >>> (24 - byte * 8)) & 255]!;
    return text;
  };
  const [a, b, c, d] = words as [number, number, number, number];
  return `${hex(a, 0, 4)}-${hex(b, 0, 2)}-${hex(b, 2, 4)}-${hex(c, 0, 2)}-${hex(c, 2, 4)}${hex(d, 0, 4)}`;
}
