/** How what lies in a folder differs from what was signed: names first, then kinds, links and modes, then contents. */
import { AttestError, shown, type AttestCode } from './attest-error.ts';
import { isBelow, type ModelManifest, type TreeSeal } from './model-manifest.ts';
import { octal, type EntryKind, type TreeEntry } from './tree-digest.ts';

/** One entry of a folder as it lies there, before it is read. */
export interface FoundEntry {
  readonly name: string;
  readonly kind: EntryKind;
  readonly mode: number;
  readonly size: number;
  /** Where a link points, as it is written. */
  readonly target?: string;
  /** A link to a file: its contents are part of the model where links are allowed. */
  readonly isFile: boolean;
}

export interface Difference {
  readonly code: AttestCode;
  readonly file: string;
  readonly message: string;
}

export interface Leniency {
  /** Check what OpenSSF Model Signing checks, and not Custody's digest. */
  readonly omsOnly: boolean;
  /** Further files may lie there. */
  readonly allowUnsigned: boolean;
  /** Paths not looked at, beyond those that the signature leaves out. */
  readonly ignored: readonly string[];
  /** The signature's own file within the folder; null if it lies elsewhere. */
  readonly signature: string | null;
}

const difference = (code: AttestCode, file: string, message: string): Difference => ({
  code,
  file: shown(file),
  message,
});

/** The files that the list is about, of those found. */
export const modelFiles = (
  found: readonly FoundEntry[],
  { serialization }: ModelManifest,
  leniency: Leniency,
): FoundEntry[] =>
  found.filter(
    ({ name, isFile }) =>
      isFile &&
      (name === '.' ||
        (name !== leniency.signature && !isBelow(name, [...serialization.ignorePaths, ...leniency.ignored]))),
  );

/** Entries that Custody's digest is about, of those found. */
export const treeFound = (
  found: readonly FoundEntry[],
  tree: Pick<TreeSeal, 'excluded'>,
  leniency: Leniency,
): FoundEntry[] =>
  found.filter(
    ({ name, kind }) =>
      !(name === leniency.signature && kind === 'file') &&
      !isExcluded(name, kind, tree.excluded) &&
      !isBelow(name, leniency.ignored),
  );

/** `logs/` leaves out a folder and all below it, `model.sig` a file and nothing else. */
export const isExcluded = (name: string, kind: EntryKind, excluded: readonly string[]): boolean =>
  excluded.some((each) => (each.endsWith('/') ? `${name}/`.startsWith(each) : name === each && kind === 'file'));

/** Names that were added and removed, as far as the list of files goes and, where there is one, Custody's. */
export function nameDifferences(
  manifest: ModelManifest,
  found: readonly FoundEntry[],
  leniency: Leniency,
): { added: string[]; removed: string[] } {
  const files = modelFiles(found, manifest, leniency);
  const here = new Set(files.map(({ name }) => name));
  const signed = new Set(manifest.resources.map(({ path }) => path));
  const removed = [...signed].filter((name) => !here.has(name));
  // Files that hold nothing are in no shard; Custody's list has them.
  const mayBeUnlisted = (entry: FoundEntry) => manifest.serialization.method === 'shards' && entry.size === 0;
  const added = files.filter((entry) => !signed.has(entry.name) && !mayBeUnlisted(entry)).map(({ name }) => name);
  if (manifest.tree !== null && !leniency.omsOnly) {
    const listed = new Set(manifest.tree.entries.map(({ name }) => name));
    const lying = treeFound(found, manifest.tree, leniency);
    const names = new Set(lying.map(({ name }) => name));
    const known = new Set([...added, ...removed]);
    for (const { name } of lying) if (!listed.has(name) && !known.has(name)) added.push(name);
    for (const name of listed) if (!names.has(name) && !known.has(name)) removed.push(name);
  }
  return { added: leniency.allowUnsigned ? [] : added, removed };
}

