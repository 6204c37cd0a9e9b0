import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { main } from './cli.ts';

let folder: string;
let said: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'credit-scoring-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => {
  said = '';
  for (const stream of [process.stderr, process.stdout]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
  }
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** A server that takes events, or refuses all but the first few. */
async function server(
  takes: number,
): Promise<{ url: string; bodies: string[]; keys: Set<string | undefined>; close: () => void }> {
  const bodies: string[] = [];
  const keys = new Set<string | undefined>();
  const http = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      keys.add(request.headers.authorization);
      if (request.url === '/api/v1/lineage' && bodies.length < takes) {
        bodies.push(body);
        response.writeHead(201).end();
      } else response.writeHead(403).end('{"title":"Not allowed"}');
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, bodies, keys, close: () => http.close() };
}

test('the same events go to a file and to a server, with the key', async () => {
  const out = join(folder, 'events.jsonl');
  expect(await main(['--days', '1', '--end', '2026-11-22', '--out', out])).toBe(0);
  const lines = (await readFile(out, 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(30);

  const { url, bodies, keys, close } = await server(Infinity);
  expect(await main(['--days', '1', '--end', '2026-11-22', '--url', url, '--api-key', 'k'])).toBe(0);
  close();
  expect(bodies).toEqual(lines);
  expect([...keys]).toEqual(['Bearer k']);
  expect(said).toContain('30 events of 1 nights');
});

test('a server that refuses ends it, with what it said', async () => {
  const { url, bodies, close } = await server(3);
  expect(await main(['--days', '1', '--url', url])).toBe(1);
  close();
  expect(bodies).toHaveLength(3);
  expect(said).toContain('answered 403: {"title":"Not allowed"}');
});

test.each([[[]], [['--out', 'x', '--url', 'y']], [['--days', 'ten', '--out', 'x']], [['--wrong']]])(
  '%j is answered with the usage',
  async (args) => {
    expect(await main(args)).toBe(2);
    expect(said).toContain('node run.js --out events.jsonl');
  },
);

test('with --work the database and files are kept', async () => {
  const work = join(folder, 'work');
  expect(await main(['--days', '1', '--out', join(folder, 'x.jsonl'), '--work', work])).toBe(0);
  expect(await readdir(work)).toEqual(['credit-scoring.duckdb', 'dashboards', 'landing', 'models', 'outbox', 'vendor']);
});
