/** DuckDB's types, and the canonical encoding in its SQL. */
import {
  DuckDBTypeId,
  type DuckDBArrayType,
  type DuckDBDecimalType,
  type DuckDBListType,
  type DuckDBMapType,
  type DuckDBStructType,
  type DuckDBType,
} from '@duckdb/node-api';
import type { ColumnType, IntegerName } from '../dataset/column-type.ts';
import { unsupported, type EncodeDialect } from './encode-sql.ts';
import { quoteText } from './sql-name.ts';

const INTEGERS: Readonly<Record<string, IntegerName>> = {
  TINYINT: 'int8',
  SMALLINT: 'int16',
  INTEGER: 'int32',
  BIGINT: 'int64',
  HUGEINT: 'int128',
  UTINYINT: 'uint8',
  USMALLINT: 'uint16',
  UINTEGER: 'uint32',
  UBIGINT: 'uint64',
  UHUGEINT: 'uint128',
};

/** By name, so that this file needs DuckDB only where there is one: the enumeration of its types is code of its own. */
const KIND: Readonly<Record<string, ColumnType>> = {
  BOOLEAN: { kind: 'boolean' },
  FLOAT: { kind: 'float', bits: 32 },
  DOUBLE: { kind: 'float', bits: 64 },
  VARCHAR: { kind: 'text' },
  ENUM: { kind: 'text' },
  BLOB: { kind: 'binary' },
  DATE: { kind: 'date' },
  TIME: { kind: 'time' },
  TIMESTAMP: { kind: 'timestamp', zone: false },
  TIMESTAMP_S: { kind: 'timestamp', zone: false },
  TIMESTAMP_MS: { kind: 'timestamp', zone: false },
  TIMESTAMP_TZ: { kind: 'timestamp', zone: true },
  UUID: { kind: 'uuid' },
};

/** Throws DatasetError that names the column and its type. `ids`: DuckDBTypeId of the loaded library. */
export function columnTypeOf(ids: typeof DuckDBTypeId, type: DuckDBType, column: string): ColumnType {
  const inner = (of: DuckDBType) => columnTypeOf(ids, of, column);
  if (type.alias === 'JSON') return { kind: 'json' };
  const name = ids[type.typeId];
  const integer = INTEGERS[name];
  if (integer !== undefined) return { kind: 'integer', name: integer };
  const simple = KIND[name];
  if (simple !== undefined) return simple;
  switch (name) {
    case 'DECIMAL': {
      const { width, scale } = type as DuckDBDecimalType;
      return { kind: 'decimal', precision: width, scale };
    }
    case 'LIST':
      return { kind: 'list', item: inner((type as DuckDBListType).valueType) };
    case 'ARRAY':
      return { kind: 'list', item: inner((type as DuckDBArrayType).valueType) };
    case 'STRUCT': {
      const { entryNames, entryTypes } = type as DuckDBStructType;
      return { kind: 'struct', fields: entryNames.map((field, i) => ({ name: field, type: inner(entryTypes[i]!) })) };
    }
    case 'MAP': {
      const { keyType, valueType } = type as DuckDBMapType;
      return { kind: 'map', key: inner(keyType), value: inner(valueType) };
    }
    default:
      throw unsupported(column, `of DuckDB's type ${type.toString()}`);
  }
}

const instant = (value: string, type: string, finite: string): string =>
  `case when ${value} = 'infinity'::${type} then 'inf' when ${value} = '-infinity'::${type} then '-inf' else (${finite})::varchar end`;

export function duckDbDialect(): EncodeDialect {
  let names = 0;
  const each = (list: string, cell: (item: string) => string): string => {
    const item = `e${names++}`;
    return `list_transform(${list}, lambda ${item}: ${cell(item)})`;
  };
  return {
    octets: (text) => `strlen(${text})`,
    // A decimal with as many digits behind the point as in all is written without a digit before it.
    decimal: (value, { precision, scale }) =>
      precision === scale
        ? `case when ${value} < 0 then '-0' || substr(${value}::varchar, 2) else '0' || ${value}::varchar end`
        : `${value}::varchar`,
    float: (value) =>
      `case when isnan(${value}) then 'nan' else lower(hex((case when ${value} = 0 then 0::double else ${value}::double end)::bit::blob)) end`,
    hex: (value) => `lower(hex(${value}))`,
    bytes: (value) => `octet_length(${value})`,
    days: (value) => instant(value, 'date', `${value} - date '1970-01-01'`),
    microsOfDay: (value) => `epoch_us(${value})`,
    micros: (value, zone) => {
      const type = zone ? 'timestamptz' : 'timestamp';
      return instant(`${value}::${type}`, type, `epoch_us(${value}::${type})`);
    },
    text: (value) => `${value}::varchar`,
    join: (pieces) => `concat(${pieces.join(', ')})`,
    list: (value, item) => [`len(${value})`, `':'`, `array_to_string(${each(value, item)}, '')`],
    struct: (value, field) => `struct_extract(${value}, ${quoteText(field)})`,
    map: (value, key, item) => [
      `cardinality(${value})`,
      `':'`,
      `array_to_string(list_sort(${each(
        `map_entries(${value})`,
        (entry) => `concat(${key(`${entry}.key`)}, ${item(`${entry}.value`)})`,
      )}), '')`,
    ],
  };
}
