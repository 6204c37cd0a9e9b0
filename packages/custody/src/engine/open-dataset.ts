/** A dataset by where it lies: a file, a folder of files of one format, a table of a DuckDB file or of PostgreSQL. */
import { readdir, stat } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { DatasetError } from '../dataset/dataset-error.ts';
import { openDuckDb, type DuckDbSource } from './duckdb.ts';
import type { Relation } from './engine.ts';
import { openPostgres } from './postgres.ts';

export interface DatasetWhere {
  /** Path, or `postgres://` URL. */
  readonly where: string;
  /** Of a database. */
  readonly table: string | null;
  readonly delimiter: string | null;
}

export interface DatasetFile {
  readonly path: string;
  /** Within the folder, with `/`. */
  readonly name: string;
}

type FileFormat = 'csv' | 'jsonl' | 'parquet';
const FORMATS: Readonly<Record<string, FileFormat>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.parquet': 'parquet',
};
const FILES_MAX = 100_000;

const isPostgres = (where: string): boolean => /^postgres(?:ql)?:\/\//i.test(where);
const isDatabaseFile = (where: string): boolean => /\.(?:duckdb|ddb|db)$/i.test(where);

/** The files of a dataset, by name; empty for tables of a database server. Throws DatasetError. */
export async function filesOfDataset({ where }: DatasetWhere): Promise<readonly DatasetFile[]> {
  if (isPostgres(where)) return [];
  const found = await stat(where).catch((error: Error) => {
    throw new DatasetError('dataset.source', `Cannot read ${where}: ${error.message}.`, 'Check the name.');
  });
  if (!found.isDirectory()) return [{ path: where, name: where.split(/[/\\]/).at(-1)! }];
  const files: DatasetFile[] = [];
  const entries = await readdir(where, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    // Links may lead out of the folder, and names with a dot or underscore first are no data (Spark's _SUCCESS).
    if (!entry.isFile() || /^[._]/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    files.push({ path, name: relative(where, path).replaceAll('\\', '/') });
    if (files.length > FILES_MAX)
      throw new DatasetError('dataset.source', `${where} has more than ${FILES_MAX} files.`, 'Name a smaller part.');
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Opens it for reading. `identifying`: columns of which no statistics are made. Throws DatasetError. */
export async function openDataset(dataset: DatasetWhere, identifying: readonly string[]): Promise<Relation> {
  const { where, table } = dataset;
  if (isPostgres(where)) return openPostgres(where, tableOf(dataset), { identifying });
  if (isDatabaseFile(where))
    return openDuckDb({ format: 'duckdb', file: where, table: tableOf(dataset) }, { identifying });
  if (table !== null)
    throw new DatasetError(
      'dataset.source',
      `${where} is no database, so it has no table ${table}.`,
      'Leave out --table.',
    );
  const files = await filesOfDataset(dataset);
  const formats = new Set(files.map(({ name }) => FORMATS[extname(name).toLowerCase()] ?? extname(name)));
  const [format] = formats;
  if (files.length === 0)
    throw new DatasetError(
      'dataset.source',
      `There are no files in ${where}.`,
      'Name a file, or a folder that has some.',
    );
  if (formats.size > 1 || !isFormat(format))
    throw new DatasetError(
      'dataset.source',
      formats.size > 1
        ? `${where} holds files of several kinds: ${[...formats].join(', ')}.`
        : `${where} is no dataset that can be read${format ? ` (${format})` : ''}.`,
      'CSV, TSV, JSON lines, Parquet, DuckDB files with --table, and postgres:// URLs with --table can be.',
    );
  const delimiter = dataset.delimiter ?? (files.every(({ name }) => /\.tsv$/i.test(name)) ? '\t' : null);
  const source: DuckDbSource = {
    format,
    files: files.map(({ path }) => path),
    ...(delimiter !== null && { delimiter }),
  };
  return openDuckDb(source, { identifying });
}

const isFormat = (format: string | undefined): format is FileFormat =>
  format === 'csv' || format === 'jsonl' || format === 'parquet';

function tableOf({ where, table }: DatasetWhere): string {
  if (table !== null) return table;
  throw new DatasetError(
    'dataset.source',
    `${isPostgres(where) ? 'A database' : where} has several tables.`,
    'Name one with --table.',
  );
}
