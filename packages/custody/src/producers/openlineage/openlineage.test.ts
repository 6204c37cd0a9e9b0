import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../event/canonical-json.ts';
import { OpenLineageError, takeBatch, takeEvent, type ColumnMap, type RunFacts, type TakenEvent } from './index.ts';
import { FACT_BYTES_MAX } from './fact-entries.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../../../../testdata/openlineage/${name}.jsonl`, import.meta.url), 'utf8');
const linesOf = (name: string): string[] => fixture(name).trimEnd().split('\n');
const take = (event: unknown): TakenEvent => takeEvent(Buffer.from(JSON.stringify(event)));
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

/** The only facts of an event that is not wide. */
function factsOf(event: unknown): TakenEvent['facts'][number] {
  const { facts } = take(event);
  expect(facts).toHaveLength(1);
  return facts[0]!;
}

const PRODUCER = 'https://example.com/etl/1.0';
const facet = (members: object): object => ({
  _producer: PRODUCER,
  _schemaURL: 'https://example.com/f.json#/$defs/F',
  ...members,
});
const runEvent = (members: object = {}): Record<string, unknown> => ({
  eventType: 'COMPLETE',
  eventTime: '2026-11-22T19:56:12.458979Z',
  producer: PRODUCER,
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId: '01A204D4-B0FE-7E3D-BD73-542FE767553C' },
  job: { namespace: 'bank', name: 'load' },
  ...members,
});

function errorOf(body: string | Uint8Array): OpenLineageError {
  try {
    takeEvent(typeof body === 'string' ? Buffer.from(body) : body);
  } catch (error) {
    if (error instanceof OpenLineageError) return error;
    throw error;
  }
  throw new Error('The event was taken.');
}

interface Census {
  jobs: number;
  runs: number;
  datasets: number;
  edges: number;
  parents: number;
  redacted: number;
}

function censusOf(taken: readonly TakenEvent[]): Census {
  const jobs = new Set<string>();
  const runs = new Set<string>();
  const datasets = new Set<string>();
  const edges = new Set<string>();
  const parents = new Set<string>();
  let redacted = 0;
  for (const event of taken) {
    redacted += event.redacted;
    for (const facts of event.facts as readonly RunFacts[]) {
      const job = `${facts.job.namespace} ${facts.job.name}`;
      jobs.add(job);
      runs.add(facts.run);
      if (facts.parent) parents.add(facts.parent.run);
      for (const side of ['inputs', 'outputs'] as const) {
        for (const { namespace, name } of facts[side]) {
          datasets.add(`${namespace} ${name}`);
          edges.add(`${side} ${namespace} ${name} ${job}`);
        }
      }
    }
  }
  return {
    jobs: jobs.size,
    runs: runs.size,
    datasets: datasets.size,
    edges: edges.size,
    parents: parents.size,
    redacted,
  };
}

