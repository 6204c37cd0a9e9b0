/** Attestations over a real socket and a real log: recorded, found, refused by name, read by a policy, and there again after a restart. */
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '../app.ts';
import { keyId } from '../attest/key.ts';
import { formatStatement, type Statement } from '../attest/statement.ts';
import { IN_TOTO_PAYLOAD } from '../attest/dsse.ts';
import { signBundle } from '../attest/signer.ts';

const OMS = fileURLToPath(new URL('../../../../testdata/oms', import.meta.url));
const POLICY = fileURLToPath(new URL('../../../../policies/gate-signed/signed.rego', import.meta.url));
const BASE = '/custody/v1/attestations';
const ASSET = 'dataset:lake:models/credit';
const DIGEST = 'ffac046219f9dd7f0fe24a3014ce78ac618426e7912335a5d88892fdfee52473';

let app: App;
let data: string;
const start = async (): Promise<App> => startApp({ data, host: '127.0.0.1', port: 0, checkpointMs: 20 });
beforeAll(async () => {
  data = await mkdtemp(`${tmpdir()}/custody-attest-`);
  mkdirSync(`${data}/trust`);
  copyFileSync(`${OMS}/public-keys/root.pem`, `${data}/trust/root.pem`);
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
const bundleFile = (name: string) =>
  JSON.parse(readFileSync(`${OMS}/bundles/${name}.sig.json`, 'utf8')) as Record<string, any>;
const publicKeys = [readFileSync(`${OMS}/public-keys/p256.pub.pem`, 'utf8')];

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }) as string;
const attested = async (statement: Statement) =>
  JSON.parse(
    await signBundle(IN_TOTO_PAYLOAD, Buffer.from(formatStatement(statement)), {
      publicKey,
      certificates: [],
      sign: async (bytes) => sign(null, bytes, privateKey),
    }),
  ) as Record<string, any>;
const passed: Statement = {
  subject: [{ name: 'm', digest: { sha256: DIGEST } }],
  predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
  predicate: { result: 'PASSED', configuration: [] },
};

