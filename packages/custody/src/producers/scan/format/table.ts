/** Rows that come as values and not as bytes: each value is a field, with places in its own UTF-8. */
import type { FieldSink } from './field.ts';

const ENCODER = new TextEncoder();
/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const WIDEST = 3;

export class TableReader {
  readonly #sink: FieldSink;
  readonly #columns: readonly string[];
  #rows = 0;

  constructor(sink: FieldSink, columns: readonly string[]) {
    this.#sink = sink;
    this.#columns = columns;
    for (const [i, name] of columns.entries()) this.#give(ENCODER.encode(name), 0, i, '', 0);
  }

  /** Takes some rows: a list of values for each column. Gives how many bytes they have. */
  push(values: readonly (readonly (string | null)[])[]): number {
    let room = 0;
    for (const column of values) for (const value of column) room += value === null ? 0 : value.length * WIDEST;
    const bytes = new Uint8Array(room);
    const rows = values[0]?.length ?? 0;
    let used = 0;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < values.length; column++) {
        const value = values[column]![row];
        if (value === null || value === undefined || value === '') continue;
        const start = used;
        used += ENCODER.encodeInto(value, bytes.subarray(start)).written;
        this.#give(bytes, start, column, this.#columns[column]!, this.#rows + row + 1, used);
      }
    }
    this.#rows += rows;
    return used;
  }

  #give(bytes: Uint8Array, start: number, column: number, label: string, row: number, end = bytes.length): void {
    if (end > start) this.#sink.field({ bytes, start, end, escaping: 'none', row, column: column + 1, label, byte: 0 });
  }
}
