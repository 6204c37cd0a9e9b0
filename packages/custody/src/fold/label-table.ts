/** Labels of columns: suggested by gates, accepted or rejected by people. What was rejected is not suggested again. */
import type { AssetName } from '../event/event.ts';
import { NOW, type AsOf } from './as-of.ts';
import type { LabelDecided, LabelSuggested } from '../event/gate-event.ts';

export interface LabelRow {
  readonly dataset: AssetName;
  readonly column: string;
  readonly label: string;
  readonly state: 'suggested' | 'accepted' | 'rejected';
  readonly confidence: number | null;
  readonly reasons: readonly string[];
  /** The entry that says what it is now, when and by whom. */
  readonly entry: number;
  readonly at: string;
  readonly by: string;
  /** Why a person decided so. */
  readonly reason: string | null;
}

const keyOf = ({ namespace, name }: AssetName, column: string, label: string): string =>
  JSON.stringify([namespace, name, column, label]);

export class LabelTable {
  /** What a label was, the newest last: a question of an earlier time has an answer. */
  readonly #rows: Map<string, LabelRow[]>;
  /** Keys of a dataset's labels. */
  readonly #byDataset = new Map<string, string[]>();

  constructor(saved?: SavedLabels) {
    this.#rows = saved?.rows ?? new Map();
    for (const [key, [first]] of this.#rows) this.#index(first!.dataset, key);
  }

  suggest({ dataset, column, label, confidence, reasons, recorded: at, by }: LabelSuggested, entry: number): void {
    if (this.get(dataset, column, label)) return;
    this.#set({ dataset, column, label, state: 'suggested', confidence, reasons, entry, at, by, reason: null });
  }

  decide({ dataset, column, label, decision, reason, recorded: at, by }: LabelDecided, entry: number): void {
    const known = this.get(dataset, column, label);
    const { confidence = null, reasons = [] } = known ?? {};
    this.#set({ dataset, column, label, state: decision, confidence, reasons, entry, at, by, reason });
  }

  get(dataset: AssetName, column: string, label: string): LabelRow | null {
    return this.#rows.get(keyOf(dataset, column, label))?.at(-1) ?? null;
  }

  /** Labels of one dataset's columns, as of a time. */
  of({ namespace, name }: AssetName, asOf: AsOf = NOW): readonly LabelRow[] {
    const keys = this.#byDataset.get(JSON.stringify([namespace, name])) ?? [];
    return keys.flatMap((key) => {
      const row = this.#rows.get(key)!.findLast(({ entry, at }) => entry < asOf.entries && Date.parse(at) <= asOf.at);
      return row === undefined ? [] : [row];
    });
  }

  *all(): Generator<LabelRow> {
    for (const states of this.#rows.values()) yield states.at(-1)!;
  }

  #set(row: LabelRow): void {
    const key = keyOf(row.dataset, row.column, row.label);
    const states = this.#rows.get(key);
    if (states) {
      states.push(row);
      return;
    }
    this.#index(row.dataset, key);
    this.#rows.set(key, [row]);
  }

  #index({ namespace, name }: AssetName, key: string): void {
    const dataset = JSON.stringify([namespace, name]);
    const keys = this.#byDataset.get(dataset);
    if (keys) keys.push(key);
    else this.#byDataset.set(dataset, [key]);
  }

  save(): SavedLabels {
    return { rows: this.#rows };
  }
}

export interface SavedLabels {
  readonly rows: Map<string, LabelRow[]>;
}
