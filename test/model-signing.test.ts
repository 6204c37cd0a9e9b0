/** OpenSSF Model Signing, both ways with the reference package as it comes from the package index. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  writeChain,
  writeKeyPair,
  writeTinyModel,
  OMS,
  type ChainFiles,
  type KeyFiles,
} from './model-signing/tiny-model.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CLI = `${ROOT}packages/custody/bin/custody.js`;
const PYTHON = [`${ROOT}.venv/bin/python`, 'python3'].find(
  (python) => spawnSync(python, ['-c', 'import model_signing'], { encoding: 'utf8' }).status === 0,
);
if (!PYTHON)
  console.log(
    'model_signing is missing: its tests are skipped. Get it with: python3 -m venv .venv && .venv/bin/pip install -r test/python-requirements.txt',
  );

const work = mkdtempSync(`${tmpdir()}/custody-oms-`);
const custody = (args: readonly string[], env: Record<string, string> = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args, '--json'], {
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: `${work}/cache`, ...env },
  });
  return { status, stderr, answer: (stdout === '' ? null : JSON.parse(stdout)) as Record<string, never> | null };
};

describe('the bundles that the reference made', () => {
  const model = writeTinyModel();
  const files: readonly (readonly [string, string])[] = [
    ['key-p256', 'p256'],
    ['key-p384', 'p384'],
    ['key-p521', 'p521'],
    ['node-p256', 'p256'],
    ['node-p384', 'p384'],
    ['node-p521', 'p521'],
    ['key-p256-ignore-api', 'p256'],
    ['key-p256-inside', 'p256'],
    ['key-p256-blake2', 'p256'],
    ['key-p256-blake3', 'p256'],
    ['key-p256-shard2000', 'p256'],
  ];
  const verify = (path: string, bundle: string, ...trust: string[]) =>
    custody(['verify', path, '--signature', `${OMS}/bundles/${bundle}.sig.json`, ...trust]);
  const key = (name: string) => ['--public-key', `${OMS}/public-keys/${name}.pub.pem`];

  test.each(files)('%s is verified with %s', (bundle, name) => {
    expect(verify(model, bundle, ...key(name))).toMatchObject({ status: 0, answer: { verified: true, tree: null } });
  });

  test('a single file', () => {
    expect(verify(`${model}/a.bin`, 'key-p256-singlefile', ...key('p256'))).toMatchObject({
      status: 0,
      answer: { files: 1 },
    });
  });

  test('a certificate chain', () => {
    const trust = ['--certificate-chain', `${OMS}/public-keys/root.pem`];
    expect(verify(model, 'cert-p256', ...trust)).toMatchObject({
      status: 0,
      answer: { signer: { identity: 'signer@custody.test' } },
    });
    expect(verify(model, 'cert-p256', ...trust, '--identity', 'other@custody.test')).toMatchObject({
      status: 1,
      answer: { cause: { code: 'identity' } },
    });
    expect(verify(model, 'cert-p256', '--certificate-chain', `${OMS}/public-keys/int.pem`)).toMatchObject({
      status: 1,
      answer: { cause: { code: 'certificate-untrusted' } },
    });
  });

  test('a file that was signed and is gone is named', () => {
    expect(verify(model, 'key-p256-ignore', ...key('p256'))).toMatchObject({
      status: 1,
      answer: { cause: { code: 'removed', file: '.git/HEAD', step: 'contents' } },
    });
  });

  test('another key is told by name', () => {
    expect(verify(model, 'key-p256', ...key('p384'))).toMatchObject({
      status: 1,
      answer: { cause: { code: 'key-mismatch', step: 'key' } },
    });
    expect(verify(model, 'cert-p256', ...key('p256'))).toMatchObject({
      status: 1,
      answer: { cause: { code: 'key-mismatch' } },
    });
  });
});

interface Method {
  readonly name: string;
  readonly path: (model: string) => string;
  readonly sign: readonly string[];
  readonly trust: readonly string[];
  readonly peerSign: object;
  readonly peerTrust: object;
  readonly hashing?: object;
  readonly ours?: readonly string[];
  readonly env?: Record<string, string>;
}

function methods(): Method[] {
  const folder = (model: string) => model;
  const byKey = (name: string, keys: KeyFiles, more: Partial<Method> = {}): Method => ({
    name,
    path: folder,
    sign: ['--key', keys.privateKey],
    trust: ['--public-key', keys.publicKey],
    peerSign: { key: keys.privateKey },
    peerTrust: { public_key: keys.publicKey },
    ...more,
  });
  const p256 = writeKeyPair(work, 'P-256');
  const chain: ChainFiles = writeChain(`${work}/chain`);
  return [
    byKey('P-256', p256),
    byKey('P-384', writeKeyPair(work, 'P-384')),
    byKey('P-521', writeKeyPair(work, 'P-521')),
    byKey('a key with a password', writeKeyPair(work, 'P-256', 'open sesame'), {
      env: { CUSTODY_KEY_PASSWORD: 'open sesame' },
    }),
    byKey('git files too', p256, { hashing: { git: false }, ours: ['--no-ignore-git-paths'] }),
    byKey('ignored paths', p256, {
      hashing: { ignore: ['sub', 'README.md'] },
      ours: ['--ignore-paths', 'sub', '--ignore-paths', 'README.md'],
    }),
    byKey('links', p256, { hashing: { links: true }, ours: ['--allow-symlinks'] }),
    byKey('shards', p256, { hashing: { shard_size: 1_000 }, ours: ['--shard-size', '1000'] }),
    byKey('BLAKE2', p256, { hashing: { hash: 'blake2' }, ours: ['--hash', 'blake2b'] }),
    byKey('BLAKE3', p256, { hashing: { hash: 'blake3' }, ours: ['--hash', 'blake3'] }),
    byKey('a single file', p256, { path: (model) => `${model}/Z.bin` }),
    {
      name: 'a certificate chain',
      path: folder,
      sign: ['--key', chain.privateKey, '--certificate', chain.leaf, '--certificate-chain', chain.intermediate],
      trust: ['--certificate-chain', chain.root],
      peerSign: { key: chain.privateKey, certificate: chain.leaf, chain: [chain.intermediate] },
      peerTrust: { chain: [chain.root] },
    },
  ];
}

const peer = (jobs: readonly object[]): { ok: boolean; error: string }[] => {
  const { stdout, stderr } = spawnSync(PYTHON!, [`${ROOT}test/model-signing/peer.py`], {
    input: JSON.stringify(jobs),
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as { ok: boolean; error: string }[];
};

describe.skipIf(!PYTHON)('the reference package', () => {
  const all = methods();
  let models: string[];
  let theirs: { ok: boolean; error: string }[];
  let ours: ReturnType<typeof custody>[];

  beforeAll(() => {
    models = all.map(({ name }) => {
      const model = writeTinyModel();
      // Names whose order differs by UTF-16, by component and by byte; an empty file; links where they are allowed.
      mkdirSync(`${model}/a`);
      for (const name of ['a/z', 'a.b', 'a-b', '\u{1F600}', '\uFF5E', 'ＡＢ'])
        writeFileSync(`${model}/${name}`, name.repeat(700));
      if (name === 'links') {
        symlinkSync('a/z', `${model}/link-to-z`);
        symlinkSync('a', `${model}/link-to-folder`);
      }
      if (name === 'git files too') mkdirSync(`${model}/.git`);
      return model;
    });
    theirs = peer(
      all.map(({ path, peerSign, hashing, env }, i) => ({
        do: 'sign',
        path: path(models[i]!),
        signature: `${models[i]!}.theirs`,
        with: peerSign,
        ...hashing,
        ...(env && { password: env['CUSTODY_KEY_PASSWORD'] }),
      })),
    );
    ours = all.map(({ path, sign, ours: options = [], env }, i) => {
      // Ignored paths are relative to where the command runs, as in the reference.
      const absolute = options.map((option, k) =>
        options[k - 1] === '--ignore-paths' ? `${models[i]!}/${option}` : option,
      );
      return custody(['sign', path(models[i]!), '--signature', `${models[i]!}.ours`, ...sign, ...absolute], env);
    });
  });

  test.each(all.map(({ name }, i) => [name, i] as const))('signs with %s, and we verify it', (_, i) => {
    expect(theirs[i]).toEqual({ ok: true, error: '' });
    const { path, trust } = all[i]!;
    const done = custody(['verify', path(models[i]!), '--signature', `${models[i]!}.theirs`, ...trust]);
    expect(done).toMatchObject({ status: 0, answer: { verified: true } });
  });

  test('verifies what we sign, by every method, and says no when a byte changes', () => {
    expect(ours.map(({ status, stderr }) => ({ status, stderr }))).toEqual(all.map(() => ({ status: 0, stderr: '' })));
    const jobs = () =>
      all.map(({ path, peerTrust, hashing }, i) => ({
        do: 'verify',
        path: path(models[i]!),
        signature: `${models[i]!}.ours`,
        with: peerTrust,
        ...hashing,
      }));
    expect(peer(jobs())).toEqual(all.map(() => ({ ok: true, error: '' })));
    for (const [i, { path, trust }] of all.entries()) {
      const file = path(models[i]!).endsWith('Z.bin') ? path(models[i]!) : `${models[i]!}/a.b`;
      appendFileSync(file, 'x');
      const refused = custody(['verify', path(models[i]!), '--signature', `${models[i]!}.ours`, ...trust]);
      expect(refused, all[i]!.name).toMatchObject({
        status: 1,
        answer: { cause: { code: 'altered', file: file.endsWith('a.b') ? 'a.b' : '.' } },
      });
    }
    expect(peer(jobs()).filter(({ ok }) => ok)).toEqual([]);
  }, 120_000);

  test('lists the same files with the same digests in the same order as we do', () => {
    const statement = (file: string) => {
      const { dsseEnvelope } = JSON.parse(readFileSync(file, 'utf8')) as { dsseEnvelope: { payload: string } };
      const { subject, predicate } = JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString()) as {
        subject: object;
        predicate: { resources: { name: string; digest: string }[] };
      };
      return { subject, resources: predicate.resources.map(({ name, digest }) => ({ name, digest })) };
    };
    for (const [i, { name }] of all.entries())
      expect(statement(`${models[i]!}.ours`), name).toEqual(statement(`${models[i]!}.theirs`));
  });
});
