/**
 * Records of JSON (RFC 8259): a line each (JSON Lines), or the elements of one array, or values one after the other.
 * Columns are paths of keys, as the scanner names them: `user.mail`, `tags[]`.
 */
import { isUtf8 } from 'node:buffer';
import { joined } from '../../../producers/scan/format/field.ts';
import { GateInputError } from '../gate-error.ts';
import { badByte } from './csv-records.ts';
import {
  KEY,
  LITERAL,
  QUOTED,
  RECORD_BYTES_MAX,
  RecordView,
  tooLong,
  type RecordReader,
  type RecordSink,
} from './record.ts';

const QUOTE = 34;
const BACKSLASH = 92;
const LF = 10;
const COLUMNS_MAX = 20_000;
const DEPTH_MAX = 512;

const isSpace = (byte: number): boolean => byte === 32 || byte === LF || byte === 13 || byte === 9;

interface PathNode {
  readonly index: number;
  readonly name: string;
  readonly children: Map<string, PathNode>;
}

export class JsonRecords implements RecordReader {
  readonly #sink: RecordSink;
  readonly #isLines: boolean;
  readonly #view = new RecordView();
  readonly #root: PathNode = { index: -1, name: '', children: new Map() };
  #columns = 0;
  #rest: Uint8Array = new Uint8Array(0);
  #base = 0;
  #isOver = false;
  /** Of a document: are we inside of its outermost array, after it, or is there none? */
  #array: 'unknown' | 'none' | 'inside' | 'after' = 'unknown';

  /** `isLines`: a record is a line. Otherwise whatever the document holds. */
  constructor(sink: RecordSink, isLines: boolean) {
    this.#sink = sink;
    this.#isLines = isLines;
  }

