import { describe, expect, it } from 'vitest';
import type { AttestationDetail, Signer } from '../api/answers.ts';
import { broughtFor, kindWords, signerBacking, signerName, subjectsOf, verifyCommand } from './signer-words.ts';

const KEY = `sha256:cca2${'0'.repeat(56)}e230`;
const byKey: Signer = { keyId: KEY, how: 'keys', identity: null, issuer: null };
const byCertificate: Signer = { ...byKey, how: 'certificates', identity: 'nightly@bank.example', issuer: 'CN=Root' };
const keyless: Signer = { ...byKey, how: 'keyless', identity: "it's me", issuer: 'https://issuer.example' };
const detail = (kind: string | null, signer: Signer, name = 'model'): AttestationDetail => ({
  entry: 7,
  recorded: '2026-11-28T06:00:00.000Z',
  by: 'ci',
  asset: null,
  statement: KEY,
  predicateType: 'https://example.org/x/v1',
  kind,
  subjects: [],
  subjectCount: 1,
  signers: [signer],
  content: {},
  statementContent: { subject: [{ name, digest: { sha256: 'ab' } }], predicate: {} },
});

describe('who signed', () => {
  it('is a name only where somebody vouches for it', () => {
    expect(signerName(byKey)).toBe('key sha256:cca2…e230');
    expect(signerBacking(byKey)).toBe('by a key; nobody vouches for whose it is');
    expect(signerName(byCertificate)).toBe('nightly@bank.example');
    expect(signerBacking(byCertificate)).toBe('by a certificate of CN=Root');
    expect(signerBacking(keyless)).toBe('keyless, by an identity of https://issuer.example');
  });
});

describe('the command that verifies it again', () => {
  it('verifies files where they were signed, and a statement where it was not', () => {
    expect(verifyCommand(detail('model', byCertificate))).toBe(
      'custody verify ./model --signature entry-7.sigstore.json --certificate-chain root.pem --identity nightly@bank.example --recorded',
    );
    expect(verifyCommand(detail('slsa', byKey))).toBe(
      'custody attest verify entry-7.sigstore.json --public-key key.pub --recorded',
    );
  });
  it('quotes what a shell would take apart, from whoever signed', () => {
    expect(verifyCommand(detail('model', keyless, '$(rm -rf x)'))).toBe(
      `custody verify './$(rm -rf x)' --signature entry-7.sigstore.json --identity 'it'\\''s me' --issuer https://issuer.example --recorded`,
    );
  });
  it('says what the reader has to bring', () => {
    expect(broughtFor(detail('slsa', byCertificate))).toBe('Bring root.pem, the root that you trust.');
    expect(broughtFor(detail('model', keyless))).toBe('Your copy of what was signed lies beside it.');
  });
});

describe('a statement', () => {
  it('of a known kind has its name, another its type', () => {
    expect(kindWords({ kind: 'slsa', predicateType: '' })).toBe('SLSA provenance');
    expect(kindWords({ kind: null, predicateType: 'https://custody.dev/dataset-manifest/v1' })).toBe(
      'dataset manifest',
    );
    expect(kindWords({ kind: null, predicateType: 'https://e.org/x' })).toBe('https://e.org/x');
  });
  it('names its subjects, and nothing where they have no right form', () => {
    expect(subjectsOf(detail('slsa', byKey))).toEqual([{ name: 'model', digests: ['sha256:ab'] }]);
    expect(subjectsOf({ statementContent: { subject: 'model' } })).toEqual([]);
    expect(subjectsOf({ statementContent: { subject: [7, { name: 3 }] } })).toEqual([{ name: '', digests: [] }]);
    expect(subjectsOf({ statementContent: null })).toEqual([]);
  });
});
