/**
 * Custody's digest of a folder, beside the one of OpenSSF Model Signing, whose root digest covers contents alone: the
 * names are in the signed list but not in the digest that stands for the model, modes and empty folders are nowhere, and
 * whatever lies in an ignored path goes unseen. This one is over every entry of the folder, ignored or not: its name,
 * kind, mode, size, contents or link target. So nothing can be added, moved or changed without changing it.
 *
 * SHA-256 of the line "custody-tree-v1\n" and, for each entry in order of path components (code points), of the line
 * `KIND MODE SIZE DIGEST LENGTH:NAME\n`: kind f, d or l; mode as four octal digits; size and length of the name (UTF-8) in
 * bytes; digest SHA-256 hex of a file's bytes or of a link's target, `-` for a folder. docs/signing.md has a worked example.
 */
import { createHash } from 'node:crypto';
import { sortedByPath } from './path-name.ts';

export type EntryKind = 'file' | 'folder' | 'link';

export interface TreeEntry {
  readonly name: string;
  readonly kind: EntryKind;
  /** Permission bits with set-user-id, set-group-id and sticky: 0 to 0o7777. 0 for links, which have none of their own. */
  readonly mode: number;
  /** Bytes of a file; 0 else. */
  readonly size: number;
  /** SHA-256 in hex of the file's bytes, or of the link's target; empty for a folder. */
  readonly sha256: string;
  /** Where a link points, as it is written. */
  readonly target?: string;
}

const LETTER: Readonly<Record<EntryKind, string>> = { file: 'f', folder: 'd', link: 'l' };

export const octal = (mode: number): string => mode.toString(8).padStart(4, '0');

/** Hex. The order of `entries` does not matter. */
export function treeDigest(entries: readonly TreeEntry[]): string {
  const lines = sortedByPath(entries, (entry) => entry.name).map(
    ({ kind, mode, size, sha256, name }) =>
      `${LETTER[kind]} ${octal(mode)} ${size} ${sha256 || '-'} ${Buffer.byteLength(name)}:${name}\n`,
  );
  return createHash('sha256')
    .update(`custody-tree-v1\n${lines.join('')}`)
    .digest('hex');
}
