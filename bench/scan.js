// Personal data in a CSV of reviews whose planted values are known: `custody scan`'s detector on one thread against
// DuckDB's single-thread read of the same file, and against Presidio, pattern-only and with its model. Says what of the
// planted values was missed and what was found that nobody planted.
import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { CsvReader, Scanner } from '../packages/custody/dist/producers/scan/index.js';
import { median, report, short } from './report.js';
import { canMakeReviews, cpuSeconds, makeReviews, readByDuckDb } from './reviews.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const MEGABYTES = short ? 4 : 100;
const ROUNDS = short ? 1 : 3;
const PEER_SECONDS = 20;
/** A stream of the file so many times shows whether memory stays flat, and what start-up costs. */
const CLOCK_TIMES = short ? 1 : 3;
const STREAM_TIMES = short ? 2 : 12;
const GOALS = { duckdb: 0.4, pattern: 1_000, model: 5_000 };

/**
 * Runs in a process of its own, so that its memory is its own. `times`: the file comes as often, as one stream; then what is
 * found is counted and not kept.
 */
async function scanned(file, times = 1) {
  const found = [];
  const scanner = new Scanner((finding) => times === 1 && void found.push(finding));
  const reader = new CsvReader(scanner, { delimiter: 44 });
  const start = cpuSeconds();
  for (let i = 0; i < times; i++)
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) reader.push(chunk);
  reader.end();
  const seconds = cpuSeconds() - start;
  const places = found.map(({ type, row, label, char, chars }) => [type, row - 1, label, char, char + chars]);
  return { seconds, rss: process.resourceUsage().maxRSS / 1024, rows: scanner.rows, found: places };
}

function ours(file, times = 1) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [here('scan.js'), '--scan', file, String(times)], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`the scan failed: ${stderr}`);
  return JSON.parse(stdout);
}

/** Seconds by the clock of `custody scan`, start and report included, of the file so many times on standard input. */
function commandSeconds(file, threads) {
  const files = Array.from({ length: CLOCK_TIMES }, () => '"$1"').join(' ');
  const command = `cat ${files} | "$2" "$3" scan - --as csv --threads ${threads} --json`;
  const custody = here('../packages/custody/bin/custody.js');
  const start = performance.now();
  const { status, stderr } = spawnSync('sh', ['-c', command, 'sh', file, process.execPath, custody], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 1) throw new Error(`custody scan ended with ${status}: ${stderr}`);
  return (performance.now() - start) / 1e3;
}

/** A Python with Presidio, made once in .cache; null with a printed reason where that cannot be done. */
function pythonWithPresidio() {
  const folder = here('../.cache/scan/presidio');
  const python = `${folder}/bin/python`;
  const wanted = readFileSync(here('scan/presidio.txt'), 'utf8');
  const mark = `${folder}/installed.txt`;
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return python;
  mkdirSync(here('../.cache/scan'), { recursive: true });
  for (const [command, args] of [
    ['python3', ['-m', 'venv', '--clear', folder]],
    [python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', here('scan/presidio.txt')]],
  ]) {
    const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 900_000 });
    if (status === 0) continue;
    console.log(`Presidio skipped: ${(stderr || String(error)).trim().slice(-300)}`);
    return null;
  }
  writeFileSync(mark, wanted);
  return python;
}

function presidio(python, file, mode) {
  const { status, stdout, stderr } = spawnSync(python, [here('scan/peer.py'), file, String(PEER_SECONDS), mode], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`Presidio failed: ${stderr.slice(-500)}`);
  const result = JSON.parse(stdout.trim().split('\n').at(-1));
  if (!result.skipped) return result.bytes / 1e6 / result.seconds;
  console.log(`Presidio, ${mode}, skipped: ${result.skipped}`);
  return null;
}

