/** `custody lineage import` of data files, which DuckDB writes here: columns as DuckDB reads them again, and no values. */
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parquetFooterBytes, readParquetFooter } from '../packages/custody/src/producers/import/parquet.ts';

const CLI = fileURLToPath(new URL('../packages/custody/bin/custody.js', import.meta.url));
const folder = mkdtempSync(`${tmpdir()}/custody-data-`);
let instance: DuckDBInstance;
let connection: DuckDBConnection;

const QUERY = `select range::int as id, 2::bigint as big, 'Bob Secret' as name, date '1990-01-01' as born,
  timestamp '1990-01-01 00:00:00' as at, 1.5::decimal(10,2) as amount, true as ok, [1::smallint] as list,
  {'a': 1, 'b': 'c'} as st, map {'k': 1::bigint} as m, 3.5::double as f, uuid() as u, 1::utinyint as small,
  'x'::blob as raw, [{'p': 1}] as people, 1::float as single, time '10:00:00' as clock from range(3000)`;

interface Dataset {
  readonly namespace: string;
  readonly name: string;
  readonly facets: {
    readonly schema?: { readonly fields: readonly { readonly name: string; readonly type: string }[] };
    readonly dataQualityMetrics?: { readonly rowCount: number };
    readonly columnLineage?: {
      readonly fields: Readonly<
        Record<string, { readonly inputFields: readonly { readonly name: string; readonly field: string }[] }>
      >;
    };
  };
}

const dry = (...paths: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [CLI, 'lineage', 'import', ...paths, '--dry-run', '--json', '--data', join(folder, 'none')],
    { encoding: 'utf8', cwd: folder },
  );
  const events = stdout
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { dataset?: Dataset; outputs?: Dataset[] });
  return { status, stdout, stderr, events };
};

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
  await connection.run(`copy (${QUERY}) to '${folder}/a.parquet'`);
  await connection.run(`copy (select 1 as x where false) to '${folder}/empty.parquet'`);
  await connection.run(
    `copy (select range as id, 'Bob Secret' as name, 1.5 as amount from range(50000)) to '${folder}/b.csv' (header)`,
  );
  await connection.run(
    `copy (select range as id, 'Bob Secret' as name from range(10)) to '${folder}/c.jsonl' (format json)`,
  );
  const file = await DuckDBInstance.create(join(folder, 'shop.duckdb'));
  const writer = await file.connect();
  await writer.run(`create schema crm; create table crm.people (id int, email varchar);
    comment on table crm.people is 'People'; insert into crm.people values (1, 'bob@example.org');
    create view report (person, mail) as select id, md5(email) from crm.people where email <> 'ann@example.org';
    create view top as select * from report;`);
  writer.closeSync();
  file.closeSync();
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

test('Parquet: names as DuckDB reads them, types, rows, and nothing of the values', async () => {
  const { events, stdout, status } = dry('a.parquet', 'empty.parquet');
  expect(status).toBe(0);
  const { namespace, name, facets } = events[0]!.dataset!;
  expect({ namespace, name }).toEqual({ namespace: 'file', name: join(folder, 'a.parquet') });
  const described = await connection.runAndReadAll(`describe select * from '${folder}/a.parquet'`);
  expect(facets.schema!.fields.map((field) => field.name)).toEqual(
    described.getRowObjects().map((row) => row['column_name']),
  );
  expect(facets.schema!.fields.map((field) => field.type)).toEqual([
    'int', 'bigint', 'string', 'date', 'timestamp', 'decimal(10,2)', 'boolean', 'list<smallint>', 'struct<a int, b string>',
    'map<string, bigint>', 'double', 'uuid', 'tinyint unsigned', 'binary', 'list<struct<p int>>', 'float', 'time',
  ]); // prettier-ignore
  expect(facets.dataQualityMetrics!.rowCount).toBe(3000);
  expect(events[1]!.dataset!.facets.dataQualityMetrics!.rowCount).toBe(0);
  expect(stdout).not.toMatch(/Bob Secret|1990/);
});

test('CSV and JSON lines: from a sample', () => {
  const { events, stdout } = dry('b.csv', 'c.jsonl');
  const types = (i: number) => events[i]!.dataset!.facets.schema!.fields.map((field) => `${field.name} ${field.type}`);
  expect(types(0)).toEqual(['id bigint', 'name string', 'amount double']);
  expect(types(1)).toEqual(['id bigint', 'name string']);
  expect(stdout).not.toContain('Bob Secret');
});

test('DuckDB: tables, and views with their columns', () => {
  const { events, stdout, status, stderr } = dry('shop.duckdb');
  expect(status, stderr).toBe(0);
  const people = events.find(({ dataset }) => dataset?.name === 'shop.crm.people')!.dataset!;
  expect(people.namespace).toBe('duckdb://shop.duckdb');
  expect(people.facets.schema!.fields).toEqual([
    { name: 'id', type: 'INTEGER' },
    { name: 'email', type: 'VARCHAR' },
  ]);
  const view = (name: string) =>
    events.flatMap(({ outputs = [] }) => outputs).find((one) => one.name === `shop.main.${name}`)!;
  const from = (name: string) =>
    Object.entries(view(name).facets.columnLineage!.fields).map(
      ([column, { inputFields }]) => `${column} <- ${inputFields.map((one) => `${one.name}.${one.field}`).join()}`,
    );
  expect(from('report')).toEqual(['person <- shop.crm.people.id', 'mail <- shop.crm.people.email']);
  expect(from('top')).toEqual(['person <- shop.main.report.person', 'mail <- shop.main.report.mail']);
  expect(stdout).not.toContain('@example.org');
});

test('what is no such file is named, and the rest is told', () => {
  writeFileSync(join(folder, 'no.parquet'), 'PAR1 nothing');
  writeFileSync(join(folder, 'no.duckdb'), 'nothing');
  writeFileSync(join(folder, 'no.csv'), Buffer.from([1, 0, 2]));
  const { events, status, stderr } = dry('no.parquet', 'no.csv', 'no.duckdb', 'missing.csv', 'c.jsonl');
  expect(status).toBe(3); // a name that is not there is a mistake
  expect(stderr).toContain('missing.csv');
  expect(events).toEqual([]);
  const rest = dry('no.parquet', 'no.csv', 'no.duckdb', 'c.jsonl');
  expect(rest.status).toBe(1);
  expect(rest.events).toHaveLength(1);
  for (const name of ['no.parquet', 'no.csv', 'no.duckdb']) expect(rest.stderr).toContain(name);
});

test('a damaged footer is refused or read, in bounded time', () => {
  const bytes = readFileSync(join(folder, 'a.parquet'));
  const length = parquetFooterBytes(bytes.subarray(-8))!;
  const footer = bytes.subarray(bytes.length - 8 - length, bytes.length - 8);
  expect(readParquetFooter(footer)!.rows).toBe(3000);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(footer.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
      fc.nat(footer.length),
      (changes, cut) => {
        const damaged = Buffer.from(footer);
        for (const [at, byte] of changes) damaged[at] = byte;
        readParquetFooter(damaged);
        expect(readParquetFooter(footer.subarray(0, Math.min(cut, 200)))).toBeNull();
      },
    ),
    { numRuns: 2000 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => void readParquetFooter(noise)),
    { numRuns: 5000 },
  );
});
