/** SIGKILL at random under load: no acknowledged entry is missing, and the tree extends every checkpoint that was seen. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkLog } from '../packages/custody/src/log/check.ts';
import { openFileLog } from '../packages/custody/src/log/file-log.ts';

const WRITER = fileURLToPath(new URL('crash/writer.js', import.meta.url));
const SEEDS = 5;
const KILLS = 22;

const idOf = (bytes: Uint8Array) => (JSON.parse(Buffer.from(bytes).toString()) as { id: string }).id;

interface Said {
  readonly index?: number;
  readonly id?: string;
  readonly payload?: boolean;
  readonly opened?: number;
  readonly checkpoint?: number;
  readonly root?: string;
}

/** Runs the writer, kills it some milliseconds after its first acknowledgement, and returns all that it said. */
async function runAndKill(folder: string, seed: string, afterMs: number): Promise<Said[]> {
  const child = spawn(process.execPath, [WRITER, folder, seed], { stdio: ['ignore', 'pipe', 'pipe'] });
  // Its output ends a moment before it is gone, and until then it holds the folder.
  const gone = once(child, 'exit');
  const said: Said[] = [];
  let trouble = '';
  child.stderr.on('data', (chunk: Buffer) => (trouble += chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  let timer: NodeJS.Timeout | undefined;
  for await (const line of lines) {
    // The last line may be cut by the kill; it was not acknowledged to anybody then.
    if (!line.endsWith('}')) break;
    said.push(JSON.parse(line) as Said);
    if (said.at(-1)!.index !== undefined) timer ??= setTimeout(() => child.kill('SIGKILL'), afterMs);
  }
  await gone;
  expect(trouble).toBe('');
  expect(said.some(({ index }) => index !== undefined)).toBe(true);
  return said;
}

/** A small generator, so that a failing seed can be run again (mulberry32). */
function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test.each(Array.from({ length: SEEDS }, (_, seed) => seed + 1))(
  `seed %i: ${KILLS} kills lose nothing`,
  async (seed) => {
    const folder = await mkdtemp(`${tmpdir()}/custody-crash-`);
    const random = seeded(seed);
    const acknowledged = new Map<number, Said>();
    const checkpoints = new Map<number, string>();
    for (let kill = 0; kill < KILLS; kill++) {
      for (const line of await runAndKill(folder, `${seed}.${kill}`, random() * 60)) {
        if (line.index !== undefined) {
          expect(acknowledged.has(line.index), `entry ${line.index} was given out twice`).toBe(false);
          acknowledged.set(line.index, line);
        }
        if (line.checkpoint !== undefined) checkpoints.set(line.checkpoint, line.root!);
      }
    }
    const log = await openFileLog({ folder, idOf });
    const entries = await log.read(0, log.size());
    for (const [index, { id, payload }] of acknowledged) {
      expect(entries[index] && idOf(entries[index]), `entry ${index} of ${log.size()}`).toBe(id);
      if (!payload) continue;
      const stored = await log.payload(index);
      expect(stored.state === 'present' && Buffer.from(stored.bytes).toString()).toBe(`payload of ${id}`);
    }
    for (const [size, root] of checkpoints)
      expect(Buffer.from(await log.root(size)).toString('hex'), `checkpoint ${size}`).toBe(root);
    await log.close();
    const { problems } = await checkLog(`${folder}`, () => null);
    expect(problems).toEqual([]);
    console.log(
      `seed ${seed}: ${KILLS} kills, ${acknowledged.size} acknowledged entries all there, ${checkpoints.size} checkpoints hold`,
    );
    await rm(folder, { recursive: true });
  },
  120_000,
);
