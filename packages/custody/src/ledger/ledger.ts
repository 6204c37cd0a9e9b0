/**
 * Log and folds together: what is recorded here is durable in the log and folded into the state before `record` returns,
 * so whoever wrote can read what they wrote. Nothing else changes the state.
 */
import { canonicalJson } from '../event/canonical-json.ts';
import type { EvidenceEvent } from '../event/event.ts';
import { invariant } from '../event/invariant.ts';
import { applyEntry, emptyState, restoreState, saveState, type State } from '../fold/state.ts';
import type { Appended, EvidenceLog } from '../log/evidence-log.ts';
import type { BoundPayload } from './payload.ts';

const BATCH = 256;
const SNAPSHOT = 'state';

/** An event without what the ledger adds. Distributes over the union, so that each kind keeps its own members. */
export type Draft = EvidenceEvent extends infer E
  ? E extends EvidenceEvent
    ? Omit<E, 'v' | 'recorded' | 'payload'>
    : never
  : never;

export interface Recorded extends Appended {
  readonly event: EvidenceEvent;
}

export class Ledger {
  readonly log: EvidenceLog;
  readonly #now: () => Date;
  #state: State;
  /** Appended, not yet folded because an earlier one is still on its way. */
  readonly #ready = new Map<number, EvidenceEvent>();
  readonly #waiters: { readonly entries: number; readonly wake: () => void }[] = [];
  #snapshotAt: number;
  #saving: Promise<void> | null = null;

  private constructor(log: EvidenceLog, state: State, now: () => Date) {
    this.log = log;
    this.#state = state;
    this.#snapshotAt = state.entries;
    this.#now = now;
  }

  /** Opens the ledger over a log: the newest snapshot, then the tail. `onProgress` tells of a long replay. */
  static async open(
    log: EvidenceLog,
    {
      now = () => new Date(),
      onProgress = () => {},
    }: { now?: () => Date; onProgress?: (done: number, of: number) => void } = {},
  ): Promise<Ledger> {
    const snapshot = await log.loadSnapshot(SNAPSHOT);
    const state = (snapshot && restoreState(snapshot.state)) ?? emptyState();
    const ledger = new Ledger(log, state, now);
    for (let from = state.entries; from < log.size(); from += BATCH) {
      const events = await ledger.events(from, from + BATCH);
      events.forEach((event, i) => applyEntry(state, from + i, event));
      onProgress(state.entries, log.size());
    }
    for (const { cutBytes, file, offset } of log.recovered) {
      await ledger.record({
        kind: 'log.recovered',
        id: `recovered:${log.size()}:${now().toISOString()}`,
        by: 'custody',
        cutBytes,
        file: file.slice(file.lastIndexOf('/') + 1),
        offset,
      });
    }
    return ledger;
  }

  /** What is known now. It changes with the next entry, so read what you need before you await. */
  get state(): State {
    return this.#state;
  }

  /**
   * Records an event. Resolves when it is durable and folded. The same id again records nothing and answers with the
   * first one's index. Throws LogError.
   */
  async record(draft: Draft, payload?: BoundPayload): Promise<Recorded> {
    const event = {
      ...draft,
      v: 1,
      recorded: this.#now().toISOString(),
      ...(payload && { payload: payload.ref }),
    } as EvidenceEvent;
    const appended = await this.log.append({
      id: event.id,
      entry: Buffer.from(canonicalJson(event)),
      ...(payload && { payload: { salt: payload.salt, bytes: payload.bytes } }),
    });
    if (!appended.duplicate) this.#fold(appended.index, event);
    if (this.#state.entries <= appended.index) await this.#folded(appended.index + 1);
    return { ...appended, event };
  }

  #fold(index: number, event: EvidenceEvent): void {
    this.#ready.set(index, event);
    for (let next = this.#ready.get(this.#state.entries); next; next = this.#ready.get(this.#state.entries)) {
      this.#ready.delete(this.#state.entries);
      applyEntry(this.#state, this.#state.entries, next);
    }
    for (let i = this.#waiters.length - 1; i >= 0; i--) {
      if (this.#waiters[i]!.entries <= this.#state.entries) this.#waiters.splice(i, 1)[0]!.wake();
    }
    this.#saveNowAndThen();
  }

  #folded(entries: number): Promise<void> {
    return new Promise((wake) => this.#waiters.push({ entries, wake }));
  }

  /** Snapshots each time the log grew by a quarter: the cost of all snapshots together stays linear. */
  #saveNowAndThen(): void {
    if (this.#saving || this.#state.entries - this.#snapshotAt < Math.max(20_000, this.#snapshotAt / 4)) return;
    this.#saving = this.save()
      .catch(() => {}) // a longer replay at the next start, nothing more
      .finally(() => (this.#saving = null));
  }

  /** Saves a snapshot of the state as it is now. */
  async save(): Promise<void> {
    const { entries } = this.#state;
    this.#snapshotAt = entries;
    await this.log.saveSnapshot(SNAPSHOT, entries, saveState(this.#state));
  }

  /** Entries [from, to) as events. */
  async events(from: number, to: number): Promise<readonly EvidenceEvent[]> {
    const entries = await this.log.read(from, to);
    return entries.map((entry) => JSON.parse(entry.toString()) as EvidenceEvent);
  }

  async event(index: number): Promise<EvidenceEvent | null> {
    return (await this.events(index, index + 1))[0] ?? null;
  }

  /** How many entries were in the log at a moment: "when we knew", as a number of entries. */
  async entriesKnownAt(time: number): Promise<number> {
    const marks = this.#state.recordedAt;
    // Clocks may step back, so look for the last mark that is early enough instead of bisecting.
    let mark = marks.length - 1;
    while (mark >= 0 && marks[mark]! > time) mark--;
    if (mark < 0) return 0;
    const events = await this.events(mark * BATCH, (mark + 1) * BATCH);
    invariant(events.length > 0, 'a mark has an entry');
    const later = events.findIndex((event) => Date.parse(event.recorded) > time);
    return mark * BATCH + (later < 0 ? events.length : later);
  }

  /** Saves a snapshot and closes the log. */
  async close(): Promise<void> {
    await this.#saving;
    if (this.#state.entries > this.#snapshotAt) await this.save().catch(() => {}); // a longer replay, nothing more
    await this.log.close();
  }
}

/** The id inside an entry's bytes. */
export function idOfEntry(entry: Uint8Array): string | null {
  try {
    const { id } = JSON.parse(Buffer.from(entry.buffer, entry.byteOffset, entry.length).toString()) as { id?: unknown };
    return typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
}
