/** SQL files under a folder, read within bounds; what is left out is named with its reason. */
import { lstat, open, readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { SqlFile } from '../producers/import/sql-folder.ts';
import { SourceError } from './source-error.ts';

const ENDINGS = /\.(?:sql|ddl|dml|hql|pgsql|psql|tsql|plsql|pls|pks|pkb|bteq)$/i;
const FILE_BYTES_MAX = 10_000_000;
const ALL_BYTES_MAX = 200_000_000;
const FILES_MAX = 20_000;
const DEPTH_MAX = 30;
/** Folders of tools: not the user's own files. */
const SKIPPED = new Set(['node_modules', '__pycache__', 'venv', 'target', 'dbt_packages']);

export interface SqlFiles {
  readonly files: readonly SqlFile[];
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
}

export const isSqlFile = (path: string): boolean => ENDINGS.test(path);

/**
 * Reads every SQL file under `folder`, or only `only` of them (paths relative to it). Symbolic links that lead out of the
 * folder, files over 10 MB and files that are not UTF-8 text are refused by name. Throws SourceError where the folder
 * cannot be read, or holds more than 20,000 files or 200 MB of SQL.
 */
export async function readSqlFiles(folder: string, only?: readonly string[]): Promise<SqlFiles> {
  const root = await realpath(folder).catch((error: Error) => {
    throw new SourceError(`Cannot read ${folder}: ${error.message}.`, 'Check the name.');
  });
  const refused: { path: string; reason: string }[] = [];
  const paths = only ?? (await walk(folder, '', 0, refused));
  if (paths.length > FILES_MAX)
    throw new SourceError(`${folder} holds more than ${FILES_MAX} SQL files.`, 'Import its folders one by one.');
  const files: SqlFile[] = [];
  let bytes = 0;
  for (const path of paths) {
    const read = await readText(join(folder, path), root);
    if (typeof read !== 'string') refused.push({ path, reason: read.reason });
    else {
      bytes += read.length;
      if (bytes > ALL_BYTES_MAX)
        throw new SourceError(`${folder} holds more than 200 MB of SQL.`, 'Import its folders one by one.');
      files.push({ path: path.split(sep).join('/'), text: read });
    }
  }
  return { files, refused };
}

async function walk(
  folder: string,
  under: string,
  depth: number,
  refused: { path: string; reason: string }[],
): Promise<string[]> {
  const found: string[] = [];
  const here = join(folder, under);
  const entries = await readdir(here, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (under === '') throw new SourceError(`Cannot read ${folder}: ${error.message}.`, 'Check the name.');
    refused.push({ path: under, reason: `cannot be read (${error.code ?? error.message})` });
    return [];
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(under, entry.name);
    if (entry.isDirectory()) {
      if (entry.name.startsWith('.') || SKIPPED.has(entry.name)) continue;
      if (depth >= DEPTH_MAX) refused.push({ path, reason: `lies deeper than ${DEPTH_MAX} folders` });
      else found.push(...(await walk(folder, path, depth + 1, refused)));
    } else if (entry.isSymbolicLink()) {
      const target = await stat(join(folder, path)).catch(() => null);
      if (target?.isDirectory()) refused.push({ path, reason: 'is a link to a folder, which is not followed' });
      else if (isSqlFile(entry.name)) found.push(path);
    } else if (entry.isFile() && isSqlFile(entry.name)) found.push(path);
    if (found.length > FILES_MAX) break;
  }
  return found;
}

async function readText(path: string, root: string): Promise<string | { readonly reason: string }> {
  try {
    const real = await realpath(path);
    if ((await lstat(path)).isSymbolicLink() && relative(root, real).startsWith('..'))
      return { reason: 'is a link that leads out of the folder' };
    if (!(await stat(real)).isFile()) return { reason: 'is no file' };
    const file = await open(real, 'r');
    try {
      const { size } = await file.stat();
      if (size > FILE_BYTES_MAX)
        return { reason: `has ${Math.ceil(size / 1e6)} MB, more than the ${FILE_BYTES_MAX / 1e6} MB that are read` };
      const buffer = Buffer.alloc(size);
      const { bytesRead } = await file.read(buffer, 0, size, 0);
      const bytes = buffer.subarray(0, bytesRead);
      // Tools of Microsoft's write UTF-16 with a mark.
      const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
      if (encoding === 'utf-8' && bytes.includes(0)) return { reason: 'is not text' };
      try {
        return new TextDecoder(encoding, { fatal: true }).decode(bytes);
      } catch {
        return { reason: `is not ${encoding.toUpperCase()} text` };
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    return { reason: `cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})` };
  }
}
