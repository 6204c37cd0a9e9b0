import { describe, expect, test } from 'vitest';
import { compose, lineage, Session, type ColumnEdge, type LineageOptions } from './index.ts';

function edges(sql: string, options: LineageOptions = {}): string[] {
  return lineage(sql, options).statements.flatMap((statement) => statement.columns.map(text));
}

function text({ from, to, kind, via, masked, certainty }: ColumnEdge): string {
  const notes = [
    kind,
    ...(via ? [via] : []),
    ...(masked ? ['masked'] : []),
    ...(certainty === 'certain' ? [] : [certainty]),
  ];
  return `${from.table}.${from.column} -> ${to.table ?? ''}.${to.column} ${notes.join(' ')}`;
}

describe('edges', () => {
  test('say how a value is made', () => {
    expect(
      edges("select a, b + 1 as c, sum(d) as e, sha2(f, 256) as g, case when h > 0 then i else 'x' end as j from t"),
    ).toEqual([
      't.a -> .a identity',
      't.b -> .c transformation',
      't.d -> .e aggregation',
      't.f -> .g transformation masked',
      't.h -> .j transformation condition',
      't.i -> .j transformation',
    ]);
  });

  test('keep the strongest kind and every mask along a path', () => {
    const sql =
      'with q as (select md5(email) as h, n from people), r as (select h, max(n) as m from q group by h) insert into o select h, m from r';
    expect(edges(sql)).toEqual(['people.email -> o.h transformation masked', 'people.n -> o.m aggregation']);
  });

  test('say where only a number of rows comes through, over CTEs too', () => {
    const sql = 'with q as (select * from people) select count(distinct email) as n, max(email) as e from q';
    const told = lineage(sql, { schema: { people: ['email'] } }).statements.flatMap(({ columns }) => columns);
    expect(told.map(({ to, counted }) => [to.column, counted])).toEqual([
      ['n', true],
      ['e', false],
    ]);
  });

  test('stay unmasked where one path is unmasked', () => {
    expect(edges('select concat(md5(email), email) as x from people')).toEqual([
      'people.email -> .x transformation masked',
      'people.email -> .x transformation',
    ]);
  });

  test('carry the place of the source column', () => {
    const sql = 'insert into o\nselect\n  t.a\nfrom t';
    const [edge] = lineage(sql).statements[0]!.columns;
    expect(edge!.span.start).toEqual({ offset: 23, line: 3, column: 3 });
    expect(sql.slice(edge!.span.start.offset, edge!.span.end.offset)).toBe('t.a');
  });

  test('of an ambiguous name go to every candidate', () => {
    const { columns } = lineage('select a from t join u on t.i = u.i').statements[0]!;
    expect(columns.map((edge) => [edge.from.table, edge.certainty, edge.candidates])).toEqual([
      ['t', 'ambiguous', ['t', 'u']],
      ['u', 'ambiguous', ['t', 'u']],
    ]);
  });

  test('become certain with a schema', () => {
    expect(edges('select a from t join u on t.i = u.i', { schema: { t: ['i'], u: ['i', 'a'] } })).toEqual([
      'u.a -> .a identity',
    ]);
  });

  test('accept a schema as a function and as types', () => {
    expect(
      edges('select * from d.t', { schema: (parts) => (parts.join('.') === 'd.t' ? ['x', 'y'] : undefined) }),
    ).toEqual(['d.t.x -> .x identity', 'd.t.y -> .y identity']);
    expect(edges('select * from t', { schema: { t: { x: 'int' } } })).toEqual(['t.x -> .x identity']);
  });
});

test('rows are decided by influences, not by edges', () => {
  const { columns, influences } = lineage(
    'select a from t join u on t.i = u.j where t.b > 1 group by a, t.c order by t.d',
  ).statements[0]!;
  expect(columns.filter((edge) => edge.to.column !== 'a')).toEqual([]);
  expect(influences.map(({ role, from }) => `${role} ${from.table}.${from.column}`)).toEqual([
    'join t.i',
    'join u.j',
    'filter t.b',
    'group_by t.a',
    'group_by u.a',
    'group_by t.c',
    'sort t.d',
  ]);
});

