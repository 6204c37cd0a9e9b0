/**
 * The canonical encoding of a row, version `custody-row/1`: text that is the same from every engine, and different for
 * different rows. `docs/manifest.md` has it as a table with vectors; the engines write the same text in SQL.
 */
import { hash } from 'node:crypto';
import { DatasetError } from './dataset-error.ts';
import { typeText, type Column, type ColumnType } from './column-type.ts';

export const ROW_ENCODING = 'custody-row/1';
export const NULL_CELL = 'n;';
const NESTING_MAX = 32;

/**
 * A value as its type has it in JavaScript: boolean; number or bigint for integers; text of the decimal; number for floats;
 * string; Uint8Array; days since 1970-01-01 for dates; microseconds for times and timestamps (UTC where there is a zone),
 * `'infinity'` and `'-infinity'` where the engine has them; text of a UUID; text of JSON; arrays; objects for structs; a
 * list of pairs for maps; null.
 */
export type CellValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly CellValue[]
  | { readonly [field: string]: CellValue };

/** Throws DatasetError where the value is none of its type. */
export function encodeCell(type: ColumnType, value: CellValue, depth = 0): string {
  if (value === null || value === undefined) return NULL_CELL;
  if (depth > NESTING_MAX) throw wrong(type, `it is nested deeper than ${NESTING_MAX}`);
  switch (type.kind) {
    case 'boolean':
      if (typeof value !== 'boolean') throw wrong(type, 'it is no boolean');
      return value ? 'b1;' : 'b0;';
    case 'integer':
      if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) throw wrong(type, 'it is no exact integer');
      return `i${BigInt(value as number | bigint)};`;
    case 'decimal':
      return `d${decimalText(type, value)};`;
    case 'float':
      if (typeof value !== 'number') throw wrong(type, 'it is no number');
      return `f${floatText(type.bits === 32 ? Math.fround(value) : value)};`;
    case 'text':
      return sized('s', type, value);
    case 'json':
      return sized('j', type, value);
    case 'binary':
      if (!(value instanceof Uint8Array)) throw wrong(type, 'it is no byte array');
      return `x${value.length}:${Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex')};`;
    case 'date':
      return `D${instantText(type, value)};`;
    case 'time':
      return `C${instantText(type, value)};`;
    case 'timestamp':
      return `${type.zone ? 'Z' : 'T'}${instantText(type, value)};`;
    case 'uuid':
      if (typeof value !== 'string' || !UUID.test(value)) throw wrong(type, 'it is no UUID');
      return `u${value.toLowerCase()};`;
    case 'list': {
      if (!Array.isArray(value)) throw wrong(type, 'it is no list');
      return `a${value.length}:${value.map((item) => encodeCell(type.item, item, depth + 1)).join('')};`;
    }
    case 'struct': {
      if (typeof value !== 'object' || Array.isArray(value)) throw wrong(type, 'it is no struct');
      const fields = value as { readonly [field: string]: CellValue };
      const cells = type.fields.map(({ name, type: of }) => encodeCell(of, fields[name] ?? null, depth + 1));
      return `o${type.fields.length}:${cells.join('')};`;
    }
    case 'map': {
      if (!Array.isArray(value)) throw wrong(type, 'it is no list of pairs');
      const pairs = (value as readonly (readonly [CellValue, CellValue])[]).map(
        ([key, item]) => encodeCell(type.key, key, depth + 1) + encodeCell(type.value, item, depth + 1),
      );
      // By bytes, as the engines sort: the order in which a map was written says nothing.
      pairs.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      return `m${pairs.length}:${pairs.join('')};`;
    }
  }
}

/** Cells in the order of the columns, one after the other: each ends by itself. */
export function encodeRow(columns: readonly Column[], values: readonly CellValue[]): string {
  if (values.length !== columns.length) {
    throw new DatasetError(
      'dataset.value',
      `A row has ${values.length} values, and there are ${columns.length} columns.`,
      'Give null for what is not there.',
    );
  }
  let row = '';
  for (let i = 0; i < columns.length; i++) row += encodeCell(columns[i]!.type, values[i]!);
  return row;
}

/** SHA-256 of an encoded row's UTF-8, as hexadecimal digits. */
export const rowDigest = (row: string): string => hash('sha256', row, 'hex');

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function sized(tag: 's' | 'j', type: ColumnType, value: CellValue): string {
  if (typeof value !== 'string') throw wrong(type, 'it is no text');
  // No engine can hold half of a surrogate pair: its UTF-8 would be that of another text.
  if (!(value as unknown as { isWellFormed(): boolean }).isWellFormed()) throw wrong(type, 'it holds a lone surrogate');
  return `${tag}${Buffer.byteLength(value)}:${value};`;
}

/** IEEE 754 binary64, big-endian; -0 is 0, and there is one NaN. */
function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  FLOAT.setFloat64(0, value === 0 ? 0 : value);
  return FLOAT.getBigUint64(0).toString(16).padStart(16, '0');
}
const FLOAT = new DataView(new ArrayBuffer(8));

/** With exactly as many digits behind the point as the type says; zero has no sign. */
function decimalText(type: ColumnType & { kind: 'decimal' }, value: CellValue): string {
  const text = String(value);
  if (/^(?:nan|-?infinity)$/i.test(text)) return text.toLowerCase().replace('infinity', 'inf');
  const match = /^([+-]?)0*(\d+)(?:\.(\d*))?$/.exec(text);
  if (!match || typeof value === 'number') throw wrong(type, 'it is no text of a decimal');
  const [, sign, whole, written = ''] = match;
  if (/[1-9]/.test(written.slice(type.scale)))
    throw wrong(type, `it has more than ${type.scale} digits behind the point`);
  const fraction = written.slice(0, type.scale).padEnd(type.scale, '0');
  const isZero = !/[1-9]/.test(whole! + fraction);
  return `${sign === '-' && !isZero ? '-' : ''}${whole}${type.scale > 0 ? `.${fraction}` : ''}`;
}

function instantText(type: ColumnType, value: CellValue): string {
  if (value === 'infinity') return 'inf';
  if (value === '-infinity') return '-inf';
  if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) throw wrong(type, 'it is no whole number of its unit');
  return `${BigInt(value as number | bigint)}`;
}

/** The value itself is not in the message: it may be a person's. */
const wrong = (type: ColumnType, why: string): DatasetError =>
  new DatasetError(
    'dataset.value',
    `A value of type ${typeText(type)} has no encoding: ${why}.`,
    'Mend it or cast it.',
  );
