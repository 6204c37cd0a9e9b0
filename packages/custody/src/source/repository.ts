/**
 * The files of a repository, read within bounds. Nothing in it is run. Links that lead out of it, files that are too large,
 * and files that are no text are named with their reason, not read.
 */
import { constants, type Dirent } from 'node:fs';
import { lstat, open, readdir, realpath, type FileHandle } from 'node:fs/promises';
import { sep } from 'node:path';
import { nameText, pathBytes } from './repository-name.ts';
import { SourceError } from './source-error.ts';

export interface RepositoryFile {
  /** Below the root, with `/`; odd bytes of names stand as `\xNN` (repository-name.ts). */
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
    return {
      root: root.slice(0, at) || sep,
      files: [{ path: nameText(Buffer.from(root.slice(at + 1))), bytes: first.size }],
      left,
    };
  }
  const walk = async (under: string, depth: number): Promise<void> => {
    if (depth > DEPTH_MAX) {
      left.push({ path: under, reason: `more than ${DEPTH_MAX} folders deep` });
      return;
    }
    const entries = await readdir(placeOf(root, under), { withFileTypes: true, encoding: 'buffer' }).catch(
      (error: NodeJS.ErrnoException): Dirent<Buffer>[] => {
        left.push({ path: under, reason: `cannot be read (${error.code ?? 'unknown'})` });
        return [];
      },
    );
    for (const { name, entry } of entries
      .map((one) => ({ name: nameText(one.name), entry: one }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = under === '' ? name : `${under}/${name}`;
      if (entry.isDirectory()) {
        if (!SKIPPED.has(name)) await walk(path, depth + 1);
      } else if (entry.isSymbolicLink()) {
        const reason = await linkReason(root, path);
        if (reason !== null) left.push({ path, reason });
      } else if (entry.isFile()) {
        const found = await lstat(placeOf(root, path)).catch(() => null);
        if (found === null) left.push({ path, reason: 'it changed while it was read' });
        else if (found.size > FILE_BYTES_MAX) left.push({ path, reason: `larger than ${FILE_BYTES_MAX / 1e6} MB` });
        else files.push({ path, bytes: found.size });
        if (files.length > FILES_MAX)
          throw new SourceError(`${folder} holds more than ${FILES_MAX} files.`, 'Check its folders one by one.');
      } else left.push({ path, reason: 'neither a file nor a folder' });
    }
  };
  await walk('', 0);
  return { root, files, left };
}

/** Where a path of the repository lies, byte by byte. */
const placeOf = (root: string, path: string): Buffer =>
  path === '' ? Buffer.from(root) : Buffer.concat([Buffer.from(`${root}${sep}`), pathBytes(path)]);

/** What a link points to inside is a file of its own; null then. */
async function linkReason(root: string, path: string): Promise<string | null> {
  const target = await realpath(placeOf(root, path)).catch(() => null);
  if (target === null) return 'a link to nothing';
  return target === root || target.startsWith(root + sep) ? null : 'a link that leads out of the repository';
}

/** What is there no more when it is opened: a link or a pipe is not followed, and opening never waits. */
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The text of a file; a reason where it has none. `isMissing` where there is no such file. */
export async function readRepositoryText(
  root: string,
  path: string,
): Promise<string | { readonly reason: string; readonly isMissing: boolean }> {
  const refused = (reason: string, isMissing = false) => ({ reason, isMissing });
  // Opened once and never followed: it may have become a link since it was listed.
  const file = await open(placeOf(root, path), READ).catch((error: NodeJS.ErrnoException) => error);
  if (file instanceof Error)
    return file.code === 'ELOOP'
      ? refused('a link')
      : refused(`cannot be read (${file.code ?? 'unknown'})`, file.code === 'ENOENT');
  try {
    const found = await file.stat();
    if (!found.isFile()) return refused('neither a file nor a folder');
    if (found.size > FILE_BYTES_MAX) return refused(`larger than ${FILE_BYTES_MAX / 1e6} MB`);
    const bytes = await readAll(file, found.size);
    if (bytes === null) return refused('it changed while it was read');
    return textOf(bytes) ?? refused('no text');
  } catch (error) {
    return refused(`cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  } finally {
    await file.close();
  }
}

/** As many bytes as there were when it was opened, however it grows meanwhile; null where it has become another. */
async function readAll(file: FileHandle, size: number): Promise<Buffer | null> {
  const bytes = Buffer.allocUnsafe(size + 1);
  let at = 0;
  for (;;) {
    const { bytesRead } = await file.read(bytes, at, bytes.length - at);
    if (bytesRead === 0) break;
    at += bytesRead;
    if (at > size) return null;
  }
  return at === size ? bytes.subarray(0, size) : null;
}

/** Of what is no text one byte in ten is a control; a few of them do not hide a text. */
const CONTROLS_FEW = 4;
const CONTROLS_OF = 200;

/** UTF-8, UTF-16 with its mark, or every byte as a character of its own, so that what is ASCII is seen; null for no text. */
function textOf(bytes: Buffer): string | null {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  if (utf16 !== null) return new TextDecoder(utf16).decode(bytes);
  const unmarked = utf16Of(bytes);
  if (unmarked !== null) return new TextDecoder(unmarked).decode(bytes);
  const most = Math.max(CONTROLS_FEW, bytes.length / CONTROLS_OF);
  let controls = 0;
  for (const byte of bytes) if ((byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) && ++controls > most) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

/** UTF-16 without its mark: of its first bytes nearly every second one is 0, and hardly any other. */
function utf16Of(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length & ~1, 1_024);
  if (length < 8) return null;
  const zeros = [0, 0];
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i & 1]!++;
  const isMost = (count: number) => count > length * 0.35;
  const isFew = (count: number) => count < length * 0.02;
  if (isMost(zeros[1]!) && isFew(zeros[0]!)) return 'utf-16le';
  return isMost(zeros[0]!) && isFew(zeros[1]!) ? 'utf-16be' : null;
}