  push(chunk: Uint8Array): void {
    const bytes = joined(this.#rest, chunk);
    const done = this.#read(bytes);
    if (bytes.length - done > RECORD_BYTES_MAX) throw tooLong(this.#view.row + 1, this.#base + done);
    this.#rest = bytes.slice(done);
    this.#base += done;
  }

  end(): void {
    this.#isOver = true;
    const rest = this.#rest;
    this.#rest = new Uint8Array(0);
    const done = this.#read(rest);
    if (this.#array === 'inside' || rest.subarray(done).some((byte) => !isSpace(byte)))
      throw new GateInputError('the input ends inside of a value', this.#view.row + 1, this.#base + done);
    if (this.#view.row === 0 && this.#array !== 'after' && !this.#isLines)
      throw new GateInputError('the input is empty', 0, 0, 'It needs a value at least.');
  }

  #read(bytes: Uint8Array): number {
    this.#view.bytes = bytes;
    this.#view.base = this.#base;
    return this.#isLines ? this.#lines(bytes) : this.#document(bytes);
  }

  #lines(bytes: Uint8Array): number {
    let at = 0;
    while (at < bytes.length) {
      let end = bytes.indexOf(LF, at);
      if (end < 0) {
        if (!this.#isOver) return at;
        end = bytes.length;
      }
      this.#give(bytes, at, end, Math.min(end + 1, bytes.length));
      at = Math.min(end + 1, bytes.length);
    }
    return at;
  }

  #document(bytes: Uint8Array): number {
    let at = 0;
    for (;;) {
      while (at < bytes.length && (isSpace(bytes[at]!) || (this.#array === 'inside' && bytes[at] === 44))) at++;
      if (at >= bytes.length) return at;
      const byte = bytes[at]!;
      if (this.#array === 'unknown') {
        this.#array = byte === 91 ? 'inside' : 'none';
        if (byte === 91) at++;
        continue;
      }
      if (this.#array === 'after')
        throw new GateInputError('text follows the end of the array', this.#view.row, this.#base + at);
      if (this.#array === 'inside' && byte === 93) {
        this.#array = 'after';
        at++;
        continue;
      }
      const found = valueEnd(bytes, at, this.#isOver);
      if (found < 0) return at;
      const end = Math.max(found, at + 1); // what starts no value is one byte of no JSON
      this.#give(bytes, at, end, end);
      at = end;
    }
  }

  #give(bytes: Uint8Array, from: number, to: number, next: number): void {
    const view = this.#view;
    const line = bytes.subarray(from, to);
    if (line.every(isSpace)) return;
    view.from = from;
    view.to = to;
    view.next = next;
    view.count = 0;
    view.trouble = null;
    view.row++;
    if (!isUtf8(line)) view.complain('there are bytes that are no UTF-8', from + badByte(line));
    else if (!isJson(line)) view.complain('this is not JSON', from);
    else this.#tokens(bytes, from, to);
    this.#sink.record(view);
  }

  /** Strings, numbers and other literals, with their paths. The record is known to be JSON. */
  #tokens(bytes: Uint8Array, from: number, to: number): void {
    const view = this.#view;
    const levels: { readonly node: PathNode; readonly isArray: boolean }[] = [];
    let node = this.#root;
    let isKeyNext = false;
    let at = from;
    while (at < to) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        const end = stringEnd(bytes, at + 1, to);
        if (isKeyNext) {
          const key = JSON.parse(Buffer.from(bytes.subarray(at, end + 1)).toString()) as string;
          node = this.#child(levels.at(-1)!.node, key);
          view.add(node.index, KEY, at + 1, end);
          isKeyNext = false;
        } else view.add(this.#indexOf(node), QUOTED, at + 1, end);
        at = end + 1;
        continue;
      }
      if (byte === 123 || byte === 91) {
        if (levels.length >= DEPTH_MAX)
          throw new GateInputError(`values lie more than ${DEPTH_MAX} deep`, view.row, this.#base + at);
        const isArray = byte === 91;
        if (isArray) node = this.#child(node, '[]');
        levels.push({ node, isArray });
        isKeyNext = !isArray;
      } else if (byte === 125 || byte === 93) {
        levels.pop();
        node = levels.at(-1)?.node ?? this.#root;
        isKeyNext = false;
      } else if (byte === 44) {
        const level = levels.at(-1)!;
        isKeyNext = !level.isArray;
        node = level.node;
      } else if (byte !== 58 && !isSpace(byte)) {
        let end = at + 1;
        while (end < to && !isSpace(bytes[end]!) && bytes[end] !== 44 && bytes[end] !== 125 && bytes[end] !== 93) end++;
        view.add(this.#indexOf(node), LITERAL, at, end);
        at = end;
        continue;
      }
      at++;
    }
  }

  #indexOf(node: PathNode): number {
    return node === this.#root ? this.#child(this.#root, '').index : node.index;
  }

  #child(parent: PathNode, key: string): PathNode {
    let child = parent.children.get(key);
    if (!child) {
      // A document whose keys never come again has no columns; all of those share one.
      if (this.#columns >= COLUMNS_MAX && key !== '*') return this.#child(this.#root, '*');
      const name = key === '[]' ? `${parent.name}[]` : parent.name === '' ? key : `${parent.name}.${key}`;
      child = { index: this.#columns++, name, children: new Map() };
      parent.children.set(key, child);
      this.#sink.column(name, child.index);
    }
    return child;
  }
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString());
    return true;
  } catch {
    return false;
  }
}

/** The quote that ends a string: one with an even number of backslashes before it; `to` if there is none. */
function stringEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = bytes.indexOf(QUOTE, from);
  while (at >= 0 && at < to) {
    let slashes = 0;
    while (at - 1 - slashes >= from && bytes[at - 1 - slashes] === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return at;
    at = bytes.indexOf(QUOTE, at + 1);
  }
  return to;
}

/** The byte after the value that starts here; -1 if it is not here as a whole. */
function valueEnd(bytes: Uint8Array, from: number, isOver: boolean): number {
  let depth = 0;
  let at = from;
  while (at < bytes.length) {
    const byte = bytes[at]!;
    if (byte === QUOTE) {
      at = stringEnd(bytes, at + 1, bytes.length) + 1;
      if (at > bytes.length) return -1;
      if (depth === 0) return at;
      continue;
    }
    if (byte === 123 || byte === 91) depth++;
    else if (byte === 125 || byte === 93) {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && (byte === 44 || isSpace(byte))) return at;
    at++;
  }
  return depth === 0 && isOver ? at : -1;
}
