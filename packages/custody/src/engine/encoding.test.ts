/** The canonical encoding is byte for byte the same from Node, DuckDB and PostgreSQL, on every type and on nasty values. */
import { DuckDBInstance, DuckDBTypeId } from '@duckdb/node-api';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOW_TO_GET_POSTGRES, postgresFolder, startPostgres } from '../../../../test/postgres/server.js';
import type { ColumnType } from '../dataset/column-type.ts';
import { encodeCell, type CellValue } from '../dataset/row-encoding.ts';
import { columnTypeOf, duckDbDialect } from './duckdb-dialect.ts';
import { cellSql } from './encode-sql.ts';
import { postgresDialect } from './postgres-dialect.ts';
import { quoteText } from './sql-name.ts';

/** A type, how each engine calls it, and values with the literal that makes them there. Null: the engine has none. */
interface Sample {
  readonly type: ColumnType;
  readonly duckdb: string | null;
  readonly postgres: string | null;
  readonly values: readonly CellValue[];
  readonly literal?: (value: CellValue, engine: 'duckdb' | 'postgres') => string;
}

const seed = { seed: 20_260_101 };
const some = <T>(arbitrary: fc.Arbitrary<T>, numRuns = 60): T[] => fc.sample(arbitrary, { ...seed, numRuns });

const TEXTS = [
  '',
  ' ',
  'a',
  "O'Brien",
  '"quoted"',
  'n;',
  's1:a;',
  'tab\tline\nreturn\r',
  '\ufeffBOM first',
  'BOM last\ufeff',
  'é',
  'e\u0301',
  '\u{1f600}',
  '\u{10ffff}',
  'ﬃ',
  '\u202eabc',
  '\\x00',
  '%s',
  '{1,2}',
  '\u0001\u001f',
  ';',
  ':',
  'null',
  'NULL',
  '0',
  '-0',
];
const wellFormed = fc.string({ unit: 'grapheme', maxLength: 24 }).map((text) => text.replaceAll('\0', ''));
const bytesLiteral = (value: CellValue, engine: 'duckdb' | 'postgres'): string => {
  const hex = Buffer.from(value as Uint8Array).toString('hex');
  return engine === 'duckdb' ? `unhex('${hex}')` : `decode('${hex}', 'hex')`;
};
const DAY = 86_400_000_000n;
/** Years 4713 BC to 9999. */
const days = [
  -719_162,
  -719_528,
  -1,
  0,
  1,
  19_000,
  2_932_896,
  ...some(fc.integer({ min: -2_000_000, max: 2_900_000 })),
];
const micros = [
  -1n,
  0n,
  1n,
  -62_135_596_800_000_001n,
  253_402_300_799_999_999n,
  ...some(fc.bigInt({ min: -60_000_000_000_000_000n, max: 250_000_000_000_000_000n })),
];
const instants = (value: CellValue, cast: string, unit: string): string =>
  typeof value === 'string' ? `'${value}'::${cast}` : unit;
const integer = (
  name: 'int8' | 'int16' | 'int32' | 'int64' | 'int128',
  bits: bigint,
  duckdb: string,
  postgres: string | null,
): Sample => ({
  type: { kind: 'integer', name },
  duckdb,
  postgres,
  values: [
    0n,
    1n,
    -1n,
    (1n << (bits - 1n)) - 1n,
    -(1n << (bits - 1n)) + 1n,
    ...some(fc.bigInt({ min: -(1n << (bits - 1n)) + 1n, max: (1n << (bits - 1n)) - 1n }), 20),
  ],
  literal: (value) => `'${value as bigint}'`,
});
const unsigned = (
  name: 'uint8' | 'uint16' | 'uint32' | 'uint64' | 'uint128',
  bits: bigint,
  duckdb: string,
): Sample => ({
  type: { kind: 'integer', name },
  duckdb,
  postgres: null,
  values: [0n, 1n, (1n << bits) - 1n],
  literal: (value) => `'${value as bigint}'`,
});
const decimals = (precision: number, scale: number, texts: readonly string[]): Sample => ({
  type: { kind: 'decimal', precision, scale },
  duckdb: `decimal(${precision},${scale})`,
  postgres: `numeric(${precision},${scale})`,
  values: texts,
  literal: (value) => `'${value as string}'`,
});
const float = (bits: 32 | 64, duckdb: string, postgres: string): Sample => ({
  type: { kind: 'float', bits },
  duckdb,
  postgres,
  values: [
    0,
    -0,
    1,
    -1,
    0.1,
    NaN,
    Infinity,
    -Infinity,
    ...(bits === 64 ? [5e-324, 1.7976931348623157e308] : [1.401298464324817e-45, 3.4028234663852886e38]),
    ...some(bits === 64 ? fc.double() : fc.float()),
  ],
  literal: (value) => `'${Object.is(value, -0) ? '-0' : String(value)}'`,
});
const listOf = (item: Sample, values: readonly (readonly CellValue[])[]): Sample => ({
  type: { kind: 'list', item: item.type },
  duckdb: `${item.duckdb}[]`,
  postgres: `${item.postgres}[]`,
  values,
  literal: (value, engine) => {
    const type = engine === 'duckdb' ? item.duckdb! : item.postgres!;
    const items = (value as readonly CellValue[]).map((one) => literalOf(item, one, engine)).join(', ');
    return engine === 'duckdb' ? `[${items}]::${type}[]` : `array[${items}]::${type}[]`;
  },
});

