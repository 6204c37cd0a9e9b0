/** What time, disks and people do to files: each kind of damage is found, told by name and place, and never hidden. */
import { cp, mkdtemp, open, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkLog } from './check.ts';
import { realDisk } from './disk.ts';
import { entry, idOf, numbered } from './evidence-log.suite.ts';
import { openFileLog } from './file-log.ts';
import { LogError } from './log-error.ts';

const SIGNED = 600;
const TOTAL = 700;
const options = { idOf, checkpointMs: 60_000, segmentBytes: 2_000 };

/** A log of 700 entries, of which 600 are under the checkpoint, as a crash would leave it. */
let template = '';
beforeAll(async () => {
  template = await mkdtemp(`${tmpdir()}/custody-damage-`);
  const log = await openFileLog({ ...options, folder: template });
  const payload = (i: number) => ({ salt: Buffer.alloc(32, i), bytes: Buffer.from(`payload ${i}`) });
  // In groups, so that segments roll.
  for (let from = 0; from < SIGNED; from += 50) {
    await Promise.all(numbered(50, from).map((one, i) => log.append({ ...one, payload: payload(from + i) })));
  }
  await log.checkpointOver(SIGNED);
  const checkpoint = await readFile(`${template}/checkpoint`);
  await Promise.all(
    numbered(TOTAL - SIGNED, SIGNED).map((one, i) => log.append({ ...one, payload: payload(SIGNED + i) })),
  );
  await log.close();
  await writeFile(`${template}/checkpoint`, checkpoint);
  await rm(`${template}/snapshots`, { recursive: true });
});

async function copy(): Promise<string> {
  const folder = await mkdtemp(`${tmpdir()}/custody-damage-`);
  await cp(template, folder, { recursive: true });
  return folder;
}

const segmentsOf = async (folder: string) =>
  (await readdir(`${folder}/entries`))
    .filter((name) => name.endsWith('.entries'))
    .map((name) => `${folder}/entries/${name}`);

async function patch(path: string, at: number, change: (byte: number) => number, bytes = 1): Promise<void> {
  const file = await open(path, 'r+');
  const buffer = Buffer.alloc(bytes);
  await file.read(buffer, 0, bytes, at);
  await file.write(buffer.map(change), 0, bytes, at);
  await file.close();
}

const refusal = async (folder: string): Promise<LogError> => {
  try {
    const log = await openFileLog({ ...options, folder });
    await log.close();
  } catch (error) {
    if (error instanceof LogError) return error;
    throw error;
  }
  throw new Error('it opened');
};

const check = (folder: string) => checkLog(folder, () => null);

test('undamaged, it opens with everything', async () => {
  const log = await openFileLog({ ...options, folder: await copy() });
  expect(log.size()).toBe(TOTAL);
  expect(log.recovered).toEqual([]);
  await log.close();
});

describe('below the signed checkpoint', () => {
  test('any one flipped bit refuses to start and names file and offset', async () => {
    const signedSegments = (await segmentsOf(template)).slice(0, 2);
    const sizes = await Promise.all(signedSegments.map(async (path) => (await stat(path)).size));
    await fc.assert(
      fc.asyncProperty(fc.nat(1), fc.nat(), fc.nat(7), async (which, place, bit) => {
        const folder = await copy();
        const path = (await segmentsOf(folder))[which]!;
        const at = place % sizes[which]!;
        await patch(path, at, (byte) => byte ^ (1 << bit));
        const error = await refusal(folder);
        expect(error.code).toBe('log.damaged');
        expect(error.message).toContain(path);
        const offset = Number(/offset (\d+)/.exec(error.message)?.[1]);
        // The offset is of the frame that the bit lies in; frames here are below 100 bytes.
        expect(at - offset).toBeGreaterThanOrEqual(0);
        expect(at - offset).toBeLessThan(100);
        expect((await check(folder)).problems[0]).toMatchObject({ file: path, offset });
        await rm(folder, { recursive: true });
      }),
      { numRuns: 25 },
    );
  });

  test('a block of zeros refuses to start', async () => {
    const folder = await copy();
    await patch((await segmentsOf(folder))[0]!, 4_096, () => 0, 4_096);
    expect((await refusal(folder)).code).toBe('log.damaged');
  });

  test('a segment that is missing refuses to start', async () => {
    const folder = await copy();
    await rm((await segmentsOf(folder))[0]!);
    expect((await refusal(folder)).code).toBe('log.damaged');
  });

  test('a checkpoint ahead of the data refuses to start', async () => {
    const folder = await copy();
    const [, second, ...later] = await segmentsOf(folder);
    for (const path of later) await rm(path);
    // Cut at a frame's end, so that nothing but the checkpoint knows that there was more.
    const bytes = await readFile(second!);
    await truncate(second!, 8 + bytes.readUInt32LE(0));
    await rm(second!.replace(/entries$/, 'seal'));
    const error = await refusal(folder);
    expect(error.code).toBe('log.behind-checkpoint');
    expect(error.message).toContain(String(SIGNED));
  });

  test('an entry changed together with its checksum is found by the tree', async () => {
    const folder = await copy();
    const [path] = await segmentsOf(folder);
    const bytes = await readFile(path!);
    const length = bytes.readUInt32LE(0);
    bytes[8 + length - 4] = 'y'.charCodeAt(0);
    bytes.writeUInt32LE(crc32(bytes.subarray(8, 8 + length), 0x43757374), 4);
    await writeFile(path!, bytes);
    await rm(path!.replace(/entries$/, 'seal'));
    expect((await refusal(folder)).code).toBe('log.altered');
    const { problems } = await check(folder);
    expect(problems.map(({ what }) => what).join()).toContain('not the ones that the checkpoint over 600');
    expect(problems.map(({ entry: at }) => at)).toContain(0);
  });
});

