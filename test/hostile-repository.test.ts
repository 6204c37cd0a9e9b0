/**
 * `custody check` on repositories that are made to hurt: nothing of them is run, nothing outside is read, no report steers a
 * terminal, and what could not be read is named. Runs the built program.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const CLI = fileURLToPath(new URL('../packages/custody/bin/custody.js', import.meta.url));
const folder = mkdtempSync(`${tmpdir()}/custody-hostile-`);
const marker = join(folder, 'it-was-run');
/** Made here, so that no file of this project holds a key. */
const KEY = ['AKIA', 'Q3EGRVIZ7WDLNCXM'].join('');
afterAll(() => rmSync(folder, { recursive: true }));

interface Answer {
  readonly findings: readonly { readonly rule: string; readonly file: string; readonly line: number }[];
  readonly left: readonly { readonly path: string; readonly reason: string }[];
  readonly settings: { readonly off: readonly object[]; readonly exclude: readonly string[] };
}
const check = (repository: string, ...args: string[]) =>
  spawnSync(process.execPath, [CLI, 'check', join(folder, repository), ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 120_000,
  });
const answer = (repository: string, ...args: string[]): Answer => {
  const { stdout, stderr } = check(repository, '--format', 'json', ...args);
  expect(stdout, stderr).toMatch(/^\{/);
  return JSON.parse(stdout) as Answer;
};
const places = ({ findings }: Answer) => findings.map(({ rule, file, line }) => `${rule} ${file}:${line}`);
const reasons = ({ left }: Answer) => Object.fromEntries(left.map(({ path, reason }) => [path, reason]));
const write = (repository: string, path: string, text: string | Buffer) => {
  const at = join(folder, repository, path);
  mkdirSync(dirname(at), { recursive: true });
  writeFileSync(at, text);
};
const secret = `K = "${KEY}"\n`;
const notebook = (...cells: object[]) =>
  JSON.stringify({ cells, metadata: { kernelspec: { language: 'python' } }, nbformat: 4, nbformat_minor: 5 });
const cell = (source: string, ...outputs: object[]) => ({ cell_type: 'code', execution_count: 1, source, outputs });

describe('what lies in the tree', () => {
  test('links, loops, pipes, sockets, folders without end and files without end are named, not followed', async () => {
    writeFileSync(join(folder, 'outside.py'), secret);
    write('tree', 'inside.py', secret);
    const at = (path: string) => join(folder, 'tree', path);
    symlinkSync(join(folder, 'outside.py'), at('out.py'));
    symlinkSync('/dev/zero', at('zero.py'));
    symlinkSync(at('.'), at('loop'));
    symlinkSync('nowhere', at('nowhere.py'));
    expect(spawnSync('mkfifo', [at('pipe.py')]).status).toBe(0);
    const server = createServer().listen(at('socket.py'));
    await new Promise((resolve) => server.once('listening', resolve));
    mkdirSync(at(Array.from({ length: 200 }, () => 'd').join('/')), { recursive: true });
    write('tree', 'sparse.py', '');
    truncateSync(at('sparse.py'), 1_000_000_000);
    const found = answer('tree');
    await new Promise((resolve) => server.close(resolve));
    expect(places(found)).toEqual(['SEC-001 inside.py:1']);
    const told = reasons(found);
    expect(told).toMatchObject({
      'out.py': 'a link that leads out of the repository',
      'zero.py': 'a link that leads out of the repository',
      'nowhere.py': 'a link to nothing',
      'pipe.py': 'neither a file nor a folder',
      'sparse.py': 'larger than 5 MB',
      [Array.from({ length: 65 }, () => 'd').join('/')]: 'more than 64 folders deep',
    });
  });

  test('settings that are a pipe or a link are refused, not waited for', () => {
    write('piped', 'a.py', 'A = 1\n');
    expect(spawnSync('mkfifo', [join(folder, 'piped', 'custody.check.yaml')]).status).toBe(0);
    expect(check('piped')).toMatchObject({ status: 2, stderr: expect.stringContaining('neither a file nor a folder') });
    rmSync(join(folder, 'piped', 'custody.check.yaml'));
    symlinkSync('/etc/passwd', join(folder, 'piped', 'custody.check.yaml'));
    const linked = check('piped');
    expect(linked).toMatchObject({ status: 2, stderr: expect.stringContaining('a link') });
    expect(linked.stderr).not.toContain('root:');
  });

  test('a file that grows and one that goes while it is read', async () => {
    for (let i = 0; i < 300; i++) write('moving', `f${i}.py`, 'A = 1\n'.repeat(2_000));
    write('moving', 'z.py', secret);
    const running = spawn(process.execPath, [CLI, 'check', join(folder, 'moving'), '--format', 'json']);
    let out = '';
    running.stdout.on('data', (chunk) => (out += String(chunk)));
    const ended = new Promise((resolve) => running.on('close', resolve));
    for (let i = 0; running.exitCode === null && i < 400; i++) {
      appendFileSync(join(folder, 'moving', `f${i % 300}.py`), 'B = 2\n');
      rmSync(join(folder, 'moving', `f${299 - (i % 200)}.py`), { force: true });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await ended).toBe(1);
    expect(places(JSON.parse(out) as Answer)).toContain('SEC-001 z.py:1');
  });
});

describe('what is in files', () => {
  test('other encodings, and bytes that would hide a text, hide no secret', () => {
    write('bytes', 'latin1.py', Buffer.from(`# caf\xe9\n${secret}`, 'latin1'));
    write('bytes', 'utf8-mark.py', `\ufeff# x\n${secret}`);
    write('bytes', 'utf16le.py', Buffer.from(`\ufeff# x\n${secret}`, 'utf16le'));
    write('bytes', 'utf16be.py', Buffer.from(`\ufeff# x\n${secret}`, 'utf16le').swap16());
    write('bytes', 'unmarked.py', Buffer.from(`# x\n${secret}`, 'utf16le'));
    write('bytes', 'nul.py', `# \0\n${secret}`);
    write('bytes', 'cut.py', Buffer.concat([Buffer.from(`# x\n${secret}`), Buffer.from([0xe2, 0x82])]));
    write('bytes', 'binary.bin', Buffer.from(Array.from({ length: 3_000 }, (_, i) => (i * 7) % 256)));
    expect(places(answer('bytes'))).toEqual(
      ['cut', 'latin1', 'nul', 'unmarked', 'utf16be', 'utf16le', 'utf8-mark'].map((name) => `SEC-001 ${name}.py:2`),
    );
  });

  test('texts that nest, repeat and unfold without end', () => {
    const workflow = '.github/workflows';
    const deep = (open: string, close: string, n = 1_000_000) => open.repeat(n) + close.repeat(n);
    write('bombs', 'deep.json', deep('[', ']'));
    write('bombs', 'deep/package-lock.json', `{"packages":${deep('{"a":', '}', 300_000).replace('}', '1}')}}`);
    write('bombs', 'deep.ipynb', deep('[', ']'));
    write(
      'bombs',
      'deep-output.ipynb',
      `{"cells":[{"cell_type":"code","source":"x","outputs":[{"data":{"application/json":${deep('[', ']', 500_000)}}}]}]}`,
    );
    write('bombs', `flow/${workflow}/a.yml`, deep('[', ']', 400_000));
    write('bombs', `block/${workflow}/a.yml`, '- '.repeat(400_000));
    write('bombs', `explicit/${workflow}/a.yml`, '? '.repeat(400_000));
    write(
      'bombs',
      `nested/${workflow}/a.yml`,
      Array.from({ length: 1_300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    );
    const laughs = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`);
    write('bombs', `laughs/${workflow}/a.yml`, `a0: &a0 lol\n${laughs.join('\n')}\non: push\njobs: *a30\n`);
    write(
      'bombs',
      'output.ipynb',
      notebook(cell('x', { output_type: 'display_data', data: { 'image/png': 'A'.repeat(4_500_000) } })),
    );
    write(
      'bombs',
      'html.ipynb',
      notebook(cell('x', { output_type: 'display_data', data: { 'text/html': '<'.repeat(4_000_000) } })),
    );
    write('bombs', 'spaces/requirements.txt', `a${' '.repeat(4_000_000)}!\n`);
    write('bombs', 'continued/requirements.txt', 'a\\\n'.repeat(1_500_000));
    write('bombs', 'Dockerfile', `ARG A=${'x'.repeat(100_000)}\nFROM ${'${A}'.repeat(100_000)}\n`);
    write('bombs', 'newlines.py', `# airflow dag\n${'\n'.repeat(4_000_000)}`);
    write('bombs', 'line.py', `x = ${'spark.read.'.repeat(450_000)}\n`);
    write('bombs', 'line.ipynb', notebook(cell(`x = ${'spark.read.write.'.repeat(250_000)}`)));
    write('bombs', 'secret.yaml', `kind: Secret\ndata:\n  a:${' '.repeat(4_000_000)}!\n`);
    write(
      'bombs',
      `script/${workflow}/a.yml`,
      `on: push\njobs:\n  a:\n    steps:\n      - run: "\${{${' '.repeat(900_000)}"\n`,
    );
    write('bombs', 'z.py', secret);
    const found = answer('bombs');
    expect(places(found)).toContain('SEC-001 z.py:1');
    const unread = found.findings.filter(({ rule }) => rule === 'WF-008').map(({ file }) => file.split('/')[0]);
    expect(unread).toEqual(expect.arrayContaining(['block', 'explicit', 'flow', 'nested']));
  });

  test('settings that unfold or nest without end are refused', () => {
    write('settings', 'a.py', 'A = 1\n');
    for (const bomb of [
      `a0: &a0 [x,x]\n${Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`).join('\n')}\n`,
      '['.repeat(1_000_000),
      '- '.repeat(500_000),
    ]) {
      write('settings', 'custody.check.yaml', bomb);
      expect(check('settings')).toMatchObject({ status: 2, stderr: expect.stringContaining('custody.check.yaml') });
    }
  });
});

describe('names', () => {
  const names = [
    'new\nline.py',
    'clear\u001b[2J\u001b[1;31m.py',
    'turned\u202eyp.exe.py',
    'a`|<b>[x](http:).py',
    'quote\'".py',
    'back\\x41.py',
  ];
  beforeAll(() => {
    for (const name of names) write('names', name, secret);
    mkdirSync(join(folder, 'names'), { recursive: true });
    for (const byte of [0xfe, 0xff])
      writeFileSync(
        Buffer.concat([Buffer.from(join(folder, 'names', 'bytes')), Buffer.from([byte]), Buffer.from('.py')]),
        secret,
      );
  });

  test('each file is read, and has a name of its own that is plain text', () => {
    const files = answer('names').findings.map(({ file }) => file);
    expect(files.sort()).toEqual(
      [
        'new\\x0aline.py',
        'clear\\x1b[2J\\x1b[1;31m.py',
        'turned\\xe2\\x80\\xaeyp.exe.py',
        'a`|<b>[x](http:).py',
        'quote\'".py',
        'back\\x5cx41.py',
        'bytes\\xfe.py',
        'bytes\\xff.py',
      ].sort(),
    );
  });

  test('no report holds what steers a terminal or turns a line around', () => {
    for (const format of ['table', 'json', 'sarif', 'junit', 'markdown']) {
      const { stdout, stderr } = check('names', '--format', format);
      expect(stdout + stderr, format).not.toMatch(/(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
    }
  });
});

describe('a git repository that wants to be run', () => {
  const git = (...args: string[]) => {
    const done = spawnSync(
      'git',
      ['-C', join(folder, 'git'), '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args],
      { encoding: 'utf8' },
    );
    expect(done.status, done.stderr).toBe(0);
    return done.stdout.trim();
  };
  beforeAll(() => {
    mkdirSync(join(folder, 'git'), { recursive: true });
    git('init', '-q', '-b', 'main');
    write('git', 'first.py', secret);
    write('git', '.gitattributes', '*.py diff=evil filter=evil\n*.bin binary\nhidden.py -diff\n');
    write('git', 'hidden.py', secret);
    git('add', '-A');
    git('commit', '-q', '-m', 'first');
    for (const name of ['first.py', 'hidden.py']) write('git', name, 'A = 1\n');
    git('commit', '-q', '-a', '-m', 'second');
    // What only a merge adds.
    git('checkout', '-q', '-b', 'side');
    write('git', 'merged.py', 'A = 1\n');
    git('add', '-A');
    git('commit', '-q', '-m', 'side');
    git('checkout', '-q', 'main');
    write('git', 'other.py', 'A = 1\n');
    git('add', '-A');
    git('commit', '-q', '-m', 'other');
    git('merge', '-q', '--no-ff', '--no-commit', 'side');
    write('git', 'merged.py', `A = 1\n${secret}`);
    git('add', '-A');
    git('commit', '-q', '-m', 'merge');
    write('git', 'merged.py', 'A = 1\n');
    git('commit', '-q', '-a', '-m', 'withdrawn');
    const run = `#!/bin/sh\ntouch '${marker}'\nexit 1\n`;
    const script = join(folder, 'run.sh');
    writeFileSync(script, run);
    chmodSync(script, 0o755);
    for (const [name, value] of Object.entries({
      'core.fsmonitor': script,
      'core.hooksPath': join(folder, 'git'),
      'core.sshCommand': script,
      'core.pager': script,
      'core.askPass': script,
      'core.editor': script,
      'core.gitProxy': script,
      'pager.log': script,
      'diff.external': script,
      'diff.evil.command': script,
      'diff.evil.textconv': script,
      'filter.evil.clean': script,
      'filter.evil.smudge': script,
      'filter.evil.process': script,
      'gpg.program': script,
      'gpg.ssh.program': script,
      'log.showSignature': 'true',
      'credential.helper': `!${script}`,
      'protocol.ext.allow': 'always',
      'protocol.allow': 'always',
      'remote.origin.url': `ext::${script}`,
      'remote.origin.uploadpack': script,
      'remote.origin.promisor': 'true',
      'remote.origin.partialclonefilter': 'blob:none',
      'core.repositoryformatversion': '1',
      'extensions.partialClone': 'origin',
      'log.showRoot': 'false',
      'diff.noprefix': 'true',
      'diff.orderFile': script,
      'alias.log': `!${script}`,
      'alias.rev-parse': `!${script}`,
    }))
      git('config', name, value);
    for (const hook of ['post-index-change', 'reference-transaction', 'pre-commit']) {
      writeFileSync(join(folder, 'git', '.git', 'hooks', hook), run);
      chmodSync(join(folder, 'git', '.git', 'hooks', hook), 0o755);
    }
    rmSync(marker, { force: true });
  });

  test('its history is read to the root, hidden files and merges too, and nothing of it is run', () => {
    const found = answer('git', '--history');
    const files = found.findings
      .filter(({ rule }) => rule === 'SEC-001')
      .map(({ file, line }) => `${file.replace(/@.*/, '')}:${line}`);
    expect(files.sort()).toEqual(['first.py:1', 'hidden.py:1', 'merged.py:2']);
    expect(existsSync(marker)).toBe(false);
  });

  test('an object that is missing is not fetched', () => {
    const blob = git('rev-parse', 'HEAD:other.py');
    rmSync(join(folder, 'git', '.git', 'objects', blob.slice(0, 2), blob.slice(2)));
    expect(check('git', '--history')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('history cannot be read'),
    });
    expect(existsSync(marker)).toBe(false);
  });

  test('its name and commit are asked for without running anything', () => {
    // No server is there: what is asked of git comes before.
    const { stderr } = check('git', '--record', '--url', 'http://127.0.0.1:9');
    expect(stderr).not.toBe('');
    expect(existsSync(marker)).toBe(false);
  });
});

test('what the settings of a repository keep from refusing is in the report', () => {
  write('own', 'a.py', secret);
  write('own', 'custody.check.yaml', 'off: { SEC-001: we like it }\nexclude: ["vendor/**"]\nfail_on: critical\n');
  const table = check('own');
  expect(table.status).toBe(0);
  for (const { stdout } of [
    table,
    check('own', '--format', 'markdown'),
    check('own', '--format', 'sarif'),
    check('own', '--format', 'junit'),
  ]) {
    expect(stdout).toMatch(/SEC.{0,3}001 is switched off: we like it/);
    expect(stdout).toMatch(/Not looked at: vendor/);
    expect(stdout).toMatch(/less severe than critical/);
  }
  expect(answer('own').settings).toEqual({
    off: [{ rule: 'SEC-001', reason: 'we like it' }],
    exclude: ['vendor/**'],
    fail_on: 'critical',
  });
});

test('rules of a repository that run on, ask the network or are no rules end the check with their name', () => {
  write('rules', 'a.py', 'A = 1\n');
  const rule = (body: string) =>
    `# METADATA\n# title: A rule of theirs\n# description: It hurts.\n# custom: { id: X-1, severity: low, fix: Leave it. }\npackage custody.check.secrets.theirs\n\n${body}\n`;
  const endless =
    'findings contains {"line": 1, "message": "x"} if {\n\tsome a in numbers.range(1, 100000)\n\tsome b in numbers.range(1, 100000)\n\ta + b == 0\n}';
  const network = `findings contains {"line": 1, "message": http.send({"method": "get", "url": "http://127.0.0.1:9"}).status}`;
  for (const [name, text, said] of [
    ['endless', rule(endless), /steps|limit/],
    ['network', rule(network), /http\.send/],
    ['broken', 'package x\n{{{', /broken\.rego/],
  ] as const) {
    write(`rules-${name}`, `${name}.rego`, text);
    const { status, stderr } = check('rules', '--rules', join(folder, `rules-${name}`));
    expect(status, stderr).toBe(2);
    expect(stderr).toMatch(said);
  }
});
