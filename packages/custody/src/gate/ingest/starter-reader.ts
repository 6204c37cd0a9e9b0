/** Reads a file, or the beginning of one, for rules to start from. */
import { Scanner } from '../../producers/scan/scanner.ts';
import type { InputFormat } from './gate.ts';
import { CsvRecords } from './record/csv-records.ts';
import { fieldText, type Dialect } from './record/encoding.ts';
import { JsonRecords } from './record/json-records.ts';
import { KEY, LITERAL, type RecordReader, type RecordView } from './record/record.ts';
import { ColumnSeen, starterRules, type FoundIn } from './starter.ts';

export class StarterReader {
  readonly #dialect: Dialect;
  readonly #columns: ColumnSeen[] = [];
  readonly #found = new Map<string, { -readonly [K in keyof FoundIn]: FoundIn[K] }>();
  readonly #reader: RecordReader;
  readonly #scanner: Scanner;
  #rows = 0;

  constructor(input: InputFormat) {
    this.#dialect = input.kind === 'csv' ? input : { kind: 'json' };
    this.#scanner = new Scanner(({ type, family, label }) => {
      const key = `${label}\n${type}`;
      const known = this.#found.get(key);
      if (known) known.count++;
      else this.#found.set(key, { column: label, type, family, count: 1 });
    });
    const sink = {
      column: (name: string, index: number) => void (this.#columns[index] = new ColumnSeen(name)),
      header: () => {},
      record: (view: RecordView) => this.#record(view),
    };
    this.#reader =
      input.kind === 'csv' ? new CsvRecords(sink, input.delimiter) : new JsonRecords(sink, input.kind === 'jsonl');
  }

  get rows(): number {
    return this.#rows;
  }

  /** Throws GateInputError. */
  push(chunk: Uint8Array): void {
    this.#reader.push(chunk);
  }

  /** The text of the rules. */
  end(source: string): string {
    this.#reader.end();
    return this.text(source);
  }

  /** The same, of what was read so far: a sample is cut anywhere. */
  text(source: string): string {
    const columns =
      this.#dialect.kind === 'csv'
        ? this.#columns
        : this.#columns.filter(
            ({ name }) =>
              name !== '' && !name.includes('[]') && !this.#columns.some((other) => other.name.startsWith(`${name}.`)),
          );
    return starterRules(
      source,
      columns,
      [...this.#found.values()].sort((a, b) => b.count - a.count),
    );
  }

  #record(view: RecordView): void {
    this.#rows++;
    const seen = new Set<number>();
    for (let i = 0; i < view.count; i++) {
      if (view.kinds[i] === KEY) continue;
      const column = this.#columns[view.columns[i]!];
      if (!column) continue;
      const isNull = view.kinds[i] === LITERAL && view.bytes[view.starts[i]!] === 110;
      seen.add(view.columns[i]!);
      column.see(isNull ? null : fieldText(view, this.#dialect, i));
      this.#scanner.field({
        bytes: view.bytes,
        start: view.starts[i]!,
        end: view.ends[i]!,
        escaping: this.#dialect.kind === 'csv' ? (view.kinds[i] === 1 ? 'csv' : 'none') : 'json',
        row: view.row,
        column: this.#dialect.kind === 'csv' ? i + 1 : 0,
        label: column.name,
        byte: view.base + view.starts[i]!,
      });
    }
    for (let i = 0; i < this.#columns.length; i++) if (!seen.has(i)) this.#columns[i]?.see(null);
  }
}
