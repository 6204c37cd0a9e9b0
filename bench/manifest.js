// The manifest of a table of 15 mixed columns: rows digested a second by the clock (DuckDB uses both cores), subjects put
// into their tree a second on one core, and the memory of ten million rows.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { RowTable, makeManifest, openDuckDb, subjectRoot } from '../packages/custody/dist/engine/index.js';
import { median, report, short } from './report.js';
import { seeded } from './seeded.js';

const ROWS = short ? 50_000 : 2_000_000;
const MANY = short ? 100_000 : 10_000_000;
const SUBJECTS = short ? 50_000 : 1_000_000;
const ROUNDS = short ? 1 : 3;
const KEY = Buffer.alloc(32, 7);

/** 15 columns of all common types. */
const rowsSql = (
  count,
) => `select i as id, 'user' || (i % ${Math.ceil(count / 3)}) as user_id, (i * 7919 % 100000)::integer as score,
  i * 0.37 as ratio, ((i % 100000) / 100)::decimal(10,2) as amount, (i % 977)::float as weight, md5(i::varchar) as hash,
  'some text of the row number ' || i as note, date '2020-01-01' + (i % 3000)::integer as day,
  make_timestamp(1577836800000000 + i * 1000001) as seen, i % 2 = 0 as active, case when i % 7 = 0 then null else i * 3 end as parent,
  md5(i::varchar)::uuid as session, 'category ' || (i % 12) as category, (i % 100)::smallint as age from range(${count}) r(i)`;

async function table(folder, count) {
  const file = join(folder, `${count}.duckdb`);
  const instance = await DuckDBInstance.create(file, { memory_limit: '600MB' });
  const connection = await instance.connect();
  await connection.run(`create table reviews as ${rowsSql(count)}`);
  connection.closeSync();
  instance.closeSync();
  return file;
}

/** Rows and subjects of the manifest, and how long it took. */
async function run(file) {
  const start = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  const relation = await openDuckDb({ format: 'duckdb', file, table: 'reviews' }, { identifying: ['user_id'] });
  const opened = process.hrtime.bigint();
  const { manifest } = await makeManifest(relation, {
    name: 'reviews',
    files: [],
    order: 'any',
    subjects: { kind: 'user', columns: ['user_id'], key: KEY },
  });
  await relation.close();
  const { user, system } = process.cpuUsage(cpu);
  const { rows, subjects } = manifest.predicate;
  return {
    rows,
    subjects: subjects.count,
    seconds: Number(process.hrtime.bigint() - start) / 1e9,
    openSeconds: Number(opened - start) / 1e9,
    cpu: (user + system) / 1e6,
    megabytes: process.resourceUsage().maxRSS / 1024,
  };
}

if (process.argv[2] === '--run') {
  console.log(JSON.stringify(await run(process.argv[3])));
  process.exit(0);
}

/** In a process of its own, whose memory is its own. */
function alone(file) {
  const done = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--run', file], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  return JSON.parse(done.stdout);
}

/** Subjects a second of one core's time: sorting, leaves and branches. */
function tree() {
  const random = seeded(1);
  const rows = new RowTable();
  const bytes = Buffer.alloc(64);
  for (let i = 0; i < SUBJECTS; i++) {
    for (let at = 0; at < 64; at += 4) bytes.writeUInt32LE(random() * 0xffffffff, at);
    rows.add(bytes.subarray(32), () => bytes.latin1Slice(0, 32));
  }
  const start = process.cpuUsage();
  const { subjects } = subjectRoot(rows);
  const { user, system } = process.cpuUsage(start);
  if (subjects !== SUBJECTS) throw new Error(`${subjects} subjects of ${SUBJECTS}`);
  return SUBJECTS / ((user + system) / 1e6);
}

const folder = mkdtempSync(join(tmpdir(), 'custody-bench-manifest-'));
try {
  const file = await table(folder, ROWS);
  const runs = Array.from({ length: ROUNDS }, () => alone(file));
  const rate = median(runs.map(({ rows, seconds }) => rows / seconds));
  const trees = median(Array.from({ length: ROUNDS }, tree));
  rmSync(file);
  const many = alone(await table(folder, MANY));
  console.table([
    { what: `manifest of ${ROWS} rows of 15 columns, rows/s by the clock`, figure: Math.round(rate) },
    {
      what: '  of one core, rows/s of processor time',
      figure: Math.round(median(runs.map(({ rows, cpu }) => rows / cpu))),
    },
    { what: `tree of ${SUBJECTS} subjects, subjects/s on one core`, figure: Math.round(trees) },
    { what: `manifest of ${many.rows} rows, MB in all`, figure: Math.round(many.megabytes) },
    { what: `  rows/s by the clock`, figure: Math.round(many.rows / many.seconds) },
  ]);
  const line = (bench, ours, unit, goal, met) => report({ bench, ours, peer: null, unit, ratio: null, goal, met });
  line('manifest.memory', Math.round(many.megabytes), 'MB', 2_048, many.megabytes <= 2_048);
  line('manifest.subjects', Math.round(trees), 'subjects/s a core', 300_000, trees >= 300_000);
  line('manifest', Math.round(rate), 'rows/s', 250_000, rate >= 250_000);
} finally {
  rmSync(folder, { recursive: true });
}
