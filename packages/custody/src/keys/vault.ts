/**
 * Keys in the Transit engine of HashiCorp Vault or OpenBao, which never leave it: it is asked for the public key and for
 * signatures (https://developer.hashicorp.com/vault/api-docs/secret/transit, sections "Read key" and "Sign data").
 * Address and token as their own tools take them: $VAULT_ADDR or $BAO_ADDR, $VAULT_TOKEN or $BAO_TOKEN, $VAULT_NAMESPACE.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { AttestError } from '../attest/attest-error.ts';
import { parseCertificates } from '../attest/certificate.ts';
import { algorithmOf, hashOf, keyId } from '../attest/key.ts';
import type { Signer } from '../attest/signer.ts';

export interface VaultOptions {
  readonly certificates: string | null;
  readonly env: NodeJS.ProcessEnv;
  readonly fetch: typeof fetch;
}

const HASH_NAME: Readonly<Record<string, string>> = { sha256: 'sha2-256', sha384: 'sha2-384', sha512: 'sha2-512' };
const TIMEOUT_MS = 20_000;
const ANSWER_BYTES_MAX = 1_000_000;

const unavailable = (message: string, remedy: string): AttestError =>
  new AttestError('key', 'signer-unavailable', message, remedy);

interface KeyAnswer {
  readonly data?: {
    readonly type?: string;
    readonly latest_version?: number;
    readonly keys?: Readonly<Record<string, { readonly public_key?: string }>>;
  };
}

/** `name`: of the key, `KEY`, `MOUNT/KEY` (default mount `transit`) or either with `@VERSION`. Throws AttestError. */
export async function vaultSigner(name: string, options: VaultOptions): Promise<Signer> {
  const found = /^(?:([A-Za-z0-9._/-]+)\/)?([A-Za-z0-9._-]+?)(?:@(\d{1,9}))?$/.exec(name);
  if (found === null || name.split('/').includes('..'))
    throw unavailable(`"${name}" is no name of a Transit key`, 'Give vault:KEY, vault:MOUNT/KEY or vault:KEY@VERSION.');
  const [, mount = 'transit', key = '', wanted] = found;
  const answer = (await ask('GET', `${mount}/keys/${key}`, null, options)) as KeyAnswer;
  const version = wanted ?? String(answer.data?.latest_version ?? 1);
  const pem = answer.data?.keys?.[version]?.public_key;
  if (pem === undefined)
    throw unavailable(
      `the key ${key} has no version ${version} with a public key`,
      'It must be of the type ecdsa-p256, ecdsa-p384, ecdsa-p521 or ed25519.',
    );
  const publicKey = publicKeyOf(pem, answer.data?.type ?? '');
  const algorithm = algorithmOf(publicKey);
  const chain = options.certificates === null ? [] : parseCertificates(options.certificates);
  if (chain[0] !== undefined && keyId(chain[0].key) !== keyId(publicKey))
    throw new AttestError(
      'key',
      'key-mismatch',
      `the certificate is not of the key ${key} in the vault`,
      'Give the certificate that was issued for it.',
    );
  const hash = hashOf(algorithm);
  return {
    publicKey,
    certificates: chain.map(({ x509 }) => x509.raw),
    async sign(bytes) {
      const signed = (await ask(
        'POST',
        `${mount}/sign/${key}${hash === null ? '' : `/${HASH_NAME[hash] as string}`}`,
        {
          input: Buffer.from(bytes).toString('base64'),
          key_version: Number(version),
          ...(hash !== null && { marshaling_algorithm: 'asn1', prehashed: false }),
        },
        options,
      )) as { readonly data?: { readonly signature?: string } };
      // vault:v1:BASE64
      const text = /^[a-z]+:v\d+:([A-Za-z0-9+/=]+)$/.exec(signed.data?.signature ?? '')?.[1];
      if (text === undefined)
        throw unavailable(
          'the vault answered without a signature',
          'Check that the token may use the path transit/sign.',
        );
      return Buffer.from(text, 'base64');
    },
  };
}

/** ECDSA keys come in PEM, Ed25519 as the raw key in base64. */
function publicKeyOf(text: string, type: string): KeyObject {
  try {
    if (type === 'ed25519')
      return createPublicKey({
        key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(text, 'base64').toString('base64url') },
        format: 'jwk',
      });
    return createPublicKey(text);
  } catch (error) {
    throw unavailable(
      `the vault's public key cannot be read: ${(error as Error).message}`,
      'It must be of the type ecdsa-p256, ecdsa-p384, ecdsa-p521 or ed25519.',
    );
  }
}

async function ask(
  method: 'GET' | 'POST',
  path: string,
  body: object | null,
  { env, fetch }: VaultOptions,
): Promise<unknown> {
  const address = env['VAULT_ADDR'] ?? env['BAO_ADDR'];
  const token = env['VAULT_TOKEN'] ?? env['BAO_TOKEN'];
  if (address === undefined || token === undefined)
    throw unavailable('no vault is named', 'Set $VAULT_ADDR and $VAULT_TOKEN (or $BAO_ADDR and $BAO_TOKEN).');
  const url = `${address.replace(/\/+$/, '')}/v1/${path}`;
  const namespace = env['VAULT_NAMESPACE'] ?? env['BAO_NAMESPACE'];
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      headers: {
        'x-vault-token': token,
        'x-vault-request': 'true',
        ...(namespace && { 'x-vault-namespace': namespace }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    text = await response.text();
  } catch (error) {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : (error as Error).message;
    throw unavailable(
      `the vault at ${address} cannot be reached: ${cause}`,
      'Check $VAULT_ADDR and that it is running.',
    );
  }
  if (text.length > ANSWER_BYTES_MAX)
    throw unavailable(`the vault at ${address} answered with too much`, 'Check $VAULT_ADDR.');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = {};
  }
  if (response.ok) return json;
  const { errors } = json as { errors?: unknown };
  const said = Array.isArray(errors) && errors.length > 0 ? `: ${errors.map(String).join('; ').slice(0, 300)}` : '';
  throw unavailable(
    `the vault answered ${response.status} to ${method} ${path}${said}`,
    response.status === 403
      ? 'The token may not do this: it needs read on transit/keys and update on transit/sign.'
      : response.status === 503
        ? 'It is sealed: unseal it.'
        : 'Check the name of the key and of the mount.',
  );
}
