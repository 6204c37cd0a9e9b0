// Lineage over a graph of 300,000 assets and 1,000,000 edges, in process: what lies within 3 and 10 hops of an asset.
import { reach } from '../packages/custody/dist/fold/reach.js';
import { emptyState } from '../packages/custody/dist/fold/state.js';
import { NOW } from '../packages/custody/dist/fold/as-of.js';
import { percentile, report, short } from './report.js';

const NODES = short ? 30_000 : 300_000;
const EDGES = short ? 100_000 : 1_000_000;
const QUERIES = short ? 50 : 500;

/** The same graph every time (mulberry32). */
function seeded(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

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
  bench: 'lineage',
  ours: p99(10),
  peer: null,
  unit: 'ms p99, depth 10',
  ratio: null,
  goal: 150,
  met: p99(10) < 150,
});
