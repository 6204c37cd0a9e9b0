/** One text for every kind of key: `K.pem`, `env:NAME`, `vault:NAME`. */
import type { Signer } from '../attest/signer.ts';
import { keySigner, parsePrivateKey, readKeyText } from './key-file.ts';

export interface KeyOptions {
  readonly password: string | null;
  /** PEM: certificates of the key, its own first; null signs with the bare key. */
  readonly certificates: string | null;
  readonly env: NodeJS.ProcessEnv;
  readonly fetch: typeof fetch;
}

/** Throws AttestError. */
export async function openSigner(where: string, { password, certificates, env, fetch }: KeyOptions): Promise<Signer> {
  if (where.startsWith('vault:') || where.startsWith('openbao:')) {
    const { vaultSigner } = await import('./vault.ts');
    return vaultSigner(where.slice(where.indexOf(':') + 1), { certificates, env, fetch });
  }
  return keySigner(parsePrivateKey(readKeyText(where, env), password), certificates);
}
