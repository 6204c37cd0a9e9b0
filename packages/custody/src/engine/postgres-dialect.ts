/** PostgreSQL's types, and the canonical encoding in its SQL (14 and later). */
import type { ColumnType } from '../dataset/column-type.ts';
import { unsupported, type EncodeDialect } from './encode-sql.ts';

/** A column as the catalog has it, domains followed to what they are made of. */
export interface PostgresColumn {
  readonly name: string;
  /** pg_type.typname. */
  readonly type: string;
  /** pg_type.typtype: b, e (enumeration), c (composite) and others. */
  readonly kind: string;
  /** typname and typtype of an array's items; null for what is no array. */
  readonly item: string | null;
  readonly itemKind: string | null;
  /** pg_attribute.atttypmod, or the domain's; -1 where there is none. */
  readonly modifier: number;
}

const SIMPLE: Readonly<Record<string, ColumnType>> = {
  bool: { kind: 'boolean' },
  int2: { kind: 'integer', name: 'int16' },
  int4: { kind: 'integer', name: 'int32' },
  int8: { kind: 'integer', name: 'int64' },
  float4: { kind: 'float', bits: 32 },
  float8: { kind: 'float', bits: 64 },
  text: { kind: 'text' },
  varchar: { kind: 'text' },
  bpchar: { kind: 'text' },
  name: { kind: 'text' },
  citext: { kind: 'text' },
  bytea: { kind: 'binary' },
  date: { kind: 'date' },
  time: { kind: 'time' },
  timestamp: { kind: 'timestamp', zone: false },
  timestamptz: { kind: 'timestamp', zone: true },
  uuid: { kind: 'uuid' },
  json: { kind: 'json' },
  jsonb: { kind: 'json' },
};

/** Throws DatasetError that names the column and its type. */
export function postgresTypeOf(column: PostgresColumn): ColumnType {
  if (column.item !== null)
    return {
      kind: 'list',
      item: postgresTypeOf({ ...column, type: column.item, kind: column.itemKind ?? 'b', item: null }),
    };
  if (column.kind === 'e') return { kind: 'text' };
  if (column.type === 'numeric') {
    // Precision in the upper, scale in the lower 11 bits (numeric.c, make_numeric_typmod).
    const precision = ((column.modifier - 4) >> 16) & 0xffff;
    const scale = (column.modifier - 4) & 0x7ff;
    if (column.modifier < 4 || scale > 1_000) throw unsupported(column.name, 'numeric without digits declared');
    return { kind: 'decimal', precision, scale };
  }
  const type = SIMPLE[column.type];
  if (type === undefined) throw unsupported(column.name, `of PostgreSQL's type ${column.type}`);
  return type;
}

const instant = (value: string, finite: string): string =>
  `case when isfinite(${value}) then (${finite})::text when ${value} = 'infinity' then 'inf' when ${value} = '-infinity' then '-inf' end`;
const micros = (value: string): string => `(extract(epoch from ${value}) * 1000000)::bigint`;

export function postgresDialect(): EncodeDialect {
  let names = 0;
  return {
    octets: (text) => `octet_length(${text})`,
    decimal: (value) => `lower(${value}::text)`,
    float: (value, bits) => {
      const wide = bits === 32 ? `${value}::float8` : value;
      return `case when ${value} = 'NaN' then 'nan' else encode(float8send(case when ${value} = 0 then 0 else ${wide} end), 'hex') end`;
    },
    hex: (value) => `encode(${value}, 'hex')`,
    bytes: (value) => `octet_length(${value})`,
    days: (value) => instant(value, `${value} - date '1970-01-01'`),
    microsOfDay: (value) => `${micros(value)}::text`,
    micros: (value) => instant(value, micros(value)),
    text: (value) => `${value}::text`,
    join: (pieces) => pieces.map((piece) => `(${piece})`).join(' || '),
    list: (value, item) => {
      const entry = `e${names++}`;
      // An array of arrays has no type of its own here, so that it can only be refused row by row: this is no integer.
      const flat = `(case when array_ndims(${value}) > 1 then 'dimensions' else '0' end)::int`;
      return [
        `(cardinality(${value}) + ${flat})`,
        `':'`,
        `(select coalesce(string_agg(${item(`${entry}.v`)}, '' order by ${entry}.i), '') from unnest(${value}) with ordinality as ${entry}(v, i))`,
      ];
    },
    struct: null,
    map: null,
  };
}
