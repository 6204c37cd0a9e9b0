// Restart of a log of 1,000,000 entries: from opening the files to a state that answers, with a snapshot and without one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { randomUUID } from 'node:crypto';
import { openFileLog } from '../packages/custody/dist/log/file-log.js';
import { idOfEntry, Ledger } from '../packages/custody/dist/ledger/ledger.js';
import { median, report, short } from './report.js';

const ENTRIES = short ? 20_000 : 1_000_000;
const GOAL_SECONDS = 2;
const ROUNDS = short ? 1 : 3;

const folder = mkdtempSync(`${tmpdir()}/custody-bench-`);
const open = () => openFileLog({ folder, idOf: idOfEntry, checkpointMs: 60_000 });

const dataset = (n) => ({ namespace: 'postgres://warehouse:5432', name: `public.t${n}` });
async function fill() {
  const ledger = await Ledger.open(await open());
  for (let from = 0; from < ENTRIES; from += 2_000) {
    await Promise.all(
      Array.from({ length: Math.min(2_000, ENTRIES - from) }, (_, i) => {
        const n = from + i;
        const job = n % 5_000;
        return ledger.record({
          kind: 'openlineage.run',
          id: `e${n}`,
          by: 'bench',
          eventTime: new Date(1_760_000_000_000 + n * 1000).toISOString(),
          state: 'COMPLETE',
          run: randomUUID(),
          job: { namespace: 'bench', name: `job${job}` },
          inputs: [dataset(job), dataset(job + 1)],
          outputs: [dataset(job + 5_000)],
          producer: 'https://example.invalid/bench',
        });
      }),
    );
  }
  await ledger.close();
}

async function restart() {
  const start = performance.now();
  const log = await open();
  const opened = performance.now();
  const ledger = await Ledger.open(log);
  const ready = performance.now();
  if (ledger.state.entries !== ENTRIES) throw new Error('not everything is there');
  const answer = { files: (opened - start) / 1000, folds: (ready - opened) / 1000, total: (ready - start) / 1000 };
  await ledger.close();
  return answer;
}

await fill();
const withSnapshot = [];
for (let round = 0; round < ROUNDS; round++) withSnapshot.push(await restart());
rmSync(`${folder}/snapshots`, { recursive: true });
const replay = await restart();
rmSync(folder, { recursive: true });

const row = (name, { files, folds, total }) => ({
  restart: name,
  'files s': files.toFixed(2),
  'folds s': folds.toFixed(2),
  'total s': total.toFixed(2),
});
const middle = {
  files: median(withSnapshot.map((r) => r.files)),
  folds: median(withSnapshot.map((r) => r.folds)),
  total: median(withSnapshot.map((r) => r.total)),
};
console.log(`${ENTRIES} run events of 5,000 jobs; every byte of the entries is checked against its checksum`);
console.table([row(`with a snapshot, median of ${ROUNDS}`, middle), row('full replay', replay)]);
report({
  bench: 'restart',
  ours: middle.total,
  peer: replay.total,
  unit: 's (peer: our own full replay)',
  ratio: replay.total / middle.total,
  goal: GOAL_SECONDS,
  met: middle.total < GOAL_SECONDS,
});
