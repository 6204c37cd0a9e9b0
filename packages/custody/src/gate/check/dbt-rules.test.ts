/** Each rule for dbt projects: a project that it refuses, at which file and line, and the same mended. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lineageFacts } from '../../producers/check/project.ts';
import { Checker } from './checker.ts';

const FOLDER = new URL('../../../../../policies/check/dbt/', import.meta.url);
const modules = Object.fromEntries(
  readdirSync(FOLDER).map((name) => [`check/dbt/${name}`, readFileSync(new URL(name, FOLDER), 'utf8')]),
);

type Files = Readonly<Record<string, string>>;

/** A project in order: a source with a label, a model that carries it, a mart that masks it. */
const BASE: Files = {
  'dbt_project.yml': 'name: shop\nvars: { first_day: "2024-01-01" }\n',
  'models/sources.yml': `sources:
  - name: raw
    meta: { retention: 1 year }
    freshness: { warn_after: { count: 1, period: day } }
    tables:
      - name: people
        columns:
          - name: id
            tests: [unique]
          - name: email
            meta: { labels: [pii] }
`,
  'models/people.sql': "select id, email from {{ source('raw', 'people') }}\nwhere day > '{{ var('first_day') }}'\n",
  'models/marts/contacts.sql': "select\n  id,\n  sha2(email, 256) as email_hash\nfrom {{ ref('people') }}\n",
  'models/models.yml': `groups:
  - name: crm
    owner: { name: CRM }
models:
  - name: people
    group: crm
    columns:
      - name: id
        data_tests: [unique, not_null]
      - name: email
        meta: { labels: [pii] }
  - name: contacts
    access: public
    config: { meta: { owner: CRM }, contract: { enforced: true } }
    columns:
      - name: id
        data_tests: [unique, not_null]
`,
};
const CLEAR = "select\n  id,\n  email\nfrom {{ ref('people') }}\n";

function found(files: Files, settings: Readonly<Record<string, unknown>> = {}) {
  const checker = new Checker(modules, settings);
  const all = new Map(Object.entries({ ...BASE, ...files }));
  return lineageFacts(all, { settings, labels: [] }).flatMap((facts) =>
    checker.check(facts).map(({ rule, file, line, message }) => ({ id: rule.id, at: `${file}:${line}`, message })),
  );
}
const yml = (from: string, to: string): Files => ({
  'models/models.yml': BASE['models/models.yml']!.replace(from, to),
});
const source = (from: string, to: string): Files => ({
  'models/sources.yml': BASE['models/sources.yml']!.replace(from, to),
});

/** What a case changes, on one line. */
const shown = (files: Files): string =>
  Object.entries(files)
    .map(([path, text]) => `${path}: ${text.replace(/\s+/g, ' ').slice(0, 60)}`)
    .join('; ') || 'the project as it is';

