/** The bytes of a model behind its signature: makes the list that is signed, and checks a folder against one. */
import { AttestError } from '../attest/attest-error.ts';
import {
  contentDifferences,
  entryDifferences,
  explainNames,
  isExcluded,
  modelFiles,
  nameDifferences,
  treeFound,
  type Difference,
  type Leniency,
} from '../attest/model-differences.ts';
import {
  isBelow,
  linkDigest,
  rootDigest,
  sortedResources,
  type ModelManifest,
  type ModelResource,
  type Serialization,
} from '../attest/model-manifest.ts';
import { requireDistinctNames } from '../attest/path-name.ts';
import { treeDigest, type TreeEntry } from '../attest/tree-digest.ts';
import { hashFiles, type FileToHash } from './file-hash.ts';
import { listModel, requireNoLinks, type ListedEntry, type Listing } from './model-folder.ts';
import { cacheKey, type VerifyCache } from './verify-cache.ts';

export interface HashingOptions {
  readonly threads?: number;
  readonly cache: VerifyCache | null;
  readonly now: () => number;
  /** Bytes hashed or known from the cache, of all. */
  readonly onProgress?: (done: number, of: number) => void;
}

export interface SealOptions extends HashingOptions {
  readonly serialization: Serialization;
  /** Paths that Custody's digest leaves out: `logs/` a folder, `model.sig` a file. */
  readonly excluded: readonly string[];
}

interface Range {
  readonly entry: ListedEntry;
  readonly range: readonly [number, number] | null;
}

/** What is hashed of a file: the whole, or its shards. */
function rangesOf(entry: ListedEntry, { method, shardSize }: Serialization): Range[] {
  if (method === 'files') return [{ entry, range: null }];
  const ranges: Range[] = [];
  for (let start = 0; start < entry.size; start += shardSize as number)
    ranges.push({ entry, range: [start, Math.min(start + (shardSize as number), entry.size)] });
  return ranges;
}

/** Digests of ranges in their order; those the cache knows are not read. */
async function digestsOf(
  ranges: readonly Range[],
  hash: Serialization['hash'],
  { cache, now, threads, onProgress }: HashingOptions,
  counts: { hashedBytes: number; cachedBytes: number },
): Promise<string[]> {
  const began = now();
  const digests = ranges.map(() => '');
  const misses: number[] = [];
  const bytesOf = ({ entry, range }: Range) => (range === null ? entry.size : range[1] - range[0]);
  const of = ranges.reduce((sum, each) => sum + bytesOf(each), 0);
  let done = 0;
  ranges.forEach((each, i) => {
    const { entry, range } = each;
    const known = entry.mark && cache?.get(cacheKey(entry.name, hash, range), entry.mark);
    if (known === null || known === undefined) return misses.push(i);
    digests[i] = known;
    done += bytesOf(each);
    return (counts.cachedBytes += bytesOf(each));
  });
  const files = misses.map((i): FileToHash => {
    const each = ranges[i] as Range;
    return {
      name: each.entry.name,
      path: each.entry.path,
      hash,
      range: each.range,
      follow: each.entry.kind === 'link',
      bytes: bytesOf(each),
    };
  });
  const hashed = await hashFiles(files, {
    ...(threads !== undefined && { threads }),
    onBytes: (bytes) => onProgress?.((done += bytes), of),
  });
  hashed.forEach(({ hex, mark }, k) => {
    const i = misses[k] as number;
    const { entry, range } = ranges[i] as Range;
    digests[i] = hex;
    counts.hashedBytes += bytesOf(ranges[i] as Range);
    cache?.put(cacheKey(entry.name, hash, range), hex, mark, began);
  });
  return digests;
}

