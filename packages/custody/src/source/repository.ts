/**
 * The files of a repository, read within bounds. Nothing in it is run. Links that lead out of it, files that are too large,
 * and files that are no text are named with their reason, not read.
 */
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { SourceError } from './source-error.ts';

export interface RepositoryFile {
  /** Below the root, with `/`. */
  readonly path: string;
  readonly bytes: number;
}

export interface RepositoryFiles {
  readonly root: string;
  readonly files: readonly RepositoryFile[];
  readonly left: readonly LeftOut[];
}

export interface LeftOut {
  readonly path: string;
  readonly reason: string;
}

const FILES_MAX = 200_000;
const DEPTH_MAX = 64;
/** Larger text is data, not code. */
export const FILE_BYTES_MAX = 5_000_000;
/** What others made, or what is made from the rest. */
const SKIPPED = new Set([
  '.git',
  'node_modules',
  '.venv',
  'venv',
  '__pycache__',
  '.terraform',
  '.tox',
  '.mypy_cache',
  'dbt_packages',
]);

/** Every file below a folder, by name; a file named alone is a repository of one. Throws SourceError. */
export async function repositoryFiles(folder: string): Promise<RepositoryFiles> {
  const root = await realpath(folder).catch((error: Error) => {
    throw new SourceError(`Cannot read ${folder}: ${error.message}.`, 'Check the name.');
  });
  const left: LeftOut[] = [];
  const files: RepositoryFile[] = [];
  const first = await lstat(root);
  if (first.isFile()) {
    const at = root.lastIndexOf(sep);
    return { root: root.slice(0, at) || sep, files: [{ path: root.slice(at + 1), bytes: first.size }], left };
  }
  const walk = async (under: string, depth: number): Promise<void> => {
    if (depth > DEPTH_MAX) {
      left.push({ path: under, reason: `more than ${DEPTH_MAX} folders deep` });
      return;
    }
    const entries = await readdir(join(root, under), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      left.push({ path: under, reason: `cannot be read (${error.code ?? 'unknown'})` });
      return [];
    });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = under === '' ? entry.name : `${under}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) await walk(path, depth + 1);
      } else if (entry.isSymbolicLink()) {
        const reason = await linkReason(root, path);
        if (reason !== null) left.push({ path, reason });
      } else if (entry.isFile()) {
        const { size } = await lstat(join(root, path));
        if (size > FILE_BYTES_MAX) left.push({ path, reason: `larger than ${FILE_BYTES_MAX / 1e6} MB` });
        else files.push({ path, bytes: size });
        if (files.length > FILES_MAX)
          throw new SourceError(`${folder} holds more than ${FILES_MAX} files.`, 'Check its folders one by one.');
      }
    }
  };
  await walk('', 0);
  return { root, files, left };
}

/** What a link points to inside is a file of its own; null then. */
async function linkReason(root: string, path: string): Promise<string | null> {
  const target = await realpath(join(root, path)).catch(() => null);
  if (target === null) return 'a link to nothing';
  return target === root || target.startsWith(root + sep) ? null : 'a link that leads out of the repository';
}

/** The text of a file; a reason where it has none. */
export async function readRepositoryText(root: string, path: string): Promise<string | { readonly reason: string }> {
  // Opened once and never followed: it may have become a link since it was listed.
  const file = await open(join(root, path), 'r').catch((error: NodeJS.ErrnoException) => error);
  if (file instanceof Error) return { reason: `cannot be read (${file.code ?? 'unknown'})` };
  try {
    const found = await file.stat();
    if (!found.isFile() || found.size > FILE_BYTES_MAX) return { reason: 'it changed while it was read' };
    const bytes = await file.readFile();
    if (bytes.includes(0)) return { reason: 'no text' };
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      // Not UTF-8: every byte is read as a character of its own, so that what is ASCII in it is still seen.
      return bytes.toString('latin1');
    }
  } finally {
    await file.close();
  }
}
