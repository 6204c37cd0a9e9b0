#!/usr/bin/env node
// Makes applicants and reviews, lets both in through the gate, and counts what became of each planted value.
// `node examples/credit-scoring/gate.js [FOLDER]`; with `npm start` running the ingests are in its log, else `--no-log`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeApplicants, makeReviews } from './dist/people.js';

const [folder = 'gate-example'] = process.argv.slice(2);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const custody = here('../../packages/custody/bin/custody.js');
const data = process.env['CUSTODY_DATA'] ?? './.custody';
mkdirSync(folder, { recursive: true });

for (const [name, made] of [
  ['applicants', makeApplicants(1_000, 1994)],
  ['reviews', makeReviews(2_000, 1995)],
]) {
  const [from, to] = [join(folder, `${name}.raw.csv`), join(folder, `${name}.csv`)];
  writeFileSync(from, made.csv, { mode: 0o600 });
  const args = ['ingest', from, '--to', to, '--rules', here(`gate/${name}.gate.yaml`)];
  const isLogged = existsSync(join(data, 'log'));
  // Without a log there is no quarantine: the cards in the reviews then refuse the file.
  const { status } = spawnSync(process.execPath, [custody, ...args, ...(isLogged ? [] : ['--no-log'])], {
    stdio: 'inherit',
  });
  if (!existsSync(to)) {
    console.log(`${name}: nothing was written (exit code ${status})\n`);
    continue;
  }
  const written = readFileSync(to, 'utf8');
  const left = made.planted.filter(({ value }) => written.includes(value));
  console.log(`${name}: ${made.planted.length} values planted, ${left.length} of them in what was written\n`);
  if (left.length > 0) process.exitCode = 1;
}
