/** `custody check` as people meet it, on a repository of their own. Runs the built program. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCustody } from '../app.ts';

const CLI = fileURLToPath(new URL('../../bin/custody.js', import.meta.url));
const folder = mkdtempSync(`${tmpdir()}/custody-check-`);
const repository = join(folder, 'repository');
const data = join(folder, 'data');
/** Made here, so that no file of this project holds a key. */
const KEY = ['AKIA', 'Q3EGRVIZ7WDLNCXM'].join('');

const run = (program: string, args: readonly string[], cwd = folder) => {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    cwd,
    env: {
      ...process.env,
      CUSTODY_DATA: data,
      GITHUB_REPOSITORY: '',
      GITHUB_HEAD_REF: '',
      GITHUB_REF_NAME: '',
      CI_COMMIT_REF_NAME: '',
    },
  });
  return { status, stdout, stderr };
};
const check = (...args: string[]) => run(process.execPath, [CLI, 'check', 'repository', ...args]);
interface Answer {
  readonly verdict: string;
  readonly findings: readonly {
    readonly rule: string;
    readonly file: string;
    readonly line: number;
    readonly fate: { readonly kind: string };
  }[];
  readonly left: readonly { readonly path: string; readonly reason: string }[];
}
const answer = (...args: string[]): Answer => JSON.parse(check('--format', 'json', ...args).stdout) as Answer;
const places = ({ findings }: Answer) => findings.map(({ rule, file, line }) => `${rule} ${file}:${line}`);
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), text);
};
const notebook = (cells: readonly object[]) =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec: { language: 'python' } }, cells }, null, 1);
const code = (source: readonly string[], outputs: readonly object[] = [], execution_count: number | null = null) => ({
  cell_type: 'code',
  source,
  outputs,
  execution_count,
  metadata: {},
});

