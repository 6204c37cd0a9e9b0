/** Real events through the whole way in: taken, durable, folded, and their lineage as the pipelines that sent them have it. */
import { existsSync, readFileSync } from 'node:fs';
import { appendFile, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { NOW } from '../fold/as-of.ts';
import { reach } from '../fold/reach.ts';
import type { State } from '../fold/state.ts';
import { openFileLog } from '../log/file-log.ts';
import { OpenLineageError } from '../producers/openlineage/index.ts';
import { Intake } from './intake.ts';
import { idOfEntry, Ledger } from './ledger.ts';
import { SchemaReader } from './schema-reader.ts';

const FIXTURES = fileURLToPath(new URL('../../../../testdata/openlineage/', import.meta.url));
const SHARED = `${process.env['CUSTODY_SHARED'] ?? fileURLToPath(new URL('../../../../../shared', import.meta.url))}/data/openlineage`;
if (!existsSync(SHARED)) console.log(`skipped: generated events (there is no ${SHARED}; set CUSTODY_SHARED)`);

const opened: Ledger[] = [];
async function open(folder?: string): Promise<{ ledger: Ledger; intake: Intake; folder: string }> {
  const place = folder ?? (await mkdtemp(`${tmpdir()}/custody-intake-`));
  const ledger = await Ledger.open(await openFileLog({ folder: place, idOf: idOfEntry }));
  opened.push(ledger);
  return { ledger, intake: new Intake(ledger, Buffer.alloc(32, 1)), folder: place };
}
afterEach(async () => {
  for (const ledger of opened.splice(0)) await ledger.close();
});

const fixture = (name: string) => readFileSync(`${FIXTURES}${name}`, 'utf8').trim().split('\n');

async function takeAll(intake: Intake, lines: readonly string[]): Promise<void> {
  for (let from = 0; from < lines.length; from += 500) {
    await Promise.all(lines.slice(from, from + 500).map((line) => intake.takeOne(Buffer.from(line), 'test')));
  }
}

/** Names of everything up- or downstream of a dataset, datasets only. */
function datasets(state: State, id: string, direction: 'up' | 'down'): string[] {
  const [row] = state.assets.findId(id);
  expect(row, id).toBeDefined();
  return [...reach(state.edges, row!, direction, 100, NOW).nodes]
    .slice(1)
    .filter((node) => state.assets.kindOf(node) === 'dataset')
    .map((node) => state.assets.nameOf(node).name)
    .sort();
}

const counts = ({ assets, runs, edges }: State) => {
  const kinds = Array.from({ length: assets.count }, (_, row) => assets.kindOf(row));
  const of = (kind: string) => kinds.filter((one) => one === kind).length;
  return { datasets: of('dataset'), jobs: of('job'), runs: runs.count, edges: edges.count };
};

describe('real events', () => {
  test('of Airflow: from the warehouse over features to the model', async () => {
    const { ledger, intake } = await open();
    await takeAll(intake, fixture('real-airflow.jsonl'));
    expect(counts(ledger.state)).toEqual({ datasets: 3, jobs: 4, runs: 4, edges: 4 });
    expect(datasets(ledger.state, 'dataset:s3://models:credit/v1', 'up')).toEqual([
      'bank.public.applications',
      'features/credit',
    ]);
    expect(datasets(ledger.state, 'dataset:postgres://warehouse:5432:bank.public.applications', 'down')).toEqual([
      'credit/v1',
      'features/credit',
    ]);
    const states = Array.from({ length: 4 }, (_, row) => ledger.state.runs.view(row).state);
    expect(states).toEqual(['COMPLETE', 'COMPLETE', 'COMPLETE', 'COMPLETE']);
  });

  test('of dbt: the marts come from the staging models', async () => {
    const { ledger, intake } = await open();
    await takeAll(intake, fixture('real-dbt.jsonl'));
    const id = (name: string) => `dataset:duckdb://jaffle_shop.duckdb:jaffle_shop.main.${name}`;
    const named = (names: readonly string[]) => names.map((name) => `jaffle_shop.main.${name}`);
    // dbt names no input of its staging models; their own SQL does.
    expect(datasets(ledger.state, id('customers'), 'up')).toEqual(
      named(['raw_customers', 'raw_orders', 'raw_payments', 'stg_customers', 'stg_orders', 'stg_payments']),
    );
    expect(datasets(ledger.state, id('raw_payments'), 'down')).toEqual(named(['customers', 'orders', 'stg_payments']));
    const derived = (await ledger.events(0, ledger.log.size())).flatMap((event) =>
      event.kind === 'openlineage.run'
        ? event.inputs.filter(({ derived: from }) => from === 'sql').map(({ name }) => name)
        : [],
    );
    expect(new Set(derived)).toEqual(new Set(named(['raw_customers', 'raw_orders', 'raw_payments'])));
    expect(datasets(ledger.state, id('stg_payments'), 'down')).toEqual(named(['customers', 'orders']));
    const [row] = ledger.state.assets.findId(id('customers'));
    const fields = await new SchemaReader(ledger).fields(ledger.state.assets.view(row!, NOW).schema!);
    expect(fields.map(({ name }) => name)).toEqual(expect.arrayContaining(['customer_id', 'first_name']));
  });

  test('of Spark: several events a run are one run, and one that never ends is not failed', async () => {
    const { ledger, intake } = await open();
    await takeAll(intake, fixture('real-spark.jsonl'));
    const id = (name: string) => `dataset:file:/srv/bank/spark/lake/${name}`;
    const upstream = datasets(ledger.state, id('training/credit'), 'up').map((name) =>
      name.replace('/srv/bank/spark/lake/', ''),
    );
    expect(upstream).toEqual(['customers', 'features/credit', 'loans']);
    const runs = Array.from({ length: ledger.state.runs.count }, (_, row) => ledger.state.runs.view(row));
    expect(runs.filter(({ state }) => state === 'COMPLETE')).toHaveLength(5);
    expect(runs.some(({ state }) => state === 'FAIL')).toBe(false);
    const partitions = runs.filter(({ job }) => ledger.state.assets.nameOf(job).name.includes('map_partitions'));
    expect(partitions.length).toBeGreaterThan(0);
    expect(partitions.every(({ ended }) => ended === null)).toBe(true);
  });

  test('again are known already, and a replay of the log knows the same', async () => {
    const { ledger, intake, folder } = await open();
    const lines = ['real-airflow.jsonl', 'real-dbt.jsonl', 'real-spark.jsonl'].flatMap(fixture);
    await takeAll(intake, lines);
    const before = counts(ledger.state);
    const size = ledger.log.size();
    for (const line of lines) expect((await intake.takeOne(Buffer.from(line), 'again')).duplicate).toBe(true);
    expect(ledger.log.size()).toBe(size);
    await ledger.close();
    const again = await open(folder);
    expect(counts(again.ledger.state)).toEqual(before);
    expect((await again.intake.takeOne(Buffer.from(lines[0]!), 'again')).duplicate).toBe(true);
  });
});

describe.skipIf(!existsSync(SHARED))('generated events', () => {
  const expected: Record<string, (state: State, lines: readonly string[]) => void> = {
    'marquez-metadata': (state) => expect(state.runs.count).toBeGreaterThan(300),
    'typical-2in1out-50col': (state) => {
      const downstream = datasets(state, 'dataset:postgres://warehouse:5432:public.t0', 'down');
      expect(downstream.length).toBeGreaterThan(0);
    },
    'wide-20ds-50col': (state) => expect(state.edges.count).toBeGreaterThanOrEqual(20),
    'graph-5k-jobs': (state) => {
      expect(counts(state)).toMatchObject({ jobs: 5_000, runs: 5_000 });
      expect(counts(state).datasets).toBeGreaterThan(5_000);
    },
  };

  test.each(Object.keys(expected))('%s are all taken, and their edges are those of the events', async (name) => {
    const { ledger, intake } = await open();
    const lines = gunzipSync(readFileSync(`${SHARED}/${name}.jsonl.gz`))
      .toString()
      .trim()
      .split('\n');
    await takeAll(intake, lines);
    // The oracle: pairs straight from the JSON.
    const pairs = new Set<string>();
    const key = (asset: { namespace: string; name: string }) => `${asset.namespace}\n${asset.name}`;
    for (const line of lines) {
      const {
        job,
        inputs = [],
        outputs = [],
      } = JSON.parse(line) as { job: never; inputs?: never[]; outputs?: never[] };
      for (const input of inputs) pairs.add(`${key(input)}\n->\n${key(job)}`);
      for (const output of outputs) pairs.add(`${key(job)}\n->\n${key(output)}`);
    }
    const { assets, edges } = ledger.state;
    const found = Array.from(
      { length: edges.count },
      (_, edge) => `${key(assets.nameOf(edges.fromOf(edge)))}\n->\n${key(assets.nameOf(edges.toOf(edge)))}`,
    );
    expect(new Set(found)).toEqual(pairs);
    expected[name]!(ledger.state, lines);
  });
});

describe('the ledger', () => {
  test('tells a schema once, though many events bring it at the same moment', async () => {
    const { ledger, intake } = await open();
    const line = fixture('real-dbt.jsonl').find((one) => one.includes('"schema":'))!;
    const events = Array.from({ length: 50 }, (_, n) =>
      line.replace(/"eventTime": ?"[^"]+"/, `"eventTime":"2026-11-01T00:00:${String(n).padStart(2, '0')}Z"`),
    );
    await Promise.all(events.map((event) => intake.takeOne(Buffer.from(event), 'test')));
    const kinds = (await ledger.events(0, ledger.log.size())).map(({ kind }) => kind);
    const schemas = new Set(
      (await ledger.events(0, ledger.log.size())).flatMap((event) =>
        event.kind === 'dataset.schema' ? [event.schema] : [],
      ),
    );
    expect(kinds.filter((kind) => kind === 'dataset.schema')).toHaveLength(schemas.size);
    expect(kinds.indexOf('dataset.schema')).toBeLessThan(kinds.indexOf('openlineage.run'));
  });

  test('tells the rest of a schema of which a crash left only the first part', async () => {
    const { ledger, intake } = await open();
    const fields = Array.from({ length: 2_000 }, (_, n) => ({
      name: `column_${n}_${'x'.repeat(40)}`,
      type: 'VARCHAR',
    }));
    const event = JSON.parse(fixture('real-airflow.jsonl')[0]!) as { inputs: unknown[] };
    const facets = { schema: { _producer: 'https://p', _schemaURL: 'https://s', fields } };
    event.inputs = [{ namespace: 'lake', name: 'wide', facets }];
    const body = Buffer.from(JSON.stringify(event));
    const whole = await open();
    await whole.intake.takeOne(body, 'test');
    const parts = (await whole.ledger.events(0, whole.ledger.log.size())).flatMap((one) =>
      one.kind === 'dataset.schema' ? [one] : [],
    );
    expect(parts.length).toBeGreaterThan(1);
    const { v: _, recorded: __, ...first } = parts[0]!;
    await ledger.record(first);
    await intake.takeOne(body, 'test');
    const [row] = ledger.state.assets.findId('dataset:lake:wide');
    const schema = ledger.state.assets.view(row!, NOW).schema!;
    expect(ledger.state.schemas.get(schema)).toMatchObject({ columns: 2_000, of: parts.length });
    expect(await new SchemaReader(ledger).fields(schema)).toEqual(fields);
  });

  test('answers with what was written as soon as it is acknowledged, whatever else is on its way', async () => {
    const { ledger, intake } = await open();
    const line = fixture('real-airflow.jsonl')[0]!;
    await Promise.all(
      Array.from({ length: 300 }, async (_, n) => {
        const name = `job-${n}`;
        const event = JSON.parse(line) as { job: { name: string } };
        event.job.name = name;
        const { entry } = await intake.takeOne(Buffer.from(JSON.stringify(event)), 'test');
        expect(ledger.state.entries).toBeGreaterThan(entry);
        expect(ledger.state.assets.find('job', { namespace: 'bank_airflow', name })).not.toBeNull();
      }),
    );
  });

  test('a bad event in a batch stands in its own place', async () => {
    const { intake } = await open();
    const [first, second] = fixture('real-airflow.jsonl');
    const results = await intake.takeMany(Buffer.from(`[${first},{"no":"event"},${second}]`), 'test');
    expect(results.map((result) => result instanceof OpenLineageError)).toEqual([false, true, false]);
  });

  test('turns a moment into the number of entries known then', async () => {
    const folder = await mkdtemp(`${tmpdir()}/custody-intake-`);
    let clock = Date.parse('2026-11-01T00:00:00Z');
    const ledger = await Ledger.open(await openFileLog({ folder, idOf: idOfEntry }), { now: () => new Date(clock) });
    opened.push(ledger);
    for (let n = 0; n < 600; n++) {
      clock += 1_000;
      await ledger.record({ kind: 'token.created', id: `t${n}`, by: 'test', token: `t${n}`, role: 'auditor' });
    }
    const at = (seconds: number) => ledger.entriesKnownAt(Date.parse('2026-11-01T00:00:00Z') + seconds * 1_000);
    expect(await Promise.all([at(0), at(1), at(255), at(256), at(257), at(599.5), at(9_999)])).toEqual([
      0, 1, 255, 256, 257, 599, 600,
    ]);
  });

  test('records that a torn tail was cut when the log opened', async () => {
    const { ledger, intake, folder } = await open();
    await takeAll(intake, fixture('real-airflow.jsonl'));
    await ledger.close();
    const [segment] = (await readdir(`${folder}/entries`)).filter((name) => name.endsWith('.entries'));
    await appendFile(`${folder}/entries/${segment!}`, 'torn');
    const again = await open(folder);
    const last = await again.ledger.event(again.ledger.log.size() - 1);
    expect(last).toMatchObject({ kind: 'log.recovered', cutBytes: 4, file: segment });
  });
});
