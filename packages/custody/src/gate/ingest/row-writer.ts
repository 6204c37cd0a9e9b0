/**
 * What a gate lets out. Runs of rows that nobody touched leave as one piece of the bytes that came in; a row that
 * changed leaves as pieces. Only another format, or a dropped column, has each row written anew.
 */
import { GateInputError } from './gate-error.ts';
import { bareText, fieldText, outerEnd, outerStart, type Dialect } from './record/encoding.ts';
import { BARE, KEY, LITERAL, QUOTED, type RecordView } from './record/record.ts';

export type OutputFormat = 'csv' | 'jsonl';

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly bytes: Uint8Array;
}

const encoder = new TextEncoder();
const NEWLINE = encoder.encode('\n');
const COMMA = encoder.encode(',');

export class RowWriter {
  readonly #dialect: Dialect;
  readonly #input: 'csv' | 'jsonl' | 'json';
  readonly #output: OutputFormat;
  readonly #out: (bytes: Uint8Array) => void;
  readonly #names: string[] = [];
  readonly #dropped: boolean[] = [];
  #hasDropped = false;
  /** The bytes that a run of kept rows lies in, from where to where. */
  #bytes: Uint8Array | null = null;
  #from = 0;
  #to = 0;
  /** Columns of a CSV made of JSON: those of the first row. */
  #header: readonly number[] | null = null;
  #lastHadNewline = true;

  constructor(
    dialect: Dialect,
    input: 'csv' | 'jsonl' | 'json',
    output: OutputFormat,
    out: (bytes: Uint8Array) => void,
  ) {
    this.#dialect = dialect;
    this.#input = input;
    this.#output = output;
    this.#out = out;
  }

  column(name: string, index: number, isDropped: boolean): void {
    this.#names[index] = name;
    this.#dropped[index] = isDropped;
    if (isDropped) this.#hasDropped = true;
  }

  /** The bytes stay as they are, but for dropped columns and another format. */
  get #isCopying(): boolean {
    return (
      !this.#hasDropped &&
      (this.#input === 'csv' ? this.#output === 'csv' : this.#input === 'jsonl' && this.#output === 'jsonl')
    );
  }

