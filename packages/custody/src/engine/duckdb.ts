/**
 * DuckDB: files (CSV, JSON lines, Parquet) and tables of a DuckDB file. What is read is taken over once into a table of our
 * own in a temporary file, so that rows, identifiers and statistics are of one moment and memory stays small.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { canIdentify, type Column } from '../dataset/column-type.ts';
import { DatasetError } from '../dataset/dataset-error.ts';
import { measureOf, QUANTILE_STEPS, type ColumnStatistics } from '../dataset/statistics.ts';
import { columnTypeOf, duckDbDialect } from './duckdb-dialect.ts';
import { csvHead } from './csv-head.ts';
import { cellSql, rowSql } from './encode-sql.ts';
import type { EncodedRows, ReadOptions, Relation } from './engine.ts';
import { notIdentifying, quoteName, quoteText } from './sql-name.ts';

export type DuckDbSource =
  | { readonly format: 'csv' | 'jsonl' | 'parquet'; readonly files: readonly string[]; readonly delimiter?: string }
  | { readonly format: 'duckdb'; readonly file: string; readonly table: string };

export interface DuckDbOptions {
  /** Columns that name people: no value of theirs is in the statistics. */
  readonly identifying: readonly string[];
  readonly memory?: string;
}

/** Rows in one question: a multiple of DuckDB's row groups (122,880), so that none is read twice. */
const RANGE = 245_760;
/** Rows in one answer: DuckDB's vectors. One thread fills one. */
const VECTOR = 2_048;
const SAMPLE_ROWS = 65_536;

