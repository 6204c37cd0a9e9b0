import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { takeEvent } from '../openlineage/index.ts';
import { readSqlFolder, type SqlFile, type SqlFolderOptions } from './sql-folder.ts';

const OPTIONS: SqlFolderOptions = {
  dialect: 'postgres',
  namespace: 'etl',
  datasetNamespace: 'postgres://db:5432',
  database: 'shop',
  schema: 'public',
  columns: {},
  tag: 'imported:sql/etl',
  time: '2026-11-01T00:00:00.000Z',
};

interface Source {
  readonly namespace: string;
  readonly name: string;
  readonly field: string;
  readonly certainty?: string;
  readonly transformations: readonly { readonly type: string; readonly subtype: string; readonly masking: boolean }[];
}
interface Output {
  readonly name: string;
  readonly facets: {
    readonly columnLineage?: {
      readonly fields: Readonly<Record<string, { readonly inputFields: readonly Source[] }>>;
      readonly dataset?: readonly Source[];
    };
  };
}
interface Event {
  readonly job?: { readonly name: string };
  readonly outputs?: readonly Output[];
  readonly inputs?: readonly { readonly name: string }[];
}

const told = (files: Record<string, string>, options: Partial<SqlFolderOptions> = {}) => {
  const list = Object.entries(files).map(([path, text]): SqlFile => ({ path, text }));
  const read = readSqlFolder(list, { ...OPTIONS, ...options });
  for (const event of read.events) takeEvent(Buffer.from(JSON.stringify(event)));
  const events = read.events as unknown as Event[];
  const job = (name: string) => events.find((event) => event.job?.name === name)!;
  const columns = (name: string) =>
    (job(name).outputs ?? []).flatMap(({ name: table, facets }) =>
      Object.entries(facets.columnLineage?.fields ?? {}).flatMap(([column, { inputFields }]) =>
        inputFields.map(
          ({ name: from, field, transformations, certainty }) =>
            `${table}.${column} <- ${from}.${field} ${transformations
              .map(({ type, subtype, masking }) => `${type === 'INDIRECT' ? 'by ' : ''}${subtype}${masking ? '*' : ''}`)
              .join('+')}${certainty ? ` ${certainty}` : ''}`,
        ),
      ),
    );
  return { ...read, events, job, columns };
};

