// Column lineage of the TPC-H and TPC-DS queries, with their schema: CPU time a statement, ours against sqlglot (compiled)
// and DataHub's parser, in one run. Then `custody lineage sql` as a whole process: how soon it answers, in how much memory.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { lineage } from '../packages/custody/dist/producers/sql/index.js';
import { median, report, short } from './report.js';

const SHARED = process.env['CUSTODY_SHARED'] ?? fileURLToPath(new URL('../../shared', import.meta.url));
const QUERIES = `${SHARED}/data/sql-lineage/tpc-queries.json`;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const ROUNDS = short ? 3 : 15;
/** Rounds until the compiler of the runtime has seen the code; the peers' rounds are of code compiled beforehand. */
const WARM_UP = short ? 5 : 20;
const PEERS = [
  { name: 'sqlglot', goal: 10, rounds: short ? 1 : 5 },
  // Its packages take half a minute to install, too long for a run that only shows that things work.
  { name: 'datahub', goal: 20, rounds: 5, skipped: short && 'not in a short run' },
];

const given = existsSync(QUERIES) ? JSON.parse(readFileSync(QUERIES, 'utf8')) : null;

/** A Python with what the peer needs, made once in .cache; null with a printed reason where that cannot be done. */
function pythonFor(name) {
  const folder = here(`../.cache/sql/${name}`);
  const python = `${folder}/bin/python`;
  const wanted = readFileSync(here(`sql/${name}.txt`), 'utf8');
  const mark = `${folder}/installed.txt`;
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return python;
  mkdirSync(here('../.cache/sql'), { recursive: true });
  const steps = [
    ['python3', ['-m', 'venv', '--clear', folder]],
    [python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', here(`sql/${name}.txt`)]],
  ];
  for (const [command, args] of steps) {
    const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 900_000 });
    if (status === 0) continue;
    const why = error?.code === 'ENOENT' ? `${command} is not installed` : (stderr || String(error)).trim().slice(-300);
    console.log(`${name} skipped: ${why}`);
    return null;
  }
  writeFileSync(mark, wanted);
  return python;
}