describe('events of real producers', () => {
  test.each<[string, Census]>([
    ['real-airflow', { jobs: 4, runs: 4, datasets: 3, edges: 4, parents: 1, redacted: 8 }],
    // Three of the datasets and six of the edges are read out of the SQL of the staging models.
    ['real-dbt', { jobs: 16, runs: 17, datasets: 8, edges: 31, parents: 2, redacted: 40 }],
    ['real-spark', { jobs: 6, runs: 9, datasets: 4, edges: 10, parents: 1, redacted: 12 }],
  ])('%s: jobs, runs, datasets, edges', (name, census) => {
    expect(censusOf(linesOf(name).map((line) => takeEvent(Buffer.from(line))))).toEqual(census);
  });

  test.each(['marquez-metadata', 'typical-2in1out-50col', 'wide-20ds-50col', 'graph-5k-jobs'])(
    '%s: one entry an event, and every dataset named with its schema told',
    (name) => {
      for (const line of linesOf(name)) {
        const { facts, schemas } = takeEvent(Buffer.from(line));
        expect(facts).toHaveLength(1);
        const { inputs, outputs } = facts[0] as RunFacts;
        const sent = JSON.parse(line) as Record<'inputs' | 'outputs', { facets: { schema: { fields: unknown[] } } }[]>;
        expect([inputs.length, outputs.length]).toEqual([sent.inputs.length, sent.outputs.length]);
        const withFields = [...sent.inputs, ...sent.outputs].filter(({ facets }) => facets.schema.fields.length > 0);
        const named = [...inputs, ...outputs].flatMap(({ schema }) => schema ?? []);
        expect(named).toHaveLength(withFields.length);
        for (const schema of named) expect(schemas.get(schema)!.length).toBeGreaterThan(0);
      }
    },
  );

  test('where nothing is redacted, the payload is the very bytes that came in', () => {
    let untouched = 0;
    for (const name of ['real-airflow', 'real-dbt', 'real-spark', 'marquez-metadata']) {
      for (const line of linesOf(name)) {
        const body = Buffer.from(line);
        const { payload, redacted } = takeEvent(body);
        if (redacted > 0) continue;
        expect(payload).toBe(body);
        untouched++;
      }
    }
    expect(untouched).toBe(3 + 26 + 20 + 20);
  });

  test('where something is, everything else is byte for byte as it was sent, every facet kept', () => {
    for (const name of ['real-airflow', 'real-dbt', 'real-spark', 'typical-2in1out-50col', 'wide-20ds-50col']) {
      for (const line of linesOf(name)) {
        const { payload } = takeEvent(Buffer.from(line));
        const { query, sourceCode } = sqlAndCodeOf(line);
        let rest = textOf(payload);
        for (const [sent, kept] of [
          [query, sqlAndCodeOf(rest).query],
          [sourceCode, sqlAndCodeOf(rest).sourceCode],
        ] as const) {
          if (sent !== undefined) rest = rest.replace(JSON.stringify(kept), () => JSON.stringify(sent));
        }
        expect(rest).toBe(line);
      }
    }
  });

  test("dbt's staging models: the comment and the number of their SQL are gone, names and structure stay", () => {
    const staging = linesOf('real-dbt').find((line) => line.includes('stg_payments.build.run'))!;
    expect(sqlAndCodeOf(staging).query).toContain('-- `amount` is currently stored in cents');
    const { facts, payload, redacted } = takeEvent(Buffer.from(staging));
    expect(sqlAndCodeOf(textOf(payload)).query).toBe(
      [
        'with source as (',
        '    select * from "jaffle_shop"."main"."raw_payments"\n',
        '),\n\nrenamed as (\n\n    select\n        id as payment_id,\n        order_id,\n        payment_method,\n',
        '        -- ?\n        amount / ? as amount\n\n    from source\n\n)\n\nselect * from renamed',
      ].join('\n'),
    );
    expect(redacted).toBe(2);
    expect(facts[0]).toMatchObject({
      state: 'START',
      job: { type: 'DBT/MODEL' },
      inputs: [{ namespace: 'duckdb://jaffle_shop.duckdb', name: 'jaffle_shop.main.raw_payments', derived: 'sql' }],
      outputs: [{ namespace: 'duckdb://jaffle_shop.duckdb', name: 'jaffle_shop.main.stg_payments', type: 'VIEW' }],
      redacted: 2,
    });
  });

  test("Airflow's task: owners, tags, parent, nominal time and the job's type", () => {
    const { facts } = takeEvent(Buffer.from(linesOf('real-airflow')[2]!));
    expect(facts[0]).toEqual({
      kind: 'openlineage.run',
      eventTime: '2026-11-22T19:36:47.543Z',
      state: 'START',
      run: '01a204bf-3733-7c7e-8940-5be4ef1dd51d',
      parent: {
        run: '01a204bf-3733-7932-86ac-cdfe34a2526b',
        job: { namespace: 'bank_airflow', name: 'credit_scoring' },
      },
      nominalStart: '2026-11-22T19:32:50.099Z',
      job: {
        namespace: 'bank_airflow',
        name: 'credit_scoring.transform',
        type: 'AIRFLOW/TASK',
        code: expect.stringMatching(/^source:[0-9a-f]{32}$/) as unknown,
        owners: ['airflow'],
        tags: ['bank', 'pii'],
        description: 'Train the credit scoring model',
      },
      inputs: [{ namespace: 'postgres://warehouse:5432', name: 'bank.public.applications' }],
      outputs: [{ namespace: 's3://lake', name: 'features/credit', type: 'FILE' }],
      producer: 'https://github.com/apache/airflow/tree/providers-openlineage/2.20.3',
    });
  });

  test("Spark's map_partitions runs start and never end, and its short times are whole", () => {
    const states = new Map<string, { job: string; states: string[] }>();
    for (const line of linesOf('real-spark')) {
      const facts = takeEvent(Buffer.from(line)).facts[0] as RunFacts;
      expect(facts.eventTime).toMatch(/^2026-11-22T19:4\d:\d\d\.\d{3}Z$/);
      const run = states.get(facts.run) ?? { job: facts.job.name, states: [] };
      run.states.push(facts.state);
      states.set(facts.run, run);
    }
    const unended = [...states.values()].filter(({ states: seen }) => !seen.includes('COMPLETE'));
    expect(unended.length).toBe(4);
    for (const { job, states: seen } of unended) {
      expect(job).toBe('credit_features.map_partitions_parallel_collection');
      expect(seen).toEqual(['START']);
    }
  });

  test('a whole file is a batch, as lines and as an array', () => {
    const lines = linesOf('real-dbt');
    const single = lines.map((line) => takeEvent(Buffer.from(line)));
    expect(takeBatch(Buffer.from(fixture('real-dbt')))).toEqual(single);
    expect(takeBatch(Buffer.from(`[${lines.join(' ,\n')}]`))).toEqual(single);
  });
});