interface Case {
  readonly bad: readonly (readonly [files: Files, at: string, settings?: Readonly<Record<string, unknown>>])[];
  readonly good: readonly (readonly [files: Files, settings?: Readonly<Record<string, unknown>>])[];
}
const CASES: Readonly<Record<string, Case>> = {
  'DBT-001': {
    bad: [
      [{ 'models/marts/contacts.sql': CLEAR }, 'models/marts/contacts.sql:3'],
      [
        {
          'models/people.sql': "select * from {{ source('raw', 'people') }}",
          'models/marts/contacts.sql': "with p as (select * from {{ ref('people') }})\nselect * from p",
        },
        'models/marts/contacts.sql:1',
      ],
      // Exposed, and neither public nor among the marts.
      [
        {
          'models/exposures.yml':
            "exposures:\n  - name: mails\n    owner: { name: X }\n    depends_on: [ref('people')]\n",
        },
        'models/people.sql:1',
      ],
      // Which columns there are is asked of the warehouse: any may come through.
      [
        {
          'models/marts/contacts.sql':
            "select {% for c in adapter.get_columns_in_relation(ref('people')) %}{{ c.name }}, {% endfor %} 1 as one from {{ ref('people') }}",
        },
        'models/marts/contacts.sql:1',
      ],
      // By what the repository says of the names of tables.
      [
        { 'models/marts/contacts.sql': 'select id,\n  phone from other.people' },
        'models/marts/contacts.sql:2',
        { labels: { 'people.phone': ['pii:PHONE'] } },
      ],
      [
        { 'models/marts/contacts.sql': CLEAR },
        'models/marts/contacts.sql:3',
        { approved_labels: { 'other*': ['pii'], contacts: ['phi'] } },
      ],
    ],
    good: [
      [{}],
      [{ 'models/marts/contacts.sql': "select id, count(distinct email) as n from {{ ref('people') }} group by 1" }],
      [{ 'models/marts/contacts.sql': "select id from {{ ref('people') }} where email like '%.org'" }],
      [{ 'models/marts/contacts.sql': CLEAR }, { approved_labels: { 'models/marts/*': ['pii*'] } }],
      [{ 'models/marts/contacts.sql': CLEAR }, { approved_labels: { contacts: ['pii'] } }],
    ],
  },
  'DBT-002': {
    bad: [[yml('        meta: { labels: [pii] }\n', ''), 'models/people.sql:1']],
    good: [
      [{}],
      [yml('meta: { labels: [pii] }', 'config: { meta: { pii: true } }')],
      [yml('meta: { labels: [pii] }', 'tags: [pii]')],
    ],
  },
  'DBT-003': {
    bad: [
      [yml('        data_tests: [unique, not_null]\n', ''), 'models/models.yml:5'],
      [yml('[unique, not_null]', '[unique]'), 'models/models.yml:8'],
      [{ 'models/more.sql': 'select 1 as id' }, 'models/more.sql:1'],
    ],
    good: [
      [{}],
      [
        yml(
          '    columns:\n      - name: id\n        data_tests: [unique, not_null]\n',
          '    data_tests:\n      - dbt_utils.unique_combination_of_columns: { combination_of_columns: [id] }\n    columns:\n',
        ),
      ],
      [{ 'models/more.sql': "{{ config(materialized='ephemeral') }} select 1 as id" }],
    ],
  },
  'DBT-004': {
    bad: [
      [yml('    group: crm\n', ''), 'models/models.yml:5'],
      [{ 'models/exposures.yml': 'exposures:\n  - name: mails\n    depends_on: []\n' }, 'models/exposures.yml:2'],
    ],
    good: [
      [{}],
      [{ 'models/more.sql': "{{ config(meta={'owner': 'CRM'}) }} select 1 as id" }],
      [
        {
          'dbt_project.yml': 'name: shop\nmodels: { shop: { +meta: { owner: CRM } } }\n',
          ...yml('    group: crm\n', ''),
        },
      ],
    ],
  },
  'DBT-005': {
    bad: [
      [yml(', contract: { enforced: true }', ''), 'models/models.yml:12'],
      [
        yml('    access: public\n    config: { meta: { owner: CRM }, contract: { enforced: true } }\n', ''),
        'models/models.yml:12',
      ],
    ],
    good: [
      [{}],
      [
        {
          'dbt_project.yml': 'name: shop\nmodels: { shop: { marts: { +contract: { enforced: true } } } }\n',
          ...yml(', contract: { enforced: true }', ''),
        },
      ],
    ],
  },
  'DBT-006': {
    bad: [
      [
        { 'models/people.sql': `{{ config(materialized='table') }}\n${BASE['models/people.sql']}` },
        'models/models.yml:5',
      ],
      [source('    meta: { retention: 1 year }\n', ''), 'models/sources.yml:5'],
    ],
    good: [
      [{}],
      [
        {
          'models/people.sql': `{{ config(materialized='table', meta={'retention': '90 days'}) }}\n${BASE['models/people.sql']}`,
        },
      ],
      [
        {
          'models/people.sql': `{{ config(materialized='table', partition_expiration_days=30) }}\n${BASE['models/people.sql']}`,
        },
      ],
    ],
  },
  'DBT-007': {
    bad: [
      [source('    freshness: { warn_after: { count: 1, period: day } }\n', ''), 'models/sources.yml:5'],
      [source('            tests: [unique]\n', ''), 'models/sources.yml:6'],
      [source('      - name: people\n', '      - name: people\n        freshness: null\n'), 'models/sources.yml:6'],
    ],
    good: [[{}]],
  },
  'DBT-008': {
    bad: [
      [
        { 'models/people.sql': "with p as (\n  select * from {{ source('raw', 'people') }}\n)\nselect * from p" },
        'models/people.sql:2',
      ],
    ],
    good: [
      [{}],
      [
        {
          'models/people.sql': "with p as (\n  select * from {{ source('raw', 'people') }}\n)\nselect id, email from p",
        },
      ],
    ],
  },
  'DBT-009': {
    bad: [
      [{ 'packages.yml': 'packages:\n  - git: https://github.com/a/b.git\n    revision: main\n' }, 'packages.yml:2'],
      [{ 'packages.yml': 'packages:\n  - git: https://github.com/a/b.git\n' }, 'packages.yml:2'],
      [
        { 'dependencies.yml': 'packages:\n  - package: dbt-labs/dbt_utils\n    version: [">=1.0.0", "<2.0.0"]\n' },
        'dependencies.yml:2',
      ],
    ],
    good: [
      [
        {
          'packages.yml': `packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.3.0\n  - git: https://github.com/a/b.git\n    revision: ${'a'.repeat(40)}\n  - git: https://github.com/a/c.git\n    revision: v1.2.3\n  - local: ../x\n`,
        },
      ],
    ],
  },
  'DBT-010': {
    bad: [
      [
        {
          'profiles.yml':
            'shop:\n  target: dev\n  outputs:\n    dev: { type: postgres, user: etl,\n      password: hunter22 }\n',
        },
        'profiles.yml:5',
      ],
    ],
    good: [
      [
        {
          'profiles.yml':
            'shop:\n  target: dev\n  outputs:\n    dev: { type: postgres, password: "{{ env_var(\'P\') }}" }\n',
        },
      ],
    ],
  },
  'DBT-011': {
    bad: [
      [{ 'models/people.sql': 'select id, email from raw.people' }, 'models/people.sql:1'],
      [{ 'models/people.sql': "select id, email from {{ ref('nothing') }}" }, 'models/people.sql:1'],
    ],
    good: [[{}], [{ 'models/people.sql': 'with raw as (select 1 as id, 2 as email) select id, email from raw' }]],
  },
  'DBT-012': {
    bad: [
      [
        {
          'models/people.sql': "select id, email,\n {{ my_package.odd('x') }} as y from {{ source('raw', 'people') }}",
        },
        'models/people.sql:2',
        { refuse_unknown: true },
      ],
      [
        {
          'models/people.sql':
            "select id, email from {{ source('raw', 'people') }}\n{% if target.name == 'dev' %} limit 10 {% endif %}",
        },
        'models/people.sql:2',
        { refuse_unknown: true },
      ],
    ],
    good: [
      [{}, { refuse_unknown: true }],
      [{ 'models/people.sql': "select {{ my_package.odd('x') }} as y from {{ source('raw', 'people') }}" }],
      [
        { 'models/people.sql': `${BASE['models/people.sql']} {% if is_incremental() %} and 1 = 2 {% endif %}` },
        { refuse_unknown: true },
      ],
    ],
  },
  'DBT-013': {
    bad: [
      [{ 'models/people.sql': "select id {% if x %} from {{ source('raw', 'people') }}" }, 'models/people.sql:1'],
      [{ 'models/models.yml': 'models: [\n' }, 'models/models.yml:1'],
    ],
    good: [[{}]],
  },
};

