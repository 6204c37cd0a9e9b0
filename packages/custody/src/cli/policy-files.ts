/** Policies and documents from the disk, as OPA loads them: files, folders, and bundles as folders or `.tar.gz`. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  bundleOf,
  laidAt,
  looseFiles,
  parseDocument,
  readTar,
  RegoObject,
  type Bundle,
  type BundleFiles,
} from '../gate/rego/index.ts';
import { CommandError, EXIT } from './command.ts';

const ARCHIVE_BYTES_MAX = 200_000_000;
const FILE_BYTES_MAX = 100_000_000;

export interface Loaded {
  readonly modules: Readonly<Record<string, string>>;
  readonly data: RegoObject;
}

/** Files and folders that are no bundle: `path`, or `a.b:path` to lay documents at data.a.b. Throws CommandError, RegoError. */
export async function loadPaths(paths: readonly string[]): Promise<Loaded> {
  const modules: Record<string, string> = {};
  let data = RegoObject.empty;
  for (const given of paths) {
    const [, prefix = '', path = given] = /^([A-Za-z_][\w.]*):(?!\\)(.+)$/.exec(given) ?? [];
    const at =
      prefix === ''
        ? []
        : prefix
            .replace(/^data\.?/, '')
            .split('.')
            .filter(Boolean);
    const found = await stat(path).catch((error: Error) => unreadable(path, error));
    if (found.isDirectory()) {
      const loose = looseFiles(await filesOf(path));
      for (const [name, text] of Object.entries(loose.modules)) modules[join(path, name)] = text;
      if (loose.data.size > 0) data = laidAt(data, at, loose.data, path);
    } else if (path.endsWith('.rego')) modules[path] = (await bytesOf(path)).toString('utf8');
    else if (path.endsWith('.tar.gz') || path.endsWith('.tgz')) {
      const bundle = await loadBundle(path);
      Object.assign(modules, bundle.modules);
      data = laidAt(data, at, bundle.data, path);
    } else if (/\.(?:json|ya?ml)$/.test(path)) data = laidAt(data, at, parseDocument(path, await bytesOf(path)), path);
    else throw new CommandError(`${path} is neither a policy nor a document.`, 'Give .rego, .json or .yaml.', EXIT.no);
  }
  return { modules, data };
}

/** A folder or a `.tar.gz`. Throws CommandError, RegoError. */
export async function loadBundle(path: string): Promise<Bundle> {
  return bundleOf(await bundleFiles(path));
}

/** The files of a bundle, as they are. */
export async function bundleFiles(path: string): Promise<BundleFiles> {
  const found = await stat(path).catch((error: Error) => unreadable(path, error));
  if (found.isDirectory()) return filesOf(path);
  if (path.endsWith('.rego')) return new Map([[path.split(/[\\/]/).pop() as string, await bytesOf(path)]]);
  const packed = await bytesOf(path);
  try {
    return readTar(packed[0] === 0x1f ? gunzipSync(packed, { maxOutputLength: ARCHIVE_BYTES_MAX }) : packed);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new CommandError(
      `${path} is no bundle: ${(error as Error).message}.`,
      'Give a folder or a .tar.gz.',
      EXIT.no,
    );
  }
}

const bytesOf = async (path: string): Promise<Buffer> => {
  const bytes = await readFile(path).catch((error: Error) => unreadable(path, error));
  if (bytes.length > FILE_BYTES_MAX)
    throw new CommandError(`${path} is larger than ${FILE_BYTES_MAX} bytes.`, 'Split it.', EXIT.no);
  return bytes;
};

async function filesOf(folder: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).split(sep).join('/');
    const hidden = name.split('/').some((part) => part.startsWith('.') && part !== '.manifest');
    if (!entry.isFile() || hidden || !/(?:\.rego|\.json|\.ya?ml|(?:^|\/)\.manifest)$/.test(name)) continue;
    files.set(name, await bytesOf(path));
  }
  return files;
}

function unreadable(path: string, error: Error): never {
  throw new CommandError(`Cannot read ${path}: ${error.message}.`, 'Check the name.');
}
