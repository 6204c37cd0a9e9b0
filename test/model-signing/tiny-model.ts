/** The small model that the reference bundles in testdata/oms are of, and keys made for a test. */
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const OMS = fileURLToPath(new URL('../../testdata/oms', import.meta.url));

/** Writes it into a new folder, whose last part is `tiny-model`. */
export function writeTinyModel(): string {
  const folder = `${mkdtempSync(`${tmpdir()}/custody-model-`)}/tiny-model`;
  const files = JSON.parse(readFileSync(`${OMS}/tiny-model.json`, 'utf8')) as Record<string, string>;
  for (const [name, base64] of Object.entries(files)) {
    mkdirSync(dirname(`${folder}/${name}`), { recursive: true });
    writeFileSync(`${folder}/${name}`, Buffer.from(base64, 'base64'));
  }
  return folder;
}

export interface KeyFiles {
  readonly privateKey: string;
  readonly publicKey: string;
}

/** A new key pair in two files. */
export function writeKeyPair(
  folder: string,
  curve: 'P-256' | 'P-384' | 'P-521' | 'ed25519' | 'secp256k1',
  password?: string,
): KeyFiles {
  const { privateKey, publicKey } =
    curve === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: curve });
  const files = {
    privateKey: `${folder}/${curve}${password ? '-locked' : ''}.pem`,
    publicKey: `${folder}/${curve}${password ? '-locked' : ''}.pub.pem`,
  };
  writeFileSync(
    files.privateKey,
    privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      ...(password && { cipher: 'aes-256-cbc', passphrase: password }),
    }) as string,
  );
  writeFileSync(files.publicKey, publicKey.export({ type: 'spki', format: 'pem' }));
  return files;
}

export interface ChainFiles extends KeyFiles {
  readonly leaf: string;
  readonly intermediate: string;
  readonly root: string;
}

const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'pipe' });

export interface LeafShape {
  readonly extensions?: string;
  /** YYYYMMDDHHMMSSZ */
  readonly from?: string;
  readonly to?: string;
}

/** A root, an authority below it and a signer's certificate, made by openssl. */
export function writeChain(
  folder: string,
  { extensions = 'keyUsage=critical,digitalSignature', from, to }: LeafShape = {},
): ChainFiles {
  mkdirSync(folder, { recursive: true });
  const at = (name: string) => `${folder}/${name}`;
  const ca = 'basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign';
  const make = (name: string, subject: string, ext: string, issuer: string | null, days: readonly string[]) => {
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', at(`${name}.sec1`));
    openssl('pkcs8', '-topk8', '-nocrypt', '-in', at(`${name}.sec1`), '-out', at(`${name}.key`));
    openssl('req', '-new', '-key', at(`${name}.key`), '-subj', `/O=Test/CN=${subject}`, '-out', at(`${name}.csr`));
    writeFileSync(at(`${name}.ext`), `${ext}\nsubjectKeyIdentifier=hash\n`);
    const by =
      issuer === null
        ? ['-key', at(`${name}.key`)]
        : ['-CA', at(`${issuer}.pem`), '-CAkey', at(`${issuer}.key`), '-CAcreateserial'];
    openssl(
      'x509',
      '-req',
      '-in',
      at(`${name}.csr`),
      ...by,
      ...days,
      '-extfile',
      at(`${name}.ext`),
      '-out',
      at(`${name}.pem`),
    );
  };
  make('root', 'root', ca, null, ['-days', '3650']);
  make('intermediate', 'intermediate', `${ca}`, 'root', ['-days', '3650']);
  if (from !== undefined && to !== undefined) {
    // `openssl x509` of this version takes no dates; `openssl ca` does.
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', at('leaf.sec1'));
    openssl('pkcs8', '-topk8', '-nocrypt', '-in', at('leaf.sec1'), '-out', at('leaf.key'));
    openssl('req', '-new', '-key', at('leaf.key'), '-subj', '/O=Test/CN=signer', '-out', at('leaf.csr'));
    writeFileSync(at('index.txt'), '');
    writeFileSync(at('serial'), '01\n');
    writeFileSync(at('leaf.ext'), `${extensions}\n`);
    writeFileSync(
      at('ca.cnf'),
      `[ca]\ndefault_ca=d\n[d]\ndatabase=${at('index.txt')}\nserial=${at('serial')}\nnew_certs_dir=${folder}\ndefault_md=sha256\npolicy=p\n[p]\norganizationName=optional\ncommonName=supplied\n`,
    );
    openssl(
      'ca',
      '-batch',
      '-config',
      at('ca.cnf'),
      '-cert',
      at('intermediate.pem'),
      '-keyfile',
      at('intermediate.key'),
      '-in',
      at('leaf.csr'),
      '-startdate',
      from,
      '-enddate',
      to,
      '-extfile',
      at('leaf.ext'),
      '-notext',
      '-out',
      at('leaf.pem'),
    );
  } else
    make('leaf', 'signer', `${extensions}\nsubjectAltName=email:signer@example.org`, 'intermediate', ['-days', '365']);
  openssl('pkey', '-in', at('leaf.key'), '-pubout', '-out', at('leaf.pub'));
  return {
    privateKey: at('leaf.key'),
    publicKey: at('leaf.pub'),
    leaf: at('leaf.pem'),
    intermediate: at('intermediate.pem'),
    root: at('root.pem'),
  };
}
