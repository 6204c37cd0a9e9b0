/** Questions about lineage over a socket: a small pipeline of four nights, in which the feed was bad in the third. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '../app.ts';

let app: App;
const NAMESPACE = 'postgres://warehouse:5432';
const facet = (members: object) => ({ _producer: 'https://e.org', _schemaURL: 'https://e.org/f.json', ...members });
const day = (night: number, clock: string) => `2026-11-0${night}T${clock}:00.000Z`;
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const id = (name: string) => `dataset:${NAMESPACE}:${name}`;

interface Dataset {
  readonly name: string;
  readonly columns?: readonly string[];
  readonly from?: Readonly<Record<string, readonly (readonly [dataset: string, column: string])[]>>;
  readonly facets?: object;
  readonly outputFacets?: object;
}
const dataset = ({ name, columns, from, facets, outputFacets }: Dataset) => ({
  namespace: NAMESPACE,
  name,
  facets: {
    ...(columns && { schema: facet({ fields: columns.map((column) => ({ name: column, type: 'TEXT' })) }) }),
    ...(from && {
      lifecycleStateChange: facet({ lifecycleStateChange: 'OVERWRITE' }),
      columnLineage: facet({
        fields: Object.fromEntries(
          Object.entries(from).map(([column, sources]) => [
            column,
            {
              inputFields: sources.map(([source, field]) => ({
                namespace: NAMESPACE,
                name: source,
                field,
                transformations: [{ type: 'DIRECT', subtype: 'IDENTITY' }],
              })),
            },
          ]),
        ),
      }),
    }),
    ...facets,
  },
  ...(outputFacets && { outputFacets }),
});

const run = (
  n: number,
  eventTime: string,
  job: string,
  inputs: readonly Dataset[],
  outputs: readonly Dataset[],
  jobFacets = {},
) => ({
  eventType: 'COMPLETE',
  eventTime,
  producer: 'https://e.org',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId: uuid(n) },
  job: { namespace: 'etl', name: job, facets: jobFacets },
  inputs: inputs.map(dataset),
  outputs: outputs.map(dataset),
});

/** Feed and customers -> clean -> model of the night. In the third night half of the feed's rows are missing. */
function night(n: number): object[] {
  const rows = n === 3 ? 500 : 1_000 + n;
  const clean: Dataset = {
    name: 'clean',
    columns: ['score', 'name'],
    from: { score: [['feed', 'score']], name: [['customers', 'name']] },
    outputFacets: { outputStatistics: facet({ rowCount: rows }) },
    facets: { tags: facet({ tags: [{ key: 'personal-data', value: 'true' }] }) },
  };
  const model: Dataset = {
    name: `model/${n}`,
    from: { p: [['clean', 'score']] },
    facets: {
      datasetType: facet({ datasetType: 'MODEL' }),
      modelMetrics: facet({ auc: n === 3 ? 0.6 : 0.8 + n / 1_000 }),
    },
  };
  const feed = { name: 'feed', columns: ['score', 'unused'] };
  return [
    run(n * 10, day(n, '02:00'), 'clean_up', [feed, { name: 'customers', columns: ['name'] }], [clean], {
      sourceCodeLocation: facet({ type: 'git', url: 'https://e.org/r', version: n < 4 ? 'aaa' : 'bbb' }),
      ownership: facet({ owners: [{ name: 'ines' }] }),
    }),
    run(n * 10 + 1, day(n, '03:00'), 'train', [{ name: 'clean' }], [model]),
  ];
}

beforeAll(async () => {
  app = await startApp({ data: await mkdtemp(`${tmpdir()}/custody-questions-`), host: '127.0.0.1', port: 0 });
  for (const n of [1, 2, 3, 4])
    for (const event of night(n)) await app.intake.takeOne(Buffer.from(JSON.stringify(event)), 'test');
});
afterAll(() => app.stop());

async function ask(path: string, query: Record<string, string> = {}, status = 200): Promise<any> {
  const response = await fetch(`${app.url}/custody/v1/${path}?${new URLSearchParams(query)}`, {
    headers: { authorization: `Bearer ${app.pipelineKey}` },
  });
  expect(response.status, path).toBe(status);
  return response.headers.get('content-type')!.includes('json') ? response.json() : response.text();
}
const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).sort();

