/** A project as people write them (`testdata/check/dbt`): which labels reach which columns, and what is known of each model. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dbtIn } from './index.ts';

const FOLDER = new URL('../../../../../../testdata/check/dbt/', import.meta.url);
const files = new Map(
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(new URL(name, FOLDER)).isFile())
    .sort()
    .map((name) => [`shop/${name}`, readFileSync(new URL(name, FOLDER), 'utf8')]),
);
const { facts } = dbtIn('shop/', files, { patterns: [], dialect: null });
const model = (name: string) => facts.models.find((one) => one.name === name)!;

test('labels go through two CTEs and stars, a hash masks them, and a count carries nothing', () => {
  const reached = facts.models.flatMap(({ name, columns }) =>
    columns.flatMap((column) =>
      column.labels.map(
        ({ label, from, isMasked }) => `${from} is ${label}: ${name}.${column.name}${isMasked ? ' masked' : ''}`,
      ),
    ),
  );
  expect(reached.sort()).toEqual([
    'raw.customers.email is pii:EMAIL_ADDRESS: customer_contacts.contact',
    'raw.customers.email is pii:EMAIL_ADDRESS: dim_customers.email_hash masked',
    'raw.customers.email is pii:EMAIL_ADDRESS: int_customer_orders.email',
    'raw.customers.email is pii:EMAIL_ADDRESS: segment_mail.address',
    'raw.customers.email is pii:EMAIL_ADDRESS: stg_customers.email',
    'raw.customers.phone is pii: customer_contacts.phone',
    'raw.customers.phone is pii: int_customer_orders.phone',
    'raw.customers.phone is pii: stg_customers.phone',
  ]);
  expect(model('segment_mail').columns[1]!.labels[0]).toEqual({
    label: 'pii:EMAIL_ADDRESS',
    from: 'raw.customers.email',
    isMasked: false,
    path: ['raw.customers.email', 'stg_customers.email', 'int_customer_orders.email', 'segment_mail.address'],
    file: 'shop/models/marts/segment_mail.sql',
    line: 6,
  });
});

test('what is said of a model, at every level', () => {
  expect(model('dim_customers')).toMatchObject({
    relation: 'shop_marts.dim_customers',
    materialized: 'table',
    access: 'public',
    owner: 'Mara Lindqvist',
    contract: true,
    retention: '2 years',
    mart: true,
    constraints: ['primary_key'],
    properties: { path: 'shop/models/marts/marts.yml', line: 6 },
  });
  expect(model('stg_orders')).toMatchObject({
    relation: 'shop_staging.stg_orders',
    materialized: 'view',
    tags: ['daily'],
    owner: 'shop platform',
  });
  expect(model('fct_orders')).toMatchObject({ materialized: 'incremental', unique_key: ['order_id'], unknowns: [] });
  expect(model('customer_contacts').exposures).toEqual(['newsletter']);
  expect(model('customer_segments_v2').upstream).toEqual(['fct_orders', 'customer_segments_v1']);
  expect(model('segment_mail').upstream).toContain('customer_segments_v2');
  expect(model('segment_mail').unknowns).toEqual([{ line: 12, what: 'target.name cannot be known from the files' }]);
  expect(model('customers_history')).toMatchObject({
    kind: 'snapshot',
    relation: 'history.customers_history',
    upstream: ['stg_customers'],
  });
  expect(model('countries').columns.map(({ name }) => name)).toEqual(['code', 'country_name', 'region']);
});

test('stars of tables with labels are named where a new column would come out', () => {
  expect(facts.models.flatMap(({ name, stars }) => stars.map(({ line, of }) => `${name}:${line} ${of}`))).toEqual([
    'int_customer_orders:2 stg_customers',
  ]);
});

test('sources', () => {
  expect(
    facts.sources.map(({ name, relation, freshness, owner, retention, line }) => [
      name,
      relation,
      freshness,
      owner,
      retention,
      line,
    ]),
  ).toEqual([
    ['raw.customers', 'raw.customers', false, 'shop platform', '2 years', 7],
    ['raw.orders', 'raw.orders', true, 'shop platform', '2 years', 17],
    ['raw.payments', 'raw.payments', false, 'shop platform', '2 years', 24],
  ]);
});
