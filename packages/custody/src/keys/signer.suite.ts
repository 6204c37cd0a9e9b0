/** What every kind of key must do, wherever it lies. */
import { generateKeyPairSync, verify, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AttestError } from '../attest/attest-error.ts';
import { parseBundle } from '../attest/bundle.ts';
import { algorithmOf, hashOf } from '../attest/key.ts';
import { signBundle, type Signer } from '../attest/signer.ts';
import { verifySigner } from '../attest/trust.ts';

export const CURVES = ['P-256', 'P-384', 'P-521', 'ed25519'] as const;
export type Curve = (typeof CURVES)[number];

export interface Keys {
  /** A signer with a key on this curve, and the public key as whoever verifies has it. */
  open(curve: Curve): Promise<{ signer: Signer; publicKey: KeyObject }>;
  /** A signer that cannot work: the key is not there. Rejects. */
  openMissing(): Promise<unknown>;
  close(): Promise<void>;
}

export function signerSuite(name: string, start: () => Promise<Keys>): void {
  describe(`${name} signs`, () => {
    let keys: Keys;
    beforeAll(async () => {
      keys = await start();
    });
    afterAll(() => keys.close());

    test.each(CURVES)('with a key on %s what its public key verifies, and nothing else does', async (curve) => {
      const { signer, publicKey } = await keys.open(curve);
      const bytes = Buffer.from('what is signed');
      const sig = await signer.sign(bytes);
      expect(verify(hashOf(algorithmOf(publicKey)), bytes, publicKey, sig)).toBe(true);
      expect(verify(hashOf(algorithmOf(publicKey)), Buffer.from('what was not'), publicKey, sig)).toBe(false);
      const bundle = parseBundle(
        Buffer.from(await signBundle('application/vnd.in-toto+json', Buffer.from('{}'), signer)),
      );
      await expect(verifySigner(bundle, { kind: 'keys', keys: [publicKey] })).resolves.toMatchObject({ how: 'keys' });
      const other = generateKeyPairSync('ed25519').publicKey;
      await expect(verifySigner(bundle, { kind: 'keys', keys: [other] })).rejects.toMatchObject({
        refusal: { code: 'key-mismatch' },
      });
    });

    test('an empty and a large payload', async () => {
      const { signer, publicKey } = await keys.open('P-256');
      for (const bytes of [Buffer.alloc(0), Buffer.alloc(3_000_000, 7)])
        expect(verify('sha256', bytes, publicKey, await signer.sign(bytes))).toBe(true);
    });

    test('not without its key, and says so by name', async () => {
      const failure = await keys.openMissing().then(
        () => null,
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(AttestError);
      expect(['key-unreadable', 'signer-unavailable']).toContain((failure as AttestError).code);
    });
  });
}