describe('blast radius', () => {
  const query = { asset: id('feed'), from: day(3, '00:00'), to: day(3, '23:59') };

  test('has the model of that night, with the run and the entries it rests on, and the checkpoint', async () => {
    const { touched, counts, asOf } = await ask('blast', query);
    expect(names(touched)).toEqual(['clean', 'clean_up', 'model/3', 'train']);
    expect(counts).toEqual(expect.arrayContaining([{ role: 'model', count: 1 }]));
    const model = touched.find(({ role }: { role: string }) => role === 'model');
    expect(model).toMatchObject({ hops: 4, columns: ['p'], certain: true, until: null });
    expect(model.by).toMatchObject({ from: id('clean'), job: 'job:etl:train', run: uuid(31), byColumns: true });
    expect(model.reason).toContain('train read clean');
    const { text } = await ask(`entries/${model.by.writeEntry}`);
    expect(JSON.parse(text)).toMatchObject({ kind: 'openlineage.run', run: uuid(31) });
    expect(asOf.entries).toBe(app.ledger.log.size());
  });

  test('of a column that nothing comes from reaches no dataset', async () => {
    const { touched } = await ask('blast', { ...query, column: 'unused' });
    expect(touched.filter(({ kind }: { kind: string }) => kind === 'dataset')).toEqual([]);
  });

  test('of a version, by the run that wrote it', async () => {
    const { touched } = await ask('blast', { asset: id('clean'), version: uuid(20) });
    expect(names(touched)).toEqual(['model/2', 'train']);
  });

  test('by what was known before the night was told reaches nothing', async () => {
    const first = app.ledger.state.runs.firstEntry(app.ledger.state.runs.find(uuid(30))!);
    const { touched } = await ask('blast', { ...query, known: String(first) });
    expect(touched).toEqual([]);
  });

  test('refuses what makes no sense, and says what there is', async () => {
    const backwards = await ask('blast', { ...query, from: day(4, '00:00') }, 400);
    expect(backwards.detail).toContain('later than');
    const unknown = await ask('blast', { ...query, column: 'nope' }, 404);
    expect(unknown.remedy).toContain('score, unused');
    await ask('blast', { asset: 'dataset:x:y' }, 404);
  });
});

test('blast radius by the design of jobs alone: reached, not certainly, whenever it was bad', async () => {
  const design = (name: string, inputs: readonly Dataset[], outputs: readonly Dataset[]) => ({
    eventTime: day(1, '01:00'),
    producer: 'https://e.org',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/JobEvent',
    job: { namespace: 'etl', name, facets: {} },
    inputs: inputs.map(dataset),
    outputs: outputs.map(dataset),
  });
  const stage = {
    name: 'design/stage',
    columns: ['a', 'b'],
    from: { a: [['design/crm', 'x']], b: [['design/crm', 'y']] },
  } as const;
  const mart = { name: 'design/mart', from: { m: [['design/stage', 'a']] } } as const;
  for (const event of [design('d1', [{ name: 'design/crm' }], [stage]), design('d2', [stage], [mart])])
    await app.intake.takeOne(Buffer.from(JSON.stringify(event)), 'test');
  for (const query of [{}, { from: day(3, '00:00'), to: day(3, '12:00') }]) {
    const { touched } = await ask('blast', { asset: id('design/crm'), column: 'x', ...query });
    expect(names(touched)).toEqual(['d1', 'd2', 'design/mart', 'design/stage']);
    expect(touched.every(({ certain }: { certain: boolean }) => !certain)).toBe(true);
    const found = touched.find(({ name }: { name: string }) => name === 'design/mart');
    expect(found).toMatchObject({ columns: ['m'], by: { run: null } });
    expect(found.reason).toContain('by its design');
  }
  const { touched } = await ask('blast', { asset: id('design/crm'), column: 'y' });
  expect(names(touched)).not.toContain('design/mart');
});

test('columns, up and down', async () => {
  const { nodes, edges } = await ask('column-lineage', { asset: id('clean'), column: 'score' });
  expect(nodes.map(({ asset, column, distance }: any) => [asset, column, distance])).toEqual([
    [id('clean'), 'score', 0],
    [id('feed'), 'score', -1],
    // What was made from it before still stands.
    ...[4, 3, 2, 1].map((n) => [id(`model/${n}`), 'p', 1]),
  ]);
  expect(edges[0]).toMatchObject({
    kind: 'identity',
    masked: false,
    certainty: 'certain',
    fromSql: false,
    run: uuid(40),
  });
  const all = await ask('lineage', { asset: id('clean'), columns: 'true' });
  expect(all.columnEdges).toHaveLength(2 + 4);
  const none = await ask('column-lineage', { asset: id('feed'), column: 'unused' });
  expect(none.edges).toEqual([]);
});