function sqlAndCodeOf(event: string): { query: string | undefined; sourceCode: string | undefined } {
  const { sql, sourceCode } =
    (JSON.parse(event) as { job: { facets?: { sql?: { query: string }; sourceCode?: { sourceCode: string } } } }).job
      .facets ?? {};
  return { query: sql?.query, sourceCode: sourceCode?.sourceCode };
}

describe('facts', () => {
  test('run ids have one case, times are UTC with milliseconds, a missing state is OTHER', () => {
    const event = runEvent({ eventTime: '2026-02-28T23:30:00.123456789-01:30' });
    delete event['eventType'];
    expect(factsOf(event)).toEqual({
      kind: 'openlineage.run',
      eventTime: '2026-03-01T01:00:00.123Z',
      state: 'OTHER',
      run: '01a204d4-b0fe-7e3d-bd73-542fe767553c',
      job: { namespace: 'bank', name: 'load' },
      inputs: [],
      outputs: [],
      producer: PRODUCER,
    });
  });

  test('a JobEvent and a DatasetEvent, by what schemaURL says and by their shape', () => {
    const { eventTime, producer, job } = runEvent();
    const dataset = { namespace: 'kafka://broker:9092', name: 'payments' };
    for (const fragment of ['#/$defs/', '#/definitions/', null]) {
      const schemaURL = (kind: string): string =>
        `https://openlineage.io/spec/2-0-2/OpenLineage.json${fragment === null ? '' : fragment + kind}`;
      expect(factsOf({ eventTime, producer, schemaURL: schemaURL('JobEvent'), job, outputs: [dataset] })).toEqual({
        kind: 'openlineage.job',
        eventTime: '2026-11-22T19:56:12.458Z',
        job,
        inputs: [],
        outputs: [{ ...dataset, type: 'TOPIC' }],
        // No list of inputs was sent, so nothing is told of them.
        tells: ['outputs'],
        producer,
      });
      expect(factsOf({ eventTime, producer, schemaURL: schemaURL('DatasetEvent'), dataset })).toEqual({
        kind: 'openlineage.dataset',
        eventTime: '2026-11-22T19:56:12.458Z',
        dataset: { ...dataset, type: 'TOPIC' },
        producer,
      });
    }
  });

  test('column lineage is flat, with each dataset named once, and inputs that only it names are inputs', () => {
    const source = (name: string, field: string, ...transformations: object[]) => ({
      namespace: 'pg',
      name,
      field,
      transformations,
    });
    const direct = (subtype: string, masking = false) => ({ type: 'DIRECT', subtype, description: '', masking });
    const columnLineage = facet({
      fields: {
        id: { inputFields: [source('a', 'id', direct('IDENTITY'))] },
        mail: {
          inputFields: [
            source('b', 'mail', direct('TRANSFORMATION', true)),
            source('a', 'country', { type: 'INDIRECT', subtype: 'CONDITIONAL' }),
          ],
        },
        old: { inputFields: [source('a', 'x')], transformationType: 'IDENTITY', transformationDescription: 'as it is' },
      },
      dataset: [source('b', 'id', { type: 'INDIRECT', subtype: 'JOIN' })],
    });
    const { facts, columns } = take(
      runEvent({
        inputs: [{ namespace: 'pg', name: 'a' }],
        outputs: [{ namespace: 'pg', name: 'c', facets: { columnLineage } }],
      }),
    );
    const [[digest, map]] = [...columns] as [[string, ColumnMap]];
    expect(map).toEqual({
      inputs: [
        { namespace: 'pg', name: 'a' },
        { namespace: 'pg', name: 'b' },
      ],
      fields: [
        { name: 'id', from: [{ input: 0, field: 'id', how: ['DIRECT/IDENTITY'] }] },
        {
          name: 'mail',
          from: [
            { input: 1, field: 'mail', how: ['DIRECT/TRANSFORMATION'], masked: true },
            { input: 0, field: 'country', how: ['INDIRECT/CONDITIONAL'] },
          ],
        },
        { name: 'old', from: [{ input: 0, field: 'x', how: ['DIRECT/IDENTITY'] }] },
      ],
      dataset: [{ input: 1, field: 'id', how: ['INDIRECT/JOIN'] }],
    });
    expect(digest).toBe(`sha256:${createHash('sha256').update(canonicalJson(map)).digest('hex')}`);
    const [{ inputs, outputs }] = facts as [RunFacts];
    expect(outputs[0]!.columns).toBe(digest);
    expect(inputs).toEqual([
      { namespace: 'pg', name: 'a' },
      { namespace: 'pg', name: 'b', derived: 'columns' },
    ]);
  });

  test("column lineage of the event's own SQL, where the producer gives none", () => {
    const query = 'insert into main.c select a.id, sha256(a.mail) as mail from main.a where a.country is not null';
    const { facts, columns } = take(
      runEvent({
        job: { namespace: 'bank', name: 'load', facets: { sql: facet({ query, dialect: 'postgres' }) } },
        inputs: [{ namespace: 'pg', name: 'shop.main.a' }],
        outputs: [{ namespace: 'pg', name: 'shop.main.c' }],
      }),
    );
    const [{ outputs, job }] = facts as [RunFacts];
    expect(outputs[0]).toMatchObject({ columnsFrom: 'sql' });
    expect(job.code).toMatch(/^sql:/);
    expect(columns.get(outputs[0]!.columns!)).toEqual({
      inputs: [{ namespace: 'pg', name: 'shop.main.a' }],
      fields: [
        { name: 'id', from: [{ input: 0, field: 'id', how: ['DIRECT/IDENTITY'] }] },
        { name: 'mail', from: [{ input: 0, field: 'mail', how: ['DIRECT/TRANSFORMATION'], masked: true }] },
      ],
      dataset: [{ input: 0, field: 'country', how: ['INDIRECT/FILTER'] }],
    });
  });

  test('a star in the SQL takes the columns that are known of the table', () => {
    const event = runEvent({
      job: {
        namespace: 'bank',
        name: 'load',
        facets: { sql: facet({ query: 'select * from main.a', dialect: 'duckdb' }) },
      },
      outputs: [{ namespace: 'duck', name: 'shop.main.c' }],
    });
    const { facts, columns } = takeEvent(Buffer.from(JSON.stringify(event)), ({ name }) =>
      name === 'shop.main.a' ? ['id', 'mail'] : undefined,
    );
    const [{ outputs }] = facts as [RunFacts];
    expect(columns.get(outputs[0]!.columns!)!.fields.map(({ name }) => name)).toEqual(['id', 'mail']);
  });

  test('what is said of the version that was written', () => {
    const output = {
      namespace: 'pg',
      name: 'c',
      facets: {
        version: facet({ datasetVersion: 'v7' }),
        lifecycleStateChange: facet({ lifecycleStateChange: 'OVERWRITE' }),
        dataQualityAssertions: facet({
          assertions: [
            { assertion: 'a', success: true },
            { assertion: 'b', success: false },
          ],
        }),
        modelMetrics: facet({ auc: 0.77, note: 'x', nan: null }),
      },
      outputFacets: { outputStatistics: facet({ rowCount: 12 }) },
    };
    const [{ outputs }] = take(runEvent({ outputs: [output] })).facts as [RunFacts];
    expect(outputs[0]).toEqual({
      namespace: 'pg',
      name: 'c',
      version: 'v7',
      change: 'OVERWRITE',
      rows: 12,
      assertions: { passed: 1, failed: 1 },
      metrics: { auc: 0.77 },
    });
  });

  test('nested fields of a schema are flat, and the digest is that of their canonical JSON', () => {
    const fields = [
      { name: 'id', type: 'BIGINT', description: '' },
      { name: 'address', type: 'STRUCT', fields: [{ name: 'city', type: 'VARCHAR', description: 'where' }] },
      { name: 'tags', type: 'ARRAY', fields: [{ name: '_element', fields: [{ name: 'key' }] }] },
    ];
    const { facts, schemas } = take(
      runEvent({ inputs: [{ namespace: 'pg', name: 't', facets: { schema: facet({ fields }) } }] }),
    );
    const [[digest, flat]] = [...schemas] as [[string, readonly object[]]];
    expect(flat).toEqual([
      { name: 'id', type: 'BIGINT' },
      { name: 'address', type: 'STRUCT' },
      { name: 'address.city', type: 'VARCHAR', description: 'where' },
      { name: 'tags', type: 'ARRAY' },
      { name: 'tags._element' },
      { name: 'tags._element.key' },
    ]);
    expect(digest).toBe(`sha256:${createHash('sha256').update(canonicalJson(flat)).digest('hex')}`);
    expect((facts[0] as RunFacts).inputs).toEqual([{ namespace: 'pg', name: 't', schema: digest }]);
  });

  test('a schema that changes changes its digest, however often it was seen before', () => {
    const digestOf = (type: string): string =>
      (
        factsOf(
          runEvent({
            inputs: [{ namespace: 'pg', name: 'u', facets: { schema: facet({ fields: [{ name: 'a', type }] }) } }],
          }),
        ) as RunFacts
      ).inputs[0]!.schema!;
    const [int, text, intAgain] = [digestOf('INT'), digestOf('TEXT'), digestOf('INT')];
    expect(text).not.toBe(int);
    expect(intAgain).toBe(int);
  });

  test('what a dataset is, as far as somebody said', () => {
    const typeOf = (namespace: string, facets: object = {}): string | undefined =>
      (factsOf(runEvent({ inputs: [{ namespace, name: 'x', facets }] })) as RunFacts).inputs[0]!.type;
    expect(typeOf('postgres://warehouse:5432')).toBeUndefined();
    expect(typeOf('pg', { datasetType: facet({ datasetType: 'model' }) })).toBe('MODEL');
    expect(typeOf('pg', { dbt_model: facet({ config: { materialized: 'incremental' } }) })).toBe('TABLE');
    expect(typeOf('s3://lake', { symlinks: facet({ identifiers: [{ type: 'TABLE' }] }) })).toBe('TABLE');
    expect(typeOf('abfss://raw@lake.dfs.core.windows.net')).toBe('FILE');
    expect(typeOf('kafka://broker:9092')).toBe('TOPIC');
  });

  test('tags with their values, owners once, a description within its bound, and no deleted facets', () => {
    const facets = {
      ownership: facet({ owners: [{ name: 'team:risk' }, { name: 'team:risk' }, { type: 'X' }, 'nobody'] }),
      tags: facet({
        tags: [
          { key: 'pii', value: 'true' },
          { key: 'tier', value: 'gold' },
          { key: 'email', value: 'pii', field: 'email' },
        ],
      }),
      documentation: facet({ description: 'é'.repeat(2000) }),
      schema: facet({ _deleted: true, fields: [{ name: 'gone' }] }),
    };
    const { inputs } = factsOf(runEvent({ inputs: [{ namespace: 'pg', name: 't', facets }] })) as RunFacts;
    expect(inputs[0]).toEqual({
      namespace: 'pg',
      name: 't',
      owners: ['team:risk'],
      tags: ['pii', 'tier:gold'],
      description: `${'é'.repeat(999)}…`,
    });
  });

  test('facets of any wrong type are read as not said', () => {
    for (const wrong of [null, 7, 'x', [], [null], {}, [{}], [[]], { run: 1 }]) {
      const facets = {
        schema: facet({ fields: wrong }),
        ownership: facet({ owners: wrong }),
        tags: facet({ tags: wrong }),
        documentation: facet({ description: wrong === 'x' ? '' : wrong }),
        datasetType: facet({ datasetType: wrong === 'x' ? 7 : wrong }),
        dbt_model: facet({ config: wrong }),
        symlinks: facet({ identifiers: wrong }),
      };
      const run = {
        runId: '01a204d4-b0fe-7e3d-bd73-542fe767553c',
        facets: { parent: facet({ run: wrong, job: wrong }) },
      };
      const event = runEvent({ run, inputs: [{ namespace: 'pg', name: 't', facets }] });
      expect(factsOf(event)).toMatchObject({ inputs: [{ namespace: 'pg', name: 't' }] });
      expect(Object.keys((factsOf(event) as RunFacts).inputs[0]!)).toEqual(['namespace', 'name']);
      expect(factsOf(event)).not.toHaveProperty('parent');
    }
  });
});

