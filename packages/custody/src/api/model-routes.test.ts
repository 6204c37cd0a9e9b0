/** Models over a socket: two nights of training, what each read, who signed what, and what was known before. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '../app.ts';
import { IN_TOTO_PAYLOAD } from '../attest/dsse.ts';
import { signBundle } from '../attest/signer.ts';
import { scoreManifest } from '../../../../test/score-manifest.ts';

let app: App;
const call = async (path: string, body?: unknown, token = app.cliKey) => {
  const response = await fetch(`${app.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as any };
};

const facet = (members: object) => ({ _producer: 'https://e.org', _schemaURL: 'https://e.org/f.json', ...members });
const MODEL = { datasetType: facet({ datasetType: 'MODEL' }) };
const run = (n: number, eventTime: string, job: string, inputs: readonly string[], output: string, facets = {}) => ({
  eventType: 'COMPLETE',
  eventTime,
  producer: 'https://e.org',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` },
  job: { namespace: 'nightly', name: job },
  inputs: inputs.map((name) => ({ namespace: 'lake', name })),
  outputs: [{ namespace: 'lake', name: output, facets }],
});

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const signed = async (statement: object) =>
  JSON.parse(
    await signBundle(IN_TOTO_PAYLOAD, Buffer.from(JSON.stringify(statement)), {
      publicKey,
      certificates: [],
      sign: async (bytes) => sign(null, bytes, privateKey),
    }),
  ) as object;
const publicKeys = [publicKey.export({ type: 'spki', format: 'pem' }) as string];

const DATASET = 'dataset:lake:scores';
const commit = (value: object, message: string) =>
  call('/custody/v1/datasets/versions', {
    dataset: DATASET,
    manifest: value,
    place: { kind: 'none', where: '' },
    message,
  });

beforeAll(async () => {
  app = await startApp({
    data: await mkdtemp(`${tmpdir()}/custody-models-`),
    host: '127.0.0.1',
    port: 0,
    checkpointMs: 20,
  });
  await commit(scoreManifest(100, 50), 'first');
  const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  for (const event of [
    run(1, '2026-11-01T01:00:00.000Z', 'features', ['scores'], 'features'),
    run(2, '2026-11-01T02:00:00.000Z', 'train', ['features'], 'risk/2026-11-01', MODEL),
    run(3, soon(1), 'features', ['scores'], 'features'),
    run(4, soon(2), 'train', ['features'], 'risk/2026-11-02', MODEL),
  ])
    expect((await call('/api/v1/lineage', event)).status).toBe(201);
});
afterAll(() => app.stop());

describe('models', () => {
  const id = (night: number) => `dataset:lake:risk/2026-11-0${night}`;

  test('are one with its versions, and none of what is no model', async () => {
    const { items, total } = (await call('/custody/v1/models')).body;
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({
      name: 'risk',
      versions: 2,
      signed: 0,
      newest: { label: '2026-11-02', writes: 1 },
    });
    expect((await call(`/custody/v1/model?id=${DATASET}`)).status).toBe(404);
    expect((await call('/custody/v1/models', undefined, 'no-token')).status).toBe(401);
  });

  test('say what they were made from, and claim no version of it that came later', async () => {
    const inputs = async (night: number) => (await call(`/custody/v1/model?id=${id(night)}`)).body.inputs as any[];
    expect((await inputs(2)).map(({ asset, hops, version }) => [asset.name, hops, version?.version])).toEqual([
      ['features', 1, undefined],
      ['scores', 2, 1],
    ]);
    // Trained before version 1 was committed: which bytes it read is not known.
    expect((await inputs(1))[1]).toMatchObject({ version: null, versions: 1, signature: null });
  });

  test('are signed by what the log holds, as of what was known', async () => {
    const before = app.ledger.state.entries;
    const statement = {
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'risk', digest: { sha256: 'c'.repeat(64) } }],
      predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
      predicate: { result: 'PASSED', configuration: [] },
    };
    const record = async (bundle: object, asset: string) =>
      call('/custody/v1/attestations', { bundle, asset, publicKeys });
    expect((await record(await signed(statement), id(2))).status).toBe(201);
    // A test result is signed, but it is no signature over the model.
    expect((await call(`/custody/v1/model?id=${id(2)}`)).body.version).toMatchObject({
      signature: null,
      attestations: 1,
    });
    const first = await signed(scoreManifest(100, 50));
    expect((await record(first, DATASET)).status).toBe(201);
    const { inputs } = (await call(`/custody/v1/model?id=${id(2)}`)).body;
    expect(inputs[1].signature.signers[0]).toMatchObject({ how: 'keys', identity: null });
    expect((await call(`/custody/v1/model?id=${id(2)}&known=${before}`)).body.version.attestations).toBe(0);
  });
});

describe('the difference of two versions', () => {
  const diff = (from: string, to: string, dataset = DATASET) =>
    call(`/custody/v1/datasets/diff?${new URLSearchParams({ dataset, from, to })}`);

  test('has rows, bytes, columns and statistics with PSI, by number or by name', async () => {
    expect((await commit(scoreManifest(120, 58, ['score', 'note']), 'second')).status).toBe(201);
    const { status, body } = await diff('1', 'latest');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      from: { version: 1 },
      to: { version: 2, message: 'second' },
      isSame: false,
      rows: { before: 100, after: 120 },
      bytes: { before: 1000, after: 1200 },
      columns: [{ name: 'note', before: null, after: 'float64' }],
      subjects: null,
    });
    expect(body.statistics[0].moved).toContain('mean 50 -> 58');
    expect(body.statistics[0].psi).toBeGreaterThan(0.25);
    expect((await diff('2', '2')).body).toMatchObject({ isSame: true, columns: [], statistics: [] });
  });

  test('is refused where there is no such version, or no right', async () => {
    expect((await diff('1', '3')).status).toBe(404);
    expect((await diff('1', 'production')).status).toBe(404);
    expect((await diff('1', '2', 'dataset:no:such')).status).toBe(404);
    const url = `${app.url}/custody/v1/datasets/diff?dataset=${DATASET}&from=1&to=2`;
    expect((await fetch(url)).status).toBe(401);
  });

  test('of a manifest that cannot be calculated with is refused when it comes in', async () => {
    const broken = scoreManifest(5, 1);
    Object.assign(broken.predicate.statistics[0]!, { quantiles: null });
    expect(await commit(broken, 'broken')).toMatchObject({
      status: 422,
      body: { type: expect.stringContaining('manifest') },
    });
  });
});
