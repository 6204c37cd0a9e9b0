/** Hostile files of every small parser: nothing throws, nothing takes long, and every line that is told is one of the file. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dockerfileIn } from './dockerfile.ts';
import { HistoryReader } from './history.ts';
import { notebookIn } from './notebook.ts';
import { factsOf, importedBy } from './read.ts';
import { packageLockIn, requirementsIn } from './requirements.ts';
import { secretsIn } from './secrets.ts';
import { workflowIn } from './workflow.ts';
import { yamlDocument } from './yaml-document.ts';

const PARSERS: Readonly<Record<string, (text: string) => unknown>> = {
  workflow: (text) => workflowIn('.github/workflows/a.yml', text),
  dockerfile: (text) => dockerfileIn('Dockerfile', text),
  requirements: (text) => requirementsIn('requirements.txt', text),
  'package-lock': (text) => packageLockIn('package-lock.json', text),
  notebook: (text) => notebookIn('a.ipynb', text),
  secrets: (text) => secretsIn('a.py', text),
  history: (text) => historyOf(text),
  imports: (text) => [...importedBy('a.py', `airflow dag\n${text}`, new Set(['a.py', 'b.py']))],
};

function historyOf(log: string): object[] {
  const found: object[] = [];
  const reader = new HistoryReader(
    (facts) => found.push(facts),
    () => {},
  );
  // In chunks that end anywhere.
  for (let at = 0; at < log.length; at += 7) reader.push(log.slice(at, at + 7));
  reader.end();
  return found;
}

/** Every `line` in facts, however deep. */
function linesIn(facts: unknown): number[] {
  if (typeof facts !== 'object' || facts === null) return [];
  return Object.entries(facts).flatMap(([name, value]) => (name === 'line' ? [value as number] : linesIn(value)));
}

const PIECES =
  'on: push\n|jobs:\n|  a:\n|    steps:\n|      - uses: a/b@v1\n|      - run: |\n|        echo ${{ x }}\n|permissions: {|}|[|]|: |- |? |*a |&a |!!x |"|\'|#|\n|\r\n|\t|FROM |ARG A=|RUN |<<EOF\n|EOF\n|\\\n|${A}|${A:-b}|--hash=sha256:a|==1|; |@ |git+https://|-e |-i |{"cells":[|{"cell_type":"code","source":|"outputs":[|]}|]}|,|{"packages":{|"node_modules/a":{|}}|!pip |%%bash\n|commit aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n|diff --git a/x b/x\n|+++ b/x\n|@@ -0,0 +1 @@\n|@@@ -1 -1 +1 @@@\n|+K = |++K = |- |\0|\ud800|é|-----BEGIN PRIVATE KEY-----|token = "'.split(
    '|',
  );
const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((all) => all.join(''));
const any = fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 300 }), fc.json());

for (const [name, parse] of Object.entries(PARSERS))
  test(`${name}: any text`, async () => {
    await fc.assert(
      fc.asyncProperty(any, async (text) => {
        const lines = linesIn(await parse(text));
        // A history's lines are those of the files that it tells of.
        const most = name === 'history' ? Number.MAX_SAFE_INTEGER : text.split('\n').length;
        for (const line of lines) {
          expect(Number.isInteger(line)).toBe(true);
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(most);
        }
      }),
      { numRuns: 400 },
    );
  });

const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('code', 'x = 1\n', ['a\n', 'b'], 'python', 7, null, {}, []),
);
const cells = fc.array(
  fc.dictionary(
    fc.constantFrom(
      'cell_type',
      'source',
      'input',
      'outputs',
      'execution_count',
      'prompt_number',
      'language',
      'metadata',
    ),
    fc.oneof(
      value,
      fc.array(fc.dictionary(fc.constantFrom('text', 'data', 'output_type', 'traceback', 'text/plain'), value), {
        maxLength: 3,
      }),
    ),
  ),
  { maxLength: 5 },
);
test('notebooks whose members are anything', async () => {
  await fc.assert(
    fc.asyncProperty(cells, value, fc.boolean(), async (all, metadata, isOld) => {
      const notebook = isOld ? { worksheets: [{ cells: all }], metadata } : { cells: all, metadata };
      const text = JSON.stringify(notebook, null, 1);
      for (const facts of await factsOf('a.ipynb', text))
        for (const line of linesIn(facts)) expect(line).toBeLessThanOrEqual(text.split('\n').length);
    }),
    { numRuns: 300 },
  );
});