describe('names', () => {
  test('fold as the dialect says', () => {
    expect(edges('select A, "B" from T', { dialect: 'snowflake' })).toEqual([
      'T.A -> .A identity',
      'T.B -> .B identity',
    ]);
    expect(edges('select A, "B" from T', { dialect: 'postgres' })).toEqual([
      't.a -> .a identity',
      't.B -> .B identity',
    ]);
  });

  test('get the defaults of the session, and USE changes them', () => {
    const { statements } = lineage('select a from t; use other; select a from t; select a from x.y.z', {
      defaultDatabase: 'd',
      defaultSchema: 's',
      dialect: 'snowflake',
    });
    expect(statements.flatMap(({ inputs }) => inputs.map(({ name }) => name))).toEqual(['d.s.T', 'OTHER.s.T', 'X.Y.Z']);
  });

  test('of columns that differ in case only follow the case rule', () => {
    const schema = { t: ['id', 'ID'] };
    expect(edges('select id, "id" from t', { dialect: 'snowflake', schema })).toEqual([
      'T.ID -> .ID identity',
      'T.id -> .id identity',
    ]);
  });
});

describe('sessions', () => {
  test('remember temporary tables from one call to the next', () => {
    const session = new Session();
    lineage('create temporary table tmp as select a, b from src', { session });
    expect(edges('insert into o select * from tmp', { session })).toEqual([
      'tmp.a -> o.a identity',
      'tmp.b -> o.b identity',
    ]);
  });

  test('compose a script to what it reads and leaves', () => {
    const script = `
      create temp table t1 as select id, md5(email) as h from raw.people;
      create table t2 as select h, count(id) as n from t1 group by h;
      insert into mart.hashes (h, n) select * from t2;
      drop table t2;`;
    const { inputs, outputs, columns } = compose(lineage(script, { dialect: 'postgres' }).statements);
    expect(inputs.map(({ name }) => name)).toEqual(['raw.people']);
    expect(outputs.map(({ name }) => name)).toEqual(['mart.hashes']);
    expect(columns.map(text)).toEqual([
      'raw.people.email -> mart.hashes.h transformation masked',
      'raw.people.id -> mart.hashes.n aggregation',
    ]);
  });

  test('follow values through variables and cursors of a procedure', () => {
    const sql = `create procedure p is
        v number; cursor c is select a, b from src;
      begin
        select max(x) into v from s2;
        for r in c loop insert into tgt (k, m) values (r.a, v); end loop;
      end;`;
    const { statements } = lineage(sql, { dialect: 'oracle' });
    expect(statements[0]!.columns.map(text)).toEqual([
      'SRC.A -> TGT.K identity inferred',
      'S2.X -> TGT.M aggregation inferred',
    ]);
  });
});

describe('malformed text', () => {
  test('gives what was understood and says where it was not', () => {
    const { statements, diagnostics } = lineage("select a, from t where (b = 'x;\ninsert into o select c from u");
    expect(statements[0]!.inputs.map(({ name }) => name)).toEqual(['t']);
    expect(diagnostics.map(({ code, line, column }) => [code, line, column])).toContainEqual([
      'unclosed-string',
      1,
      29,
    ]);
  });

  test('a statement that fails does not take the next one with it', () => {
    const { statements, diagnostics } = lineage('frobnicate the table;\ninsert into o select a from t');
    expect(statements.map(({ kind }) => kind)).toEqual(['insert']);
    expect(diagnostics.map(({ code, line }) => [code, line])).toEqual([['unexpected-token', 1]]);
  });

  test('an unknown dialect is read as ansi, and said', () => {
    expect(lineage('select 1', { dialect: 'klingon' }).diagnostics.map(({ code }) => code)).toEqual([
      'unknown-dialect',
    ]);
  });
});