const text: Sample = {
  type: { kind: 'text' },
  duckdb: 'varchar',
  postgres: 'text',
  values: [...TEXTS, ...some(wellFormed)],
};
const int32 = integer('int32', 32n, 'integer', 'int4');
const SAMPLES: readonly Sample[] = [
  { type: { kind: 'boolean' }, duckdb: 'boolean', postgres: 'bool', values: [true, false], literal: String },
  integer('int8', 8n, 'tinyint', null),
  integer('int16', 16n, 'smallint', 'int2'),
  int32,
  integer('int64', 64n, 'bigint', 'int8'),
  integer('int128', 128n, 'hugeint', null),
  unsigned('uint8', 8n, 'utinyint'),
  unsigned('uint16', 16n, 'usmallint'),
  unsigned('uint32', 32n, 'uinteger'),
  unsigned('uint64', 64n, 'ubigint'),
  unsigned('uint128', 128n, 'uhugeint'),
  decimals(10, 2, ['0', '-0', '0.00', '-0.01', '1.5', '99999999.99', '-99999999.99', '0.1', '7']),
  decimals(2, 2, ['0', '0.05', '-0.05', '0.99', '-0.10']),
  decimals(38, 0, ['0', '99999999999999999999999999999999999999', '-1']),
  decimals(38, 37, ['0', '1.0000000000000000000000000000000000001', '-0.0000000000000000000000000000000000001']),
  float(64, 'double', 'float8'),
  float(32, 'float', 'float4'),
  text,
  {
    type: { kind: 'text' },
    duckdb: `enum('low', 'high', 'very; high')`,
    postgres: 'level',
    values: ['low', 'high', 'very; high'],
  },
  { ...text, duckdb: null, postgres: 'varchar(200)' },
  {
    type: { kind: 'binary' },
    duckdb: 'blob',
    postgres: 'bytea',
    values: [
      new Uint8Array(),
      Uint8Array.of(0),
      Uint8Array.of(0, 255, 59),
      ...some(fc.uint8Array({ maxLength: 20 }), 20),
    ],
    literal: bytesLiteral,
  },
  {
    type: { kind: 'date' },
    duckdb: 'date',
    postgres: 'date',
    values: [...days, 'infinity', '-infinity'],
    literal: (value, engine) =>
      instants(
        value,
        'date',
        engine === 'duckdb'
          ? `(date '1970-01-01' + (${String(value)})::integer)`
          : `(date '1970-01-01' + (${String(value)}))`,
      ),
  },
  {
    type: { kind: 'time' },
    duckdb: 'time',
    postgres: 'time',
    values: [0n, 1n, DAY - 1n, 3_723_500_000n, ...some(fc.bigInt({ min: 0n, max: DAY - 1n }), 20)],
    literal: (value) => `(time '00:00:00' + interval '${value as bigint} microseconds')`,
  },
  ...([false, true] as const).map((zone): Sample => ({
    type: { kind: 'timestamp', zone },
    duckdb: zone ? 'timestamptz' : 'timestamp',
    postgres: zone ? 'timestamptz' : 'timestamp',
    values: [...micros, 'infinity', '-infinity'],
    literal: (value, engine) => {
      const cast = zone ? 'timestamptz' : 'timestamp';
      if (typeof value === 'string') return `'${value}'::${cast}`;
      const at = value as bigint;
      const epoch = zone ? `timestamptz '1970-01-01 00:00:00+00'` : `timestamp '1970-01-01'`;
      if (engine === 'duckdb') return zone ? `make_timestamptz(${at})` : `make_timestamp(${at})`;
      return `(${epoch} + interval '${at / 3_600_000_000n} hours' + interval '${at % 3_600_000_000n} microseconds')`;
    },
  })),
  {
    type: { kind: 'uuid' },
    duckdb: 'uuid',
    postgres: 'uuid',
    values: ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', ...some(fc.uuid(), 10)],
  },
  { type: { kind: 'json' }, duckdb: 'json', postgres: 'json', values: ['null', '{"a": 1.00,  "é": []}', '"x"', '-0'] },
  listOf(int32, [[], [1], [null], [1, null, 2], Array.from({ length: 70 }, (_, i) => i)]),
  listOf(text, [[], [''], [null, '', 'a;b'], ['\ufeff', "it's"], some(wellFormed, 10)]),
  {
    type: { kind: 'list', item: { kind: 'list', item: int32.type } },
    duckdb: 'integer[][]',
    postgres: null,
    values: [[], [[]], [[1], null, [null, 2]]],
    literal: (value) => JSON.stringify(value).replaceAll('null', 'null'),
  },
  {
    type: {
      kind: 'struct',
      fields: [
        { name: 'a', type: int32.type },
        { name: "b'c", type: text.type },
      ],
    },
    duckdb: `struct(a integer, "b'c" varchar)`,
    postgres: null,
    values: [
      { a: 1, "b'c": 'x' },
      { a: null, "b'c": null },
      { a: -1, "b'c": 'o2:' },
    ],
    literal: (value) => {
      const { a, "b'c": b } = value as Record<string, CellValue>;
      return `row(${a === null ? 'null' : String(a)}, ${b === null ? 'null' : quoteText(b as string)})`;
    },
  },
  {
    type: { kind: 'map', key: text.type, value: int32.type },
    duckdb: 'map(varchar, integer)',
    postgres: null,
    values: [
      [],
      [
        ['b', 1],
        ['a', null],
      ],
      [
        ['\u{1f600}', 1],
        ['\uffee', 2],
      ],
    ] as unknown as CellValue[],
    literal: (value) => {
      const pairs = value as unknown as readonly (readonly [string, number | null])[];
      return `map([${pairs.map(([key]) => quoteText(key)).join(', ')}]::varchar[], [${pairs.map(([, item]) => String(item)).join(', ')}]::integer[])`;
    },
  },
];

