/** DuckDB, as far as the pipeline needs it. */
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

export interface Column {
  readonly name: string;
  readonly type: string;
}

export type Cell = string | number | boolean | null;

export class Warehouse {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  /** One thread, so that sums of floats are the same in every run. Relative files are looked for in `folder`. */
  static async open(path: string, folder: string): Promise<Warehouse> {
    const instance = await DuckDBInstance.create(path, { threads: '1', memory_limit: '128MB' });
    const warehouse = new Warehouse(instance, await instance.connect());
    await warehouse.run(`set file_search_path = '${folder.replaceAll("'", "''")}'`);
    return warehouse;
  }

  async run(sql: string): Promise<void> {
    await this.#connection.run(sql);
  }

  /** Commits what the work did, or nothing of it. */
  async transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.run('begin');
    try {
      const result = await work();
      await this.run('commit');
      return result;
    } catch (error) {
      await this.run('rollback');
      throw error;
    }
  }

  /** Rows with plain values: dates and decimals as text, booleans and doubles as they are. */
  async rows<Row extends { readonly [column: string]: Cell }>(sql: string): Promise<readonly Row[]> {
    const result = await this.#connection.runAndReadAll(sql);
    return result.getRowObjectsJson() as unknown as Row[];
  }

  async columnsOf(table: string): Promise<readonly Column[]> {
    const described = await this.rows<{ column_name: string; column_type: string }>(`describe ${table}`);
    return described.map(({ column_name: name, column_type: type }) => ({ name, type }));
  }

  async countOf(table: string): Promise<number> {
    const [counted] = await this.rows<{ n: number }>(`select cast(count(*) as integer) as n from ${table}`);
    return counted!.n;
  }

  /** Appends rows to a table whose columns are texts and doubles, in the order of its columns. */
  async append(table: string, rows: readonly (readonly (string | number)[])[]): Promise<void> {
    const [schema, name] = table.split('.');
    const appender = await this.#connection.createAppender(name!, schema!);
    for (const row of rows) {
      for (const value of row) {
        if (typeof value === 'number') appender.appendDouble(value);
        else appender.appendVarchar(value);
      }
      appender.endRow();
    }
    appender.closeSync();
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}
