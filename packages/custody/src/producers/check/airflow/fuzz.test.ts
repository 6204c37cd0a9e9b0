/** Hostile files: nothing throws, nothing takes long, and what was not read is said. */
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { airflowIn } from './index.ts';

const FOLDER = new URL('../../../../../../testdata/dags/', import.meta.url);
const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.py'))
  .map((name) => readFileSync(new URL(name, FOLDER), 'utf8'));
const read = async (text: string) => {
  const facts = await airflowIn('f.py', text);
  expect(facts.kind).toBe('airflow');
  return facts;
};

test('any bytes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 400 }),
      async (bytes) => void (await read(Buffer.from(bytes).toString('latin1'))),
    ),
    { numRuns: 150 },
  );
});

test('pieces of Python in any order', async () => {
  const pieces =
    'with DAG("d") as dag:\n    |from airflow.sdk import *\n|@task\n|@dag()\n|def f(a, *b, **c):\n    |f(|)|[|]|{|}| >> | << |"x"|f"{x!r:>{|}"|**|*|lambda x: |x := |for x in |yield |class A(B):\n    |\n|self.|if |else:\n    |try:\n    |match x:\n  case |.expand(x=|.partial(|chain(|0x|1e999|\'\'\'|\\\n'.split(
      '|',
    );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...pieces), { maxLength: 60 }),
      async (parts) => void (await read(parts.join(''))),
    ),
    { numRuns: 200 },
  );
});

test('DAG files cut off, and with a part changed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.string({ maxLength: 8 }),
      fc.boolean(),
      async (text, where, piece, isCut) => {
        const at = Math.floor(where * text.length);
        await read(isCut ? text.slice(0, at) : text.slice(0, at) + piece + text.slice(at + piece.length));
      },
    ),
    { numRuns: 150 },
  );
});

const HOSTILE: Readonly<Record<string, string>> = {
  'deep brackets': `x = ${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  'deep calls': `x = ${'f('.repeat(10_000)}${')'.repeat(10_000)}`,
  'a long sum': `x = ${'1 + '.repeat(20_000)}1`,
  'deep blocks': Array.from({ length: 400 }, (_, i) => `${' '.repeat(i)}if x:`).join('\n'),
  'a recursion': 'def f(x):\n    return f(x) + f(x)\nf(1)\n',
  'many recursions': 'def f(n):\n    for i in range(100):\n        f(n)\nf(1)\n',
  'an endless loop': 'while True:\n    x = 1\n',
  'loops in loops': 'for a in range(5000):\n  for b in range(5000):\n    for c in range(5000):\n      x = a\n',
  'a string that doubles': 'x = "aaaaaaaaaa"\nfor i in range(60):\n    x = x + x\n',
  'a list that doubles': 'x = [1]\nfor i in range(60):\n    x = x + x\n',
  'a list in itself':
    'x = []\nx.append(x)\ny = str(x)\nd = {}\nd["d"] = d\nz = f"{d}"\nfrom copy import deepcopy\ndeepcopy(d)\n',
  'many tasks':
    'from airflow.sdk import DAG\nfrom a import XOperator\nwith DAG("d"):\n  for i in range(5000):\n    for j in range(5000):\n      XOperator(task_id=f"{i}_{j}")\n',
  'many edges':
    'from airflow.sdk import DAG\nfrom a import XOperator\nwith DAG("d"):\n  t = [XOperator(task_id=f"t{i}") for i in range(2000)]\n  cross = [[a >> b for a in t] for b in t]\n',
  'a class of itself': 'class A(A):\n    pass\nA(task_id="x")\nclass B(B): pass\n',
  'names of prototypes': 'constructor = __proto__\nx = toString()\nhasOwnProperty(1)\n{"__proto__": 1}["__proto__"]\n',
};
test.each(Object.entries(HOSTILE))(
  '%s',
  async (_, text) => {
    const facts = await read(text);
    expect(facts.dags.length).toBeLessThan(2);
    expect(JSON.stringify(facts).length).toBeLessThan(20_000_000);
  },
  20_000,
);

test('a file that is too large is not read', async () => {
  expect(await read('x = 1\n'.repeat(200_000))).toMatchObject({ unread: 'it is larger than 1000000 characters' });
});
