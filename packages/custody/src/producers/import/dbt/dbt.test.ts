import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { takeEvent } from '../../openlineage/index.ts';
import { DbtError, dbtNamespace, readDbt } from './index.ts';

const DBT = fileURLToPath(new URL('../../../../../../testdata/dbt/before/', import.meta.url));
const json = (name: string): unknown => JSON.parse(readFileSync(`${DBT}${name}`, 'utf8'));
const OPTIONS = { namespace: 'dbt', datasetNamespace: 'duckdb://shop.duckdb', runs: true };

interface Facets {
  readonly facets: Readonly<Record<string, { readonly [member: string]: unknown }>>;
  readonly name: string;
  readonly inputFacets?: Readonly<Record<string, { readonly assertions: readonly object[] }>>;
}
interface Event {
  readonly eventType?: string;
  readonly eventTime: string;
  readonly job?: Facets;
  readonly inputs?: readonly Facets[];
  readonly outputs?: readonly Facets[];
}

describe('what dbt wrote', () => {
  const read = readDbt(
    { manifest: json('manifest.json'), catalog: json('catalog.json'), runResults: json('run_results.json') },
    OPTIONS,
  );
  const events = read.events as unknown as Event[];
  const design = (name: string) => events.find((event) => !event.eventType && event.job?.name.includes(name))!;
  const ended = (name: string) =>
    events.find((event) => event.eventType && event.eventType !== 'START' && event.job?.name.includes(name))!;

  test('becomes events that OpenLineage allows', () => {
    for (const event of read.events) takeEvent(Buffer.from(JSON.stringify(event)));
    expect(read.events.length).toBeGreaterThan(30);
  });

  test('holds no literal of the SQL, and the same code as an observed run has', () => {
    expect(JSON.stringify(read.events)).not.toMatch(/'completed'|'returned'/);
    const observed = readFileSync(`${DBT}dbt-ol.jsonl`, 'utf8').trim().split('\n');
    const codes = (events: readonly Uint8Array[]) =>
      new Map(
        events.flatMap((event) => {
          const [facts] = takeEvent(event).facts;
          return facts && 'job' in facts && facts.job.code ? [[facts.job.name, facts.job.code] as const] : [];
        }),
      );
    const theirs = codes(observed.map((line) => Buffer.from(line)));
    const ours = codes(read.events.map((event) => Buffer.from(JSON.stringify(event))));
    expect(theirs.size).toBe(7);
    for (const [name, code] of theirs) expect(ours.get(name), name).toBe(code);
  });

  test('a table is written over, a view is one, an incremental model adds', () => {
    const output = (name: string) => design(name).outputs![0]!.facets;
    expect(output('.customers.')['lifecycleStateChange']).toMatchObject({ lifecycleStateChange: 'OVERWRITE' });
    expect(output('.daily_revenue.')).not.toHaveProperty('lifecycleStateChange');
    expect(output('.stg_orders.')['datasetType']).toMatchObject({ datasetType: 'VIEW' });
    expect(output('.customers.')['schema']).toMatchObject({
      fields: expect.arrayContaining([
        { name: 'customer_id', type: 'INTEGER', description: 'Key of a customer.' },
        { name: 'orders', type: 'BIGINT' },
      ]) as unknown,
    });
  });

  test('runs have the times that dbt measured, tests what they found', () => {
    const result = (
      json('run_results.json') as { results: { unique_id: string; timing: { completed_at: string }[] }[] }
    ).results.find(({ unique_id }) => unique_id === 'model.shop.customers')!;
    const time = new Date(result.timing[1]!.completed_at).toISOString();
    expect(ended('shop.customers.build.run')).toMatchObject({ eventType: 'COMPLETE', eventTime: time });
    const tests = ended('shop.customers.build.test');
    expect(tests.eventType).toBe('FAIL');
    expect(tests.inputs![0]!.inputFacets!['dataQualityAssertions']!.assertions).toEqual(
      expect.arrayContaining([
        { assertion: 'unique', success: true, column: 'customer_id' },
        { assertion: 'not_null', success: false, column: 'lifetime_value' },
      ]),
    );
  });

  test('`dbt compile` and `docs generate` ran nothing', () => {
    const results = json('run_results.json') as { args: { which: string } };
    results.args.which = 'generate';
    const compiled = readDbt({ manifest: json('manifest.json'), runResults: results }, OPTIONS);
    expect(compiled.runs).toBe(0);
    expect(compiled.jobs.map(({ name }) => name)).toContain('shop.main.shop.customers');
    expect(compiled.notes.join()).toContain('catalog.json');
  });
});