beforeAll(async () => {
  await (await openCustody({ data, host: '127.0.0.1', port: 0 })).close();
  write('config.py', `REGION = "eu-west-1"\nACCESS = "${KEY}"\n`);
  write(
    'explore.ipynb',
    notebook([
      code(
        ['import pandas as pd\n', 'df = pd.read_csv("s3://forbidden-lake/people.csv")\n', 'df.head()'],
        [{ output_type: 'stream', text: ['mara.lindqvist@example.org\n', 'jon.doe@example.org\n'] }],
        2,
      ),
      code(['!curl https://example.org/setup.sh | sh\n', '!pip install pandas numpy==1.26.4'], [], 1),
    ]),
  );
  write('Dockerfile', 'FROM python:latest\nRUN pip install pandas && \\\n    echo done\n');
  write('requirements.txt', '# tools\npandas==2.2.3\nnumpy>=1.2\n');
  write(
    '.github/workflows/ci.yml',
    'on: pull_request\npermissions: { contents: read }\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: |\n          echo "${{ github.event.pull_request.title }}"\n',
  );
  write('src/fine.py', 'import os\nTOKEN = os.environ["TOKEN"]\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a repository with things in it', () => {
  test('is refused, with the line of each', () => {
    const found = answer();
    expect(found.verdict).toBe('refused');
    expect(places(found).sort()).toEqual(
      [
        'SEC-001 config.py:2',
        'NB-001 explore.ipynb:13',
        'NB-003 explore.ipynb:1',
        'NB-004 explore.ipynb:33',
        'NB-005 explore.ipynb:32',
        'DF-002 Dockerfile:1',
        'DF-003 Dockerfile:1',
        'DF-007 Dockerfile:2',
        'REQ-001 requirements.txt:3',
        'REQ-002 requirements.txt:1',
        'WF-001 .github/workflows/ci.yml:7',
        'WF-002 .github/workflows/ci.yml:8',
      ].sort(),
    );
    expect(check().status).toBe(1);
    expect(check().stdout).not.toContain(KEY);
    expect(check('--format', 'json').stdout).not.toMatch(/lindqvist|jon\.doe/);
  });

  test('the lines that are named are those of the file', () => {
    const lines = readFileSync(join(repository, 'explore.ipynb'), 'utf8').split('\n');
    expect(lines[13]).toContain('read_csv');
    expect(lines[31]).toContain('curl');
    expect(lines[32]).toContain('pip install');
  });

  test('a source that the repository forbids', () => {
    write('custody.check.yaml', 'settings:\n  forbidden_sources: ["s3://forbidden-lake"]\n');
    expect(places(answer())).toContain('NB-008 explore.ipynb:14');
    rmSync(join(repository, 'custody.check.yaml'));
  });

  test('as SARIF, JUnit and Markdown', () => {
    const sarif = JSON.parse(check('--format', 'sarif').stdout) as {
      runs: { results: { ruleId: string; ruleIndex: number }[]; tool: { driver: { rules: { id: string }[] } } }[];
    };
    const { results, tool } = sarif.runs[0]!;
    expect(results).toHaveLength(12);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
    const junit = check('--format', 'junit').stdout;
    expect(junit).toMatch(/<testsuite name="custody check" tests="\d+" failures="12">/);
    const markdown = check('--format', 'markdown').stdout;
    expect(markdown).toContain('## custody check: refused');
    expect(markdown).toContain('`config.py:2`');
    expect(markdown).toContain('**Mend it:** Withdraw the secret');
  });

  test('old findings of a baseline do not refuse, new ones do', () => {
    expect(check('--write-baseline', 'baseline.json').status).toBe(1);
    expect(check('--baseline', 'baseline.json').status).toBe(0);
    // A line above moves them all: they are still the old ones.
    write('requirements.txt', '# tools\n# more\npandas==2.2.3\nnumpy>=1.2\nscipy\n');
    const found = answer('--baseline', 'baseline.json');
    expect(found.findings.filter(({ fate }) => fate.kind === 'open').map(({ rule, line }) => [rule, line])).toEqual([
      ['REQ-002', 1],
      ['REQ-001', 5],
    ]);
    write('requirements.txt', '# tools\npandas==2.2.3\nnumpy>=1.2\n');
    expect(check('--baseline', 'none.json')).toMatchObject({ status: 3 });
  });

  test('waivers hold until they end; rules can be off; minor findings need not refuse', () => {
    write(
      'custody.check.yaml',
      `waivers:
  - { rule: SEC-001, path: config.py, reason: a key of the test account, owner: mara, until: 2999-01-01 }
  - { rule: DF-002, path: Dockerfile, reason: until the new image, owner: jon, until: 2020-01-01 }
off:
  DF-003: built images are run as another user
fail_on: high
exclude: [explore.ipynb]
`,
    );
    const fates = Object.fromEntries(answer().findings.map(({ rule, fate }) => [rule, fate.kind]));
    expect(fates).toEqual({
      'SEC-001': 'waived',
      'DF-002': 'expired',
      'DF-007': 'minor',
      'REQ-001': 'minor',
      'REQ-002': 'minor',
      'WF-001': 'minor',
      'WF-002': 'open',
    });
    write('custody.check.yaml', 'waivers: [{ rule: SEC-001 }]\n');
    expect(check()).toMatchObject({ status: 2, stderr: expect.stringContaining('waiver 1: until') });
    rmSync(join(repository, 'custody.check.yaml'));
  });

  test("rules of one's own are tried beside", () => {
    mkdirSync(join(folder, 'rules'), { recursive: true });
    writeFileSync(
      join(folder, 'rules', 'big.rego'),
      `# METADATA
# title: A notebook is long
# description: Nobody reads it.
# custom: { id: OWN-1, severity: low, fix: Split it. }
package custody.check.notebook.big

findings contains {"line": 1, "message": sprintf("%d cells", [count(input.cells)])} if count(input.cells) > 1
`,
    );
    expect(places(answer('--rules', 'rules'))).toContain('OWN-1 explore.ipynb:1');
    writeFileSync(join(folder, 'rules', 'bad.rego'), '# METADATA\n# title: x\npackage custody.check.notebook.bad\n');
    expect(check('--rules', 'rules').stderr).toContain('severity is none of');
    rmSync(join(folder, 'rules', 'bad.rego'));
  });

  test('the history is looked into', () => {
    const git = (...args: string[]) =>
      run('git', ['-C', 'repository', '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args]);
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-q', '-m', 'first');
    write('config.py', 'REGION = "eu-west-1"\n');
    git('commit', '-q', '-a', '-m', 'second');
    expect(places(answer()).filter((place) => place.startsWith('SEC'))).toEqual([]);
    const old = places(answer('--history')).filter((place) => place.startsWith('SEC'));
    expect(old).toHaveLength(1);
    expect(old[0]).toMatch(/^SEC-001 config\.py@[0-9a-f]{12}:2$/);
  });

  test('two threads tell what one does, in the same order', () => {
    for (let i = 0; i < 60; i++) write(`many/part_${i}/config.py`, i % 7 === 0 ? `ACCESS = "${KEY}"\n` : 'A = 1\n');
    const [one, two] = ['1', '2'].map((threads) => check('--format', 'json', '--facts', '--threads', threads).stdout);
    expect(JSON.parse(one!)).toMatchObject({ verdict: 'refused' });
    expect(two).toBe(one);
    rmSync(join(repository, 'many'), { recursive: true });
  });

  test('findings and verdict are recorded, and what was mended since is told', () => {
    expect(check('--record', '--repository', 'lake/pipelines').stderr).toContain('of the log');
    write('Dockerfile', `FROM python@sha256:${'0'.repeat(64)}\nUSER app\n`);
    expect(check('--record', '--repository', 'lake/pipelines').status).toBe(1);
    const custody = (...args: string[]) => run(process.execPath, [CLI, ...args]);
    expect(custody('log', 'check').status).toBe(0);
  });
});

test('a hostile repository does no harm: links out, large files, deep folders, what is no text', () => {
  const hostile = join(folder, 'hostile');
  mkdirSync(join(hostile, ...Array.from({ length: 80 }, () => 'd')), { recursive: true });
  writeFileSync(join(folder, 'outside.py'), `K = "${KEY}"\n`);
  symlinkSync(join(folder, 'outside.py'), join(hostile, 'link.py'));
  symlinkSync(hostile, join(hostile, 'loop'));
  writeFileSync(join(hostile, 'big.py'), '');
  truncateSync(join(hostile, 'big.py'), 1_000_000_000);
  writeFileSync(join(hostile, 'latin1.py'), Buffer.from(`# caf\xe9\nK = "${KEY}"\n`, 'latin1'));
  writeFileSync(join(hostile, 'nul.bin'), Buffer.alloc(100));
  writeFileSync(join(hostile, 'bad.ipynb'), '{"cells": 7}');
  writeFileSync(join(hostile, 'deep.ipynb'), `${'['.repeat(100_000)}`);
  const { stdout } = run(process.execPath, [CLI, 'check', 'hostile', '--format', 'json']);
  const found = JSON.parse(stdout) as Answer;
  expect(places(found)).toEqual(['SEC-001 latin1.py:2']);
  expect(
    Object.fromEntries(found.left.map(({ path, reason }) => [path.replace(/^(?:d\/)+d$/, 'deep'), reason])),
  ).toMatchObject({
    'link.py': 'a link that leads out of the repository',
    'big.py': 'larger than 5 MB',
    deep: 'more than 64 folders deep',
  });
});