describe('very wide events', () => {
  test('become several entries below the limit that add up, in order, and only the first describes the job', () => {
    const dataset = (name: string): object => ({
      namespace: 'postgres://warehouse:5432',
      name,
      facets: { documentation: facet({ description: `${name} `.repeat(120) }) },
    });
    const inputs = Array.from({ length: 150 }, (_, i) => dataset(`in_${i}`));
    const outputs = Array.from({ length: 50 }, (_, i) => dataset(`out_${i}`));
    const job = { namespace: 'bank', name: 'load', facets: { documentation: facet({ description: 'Loads' }) } };
    const { facts } = take(runEvent({ job, inputs, outputs }));
    const entries = facts as readonly RunFacts[];
    expect(entries.length).toBeGreaterThan(1);
    for (const entry of entries) expect(Buffer.byteLength(canonicalJson(entry))).toBeLessThanOrEqual(FACT_BYTES_MAX);
    expect(entries.map((entry) => entry.job.description)).toEqual(['Loads', ...entries.slice(1).map(() => undefined)]);
    const names = (side: 'inputs' | 'outputs'): string[] =>
      entries.flatMap((entry) => entry[side].map(({ name }) => name));
    expect(names('inputs')).toEqual(inputs.map((_, i) => `in_${i}`));
    expect(names('outputs')).toEqual(outputs.map((_, i) => `out_${i}`));
    const { inputs: _in, outputs: _out, job: _job, ...first } = entries[0]!;
    for (const entry of entries) expect(entry).toMatchObject(first);
  });

  test('the longest names and texts in the widest script still fit', () => {
    const long = (length: number): string => '字'.repeat(length);
    const facets = {
      documentation: facet({ description: long(5000) }),
      ownership: facet({ owners: Array.from({ length: 50 }, (_, i) => ({ name: long(200) + i })) }),
      tags: facet({ tags: Array.from({ length: 50 }, (_, i) => ({ key: long(200) + i, value: 'true' })) }),
    };
    const asset = { namespace: long(2048), name: long(2048), facets };
    const parent = facet({
      run: { runId: '01a204d4-b0fe-7e3d-bd73-542fe767553c' },
      job: { namespace: long(2048), name: long(2048) },
    });
    const { facts } = take(
      runEvent({
        run: { runId: '01a204d4-b0fe-7e3d-bd73-542fe767553c', facets: { parent } },
        job: asset,
        inputs: [asset],
        outputs: [asset],
      }),
    );
    for (const entry of facts) expect(Buffer.byteLength(canonicalJson(entry))).toBeLessThanOrEqual(FACT_BYTES_MAX);
    expect((facts as RunFacts[]).flatMap((entry) => [...entry.inputs, ...entry.outputs])).toHaveLength(2);
  });

  test('what cannot fit, because every character is escaped, is refused with a pointer', () => {
    const asset = { namespace: '\u0001'.repeat(2048), name: '\u0001'.repeat(2048) };
    const run = { runId: '01a204d4-b0fe-7e3d-bd73-542fe767553c' };
    const parent = facet({ run, job: asset });
    const error = errorOf(
      JSON.stringify(runEvent({ run: { ...run, facets: { parent } }, job: asset, inputs: [asset] })),
    );
    expect([error.code, error.pointer]).toEqual(['too-large', '/inputs/0']);
  });
});

