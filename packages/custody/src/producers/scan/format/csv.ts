/** Delimited text: RFC 4180, with any one-byte delimiter, LF or CRLF or CR, and what people write instead of it. */
import { COLUMNS_MAX, walkInUse, type Walk, type WalkPlan } from '../walk.ts';
import {
  isPieceSink,
  joined,
  LONGEST_FIELD,
  OVERLAP,
  type FieldSink,
  type FormatReader,
  type PieceSink,
} from './field.ts';

const QUOTE = 34;
const LF = 10;
const CR = 13;

/** The delimiter that splits the first line into most parts, outside of quotes; a comma if none does. */
export function delimiterOf(head: Uint8Array): number {
  const counts = new Map([44, 9, 59, 124].map((delimiter) => [delimiter, 0]));
  let quoted = false;
  for (const byte of head.subarray(0, 65_536)) {
    if (byte === QUOTE) quoted = !quoted;
    else if (!quoted && (byte === LF || byte === CR)) break;
    else if (!quoted && counts.has(byte)) counts.set(byte, counts.get(byte)! + 1);
  }
  const [best, count] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most));
  return count === 0 ? 44 : best;
}

export interface CsvOptions {
  readonly delimiter: number;
  /** Names of columns, where they are known from elsewhere; else the first record is the header. */
  readonly header?: readonly string[];
}

export class CsvReader implements FormatReader {
  readonly #sink: FieldSink;
  readonly #delimiter: number;
  readonly #header: string[];
  #rest: Uint8Array = new Uint8Array(0);
  /** Offset of the first byte of `#rest` in the input. */
  #offset = 0;
  #row: number;
  #column = 1;
  /** Is `#rest` the rest of a quoted field whose first piece was given already? */
  #isQuotedRest = false;
  #isOver = false;
  /** Was the last byte read a CR? Then an LF belongs to it. */
  #isAfterCr = false;
  /** The walk in WebAssembly, for a sink that takes pieces; its bytes are loaded from and to these places. */
  readonly #walk: Walk | null;
  readonly #pieces: PieceSink | null;
  readonly #plan: WalkPlan | null;
  #flags: Uint8Array | null = null;
  #loadedFrom = 0;
  #loadedTo = -1;

  constructor(sink: FieldSink, { delimiter, header }: CsvOptions) {
    this.#sink = sink;
    this.#delimiter = delimiter;
    this.#header = header ? [...header] : [];
    this.#row = header ? 1 : 0;
    this.#pieces = isPieceSink(sink) ? sink : null;
    this.#plan = this.#pieces?.plan ?? null;
    this.#walk = this.#plan && walkInUse();
  }

