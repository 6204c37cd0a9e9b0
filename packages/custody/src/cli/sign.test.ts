/** Signing and verifying as people and scripts meet it: what is printed, how it ends, and what the log adds. Runs the built program. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeChain, writeKeyPair, writeTinyModel, type KeyFiles } from '../../../../test/model-signing/tiny-model.ts';
import { startApp } from '../app.ts';

const CLI = fileURLToPath(new URL('../../bin/custody.js', import.meta.url));
const work = mkdtempSync(`${tmpdir()}/custody-sign-`);
const data = `${work}/data`;
let keys: KeyFiles;
let model: string;

const custody = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    cwd: work,
    env: { ...process.env, CUSTODY_DATA: data, CUSTODY_CACHE: `${work}/cache` },
  });
  return { status, stdout, stderr };
};
const json = (...args: string[]) => {
  const done = custody(...args, '--json');
  return { ...done, answer: JSON.parse(done.stdout || 'null') as any };
};

beforeAll(async () => {
  keys = writeKeyPair(work, 'ed25519');
  model = writeTinyModel();
  // A data folder, without a server: commands then open it themselves.
  const app = await startApp({ data, host: '127.0.0.1', port: 0 });
  await app.stop();
});

describe('custody sign and verify', () => {
  test('say what was signed, and leave no half-written file', () => {
    const signed = custody('sign', model, '--key', keys.privateKey, '--signature', `${work}/m.sig`);
    expect(signed).toMatchObject({ status: 0, stderr: '' });
    expect(signed.stdout).toMatch(
      /^SIGNED {2}tiny-model\n {2}model {3}sha256:ffac0462[0-9a-f]+\n {2}folder {2}custody-tree-v1:[0-9a-f]{64}\n/,
    );
    expect(readdirSync(work).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    const verified = custody('verify', model, '--signature', `${work}/m.sig`, '--public-key', keys.publicKey);
    expect(verified.status).toBe(0);
    expect(verified.stdout).toMatch(/^VERIFIED {2}tiny-model\n {2}signed by key sha256:/);
  });

  test('a refusal names one cause, the step and the file, in words and as JSON', () => {
    const copy = `${work}/copy/tiny-model`;
    cpSync(model, copy, { recursive: true });
    chmodSync(`${copy}/sub/a.bin`, 0o777);
    const args = ['verify', copy, '--signature', `${work}/m.sig`, '--public-key', keys.publicKey];
    const refused = custody(...args);
    expect(refused.status).toBe(1);
    expect(refused.stdout).toMatch(
      /^REFUSED .*\n {2}the mode of "sub\/a\.bin" was 0644 and is 0777\n {2}step contents, cause mode-changed\n/,
    );
    expect(json(...args)).toMatchObject({
      status: 1,
      answer: { verified: false, cause: { code: 'mode-changed', step: 'contents', file: 'sub/a.bin' } },
    });
    expect(json(...args, '--oms-only')).toMatchObject({ status: 0 });
  });

  test('the signature may lie in the folder, also when it is verified from there', () => {
    const copy = `${work}/inside/tiny-model`;
    cpSync(model, copy, { recursive: true });
    expect(custody('sign', copy, '--key', keys.privateKey, '--signature', `${copy}/model.sig`).status).toBe(0);
    expect(json('verify', copy, '--signature', `${copy}/model.sig`, '--public-key', keys.publicKey)).toMatchObject({
      status: 0,
      answer: { uncovered: [] },
    });
    writeFileSync(`${copy}/model.sig.py`, '');
    expect(
      json('verify', copy, '--signature', `${copy}/model.sig`, '--public-key', keys.publicKey).answer.cause,
    ).toMatchObject({ code: 'added', file: 'model.sig.py' });
  });

  test('a repository signed in place is told that its own folder is covered', () => {
    const copy = `${work}/clone/tiny-model`;
    cpSync(model, copy, { recursive: true });
    mkdirSync(`${copy}/.git`);
    writeFileSync(`${copy}/.git/HEAD`, 'ref');
    const sign = (...more: string[]) =>
      custody('sign', copy, '--key', keys.privateKey, '--signature', `${work}/c.sig`, ...more);
    expect(sign().stderr).toContain('--exclude .git/');
    expect(sign('--exclude', `${copy}/.git/`).stderr).toBe('');
    writeFileSync(`${copy}/.git/HEAD`, 'another');
    expect(custody('verify', copy, '--signature', `${work}/c.sig`, '--public-key', keys.publicKey).status).toBe(0);
  });

  test('a dry run signs nothing', () => {
    const dry = custody('sign', model, '--signature', `${work}/none.sig`, '--dry-run');
    expect(JSON.parse(dry.stdout)).toMatchObject({ predicateType: 'https://model_signing/signature/v1.0' });
    expect(existsSync(`${work}/none.sig`)).toBe(false);
  });

  test.each([
    [['sign'], 2, 'Name one folder or file'],
    [['sign', '.'], 2, 'Name a key'],
    [['sign', '.', '--key', 'none.pem'], 3, 'cannot be read'],
    [['sign', 'none', '--key', 'ed25519.pem'], 1, 'There is no none'],
    [['sign', '.', '--key', 'ed25519.pem', '--hash', 'md5'], 2, '--hash takes'],
    [['verify', '.', '--signature', 'm.sig'], 2, 'Say whom you trust'],
    [
      ['verify', '.', '--signature', 'm.sig', '--public-key', 'ed25519.pub.pem', '--certificate-chain', 'x'],
      2,
      'Say whom you trust',
    ],
    [['verify', '.', '--signature', 'm.sig', '--trusted-root', 'x'], 2, 'needs --identity'],
    [['verify', '.', '--signature', 'none.sig', '--public-key', 'ed25519.pub.pem'], 1, 'cannot be read'],
    [['attest', 'm.sig'], 2, '--type and --predicate'],
    [['attest', 'layout', 'x'], 2, 'links'],
  ] as const)('%j ends with %i', (args, status, words) => {
    const done = custody(...args);
    expect(done.stderr).toContain(words);
    expect(done.status).toBe(status);
  });
});

describe('the log', () => {
  test('shows since when a signature exists, with a proof, and says no of one it does not hold', () => {
    const args = ['verify', model, '--signature', `${work}/r.sig`, '--public-key', keys.publicKey, '--recorded'];
    const signed = json('sign', model, '--key', keys.privateKey, '--signature', `${work}/r.sig`);
    expect(signed.answer.recorded).toBeNull();
    expect(json(...args).answer.cause).toMatchObject({ code: 'not-recorded', step: 'log' });
    const recorded = custody(
      'attest',
      'record',
      `${work}/r.sig`,
      '--public-key',
      keys.publicKey,
      '--asset',
      'dataset:lake:m',
    );
    expect(recorded.stdout).toMatch(/^RECORDED {2}model\n {2}entry \d+, /);
    expect(json(...args)).toMatchObject({
      status: 0,
      answer: { recorded: { entry: expect.any(Number), recorded: expect.any(String) } },
    });
    expect(custody('attest', 'list', 'dataset:lake:m').stdout).toContain('model');
    expect(custody('attest', 'list', '--subject', model).stdout).toContain('dataset:lake:m');
  });

  test('its time counts for a certificate, and not the time of whoever verifies', async () => {
    const days = (offset: number) => new Date(Date.now() + offset * 86_400_000);
    const stamp = (offset: number) =>
      days(offset)
        .toISOString()
        .replace(/[-:T]|\.\d+/g, '');
    const chain = writeChain(`${work}/chain`, { from: stamp(10), to: stamp(30) });
    mkdirSync(`${work}/one`, { recursive: true });
    writeFileSync(`${work}/one/x`, 'x');
    const key = ['--key', chain.privateKey, '--certificate', chain.leaf, '--certificate-chain', chain.intermediate];
    expect(custody('sign', `${work}/one`, ...key, '--signature', `${work}/one.sig`).status).toBe(0);
    // Recorded in a log whose clock is twenty days on.
    const other = `${work}/later`;
    const app = await startApp({ data: other, host: '127.0.0.1', port: 0, now: () => days(20) });
    const bundle = JSON.parse(readFileSync(`${work}/one.sig`, 'utf8')) as object;
    const headers = { authorization: `Bearer ${app.cliKey}`, 'content-type': 'application/json' };
    const recorded = await fetch(`${app.url}/custody/v1/attestations`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ bundle }),
    });
    expect(recorded.status).toBe(201);
    await app.stop();
    const verify = (...more: string[]) =>
      json('verify', `${work}/one`, '--signature', `${work}/one.sig`, '--certificate-chain', chain.root, ...more);
    expect(verify().answer.cause).toMatchObject({ code: 'certificate-not-yet-valid', step: 'certificate' });
    expect(verify('--recorded', '--data', other)).toMatchObject({
      status: 0,
      answer: { signer: { identity: 'signer' } },
    });
    expect(verify('--at', days(20).toISOString()).status).toBe(0);
    expect(verify('--at', days(40).toISOString()).answer.cause).toMatchObject({ code: 'certificate-expired' });
  });

  test('holds attestations of any kind', () => {
    writeFileSync(`${work}/p.json`, JSON.stringify({ result: 'PASSED', configuration: [] }));
    const made = custody(
      'attest',
      model,
      '--type',
      'test-result',
      '--predicate',
      'p.json',
      '--key',
      keys.privateKey,
      '--out',
      't.json',
      '--record',
      '--asset',
      'dataset:lake:m',
    );
    expect(made.status, made.stderr).toBe(0);
    expect(
      json(
        'attest',
        'verify',
        't.json',
        '--public-key',
        keys.publicKey,
        '--subject',
        model,
        '--type',
        'test-result',
        '--recorded',
      ),
    ).toMatchObject({ status: 0, answer: { kind: 'test-result' } });
    expect(
      json('attest', 'verify', 't.json', '--public-key', keys.publicKey, '--type', 'slsa').answer.cause,
    ).toMatchObject({ code: 'predicate-type' });
    expect(
      json('attest', 'verify', 't.json', '--public-key', keys.publicKey, '--subject', 'p.json').answer.cause,
    ).toMatchObject({ code: 'other-subject' });
    writeFileSync(`${work}/p.json`, JSON.stringify({ result: 'GREAT', configuration: [] }));
    expect(
      custody('attest', model, '--type', 'test-result', '--predicate', 'p.json', '--key', keys.privateKey),
    ).toMatchObject({ status: 1, stdout: '' });
    expect(JSON.parse(readFileSync(`${work}/t.json`, 'utf8'))).toMatchObject({
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    });
  });
});
