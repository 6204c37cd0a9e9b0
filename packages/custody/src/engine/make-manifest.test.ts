/** Manifests of real files and tables: any change of a cell, type, name, number or (by choice) order of rows changes them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOW_TO_GET_POSTGRES, postgresFolder, startPostgres } from '../../../../test/postgres/server.js';
import type { Column } from '../dataset/column-type.ts';
import { parseManifest, manifestText, tableDigestOf } from '../dataset/manifest.ts';
import { schemaDigest, tableDigest, type RowOrder } from '../dataset/row-digest.ts';
import { encodeRow, rowDigest, type CellValue } from '../dataset/row-encoding.ts';
import { RowTable } from '../dataset/row-table.ts';
import { openDuckDb } from './duckdb.ts';
import type { Relation } from './engine.ts';
import { makeManifest } from './make-manifest.ts';
import { openPostgres } from './postgres.ts';

const KEY = Buffer.alloc(32, 7);
const folder = mkdtempSync(join(tmpdir(), 'custody-manifest-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

async function made(relation: Relation, order: RowOrder = 'any', subject: string | null = null) {
  try {
    return await makeManifest(relation, {
      name: 'reviews',
      files: [],
      order,
      subjects: subject === null ? null : { kind: 'user', columns: [subject], key: KEY },
    });
  } finally {
    await relation.close();
  }
}
const csv = (text: string, identifying: readonly string[] = []) =>
  openDuckDb({ format: 'csv', files: [file('t.csv', text)] }, { identifying });
const digestOf = async (text: string, order: RowOrder = 'any') =>
  tableDigestOf((await made(await csv(text), order)).manifest);

/** The digest by its definition, in this process. */
function byDefinition(columns: readonly Column[], rows: readonly (readonly CellValue[])[], order: RowOrder): string {
  const table = new RowTable();
  for (const row of rows) table.add(Buffer.from(rowDigest(encodeRow(columns, row)), 'hex'), null);
  return tableDigest(columns, order, table);
}

describe('a CSV file', () => {
  const columns = ['id', 'name', 'note'].map((name): Column => ({ name, type: { kind: 'text' } }));
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.replaceAll('\0', '')),
    fc.constantFrom('', ' ', '"', ',', '\n', '\r\n', 'NULL', '\ufeff', '0', '00', '1.0'),
  );
  const tables = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });
  const write = (rows: readonly (readonly string[])[]) =>
    [['id', 'name', 'note'], ...rows]
      .map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','))
      .join('\n') + '\n';

  test('has the digest of its definition, in both orders', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (rows) => {
        for (const order of ['any', 'kept'] as const)
          expect(await digestOf(write(rows), order)).toBe(byDefinition(columns, rows, order));
      }),
      { numRuns: 25 },
    );
  });

  test('changes with any cell, any two rows (kept order only), any row more or less, any name', async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.nat(), fc.nat(2), cell, async (rows, pick, column, value) => {
        const base = byDefinition(columns, rows, 'any');
        const at = pick % rows.length;
        const changed = rows.map((row, i) => (i === at ? row.map((text, j) => (j === column ? value : text)) : row));
        if (value !== rows[at]![column]) expect(byDefinition(columns, changed, 'any')).not.toBe(base);
        expect(byDefinition(columns, [...rows, rows[at]!], 'any')).not.toBe(base);
        expect(byDefinition(columns, rows.toSpliced(at, 1), 'any')).not.toBe(base);
        const turned = [...rows.slice(1), rows[0]!];
        expect(byDefinition(columns, turned, 'any')).toBe(base);
        const isSame = JSON.stringify(turned) === JSON.stringify(rows);
        expect(byDefinition(columns, turned, 'kept') === byDefinition(columns, rows, 'kept')).toBe(isSame);
        const renamed = columns.map((one, i) => (i === column ? { ...one, name: `${one.name}2` } : one));
        expect(byDefinition(renamed, rows, 'any')).not.toBe(base);
      }),
    );
  });

  test('two cells that change places are two other cells', async () => {
    expect(await digestOf('a,b\n1,2\n')).not.toBe(await digestOf('a,b\n2,1\n'));
    expect(await digestOf('a,b\n12,\n')).not.toBe(await digestOf('a,b\n1,2\n'));
  });

  test('names its people without naming them', async () => {
    const relation = await csv('user,text\nann,one\nbob,two\nann,three\n,four\n', ['user']);
    const { manifest } = await made(relation, 'any', 'user');
    expect(manifest.predicate.subjects).toMatchObject({ kind: 'user', count: 2, rowsOfNobody: 1, columns: ['user'] });
    expect(manifestText(manifest)).not.toMatch(/ann|bob/);
    expect(parseManifest(manifestText(manifest))).toEqual(manifest);
  });

  test('a broken one is refused without its values', async () => {
    await expect(csv('a,b\n1,2\nsecret@example.com\n3,4,5,6\n')).rejects.toThrow(
      expect.objectContaining({ code: 'dataset.source', message: expect.not.stringContaining('secret') }),
    );
  });

  test('two columns of one name, or a column that is not there, are refused by name', async () => {
    const relation = await csv('a,b\n1,2\n');
    await expect(
      makeManifest(relation, { name: 'n', files: [], order: 'any', subjects: { kind: 'k', columns: ['c'], key: KEY } }),
    ).rejects.toThrow('There is no column c.');
    await relation.close();
  });
});