/** The list of a folder as it lies there, to be signed. Throws AttestError. */
export async function sealModel(
  path: string,
  { serialization, excluded, ...hashing }: SealOptions,
): Promise<ModelManifest> {
  const listing = listModel(path);
  if (!serialization.allowSymlinks)
    requireNoLinks(listing, 'Allow them with --allow-symlinks, or copy what they point to.');
  requireDistinctNames(
    listing.entries.map(({ name }) => name),
    'folder',
  );
  const none: Leniency = { omsOnly: false, allowUnsigned: false, ignored: [], signature: null };
  const shell = { name: listing.name, root: '', serialization, resources: [], tree: null };
  const isCovered = ({ name, kind }: ListedEntry) => !isExcluded(name, kind, excluded);
  const files = (modelFiles(listing.entries, shell, none) as ListedEntry[]).filter(isCovered);
  const counts = { hashedBytes: 0, cachedBytes: 0 };
  const ranges = files.flatMap((entry) => rangesOf(entry, serialization));
  if (ranges.length === 0)
    throw new AttestError('folder', 'removed', 'there is no file to sign', 'Name a folder with files, or ignore less.');
  const digests = await digestsOf(ranges, serialization.hash, hashing, counts);
  const resources = sortedResources(
    ranges.map(({ entry, range }, i): ModelResource => ({
      path: entry.name,
      start: range?.[0] ?? null,
      end: range?.[1] ?? null,
      digest: digests[i] as string,
    })),
  );
  const entries = await treeEntries(
    listing.entries.filter(isCovered),
    hashing,
    counts,
    knownDigests(ranges, digests, serialization),
  );
  // Whoever adds or removes a file meanwhile would make a list of a folder that never was.
  requireStill(listing, listModel(path));
  hashing.cache?.save();
  return {
    name: listing.name,
    root: rootDigest(resources),
    serialization,
    resources,
    tree: { sha256: treeDigest(entries), entries, excluded },
  };
}

const knownDigests = (
  ranges: readonly Range[],
  digests: readonly string[],
  { method, hash }: Serialization,
): Map<string, string> =>
  new Map(
    method === 'files' && hash === 'sha256' ? ranges.map(({ entry }, i) => [entry.name, digests[i] as string]) : [],
  );

async function treeEntries(
  entries: readonly ListedEntry[],
  hashing: HashingOptions,
  counts: { hashedBytes: number; cachedBytes: number },
  known: ReadonlyMap<string, string>,
): Promise<TreeEntry[]> {
  const unread = entries.filter(({ kind, name }) => kind === 'file' && !known.has(name));
  const digests = await digestsOf(
    unread.map((entry) => ({ entry, range: null })),
    'sha256',
    hashing,
    counts,
  );
  const all = new Map([...known, ...unread.map((entry, i) => [entry.name, digests[i] as string] as const)]);
  return entries.map(({ name, kind, mode, size, target }) => ({
    name,
    kind,
    mode,
    size: kind === 'file' ? size : 0,
    sha256: kind === 'file' ? (all.get(name) as string) : kind === 'link' ? linkDigest(target as string) : '',
    ...(target !== undefined && { target }),
  }));
}

function requireStill(before: Listing, after: Listing): void {
  const text = ({ entries }: Listing) =>
    JSON.stringify(entries.map(({ name, kind, mode, size, mark }) => [name, kind, mode, size, mark?.changed]));
  if (text(before) !== text(after))
    throw new AttestError(
      'folder',
      'changed-meanwhile',
      'the folder was written to while it was read',
      'Do it again when nobody writes there.',
    );
}

export interface FolderReport {
  readonly files: number;
  readonly bytes: number;
  readonly hashedBytes: number;
  readonly cachedBytes: number;
  /** Files that the signature says nothing about: ignored and, by another program's signature, not in its list. */
  readonly uncovered: readonly string[];
}

export interface FolderCheck {
  readonly report: FolderReport;
  readonly differences: readonly Difference[];
}

