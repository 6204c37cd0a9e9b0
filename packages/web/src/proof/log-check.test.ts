import {
  formatCheckpoint,
  formatNote,
  formatVerifierKey,
  keyId,
  leafHash,
  nodeHash,
  toBase64,
  utf8,
} from '@custody/verify';
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkLog, type FetchConsistency } from './log-check.ts';
import type { LogMemory } from './log-memory.ts';

const ORIGIN = 'log.example/credit';
const NOW = '2026-11-22T09:41:00.000Z';

function signer(seed: number, origin = ORIGIN) {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, seed)]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const publicKey = new Uint8Array(spki.subarray(-32));
  return {
    key: formatVerifierKey(origin, publicKey),
    checkpoint(size: number, root: Uint8Array, named = origin): Uint8Array {
      const text = formatCheckpoint(named, size, root);
      const signature = new Uint8Array(sign(null, Buffer.from(text), privateKey));
      return utf8(formatNote(text, [{ name: origin, id: keyId(origin, publicKey), signature }]));
    },
  };
}

// A tree of four leaves and its first three, small enough to prove by hand (RFC 9162 section 2.1.5).
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((text) => leafHash(utf8(text))) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
];
const ab = nodeHash(a, b);
const root3 = nodeHash(ab, c);
const root4 = nodeHash(ab, nodeHash(c, d));
const proof34 = [c, d, ab].map(toBase64);

const log = signer(1);
const never: FetchConsistency = () => Promise.reject(new Error('not to be asked'));
const memoryOf = (size: number, root: Uint8Array, key = log.key): LogMemory => ({
  key,
  size,
  root: toBase64(root),
  note: 'as verified before',
  verifiedAt: '2026-11-21T00:00:00.000Z',
  trustedSince: '2026-11-01T00:00:00.000Z',
});

async function alarmOf(memory: LogMemory | null, key: string, note: Uint8Array, hashes: readonly string[] = []) {
  const verdict = await checkLog(memory, { key, note }, () => Promise.resolve(hashes), NOW);
  return verdict.kind === 'alarm' ? verdict.alarm.kind : verdict.kind;
}

describe('the first visit', () => {
  it('trusts the key it is shown and remembers since when', async () => {
    const verdict = await checkLog(null, { key: log.key, note: log.checkpoint(3, root3) }, never, NOW);
    expect(verdict).toMatchObject({
      kind: 'whole',
      memory: { key: log.key, size: 3, root: toBase64(root3), trustedSince: NOW, verifiedAt: NOW },
      compared: { from: null, hashes: 0 },
    });
  });
  it('still asks for a good signature', async () => {
    expect(await alarmOf(null, log.key, signer(2).checkpoint(3, root3))).toBe('signature');
  });
  it('refuses a changed checkpoint', async () => {
    const text = new TextDecoder().decode(log.checkpoint(3, root3)).replace('\n3\n', '\n4\n');
    expect(await alarmOf(null, log.key, utf8(text))).toBe('signature');
  });
  it('refuses the checkpoint of another log signed by the same key', async () => {
    expect(await alarmOf(null, log.key, log.checkpoint(3, root3, 'log.example/other'))).toBe('origin');
  });
});

describe('a later visit', () => {
  it('accepts the same checkpoint without asking for a proof', async () => {
    const verdict = await checkLog(memoryOf(3, root3), { key: log.key, note: log.checkpoint(3, root3) }, never, NOW);
    expect(verdict.kind).toBe('whole');
  });
  it('accepts entries that were only added, and keeps since when the key is trusted', async () => {
    const asked: number[][] = [];
    const verdict = await checkLog(
      memoryOf(3, root3),
      { key: log.key, note: log.checkpoint(4, root4) },
      (from, to) => {
        asked.push([from, to]);
        return Promise.resolve(proof34);
      },
      NOW,
    );
    expect(asked).toEqual([[3, 4]]);
    expect(verdict).toMatchObject({
      kind: 'whole',
      memory: { size: 4, trustedSince: '2026-11-01T00:00:00.000Z', verifiedAt: NOW },
      compared: { hashes: 3 },
    });
  });
  it('raises the alarm when the key is another one, before anything else', async () => {
    expect(await alarmOf(memoryOf(3, root3), signer(2).key, signer(2).checkpoint(3, root3))).toBe('key-changed');
  });
  it('raises the alarm when the log is shorter than it was', async () => {
    expect(await alarmOf(memoryOf(4, root4), log.key, log.checkpoint(3, root3))).toBe('shrunk');
  });
  it('raises the alarm when the same size has another root', async () => {
    expect(await alarmOf(memoryOf(3, root4), log.key, log.checkpoint(3, root3))).toBe('rewritten');
  });
  it('raises the alarm when an entry that was verified has changed', async () => {
    const changed = nodeHash(nodeHash(leafHash(utf8('A')), b), c);
    expect(await alarmOf(memoryOf(3, changed), log.key, log.checkpoint(4, root4), proof34)).toBe('rewritten');
  });
  it.each([
    ['empty', []],
    ['too short', proof34.slice(0, 2)],
    ['not base64', ['!', ...proof34.slice(1)]],
  ])('raises the alarm when the consistency proof is %s', async (_, hashes) => {
    expect(await alarmOf(memoryOf(3, root3), log.key, log.checkpoint(4, root4), hashes)).toBe('rewritten');
  });
  it('keeps the evidence of both sides in the alarm', async () => {
    const before = memoryOf(4, root4);
    const verdict = await checkLog(before, { key: log.key, note: log.checkpoint(3, root3) }, never, NOW);
    expect(verdict).toMatchObject({ alarm: { before, key: log.key, at: NOW } });
    expect(verdict.kind === 'alarm' && verdict.alarm.note).toContain(`${ORIGIN}\n3\n`);
  });
});

describe('what teaches nothing', () => {
  it('is no alarm: an answer that is not a checkpoint', async () => {
    await expect(alarmOf(memoryOf(3, root3), log.key, utf8('<html>Bad gateway</html>'))).rejects.toMatchObject({
      code: 'note.malformed',
    });
  });
  it('is no alarm: a consistency proof that cannot be fetched', async () => {
    const gone = new Error('offline');
    const check = checkLog(
      memoryOf(3, root3),
      { key: log.key, note: log.checkpoint(4, root4) },
      () => Promise.reject(gone),
      NOW,
    );
    await expect(check).rejects.toBe(gone);
  });
});