  header(view: RecordView): void {
    if (this.#isCopying) this.keep(view);
    else if (this.#output === 'csv') this.#write(view, []);
  }

  keep(view: RecordView): void {
    if (!this.#isCopying) return this.#write(view, []);
    if (this.#bytes === view.bytes && this.#to === view.from) this.#to = view.next;
    else {
      this.flush();
      this.#separate();
      this.#bytes = view.bytes;
      this.#from = view.from;
      this.#to = view.next;
    }
  }

  /** `pieces` in order, without overlap. */
  splice(view: RecordView, pieces: readonly Piece[]): void {
    if (!this.#isCopying) return this.#write(view, pieces);
    if (this.#bytes !== view.bytes || this.#to !== view.from) {
      this.flush();
      this.#separate();
      this.#bytes = view.bytes;
      this.#from = view.from;
    }
    for (const { from, to, bytes } of pieces) {
      if (from < this.#from) continue; // inside of what was replaced as a whole
      if (from > this.#from) this.#out(view.bytes.subarray(this.#from, from));
      if (bytes.length > 0) this.#out(bytes);
      this.#from = to;
    }
    this.#to = view.next;
  }

  leaveOut(_view: RecordView): void {
    this.flush();
  }

  /** Hands on what is waiting; after this the input's bytes are no longer needed. */
  flush(): void {
    if (this.#bytes !== null && this.#to > this.#from) {
      this.#out(this.#bytes.subarray(this.#from, this.#to));
      const last = this.#bytes[this.#to - 1];
      this.#lastHadNewline = last === 10 || last === 13;
    }
    this.#bytes = null;
  }

  end(): void {
    this.flush();
  }

  /** The last row of a file may lack its newline; one that is written after it needs it. */
  #separate(): void {
    if (this.#lastHadNewline) return;
    this.#out(NEWLINE);
    this.#lastHadNewline = true;
  }

  #write(view: RecordView, pieces: readonly Piece[]): void {
    if (this.#output === 'csv') this.#out(this.#csvRow(view, pieces));
    else this.#out(this.#input === 'csv' ? this.#jsonOfCsv(view, pieces) : this.#jsonLine(view, pieces));
  }

  #csvRow(view: RecordView, pieces: readonly Piece[]): Uint8Array {
    if (this.#input !== 'csv') return this.#csvOfJson(view, pieces);
    const delimiter = Uint8Array.of((this.#dialect as { delimiter: number }).delimiter);
    const parts: Uint8Array[] = [];
    for (let i = 0; i < view.count; i++) {
      if (this.#dropped[view.columns[i]!]) continue;
      if (parts.length > 0) parts.push(delimiter);
      parts.push(...spliced(view.bytes, outerStart(view, i), outerEnd(view, i), pieces));
    }
    parts.push(NEWLINE);
    return Buffer.concat(parts);
  }

  #jsonOfCsv(view: RecordView, pieces: readonly Piece[]): Uint8Array {
    const members: string[] = [];
    for (let i = 0; i < view.count; i++) {
      if (this.#dropped[view.columns[i]!]) continue;
      const raw = Buffer.concat([...spliced(view.bytes, outerStart(view, i), outerEnd(view, i), pieces)]).toString();
      const isQuoted = raw.startsWith('"');
      const text = isQuoted ? raw.slice(1, -1).replaceAll('""', '"') : raw;
      members.push(
        `${JSON.stringify(this.#names[view.columns[i]!])}:${!isQuoted && text === '' ? 'null' : JSON.stringify(text)}`,
      );
    }
    return encoder.encode(`{${members.join(',')}}\n`);
  }

  /** One record on one line, without the dropped members. */
  #jsonLine(view: RecordView, pieces: readonly Piece[]): Uint8Array {
    const raw = Buffer.concat([...spliced(view.bytes, view.from, view.to, pieces)]).toString();
    if (!this.#hasDropped) return encoder.encode(`${oneLine(raw)}\n`);
    return encoder.encode(`${withoutMembers(raw, (path) => this.#isDroppedPath(path))}\n`);
  }

  #isDroppedPath(path: string): boolean {
    const index = this.#names.indexOf(path);
    return index >= 0 && this.#dropped[index] === true;
  }

  /** Flat objects only: what is nested has no place in a table. */
  #csvOfJson(view: RecordView, pieces: readonly Piece[]): Uint8Array {
    const parts: Uint8Array[] = [];
    const place = new Map<number, number>();
    for (let i = 0; i < view.count; i++) {
      if (view.kinds[i] === KEY) continue;
      const name = this.#names[view.columns[i]!]!;
      if (name === '' || name.includes('[]'))
        throw new GateInputError(
          'only flat objects can be written as CSV',
          view.row,
          view.base + view.from,
          'Write JSON Lines or Parquet.',
        );
      if (!this.#dropped[view.columns[i]!]) place.set(view.columns[i]!, i);
    }
    if (this.#header === null) {
      this.#header = [...place.keys()];
      parts.push(
        encoder.encode(`${this.#header.map((column) => bareText(this.#names[column]!, CSV, BARE)).join(',')}\n`),
      );
    }
    for (const column of place.keys())
      if (!this.#header.includes(column))
        throw new GateInputError(
          'a row has a member that the first row has not, so the CSV has no column for it',
          view.row,
          view.base + view.from,
          'Write JSON Lines or Parquet.',
        );
    this.#header.forEach((column, k) => {
      if (k > 0) parts.push(COMMA);
      const i = place.get(column);
      if (i !== undefined) parts.push(encoder.encode(this.#csvField(view, i, pieces)));
    });
    parts.push(NEWLINE);
    return Buffer.concat(parts);
  }

  #csvField(view: RecordView, i: number, pieces: readonly Piece[]): string {
    const touched = pieces.some(({ from, to }) => to > view.starts[i]! - 1 && from < view.ends[i]! + 1);
    const isNull = view.kinds[i] === LITERAL && view.bytes[view.starts[i]!] === 110;
    if (!touched) return isNull ? '' : quotedIfEmpty(fieldText(view, this.#dialect, i), view.kinds[i]!);
    const raw = Buffer.concat([...spliced(view.bytes, outerStart(view, i), outerEnd(view, i), pieces)]).toString();
    const value = JSON.parse(raw) as unknown;
    return value === null ? '' : bareText(String(value), CSV, BARE);
  }
}

const CSV: Dialect = { kind: 'csv', delimiter: 44 };

/** An empty text is not null. */
const quotedIfEmpty = (text: string, kind: number): string =>
  text === '' && kind === QUOTED ? '""' : bareText(text, CSV, BARE);

function* spliced(bytes: Uint8Array, start: number, end: number, pieces: readonly Piece[]): Generator<Uint8Array> {
  let at = start;
  for (const piece of pieces) {
    if (piece.from < at || piece.to > end) continue;
    yield bytes.subarray(at, piece.from);
    yield piece.bytes;
    at = piece.to;
  }
  yield bytes.subarray(at, end);
}

/** JSON text without the space between its tokens where that has line ends. */
function oneLine(text: string): string {
  if (!/[\r\n]/.test(text)) return text;
  return text.replace(/("(?:[^"\\]|\\.)*")|\s+/gs, (_, string: string | undefined) => string ?? '');
}

/** JSON text again, without some members. Numbers keep their digits, because the text is cut and not made anew. */
function withoutMembers(text: string, isDropped: (path: string) => boolean): string {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs) ?? [];
  let at = 0;
  const value = (path: string): string => {
    const token = tokens[at++]!;
    if (token === '{') {
      const members: string[] = [];
      while (tokens[at] !== '}') {
        const key = tokens[at]!;
        at += 2;
        const name = JSON.parse(key) as string;
        const inner = path === '' ? name : `${path}.${name}`;
        const kept = value(inner);
        if (!isDropped(inner)) members.push(`${key}:${kept}`);
        if (tokens[at] === ',') at++;
      }
      at++;
      return `{${members.join(',')}}`;
    }
    if (token === '[') {
      const items: string[] = [];
      while (tokens[at] !== ']') {
        items.push(value(`${path}[]`));
        if (tokens[at] === ',') at++;
      }
      at++;
      return `[${items.join(',')}]`;
    }
    return token;
  };
  return value('');
}
