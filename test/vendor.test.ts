/** The vendor of the example: signed deliveries, one with a valid signature and figures that are not, one without. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from '../packages/custody/src/app.ts';
import { runExample } from '../packages/custody/src/cli/example.ts';
import { diffManifests } from '../packages/custody/src/dataset/manifest-diff.ts';
import type { Manifest } from '../packages/custody/src/dataset/manifest.ts';

const folder = mkdtempSync(join(tmpdir(), 'custody-vendor-'));
const FEED = 'dataset:file:credit-scoring/vendor/nordkredit/bureau_feed.csv';
let app: App;

beforeAll(async () => {
  app = await startApp({ data: folder, host: '127.0.0.1', port: 0 });
  await runExample(app, folder, new Date('2026-11-23T06:00:00Z'), () => {});
}, 120_000);
afterAll(async () => {
  await app?.stop();
  rmSync(folder, { recursive: true });
});

async function get<T>(path: string): Promise<T> {
  const response = await app.fetch(
    new Request(`${app.url}${path}`, { headers: { host: 'localhost', authorization: `Bearer ${app.cliKey}` } }),
  );
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}
const query = (parts: Record<string, string>) => new URLSearchParams(parts).toString();
const versionOf = (version: number) =>
  get<{ message: string; signatures: number; content: { manifest: Manifest } }>(
    `/custody/v1/datasets/version?${query({ dataset: FEED, version: String(version) })}`,
  );

test('each kept delivery is a version that the vendor signed', async () => {
  const { versions } = await get<{ versions: { signatures: number; subjects: { count: number } }[] }>(
    `/custody/v1/datasets/versions?${query({ dataset: FEED })}`,
  );
  expect(versions).toHaveLength(12);
  for (const { signatures } of versions) expect(signatures).toBe(1);
  expect(versions[0]!.subjects.count).toBe(1_000);
});

test('the versions are of the file that the lineage knows: from its page the way leads on', async () => {
  const lineage = await get<{ nodes: { id: string }[] }>(
    `/custody/v1/lineage?${query({ asset: FEED, direction: 'down', depth: '1' })}`,
  );
  expect(lineage.nodes.length).toBeGreaterThan(1);
});

test('on the day of the incident the signature is valid, and the distribution is another', async () => {
  const [before, bad, after] = [await versionOf(2), await versionOf(3), await versionOf(4)];
  expect(bad.message).toBe('delivery of 2026-11-13');
  expect(bad.signatures).toBe(1);
  const shift = (old: typeof bad, now: typeof bad) =>
    Math.max(...diffManifests(old.content.manifest, now.content.manifest).statistics.map(({ psi }) => psi ?? 0));
  expect(shift(before, bad)).toBeGreaterThan(1);
  expect(shift(before, after)).toBeLessThan(0.1);
});

test('the delivery without a signature is refused at the door, the others are let in', async () => {
  const { items } = await get<{ items: { what: string }[] }>(`/custody/v1/entries?kind=gate.decision&limit=100`);
  const count = (word: string) => items.filter(({ what }) => what.startsWith(word)).length;
  expect([count('allowed'), count('refused')]).toEqual([12, 1]);
});

test('a version comes back with its bytes verified, and the log says who and why', async () => {
  const cli = fileURLToPath(new URL('../packages/custody/bin/custody.js', import.meta.url));
  const target = join(folder, 'restored.csv');
  const { stdout } = await promisify(execFile)(process.execPath, [
    cli,
    'dataset',
    'rollback',
    'bureau_feed',
    '2',
    '--to',
    target,
    '--reason',
    'version 3 is shifted',
    '--data',
    folder,
  ]);
  expect(stdout).toContain('Version 2 is back');
  const { content } = await versionOf(2);
  const bytes = createHash('sha256').update(readFileSync(target)).digest('hex');
  expect(bytes).toBe(content.manifest.predicate.files[0]!.sha256);
  const { moves } = await get<{ moves: object[] }>(`/custody/v1/datasets/versions?${query({ dataset: FEED })}`);
  expect(moves).toEqual([
    expect.objectContaining({
      alias: 'production',
      version: 2,
      by: 'local-cli',
      reason: 'version 3 is shifted',
      isRestored: true,
    }),
  ]);
});
