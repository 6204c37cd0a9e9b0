/** Files, folders and standard input as streams of UTF-8 for `custody scan`, whatever they are wrapped in. */
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { unpacked } from '../source/unpacked.ts';
import { CommandError } from './command.ts';

export type ScanFormat = 'csv' | 'json' | 'text' | 'parquet';

export interface ScanInput {
  /** As it was named. */
  readonly path: string;
  readonly format: ScanFormat;
  /** Delimiter, where the name says it. */
  readonly delimiter?: number;
  open(): AsyncIterable<Uint8Array>;
}

const CHUNK = 1 << 20;
const HEAD = 8_192;
/** Folders that hold what others made. */
const SKIPPED = new Set(['.git', 'node_modules', '.venv', '__pycache__']);

const FORMATS: Readonly<Record<string, ScanFormat>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.tab': 'csv',
  '.json': 'json',
  '.jsonl': 'json',
  '.ndjson': 'json',
  '.geojson': 'json',
  '.ipynb': 'json',
};

/** The inputs that paths stand for, and what of them is no text. Throws CommandError where a named path is not there. */
export async function inputsOf(
  paths: readonly string[],
  format: ScanFormat | undefined,
): Promise<{ inputs: readonly ScanInput[]; skipped: readonly string[] }> {
  const inputs: ScanInput[] = [];
  const skipped: string[] = [];
  for (const path of paths) {
    if (path === '-') {
      inputs.push({ path: '-', format: format ?? 'text', open: () => decoded(process.stdin) });
      continue;
    }
    for await (const file of filesUnder(path)) {
      const head = await headOf(file);
      if (head !== null && isParquet(head))
        inputs.push({ path: file, format: 'parquet', open: () => decoded(decompressed(file)) });
      else if (head === null || isBinary(head, FORMATS[endingOf(file)] !== undefined)) skipped.push(file);
      else inputs.push(inputOf(file, format));
    }
  }
  return { inputs, skipped };
}

/** The ending of a name, without that of its compression. */
const endingOf = (path: string): string => extname(path.replace(/\.(?:gz|br|zz)$/i, '')).toLowerCase();

function inputOf(path: string, format: ScanFormat | undefined): ScanInput {
  const ending = endingOf(path);
  return {
    path,
    format: format ?? FORMATS[ending] ?? 'text',
    ...((ending === '.tsv' || ending === '.tab') && { delimiter: 9 }),
    open: () => decoded(decompressed(path)),
  };
}

async function* filesUnder(path: string): AsyncGenerator<string> {
  const found = await stat(path).catch((error: Error) => {
    throw new CommandError(`Cannot read ${path}: ${error.message}.`, 'Check the name.');
  });
  if (!found.isDirectory()) {
    yield path;
    return;
  }
  const entries = await readdir(path, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory() ? !SKIPPED.has(entry.name) : entry.isFile()) yield* filesUnder(join(path, entry.name));
  }
}

async function headOf(path: string): Promise<Uint8Array | null> {
  const file = await open(path).catch(() => null);
  if (!file) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;
/** UTF-16 by its byte order mark, or by every other byte of the first ones being NUL; null: it is none. */
function wideOf(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const units = Math.min(head.length >> 1, 64);
  let [even, odd] = [0, 0];
  for (let i = 0; i < units; i++) {
    if (head[2 * i] === 0) even++;
    if (head[2 * i + 1] === 0) odd++;
  }
  if (units < 4) return null;
  return odd > units * 0.8 && even === 0 ? 'utf-16le' : even > units * 0.8 && odd === 0 ? 'utf-16be' : null;
}

const isParquet = (head: Uint8Array): boolean => Buffer.from(head.subarray(0, 4)).toString('latin1') === 'PAR1';

/** Images, archives: what has NUL bytes and is neither compressed by gzip nor UTF-16. A few NULs are dirt. */
function isBinary(head: Uint8Array, isNamedText: boolean): boolean {
  if (isGzip(head) || wideOf(head)) return false;
  let controls = 0;
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32)) controls++;
  return (
    controls > head.length / (isNamedText ? 3 : 50) ||
    /^(?:PK..|%PDF)/s.test(Buffer.from(head.subarray(0, 4)).toString('latin1'))
  );
}

const decompressed = (path: string): Readable => unpacked(createReadStream(path, { highWaterMark: CHUNK }), path);

/** UTF-8 without a byte order mark. UTF-16 is told by its mark, gzip by its first bytes where no name said it. */
async function* decoded(stream: Readable): AsyncGenerator<Uint8Array> {
  let decode: InstanceType<typeof TextDecoder> | null = null;
  let isFirst = true;
  for await (const part of stream.iterator({ destroyOnReturn: true }) as AsyncIterable<Buffer>) {
    let chunk: Uint8Array = part;
    if (isFirst) {
      isFirst = false;
      const wide = wideOf(chunk);
      if (wide) decode = new TextDecoder(wide);
      else if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) chunk = chunk.subarray(3);
    }
    yield decode ? Buffer.from(decode.decode(chunk, { stream: true })) : chunk;
  }
  if (decode) yield Buffer.from(decode.decode());
}
