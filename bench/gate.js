// A CSV of reviews whose planted values are known, through the ingest gate: every finding masked, every change audited,
// both written to disk. CPU time on one thread against DuckDB's single-thread read of the same file in the same run, and
// the same with detection switched off, which is what the gate itself costs. What was written is read back by DuckDB, and
// each planted value is looked for in it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { GateKeys } from '../packages/custody/dist/gate/ingest/gate-keys.js';
import { readRules } from '../packages/custody/dist/gate/ingest/rules-file.js';
import { openGateInput } from '../packages/custody/dist/source/gate-input.js';
import { runGate } from '../packages/custody/dist/source/ingest-run.js';
import { StagedFile } from '../packages/custody/dist/source/staged-file.js';
import { median, report, short } from './report.js';
import { canMakeReviews, cpuSeconds, makeReviews, readByDuckDb } from './reviews.js';

const MEGABYTES = Number(process.env['CUSTODY_BENCH_MB'] ?? (short ? 4 : 100));
const ROUNDS = short ? 1 : 3;
const GOALS = { ratio: 0.35, memory: 200 };
const RULES = {
  mask: 'version: 1\nrules:\n  - { types: [PERSON], action: mask, keep: type }\ndefault: mask\n',
  stop: 'version: 1\nrules:\n  - { types: [US_SSN], action: fail }\ndefault: mask\n',
  nothing: 'version: 1\ndetect: nothing\n',
  checks:
    'version: 1\ndetect: nothing\nchecks:\n  columns:\n    - { name: review_id, unique: true }\n    - { name: rating, type: integer, min: 1, max: 5 }\n    - { name: created_at, type: timestamp }\n',
};

/** Runs in a process of its own, so that its memory is its own. */
async function gated(file, to, which) {
  const start = cpuSeconds();
  const input = await openGateInput(file, null);
  const output = await StagedFile.create(to);
  const audit = await StagedFile.create(`${to}.audit.jsonl`);
  const { report: said, auditLines } = await runGate(
    {
      rules: readRules(RULES[which]),
      input: input.format,
      output: 'csv',
      keys: new GateKeys(Buffer.alloc(32, 1)),
      subjects: { keyOf: () => ({ id: Buffer.alloc(16), key: Buffer.alloc(32) }) },
      now: () => new Date(),
      dataset: 'file:clean',
      source: file,
      rulesDigest: '',
      detector: 'custody/bench',
    },
    input.bytes,
    { output, audit, quarantine: null, sealKey: Buffer.alloc(32) },
  );
  await output.commit();
  await audit.commit();
  const seconds = cpuSeconds() - start;
  return {
    seconds,
    rss: process.resourceUsage().maxRSS / 1024,
    rows: said.rows,
    verdict: said.verdict,
    auditLines,
    changed: said.changed,
    failures: said.failures,
    firstFailures: said.firstFailures,
  };
}

function ours(file, to, which) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.url), '--gate', file, to, which],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the gate failed: ${stderr}`);
  return JSON.parse(stdout);
}

const quoted = (path) => `'${path.replaceAll("'", "''")}'`;

/** Of each type: planted, gone from what was written, and still in it. */
async function accounted(truth, written) {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const ids = truth.map(({ row }) => `R${String(row).padStart(9, '0')}`);
  await connection.run(`CREATE TABLE wanted AS SELECT unnest([${ids.map((id) => `'${id}'`).join(',')}]) AS id`);
  const result = await connection.runAndReadAll(
    `SELECT review_id, text FROM read_csv(${quoted(written)}, all_varchar = true, header = true) SEMI JOIN wanted ON review_id = id`,
  );
  const texts = new Map(result.getRows());
  const table = {};
  for (const [i, { text, spans }] of truth.entries()) {
    const left = texts.get(ids[i]);
    if (left === undefined) throw new Error(`the row ${ids[i]} was not written`);
    const points = [...text];
    for (const { type, start, end } of spans) {
      const value = points.slice(start, end).join('');
      const counts = (table[type] ??= { planted: 0, gone: 0, missed: 0 });
      counts.planted++;
      counts[left.includes(value) ? 'missed' : 'gone']++;
    }
  }
  return table;
}