/** Pairs of names with the same contents; `digestOf` knows those that were read. */
export function explainNames(
  { added, removed }: { readonly added: readonly string[]; readonly removed: readonly string[] },
  manifest: ModelManifest,
  digestOf: (name: string) => string | undefined,
): Difference[] {
  const signedDigest = signedDigests(manifest);
  const byDigest = new Map<string, string>();
  for (const name of added) {
    const digest = digestOf(name);
    if (digest !== undefined) byDigest.set(digest, name);
  }
  const differences: Difference[] = [];
  const paired = new Set<string>();
  for (const name of removed) {
    const now = byDigest.get(signedDigest.get(name) ?? '');
    if (now === undefined || paired.has(now))
      differences.push(difference('removed', name, `"${shown(name)}" was signed and is not here`));
    else {
      paired.add(now);
      differences.push(difference('renamed', name, `"${shown(name)}" was renamed to "${shown(now)}"`));
    }
  }
  for (const name of added)
    if (!paired.has(name)) differences.push(difference('added', name, `"${shown(name)}" is here and was not signed`));
  return differences;
}

/** Of files that are listed as a whole. */
export function signedDigests({ resources, serialization, tree }: ModelManifest): ReadonlyMap<string, string> {
  const digests = new Map<string, string>();
  if (serialization.method === 'files') for (const { path, digest } of resources) digests.set(path, digest);
  if (serialization.hash === 'sha256')
    for (const { name, kind, sha256 } of tree?.entries ?? []) if (kind === 'file') digests.set(name, sha256);
  return digests;
}

/** Kinds, link targets and modes; needs Custody's list. Sizes too: a file of another size need not be read. */
export function entryDifferences(
  { tree }: ModelManifest,
  found: readonly FoundEntry[],
  leniency: Leniency,
): Difference[] {
  if (tree === null || leniency.omsOnly) return [];
  const here = new Map(found.map((entry) => [entry.name, entry]));
  const differences: Difference[] = [];
  for (const signed of tree.entries) {
    const now = here.get(signed.name);
    if (now === undefined) continue;
    const change = changeOf(signed, now);
    if (change !== null) differences.push(change);
  }
  return differences;
}

function changeOf(signed: TreeEntry, now: FoundEntry): Difference | null {
  const name = shown(signed.name);
  if (signed.kind !== now.kind)
    return difference('type-changed', signed.name, `"${name}" was a ${signed.kind} and is a ${now.kind}`);
  if (signed.kind === 'link')
    return signed.target === now.target
      ? null
      : difference(
          'link-changed',
          signed.name,
          `"${name}" pointed to "${shown(signed.target ?? '')}" and points to "${shown(now.target ?? '')}"`,
        );
  if (signed.kind === 'file' && signed.size !== now.size)
    return difference(
      'altered',
      signed.name,
      `"${name}" has other contents than were signed: ${now.size} bytes instead of ${signed.size}`,
    );
  if (signed.mode !== now.mode)
    return difference(
      'mode-changed',
      signed.name,
      `the mode of "${name}" was ${octal(signed.mode)} and is ${octal(now.mode)}`,
    );
  return null;
}

/** `digests`: of the resources, in their order; `treeDigests`: SHA-256 by name of files that Custody's list has beyond them. */
export function contentDifferences(
  { resources, tree }: ModelManifest,
  digests: readonly string[],
  treeDigests: ReadonlyMap<string, string>,
): Difference[] {
  const altered = new Map<string, Difference>();
  resources.forEach(({ path, start, end, digest }, i) => {
    if (digests[i] === digest || altered.has(path)) return;
    const where = start === null ? '' : `, between byte ${start} and ${end as number}`;
    altered.set(path, difference('altered', path, `"${shown(path)}" has other contents than were signed${where}`));
  });
  for (const { name, kind, sha256 } of tree?.entries ?? []) {
    const now = treeDigests.get(name);
    if (kind === 'file' && now !== undefined && now !== sha256 && !altered.has(name))
      altered.set(name, difference('altered', name, `"${shown(name)}" has other contents than were signed`));
  }
  return [...altered.values()];
}

const REMEDY = 'Get it again from its source, or, if the change is meant, have it signed again.';

/** Throws the first difference as the one cause. `signed`: how many files were. */
export function requireNone(differences: readonly Difference[], signed: number): void {
  const [first] = differences;
  if (first === undefined) return;
  const gone = differences.filter(({ code }) => code === 'removed' || code === 'altered').length;
  if (gone >= signed && gone > 1)
    throw new AttestError(
      'contents',
      'other-artifact',
      `none of the ${signed} signed files is here: the signature is of something else`,
      'Find the signature that belongs to it.',
      null,
    );
  const more =
    differences.length === 1
      ? ''
      : ` (and ${differences.length - 1} more ${differences.length === 2 ? 'difference' : 'differences'})`;
  throw new AttestError('contents', first.code, `${first.message}${more}`, REMEDY, first.file);
}
