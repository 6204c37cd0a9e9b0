/** Whom a server trusts: `*.pem` (public keys and certificates) and `trusted_root.json` in a folder. */
import { readdir, readFile } from 'node:fs/promises';
import type { KeyObject } from 'node:crypto';
import { AttestError } from '../attest/attest-error.ts';
import { parseCertificates, type Certificate } from '../attest/certificate.ts';
import { parsePublicKey } from '../attest/key.ts';
import { parseStrictJson } from '../attest/strict-json.ts';

const TRUSTED_ROOT_BYTES_MAX = 10_000_000;

/** Empty where there is no such folder. Throws AttestError where a file cannot be read as what it says. */
export async function readTrustFolder(
  folder: string,
): Promise<{ keys: KeyObject[]; certificates: Certificate[]; trustedRoot: unknown }> {
  const trust: { keys: KeyObject[]; certificates: Certificate[]; trustedRoot: unknown } = {
    keys: [],
    certificates: [],
    trustedRoot: null,
  };
  let names: string[];
  try {
    names = await readdir(folder);
  } catch {
    return trust;
  }
  for (const name of names.sort()) {
    if (name === 'trusted_root.json')
      trust.trustedRoot = parseStrictJson(
        await readFile(`${folder}/${name}`),
        'key',
        `${folder}/${name}`,
        TRUSTED_ROOT_BYTES_MAX,
      );
    if (!name.endsWith('.pem')) continue;
    const text = await readFile(`${folder}/${name}`, 'utf8');
    try {
      if (text.includes('BEGIN CERTIFICATE')) trust.certificates.push(...parseCertificates(text));
      else trust.keys.push(parsePublicKey(text));
    } catch (error) {
      if (!(error instanceof AttestError)) throw error;
      const { step, code, message, remedy } = error.refusal;
      throw new AttestError(step, code, `${folder}/${name}: ${message}`, remedy, name);
    }
  }
  return trust;
}
