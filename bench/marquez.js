// Marquez's lineage graph over HTTP, the whole answer read, on a graph of 5,000 jobs and 8,300 datasets: 50 layers of jobs
// that each read two tables of the layer before, and sources of their own. One event more between any two questions, as a
// live system has, so that nothing is answered that was only kept.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { percentile, report, short } from './report.js';

const LAYERS = short ? 10 : 50;
const WIDTH = 100;
const SOURCES = 64;
const QUERIES = short ? 5 : 60;
const DEPTHS = [1, 5, 20, 100];
const GOAL_MS = 50;

const cli = fileURLToPath(new URL('../packages/custody/bin/custody.js', import.meta.url));
let seed = 42;
const random = (n) => ((seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) >>> 8) % n;

const jobs = [];
for (let layer = 1; layer <= LAYERS; layer++) {
  for (let i = 0; i < WIDTH; i++) {
    const inputs = [`l${layer - 1}_${i}`, `l${layer - 1}_${(i + 1 + random(WIDTH - 1)) % WIDTH}`];
    if (i < SOURCES) inputs.push(`s${layer}_${i}`);
    jobs.push({ name: `j${layer}_${i}`, inputs, output: `l${layer}_${i}` });
  }
}
const fields = Array.from({ length: 10 }, (_, i) => ({ name: `c_${i}`, type: 'BIGINT' }));
const facets = {
  schema: { _producer: 'https://example.invalid/bench', _schemaURL: 'https://example.invalid/schema', fields },
};
const table = (name) => ({ namespace: 'postgres://warehouse:5432', name, facets });
const event = ({ name, inputs, output }, n) => ({
  eventType: 'COMPLETE',
  eventTime: new Date(1_760_000_000_000 + n * 1_000).toISOString(),
  producer: 'https://example.invalid/bench',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` },
  job: { namespace: 'bench', name },
  inputs: inputs.map(table),
  outputs: [table(output)],
});

/** The oracle: how many nodes a graph has, straight from the list of jobs. */
const touching = new Map();
for (const job of jobs)
  for (const name of [...job.inputs, job.output]) touching.set(name, [...(touching.get(name) ?? []), job]);
function nodesAround(start, depth) {
  const reached = new Set([start]);
  const datasets = new Set();
  let front = [start];
  for (let step = 0; step <= depth && front.length > 0; step++) {
    const next = [];
    for (const job of front) {
      for (const name of [...job.inputs, job.output]) {
        datasets.add(name);
        if (step === depth) continue;
        for (const other of touching.get(name)) {
          if (reached.has(other)) continue;
          reached.add(other);
          next.push(other);
        }
      }
    }
    front = next;
  }
  return reached.size + datasets.size;
}

const folder = mkdtempSync(`${tmpdir()}/custody-bench-`);
const server = spawn(process.execPath, [cli, 'start', '--no-example', '--json', '--port', '0', '--data', folder], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
let started;
for await (const line of createInterface({ input: server.stdout })) {
  started = JSON.parse(line);
  break;
}
const headers = { authorization: `Bearer ${started.openLineageApiKey}`, 'content-type': 'application/json' };
const send = async (events) => {
  const response = await fetch(`${started.url}/api/v1/lineage/batch`, {
    method: 'POST',
    headers,
    body: JSON.stringify(events),
  });
  if (response.status !== 200) throw new Error(await response.text());
};
let sent = 0;
for (; sent < jobs.length; sent += 500) await send(jobs.slice(sent, sent + 500).map((job, i) => event(job, sent + i)));

/** Reads all of the answer as it comes; putting it together is the client's business, and after the clock. */
const agent = new Agent({ keepAlive: true });
const ask = (job, depth) =>
  new Promise((resolve, reject) => {
    const path = `${started.url}/api/v1/lineage?nodeId=job:bench:${job.name}&depth=${depth}`;
    get(path, { headers, agent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve(chunks));
      response.on('error', reject);
    }).on('error', reject);
  });
const cold = performance.now();
await ask(jobs[0], 1_000);
console.log(`the first question ever, for all of it: ${(performance.now() - cold).toFixed(0)} ms`);

console.log(`${jobs.length} jobs, ${touching.size} datasets; ms over HTTP, the whole answer read`);
let worst = 0;
let rightAll = true;
for (const depth of DEPTHS) {
  const times = [];
  let nodes = 0;
  let bytes = 0;
  for (let query = -2; query < QUERIES; query++) {
    const job = jobs[random(jobs.length)];
    await send([event(jobs[random(jobs.length)], sent++)]);
    const start = performance.now();
    const chunks = await ask(job, depth);
    const time = performance.now() - start;
    if (query < 0) continue; // the first ones warm up
    times.push(time);
    const body = Buffer.concat(chunks);
    nodes = JSON.parse(body.toString()).graph.length;
    bytes = body.length;
    rightAll &&= nodes === nodesAround(job, depth);
  }
  worst = Math.max(worst, percentile(times, 50));
  const [p50, p99] = [50, 99].map((p) => percentile(times, p).toFixed(1));
  console.log(`depth ${String(depth).padStart(3)}  p50 ${p50}  p99 ${p99}  last answer ${nodes} nodes, ${bytes} bytes`);
}
agent.destroy();
const stopped = new Promise((resolve) => server.once('exit', resolve));
server.kill('SIGINT');
await stopped;
rmSync(folder, { recursive: true });
if (!rightAll) throw new Error('a graph has other nodes than the jobs say');
report({
  bench: 'marquez',
  ours: worst,
  peer: null,
  unit: 'ms, median of the worst depth',
  ratio: null,
  goal: GOAL_MS,
  met: worst <= GOAL_MS,
});
