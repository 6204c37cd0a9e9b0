/** Options of the commands that sign, and the signature they lead to. */
import { IN_TOTO_PAYLOAD } from '../attest/dsse.ts';
import { signBundle } from '../attest/signer.ts';
import { stringOf, stringsOf, UsageError, type Invocation, type Option } from './command.ts';
import { textOf } from './named-path.ts';

export const KEY_OPTIONS: Readonly<Record<string, Option>> = {
  key: { type: 'string', value: 'KEY', help: 'private key: a PEM file, env:NAME, or vault:KEY' },
  'password-env': { type: 'string', value: 'NAME', help: 'variable with its password (default CUSTODY_KEY_PASSWORD)' },
  certificate: { type: 'string', value: 'FILE', help: "the key's certificate (PEM)" },
  'certificate-chain': { type: 'string', value: 'FILE', multiple: true, help: 'certificates that lead to the root' },
};

export const KEYLESS_OPTIONS: Readonly<Record<string, Option>> = {
  keyless: { type: 'boolean', help: 'sign with an OpenID identity through Sigstore' },
  'identity-token-env': { type: 'string', value: 'NAME', help: 'variable with the token (default SIGSTORE_ID_TOKEN)' },
  'fulcio-url': { type: 'string', value: 'URL', help: "Sigstore's authority (default the public one)" },
  'rekor-url': { type: 'string', value: 'URL', help: "Sigstore's log (default the public one)" },
  'tsa-url': { type: 'string', value: 'URL', help: 'a timestamp authority too' },
};

export interface SignedStatement {
  /** JSON text. */
  readonly bundle: string;
  /** PEM; null where the bundle holds a certificate. */
  readonly publicKey: string | null;
}

/** Signs an in-toto statement with the key, or the identity, that the options name.  */
export async function signStatement(statement: string, invocation: Invocation): Promise<SignedStatement> {
  const payload = Buffer.from(statement);
  if (invocation.values['keyless'] === true) {
    const { signKeyless } = await import('../keys/keyless.ts');
    const variable = stringOf(invocation, 'identity-token-env') ?? 'SIGSTORE_ID_TOKEN';
    const url = (name: string) => stringOf(invocation, name) ?? null;
    const bundle = await signKeyless(IN_TOTO_PAYLOAD, payload, {
      token: process.env[variable] ?? null,
      fulcio: url('fulcio-url'),
      rekor: url('rekor-url'),
      tsa: url('tsa-url'),
    });
    return { bundle, publicKey: null };
  }
  const where = stringOf(invocation, 'key') ?? process.env['CUSTODY_KEY'];
  if (where === undefined) throw new UsageError('Name a key with --key, or sign with --keyless.');
  const { openSigner } = await import('../keys/open-signer.ts');
  const certificate = stringOf(invocation, 'certificate');
  const chain = stringsOf(invocation, 'certificate-chain');
  if (certificate === undefined && chain.length > 0) throw new UsageError('--certificate-chain needs --certificate.');
  const pems = [...(certificate === undefined ? [] : [certificate]), ...chain].map((path) =>
    textOf(path, 'certificate'),
  );
  const signer = await openSigner(where, {
    password: process.env[stringOf(invocation, 'password-env') ?? 'CUSTODY_KEY_PASSWORD'] ?? null,
    certificates: pems.length === 0 ? null : pems.join('\n'),
    env: process.env,
    fetch,
  });
  const bundle = await signBundle(IN_TOTO_PAYLOAD, payload, signer);
  const publicKey = signer.publicKey.export({ type: 'spki', format: 'pem' }) as string;
  return { bundle, publicKey: signer.certificates.length > 0 ? null : publicKey };
}
