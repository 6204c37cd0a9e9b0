import { expect, test } from 'vitest';
import { APPLICANTS, APPLICATIONS, BUREAU } from './assets.ts';
import { lineageOf, sqlOf, type Query } from './query.ts';

const query: Query = {
  into: APPLICANTS,
  from: { alias: 'a', dataset: APPLICATIONS },
  joins: [{ kind: 'left', source: { alias: 'b', dataset: BUREAU }, on: 'a.id = b.id' }],
  columns: { id: 'a.id', total: 'sum(a.x) + max(b.y)', label: "case when a.x > 0 then 'b.z' end", constant: '1' },
  where: 'a.x is not null and a.id is not null',
  groupBy: ['a.id'],
  orderBy: ['a.id'],
};

test('the SQL', () => {
  expect(sqlOf(query)).toBe(`create or replace table core.applicants as
select
  a.id as id,
  sum(a.x) + max(b.y) as total,
  case when a.x > 0 then 'b.z' end as label,
  1 as constant
from clean.applications a
left join clean.bureau b on a.id = b.id
where a.x is not null and a.id is not null
group by a.id
order by a.id`);
  expect(sqlOf({ ...query, replacing: 'id = 7' })).toMatch(
    /^delete from core\.applicants where id = 7;\ninsert into core\.applicants\nselect\n/,
  );
});

test('the lineage of the same declaration', () => {
  const { fields, dataset } = lineageOf(query);
  const kinds = (inputs: (typeof fields)[string]['inputFields']): string[] =>
    inputs.map(
      ({ name, field, transformations }) =>
        `${name}.${field}: ${transformations.map(({ type, subtype }) => `${type} ${subtype}`).join(', ')}`,
    );
  expect(
    Object.fromEntries(Object.entries(fields).map(([column, { inputFields }]) => [column, kinds(inputFields)])),
  ).toEqual({
    id: ['clean.applications.id: DIRECT IDENTITY'],
    total: ['clean.applications.x: DIRECT AGGREGATION', 'clean.bureau.y: DIRECT AGGREGATION'],
    label: ['clean.applications.x: DIRECT TRANSFORMATION'],
    constant: [],
  });
  expect(kinds(dataset)).toEqual([
    'clean.applications.id: INDIRECT JOIN, INDIRECT FILTER, INDIRECT GROUP_BY',
    'clean.bureau.id: INDIRECT JOIN',
    'clean.applications.x: INDIRECT FILTER',
  ]);
});

test('an alias that no source has is a mistake', () => {
  expect(() => lineageOf({ ...query, columns: { id: 'c.id' } })).toThrow('c.id names no source');
});
