/** Marquez's read API over a real server: what the conformance suite's fixtures do not hold. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '../../app.ts';
import { isLike } from './search-view.ts';
import { intervalsOf } from './stats-view.ts';
import { jobVersionId } from '../../report/version/version-id.ts';

let app: App;
let data: string;
const start = () => startApp({ data, host: '127.0.0.1', port: 0, checkpointMs: 20 });

beforeAll(async () => {
  data = await mkdtemp(`${tmpdir()}/custody-marquez-`);
  app = await start();
});
afterAll(() => app.stop());

const runId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const table = (name: string, facets: object = {}) => ({ namespace: 'db://h:1', name, facets });

async function send(over: Record<string, unknown>): Promise<number> {
  const response = await fetch(`${app.url}/api/v1/lineage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${app.pipelineKey}` },
    body: JSON.stringify({
      eventType: 'COMPLETE',
      producer: 'https://example.org/producer',
      schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
      ...over,
    }),
  });
  expect(response.status, await response.clone().text()).toBe(201);
  return ((await response.json()) as { entry: number }).entry;
}

const get = (path: string, key = app.pipelineKey) =>
  fetch(`${app.url}${path}`, { headers: { authorization: `Bearer ${key}` } });
async function json(path: string): Promise<Record<string, any>> {
  const response = await get(path);
  expect(response.status, path).toBe(200);
  return (await response.json()) as Record<string, any>;
}
const job = (namespace: string, name: string) => `/api/v1/namespaces/${namespace}/jobs/${name}`;
const DB = encodeURIComponent('db://h:1');

describe('who may ask, and what is refused', () => {
  test('nobody without a token; an auditor reads and still does not send', async () => {
    const anonymous = await fetch(`${app.url}/api/v1/namespaces`);
    expect(anonymous.status).toBe(401);
    expect(anonymous.headers.get('www-authenticate')).toBe('Bearer');
    expect(await anonymous.json()).toEqual({ code: 401, message: expect.stringContaining('not signed in') });
    const auditor = await app.keyring.createToken('auditor', 'auditor');
    expect((await get('/api/v1/namespaces', auditor)).status).toBe(200);
    expect((await get('/api/v1/lineage?nodeId=job:a:b', auditor)).status).toBe(404);
    const sent = await fetch(`${app.url}/api/v1/lineage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${auditor}` },
      body: '{}',
    });
    expect(sent.status).toBe(403);
  });

  test.each([
    ['PUT', '/api/v1/namespaces/new'],
    ['PUT', '/api/v1/namespaces/new/jobs/j'],
    ['DELETE', '/api/v1/namespaces/new/datasets/d'],
    ['POST', '/api/v1/jobs/runs/x/complete'],
  ])('%s %s is answered with where to send events', async (method, path) => {
    const before = app.ledger.log.size();
    const response = await fetch(app.url + path, { method, headers: { authorization: `Bearer ${app.pipelineKey}` } });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET');
    expect(await response.json()).toEqual({ code: 405, message: expect.stringContaining('POST /api/v1/lineage') });
    expect(app.ledger.log.size()).toBe(before);
  });

  test.each([
    '/api/v1/namespaces?limit=-1',
    '/api/v1/namespaces?offset=x',
    '/api/v1/search',
    '/api/v1/search?q=x&filter=TAG',
    '/api/v1/search?q=x&sort=size',
    '/api/v1/lineage',
    '/api/v1/column-lineage',
    '/api/v1/column-lineage?nodeId=dataset:a:b%2300000000-0000-4000-8000-000000000001&withDownstream=True',
    '/api/v1/events/lineage?before=yesterday',
    '/api/v1/stats/jobs?period=YEAR',
    '/api/v1/stats/lineage-events?period=WEEK&timezone=Moon/Base',
  ])('%s is a bad request', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ code: 400, message: expect.any(String) });
  });
});

describe('the lineage graph', () => {
  const ids = (graph: readonly { id: string }[]) => graph.map(({ id }) => id).sort();

  beforeAll(async () => {
    // a -> one -> b -> two -> c, and b -> three -> d
    await send({
      eventTime: '2026-11-01T00:00:00Z',
      run: { runId: runId(1) },
      job: { namespace: 'g', name: 'one' },
      inputs: [table('a')],
      outputs: [table('b')],
    });
    await send({
      eventTime: '2026-11-01T01:00:00Z',
      run: { runId: runId(2) },
      job: { namespace: 'g', name: 'two' },
      inputs: [table('b')],
      outputs: [table('c')],
    });
    await send({
      eventTime: '2026-11-01T02:00:00Z',
      run: { runId: runId(3) },
      job: { namespace: 'g', name: 'three' },
      inputs: [table('b')],
      outputs: [table('d')],
    });
  });

  test('grows by the jobs that share a dataset, and each node has the edges within it', async () => {
    const none = await json('/api/v1/lineage?nodeId=job:g:one&depth=0');
    expect(ids(none['graph'])).toEqual(['dataset:db://h:1:a', 'dataset:db://h:1:b', 'job:g:one']);
    const step = await json('/api/v1/lineage?nodeId=job:g:two&depth=1');
    expect(ids(step['graph'])).toEqual([
      'dataset:db://h:1:a',
      'dataset:db://h:1:b',
      'dataset:db://h:1:c',
      'dataset:db://h:1:d',
      'job:g:one',
      'job:g:three',
      'job:g:two',
    ]);
    const b = step['graph'].find(({ id }: { id: string }) => id === 'dataset:db://h:1:b');
    expect(b.inEdges).toEqual([{ origin: 'job:g:one', destination: 'dataset:db://h:1:b' }]);
    expect(b.outEdges.map(({ destination }: { destination: string }) => destination).sort()).toEqual([
      'job:g:three',
      'job:g:two',
    ]);
  });

  test('around a dataset has the jobs that touch it, also with a version in the node id', async () => {
    const { currentVersion } = await json(`/api/v1/namespaces/${DB}/datasets/c`);
    for (const nodeId of ['dataset:db://h:1:c', `dataset:db://h:1:c#${currentVersion}`]) {
      const { graph } = await json(`/api/v1/lineage?nodeId=${encodeURIComponent(nodeId)}&depth=0`);
      expect(ids(graph)).toEqual(['dataset:db://h:1:b', 'dataset:db://h:1:c', 'job:g:two']);
    }
  });

  test('follows what happens: another run, a new column, an input that is no longer read', async () => {
    const seen = async (id: string) =>
      (await json('/api/v1/lineage?nodeId=job:g:three&depth=0'))['graph'].find(
        (node: { id: string }) => node.id === id,
      );
    expect((await seen('job:g:three')).data.latestRun).toMatchObject({ id: runId(3), state: 'COMPLETED' });
    const fields = [{ name: 'iban', type: 'TEXT' }];
    await send({
      eventTime: '2026-11-02T02:00:00Z',
      run: { runId: runId(4) },
      job: { namespace: 'g', name: 'three' },
      inputs: [table('x')],
      outputs: [table('d', { schema: { _producer: 'https://e.org', _schemaURL: 'https://e.org', fields } })],
    });
    expect((await seen('job:g:three')).data).toMatchObject({
      latestRun: { id: runId(4) },
      inputs: [{ namespace: 'db://h:1', name: 'x' }],
    });
    expect((await seen('dataset:db://h:1:d')).data).toMatchObject({
      fields: [{ name: 'iban', type: 'TEXT' }],
      lastModifiedAt: '2026-11-02T02:00:00.000Z',
    });
    expect(await seen('dataset:db://h:1:b')).toBeUndefined();
  });
});

describe('versions', () => {
  test('of a job are made by what its runs read and write', async () => {
    const { versions } = await json(`${job('g', 'three')}/versions`);
    expect(versions.map(({ inputs }: { inputs: { name: string }[] }) => inputs.map(({ name }) => name))).toEqual([
      ['x'],
      ['b'],
    ]);
    const { currentVersion, latestRun } = await json(job('g', 'three'));
    expect(currentVersion).toBe(versions[0].version);
    expect(latestRun.jobVersion.version).toBe(currentVersion);
    expect(await json(`${job('g', 'three')}/versions/${versions[1].version}`)).toEqual(versions[1]);
  });

  test('of a dataset say which run wrote what another run read', async () => {
    await send({
      eventTime: '2026-11-03T00:00:00Z',
      run: { runId: runId(5) },
      job: { namespace: 'g', name: 'one' },
      inputs: [table('a')],
      outputs: [table('b')],
    });
    const { versions } = await json(`/api/v1/namespaces/${DB}/datasets/b/versions`);
    expect(versions.map(({ createdByRun }: { createdByRun: { id: string } }) => createdByRun.id)).toEqual([
      runId(5),
      runId(1),
    ]);
    const before = await json(`/api/v1/jobs/runs/${runId(2)}`);
    expect(before['inputVersions'][0].version).toBe(versions[1].version);
  });

  test('have the same ids after a restart', async () => {
    const paths = [`/api/v1/namespaces/${DB}/datasets/b/versions`, `${job('g', 'three')}/versions`];
    const before = await Promise.all(paths.map(json));
    await app.stop();
    app = await start();
    expect(await Promise.all(paths.map(json))).toEqual(before);
  });

  test('of a job do not depend on the order of its datasets', () => {
    const names = fc.uniqueArray(fc.record({ namespace: fc.string(), name: fc.string() }), {
      selector: ({ namespace, name }) => JSON.stringify([namespace, name]),
    });
    fc.assert(
      fc.property(names, names, (inputs, outputs) => {
        const of = { namespace: 'n', name: 'j' };
        const id = jobVersionId(of, inputs, outputs);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(jobVersionId(of, inputs.toReversed(), outputs.toReversed())).toBe(id);
        if (inputs.length > 0) expect(jobVersionId(of, inputs.slice(1), outputs)).not.toBe(id);
      }),
    );
  });
});

describe('facets', () => {
  test('of several events of a run add up, the later one wins, a deleted one is gone', async () => {
    const facet = (text: string) => ({ _producer: 'https://e.org', _schemaURL: 'https://e.org', text });
    const of = (facets: object, eventType: string, at: string) =>
      send({
        eventType,
        eventTime: at,
        run: { runId: runId(10), facets },
        job: { namespace: 'f', name: 'j' },
        inputs: [],
        outputs: [],
      });
    await of({ first: facet('a'), both: facet('early'), gone: facet('x') }, 'START', '2026-11-01T00:00:00Z');
    await of({ both: facet('late'), gone: { ...facet('x'), _deleted: true } }, 'COMPLETE', '2026-11-01T00:01:00Z');
    const { facets } = await json(`/api/v1/jobs/runs/${runId(10)}/facets?type=run`);
    expect(facets).toEqual({ first: facet('a'), both: facet('late') });
    expect((await json(`/api/v1/jobs/runs/${runId(10)}`))['facets']).toEqual(facets);
  });

  test('are gone with their payload, and the run is still there', async () => {
    const entry = await send({
      eventTime: '2026-11-01T00:00:00Z',
      run: { runId: runId(11), facets: { x: { _producer: 'https://e.org', _schemaURL: 'https://e.org' } } },
      job: { namespace: 'f', name: 'erased' },
      inputs: [table('a')],
      outputs: [],
    });
    await app.ledger.log.erasePayloads([entry]);
    const run = await json(`/api/v1/jobs/runs/${runId(11)}`);
    expect(run).toMatchObject({ state: 'COMPLETED', facets: {} });
    expect(run['inputVersions']).toHaveLength(1);
    const { events, totalCount } = await json('/api/v1/events/lineage?limit=1000');
    expect(events.map((event: { run: { runId: string } }) => event.run.runId)).not.toContain(runId(11));
    expect(totalCount).toBe(events.length + 1);
  });
});

describe('column lineage', () => {
  beforeAll(async () => {
    const column = (name: string, field: string) => ({ namespace: 'db://h:1', name, field });
    const facet = (fields: object) => ({
      columnLineage: { _producer: 'https://e.org', _schemaURL: 'https://e.org', fields },
    });
    await send({
      eventTime: '2026-11-05T00:00:00Z',
      run: { runId: runId(20) },
      job: { namespace: 'c', name: 'first' },
      inputs: [table('raw:1')],
      outputs: [
        table(
          'mid',
          facet({ x: { inputFields: [column('raw:1', 'a:b')] }, y: { inputFields: [column('raw:1', 'c')] } }),
        ),
      ],
    });
    await send({
      eventTime: '2026-11-05T01:00:00Z',
      run: { runId: runId(21) },
      job: { namespace: 'c', name: 'second' },
      inputs: [table('mid')],
      outputs: [table('end', facet({ z: { inputFields: [column('mid', 'x')] } }))],
    });
  });
  const graphOf = async (nodeId: string, more = '') =>
    (await json(`/api/v1/column-lineage?nodeId=${encodeURIComponent(nodeId)}${more}`))['graph'].map(
      ({ id }: { id: string }) => id.slice('datasetField:db://h:1:'.length),
    );

  test('goes up as far as asked, and down only when asked', async () => {
    expect(await graphOf('datasetField:db://h:1:end:z', '&depth=1')).toEqual(['end:z', 'mid:x']);
    expect(await graphOf('datasetField:db://h:1:end:z')).toEqual(['end:z', 'mid:x', 'raw:1:a:b']);
    expect(await graphOf('datasetField:db://h:1:mid:x')).toEqual(['mid:x', 'raw:1:a:b']);
    expect(await graphOf('datasetField:db://h:1:mid:x', '&withDownstream=True')).toEqual([
      'end:z',
      'mid:x',
      'raw:1:a:b',
    ]);
    expect(await graphOf('datasetField:db://h:1:raw:1:a:b', '&withDownstream=true')).toEqual([
      'end:z',
      'mid:x',
      'raw:1:a:b',
    ]);
    expect(await graphOf('job:c:first')).toEqual(['mid:x', 'mid:y', 'raw:1:a:b', 'raw:1:c']);
    expect((await get('/api/v1/column-lineage?nodeId=datasetField:db://h:1:end:nope')).status).toBe(404);
  });
});

describe('events', () => {
  test('come by when they happened, whatever the order they were told in', async () => {
    const at = (hour: number) => `2027-01-01T0${hour}:00:00Z`;
    for (const hour of [3, 1, 2]) {
      await send({
        eventTime: at(hour),
        run: { runId: runId(30 + hour) },
        job: { namespace: 'e/v:1', name: 'j' },
        inputs: [],
        outputs: [],
      });
      await json('/api/v1/events/lineage?limit=1'); // so that each is merged into what is sorted already
    }
    const times = ({ events }: Record<string, any>) => events.map(({ eventTime }: { eventTime: string }) => eventTime);
    const range = '/api/v1/events/lineage?after=2027-01-01T00:00:00Z&before=2027-01-01T03:00:00Z';
    expect(times(await json(range))).toEqual([at(2), at(1)]);
    expect(times(await json(`${range}&sortDirection=asc`))).toEqual([at(1), at(2)]);
    expect(await json(`${range}&limit=1&offset=1`)).toMatchObject({ events: [{ eventTime: at(1) }], totalCount: 2 });
    expect(times(await json('/api/v1/events/e/v:1'))).toEqual([at(3), at(2), at(1)]);
  });
});

describe('search', () => {
  test('matches like ILIKE with % and _', () => {
    const alphabet = fc.string({ unit: fc.constantFrom('a', 'b', '%', '_'), maxLength: 12 });
    fc.assert(
      fc.property(alphabet, alphabet, (text, pattern) => {
        const regexp = new RegExp(`^${pattern.replaceAll('%', '[^]*').replaceAll('_', '[^]')}$`);
        expect(isLike(text, pattern)).toBe(regexp.test(text));
      }),
      { numRuns: 2_000 },
    );
  });

  test('finds by part of a name, in either case, and counts all', async () => {
    const found = await json('/api/v1/search?q=THR%25E&limit=1');
    expect(found).toMatchObject({ totalCount: 1, results: [{ type: 'JOB', name: 'three', nodeId: 'job:g:three' }] });
    expect((await json('/api/v1/search?q=three&filter=DATASET'))['totalCount']).toBe(0);
    expect((await json('/api/v1/search?q=three&namespace=other'))['totalCount']).toBe(0);
    // A pattern that backtracks without end in a naive matcher.
    expect(isLike('a'.repeat(2_000), `${'%a'.repeat(200)}b`)).toBe(false);
  });
});

describe('the intervals of the dashboard', () => {
  test('are 24 hours that end with this one', () => {
    const intervals = intervalsOf('DAY', 'UTC', Date.parse('2026-11-12T06:30:00Z'));
    expect(intervals).toHaveLength(24);
    expect(new Date(intervals.at(-1)!.to).toISOString()).toBe('2026-11-12T07:00:00.000Z');
  });

  test('are days of the time zone, of 25 hours where the clocks went back', () => {
    const intervals = intervalsOf('WEEK', 'Europe/Berlin', Date.parse('2026-10-28T12:00:00.123Z'));
    expect(intervals.map(({ from, to }) => (to - from) / 3_600_000)).toEqual([24, 24, 24, 25, 24, 24, 24]);
    expect(new Date(intervals[0]!.from).toISOString()).toBe('2026-10-21T22:00:00.000Z');
  });

  test('never overlap and hold the moment asked about', () => {
    const zones = fc.constantFrom('UTC', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia');
    const moments = fc.integer({ min: Date.parse('2000-01-01'), max: Date.parse('2040-01-01') });
    fc.assert(
      fc.property(zones, moments, (zone, now) => {
        const intervals = intervalsOf('WEEK', zone, now);
        intervals.forEach(({ from, to }, i) => {
          expect(to).toBeGreaterThan(from);
          if (i > 0) expect(from).toBe(intervals[i - 1]!.to);
        });
        expect(intervals.at(-1)!.from).toBeLessThanOrEqual(now);
        expect(intervals.at(-1)!.to).toBeGreaterThan(now);
      }),
      { numRuns: 300 },
    );
  });
});

describe('whatever is asked', () => {
  const PATHS =
    'namespaces namespaces/X sources/X namespaces/X/datasets/X/versions/X namespaces/g/jobs/X/runs jobs jobs/runs/X/facets ' +
    'lineage column-lineage search tags events events/X events/lineage stats/jobs stats/lineage-events X ' +
    'namespaces/g/jobs/one/versions';
  const paths = fc.constantFrom(...PATHS.split(' '));
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '-1',
      '1e9',
      '99999999999999999999',
      'dataset:db://h:1:b',
      'datasetField:db://h:1:mid:x',
      'job:g:one',
      '',
    ),
    fc.constantFrom('2026-01-01T00:00:00Z', 'DAY', 'WEEK', 'UTC', 'true', '%%%%', '__proto__', '..', '#', 'asc'),
  );
  const parameter = fc.tuple(
    fc.constantFrom(
      'limit',
      'offset',
      'nodeId',
      'depth',
      'q',
      'filter',
      'sort',
      'before',
      'after',
      'period',
      'timezone',
      'type',
    ),
    odd,
  );

  test('the answer is one of a few, and never that the server failed', async () => {
    await fc.assert(
      fc.asyncProperty(paths, odd, fc.array(parameter, { maxLength: 4 }), async (path, name, parameters) => {
        const query = new URLSearchParams(parameters);
        const address = `/api/v1/${path.replaceAll('X', encodeURIComponent(name.replaceAll(/\p{Surrogate}/gu, '')))}?${query}`;
        const response = await get(address);
        expect([200, 400, 404], address).toContain(response.status);
        await response.json();
      }),
      { numRuns: 500 },
    );
  });

  test('a node id made of colons is refused at once', async () => {
    for (const kind of ['datasetField', 'dataset', 'job']) {
      for (const path of ['lineage', 'column-lineage']) {
        expect((await get(`/api/v1/${path}?nodeId=${kind}${':'.repeat(4_000)}`)).status).toBe(400);
      }
    }
  });
});
