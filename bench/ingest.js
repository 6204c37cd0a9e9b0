// OpenLineage ingest over HTTP, durable before it is answered, with 64 connections. The server is a process of its own and
// its CPU time is the operating system's account of it, so "a core" means a second of its CPU.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { report, short } from './report.js';

const SHARED = process.env['CUSTODY_SHARED'] ?? fileURLToPath(new URL('../../shared', import.meta.url));
const CONNECTIONS = 64;
const CASES = [
  {
    name: 'marquez-metadata',
    events: short ? 2_000 : 100_000,
    unit: 'events/s a core',
    goal: 2_500,
    figure: ({ events, cpu }) => events / cpu,
  },
  {
    name: 'wide-20ds-50col',
    events: short ? 100 : 2_000,
    unit: 'MB/s a core',
    goal: 100,
    figure: ({ bytes, cpu }) => bytes / 1e6 / cpu,
  },
];
/** Measured for this project before it began, on another machine: not a figure of this run. */
const MARQUEZ =
  'Marquez 0.51 on PostgreSQL 15, measured elsewhere: 0.12-0.25 CPU-seconds an event of the first kind, 1.7 of the second';

const cli = fileURLToPath(new URL('../packages/custody/bin/custody.js', import.meta.url));
const load = fileURLToPath(new URL('ingest-load.js', import.meta.url));

async function startServer() {
  const folder = mkdtempSync(`${tmpdir()}/custody-bench-`);
  const child = spawn(process.execPath, [cli, 'start', '--no-example', '--json', '--port', '0', '--data', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) return { child, folder, ...JSON.parse(line) };
  throw new Error('the server did not start');
}

/** User and system time of a process in seconds; fields 14 and 15 of /proc/PID/stat, in ticks of 10 ms. */
function cpuSeconds(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const memoryMb = (pid, field) =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

async function run({ name, events, unit, goal, figure }) {
  const file = `${SHARED}/data/openlineage/${name}.jsonl.gz`;
  const server = await startServer();
  const before = cpuSeconds(server.child.pid);
  const args = [load, server.url, server.openLineageApiKey, file, events, CONNECTIONS].map(String);
  const sender = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  for await (const chunk of sender.stdout) output += chunk;
  const { seconds, bytes, refused } = JSON.parse(output);
  const cpu = cpuSeconds(server.child.pid) - before;
  const peak = memoryMb(server.child.pid, 'VmHWM');
  const resident = memoryMb(server.child.pid, 'VmRSS');
  if (refused.length > 0) throw new Error(`refused: ${JSON.stringify(refused)}`);
  const stopped = new Promise((resolve) => server.child.once('exit', resolve));
  server.child.kill('SIGINT');
  await stopped;
  const check = JSON.parse(
    spawnSync(process.execPath, [cli, 'log', 'check', '--json', '--data', server.folder], { encoding: 'utf8' }).stdout,
  );
  if (!check.whole || check.payloads.present !== events) throw new Error('not every acknowledged event is in the log');
  rmSync(server.folder, { recursive: true });
  const ours = figure({ events, bytes, cpu });
  console.table([
    {
      case: name,
      events,
      'kB/event': Number((bytes / events / 1000).toFixed(1)),
      'events/s (clock)': Math.round(events / seconds),
      'MB/s (clock)': Math.round(bytes / 1e6 / seconds),
      'CPU ms/event': Number(((cpu * 1000) / events).toFixed(3)),
      'resident MB': Math.round(resident),
      'peak MB': Math.round(peak),
    },
  ]);
  report({ bench: `ingest.${name}`, ours, peer: null, unit, ratio: null, goal, met: ours >= goal });
  return { ours, resident, goal };
}

if (!existsSync(`${SHARED}/data/openlineage`)) {
  console.log(`skipped: the events of ${SHARED}/data/openlineage are not there (set CUSTODY_SHARED)`);
} else {
  console.log(MARQUEZ);
  const wide = await run(CASES[1]);
  const { ours, resident, goal } = await run(CASES[0]);
  report({
    bench: 'ingest.memory',
    ours: resident,
    peer: null,
    unit: `MB resident after ${CASES[0].events} events`,
    ratio: null,
    goal: 300,
    met: resident < 300,
  });
  report({
    bench: 'ingest',
    ours,
    peer: null,
    unit: CASES[0].unit,
    ratio: null,
    goal,
    met: ours >= goal && wide.ours >= wide.goal,
  });
}
