/** OpenSSF Model Signing, both ways with the reference package as it comes from the package index. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseBundle } from '../packages/custody/src/attest/bundle.ts';
import { parseCertificates } from '../packages/custody/src/attest/certificate.ts';
import { parsePublicKey } from '../packages/custody/src/attest/key.ts';
import { manifestOf } from '../packages/custody/src/attest/model-manifest.ts';
import { statementIn } from '../packages/custody/src/attest/statement.ts';
import { verifySigner, type Trust } from '../packages/custody/src/attest/trust.ts';
import { compareModel } from '../packages/custody/src/source/model-files.ts';
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

const byKeys = (path: string): Trust => ({ kind: 'keys', keys: [parsePublicKey(readFileSync(path))] });
const byRoot = (path: string, identity: string | null = null): Trust => ({
  kind: 'certificates',
  trusted: parseCertificates(readFileSync(path, 'utf8')),
  time: Date.now() + 60_000,
  identity,
});

/** As `custody verify`, without a process for each. Throws AttestError. */
async function verified(path: string, signature: string, trust: Trust) {
  const bundle = parseBundle(readFileSync(signature));
  const signer = await verifySigner(bundle, trust);
  const leniency = { omsOnly: false, allowUnsigned: false, ignored: [], signature: null };
  const manifest = manifestOf(statementIn(bundle.envelope));
  const { report, differences } = await compareModel(path, manifest, leniency, { cache: null, now: Date.now });
  return {
    signer,
    files: report.files,
    tree: manifest.tree,
    differences: differences.map(({ code, file }) => `${code} ${file}`),
  };
}

describe('the bundles that the reference made', () => {
  const model = writeTinyModel();
  const ofReference = (name: string) => `${OMS}/bundles/${name}.sig.json`;
  const key = (name: string) => byKeys(`${OMS}/public-keys/${name}.pub.pem`);
  const roots = (name: string, identity: string | null = null) => byRoot(`${OMS}/public-keys/${name}.pem`, identity);
  const verify = (path: string, name: string, trust: Trust) => verified(path, ofReference(name), trust);

  test.each([
    ['key-p256', 'p256', 11],
    ['key-p384', 'p384', 11],
    ['key-p521', 'p521', 11],
    ['node-p256', 'p256', 11],
    ['node-p384', 'p384', 11],
    ['node-p521', 'p521', 11],
    ['key-p256-ignore-api', 'p256', 8],
    ['key-p256-inside', 'p256', 11],
    ['key-p256-blake2', 'p256', 11],
    ['key-p256-blake3', 'p256', 11],
    ['key-p256-shard2000', 'p256', 10],
  ])('%s is verified with %s', async (bundle, name, files) => {
    expect(await verify(model, bundle, key(name))).toMatchObject({ files, tree: null, differences: [] });
  });

  test('a single file', async () => {
    expect(await verify(`${model}/a.bin`, 'key-p256-singlefile', key('p256'))).toMatchObject({
      files: 1,
      differences: [],
    });
  });

  test('a certificate chain', async () => {
    const { signer, differences } = await verify(model, 'cert-p256', roots('root'));
    expect({ identity: signer.identity, differences }).toEqual({ identity: 'signer@custody.test', differences: [] });
    const refusal = (code: string) => ({ refusal: { code } });
    await expect(verify(model, 'cert-p256', roots('root', 'other@custody.test'))).rejects.toMatchObject(
      refusal('identity'),
    );
    await expect(verify(model, 'cert-p256', roots('int'))).rejects.toMatchObject(refusal('certificate-untrusted'));
  });

  test('a file that was signed and is gone is named', async () => {
    expect((await verify(model, 'key-p256-ignore', key('p256'))).differences).toEqual(['removed .git/HEAD']);
  });

  test('another key is told by name', async () => {
    const mismatch = { refusal: { code: 'key-mismatch', step: 'key' } };
    await expect(verify(model, 'key-p256', key('p384'))).rejects.toMatchObject(mismatch);
    await expect(verify(model, 'cert-p256', key('p256'))).rejects.toMatchObject(mismatch);
  });
});

interface Method {
  readonly name: string;
  readonly path: (model: string) => string;
  readonly sign: readonly string[];
  readonly trust: Trust;
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
    trust: byKeys(keys.publicKey),
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
      trust: byRoot(chain.root),
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

  test.each(all.map(({ name }, i) => [name, i] as const))('signs with %s, and we verify it', async (_, i) => {
    expect(theirs[i]).toEqual({ ok: true, error: '' });
    const { path, trust } = all[i]!;
    const { differences } = await verified(path(models[i]!), `${models[i]!}.theirs`, trust);
    expect(differences).toEqual([]);
  });

  test('verifies what we sign, by every method, and says no when a byte changes', async () => {
    // A repository signed in place is told so, on stderr.
    const said = ours.map(({ status, stderr }) => ({
      status,
      stderr: stderr.replace(/^The repository's own folder.*\n/, ''),
    }));
    expect(said).toEqual(all.map(() => ({ status: 0, stderr: '' })));
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
      const name = file.endsWith('a.b') ? 'a.b' : '.';
      const { differences } = await verified(path(models[i]!), `${models[i]!}.ours`, trust);
      expect(differences, all[i]!.name).toEqual([`altered ${name}`]);
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