describe.each(Object.entries(CASES))('%s', (id, { bad, good }) => {
  test.each(bad.map(([files, at, settings]) => [shown(files), files, at, settings] as const))(
    'refuses %s',
    (_, files, at, settings) => {
      expect(found(files, settings).flatMap((one) => (one.id === id ? [one.at] : []))).toContain(at);
    },
  );
  test.each(good.map(([files, settings]) => [shown(files), files, settings] as const))(
    'lets pass %s',
    (_, files, settings) => {
      expect(found(files, settings).filter((one) => one.id === id)).toEqual([]);
    },
  );
});

test('a project in order has no finding', () => {
  expect(found({})).toEqual([]);
});

test('a label is followed through models, with the way that it took', () => {
  const [first] = found({ 'models/marts/contacts.sql': CLEAR });
  expect(first!.message).toBe('pii of raw.people.email reaches contacts, which is public');
});

test('docs/check-sql.md lists the rules as they are', () => {
  const docs = readFileSync(new URL('../../../../../docs/check-sql.md', import.meta.url), 'utf8');
  for (const { id, severity, title, name } of new Checker(modules).rules.values())
    expect(docs).toContain(`| ${id} | ${severity} | ${title} | \`dbt/${name}.rego\` |`);
});

test('every rule has its cases', () => {
  expect(Object.keys(CASES).sort()).toEqual([...new Checker(modules).rules.values()].map(({ id }) => id).sort());
});
