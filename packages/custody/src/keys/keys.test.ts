/** Every kind of key through one suite, and what is of one kind alone. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeChain } from '../../../../test/model-signing/tiny-model.ts';
import { parsePublicKey } from '../attest/key.ts';
import { signBundle, type Signer } from '../attest/signer.ts';
import { openSigner } from './open-signer.ts';
import { signerSuite, type Curve, type Keys } from './signer.suite.ts';
import { startTransit, type TransitDouble } from '../../../../test/model-signing/transit-double.ts';

const work = mkdtempSync(`${tmpdir()}/custody-keys-`);
const pairOf = (curve: Curve): { privateKey: KeyObject; publicKey: KeyObject } =>
  curve === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: curve });
const open = (
  where: string,
  env: NodeJS.ProcessEnv = {},
  password: string | null = null,
  certificates: string | null = null,
): Promise<Signer> => openSigner(where, { password, certificates, env, fetch });
const none = async (): Promise<void> => {};

const inFiles =
  (form: (key: KeyObject) => string, password: string | null = null) =>
  async (): Promise<Keys> => ({
    async open(curve) {
      const { privateKey, publicKey } = pairOf(curve);
      const file = `${work}/${curve}-${password ?? ''}.pem`;
      writeFileSync(file, form(privateKey));
      return { signer: await open(file, {}, password), publicKey };
    },
    openMissing: () => open(`${work}/none.pem`),
    close: none,
  });

signerSuite(
  'a PEM file',
  inFiles((key) => key.export({ type: 'pkcs8', format: 'pem' }) as string),
);
signerSuite(
  'a SEC 1 file',
  inFiles(
    (key) =>
      key.export({ type: key.asymmetricKeyType === 'ec' ? 'sec1' : 'pkcs8', format: 'pem' } as {
        type: 'pkcs8';
        format: 'pem';
      }) as string,
  ),
);
signerSuite(
  'a file with a password',
  inFiles(
    (key) => key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' }) as string,
    'open sesame',
  ),
);
signerSuite('an environment variable', async () => ({
  async open(curve) {
    const { privateKey, publicKey } = pairOf(curve);
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    return {
      signer: await open('env:KEY', {
        KEY: curve === 'P-384' ? Buffer.from(pem).toString('base64') : pem.replaceAll('\n', '\\n'),
      }),
      publicKey,
    };
  },
  openMissing: () => open('env:KEY'),
  close: none,
}));
signerSuite('Transit (a double of Vault and OpenBao)', async () => {
  const transit = await startTransit();
  const env = { VAULT_ADDR: transit.url, VAULT_TOKEN: transit.token };
  return {
    async open(curve) {
      const publicKey = transit.create(
        `key-${curve}`,
        curve === 'ed25519' ? curve : `ecdsa-${curve.toLowerCase().replace('-', '')}`,
      );
      return { signer: await open(`vault:key-${curve}`, env), publicKey };
    },
    openMissing: () => open('vault:none', env),
    close: () => transit.stop(),
  };
});

describe('a key file', () => {
  test('with a password is not opened without it, nor by another', async () => {
    const file = `${work}/locked.pem`;
    writeFileSync(
      file,
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
        type: 'pkcs8',
        format: 'pem',
        cipher: 'aes-256-cbc',
        passphrase: 'a',
      }) as string,
    );
    await expect(open(file)).rejects.toMatchObject({
      refusal: { code: 'key-unreadable', remedy: expect.stringContaining('CUSTODY_KEY_PASSWORD') as string },
    });
    await expect(open(file, {}, 'b')).rejects.toMatchObject({ message: 'the password does not open the private key' });
  });

  test('must be what it says: a public key, RSA and another certificate are refused', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(`${work}/public.pem`, publicKey.export({ type: 'spki', format: 'pem' }));
    await expect(open(`${work}/public.pem`)).rejects.toMatchObject({ refusal: { code: 'key-unreadable' } });
    writeFileSync(`${work}/rsa.pem`, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await expect(open(`${work}/rsa.pem`)).rejects.toMatchObject({ refusal: { code: 'key-algorithm' } });
    const [one, other] = [writeChain(`${work}/one`), writeChain(`${work}/other`)];
    await expect(open(one.privateKey, {}, null, readFileSync(other.leaf, 'utf8'))).rejects.toMatchObject({
      refusal: { code: 'key-mismatch' },
    });
    await expect(open(one.privateKey, {}, null, readFileSync(one.leaf, 'utf8'))).resolves.toMatchObject({
      certificates: [expect.any(Buffer)],
    });
  });
});

describe('Transit', () => {
  let transit: TransitDouble;
  const env = () => ({ BAO_ADDR: `${transit.url}/`, BAO_TOKEN: transit.token });
  beforeAll(async () => {
    transit = await startTransit();
  });
  afterAll(() => transit.stop());

  test('signs with the version that is named, else with the newest', async () => {
    const [first, second] = [transit.create('rolled', 'ecdsa-p256'), transit.create('rolled', 'ecdsa-p256')];
    expect((await open('vault:rolled', env())).publicKey.equals(second)).toBe(true);
    const old = await open('openbao:transit/rolled@1', env());
    expect(old.publicKey.equals(first)).toBe(true);
    await signBundle('t', Buffer.from('x'), old);
    expect(transit.requests.at(-1)).toBe('POST /v1/transit/sign/rolled/sha2-256');
  });

  test('says what is in the way: no address, no right, a sealed vault, nobody there', async () => {
    await expect(open('vault:k', {})).rejects.toMatchObject({
      refusal: { remedy: expect.stringContaining('VAULT_ADDR') as string },
    });
    await expect(open('vault:k', { ...env(), BAO_TOKEN: 'wrong' })).rejects.toMatchObject({
      message: expect.stringContaining('permission denied') as string,
    });
    await expect(open('vault:../sys/seal', env())).rejects.toMatchObject({ refusal: { code: 'signer-unavailable' } });
    transit.fail = { status: 503, errors: ['Vault is sealed'] };
    await expect(open('vault:rolled', env())).rejects.toMatchObject({
      refusal: { remedy: 'It is sealed: unseal it.' },
    });
    transit.fail = null;
    await expect(open('vault:k', { VAULT_ADDR: 'http://127.0.0.1:1', VAULT_TOKEN: 't' })).rejects.toMatchObject({
      message: expect.stringContaining('cannot be reached') as string,
    });
  });

  test('a service that answers with a signature of another key signs nothing', async () => {
    transit.create('a', 'ecdsa-p256');
    const { sign } = await open('vault:a', env());
    const publicKey = parsePublicKey(
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' }) as string,
    );
    await expect(signBundle('t', Buffer.from('x'), { publicKey, certificates: [], sign })).rejects.toMatchObject({
      refusal: { code: 'key-mismatch' },
    });
  });
});
