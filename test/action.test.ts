/** The steps of action.yml, run as a runner runs them, on a repository that is refused and then passes. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runAction } from '../scripts/run-action.js';

const folder = mkdtempSync(join(tmpdir(), 'custody-action-'));
afterAll(() => rmSync(folder, { recursive: true }));

const repository = join(folder, 'repository');
const write = (path: string, text: string) => {
  mkdirSync(join(folder, 'repository', path, '..'), { recursive: true });
  writeFileSync(join(folder, 'repository', path), text);
};

test('refuses with a report that says what, where and how to mend it; passes when it is mended', () => {
  write('pipeline.py', `KEY = "${['AKIA', 'Q3EGRVIZ7WDLNCXM'].join('')}"\n`);
  write('requirements.txt', 'pandas\n');
  const refused = runAction(repository);
  expect(refused.status).toBe(1);
  expect(refused.output).toBe('verdict=refused\nsarif=custody.sarif\n');
  expect(refused.summary).toContain('`pipeline.py:1`');
  expect(refused.summary).toContain('**Mend it:** Withdraw the secret');
  const sarif = JSON.parse(readFileSync(join(folder, 'repository', 'custody.sarif'), 'utf8')) as {
    runs: { results: { ruleId: string }[] }[];
  };
  expect(sarif.runs[0]!.results.map(({ ruleId }) => ruleId)).toContain('SEC-001');
  rmSync(join(folder, 'repository', 'custody.sarif'));
  write('pipeline.py', 'import os\nKEY = os.environ["KEY"]\n');
  const passed = runAction(repository, { 'fail-on': 'high' });
  expect(passed.status).toBe(0);
  expect(passed.output).toContain('verdict=passed');
});

test('an input is never a part of the script', () => {
  const run = runAction(repository, { path: '$(touch hurt)`touch hurt`; touch hurt' });
  expect(run.status).toBe(3);
  expect(run.stderr).toContain('Cannot read');
  expect(() => readFileSync(join(folder, 'repository', 'hurt'))).toThrow();
});
