// The blast radius over 1,000,000 uses of datasets by runs, against PostgreSQL with a recursive query over the same uses, in
// the same run: which datasets has a source reached that was bad from some time on, within 3 and 10 steps from dataset to
// dataset? Both must agree.
import pg from 'pg';
import { blast } from '../packages/custody/dist/fold/blast.js';
import { NOW } from '../packages/custody/dist/fold/as-of.js';
import { emptyState } from '../packages/custody/dist/fold/state.js';
import { HOW_TO_GET_POSTGRES, postgresFolder, startPostgres } from '../test/postgres/server.js';
import { percentile, report, short } from './report.js';
import { seeded } from './seeded.js';

const JOBS = short ? 4_000 : 64_000;
const NIGHTS = 4;
/** A run reads three datasets and writes one. */
const READS = 3;
const QUERIES = short ? 20 : 200;
const NIGHT_MS = 86_400_000;

const random = seeded(42);
/** Job j writes dataset j + 1,000 and reads three from up to 2,000 before it, as pipelines are built. */
const SOURCES = 1_000;
const reads = Array.from({ length: JOBS }, (_, job) => {
  const pick = () => Math.max(0, job + SOURCES - 1 - Math.floor(random() * 2_000));
  return [...new Set(Array.from({ length: READS }, pick))];
});

const before = process.memoryUsage();
const state = emptyState();
const { assets, runs, edges } = state;
const datasets = Array.from({ length: JOBS + SOURCES }, (_, n) =>
  assets.see('dataset', { namespace: 'bench', name: `d${n}` }, {}, 0, 0),
);
const jobs = Array.from({ length: JOBS }, (_, n) => assets.see('job', { namespace: 'bench', name: `j${n}` }, {}, 0, 0));
const rows = [];
let entry = 0;
for (let night = 0; night < NIGHTS; night++) {
  for (let job = 0; job < JOBS; job++) {
    const time = night * NIGHT_MS + job;
    const id = `00000000-0000-4000-8000-${(night * JOBS + job).toString(16).padStart(12, '0')}`;
    const run = runs.see({ run: id, job: jobs[job], state: 'COMPLETE', valid: time, nominalStart: null, entry });
    for (const dataset of reads[job]) {
      edges.see(datasets[dataset], jobs[job], run, runs, time, entry);
      rows.push([run, dataset, 'r', time]);
    }
    edges.see(jobs[job], datasets[job + SOURCES], run, runs, time, entry);
    rows.push([run, job + SOURCES, 'w', time]);
    entry++;
  }
}
state.entries = entry;
const rowOf = new Map(datasets.map((row, dataset) => [row, dataset]));
globalThis.gc?.();
const heldBy = process.memoryUsage();
const megabytes = Math.round((heldBy.heapUsed + heldBy.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1e6);

const questions = Array.from({ length: QUERIES }, () => ({
  dataset: Math.floor(random() * (JOBS + SOURCES) * 0.7),
  from: Math.floor(random() * 2 * NIGHT_MS),
}));
const ours = ({ dataset, from }, depth) =>
  blast(state, {
    asset: datasets[dataset],
    columns: null,
    version: null,
    from,
    to: Infinity,
    depth: depth * 2,
    asOf: NOW,
  })
    .filter(({ asset }) => rowOf.has(asset))
    .map(({ asset }) => rowOf.get(asset));

function measure(depth) {
  const times = [];
  const answers = [];
  for (const question of questions) {
    const began = performance.now();
    answers.push(ours(question, depth));
    times.push(performance.now() - began);
  }
  return { times, answers };
}
measure(3);
const found = { 3: measure(3), 10: measure(10) };

/** The same walk in SQL: datasets that went bad, since when, and after how many hops. */
const SQL = `
  with recursive bad(dataset, since, hops) as (
    select $1::int, $2::bigint, 0
    union
    select w.dataset, w.time, bad.hops + 1
    from bad join use r on r.dataset = bad.dataset and r.kind = 'r' and r.time >= bad.since
             join use w on w.run = r.run and w.kind = 'w'
    where bad.hops + 1 <= $3
  )
  select distinct dataset from bad`;

let peer = null;
if (!postgresFolder()) console.log(`PostgreSQL is left out: it is not installed. ${HOW_TO_GET_POSTGRES}`);
else {
  const server = await startPostgres({ fsync: 'off', shared_buffers: '1GB', work_mem: '256MB', jit: 'off' });
  const client = new pg.Client({ connectionString: server.url });
  try {
    await client.connect();
    await client.query('create table use (run int, dataset int, kind char(1), time bigint)');
    for (let i = 0; i < rows.length; i += 50_000) {
      const part = rows.slice(i, i + 50_000);
      await client.query(
        'insert into use select * from unnest($1::int[], $2::int[], $3::char[], $4::bigint[])',
        [0, 1, 2, 3].map((column) => part.map((row) => row[column])),
      );
    }
    await client.query(`create index on use (dataset, time) include (run) where kind = 'r'`);
    await client.query(`create index on use (run) include (dataset, time) where kind = 'w'`);
    await client.query('vacuum analyze use');
    await client.query({ name: 'blast', text: SQL, values: [0, 0, 3] });
    peer = {};
    for (const depth of [3, 10]) {
      const times = [];
      for (const [i, { dataset, from }] of questions.slice(0, short ? 5 : 40).entries()) {
        const began = performance.now();
        const { rows: answer } = await client.query({ name: 'blast', text: SQL, values: [dataset, from, depth] });
        times.push(performance.now() - began);
        const theirs = answer.map((row) => row.dataset).sort((a, b) => a - b);
        const mine = found[depth].answers[i].toSorted((a, b) => a - b);
        if (JSON.stringify(mine) !== JSON.stringify(theirs))
          throw new Error(`the answers differ: ${mine.length} and ${theirs.length} datasets`);
      }
      peer[depth] = times;
    }
  } finally {
    await client.end();
    server.stop();
  }
}

console.log(
  `${rows.length} uses of ${JOBS + SOURCES} datasets by ${JOBS * NIGHTS} runs of ${JOBS} jobs, held in ${megabytes} MB`,
);
console.table(
  [3, 10].map((depth) => ({
    depth,
    'datasets reached, median': percentile(
      found[depth].answers.map((answer) => answer.length),
      50,
    ),
    'p50 ms': percentile(found[depth].times, 50).toFixed(3),
    'p99 ms': percentile(found[depth].times, 99).toFixed(3),
    'PostgreSQL p50 ms': peer ? percentile(peer[depth], 50).toFixed(3) : 'not run',
    'PostgreSQL p99 ms': peer ? percentile(peer[depth], 99).toFixed(3) : 'not run',
  })),
);
const p = (depth, of) => percentile(found[depth].times, of);
report({
  bench: 'blast.memory',
  ours: megabytes,
  peer: null,
  unit: 'MB',
  ratio: null,
  goal: 250,
  met: megabytes < 250,
});
report({ bench: 'blast.depth-3', ours: p(3, 50), peer: null, unit: 'ms p50', ratio: null, goal: 1, met: p(3, 50) < 1 });
report({
  bench: 'blast.depth-10',
  ours: p(10, 99),
  peer: null,
  unit: 'ms p99',
  ratio: null,
  goal: 150,
  met: p(10, 99) < 150,
});
const ratio = peer && percentile(peer[10], 50) / p(10, 50);
report({
  bench: 'blast',
  ours: p(10, 50),
  peer: peer && percentile(peer[10], 50),
  unit: 'ms p50, depth 10',
  ratio,
  goal: 50,
  met: ratio === null ? null : ratio >= 50,
});
