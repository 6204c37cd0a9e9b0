/** Schemas of data files: the footer of Parquet, a sample of CSV and JSON lines. No value leaves here. */
import { open, type FileHandle } from 'node:fs/promises';
import type { SchemaField } from '../event/event.ts';
import { parquetFooterBytes, readParquetFooter } from '../producers/import/parquet.ts';
import { csvSchema, jsonLinesSchema } from '../producers/import/text-schema.ts';
import { createGunzip } from 'node:zlib';

const SAMPLE_BYTES = 1_000_000;
const FOOTER_BYTES_MAX = 64_000_000;

export interface DataFile {
  readonly fields: readonly SchemaField[];
  readonly rows: number | null;
  /** What the user should know of it; null where there is nothing to say. */
  readonly note: string | null;
}

const READERS: readonly {
  readonly ending: RegExp;
  readonly read: (file: FileHandle, path: string) => Promise<DataFile | string>;
}[] = [
  { ending: /\.(?:parquet|parq|pq)$/i, read: readParquet },
  {
    ending: /\.(?:csv|tsv|psv)(?:\.gz)?$/i,
    read: (file, path) => readSample(file, path, csvSchema, 'a table of text'),
  },
  {
    ending: /\.(?:jsonl|ndjson)(?:\.gz)?$/i,
    read: (file, path) => readSample(file, path, jsonLinesSchema, 'JSON objects, one a line'),
  },
];

export const isDataFile = (path: string): boolean => READERS.some(({ ending }) => ending.test(path));

/** The schema of a file, or a reason why there is none. */
export async function readDataFile(path: string): Promise<DataFile | { readonly reason: string }> {
  const reader = READERS.find(({ ending }) => ending.test(path))!;
  try {
    const file = await open(path, 'r');
    try {
      if (!(await file.stat()).isFile()) return { reason: 'is no file' };
      const read = await reader.read(file, path);
      return typeof read === 'string' ? { reason: read } : read;
    } finally {
      await file.close();
    }
  } catch (error) {
    return { reason: `cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})` };
  }
}

async function readParquet(file: FileHandle): Promise<DataFile | string> {
  const { size } = await file.stat();
  const length = parquetFooterBytes(await bytesAt(file, Math.max(0, size - 8), Math.min(8, size)));
  if (length === null) return 'is no Parquet file (or its footer is encrypted)';
  if (length + 12 > size) return 'is cut off: its footer is longer than the file';
  if (length > FOOTER_BYTES_MAX) return `has a footer of ${Math.ceil(length / 1e6)} MB, more than is read`;
  const schema = readParquetFooter(await bytesAt(file, size - 8 - length, length));
  return schema ? { ...schema, note: null } : 'has a footer that cannot be read';
}

async function readSample(
  file: FileHandle,
  path: string,
  read: typeof csvSchema,
  what: string,
): Promise<DataFile | string> {
  const { size } = await file.stat();
  const raw = await bytesAt(file, 0, Math.min(size, SAMPLE_BYTES));
  const zipped = /\.gz$/i.test(path);
  const bytes = zipped ? await unzippedSample(raw) : raw;
  const whole = !zipped && raw.length === size;
  if (bytes.includes(0)) return 'is not text';
  // A sample may end within a character; the last line of it is not used.
  const schema = read(
    new TextDecoder().decode(bytes),
    whole || (zipped && raw.length === size && bytes.length < SAMPLE_BYTES),
  );
  if (!schema) return `holds no ${what}`;
  return {
    fields: schema.fields,
    rows: null,
    note: schema.named ? null : 'its first row may be data, so its columns are numbered',
  };
}

/** The first million bytes behind a gzip; a bomb stops there. */
function unzippedSample(raw: Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    const gunzip = createGunzip();
    const chunks: Buffer[] = [];
    let bytes = 0;
    const done = () => resolve(Buffer.concat(chunks).subarray(0, SAMPLE_BYTES));
    gunzip.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= SAMPLE_BYTES) gunzip.destroy();
    });
    gunzip.on('close', done);
    gunzip.on('error', () => {}); // the sample ends within the stream
    gunzip.end(raw);
  });
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