  /** Records read, without the header. */
  get rows(): number {
    return Math.max(0, this.#row - 1);
  }

  push(chunk: Uint8Array): void {
    const bytes = joined(this.#rest, chunk);
    const done = this.#read(bytes);
    this.#rest = bytes.slice(done);
    this.#offset += done;
  }

  end(): void {
    this.#isOver = true;
    const done = this.#read(this.#rest);
    this.#offset += done;
    this.#rest = new Uint8Array(0);
    if (this.#column > 1) {
      this.#row++;
      this.#pieces?.read(0, this.#row - 1);
    }
  }

  /** Reads all whole fields; gives how many bytes are done with. */
  #read(bytes: Uint8Array): number {
    const delimiter = this.#delimiter;
    const { length } = bytes;
    let start = this.#isAfterCr && bytes[0] === LF ? 1 : 0;
    if (length > 0) this.#isAfterCr = false;
    this.#loadedTo = -1;
    while (start < length) {
      if (this.#walk && this.#row > 0 && !this.#isQuotedRest) {
        start = this.#walkOn(bytes, start, this.#walk, this.#pieces!);
        if (start >= length) return length;
      }
      const isQuoted = this.#isQuotedRest || bytes[start] === QUOTE;
      const from = isQuoted && !this.#isQuotedRest ? start + 1 : start;
      let end = from;
      if (isQuoted) {
        const close = closingQuote(bytes, from, this.#isOver);
        if (close < 0) {
          if (this.#isOver) {
            this.#sink.trouble({
              message: 'a quoted field is never closed',
              row: this.#row,
              byte: this.#offset + start,
            });
            this.#give(bytes, from, length, 'csv');
            return length;
          }
          return this.#cut(bytes, start, from, 'csv');
        }
        end = close + 1;
        const after = end;
        while (end < length && bytes[end] !== delimiter && bytes[end] !== LF && bytes[end] !== CR) end++;
        // What comes after the quote is not here yet.
        if (end === length && !this.#isOver && length - start <= LONGEST_FIELD) return start;
        this.#give(bytes, from, close, 'csv');
        this.#isQuotedRest = false;
        if (end > after) {
          this.#sink.trouble({ message: 'text follows a closing quote', row: this.#row, byte: this.#offset + after });
          this.#give(bytes, after, end, 'none');
        }
      } else {
        while (end < length) {
          const byte = bytes[end]!;
          if (byte === delimiter || byte === LF || byte === CR) break;
          end++;
        }
        if (end === length && !this.#isOver) return this.#cut(bytes, start, from, 'none');
        this.#give(bytes, from, end, 'none');
      }
      if (end >= length) return length;
      const ending = bytes[end]!;
      start = end + 1;
      if (ending === delimiter) this.#column++;
      else {
        if (ending === CR) {
          if (bytes[start] === LF) start++;
          else if (start >= length) this.#isAfterCr = true;
        }
        this.#pieces?.read(0, this.#row);
        this.#row++;
        this.#column = 1;
      }
    }
    return length;
  }

  /** As far as the walk goes: to the next field that it leaves to `#read`. */
  #walkOn(bytes: Uint8Array, start: number, walk: Walk, sink: PieceSink): number {
    let at = start;
    for (;;) {
      if (at < this.#loadedFrom || at >= this.#loadedTo) this.#load(bytes, at, walk, sink);
      const from = at;
      const { to, row, column, fields, pieces } = walk.walk(
        from - this.#loadedFrom,
        this.#loadedTo - this.#loadedFrom,
        this.#delimiter,
        this.#row,
        this.#column,
      );
      at = to + this.#loadedFrom;
      for (let n = 0; n < pieces; n++) {
        const piece = walk.pieceAt(n, from);
        const { start: pieceStart, end, fieldStart, facts, runs } = piece;
        const field = {
          bytes,
          start: fieldStart,
          end: piece.fieldEnd,
          escaping: piece.isQuoted ? ('csv' as const) : ('none' as const),
          row: piece.row,
          column: piece.column,
          label: this.#header[piece.column - 1] ?? '',
          byte: this.#offset + fieldStart,
        };
        sink.piece(field, pieceStart, end, facts, runs);
      }
      sink.read(fields, column > 1 ? row : row - 1);
      this.#row = row;
      this.#column = column;
      if (at >= bytes.length) return at;
      // Records were full, or only a part of the bytes was loaded: then it goes on.
      const isPart = this.#loadedTo < bytes.length && at > this.#loadedFrom;
      if (at === from && isPart) this.#loadedTo = -1;
      else if (at === from || (pieces === 0 && !isPart)) return at;
    }
  }

  #load(bytes: Uint8Array, at: number, walk: Walk, sink: PieceSink): void {
    if (!this.#flags) {
      this.#flags = new Uint8Array(COLUMNS_MAX + 1).fill(sink.flagsOf(''));
      for (const [i, label] of this.#header.entries())
        if (i < COLUMNS_MAX) this.#flags[i + 1] = sink.flagsOf(label ?? '');
    }
    this.#loadedFrom = at;
    this.#loadedTo = Math.min(bytes.length, at + walk.capacity);
    walk.load(bytes.subarray(at, this.#loadedTo), this.#plan!, this.#flags);
  }

  /** The field goes on in the next chunk. If it is very long, what is there is given now, with an overlap. */
  #cut(bytes: Uint8Array, start: number, from: number, escaping: 'csv' | 'none'): number {
    if (bytes.length - from <= LONGEST_FIELD) return start;
    const end = bytes.length - 2;
    this.#give(bytes, from, end, escaping);
    if (escaping === 'csv') this.#isQuotedRest = true;
    let next = end - OVERLAP;
    // Not between two quotes that stand for one.
    while (next > from && bytes[next] === QUOTE) next--;
    return next;
  }

  #give(bytes: Uint8Array, start: number, end: number, escaping: 'csv' | 'none'): void {
    if (this.#row === 0) {
      const name = new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + 256)));
      this.#header[this.#column - 1] = escaping === 'csv' ? name.replaceAll('""', '"') : name;
    }
    if (end <= start) return;
    this.#sink.field({
      bytes,
      start,
      end,
      escaping,
      row: this.#row,
      column: this.#column,
      label: this.#row === 0 ? '' : (this.#header[this.#column - 1] ?? ''),
      byte: this.#offset + start,
    });
  }
}

/** Where the quote that closes stands; -1 if it is not here, or the byte after it must be seen first. */
export function closingQuote(bytes: Uint8Array, from: number, isOver: boolean): number {
  let at = bytes.indexOf(QUOTE, from);
  while (at >= 0) {
    if (at + 1 >= bytes.length) return isOver ? at : -1;
    if (bytes[at + 1] !== QUOTE) return at;
    at = bytes.indexOf(QUOTE, at + 2);
  }
  return -1;
}