describe('a folder', () => {
  test('says what decides about rows, also behind a temporary table', () => {
    const { job } = told({
      'a.sql': `create temp table t as select id, region from raw.a where active and region = 'x';
                create table mart.b as select id from t join raw.c using (id);`,
    });
    const [output] = job('a').outputs!;
    expect(
      output!.facets.columnLineage!.dataset!.map(
        ({ name, field, transformations }) =>
          `${name}.${field} ${transformations.map(({ subtype }) => subtype).join()}`,
      ),
    ).toEqual(['shop.raw.a.id JOIN', 'shop.raw.c.id JOIN', 'shop.raw.a.active FILTER', 'shop.raw.a.region FILTER']);
    expect(job('a').inputs!.map(({ name }) => name)).toEqual(['shop.raw.a', 'shop.raw.c']);
  });

  test('is read in the order of its numbers, and a later file gives columns to an earlier one as well', () => {
    const { columns, jobs } = told({
      '10_end.sql': 'create view e as select * from v;',
      '9_middle.sql': 'create view v as select * from made_later;',
      'z.sql': 'create table made_later (a int, b text);',
    });
    expect(jobs.map(({ name }) => name)).toEqual(['9_middle', '10_end', 'z']);
    expect(columns('10_end')).toEqual([
      'shop.public.e.a <- shop.public.v.a IDENTITY',
      'shop.public.e.b <- shop.public.v.b IDENTITY',
    ]);
  });

  test('a table that is dropped and made anew stays, one that is swapped in has its last name', () => {
    const { columns, jobs } = told({
      'again.sql':
        'drop table if exists mart.x; create table mart.x as select a from raw.y; insert into z select a from mart.x',
      'step.sql':
        'drop table if exists s; create table s as select a from raw.y; insert into w select a from s; drop table s;',
      'swap.sql': 'create table n as select a from raw.y; drop table if exists o; alter table n rename to o;',
      'twice.sql':
        'create temp table t as select a from raw.p; drop table t; create temp table t as select a from raw.q; insert into v select a from t',
    });
    expect(columns('again')).toEqual([
      'shop.mart.x.a <- shop.raw.y.a IDENTITY',
      'shop.public.z.a <- shop.mart.x.a IDENTITY',
    ]);
    expect(columns('step')).toEqual(['shop.public.w.a <- shop.raw.y.a IDENTITY']);
    expect(columns('swap')).toEqual(['shop.public.o.a <- shop.raw.y.a IDENTITY']);
    expect(columns('twice')).toEqual(['shop.public.v.a <- shop.raw.q.a IDENTITY']);
    expect(jobs.find(({ name }) => name === 'swap')!.outputs).toEqual([
      { namespace: 'postgres://db:5432', name: 'shop.public.o' },
    ]);
  });

  test('a temporary table belongs to its folder, and to the file that makes it anew', () => {
    const { columns, job } = told({
      'one/1.sql': 'create temp table t as select a from src1;',
      'one/2.sql': 'create temp table t as select a from src2; insert into dst select a from t;',
      'one/3.sql': 'insert into dst3 select a from t;',
      'two/1.sql': 'insert into dst4 select a from t;',
    });
    expect(columns('one/2')).toEqual(['shop.public.dst.a <- shop.public.src2.a IDENTITY']);
    expect(columns('one/3')).toEqual(['shop.public.dst3.a <- shop.public.src2.a IDENTITY']);
    expect(job('two/1').inputs!.map(({ name }) => name)).toEqual(['shop.public.t']);
  });

  test('what is not certain is said, and taken as such', () => {
    const { columns, events } = told({ 'a.sql': 'insert into d select x, md5(y) from a join b on a.i = b.i' });
    expect(columns('a').map((line) => line.split(' ').at(-1))).toEqual(Array(4).fill('ambiguous'));
    const [map] = [...takeEvent(Buffer.from(JSON.stringify(events[0]))).columns.values()];
    expect(map!.fields.flatMap(({ from }) => from.map(({ certainty }) => certainty))).toEqual(
      Array(4).fill('ambiguous'),
    );
    expect(map!.dataset.map(({ certainty }) => certainty)).toEqual([undefined, undefined]);
  });

  test('columns and types come from a schema file, by the end of a name too', () => {
    const { columns, events } = told(
      { 'a.sql': 'create table d as select * from src.a' },
      { columns: { 'src.a': { id: 'int', mail: 'text' } } },
    );
    expect(columns('a')).toEqual([
      'shop.public.d.id <- shop.src.a.id IDENTITY',
      'shop.public.d.mail <- shop.src.a.mail IDENTITY',
    ]);
    expect(JSON.stringify(events)).toContain('{"name":"mail","type":"text"}');
  });

  test('places outside the database are datasets of their own, without keys', () => {
    const { jobs } = told({
      'a.sql':
        "copy raw.t from 's3://key:secret@bucket/in/x.csv?sig=abc'; copy (select * from raw.t) to '/tmp/out.csv'",
    });
    expect(jobs[0]!.inputs).toContainEqual({ namespace: 's3://bucket', name: 'in/x.csv' });
    expect(jobs[0]!.outputs).toContainEqual({ namespace: 'file', name: '/tmp/out.csv' });
  });

  test('two files of one name keep their endings', () => {
    const { jobs } = told({ 'a.sql': 'select 1', 'a.ddl': 'create table t (x int)' });
    expect(jobs.map(({ name }) => name).sort()).toEqual(['a.ddl', 'a.sql']);
  });

  test('of what is not understood nothing is said, so nothing ends', () => {
    const { events, jobs } = told({ 'a.sql': 'this is no SQL (((', 'b.sql': '-- empty' });
    expect(jobs.map(({ understood }) => understood)).toEqual([false, true]);
    expect(events[0]).not.toHaveProperty('inputs');
    expect(events[1]).toMatchObject({ inputs: [], outputs: [] });
  });
});

test('any text gives events that OpenLineage allows', () => {
  const pieces = [
    'create table ', 'create temp table ', 'create view ', 't', 'a.b', '"x y"', ' as ', 'select ', '*', ' from ', 'insert into ',
    ' where ', '(', ')', ';', "'", '$$', 'merge into ', ' using ', '\u0000', '🦆', 'drop table ', 'update ', ' set ', '=',
  ]; // prettier-ignore
  const text = fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 40 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
      told(Object.fromEntries(texts.map((one, i) => [`${i}.sql`, one])));
    }),
    { numRuns: 300 },
  );
});
