/** The values of a Parquet file as text, chunk by chunk, read by DuckDB on one thread and without access to anything else. */
import { basename } from 'node:path';
import { loadDuckDb } from './duckdb.ts';
import { SourceError } from './source-error.ts';

/** Of some rows, in the order of the file: a list of values for each column; null where there is none. */
export interface ParquetRows {
  readonly columns: readonly string[];
  readonly values: readonly (readonly (string | null)[])[];
}

/** Values that hold no text of anybody. */
const MUTE = new Set(['BOOLEAN', 'NULL']);

/** Throws SourceError where DuckDB is not installed, or the file is none that it can read. */
export async function* readParquetRows(path: string): AsyncGenerator<ParquetRows> {
  const { DuckDBInstance } = await loadDuckDb('Reading the rows of a Parquet file');
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: '500MB',
    threads: '1',
    preserve_insertion_order: 'true',
  });
  try {
    const connection = await instance.connect();
    const source = `read_parquet('${path.replaceAll("'", "''")}')`;
    const described = await connection.runAndReadAll(`describe select * from ${source}`);
    const all = described.getRowObjectsJson().map((row) => ({
      name: String(row['column_name']),
      type: String(row['column_type']),
    }));
    const columns = all.map(({ name }) => name);
    // A column that is not read is an empty one, so that places stay the same.
    const values = all.map(({ name, type }) => (MUTE.has(type) ? 'null' : `"${name.replaceAll('"', '""')}"::varchar`));
    const result = await connection.stream(`select ${values.join(', ')} from ${source}`);
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk())
      yield { columns, values: chunk.getColumns() as (string | null)[][] };
    connection.closeSync();
  } catch (error) {
    throw new SourceError(
      `Cannot read ${basename(path)} as Parquet: ${(error as Error).message.split('\n')[0]!}`,
      'Check that the file is whole and not encrypted.',
    );
  } finally {
    instance.closeSync();
  }
}
