import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DIALECTS } from './dialect.ts';
import { lineage, type StatementLineage } from './lineage.ts';
import { redactLiterals } from './redact.ts';

// Generous: a hang is what these bounds are for, not a slow machine.
const HANG_MS = 20_000;

const dialect = fc.constantFrom(...DIALECTS);

const WORDS =
  `SELECT FROM WHERE GROUP BY ORDER HAVING WITH RECURSIVE AS ( ) ( ) [ ] { } , . ; * = <> :: : := => -> + - || UNION ALL
  EXCEPT INTERSECT JOIN LEFT ON USING NATURAL LATERAL VIEW UNNEST FLATTEN PIVOT UNPIVOT FOR IN VALUES INSERT INTO OVERWRITE
  TABLE UPDATE SET DELETE MERGE WHEN MATCHED NOT THEN ELSE END CASE BEGIN IF WHILE LOOP DECLARE CREATE OR REPLACE TEMP VIEW
  PROCEDURE FUNCTION TRIGGER DROP ALTER RENAME TO COPY UNLOAD LOAD DATA QUALIFY WINDOW OVER PARTITION ROWS INTERVAL CAST
  EXTRACT AT TIME ZONE LIMIT RETURNING CONFLICT DO NOTHING EXEC EXECUTE IMMEDIATE GO USE CLONE LIKE |> STRUCT < > ARRAY
  MATCH_RECOGNIZE MEASURES TABLESAMPLE t u a b c x.y 1 2.5 'str' "q" \`b\` $$ $1 @v :w ? {{ref('m')}} /* */ -- \n # //`
    .split(/\s+/)
    .map((word) => (word === '\\n' ? '\n' : word));

const VALID = [
  "WITH c AS (SELECT a, sum(b) AS s FROM t WHERE d > 'x' GROUP BY a) INSERT INTO o (p, q) SELECT c.a, c.s FROM c JOIN u ON u.i = c.a",
  'MERGE INTO t USING (SELECT k, v FROM s) x ON t.k = x.k WHEN MATCHED THEN UPDATE SET v = x.v WHEN NOT MATCHED THEN INSERT (k, v) VALUES (x.k, x.v)',
  "CREATE PROCEDURE p (x INT) AS BEGIN IF x > 1 THEN INSERT INTO a SELECT CASE WHEN b THEN c ELSE 'd' END FROM e; END IF; END",
  'SELECT f.value:a.b::int AS z FROM t, LATERAL FLATTEN(input => t.j) f QUALIFY row_number() OVER (PARTITION BY a ORDER BY b) = 1',
  "SELECT * FROM (SELECT a, b, c FROM t) PIVOT (sum(a) AS s FOR b IN ('x' AS x, 'y')) UNPIVOT (v FOR n IN (x_s, y_s)) AS u (q, r)",
  'FROM t |> WHERE a > 1 |> AGGREGATE sum(b) AS s GROUP BY c |> SELECT c, s',
];

function check(sql: string, name: (typeof DIALECTS)[number]): void {
  const result = lineage(sql, { dialect: name });
  const walk = (statements: readonly StatementLineage[]): void => {
    for (const { span, columns, body } of statements) {
      expect(span.start.offset).toBeGreaterThanOrEqual(0);
      expect(span.end.offset).toBeLessThanOrEqual(sql.length);
      for (const edge of columns) {
        expect(edge.span.start.offset).toBeLessThanOrEqual(edge.span.end.offset);
        expect(edge.span.end.offset).toBeLessThanOrEqual(sql.length);
        if (edge.certainty === 'ambiguous') expect(edge.candidates).toContain(edge.from.table);
      }
      walk(body);
    }
  };
  walk(result.statements);
  for (const { line, column } of result.diagnostics) expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
  expect(typeof redactLiterals(sql, name)).toBe('string');
}

test('any text is read without an error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), dialect, (sql, name) => check(sql, name)),
    { numRuns: 1500 },
  );
});

test('any bytes are read without an error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), dialect, (bytes, name) =>
      check(Buffer.from(bytes).toString('latin1'), name),
    ),
    { numRuns: 1000 },
  );
});

test('token soup is read without an error', () => {
  const soup = fc.array(fc.constantFrom(...WORDS), { maxLength: 120 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(soup, dialect, (sql, name) => check(sql, name)),
    { numRuns: 4000 },
  );
});

test('mutated statements are read without an error', () => {
  const mutation = fc.tuple(fc.nat(400), fc.nat(30), fc.constantFrom(...WORDS, ''));
  fc.assert(
    fc.property(
      fc.constantFrom(...VALID),
      fc.array(mutation, { minLength: 1, maxLength: 6 }),
      dialect,
      (valid, mutations, name) => {
        let sql = valid;
        for (const [at, length, word] of mutations) sql = `${sql.slice(0, at)} ${word} ${sql.slice(at + length)}`;
        check(sql, name);
      },
    ),
    { numRuns: 4000 },
  );
});

test('a word repeated through a megabyte ends in bounded time', () => {
  for (const word of WORDS) {
    for (const other of ['', '(', 'a ']) {
      const piece = `${word} ${other}`;
      const began = Date.now();
      const sql = piece.repeat(Math.ceil(200_000 / piece.length));
      lineage(sql, { dialect: 'ansi' });
      expect(Date.now() - began, `${word} ${other} repeated`).toBeLessThan(HANG_MS);
    }
  }
}, 300_000);
