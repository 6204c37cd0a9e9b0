/**
 * Columns and number of rows of a Parquet file out of its footer (parquet-format, `FileMetaData` in Thrift's compact
 * protocol). Reading stops before the row groups, so the least and greatest values that they hold are never looked at.
 */
import type { SchemaField } from '../../event/event.ts';

export interface ParquetSchema {
  readonly fields: readonly SchemaField[];
  readonly rows: number;
}

/** The end of every Parquet file: the length of the footer, and PAR1. Null where it is none (or encrypted). */
export function parquetFooterBytes(tail: Uint8Array): number | null {
  if (tail.length < 8) return null;
  const view = new DataView(tail.buffer, tail.byteOffset + tail.length - 8, 8);
  return view.getUint32(4, true) === 0x31524150 ? view.getUint32(0, true) : null;
}

/** Null where the bytes are no footer. */
export function readParquetFooter(footer: Uint8Array): ParquetSchema | null {
  try {
    const reader = new ThriftReader(footer);
    let elements: readonly SchemaElement[] | null = null;
    for (let field = 0, type = 0; ;) {
      [field, type] = reader.fieldHeader(field);
      if (type === STOP || field > 3) return null; // the number of rows must come before the row groups
      if (field === 2 && type === LIST) elements = reader.list(() => schemaElement(reader));
      else if (field === 3 && type === I64) {
        const rows = reader.integer();
        const [root] = elements ?? [];
        if (!root || rows < 0) return null;
        return { fields: columnsUnder(elements!), rows };
      } else reader.skip(type);
    }
  } catch (error) {
    if (error instanceof RangeError) return null; // ends in the middle, or is no Thrift
    throw error;
  }
}

interface SchemaElement {
  readonly name: string;
  readonly children: number;
  readonly repeated: boolean;
  readonly type: string;
  /** LIST, MAP or nothing. */
  readonly group: string | null;
}

const PHYSICAL = ['boolean', 'int', 'bigint', 'timestamp', 'float', 'double', 'binary', 'binary'];
/** ConvertedType, in the order of the format; what is replaced by LogicalType in newer files. */
const CONVERTED = [
  'string', 'map', 'map', 'list', 'string', 'decimal', 'date', 'time', 'time', 'timestamp', 'timestamp',
  'tinyint unsigned', 'smallint unsigned', 'int unsigned', 'bigint unsigned', 'tinyint', 'smallint', 'int', 'bigint',
  'json', 'bson', 'interval',
]; // prettier-ignore
const LOGICAL: Readonly<Record<number, string>> = {
  1: 'string', 2: 'map', 3: 'list', 4: 'string', 5: 'decimal', 6: 'date', 7: 'time', 8: 'timestamp', 10: 'integer',
  11: 'null', 12: 'json', 13: 'bson', 14: 'uuid', 15: 'float16', 16: 'variant', 17: 'geometry', 18: 'geography',
}; // prettier-ignore

function schemaElement(reader: ThriftReader): SchemaElement {
  let physical: number | null = null;
  let converted: number | null = null;
  let logical: string | null = null;
  let name = '';
  let children = 0;
  let repeated = false;
  let scale = 0;
  let precision = 0;
  for (let field = 0, type = 0; ;) {
    [field, type] = reader.fieldHeader(field);
    if (type === STOP) break;
    if (type === I32) {
      const value = reader.integer();
      if (field === 1) physical = value;
      else if (field === 3) repeated = value === 2;
      else if (field === 5) children = value;
      else if (field === 6) converted = value;
      else if (field === 7) scale = value;
      else if (field === 8) precision = value;
    } else if (field === 4 && type === BINARY) name = reader.text();
    else if (field === 10 && type === STRUCT) logical = logicalType(reader);
    else reader.skip(type);
  }
  const said = logical ?? (converted === null ? null : (CONVERTED[converted] ?? null));
  const group = said === 'list' || said === 'map' ? said : null;
  const scalar = said === 'decimal' ? `decimal(${precision},${scale})` : said;
  return {
    name,
    children,
    repeated,
    group,
    type: (group === null ? scalar : null) ?? (physical === null ? 'struct' : (PHYSICAL[physical] ?? 'binary')),
  };
}

/** The one member that is set of a union. */
function logicalType(reader: ThriftReader): string | null {
  let found: string | null = null;
  for (let field = 0, type = 0; ;) {
    [field, type] = reader.fieldHeader(field);
    if (type === STOP) return found;
    found = LOGICAL[field] ?? found;
    if (field === 10 && type === STRUCT) found = integerType(reader);
    else reader.skip(type);
  }
}

function integerType(reader: ThriftReader): string {
  let width = 32;
  let signed = true;
  for (let field = 0, type = 0; ;) {
    [field, type] = reader.fieldHeader(field);
    if (type === STOP) break;
    if (field === 1 && type === BYTE) width = reader.byte();
    else if (field === 2) signed = type === TRUE;
    else reader.skip(type);
  }
  const name = ({ 8: 'tinyint', 16: 'smallint', 64: 'bigint' } as Record<number, string>)[width] ?? 'int';
  return signed ? name : `${name} unsigned`;
}

