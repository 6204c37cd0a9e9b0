/** Lists a folder, or a single file, that is to be signed or verified: every entry, nothing read yet. */
import { lstatSync, readdirSync, readlinkSync, realpathSync, statSync, type Stats } from 'node:fs';
import { basename } from 'node:path';
import { AttestError, shown } from '../attest/attest-error.ts';
import type { FoundEntry } from '../attest/model-differences.ts';
import { requireSafePath, sortedByPath } from '../attest/path-name.ts';
import { markOf, type FileMark } from './hash-range.ts';

export interface ListedEntry extends FoundEntry {
  /** Where it lies. */
  readonly path: string;
  /** Of the file, or of the file that a link leads to; null for folders. */
  readonly mark: FileMark | null;
}

export interface Listing {
  /** Its real path. */
  readonly root: string;
  readonly name: string;
  readonly isSingleFile: boolean;
  /** In order of path components. */
  readonly entries: readonly ListedEntry[];
}

const ENTRIES_MAX = 1_000_000;
const DEPTH_MAX = 256;
const decoder = new TextDecoder('utf-8', { fatal: true });

const refuse = (
  code: 'unreadable' | 'special-file' | 'symlink' | 'name-encoding' | 'too-large',
  name: string,
  message: string,
  remedy: string,
): AttestError => new AttestError('folder', code, message, remedy, shown(name));

/** Throws AttestError. Links are listed, and refused by whoever does not allow them. */
export function listModel(path: string): Listing {
  let root: string;
  let stat: Stats;
  try {
    root = realpathSync(path);
    stat = lstatSync(root);
  } catch (error) {
    throw refuse(
      'unreadable',
      path,
      `${shown(path)} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
      'Check the path.',
    );
  }
  const name = basename(root);
  if (stat.isFile()) return { root, name, isSingleFile: true, entries: [fileEntry('.', root, stat)] };
  if (!stat.isDirectory())
    throw refuse('special-file', path, `${shown(path)} is neither a file nor a folder`, 'Name a file or a folder.');
  const entries: ListedEntry[] = [];
  walk(root, '', 0, entries, root);
  return { root, name, isSingleFile: false, entries: sortedByPath(entries, (entry) => entry.name) };
}

const permissions = (mode: number): number => mode & 0o7777;

const fileEntry = (name: string, path: string, stat: Stats): ListedEntry => ({
  name,
  path,
  kind: 'file',
  mode: permissions(stat.mode),
  size: stat.size,
  isFile: true,
  mark: markOf(stat),
});

function walk(folder: string, prefix: string, depth: number, into: ListedEntry[], root: string): void {
  if (depth > DEPTH_MAX)
    throw refuse('too-large', prefix, `"${shown(prefix)}" lies deeper than ${DEPTH_MAX} folders`, 'Sign its parts.');
  let names: string[];
  try {
    names = readdirSync(folder);
    // Node puts U+FFFD for what is no UTF-8; whether the name really holds it, its bytes say.
    if (names.some((name) => name.includes('\ufffd'))) requireUtf8(readdirSync(folder, { encoding: 'buffer' }), prefix);
  } catch (error) {
    if (error instanceof AttestError) throw error;
    throw refuse(
      'unreadable',
      prefix,
      `the folder "${shown(prefix || '.')}" cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
      'Check its permissions.',
    );
  }
  for (const own of names) {
    requireSafePath(own, 'folder');
    const name = prefix + own;
    const path = `${root}/${name}`;
    if (into.length >= ENTRIES_MAX)
      throw refuse('too-large', name, `there are more than ${ENTRIES_MAX} entries`, 'Sign its parts.');
    let stat: Stats;
    try {
      stat = lstatSync(path);
    } catch (error) {
      throw refuse(
        'unreadable',
        name,
        `"${shown(name)}" cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
        'Do it again when nobody writes there.',
      );
    }
    if (stat.isFile()) into.push(fileEntry(name, path, stat));
    else if (stat.isDirectory()) {
      into.push({ name, path, kind: 'folder', mode: permissions(stat.mode), size: 0, isFile: false, mark: null });
      walk(path, `${name}/`, depth + 1, into, root);
    } else if (stat.isSymbolicLink()) into.push(linkEntry(name, path, root));
    else
      throw refuse(
        'special-file',
        name,
        `"${shown(name)}" is neither a file, a folder nor a link`,
        'Take it out: a pipe, a socket or a device cannot be signed.',
      );
  }
}

function requireUtf8(names: readonly Buffer[], prefix: string): void {
  for (const bytes of names)
    try {
      decoder.decode(bytes);
    } catch {
      throw refuse(
        'name-encoding',
        prefix,
        `a name in "${shown(prefix || '.')}" is not UTF-8: ${bytes.toString('hex').slice(0, 80)}`,
        'Rename the file.',
      );
    }
}

function linkEntry(name: string, path: string, root: string): ListedEntry {
  const target = readlinkSync(path);
  let stat: Stats;
  try {
    stat = statSync(path);
  } catch {
    throw refuse(
      'symlink',
      name,
      `"${shown(name)}" is a link to "${shown(target)}", which is not there`,
      'Mend the link or take it out.',
    );
  }
  // The files below a linked folder are listed where they really lie; out of the root nothing lists them.
  if (stat.isDirectory() && !`${realpathSync(path)}/`.startsWith(`${root}/`))
    throw refuse(
      'symlink',
      name,
      `"${shown(name)}" is a link to a folder outside, whose files no signature would cover`,
      'Copy the folder in place of the link.',
    );
  if (!stat.isDirectory() && !stat.isFile())
    throw refuse('special-file', name, `"${shown(name)}" leads to something that is no file`, 'Take it out.');
  return {
    name,
    path,
    kind: 'link',
    mode: 0,
    size: stat.isFile() ? stat.size : 0,
    target,
    isFile: stat.isFile(),
    mark: stat.isFile() ? markOf(stat) : null,
  };
}

/** Throws AttestError `symlink` where a link is listed. */
export function requireNoLinks({ entries }: Listing, remedy: string): void {
  const link = entries.find(({ kind }) => kind === 'link');
  if (link !== undefined)
    throw refuse(
      'symlink',
      link.name,
      `"${shown(link.name)}" is a link to "${shown(link.target ?? '')}", and links were not allowed when this was signed`,
      remedy,
    );
}
