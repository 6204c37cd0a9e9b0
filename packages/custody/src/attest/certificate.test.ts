/** Chains that openssl made: the good one, and each way in which one is not. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeChain, type ChainFiles, type LeafShape } from '../../../../test/model-signing/tiny-model.ts';
import { AttestError } from './attest-error.ts';
import { parseCertificate, parseCertificates, verifyChain, type Certificate } from './certificate.ts';

const work = mkdtempSync(`${tmpdir()}/custody-chain-`);
let made = 0;
const chain = (shape: LeafShape = {}): ChainFiles => writeChain(`${work}/${made++}`, shape);
const read = (path: string): Certificate[] => parseCertificates(readFileSync(path, 'utf8'));
/** A little later than the certificates are made: their beginning is cut to whole seconds of another clock. */
const NOW = Date.now() + 60_000;
const codeOf = (run: () => unknown): string => {
  try {
    run();
    return 'accepted';
  } catch (error) {
    if (error instanceof AttestError) return error.code;
    throw error;
  }
};
const day = (offset: number): string => new Date(NOW + offset * 86_400_000).toISOString().replace(/[-:T]|\.\d+/g, '');

describe('a certificate chain', () => {
  const good = chain();
  const given = () => [...read(good.leaf), ...read(good.intermediate)];

  test('leads to a trusted root and names the signer', () => {
    expect(verifyChain(given(), read(good.root), NOW)).toMatchObject({
      identity: 'signer@example.org',
      root: 'O=Test, CN=root',
    });
    // The verifier may hold the authority between as well.
    expect(codeOf(() => verifyChain(read(good.leaf), [...read(good.root), ...read(good.intermediate)], NOW))).toBe(
      'accepted',
    );
  });

  test('is refused without its root, with another root of the same name, and without what lies between', () => {
    const other = chain();
    expect(codeOf(() => verifyChain(given(), [], NOW))).toBe('certificate-untrusted');
    expect(codeOf(() => verifyChain(given(), read(other.root), NOW))).toBe('certificate-untrusted');
    expect(codeOf(() => verifyChain(read(good.leaf), read(good.root), NOW))).toBe('certificate-untrusted');
    // An authority that is trusted only as a link is no root.
    expect(codeOf(() => verifyChain(given(), read(good.intermediate), NOW))).toBe('certificate-untrusted');
  });

  test('is refused before and after its time, and taken within it', () => {
    const old = chain({ from: day(-20), to: day(-10) });
    const all = [...read(old.leaf), ...read(old.intermediate)];
    expect(codeOf(() => verifyChain(all, read(old.root), NOW))).toBe('certificate-expired');
    expect(codeOf(() => verifyChain(all, read(old.root), NOW - 30 * 86_400_000))).toBe('certificate-not-yet-valid');
    const young = chain({ from: day(5), to: day(10) });
    expect(codeOf(() => verifyChain([...read(young.leaf), ...read(young.intermediate)], read(young.root), NOW))).toBe(
      'certificate-not-yet-valid',
    );
  });

  test.each([
    ['keyUsage=critical,keyEncipherment', 'certificate-usage'],
    ['extendedKeyUsage=serverAuth', 'certificate-usage'],
    ['extendedKeyUsage=codeSigning', 'accepted'],
    ['keyUsage=digitalSignature\n1.2.3.4=critical,ASN1:UTF8String:x', 'certificate-usage'],
  ])('with %s: %s', (extensions, code) => {
    const files = chain({ extensions });
    expect(
      codeOf(() => verifyChain([...read(files.leaf), ...read(files.intermediate)], read(files.root), Date.now())),
    ).toBe(code);
  });

  test('a signer is no authority, and a root that signs by itself is vouched for by nobody', () => {
    expect(codeOf(() => verifyChain(read(good.root), read(good.root), NOW))).toMatch(/certificate-(untrusted|usage)/);
  });

  test('bytes that were changed are refused by name', () => {
    const [leaf] = read(good.leaf);
    const der = leaf!.x509.raw;
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const bytes = Buffer.from(der);
        bytes[at] = value;
        const code = codeOf(() =>
          verifyChain([parseCertificate(bytes), ...read(good.intermediate)], read(good.root), NOW),
        );
        if (!bytes.equals(der)) expect(code).not.toBe('accepted');
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(codeOf(() => parseCertificate(bytes))).not.toBe('accepted');
      }),
    );
  });
});
