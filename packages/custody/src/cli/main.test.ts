/** The command line as people and scripts meet it: what it prints, and how it ends. Runs the built program. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const CLI = fileURLToPath(new URL('../../bin/custody.js', import.meta.url));
const VERIFY = fileURLToPath(new URL('../../../verify/bin/custody-verify.js', import.meta.url));
const data = mkdtempSync(`${tmpdir()}/custody-cli-`);

const event = (n: number, over: object = {}) =>
  JSON.stringify({
    eventType: 'COMPLETE',
    eventTime: `2026-11-${10 + n}T02:00:00Z`,
    producer: 'https://example.org',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: `00000000-0000-4000-8000-00000000000${n}` },
    job: { namespace: 'bank', name: 'clean' },
    inputs: [{ namespace: 'lake', name: 'raw' }],
    outputs: [{ namespace: 'lake', name: n < 3 ? 'staged' : 'staged_v2' }],
    ...over,
  });

const custody = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    env: { ...process.env, CUSTODY_DATA: data },
  });
  return { status, stdout, stderr };
};

let server: ChildProcess;
let announced: { url: string; signIn: string; openLineageApiKey: string };

async function startServer(): Promise<void> {
  server = spawn(process.execPath, [CLI, 'start', '--no-example', '--json', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, CUSTODY_DATA: data },
  });
  for await (const line of createInterface({ input: server.stdout! })) {
    announced = JSON.parse(line) as typeof announced;
    return;
  }
}

async function stopServer(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => server.once('exit', resolve));
  server.kill(signal);
  return ended;
}

beforeAll(startServer);
afterAll(async () => {
  if (server.exitCode === null) await stopServer('SIGKILL');
});

describe('help', () => {
  test('every command tells what it does, with an example', () => {
    const general = custody('--help');
    expect(general.status).toBe(0);
    const commands = [
      ...general.stdout.matchAll(/^ {2}((?:log |token |lineage |policy )?[a-z]+)(?: [A-Z[].*?)?  +\S/gm),
    ].map(([, name]) => name!);
    expect(commands).toEqual(
      expect.arrayContaining(['start', 'trace', 'assets', 'log check', 'log prove', 'send', 'token create']),
    );
    for (const name of commands) {
      const { status, stdout } = custody(...name.split(' '), '--help');
      expect(status, name).toBe(0);
      expect(stdout).toMatch(new RegExp(`Example\\n {2}custody ${name}`));
    }
  });

  test('a mistake in the call is 2 and says what to do', () => {
    expect(custody('frobnicate')).toMatchObject({ status: 2, stdout: '' });
    expect(custody('assets', '--nope').status).toBe(2);
    expect(custody('trace').stderr).toContain('custody trace --help');
    expect(custody('assets', '--at', 'soon').stderr).toContain('2026-11-12T06:30:00Z');
    expect(custody('log').status).toBe(2);
  });
});

describe('beside a running server', () => {
  test('events are sent once, bad lines are named', () => {
    const file = `${data}/events.jsonl`;
    writeFileSync(file, [event(1), event(2), '{"bad":1}', event(4), ''].join('\n'));
    const first = custody('send', file);
    expect(first.status).toBe(1);
    expect(first.stdout).toContain('3 of 4 events taken');
    expect(first.stdout).toContain(`${file}:3`);
    const again = JSON.parse(custody('send', file, '--json').stdout) as object;
    expect(again).toMatchObject({ received: 4, successful: 3, duplicates: 3, failed: 1 });
    expect(custody('send', '/no/such/file').status).toBe(3);
  });

  test('assets and lineage are those of the time asked for', () => {
    expect(custody('assets').stdout).toContain('dataset:lake:staged_v2');
    const then = custody('assets', '--at', '2026-11-12');
    expect(then.stdout).toContain('dataset:lake:staged');
    expect(then.stdout).not.toContain('staged_v2');
    const trace = custody('trace', 'raw', '--down');
    expect(trace.status).toBe(0);
    expect(trace.stdout).toContain('dataset:lake:staged_v2');
    expect(custody('trace', 'raw', '--down', '--at', '2026-11-12').stdout).not.toContain('staged_v2');
    const graph = JSON.parse(custody('trace', 'dataset:lake:raw', '--json').stdout) as {
      nodes: unknown[];
      asOf: { entries: number };
    };
    expect(graph.nodes).toHaveLength(4);
    expect(graph.asOf.entries).toBeGreaterThan(3);
  });

  test('an asset that is not known or not clear is 1', () => {
    expect(custody('trace', 'nowhere')).toMatchObject({ status: 1, stdout: '' });
    const unclear = custody('trace', 'lake');
    expect(unclear.status).toBe(1);
    expect(unclear.stderr).toContain('dataset:lake:raw');
  });

  test('lineage is exported to standard output or a file, whole or around an asset', () => {
    const csv = custody('export', '--format', 'csv');
    expect(csv.status).toBe(0);
    expect(csv.stdout).toContain('dataset,lake,raw,job,bank,clean,');
    const file = `${data}/lineage.mmd`;
    const around = custody(
      'export',
      'lake:staged',
      '--up',
      '--depth',
      '1',
      '-f',
      'mermaid',
      '-o',
      file,
      '--at',
      '2026-11-11',
    );
    expect(around).toMatchObject({ status: 0, stdout: '' });
    expect(readFileSync(file, 'utf8')).toBe('flowchart LR\n  n0[("staged")]\n  n1[["clean"]]\n  n1 --> n0\n');
    expect(custody('export', '--format', 'xml').stderr).toContain('--format is one of openlineage');
    expect(custody('export', '--format', 'csv', '--up').status).toBe(2);
    expect(custody('export', 'nothing-like-it', '--format', 'csv').status).toBe(1);
    expect(custody('export', '--format', 'csv', '-o', `${data}/no/such/folder`).status).toBe(3);
  });

  test('a token works from elsewhere until it is withdrawn', () => {
    const { stdout, status } = custody('token', 'create', 'visitor', '--role', 'auditor');
    expect(status).toBe(0);
    const elsewhere = (...args: string[]) =>
      spawnSync(process.execPath, [CLI, ...args, '--url', announced.url], {
        encoding: 'utf8',
        env: { ...process.env, CUSTODY_TOKEN: stdout.trim() },
      });
    expect(elsewhere('assets').stdout).toContain('dataset:lake:raw');
    expect(elsewhere('token', 'list').status).toBe(3);
    expect(custody('token', 'revoke', 'visitor').status).toBe(0);
    expect(elsewhere('assets')).toMatchObject({ status: 3, stdout: '' });
    expect(custody('token', 'revoke', 'visitor').status).toBe(1);
  });

  test('a new sign-in link is printed', () => {
    expect(custody('signin').stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/signin#code=\S+\n$/);
  });

  test('the log is checked while it is in use', () => {
    const { status, stdout } = custody('log', 'check', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ whole: true, problems: [] });
  });

  test('the log is mirrored into static files, and then only what is new', () => {
    const folder = `${data}/mirror`;
    const first = JSON.parse(custody('log', 'mirror', folder, '--json').stdout) as { size: number; files: number };
    expect(first.files).toBeGreaterThanOrEqual(3);
    expect(readFileSync(`${folder}/checkpoint`, 'utf8')).toContain(`\n${first.size}\n`);
    expect(readFileSync(`${folder}/tile/0/000.p/${first.size}`)).toHaveLength(first.size * 32);
    expect(custody('log', 'mirror', folder).stdout).toContain('up to date');
  });

  test('a second server on the same folder is refused by name', () => {
    const second = custody('start', '--no-example', '--port', '0');
    expect(second.status).toBe(3);
    expect(second.stderr).toContain(`in use by process ${server.pid}`);
  });

  test('secrets lie in files that only their owner reads', () => {
    for (const file of [
      'cli-token',
      'pipeline-token',
      'keyring.json',
      'intake.key',
      'server.json',
      'log/signing-key.pem',
    ]) {
      expect(statSync(`${data}/${file}`).mode & 0o077, file).toBe(0);
    }
  });
});

describe('lineage of a SQL file', () => {
  const folder = mkdtempSync(`${tmpdir()}/custody-sql-`);

  test('is told by column, with kinds and lines, and needs no data folder', () => {
    writeFileSync(`${folder}/a.sql`, 'insert into mart.people (mail)\nselect sha256(p.email) from raw.people p;\n');
    const { status, stdout } = custody('lineage', 'sql', `${folder}/a.sql`, '--dialect', 'postgres');
    expect(status).toBe(0);
    expect(stdout).toMatch(/mart\.people\.mail +raw\.people\.email +transformation, masked +2/);
  });

  test('is predicted case by case for a scorer', () => {
    writeFileSync(
      `${folder}/cases.jsonl`,
      `${JSON.stringify({ id: 'x', dialect: 'ansi', sql: 'create table t as select a from s' })}\n`,
    );
    expect(custody('lineage', 'sql', '--cases', `${folder}/cases.jsonl`, '--out', `${folder}/out.jsonl`).status).toBe(
      0,
    );
    const [line] = readFileSync(`${folder}/out.jsonl`, 'utf8').trim().split('\n');
    expect(JSON.parse(line!)).toMatchObject({
      id: 'x',
      err: null,
      stmts: [{ in: ['s'], out: ['t'], edges: [['s', 'a', 't', 'a']] }],
    });
  });

  test('an unknown dialect and a missing file are told apart', () => {
    expect(custody('lineage', 'sql', `${folder}/a.sql`, '--dialect', 'klingon').status).toBe(2);
    expect(custody('lineage', 'sql', `${folder}/none.sql`).status).toBe(3);
  });
});

describe('policies', () => {
  const folder = mkdtempSync(`${tmpdir()}/custody-rego-`);

  test('answer from files, and undefined is 1', () => {
    writeFileSync(`${folder}/a.rego`, 'package access\n\nallow if input.role in data.roles\n');
    writeFileSync(`${folder}/data.json`, '{"roles":["auditor"]}');
    writeFileSync(`${folder}/in.json`, '{"role":"auditor"}');
    const ask = (...more: string[]) =>
      custody('policy', 'eval', 'data.access.allow', `${folder}/a.rego`, '--data', `${folder}/data.json`, ...more);
    expect(ask('--input', `${folder}/in.json`)).toMatchObject({ status: 0, stdout: 'true\n' });
    expect(ask()).toMatchObject({ status: 1, stdout: '' });
    const bound = custody('policy', 'eval', 'x := data.roles[_]', `${folder}/a.rego`, '--data', `${folder}/data.json`);
    expect(bound.stdout).toBe('{"x":"auditor"}\n');
  });

  test('that are wrong say where', () => {
    writeFileSync(`${folder}/bad.rego`, 'package access\n\nallow if {\n');
    const { status, stderr } = custody('policy', 'eval', 'data.access.allow', `${folder}/bad.rego`);
    expect(status).toBe(1);
    expect(stderr).toContain('bad.rego');
    expect(stderr).toContain('rego_parse_error');
  });

  test('are tested, with the lines that no test reached', () => {
    mkdirSync(`${folder}/gate`, { recursive: true });
    writeFileSync(
      `${folder}/gate/read.rego`,
      'package gate.read\n\nallow if input.purpose == "risk"\n\nnever if input.x\n',
    );
    const tests =
      'package gate.read_test\n\ntest_risk if {\n\tdata.gate.read.allow with input as {"purpose": "risk"}\n}\n';
    writeFileSync(`${folder}/gate/read_test.rego`, tests);
    const passing = custody('policy', 'test', `${folder}/gate`, '--coverage');
    expect(passing.status).toBe(0);
    expect(passing.stdout).toContain('1 of 1 tests passed');
    expect(passing.stdout).toContain('not reached: 5');
    expect(custody('policy', 'test', `${folder}/gate`, '--threshold', '90').status).toBe(1);
    writeFileSync(`${folder}/gate/read_test.rego`, tests.replace('"risk"}', '"sport"}'));
    const failing = custody('policy', 'test', `${folder}/gate`, '--json');
    expect(failing.status).toBe(1);
    expect(JSON.parse(failing.stdout)).toMatchObject({ passed: 0, failed: 1, tests: [{ stopped: { line: 3 } }] });
    writeFileSync(`${folder}/gate/read_test.rego`, tests);
    expect(custody('policy', 'test', `${folder}/in.json`).status).toBe(1);
  });

  test('are laid out', () => {
    writeFileSync(`${folder}/wild.rego`, 'package a\nx:=1\n');
    const check = custody('policy', 'fmt', '--check', `${folder}/wild.rego`);
    expect(check).toMatchObject({ status: 1, stdout: `${folder}/wild.rego\n` });
    expect(custody('policy', 'fmt', '--write', `${folder}/wild.rego`).status).toBe(0);
    expect(readFileSync(`${folder}/wild.rego`, 'utf8')).toBe('package a\n\nx := 1\n');
    expect(custody('policy', 'fmt', '--check', `${folder}/wild.rego`).status).toBe(0);
  });

  test('come into force, are compared, dry run, rolled back and withdrawn', async () => {
    const gate = `${folder}/gate`;
    expect(custody('policy', 'publish', 'gate', gate).status).toBe(2);
    const first = custody('policy', 'publish', 'gate', gate, '--message', 'First', '--author', 'mara', '--json');
    expect(JSON.parse(first.stdout)).toMatchObject({ policy: 'gate', version: 1, author: 'mara' });
    const secret = readFileSync(`${data}/cli-token`, 'utf8').trim();
    for (const purpose of ['risk', 'sport']) {
      const answer = await fetch(`${announced.url}/v1/data/gate/read/allow`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}` },
        body: JSON.stringify({ input: { purpose } }),
      });
      expect(await answer.json()).toMatchObject(purpose === 'risk' ? { result: true } : {});
    }
    writeFileSync(
      `${gate}/read.rego`,
      'package gate.read\n\ndefault allow := false\n\nallow if input.purpose == "sport"\n',
    );
    const diff = custody('policy', 'diff', 'gate', gate);
    expect(diff.status).toBe(1);
    expect(diff.stdout).toContain('- allow if input.purpose == "risk"');
    const refused = custody('policy', 'publish', 'gate', gate, '-m', 'Wrong');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('data.gate.read_test.test_risk');
    let dry = custody('policy', 'dry-run', gate, '--json');
    for (let tries = 0; tries < 20 && (JSON.parse(dry.stdout) as { decisions: number }).decisions < 2; tries++)
      dry = custody('policy', 'dry-run', gate, '--json');
    expect(dry.status).toBe(1);
    expect(JSON.parse(dry.stdout)).toMatchObject({ policy: 'gate', decisions: 2, nowDenied: 1, otherwise: 1 });
    expect(custody('policy', 'dry-run', gate).stdout).toContain(
      'held then: gate/read.rego:3: allow if input.purpose == "risk"',
    );
    expect(custody('policy', 'publish', 'gate', gate, '-m', 'Sport', '--untested').status).toBe(0);
    expect(custody('policy', 'publish', 'gate', gate, '-m', 'Stale', '--base', '1', '--untested').status).toBe(3);
    expect(custody('policy', 'rollback', 'gate', '1', '-m', 'Back').stdout).toContain('gate version 3 in force');
    expect(custody('policy', 'list').stdout).toMatch(/gate +version 3 by mara/);
    expect(custody('policy', 'withdraw', 'gate', '-m', 'Done').stdout).toContain('withdrawn');
  });

  test('are evaluated case by case for a scorer', () => {
    const given = { query: 'data.p.x = y', modules: ['package p\n\nx := input.a + 1'], input: { a: 1 } };
    writeFileSync(
      `${folder}/cases.jsonl`,
      `${JSON.stringify(given)}\n${JSON.stringify({ query: 'x :=', modules: [] })}\n`,
    );
    expect(custody('policy', 'eval', '--cases', `${folder}/cases.jsonl`, '--out', `${folder}/out.jsonl`).status).toBe(
      0,
    );
    const results = readFileSync(`${folder}/out.jsonl`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(results[0]).toEqual({ n: 0, result: [{ y: 2 }], error: null });
    expect(results[1]).toMatchObject({ n: 1, result: null, error: { code: 'rego_parse_error' } });
  });
});

describe('with the server stopped', () => {
  test('it stops cleanly, answers from the folder, and proofs verify and fail as they should', async () => {
    const key = custody('log', 'key').stdout.trim();
    const proof = custody('log', 'prove', '2', '--payload');
    expect(proof.stderr).toContain(`custody-verify entry-2.tlog-proof --key '${key}'`);
    expect(await stopServer()).toBe(0);

    expect(custody('assets').stdout).toContain('dataset:lake:raw');
    expect(custody('trace', 'raw', '--down').stdout).toContain('staged_v2');
    expect(custody('log', 'check').status).toBe(0);
    writeFileSync(`${data}/good`, proof.stdout);
    const bytes = readFileSync(`${data}/good`);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(`${data}/bad`, bytes);
    const verify = (file: string) => spawnSync(process.execPath, [VERIFY, file, '--key', key], { encoding: 'utf8' });
    expect(verify(`${data}/good`)).toMatchObject({ status: 0, stdout: expect.stringContaining('PASS') });
    expect(verify(`${data}/bad`)).toMatchObject({ status: 1, stdout: expect.stringContaining('FAIL') });
    expect(custody('signin').status).toBe(3);
  });

  test('it starts again with its data, also after a kill', async () => {
    await startServer();
    await stopServer('SIGKILL');
    expect(custody('assets').stdout).toContain('dataset:lake:raw');
    await startServer();
    expect(custody('assets').stdout).toContain('dataset:lake:raw');
    expect(await stopServer('SIGTERM')).toBe(0);
  });

  test('a folder without data is told as such', () => {
    const { status, stderr } = spawnSync(process.execPath, [CLI, 'assets', '--data', '/tmp/no-such-custody'], {
      encoding: 'utf8',
    });
    expect(status).toBe(3);
    expect(stderr).toContain('custody start');
  });
});
