/** Times the lineage layout on random graphs: node test/layout-timing.js. Prints the best and the median of several runs. */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('../src/layout/layered-layout.ts', import.meta.url)));

/** Small deterministic generator (mulberry32), so that every run times the same graphs. */
const random = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

function graph(size, seed) {
  const next = random(seed);
  const nodes = Array.from({ length: size }, (_, n) => ({
    id: `n${String(n).padStart(4, '0')}`,
    width: 200,
    height: 48 + Math.floor(next() * 4) * 20,
  }));
  const edges = [];
  for (let n = 1; n < size; n++) {
    // Mostly from near by, as pipelines are; one in twenty runs backwards and makes a cycle.
    for (let k = 0; k < 1 + Math.floor(next() * 2); k++) {
      const other = Math.max(0, n - 1 - Math.floor(next() * 12));
      const [from, to] = next() < 0.05 ? [n, other] : [other, n];
      edges.push({ id: `e${edges.length}`, from: nodes[from].id, to: nodes[to].id });
    }
  }
  return { nodes, edges };
}

for (const size of [100, 300]) {
  const { nodes, edges } = graph(size, 42);
  const times = [];
  for (let run = 0; run < 15; run++) {
    const start = performance.now();
    module.layeredLayout(nodes, edges);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  console.log(`${size} nodes, ${edges.length} edges: best ${times[0].toFixed(1)} ms, median ${times[7].toFixed(1)} ms`);
}
