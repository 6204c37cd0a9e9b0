/** `custody lineage import` as people meet it: import, change the source, import again, ask. Runs the built program. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { openCustody } from '../app.ts';

const CLI = fileURLToPath(new URL('../../bin/custody.js', import.meta.url));
const DBT = fileURLToPath(new URL('../../../../testdata/dbt', import.meta.url));
const folder = mkdtempSync(`${tmpdir()}/custody-import-`);
const data = join(folder, 'data');

const custody = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, CUSTODY_DATA: data, OPENLINEAGE_NAMESPACE: 'bank_dbt' },
  });
  return { status, stdout, stderr };
};
const json = <T>(...args: string[]): T => JSON.parse(custody(...args, '--json').stdout) as T;

/** Who reads or writes an asset, as of a time. */
function neighbours(asset: string, direction: '--up' | '--down', ...more: string[]): string[] {
  const { nodes } = json<{ nodes: { id: string; distance: number }[] }>(
    'trace',
    asset,
    direction,
    '--depth',
    '1',
    ...more,
  );
  return nodes.flatMap(({ id }) => (id.endsWith(`:${asset}`) || id === asset ? [] : [id])).sort();
}

interface Way {
  readonly from: { readonly asset: string; readonly column: string };
  readonly kind: string;
  readonly masked: boolean;
  readonly certainty: string;
}
const comesFrom = (asset: string, column: string, ...more: string[]): string[] =>
  json<{ edges: Way[] }>('lineage', 'columns', asset, column, '--up', ...more)
    .edges.map(
      ({ from, kind, masked }) => `${from.asset.split(':').at(-1)!} ${from.column} ${kind}${masked ? ' masked' : ''}`,
    )
    .sort();

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

beforeAll(async () => {
  await (await openCustody({ data, host: '127.0.0.1', port: 0 })).close();
});

