/**
 * Breaks every write, one at a time, then checks the whole: what was acknowledged is there, what was refused is told, the
 * log opens again and its tree is consistent with the last checkpoint that anybody saw.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { equalBytes } from '@custody/verify';
import { describe, expect, test } from 'vitest';
import { checkLog } from './check.ts';
import { realDisk, type Disk, type DiskFile } from './disk.ts';
import { idOf, numbered } from './evidence-log.suite.ts';
import type { EvidenceLog, SignedCheckpoint } from './evidence-log.ts';
import { openFileLog } from './file-log.ts';
import { LogError } from './log-error.ts';

type Fault = 'EIO' | 'ENOSPC' | 'short write' | 'crash';

class Injected extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`injected ${code}`);
    this.code = code;
  }
}

/** A disk whose n-th changing operation fails; after a `crash` all later ones fail too. */
function faulty(failAt: number, fault: Fault): { disk: Disk; operations: () => number } {
  let count = 0;
  let crashed = false;
  const isHit = () => crashed || ++count === failAt;
  const fail = (): never => {
    if (fault === 'crash') crashed = true;
    throw new Injected(fault === 'ENOSPC' || fault === 'short write' ? 'ENOSPC' : 'EIO');
  };
  const guard = async (operation: () => Promise<void>) => (isHit() ? fail() : operation());
  const wrap = (file: DiskFile): DiskFile => ({
    path: file.path,
    read: (buffer, position) => file.read(buffer, position),
    size: () => file.size(),
    close: () => file.close(),
    sync: () => guard(() => file.sync()),
    truncate: (bytes) => guard(() => file.truncate(bytes)),
    async write(buffer, position) {
      if (!isHit()) return file.write(buffer, position);
      // Half of it arrives, as it does when a disk fills up or power goes.
      if (!crashed && fault !== 'EIO') await file.write(buffer.subarray(0, buffer.length >> 1), position);
      fail();
    },
  });
  const disk: Disk = {
    ...realDisk,
    open: async (path, how) => wrap(await realDisk.open(path, how)),
    makeFolder: (path) => guard(() => realDisk.makeFolder(path)),
    rename: (from, to) => guard(() => realDisk.rename(from, to)),
    remove: (path) => guard(() => realDisk.remove(path)),
    syncFolder: (path) => guard(() => realDisk.syncFolder(path)),
  };
  return { disk, operations: () => count };
}

const options = { idOf, checkpointMs: 60_000, segmentBytes: 12_000 };

interface Outcome {
  readonly acknowledged: Map<string, number>;
  readonly refused: string[];
  readonly checkpoints: SignedCheckpoint[];
}

/** The same work every time: open, append in groups with payloads, sign, erase, snapshot, close. */
async function work(folder: string, disk: Disk): Promise<Outcome> {
  const outcome: Outcome = { acknowledged: new Map(), refused: [], checkpoints: [] };
  const tell = (error: unknown) => {
    if (!(error instanceof LogError)) throw error;
    expect(error.message).not.toBe('');
    expect(error.remedy).not.toBe('');
  };
  const log = await openFileLog({ ...options, folder, disk });
  try {
    await use(log, outcome, tell);
  } finally {
    await log.close();
  }
  return outcome;
}

async function use(log: EvidenceLog, outcome: Outcome, tell: (error: unknown) => void): Promise<void> {
  log.onCheckpoint((checkpoint) => outcome.checkpoints.push(checkpoint));
  for (let group = 0; group < 3; group++) {
    await Promise.all(
      numbered(120, group * 120).map(async (one) => {
        try {
          const payload = { salt: Buffer.alloc(32, group), bytes: Buffer.from(`payload of ${one.id}`) };
          outcome.acknowledged.set(one.id, (await log.append({ ...one, payload })).index);
        } catch (error) {
          tell(error);
          outcome.refused.push(one.id);
        }
      }),
    );
    if (log.size() > 0) await log.checkpointOver(log.size()).catch(tell);
  }
  await log.erasePayloads([1]).catch(tell);
  if (log.size() > 0) await log.saveSnapshot('fold', log.size(), Buffer.from('state')).catch(tell);
}

