/**
 * Which OpenLineage events there are, in order of when they happened. The folds do not keep single events, so this reads
 * the log once, when somebody first asks, and then only what is new. 16 bytes an event.
 */
import type { RunState } from '../event/event.ts';
import type { Ledger } from './ledger.ts';

const BATCH = 1_024;
const STATES = ['OTHER', 'START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL'] as const satisfies readonly RunState[];

export interface EventRange {
  /** Epoch milliseconds; `after` is the first that counts, `before` the first that does not. */
  readonly after: number;
  readonly before: number;
}

export class EventTimes {
  readonly #ledger: Ledger;
  #next = 0;
  readonly #times: number[] = [];
  readonly #entries: number[] = [];
  readonly #states: number[] = [];
  /** Rows in order of time, of equal times in the order of the log. */
  #order = new Uint32Array(0);
  #reading: Promise<void> | null = null;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** Reads what the log has and this has not. Callers at the same time share one reading. */
  async catchUp(): Promise<void> {
    const size = this.#ledger.log.size();
    while (this.#next < size) {
      this.#reading ??= this.#read(size).finally(() => (this.#reading = null));
      await this.#reading;
    }
  }

  async #read(size: number): Promise<void> {
    while (this.#next < size) {
      const events = await this.#ledger.events(this.#next, Math.min(size, this.#next + BATCH));
      events.forEach((event, i) => {
        // A wide event is several entries; its payload is with the first.
        if (!('eventTime' in event) || !event.payload) return;
        this.#times.push(Date.parse(event.eventTime));
        this.#entries.push(this.#next + i);
        this.#states.push(event.kind === 'openlineage.run' ? STATES.indexOf(event.state) : 0);
      });
      this.#next += events.length;
    }
    this.#sortNew();
  }

  /** Sorts only the new rows and merges: a live system asks often and adds little. */
  #sortNew(): void {
    const old = this.#order;
    const times = this.#times;
    const fresh = Uint32Array.from({ length: times.length - old.length }, (_, i) => old.length + i);
    fresh.sort((a, b) => times[a]! - times[b]! || a - b);
    const merged = new Uint32Array(times.length);
    for (let at = 0, i = 0, j = 0; at < merged.length; at++) {
      const takeOld = j === fresh.length || (i < old.length && times[old[i]!]! <= times[fresh[j]!]!);
      merged[at] = takeOld ? old[i++]! : fresh[j++]!;
    }
    this.#order = merged;
  }

  /** First place in the order at or after a time. */
  #placeOf(time: number): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#times[this.#order[middle]!]! < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Entries of the events in a range, `offset` of them left out, and how many the range has. */
  page(
    { after, before }: EventRange,
    newestFirst: boolean,
    limit: number,
    offset: number,
  ): { readonly entries: readonly number[]; readonly total: number } {
    const from = this.#placeOf(after);
    const to = Math.max(from, this.#placeOf(before));
    const entries: number[] = [];
    for (let i = offset; i < Math.min(to - from, offset + limit); i++) {
      entries.push(this.#entries[this.#order[newestFirst ? to - 1 - i : from + i]!]!);
    }
    return { entries, total: to - from };
  }

  /** How many run events of each state a range has. */
  counts({ after, before }: EventRange): Readonly<Record<RunState, number>> {
    const counts = { OTHER: 0, START: 0, RUNNING: 0, COMPLETE: 0, ABORT: 0, FAIL: 0 };
    const to = this.#placeOf(before);
    for (let i = this.#placeOf(after); i < to; i++) counts[STATES[this.#states[this.#order[i]!]!]!]++;
    return counts;
  }
}