/** The same file without the rows that hold a planted SSN, and one SSN put into a row near its end. */
function withOneSsn(file, truth, to) {
  const planted = new Set(
    truth.filter(({ spans }) => spans.some(({ type }) => type === 'US_SSN')).map(({ row }) => row),
  );
  const lines = readFileSync(file, 'utf8').split('\r\n');
  const kept = lines.filter((_, i) => i === 0 || !planted.has(i - 1));
  const at = Math.floor(kept.length * 0.9);
  // Behind the last sentence, inside of the quotes where there are any.
  kept[at] = kept[at].replace(/("?)$/, '. my SSN is 536-90-4399$1');
  writeFileSync(to, kept.join('\r\n'));
  return at;
}

async function main() {
  const result = { bench: 'gate', unit: 'MB/s CPU', goal: GOALS.ratio };
  if (!canMakeReviews()) {
    report({ ...result, ours: null, peer: null, ratio: null, met: false });
    return;
  }
  const folder = mkdtempSync(`${tmpdir()}/custody-bench-`);
  try {
    const { file, truth, size } = makeReviews(folder, MEGABYTES);
    const runs = { mask: [], nothing: [], checks: [] };
    const theirs = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (const which of Object.keys(runs)) runs[which].push(ours(file, `${folder}/${which}.csv`, which));
      theirs.push(await readByDuckDb(file));
    }
    const [{ rows, auditLines, changed, verdict }] = runs.mask;
    if (rows.read !== theirs[0].rows) throw new Error(`we read ${rows.read} rows and DuckDB ${theirs[0].rows}`);
    if (rows.written !== rows.read || verdict !== 'accepted') throw new Error('not every row was written');
    if (!readFileSync(file).equals(readFileSync(`${folder}/nothing.csv`)))
      throw new Error('what no rule touches was not written byte for byte');
    const rate = (which) => size / median(runs[which].map(({ seconds }) => seconds));
    const read = size / median(theirs.map(({ seconds }) => seconds));
    const rss = Math.max(...runs.mask.map((one) => one.rss));
    console.log(`${size.toFixed(0)} MB, ${rows.read} rows, ${changed} values masked, ${auditLines} audit lines`);
    console.log(`CPU time on one thread, median of ${ROUNDS}`);
    const three = (value) => Number(value.toPrecision(3));
    console.table([
      { run: 'mask and audit', 'MB/s': three(rate('mask')), 'of DuckDB': three(rate('mask') / read) },
      {
        run: 'detection off: read, copy, write',
        'MB/s': three(rate('nothing')),
        'of DuckDB': three(rate('nothing') / read),
      },
      { run: 'detection off, four checks', 'MB/s': three(rate('checks')), 'of DuckDB': three(rate('checks') / read) },
      { run: 'DuckDB, only reading', 'MB/s': three(read) },
    ]);
    const lines = readFileSync(truth, 'utf8').trim().split('\n');
    console.table(
      await accounted(
        lines.map((line) => JSON.parse(line)),
        `${folder}/mask.csv`,
      ),
    );
    const row = withOneSsn(
      file,
      lines.map((line) => JSON.parse(line)),
      `${folder}/one.csv`,
    );
    const one = ours(`${folder}/one.csv`, `${folder}/stopped.csv`, 'stop');
    const isStopped =
      one.verdict === 'rejected' && one.failures === 1 && one.firstFailures[0].row === row && one.rows.written === 0;
    console.log(
      `one SSN in ${one.rows.read} rows, in row ${row}: ${isStopped ? 'stopped there' : `NOT stopped as it should be: ${one.verdict}, ${one.failures} failures`}`,
    );
    report({
      bench: 'gate.memory',
      ours: rss,
      peer: null,
      unit: 'MB',
      ratio: null,
      goal: GOALS.memory,
      met: rss < GOALS.memory,
    });
    report({
      bench: 'gate.detection-off',
      ours: rate('nothing'),
      peer: read,
      unit: 'MB/s CPU',
      ratio: rate('nothing') / read,
      goal: GOALS.ratio,
      met: rate('nothing') / read >= GOALS.ratio,
    });
    const ratio = rate('mask') / read;
    report({ ...result, ours: rate('mask'), peer: read, ratio, met: ratio >= GOALS.ratio && isStopped });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [flag, file, to, which] = process.argv.slice(2);
if (flag === '--gate') console.log(JSON.stringify(await gated(file, to, which)));
else await main();