function peer({ name, rounds, skipped }) {
  if (skipped) {
    console.log(`${name} skipped: ${skipped}`);
    return null;
  }
  const python = pythonFor(name);
  if (!python) return null;
  const args = [here('sql/peer.py'), name, QUERIES, String(rounds)];
  const { status, stdout, stderr } = spawnSync(python, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
  if (stderr) console.log(stderr.trim());
  return JSON.parse(stdout);
}

/** Columns of a query that have a source. */
function read({ set, sql }) {
  const [statement] = lineage(sql, { dialect: 'postgres', schema: given.schema[set] }).statements;
  return new Set(statement.columns.map(({ to }) => to.column)).size;
}

function ours() {
  const found = given.queries.map(read);
  for (let i = 0; i < WARM_UP; i++) given.queries.forEach(read);
  const rounds = [];
  for (let i = 0; i < ROUNDS; i++) {
    const before = process.cpuUsage();
    given.queries.forEach(read);
    const { user, system } = process.cpuUsage(before);
    rounds.push((user + system) / 1e6);
  }
  return { version: 'Custody', rounds, found };
}

function speed() {
  if (!given) {
    console.log(`queries skipped: there is no ${QUERIES}; set CUSTODY_SHARED`);
    return [];
  }
  const count = given.queries.length;
  const milliseconds = (seconds) => (seconds * 1_000) / count;
  const mine = ours();
  const results = PEERS.map((one) => ({ ...one, result: peer(one) }));
  const withLineage = ({ found }) => found.filter((columns) => columns > 0).length;
  const rows = [mine, ...results.flatMap(({ result }) => result ?? [])].map((one) => ({
    engine: one.version,
    'CPU ms/statement, min': Number(milliseconds(Math.min(...one.rounds)).toPrecision(3)),
    median: Number(milliseconds(median(one.rounds)).toPrecision(3)),
    rounds: one.rounds.length,
    'statements with lineage': withLineage(one),
    'same columns as ours': one.found.filter((columns, i) => columns === mine.found[i]).length,
  }));
  console.log(`${count} queries of TPC-H and TPC-DS, all output columns, schema given`);
  console.table(rows);
  return results.map(({ name, goal, result }) => {
    if (!result) return { bench: `sql.${name}`, mine: milliseconds(median(mine.rounds)), peer: null, goal };
    // The same work: a statement in which the peer found lineage is one in which we did, and the other way round.
    const other = result.found.filter((columns, i) => columns > 0 !== mine.found[i] > 0).length;
    if (other > 0) throw new Error(`${name} and Custody differ on whether ${other} statements have lineage`);
    return {
      bench: `sql.${name}`,
      mine: milliseconds(median(mine.rounds)),
      peer: milliseconds(median(result.rounds)),
      goal,
    };
  });
}

/** The whole process, from its start to its end: wall clock seen from here, CPU and memory by the system's account. */
function process_(file, runs) {
  const account = here('sql/account.cjs');
  const args = ['--require', account, here('../packages/custody/bin/custody.js'), 'lineage', 'sql', file];
  const all = [];
  for (let i = 0; i < runs; i++) {
    const began = performance.now();
    const { status, stdout, output } = spawnSync(process.execPath, [...args, '--dialect', 'postgres'], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    const wall = performance.now() - began;
    if (status !== 0 || !stdout.includes('identity')) throw new Error('custody lineage sql gave no lineage');
    all.push({ wall, ...JSON.parse(output[3]) });
  }
  return {
    wall: median(all.map((one) => one.wall)),
    fastest: Math.min(...all.map((one) => one.wall)),
    cpu: median(all.map((one) => one.cpu)),
    rss: Math.max(...all.map((one) => one.rss)),
  };
}

function wholeProcess() {
  const folder = mkdtempSync(`${tmpdir()}/custody-bench-`);
  const one = `${folder}/one.sql`;
  const many = `${folder}/many.sql`;
  const query = 'insert into mart.totals select o.id, sum(i.price) as total from orders o join items i on i.o = o.id';
  writeFileSync(one, `${query} group by o.id;\n`);
  const texts = given ? given.queries.map(({ sql }) => sql) : Array.from({ length: 121 }, () => query);
  writeFileSync(many, `${texts.join(';\n')};\n`);
  const cold = process_(one, short ? 5 : 21);
  const full = process_(many, short ? 1 : 5);
  rmSync(folder, { recursive: true });
  const bare = [];
  for (let i = 0; i < (short ? 3 : 11); i++) {
    const began = performance.now();
    spawnSync(process.execPath, ['-e', '0']);
    bare.push(performance.now() - began);
  }
  const row = (what, { wall, fastest, cpu, rss }) => ({
    process: what,
    'wall ms': Math.round(wall),
    'fastest ms': Math.round(fastest),
    'CPU ms': Math.round(cpu),
    'peak MB': Math.round(rss),
  });
  console.table([row('one statement', cold), row(`${texts.length} queries in one file`, full)]);
  console.log(`node alone, doing nothing: ${Math.round(median(bare))} ms`);
  return { cold, memory: Math.max(cold.rss, full.rss) };
}

const speeds = speed();
const { cold, memory } = wholeProcess();
report({
  bench: 'sql.cold-start',
  ours: cold.wall,
  peer: null,
  unit: 'ms, whole process',
  ratio: null,
  goal: 100,
  met: cold.wall < 100,
});
report({
  bench: 'sql.memory',
  ours: memory,
  peer: null,
  unit: 'MB, whole process',
  ratio: null,
  goal: 100,
  met: memory < 100,
});
for (const { bench, mine, peer: theirs, goal } of speeds.toReversed()) {
  const ratio = theirs === null ? null : theirs / mine;
  const isLast = bench === 'sql.sqlglot';
  report({
    bench: isLast ? 'sql' : bench,
    ours: mine,
    peer: theirs,
    unit: isLast ? 'ms CPU/statement, peer sqlglot' : 'ms CPU/statement',
    ratio,
    goal,
    met: ratio !== null && ratio >= goal,
  });
}
