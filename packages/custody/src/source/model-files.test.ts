/** What a verification says of a folder that is not what was signed: one cause, and the file. */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { AttestError } from '../attest/attest-error.ts';
import { requireNone, type Leniency } from '../attest/model-differences.ts';
import {
  GIT_PATHS,
  manifestOf,
  manifestStatement,
  type ModelManifest,
  type Serialization,
} from '../attest/model-manifest.ts';
import { formatStatement, parseStatement } from '../attest/statement.ts';
import { compareModel, sealModel } from './model-files.ts';
import { VerifyCache } from './verify-cache.ts';

const FILES: Serialization = {
  method: 'files',
  hash: 'sha256',
  shardSize: null,
  allowSymlinks: false,
  ignorePaths: [...GIT_PATHS, 'logs'],
};
const STRICT: Leniency = { omsOnly: false, allowUnsigned: false, ignored: [], signature: null };

function folder(): string {
  const root = `${mkdtempSync(`${tmpdir()}/custody-seal-`)}/m`;
  mkdirSync(`${root}/sub/deep`, { recursive: true });
  mkdirSync(`${root}/logs`);
  mkdirSync(`${root}/empty`);
  for (const [name, text] of Object.entries({
    'a.bin': 'aaaa',
    'b.bin': 'bbbb',
    'sub/c.bin': 'cccc',
    'sub/deep/d': '',
    'logs/run': 'log',
  }))
    writeFileSync(`${root}/${name}`, text);
  return root;
}

const now = () => Date.now();
/** As it comes out of a signature: written and read again. */
async function signed(root: string, serialization = FILES, excluded: string[] = []): Promise<ModelManifest> {
  const manifest = await sealModel(root, { serialization, excluded, cache: null, now });
  return manifestOf(parseStatement(Buffer.from(formatStatement(manifestStatement(manifest)))));
}

async function refusal(
  root: string,
  manifest: ModelManifest,
  leniency: Partial<Leniency> = {},
): Promise<{ code: string; file: string | null; message: string } | null> {
  try {
    const { differences, report } = await compareModel(
      root,
      manifest,
      { ...STRICT, ...leniency },
      { cache: null, now },
    );
    requireNone(differences, report.files);
    return null;
  } catch (error) {
    if (!(error instanceof AttestError)) throw error;
    return error.refusal;
  }
}