/** Throws DatasetError where DuckDB is missing, or the source cannot be read or encoded. */
export async function openDuckDb(source: DuckDbSource, options: DuckDbOptions): Promise<Relation> {
  const api = await import('@duckdb/node-api').catch(() => {
    throw new DatasetError(
      'dataset.source',
      'This needs DuckDB, which is not installed.',
      'Install it beside Custody: npm install @duckdb/node-api',
    );
  });
  const folder = await mkdtemp(join(tmpdir(), 'custody-rows-'));
  let instance: DuckDBInstance | null = null;
  try {
    instance = await api.DuckDBInstance.create(join(folder, 'rows.duckdb'), {
      memory_limit: options.memory ?? '600MB',
      threads: String(availableParallelism()),
      temp_directory: join(folder, 'spill'),
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const connection = await instance.connect();
    const table = await takeOver(connection, source);
    // Nothing else is read from here on, whatever a name or a value says.
    await connection.run(`set enable_external_access = false`);
    const result = await connection.run(`select * from ${table} limit 0`);
    const columns = result.columnNames().map((name, i): Column => ({
      name,
      type: columnTypeOf(api.DuckDBTypeId, result.columnType(i), name),
    }));
    return new DuckDbRelation(source.format, table, columns, connection, instance, folder, options);
  } catch (error) {
    instance?.closeSync();
    await rm(folder, { recursive: true, force: true });
    throw error instanceof DatasetError ? error : unreadable(error);
  }
}

const unreadable = (error: unknown): DatasetError =>
  new DatasetError(
    'dataset.source',
    `The data cannot be read: ${firstLines((error as Error).message)}.`,
    'Mend the file; `custody scan` says more of broken rows.',
  );

/** DuckDB quotes the line that is wrong further down: it may hold personal data. */
const firstLines = (message: string): string =>
  message
    .split(/\n|Original Line|LINE \d/)[0]!
    .replace(/[.\s]+$/, '')
    .slice(0, 300);

/** The name of the table to read: a table of a DuckDB file as it is, all else taken over. */
async function takeOver(connection: DuckDBConnection, source: DuckDbSource): Promise<string> {
  let from: string;
  if (source.format === 'duckdb') {
    await connection.run(`attach ${quoteText(source.file)} as source (read_only)`);
    const name = `source.${source.table.split('.').map(quoteName).join('.')}`;
    // A view has no rows of its own, and rows that were deleted leave gaps in their numbers. The file is locked: nobody
    // writes to it meanwhile.
    const isTable = await connection
      .runAndReadAll(`select coalesce(max(rowid) + 1, 0) = count(*) from ${name}`)
      .then((result) => result.getRows()[0]![0] === true)
      .catch(() => false);
    if (isTable) return name;
    from = `select * from ${name}`;
  } else from = await fromFiles(connection, source);
  await connection.run(`create table custody_rows as ${from}`);
  if (source.format === 'duckdb') await connection.run('detach source');
  return 'custody_rows';
}

async function fromFiles(
  connection: DuckDBConnection,
  source: DuckDbSource & { format: 'csv' | 'jsonl' | 'parquet' },
): Promise<string> {
  const files = `[${source.files.map(quoteText).join(', ')}]`;
  switch (source.format) {
    case 'parquet':
      return `select * from read_parquet(${files})`;
    case 'csv': {
      // A field of a CSV file is text, and an empty one is the empty text. DuckDB guesses nothing: its guess leaves out
      // lines that do not fit.
      const head = await csvHead(source.files, source.delimiter);
      const columns = head.names.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(', ');
      return `select * from read_csv(${files}, auto_detect = false, header = true, delim = ${quoteText(head.delimiter)},
        quote = '"', escape = '"', max_line_size = 16777216, nullstr = '', columns = {${columns}},
        force_not_null = [${head.names.map(quoteText).join(', ')}])`;
    }
    case 'jsonl': {
      const objects = `read_json_objects(${files}, format = 'newline_delimited', maximum_object_size = 16777216)`;
      const keys = await connection.runAndReadAll(
        `select distinct unnest(json_keys(json)) as name from ${objects} order by name limit 10001`,
      );
      const names = keys.getRows().map(([name]) => String(name));
      if (names.length > 10_000)
        throw new DatasetError('dataset.column', 'The lines have more than 10,000 different names.', 'Split them.');
      // A name that is not there is null; JSON's null is a value.
      const columns = names.map((name) => `json_extract(json, ${quoteText(pointer(name))}) as ${quoteName(name)}`);
      return `select ${columns.length === 0 ? 'json' : columns.join(', ')} from ${objects}`;
    }
  }
}

/** RFC 6901. */
const pointer = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

class DuckDbRelation implements Relation {
  readonly format: string;
  readonly hasOrder = true;
  readonly columns: readonly Column[];
  readonly #table: string;
  readonly #connection: DuckDBConnection;
  readonly #instance: DuckDBInstance;
  readonly #folder: string;
  readonly #identifying: readonly string[];

  constructor(
    format: string,
    table: string,
    columns: readonly Column[],
    connection: DuckDBConnection,
    instance: DuckDBInstance,
    folder: string,
    options: DuckDbOptions,
  ) {
    this.format = format;
    this.#table = table;
    this.columns = columns;
    this.#connection = connection;
    this.#instance = instance;
    this.#folder = folder;
    this.#identifying = options.identifying;
  }

  async *rows({ identifying, inOrder }: ReadOptions): AsyncGenerator<EncodedRows> {
    const full = await this.#full();
    const row = rowSql(
      duckDbDialect(),
      this.columns.map((column, i) => ({ ...column, sql: quoteName(column.name), isNullable: !full[i]! })),
    );
    const named = identifying.map((name) => identifierSql(this.columns, name));
    const order = inOrder ? ' order by row' : '';
    const ask = async (from: number) => {
      const found = await this.#connection.runAndReadAll(
        `select string_agg(h, ''${order})${named.map((_, i) => `, to_json(list(i${i}${order}))`).join('')}
         from (select sha256(${row}) as h, rowid as row${named.map((sql, i) => `, ${sql} as i${i}`).join('')}
               from ${this.#table} where rowid >= ${from} and rowid < ${from + RANGE})
         group by row // ${VECTOR}${inOrder ? ` order by row // ${VECTOR}` : ''}`,
      );
      return found.getRows() as unknown as string[][];
    };
    const count = await this.#number(`select count(*) from ${this.#table}`);
    let next = ask(0).catch((error: unknown) => error as Error);
    for (let from = 0; from < count; from += RANGE) {
      const answers = await next;
      if (answers instanceof Error) throw unreadable(answers);
      // The next are made while these are taken in.
      if (from + RANGE < count) next = ask(from + RANGE).catch((error: unknown) => error as Error);
      for (const [hashes, ...lists] of answers) {
        if (typeof hashes !== 'string') continue;
        yield {
          digests: Buffer.from(hashes, 'hex'),
          identifiers: lists.map((text) => JSON.parse(text) as (string | null)[]),
        };
      }
    }
  }

  async cellsAt(rows: readonly number[]): Promise<readonly (readonly string[])[]> {
    if (rows.length === 0) return [];
    const cells = this.columns.map(({ name, type }) => cellSql(duckDbDialect(), quoteName(name), type));
    const result = await this.#connection.runAndReadAll(
      `select rowid, ${cells.join(', ')} from ${this.#table} where rowid in (${rows.join(', ')})`,
    );
    const found = new Map(result.getRows().map(([row, ...texts]) => [Number(row), texts as string[]]));
    return rows.map((row) => found.get(row) ?? []);
  }

  async #number(sql: string): Promise<number> {
    const result = await this.#connection.runAndReadAll(sql);
    return Number(result.getRows()[0]![0] ?? 0);
  }

  /** Which columns have no null: they are encoded without a look at each value. */
  async #full(): Promise<readonly boolean[]> {
    if (this.columns.length === 0) return [];
    const counts = this.columns.map(({ name }) => `count(*) = count(${quoteName(name)})`);
    const result = await this.#connection.runAndReadAll(`select ${counts.join(', ')} from ${this.#table}`);
    return result.getRows()[0]!.map((value) => value === true);
  }

  async statistics(): Promise<readonly ColumnStatistics[]> {
    const count = await this.#number(`select count(*) from ${this.#table}`);
    const every = Math.max(1, Math.ceil(count / SAMPLE_ROWS));
    const statistics: ColumnStatistics[] = [];
    for (const column of this.columns) statistics.push(await this.#statisticsOf(column, count, every));
    return statistics;
  }

  async #statisticsOf({ name, type }: Column, count: number, every: number): Promise<ColumnStatistics> {
    const column = quoteName(name);
    const from = this.#table;
    const one = async (sql: string) => (await this.#connection.runAndReadAll(sql)).getRowsJson()[0]!;
    const [nulls, distinct] = (
      await one(`select count(*) - count(${column}), approx_count_distinct(${column}) from ${from}`)
    ).map(Number) as [number, number];
    const there = count - nulls;
    const isNumberText = type.kind === 'text' && there > 0 && (await this.#isNumberText(column, every));
    const isIdentifying = this.#identifying.includes(name);
    const measure = measureOf(type, { isIdentifying, isNumberText, there, distinct });
    const sql = {
      value: isNumberText ? `try_cast(${column} as double)` : `${column}::double`,
      length: `length(${column})::double`,
      time: `epoch_us(${column}::timestamp)::double`,
      none: null,
    }[measure];
    const base = { name, nulls, distinct: Math.min(distinct, there), isEstimate: true, measure };
    if (sql === null) return { ...base, min: null, max: null, mean: null, quantiles: [] };
    const [min, max, mean, cuts] = (await one(
      `select min(v), max(v), avg(v), quantile_disc(v, [${QUANTILE_STEPS.join(', ')}]) filter (where rowid % ${every} = 0)
       from (select ${sql} as v, rowid from ${from}) where isfinite(v)`,
    )) as (number | null | unknown[])[];
    return {
      ...base,
      min: numberOf(min),
      max: numberOf(max),
      mean: numberOf(mean),
      quantiles: Array.isArray(cuts) ? cuts.map(Number) : [],
    };
  }

  /** Most columns of text show on a few rows that they are no numbers. */
  async #isNumberText(column: string, every: number): Promise<boolean> {
    for (const where of every > 1 ? [` and rowid % ${every} = 0`, ''] : ['']) {
      const result = await this.#connection.runAndReadAll(
        `select 1 from ${this.#table} where ${column} is not null and try_cast(${column} as double) is null${where} limit 1`,
      );
      if (result.currentRowCount > 0) return false;
    }
    return true;
  }

  async close(): Promise<void> {
    this.#connection.closeSync();
    this.#instance.closeSync();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

function identifierSql(columns: readonly Column[], name: string): string {
  const column = columns.find((one) => one.name === name)!;
  const sql = quoteName(name);
  if (column.type.kind === 'json') return `json_extract_string(${sql}, '$')`;
  if (!canIdentify(column.type)) throw notIdentifying(name);
  return `${sql}::varchar`;
}
