/** Each rule for SQL: files that it refuses, on which line, and others that it lets pass. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lineageFacts } from '../../producers/check/project.ts';
import { Checker } from './checker.ts';

const FOLDER = new URL('../../../../../policies/check/sql/', import.meta.url);
const modules = Object.fromEntries(
  readdirSync(FOLDER).map((name) => [`check/sql/${name}`, readFileSync(new URL(name, FOLDER), 'utf8')]),
);
const SETTINGS = {
  forbidden_sources: ['s3://outside/', 'gcs://scraped'],
  labels: { 'raw.people.email': ['pii'] },
  public_tables: ['out.*'],
};

type Files = Readonly<Record<string, string>>;

function found(files: Files | string, dialect = 'ansi', settings: Readonly<Record<string, unknown>> = {}) {
  const all = { ...SETTINGS, sql_dialect: dialect, ...settings };
  const checker = new Checker(modules, all);
  const texts = new Map(Object.entries(typeof files === 'string' ? { 'a.sql': files } : files));
  return lineageFacts(texts, { settings: all, labels: [] }).flatMap((facts) =>
    checker.check(facts).map(({ rule, file, line }) => ({ id: rule.id, at: `${file}:${line}` })),
  );
}

type Sql = readonly [sql: Files | string, dialect?: string, at?: string, settings?: Readonly<Record<string, unknown>>];
interface Case {
  readonly bad: readonly Sql[];
  readonly good: readonly Sql[];
}
const CASES: Readonly<Record<string, Case>> = {
  'SQL-001': {
    bad: [
      ['GRANT SELECT ON t TO PUBLIC;'],
      ["GRANT `roles/viewer` ON TABLE d.t TO 'allUsers'", 'bigquery'],
      ['select 1;\ngrant all on t to "public" with grant option', 'postgres', 'a.sql:2'],
    ],
    good: [
      ['grant select on t to role analyst', 'snowflake'],
      ['revoke all on t from public'],
      ["select 'grant select on t to public'"],
      ['-- grant select on t to public\nselect 1'],
    ],
  },
  'SQL-002': {
    bad: [
      ["CREATE USER a IDENTIFIED BY 'hunter2'", 'mysql'],
      ['create user a identified by hunter2', 'oracle'],
      ["CREATE ROLE a LOGIN\n PASSWORD 'hunter22'", 'postgres', 'a.sql:2'],
      ["ALTER LOGIN x WITH PASSWORD = N'abc123'", 'tsql'],
      ["COPY t FROM 's3://b/x' CREDENTIALS 'aws_access_key_id=A;aws_secret_access_key=abcdefgh'", 'redshift'],
      ["copy into t from 's3://b' credentials=(aws_key_id='x' aws_secret_key='yyyyyy')", 'snowflake'],
      ["select * from dblink('host=x password=hunter22', 'select 1')", 'postgres'],
    ],
    good: [
      ["create user a identified by '${PASSWORD}'", 'mysql'],
      ['create user a identified by \'{{ env_var("X") }}\''],
      ["create table t (password varchar(10) default 'x')"],
      ["select * from t where password = 'x'"],
      ["COPY t FROM 's3://b/x' IAM_ROLE 'arn:aws:iam::1:role/x'", 'redshift'],
    ],
  },
  'SQL-003': {
    bad: [
      ['DELETE FROM t'],
      ['select 1;\nupdate t set a = 1', 'ansi', 'a.sql:2'],
      ['delete from t where 1 = 1'],
      ['BEGIN\n DELETE FROM a\n UPDATE b SET x = 1 WHERE y = 2\nEND', 'tsql', 'a.sql:2'],
      [
        'create function f() returns void as $$\nbegin\n delete from t;\nend $$ language plpgsql',
        'postgres',
        'a.sql:3',
      ],
      ['with x as (delete from t returning *) insert into y select * from x', 'postgres'],
    ],
    good: [
      ['delete from t where id = 1'],
      ['update t set a = 1 where b = 2'],
      ['merge into t using s on t.a = s.a when matched then update set a = 1 when not matched by source then delete'],
      ['insert into t values (1) on conflict (a) do update set b = 1', 'postgres'],
      ['create table t (a int references x on delete cascade)'],
      ['select * from t for update'],
      ['update t set a = 1 from t join s on t.id = s.id', 'tsql'],
      ['delete from #t', 'tsql'],
      ['create trigger x after insert or\n delete on t for each row execute function f()', 'postgres'],
    ],
  },
  'SQL-004': {
    bad: [
      ["COPY t FROM 's3://outside/x'", 'redshift'],
      ["UNLOAD ('select * from t')\nTO 's3://outside/x'", 'redshift', 'a.sql:2'],
      ["create stage s url = 'gcs://scraped/x'", 'snowflake'],
      ["create table x as select * from read_parquet('s3://outside/x')", 'duckdb'],
    ],
    good: [
      ["COPY t FROM 's3://inside/x'", 'redshift'],
      ["create stage s url = 's3://outsider/x'", 'snowflake'],
    ],
  },
  'SQL-005': {
    bad: [
      ["EXECUTE IMMEDIATE 'select ' || col || ' from t'", 'snowflake'],
      ["DECLARE @sql nvarchar(max) = N'select * from ' + @t\nEXEC sp_executesql @sql", 'tsql', 'a.sql:2'],
      [
        "create function f(p text) returns void as $$\nbegin\n execute 'drop table ' || p;\nend $$ language plpgsql",
        'postgres',
        'a.sql:3',
      ],
      ["execute format('select * from %s', t)", 'postgres'],
    ],
    good: [
      ["execute immediate 'select 1 from t'", 'oracle'],
      ["execute format('select * from %I where a = $1', t) using x", 'postgres'],
      ['EXEC dbo.load @a = 1', 'tsql'],
      ["execute 'select * from ' || quote_ident(t)", 'postgres'],
      ["execute immediate 'select * from t where a = :1' using v", 'oracle'],
    ],
  },
  'SQL-006': {
    bad: [
      ['create table x as select * from raw.people'],
      ['create table x as\nwith p as (\n select * from raw.people)\nselect * from p', 'ansi', 'a.sql:3'],
      ['select * from raw.people'],
    ],
    good: [
      ['create table x as select id, email from raw.people'],
      ['create table x as with p as (select * from raw.people) select id from p'],
      ['create table x as select * from raw.orders'],
      ['select count(*) from raw.people'],
    ],
  },
  'SQL-007': {
    bad: [
      ['insert into out.list\nselect id,\n email from raw.people', 'ansi', 'a.sql:3'],
      // One file feeds another, in whatever order they lie.
      [
        {
          'z.sql': 'create view step as select id, lower(email) as mail from raw.people',
          'a.sql': 'create table mart.contacts as\nselect mail from step',
        },
        'ansi',
        'a.sql:2',
      ],
      ['merge into out.list t using raw.people s on t.id = s.id when matched then update set mail = s.email'],
      [{ 'marts/a.sql': 'create table contacts as select email from raw.people' }, 'ansi', 'marts/a.sql:1'],
    ],
    good: [
      ['insert into out.list (h) select md5(email) from raw.people'],
      ['insert into stage.list select id, email from raw.people'],
      ['insert into out.list select id from raw.people where email is not null'],
      ['insert into out.list select count(email) from raw.people'],
      [
        'insert into out.list select id, email from raw.people',
        'ansi',
        'a.sql:1',
        { approved_labels: { 'out.*': ['pii'] } },
      ],
    ],
  },
  'SQL-008': {
    bad: [["select 'never closed\nfrom t", 'ansi', 'a.sql:1', { refuse_unknown: true }]],
    good: [["select 'never closed\nfrom t"], ['select 1', 'ansi', 'a.sql:1', { refuse_unknown: true }]],
  },
};

const shownSql = (list: readonly Sql[]) =>
  list.map((one) => {
    const text = typeof one[0] === 'string' ? one[0] : Object.values(one[0]).join('; ');
    return [text.replace(/\s+/g, ' ').slice(0, 80), one] as const;
  });

describe.each(Object.entries(CASES))('%s', (id, { bad, good }) => {
  test.each(shownSql(bad))('refuses %s', (_, [sql, dialect, at = 'a.sql:1', settings]) => {
    expect(found(sql, dialect, settings).flatMap((one) => (one.id === id ? [one.at] : []))).toContain(at);
  });
  test.each(shownSql(good))('lets pass %s', (_, [sql, dialect, , settings]) => {
    expect(found(sql, dialect, settings).filter((one) => one.id === id)).toEqual([]);
  });
});

test('SQL-009 says what was not read', () => {
  const wide = `insert into t select ${Array.from({ length: 400 }, (_, i) => `c${i}`).join(', ')} from s;\n`;
  const many = (tables: number) =>
    Object.fromEntries(Array.from({ length: tables }, (_, i) => [`${i}.sql`, wide.replace('into t', `into t${i}`)]));
  expect(found(many(3)).filter(({ id }) => id === 'SQL-009')).toEqual([]);
  expect(found(many(800)).some(({ id }) => id === 'SQL-009')).toBe(true);
});

test('hooks, macros and rendered models of a dbt project are SQL, too', () => {
  const at = found({
    'p/dbt_project.yml': 'name: p\non-run-end:\n  - grant usage on schema x to public\n',
    'p/models/a.sql': "{{ config(\n  post_hook='grant select on {{ this }} to public') }}\nselect 1 as id",
    'p/models/m.yml': 'models:\n  - name: a\n    config: { grants: { select: [public] } }\n',
    'p/macros/m.sql':
      '{% macro clean() %}\n  {% set q %}\n  delete from audit\n  {% endset %}\n  {% do run_query(q) %}\n{% endmacro %}',
  });
  expect(
    at
      .filter(({ id }) => id === 'SQL-001')
      .map((one) => one.at)
      .sort(),
  ).toEqual(['p/dbt_project.yml:2', 'p/models/a.sql:2', 'p/models/m.yml:2']);
  expect(at.filter(({ id }) => id === 'SQL-003')).toEqual([{ id: 'SQL-003', at: 'p/macros/m.sql:3' }]);
});

test('docs/check-sql.md lists the rules as they are', () => {
  const docs = readFileSync(new URL('../../../../../docs/check-sql.md', import.meta.url), 'utf8');
  for (const { id, severity, title, name } of new Checker(modules).rules.values())
    expect(docs).toContain(`| ${id} | ${severity} | ${title} | \`sql/${name}.rego\` |`);
});

test('every rule has its cases', () => {
  expect([...Object.keys(CASES), 'SQL-009'].sort()).toEqual(
    [...new Checker(modules).rules.values()].map(({ id }) => id).sort(),
  );
});