const TYPE_CHARACTERS_MAX = 500;
const DEPTH_MAX = 50;

interface Node {
  readonly name: string;
  readonly type: string;
  readonly inside: readonly Node[];
}

/** The elements are a tree, written depth first; the first one is the file itself. */
function columnsUnder(elements: readonly SchemaElement[]): readonly SchemaField[] {
  let next = 1;
  const read = (depth: number): Node => {
    const element = elements[next++];
    if (!element || depth > DEPTH_MAX || element.children < 0) throw new RangeError('The schema is no tree.');
    const inside: Node[] = [];
    for (let child = 0; child < element.children; child++) inside.push(read(depth + 1));
    const type = element.children === 0 ? element.type : nestedType(element, inside);
    const whole = element.repeated ? `list<${type}>` : type;
    return { name: element.name, type: whole.slice(0, TYPE_CHARACTERS_MAX), inside };
  };
  const fields: SchemaField[] = [];
  for (let child = 0; child < elements[0]!.children; child++) {
    const { name, type } = read(0);
    fields.push({ name, type });
  }
  return fields;
}

/** Lists and maps have a repeated group between them and what they hold. */
function nestedType({ group }: SchemaElement, inside: readonly Node[]): string {
  const [between] = inside;
  if (group === 'list' && between?.inside.length === 1) return `list<${between.inside[0]!.type}>`;
  if (group === 'list') return between?.type ?? 'list';
  if (group === 'map') return `map<${(between?.inside ?? []).map(({ type }) => type).join(', ')}>`;
  return `struct<${inside.map(({ name, type }) => `${name} ${type}`).join(', ')}>`;
}

const [STOP, TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
] as const;

/** Thrift's compact protocol, read with no more work than there are bytes. Throws RangeError beyond the end. */
class ThriftReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new RangeError('The bytes end here.');
    return byte;
  }

  #varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      if (scale > 2 ** 63) throw new RangeError('This number has no end.');
    }
  }

  /** Zigzag. */
  integer(): number {
    const value = this.#varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  text(): string {
    const length = this.#varint();
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError('The text goes beyond the end.');
    const text = Buffer.from(this.#bytes.subarray(this.#at, end)).toString('utf8');
    this.#at = end;
    return text;
  }

  /** Number and type of the next field, given the number of the one before; type 0 ends the struct. */
  fieldHeader(before: number): [number, number] {
    const byte = this.byte();
    const type = byte & 15;
    if (type === STOP) return [before, STOP];
    const delta = byte >> 4;
    return [delta === 0 ? this.integer() : before + delta, type];
  }

  list<T>(element: () => T): T[] {
    const head = this.byte();
    const size = head >> 4 === 15 ? this.#varint() : head >> 4;
    if ((head & 15) !== STRUCT || size > this.#bytes.length) throw new RangeError('This is no list of structs.');
    return Array.from({ length: size }, element);
  }

  skip(type: number, depth = 0): void {
    if (depth > DEPTH_MAX) throw new RangeError('This lies too deep.');
    switch (type) {
      case TRUE:
      case FALSE:
        return;
      case BYTE:
        this.byte();
        return;
      case I16:
      case I32:
      case I64:
        this.#varint();
        return;
      case DOUBLE:
        this.#at += 8;
        return;
      case BINARY: {
        const length = this.#varint();
        this.#at += length;
        return;
      }
      case LIST:
      case SET: {
        const head = this.byte();
        const size = head >> 4 === 15 ? this.#varint() : head >> 4;
        const of = head & 15;
        // Within a list a boolean takes a byte.
        for (let i = 0; i < size; i++)
          if (of === TRUE || of === FALSE) this.byte();
          else this.#skipWithin(of, depth);
        return;
      }
      case MAP: {
        const size = this.#varint();
        if (size === 0) return;
        const kinds = this.byte();
        for (let i = 0; i < size; i++) {
          this.#skipWithin(kinds >> 4, depth);
          this.#skipWithin(kinds & 15, depth);
        }
        return;
      }
      case STRUCT:
        for (let field = 0, inner = 0; ;) {
          [field, inner] = this.fieldHeader(field);
          if (inner === STOP) return;
          this.skip(inner, depth + 1);
        }
      default:
        throw new RangeError('There is no such type.');
    }
  }

  /** An element takes at least a byte, so a false size cannot cost more than the bytes that are there. */
  #skipWithin(type: number, depth: number): void {
    const before = this.#at;
    this.skip(type, depth + 1);
    if (this.#at === before) this.#at++;
    if (this.#at > this.#bytes.length) throw new RangeError('The bytes end here.');
  }
}
