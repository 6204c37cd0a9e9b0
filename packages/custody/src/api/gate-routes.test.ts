/** Ingest gates over HTTP: a real server, real streams, roles. */
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '../app.ts';

const data = mkdtempSync(`${tmpdir()}/custody-gates-`);
let app: App;
const tokens: Record<string, string> = {};

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, never> & Record<string, unknown>;
}

async function ask(
  path: string,
  {
    as = 'admin',
    method = 'GET',
    json,
    bytes,
    type,
  }: { as?: string; method?: string; json?: unknown; bytes?: string | Uint8Array | ReadableStream; type?: string } = {},
): Promise<Answer> {
  const body = json === undefined ? bytes : JSON.stringify(json);
  const response = await fetch(`${app.url}${path}`, {
    method: body === undefined ? method : 'POST',
    headers: {
      authorization: `Bearer ${tokens[as]}`,
      'content-type': json === undefined ? (type ?? 'application/octet-stream') : 'application/json',
      ...(bytes instanceof Uint8Array && { 'content-encoding': 'gzip' }),
    },
    ...(body !== undefined && { body: body as BodyInit }),
    ...(bytes instanceof ReadableStream && { duplex: 'half' }),
  } as RequestInit);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson && !text.includes('}\n{') ? (JSON.parse(text) as Answer['body']) : ({} as Answer['body']),
  };
}

const RULES =
  'version: 1\nrules:\n  - {name: ssn, types: US_SSN, action: fail}\n  - {name: keys, family: secret, action: quarantine}\ndefault: mask\n';
const CSV = 'id,text\n1,write to jane@example.org\n2,key AKIAQ3EGRZ5MJ7TWXK4V leaked\n3,fine\n';

beforeAll(async () => {
  app = await startApp({ data, host: '127.0.0.1', port: 0 });
  tokens['admin'] = app.cliKey;
  for (const role of ['engineer', 'officer', 'auditor'] as const)
    tokens[role] = await app.keyring.createToken(role, role);
});
afterAll(() => app.stop());

test('scan: a stream is looked at as it comes, and no value is answered', async () => {
  const { status, body, text } = await ask('/api/v1/scan?format=csv', { as: 'engineer', bytes: CSV });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    rows: 3,
    total: 2,
    counts: [
      { type: 'EMAIL_ADDRESS', column: 'text', count: 1 },
      { type: 'API_KEY', family: 'secret', count: 1 },
    ],
  });
  expect(text).not.toMatch(/jane|AKIA/);
  const packed = await ask('/api/v1/scan', { bytes: gzipSync(CSV), type: 'text/csv' });
  expect(packed.body).toMatchObject({ rows: 3, total: 2 });
  expect((await ask('/api/v1/scan', { as: 'auditor', bytes: CSV })).status).toBe(403);
  expect(
    (await ask('/api/v1/scan', { bytes: '{"mail": "jane@example.org"}\n', type: 'application/jsonl' })).body,
  ).toMatchObject({ findings: [{ label: 'mail', row: 1 }] });
});

