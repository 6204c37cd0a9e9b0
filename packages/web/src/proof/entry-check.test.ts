import {
  formatCheckpoint,
  formatNote,
  formatProof,
  formatVerifierKey,
  keyId,
  leafHash,
  nodeHash,
  toBase64,
  utf8,
} from '@custody/verify';
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkEntry } from './entry-check.ts';
import type { FetchConsistency } from './log-check.ts';
import type { LogMemory } from './log-memory.ts';

const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 3)]);
const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
const publicKey = new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32));
const NAME = 'log.example/credit';
const key = formatVerifierKey(NAME, publicKey);

const entries = ['{"n":0}', '{"n":1}', '{"n":2}'];
const [a, b, c] = entries.map((text) => leafHash(utf8(text))) as [Uint8Array, Uint8Array, Uint8Array];
const root2 = nodeHash(a, b);
const root3 = nodeHash(root2, c);

function signed(size: number, root: Uint8Array): string {
  const text = formatCheckpoint(NAME, size, root);
  const signature = new Uint8Array(sign(null, Buffer.from(text), privateKey));
  return formatNote(text, [{ name: NAME, id: keyId(NAME, publicKey), signature }]);
}
const proofOf1 = utf8(formatProof(1, [a, c], { entry: entries[1]!, key }, signed(3, root3)));
const memoryOf = (size: number, root: Uint8Array): LogMemory => ({
  key,
  size,
  root: toBase64(root),
  note: '',
  verifiedAt: '',
  trustedSince: '',
});
const none: FetchConsistency = () => Promise.reject(new Error('not to be asked'));

describe('the proof of an entry', () => {
  it('holds, and leads from the root to the entry', async () => {
    const verdict = await checkEntry(proofOf1, 1, entries[1]!, memoryOf(3, root3), none);
    expect(verdict).toMatchObject({ kind: 'proved', entry: { size: 3, root: toBase64(root3) } });
    expect(verdict.kind === 'proved' && verdict.entry.path).toHaveLength(3);
    expect(verdict.kind === 'proved' && verdict.entry.note).toBe(signed(3, root3));
  });
  it('may be of a newer checkpoint than the one remembered, if that one is its beginning', async () => {
    const verdict = await checkEntry(proofOf1, 1, entries[1]!, memoryOf(2, root2), (from, to) => {
      expect([from, to]).toEqual([2, 3]);
      return Promise.resolve([toBase64(c)]);
    });
    expect(verdict.kind).toBe('proved');
  });
  it('fails if the page shows another text than the one proved', async () => {
    const verdict = await checkEntry(proofOf1, 1, '{"n":7}', memoryOf(3, root3), none);
    expect(verdict).toMatchObject({ kind: 'failed', why: 'The proof proves another entry than the one shown here.' });
  });
  it('fails if it is good but of a log that was never verified here', async () => {
    const verdict = await checkEntry(proofOf1, 1, entries[1]!, memoryOf(3, root2), none);
    expect(verdict.kind).toBe('failed');
  });
  it('fails if a hash is changed', async () => {
    const changed = utf8(formatProof(1, [b, c], { entry: entries[1]!, key }, signed(3, root3)));
    expect(await checkEntry(changed, 1, entries[1]!, memoryOf(3, root3), none)).toMatchObject({ kind: 'failed' });
  });
  it('fails if it is not a proof at all', async () => {
    expect(await checkEntry(utf8('<html>'), 1, entries[1]!, memoryOf(3, root3), none)).toMatchObject({
      kind: 'failed',
    });
  });
});
