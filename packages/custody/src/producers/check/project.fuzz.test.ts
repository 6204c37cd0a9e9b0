/** Projects that are wrong in every way: nothing throws, what is read is bounded, lines lie within the files. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assetsOf } from './assets.ts';
import { lineageFacts } from './project.ts';

const FOLDER = new URL('../../../../../testdata/check/dbt/', import.meta.url);
const REAL = new Map(
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(new URL(name, FOLDER)).isFile())
    .map((name) => [`p/${name}`, readFileSync(new URL(name, FOLDER), 'utf8')]),
);
const SQL = [
  'merge into mart.x t using raw.y s on t.id = s.id when matched then update set email = s.email;\ngrant select on t to public;',
  "create function f() returns void as $$ begin execute 'select ' || x; delete from t; end $$ language plpgsql;",
  "copy into @stage/x from (select * from raw.y) credentials = (aws_secret_key = 'x');",
];
const settings = {
  labels: { 'people.*': ['pii'], '*.email': ['pii'], 'raw.customers.email': ['mail'] },
  sql_dialect: 'snowflake',
};

/** The facts, after what must hold of any. */
function read(files: ReadonlyMap<string, string>) {
  const facts = lineageFacts(files, { settings, labels: [] });
  for (const one of facts) {
    const text = JSON.stringify(one);
    expect(text.length).toBeLessThan(30_000_000);
    assetsOf(one);
    for (const [, path, line] of text.matchAll(/"(?:path|file)":"([^"]+)","line":(\d+)/g)) {
      const lines = files.get(path!)?.split('\n').length;
      if (lines !== undefined) expect(Number(line)).toBeLessThanOrEqual(lines);
    }
  }
  return facts;
}

const SPLICES = [
  '{{',
  '}}',
  '{%',
  '%}',
  '{#',
  '#}',
  '\n',
  '\t',
  '  - ',
  ': ',
  '&a ',
  '*a',
  '!!binary x',
  '|\n',
  '"',
  "'",
  '$$',
  '--',
  '/*',
  ';',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ' from ',
  ' select * ',
  'ref(',
  '-%}',
  '\0',
  '\ud800',
  'endif',
  'endfor',
  '<<: ',
];

test('real texts, mutated', () => {
  const paths = [...REAL.keys()];
  const mutation = fc.record({
    path: fc.nat(paths.length - 1),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(40),
    put: fc.oneof(fc.constantFrom(...SPLICES), fc.string({ unit: 'binary', maxLength: 20 })),
    times: fc.constantFrom(1, 1, 1, 50),
  });
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) => {
      const files = new Map(REAL);
      for (const { path, at, cut, put, times } of mutations) {
        const text = files.get(paths[path]!)!;
        const from = Math.floor(at * text.length);
        files.set(paths[path]!, text.slice(0, from) + put.repeat(times) + text.slice(from + cut));
      }
      read(files);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('plain SQL, mutated', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...SQL),
      fc.constantFrom(...SQL),
      fc.nat(200),
      fc.constantFrom(...SPLICES),
      (a, b, at, put) => {
        read(
          new Map([
            ['a.sql', a.slice(0, at) + put + b],
            ['marts/b.sql', b + put + a.slice(at)],
          ]),
        );
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);

test('anything at all in the place of each file', () => {
  const kinds = [
    'p/dbt_project.yml',
    'p/models/a.sql',
    'p/models/a.yml',
    'p/macros/m.sql',
    'p/seeds/s.csv',
    'p/snapshots/s.sql',
    'p/profiles.yml',
    'p/packages.yml',
    'p/models/m.py',
    'x.sql',
  ];
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(
        fc.constantFrom(...SPLICES, 'models', 'name', 'columns', 'sources', 'tables', 'meta', 'if', 'for', 'a', '1'),
        { maxLength: 60 },
      )
      .map((list) => list.join('')),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...kinds), text), (given) => {
      read(new Map([['p/dbt_project.yml', 'name: x\n'], ...Object.entries(given)]));
    }),
    { numRuns: 300 },
  );
}, 60_000);

