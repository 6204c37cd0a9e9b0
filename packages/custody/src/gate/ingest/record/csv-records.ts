/** Records of delimited text (RFC 4180; any one-byte delimiter; LF, CRLF or CR). */
import { isUtf8 } from 'node:buffer';
import { closingQuote } from '../../../producers/scan/format/csv.ts';
import { joined } from '../../../producers/scan/format/field.ts';
import { GateInputError } from '../gate-error.ts';
import { BARE, QUOTED, RECORD_BYTES_MAX, RecordView, tooLong, type RecordReader, type RecordSink } from './record.ts';

const QUOTE = 34;
const LF = 10;
const CR = 13;
const NAME_MAX = 1_000;

export class CsvRecords implements RecordReader {
  readonly #sink: RecordSink;
  readonly #delimiter: number;
  /** 1 for the bytes that end an unquoted field. */
  readonly #ends = new Uint8Array(256);
  /** No byte above this ends a field: with commas that spares the table for every letter and digit. */
  readonly #last: number;
  readonly #view = new RecordView();
  #rest: Uint8Array = new Uint8Array(0);
  #base = 0;
  #width = 0;
  #isOver = false;
  /** Somewhere in these bytes is a NUL or no UTF-8; then each record is looked at. */
  #isSuspect = false;

  constructor(sink: RecordSink, delimiter: number) {
    this.#sink = sink;
    this.#delimiter = delimiter;
    this.#last = Math.max(delimiter, CR);
    for (const byte of [delimiter, LF, CR]) this.#ends[byte] = 1;
  }

  push(chunk: Uint8Array): void {
    const bytes = joined(this.#rest, chunk);
    const last = bytes.lastIndexOf(LF);
    const whole = last < 0 ? null : bytes.subarray(0, last + 1);
    this.#isSuspect = whole === null || whole.indexOf(0) >= 0 || !isUtf8(whole);
    const done = this.#read(bytes);
    if (bytes.length - done > RECORD_BYTES_MAX) throw tooLong(this.#view.row, this.#base + done);
    this.#rest = done === bytes.length ? new Uint8Array(0) : bytes.slice(done);
    this.#base += done;
  }

  end(): void {
    this.#isOver = true;
    this.#isSuspect = true;
    const rest = this.#rest;
    this.#rest = new Uint8Array(0);
    if (rest.length > 0) this.#read(rest);
    if (this.#width === 0) throw new GateInputError('the input is empty', 0, 0, 'It needs a header at least.');
  }

  /** Reads all whole records; gives how many bytes are done with. */
  #read(bytes: Uint8Array): number {
    const view = this.#view;
    view.bytes = bytes;
    view.base = this.#base;
    let at = 0;
    while (at < bytes.length) {
      const next = this.#record(bytes, at);
      if (next < 0) return at;
      at = next;
    }
    return at;
  }

  /** One record; -1 if its end is not here yet. */
  #record(bytes: Uint8Array, from: number): number {
    const view = this.#view;
    const { length } = bytes;
    const ends = this.#ends;
    const delimiter = this.#delimiter;
    const last = this.#last;
    view.from = from;
    view.count = 0;
    view.trouble = null;
    let at = from;
    for (;;) {
      let end: number;
      if (at < length && bytes[at] === QUOTE) {
        const close = closingQuote(bytes, at + 1, this.#isOver);
        if (close < 0) {
          if (!this.#isOver) return -1;
          throw new GateInputError('a quoted field is never closed', view.row, this.#base + at);
        }
        view.add(view.count, QUOTED, at + 1, close);
        end = close + 1;
        if (end < length && ends[bytes[end]!] === 0) {
          view.complain('text follows a closing quote', end);
          while (end < length && ends[bytes[end]!] === 0) end++;
        }
      } else {
        end = at;
        for (; end < length; end++) {
          const byte = bytes[end]!;
          if (byte <= last && ends[byte] === 1) break;
        }
        view.add(view.count, BARE, at, end);
      }
      if (end >= length) {
        if (!this.#isOver) return -1;
        view.to = view.next = length;
        break;
      }
      const byte = bytes[end]!;
      if (byte === delimiter) {
        at = end + 1;
        continue;
      }
      view.to = end;
      view.next = end + 1;
      if (byte === CR) {
        // An LF that is still to come belongs to it.
        if (end + 1 >= length && !this.#isOver) return -1;
        if (bytes[end + 1] === LF) view.next = end + 2;
      }
      break;
    }
    this.#give(bytes, from);
    return view.next;
  }

  #give(bytes: Uint8Array, from: number): void {
    const view = this.#view;
    if (this.#isSuspect) {
      const record = bytes.subarray(from, view.to);
      const nul = record.indexOf(0);
      if (nul >= 0) {
        // UTF-16 without a mark is read as NULs; saying so saves an hour.
        if (this.#width === 0 && nul <= 1)
          throw new GateInputError(
            'the input begins like UTF-16 without a byte order mark',
            0,
            this.#base + nul,
            'Convert it to UTF-8: iconv -f UTF-16LE -t UTF-8.',
          );
        view.complain('there is a NUL byte', from + nul);
      } else if (!isUtf8(record)) view.complain('there are bytes that are no UTF-8', from + badByte(record));
    }
    if (this.#width === 0) {
      if (view.trouble !== null) throw new GateInputError(view.trouble, 0, this.#base + view.troubleAt);
      this.#header(bytes);
      return;
    }
    // An empty line between records is no record, unless there is one column and the line is its null.
    if (view.to === from && this.#width > 1) return;
    view.row++;
    if (view.count !== this.#width)
      view.complain(`the row has ${view.count} fields, the header ${this.#width}`, view.to);
    this.#sink.record(view);
  }

  #header(bytes: Uint8Array): void {
    const view = this.#view;
    this.#width = view.count;
    const names = new Set<string>();
    for (let i = 0; i < view.count; i++) {
      const raw = Buffer.from(bytes.subarray(view.starts[i], view.ends[i])).toString();
      const name = view.kinds[i] === QUOTED ? raw.replaceAll('""', '"') : raw;
      if (name.length > NAME_MAX)
        throw new GateInputError(
          `the name of column ${i + 1} is longer than ${NAME_MAX} characters`,
          0,
          this.#base + view.starts[i]!,
          'Give the file a header.',
        );
      if (names.has(name))
        throw new GateInputError(
          `column ${i + 1} has the name of another column`,
          0,
          this.#base + view.starts[i]!,
          'Give each column a name of its own; rules go by names.',
        );
      names.add(name);
      this.#sink.column(name, i);
    }
    this.#sink.header(view);
  }
}

/** The first byte of a text that is not UTF-8, by halves. */
export function badByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    let middle = (good + bad) >> 1;
    // Not inside of a character.
    while (middle > good && (bytes[middle]! & 0xc0) === 0x80) middle--;
    if (middle === good) break;
    if (isUtf8(bytes.subarray(good, middle))) good = middle;
    else bad = middle;
  }
  return good;
}
