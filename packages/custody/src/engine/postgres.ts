/** PostgreSQL (14 and later): a table or view, read in one read-only transaction that sees one moment. */
import pg from 'pg';
import { canIdentify, type Column } from '../dataset/column-type.ts';
import { DatasetError } from '../dataset/dataset-error.ts';
import { measureOf, QUANTILE_STEPS, type ColumnStatistics } from '../dataset/statistics.ts';
import { notIdentifying, quoteName } from './sql-name.ts';
import type { EncodedRows, ReadOptions, Relation } from './engine.ts';
import { cellSql, rowSql } from './encode-sql.ts';
import { postgresDialect, postgresTypeOf, type PostgresColumn } from './postgres-dialect.ts';

const FETCH_ROWS = 10_000;
const SAMPLE_ROWS = 65_536;
const INVALID_TEXT = '22P02';

export interface PostgresOptions {
  readonly identifying: readonly string[];
}

/** `table`: `schema.table`, or a name on the search path. Throws DatasetError; its message never has the password. */
export async function openPostgres(url: string, table: string, options: PostgresOptions): Promise<Relation> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'custody dataset',
    connectionTimeoutMillis: 15_000,
  });
  client.on('error', () => {}); // a connection lost later fails the query that waits
  try {
    await client.connect();
    await client.query('begin transaction isolation level repeatable read read only');
    await client.query(`set local datestyle = 'ISO, YMD'`);
    await client.query(`set local timezone = 'UTC'`);
    // Two readings of a table come in the same order.
    await client.query('set local synchronize_seqscans = off');
    await client.query('set local max_parallel_workers_per_gather = 0');
    const { rows: about } = await client.query<{ encoding: string; version: number; found: string | null }>(
      `select current_setting('server_encoding') as encoding, current_setting('server_version_num')::int as version,
              to_regclass($1)::text as found`,
      [table],
    );
    const { encoding, version, found } = about[0]!;
    if (version < 140_000) throw source('PostgreSQL before 14 does not compute times exactly.', 'Use a later server.');
    if (encoding !== 'UTF8')
      throw source(`The database is encoded in ${encoding}, not in UTF8.`, 'Copy it into a database in UTF8.');
    if (found === null) throw source(`There is no table ${table}.`, 'Write it as schema.table.');
    const { rows: listed } = await client.query<PostgresColumn>(COLUMNS, [table]);
    const columns = listed.map((column): Column => ({ name: column.name, type: postgresTypeOf(column) }));
    return new PostgresRelation(client, found, columns, options.identifying);
  } catch (error) {
    await client.end().catch(() => {});
    throw error instanceof DatasetError ? error : failed(error);
  }
}

const source = (message: string, remedy: string): DatasetError => new DatasetError('dataset.source', message, remedy);

function failed(error: unknown): DatasetError {
  const { message, code } = error as Error & { code?: string };
  if (code === INVALID_TEXT && message.includes('dimensions'))
    return new DatasetError(
      'dataset.value',
      'An array of more than one dimension has no canonical encoding.',
      'Leave the column out, or cast it to text in a view.',
    );
  return source(
    `PostgreSQL answered: ${message.replace(/(\/\/[^:@/]*):[^@/]*@/g, '$1:***@')}.`,
    'Check the address, the name of the table and the right to read it.',
  );
}

/** Domains are followed to the type below them, whose modifier is the domain's. */
const COLUMNS = `
with recursive named as (
  select a.attnum as number, a.attname::text as name, a.atttypid as type, a.atttypmod as modifier
  from pg_attribute a where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped
), based as (
  select number, name, type, modifier from named
  union all
  select b.number, b.name, t.typbasetype, case when b.modifier >= 0 then b.modifier else t.typtypmod end
  from based b join pg_type t on t.oid = b.type where t.typtype = 'd'
)
select b.name, t.typname::text as type, t.typtype::text as kind, b.modifier,
       i.typname::text as item, i.typtype::text as "itemKind"
from based b join pg_type t on t.oid = b.type
left join pg_type i on i.oid = t.typelem and t.typcategory = 'A'
where t.typtype <> 'd' order by b.number`;

class PostgresRelation implements Relation {
  readonly format = 'postgresql';
  readonly hasOrder = false;
  readonly columns: readonly Column[];
  readonly #client: pg.Client;
  readonly #table: string;
  readonly #identifying: readonly string[];

  constructor(client: pg.Client, table: string, columns: readonly Column[], identifying: readonly string[]) {
    this.#client = client;
    this.#table = table;
    this.columns = columns;
    this.#identifying = identifying;
  }