describe('a folder of SQL files', () => {
  const importEtl = (...more: string[]) =>
    custody('lineage', 'import', 'etl', '--dialect', 'postgres', '--database', 'shop', '--schema', 'public', ...more);

  beforeAll(() => {
    write(
      'etl/01_stage.sql',
      `create table staging.customers as select id, lower(email) as email, born from crm.people where active;
       create temp table recent as select id, born from staging.customers where id > 100;`,
    );
    write(
      'etl/2_dimension.sql',
      `insert into dwh.dim_customer (customer_id, email_hash, born)
       select c.id, md5(c.email), r.born from staging.customers c join recent r using (id);`,
    );
    write('etl/10_report.sql', 'create view dwh.report as select * from dwh.dim_customer;');
    write('etl/00_tables.sql', 'create table dwh.dim_customer (customer_id int, email_hash text, born date);');
    write(
      'etl/jobs/refresh.sql',
      `create procedure dwh.refresh() language plpgsql as $$ begin
         insert into dwh.audit select customer_id from dwh.dim_customer; end $$;`,
    );
  });

  test('a dry run prints what would be told and sends nothing', () => {
    const dry = importEtl('--dry-run');
    expect(dry.status).toBe(0);
    expect(dry.stdout).toContain('2_dimension: shop.staging.customers -> shop.dwh.dim_customer');
    expect(dry.stdout).toContain('Nothing was sent');
    const events = importEtl('--dry-run', '--json')
      .stdout.trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(events).toHaveLength(5);
    expect(json<{ total: number }>('assets', '--kind', 'job', '--namespace', 'etl').total).toBe(0);
  });

  test('each file is a job; columns go through files, temporary tables and procedures', () => {
    const told = importEtl('--at', '2026-11-01');
    expect(told).toMatchObject({ status: 0, stderr: '' });
    expect(told.stdout).toContain('5 of 5 events taken');
    expect(comesFrom('shop.dwh.dim_customer', 'email_hash')).toEqual([
      'shop.crm.people email transformation',
      'shop.staging.customers email transformation masked',
    ]);
    // `born` came through a temporary table that another file made.
    expect(comesFrom('shop.dwh.dim_customer', 'born', '--depth', '1')).toEqual([
      'shop.staging.customers born identity',
    ]);
    // The star has the columns that 00_tables.sql declares.
    expect(comesFrom('shop.dwh.report', 'email_hash', '--depth', '1')).toEqual([
      'shop.dwh.dim_customer email_hash identity',
    ]);
    expect(neighbours('shop.dwh.audit', '--up')).toEqual(['job:etl:jobs/refresh']);
    // A table that is only declared is filled by who fills it.
    expect(neighbours('shop.dwh.dim_customer', '--up')).toEqual(['job:etl:2_dimension']);
  });

  test('an edge that the source dropped, and a file that is gone, have ended', () => {
    write('etl/2_dimension.sql', 'insert into dwh.dim_customer (customer_id) select id from crm.accounts;');
    rmSync(join(folder, 'etl/10_report.sql'));
    const again = importEtl('--at', '2026-11-10');
    expect(again.status).toBe(0);
    expect(again.stdout).toContain('gone: 10_report');
    expect(neighbours('etl:2_dimension', '--up')).toEqual(['dataset:etl:shop.crm.accounts']);
    expect(neighbours('etl:2_dimension', '--up', '--at', '2026-11-05')).toContain('dataset:etl:shop.staging.customers');
    expect(neighbours('etl:10_report', '--down')).toEqual([]);
    expect(neighbours('etl:10_report', '--down', '--at', '2026-11-05')).toEqual(['dataset:etl:shop.dwh.report']);
    expect(comesFrom('shop.dwh.dim_customer', 'email_hash')).toEqual([]);
    expect(custody('lineage', 'diff', '--from', '2026-11-05', '--json').stdout).toContain('10_report');
    // A constant in its place: nothing comes from anywhere any more.
    write('etl/jobs/refresh.sql', 'insert into dwh.audit (customer_id) select 1;');
    expect(comesFrom('shop.dwh.audit', 'customer_id')).not.toEqual([]);
    expect(importEtl('--at', '2026-11-10T01:00:00Z').status).toBe(0);
    expect(comesFrom('shop.dwh.audit', 'customer_id')).toEqual([]);
    // What is gone already is not told again.
    expect(importEtl('--at', '2026-11-11').stdout).not.toContain('gone');
  });

  test('what cannot be read is named, does not stop the rest, and ends nothing', () => {
    writeFileSync(join(folder, 'etl/00_tables.sql'), Buffer.from([0x73, 0, 0x71]));
    write('etl/huge.sql', '');
    truncateSync(join(folder, 'etl/huge.sql'), 11_000_000);
    write('outside.sql', "insert into x select * from secrets where token = 'abc'");
    symlinkSync(join(folder, 'outside.sql'), join(folder, 'etl/link.sql'));
    symlinkSync(folder, join(folder, 'etl/around'));
    write('etl/2_dimension.sql', 'selec from ((');
    const told = importEtl('--at', '2026-11-20');
    expect(told.status).toBe(1);
    for (const line of [
      '00_tables.sql is not text',
      'huge.sql has 11 MB',
      'link.sql is a link that leads out of the folder',
      'around is a link to a folder',
      '2_dimension.sql:1:',
      '2_dimension.sql: nothing was understood',
    ])
      expect(told.stderr).toContain(line);
    expect(told.stdout).toContain('3 SQL files');
    expect(told.stdout).not.toContain('gone');
    expect(neighbours('etl:2_dimension', '--up')).toEqual(['dataset:etl:shop.crm.accounts']);
  });

  test('literals and comments never leave', () => {
    write('etl/2_dimension.sql', "-- for bob\ninsert into t select id from s where iban = 'DE89370400440532013000'");
    expect(importEtl('--dry-run', '--json').stdout).not.toMatch(/DE8937|for bob/);
  });

  test('mistakes in the call say what to do', () => {
    expect(custody('lineage', 'import').status).toBe(2);
    expect(custody('lineage', 'import', 'nowhere').status).toBe(3);
    expect(custody('lineage', 'import', 'https://example.org/').status).toBe(2);
    expect(custody('lineage', 'import', 'etl', '--dialect', 'klingon').stderr).toContain('postgres');
  });
});

