/** Policies over a real socket and a real log: published, checked, dry run, rolled back, and there again after a restart. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from '../app.ts';
import { readTar } from '../gate/rego/index.ts';

let app: App;
let data: string;
const start = async (): Promise<App> => startApp({ data, host: '127.0.0.1', port: 0, checkpointMs: 20 });

beforeAll(async () => {
  data = await mkdtemp(`${tmpdir()}/custody-policies-`);
  app = await start();
});
afterAll(() => app.stop());

const call = async (method: string, path: string, body?: unknown, token = app.cliKey) => {
  const response = await fetch(`${app.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as any };
};
const POLICIES = '/custody/v1/policies';

const V1 = 'package gate.read\n\ndefault allow := false\n\nallow if input.purpose in {"marketing", "risk"}\n';
const V2 = 'package gate.read\n\ndefault allow := false\n\nallow if input.purpose == "risk"\n';
const TESTS =
  'package gate.read_test\n\nimport data.gate.read\n\ntest_risk if read.allow with input as {"purpose": "risk"}\n';
const files = (policy: string) => ({ 'read.rego': policy, 'read_test.rego': TESTS });
const ask = (purpose: string) =>
  call('POST', '/v1/data/gate/read/allow', { input: { purpose, email: `${purpose}@example.org` } });

test('a policy is published, decides, is dry run against what it decided, changed, and rolled back', async () => {
  const first = await call('POST', `${POLICIES}/gate-read`, { files: files(V1), message: 'First', author: 'mara' });
  expect(first).toMatchObject({
    status: 201,
    body: { version: 1, author: 'mara', by: 'local-cli', packages: ['gate.read'] },
  });
  const since = new Date(Date.now() - 60_000).toISOString();
  for (const purpose of ['marketing', 'risk', 'other'])
    expect((await ask(purpose)).body.result).toBe(purpose !== 'other');

  let dry: any;
  for (let tries = 0; tries < 100; tries++) {
    dry = (await call('POST', `${POLICIES}/gate-read/dry-run`, { files: files(V2), since })).body;
    if (dry.decisions === 3) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(dry).toMatchObject({ decisions: 3, same: 2, nowDenied: 1, nowAllowed: 0, otherwise: 0 });
  expect(dry.flips).toHaveLength(1);
  expect(dry.flips[0]).toMatchObject({
    path: 'gate/read/allow',
    was: 'allow',
    would: 'deny',
    summary: { purpose: 'marketing' },
    heldThen: ['gate-read/read.rego:5: allow if input.purpose in {"marketing", "risk"}'],
    stopped: 'gate-read/read.rego:5: allow if input.purpose == "risk"',
  });

  expect((await call('POST', `${POLICIES}/gate-read`, { files: files(V2), message: 'Stricter', base: 1 })).status).toBe(
    201,
  );
  expect((await call('POST', `${POLICIES}/gate-read`, { files: files(V1), message: 'Stale', base: 1 })).status).toBe(
    409,
  );
  expect((await ask('marketing')).body.result).toBe(false);
  const back = await call('POST', `${POLICIES}/gate-read/rollback`, { version: 1, message: 'Too strict' });
  expect(back).toMatchObject({
    status: 201,
    body: { version: 3, rollbackOf: 1, digest: first.body.digest, author: 'mara' },
  });
  expect((await ask('marketing')).body.result).toBe(true);

  const detail = (await call('GET', `${POLICIES}/gate-read`)).body;
  expect(detail.history.map((version: { version: number }) => version.version)).toEqual([3, 2, 1]);
  expect(detail.files).toEqual(files(V1));
  expect((await call('GET', `${POLICIES}/gate-read?version=2`)).body.files).toEqual(files(V2));
});

test('what is in force, and what was decided, is there after a restart', async () => {
  await app.stop();
  app = await start();
  expect((await ask('marketing')).body.result).toBe(true);
  // Decisions are appended behind the answers.
  await expect
    .poll(async () => (await call('GET', POLICIES)).body.items, { timeout: 5000 })
    .toMatchObject([
      { name: 'gate-read', inForce: { version: 3 }, versions: 3, lately: { refused: 2, allowed: 4, other: 0 } },
    ]);
});

test('a policy that does not compile, breaks another, or fails its tests is refused and changes nothing', async () => {
  const before = (await call('GET', POLICIES)).body.items;
  const broken = await call('POST', `${POLICIES}/x`, {
    files: { 'x.rego': 'package x\n\nallow if y\n' },
    message: 'm',
  });
  expect(broken).toMatchObject({
    status: 422,
    body: { title: 'The policy does not compile', detail: 'x/x.rego:3:10: rego_unsafe_var_error: var y is unsafe' },
  });
  const taken = await call('POST', `${POLICIES}/x`, {
    files: { 'x.rego': 'package gate.read\n\nallow := true\n' },
    message: 'm',
  });
  expect(taken.body.detail).toMatch(/package gate\.read is in the policy gate-read already/);
  const failing = { 'x.rego': 'package x\n\nallow := false\n', 'x_test.rego': 'package x\n\ntest_it if allow\n' };
  expect(await call('POST', `${POLICIES}/x`, { files: failing, message: 'm' })).toMatchObject({
    status: 422,
    body: { detail: 'data.x.test_it' },
  });
  for (const name of ['../etc/x.rego', 'x.txt', '/x.rego'])
    expect((await call('POST', `${POLICIES}/x`, { files: { [name]: 'package x\n' }, message: 'm' })).status, name).toBe(
      422,
    );
  expect((await call('GET', POLICIES)).body.items).toEqual(before);
  expect((await call('POST', `${POLICIES}/x`, { files: failing, message: 'm', untested: true })).status).toBe(201);
  expect((await call('POST', `${POLICIES}/x/withdraw`, { message: 'Not wanted' })).body).toMatchObject({
    withdrawn: true,
    version: 2,
  });
  expect((await call('POST', '/v1/data/x/allow', {})).body.result).toBeUndefined();
});

test('an editor gets errors with their place, tests, names to complete, and the layout', async () => {
  const bad = (
    await call('POST', `${POLICIES}/gate-read/check`, {
      files: { 'a.rego': 'package a\n\np if {', 'b.rego': 'package b\n\nq if r\n' },
    })
  ).body;
  expect(bad.issues).toHaveLength(1);
  expect(bad.issues[0]).toMatchObject({ code: 'rego_parse_error', file: 'a.rego', line: 3 });
  const unsafe = (await call('POST', `${POLICIES}/gate-read/check`, { files: { 'b.rego': 'package b\n\nq if r\n' } }))
    .body;
  expect(unsafe.issues[0]).toMatchObject({ code: 'rego_unsafe_var_error', file: 'b.rego', line: 3, column: 6 });
  const good = (
    await call('POST', `${POLICIES}/gate-read/check`, { files: files(V1.replace('allow if', 'allow  if')) })
  ).body;
  expect(good).toMatchObject({
    issues: [],
    coverage: 100,
    tests: [{ name: 'data.gate.read_test.test_risk', outcome: 'passed' }],
  });
  expect(good.formatted['read.rego']).toBe(V1);
  const names = good.names.map(({ name }: { name: string }) => name);
  expect(names).toEqual(expect.arrayContaining(['allow', 'data.gate.read.allow', 'startswith', 'every']));
});

test('an OPA elsewhere can fetch the policy as a bundle', async () => {
  const response = await fetch(`${app.url}${POLICIES}/gate-read/bundle`, {
    headers: { authorization: `Bearer ${app.cliKey}` },
  });
  const bundle = readTar(gunzipSync(Buffer.from(await response.arrayBuffer())));
  expect([...bundle.keys()].sort()).toEqual(['.manifest', 'read.rego']);
  const again = await fetch(`${app.url}${POLICIES}/gate-read/bundle`, {
    headers: { authorization: `Bearer ${app.cliKey}`, 'if-none-match': response.headers.get('etag') ?? '' },
  });
  expect(again.status).toBe(304);
});

test('who may not publish is refused, and may read', async () => {
  expect(
    (await call('POST', `${POLICIES}/y`, { files: { 'y.rego': 'package y\n' }, message: 'm' }, app.pipelineKey)).status,
  ).toBe(403);
  expect(
    (await call('POST', `${POLICIES}/gate-read/rollback`, { version: 1, message: 'm' }, app.pipelineKey)).status,
  ).toBe(403);
  expect((await call('GET', `${POLICIES}/gate-read`, undefined, app.pipelineKey)).status).toBe(200);
  expect((await call('GET', `${POLICIES}/none`)).status).toBe(404);
});
