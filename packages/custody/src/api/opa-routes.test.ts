/**
 * OPA's REST API: the same conversation with Custody over a real socket and, where OPA is at hand (`opa` on the path or
 * in .cache/go, see conformance/opa.js), with a real OPA; answers are compared word for word.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '../app.ts';
import type { GateDecision } from '../event/policy-event.ts';

const trino = fileURLToPath(new URL('../../../../testdata/trino', import.meta.url));
const cached = fileURLToPath(new URL('../../../../.cache/go/opa', import.meta.url));
const opaBinary = existsSync(cached) ? cached : spawnSync('opa', ['version']).status === 0 ? 'opa' : null;
if (opaBinary === null) console.log('not compared: there is no OPA here; npm run conformance -- rego builds one');

let app: App;
let opa: { url: string; child: ChildProcess } | null = null;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

beforeAll(async () => {
  const data = await mkdtemp(`${tmpdir()}/custody-opa-`);
  app = await startApp({ data, host: '127.0.0.1', port: 0, maxBodyBytes: 2_000_000, checkpointMs: 20 });
  if (opaBinary === null) return;
  const port = await freePort();
  const child = spawn(opaBinary, ['run', '--server', '--addr', `127.0.0.1:${port}`, '--log-level', 'error'], {
    stdio: 'ignore',
  });
  opa = { url: `http://127.0.0.1:${port}`, child };
  for (let tries = 0; tries < 200; tries++) {
    if (
      await fetch(`${opa.url}/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('OPA did not start');
}, 20_000);
afterAll(async () => {
  opa?.child.kill('SIGTERM');
  await app.stop();
});

interface Ask {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  /** Sent as it is. */
  readonly text?: string;
  readonly headers?: Record<string, string>;
}

