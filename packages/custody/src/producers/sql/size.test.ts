import { expect, test } from 'vitest';
import { lineage } from './lineage.ts';
import { redactLiterals } from './redact.ts';

// These texts ended in seconds where written; the bound only tells an end from a hang.
const HANG_MS = 120_000;

function timed<R>(run: () => R): R {
  const began = Date.now();
  const result = run();
  expect(Date.now() - began).toBeLessThan(HANG_MS);
  return result;
}

const columns = (count: number): string[] => Array.from({ length: count }, (_, i) => `c${i}`);

test('a script of ten megabytes', () => {
  const one =
    "insert into a.b (x, y) select t.x, u.y + 1 from s.t t join s.u u on t.id = u.id where t.z > 'abc' -- note\n;\n";
  const sql = one.repeat(Math.ceil(10_000_000 / one.length));
  const { statements, diagnostics } = timed(() => lineage(sql));
  expect(statements.length).toBe(sql.split(';').length - 1);
  expect(diagnostics).toEqual([]);
  expect(timed(() => redactLiterals(sql))).not.toContain('abc');
}, 200_000);

test('a procedure of 5,000 lines without semicolons', () => {
  const lines = columns(5000).map(
    (name, i) => `insert into dbo.t${i % 50} select ${name} from dbo.s${i % 70} where x = @a`,
  );
  const { statements } = timed(() =>
    lineage(`create procedure p @a int as begin\n${lines.join('\n')}\nend`, { dialect: 'tsql' }),
  );
  expect(statements[0]!.body).toHaveLength(5000);
  expect(statements[0]!.outputs).toHaveLength(50);
});

test('a star over 1,000 columns through 20 queries', () => {
  const ctes = columns(20).map((name, i) => `${name} as (select * from ${i === 0 ? 't' : `c${i - 1}`})`);
  const { statements } = timed(() =>
    lineage(`insert into o with ${ctes.join(', ')} select * from c19`, { schema: { t: columns(1000) } }),
  );
  expect(statements[0]!.columns).toHaveLength(1000);
});

test('200 nested queries', () => {
  const sql = `${'select * from ('.repeat(200)}select a from t${') x'.repeat(200)}`;
  expect(timed(() => lineage(sql)).statements[0]!.columns.map(({ from }) => from)).toEqual([
    { table: 't', column: 'a' },
  ]);
});

test('an expression of 10,000 terms over three tables', () => {
  const { statements } = timed(() => lineage(`select ${columns(10_000).join(' + ')} as s from t`));
  expect(statements[0]!.columns).toHaveLength(10_000);
});

test.each([
  ['an expression', (n: number) => `select ${'('.repeat(n)}a${')'.repeat(n)} from t`],
  ['a query', (n: number) => `${'('.repeat(n)}select a from t${')'.repeat(n)}`],
  ['a table', (n: number) => `select a from ${'('.repeat(n)}t${')'.repeat(n)}`],
  ['a derived table', (n: number) => `select a from ${'('.repeat(n)}select a from t${')'.repeat(n)}`],
  ['calls', (n: number) => `select ${'f('.repeat(n)}a${')'.repeat(n)} from t`],
])('100,000 parentheses around %s', (_, build) => {
  const { statements } = timed(() => lineage(build(100_000)));
  expect(statements[0]!.columns.map(({ from }) => `${from.table}.${from.column}`)).toEqual(['t.a']);
});

test('nesting beyond all reason is skipped and said', () => {
  const sql = `${'select ('.repeat(20_000)}a`;
  expect(timed(() => lineage(sql)).diagnostics.map(({ code }) => code)).toContain('too-deep');
});

test('edges beyond the limit are left out and said', () => {
  const items = columns(1500).map((name, i) => `${i === 0 ? '' : `x${i - 1} + `}${name} as x${i}`);
  const { statements, diagnostics } = timed(() =>
    lineage(`select ${items.join(', ')} from t`, { dialect: 'snowflake' }),
  );
  expect(statements[0]!.columns.length).toBeGreaterThan(100_000);
  expect(statements[0]!.columns.length).toBeLessThan(110_000);
  expect(diagnostics.map(({ code }) => code)).toContain('too-many-edges');
});