const CODE =
  'import pandas as pd\n|df = |pd.read_csv(|"s3://a/b.csv"|)|.merge(|df|.to_csv("c")|\n|for x in |[1, 2]|:\n    |if |else:\n    |def f(a, *b, **c):\n    |return |f(|lambda r: |{x: |}|["k"] = |%%sql\n|%sql select * from t\n|!ls\n|with open("a", "w") as f:\n    |spark.read|.load(|.write|.save(|spark.sql("|select * from {t}|")|f"{|class A:\n    |self.x|del |global x\n|"""|(|['.split(
    '|',
  );
test('lineage of cells whose code is anything', async () => {
  const cell = fc.array(fc.constantFrom(...CODE), { maxLength: 25 }).map((all) => all.join(''));
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { maxLength: 4 }), async (sources) => {
      const cells = sources.map((source, i) => ({ cell_type: 'code', execution_count: 9 - i, source, outputs: [] }));
      const text = JSON.stringify({ cells, metadata: {} }, null, 1);
      const facts = await notebookIn('a.ipynb', text);
      for (const line of linesIn(facts)) expect(line).toBeLessThanOrEqual(text.split('\n').length);
      const places = new Set([...facts.reads, ...facts.writes].map(({ place }) => place));
      for (const { from, to } of facts.flows) expect([places.has(from), places.has(to)]).toEqual([true, true]);
    }),
    { numRuns: 300 },
  );
});

test('cells that hold and call each other without end are followed for a bounded time', async () => {
  const nested = Array.from({ length: 12 }, (_, i) => `a${i + 1} = [${`a${i}, `.repeat(150)}]`).join('\n');
  const hostile = [
    `a0 = pd.read_csv("a")\n${nested}\na12.to_csv("b")`,
    'def f(x):\n    f(x)\n    f(x)\n    return f(f(x))\nf(f)',
    'for a in range(500):\n  for b in range(500):\n    for c in range(500):\n      pd.read_csv(f"{a}{b}{c}")',
    'x = [x for a in range(900) for b in range(900) for c in range(900)]',
    `x = ${'f('.repeat(5_000)}${')'.repeat(5_000)}`,
    `x${'.a'.repeat(20_000)}`,
    `spark.sql("select {${' '.repeat(90_000)}")`,
    `d = {}\n${'d["a"] = d\n'.repeat(3_000)}d.to_csv("d")`,
  ];
  for (const source of hostile) {
    const { unread } = await notebookIn('a.ipynb', JSON.stringify({ cells: [{ cell_type: 'code', source }] }));
    expect(unread).toBeNull();
  }
}, 120_000);

test('what is repeated takes time that grows with it', async () => {
  const paths = [
    'a.py',
    '.github/workflows/a.yml',
    'Dockerfile',
    'requirements.txt',
    'package-lock.json',
    'a.ipynb',
    'a.yaml',
  ];
  const repeated = [
    'a\\\n',
    '\\\n',
    '${{ ',
    'FROM ${A}',
    '\n',
    ' ',
    'spark.read.',
    '&a ',
    '"',
    '[',
    '{',
    '- ',
    '1-',
    '<',
    'a: ',
    'curl ',
    'eyJ',
  ];
  for (const path of paths)
    for (const piece of repeated) {
      const text = piece.repeat(100_000 / piece.length);
      const notebook = JSON.stringify({ cells: [{ cell_type: 'code', source: text, outputs: [{ text }] }] });
      // Quadratic, each would take minutes, and the test's own time ends it.
      await factsOf(path, path === 'a.ipynb' ? notebook : text);
      importedBy('a.py', `airflow dag\n${text}`, new Set());
    }
}, 240_000);

test('YAML that nests too deep is not composed', () => {
  for (const text of ['['.repeat(500), '- '.repeat(500), '? '.repeat(500), '{a: '.repeat(500)])
    expect(yamlDocument(text)).toMatchObject({ unread: expect.stringContaining('deep') });
  expect(yamlDocument(`${'['.repeat(50)}${']'.repeat(50)}`)).toHaveProperty('document');
});

test('the lines that a history tells are those of its files, in merges too', () => {
  const key = ['AKIA', 'Q3EGRVIZ7WDLNCXM'].join('');
  const log = `commit ${'a'.repeat(40)}
diff --git a/x.py b/x.py
--- /dev/null
+++ b/x.py
@@ -0,0 +7,2 @@
+A = 1
++++ b/decoy.py
@@ -9,0 +20 @@
+K = "${key}"
commit ${'b'.repeat(40)}
diff --combined y.py
--- a/y.py
+++ b/y.py
@@@ -1,2 -1,2 +1,4 @@@
  A = 1
- B = 2
 -B = 3
++K = "${key}"
+ C = 3
`;
  expect(historyOf(log)).toMatchObject([
    { path: `x.py@${'a'.repeat(12)}`, secrets: [{ line: 20 }] },
    { path: `y.py@${'b'.repeat(12)}`, secrets: [{ line: 2 }] },
  ]);
});