const ask = async (url: string, { method = 'POST', path, body, text, headers }: Ask) => {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${app.cliKey}`, ...headers },
    ...(method !== 'GET' && method !== 'DELETE' && { body: text ?? JSON.stringify(body) }),
  });
  const answer = await response.text();
  return { status: response.status, answer };
};

/** Without what differs from request to request. */
const plain = (answer: string): unknown => {
  if (answer === '') return '';
  const value = JSON.parse(answer) as Record<string, unknown>;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { decision_id: _, metrics, ...rest } = value;
  return { ...rest, ...(metrics !== undefined && { metrics: 'told' }) };
};

/** Asks Custody, and OPA too; their answers must be the same. */
const both = async (given: Ask) => {
  const ours = await ask(app.url, given);
  if (opa !== null) {
    const theirs = await ask(opa.url, given);
    expect({ ...ours, answer: plain(ours.answer) }, JSON.stringify(given)).toEqual({
      ...theirs,
      answer: plain(theirs.answer),
    });
  }
  return { status: ours.status, answer: ours.answer === '' ? null : (JSON.parse(ours.answer) as Record<string, any>) };
};

const POLICY = `package access

default allow := false

allow if input.role == "owner"

level := {"low": 1, "high": 12345678901234567890}

broken := {"a": y | some y in input.values}
`;

describe('a client of OPA', () => {
  test('puts a policy and documents, asks, patches, deletes', async () => {
    expect(await both({ method: 'PUT', path: '/v1/policies/access', text: POLICY })).toMatchObject({
      status: 200,
      answer: {},
    });
    expect((await both({ path: '/v1/data/access/allow', body: { input: { role: 'owner' } } })).answer).toMatchObject({
      result: true,
    });
    await both({ path: '/v1/data/access/allow', body: {} });
    await both({ path: '/v1/data/access', body: { input: { role: 'x' } } });
    await both({ path: '/v1/data/access/nothing', body: { input: 1 } });
    await both({ path: '/v1/data/access/allow?pretty=true', body: { input: { role: 'owner' } } });
    await both({ path: '/v1/data/access/level?metrics=true', body: { input: null } });
    await both({ method: 'GET', path: `/v1/data/access/allow?input=${encodeURIComponent('{"role":"owner"}')}` });
    await both({ method: 'PUT', path: '/v1/data/servers/web', body: [{ id: 1 }] });
    await both({ method: 'PUT', path: '/v1/data/servers/web', body: [{ id: 2 }], headers: { 'if-none-match': '*' } });
    await both({ method: 'GET', path: '/v1/data/servers' });
    await both({ method: 'GET', path: '/v1/data/servers/web/0/id' });
    await both({ method: 'PATCH', path: '/v1/data/servers', body: [{ op: 'add', path: '/db', value: { a: 1 } }] });
    await both({ method: 'PATCH', path: '/v1/data/servers/web', body: [{ op: 'add', path: '-', value: { id: 3 } }] });
    await both({ method: 'GET', path: '/v1/data/servers' });
    await both({ method: 'DELETE', path: '/v1/data/servers/db' });
    await both({ method: 'GET', path: '/v1/data/servers' });
    const large = await ask(app.url, { path: '/v1/data/access/level', body: {} });
    expect(large.answer).toContain('12345678901234567890');
  });

  test('is told no as by OPA', async () => {
    for (const given of [
      { path: '/v1/data/access/allow', text: '{"input":' },
      { path: '/v1/data/access/allow', text: '[1]' },
      { method: 'GET', path: '/v1/data/access/allow?input={' },
      { path: '/v1/data/access/broken', body: { input: { values: [1, 2] } } },
      { path: '/v1/query', body: {} },
      { path: '/v1/query', body: { query: 'x := ' } },
      { method: 'PUT', path: '/v1/policies/bad', text: 'package bad\n\np if {' },
      { method: 'PUT', path: '/v1/policies/bad', text: 'package bad\n\np if x' },
      { method: 'GET', path: '/v1/policies/none' },
      { method: 'DELETE', path: '/v1/policies/none' },
      { method: 'DELETE', path: '/v1/data/none' },
      { path: '/v0/data/access/nothing', body: {} },
      { path: '/', body: {} },
    ] satisfies Ask[]) {
      const ours = await ask(app.url, given);
      const said = JSON.parse(ours.answer) as { code: string };
      expect(ours.status, JSON.stringify(given)).toBeGreaterThanOrEqual(400);
      if (opa === null) continue;
      const theirs = await ask(opa.url, given);
      const wanted = JSON.parse(theirs.answer) as { code: string; errors?: { code: string }[] };
      expect({ status: ours.status, code: said.code }, `${JSON.stringify(given)} ${theirs.answer}`).toEqual({
        status: theirs.status,
        code: wanted.code,
      });
    }
  });

  test('queries, uses v0 and the default decision', async () => {
    await both({
      path: '/v1/query',
      body: { query: 'x := data.access.allow; y := input.n + 1', input: { role: 'owner', n: 1 } },
    });
    await both({ method: 'GET', path: `/v1/query?q=${encodeURIComponent('x = 1; x = 2')}` });
    await both({ method: 'GET', path: `/v1/query?q=${encodeURIComponent('data.access.allow = x')}` });
    expect((await both({ path: '/v0/data/access/allow', body: { role: 'owner' } })).answer).toBe(true);
    await both({ method: 'PUT', path: '/v1/policies/main', text: 'package system\n\nmain := {"asked": input}\n' });
    expect((await both({ path: '/', body: { a: 1 } })).answer).toEqual({ asked: { a: 1 } });
    await both({ method: 'DELETE', path: '/v1/policies/main' });
  });

  test('reads policies back as they were put', async () => {
    const { answer } = await ask(app.url, { method: 'GET', path: '/v1/policies/access' });
    const { result } = JSON.parse(answer) as { result: { id: string; raw: string; ast: object } };
    expect(result).toMatchObject({
      id: 'access',
      raw: POLICY,
      ast: { package: { path: [{ value: 'data' }, { value: 'access' }] } },
    });
  });

  test('sends gzip, and is refused without a token or with a role that decides nothing', async () => {
    const zipped = await fetch(`${app.url}/v1/data/access/allow`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.pipelineKey}`, 'content-encoding': 'gzip' },
      body: gzipSync('{"input":{"role":"owner"}}'),
    });
    expect(await zipped.json()).toMatchObject({ result: true });
    expect((await fetch(`${app.url}/v1/data/access/allow`, { method: 'POST', body: '{}' })).status).toBe(401);
    const put = await fetch(`${app.url}/v1/policies/x`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${app.pipelineKey}` },
      body: 'package x\n\ny := 1\n',
    });
    expect(put.status).toBe(403);
    expect((await fetch(`${app.url}/health`)).status).toBe(200);
    const partial = await ask(app.url, { path: '/v1/compile', body: { query: 'x' } });
    expect(partial.status).toBe(501);
  });
});

describe.skipIf(opaBinary === null)("OPA's own command line", () => {
  test('fetches a policy from here as a bundle and decides as we do', async () => {
    const policy = 'package cli\n\ndefault allow := false\n\nallow if input.role == "owner"\n';
    await ask(app.url, { method: 'PUT', path: '/v1/policies/cli', text: policy });
    const folder = await mkdtemp(`${tmpdir()}/custody-opa-cli-`);
    const config = {
      services: { custody: { url: app.url, credentials: { bearer: { token: app.cliKey } } } },
      bundles: { cli: { service: 'custody', resource: '/custody/v1/policies/cli/bundle' } },
    };
    writeFileSync(`${folder}/config.json`, JSON.stringify(config));
    for (const role of ['owner', 'guest']) {
      writeFileSync(`${folder}/${role}.json`, JSON.stringify({ role }));
      // Not spawnSync: the server that answers it runs in this process.
      const said = await run(opaBinary as string, [
        'exec',
        '--config-file',
        `${folder}/config.json`,
        '--decision',
        'cli/allow',
        `${folder}/${role}.json`,
      ]);
      const { result } = (JSON.parse(said) as { result: { result: boolean }[] }).result[0] ?? {};
      const ours = await ask(app.url, { path: '/v1/data/cli/allow', body: { input: { role } } });
      expect(result).toBe(role === 'owner');
      expect((JSON.parse(ours.answer) as { result: boolean }).result).toBe(result);
    }
  }, 30_000);

  test('asks the endpoint from within a policy of its own', async () => {
    const query = `http.send({"method": "post", "url": "${app.url}/v1/data/cli/allow", "headers": {"authorization": "Bearer ${app.cliKey}"}, "body": {"input": {"role": "owner"}}}).body.result`;
    expect((await run(opaBinary as string, ['eval', '--format', 'raw', query])).trim()).toBe('true');
  }, 30_000);
});

const run = (binary: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    child.stderr.on('data', (chunk) => (err += String(chunk)));
    child.once('exit', (code) => (code === 0 ? resolve(out) : reject(new Error(`${code}: ${err}${out}`))));
  });

describe('Trino', () => {
  test('gets its answers, in the shapes that it documents', async () => {
    const file = (name: string): string => readFileSync(`${trino}/${name}`, 'utf8');
    await both({ method: 'PUT', path: '/v1/policies/trino', text: file('trino.rego') });
    await both({
      method: 'PUT',
      path: '/v1/data/grants',
      body: (JSON.parse(file('data.json')) as { grants: unknown }).grants,
    });
    for (const line of file('conversation.jsonl').trim().split('\n')) {
      const { note, path, input, answer } = JSON.parse(line) as {
        note: string;
        path: string;
        input: unknown;
        answer: unknown;
      };
      const { status, answer: given } = await both({ path, body: { input } });
      expect(status, note).toBe(200);
      expect(plain(JSON.stringify(given)), note).toEqual(answer);
    }
  });
});

describe('each decision', () => {
  test('is an entry that names its policy, with input and result beside the log and nothing personal in it', async () => {
    const { answer } = await ask(app.url, {
      path: '/v1/data/access/allow',
      body: { input: { role: 'owner', email: 'ada@example.org', nested: { role: 'guest' } } },
    });
    const id = (JSON.parse(answer) as { decision_id: string }).decision_id;
    let found: { entry: GateDecision; payload: string } | null = null;
    for (let tries = 0; tries < 100 && found === null; tries++) {
      const list = await ask(app.url, { method: 'GET', path: `/custody/v1/entries?kind=gate.decision&q=${id}` });
      const [item] = (JSON.parse(list.answer) as { items: { index: number }[] }).items;
      if (item === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        continue;
      }
      const detail = JSON.parse(
        (await ask(app.url, { method: 'GET', path: `/custody/v1/entries/${item.index}` })).answer,
      ) as { text: string; payload: { text: string } };
      found = { entry: JSON.parse(detail.text) as GateDecision, payload: detail.payload.text };
    }
    expect(found?.entry).toMatchObject({
      kind: 'gate.decision',
      path: 'access/allow',
      policy: 'access',
      version: 1,
      outcome: 'allow',
      by: 'local-cli',
      summary: { role: 'owner' },
    });
    expect(JSON.stringify(found?.entry)).not.toContain('ada@example.org');
    expect(JSON.stringify(found?.entry)).not.toContain('guest');
    expect(JSON.parse(found?.payload ?? '')).toEqual({
      input: { role: 'owner', email: 'ada@example.org', nested: { role: 'guest' } },
      result: true,
    });
  });
});
