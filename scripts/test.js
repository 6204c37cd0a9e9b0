// `npm test`: builds, checks style and types, runs all tests, and closes with one line that counts them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const report = `${mkdtempSync(`${tmpdir()}/custody-test-`)}/report.json`;

const steps = [
  ['build', process.execPath, [`${root}scripts/build.js`]],
  ['oxlint', process.execPath, [`${root}node_modules/oxlint/bin/oxlint`, '--quiet']],
  [
    'prettier',
    process.execPath,
    [`${root}node_modules/prettier/bin/prettier.cjs`, '--check', '--log-level', 'warn', '.'],
  ],
  ['types of the tests', process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', 'tsconfig.test.json']],
  ['types of the pages', process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', 'packages/web']],
];
let failedSteps = 0;
for (const [name, command, args] of steps) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status === 0) continue;
  failedSteps++;
  console.error(`${name} failed`);
  if (name === 'build') process.exit(1);
}

const vitest = [
  `${root}node_modules/vitest/vitest.mjs`,
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
];
const { status } = spawnSync(process.execPath, [...vitest, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
const counts = JSON.parse(readFileSync(report, 'utf8'));
const failed = counts.numFailedTests + counts.numFailedTestSuites * (counts.numFailedTests === 0 ? 1 : 0) + failedSteps;
const skipped = counts.numPendingTests + counts.numTodoTests;
console.log(`${counts.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = status === 0 && failedSteps === 0 ? 0 : 1;