describe('other files', () => {
  test('JSON lines: a name that is missing is not null, and numbers are values', async () => {
    const lines = (text: string) =>
      openDuckDb({ format: 'jsonl', files: [file('t.jsonl', text)] }, { identifying: [] });
    const digest = async (text: string) => tableDigestOf((await made(await lines(text))).manifest);
    const base = await digest('{"a":1,"b":"x"}\n{"a":2,"b":null}\n');
    expect(await digest('{"b":"x","a":1}\n{"b":null,"a":2}\n')).toBe(base);
    expect(await digest('{"a":1,"b":"x"}\n{"a":2}\n')).not.toBe(base);
    expect(await digest('{"a":"1","b":"x"}\n{"a":2,"b":null}\n')).not.toBe(base);
  });

  test('Parquet and a DuckDB table of the same rows have one digest', async () => {
    const database = join(folder, 'd.duckdb');
    const parquet = join(folder, 't.parquet');
    const instance = await DuckDBInstance.create(database);
    const connection = await instance.connect();
    await connection.run(
      `create table t as select i as id, 'n' || i as name, i * 0.5 as half, date '2020-01-01' + i::integer as day from range(5000) r(i)`,
    );
    await connection.run(`copy t to '${parquet}'`);
    connection.closeSync();
    instance.closeSync();
    const [file, table] = [
      await made(await openDuckDb({ format: 'parquet', files: [parquet] }, { identifying: ['id'] }), 'any', 'id'),
      await made(
        await openDuckDb({ format: 'duckdb', file: database, table: 't' }, { identifying: ['id'] }),
        'any',
        'id',
      ),
    ];
    expect(tableDigestOf(file!.manifest)).toBe(tableDigestOf(table!.manifest));
    expect(file!.manifest.predicate.subjects).toEqual(table!.manifest.predicate.subjects);
    expect(file!.manifest.predicate).toMatchObject({ rows: 5000, subjects: { count: 5000, rowsOfNobody: 0 } });
    const half = file!.manifest.predicate.statistics.find(({ name }) => name === 'half');
    expect(half).toMatchObject({ measure: 'value', min: 0, max: 2499.5, nulls: 0 });
    expect(half!.quantiles).toHaveLength(33);
  });
});

describe.skipIf(postgresFolder() === null)(`PostgreSQL (${HOW_TO_GET_POSTGRES})`, () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  let client: pg.Client;
  beforeAll(async () => {
    server = await startPostgres();
    client = new pg.Client({ connectionString: server.url });
    await client.connect();
  }, 60_000);
  afterAll(async () => {
    await client?.end();
    server?.stop();
  });

  test('a table of PostgreSQL and the same rows in Parquet have one digest and one subject root', async () => {
    const columns =
      'id bigint, name text, half double precision, day date, amount numeric(12,2), seen timestamptz, tags text[]';
    const rows = (series: string, tags: string, at: string) =>
      `select i, 'n' || i % 700, i * 0.5e0, date '2020-01-01' + (i % 900)::integer, (i / 8.0)::numeric(12,2), ${at}, ${tags} from ${series}`;
    await client.query('create domain amounts as numeric(12,2)');
    await client.query(`create table t (${columns.replace('numeric(12,2)', 'amounts')})`);
    await client.query(
      `insert into t ${rows('generate_series(0, 2999) s(i)', `array['a', null, i::text]`, `timestamptz '2020-01-01 00:00:00+00' + i * interval '1 second'`)}`,
    );
    const parquet = join(folder, 'pg.parquet');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(`create table t (${columns.replace('text[]', 'varchar[]')})`);
    await connection.run(
      `insert into t ${rows('range(3000) s(i)', `['a', null, i::varchar]`, `make_timestamptz(1577836800000000 + i * 1000000)`)}`,
    );
    await connection.run(`copy t to '${parquet}'`);
    const ours = await made(await openPostgres(server.url, 'public.t', { identifying: ['name'] }), 'any', 'name');
    const files = await made(
      await openDuckDb({ format: 'parquet', files: [parquet] }, { identifying: ['name'] }),
      'any',
      'name',
    );
    expect(tableDigestOf(ours.manifest)).toBe(tableDigestOf(files.manifest));
    expect(ours.manifest.predicate.subjects).toEqual(files.manifest.predicate.subjects);
    expect(ours.manifest.predicate.subjects!.count).toBe(700);
  });

  test('what has no encoding is refused by name', async () => {
    await client.query('create table odd (good integer, bad interval)');
    await expect(openPostgres(server.url, 'odd', { identifying: [] })).rejects.toThrow(
      "Column bad is of PostgreSQL's type interval",
    );
    await client.query('create table deep (grid integer[])');
    await client.query(`insert into deep values ('{{1,2},{3,4}}')`);
    await expect(made(await openPostgres(server.url, 'deep', { identifying: [] }))).rejects.toThrow(
      'more than one dimension',
    );
    await expect(made(await openPostgres(server.url, 'deep', { identifying: [] }), 'kept')).rejects.toThrow('no order');
    await expect(openPostgres(server.url, 'none', { identifying: [] })).rejects.toThrow('There is no table none.');
  });
});

test('the schema is its names and types in order', () => {
  const column = (name: string, type: Column['type']): Column => ({ name, type });
  const base = [column('a', { kind: 'text' }), column('b', { kind: 'decimal', precision: 9, scale: 2 })];
  expect(schemaDigest(base.toReversed())).not.toBe(schemaDigest(base));
  expect(schemaDigest([base[0]!, column('b', { kind: 'decimal', precision: 9, scale: 3 })])).not.toBe(
    schemaDigest(base),
  );
});
