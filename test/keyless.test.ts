/** Keyless signing and verification against the doubles of Fulcio and Rekor that the Sigstore project makes. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identityToken, startSigstore, type LocalSigstore } from './model-signing/sigstore.ts';
import { writeTinyModel } from './model-signing/tiny-model.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CLI = `${ROOT}packages/custody/bin/custody.js`;
const SIGNER = 'https://github.com/example/models/.github/workflows/release.yml@refs/heads/main';
const ISSUER = 'https://token.actions.example.org';

const model = writeTinyModel();
let sigstore: LocalSigstore;

/** Not spawnSync: the doubles live in this process. */
const custody = (
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ status: number | null; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [CLI, ...args, '--json'], {
      env: { ...process.env, CUSTODY_CACHE: `${model}.cache`, ...env },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });

const sign = (signature: string, token = identityToken(SIGNER, ISSUER)) =>
  custody(
    ['sign', model, '--keyless', '--signature', signature, '--fulcio-url', sigstore.url, '--rekor-url', sigstore.url],
    { SIGSTORE_ID_TOKEN: token },
  );
const verify = (signature: string, identity = SIGNER, issuer = ISSUER, root = `${model}.root.json`) =>
  custody([
    'verify',
    model,
    '--signature',
    signature,
    '--trusted-root',
    root,
    '--identity',
    identity,
    '--issuer',
    issuer,
  ]);
const cause = ({ stdout }: { stdout: string }) =>
  (JSON.parse(stdout) as { cause: { code: string; step: string } }).cause;

beforeAll(async () => {
  sigstore = await startSigstore();
  writeFileSync(`${model}.root.json`, JSON.stringify(sigstore.trustedRoot));
  const signed = await sign(`${model}.sig`);
  expect(signed.stderr).toBe('');
  expect(signed.status).toBe(0);
});
afterAll(() => sigstore.stop());

describe('keyless', () => {
  test('a signature verifies by identity and issuer, and says when the log saw it', async () => {
    const done = await verify(`${model}.sig`);
    expect(done.status, done.stdout + done.stderr).toBe(0);
    const { signer } = JSON.parse(done.stdout) as {
      signer: { identity: string; issuer: string; signedAt: number; how: string };
    };
    expect(signer).toMatchObject({ identity: SIGNER, issuer: ISSUER, how: 'keyless' });
    expect(Math.abs(signer.signedAt - Date.now())).toBeLessThan(120_000);
  });

  test('another identity or issuer is refused, also one that only begins the same', async () => {
    for (const [identity, issuer] of [
      ['https://github.com/example/other', ISSUER],
      [SIGNER.slice(0, -4), ISSUER],
      ['.*', '.*'],
      [SIGNER, 'https://token.actions.example.com'],
    ] as const) {
      const refused = await verify(`${model}.sig`, identity, issuer);
      expect(refused.status).toBe(1);
      expect(cause(refused)).toMatchObject({ code: 'identity', step: 'certificate' });
    }
  });

  test('a root that vouches for others is refused', async () => {
    const other = await startSigstore();
    writeFileSync(`${model}.other.json`, JSON.stringify(other.trustedRoot));
    await other.stop();
    const refused = await verify(`${model}.sig`, SIGNER, ISSUER, `${model}.other.json`);
    expect(refused.status).toBe(1);
    expect(['certificate-untrusted', 'transparency-log']).toContain(cause(refused).code);
  });

  test('an altered payload, and a bundle without its log entry, are refused', async () => {
    const bundle = JSON.parse(readFileSync(`${model}.sig`, 'utf8')) as {
      dsseEnvelope: { payload: string };
      verificationMaterial: { tlogEntries: object[] };
    };
    const payload = Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString().replace('tiny-model', 'tidy-model');
    writeFileSync(
      `${model}.altered`,
      JSON.stringify({
        ...bundle,
        dsseEnvelope: { ...bundle.dsseEnvelope, payload: Buffer.from(payload).toString('base64') },
      }),
    );
    const altered = await verify(`${model}.altered`);
    expect(altered.status).toBe(1);
    expect(['signature', 'transparency-log']).toContain(cause(altered).code);
    writeFileSync(
      `${model}.bare`,
      JSON.stringify({ ...bundle, verificationMaterial: { ...bundle.verificationMaterial, tlogEntries: [] } }),
    );
    const bare = await verify(`${model}.bare`);
    expect(bare.status).toBe(1);
    expect(['transparency-log', 'malformed']).toContain(cause(bare).code);
  });

  test('without a token, or where Fulcio refuses, nothing is signed and the cause is said', async () => {
    const none = await sign(`${model}.none`, '');
    expect(none.status).toBe(3);
    expect(none.stderr).toContain('signer-unavailable');
    const refused = await sign(`${model}.none`, 'not-a-token');
    expect(refused.status).toBe(3);
    expect(refused.stderr).toContain('Sigstore did not sign');
  });

  const python = `${ROOT}.venv/bin/python`;
  const hasPython = spawnSync(python, ['-c', 'import model_signing']).status === 0;
  if (!hasPython) console.log('model_signing is missing: the keyless signature is not read by it');
  test.skipIf(!hasPython)('the reference package verifies our keyless signature', () => {
    writeFileSync(
      `${model}.trust.json`,
      JSON.stringify({
        mediaType: 'application/vnd.dev.sigstore.clienttrustconfig.v0.1+json',
        trustedRoot: sigstore.trustedRoot,
        signingConfig: {
          mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
          caUrls: [],
          oidcUrls: [],
          rekorTlogUrls: [],
          tsaUrls: [],
          rekorTlogConfig: { selector: 'ANY' },
          tsaConfig: { selector: 'ANY' },
        },
      }),
    );
    const jobs = [
      {
        do: 'verify',
        path: model,
        signature: `${model}.sig`,
        with: { identity: SIGNER, issuer: ISSUER, trust_config: `${model}.trust.json` },
      },
    ];
    const { stdout, stderr } = spawnSync(python, [`${ROOT}test/model-signing/peer.py`], {
      input: JSON.stringify(jobs),
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout || '[]'), stderr).toEqual([{ ok: true, error: '' }]);
  });
});