/** Planted against found, type by type. */
function accuracy(truth, found) {
  const byRow = new Map();
  for (const [type, row, label, start, end] of found) {
    if (label !== 'text') continue;
    if (!byRow.has(row)) byRow.set(row, []);
    byRow.get(row).push({ type, start, end, used: false });
  }
  const table = {};
  const of = (type) => (table[type] ??= { planted: 0, found: 0, missed: 0, 'found beside': 0 });
  for (const line of truth) {
    const { row, text, spans } = JSON.parse(line);
    // Planted places are in code points, found ones in UTF-16 units: the generated texts have no character beyond 16 bits.
    if (/[\ud800-\udfff]/.test(text)) throw new Error('a generated text has a surrogate');
    for (const { type, start, end } of spans) {
      const hit = (byRow.get(row) ?? []).find((one) => one.type === type && one.start < end && start < one.end);
      of(type).planted++;
      if (hit) {
        hit.used = true;
        of(type).found++;
      } else of(type).missed++;
    }
  }
  for (const all of byRow.values()) for (const one of all) if (!one.used) of(one.type)['found beside']++;
  return table;
}

async function main() {
  if (!canMakeReviews()) {
    report({ bench: 'scan', ours: null, peer: null, unit: 'MB/s CPU', ratio: null, goal: GOALS.duckdb, met: false });
    return;
  }
  const folder = mkdtempSync(`${tmpdir()}/custody-bench-`);
  try {
    const { file, truth, size } = makeReviews(folder, MEGABYTES);
    const mine = [];
    const theirs = [];
    for (let round = 0; round < ROUNDS; round++) {
      mine.push(ours(file));
      theirs.push(await readByDuckDb(file));
    }
    if (mine[0].rows !== theirs[0].rows) throw new Error(`we read ${mine[0].rows} rows and DuckDB ${theirs[0].rows}`);
    const rate = size / median(mine.map(({ seconds }) => seconds));
    const read = size / median(theirs.map(({ seconds }) => seconds));
    const rss = Math.max(...mine.map((one) => one.rss));
    console.log(`${size.toFixed(0)} MB, ${mine[0].rows} rows; CPU time on one thread, median of ${ROUNDS}`);
    console.table([
      { engine: 'Custody, all types', 'MB/s': Number(rate.toPrecision(3)), 'memory MB': Math.round(rss) },
      { engine: 'DuckDB, only reading', 'MB/s': Number(read.toPrecision(3)) },
    ]);
    console.table(accuracy(readFileSync(truth, 'utf8').trim().split('\n'), mine[0].found));
    const clock = [1, 2].map((threads) => commandSeconds(file, threads));
    const clocked = size * CLOCK_TIMES;
    console.log(
      `custody scan by the clock, MB/s: one thread ${(clocked / clock[0]).toFixed(0)}, two ${(clocked / clock[1]).toFixed(0)}`,
    );
    const stream = ours(file, STREAM_TIMES);
    const streamed = (size * STREAM_TIMES) / stream.seconds;
    console.log(
      `A stream of ${((size * STREAM_TIMES) / 1e3).toFixed(1)} GB: ${streamed.toFixed(0)} MB/s CPU, ${(streamed / read).toFixed(3)} of DuckDB, ${Math.round(stream.rss)} MB of memory`,
    );
    const python = short ? null : pythonWithPresidio();
    if (short) console.log('Presidio skipped: not in a short run');
    for (const mode of ['pattern', 'model']) {
      const peer = python && presidio(python, file, mode);
      const ratio = peer && rate / peer;
      report({
        bench: `scan.presidio-${mode}`,
        ours: rate,
        peer,
        unit: 'MB/s CPU',
        ratio,
        goal: GOALS[mode],
        met: ratio !== null && ratio >= GOALS[mode],
      });
    }
    const most = Math.max(rss, stream.rss);
    report({ bench: 'scan.memory', ours: most, peer: null, unit: 'MB', ratio: null, goal: 200, met: most < 200 });
    report({
      bench: 'scan.two-threads',
      ours: clocked / clock[1],
      peer: clocked / clock[0],
      unit: 'MB/s by the clock',
      ratio: clock[0] / clock[1],
      goal: 1,
      met: clock[1] <= clock[0],
    });
    const ratio = rate / read;
    report({
      bench: 'scan',
      ours: rate,
      peer: read,
      unit: 'MB/s CPU',
      ratio,
      goal: GOALS.duckdb,
      met: ratio >= GOALS.duckdb,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [flag, file, times] = process.argv.slice(2);
if (flag === '--scan') console.log(JSON.stringify(await scanned(file, Number(times))));
else await main();
