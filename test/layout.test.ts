/** A pipeline of signed steps from end to end: links of the real `in-toto-run` and of our own, read by the Python packages too. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeKeyPair, type KeyFiles } from './model-signing/tiny-model.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CLI = `${ROOT}packages/custody/bin/custody.js`;
const BIN = `${ROOT}.venv/bin`;
const hasInToto = spawnSync(`${BIN}/in-toto-run`, ['--version']).status === 0;
if (!hasInToto)
  console.log(
    'in-toto is missing: its links are not read. Get it with: python3 -m venv .venv && .venv/bin/pip install -r test/python-requirements.txt',
  );

const work = mkdtempSync(`${tmpdir()}/custody-layout-`);
const custody = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args, '--json'], {
    cwd: work,
    encoding: 'utf8',
  });
  return {
    status,
    stderr,
    answer: (stdout === '' ? null : JSON.parse(stdout)) as {
      cause?: { code: string; file: string | null; message: string };
      steps?: { step: string; signers: string[] }[];
    } | null,
  };
};
const indented = (file: string) => readFileSync(file, 'utf8').trimEnd().replaceAll('\n', '\n      ');
let keys: Record<'vendor' | 'cleaner' | 'trainer' | 'second', KeyFiles>;

const layout = (over = '') => {
  const path = `${work}/layout.yaml`;
  writeFileSync(
    path,
    `expires: "2999-01-01T00:00:00Z"
signers:
${Object.entries(keys)
  .map(([name, { publicKey }]) => `  ${name}:\n    publicKey: |\n      ${indented(publicKey)}`)
  .join('\n')}
steps:
  - name: fetch
    signers: [vendor]
    predicate: link
    produces: [{ name: raw/*.csv, required: true }]
  - name: clean
    signers: [cleaner]
    consumes: [{ name: raw/*.csv, from: fetch, required: true }]
    produces: [clean/*]
  - name: train
    signers: [trainer, second]
    threshold: 2
    consumes: [{ name: clean/*, from: clean }, { name: train.py }]
    produces: [{ name: model.bin, required: true }]
${over}`,
  );
  return path;
};

const step = (name: string, key: KeyFiles, consumes: string[], produces: string[], out = `${name}.link.json`) =>
  custody(
    'attest',
    'step',
    name,
    ...consumes.flatMap((path) => ['--consumes', path]),
    ...produces.flatMap((path) => ['--produces', path]),
    '--key',
    key.privateKey,
    '--out',
    out,
  );

beforeAll(() => {
  const folder = (name: string) => (mkdirSync(`${work}/${name}`), `${work}/${name}`);
  keys = {
    vendor: writeKeyPair(folder('v'), 'P-256'),
    cleaner: writeKeyPair(folder('c'), 'ed25519'),
    trainer: writeKeyPair(folder('t'), 'P-384'),
    second: writeKeyPair(folder('s'), 'P-521'),
  };
  mkdirSync(`${work}/raw`);
  mkdirSync(`${work}/clean`);
  writeFileSync(`${work}/raw/loans.csv`, 'id,amount\n1,100\n');
  if (hasInToto) {
    const run = (name: string, key: KeyFiles, ...args: string[]) => {
      const done = spawnSync(
        `${BIN}/in-toto-run`,
        ['--step-name', name, '--use-dsse', '--signing-key', key.privateKey, ...args],
        { cwd: work, encoding: 'utf8' },
      );
      expect(done.status, done.stderr + done.stdout).toBe(0);
      renameSync(
        `${work}/${readdirSync(work).find((file) => file.startsWith(`${name}.`) && file.endsWith('.link'))!}`,
        `${work}/${name}.link.json`,
      );
    };
    run('fetch', keys.vendor, '--products', 'raw', '--no-command');
    run(
      'clean',
      keys.cleaner,
      '--materials',
      'raw',
      '--products',
      'clean',
      '--',
      'cp',
      'raw/loans.csv',
      'clean/loans.csv',
    );
  } else {
    step('fetch', keys.vendor, [], ['raw']);
    copyFileSync(`${work}/raw/loans.csv`, `${work}/clean/loans.csv`);
    step('clean', keys.cleaner, ['raw'], ['clean']);
  }
  writeFileSync(`${work}/train.py`, 'train()');
  writeFileSync(`${work}/model.bin`, 'weights');
  for (const [key, out] of [
    [keys.trainer, 'train.link.json'],
    [keys.second, 'train.second.json'],
  ] as const)
    expect(step('train', key, ['clean', 'train.py'], ['model.bin'], out).stderr).toBe('');
});

const check = (links: string[], ...more: string[]) => custody('attest', 'layout', layout(), ...links, ...more);
const ALL = ['fetch.link.json', 'clean.link.json', 'train.link.json', 'train.second.json'];

describe('a pipeline of signed steps', () => {
  test('is verified to the model that lies there, with who signed what', () => {
    const { status, answer, stderr } = check(ALL, '--artifact', 'model.bin');
    expect(status, JSON.stringify(answer) + stderr).toBe(0);
    expect(answer?.steps?.map(({ step: name, signers }) => [name, signers])).toEqual([
      ['fetch', ['vendor']],
      ['clean', ['cleaner']],
      ['train', ['trainer', 'second']],
    ]);
  });

  test.each([
    [
      'a step nobody signed',
      () => check(['fetch.link.json', 'train.link.json', 'train.second.json']),
      'step-missing',
      'clean',
    ],
    ['too few signers', () => check(ALL.slice(0, 3)), 'step-signer', 'train'],
    [
      'a step signed by somebody else',
      () => (
        step('clean', keys.vendor, ['raw'], ['clean'], 'forged.json'),
        check(['fetch.link.json', 'forged.json', ...ALL.slice(2)])
      ),
      'step-signer',
      'clean',
    ],
    [
      'signers who differ',
      () => (
        writeFileSync(`${work}/other.bin`, 'x'),
        writeFileSync(`${work}/keep`, readFileSync(`${work}/model.bin`)),
        writeFileSync(`${work}/model.bin`, 'other'),
        step('train', keys.second, ['clean', 'train.py'], ['model.bin'], 'differs.json'),
        renameSync(`${work}/keep`, `${work}/model.bin`),
        check([...ALL.slice(0, 3), 'differs.json'])
      ),
      'step-mismatch',
      'train',
    ],
    [
      'a file that was altered between steps',
      () => (
        appendFileSync(`${work}/clean/loans.csv`, '2,1\n'),
        step('train', keys.trainer, ['clean', 'train.py'], ['model.bin'], 'a.json'),
        step('train', keys.second, ['clean', 'train.py'], ['model.bin'], 'b.json'),
        writeFileSync(`${work}/clean/loans.csv`, readFileSync(`${work}/raw/loans.csv`)),
        check(['fetch.link.json', 'clean.link.json', 'a.json', 'b.json'])
      ),
      'step-mismatch',
      'train',
    ],
    [
      'an input that no rule allows',
      () => (
        step('train', keys.trainer, ['clean', 'raw', 'train.py'], ['model.bin'], 'c.json'),
        step('train', keys.second, ['clean', 'raw', 'train.py'], ['model.bin'], 'd.json'),
        check(['fetch.link.json', 'clean.link.json', 'c.json', 'd.json'])
      ),
      'step-rule',
      'train',
    ],
    [
      'a required product that is missing',
      () => (
        step('train', keys.trainer, ['clean'], ['train.py'], 'e.json'),
        step('train', keys.second, ['clean'], ['train.py'], 'f.json'),
        check(['fetch.link.json', 'clean.link.json', 'e.json', 'f.json'])
      ),
      'step-rule',
      'train',
    ],
    ['another model than the last step put out', () => check(ALL, '--artifact', 'train.py'), 'other-subject', 'train'],
  ] as const)('%s is refused', (_, run, code, file) => {
    const { status, answer } = run();
    expect(answer?.cause, JSON.stringify(answer)).toMatchObject({ code, file });
    expect(status).toBe(1);
  });

  test('a layout that ran out, and one that contradicts itself, are refused', () => {
    const path = layout();
    const text = readFileSync(path, 'utf8');
    for (const [from, to, code] of [
      ['2999-01-01', '2020-01-01', 'layout-expired'],
      ['threshold: 2', 'threshold: 3', 'malformed'],
      ['from: clean', 'from: nowhere', 'malformed'],
      ['signers: [vendor]', 'signers: [nobody]', 'malformed'],
    ] as const) {
      writeFileSync(path, text.replace(from, to));
      expect(custody('attest', 'layout', path, ...ALL).answer?.cause).toMatchObject({ code });
    }
  });
});

describe.skipIf(!hasInToto)('the Python packages', () => {
  test('verify the signature of our link, and read its statement', () => {
    const script = `
import json, sys
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from in_toto_attestation.v1 import statement
from in_toto_attestation.v1.statement_pb2 import Statement
from google.protobuf import json_format
bundle = json.load(open(sys.argv[1]))
envelope = Envelope.from_dict(bundle["dsseEnvelope"])
key = SSlibKey.from_crypto(load_pem_public_key(open(sys.argv[2], "rb").read()))
envelope.signatures = {key.keyid: next(iter(envelope.signatures.values()))}
envelope.signatures[key.keyid].keyid = key.keyid
assert len(envelope.verify([key], 1)) == 1
statement.Statement.copy_from_pb(json_format.Parse(envelope.payload, Statement())).validate()
print("read")
`;
    const { stdout, stderr } = spawnSync(
      `${BIN}/python`,
      ['-c', script, `${work}/train.link.json`, keys.trainer.publicKey],
      { encoding: 'utf8' },
    );
    expect(stdout, stderr).toBe('read\n');
  });
});
