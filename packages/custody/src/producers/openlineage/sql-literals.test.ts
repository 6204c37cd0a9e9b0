import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactCode, redactLiterals } from './sql-literals.ts';

/** [dialect, SQL, SQL without literals] */
type Case = readonly [string | null, string, string];

const golden: Record<string, readonly Case[]> = {
  'strings, numbers and comments': [
    [null, "select 'it''s', 1, -2.5e-10, .5 from t1", "select '?', ?, -?, ? from t1"],
    [null, 'select a1, b_2, c$3, x.y4 from t5', 'select a1, b_2, c$3, x.y4 from t5'],
    [null, 'select 0xFF, 1_000, 10L, 5BD, 1..5', 'select ?, ?, ?, ?, ?'],
    [null, "select x'CAFE', 0b101, B'101', N'Bob', U&'d\\0061'", "select '?', ?, '?', '?', '?'"],
    [null, "select date '1999-12-31', interval '3' day", "select date '?', interval '?' day"],
    [null, "select 1 -- Bob's\nfrom t", 'select ? -- ?\nfrom t'],
    [null, 'select a /* Bob */ from t -- end', 'select a /* ? */ from t -- ?'],
    [null, 'select a -- x\r\nfrom t', 'select a -- ?\r\nfrom t'],
    [null, 'select /* /* Bob */ Eve */ a', 'select /* ? */ a'],
    [null, "insert into t values ('Bob', 7), ('Eve', 8)", "insert into t values ('?', ?), ('?', ?)"],
  ],
  'what is not closed is hidden to the end': [
    [null, "select 'Bob from t", "select '?'"],
    [null, 'select /* Bob from t', 'select /* ? */'],
    [null, 'select $x$Bob from t', "select '?'"],
    ['postgres', 'select "Bob from t', "select '?'"],
    [null, 'select `Bob from t', "select '?'"],
    ['tsql', 'select [Bob from t', "select '?'"],
    ['oracle', "select q'[Bob from t", "select '?'"],
  ],
  'names stay': [
    ['postgres', 'select "First Name" from "S"."T" where "a" = 1', 'select "First Name" from "S"."T" where "a" = ?'],
    ['mysql', 'select `a 1` from `s`.`t`', 'select `a 1` from `s`.`t`'],
    ['tsql', "select [it's] from [dbo].[t] where [x] = 'y'", "select [it's] from [dbo].[t] where [x] = '?'"],
    ['snowflake', 'select $1, t.$2 from @stage', 'select $1, t.$2 from @stage'],
    [
      null,
      'select a from t where x = :name and y = ? and z = :1',
      'select a from t where x = :name and y = ? and z = :1',
    ],
  ],
  'double quotes are what the dialect says': [
    ['mysql', 'select "Bob" from t', "select '?' from t"],
    ['bigquery', 'select "it\'s" from `p.d.t`', "select '?' from `p.d.t`"],
    ['spark', 'select concat(a, "x\\"y") from t', "select concat(a, '?') from t"],
    ['Databricks', 'select "Bob"', "select '?'"],
    ['DuckDB', 'select "Bob"', 'select "Bob"'],
  ],
  'or, unsaid, what the text proves': [
    // A double-quoted table or qualified name: then the others are names too.
    [null, 'select "a", "b c" from "t"', 'select "a", "b c" from "t"'],
    [null, 'select "a" from x join "s"."t" on true', 'select "a" from x join "s"."t" on true'],
    // No proof: MySQL's strings look the same.
    [null, 'select "Bob", "Eve" from t', "select '?', '?' from t"],
    [null, 'insert into t values ("Bob", "Eve")', "insert into t values ('?', '?')"],
    [null, 'select a as "total" from t', 'select a as "total" from t'],
    // FROM inside a function is no proof: MySQL's trim takes a string there.
    [null, 'select trim("x" from "xBobx") from t', "select trim('?' from '?') from t"],
    // With proof, what no name looks like goes all the same.
    [null, 'select * from "t" where "a" = "bob@example.com"', 'select * from "t" where "a" = \'?\''],
    [null, 'select * from "t" where "a" = "4111 1111"', 'select * from "t" where "a" = \'?\''],
    [null, 'select * from "t" where "a" = "Bob Smith"', 'select * from "t" where "a" = \'?\''],
  ],
  'backslashes, read both ways where both are possible': [
    ['postgres', "select 'C:\\', 'Bob' from t", "select '?', '?' from t"],
    ['postgres', "select E'it\\'s Bob', a", "select '?', a"],
    ['bigquery', "select 'it\\'s Bob', a", "select '?', a"],
    ['bigquery', "select r'\\'', a", "select '?', a"],
    ['spark', "select r'\\', a", "select '?', a"],
    // Standard: two strings and `, `; MySQL: one string that goes on. Both are hidden.
    [null, "select 'C:\\', 'Bob' from t", "select '?'"],
  ],
  'other quotes': [
    ['postgres', 'select $$Bob$$, $tag$it$$s$tag$, a$b$c from t', "select '?', '?', a$b$c from t"],
    ['oracle', "select q'[it's Bob]', nq'{x}', q'!it's!' from dual", "select '?', '?', '?' from dual"],
    ['bigquery', `select '''it's "Bob"''', """a "b" c""", d`, "select '?', '?', d"],
    ['mysql', "select 1 # it's Bob\nfrom t", 'select ? -- ?\nfrom t'],
    ['snowflake', "select a // it's Bob\nfrom t", 'select a -- ?\nfrom t'],
    ['tsql', 'select $12.50, a', 'select $?, a'],
    [null, 'select “Bob” , ‘Eve’ from t', "select '?' , '?' from t"],
  ],
  'rows inside the text': [
    ['postgres', 'copy t (a) from stdin;\nBob\t7\nEve\t8\n\\.\nselect a', "copy t (a) from stdin;'?'\n\\.\nselect a"],
  ],
};

