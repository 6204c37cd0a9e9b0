// The steps of action.yml, run as a runner of GitHub runs them: each in a bash of its own, inputs in the environment, what
// a step writes for the summary and the outputs in files. `node scripts/run-action.js FOLDER` runs them on a folder.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Runs them in `folder`; ends with the first step that fails, as a runner does. */
export function runAction(folder, inputs = {}, environment = {}) {
  const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));
  const kept = mkdtempSync(join(tmpdir(), 'custody-action-'));
  const [summary, output] = [join(kept, 'summary.md'), join(kept, 'output.txt')];
  try {
    writeFileSync(summary, '');
    writeFileSync(output, '');
    let last = { status: 0, stdout: '', stderr: '' };
    for (const { run, env = {} } of action.runs.steps) {
      if (run.includes('${{')) throw new Error('an expression stands in a script: an input could be a part of it');
      const filled = Object.fromEntries(
        Object.entries(env).map(([name, value]) => [
          name,
          value.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input) => inputs[input] ?? action.inputs[input].default),
        ]),
      );
      last = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 100_000_000,
        env: {
          ...process.env,
          ...filled,
          GITHUB_ACTION_PATH: ROOT,
          GITHUB_STEP_SUMMARY: summary,
          GITHUB_OUTPUT: output,
          ...environment,
        },
      });
      if (last.status !== 0) break;
    }
    const { status, stdout, stderr } = last;
    return { status, stdout, stderr, summary: readFileSync(summary, 'utf8'), output: readFileSync(output, 'utf8') };
  } finally {
    rmSync(kept, { recursive: true });
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { status, stderr, summary } = runAction(resolve(process.argv[2] ?? '.'));
  process.stdout.write(summary);
  process.stderr.write(stderr);
  process.exitCode = status ?? 1;
}
