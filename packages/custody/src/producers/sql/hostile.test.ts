/**
 * Texts that multiply: `testdata/sql/hostile.json` says how each is made, at any length. What is held here is the work and
 * the answer, never the time; `npm run bench -- sql-limits` has the times.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { eachStatement, lineage, type StatementLineage } from './lineage.ts';
import { redactLiterals } from './redact.ts';

interface Hostile {
  readonly name: string;
  readonly dialect?: string;
  /** `t` has so many columns. */
  readonly wide?: number;
  readonly parts: readonly (string | { readonly repeat: string; readonly between?: string })[];
}

const TEXTS = JSON.parse(
  readFileSync(new URL('../../../../../testdata/sql/hostile.json', import.meta.url), 'utf8'),
) as readonly Hostile[];

/** `#` is the number of the repetition, `#+` the next. */
function textOf({ parts }: Hostile, bytes: number): string {
  const repeated = parts.filter((part) => typeof part !== 'string').length;
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      const { repeat, between = '' } = part;
      const count = Math.ceil(bytes / repeated / (repeat.length + between.length));
      return Array.from({ length: count }, (_, i) =>
        repeat.replaceAll('#+', String(i + 1)).replaceAll('#', String(i)),
      ).join(between);
    })
    .join('');
}

/** Edges and influences of statements, each counted once: a routine repeats those of its body. */
function kept(statements: readonly StatementLineage[]): number {
  return statements.reduce(
    (sum, { columns, influences, body }) => sum + (body.length > 0 ? kept(body) : columns.length + influences.length),
    0,
  );
}

const options = ({ dialect = 'ansi', wide }: Hostile) => ({
  dialect,
  ...(wide !== undefined && { schema: { t: Array.from({ length: wide }, (_, i) => `c${i}`) } }),
});

test.each(TEXTS)('$name: the answer is bounded, and says what it lacks', (hostile) => {
  const sql = textOf(hostile, 60_000);
  const { statements, diagnostics } = lineage(sql, options(hostile));
  const edges = kept(statements);
  // 450,000 for a text, and what its length alone allows.
  expect(edges).toBeLessThanOrEqual(450_000 + sql.length * 3);
  const half = lineage(textOf(hostile, 30_000), options(hostile));
  const isCut = diagnostics.some(({ code }) => code === 'too-much-work' || code === 'too-many-edges');
  const isDeep = diagnostics.some(({ severity, code }) => severity === 'error' || code === 'ambiguous-column');
  // Twice the text: twice the answer, or four times where pairs are asked for; never less without a word.
  if (!isCut && !isDeep) expect(edges).toBeGreaterThanOrEqual(kept(half.statements));
  if (!isCut) expect(edges).toBeLessThanOrEqual(kept(half.statements) * 4.5 + 10);
  expect(typeof redactLiterals(sql)).toBe('string');
});

test('CTEs that double: the count is cut, the tables are not', () => {
  const ctes = Array.from({ length: 40 }, (_, i) => `c${i + 1} as (select * from c${i} x, c${i} y)`);
  const { statements, diagnostics } = lineage(
    `insert into o with c0 as (select a from t), ${ctes.join(', ')} select * from c40 join u on true`,
  );
  expect(statements[0]!.inputs.map(({ name }) => name)).toEqual(['t', 'u']);
  expect(statements[0]!.outputs.map(({ name }) => name)).toEqual(['o']);
  expect(diagnostics.map(({ code }) => code)).toEqual(['too-much-work']);
});

test('a statement that is too much takes nothing from the ones around it', () => {
  const ctes = Array.from({ length: 40 }, (_, i) => `c${i + 1} as (select * from c${i} x, c${i} y)`);
  const bad = `insert into o with c0 as (select a from t), ${ctes.join(', ')} select * from c40;`;
  const good = 'insert into p (x) select y.b from y;';
  const { statements, diagnostics } = lineage(`${good}${bad.repeat(20)}${good}`);
  expect(diagnostics).toHaveLength(20);
  for (const statement of [statements[0]!, statements.at(-1)!])
    expect(statement.columns.map(({ from, to }) => [from.table, from.column, to.table, to.column])).toEqual([
      ['y', 'b', 'p', 'x'],
    ]);
});

test('a name that any of a thousand tables may hold is told of some, with the number of all', () => {
  const tables = Array.from({ length: 1000 }, (_, i) => `t${i}`);
  const { statements, diagnostics } = lineage(`select a from ${tables.join(', ')}`);
  expect(statements[0]!.inputs).toHaveLength(1000);
  expect(statements[0]!.columns).toHaveLength(200);
  expect(diagnostics.map(({ message }) => message)).toEqual([
    'a may be a column of any of 1000 tables; the first 200 are given',
  ]);
});

test('joins of a hundred tables with schema are read whole', () => {
  const schema = Object.fromEntries(
    Array.from({ length: 100 }, (_, i) => [`t${i}`, Array.from({ length: 200 }, (_c, j) => `t${i}_c${j}`)]),
  );
  const joins = Array.from({ length: 99 }, (_, i) => `join t${i + 1} on t${i + 1}_c0 = t${i}_c0`);
  const { statements, diagnostics } = lineage(`insert into o select * from t0 ${joins.join(' ')}`, { schema });
  expect(diagnostics).toEqual([]);
  expect(statements[0]!.columns).toHaveLength(20_000);
});

test('a thousand columns pass through a hundred CTEs', () => {
  const columns = Array.from({ length: 1000 }, (_, i) => `c${i}`);
  const ctes = Array.from({ length: 100 }, (_, i) => `q${i + 1} as (select * from q${i})`);
  const { statements, diagnostics } = lineage(
    `insert into o with q0 as (select * from t), ${ctes.join(', ')} select * from q100`,
    { schema: { t: columns } },
  );
  expect(diagnostics).toEqual([]);
  expect(statements[0]!.columns.map(({ to }) => to.column)).toEqual(columns);
});

test('statements come one by one, with their diagnostics', () => {
  const sql =
    'create temp table a as select x from s; insert into o select * from a; select ) from t; insert into p select 1';
  const found = [...eachStatement(sql)];
  expect(found.map(({ statement }) => statement?.kind)).toEqual(['create_table', 'insert', 'query', 'insert']);
  expect(found[1]!.statement!.columns[0]!.to).toEqual({ table: 'o', column: 'x' });
  expect(found.flatMap(({ diagnostics }) => diagnostics)).toEqual(lineage(sql).diagnostics);
});

test('a script is read no further than asked', () => {
  const statements = eachStatement('insert into a select b from c;'.repeat(100_000));
  const first = statements.next().value;
  expect(first && first.statement?.span.end.offset).toBe(29);
});
