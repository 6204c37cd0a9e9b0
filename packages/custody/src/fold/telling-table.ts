/**
 * What a job's newest telling says it reads and writes. A completed run tells by what it used, a job event by its lists.
 * An edge that the newest telling of its side does not have any more has ended, so what a pipeline dropped is closed in
 * time and not left for ever.
 */
import type { AsOf } from './as-of.ts';
import { Column } from './column.ts';

const NONE = -1;

/**
 * Which side of a job: the datasets it reads, or those it writes. `run-outputs` is what a run wrote: that it did not write
 * a dataset does not mean that the job no longer does, nor that what it wrote before came from elsewhere.
 */
export type Side = 'inputs' | 'outputs' | 'run-outputs';
const SIDES: readonly Side[] = ['inputs', 'outputs', 'run-outputs'];

export class TellingTable {
  /** Newest telling by node and side, as known; tellings chain backwards. Nodes are asset rows. */
  readonly #newest: Column<Int32Array>;
  /** 1 while the tellings of a node and side came in order of their times. */
  readonly #inOrder: Column<Uint8Array>;
  /** Since when what is told holds, by node and side, now; -Infinity where nothing was told. */
  readonly #sinceNow: Column<Float64Array>;
  readonly #validNow: Column<Float64Array>;
  readonly #valid: Column<Float64Array>;
  readonly #since: Column<Float64Array>;
  readonly #entry: Column<Float64Array>;
  readonly #before: Column<Int32Array>;

  constructor(saved?: SavedTellings) {
    this.#newest = saved ? new Column(saved.newest) : Column.int32();
    this.#inOrder = saved ? new Column(saved.inOrder) : Column.uint8();
    this.#sinceNow = saved ? new Column(saved.sinceNow) : Column.float64();
    this.#validNow = saved ? new Column(saved.validNow) : Column.float64();
    this.#valid = saved ? new Column(saved.valid) : Column.float64();
    this.#since = saved ? new Column(saved.since) : Column.float64();
    this.#entry = saved ? new Column(saved.entry) : Column.float64();
    this.#before = saved ? new Column(saved.before) : Column.int32();
  }

  /**
   * Records that at `valid` a job told all of a side. Uses at or after `since` (the start of the run that tells) belong
   * to that telling or to later ones.
   */
  see(job: number, side: Side, valid: number, since: number, entry: number): void {
    const at = slot(job, side);
    while (this.#newest.length <= at) {
      this.#newest.push(NONE);
      this.#inOrder.push(1);
      this.#sinceNow.push(-Infinity);
      this.#validNow.push(-Infinity);
    }
    const newest = this.#newest.get(at);
    if (newest !== NONE && this.#valid.get(newest) === valid && this.#since.get(newest) === since) return;
    this.#before.push(newest);
    this.#newest.set(at, this.#valid.length);
    this.#valid.push(valid);
    this.#since.push(since);
    this.#entry.push(entry);
    if (valid >= this.#validNow.get(at)) {
      this.#validNow.set(at, valid);
      this.#sinceNow.set(at, since);
    } else this.#inOrder.set(at, 0);
  }

  /** Since when what the newest telling says holds, as of a time; -Infinity where nothing was told by then. */
  since(job: number, side: Side, { at, entries }: AsOf): number {
    const place = slot(job, side);
    if (place >= this.#newest.length) return -Infinity;
    if (at === Infinity && entries === Infinity) return this.#sinceNow.get(place);
    let latest = -Infinity;
    let since = -Infinity;
    for (let telling = this.#newest.get(place); telling !== NONE; telling = this.#before.get(telling)) {
      const valid = this.#valid.get(telling);
      if (valid > at || this.#entry.get(telling) >= entries || valid <= latest) continue;
      latest = valid;
      since = this.#since.get(telling);
      if (this.#inOrder.get(place) === 1) break;
    }
    return since;
  }

  /** When a side was first told without what was last used at `used`; null if it never was, as of a time. */
  endedAt(job: number, side: Side, used: number, { at, entries }: AsOf): number | null {
    const place = slot(job, side);
    if (place >= this.#newest.length) return null;
    let ended = Infinity;
    for (let telling = this.#newest.get(place); telling !== NONE; telling = this.#before.get(telling)) {
      const valid = this.#valid.get(telling);
      if (valid <= at && this.#entry.get(telling) < entries && this.#since.get(telling) > used)
        ended = Math.min(ended, valid);
    }
    return ended === Infinity ? null : ended;
  }

  /** Since-times of all slots (node * 3, in the order of SIDES) as of now, for a walk; stale after the next `see`. */
  get now(): { readonly since: Float64Array; readonly length: number } {
    return { since: this.#sinceNow.raw, length: this.#sinceNow.length };
  }

  save(): SavedTellings {
    return {
      newest: this.#newest.rows(),
      inOrder: this.#inOrder.rows(),
      sinceNow: this.#sinceNow.rows(),
      validNow: this.#validNow.rows(),
      valid: this.#valid.rows(),
      since: this.#since.rows(),
      entry: this.#entry.rows(),
      before: this.#before.rows(),
    };
  }
}

const slot = (job: number, side: Side): number => job * SIDES.length + SIDES.indexOf(side);

export interface SavedTellings {
  readonly newest: Int32Array;
  readonly inOrder: Uint8Array;
  readonly sinceNow: Float64Array;
  readonly validNow: Float64Array;
  readonly valid: Float64Array;
  readonly since: Float64Array;
  readonly entry: Float64Array;
  readonly before: Int32Array;
}
