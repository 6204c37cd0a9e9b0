/**
 * The predicate of OpenSSF Model Signing, https://model_signing/signature/v1.0, as the package `model-signing` 1.x writes
 * and reads it: the files of a model (or shards of files) with their digests, and how they were made. Beside it stands
 * Custody's own list (`custody`), which other verifiers pass over as the predicate's definition asks them to.
 */
import { createHash } from 'node:crypto';
import { AttestError, shown } from './attest-error.ts';
import { requireDistinctNames, requireSafePath, sortedByPath } from './path-name.ts';
import { Shape, type JsonObject } from './strict-json.ts';
import type { Statement } from './statement.ts';
import { octal, treeDigest, type EntryKind, type TreeEntry } from './tree-digest.ts';

export const MODEL_SIGNATURE = 'https://model_signing/signature/v1.0';
export const HASHES = ['sha256', 'blake2b', 'blake3'] as const;
export type ModelHash = (typeof HASHES)[number];
const HEX_LENGTH: Readonly<Record<ModelHash, number>> = { sha256: 64, blake2b: 128, blake3: 64 };

/** What `model_signing` leaves out unless told otherwise. */
export const GIT_PATHS = ['.git', '.gitattributes', '.github', '.gitignore'] as const;

export interface Serialization {
  readonly method: 'files' | 'shards';
  readonly hash: ModelHash;
  /** Bytes; of shards only. */
  readonly shardSize: number | null;
  readonly allowSymlinks: boolean;
  readonly ignorePaths: readonly string[];
}

/** A file, or bytes [start, end) of one. */
export interface ModelResource {
  /** `.` where the model is a single file. */
  readonly path: string;
  readonly start: number | null;
  readonly end: number | null;
  readonly digest: string;
}

export interface TreeSeal {
  readonly sha256: string;
  readonly entries: readonly TreeEntry[];
  /** Paths that the digest leaves out because the signer said so; the signature's own file among them. */
  readonly excluded: readonly string[];
}

export interface ModelManifest {
  readonly name: string;
  /** SHA-256 over the digests of the resources in order, hex: the subject of the statement. */
  readonly root: string;
  readonly serialization: Serialization;
  readonly resources: readonly ModelResource[];
  /** Null where another program signed. */
  readonly tree: TreeSeal | null;
}

const RESOURCES_MAX = 1_000_000;
const shape = new Shape('manifest', 'the signed list');

/** SHA-256 over the raw digests in order, hex. */
export function rootDigest(resources: readonly ModelResource[]): string {
  return createHash('sha256')
    .update(Buffer.from(resources.map(({ digest }) => digest).join(''), 'hex'))
    .digest('hex');
}

/** In the order of `model_signing`: by path components, then by start. */
export const sortedResources = (resources: readonly ModelResource[]): ModelResource[] =>
  sortedByPath(
    [...resources].sort((a, b) => (a.start ?? 0) - (b.start ?? 0)),
    ({ path }) => path,
  );

const resourceName = ({ path, start, end }: ModelResource): string =>
  start === null ? path : `${path}:${start}:${end as number}`;

const algorithmName = ({ method, hash, shardSize }: Serialization): string =>
  method === 'files' ? hash : `${hash}-sharded-${shardSize as number}`;

/** The statement to sign. */
export function manifestStatement({ name, root, serialization, resources, tree }: ModelManifest): Statement {
  const algorithm = algorithmName(serialization);
  const inList = new Map(
    serialization.method === 'files' && serialization.hash === 'sha256'
      ? resources.map((each) => [each.path, each.digest])
      : [],
  );
  return {
    subject: [{ name, digest: { sha256: root } }],
    predicateType: MODEL_SIGNATURE,
    predicate: {
      serialization: {
        method: serialization.method,
        hash_type: serialization.hash,
        ...(serialization.shardSize !== null && { shard_size: serialization.shardSize }),
        allow_symlinks: serialization.allowSymlinks,
        ...(serialization.ignorePaths.length > 0 && { ignore_paths: serialization.ignorePaths }),
      },
      resources: resources.map((each) => ({ name: resourceName(each), algorithm, digest: each.digest })),
      ...(tree && {
        custody: {
          tree: { sha256: tree.sha256 },
          ...(tree.excluded.length > 0 && { excluded: tree.excluded }),
          // The digest of a file that stands in `resources` is not said twice.
          entries: tree.entries.map((entry) => ({
            name: entry.name,
            kind: entry.kind,
            ...(entry.kind !== 'link' && { mode: octal(entry.mode) }),
            ...(entry.kind === 'file' && { size: entry.size }),
            ...(entry.target !== undefined && { target: entry.target }),
            ...(entry.kind === 'file' && inList.get(entry.name) !== entry.sha256 && { sha256: entry.sha256 }),
          })),
        },
      }),
    },
  };
}

