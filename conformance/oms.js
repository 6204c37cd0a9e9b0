// OpenSSF Model Signing, with the reference package as it comes from the package index: each kind of key, hash and
// folder, signed here and verified there, signed there and verified here, and refused by both when one thing changes.
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { pythonWith } from './python.js';
import { result, skipped } from './result.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = `${root}packages/custody/bin/custody.js`;

const FOLDERS = {
  plain: () => {},
  'names in other scripts': (folder) => {
    for (const name of ['naïve', '日本語', '\u{1F600}', '\uFF5E', 'a b', "it's", 'ÿ'])
      writeFileSync(`${folder}/${name}`, name);
  },
  'order by components': (folder) => {
    for (const name of ['a', 'a-', 'a.b', 'aa']) mkdirSync(`${folder}/${name}`);
    for (const name of ['a/z', 'a-/z', 'a.b/z', 'aa/z', 'a0', 'Z', '_']) writeFileSync(`${folder}/${name}`, name);
  },
  'git files': (folder) => {
    mkdirSync(`${folder}/.git`);
    for (const name of ['.git/HEAD', '.gitignore', '.gitattributes']) writeFileSync(`${folder}/${name}`, name);
  },
  'empty files and folders': (folder) => {
    mkdirSync(`${folder}/empty/deep`, { recursive: true });
    writeFileSync(`${folder}/none`, '');
  },
};
const HASHINGS = {
  sha256: { peer: {}, ours: [] },
  blake2: { peer: { hash: 'blake2' }, ours: ['--hash', 'blake2b'] },
  blake3: { peer: { hash: 'blake3' }, ours: ['--hash', 'blake3'] },
  shards: { peer: { shard_size: 700 }, ours: ['--shard-size', '700'] },
  ignored: { peer: { ignore: ['sub'] }, ours: ['--ignore-paths', 'sub'] },
};
/** What must be refused; `oms`: whether the reference can see it at all. */
const CHANGES = {
  'a byte': {
    oms: true,
    change: (folder) => writeFileSync(`${folder}/w.bin`, 'x'.repeat(2_999) + 'y'),
    code: 'altered',
  },
  'a byte more': { oms: true, change: (folder) => appendFileSync(`${folder}/w.bin`, 'x'), code: 'altered' },
  'a name': { oms: true, change: (folder) => renameSync(`${folder}/w.bin`, `${folder}/v.bin`), code: 'renamed' },
  'a file gone': { oms: true, change: (folder) => unlinkSync(`${folder}/w.bin`), code: 'removed' },
  'a file more': { oms: true, change: (folder) => writeFileSync(`${folder}/more`, 'x'), code: 'added' },
  'a link': { oms: true, change: (folder) => symlinkSync('w.bin', `${folder}/link`), code: 'symlink' },
  'a mode': { oms: false, change: (folder) => chmodSync(`${folder}/w.bin`, 0o777), code: 'mode-changed' },
  'an empty folder more': { oms: false, change: (folder) => mkdirSync(`${folder}/void`), code: 'added' },
  'a file in an ignored path': {
    oms: false,
    change: (folder) => (mkdirSync(`${folder}/.github`), writeFileSync(`${folder}/.github/x.py`, '')),
    code: 'added',
  },
};

