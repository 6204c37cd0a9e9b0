/**
 * Cases of other engines' test suites, scored by the script beside them. They are read from the folder of shared data
 * (CUSTODY_SHARED, or ../shared beside the repository); without it the run is skipped and says so.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { predictCase, type LineageCase } from './case.ts';

const shared = process.env['CUSTODY_SHARED'] ?? fileURLToPath(new URL('../../../../../../shared', import.meta.url));
const folder = join(shared, 'data/sql-lineage');
const missing = !existsSync(folder) || spawnSync('python3', ['--version']).status !== 0;
if (missing)
  console.log(`skipped: scored cases of SQL lineage (there is no ${folder}, or no python3; set CUSTODY_SHARED)`);

const share = (text: string): number => {
  const [right, all] = text.split('/').map(Number);
  return right! / all!;
};

test.skipIf(missing)('at least 97% of the tables and of the columns of all cases are exact', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  const cases = files
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line) as LineageCase);
  const work = mkdtempSync(join(tmpdir(), 'sql-cases-'));
  try {
    const predictions = join(work, 'predictions.jsonl');
    writeFileSync(predictions, cases.map((one) => JSON.stringify(predictCase(one))).join('\n'));
    const { stdout, stderr } = spawnSync(
      'python3',
      [join(folder, 'score.py'), predictions, ...files.map((name) => join(folder, name))],
      { encoding: 'utf8' },
    );
    const all = JSON.parse(stdout.trim().split('\n').at(-1) ?? stderr) as { tab: string; col: string };
    expect(share(all.tab)).toBeGreaterThanOrEqual(0.97);
    expect(share(all.col)).toBeGreaterThanOrEqual(0.97);
  } finally {
    rmSync(work, { recursive: true });
  }
});

test('a prediction has the form that is scored', () => {
  const sql =
    'create table b as select x from a; insert into c select x from b; drop table b; alter table c rename to d';
  expect(predictCase({ id: '1', dialect: 'ansi', sql, compose: true })).toEqual({
    id: '1',
    stmts: [
      { in: ['a'], out: ['b'], edges: [['a', 'x', 'b', 'x']], drop: [], rename: [] },
      { in: ['b'], out: ['c'], edges: [['b', 'x', 'c', 'x']], drop: [], rename: [] },
      { in: [], out: [], edges: [], drop: ['b'], rename: [] },
      { in: [], out: [], edges: [], drop: [], rename: [['c', 'd']] },
    ],
    err: null,
  });
});