/** The manifest in a statement whose signature was checked. Throws AttestError. */
export function manifestOf({ subject, predicateType, predicate }: Statement): ModelManifest {
  if (predicateType !== MODEL_SIGNATURE)
    throw new AttestError(
      'manifest',
      'predicate-type',
      `the statement is of the type ${JSON.stringify(predicateType.slice(0, 100))}, not a model's signature`,
      predicateType === 'https://model_signing/Digests/v0.1'
        ? 'It was made by model_signing before 1.0, whose list does not say how it was made: have it signed again.'
        : `A model's signature is of the type ${MODEL_SIGNATURE}; \`custody attest verify\` reads other statements.`,
    );
  const [only, ...others] = subject;
  const root = only?.digest['sha256'];
  if (only === undefined || others.length > 0 || root === undefined)
    throw shape.wrong('subject', 'one artifact with a sha256');
  const serialization = serializationOf(predicate['serialization']);
  const resources = shape
    .array(predicate['resources'], 'resources', RESOURCES_MAX)
    .map((each, i) => resourceAt(each, `resources[${i}]`, serialization));
  requireSound(resources, serialization);
  if (rootDigest(resources) !== root)
    throw new AttestError(
      'manifest',
      'root-digest',
      'the digest that stands for the model is not that of the signed list',
      'The list was put together wrongly or on purpose; ask its maker.',
    );
  const custody = predicate['custody'];
  return {
    name: only.name,
    root,
    serialization,
    resources,
    tree: custody === undefined ? null : treeOf(custody, resources, serialization),
  };
}

function serializationOf(value: unknown): Serialization {
  const fields = shape.object(value, 'serialization');
  const method = shape.string(fields['method'], 'serialization.method');
  if (method !== 'files' && method !== 'shards') throw shape.wrong('serialization.method', 'files or shards');
  const ignored = fields['ignore_paths'];
  return {
    method,
    hash: hashType(shape.string(fields['hash_type'], 'serialization.hash_type')),
    shardSize: method === 'shards' ? wholeNumber(fields['shard_size'], 'serialization.shard_size') : null,
    allowSymlinks: fields['allow_symlinks'] === true,
    ignorePaths:
      ignored === undefined
        ? []
        : shape.array(ignored, 'ignore_paths', 10_000).map((each) => ignorePath(shape.string(each, 'ignore_paths'))),
  };
}

const HASH_NAMES: Readonly<Record<string, ModelHash>> = {
  sha256: 'sha256',
  blake2b: 'blake2b',
  blake2: 'blake2b',
  blake3: 'blake3',
};

function hashType(name: string): ModelHash {
  const hash = Object.hasOwn(HASH_NAMES, name) ? HASH_NAMES[name] : undefined;
  if (hash !== undefined) return hash;
  throw new AttestError(
    'manifest',
    'digest-algorithm',
    `the files are hashed with ${JSON.stringify(name.slice(0, 40))}`,
    `What is accepted is ${HASHES.join(', ')}; others are too weak or not known here.`,
  );
}

/** An ignored path is relative and within the folder; `.` would ignore everything. */
function ignorePath(path: string): string {
  if (path !== '.') requireSafePath(path, 'manifest');
  else
    throw new AttestError(
      'manifest',
      'path-traversal',
      'the list ignores the whole folder',
      'A signature over nothing says nothing; ask its maker.',
      '.',
    );
  return path;
}

function wholeNumber(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value <= 0)
    throw shape.wrong(path, 'a whole number above 0');
  return value;
}

function resourceAt(value: unknown, path: string, serialization: Serialization): ModelResource {
  const fields = shape.object(value, path);
  const name = shape.string(fields['name'], `${path}.name`);
  const algorithm = shape.string(fields['algorithm'], `${path}.algorithm`);
  const digest = shape.string(fields['digest'], `${path}.digest`);
  if (
    algorithm !== algorithmName(serialization) &&
    algorithm !== `${serialization.hash}-sharded-${serialization.shardSize?.toFixed(1)}`
  )
    throw new AttestError(
      'manifest',
      'algorithm',
      `"${shown(name)}" is hashed with ${JSON.stringify(algorithm.slice(0, 60))} where the list says ${algorithmName(serialization)}`,
      'The list contradicts itself; ask its maker.',
      shown(name),
    );
  if (digest.length !== HEX_LENGTH[serialization.hash] || !/^[0-9a-f]+$/.test(digest))
    throw shape.wrong(`${path}.digest`, `a ${serialization.hash} digest in hex`);
  if (serialization.method === 'files') return { path: name, start: null, end: null, digest };
  const parts = /^(.*):(\d{1,16}):(\d{1,16})$/s.exec(name);
  if (parts === null) throw shape.wrong(`${path}.name`, 'a shard, PATH:START:END');
  return { path: parts[1] as string, start: Number(parts[2]), end: Number(parts[3]), digest };
}

