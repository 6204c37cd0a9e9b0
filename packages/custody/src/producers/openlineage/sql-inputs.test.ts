import { expect, test } from 'vitest';
import { inputsOfSql } from './sql-inputs.ts';

const output = { namespace: 'snowflake://acme', name: 'PROD.MART.ORDERS' };
const names = (query: unknown, dialect: unknown = 'snowflake', outputs = [output]) =>
  inputsOfSql(query, dialect, outputs).map(({ name }) => name);

test('tables are named as the output is, in its namespace', () => {
  const query = 'with raw as (select * from staged) select r.* from raw r join lake.public.fx f on f.d = r.d';
  expect(inputsOfSql(query, 'snowflake', [output])).toEqual([
    { namespace: 'snowflake://acme', name: 'PROD.MART.STAGED', derived: 'sql' },
    { namespace: 'snowflake://acme', name: 'LAKE.PUBLIC.FX', derived: 'sql' },
  ]);
});

test('the output is not its own input, nor is what the text makes on the way', () => {
  expect(names('create temp table t as select * from a; insert into orders select * from t')).toEqual(['PROD.MART.A']);
});

test('nothing is derived without a dialect, with several outputs, or from what is no SQL', () => {
  expect(names('select * from a')).toEqual(['PROD.MART.A']);
  expect(inputsOfSql('select * from a', null, [output])).toEqual([]);
  expect(names('select * from a', 'klingon')).toEqual([]);
  expect(names('select * from a', 'snowflake', [output, output])).toEqual([]);
  expect(names('select * from a', 'snowflake', [])).toEqual([]);
  expect(names(42)).toEqual([]);
  expect(names('((((')).toEqual([]);
});
