/** The API over a real socket, a real log and real events: what it takes, what it refuses, and how it says so. */
import { mkdtemp } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { parseProof, parseVerifierKey, verifyProof } from '@custody/verify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '../app.ts';

let app: App;
let data: string;

beforeAll(async () => {
  data = await mkdtemp(`${tmpdir()}/custody-api-`);
  app = await startApp({ data, host: '127.0.0.1', port: 0, maxBodyBytes: 2_000_000, checkpointMs: 20 });
});
afterAll(() => app.stop());

const RUN = '3f5e83fa-3480-44ff-99c5-ff943904e5e8';

const event = (over: Record<string, unknown> = {}) => ({
  eventType: 'COMPLETE',
  eventTime: '2026-11-12T06:30:00.000Z',
  producer: 'https://example.org/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId: RUN },
  job: { namespace: 'bank', name: 'nightly' },
  inputs: [{ namespace: 'postgres://warehouse:5432', name: 'public.applications' }],
  outputs: [{ namespace: 's3://lake', name: 'features' }],
  ...over,
});

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${app.url}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...bearer(app.pipelineKey), ...headers },
  });
const get = (path: string, headers: Record<string, string> = bearer(app.pipelineKey)) =>
  fetch(`${app.url}${path}`, { headers });
const json = async (path: string) => {
  const response = await get(path);
  expect(response.status, path).toBe(200);
  return (await response.json()) as Record<string, any>;
};

describe('the names of columns', () => {
  test('are the first 12 in a lineage, and many more where columns are asked for', async () => {
    const fields = Array.from({ length: 250 }, (_, n) => ({ name: `c${n}`, type: 'int' }));
    const schema = {
      _producer: 'https://example.org/producer',
      _schemaURL: 'https://openlineage.io/spec/facets/1-1-1/SchemaDatasetFacet.json',
      fields,
    };
    const outputs = [{ namespace: 's3://lake', name: 'wide', facets: { schema } }];
    expect((await post('/api/v1/lineage', JSON.stringify(event({ outputs })))).status).toBe(201);
    const path = `/custody/v1/lineage?asset=${encodeURIComponent('dataset:s3://lake:wide')}&depth=1`;
    const namesIn = async (query: string) =>
      (await json(`${path}${query}`))['nodes'].find(({ distance }: { distance: number }) => distance === 0);
    const [few, many] = [await namesIn(''), await namesIn('&columns=true')];
    expect(few).toMatchObject({ columnCount: 250, columns: fields.slice(0, 12).map(({ name }) => name) });
    expect(many).toMatchObject({ columnCount: 250, columns: fields.slice(0, 200).map(({ name }) => name) });
  });
});