describe('refusals name the field and what to do', () => {
  const eventWith = (members: object): string => JSON.stringify(runEvent(members));
  test.each<[string, string | Uint8Array, string, string]>([
    ['bytes that are not UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 'not-utf8', ''],
    ['text that is not JSON', '{"eventTime": tru', 'not-json', ''],
    ['nothing', '', 'not-json', ''],
    ['an array', '[]', 'wrong-type', ''],
    ['null', 'null', 'wrong-type', ''],
    ['no time', eventWith({ eventTime: undefined }), 'missing-field', '/eventTime'],
    ['a time without offset', eventWith({ eventTime: '2026-11-22T19:56:12' }), 'wrong-format', '/eventTime'],
    ['30 February', eventWith({ eventTime: '2026-02-30T00:00:00Z' }), 'wrong-format', '/eventTime'],
    ['a producer that is no URI', eventWith({ producer: 'my etl' }), 'wrong-format', '/producer'],
    ['a small state', eventWith({ eventType: 'complete' }), 'wrong-value', '/eventType'],
    ['a run id that is no UUID', eventWith({ run: { runId: '7' } }), 'wrong-format', '/run/runId'],
    ['no run', eventWith({ run: undefined }), 'missing-field', '/run'],
    ['a job without a name', eventWith({ job: { namespace: 'a' } }), 'missing-field', '/job/name'],
    ['inputs that are null', eventWith({ inputs: null }), 'wrong-type', '/inputs'],
    ['a dataset that is text', eventWith({ inputs: [{ namespace: 'a', name: 'b' }, 'x'] }), 'wrong-type', '/inputs/1'],
    [
      'a facet without producer, its name with a slash',
      eventWith({ job: { namespace: 'a', name: 'b', facets: { 'a/b~c': { _schemaURL: 'https://e.com' } } } }),
      'missing-field',
      '/job/facets/a~1b~0c/_producer',
    ],
    [
      'a facet of an input with a wrong schemaURL',
      eventWith({
        inputs: [{ namespace: 'a', name: 'b', inputFacets: { f: { _producer: PRODUCER, _schemaURL: 'x y' } } }],
      }),
      'wrong-format',
      '/inputs/0/inputFacets/f/_schemaURL',
    ],
    [
      'a name of 2,049 characters',
      eventWith({ job: { namespace: 'a', name: 'n'.repeat(2049) } }),
      'too-long',
      '/job/name',
    ],
    ['half a surrogate pair', eventWith({ job: { namespace: 'a', name: '\ud83d' } }), 'wrong-format', '/job/name'],
    ['65 levels', eventWith({ x: nested(64) }), 'too-deep', ''],
    ['100,000 levels', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'too-deep', ''],
  ])('%s', (_, body, code, pointer) => {
    const error = errorOf(body);
    expect([error.code, error.pointer]).toEqual([code, pointer]);
    expect(error.message).not.toBe('');
    expect(error.remedy).not.toBe('');
  });

  test('64 levels are taken', () => {
    expect(take(runEvent({ x: nested(63) })).facts).toHaveLength(1);
  });

  test('no message quotes the event', () => {
    for (const body of ['{"password": hunter2}', '{"a":"hunter2', 'hunter2', '{"eventTime":"hunter2"}']) {
      const { message, remedy, pointer } = errorOf(body);
      expect(`${message} ${remedy} ${pointer}`).not.toContain('hunter2');
    }
  });
});

/** That many objects, one in the other. */
function nested(levels: number): object {
  let value: object = {};
  for (let i = 1; i < levels; i++) value = { value };
  return value;
}

describe('names that JavaScript could trip over', () => {
  test('__proto__, constructor and toString as keys are data like any other', () => {
    const body = JSON.stringify(runEvent()).replace(
      '"job":{',
      '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"job":{"__proto__":{"facets":7},"toString":1,',
    );
    const { facts, payload } = takeEvent(Buffer.from(body));
    expect((facts[0] as RunFacts).job).toEqual({ namespace: 'bank', name: 'load' });
    expect(textOf(payload)).toBe(body);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('inherited names are not fields', () => {
    const body = JSON.stringify(runEvent()).replace('"run":', '"__proto__":{"run":{}},"walk":');
    expect(errorOf(body)).toMatchObject({ code: 'missing-field', pointer: '/run' });
  });

  test('of two members of one name the last counts, and the payload hides the literals of both', () => {
    const sql = (query: string): string => JSON.stringify({ sql: facet({ query }) });
    const body = JSON.stringify(runEvent({ job: 'JOB' })).replace(
      '"JOB"',
      `{"namespace":"first","namespace":"bank","name":"load","facets":${sql("select 'Alice'")},"facets":${sql("select 'Bob'")}}`,
    );
    const { facts, payload, redacted } = takeEvent(Buffer.from(body));
    expect((facts[0] as RunFacts).job.namespace).toBe('bank');
    expect(textOf(payload)).not.toMatch(/Alice|Bob/);
    expect(redacted).toBe(2);
  });
});

describe('batches', () => {
  const good = JSON.stringify(runEvent());
  test('a bad event is an error in its place', () => {
    for (const body of [`[${good},{"a":1},${good}]`, `${good}\n{"a":1}\n\n${good}\r\n`, `[${good},{bad},${good}]`]) {
      const [first, second, third] = takeBatch(Buffer.from(body));
      expect(first).toEqual(takeEvent(Buffer.from(good)));
      expect(second).toBeInstanceOf(OpenLineageError);
      expect(third).toEqual(first);
    }
  });

  test('payloads of an array are slices of it', () => {
    const [only] = takeBatch(Buffer.from(` [ ${good} ] `)) as TakenEvent[];
    expect(textOf(only!.payload)).toBe(good);
  });

  test('an empty array, a printed event, brackets and quotes in strings', () => {
    expect(takeBatch(Buffer.from('[]'))).toEqual([]);
    expect(takeBatch(Buffer.from(''))).toEqual([]);
    const odd = runEvent({ x: '],[{"\\' });
    expect(takeBatch(Buffer.from(`[${JSON.stringify(odd)},${good}]`))).toHaveLength(2);
    const [printed] = takeBatch(Buffer.from(JSON.stringify(odd, null, 2))) as TakenEvent[];
    expect(printed!.facts).toHaveLength(1);
  });

  test('an array that is not closed, or followed by more, is refused as a whole', () => {
    for (const body of [`[${good}`, `[${good}] x`, '['])
      expect(() => takeBatch(Buffer.from(body))).toThrow(OpenLineageError);
  });
});
