/** What the commands about datasets share: where a dataset lies, who is in it, and its manifest. */
import { randomBytes } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DatasetError } from '../dataset/dataset-error.ts';
import type { Manifest } from '../dataset/manifest.ts';
import type { DatasetFile, DatasetWhere } from '../engine/open-dataset.ts';
import type { MadeManifest } from '../engine/make-manifest.ts';
import { CommandError, EXIT, stringOf, UsageError, type Invocation, type Option } from './command.ts';
import { dataFolder } from './connection.ts';

export const WHERE_OPTIONS: Readonly<Record<string, Option>> = {
  table: { type: 'string', value: 'TABLE', help: 'table of a DuckDB file or of a postgres:// URL' },
  delimiter: { type: 'string', value: 'CHAR', help: 'of a CSV file (default: what splits its first line)' },
};

export const MANIFEST_OPTIONS: Readonly<Record<string, Option>> = {
  ...WHERE_OPTIONS,
  subject: {
    type: 'string',
    value: 'COLUMN',
    help: 'column that names a person; several with commas name one together',
  },
  kind: { type: 'string', value: 'WORD', help: 'what it names, such as customer (default: subject)' },
  'subject-key': { type: 'string', value: 'FILE', help: "tenant key of 32 bytes or more (default: the data folder's)" },
  ordered: { type: 'boolean', help: 'the order of the rows is part of the dataset' },
};

export const whereOf = (invocation: Invocation, where: string): DatasetWhere => ({
  where,
  table: stringOf(invocation, 'table') ?? null,
  delimiter: stringOf(invocation, 'delimiter') ?? null,
});

/** A dataset's default name: its path as OpenLineage names local files, or its table. */
export function datasetName({ where, table }: DatasetWhere): string {
  if (!/^postgres(?:ql)?:/i.test(where)) return table === null ? resolve(where) : `${resolve(where)}/${table}`;
  const url = new URL(where);
  return `${url.pathname.slice(1)}.${table ?? ''}`;
}

/** A URL without its password, a path in full. */
export const placeName = ({ where, table }: DatasetWhere): string =>
  /^postgres(?:ql)?:/i.test(where) ? `${where.replace(/\/\/[^@/]*@/, '//')} ${table ?? ''}` : resolve(where);

const KEY_FILE = 'subject.key';
const KEY_BYTES_MIN = 32;

/** The tenant key. The data folder gets one the first time: whoever has it can tell who a token is of. */
export async function subjectKey(invocation: Invocation): Promise<Uint8Array> {
  const named = stringOf(invocation, 'subject-key');
  if (named === undefined) {
    const data = dataFolder(invocation);
    await stat(`${data}/log/origin`).catch(() => {
      throw new CommandError(
        `There is no Custody data in ${data}, so there is no tenant key.`,
        'Name a key with --subject-key, or another folder with --data.',
      );
    });
    return tenantKey(data);
  }
  return readKey(named);
}

/** The key in a data folder, made the first time. */
export async function tenantKey(data: string): Promise<Uint8Array> {
  const path = `${data}/${KEY_FILE}`;
  const file = await open(path, 'wx', 0o600).catch(() => null);
  if (file !== null) {
    await file.writeFile(randomBytes(KEY_BYTES_MIN));
    await file.sync().finally(() => file.close());
  }
  return readKey(path);
}

async function readKey(path: string): Promise<Uint8Array> {
  const key = await readFile(path).catch((error: Error) => {
    throw new CommandError(`Cannot read the key ${path}: ${error.message}.`, 'Check the name.');
  });
  if (key.length < KEY_BYTES_MIN)
    throw new CommandError(`The key ${path} is shorter than ${KEY_BYTES_MIN} bytes.`, 'openssl rand -out FILE 32');
  return key;
}

export interface ManifestOfPlace extends MadeManifest {
  readonly files: readonly DatasetFile[];
}

/** Reads a dataset whole. `like`: a manifest whose choices are taken over (order, subjects). */
export async function manifestOfPlace(
  invocation: Invocation,
  place: DatasetWhere,
  name: string,
  like: Manifest | null = null,
  labels: ReadonlyMap<string, readonly string[]> = new Map(
    (like?.predicate.columns ?? []).map((column) => [column.name, column.labels]),
  ),
): Promise<ManifestOfPlace> {
  const { filesOfDataset, openDataset } = await import('../engine/open-dataset.ts');
  const { makeManifest } = await import('../engine/make-manifest.ts');
  const { hashFiles } = await import('../source/file-hash.ts');
  const wanted = like?.predicate.subjects ?? null;
  const columns = wanted?.columns ?? stringOf(invocation, 'subject')?.split(',') ?? [];
  const kind = wanted?.kind ?? stringOf(invocation, 'kind') ?? 'subject';
  if (columns.includes('')) throw new UsageError('--subject is a column, or several with commas.');
  const key = columns.length === 0 ? null : await subjectKey(invocation);
  const files = await filesOfDataset(place);
  const sizes = await Promise.all(files.map(async ({ path }) => (await stat(path)).size));
  const hashed = await hashFiles(
    files.map(({ path, name: of }, i) => ({
      name: of,
      path,
      hash: 'sha256',
      range: null,
      follow: true,
      bytes: sizes[i]!,
    })),
  );
  const relation = await openDataset(place, columns);
  try {
    const made = await makeManifest(relation, {
      name,
      files: files.map(({ name: of }, i) => ({ name: of, bytes: sizes[i]!, sha256: hashed[i]!.hex })),
      order: like?.predicate.order ?? (invocation.values['ordered'] === true ? 'kept' : 'any'),
      subjects: key === null ? null : { kind, columns, key },
      labels,
      progress: (rows) => invocation.out.progress(`${rows.toLocaleString('en')} rows`),
    });
    for (const [i, { path, name: of }] of files.entries()) {
      const { mtimeMs } = await stat(path);
      if (mtimeMs !== hashed[i]!.mark.modified)
        throw new CommandError(`${of} was written to while it was read.`, 'Do it again when nobody writes there.');
    }
    return { ...made, files };
  } finally {
    await relation.close();
  }
}

/** `code`s of DatasetError that say no, rather than that something is in the way. */
const SAYS_NO = new Set(['dataset.version', 'dataset.changed']);

/** Turns what the data say into what a command says. */
export async function explaining<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { name, code, message, remedy } = error as DatasetError;
    if (typeof code !== 'string' || !code.startsWith('dataset.') || name === 'CommandError') throw error;
    throw new CommandError(message, remedy, SAYS_NO.has(code) ? EXIT.no : EXIT.environment);
  }
}
