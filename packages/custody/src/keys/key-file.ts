/** Private keys in PEM: PKCS#8, encrypted or not, SEC 1; from a file or from an environment variable. */
import { createPrivateKey, createPublicKey, sign as signWith, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AttestError } from '../attest/attest-error.ts';
import { parseCertificates } from '../attest/certificate.ts';
import { algorithmOf, hashOf, keyId } from '../attest/key.ts';
import type { Signer } from '../attest/signer.ts';

const unreadable = (message: string, remedy: string): AttestError =>
  new AttestError('key', 'key-unreadable', message, remedy);

/** `where`: a path, or `env:NAME`. Throws AttestError. */
export function readKeyText(where: string, env: NodeJS.ProcessEnv = process.env): string {
  if (where.startsWith('env:')) {
    const name = where.slice(4);
    const text = env[name];
    if (text === undefined || text === '')
      throw unreadable(`the environment variable ${name} holds no key`, 'Set it to the key in PEM.');
    // Some systems keep only one line in a variable.
    return text.includes('-----BEGIN') ? text.replaceAll('\\n', '\n') : Buffer.from(text, 'base64').toString();
  }
  try {
    return readFileSync(where, 'utf8');
  } catch (error) {
    throw unreadable(
      `the key ${where} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
      'Check the path and its permissions.',
    );
  }
}

/** Throws AttestError: key-unreadable also where the password is missing or wrong. */
export function parsePrivateKey(pem: string, password: string | null): KeyObject {
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem))
    throw unreadable('there is no private key in PEM', 'Give one that begins with "BEGIN PRIVATE KEY".');
  const isEncrypted = /ENCRYPTED/.test(pem);
  if (isEncrypted && password === null)
    throw unreadable(
      'the private key is encrypted',
      'Put its password into $CUSTODY_KEY_PASSWORD, or name another variable with --password-env.',
    );
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: pem, ...(password !== null && isEncrypted && { passphrase: password }) });
  } catch (error) {
    throw unreadable(
      isEncrypted
        ? 'the password does not open the private key'
        : `the private key cannot be read: ${(error as Error).message}`,
      'Check the key and its password.',
    );
  }
  algorithmOf(key);
  return key;
}

/** Signs with a key in memory. `certificates` in PEM, the key's own first. Throws AttestError. */
export function keySigner(key: KeyObject, certificates: string | null = null): Signer {
  const chain = certificates === null ? [] : parseCertificates(certificates);
  const [leaf] = chain;
  const publicKey = createPublicKey(key);
  if (leaf !== undefined && keyId(leaf.key) !== keyId(publicKey))
    throw new AttestError(
      'key',
      'key-mismatch',
      'the certificate is not of this private key',
      'Give the certificate that was issued for it.',
    );
  const hash = hashOf(algorithmOf(key));
  return {
    publicKey,
    certificates: chain.map(({ x509 }) => x509.raw),
    sign: async (bytes) => signWith(hash, bytes, key),
  };
}