describe('a megabyte of one thing is read or said to be unread', () => {
  const MB = 999_000;
  const fill = (text: string) => text.repeat(Math.floor(MB / text.length));
  const project = ['p/dbt_project.yml', 'name: x\n'] as const;
  test.each([
    ['one line of SQL', 'p/models/a.sql', `select ${fill('a, ')}b from t`],
    ['one word of SQL', 'p/models/a.sql', fill('x')],
    ['stars', 'p/models/a.sql', fill('select * from t ')],
    ['spaces behind select', 'x.sql', `select${fill(' ')}`],
    ['words of YAML', 'p/models/a.yml', fill('x')],
    ['brackets of YAML', 'p/models/a.yml', fill('[')],
    ['dashes of YAML', 'p/models/a.yml', fill('- ')],
    ['lines of YAML', 'p/models/a.yml', fill('a:\n')],
    ['indents of YAML', 'p/models/a.yml', Array.from({ length: 1_300 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')],
    ['questions of YAML', 'p/models/a.yml', fill('? ')],
    ['quotes of YAML', 'p/models/a.yml', `a: "${fill('\\u0041')}`],
    [
      'aliases of YAML',
      'p/models/a.yml',
      `a: &a [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [${Array.from({ length: 9 }, () => `*${i === 0 ? 'a' : `b${i - 1}`}`).join(', ')}]\n`).join('')}models:\n  - name: a\n    meta: *b29\n`,
    ],
    [
      'columns of YAML',
      'p/models/a.yml',
      `models:\n  - name: a\n    columns:\n${fill('      - name: x\n').slice(0, 500_000)}`,
    ],
    ['models of YAML', 'p/models/a.yml', `models:\n${fill('  - name: x\n').slice(0, 500_000)}`],
    ['a head of a seed', 'p/seeds/a.csv', fill('a,')],
    ['snapshots', 'p/snapshots/a.sql', fill('{% snapshot a %}')],
    ['grants', 'x.sql', fill('grant a on b to public;')],
    ['deletes without an end', 'x.sql', fill('delete from t\n')],
    ['assignments', 'x.sql', fill('a := ')],
    ['executes', 'x.sql', fill("execute 'select ' || ")],
    ['dollars', 'x.sql', fill('$a$ ')],
    ['parentheses', 'x.sql', fill('(')],
    ['deletes in parentheses', 'x.sql', fill('(delete from t ')],
    ['texts', 'x.sql', fill("'password=abcdef' ")],
    ['identified', 'x.sql', fill('identified by x ')],
    ['tags', 'p/macros/a.sql', fill('{% x ')],
    [
      'hooks',
      'p/dbt_project.yml',
      `name: x\non-run-end:\n${fill('  - "grant select on t to public"\n').slice(0, 400_000)}`,
    ],
    ['packages', 'p/packages.yml', `packages:\n${fill('  - git: a\n').slice(0, 400_000)}`],
    ['profiles', 'p/profiles.yml', fill('password: x\n').slice(0, 400_000)],
    ['Python', 'p/models/a.py', `def model(dbt, s):\n${fill('dbt.ref("a')}`],
  ])('%s', (_, path, text) => {
    const facts = read(new Map([project, [path, text]]));
    expect(facts.length).toBeGreaterThan(0);
  });

  test('many files of many columns', () => {
    const wide = Array.from({ length: 300 }, (_, i) => `c${i}`).join(', ');
    const files = new Map<string, string>([
      project,
      [
        'p/models/s.yml',
        `sources:\n  - name: r\n    tables:\n      - name: t\n        columns:\n${Array.from({ length: 300 }, (_, i) => `          - name: c${i}\n            meta: { pii: true }\n`).join('')}`,
      ],
    ]);
    files.set('p/models/m0.sql', `select ${wide} from {{ source('r', 't') }}`);
    for (let i = 1; i < 60; i++) files.set(`p/models/m${i}.sql`, `select * from {{ ref('m${i - 1}') }}`);
    const facts = read(files)[0]!;
    expect(facts.kind === 'dbt' && facts.models.find(({ name }) => name === 'm59')!.columns).toHaveLength(300);
  });

  test('models that call each other in a circle', () => {
    const files = new Map<string, string>([
      project,
      ['p/models/a.sql', "select email from {{ ref('b') }}"],
      ['p/models/b.sql', "select email from {{ ref('a') }}"],
    ]);
    expect(read(files)).toHaveLength(3);
  });
});
