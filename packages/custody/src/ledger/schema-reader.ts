/** Fields of schemas, read from the log when somebody looks: the folds keep only where they are told. */
import type { SchemaField } from '../event/event.ts';
import type { Ledger } from './ledger.ts';

const KEPT = 2_000;

export class SchemaReader {
  readonly #ledger: Ledger;
  readonly #kept = new Map<number, readonly SchemaField[]>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** Fields of the schema in a row of the schema table. */
  async fields(row: number): Promise<readonly SchemaField[]> {
    const kept = this.#kept.get(row);
    if (kept) return kept;
    const { entries } = this.#ledger.state.schemas.get(row);
    const events = await Promise.all(entries.map((entry) => this.#ledger.event(entry)));
    const fields = events.flatMap((event) => (event?.kind === 'dataset.schema' ? event.fields : []));
    if (this.#kept.size >= KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    this.#kept.set(row, fields);
    return fields;
  }
}