describe('ingest', () => {
  const publish = (as: string, rules = RULES) =>
    ask('/custody/v1/gate/rules/reviews', { as, json: { rules, message: 'Reviews hold no SSN' } });

  test('goes by published rules, which an officer publishes', async () => {
    expect((await ask('/api/v1/ingest?rules=reviews', { bytes: CSV })).status).toBe(404);
    expect((await publish('engineer')).status).toBe(403);
    expect((await publish('officer', 'version: 1\nrules: [{types: X, action: fail}]')).body).toMatchObject({
      status: 422,
      detail: expect.stringContaining('line 2: rules[0].types') as string,
    });
    expect((await publish('officer')).body).toMatchObject({ version: 1, withdrawn: false });
    const { body } = await ask('/custody/v1/gate/rules/reviews', { as: 'auditor' });
    expect(body).toMatchObject({ text: RULES, shown: 1, versions: 1 });
  });

  test('answers what may be stored, after the verdict; the rest is in quarantine', async () => {
    const half = Math.floor(CSV.length / 2);
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from(CSV.slice(0, half)));
        setTimeout(() => {
          controller.enqueue(Buffer.from(CSV.slice(half)));
          controller.close();
        }, 50);
      },
    });
    const answer = await ask('/api/v1/ingest?rules=reviews&dataset=reviews', { as: 'engineer', bytes: stream });
    expect(answer.status).toBe(200);
    expect(answer.text).toBe('id,text\n1,write to <EMAIL_ADDRESS>\n3,fine\n');
    expect(answer.headers.get('custody-verdict')).toBe('quarantined');
    const id = answer.headers.get('custody-ingest')!;
    const { body } = await ask(`/custody/v1/ingests/${id}`, { as: 'auditor' });
    expect(body).toMatchObject({
      dataset: { namespace: 'http', name: 'reviews' },
      by: 'engineer',
      report: { changed: 1, rows: { written: 2, quarantined: 1 } },
    });
    const listed = await ask('/custody/v1/ingests?verdict=quarantined', { as: 'auditor' });
    expect(listed.body).toMatchObject({
      total: 1,
      items: [
        {
          id,
          found: [
            { type: 'EMAIL_ADDRESS', action: 'mask', count: 1 },
            { type: 'API_KEY', action: 'quarantine', count: 1 },
          ],
          broken: [],
          warnings: 0,
        },
      ],
    });
    const audit = await ask(`/custody/v1/ingests/${id}/audit`);
    expect(audit.text.trim().split('\n')).toHaveLength(4);
    const batch = await ask(`/custody/v1/quarantine/${answer.headers.get('custody-batch')}`, { as: 'auditor' });
    expect(batch.body).toMatchObject({
      state: 'held',
      rows: 1,
      sample: [
        {
          row: 2,
          fields: [
            { column: 'id', text: '2' },
            { column: 'text', text: 'xxx <API_KEY> xxxxxx' },
          ],
        },
      ],
    });
    const runs = await ask('/custody/v1/assets?q=ingest/reviews');
    expect(runs.body).toMatchObject({ items: [{ lastState: 'COMPLETE' }] });
    expect(readdirSync(join(data, 'staging'))).toEqual([]);
  });

  test('refused: nothing but the report is answered', async () => {
    const answer = await ask('/api/v1/ingest?rules=reviews', {
      as: 'engineer',
      bytes: `${CSV}4,my SSN is 536-90-4399\n`,
    });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      title: 'The gate refuses this',
      report: { verdict: 'rejected', firstFailures: [{ row: 4, type: 'US_SSN' }] },
    });
    expect(answer.text).not.toMatch(/jane|536-90|fine/);
    const broken = await ask('/api/v1/ingest?rules=reviews', { bytes: 'a,b\n1,"x\n' });
    expect(broken.body).toMatchObject({
      status: 422,
      title: 'The input cannot be read',
      detail: expect.stringContaining('row 0, byte 6') as string,
    });
    expect(readdirSync(join(data, 'staging'))).toEqual([]);
  });

  test('withdrawn rules let nothing in', async () => {
    expect(
      (await ask('/custody/v1/gate/rules/reviews/withdraw', { as: 'officer', json: { message: 'not used' } })).body,
    ).toMatchObject({ version: 2, withdrawn: true });
    expect((await ask('/api/v1/ingest?rules=reviews', { bytes: CSV })).status).toBe(404);
    await publish('officer');
  });
});

describe('quarantine', () => {
  const held = async (): Promise<string> =>
    ((await ask('/custody/v1/quarantine?state=held')).body as unknown as { items: { id: string }[] }).items[0]!.id;

  test('is let out by officers, with a reason', async () => {
    const id = await held();
    const release = (as: string, json: object) => ask(`/custody/v1/quarantine/${id}/release`, { as, json });
    expect((await release('engineer', { as: 'raw', reason: 'please' })).status).toBe(403);
    expect((await release('officer', { as: 'raw', reason: '' })).status).toBe(400);
    expect((await release('officer', { as: 'masked', reason: 'looked at it' })).text).toBe(
      'id,text\n2,key <API_KEY> leaked\n',
    );
    expect((await release('officer', { as: 'raw', reason: 'the key is void' })).text).toBe(
      'id,text\n2,key AKIAQ3EGRZ5MJ7TWXK4V leaked\n',
    );
    const destroy = () => ask(`/custody/v1/quarantine/${id}/destroy`, { as: 'officer', json: { reason: 'done with' } });
    expect((await destroy()).body).toMatchObject({
      state: 'destroyed',
      destroyed: { by: 'officer' },
      released: { by: 'officer' },
    });
    expect((await destroy()).status).toBe(410);
    expect((await ask(`/custody/v1/quarantine/${id}`)).body).toMatchObject({ state: 'destroyed', sample: [] });
  });
});

