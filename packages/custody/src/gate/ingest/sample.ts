/** A row in quarantine as anybody may see it: its shape, and what kind of thing is where. */
import { detect } from '../../producers/scan/detect.ts';
import { CsvRecords } from './record/csv-records.ts';
import { fieldText, type Dialect } from './record/encoding.ts';
import { JsonRecords } from './record/json-records.ts';
import { KEY, type RecordView } from './record/record.ts';

const FIELDS_MAX = 100;
const CHARACTERS_MAX = 300;

export interface SampleField {
  readonly column: string;
  readonly text: string;
}

/** Findings by their type, every other letter an x and every digit a 9; short plain numbers stay. */
export function maskedText(text: string, column: string): string {
  const cut = text.slice(0, CHARACTERS_MAX);
  let masked = '';
  let at = 0;
  for (const { start, end, type } of detect(cut, { label: column })) {
    if (start < at) continue;
    masked += `${shapeOf(cut.slice(at, start))}<${type}>`;
    at = end;
  }
  masked += at === 0 && /^-?\d{1,4}(?:\.\d{1,2})?$/.test(cut) ? cut : shapeOf(cut.slice(at));
  return text.length > CHARACTERS_MAX ? `${masked}…` : masked;
}

const shapeOf = (text: string): string => text.replace(/\p{L}\p{M}*/gu, 'x').replace(/\p{N}/gu, '9');

/** The fields of one row, given as it came. A row that cannot be read is shown as one field. */
export function maskedRow(
  bytes: Uint8Array,
  {
    input,
    delimiter,
    columns,
  }: {
    readonly input: 'csv' | 'jsonl' | 'json';
    readonly delimiter: number | null;
    readonly columns: readonly string[];
  },
): readonly SampleField[] {
  const dialect: Dialect = input === 'csv' ? { kind: 'csv', delimiter: delimiter ?? 44 } : { kind: 'json' };
  const names: string[] = [];
  const fields: SampleField[] = [];
  const take = (view: RecordView): void => {
    for (let i = 0; i < view.count && fields.length < FIELDS_MAX; i++) {
      if (view.kinds[i] === KEY) continue;
      const column = names[view.columns[i]!] ?? columns[view.columns[i]!] ?? `(field ${i + 1})`;
      fields.push({ column, text: maskedText(fieldText(view, dialect, i), column) });
    }
  };
  const sink = { column: (name: string, i: number) => void (names[i] = name), header: () => {}, record: take };
  try {
    if (dialect.kind === 'csv') {
      const reader = new CsvRecords(sink, dialect.delimiter);
      // Any header will do: names come from the batch.
      reader.push(
        Buffer.from(`${columns.map((_, i) => `c${i}`).join(String.fromCharCode(dialect.delimiter)) || 'c0'}\n`),
      );
      columns.forEach((name, i) => (names[i] = name));
      reader.push(bytes);
      reader.end();
    } else {
      const reader = new JsonRecords(sink, false);
      reader.push(bytes);
      reader.end();
    }
  } catch {
    // Shown below.
  }
  return fields.length > 0 ? fields : [{ column: '', text: maskedText(Buffer.from(bytes).toString(), '') }];
}