function requireSound(resources: readonly ModelResource[], { method, shardSize }: Serialization): void {
  if (resources.length === 0) throw shape.wrong('resources', 'a list with a file: it signs nothing');
  const isSingle = resources.every(({ path }) => path === '.');
  if (!isSingle) for (const { path } of resources) requireSafePath(path, 'manifest');
  const paths =
    method === 'files' ? resources.map(({ path }) => path) : [...new Set(resources.map(({ path }) => path))];
  requireDistinctNames(paths, 'manifest');
  if (method === 'files') return;
  const ends = new Map<string, number>();
  for (const { path, start, end } of resources) {
    const expected = ends.get(path) ?? 0;
    // In order, without gap and overlap, each full but the last: else part of a file would be signed twice or not at all.
    if (
      start !== expected ||
      end === null ||
      end <= expected ||
      end - expected > (shardSize as number) ||
      expected % (shardSize as number) !== 0
    )
      throw new AttestError(
        'manifest',
        'malformed',
        `the shards of "${shown(path)}" leave a gap, overlap, or have another size than the list says`,
        'The list was put together wrongly or on purpose; ask its maker.',
        shown(path),
      );
    ends.set(path, end);
  }
}

const KINDS: readonly EntryKind[] = ['file', 'folder', 'link'];

function treeOf(value: unknown, resources: readonly ModelResource[], { method, hash }: Serialization): TreeSeal {
  const custody = shape.object(value, 'custody');
  const sha256 = shape.string(shape.object(custody['tree'], 'custody.tree')['sha256'], 'custody.tree.sha256');
  const inList = new Map(
    method === 'files' && hash === 'sha256' ? resources.map((each) => [each.path, each.digest]) : [],
  );
  const entries = shape.array(custody['entries'], 'custody.entries', RESOURCES_MAX).map((each, i): TreeEntry => {
    const entry = shape.object(each, `custody.entries[${i}]`);
    return treeEntry(entry, `custody.entries[${i}]`, inList);
  });
  const excluded =
    custody['excluded'] === undefined
      ? []
      : shape
          .array(custody['excluded'], 'custody.excluded', 10_000)
          .map((each) => shape.string(each, 'custody.excluded'));
  for (const path of excluded) requireSafePath(path.replace(/\/$/, ''), 'manifest');
  requireDistinctNames(
    entries.map(({ name }) => name),
    'manifest',
  );
  if (treeDigest(entries) !== sha256)
    throw new AttestError(
      'manifest',
      'tree-digest',
      "Custody's digest is not that of the signed entries",
      'The list was put together wrongly or on purpose; ask its maker.',
    );
  return { sha256, entries, excluded };
}

function treeEntry(entry: JsonObject, path: string, inList: ReadonlyMap<string, string>): TreeEntry {
  const name = shape.string(entry['name'], `${path}.name`);
  if (name !== '.') requireSafePath(name, 'manifest');
  const kind = KINDS.find((each) => each === entry['kind']);
  if (kind === undefined) throw shape.wrong(`${path}.kind`, KINDS.join(', '));
  const mode = kind === 'link' ? '0000' : shape.string(entry['mode'], `${path}.mode`);
  if (!/^[0-7]{4}$/.test(mode)) throw shape.wrong(`${path}.mode`, 'four octal digits');
  const size = kind === 'file' ? entry['size'] : 0;
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    throw shape.wrong(`${path}.size`, 'a number of bytes');
  const common = { name, kind, mode: Number.parseInt(mode, 8), size };
  if (kind === 'folder') return { ...common, sha256: '' };
  if (kind === 'link') {
    const target = shape.string(entry['target'], `${path}.target`);
    return { ...common, sha256: linkDigest(target), target };
  }
  const digest = entry['sha256'] === undefined ? inList.get(name) : shape.string(entry['sha256'], `${path}.sha256`);
  if (digest === undefined || !/^[0-9a-f]{64}$/.test(digest)) throw shape.wrong(`${path}.sha256`, 'a digest in hex');
  return { ...common, sha256: digest };
}

export const linkDigest = (target: string): string => createHash('sha256').update(target).digest('hex');

/** Whether a path is one of the ignored ones or lies below one. */
export const isBelow = (path: string, ignored: readonly string[]): boolean =>
  ignored.some((each) => path === each || path.startsWith(`${each}/`));