describe.each(Object.entries(golden))('%s', (_, cases) => {
  test.each(cases)('%s: %s', (dialect, sql, expected) => {
    const redacted = redactLiterals(sql, dialect);
    expect(redacted.text).toBe(expected);
    expect(redacted.count > 0).toBe(redacted.text !== sql);
    // What is sent again is the same text again, and nothing more is counted.
    expect(redactLiterals(redacted.text, dialect)).toEqual({ text: redacted.text, count: 0 });
  });
});

test.each<[string | null, string, string]>([
  ['python', "x = 'Bob' # Eve's\nprint(f\"{x} 7\", '''it's\nb''') // 2", "x = '?' -- ?\nprint('?', '?') // ?"],
  ['bash', 'psql --command "select 1 where n = \'Bob\'" -f /tmp/*.sql', "psql --command '?' -f /tmp/*.sql"],
  ['bash', "echo 'C:\\' 'Bob'", "echo '?'"],
  ['scala', 'val x = """it\'s Bob""" // Eve\'s', "val x = '?' -- ?"],
  [null, 'x = `Bob` // Eve', "x = '?' -- ?"],
])('source code in %s: %s', (language, code, expected) => {
  const once = redactCode(code, language);
  expect(once.text).toBe(expected);
});

/** A value that occurs in no SQL text by itself, so that finding it means that it leaked. */
const canary = fc.stringMatching(/^zq[a-z]{6}$/);
/** What strings hold around it that could turn a lexer inside out. */
const noise = fc
  .array(
    fc.constantFrom(
      "'",
      '"',
      '`',
      '\\',
      '--',
      '/*',
      '*/',
      '#',
      '//',
      '$$',
      '$a$',
      '[',
      ']',
      '\n',
      ';',
      ' ',
      ',',
      '(',
      ')',
      "q'[",
      '”',
      '{',
      'é',
      '😀',
    ),
    { maxLength: 5 },
  )
  .map((pieces) => pieces.join(''));
/** Content of a literal: noise, the value, noise. */
const content = fc
  .tuple(noise, canary, noise)
  .map(([before, value, after]) => ({ value, text: before + value + after }));

interface Literal {
  readonly sql: string;
  readonly value: string;
}
type Spelling = (text: string) => string | null;

const doubled: Spelling = (text) => `'${text.replaceAll("'", "''")}'`;
const backslashed =
  (quote: string): Spelling =>
  (text) =>
    quote + text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote;
const fenced =
  (open: string, close: string): Spelling =>
  (text) =>
    `${text}${close}`.indexOf(close) === text.length ? open + text + close : null;
const lineComment =
  (mark: string): Spelling =>
  (text) =>
    text.includes('\n') ? null : `${mark} ${text}\n`;
const triple =
  (quote: string): Spelling =>
  (text) =>
    quote.repeat(3) + text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote.repeat(3);
const blockComment: Spelling = (text) => (/\*\/|\/\*/.test(`${text}*`) ? null : `/*${text}*/`);

/** How each dialect spells what must not survive. The spelling is the dialect's; the redactor may or may not know it. */
const SPELLINGS: Record<string, readonly Spelling[]> = {
  postgres: [
    doubled,
    (text) => `E${backslashed("'")(text)}`,
    fenced('$$', '$$'),
    fenced('$q$', '$q$'),
    lineComment('--'),
    blockComment,
  ],
  oracle: [doubled, fenced("q'[", "]'"), fenced("nq'!", "!'"), lineComment('--'), blockComment],
  tsql: [doubled, (text) => `N${doubled(text)!}`, lineComment('--'), blockComment],
  mysql: [backslashed("'"), backslashed('"'), lineComment('--'), lineComment('#'), blockComment],
  bigquery: [
    backslashed("'"),
    backslashed('"'),
    triple("'"),
    triple('"'),
    lineComment('--'),
    lineComment('#'),
    blockComment,
  ],
  spark: [backslashed("'"), backslashed('"'), lineComment('--'), blockComment],
  snowflake: [(text) => backslashed("'")(text), fenced('$$', '$$'), lineComment('--'), lineComment('//'), blockComment],
};
/** How each dialect spells names. */
const NAMES: Record<string, (name: string) => string> = {
  postgres: (name) => `"${name}"`,
  oracle: (name) => name.toUpperCase(),
  tsql: (name) => `[${name}]`,
  mysql: (name) => `\`${name}\``,
  bigquery: (name) => `\`${name}\``,
  spark: (name) => `\`${name}\``,
  snowflake: (name) => `"${name}"`,
};

