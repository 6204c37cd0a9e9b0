/** Reads a file twice for a baseline. */
import type { BaselineMaker } from '../gate/ingest/baseline/make-baseline.ts';
import type { InputFormat } from '../gate/ingest/gate.ts';
import { CsvRecords } from '../gate/ingest/record/csv-records.ts';
import { fieldText, type Dialect } from '../gate/ingest/record/encoding.ts';
import { JsonRecords } from '../gate/ingest/record/json-records.ts';
import { KEY, LITERAL, type RecordView } from '../gate/ingest/record/record.ts';
import { openGateInput } from './gate-input.ts';

/** Throws GateInputError, SourceError. */
export async function readTwice(
  path: string,
  kind: InputFormat['kind'] | null,
  maker: BaselineMaker,
  onProgress: (pass: number, rows: number) => void,
): Promise<void> {
  for (const pass of [1, 2]) {
    const input = await openGateInput(path, kind);
    const dialect: Dialect = input.format.kind === 'csv' ? input.format : { kind: 'json' };
    const names: string[] = [];
    const values = new Map<string, string | null>();
    const valueOf = (name: string): string | null => values.get(name) ?? null;
    let rows = 0;
    const record = (view: RecordView): void => {
      rows++;
      values.clear();
      for (let i = 0; i < view.count; i++) {
        const name = names[view.columns[i]!];
        // A list has many values under one name; a distribution is of one value a row.
        if (view.kinds[i] === KEY || name === undefined || name === '' || name.includes('[]')) continue;
        const isNull =
          (view.kinds[i] === LITERAL && view.bytes[view.starts[i]!] === 110) ||
          (dialect.kind === 'csv' && view.starts[i] === view.ends[i]);
        values.set(name, isNull ? null : fieldText(view, dialect, i));
      }
      if (pass === 1) maker.first(dialect.kind === 'csv' ? names : [...values.keys()], valueOf);
      else maker.second(valueOf);
    };
    const sink = { column: (name: string, i: number) => void (names[i] = name), header: () => {}, record };
    const reader =
      input.format.kind === 'csv'
        ? new CsvRecords(sink, input.format.delimiter)
        : new JsonRecords(sink, input.format.kind === 'jsonl');
    for await (const chunk of input.bytes) {
      reader.push(chunk);
      onProgress(pass, rows);
    }
    reader.end();
  }
}
