/** The catalog of a DuckDB file, opened to read only and without access to anything else. */
import { basename } from 'node:path';
import type { DatabaseCatalog, DatabaseRelation } from '../producers/import/database.ts';
import { SourceError } from './source-error.ts';

export const isDuckDbFile = (path: string): boolean => /\.(?:duckdb|ddb|db)$/i.test(path);

/** DuckDB, which is not installed with Custody. Throws SourceError where it is missing; `what` needs it. */
export const loadDuckDb = (what: string) =>
  import('@duckdb/node-api').catch(() => {
    throw new SourceError(
      `${what} needs DuckDB, which is not installed.`,
      'Install it beside Custody: npm install @duckdb/node-api',
    );
  });

const RELATIONS_MAX = 100_000;

/** Throws SourceError where the file is no database, is in use, or DuckDB is not installed. */
export async function readDuckDb(path: string): Promise<DatabaseCatalog> {
  const { DuckDBInstance } = await loadDuckDb('Reading a DuckDB file');
  try {
    const instance = await DuckDBInstance.create(path, {
      access_mode: 'READ_ONLY',
      enable_external_access: 'false',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      memory_limit: '500MB',
      threads: '1',
    });
    try {
      const connection = await instance.connect();
      const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
      const database = String((await rows('select current_database() as name'))[0]!['name']);
      const tables = await rows(
        `select schema_name, table_name as name, comment, estimated_size as size, null as sql from duckdb_tables()
         where database_name = current_database() and not internal and not temporary
         union all
         select schema_name, view_name, comment, null, sql from duckdb_views()
         where database_name = current_database() and not internal and not temporary
         order by 1, 2 limit ${RELATIONS_MAX}`,
      );
      const columns = new Map<string, { name: string; type: string; comment: string | null }[]>();
      for (const row of await rows(
        `select schema_name, table_name, column_name, data_type, comment from duckdb_columns()
         where database_name = current_database() and not internal order by schema_name, table_name, column_index`,
      )) {
        const key = `${String(row['schema_name'])}\n${String(row['table_name'])}`;
        const column = {
          name: String(row['column_name']),
          type: String(row['data_type']),
          comment: textOrNull(row['comment']),
        };
        const list = columns.get(key);
        if (list) list.push(column);
        else columns.set(key, [column]);
      }
      const relations = tables.map((row): DatabaseRelation => {
        const [schema, name] = [String(row['schema_name']), String(row['name'])];
        const size = row['size'] === null ? null : Number(row['size']);
        return {
          schema,
          name,
          kind: row['sql'] === null ? 'table' : 'view',
          owner: null,
          comment: textOrNull(row['comment']),
          rows: size !== null && Number.isSafeInteger(size) ? size : null,
          columns: columns.get(`${schema}\n${name}`) ?? [],
          definition: textOrNull(row['sql']),
        };
      });
      connection.closeSync();
      return { database, searchPath: ['main'], relations, routines: [], history: [] };
    } finally {
      instance.closeSync();
    }
  } catch (error) {
    throw new SourceError(
      `Cannot read ${basename(path)} as a DuckDB database: ${(error as Error).message.split('\n')[0]!}.`,
      'It must be a DuckDB file that no other process writes to.',
    );
  }
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);
