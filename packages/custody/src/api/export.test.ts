/** Exports over a real server: what another Custody makes of them, what is left of erased payloads, what a scope holds. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '../app.ts';

const start = async () =>
  startApp({ data: await mkdtemp(`${tmpdir()}/custody-export-`), host: '127.0.0.1', port: 0, checkpointMs: 20 });
let app: App;
beforeAll(async () => {
  app = await start();
});
afterAll(() => app.stop());

const facet = (members: object) => ({ _producer: 'https://e.org/', _schemaURL: 'https://e.org/schema', ...members });
const runEvent = (n: number, over: object) => ({
  eventType: 'COMPLETE',
  eventTime: new Date(Date.UTC(2026, 10, 1 + n)).toISOString(),
  producer: 'https://example.org/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` },
  ...over,
});
const table = (name: string, facets: object = {}) => ({ namespace: 'db', name, facets });

/** Has everything that a fact can say: schema, owners, tags, types, parent, columns, versions, and a very wide event. */
const EVENTS = [
  runEvent(1, {
    run: {
      runId: '00000000-0000-4000-8000-000000000001',
      facets: {
        nominalTime: facet({ nominalStartTime: '2026-11-01T00:00:00Z' }),
        parent: facet({
          run: { runId: '00000000-0000-4000-8000-0000000000aa' },
          job: { namespace: 'etl', name: 'dag' },
        }),
      },
    },
    job: {
      namespace: 'etl',
      name: 'load',
      facets: {
        ownership: facet({ owners: [{ name: 'team:data' }] }),
        jobType: facet({ processingType: 'BATCH', integration: 'DBT', jobType: 'MODEL' }),
        documentation: facet({ description: 'Loads it' }),
      },
    },
    inputs: [table('raw', { tags: facet({ tags: [{ key: 'pii', value: 'email' }, { key: 'pii' }] }) })],
    outputs: [
      table('clean', {
        schema: facet({ fields: [{ name: 'mail', type: 'TEXT', description: 'who' }] }),
        datasetType: facet({ datasetType: 'VIEW' }),
        lifecycleStateChange: facet({ lifecycleStateChange: 'CREATE' }),
        columnLineage: facet({
          fields: {
            mail: {
              inputFields: [
                {
                  namespace: 'db',
                  name: 'raw',
                  field: 'email',
                  transformations: [{ type: 'DIRECT', subtype: 'TRANSFORMATION', description: '', masking: true }],
                },
              ],
            },
          },
          dataset: [
            {
              namespace: 'db',
              name: 'raw',
              field: 'day',
              transformations: [{ type: 'INDIRECT', subtype: 'FILTER', description: '', masking: false }],
            },
          ],
        }),
      }),
    ],
  }),
  runEvent(2, { job: { namespace: 'etl', name: 'score' }, inputs: [table('clean')], outputs: [table('scores')] }),
  runEvent(3, {
    job: { namespace: 'etl', name: 'wide' },
    inputs: Array.from({ length: 400 }, (_, i) => table(`${'w'.repeat(300)}${i}`)),
    outputs: [table('wide')],
  }),
  {
    eventTime: '2026-11-05T00:00:00.000Z',
    producer: 'https://example.org/producer',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent',
    dataset: table('alone', { ownership: facet({ owners: [{ name: 'ines' }] }) }),
  },
  {
    eventTime: '2026-11-06T00:00:00.000Z',
    producer: 'https://example.org/producer',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/JobEvent',
    job: { namespace: 'etl', name: 'design' },
    inputs: [table('scores')],
    outputs: [],
  },
];

async function send(to: App, body: string): Promise<void> {
  const response = await fetch(`${to.url}/api/v1/lineage/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${to.pipelineKey}` },
    body,
  });
  expect(await response.json()).toMatchObject({ status: 'success' });
}
const ask = (from: App, query: string, key = from.pipelineKey) =>
  fetch(`${from.url}/custody/v1/export?${query}`, { headers: { authorization: `Bearer ${key}` } });
async function text(from: App, query: string): Promise<string> {
  const response = await ask(from, query);
  expect(response.status, query).toBe(200);
  return response.text();
}
/** An entry's number is of one log. */
const graphOf = async (from: App) => ({
  csv: (await text(from, 'format=csv')).replaceAll(/,\d+(?=\r\n)/g, ''),
  prov: (await text(from, 'format=prov-turtle')).replaceAll(/ {2}custody:(?:first|last)Entry .*\n/g, ''),
});

