/** A record as a gate sees it: where its fields lie in the bytes that were read. Nothing is decoded until it is needed. */
import { GateInputError } from '../gate-error.ts';

/** How the bytes of a field stand for its value. */
export const BARE = 0;
/** In quotes (CSV) or a string (JSON); the range is what lies between them. */
export const QUOTED = 1;
/** A number, true, false or null of JSON. */
export const LITERAL = 2;
/** A key of JSON: a name, and perhaps somebody's. */
export const KEY = 3;

/** A longer record is refused: a gate holds one as a whole, because it may have to set it aside as a whole. */
export const RECORD_BYTES_MAX = 1 << 25;
const FIELDS_MAX = 1 << 20;

/** One object for all records: what it holds is lent until the next one. */
export class RecordView {
  bytes: Uint8Array = new Uint8Array(0);
  /** First byte, the byte after the last, and the first of the next record. */
  from = 0;
  to = 0;
  next = 0;
  /** From 1; 0 is the header. */
  row = 0;
  /** Offset of `bytes[0]` in the input. */
  base = 0;
  count = 0;
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  kinds = new Uint8Array(64);
  /** Number of the column of each field; see `RecordReader.columns`. */
  columns = new Int32Array(64);
  /** Why the record cannot be read as it should be, and where. */
  trouble: string | null = null;
  troubleAt = 0;

  add(column: number, kind: number, start: number, end: number): void {
    const i = this.count++;
    if (i === this.starts.length) this.#grow();
    this.starts[i] = start;
    this.ends[i] = end;
    this.kinds[i] = kind;
    this.columns[i] = column;
  }

  /** The first trouble is what is told. */
  complain(what: string, at: number): void {
    if (this.trouble !== null) return;
    this.trouble = what;
    this.troubleAt = at;
  }

  #grow(): void {
    const size = this.starts.length * 2;
    if (size > FIELDS_MAX)
      throw new GateInputError(`a record has more than ${FIELDS_MAX} fields`, this.row, this.base + this.from);
    const wider = <T extends Int32Array | Uint8Array>(old: T, made: T): T => {
      made.set(old);
      return made;
    };
    this.starts = wider(this.starts, new Int32Array(size));
    this.ends = wider(this.ends, new Int32Array(size));
    this.columns = wider(this.columns, new Int32Array(size));
    this.kinds = wider(this.kinds, new Uint8Array(size));
  }
}

export interface RecordSink {
  /** The names of columns are known; CSV's all at once, JSON's one by one as they are met. */
  column(name: string, index: number): void;
  /** CSV's header was read; not called for JSON. */
  header(view: RecordView): void;
  record(view: RecordView): void;
}

export interface RecordReader {
  /** Takes the next bytes, cut anywhere. They are kept in part and must not be changed afterwards. Throws GateInputError. */
  push(chunk: Uint8Array): void;
  end(): void;
}

export const tooLong = (row: number, byte: number): GateInputError =>
  new GateInputError(
    `a record is longer than ${RECORD_BYTES_MAX >> 20} MB`,
    row,
    byte,
    'A quote that is never closed is the usual cause. Nothing was written.',
  );