describe('attestations', () => {
  test('are recorded once, with who signed, and found by asset, subject, statement and type', async () => {
    const body = { bundle: bundleFile('key-p256'), asset: ASSET, publicKeys };
    const first = await call('POST', BASE, body);
    expect(first).toMatchObject({
      status: 201,
      body: {
        asset: ASSET,
        kind: 'model',
        by: 'local-cli',
        subjects: [`sha256:${DIGEST}`],
        signers: [{ how: 'keys', identity: null, keyId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) }],
      },
    });
    expect(await call('POST', BASE, body)).toMatchObject({ status: 200, body: { entry: first.body.entry } });
    const second = await call('POST', BASE, {
      bundle: await attested(passed),
      asset: ASSET,
      publicKeys: [pem(publicKey)],
    });
    expect(second).toMatchObject({
      status: 201,
      body: { kind: 'test-result', signers: [{ keyId: keyId(publicKey) }] },
    });
    const entries = async (query: string) =>
      ((await call('GET', `${BASE}?${query}`)).body.items as { entry: number }[]).map(({ entry }) => entry);
    expect(await entries(`asset=${ASSET}`)).toEqual([second.body.entry, first.body.entry]);
    expect(await entries(`subject=sha256:${DIGEST}&predicateType=${encodeURIComponent(passed.predicateType)}`)).toEqual(
      [second.body.entry],
    );
    expect(await entries(`statement=${first.body.statement}`)).toEqual([first.body.entry]);
    expect(await entries('asset=dataset:lake:none')).toEqual([]);
    expect((await call('GET', `${BASE}/${second.body.entry}`)).body).toMatchObject({
      statementContent: { predicate: { result: 'PASSED' } },
      content: { mediaType: expect.any(String) },
    });
    expect((await call('GET', `${BASE}/99999`)).status).toBe(404);
    expect((await call('GET', `/custody/v1/entries/${first.body.entry}`)).body.what).toMatch(
      /^model signed by sha256:/,
    );
  });

  test('a certificate is named by its identity only where a trusted root vouches for it', async () => {
    const { body } = await call('POST', BASE, { bundle: bundleFile('cert-p256'), asset: ASSET });
    expect(body.signers).toMatchObject([
      { how: 'certificates', identity: 'signer@custody.test', issuer: 'O=Custody TEST ONLY, CN=Custody TEST root' },
    ]);
  });

  test('a bare envelope is taken as well', async () => {
    const { dsseEnvelope } = await attested({ ...passed, predicate: { result: 'FAILED', configuration: [] } });
    expect(await call('POST', BASE, { bundle: dsseEnvelope, publicKeys: [pem(publicKey)] })).toMatchObject({
      status: 201,
      body: { asset: null },
    });
  });

  test.each([
    ['no key', async () => ({ bundle: bundleFile('key-p256') }), 'key-missing', 'key'],
    ['another key', async () => ({ bundle: bundleFile('key-p384'), publicKeys }), 'key-mismatch', 'key'],
    [
      'an altered statement',
      async () => {
        const bundle = await attested(passed);
        const payload = Buffer.from(bundle['dsseEnvelope'].payload, 'base64').toString().replace('PASSED', 'WARNED');
        return {
          bundle: {
            ...bundle,
            dsseEnvelope: { ...bundle['dsseEnvelope'], payload: Buffer.from(payload).toString('base64') },
          },
          publicKeys: [pem(publicKey)],
        };
      },
      'signature',
      'signature',
    ],
    [
      'a predicate that is not what it says',
      async () => ({
        bundle: await attested({ ...passed, predicate: { result: 'GREAT', configuration: [] } }),
        publicKeys: [pem(publicKey)],
      }),
      'predicate',
      'predicate',
    ],
    [
      'a statement about something else',
      async () => ({ bundle: bundleFile('key-p256'), publicKeys, subject: `sha256:${'0'.repeat(64)}` }),
      'other-subject',
      'subject',
    ],
    ['no bundle', async () => ({ bundle: { mediaType: 'x' } }), 'bundle-version', 'bundle'],
  ] as const)('%s is refused with one cause', async (_, make, code, step) => {
    const before = app.ledger.log.size();
    expect(await call('POST', BASE, await make())).toMatchObject({
      status: 422,
      body: { type: `https://custody.dev/problems/attest.${code}`, pointer: expect.stringContaining(`step=${step}`) },
    });
    expect(app.ledger.log.size()).toBe(before);
  });

  test('a body with a key twice, of another shape, or too large is refused', async () => {
    const raw = (text: string) =>
      fetch(`${app.url}${BASE}`, { method: 'POST', headers: { authorization: `Bearer ${app.cliKey}` }, body: text });
    expect((await raw('{"bundle":{},"bundle":{}}')).status).toBe(422);
    expect((await raw('{"bundle":1}')).status).toBe(400);
    expect((await raw(`{"bundle":{"a":"${'x'.repeat(33_000_000)}"}}`)).status).toBe(413);
  });

  test('an auditor may read and not record', async () => {
    const { body } = await call('POST', '/custody/v1/tokens', { name: 'auditor', role: 'auditor' });
    expect((await call('GET', BASE, undefined, body.secret)).status).toBe(200);
    expect((await call('POST', BASE, { bundle: bundleFile('key-p256'), publicKeys }, body.secret)).status).toBe(403);
  });

  test('a policy refuses what is unsigned or altered, by what the log holds and not by what is claimed', async () => {
    expect(
      (
        await call('POST', '/custody/v1/policies/gate-signed', {
          files: { 'signed.rego': readFileSync(POLICY, 'utf8') },
          message: 'Signed only',
          untested: true,
        })
      ).status,
    ).toBe(201);
    const ask = async (digest: string, asset = ASSET) =>
      (
        await call('POST', '/v1/data/gate/signed/decision', {
          input: { door: 'train', artifacts: [{ name: 'credit', digest, asset }], attestations: [{ digest }] },
        })
      ).body.result;
    const p256 = keyId((await import('../attest/key.ts')).parsePublicKey(publicKeys[0]!));
    expect((await ask(`sha256:${DIGEST}`)).deny).toEqual(['credit is signed by nobody who may sign for train']);
    expect((await call('PUT', '/v1/data/signers', { train: [{ keyId: p256 }] })).status).toBe(204);
    expect(await ask(`sha256:${DIGEST}`)).toEqual({ allow: true, deny: [] });
    const altered = `sha256:${createHash('sha256').update('altered').digest('hex')}`;
    expect((await ask(altered)).deny).toEqual(['credit is not what was signed: its digest is another']);
    expect((await ask(altered, 'dataset:lake:other')).deny).toEqual(['credit is not signed']);
    // Whoever may put documents still cannot put a signature.
    await call('PUT', '/v1/data/custody/attestations', {
      [altered]: [{ kind: 'model', asset: null, signers: [{ keyId: p256, how: 'keys' }] }],
    });
    expect((await ask(altered)).allow).toBe(false);
  });

  test('all is there again after a restart, replayed or from a snapshot', async () => {
    const list = async () => (await call('GET', `${BASE}?asset=${ASSET}`)).body;
    const before = await list();
    expect(before.total).toBe(3);
    await app.stop();
    app = await start();
    expect(await list()).toEqual(before);
    expect(
      (
        await call('POST', '/v1/data/gate/signed/decision', {
          input: { door: 'train', artifacts: [{ name: 'c', digest: `sha256:${DIGEST}`, asset: ASSET }] },
        })
      ).body.result.allow,
    ).toBe(true);
  });

  test('a trust folder with a file that is none stops the start with its name', async () => {
    const other = await mkdtemp(`${tmpdir()}/custody-attest-`);
    mkdirSync(`${other}/trust`);
    writeFileSync(`${other}/trust/bad.pem`, 'rubbish');
    await expect(startApp({ data: other, host: '127.0.0.1', port: 0 })).rejects.toMatchObject({
      refusal: { code: 'key-unreadable' },
    });
  });
});
