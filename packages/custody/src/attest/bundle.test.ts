/** Bundles from strangers: whatever is wrong with one has a name, and nothing gets by. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AttestError, type AttestCode } from './attest-error.ts';
import { parseBundle } from './bundle.ts';
import { IN_TOTO_PAYLOAD, preAuthEncoding } from './dsse.ts';
import { keyHint, parsePublicKey } from './key.ts';
import { manifestOf, rootDigest, type ModelManifest } from './model-manifest.ts';
import { statementIn } from './statement.ts';
import { verifySigner } from './trust.ts';
import { signBundle, type Signer } from './signer.ts';

const OMS = fileURLToPath(new URL('../../../../testdata/oms', import.meta.url));
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signer: Signer = { publicKey, certificates: [], sign: async (bytes) => sign('sha256', bytes, privateKey) };

async function read(bytes: Uint8Array, key = publicKey): Promise<ModelManifest> {
  const bundle = parseBundle(bytes);
  await verifySigner(bundle, { kind: 'keys', keys: [key] });
  return manifestOf(statementIn(bundle.envelope));
}

const codeOf = async (run: () => Promise<unknown>): Promise<AttestCode | 'accepted'> => {
  try {
    await run();
    return 'accepted';
  } catch (error) {
    if (error instanceof AttestError) return error.code;
    throw error;
  }
};

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/** A sound statement about files, with parts put in place of its own. */
function statement(
  names: readonly string[],
  over: { predicate?: object; statement?: object; serialization?: object } = {},
): string {
  const resources = names.map((name) => ({ name, algorithm: 'sha256', digest: digest(name) }));
  return JSON.stringify({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      {
        name: 'm',
        digest: {
          sha256: rootDigest(
            resources.map(({ name, digest: hex }) => ({ path: name, start: null, end: null, digest: hex })),
          ),
        },
      },
    ],
    predicateType: 'https://model_signing/signature/v1.0',
    predicate: {
      serialization: { method: 'files', hash_type: 'sha256', allow_symlinks: false, ...over.serialization },
      resources,
      ...over.predicate,
    },
    ...over.statement,
  });
}

const signed = async (text: string, type = IN_TOTO_PAYLOAD): Promise<Buffer> =>
  Buffer.from(await signBundle(type, Buffer.from(text), signer));
const rewritten = async (change: (bundle: any) => void): Promise<Buffer> => {
  const bundle = JSON.parse((await signed(statement(['a']))).toString());
  change(bundle);
  return Buffer.from(JSON.stringify(bundle));
};
const resigned = (payload: string, bytes: Buffer, hash = 'sha256') =>
  rewritten((bundle) => {
    bundle.dsseEnvelope.payload = Buffer.from(payload).toString('base64');
    bundle.dsseEnvelope.signatures = [{ sig: sign(hash, bytes, privateKey).toString('base64'), keyid: '' }];
  });

