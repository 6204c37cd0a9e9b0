/**
 * Policies as files: the modules and base documents of an OPA bundle or of loose files, and tar archives
 * (https://www.openpolicyagent.org/docs/management-bundles#bundle-file-format). Signatures of bundles are not checked here.
 */
import { parseJson, JsonSyntaxError } from './json-text.ts';
import { parseModule } from './parser.ts';
import { RegoError } from './rego-error.ts';
import { isArray, RegoObject, type Value } from './value.ts';
import { parseYaml, YamlSyntaxError } from './yaml.ts';

/** Bytes by path; the path has no leading slash, folders are parted by `/`. */
export type BundleFiles = ReadonlyMap<string, Uint8Array>;

export interface Bundle {
  /** Text by path. */
  readonly modules: Readonly<Record<string, string>>;
  readonly data: RegoObject;
  readonly revision: string | null;
  /** Below `data`; the bundle answers for these alone. `['']` is everything. */
  readonly roots: readonly string[];
}

const text = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: false, ignoreBOM: false }).decode(bytes);

const wrong = (what: string, remedy: string): RegoError => new RegoError('rego_compile_error', what, remedy);

/** A file of JSON or YAML. Throws RegoError with its name. */
export function parseDocument(path: string, bytes: Uint8Array): Value {
  try {
    return path.endsWith('.json') ? parseJson(text(bytes)) : parseYaml(text(bytes));
  } catch (error) {
    if (error instanceof JsonSyntaxError || error instanceof YamlSyntaxError)
      throw wrong(`${path}: ${error.message}`, 'Correct the file, or leave it out.');
    throw error;
  }
}

const isDocument = (name: string): boolean => /\.(?:json|ya?ml)$/.test(name);
const folderOf = (path: string): string[] => path.split('/').slice(0, -1);
const nameOf = (path: string): string => path.split('/').pop() as string;

/** One document laid beside others at its path. Throws RegoError where both have a value. */
export function laidAt(into: RegoObject, path: readonly string[], value: Value, file: string): RegoObject {
  const [name, ...rest] = path;
  if (name === undefined) {
    if (!(value instanceof RegoObject))
      throw wrong(`${file}: the top of base documents is an object`, 'Wrap it: {"name": ...}.');
    return merged(into, value, file, []) as RegoObject;
  }
  const below = into.get(name) ?? RegoObject.empty;
  if (rest.length === 0) return into.with(name, into.has(name) ? merged(below, value, file, [name]) : value);
  if (!(below instanceof RegoObject)) throw conflict(file, path);
  return into.with(name, laidAt(below, rest, value, file));
}

const conflict = (file: string, path: readonly string[]): RegoError =>
  wrong(`${file}: merge error at data.${path.join('.')}`, 'Give each document one place.');

function merged(a: Value, b: Value, file: string, path: readonly string[]): Value {
  if (!(a instanceof RegoObject) || !(b instanceof RegoObject)) throw conflict(file, path);
  let result = a;
  for (const [key, value] of b.entries()) {
    const other = result.get(key);
    result = result.with(key, other === undefined ? value : merged(other, value, file, [...path, String(key)]));
  }
  return result;
}

/** Loose files: every `.rego`, and every JSON and YAML file at the path of its folder. */
export function looseFiles(files: BundleFiles): Bundle {
  return gathered(files, () => true);
}

/** A bundle: every `.rego`, `data.json` and `data.yaml` at the path of their folder, and `.manifest`. Throws RegoError. */
export function bundleOf(files: BundleFiles): Bundle {
  const bundle = gathered(files, (name) => /^data\.(?:json|ya?ml)$/.test(name));
  const written = files.get('.manifest');
  const manifest = written === undefined ? RegoObject.empty : parseDocument('.manifest.json', written);
  if (!(manifest instanceof RegoObject)) throw wrong('.manifest: must be an object', 'Write {"roots": [...]}.');
  const revision = manifest.get('revision') ?? null;
  const roots = manifest.get('roots') ?? [''];
  if (!isArray(roots) || !roots.every((root) => typeof root === 'string'))
    throw wrong('.manifest: roots must be an array of strings', 'Write "roots": ["access"].');
  const cleaned = (roots as readonly string[]).map((root) => root.replace(/^\/+|\/+$/g, ''));
  const owned = (path: string): boolean =>
    cleaned.some((root) => root === '' || path === root || path.startsWith(`${root}/`));
  for (const [file, module] of Object.entries(bundle.modules)) {
    const path = parseModule(module, file).package.join('/');
    if (!owned(path))
      throw wrong(
        `${file}: manifest roots ${JSON.stringify(cleaned)} do not permit 'package ${path}'`,
        'Add the root.',
      );
  }
  for (const path of leaves(bundle.data, ''))
    if (!owned(path) && !cleaned.some((root) => root.startsWith(`${path}/`)))
      throw wrong(`manifest roots ${JSON.stringify(cleaned)} do not permit data at path '/${path}'`, 'Add the root.');
  return { ...bundle, revision: typeof revision === 'string' ? revision : null, roots: cleaned };
}