describe('above the signed checkpoint', () => {
  const last = async (folder: string) => (await segmentsOf(folder)).at(-1)!;

  test('a tail torn at any byte is cut back to the last whole frame, reported, and kept aside', async () => {
    const whole = await readFile(await last(template));
    const first = Number(/(\d{12})\.entries$/.exec(await last(template))![1]);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: whole.length >> 1, max: whole.length - 1 }), async (cut) => {
        const folder = await copy();
        await truncate(await last(folder), cut);
        let expected = first;
        let at = 0;
        for (let next = 8 + whole.readUInt32LE(0); next <= cut; next = at + 8 + whole.readUInt32LE(at)) {
          expected++;
          at = next;
        }
        const log = await openFileLog({ ...options, folder });
        expect(log.size()).toBe(expected);
        if (at === cut) expect(log.recovered).toEqual([]);
        else {
          expect(log.recovered).toMatchObject([{ offset: at, cutBytes: cut - at }]);
          const [kept] = await readdir(log.recovered[0]!.keptIn);
          expect(await readFile(`${log.recovered[0]!.keptIn}/${kept}`)).toEqual(whole.subarray(at, cut));
        }
        // It goes on from there, and the checkpoint of before still holds.
        expect(await log.append({ id: 'after', entry: entry('after') })).toEqual({ index: expected, duplicate: false });
        await log.consistencyProof(SIGNED, expected + 1);
        await log.close();
        expect((await check(folder)).problems).toEqual([]);
        await rm(folder, { recursive: true });
      }),
      { numRuns: 25 },
    );
  });

  test('zeros behind the last frame, as a file system leaves them, are cut', async () => {
    const folder = await copy();
    const path = await last(folder);
    const { size } = await stat(path);
    await truncate(path, size + 5_000);
    const log = await openFileLog({ ...options, folder });
    expect(log.size()).toBe(TOTAL);
    expect(log.recovered).toMatchObject([{ offset: size, cutBytes: 5_000 }]);
    await log.close();
  });
});

describe('beside the entries', () => {
  test('lost, torn or foreign tiles are rebuilt', async () => {
    for (const spoil of [
      (folder: string) => rm(`${folder}/levels`, { recursive: true }),
      (folder: string) => truncate(`${folder}/levels/0`, 9_000),
      (folder: string) => patch(`${folder}/levels/0`, 100, (byte) => byte ^ 1, 8_000),
    ]) {
      const folder = await copy();
      await spoil(folder);
      const log = await openFileLog({ ...options, folder });
      for (const index of [0, 3, 255, 256, 511, 599]) {
        expect((await log.inclusionProof(index, SIGNED)).length).toBeGreaterThan(0);
      }
      await log.close();
      expect((await check(folder)).problems).toEqual([]);
    }
  });

  test('a checkpoint that the log did not sign refuses to start', async () => {
    const folder = await copy();
    const text = await readFile(`${folder}/checkpoint`, 'utf8');
    await writeFile(`${folder}/checkpoint`, text.replace('\n600\n', '\n500\n'));
    const error = await refusal(folder);
    expect(error.code).toBe('log.checkpoint-invalid');
    expect((await check(folder)).problems).toHaveLength(1);
  });

  test('a missing key refuses to start: a new one would be another log', async () => {
    const folder = await copy();
    await rm(`${folder}/signing-key.pem`);
    expect((await refusal(folder)).code).toBe('log.key');
  });

  test('a damaged snapshot is passed over', async () => {
    const folder = await copy();
    const log = await openFileLog({ ...options, folder });
    await log.saveSnapshot('fold', 600, Buffer.from('the state'));
    await log.close();
    await patch(`${folder}/snapshots/fold`, 75, (byte) => byte ^ 4);
    const again = await openFileLog({ ...options, folder });
    expect(await again.loadSnapshot('fold')).toBeNull();
    await again.close();
  });

  test('a payload that was changed or lost is named', async () => {
    const folder = await copy();
    const [shard] = (await readdir(`${folder}/payloads`, { recursive: true })).filter((name) =>
      name.endsWith('000.payloads'),
    );
    await patch(`${folder}/payloads/${shard!}`, 50, (byte) => byte ^ 1);
    const log = await openFileLog({ ...options, folder });
    await expect(log.payload(0)).rejects.toMatchObject({
      code: 'log.damaged',
      message: expect.stringContaining(shard!),
    });
    expect((await log.payload(1)).state).toBe('present');
    await log.close();
    const bound = (bytes: Uint8Array) => (idOf(bytes) ? { commitment: 'sha256:00' } : null);
    const { problems } = await checkLog(folder, bound);
    expect(problems[0]?.what).toBe('the payload of entry 0 is damaged');
    expect(problems[1]?.what).toBe('the payload of entry 1 is not the one the entry commits to');
  });

  test.each(['EACCES', 'EROFS'])('a folder that cannot be written (%s) says so', async (code) => {
    const refuse = () => Promise.reject(Object.assign(new Error('refused'), { code }));
    const folder = `${await mkdtemp(`${tmpdir()}/custody-damage-`)}/log`;
    const error: unknown = await openFileLog({ ...options, folder, disk: { ...realDisk, makeFolder: refuse } }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: 'log.read-only' });
    expect((error as LogError).remedy).toContain('--data');
  });
});