/** Without what the verifier does not look at. */
function narrowed(manifest: ModelManifest, ignored: readonly string[]): ModelManifest {
  if (ignored.length === 0) return manifest;
  const { resources, tree } = manifest;
  const left = resources.filter(({ path }) => !isBelow(path, ignored));
  if (left.length === 0)
    throw new AttestError('folder', 'removed', 'nothing that was signed is left to verify', 'Ignore fewer paths.');
  const entries = tree?.entries.filter(({ name }) => !isBelow(name, ignored)) ?? [];
  return { ...manifest, resources: left, tree: tree && { ...tree, entries } };
}

/** Everything in which a folder differs from a signed list. Throws AttestError where the folder cannot be listed or read. */
export async function compareModel(
  path: string,
  signed: ModelManifest,
  leniency: Leniency,
  hashing: HashingOptions,
): Promise<FolderCheck> {
  const listing = listModel(path);
  const manifest = narrowed(signed, leniency.ignored);
  const { serialization, resources, tree } = manifest;
  if (!serialization.allowSymlinks) requireNoLinks(listing, 'Take the link out: nobody signed it.');
  const found = listing.entries;
  const counts = { hashedBytes: 0, cachedBytes: 0 };
  const byName = new Map(found.map((entry) => [entry.name, entry]));
  const names = nameDifferences(manifest, found, leniency);
  const differences: Difference[] = [];
  if (names.added.length > 0 && names.removed.length > 0) {
    const fresh = names.added
      .map((name) => byName.get(name))
      .filter((entry) => entry?.isFile === true) as ListedEntry[];
    const digests = await digestsOf(
      fresh.map((entry) => ({ entry, range: null })),
      serialization.hash,
      hashing,
      counts,
    );
    const digestOf = new Map(fresh.map(({ name }, i) => [name, digests[i]]));
    differences.push(...explainNames(names, manifest, (name) => digestOf.get(name)));
  } else differences.push(...explainNames(names, manifest, () => undefined));
  if (differences.length === 0) differences.push(...entryDifferences(manifest, found, leniency));
  if (differences.length === 0) {
    const ranges = resources.map(({ path: name, start, end }): Range => ({
      entry: byName.get(name) as ListedEntry,
      range: start === null ? null : [start, end as number],
    }));
    // Shards that reach over the end of the file, or a file that reaches over the last shard.
    const misfit = ranges.filter(({ entry, range }) => range !== null && range[1] > entry.size);
    const ends = new Map(resources.map(({ path: name, end }) => [name, end]));
    const longer = [...ends]
      .filter(([name, end]) => end !== null && (byName.get(name)?.size ?? 0) > end)
      .map(([name]) => name);
    if (misfit.length + longer.length > 0)
      differences.push(
        ...[...misfit.map(({ entry }) => entry.name), ...longer].map((file): Difference => ({
          code: 'altered',
          file,
          message: `"${file}" has another length than was signed`,
        })),
      );
    else {
      const digests = await digestsOf(ranges, serialization.hash, hashing, counts);
      const known = knownDigests(ranges, digests, serialization);
      const rest =
        tree === null || leniency.omsOnly
          ? []
          : (treeFound(found, tree, leniency) as ListedEntry[]).filter(
              ({ kind, name }) => kind === 'file' && !known.has(name),
            );
      const restDigests = await digestsOf(
        rest.map((entry) => ({ entry, range: null })),
        'sha256',
        hashing,
        counts,
      );
      differences.push(
        ...contentDifferences(manifest, digests, new Map(rest.map(({ name }, i) => [name, restDigests[i] as string]))),
      );
    }
  }
  hashing.cache?.save();
  const isListed = new Set([
    ...resources.map(({ path: name }) => name),
    ...(leniency.omsOnly ? [] : (tree?.entries ?? [])).map(({ name }) => name),
  ]);
  return {
    differences,
    report: {
      files: new Set(resources.map(({ path: name }) => name)).size,
      bytes: found.reduce((sum, { name, size }) => (isListed.has(name) ? sum + size : sum), 0),
      ...counts,
      uncovered: found
        .filter(({ name, kind }) => kind !== 'folder' && !isListed.has(name) && name !== leniency.signature)
        .map(({ name }) => name),
    },
  };
}
