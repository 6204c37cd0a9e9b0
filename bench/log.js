// Evidence log: durable appends with 1,024 outstanding entries of 600 bytes, recovery on, tiles and bundles published as
// static files while it runs. Peer: Tessera's POSIX driver, which does the same, built from its released module.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { openFileLog } from '../packages/custody/dist/log/file-log.js';
import { mirror } from '../packages/custody/dist/log/mirror.js';
import { median, report, short } from './report.js';

const OUTSTANDING = 1_024;
const ENTRY_BYTES = 600;
const ENTRIES = short ? 20_000 : 100_000;
const ROUNDS = short ? 1 : 3;
/** Tessera's own default, and the batching that suited this load best when it was tried. */
const PEER_BATCHING = [
  { name: 'default batching (256, 250 ms)', batch: 256, age: '250ms' },
  { name: 'batching tuned to this load (1,024, 10 ms)', batch: 1_024, age: '10ms' },
];

const cpuMicros = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

async function ours() {
  const folder = mkdtempSync(`${tmpdir()}/custody-bench-`);
  const log = await openFileLog({
    folder: `${folder}/log`,
    idOf: (bytes) => bytes.toString('latin1', 0, 16),
    checkpointMs: 1_000,
  });
  let published = 0;
  let publishing = Promise.resolve();
  log.onCheckpoint((checkpoint) => {
    publishing = publishing.then(async () => {
      await mirror(log, checkpoint, `${folder}/public`, published);
      published = checkpoint.size;
    });
  });
  const base = Buffer.alloc(ENTRY_BYTES, 'a');
  let next = 0;
  const worker = async () => {
    while (next < ENTRIES) {
      const id = String(next++).padStart(16, '0');
      const entry = Buffer.from(base);
      entry.write(id, 0, 'latin1');
      await log.append({ id, entry });
    }
  };
  const cpu = cpuMicros();
  const start = performance.now();
  await Promise.all(Array.from({ length: OUTSTANDING }, worker));
  const seconds = (performance.now() - start) / 1000;
  const used = cpuMicros() - cpu;
  await log.checkpointOver(ENTRIES);
  await publishing;
  await log.close();
  const again = await openFileLog({ folder: `${folder}/log`, idOf: (bytes) => bytes.toString('latin1', 0, 16) });
  if (again.size() !== ENTRIES || again.recovered.length > 0) throw new Error('the log did not come back whole');
  await again.close();
  rmSync(folder, { recursive: true });
  return { perSecond: ENTRIES / seconds, cpuMicros: used / ENTRIES };
}

/** Builds the peer; null with a printed reason where that cannot be done. */
function buildPeer() {
  const source = fileURLToPath(new URL('tessera', import.meta.url));
  const binary = `${mkdtempSync(`${tmpdir()}/tessera-`)}/bench`;
  const { status, error, stderr } = spawnSync('go', ['build', '-o', binary, '.'], { cwd: source, encoding: 'utf8' });
  if (status === 0) return binary;
  console.log(`peer skipped: ${error?.code === 'ENOENT' ? 'Go is not installed (https://go.dev/dl)' : stderr.trim()}`);
  return null;
}

function peer(binary, { batch, age }) {
  const folder = mkdtempSync(`${tmpdir()}/tessera-log-`);
  const args = [
    '-dir',
    folder,
    '-entries',
    ENTRIES,
    '-outstanding',
    OUTSTANDING,
    '-size',
    ENTRY_BYTES,
    '-batch',
    batch,
    '-age',
    age,
  ];
  const { status, stdout, stderr } = spawnSync(binary, args.map(String), { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  if (status !== 0) throw new Error(`the peer failed: ${stderr}`);
  return JSON.parse(stdout);
}

const binary = buildPeer();
const mine = [];
const theirs = PEER_BATCHING.map(() => []);
for (let round = 0; round < ROUNDS; round++) {
  mine.push(await ours());
  if (binary) PEER_BATCHING.forEach((batching, i) => theirs[i].push(peer(binary, batching)));
}
const figure = (runs, key) => median(runs.map((run) => run[key]));
const rows = [
  ['Custody, files', figure(mine, 'perSecond'), figure(mine, 'cpuMicros')],
  ...(binary
    ? PEER_BATCHING.map(({ name }, i) => [
        `Tessera POSIX, ${name}`,
        figure(theirs[i], 'perSecond'),
        figure(theirs[i], 'cpuMicros'),
      ])
    : []),
];
console.log(
  `${ENTRIES} entries of ${ENTRY_BYTES} bytes, ${OUTSTANDING} outstanding, durable and published; median of ${ROUNDS}`,
);
console.table(
  rows.map(([log, perSecond, cpu]) => ({
    log,
    'entries/s': Math.round(perSecond),
    'CPU µs/entry': Number(cpu.toFixed(1)),
  })),
);
const oursCpu = figure(mine, 'cpuMicros');
report({
  bench: 'log.cpu',
  ours: oursCpu,
  peer: null,
  unit: 'µs CPU/entry',
  ratio: null,
  goal: 25,
  met: oursCpu <= 25,
});
const best = binary ? figure(theirs[1], 'perSecond') : null;
const standard = binary ? figure(theirs[0], 'perSecond') : null;
const oursRate = figure(mine, 'perSecond');
report({
  bench: 'log.tuned-peer',
  ours: oursRate,
  peer: best,
  unit: 'entries/s',
  ratio: best && oursRate / best,
  goal: 3,
  met: best !== null && oursRate >= 3 * best,
});
report({
  bench: 'log',
  ours: oursRate,
  peer: standard,
  unit: 'entries/s',
  ratio: standard && oursRate / standard,
  goal: 3,
  met: standard !== null && oursRate >= 3 * standard,
});
