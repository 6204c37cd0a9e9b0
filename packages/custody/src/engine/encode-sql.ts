/** The canonical encoding of `dataset/row-encoding.ts` written in SQL, for each engine by its own words. */
import type { Column, ColumnType } from '../dataset/column-type.ts';
import { DatasetError } from '../dataset/dataset-error.ts';

/** What the engines do not share: each gives text (without the tag and the closing semicolon) for an expression. */
export interface EncodeDialect {
  /** Octets of a text. */
  octets(text: string): string;
  decimal(value: string, type: ColumnType & { kind: 'decimal' }): string;
  /** 16 hexadecimal digits or `nan`; the value is not null. */
  float(value: string, bits: 32 | 64): string;
  hex(value: string): string;
  bytes(value: string): string;
  days(value: string): string;
  microsOfDay(value: string): string;
  micros(value: string, zone: boolean): string;
  text(value: string): string;
  /** One text of several, none of which is null. */
  join(pieces: readonly string[]): string;
  /** Number of items, colon and items of a list; `item` is for the cell of one. */
  list(value: string, item: (value: string) => string): readonly string[];
  /** A field of a struct. Null where the engine has no structs. */
  readonly struct: ((value: string, field: string) => string) | null;
  /** Number of entries, colon and entries of a map in order of their bytes. Null where the engine has no maps. */
  readonly map:
    ((value: string, key: (value: string) => string, item: (value: string) => string) => readonly string[]) | null;
}

/** An expression that gives the encoding of a whole row. Columns are given as expressions. */
export function rowSql(
  dialect: EncodeDialect,
  columns: readonly (Column & { sql: string; isNullable: boolean })[],
): string {
  if (columns.length === 0) return `''`;
  return dialect.join(
    columns.flatMap(({ sql, type, isNullable }) =>
      isNullable ? [cellSql(dialect, sql, type)] : piecesOf(dialect, sql, type),
    ),
  );
}

/** An expression that is never null. */
export const cellSql = (dialect: EncodeDialect, value: string, type: ColumnType): string =>
  `case when ${value} is null then 'n;' else ${dialect.join(piecesOf(dialect, value, type))} end`;

/** The parts of a cell whose value is not null. */
function piecesOf(dialect: EncodeDialect, value: string, type: ColumnType): string[] {
  const sized = (tag: string) => {
    const text = dialect.text(value);
    return [`'${tag}'`, dialect.octets(text), `':'`, text, `';'`];
  };
  const cell = (tag: string, text: string) => [`'${tag}'`, text, `';'`];
  switch (type.kind) {
    case 'boolean':
      return [`case when ${value} then 'b1;' else 'b0;' end`];
    case 'integer':
      return cell('i', dialect.text(value));
    case 'decimal':
      return cell('d', dialect.decimal(value, type));
    case 'float':
      return cell('f', dialect.float(value, type.bits));
    case 'text':
      return sized('s');
    case 'json':
      return sized('j');
    case 'binary':
      return [`'x'`, dialect.bytes(value), `':'`, dialect.hex(value), `';'`];
    case 'date':
      return cell('D', dialect.days(value));
    case 'time':
      return cell('C', dialect.microsOfDay(value));
    case 'timestamp':
      return cell(type.zone ? 'Z' : 'T', dialect.micros(value, type.zone));
    case 'uuid':
      return cell('u', dialect.text(value));
    case 'list':
      return [`'a'`, ...dialect.list(value, (item) => cellSql(dialect, item, type.item)), `';'`];
    case 'struct':
      if (dialect.struct === null) throw unsupported(value, 'a struct');
      return [
        `'o${type.fields.length}:'`,
        ...type.fields.map(({ name, type: of }) => cellSql(dialect, dialect.struct!(value, name), of)),
        `';'`,
      ];
    case 'map': {
      if (dialect.map === null) throw unsupported(value, 'a map');
      const key = (of: string) => cellSql(dialect, of, type.key);
      const item = (of: string) => cellSql(dialect, of, type.value);
      return [`'m'`, ...dialect.map(value, key, item), `';'`];
    }
  }
}

/** A column whose type has no canonical encoding. */
export const unsupported = (column: string, type: string): DatasetError =>
  new DatasetError(
    'dataset.type',
    `Column ${column} is ${type}, for which there is no canonical encoding.`,
    'Leave it out, or cast it to text in a view.',
  );
