/** Options of the commands that verify: whom the caller trusts. */
import type { Trust } from '../attest/trust.ts';
import { stringOf, stringsOf, timeOf, UsageError, type Invocation, type Option } from './command.ts';
import { textOf } from './named-path.ts';

export const TRUST_OPTIONS: Readonly<Record<string, Option>> = {
  'public-key': {
    type: 'string',
    value: 'FILE',
    multiple: true,
    help: 'public key of the signer (PEM); may be repeated',
  },
  'certificate-chain': {
    type: 'string',
    value: 'FILE',
    multiple: true,
    help: 'root, and certificates below it, that you trust (PEM)',
  },
  identity: { type: 'string', value: 'NAME', help: 'who must have signed: email or URI in the certificate' },
  issuer: { type: 'string', value: 'URL', help: 'keyless: who vouched for the identity' },
  'trusted-root': { type: 'string', value: 'FILE', help: "keyless: Sigstore's trusted_root.json" },
  at: { type: 'string', value: 'TIME', help: 'when it was signed, if you know: certificates must be valid then' },
};

/** Throws UsageError, AttestError. `signedAt` (ms): when the log has it, null if it was not asked. */
export async function trustOf(invocation: Invocation, signedAt: number | null): Promise<Trust> {
  const keys = stringsOf(invocation, 'public-key');
  const roots = stringsOf(invocation, 'certificate-chain');
  const trustedRoot = stringOf(invocation, 'trusted-root');
  const [identity, issuer] = [stringOf(invocation, 'identity'), stringOf(invocation, 'issuer')];
  const ways = [keys, roots].filter(({ length }) => length > 0).length + (trustedRoot === undefined ? 0 : 1);
  if (ways !== 1)
    throw new UsageError(
      'Say whom you trust: --public-key, or --certificate-chain, or --trusted-root with --identity and --issuer.',
    );
  if (keys.length > 0) {
    const { parsePublicKey } = await import('../attest/key.ts');
    return {
      kind: 'keys',
      keys: keys.map((path) => parsePublicKey(textOf(path, 'public key'))),
    };
  }
  if (roots.length > 0) {
    const { parseCertificates } = await import('../attest/certificate.ts');
    const texts = roots.map((path) => textOf(path, 'certificate'));
    const at = timeOf(invocation, 'at', 'start');
    const time = at === undefined ? (signedAt ?? Date.now()) : Date.parse(at);
    return { kind: 'certificates', trusted: texts.flatMap(parseCertificates), time, identity: identity ?? null };
  }
  if (identity === undefined || issuer === undefined)
    throw new UsageError('--trusted-root needs --identity and --issuer: everybody can sign with some identity.');
  const { parseStrictJson } = await import('../attest/strict-json.ts');
  const text = textOf(trustedRoot as string, 'trusted root');
  return {
    kind: 'keyless',
    trustedRoot: parseStrictJson(Buffer.from(text), 'key', 'the trusted root', 10_000_000),
    identity,
    issuer,
  };
}