test('labels: engineers read, officers decide', async () => {
  const label = {
    dataset: { namespace: 'http', name: 'reviews' },
    column: 'text',
    label: 'secret:API_KEY',
    decision: 'accepted',
    reason: 'seen',
  };
  expect((await ask('/custody/v1/labels', { as: 'engineer', json: label })).status).toBe(403);
  expect((await ask('/custody/v1/labels', { as: 'officer', json: label })).body).toMatchObject({
    state: 'accepted',
    by: 'officer',
  });
  expect((await ask('/custody/v1/labels?state=accepted', { as: 'auditor' })).body).toMatchObject({
    items: [{ label: 'secret:API_KEY' }],
    counts: { accepted: 1 },
  });
  expect(
    (await ask('/custody/v1/labels', { as: 'officer', json: { ...label, label: 'nothing', decision: 'rejected' } }))
      .status,
  ).toBe(404);
});

test('a rule editor has its answers: check, dry run, a start', async () => {
  const check = await ask('/custody/v1/gate/check', { as: 'engineer', json: { rules: 'version: 1\nrulez: []\n' } });
  expect(check.body).toMatchObject({ issues: [{ field: 'rulez', line: 2, column: 1 }] });
  const dry = await ask('/custody/v1/gate/dry-run', { as: 'engineer', json: { rules: RULES, sample: CSV } });
  expect(dry.body).toMatchObject({
    issues: [],
    report: { verdict: 'quarantined' },
    output: 'id,text\n1,write to <EMAIL_ADDRESS>\n3,fine\n',
    aside: [{ row: 2 }],
  });
  const cut = await ask('/custody/v1/gate/dry-run', { json: { rules: RULES, sample: 'a,b\n1\n' } });
  expect(cut.body).toMatchObject({ report: null, trouble: { row: 1, byte: 5 } });
  const start = await ask('/custody/v1/gate/starter', { json: { sample: CSV, name: 'reviews' } });
  const rules = String(start.body['rules']);
  expect((await ask('/custody/v1/gate/check', { json: { rules } })).body).toEqual({ issues: [] });
});

test('an ingest is recorded once, and told by somebody who may', async () => {
  const told = {
    id: '5f0c7c0e-52b8-4d0f-9d3e-3a2a6a1f3b11',
    started: '2026-11-28T05:00:00Z',
    dataset: { namespace: 'file', name: '/x.csv' },
    source: { namespace: 'file', name: '/y.csv' },
    output: null,
    audit: { digest: `sha256:${'0'.repeat(64)}`, lines: 0 },
    rules: `sha256:${'1'.repeat(64)}`,
    detector: 'custody/test',
    sealKey: null,
    report: (
      (await ask('/custody/v1/gate/dry-run', { json: { rules: RULES, sample: CSV } })).body as unknown as {
        report: object;
      }
    ).report,
  };
  const record = (as: string, line: unknown) =>
    ask('/custody/v1/ingests', { as, bytes: `${JSON.stringify(line)}\n`, type: 'application/vnd.custody.ingest' });
  expect((await record('auditor', told)).status).toBe(403);
  expect((await record('engineer', { ...told, audit: { digest: 'x', lines: 0 } })).body).toMatchObject({
    status: 400,
    pointer: '/audit/digest',
  });
  expect((await record('engineer', told)).status).toBe(201);
  expect((await record('engineer', told)).status).toBe(409);
});

test('the API tells of all of it', async () => {
  const { body } = await ask('/openapi.json');
  for (const path of [
    '/api/v1/scan',
    '/api/v1/ingest',
    '/custody/v1/ingests',
    '/custody/v1/quarantine/{id}/release',
    '/custody/v1/labels',
    '/custody/v1/gate/rules/{name}',
  ])
    expect(Object.keys(body['paths'] as unknown as object)).toContain(path);
});

test('a start sweeps away what a crash left: rows without an entry, data without a verdict', async () => {
  const answer = await ask('/api/v1/ingest?rules=reviews', { bytes: CSV });
  const kept = answer.headers.get('custody-batch')!;
  await app.stop();
  writeFileSync(join(data, 'quarantine/5f0c7c0e-52b8-4d0f-9d3e-3a2a6a1f3b11.sealed'), 'x');
  writeFileSync(join(data, 'quarantine-keys/5f0c7c0e-52b8-4d0f-9d3e-3a2a6a1f3b11.key'), Buffer.alloc(32));
  writeFileSync(join(data, 'staging/.x.out.1-00000000.custody-part'), CSV);
  app = await startApp({ data, host: '127.0.0.1', port: 0 });
  expect(readdirSync(join(data, 'quarantine'))).toEqual([`${kept}.sealed`]);
  expect(readdirSync(join(data, 'quarantine-keys'))).toEqual([`${kept}.key`]);
  expect(readdirSync(join(data, 'staging'))).toEqual([]);
  expect((await ask(`/custody/v1/quarantine/${kept}`)).body).toMatchObject({ state: 'held', sample: [{ row: 2 }] });
});
