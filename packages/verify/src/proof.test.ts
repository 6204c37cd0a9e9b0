import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { toHex, utf8 } from './bytes.ts';
import { commitment } from './commitment.ts';
import { main } from './cli.ts';
import { leafHash, nodeHash } from './merkle.ts';
import {
  formatCheckpoint,
  formatNote,
  formatVerifierKey,
  keyId,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  verifyNote,
} from './note.ts';
import { formatProof, parseProof, verifyProof } from './proof.ts';
import { VerifyError } from './verify-error.ts';

const ORIGIN = 'example.org/log';

function signer(name = ORIGIN) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const signNote = (text: string) =>
    formatNote(text, [{ name, id: keyId(name, raw), signature: sign(null, Buffer.from(text), privateKey) }]);
  return { key: formatVerifierKey(name, raw), signNote };
}

/** A log of two entries, the second of which commits to a payload. */
function example() {
  const { key, signNote } = signer();
  const salt = new Uint8Array(32).fill(7);
  const payload = utf8('{"sql":"select ?"}');
  const entry = JSON.stringify({ kind: 'test', payload: { commitment: `sha256:${toHex(commitment(salt, payload))}` } });
  const first = leafHash(utf8('first'));
  const root = nodeHash(first, leafHash(utf8(entry)));
  const checkpoint = signNote(formatCheckpoint(ORIGIN, 2, root));
  const file = formatProof(1, [first], { entry, key, payload: { salt, bytes: payload } }, checkpoint);
  return { file, key, entry, checkpoint, first, payload };
}

const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof VerifyError) return error.code;
    throw error;
  }
  return 'accepted';
};

describe('a proof file', () => {
  test('is accepted with the right key, and says what it proved', async () => {
    const { file, key, entry, payload } = example();
    const proved = await verifyProof(parseProof(utf8(file)), parseVerifierKey(key));
    expect(proved).toMatchObject({ index: 1, entry, keyFrom: 'given', payload });
    expect(proved.checkpoint).toMatchObject({ origin: ORIGIN, size: 2 });
  });

  test('without a key of yours uses its own, and says so', async () => {
    const proved = await verifyProof(parseProof(utf8(example().file)), null);
    expect(proved.keyFrom).toBe('file');
  });

  test('is refused with the key of another log', async () => {
    const stranger = parseVerifierKey(signer().key);
    expect(await codeOf(() => verifyProof(parseProof(utf8(example().file)), stranger))).toBe('key.other');
  });

  test('with any one bit flipped is refused, whichever bit it is', async () => {
    const { file, key } = example();
    const bytes = utf8(file);
    const trusted = parseVerifierKey(key);
    await verifyProof(parseProof(bytes), trusted);
    const accepted: number[] = [];
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const broken = bytes.slice();
      broken[bit >> 3]! ^= 1 << (bit & 7);
      try {
        await verifyProof(parseProof(broken), trusted);
        accepted.push(bit);
      } catch (error) {
        if (!(error instanceof VerifyError)) throw error;
      }
    }
    expect(accepted).toEqual([]);
  });

  test('never makes the reader throw anything but a VerifyError', async () => {
    const { file } = example();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 2_000 }),
          fc
            .tuple(fc.nat(file.length), fc.nat(file.length), fc.string())
            .map(([a, b, text]) => utf8(file.slice(0, a) + text + file.slice(b))),
        ),
        async (bytes) => {
          expect(await codeOf(async () => verifyProof(parseProof(bytes), null))).not.toBe('');
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('signed notes', () => {
  test('the example of the Go package that the specification grew from is read, written and verified', async () => {
    // Package documentation of golang.org/x/mod/sumdb/note.
    const text = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    const key = parseVerifierKey(text);
    expect(formatVerifierKey(key.name, key.publicKey)).toBe(text);
    const note = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;
    await verifyNote(parseNote(utf8(note)), key);
    const changed = note.replace('your problem is', 'my problem is');
    expect(await codeOf(() => verifyNote(parseNote(utf8(changed)), key))).toBe('note.signature');
  });

  test('a key whose id is of another key is refused', async () => {
    const { key } = signer();
    const broken = key.replace(/\+[0-9a-f]{8}\+/, '+00000000+');
    expect(await codeOf(() => parseVerifierKey(broken))).toBe('key.malformed');
  });

  test('a second signature, of a witness, does not disturb', async () => {
    const log = signer();
    const witness = signer('witness.example');
    const text = formatCheckpoint(ORIGIN, 1, leafHash(utf8('a')));
    const both = log.signNote(text) + witness.signNote(text).split('\n\n')[1]!;
    const note = parseNote(utf8(both));
    expect(note.signatures).toHaveLength(2);
    await verifyNote(note, parseVerifierKey(log.key));
    await verifyNote(note, parseVerifierKey(witness.key));
  });

  test.each([
    ['no origin', '\n1\nAAAA\n'],
    ['leading zero', `o\n01\n${'A'.repeat(43)}=\n`],
    ['short root', 'o\n1\nAAAA\n'],
    ['no newline', `o\n1\n${'A'.repeat(43)}=`],
    ['a size beyond 2^53', `o\n9007199254740993\n${'A'.repeat(43)}=\n`],
  ])('a checkpoint with %s is refused', async (_, text) => {
    expect(await codeOf(() => parseCheckpoint(text))).toBe('checkpoint.malformed');
  });
});

describe('custody-verify', () => {
  let output = '';
  beforeEach(() => {
    output = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((output += String(text)), true));
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((output += String(text)), true));
  });
  afterEach(() => vi.restoreAllMocks());

  test('passes a good file, fails a bad one, and tells a missing one apart', async () => {
    const folder = mkdtempSync(`${tmpdir()}/verify-`);
    const { file, key } = example();
    writeFileSync(`${folder}/good`, file);
    writeFileSync(`${folder}/bad`, file.replace('index 1', 'index 0'));
    writeFileSync(`${folder}/log.key`, `${key}\n`);
    expect(await main([`${folder}/good`, '--key', `@${folder}/log.key`])).toBe(0);
    expect(output).toContain('PASS');
    expect(output).not.toContain('came from the file itself');
    expect(await main([`${folder}/bad`, '--key', key])).toBe(1);
    expect(output).toContain('[proof.inclusion]');
    expect(await main([`${folder}/none`])).toBe(2);
    expect(await main([])).toBe(2);
    output = '';
    expect(await main([`${folder}/good`, '--json'])).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ pass: true, index: 1, keyFrom: 'file', payloadChecked: true });
  });
});