test('edges that have ended are told if asked for, with when', async () => {
  await app.intake.takeOne(
    Buffer.from(JSON.stringify(run(90, day(5, '02:00'), 'copy', [{ name: 'customers' }], [{ name: 'copied' }]))),
    'test',
  );
  await app.intake.takeOne(
    Buffer.from(JSON.stringify(run(91, day(6, '02:00'), 'copy', [{ name: 'clients' }], [{ name: 'copied' }]))),
    'test',
  );
  const query = { asset: id('copied'), direction: 'up' };
  const sources = (edges: readonly { from: string; endedAt: string | null }[]) =>
    edges.map(({ from, endedAt }) => [from, endedAt]);
  expect(sources((await ask('lineage', query)).edges)).toEqual([
    [id('clients'), null],
    ['job:etl:copy', null],
  ]);
  // Before the change it is there; after it, only where ended edges are asked for.
  expect(sources((await ask('lineage', { ...query, at: day(5, '12:00') })).edges)[0]).toEqual([id('customers'), null]);
  expect(sources((await ask('lineage', { ...query, ended: 'true' })).edges)).toContainEqual([
    id('customers'),
    day(6, '02:00'),
  ]);
});

test('the way between two assets, in either order, or none', async () => {
  const there = await ask('path', { from: id('feed'), to: id('model/4') });
  expect(there).toMatchObject({ found: true, direction: 'down' });
  expect(names(there.nodes)).toEqual(['clean', 'clean_up', 'feed', 'model/4', 'train']);
  expect(there.steps[1].columns.map(({ from, to }: any) => [from.column, to.column])).toEqual([['score', 'score']]);
  expect(there.steps[0].reason).toMatch(/clean_up reads feed: 4 runs, .* entry \d+/);
  expect(await ask('path', { from: id('model/4'), to: id('feed') })).toMatchObject({ found: true, direction: 'up' });
  expect(await ask('path', { from: id('customers'), to: id('feed') })).toMatchObject({ found: false, steps: [] });
});

test('what is different between two times', async () => {
  const answer = await ask('difference', { from: day(3, '12:00') });
  expect(names(answer.assetsAdded)).toContain('model/4');
  expect(names(answer.assetsAdded)).not.toContain('model/3');
  expect(answer.changed).toContainEqual(
    expect.objectContaining({
      asset: expect.objectContaining({ name: 'clean_up' }),
      code: { before: 'git:aaa', after: 'git:bbb' },
    }),
  );
  expect((await ask('difference', {}, 400)).detail).toContain('fromKnown');
  expect((await ask('difference', { from: day(4, '12:00'), at: day(4, '13:00') })).assetsAdded).toEqual([]);
});

describe('causes', () => {
  test('of the fall: the rows that were missing', async () => {
    const { metric, fell, series, good, bad, candidates } = await ask('causes', { asset: id('model/4') });
    expect([metric, fell, series[good].value, series[bad].value]).toEqual(['auc', true, 0.802, 0.6]);
    expect(candidates[0]).toMatchObject({ kind: 'rows', asset: { name: 'clean' }, run: uuid(30) });
    expect(candidates[0].reason).toContain('500 rows');
    expect(candidates.map(({ kind }: { kind: string }) => kind)).not.toContain('code');
  });

  test('of another time: the code that changed', async () => {
    const { candidates } = await ask('causes', { asset: id('model/4'), fall: day(4, '00:00') });
    expect(candidates[0]).toMatchObject({
      kind: 'code',
      asset: { name: 'clean_up' },
      before: 'git:aaa',
      after: 'git:bbb',
    });
  });

  test('are refused where no figure is known', async () => {
    expect((await ask('causes', { asset: id('feed') }, 422)).remedy).toContain('modelMetrics');
    expect((await ask('causes', { asset: id('model/4'), metric: 'rmse' }, 422)).title).toContain('rmse');
  });
});

test('gaps: what is known with its entry, what is missing with how to tell it, as data and as a document', async () => {
  const { assets, known, missing, edges } = await ask('gaps', { asset: id('clean') });
  const clean = assets.find(({ name }: { name: string }) => name === 'clean');
  const check = (kind: string) => clean.checks.find((one: { kind: string }) => one.kind === kind);
  expect(check('classification')).toMatchObject({ state: 'known', says: 'personal-data' });
  expect(check('retention')).toMatchObject({ state: 'missing', entry: null });
  expect(check('encryption-in-transit').state).toBe('missing');
  expect(assets.find(({ name }: { name: string }) => name === 'clean_up').checks).toEqual([
    expect.objectContaining({ kind: 'owner', state: 'known', says: 'ines' }),
  ]);
  expect(assets.map(({ hops }: { hops: number }) => hops)).toEqual([-2, -2, -1, 0]);
  expect(known + missing).toBe(assets.flatMap(({ checks }: any) => checks).length);
  expect(edges).toHaveLength(3);
  expect(await ask('gaps/document', { asset: id('clean') })).toContain('# Security gaps: clean');
  expect(await ask('gaps/document', { asset: id('clean'), format: 'html' })).toContain('<h1>Security gaps: clean</h1>');
});
