/**
 * JSON, one value or many (JSON Lines), notebooks: a tokenizer over bytes (RFC 8259) that gives every string and number as
 * a field with the path of its keys. It holds one token and the path, so memory stays flat whatever the size.
 */
import { joined, LONGEST_FIELD, OVERLAP, type FieldSink, type FormatReader } from './field.ts';

const QUOTE = 34;
const BACKSLASH = 92;
const MOST_LEVELS = 512;

interface Level {
  readonly isArray: boolean;
  key: string;
  isKeyNext: boolean;
}

export class JsonReader implements FormatReader {
  readonly #sink: FieldSink;
  #rest: Uint8Array = new Uint8Array(0);
  #offset = 0;
  #row = 1;
  #levels: Level[] = [];
  #tooDeep = 0;
  #isRest = false;
  #isOver = false;
  #label = '';
  #isTold = false;

  constructor(sink: FieldSink) {
    this.#sink = sink;
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
    if (this.#levels.length > 0 || this.#tooDeep > 0) this.#trouble('the input ends inside of a value', this.#offset);
  }

  #trouble(message: string, byte: number): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.#sink.trouble({ message, row: this.#row, byte });
  }

  #read(bytes: Uint8Array): number {
    const { length } = bytes;
    let at = 0;
    while (at < length) {
      const byte = bytes[at]!;
      if (this.#isRest || byte === QUOTE) {
        const from = this.#isRest ? at : at + 1;
        const close = stringEnd(bytes, from);
        if (close < 0) {
          if (!this.#isOver) return this.#cut(bytes, at, from);
          this.#trouble('the input ends inside of a string', this.#offset + at);
          this.#give(bytes, from, length);
          return length;
        }
        this.#string(bytes, from, close);
        this.#isRest = false;
        at = close + 1;
        continue;
      }
      switch (byte) {
        case 123: // {
        case 91: // [
          if (this.#levels.length >= MOST_LEVELS) this.#tooDeep++;
          else this.#levels.push({ isArray: byte === 91, key: '', isKeyNext: byte === 123 });
          this.#relabel();
          break;
        case 125: // }
        case 93: // ]
          if (this.#tooDeep > 0) this.#tooDeep--;
          else if (this.#levels.pop() === undefined)
            this.#trouble('a bracket closes what was not opened', this.#offset + at);
          this.#relabel();
          break;
        case 44: {
          // ,
          const level = this.#levels.at(-1);
          if (level && !level.isArray) level.isKeyNext = true;
          if (this.#levels.length === 1 && level!.isArray) this.#row++;
          break;
        }
        case 58: {
          // :
          const level = this.#levels.at(-1);
          if (level) level.isKeyNext = false;
          break;
        }
        case 10: // a line ends a value of JSON Lines
          if (this.#levels.length === 0) this.#row++;
          break;
        default:
          if ((byte >= 48 && byte <= 57) || byte === 45) {
            let end = at + 1;
            while (end < length && isNumberByte(bytes[end]!)) end++;
            if (end === length && !this.#isOver && end - at < 4_096) return at;
            if (end - at >= 4) this.#give(bytes, at, end);
            at = end;
            continue;
          }
      }
      at++;
    }
    return length;
  }

  #string(bytes: Uint8Array, start: number, end: number): void {
    const level = this.#levels.at(-1);
    if (level && !level.isArray && level.isKeyNext) {
      level.key = new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + 128)));
      this.#relabel();
      // A key may be a value too: {"jane@example.org": 3}
    }
    this.#give(bytes, start, end);
  }

  #relabel(): void {
    const parts = this.#levels.slice(-4).map(({ isArray, key }) => (isArray ? '[]' : key));
    this.#label = parts
      .filter((part) => part !== '')
      .join('.')
      .replaceAll('.[]', '[]')
      .replace(/^\[\]\.?/, '');
  }

  #cut(bytes: Uint8Array, at: number, from: number): number {
    if (bytes.length - from <= LONGEST_FIELD) return at;
    let end = bytes.length - 12;
    while (bytes[end] === BACKSLASH) end--;
    this.#give(bytes, from, end);
    this.#isRest = true;
    let next = end - OVERLAP;
    // Not inside of an escape, which is at most six bytes long.
    for (let i = next; i > next - 6; i--) if (bytes[i] === BACKSLASH) next = i - 1;
    while (bytes[next] === BACKSLASH) next--;
    return next + 1;
  }

  #give(bytes: Uint8Array, start: number, end: number): void {
    if (end <= start) return;
    this.#sink.field({
      bytes,
      start,
      end,
      escaping: 'json',
      row: this.#row,
      column: 0,
      label: this.#label,
      byte: this.#offset + start,
    });
  }
}

const isNumberByte = (byte: number): boolean =>
  (byte >= 48 && byte <= 57) || byte === 46 || byte === 45 || byte === 43 || byte === 69 || byte === 101;

/** The quote that ends a string: one with an even number of backslashes before it. */
function stringEnd(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(QUOTE, from);
  while (at >= 0) {
    let slashes = 0;
    while (at - 1 - slashes >= from && bytes[at - 1 - slashes] === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return at;
    at = bytes.indexOf(QUOTE, at + 1);
  }
  return -1;
}