describe('events', () => {
  test('one is answered when it is durable, can be read at once, and is recorded once', async () => {
    const body = JSON.stringify(event());
    const first = await post('/api/v1/lineage', body);
    expect(first.status).toBe(201);
    const { entry } = (await first.json()) as { entry: number };
    const again = await post('/api/v1/lineage', body);
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ entry, duplicate: true });
    const detail = await json(`/custody/v1/entries/${entry}`);
    expect(detail['what']).toBe('nightly finished: 1 in, 1 out');
    expect(JSON.parse(detail['payload'].text)).toEqual(event());
    const lineage = await json(`/custody/v1/lineage?asset=${encodeURIComponent('dataset:s3://lake:features')}`);
    expect(lineage['nodes'].map((node: { id: string }) => node.id).sort()).toEqual([
      'dataset:postgres://warehouse:5432:public.applications',
      'dataset:s3://lake:features',
      'job:bank:nightly',
    ]);
  });

  test('a gzipped body is read; one that is not what it says is refused', async () => {
    const body = gzipSync(JSON.stringify(event({ eventTime: '2026-11-12T07:00:00Z' })));
    expect((await post('/api/v1/lineage', body, { 'content-encoding': 'gzip' })).status).toBe(201);
    const bad = await post('/api/v1/lineage', 'not gzip', { 'content-encoding': 'gzip' });
    expect(bad.status).toBe(400);
    expect(bad.headers.get('content-type')).toBe('application/problem+json');
    expect((await post('/api/v1/lineage', body, { 'content-encoding': 'br' })).status).toBe(415);
  });

  test('a small body that unpacks to more than is allowed is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
    expect(bomb.length).toBeLessThan(100_000);
    expect((await post('/api/v1/lineage', bomb, { 'content-encoding': 'gzip' })).status).toBe(413);
  });

  test('a body of 50 MB is refused, announced or not', async () => {
    const large = Buffer.alloc(50_000_000, 'x');
    // The server may answer and hang up before all of it is sent.
    const status = await post('/api/v1/lineage', large).then(
      (response) => response.status,
      () => 'hung up',
    );
    expect([413, 'hung up']).toContain(status);
    expect((await get('/healthz')).status).toBe(200);
  });

  test.each([
    ['not JSON', 'hello', 422, ''],
    ['a list', '[]', 422, ''],
    ['no run', JSON.stringify({ ...event(), run: undefined }), 422, null],
    ['a run id that is no UUID', JSON.stringify(event({ run: { runId: 'x' } })), 422, '/run/runId'],
    ['a time that is none', JSON.stringify(event({ eventTime: 'yesterday' })), 422, '/eventTime'],
    ['an unknown event type', JSON.stringify(event({ eventType: 'EXPLODE' })), 422, '/eventType'],
    ['a job without a name', JSON.stringify(event({ job: { namespace: 'bank' } })), 422, '/job/name'],
    ['an input that is no object', JSON.stringify(event({ inputs: [1] })), 422, '/inputs/0'],
    ['deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 422, null],
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 422, ''],
  ])('%s is a problem that names the field', async (_, body, status, pointer) => {
    const response = await post('/api/v1/lineage', body);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = (await response.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({
      status,
      title: expect.any(String),
      detail: expect.any(String),
      remedy: expect.any(String),
    });
    if (pointer !== null) expect(problem['pointer']).toBe(pointer);
  });

  test('a wrong content type is refused', async () => {
    const response = await post('/api/v1/lineage', JSON.stringify(event()), { 'content-type': 'text/plain' });
    expect(response.status).toBe(415);
  });

  test('in a batch the good ones are recorded and the bad one is named', async () => {
    const batch = [
      event({ eventTime: '2026-11-13T01:00:00Z' }),
      { nonsense: true },
      event({ eventTime: '2026-11-13T02:00:00Z' }),
    ];
    const response = await post('/api/v1/lineage/batch', JSON.stringify(batch));
    expect(response.status).toBe(200);
    const answer = (await response.json()) as Record<string, any>;
    expect(answer).toMatchObject({
      status: 'partial_success',
      summary: { received: 3, successful: 2, failed: 1, duplicates: 0 },
    });
    expect(answer['failed_events']).toMatchObject([{ index: 1, retriable: false }]);
    expect(answer['entries'][0]).toBeLessThan(answer['entries'][2]);
    expect(answer['entries'][1]).toBeNull();
    const lines = batch.map((one) => JSON.stringify(one)).join('\n');
    const again = await post('/api/v1/lineage/batch', lines, { 'content-type': 'application/x-ndjson' });
    expect(await again.json()).toMatchObject({ summary: { successful: 2, duplicates: 2 } });
    expect((await post('/api/v1/lineage/batch', '[{}]')).status).toBe(422);
  });

  test('a literal in SQL and a secret anywhere are in no file of the data folder', async () => {
    const secret = 'AKIAIOSFODNN7EXAMPLQ';
    const facets = {
      sql: {
        _producer: 'https://example.org',
        _schemaURL: 'https://openlineage.io/spec/facets/1-0-1/SQLJobFacet.json',
        query: "select * from t where name = 'Erika Mustermann' and code = 4711823",
      },
      custom: { _producer: 'https://example.org', _schemaURL: 'https://example.org/x.json', aws: secret },
    };
    const response = await post(
      '/api/v1/lineage',
      JSON.stringify(event({ eventTime: '2026-11-14T01:00:00Z', job: { namespace: 'bank', name: 'sql', facets } })),
    );
    expect(response.status).toBe(201);
    const { entry, redacted } = (await response.json()) as { entry: number; redacted: number };
    expect(redacted).toBeGreaterThanOrEqual(3);
    const detail = await json(`/custody/v1/entries/${entry}`);
    for (const leak of ['Mustermann', '4711823', secret]) expect(JSON.stringify(detail)).not.toContain(leak);
    expect(detail['payload'].text).toContain('select * from t where name');
  });
});