describe('a folder that is not what was signed', () => {
  const changes: readonly (readonly [
    string,
    (root: string) => void,
    { code: string; file: string | null },
    string?,
  ])[] = [
    ['one byte', (root) => writeFileSync(`${root}/a.bin`, 'aaab'), { code: 'altered', file: 'a.bin' }],
    [
      'another length',
      (root) => writeFileSync(`${root}/a.bin`, 'aaaaa'),
      { code: 'altered', file: 'a.bin' },
      '5 bytes instead of 4',
    ],
    [
      'a name',
      (root) => renameSync(`${root}/a.bin`, `${root}/A.bin`),
      { code: 'renamed', file: 'a.bin' },
      'renamed to "A.bin"',
    ],
    ['a file gone', (root) => unlinkSync(`${root}/sub/c.bin`), { code: 'removed', file: 'sub/c.bin' }],
    ['an extra file', (root) => writeFileSync(`${root}/x`, ''), { code: 'added', file: 'x' }],
    [
      'an extra file in an ignored path',
      (root) => writeFileSync(`${root}/logs/x.py`, ''),
      { code: 'added', file: 'logs/x.py' },
    ],
    [
      'a file in an ignored path that was not there',
      (root) => writeFileSync(`${root}/.gitignore`, ''),
      { code: 'added', file: '.gitignore' },
    ],
    [
      'contents in an ignored path',
      (root) => writeFileSync(`${root}/logs/run`, 'LOG'),
      { code: 'altered', file: 'logs/run' },
    ],
    ['an empty folder more', (root) => mkdirSync(`${root}/sub/more`), { code: 'added', file: 'sub/more' }],
    [
      'an empty folder less',
      (root) => rmSync(`${root}/empty`, { recursive: true }),
      { code: 'removed', file: 'empty' },
    ],
    [
      'a mode',
      (root) => chmodSync(`${root}/a.bin`, 0o755),
      { code: 'mode-changed', file: 'a.bin' },
      'was 0644 and is 0755',
    ],
    ['the mode of a folder', (root) => chmodSync(`${root}/sub`, 0o700), { code: 'mode-changed', file: 'sub' }],
    ['a set-user-id bit', (root) => chmodSync(`${root}/b.bin`, 0o4644), { code: 'mode-changed', file: 'b.bin' }],
    [
      'a link where a file was',
      (root) => (renameSync(`${root}/a.bin`, `${root}/../a.bin`), symlinkSync('../a.bin', `${root}/a.bin`)),
      { code: 'symlink', file: 'a.bin' },
    ],
    [
      'a folder where a file was',
      (root) => (unlinkSync(`${root}/a.bin`), mkdirSync(`${root}/a.bin`)),
      { code: 'removed', file: 'a.bin' },
    ],
    [
      'everything',
      (root) => {
        for (const name of ['a.bin', 'b.bin', 'sub/c.bin', 'sub/deep/d']) writeFileSync(`${root}/${name}`, 'zzzzz');
      },
      { code: 'other-artifact', file: null },
    ],
    ['a pipe', (root) => execFileSync('mkfifo', [`${root}/pipe`]), { code: 'special-file', file: 'pipe' }],
  ];

  test.each(changes.map((each) => [each[0], each] as const))('%s', async (_, [, change, cause, words = '']) => {
    const root = folder();
    for (const name of ['a.bin', 'b.bin']) chmodSync(`${root}/${name}`, 0o644);
    const manifest = await signed(root);
    expect(await refusal(root, manifest)).toBeNull();
    change(root);
    const found = await refusal(root, manifest);
    expect(found).toMatchObject(cause);
    expect(found?.message).toContain(words);
  });

  test('by the rules of OpenSSF Model Signing alone, what lies in ignored paths and modes go by', async () => {
    const root = folder();
    const manifest = await signed(root);
    writeFileSync(`${root}/logs/x`, '');
    chmodSync(`${root}/a.bin`, 0o600);
    expect(await refusal(root, manifest, { omsOnly: true })).toBeNull();
    writeFileSync(`${root}/a.bin`, 'aaab');
    expect(await refusal(root, manifest, { omsOnly: true })).toMatchObject({ code: 'altered', file: 'a.bin' });
  });

  test('what is excluded may change: a folder and all below it, a file and nothing below its name', async () => {
    const root = folder();
    const manifest = await signed(root, { ...FILES, ignorePaths: ['logs', 'm.sig'] }, ['logs/', 'm.sig']);
    writeFileSync(`${root}/logs/x`, '');
    writeFileSync(`${root}/m.sig`, 'signature');
    expect(await refusal(root, manifest)).toBeNull();
    unlinkSync(`${root}/m.sig`);
    mkdirSync(`${root}/m.sig`);
    writeFileSync(`${root}/m.sig/payload.py`, '');
    expect(await refusal(root, manifest)).toMatchObject({ code: 'added', file: 'm.sig' });
  });

  test('a verifier may look away from a path, and not from everything', async () => {
    const root = folder();
    const manifest = await signed(root);
    writeFileSync(`${root}/sub/c.bin`, 'other');
    writeFileSync(`${root}/sub/x`, '');
    expect(await refusal(root, manifest)).toMatchObject({ code: 'added', file: 'sub/x' });
    expect(await refusal(root, manifest, { ignored: ['sub'] })).toBeNull();
    unlinkSync(`${root}/b.bin`);
    expect(await refusal(root, manifest, { ignored: ['sub'] })).toMatchObject({ code: 'removed', file: 'b.bin' });
    expect(await refusal(root, manifest, { ignored: ['sub', 'a.bin', 'b.bin'] })).toMatchObject({ step: 'folder' });
  });

  test('shards: bytes after the last one, a file cut short, and an empty file more are seen', async () => {
    const shards: Serialization = { ...FILES, method: 'shards', shardSize: 3 };
    for (const change of [
      (root: string) => writeFileSync(`${root}/a.bin`, 'aaaax'),
      (root: string) => writeFileSync(`${root}/a.bin`, 'aaa'),
    ]) {
      const root = folder();
      const manifest = await signed(root, shards);
      change(root);
      expect(await refusal(root, manifest)).toMatchObject({ code: 'altered', file: 'a.bin' });
      expect(await refusal(root, manifest, { omsOnly: true })).toMatchObject({ code: 'altered', file: 'a.bin' });
    }
    const root = folder();
    const manifest = await signed(root, shards);
    writeFileSync(`${root}/none`, '');
    expect(await refusal(root, manifest)).toMatchObject({ code: 'added', file: 'none' });
  });

  test('links: where one points is signed; one that leads to a folder outside is refused', async () => {
    const links: Serialization = { ...FILES, allowSymlinks: true };
    const root = folder();
    symlinkSync('a.bin', `${root}/link`);
    const manifest = await signed(root, links);
    unlinkSync(`${root}/link`);
    writeFileSync(`${root}/../copy`, 'aaaa');
    symlinkSync('../copy', `${root}/link`);
    expect(await refusal(root, manifest)).toMatchObject({ code: 'link-changed', file: 'link' });
    symlinkSync(tmpdir(), `${root}/outside`);
    expect(await refusal(root, manifest)).toMatchObject({ code: 'symlink', file: 'outside' });
  });

  test('names that are one to some file system or to the eye are not signed', async () => {
    for (const [names, code] of [
      [['Model.bin', 'model.bin'], 'case-collision'],
      [['stra\u00dfe', 'STRASSE'], 'case-collision'],
      [['\u00e9', 'e\u0301'], 'case-collision'],
      [['model', 'm\u043edel'], 'look-alike'],
      [['model', 'mod\u200bel'], 'look-alike'],
      [['\uff4dodel', 'model'], 'look-alike'],
    ] as const) {
      const root = folder();
      for (const name of names) writeFileSync(`${root}/${name}`, name);
      await expect(signed(root)).rejects.toMatchObject({ refusal: { code } });
    }
    const root = folder();
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff, 0xfe])]), '');
    await expect(signed(root)).rejects.toMatchObject({ refusal: { code: 'name-encoding' } });
  });
});