function leaves(value: Value, path: string): string[] {
  if (!(value instanceof RegoObject) || value.size === 0) return path === '' ? [] : [path];
  return value.entries().flatMap(([key, item]) => leaves(item, path === '' ? String(key) : `${path}/${String(key)}`));
}

function gathered(files: BundleFiles, isData: (name: string) => boolean): Bundle {
  const modules: Record<string, string> = Object.create(null) as Record<string, string>;
  let data = RegoObject.empty;
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const name = nameOf(path);
    if (name.startsWith('.')) continue;
    if (name.endsWith('.rego')) modules[path] = text(bytes);
    else if (isDocument(name) && isData(name)) data = laidAt(data, folderOf(path), parseDocument(path, bytes), path);
  }
  return { modules, data, revision: null, roots: [''] };
}

const BLOCK = 512;
const FILES_MAX = 10_000;

/** The files of a tar archive (POSIX ustar, with the long names of GNU and PAX). Throws RegoError. */
export function readTar(archive: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const broken = (what: string): RegoError => wrong(`the archive is damaged: ${what}`, 'Build the bundle again.');
  const field = (at: number, length: number): string => {
    const bytes = archive.subarray(at, at + length);
    const end = bytes.indexOf(0);
    return text(end < 0 ? bytes : bytes.subarray(0, end));
  };
  let longName: string | null = null;
  for (let at = 0; at + BLOCK <= archive.length;) {
    if (archive[at] === 0) return files;
    const sizeText = field(at + 124, 12).trim();
    if (!/^[0-7]{1,11}$/.test(sizeText)) throw broken('a size is no number');
    const size = Number.parseInt(sizeText, 8);
    const body = archive.subarray(at + BLOCK, at + BLOCK + size);
    if (body.length < size) throw broken('it ends early');
    const type = String.fromCharCode(archive[at + 156] as number);
    const prefix = field(at + 257, 5) === 'ustar' ? field(at + 345, 155) : '';
    const name: string = longName ?? (prefix === '' ? field(at, 100) : `${prefix}/${field(at, 100)}`);
    longName = null;
    if (type === 'L') longName = text(body).replace(/\0+$/, '');
    else if (type === 'x') longName = /(?:^|\n)\d+ path=([^\n]*)\n/.exec(text(body))?.[1] ?? null;
    else if (type === '0' || type === '\0') {
      const path = cleanPath(name);
      if (path === null) throw broken(`the path ${JSON.stringify(name)} leads outside`);
      if (files.size >= FILES_MAX) throw broken(`more than ${FILES_MAX} files`);
      files.set(path, body);
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw broken('it has no end');
}

/** Without `./` and leading slashes; null for paths that climb. */
export function cleanPath(path: string): string | null {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return parts.length === 0 || parts.includes('..') || path.includes('\0') ? null : parts.join('/');
}

/** A tar archive of the files, the same bytes for the same files. Throws RegoError for paths over 255 bytes. */
export function writeTar(files: BundleFiles): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (const [path, body] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const header = Buffer.alloc(BLOCK);
    const [prefix, name] = split(path);
    header.write(name, 0, 100);
    header.write('0000644\0', 100);
    header.write('0000000\0', 108);
    header.write('0000000\0', 116);
    header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('00000000000\0', 136);
    header.write('        ', 148);
    header.write('0', 156);
    header.write('ustar\u000000', 257);
    header.write(prefix, 345, 155);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    blocks.push(header, body, Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK));
  }
  blocks.push(Buffer.alloc(2 * BLOCK));
  return Buffer.concat(blocks);
}

function split(path: string): [string, string] {
  if (Buffer.byteLength(path) <= 100) return ['', path];
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
    if (Buffer.byteLength(path.slice(0, at)) <= 155 && Buffer.byteLength(path.slice(at + 1)) <= 100)
      return [path.slice(0, at), path.slice(at + 1)];
  }
  throw wrong(`the path ${path} is too long for an archive`, 'Shorten it.');
}
