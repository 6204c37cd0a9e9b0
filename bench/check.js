// `custody check` as a whole process on a seeded repository of 10,000 files, with what was planted in it: seconds by the clock,
// CPU seconds, peak memory. Peer for the secrets alone: gitleaks on the same tree.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { makeRepository } from './check-repository.js';
import { custodyCheck, timed } from './process-time.js';
import { median, report, short } from './report.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const FILES = short ? 500 : 10_000;
const ROUNDS = short ? 1 : 3;
const GOALS = { seconds: 30, megabytes: 500 };
const GITLEAKS = 'github.com/zricethezav/gitleaks/v8@v8.30.0';

/** gitleaks, built once in .cache; null with a printed reason where that cannot be done. */
function gitleaks() {
  const folder = here('../.cache/check');
  const program = `${folder}/gitleaks`;
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const { status, error, stderr } = spawnSync('go', ['install', GITLEAKS], {
    encoding: 'utf8',
    env: { ...process.env, GOBIN: folder },
    timeout: 600_000,
  });
  if (status === 0) return program;
  console.log(`gitleaks skipped: ${(stderr || String(error)).trim().slice(-300)}`);
  return null;
}

function theirs(program, folder, out) {
  const run = timed(program, ['dir', folder, '--no-banner', '--report-format', 'json', '--report-path', out]);
  if (run.status !== 1) throw new Error(`gitleaks ended with ${run.status}: ${run.stderr.slice(-500)}`);
  const found = JSON.parse(readFileSync(out, 'utf8'));
  return { ...run, found: found.map(({ File, StartLine }) => `${File.slice(folder.length + 1)}:${StartLine}`) };
}

const folder = mkdtempSync(`${tmpdir()}/custody-bench-check-`);
try {
  const { bytes, planted } = makeRepository(`${folder}/repository`, FILES);
  const program = gitleaks();
  const [mine, peers] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    mine.push(custodyCheck(`${folder}/repository`));
    // The peer takes a minute: once is enough to compare with.
    if (program !== null && round === 0) peers.push(theirs(program, `${folder}/repository`, `${folder}/leaks.json`));
  }
  const { answer } = mine[0];
  if (answer.files !== FILES) throw new Error(`${answer.files} of ${FILES} files were read`);
  const found = new Set(
    answer.findings.flatMap(({ rule, file, line }) => [`${rule} ${file}:${line}`, `${rule} ${file}`]),
  );
  const missed = planted.filter(({ rule, file, line }) => !found.has(`${rule} ${file}${line ? `:${line}` : ''}`));
  if (missed.length > 0)
    throw new Error(
      `${missed.length} of ${planted.length} planted were not found: ${JSON.stringify(missed.slice(0, 3))}`,
    );
  const secrets = planted.filter(({ isSecret }) => isSecret).map(({ file, line }) => `${file}:${line}`);
  const told = answer.findings.filter(({ rule }) => rule.startsWith('SEC-'));
  if (told.length !== secrets.length) throw new Error(`${secrets.length} secrets were planted and ${told.length} told`);
  const seconds = median(mine.map((run) => run.seconds));
  const megabytes = Math.max(...mine.map((run) => run.megabytes));
  console.log(
    `${FILES} files, ${(bytes / 1e6).toFixed(1)} MB, ${planted.length} planted, all found (${secrets.length} secrets, none beside); ${answer.findings.length} findings in all; median of ${ROUNDS}`,
  );
  const row = (engine, runs, secretsFound) => ({
    engine,
    seconds: Number(median(runs.map((run) => run.seconds)).toPrecision(3)),
    'CPU seconds': Number(median(runs.map((run) => run.cpu)).toPrecision(3)),
    'memory MB': Math.round(Math.max(...runs.map((run) => run.megabytes))),
    'secrets of those planted': secretsFound,
  });
  const theirsFound = peers.length === 0 ? null : new Set(peers[0].found);
  console.table([
    row('Custody, every check', mine, secrets.length),
    ...(theirsFound === null
      ? []
      : [row('gitleaks, secrets only', peers, secrets.filter((place) => theirsFound.has(place)).length)]),
  ]);
  const peer = peers.length === 0 ? null : median(peers.map((run) => run.seconds));
  report({
    bench: 'check.memory',
    ours: megabytes,
    peer: peers.length === 0 ? null : Math.max(...peers.map((run) => run.megabytes)),
    unit: 'MB',
    ratio: null,
    goal: GOALS.megabytes,
    met: megabytes < GOALS.megabytes,
  });
  report({
    bench: 'check',
    ours: seconds,
    peer,
    unit: `seconds for ${FILES} files`,
    ratio: peer === null ? null : peer / seconds,
    goal: GOALS.seconds,
    met: seconds < GOALS.seconds,
  });
} finally {
  rmSync(folder, { recursive: true });
}
