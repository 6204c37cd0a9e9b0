/** Makes Parquet of what a gate wrote, with DuckDB. */
import type { InputFormat } from '../gate/ingest/gate.ts';
import type { ColumnType, GateRules } from '../gate/ingest/rules.ts';
import { SourceError } from './source-error.ts';

const TYPES: Readonly<Record<ColumnType, string>> = {
  string: 'VARCHAR', integer: 'BIGINT', number: 'DOUBLE', boolean: 'BOOLEAN', date: 'DATE', timestamp: 'TIMESTAMP', uuid: 'UUID',
}; // prettier-ignore

const LINE_BYTES = 1 << 21;

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** `longest`: bytes of the longest row. Throws SourceError where DuckDB is not installed, or a value does not have the type that the rules say. */
export async function writeParquet(
  from: string,
  input: InputFormat,
  to: string,
  columns: readonly string[],
  checks: GateRules['checks'],
  longest: number,
): Promise<void> {
  const { DuckDBInstance } = await duckDb();
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: longest > LINE_BYTES ? '2GB' : '500MB',
  });
  try {
    const connection = await instance.connect();
    // A masked row can be longer than it was, and DuckDB holds some lines at a time.
    const line = Math.max(LINE_BYTES, 4 * longest);
    // Columns without a declared type stay texts: what a guess makes of an id with leading zeros cannot be undone.
    const typeOf = (column: string): string =>
      TYPES[checks.columns.find(({ name }) => name === column)?.type ?? 'string'];
    const reader =
      input.kind === 'csv'
        ? `read_csv(${text(from)}, header = true, delim = ${text(String.fromCharCode(input.delimiter))}, quote = '"', escape = '"', nullstr = '', columns = {${columns.map((name) => `${text(name)}: ${text(typeOf(name))}`).join(', ')}}, auto_detect = false, max_line_size = ${line}, buffer_size = ${4 * line})`
        : `read_json(${text(from)}, format = 'newline_delimited', sample_size = -1, maximum_object_size = ${line})`;
    await connection.run(
      `COPY (SELECT * FROM ${reader}) TO ${text(to)} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)`,
    );
    connection.closeSync();
  } catch (error) {
    const [line] = (error as Error).message.split('\n');
    // DuckDB's message may quote a value.
    const what = /Could not convert|Conversion Error/.test(line!)
      ? 'a value does not have the type that its column is declared to have'
      : (/^\w+ Error/.exec(line!)?.[0] ?? 'it failed');
    throw new SourceError(
      `DuckDB cannot write the Parquet file: ${what}.`,
      'Write CSV or JSON Lines to look at the rows, or correct the types under `checks`.',
    );
  } finally {
    instance.closeSync();
  }
}

async function duckDb(): Promise<typeof import('@duckdb/node-api')> {
  return import('@duckdb/node-api').catch(() => {
    throw new SourceError(
      'Writing Parquet needs DuckDB, which is not installed.',
      'Install it beside Custody: npm install @duckdb/node-api; or write .csv or .jsonl.',
    );
  });
}
