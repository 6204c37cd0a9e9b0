/** The behaviour that every driver of the evidence log must show. A new driver is added to a list in its own test file. */
import {
  commitment,
  equalBytes,
  isConsistent,
  leafHash,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  rootFromInclusion,
  verifyNote,
} from '@custody/verify';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { Appendable, EvidenceLog } from './evidence-log.ts';
import { LogError } from './log-error.ts';

export interface LogDriver {
  readonly name: string;
  /** Opens a log in a place; the same place again is the same log. */
  open(place: string): Promise<EvidenceLog>;
  /** A place that holds nothing. */
  newPlace(): Promise<string>;
}

export const entry = (id: string, size = 40): Buffer => Buffer.from(JSON.stringify({ id, pad: 'x'.repeat(size) }));
export const idOf = (bytes: Uint8Array): string | null =>
  (JSON.parse(Buffer.from(bytes).toString()) as { id: string }).id;
export const numbered = (n: number, from = 0): Appendable[] =>
  Array.from({ length: n }, (_, i) => ({ id: `e${from + i}`, entry: entry(`e${from + i}`) }));

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof LogError) return error.code;
    throw error;
  }
  return 'no error';
};

export function evidenceLogSuite(driver: LogDriver): void {
  describe(`evidence log: ${driver.name}`, () => {
    const opened: EvidenceLog[] = [];
    const open = async (place: string) => {
      const log = await driver.open(place);
      opened.push(log);
      return log;
    };
    const fresh = async () => open(await driver.newPlace());
    afterEach(async () => {
      for (const log of opened.splice(0)) await log.close();
    });

    test('entries come back as they were, in order, with the index they were given', async () => {
      const log = await fresh();
      const entries = numbered(700);
      const appended = await Promise.all(entries.map((one) => log.append(one)));
      expect(appended.map(({ index }) => index)).toEqual(entries.map((_, i) => i));
      expect(log.size()).toBe(700);
      const read = await log.read(0, 700);
      expect(read.map(String)).toEqual(entries.map((one) => String(one.entry)));
      expect((await log.read(255, 258)).map((bytes) => idOf(bytes))).toEqual(['e255', 'e256', 'e257']);
      expect(await log.read(699, 2_000)).toHaveLength(1);
      expect(await log.read(700, 2_000)).toEqual([]);
    });

    test('an id is recorded once: again later, at the same moment, and after a restart', async () => {
      const place = await driver.newPlace();
      const log = await open(place);
      const one = { id: 'a', entry: entry('a') };
      const [first, second] = await Promise.all([log.append(one), log.append(one)]);
      expect([first, second]).toEqual([
        { index: 0, duplicate: false },
        { index: 0, duplicate: true },
      ]);
      await log.append({ id: 'b', entry: entry('b') });
      expect(await log.append(one)).toEqual({ index: 0, duplicate: true });
      await log.close();
      const again = await open(place);
      expect(await again.append(one)).toEqual({ index: 0, duplicate: true });
      expect(again.size()).toBe(2);
    });

    test('a restart changes nothing: entries, key, origin, root and proofs', async () => {
      const place = await driver.newPlace();
      const log = await open(place);
      await Promise.all(numbered(1_000).map((one) => log.append(one)));
      const before = { key: log.key, origin: log.origin, root: Buffer.from(await log.root(1_000)) };
      await log.close();
      const again = await open(place);
      expect(again.recovered).toEqual([]);
      expect({ key: again.key, origin: again.origin, root: Buffer.from(await again.root(1_000)) }).toEqual(before);
      await Promise.all(numbered(300, 1_000).map((one) => again.append(one)));
      const proof = await again.consistencyProof(1_000, 1_300);
      expect(isConsistent(1_000, before.root, 1_300, await again.root(1_300), proof)).toBe(true);
    });

    test('every size from 0 to 600 proves its entries and extends every smaller one', async () => {
      const log = await fresh();
      await Promise.all(numbered(600).map((one) => log.append(one)));
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 600 }), fc.nat(), fc.nat(), async (size, a, b) => {
          const index = a % size;
          const [bytes] = await log.read(index, index + 1);
          const root = await log.root(size);
          const reached = rootFromInclusion(index, size, leafHash(bytes!), await log.inclusionProof(index, size));
          expect(reached && equalBytes(reached, root)).toBe(true);
          const from = b % (size + 1);
          expect(isConsistent(from, await log.root(from), size, root, await log.consistencyProof(from, size))).toBe(
            true,
          );
        }),
        { numRuns: 200 },
      );
      expect(await codeOf(log.inclusionProof(600, 600))).toBe('log.no-such-entry');
      expect(await codeOf(log.root(601))).toBe('log.no-such-size');
      expect(await codeOf(log.consistencyProof(5, 601))).toBe('log.no-such-size');
    });

    test('a checkpoint is signed by the log, covers what was asked for, and follows an append by itself', async () => {
      const log = await fresh();
      expect(log.checkpoint()).toBeNull();
      const published = new Promise<number>((resolve) => log.onCheckpoint(({ size }) => resolve(size)));
      await Promise.all(numbered(10).map((one) => log.append(one)));
      expect(await published).toBe(10);
      await log.append({ id: 'more', entry: entry('more') });
      const { size, root, text } = await log.checkpointOver(11);
      expect(size).toBe(11);
      const note = parseNote(Buffer.from(text));
      await verifyNote(note, parseVerifierKey(log.key));
      expect(parseCheckpoint(note.text)).toMatchObject({ origin: log.origin, size: 11, root: new Uint8Array(root) });
      expect(equalBytes(root, await log.root(11))).toBe(true);
      expect(await codeOf(log.checkpointOver(12))).toBe('log.no-such-size');
    });

    test('tiles and bundles hold the hashes and entries that tlog-tiles says', async () => {
      const log = await fresh();
      const entries = numbered(600);
      await Promise.all(entries.map((one) => log.append(one)));
      const leaves = Buffer.concat(entries.map((one) => leafHash(one.entry)));
      expect(await log.tile({ level: 0, index: 0, width: 256 })).toEqual(leaves.subarray(0, 256 * 32));
      expect(await log.tile({ level: 0, index: 2, width: 88 })).toEqual(leaves.subarray(512 * 32));
      expect(await log.tile({ level: 0, index: 1, width: 3 })).toEqual(leaves.subarray(256 * 32, 259 * 32));
      expect(await log.tile({ level: 0, index: 2, width: 89 })).toBeNull();
      expect((await log.tile({ level: 1, index: 0, width: 2 }))?.subarray(0, 32)).toEqual(
        Buffer.from(await log.root(256)),
      );
      const bundle = (await log.tile({ level: 'entries', index: 2, width: 88 }))!;
      const found: string[] = [];
      for (let at = 0; at < bundle.length; at += 2 + bundle.readUInt16BE(at)) {
        found.push(bundle.toString('utf8', at + 2, at + 2 + bundle.readUInt16BE(at)));
      }
      expect(found).toEqual(entries.slice(512).map((one) => String(one.entry)));
    });

    test('payloads lie beside entries, survive a restart, and are gone once erased', async () => {
      const place = await driver.newPlace();
      const log = await open(place);
      const salt = Buffer.alloc(32, 9);
      const secret = Buffer.from('a person we must be able to forget');
      await Promise.all(
        numbered(520).map((one, i) =>
          log.append(
            i % 2 === 0 ? { ...one, payload: { salt, bytes: Buffer.concat([secret, Buffer.of(i & 255)]) } } : one,
          ),
        ),
      );
      const stored = await log.payload(514);
      expect(stored.state === 'present' && Buffer.from(stored.bytes)).toEqual(Buffer.concat([secret, Buffer.of(2)]));
      expect(stored.state === 'present' && commitment(stored.salt, stored.bytes)).toEqual(
        commitment(salt, Buffer.concat([secret, Buffer.of(2)])),
      );
      expect(await log.payload(513)).toEqual({ state: 'none' });
      const root = await log.root(520);
      await log.erasePayloads([0, 514, 513, 0]);
      expect(await log.payload(514)).toEqual({ state: 'erased' });
      expect((await log.payload(516)).state).toBe('present');
      await log.close();
      const again = await open(place);
      expect(await again.payload(514)).toEqual({ state: 'erased' });
      expect(await again.payload(0)).toEqual({ state: 'erased' });
      expect((await again.payload(2)).state).toBe('present');
      expect(await again.payload(513)).toEqual({ state: 'none' });
      expect(equalBytes(await again.root(520), root)).toBe(true);
      await again.append({ ...numbered(1, 520)[0]!, payload: { salt, bytes: secret } });
      expect((await again.payload(520)).state).toBe('present');
    });

    test('a snapshot comes back, and one of a longer log does not', async () => {
      const place = await driver.newPlace();
      const log = await open(place);
      await Promise.all(numbered(300).map((one) => log.append(one)));
      expect(await log.loadSnapshot('fold')).toBeNull();
      await log.saveSnapshot('fold', 280, Buffer.from('state at 280'));
      expect(await log.loadSnapshot('fold')).toMatchObject({ size: 280, state: Buffer.from('state at 280') });
      expect(await codeOf(log.saveSnapshot('fold', 301, Buffer.from('ahead')))).toBe('log.no-such-size');
    });

    test('what is too large, empty or comes too late is refused by name', async () => {
      const log = await fresh();
      expect(await codeOf(log.append({ id: 'x', entry: Buffer.alloc(65_536, 1) }))).toBe('log.entry-too-large');
      expect(await codeOf(log.append({ id: 'x', entry: Buffer.alloc(0) }))).toBe('log.entry-too-large');
      expect(await codeOf(log.append({ id: 'x'.repeat(201), entry: entry('x') }))).toBe('log.entry-too-large');
      expect(await log.append({ id: 'x', entry: entry('x', 65_000) })).toEqual({ index: 0, duplicate: false });
      await log.close();
      expect(await codeOf(log.append({ id: 'y', entry: entry('y') }))).toBe('log.closed');
    });

    test('closing waits for what is under way', async () => {
      const place = await driver.newPlace();
      const log = await open(place);
      const under = numbered(2_000).map((one) => log.append(one));
      await log.close();
      await Promise.all(under);
      expect((await open(place)).size()).toBe(2_000);
    });
  });
}