describe('a dbt project', () => {
  const at = (part: 'before' | 'after') => join(DBT, part);
  const NAMESPACE = 'duckdb://shop.duckdb';

  test('models, sources, tests and dashboards are told with columns, types, owners and the real run', () => {
    const told = custody('lineage', 'import', at('before'));
    expect(told.status, told.stderr).toBe(0);
    expect(comesFrom('shop.main.customers', 'lifetime_value')).toEqual([
      'shop.main.raw_payments amount transformation',
      'shop.main.stg_payments amount aggregation',
    ]);
    // The source is called otherwise in dbt than in the database: both are read.
    expect(neighbours('bank_dbt:shop.main.shop.stg_payments.build.run', '--up')).toEqual([
      `dataset:${NAMESPACE}:shop.main.payments`,
      `dataset:${NAMESPACE}:shop.main.raw_payments`,
    ]);
    expect(comesFrom('shop.main.customers', 'email_hash')).toEqual([
      'shop.main.raw_customers email transformation masked',
      'shop.main.stg_customers email_hash identity',
    ]);
    expect(comesFrom('shop.main.daily_revenue', 'revenue', '--depth', '1')).toEqual([
      'shop.main.stg_payments amount aggregation',
    ]);
    const { items } = json<{
      items: { id: string; type: string; owners: string[]; tags: string[]; columns: number }[];
    }>('assets', 'shop.main.customers', '--kind', 'dataset');
    expect(items).toMatchObject([
      { id: `dataset:${NAMESPACE}:shop.main.customers`, type: 'TABLE', owners: ['team-crm'], columns: 5 },
    ]);
    expect(items[0]!.tags).toEqual(['mart', 'sensitivity:personal']);
    const board = json<{ items: { type: string; owners: string[] }[] }>('assets', 'revenue_board', '--kind', 'dataset');
    expect(board.items).toMatchObject([{ type: 'DASHBOARD', owners: ['Finance'] }]);
    const jobs = json<{ items: { name: string; runs: number; lastState: string | null }[] }>(
      'assets',
      '--kind',
      'job',
      '--namespace',
      'bank_dbt',
    ).items;
    const job = (name: string) => jobs.find((one) => one.name === name);
    expect(job('shop.main.shop.customers.build.run')).toMatchObject({ runs: 1, lastState: 'COMPLETE' });
    expect(job('shop.main.shop.customers.build.test')).toMatchObject({ runs: 1, lastState: 'FAIL' });
  });

  test('the same artifacts again are nothing new', () => {
    const again = json<{ received: number; duplicates: number; gone: object[] }>('lineage', 'import', at('before'));
    expect(again.duplicates).toBe(again.received);
    expect(again.gone).toEqual([]);
  });

  test('observed runs of dbt-ol meet the imported design on the same nodes', () => {
    const assets = () =>
      json<{ items: { id: string }[] }>('assets', '--limit', '500')
        .items.map(({ id }) => id)
        .filter((id) => !id.includes(':etl:'));
    const before = assets();
    expect(custody('send', join(at('before'), 'dbt-ol.jsonl')).status).toBe(0);
    // The integration names the ephemeral model, which is no table, and takes a CTE of the SQL for one; else nothing is new.
    expect(assets().filter((id) => !before.includes(id))).toEqual([
      `dataset:${NAMESPACE}:shop.main.paid_orders`,
      `dataset:${NAMESPACE}:totals`,
    ]);
    const runs = json<{ items: { name: string; runs: number }[] }>('assets', 'stg_customers.build.run').items;
    expect(runs).toMatchObject([{ runs: 2 }]);
  });

  test('a reference that was dropped, a model that was renamed or removed: the old edges have an end', () => {
    const later = json<{ gone: { name: string }[] }>('lineage', 'import', at('after'));
    expect(later.gone.map(({ name }) => name).sort()).toEqual([
      'shop.main.shop.daily_revenue.build.run',
      'shop.main.shop.late_orders.build.run',
      'shop.snapshots.shop.customers_snapshot.build.snapshot',
    ]);
    const then = (
      JSON.parse(readFileSync(join(at('before'), 'run_results.json'), 'utf8')) as { metadata: { generated_at: string } }
    ).metadata.generated_at;
    const customers = 'bank_dbt:shop.main.shop.customers.build.run';
    expect(neighbours(customers, '--up')).toEqual([`dataset:${NAMESPACE}:shop.main.stg_customers`]);
    expect(neighbours(customers, '--up', '--at', then)).toContain(`dataset:${NAMESPACE}:shop.main.stg_payments`);
    expect(neighbours('shop.main.late_orders', '--up')).toEqual([]);
    expect(neighbours('shop.main.late_orders', '--up', '--at', then)).toHaveLength(1);
    expect(comesFrom('shop.main.daily_revenue', 'revenue')).toEqual([]);
    expect(comesFrom('shop.main.revenue_by_day', 'revenue', '--depth', '1')).toEqual([
      'shop.main.stg_payments amount aggregation',
    ]);
    expect(neighbours('bank_dbt:exposure.shop.revenue_board', '--up')).toEqual([
      `dataset:${NAMESPACE}:shop.main.customers`,
      `dataset:${NAMESPACE}:shop.main.revenue_by_day`,
    ]);
  });

  test('a manifest that is too large, or none, is refused with the reason', () => {
    const target = join(folder, 'large');
    mkdirSync(target);
    write('large/manifest.json', '{}');
    expect(custody('lineage', 'import', target)).toMatchObject({ status: 1, stdout: '' });
    truncateSync(join(target, 'manifest.json'), 200_000_000);
    const refused = custody('lineage', 'import', target);
    expect(refused.status).toBe(3);
    expect(refused.stderr).toContain('200 MB');
  });
});