  async *rows({ identifying }: ReadOptions): AsyncGenerator<EncodedRows> {
    const row = rowSql(
      postgresDialect(),
      this.columns.map((column) => ({ ...column, sql: quoteName(column.name), isNullable: true })),
    );
    const named = identifying.map((name) => {
      const column = this.columns.find((one) => one.name === name)!;
      if (!canIdentify(column.type)) throw notIdentifying(name);
      return `${quoteName(name)}::text`;
    });
    try {
      // Without the fence (offset 0) the text of the row is made twice.
      await this.#client.query(
        `declare custody_rows no scroll cursor for
         select encode(sha256(convert_to(r, 'UTF8')), 'hex')${named.map((_, i) => `, i${i}`).join('')}
         from (select ${row} as r${named.map((sql, i) => `, ${sql} as i${i}`).join('')} from ${this.#table} offset 0) s`,
      );
      for (;;) {
        const { rows } = await this.#client.query<(string | null)[]>({
          text: `fetch ${FETCH_ROWS} from custody_rows`,
          rowMode: 'array',
        });
        if (rows.length === 0) break;
        yield {
          digests: Buffer.from(rows.map(([digest]) => digest!).join(''), 'hex'),
          identifiers: named.map((_, i) => rows.map((values) => values[i + 1] ?? null)),
        };
      }
      await this.#client.query('close custody_rows');
    } catch (error) {
      throw error instanceof DatasetError ? error : failed(error);
    }
  }

  /** By their place in the last reading of the rows, which the transaction repeats. */
  async cellsAt(rows: readonly number[]): Promise<readonly (readonly string[])[]> {
    const cells = this.columns.map(({ name, type }) => cellSql(postgresDialect(), quoteName(name), type));
    try {
      const found = await this.#client.query<string[]>({
        text: `select n, ${cells.join(', ')} from (select row_number() over () - 1 as n, * from ${this.#table}) s where n = any($1)`,
        values: [rows],
        rowMode: 'array',
      });
      const byRow = new Map(found.rows.map(([row, ...texts]) => [Number(row), texts]));
      return rows.map((row) => byRow.get(row) ?? []);
    } catch (error) {
      throw failed(error);
    }
  }

  async statistics(): Promise<readonly ColumnStatistics[]> {
    try {
      const { rows } = await this.#client.query<{ count: string }>(`select count(*) from ${this.#table}`);
      const count = Number(rows[0]!.count);
      const every = Math.max(1, Math.ceil(count / SAMPLE_ROWS));
      const statistics: ColumnStatistics[] = [];
      for (const column of this.columns) statistics.push(await this.#statisticsOf(column, count, every));
      return statistics;
    } catch (error) {
      throw failed(error);
    }
  }

  async #statisticsOf({ name, type }: Column, count: number, every: number): Promise<ColumnStatistics> {
    const column = quoteName(name);
    const isComparable = type.kind !== 'json' && type.kind !== 'list';
    const counts = await this.#client.query<{ there: string; distinct: string }>(
      `select count(${column}) as there, ${isComparable ? `count(distinct ${column})` : '0'} as distinct from ${this.#table}`,
    );
    const [there, distinct] = [Number(counts.rows[0]!.there), Number(counts.rows[0]!.distinct)];
    const isIdentifying = this.#identifying.includes(name);
    const measure = measureOf(type, { isIdentifying, isNumberText: false, there, distinct });
    const sql = {
      value: `${column}::float8`,
      length: `length(${column}::text)::float8`,
      time: `extract(epoch from ${column})::float8 * 1000000`,
      none: null,
    }[measure];
    const base = { name, nulls: count - there, distinct, isEstimate: false, measure };
    if (sql === null) return { ...base, min: null, max: null, mean: null, quantiles: [] };
    const finite = `from (select ${sql} as v, row_number() over () as n from ${this.#table}) s
      where v is not null and v <> 'NaN' and abs(v) <> 'infinity'`;
    const { rows } = await this.#client.query<{ min: number | null; max: number | null; mean: number | null }>(
      `select min(v) as min, max(v) as max, avg(v) as mean ${finite}`,
    );
    const cuts = await this.#client.query<{ cuts: number[] | null }>(
      `select percentile_disc(array[${QUANTILE_STEPS.join(', ')}]) within group (order by v) as cuts ${finite} and n % ${every} = 0`,
    );
    const { min, max, mean } = rows[0]!;
    return { ...base, min, max, mean, quantiles: cuts.rows[0]!.cuts ?? [] };
  }

  async close(): Promise<void> {
    await this.#client.query('rollback').catch(() => {});
    await this.#client.end().catch(() => {});
  }
}