describe('proofs', () => {
  test("an entry's proof verifies with the log's key, with and without its payload", async () => {
    const { log } = await json('/custody/v1/status');
    for (const payload of [false, true]) {
      const proof = await (await get(`/custody/v1/entries/3/proof?payload=${payload}`)).text();
      const proved = await verifyProof(parseProof(Buffer.from(proof)), parseVerifierKey(log.key));
      expect(proved.index).toBe(3);
      expect(proved.payload !== null).toBe(payload && JSON.parse(proved.entry).payload !== undefined);
    }
  });

  test('an entry that is not there is 404', async () => {
    expect((await get('/custody/v1/entries/999999/proof')).status).toBe(404);
    expect((await get('/custody/v1/entries/999999')).status).toBe(404);
    expect((await get('/custody/v1/entries/-1')).status).toBe(400);
  });
});

describe('time', () => {
  test('an asset is not there before it was seen, by either time', async () => {
    const id = encodeURIComponent('dataset:s3://lake:features');
    expect((await get(`/custody/v1/asset?id=${id}&at=2026-11-12T06:29:59Z`)).status).toBe(404);
    expect((await get(`/custody/v1/asset?id=${id}&at=2026-11-12T06:30:00Z`)).status).toBe(200);
    expect((await get(`/custody/v1/asset?id=${id}&known=1`)).status).toBe(404);
    expect(
      (await get(`/custody/v1/asset?id=${id}&known=${encodeURIComponent(new Date(Date.now() + 1000).toISOString())}`))
        .status,
    ).toBe(200);
    expect((await get(`/custody/v1/asset?id=${id}&known=2020-01-01T00:00:00Z`)).status).toBe(404);
    expect((await get(`/custody/v1/asset?id=${id}&at=soon`)).status).toBe(400);
  });
});

