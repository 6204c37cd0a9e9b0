/** The key that signs checkpoints: Ed25519, made at first start, kept as PKCS#8 PEM with mode 0600. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { formatCheckpoint, formatNote, formatVerifierKey, keyId } from '@custody/verify';
import { replaceFile, type Disk } from './disk.ts';
import { LogError } from './log-error.ts';

export interface SigningKey {
  readonly origin: string;
  /** name+id+base64 */
  readonly verifierKey: string;
  signCheckpoint(size: number, root: Uint8Array): string;
}

/** SPKI of an Ed25519 key is a fixed 12-byte prefix and the 32 raw bytes (RFC 8410). */
const rawPublicKey = (key: KeyObject): Buffer =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32);

export function signingKey(origin: string, privateKey: KeyObject): SigningKey {
  const publicKey = rawPublicKey(privateKey);
  const id = keyId(origin, publicKey);
  return {
    origin,
    verifierKey: formatVerifierKey(origin, publicKey),
    signCheckpoint(size, root) {
      const text = formatCheckpoint(origin, size, root);
      const signature = sign(null, Buffer.from(text), privateKey);
      return formatNote(text, [{ name: origin, id, signature }]);
    },
  };
}

/** Reads the key of the log in `folder`; makes one if the log is new. `origin` names a new log. */
export async function openSigningKey(disk: Disk, folder: string, origin: string, isNew: boolean): Promise<SigningKey> {
  const keyFile = `${folder}/signing-key.pem`;
  const originFile = `${folder}/origin`;
  if ((await disk.size(keyFile)) === null) {
    if (!isNew) {
      throw new LogError(
        'log.key',
        `The log's signing key is missing: ${keyFile}.`,
        'Restore it from a backup. Without it nobody can extend this log; it can still be read and checked.',
      );
    }
    const { privateKey } = generateKeyPairSync('ed25519');
    await replaceFile(disk, originFile, Buffer.from(`${origin}\n`));
    await replaceFile(disk, `${folder}/log.key`, Buffer.from(`${signingKey(origin, privateKey).verifierKey}\n`));
    // The private key comes last: a start that was cut short before it begins anew, with another key.
    await replaceFile(disk, keyFile, Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })));
  }
  const storedOrigin = (await disk.readFile(originFile)).toString().trim();
  try {
    return signingKey(storedOrigin, createPrivateKey(await disk.readFile(keyFile)));
  } catch (error) {
    throw new LogError(
      'log.key',
      `The log's signing key cannot be read: ${keyFile}.`,
      'Restore it from a backup.',
      error,
    );
  }
}