/** In memory where there is such a place: what is tested is the order of operations, not the disk. */
const newPlace = () => mkdtemp(`${existsSync('/dev/shm') ? '/dev/shm' : tmpdir()}/custody-faults-`);

describe.each<Fault>(['EIO', 'ENOSPC', 'short write', 'crash'])('%s at every write in turn', (fault) => {
  test('loses nothing that was acknowledged', async () => {
    const healthy = faulty(Infinity, fault);
    const first = await newPlace();
    await work(first, healthy.disk);
    await rm(first, { recursive: true });
    const total = healthy.operations();
    expect(total).toBeGreaterThan(40);

    for (let n = 1; n <= total; n++) {
      const folder = await newPlace();
      let outcome: Outcome = { acknowledged: new Map(), refused: [], checkpoints: [] };
      try {
        outcome = await work(folder, faulty(n, fault).disk);
      } catch (error) {
        // Opening failed: then nothing was acknowledged. Raw errors of the disk may come from there.
        if (!(error instanceof LogError || error instanceof Injected)) throw error;
      }
      const log = await openFileLog({ ...options, folder });
      const entries = await log.read(0, log.size());
      for (const [id, index] of outcome.acknowledged) {
        expect(entries[index] && idOf(entries[index]), `operation ${n}: entry ${index}`).toBe(id);
        const payload = await log.payload(index);
        const expected = index === 1 && payload.state === 'erased' ? 'erased' : 'present';
        expect(payload.state, `operation ${n}: payload ${index}`).toBe(expected);
      }
      for (const { size, root } of outcome.checkpoints) {
        expect(equalBytes(await log.root(size), root), `operation ${n}: checkpoint ${size}`).toBe(true);
      }
      // What was refused may be sent again, and ends up there exactly once.
      await Promise.all(numbered(360).map((one) => log.append(one)));
      expect(log.size()).toBe(360);
      await log.close();
      expect((await checkLog(folder, () => null)).problems).toEqual([]);
      await rm(folder, { recursive: true });
    }
  }, 180_000);
});

test('a disk that was full for a moment takes entries again without a restart', async () => {
  const folder = await newPlace();
  let full = false;
  const disk: Disk = {
    ...realDisk,
    async open(path, how) {
      const file = await realDisk.open(path, how);
      const write = file.write.bind(file);
      file.write = (buffer, position) => (full ? Promise.reject(new Injected('ENOSPC')) : write(buffer, position));
      return file;
    },
  };
  const log = await openFileLog({ ...options, folder, disk });
  const [a, b, c] = numbered(3);
  await log.append(a!);
  full = true;
  await expect(log.append(b!)).rejects.toMatchObject({ code: 'log.disk-full' });
  full = false;
  expect(await log.append(c!)).toEqual({ index: 1, duplicate: false });
  expect(await log.append(b!)).toEqual({ index: 2, duplicate: false });
  await log.close();
});

test('after a failed fdatasync nothing more is written until a restart', async () => {
  const folder = await newPlace();
  let failing = false;
  const disk: Disk = {
    ...realDisk,
    async open(path, how) {
      const file = await realDisk.open(path, how);
      const sync = file.sync.bind(file);
      file.sync = () => (failing && path.endsWith('.entries') ? Promise.reject(new Injected('EIO')) : sync());
      return file;
    },
  };
  const log = await openFileLog({ ...options, folder, disk });
  const [a, b, c] = numbered(3);
  await log.append(a!);
  failing = true;
  await expect(log.append(b!)).rejects.toMatchObject({ code: 'log.failed' });
  failing = false;
  await expect(log.append(c!)).rejects.toMatchObject({ code: 'log.failed' });
  await log.close();
  const again = await openFileLog({ ...options, folder });
  expect(await again.append(a!)).toEqual({ index: 0, duplicate: true });
  await again.close();
});
