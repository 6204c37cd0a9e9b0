/** How much happened when: events per hour, by valid time and by known time. */
const HOUR_MS = 3_600_000;

export interface Bucket {
  readonly from: number;
  readonly events: number;
  readonly lastEntry: number;
}

export class ActivityTable {
  readonly #happened: Map<number, { events: number; lastEntry: number }>;
  readonly #recorded: Map<number, { events: number; lastEntry: number }>;

  constructor(saved?: SavedActivity) {
    this.#happened = saved?.happened ?? new Map();
    this.#recorded = saved?.recorded ?? new Map();
  }

  see(valid: number | null, known: number, entry: number): void {
    count(this.#recorded, known, entry);
    if (valid !== null) count(this.#happened, valid, entry);
  }

  /** Hours with events, in order. */
  hours(by: 'happened' | 'recorded'): readonly Bucket[] {
    const map = by === 'happened' ? this.#happened : this.#recorded;
    return [...map].map(([hour, bucket]) => ({ from: hour * HOUR_MS, ...bucket })).sort((a, b) => a.from - b.from);
  }

  save(): SavedActivity {
    return { happened: this.#happened, recorded: this.#recorded };
  }
}

function count(map: Map<number, { events: number; lastEntry: number }>, time: number, entry: number): void {
  const hour = Math.floor(time / HOUR_MS);
  const bucket = map.get(hour);
  if (!bucket) map.set(hour, { events: 1, lastEntry: entry });
  else {
    bucket.events++;
    bucket.lastEntry = entry;
  }
}

export interface SavedActivity {
  readonly happened: Map<number, { events: number; lastEntry: number }>;
  readonly recorded: Map<number, { events: number; lastEntry: number }>;
}