function literalOf(sample: Sample, value: CellValue, engine: 'duckdb' | 'postgres'): string {
  if (value === null) return 'null';
  return sample.literal?.(value, engine) ?? quoteText(value as string);
}

const named = (sample: Sample): string => `${sample.duckdb ?? sample.postgres}`;
const withNull = (sample: Sample): readonly CellValue[] => [null, ...sample.values];

describe('DuckDB', () => {
  test.each(SAMPLES.filter(({ duckdb }) => duckdb !== null).map((sample) => [named(sample), sample] as const))(
    'encodes %s as Node does',
    async (_, sample) => {
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      await connection.run(`set timezone = 'America/St_Johns'`);
      await connection.run(`create table t (n integer, v ${sample.duckdb})`);
      const values = withNull(sample);
      await connection.run(
        `insert into t values ${values.map((value, i) => `(${i}, ${literalOf(sample, value, 'duckdb')})`).join(', ')}`,
      );
      const described = await connection.run('select v from t limit 0');
      expect(columnTypeOf(DuckDBTypeId, described.columnType(0), 'v')).toEqual(sample.type);
      const result = await connection.runAndReadAll(
        `select ${cellSql(duckDbDialect(), 'v', sample.type)} from t order by n`,
      );
      expect(result.getRows().map(([cell]) => cell)).toEqual(values.map((value) => encodeCell(sample.type, value)));
    },
  );

  test('keeps NUL bytes in texts', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const result = await connection.runAndReadAll(
      `select sha256(${cellSql(duckDbDialect(), `('a' || chr(0) || 'b')`, { kind: 'text' })}) = sha256('s3:a' || chr(0) || 'b;')`,
    );
    expect(result.getRows()).toEqual([[true]]);
    expect(encodeCell({ kind: 'text' }, 'a\0b')).toBe('s3:a\0b;');
  });
});

describe.skipIf(postgresFolder() === null)(`PostgreSQL (${HOW_TO_GET_POSTGRES})`, () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  let client: pg.Client;
  beforeAll(async () => {
    server = await startPostgres();
    client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await client.query(`create type level as enum ('low', 'high', 'very; high')`);
    await client.query(`set timezone = 'America/St_Johns'`);
  }, 60_000);
  afterAll(async () => {
    await client?.end();
    server?.stop();
  });

  test.each(SAMPLES.filter(({ postgres }) => postgres !== null).map((sample) => [sample.postgres!, sample] as const))(
    'encodes %s as Node does',
    async (type, sample) => {
      await client.query('drop table if exists t');
      await client.query(`create table t (n integer, v ${type})`);
      const values = withNull(sample);
      await client.query(
        `insert into t values ${values.map((value, i) => `(${i}, ${literalOf(sample, value, 'postgres')})`).join(', ')}`,
      );
      const { rows } = await client.query<{ cell: string }>(
        `select ${cellSql(postgresDialect(), 'v', sample.type)} as cell from t order by n`,
      );
      expect(rows.map(({ cell }) => cell)).toEqual(values.map((value) => encodeCell(sample.type, value)));
    },
  );
});