describe('what is signed and wrong', () => {
  const cases: readonly (readonly [string, AttestCode | 'accepted', () => Promise<Buffer>])[] = [
    ['a sound statement', 'accepted', () => signed(statement(['a', 'b/c']))],
    ['a path that leads out', 'path-traversal', () => signed(statement(['../a']))],
    ['one that leads out later', 'path-traversal', () => signed(statement(['a/../../b']))],
    ['an absolute path', 'path-traversal', () => signed(statement(['/etc/passwd']))],
    ['one of Windows', 'path-traversal', () => signed(statement(['C:\\a']))],
    ['a path that is not normal', 'path-traversal', () => signed(statement(['a//b']))],
    ['a name with NUL', 'name-encoding', () => signed(statement(['a\0b']))],
    ['a name that is no Unicode', 'name-encoding', () => signed(statement(['a\ud800']))],
    ['a name twice', 'duplicate-name', () => signed(statement(['a', 'a']))],
    ['names of one file without case', 'case-collision', () => signed(statement(['A', 'a']))],
    ['names that look the same', 'look-alike', () => signed(statement(['paypal', 'p\u0430ypal']))],
    [
      'an ignored path that leads out',
      'path-traversal',
      () => signed(statement(['a'], { serialization: { ignore_paths: ['../..'] } })),
    ],
    [
      'an ignored path that is everything',
      'path-traversal',
      () => signed(statement(['a'], { serialization: { ignore_paths: ['.'] } })),
    ],
    ['no file at all', 'malformed', () => signed(statement([]))],
    [
      'a digest of another list',
      'root-digest',
      () => signed(statement(['a'], { statement: { subject: [{ name: 'm', digest: { sha256: digest('x') } }] } })),
    ],
    ['a weak hash', 'digest-algorithm', () => signed(statement(['a'], { serialization: { hash_type: 'md5' } }))],
    [
      'a hash that the list does not say',
      'algorithm',
      () =>
        signed(
          statement(['a'], { predicate: { resources: [{ name: 'a', algorithm: 'sha512', digest: digest('a') }] } }),
        ),
    ],
    [
      'another predicate',
      'predicate-type',
      () => signed(statement(['a'], { statement: { predicateType: 'https://slsa.dev/provenance/v1' } })),
    ],
    [
      'another kind of statement',
      'statement-type',
      () => signed(statement(['a'], { statement: { _type: 'https://example.org/v1' } })),
    ],
    ['another type of payload', 'payload-type', () => signed(statement(['a']), 'application/json')],
    [
      'a key twice in the statement',
      'duplicate-key',
      () => signed(statement(['a']).replace('"predicateType"', '"_type":"x","predicateType"')),
    ],
    [
      'a key twice, escaped',
      'duplicate-key',
      () => signed(statement(['a']).replace('"predicateType"', '"\\u005ftype":"x","predicateType"')),
    ],
    ['a statement that is cut', 'not-json', () => signed(statement(['a']).slice(0, -3))],
    ['a byte order mark', 'not-json', () => signed(`\ufeff${statement(['a'])}`)],
    ['nesting without end', 'not-json', () => signed(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)],
    [
      "a digest of Custody's that is another's",
      'tree-digest',
      () =>
        signed(
          statement(['a'], {
            predicate: {
              custody: { tree: { sha256: digest('x') }, entries: [{ name: 'a', kind: 'file', mode: '0644', size: 1 }] },
            },
          }),
        ),
    ],
    [
      'another version of the bundle',
      'bundle-version',
      () => rewritten((bundle) => (bundle.mediaType = 'application/vnd.dev.sigstore.bundle.v9.9+json')),
    ],
    ['no signature', 'no-signature', () => rewritten((bundle) => (bundle.dsseEnvelope.signatures = []))],
    [
      'a signature that is cut',
      'signature',
      () =>
        rewritten(
          (bundle) => (bundle.dsseEnvelope.signatures[0].sig = bundle.dsseEnvelope.signatures[0].sig.slice(0, 40)),
        ),
    ],
    ['an envelope without payload', 'malformed', () => rewritten((bundle) => (bundle.dsseEnvelope.payload = ''))],
    ['base64 with rubbish', 'malformed', () => rewritten((bundle) => (bundle.dsseEnvelope.payload += '*'))],
    [
      'base64 in another spelling',
      'malformed',
      () =>
        rewritten(
          (bundle) =>
            (bundle.dsseEnvelope.signatures[0].sig = bundle.dsseEnvelope.signatures[0].sig
              .replace(/=*$/, (pad: string) => (pad === '' ? '=A' : ''))
              .replace(/(.)$/, (last: string) => String.fromCharCode(last.charCodeAt(0) + 1))),
        ),
    ],
    [
      'another payload type than was signed',
      'signature',
      () => rewritten((bundle) => (bundle.dsseEnvelope.payloadType = 'application/json')),
    ],
    [
      'two kinds of key material',
      'malformed',
      () => rewritten((bundle) => (bundle.verificationMaterial.certificate = { rawBytes: 'AA==' })),
    ],
    [
      'the hint of another key',
      'key-mismatch',
      () => rewritten((bundle) => (bundle.verificationMaterial.publicKey.hint = digest('other'))),
    ],
    ['a signature of the bare payload', 'wrong-pae', () => resigned(statement(['a']), Buffer.from(statement(['a'])))],
    [
      'a signature with another hash than the curve has',
      'algorithm',
      () => resigned(statement(['a']), preAuthEncoding(IN_TOTO_PAYLOAD, Buffer.from(statement(['a']))), 'sha512'),
    ],
  ];

  test.each(cases)('%s: %s', async (_, code, make) => {
    const bytes = await make();
    expect(await codeOf(() => read(bytes))).toBe(code);
  });

  test('the encoding that model_signing had before 1.0 is told by name', async () => {
    const text = statement(['a']);
    const bytes = Buffer.from(`DSSEV1 28 ${IN_TOTO_PAYLOAD} ${text.length} b'${text}'`);
    expect(await codeOf(async () => read(await resigned(text, bytes)))).toBe('wrong-pae');
  });

  test('a bundle that is too large is not read', async () => {
    expect(await codeOf(async () => parseBundle(Buffer.alloc(2_000, 0x20), 1_000))).toBe('too-large');
  });

  test('keys of other kinds, private keys and certificates are no public keys here', async () => {
    const pem = (type: 'rsa' | 'ed448') =>
      generateKeyPairSync(type as 'rsa', { modulusLength: 2048 }).publicKey.export({
        type: 'spki',
        format: 'pem',
      }) as string;
    expect(await codeOf(async () => parsePublicKey(pem('rsa')))).toBe('key-algorithm');
    const curve = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey.export({
      type: 'spki',
      format: 'pem',
    }) as string;
    expect(await codeOf(async () => parsePublicKey(curve))).toBe('key-algorithm');
    expect(
      await codeOf(async () => parsePublicKey(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string)),
    ).toBe('key-unreadable');
    expect(await codeOf(async () => parsePublicKey(readFileSync(`${OMS}/public-keys/leaf.pem`)))).toBe(
      'key-unreadable',
    );
    expect(await codeOf(async () => parsePublicKey('rubbish'))).toBe('key-unreadable');
  });

  test('an Ed25519 key cannot be talked into an ECDSA signature, nor the other way', async () => {
    const ed = generateKeyPairSync('ed25519');
    const bundle = await rewritten((each) => (each.verificationMaterial.publicKey.hint = keyHint(ed.publicKey)));
    expect(await codeOf(() => read(bundle, ed.publicKey))).toBe('signature');
  });
});

