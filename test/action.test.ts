/** The steps of action.yml, run as a runner runs them, on a repository that is refused and then passes. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'custody-action-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly run: string; readonly env?: Readonly<Record<string, string>> }[];
  };
}
const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Action;

/** `${{ inputs.NAME }}` in the environment of a step, as GitHub fills it in. */
function runAction(inputs: Readonly<Record<string, string>>) {
  const [summary, output] = [join(folder, 'summary.md'), join(folder, 'output.txt')];
  writeFileSync(summary, '');
  writeFileSync(output, '');
  let last = { status: 0 as number | null, stdout: '', stderr: '' };
  for (const { run, env = {} } of action.runs.steps) {
    expect(run).not.toContain('${{');
    const filled = Object.fromEntries(
      Object.entries(env).map(([name, value]) => [
        name,
        value.replace(
          /\$\{\{ inputs\.([\w-]+) \}\}/g,
          (_, input: string) => inputs[input] ?? action.inputs[input]!.default,
        ),
      ]),
    );
    last = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
      cwd: join(folder, 'repository'),
      encoding: 'utf8',
      env: { ...process.env, ...filled, GITHUB_ACTION_PATH: ROOT, GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output },
    });
    if (last.status !== 0) break;
  }
  return { ...last, summary: readFileSync(summary, 'utf8'), output: readFileSync(output, 'utf8') };
}

const write = (path: string, text: string) => {
  mkdirSync(join(folder, 'repository', path, '..'), { recursive: true });
  writeFileSync(join(folder, 'repository', path), text);
};

test('refuses with a report that says what, where and how to mend it; passes when it is mended', () => {
  write('pipeline.py', `KEY = "${['AKIA', 'Q3EGRVIZ7WDLNCXM'].join('')}"\n`);
  write('requirements.txt', 'pandas\n');
  const refused = runAction({});
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
  const passed = runAction({ 'fail-on': 'high' });
  expect(passed.status).toBe(0);
  expect(passed.output).toContain('verdict=passed');
});

test('an input is never a part of the script', () => {
  const run = runAction({ path: '$(touch hurt)`touch hurt`; touch hurt' });
  expect(run.status).toBe(3);
  expect(run.stderr).toContain('Cannot read');
  expect(() => readFileSync(join(folder, 'repository', 'hurt'))).toThrow();
});