describe('verification of what did not change', () => {
  const check = async (root: string, manifest: ModelManifest, cacheFolder: string, clock = Date.now() + 10_000) => {
    const { report, differences } = await compareModel(root, manifest, STRICT, {
      cache: VerifyCache.open(root, cacheFolder),
      now: () => clock,
    });
    return { hashed: report.hashedBytes, differences: differences.map(({ code, file }) => `${code} ${file}`) };
  };

  test('reads nothing again, and reads what changed, also at the same size and time', async () => {
    const root = folder();
    const cache = mkdtempSync(`${tmpdir()}/custody-cache-`);
    const manifest = await signed(root);
    expect(await check(root, manifest, cache)).toEqual({ hashed: 15, differences: [] });
    expect(await check(root, manifest, cache)).toEqual({ hashed: 0, differences: [] });
    const past = new Date(1_600_000_000_000);
    utimesSync(`${root}/a.bin`, past, past);
    expect(await check(root, manifest, cache)).toEqual({ hashed: 4, differences: [] });
    writeFileSync(`${root}/a.bin`, 'aaab');
    utimesSync(`${root}/a.bin`, past, past);
    expect(await check(root, manifest, cache)).toEqual({ hashed: 4, differences: ['altered a.bin'] });
  });

  test('does not keep a file that changed just before it was read', async () => {
    const root = folder();
    const cache = mkdtempSync(`${tmpdir()}/custody-cache-`);
    const manifest = await signed(root);
    await check(root, manifest, cache, Date.now());
    expect(await check(root, manifest, cache)).toEqual({ hashed: 15, differences: [] });
  });

  test('believes no cache that is forged, cut or of another key', async () => {
    const root = folder();
    const cache = mkdtempSync(`${tmpdir()}/custody-cache-`);
    const manifest = await signed(root);
    await check(root, manifest, cache);
    const { readdirSync, readFileSync } = await import('node:fs');
    const file = `${cache}/${readdirSync(cache).find((name) => name.endsWith('.verified'))!}`;
    const good = readFileSync(file);
    writeFileSync(`${root}/a.bin`, 'aaab');
    for (const forged of [
      Buffer.from(good.toString().replaceAll(manifest.resources[0]!.digest, 'f'.repeat(64))),
      good.subarray(0, good.length - 1),
      Buffer.alloc(0),
    ]) {
      writeFileSync(file, forged);
      expect((await check(root, manifest, cache)).differences).toEqual(['altered a.bin']);
    }
    writeFileSync(`${root}/a.bin`, 'aaaa');
    await check(root, manifest, cache);
    chmodSync(`${cache}/verify.key`, 0o644);
    expect((await check(root, manifest, cache)).hashed).toBe(15);
  });
});
