// Lineage over a graph of 300,000 assets and 1,000,000 edges, in process: what lies within 3 and 10 hops of an asset; and
// PostgreSQL with a recursive query over the same edges in the same run. Both must agree.
import pg from 'pg';
import { reach } from '../packages/custody/dist/fold/reach.js';
import { emptyState } from '../packages/custody/dist/fold/state.js';
import { NOW } from '../packages/custody/dist/fold/as-of.js';
import { HOW_TO_GET_POSTGRES, postgresFolder, startPostgres } from '../test/postgres/server.js';
import { percentile, report, short } from './report.js';
import { seeded } from './seeded.js';

const NODES = short ? 30_000 : 300_000;
const EDGES = short ? 100_000 : 1_000_000;
const QUERIES = short ? 50 : 500;

const random = seeded(42);
const state = emptyState();
for (let n = 0; n < NODES; n++) state.assets.see('dataset', { namespace: 'bench', name: `d${n}` }, {}, n, n);
while (state.edges.count < EDGES) {
  // Mostly to later assets not far away, as pipelines are built, and a few anywhere, cycles included.
  const from = Math.floor(random() * NODES);
  const to =
    random() < 0.98 ? Math.min(NODES - 1, from + 1 + Math.floor(random() * 2_000)) : Math.floor(random() * NODES);
  if (from !== to) state.edges.see(from, to, null, state.runs, state.edges.count, state.edges.count);
}

/** The oracle: the same question with Maps and Sets. */
function naive(start, depth) {
  let front = new Set([start]);
  const seen = new Set([start]);
  for (let hops = 0; hops < depth && front.size > 0; hops++) {
    const next = new Set();
    for (const node of front) {
      for (const edge of state.edges.of(node, 'down')) {
        const to = state.edges.toOf(edge);
        if (!seen.has(to)) next.add(to);
        seen.add(to);
      }
    }
    front = next;
  }
  return seen;
}

/** PostgreSQL's times for some starts, and how many assets it reached, by depth. */
async function askPostgres(depths, starts) {
  const server = await startPostgres({ fsync: 'off', shared_buffers: '1GB', work_mem: '256MB', jit: 'off' });
  const client = new pg.Client({ connectionString: server.url });
  try {
    await client.connect();
    await client.query('create table edge (from_asset int, to_asset int)');
    const { from, to } = { from: [], to: [] };
    for (let edge = 0; edge < state.edges.count; edge += 50_000) {
      from.length = to.length = 0;
      for (let i = edge; i < Math.min(edge + 50_000, state.edges.count); i++) {
        from.push(state.edges.fromOf(i));
        to.push(state.edges.toOf(i));
      }
      await client.query('insert into edge select * from unnest($1::int[], $2::int[])', [from, to]);
    }
    await client.query('create index on edge (from_asset) include (to_asset)');
    await client.query('vacuum analyze edge');
    const text = `
      with recursive reached(asset, hops) as (
        select $1::int, 0
        union
        select edge.to_asset, reached.hops + 1 from reached join edge on edge.from_asset = reached.asset where hops < $2
      )
      select distinct asset from reached`;
    const answers = new Map();
    for (const depth of depths) {
      const times = [];
      const reached = [];
      for (const start of starts) {
        const began = performance.now();
        const { rowCount } = await client.query({ name: 'reach', text, values: [start, depth] });
        times.push(performance.now() - began);
        reached.push(rowCount);
      }
      answers.set(depth, { times, reached });
    }
    return answers;
  } finally {
    await client.end();
    server.stop();
  }
}

const starts = Array.from({ length: short ? 5 : 40 }, () => Math.floor(random() * NODES));
let peer = null;
if (postgresFolder()) peer = await askPostgres([3, 10], starts);
else console.log(`PostgreSQL is left out: it is not installed. ${HOW_TO_GET_POSTGRES}`);
const same = new Map();
// Both warm: PostgreSQL has planned and read its tables, and this has been compiled.
for (let round = 0; round < 5; round++) for (const start of starts) reach(state.edges, start, 'down', 10, NOW);
for (const depth of [3, 10]) {
  const times = starts.map((start, i) => {
    const began = performance.now();
    const { nodes } = reach(state.edges, start, 'down', depth, NOW);
    const took = performance.now() - began;
    if (peer && peer.get(depth).reached[i] !== nodes.length) throw new Error('PostgreSQL reaches others');
    return took;
  });
  same.set(depth, times);
}

const rows = [];
for (const { depth, asOf, name } of [
  { depth: 3, asOf: NOW, name: 'now' },
  { depth: 10, asOf: NOW, name: 'now' },
  { depth: 10, asOf: { at: EDGES / 2, entries: EDGES }, name: 'as of half way' },
]) {
  const times = [];
  const sizes = [];
  for (let query = 0; query < QUERIES; query++) {
    const start = Math.floor(random() * NODES);
    const began = performance.now();
    const { nodes } = reach(state.edges, start, 'down', depth, asOf);
    times.push(performance.now() - began);
    sizes.push(nodes.length);
    if (query < 5 && asOf === NOW) {
      const expected = naive(start, depth);
      if (expected.size !== nodes.length || !nodes.every((node) => expected.has(node)))
        throw new Error('the answers differ');
    }
  }
  rows.push({
    depth,
    'as of': name,
    reached: percentile(sizes, 50),
    'p50 ms': percentile(times, 50),
    'p99 ms': percentile(times, 99),
  });
}
console.log(
  `${NODES} assets, ${state.edges.count} edges, ${QUERIES} random questions a row; resident ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
);
console.table(rows.map((row) => ({ ...row, 'p50 ms': row['p50 ms'].toFixed(3), 'p99 ms': row['p99 ms'].toFixed(3) })));
const p99 = (depth) => rows.find((row) => row.depth === depth)['p99 ms'];
report({ bench: 'lineage.depth-3', ours: p99(3), peer: null, unit: 'ms p99', ratio: null, goal: 1, met: p99(3) < 1 });
report({
  bench: 'lineage.depth-10',
  ours: p99(10),
  peer: null,
  unit: 'ms p99',
  ratio: null,
  goal: 150,
  met: p99(10) < 150,
});
const [mine, theirs] = [percentile(same.get(10), 50), peer && percentile(peer.get(10).times, 50)];
if (peer)
  console.log(
    `The same ${starts.length} starts, p50 ms: depth 3 ${percentile(same.get(3), 50).toFixed(3)}, PostgreSQL ${percentile(peer.get(3).times, 50).toFixed(3)}; depth 10 ${mine.toFixed(3)}, PostgreSQL ${theirs.toFixed(3)}`,
  );
report({
  bench: 'lineage',
  ours: mine,
  peer: theirs,
  unit: 'ms p50, depth 10',
  ratio: theirs && theirs / mine,
  goal: 50,
  met: theirs === null ? null : theirs / mine >= 50,
});
