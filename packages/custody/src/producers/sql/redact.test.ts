import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DIALECTS } from './dialect.ts';
import { redactLiterals } from './redact.ts';

describe('literals become ?', () => {
  test.each([
    ['ansi', "select 'a''b', 1, 1.5e-3, .5 from t1 where c2 = 7", 'select ?, ?, ?, ? from t1 where c2 = ?'],
    [
      'postgres',
      "select E'it\\'s', $$a $1 b$$, $q$x$$y$q$, U&'\\0041', B'01', x'ff' from t",
      'select ?, ?, ?, ?, ?, ? from t',
    ],
    ['postgres', 'select "Name" from "My Table" where id = $1', 'select "Name" from "My Table" where id = $1'],
    ['mysql', 'select "it\\"s", _utf8\'x\', 0xFF # note 5\nfrom `t`', 'select ?, ?, ? #\nfrom `t`'],
    ['bigquery', "select r'a\\', '''b 'c' ''', b\"d\", \"\"\"e\"\"\" from `p.d.t`", 'select ?, ?, ?, ? from `p.d.t`'],
    ['oracle', "select q'[it's]', N'x', nq'{y}' from dual", 'select ?, ?, ? from dual'],
    ['tsql', "select [a 1], N'x' from #t1 where b = 'c'", 'select [a 1], ? from #t1 where b = ?'],
    ['snowflake', "select v:a.b[0], $$z$$ from @stage/x1 // note 'x'\n", 'select v:a.b[?], ? from @stage/x1 //\n'],
    ['ansi', "select 1 -- 'secret' 5\n/* 'secret' 6 */ from t", 'select ? --\n/* */ from t'],
    ['postgres', "copy t from stdin;\n1\tsecret\n\\.\nselect 'x'", 'copy t from stdin;\n?\nselect ?'],
    ['ansi', "select {{ var('secret') }} from t {# secret #}", 'select {{ ? }} from t {# #}'],
  ])('%s: %s', (dialect, sql, expected) => {
    expect(redactLiterals(sql, dialect)).toBe(expected);
  });

  test('what is not closed is redacted to the end', () => {
    expect(redactLiterals("select a from t where b = 'secret", 'ansi')).toBe('select a from t where b = ?');
    expect(redactLiterals('select a /* secret', 'ansi')).toBe('select a /*');
    expect(redactLiterals('select "secret', 'ansi')).toBe('select ?');
    expect(redactLiterals('select $$secret', 'postgres')).toBe('select ?');
  });

  test('without a dialect every likely reading is covered', () => {
    expect(redactLiterals("select 'it\\'s secret' from t where a = 'secret'")).toBe('select ? from t where a = ?');
    expect(redactLiterals('select "Col", t."x" from "T" where y = "secret" and z in ("secret", 2)')).toBe(
      'select "Col", t."x" from "T" where y = ? and z in (?, ?)',
    );
    expect(redactLiterals("select 'C:\\', 'secret'")).toBe('select ?, ?');
  });
});

test('a literal never survives, and redaction is stable', () => {
  const literal = fc.stringMatching(/^[a-z ]{1,12}$/).map((word) => `zq${word}qz`);
  const piece = fc.oneof(
    fc.constantFrom('select', 'a', ',', 'from t', 'where b =', '(', ')', 'and c in'),
    literal.map((word) => `'${word}'`),
    literal.map((word) => `/* ${word} */`),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.constantFrom(undefined, ...DIALECTS), (pieces, dialect) => {
      const redacted = redactLiterals(pieces.join(' '), dialect);
      expect(redacted).not.toContain('zq');
      expect(redactLiterals(redacted, dialect)).toBe(redacted);
    }),
    { numRuns: 1500 },
  );
});