test.each(['v10', 'v11'])('manifest %s tells the same design', (version) => {
  const options = { ...OPTIONS, isBuild: true, time: '2026-11-01T00:00:00.000Z' };
  const design = (manifest: unknown) =>
    (readDbt({ manifest }, options).events as unknown as Event[])
      .filter(({ job }) => job)
      .map(({ job, inputs, outputs }) => ({
        job: job!.name,
        inputs: inputs!.map(({ name }) => name).sort(),
        outputs: outputs!.map(({ name, facets }) => ({
          name,
          columns: facets['columnLineage'],
          type: facets['datasetType'],
        })),
      }))
      .sort((a, b) => (a.job < b.job ? -1 : 1));
  const older = design(json(`../versions/${version}.json`));
  expect(older).toEqual(design(json('manifest.json')));
  expect(older.length).toBeGreaterThan(12);
});

test('namespaces are those of the integration', () => {
  expect(dbtNamespace({ type: 'postgres', host: 'db', port: '5433' })).toBe('postgres://db:5433');
  expect(dbtNamespace({ type: 'snowflake', account: 'xy12345.us-east-1' })).toBe('snowflake://xy12345.us-east-1.aws');
  expect(dbtNamespace({ type: 'snowflake', account: 'org-account' })).toBe('snowflake://org-account');
  expect(dbtNamespace({ type: 'bigquery' })).toBe('bigquery');
  expect(dbtNamespace({ type: 'duckdb', path: 'shop.duckdb' })).toBe('duckdb://shop.duckdb');
  expect(dbtNamespace({ type: 'postgres' })).toBeNull();
});

describe('hostile manifests', () => {
  test('are read or refused, never an exception of another kind', () => {
    const leaf = fc.oneof(
      fc.constantFrom(null, true, 1, '', 'model', 'table', 'select * from a.b', 'https://x/manifest/v12.json'),
      fc.string(),
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        leaf,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(
          fc.constantFrom(
            'metadata', 'nodes', 'sources', 'exposures', 'columns', 'depends_on', 'config', 'meta', 'owner', 'name',
            'resource_type', 'compiled_code', 'results', 'timing', 'args', 'stats', '__proto__', 'model.a.b', 'source.a.b',
          ), // prettier-ignore
          tie('tree'),
          { maxKeys: 6 },
        ),
      ),
    }));
    const metadata = { dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json' };
    fc.assert(
      fc.property(tree, tree, tree, tree, (nodes, sources, catalog, runResults) => {
        for (const manifest of [{ metadata, nodes, sources, exposures: nodes }, nodes]) {
          try {
            for (const event of readDbt({ manifest, catalog, runResults }, OPTIONS).events) JSON.stringify(event);
          } catch (error) {
            if (!(error instanceof DbtError)) throw error;
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a circle of models ends, and a chain of 20,000 is no stack', () => {
    const node = (id: string, on: string[]) => ({
      resource_type: 'model',
      name: id,
      alias: id,
      schema: 's',
      depends_on: { nodes: on },
      config: { materialized: on.length > 0 && id !== 'm0' ? 'ephemeral' : 'table' },
    });
    const nodes = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, i) => [`model.p.m${i}`, node(`m${i}`, [`model.p.m${(i + 1) % 20_000}`])]),
    );
    const metadata = { dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json' };
    const { jobs } = readDbt({ manifest: { metadata, nodes } }, OPTIONS);
    expect(jobs).toHaveLength(1);
  });
});