describe('bundles that were changed at random', () => {
  const files = readdirSync(`${OMS}/bundles`).map((name) => readFileSync(`${OMS}/bundles/${name}`));
  const keys = ['p256', 'p384', 'p521'].map((name) =>
    parsePublicKey(readFileSync(`${OMS}/public-keys/${name}.pub.pem`)),
  );

  test('are refused by name or say the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }), fc.constantFrom('set', 'cut', 'insert')), {
          minLength: 1,
          maxLength: 4,
        }),
        async (file, changes) => {
          let bytes = Buffer.from(file);
          for (const [at, value, how] of changes) {
            const place = at % bytes.length;
            if (how === 'set') bytes[place] = value;
            else if (how === 'cut') bytes = bytes.subarray(0, Math.max(1, place));
            else bytes = Buffer.concat([bytes.subarray(0, place), Buffer.from([value]), bytes.subarray(place)]);
          }
          let manifest: ModelManifest;
          try {
            const bundle = parseBundle(bytes);
            await verifySigner(bundle, { kind: 'keys', keys });
            manifest = manifestOf(statementIn(bundle.envelope));
          } catch (error) {
            expect(error).toBeInstanceOf(AttestError);
            return;
          }
          const original = manifestOf(statementIn(parseBundle(file).envelope));
          expect(manifest.resources).toEqual(original.resources);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('JSON of any shape is refused by name', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const code = await codeOf(() => read(Buffer.from(JSON.stringify(value))));
        expect(code).not.toBe('accepted');
        const media = {
          mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
          verificationMaterial: value,
          dsseEnvelope: value,
        };
        expect(await codeOf(() => read(Buffer.from(JSON.stringify(media))))).not.toBe('accepted');
        expect(
          await codeOf(async () =>
            manifestOf({
              subject: [{ name: 'm', digest: { sha256: digest('') } }],
              predicateType: 'https://model_signing/signature/v1.0',
              predicate: { serialization: value, resources: value, custody: value } as never,
            }),
          ),
        ).not.toBe('accepted');
      }),
      { numRuns: 300 },
    );
  });
});
