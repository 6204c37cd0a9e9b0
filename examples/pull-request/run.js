#!/usr/bin/env node
// A pull request that is refused, and passes when it is mended, as the steps of action.yml see it.
// `node examples/pull-request/run.js [FOLDER]` keeps the repository in FOLDER; without it nothing is left behind.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runAction } from '../../scripts/run-action.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const kept = process.argv[2];
const folder = kept === undefined ? mkdtempSync(join(tmpdir(), 'custody-pull-request-')) : resolve(kept);
mkdirSync(folder, { recursive: true });
const git = (...args) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=Mara', '-c', 'user.email=mara@example.org', ...args]);

/** The keys are made here, so that no file of this project holds one. */
function layChange() {
  cpSync(here('change'), folder, { recursive: true });
  const dag = join(folder, 'dags/nightly_reviews.py');
  const secret = randomBytes(60).toString('base64').replace(/[+/=]/g, '').slice(0, 40);
  const access = `AKIA${randomBytes(60).toString('base64').toUpperCase().replace(/[^A-Z2-7]/g, '').slice(0, 16)}`; // prettier-ignore
  const text = readFileSync(dag, 'utf8').replace('@@ACCESS_KEY@@', access).replace('@@SECRET_KEY@@', secret);
  writeFileSync(dag, text);
}

function layRepository() {
  cpSync(here('repository'), folder, { recursive: true });
  cpSync(here('../terraform/spark-staging-bucket'), join(folder, 'modules/spark-staging-bucket'), { recursive: true });
}

function look(title) {
  const { status, summary, stderr } = runAction(folder);
  console.log(`\n${title}: exit code ${status}\n\n${summary.trim()}`);
  if (status !== 0 && status !== 1) throw new Error(stderr);
  return status;
}

try {
  layRepository();
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'Nightly reviews');
  git('checkout', '-q', '-b', 'reviews-of-the-web');
  layChange();
  git('commit', '-qam', 'More reviews, from the web');
  const refused = look('The change');
  layRepository();
  git('commit', '-qam', 'Approved reviews only, no key, no outputs, the closed bucket');
  const passed = look('Mended');
  process.exitCode = refused === 1 && passed === 0 ? 0 : 1;
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true });
  else console.log(`\nThe repository is in ${folder}.`);
}