const dialects = Object.keys(SPELLINGS);
const literalOf = (dialect: string): fc.Arbitrary<Literal> =>
  fc
    .tuple(fc.constantFrom(...SPELLINGS[dialect]!), content)
    .map(([spell, { value, text }]) => ({ sql: spell(text) ?? spell(value)!, value }));

/** A statement with a literal in every place where one can stand, and comments between any two words. */
const statementOf = (dialect: string): fc.Arbitrary<{ readonly sql: string; readonly values: readonly string[] }> =>
  fc
    .tuple(
      fc.constantFrom(
        'select N1 , L as N2 from N3 where N1 = L and N2 in ( L , L ) or f( L ) > L',
        'insert into N1 ( N2 , N3 ) values ( L , L ) , ( L , L )',
        'update N1 set N2 = L , N3 = N3 || L where N2 like L',
        'merge into N1 using N2 on N1 . N3 = N2 . N3 when matched then update set N3 = L',
        'with N1 as ( select L from N2 ) select case when N3 = L then L else L end from N1 limit L',
        'delete from N1 where N2 between L and L',
        'L select N1 from N2 L where N3 = 5 L',
      ),
      fc.array(literalOf(dialect), { minLength: 8, maxLength: 8 }),
    )
    .map(([template, literals]) => {
      let used = 0;
      const sql = template.replace(/N\d|L/g, (slot) =>
        slot === 'L' ? literals[used++]!.sql : NAMES[dialect]!(`n${slot[1]}`),
      );
      return { sql, values: literals.slice(0, used).map(({ value }) => value) };
    });

describe('no literal survives, wherever it stands and however it is spelled', () => {
  test.each(dialects)('%s, named', (dialect) => {
    fc.assert(
      fc.property(statementOf(dialect), ({ sql, values }) => {
        const { text } = redactLiterals(sql, dialect);
        for (const value of values) expect(text).not.toContain(value);
        // MySQL's backslash is read both ways, and where the readings part, what is left need not be SQL any more.
        if (dialect !== 'mysql') expect(redactLiterals(text, dialect)).toEqual({ text, count: 0 });
      }),
      { numRuns: 400 },
    );
  });

  test.each(dialects)('%s, not named', (dialect) => {
    fc.assert(
      fc.property(statementOf(dialect), ({ sql, values }) => {
        const { text } = redactLiterals(sql);
        for (const value of values) expect(text).not.toContain(value);
      }),
      { numRuns: 400 },
    );
  });

  test('numbers of every form', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }), fc.bigInt({ min: 0n })),
        fc.constantFrom('=', '(', ', ', '+', '-', ' ', '<', '||'),
        fc.constantFrom(null, ...dialects),
        (number, before, dialect) => {
          const { text } = redactLiterals(`select a ${before}${number} from t`, dialect);
          expect(text).not.toMatch(/\d/);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('the structure survives: without literals and comments the text is untouched', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('select', 'from', 'a', 't1', '"x"."y"', '(', ')', ',', '=', '`n`', '\n', '*', '::', 'as'),
          {
            maxLength: 40,
          },
        ),
        (words) => {
          const sql = words.join(' ');
          expect(redactLiterals(sql, 'postgres')).toEqual({ text: sql, count: 0 });
        },
      ),
    );
  });
});

describe('any text at all', () => {
  const anyText = fc
    .array(
      fc.oneof(
        noise,
        fc.string(),
        fc.constantFrom('select', 'from stdin;', "q'", 'E', 'r', '1e', '0x', '$', ':', '.', "'''", '"""'),
      ),
      { maxLength: 60 },
    )
    .map((pieces) => pieces.join(''));

  test('is answered, and what is left is no longer than what stands for it', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(null, ...dialects), (text, dialect) => {
        const { text: kept, count } = redactLiterals(text, dialect);
        expect(kept.length).toBeLessThanOrEqual(text.length + 7 * count);
        if (count === 0) expect(kept).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['\\', "'", '"', '$', '/*', '*/', '"a"', "'''", '#', '-', '1e', "q'", '[', '`', '(', '“', 'from stdin;\n'])(
    'a megabyte of %s takes a moment',
    (piece) => {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      expect(redactLiterals(text).text.length).toBeLessThanOrEqual(text.length * 4);
    },
    5_000,
  );
});