describe('openlineage', () => {
  let first: string;
  beforeAll(async () => {
    // One event over several lines: an export has one a line all the same.
    await send(
      app,
      JSON.stringify(EVENTS, null, 2)
        .replace(/$/, '\n')
        .replaceAll(/\n(?=.)/g, ' '),
    );
    first = await text(app, 'format=openlineage');
  });

  test('gives the events again, in the order of the log', async () => {
    const lines = first.trimEnd().split('\n');
    expect(lines).toHaveLength(EVENTS.length);
    const key = (event: unknown) => JSON.stringify(event);
    expect(lines.map((line) => key(JSON.parse(line))).sort()).toEqual(EVENTS.map(key).sort());
  });

  test('makes the same graph in another Custody, also after every payload was erased', async () => {
    const before = await graphOf(app);
    expect(before.csv.split('\r\n').length).toBeGreaterThan(400);
    const second = await start();
    const third = await start();
    try {
      await send(second, first);
      expect(await graphOf(second)).toEqual(before);
      const { log } = second.ledger;
      await log.erasePayloads(Array.from({ length: log.size() }, (_, index) => index));
      const told = await text(second, 'format=openlineage');
      expect(told).not.toContain('e.org/schema'); // only facts are left
      await send(third, told);
      expect(await graphOf(third)).toEqual(before);
      const { state } = third.ledger;
      const row = state.assets.find('dataset', { namespace: 'db', name: 'raw' })!;
      expect(state.assets.view(row, { at: Infinity, entries: Infinity }).tags).toEqual(['pii:email', 'pii']);
      const columns = await fetch(`${third.url}/api/v1/column-lineage?nodeId=datasetField:db:clean:mail`, {
        headers: { authorization: `Bearer ${third.pipelineKey}` },
      });
      expect(((await columns.json()) as { graph: unknown[] }).graph).toHaveLength(2);
    } finally {
      await second.stop();
      await third.stop();
    }
  });

  test('of an asset are the events of the jobs around it; of a time those that had happened', async () => {
    const jobs = async (query: string) =>
      (await text(app, `format=openlineage&${query}`))
        .split('\n')
        .filter(Boolean)
        .map((line) => (JSON.parse(line) as { job?: { name: string } }).job?.name ?? '')
        .sort();
    expect(await jobs('asset=dataset:db:scores&direction=up')).toEqual(['load', 'score']);
    expect(await jobs('asset=dataset:db:scores&direction=up&depth=1')).toEqual(['score']);
    expect(await jobs('at=2026-11-03T00:00:00Z')).toEqual(['load', 'score']);
    expect(await jobs('known=0')).toEqual([]);
  });
});

describe('all formats', () => {
  test.each([
    ['openlineage', 'application/x-ndjson', 'jsonl'],
    ['prov-jsonld', 'application/ld+json', 'jsonld'],
    ['prov-turtle', 'text/turtle', 'ttl'],
    ['mermaid', 'text/vnd.mermaid', 'mmd'],
    ['dot', 'text/vnd.graphviz', 'dot'],
    ['csv', 'text/csv', 'csv'],
  ])('%s says what it is, and keeps to an asset and a time', async (format, type, ending) => {
    const response = await ask(app, `format=${format}&asset=dataset:db:clean&direction=down&at=2026-11-04T00:00:00Z`);
    expect(response.headers.get('content-type')).toContain(type);
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="lineage.${ending}"`);
    const body = await response.text();
    expect(body).toContain('scores');
    expect(body).not.toContain('wide');
    // The job event that reads scores came later.
    expect(body).not.toContain('design');
  });

  test('are for those who may read, of formats that there are, of assets that there are', async () => {
    const auditor = await app.keyring.createToken('auditor', 'auditor');
    expect((await ask(app, 'format=csv', auditor)).status).toBe(200);
    expect((await ask(app, 'format=csv', 'no')).status).toBe(401);
    expect((await ask(app, 'format=xml')).status).toBe(400);
    expect((await ask(app, 'format=csv&asset=dataset:db:nope')).status).toBe(404);
  });
});
