/** `custody lineage import postgres://...` against a real server: what is read, what has ended, and what never leaves it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCustody } from '../packages/custody/src/app.ts';
import { HOW_TO_GET_POSTGRES, postgresFolder, startPostgres } from './postgres/server.js';

const hasPostgres = postgresFolder() !== null;
if (!hasPostgres) console.log(`test of the PostgreSQL import skipped. ${HOW_TO_GET_POSTGRES}`);

const CLI = fileURLToPath(new URL('../packages/custody/bin/custody.js', import.meta.url));
const data = join(mkdtempSync(`${tmpdir()}/custody-pg-import-`), 'data');
const custody = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    env: { ...process.env, CUSTODY_DATA: data },
  });
  return { status, stdout, stderr };
};
const json = <T>(...args: string[]): T => JSON.parse(custody(...args, '--json').stdout) as T;

interface Event {
  readonly job?: { readonly name: string; readonly facets: { readonly sql?: { readonly query: string } } };
  readonly dataset?: Dataset;
  readonly inputs?: readonly Dataset[];
  readonly outputs?: readonly Dataset[];
}
interface Dataset {
  readonly namespace: string;
  readonly name: string;
  readonly facets: {
    readonly schema?: { readonly fields: readonly object[] };
    readonly documentation?: { readonly description: string };
    readonly ownership?: { readonly owners: readonly { readonly name: string }[] };
    readonly columnLineage?: {
      readonly fields: Readonly<
        Record<string, { readonly inputFields: readonly { readonly name: string; readonly field: string }[] }>
      >;
    };
  };
}

const SETUP = `
  create extension pg_stat_statements;
  create role analyst;
  create schema crm; create schema dwh;
  create table crm.people (id int primary key, email text, born date, active bool);
  comment on table crm.people is 'People of the CRM';
  comment on column crm.people.email is 'Where they are written to';
  create table crm.orders (id int, person int references crm.people, total numeric(10,2));
  create table dwh.dim (id int, mail_hash text);
  create table elsewhere (id int);
  create view dwh.active as select p.id, upper(p.email) as mail from crm.people p where p.active;
  create materialized view dwh.counts as select count(*) as n, max(a.mail) as mail from dwh.active a;
  alter view dwh.active owner to analyst;
  create procedure dwh.load() language plpgsql as $$ begin
    insert into dwh.dim select id, md5(email) from crm.people where email <> 'ceo@example.org'; end $$;
  create function dwh.known(x int) returns bigint language sql begin atomic select count(*) from dwh.dim where id > x; end;
  create function dwh.add(x int) returns int language sql as 'select x + 1';
  insert into crm.people values (1, 'ada@example.org', '1990-01-01', true);`;

describe.skipIf(!hasPostgres)('a live PostgreSQL', () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  let client: pg.Client;
  let url: string;
  let events: Event[];

  beforeAll(async () => {
    server = await startPostgres({ shared_preload_libraries: 'pg_stat_statements' });
    client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await client.query(SETUP);
    await client.query(`insert into dwh.dim select id, email from crm.people where email = 'bob@example.org'`);
    await client.query(`update dwh.dim d set mail_hash = md5(p.email) from crm.people p where p.id = d.id`);
    await client.query(`create table dwh.copy as select id, 'Bob Secret' as who from crm.people`);
    await client.query(
      `merge into dwh.dim d using crm.people p on p.id = d.id when not matched then insert values (p.id, p.email)`,
    );
    await client.query(`select set_config('search_path', 'public', false)`);
    await (await openCustody({ data, host: '127.0.0.1', port: 0 })).close();
    url = server.url.replace('custody@', 'custody:s3cret-word@');
    const dry = custody('lineage', 'import', url, '--dry-run', '--json');
    expect(dry.status, dry.stderr).toBe(0);
    events = dry.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Event);
  });
  afterAll(async () => {
    await client?.end();
    server?.stop();
  });

  const job = (name: string): Event => events.find((event) => event.job?.name === name)!;
  const columns = (event: Event) =>
    Object.fromEntries(
      event.outputs!.flatMap(({ facets }) =>
        Object.entries(facets.columnLineage?.fields ?? {}).map(([column, { inputFields }]) => [
          column,
          inputFields.map(({ name, field }) => `${name}.${field}`),
        ]),
      ),
    );

  test('tables have columns, types, comments and owners; no foreign key is lineage', () => {
    const people = events.find(({ dataset }) => dataset?.name === 'postgres.crm.people')!.dataset!;
    expect(people.namespace).toBe(`postgres://127.0.0.1:${server.port}`);
    expect(people.facets.documentation?.description).toBe('People of the CRM');
    expect(people.facets.ownership?.owners).toEqual([{ name: 'custody' }]);
    expect(people.facets.schema?.fields).toEqual([
      { name: 'id', type: 'integer' },
      { name: 'email', type: 'text', description: 'Where they are written to' },
      { name: 'born', type: 'date' },
      { name: 'active', type: 'boolean' },
    ]);
    const tables = events.flatMap(({ dataset }) => dataset?.name ?? []);
    expect(tables).toEqual([
      'postgres.crm.orders',
      'postgres.crm.people',
      'postgres.dwh.copy',
      'postgres.dwh.dim',
      'postgres.public.elsewhere',
    ]);
  });

  test('views and routines have column lineage', () => {
    expect(columns(job('postgres.dwh.active'))).toEqual({
      id: ['postgres.crm.people.id'],
      mail: ['postgres.crm.people.email'],
    });
    expect(job('postgres.dwh.active').outputs![0]!.facets.ownership?.owners).toEqual([{ name: 'analyst' }]);
    expect(columns(job('postgres.dwh.counts'))).toEqual({ mail: ['postgres.dwh.active.mail'] });
    expect(columns(job('postgres.dwh.load()'))).toEqual({
      id: ['postgres.crm.people.id'],
      mail_hash: ['postgres.crm.people.email'],
    });
    expect(job('postgres.dwh.known(x integer)').inputs!.map(({ name }) => name)).toEqual(['postgres.dwh.dim']);
    expect(job('postgres.dwh.add(x integer)')).toBeUndefined();
  });

  test('statements of the history that move data are jobs', () => {
    const statements = events.filter((event) => event.job?.name.startsWith('postgres.statement.'));
    expect(
      statements.map((event) => `${event.job!.facets.sql!.query.split(' ')[0]!} ${event.outputs![0]!.name}`).sort(),
    ).toEqual([
      'create postgres.dwh.copy',
      'insert postgres.dwh.dim',
      'merge postgres.dwh.dim',
      'update postgres.dwh.dim',
    ]);
    const update = statements.find((event) => event.job!.facets.sql!.query.startsWith('update'))!;
    expect(columns(update)).toEqual({ mail_hash: ['postgres.crm.people.email'] });
  });

  test('no password, no literal and no value leaves', () => {
    expect(JSON.stringify(events)).not.toMatch(/s3cret-word|Bob Secret|@example\.org|1990-01-01/);
    const wrong = custody('lineage', 'import', `${url.replace('/postgres', '/nowhere')}`);
    expect(wrong.status).toBe(3);
    expect(wrong.stderr).toContain('nowhere');
    expect(wrong.stderr).not.toContain('s3cret-word');
  });

  test('nothing is written, and a user who may only connect is enough', async () => {
    await client.query(`create role reader login; alter role reader set default_transaction_read_only = on`);
    const reader = custody('lineage', 'import', server.url.replace('custody@', 'reader@'), '--dry-run');
    expect(reader.status, reader.stderr).toBe(0);
    expect(reader.stdout).toContain('postgres.dwh.active: postgres.crm.people -> postgres.dwh.active');
  });

  test('a view that is dropped, or reads something else, is so in the next answer', async () => {
    expect(custody('lineage', 'import', url).status).toBe(0);
    const readBy = (): string[] =>
      json<{ nodes: { id: string }[] }>('trace', 'postgres.crm.people', '--down', '--depth', '1')
        .nodes.slice(1)
        .map(({ id }) => id.split(':').at(-1)!)
        .filter((name) => !name.includes('.statement.'))
        .sort();
    const place = (name: string) => `${server.port}:${name}`;
    const before = readBy();
    expect(before.map((name) => name.replace(place(''), ''))).toEqual(['postgres.dwh.active', 'postgres.dwh.load()']);
    await client.query(`drop materialized view dwh.counts`);
    await client.query(
      `create or replace view dwh.active as select o.person as id, 'x'::text as mail from crm.orders o`,
    );
    await client.query(`drop procedure dwh.load()`);
    const again = json<{ gone: { name: string }[] }>('lineage', 'import', url);
    expect(again.gone.map(({ name }) => name).sort()).toEqual(['postgres.dwh.counts', 'postgres.dwh.load()']);
    expect(readBy()).toEqual([]);
    expect(
      json<{ nodes: object[] }>('trace', 'postgres.crm.orders', '--down', '--depth', '1').nodes.slice(1),
    ).toHaveLength(1);
  });
});
