/** Text: paragraphs as fields, at most 16 kB of them at a time, cut where a line ends. Rows are lines. */
import { joined, LONGEST_FIELD, OVERLAP, type FieldSink, type FormatReader } from './field.ts';

const LF = 10;
const BLOCK = 16_384;

export class TextReader implements FormatReader {
  readonly #sink: FieldSink;
  #rest: Uint8Array = new Uint8Array(0);
  #offset = 0;
  #row = 1;

  constructor(sink: FieldSink) {
    this.#sink = sink;
  }

  push(chunk: Uint8Array): void {
    const bytes = joined(this.#rest, chunk);
    let start = 0;
    while (bytes.length - start > BLOCK) {
      const end = blockEnd(bytes, start);
      if (end < 0) break;
      this.#give(bytes, start, end);
      // A line without an end overlaps; others do not.
      start = bytes[end - 1] === LF ? end : Math.max(start + 1, end - OVERLAP);
    }
    this.#rest = bytes.slice(start);
    this.#offset += start;
  }

  end(): void {
    this.#give(this.#rest, 0, this.#rest.length);
    this.#rest = new Uint8Array(0);
  }

  #give(bytes: Uint8Array, start: number, end: number): void {
    if (end > start) {
      this.#sink.field({
        bytes,
        start,
        end,
        escaping: 'none',
        row: this.#row,
        column: 0,
        label: '',
        byte: this.#offset + start,
      });
    }
    for (let at = bytes.indexOf(LF, start); at >= 0 && at < end; at = bytes.indexOf(LF, at + 1)) this.#row++;
  }
}

/** After the last line that ends within a block; after a long line; -1 if its end is still to come. */
function blockEnd(bytes: Uint8Array, start: number): number {
  const last = bytes.lastIndexOf(LF, start + BLOCK - 1);
  if (last >= start) return last + 1;
  const next = bytes.indexOf(LF, start + BLOCK);
  const end = next < 0 ? bytes.length : next + 1;
  if (end - start > LONGEST_FIELD) return start + LONGEST_FIELD;
  return next < 0 ? -1 : end;
}