export async function run() {
  const python = pythonWith('model_signing');
  if (python === null) return skipped('oms', 'Python with model_signing is missing: test/python-requirements.txt');
  const work = mkdtempSync(`${tmpdir()}/custody-oms-`);
  const misses = [];
  let [passed, of] = [0, 0];
  const check = (what, isRight, said = '') => {
    of++;
    if (isRight) passed++;
    else misses.push(`${what}: ${said}`);
  };
  const custody = (...args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args, '--json'], {
      encoding: 'utf8',
      env: { ...process.env, CUSTODY_CACHE: `${work}/cache` },
    });
    return {
      status,
      answer: stdout.startsWith('{') ? JSON.parse(stdout) : null,
      said: `${stdout}${stderr}`.slice(0, 300),
    };
  };
  const peer = (jobs) => {
    const { stdout, stderr } = spawnSync(python, [`${root}test/model-signing/peer.py`], {
      input: JSON.stringify(jobs),
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout);
  };
  try {
    const keys = ['P-256', 'P-384', 'P-521'].map((curve) => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve });
      const pair = { name: curve, key: `${work}/${curve}.pem`, public: `${work}/${curve}.pub` };
      writeFileSync(pair.key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
      writeFileSync(pair.public, publicKey.export({ type: 'spki', format: 'pem' }));
      return pair;
    });
    const cases = Object.entries(FOLDERS).flatMap(([folder, fill], f) =>
      Object.entries(HASHINGS).map(([hashing, how], h) => {
        const path = `${work}/${f}-${h}/model`;
        mkdirSync(`${path}/sub`, { recursive: true });
        writeFileSync(`${path}/w.bin`, 'x'.repeat(3_000));
        writeFileSync(`${path}/sub/c`, 'c');
        fill(path);
        return { what: `${folder}, ${hashing}`, path, how, key: keys[(f + h) % keys.length] };
      }),
    );
    // Paths to ignore are relative to where the command runs.
    const ignoring = (path, options) =>
      options.map((option, i) => (options[i - 1] === '--ignore-paths' ? `${path}/${option}` : option));
    const theirs = peer(
      cases.map(({ path, how, key }) => ({
        do: 'sign',
        path,
        signature: `${path}.theirs`,
        with: { key: key.key },
        ...how.peer,
      })),
    );
    for (const [i, { what, path, how, key }] of cases.entries()) {
      if (!theirs[i].ok) throw new Error(theirs[i].error);
      const read = custody('verify', path, '--signature', `${path}.theirs`, '--public-key', key.public);
      check(`${what}, ${key.name}: signed there, verified here`, read.status === 0, read.said);
      const signed = custody(
        'sign',
        path,
        '--signature',
        `${path}.ours`,
        '--key',
        key.key,
        ...ignoring(path, how.ours),
      );
      check(`${what}, ${key.name}: signed here`, signed.status === 0, signed.said);
    }
    const back = (signature) =>
      cases.map(({ path, how, key }) => ({
        do: 'verify',
        path,
        signature: `${path}.${signature}`,
        with: { public_key: key.public },
        ...how.peer,
      }));
    peer(back('ours')).forEach(({ ok, error }, i) =>
      check(`${cases[i].what}, ${cases[i].key.name}: signed here, verified there`, ok, error),
    );

    const [{ path: original, key }] = cases;
    const jobs = Object.entries(CHANGES).map(([what, { oms, change, code }], i) => {
      const path = `${work}/changed-${i}/model`;
      cpSync(original, path, { recursive: true });
      change(path);
      const refused = custody('verify', path, '--signature', `${original}.ours`, '--public-key', key.public);
      check(
        `${what} is refused here as ${code}`,
        refused.status === 1 && refused.answer?.cause.code === code,
        refused.said,
      );
      return {
        oms,
        what,
        job: { do: 'verify', path, signature: `${original}.ours`, with: { public_key: key.public } },
      };
    });
    peer(jobs.map(({ job }) => job)).forEach(({ ok }, i) => {
      if (jobs[i].oms) check(`${jobs[i].what} is refused there`, !ok);
      else console.log(`${jobs[i].what}: ${ok ? 'goes by the reference, refused here' : 'refused there too'}`);
    });

    const shared = process.env['CUSTODY_SHARED'] ?? `${root}../shared/data`;
    if (existsSync(`${shared}/oms`)) {
      const folder = `${shared}/oms`;
      for (const file of readdirSync(`${folder}/bundles`)) {
        const { verificationMaterial, dsseEnvelope } = JSON.parse(readFileSync(`${folder}/bundles/${file}`, 'utf8'));
        const { subject, predicate } = JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString());
        const path =
          predicate.resources.length === 1 && predicate.resources[0].name === '.'
            ? `${folder}/models/tiny-model/${subject[0].name}`
            : `${folder}/models/tiny-model`;
        const trust = verificationMaterial.x509CertificateChain
          ? ['--certificate-chain', `${folder}/public-keys/root.pem`]
          : ['p256', 'p384', 'p521'].flatMap((name) => ['--public-key', `${folder}/public-keys/${name}.pub.pem`]);
        const { status, answer, said } = custody('verify', path, '--signature', `${folder}/bundles/${file}`, ...trust);
        // One bundle lists a file of .git, which no copy of the folder has.
        const gone = predicate.resources.filter(({ name }) => name.startsWith('.git/'));
        const isRight =
          gone.length === 0
            ? status === 0
            : answer?.cause.code === 'removed' && gone.some(({ name }) => name === answer.cause.file);
        check(`the given bundle ${file}`, isRight, said);
      }
    } else console.log(`the given bundles are not at ${shared}/oms: set CUSTODY_SHARED`);
    for (const miss of misses) console.log(miss);
    return result('oms', passed, of, 1);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
