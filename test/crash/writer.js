// Appends to a log until it is killed, and says on standard output what was acknowledged, one JSON line each.
import { writeSync } from 'node:fs';
import { openFileLog } from '../../packages/custody/dist/log/file-log.js';

const [folder, seed] = process.argv.slice(2);
const idOf = (bytes) => JSON.parse(Buffer.from(bytes).toString()).id;
const say = (line) => writeSync(1, `${JSON.stringify(line)}\n`);

const log = await openFileLog({ folder, idOf, checkpointMs: 5, segmentBytes: 60_000 });
say({ opened: log.size(), recovered: log.recovered.length });
log.onCheckpoint(({ size, root }) => say({ checkpoint: size, root: Buffer.from(root).toString('hex') }));

let next = 0;
const worker = async (lane) => {
  for (;;) {
    const id = `${seed}-${lane}-${next++}`;
    const bytes = Buffer.from(`payload of ${id}`);
    const payload = lane % 2 === 0 ? { salt: Buffer.alloc(32, lane), bytes } : undefined;
    const { index } = await log.append({
      id,
      entry: Buffer.from(JSON.stringify({ id, pad: 'x'.repeat((next * 37) % 400) })),
      payload,
    });
    say({ index, id, payload: payload !== undefined });
    if (lane === 0 && index % 97 === 0)
      void log.saveSnapshot('fold', log.size(), Buffer.from(String(log.size()))).catch(() => {});
  }
};
await Promise.all(Array.from({ length: 24 }, (_, lane) => worker(lane)));