describe('who may', () => {
  test('without a token or with a wrong one nothing is read or written', async () => {
    for (const path of [
      '/custody/v1/status',
      '/custody/v1/assets',
      '/custody/v1/entries',
      '/custody/v1/events',
      '/custody/v1/tokens',
    ]) {
      expect((await get(path, {})).status, path).toBe(401);
      expect((await get(path, bearer('wrong'))).status, path).toBe(401);
    }
    const response = await fetch(`${app.url}/api/v1/lineage`, {
      method: 'POST',
      body: JSON.stringify(event()),
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  test('an auditor reads and cannot write; only an admin makes tokens, and a withdrawn one is dead at once', async () => {
    const admin = app.keyring.createLink('admin', 'admin');
    expect(admin.length).toBeGreaterThan(20);
    const cli = await fetch(`${app.url}/custody/v1/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(app.cliKey) },
      body: JSON.stringify({ name: 'visitor', role: 'auditor' }),
    });
    expect(cli.status).toBe(201);
    const { secret } = (await cli.json()) as { secret: string };
    expect((await get('/custody/v1/status', bearer(secret))).status).toBe(200);
    expect((await post('/api/v1/lineage', JSON.stringify(event()), bearer(secret))).status).toBe(403);
    expect((await get('/custody/v1/tokens', bearer(secret))).status).toBe(403);
    expect((await get('/custody/v1/tokens', bearer(app.pipelineKey))).status).toBe(403);
    const list = await (await get('/custody/v1/tokens', bearer(app.cliKey))).text();
    expect(list).toContain('visitor');
    expect(list).not.toContain(secret);
    await fetch(`${app.url}/custody/v1/tokens/visitor`, { method: 'DELETE', headers: bearer(app.cliKey) });
    expect((await get('/custody/v1/status', bearer(secret))).status).toBe(401);
    const kinds = (await json('/custody/v1/entries?kind=token.revoked'))['items'];
    expect(kinds).toHaveLength(1);
  });

  test('a sign-in link works once; its session cannot be used from another site', async () => {
    const code = new URL(app.signInLink()).hash.replace('#code=', '');
    const signIn = (headers: Record<string, string> = {}) =>
      fetch(`${app.url}/custody/v1/session`, {
        method: 'POST',
        body: JSON.stringify({ code }),
        headers: { 'content-type': 'application/json', 'x-custody-csrf': '1', ...headers },
      });
    expect((await signIn({ origin: 'https://evil.example' })).status).toBe(403);
    const response = await signIn({ origin: app.url });
    expect(response.status).toBe(204);
    const setCookie = response.headers.get('set-cookie')!;
    expect(setCookie).toMatch(/HttpOnly/);
    expect(setCookie).toMatch(/SameSite=Strict/);
    expect((await signIn()).status).toBe(401);
    const cookie = setCookie.split(';')[0]!;
    expect((await get('/custody/v1/status', { cookie })).status).toBe(200);
    const make = (headers: Record<string, string>) =>
      fetch(`${app.url}/custody/v1/tokens`, {
        method: 'POST',
        body: JSON.stringify({ name: 'forged', role: 'admin' }),
        headers: { 'content-type': 'application/json', cookie, ...headers },
      });
    expect((await make({})).status).toBe(403);
    expect((await make({ 'x-custody-csrf': '1', origin: 'https://evil.example' })).status).toBe(403);
    expect((await make({ 'x-custody-csrf': '1', 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(
      (await fetch(`${app.url}/custody/v1/session`, { method: 'DELETE', headers: { cookie, 'x-custody-csrf': '1' } }))
        .status,
    ).toBe(204);
    expect((await get('/custody/v1/status', { cookie })).status).toBe(401);
  });

  test('another host name is refused (DNS rebinding)', async () => {
    const { port } = new URL(app.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write('GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'),
      );
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1.1 421/);
  });

  test('listening elsewhere is refused while nobody made a token', async () => {
    const other = await mkdtemp(`${tmpdir()}/custody-api-`);
    await expect(startApp({ data: other, host: '0.0.0.0', port: 0 })).rejects.toMatchObject({
      code: 'app.not-loopback',
    });
  });

  test('a port that is taken is told as such', async () => {
    const other = await mkdtemp(`${tmpdir()}/custody-api-`);
    const port = Number(new URL(app.url).port);
    await expect(startApp({ data: other, host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'app.port' });
  });
});

describe('the rest', () => {
  test('every answer forbids what pages do not need', async () => {
    const { headers } = await get('/healthz');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('OpenAPI describes every route there is, and the page to read it', async () => {
    const document = (await (await get('/openapi.json', {})).json()) as { paths: Record<string, unknown> };
    for (const path of [
      '/api/v1/lineage',
      '/api/v1/lineage/batch',
      '/custody/v1/status',
      '/custody/v1/lineage',
      '/custody/v1/entries/{index}/proof',
    ]) {
      expect(Object.keys(document.paths)).toContain(path);
    }
    const page = await (await get('/docs', {})).text();
    for (const path of Object.keys(document.paths)) expect(page).toContain(path);
  });

  test('metrics are in the Prometheus text format and count what happened', async () => {
    const text = await (await get('/metrics', {})).text();
    for (const line of text.trim().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{[^}]*\})? [0-9.e+-]+)$/);
    expect(text).toMatch(/custody_openlineage_events_total\{outcome="taken"\} [1-9]/);
    expect(text).toMatch(/route="\/api\/v1\/lineage",status="201"/);
  });

  test('news of the log arrive as server-sent events', async () => {
    const response = await get('/custody/v1/events');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    const first = (await reader.read()).value!;
    const size = Number(/"size":(\d+)/.exec(first)?.[1]);
    await post('/api/v1/lineage', JSON.stringify(event({ eventTime: '2026-11-15T01:00:00Z' })));
    let text = '';
    while (!text.includes(`"size":${size + 1}`)) text += (await reader.read()).value!;
    await reader.cancel();
    expect(text).toContain('event: log');
  });

  test('a restart keeps data, tokens and sessions', async () => {
    const place = await mkdtemp(`${tmpdir()}/custody-api-`);
    const first = await startApp({ data: place, host: '127.0.0.1', port: 0 });
    const { pipelineKey } = first;
    await fetch(`${first.url}/api/v1/lineage`, {
      method: 'POST',
      body: JSON.stringify(event()),
      headers: { 'content-type': 'application/json', ...bearer(pipelineKey) },
    });
    await first.stop();
    const second = await startApp({ data: place, host: '127.0.0.1', port: 0 });
    expect(second.pipelineKey).toBe(pipelineKey);
    const status = (await (
      await fetch(`${second.url}/custody/v1/status`, { headers: bearer(pipelineKey) })
    ).json()) as { counts: unknown };
    expect(status.counts).toMatchObject({ datasets: 2, jobs: 1, runs: 1 });
    await second.stop();
  });
});
