/**
 * Reads the catalog of a live PostgreSQL (12 and later): in one read-only transaction, with a limit on time, on rows and on
 * text. No table is read, only what the catalog says of them.
 */
import pg from 'pg';
import type { DatabaseCatalog, DatabaseRelation, DatabaseRoutine } from '../producers/import/database.ts';
import { SourceError } from './source-error.ts';

const RELATIONS_MAX = 100_000;
const COLUMNS_MAX = 1_000_000;
const ROUTINES_MAX = 50_000;
const HISTORY_MAX = 10_000;
const TEXT_CHARACTERS_MAX = 1_000_000;

export interface PostgresRead {
  readonly catalog: DatabaseCatalog;
  /** `postgres://host:port`, as OpenLineage names it. */
  readonly namespace: string;
  /** Why the query history was not read; null where it was. */
  readonly noHistory: string | null;
}

export const isPostgresUrl = (text: string): boolean => /^postgres(?:ql)?:\/\//i.test(text);

/** Throws SourceError; its message never has the password. `timeoutSeconds` is for each query. */
export async function readPostgresCatalog(url: string, timeoutSeconds = 60): Promise<PostgresRead> {
  let client: pg.Client;
  try {
    client = new pg.Client({
      connectionString: url,
      application_name: 'custody lineage import',
      connectionTimeoutMillis: 15_000,
    });
    client.on('error', () => {}); // a connection lost later fails the query that waits
    await client.connect();
  } catch (error) {
    throw new SourceError(
      `Cannot connect to PostgreSQL: ${withoutSecrets((error as Error).message, url)}.`,
      'Check host, port, user and database. The password may be in $PGPASSWORD instead of the URL.',
    );
  }
  try {
    const namespace = `postgres://${client.host.startsWith('/') ? 'localhost' : client.host}:${client.port}`;
    await client.query('begin transaction isolation level repeatable read read only');
    await client.query(`set local statement_timeout = ${timeoutSeconds * 1000}`);
    await client.query(`set local lock_timeout = 5000`);
    const { rows } = await client.query<{ database: string; path: string[] }>(
      'select current_database() as database, current_schemas(false)::text[] as path',
    );
    const { database, path } = rows[0]!;
    // Now every name in a view's text is written with its schema.
    await client.query('set local search_path = pg_catalog');
    const relations = await readRelations(client);
    const routines = await readRoutines(client);
    const { history, reason } = await readHistory(client);
    await client.query('rollback');
    return { catalog: { database, searchPath: path, relations, routines, history }, namespace, noHistory: reason };
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new SourceError(
      `PostgreSQL refused a query: ${withoutSecrets((error as Error).message, url)}.`,
      'The user needs to be able to connect and to read the catalog.',
    );
  } finally {
    await client.end().catch(() => {});
  }
}

/** Not the system's own, not of an extension, not partitions (what is written to them is written to the whole). */
const OWN = (catalog: 'pg_class' | 'pg_proc', row: string, schema: string) => `
  ${schema} <> 'information_schema' and ${schema} !~ '^pg_'
  and not exists (select from pg_depend d
                  where d.classid = '${catalog}'::regclass and d.objid = ${row}.oid and d.deptype = 'e')`;

async function readRelations(client: pg.Client): Promise<DatabaseRelation[]> {
  const { rows } = await client.query<{
    oid: string;
    schema: string;
    name: string;
    kind: string;
    owner: string;
    comment: string | null;
    rows: number;
    definition: string | null;
  }>(
    `select c.oid, n.nspname as schema, c.relname as name, c.relkind as kind, pg_get_userbyid(c.relowner) as owner,
            obj_description(c.oid, 'pg_class') as comment, c.reltuples::float8 as rows,
            case when c.relkind in ('v', 'm') then left(pg_get_viewdef(c.oid), $2) end as definition
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'f', 'v', 'm') and not c.relispartition and ${OWN('pg_class', 'c', 'n.nspname')}
     order by n.nspname, c.relname limit $1`,
    [RELATIONS_MAX + 1, TEXT_CHARACTERS_MAX],
  );
  if (rows.length > RELATIONS_MAX)
    throw new SourceError(
      `There are more than ${RELATIONS_MAX} tables and views.`,
      'Import with a user who sees fewer.',
    );
  const { rows: columns } = await client.query<{ oid: string; name: string; type: string; comment: string | null }>(
    `select a.attrelid as oid, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
            col_description(a.attrelid, a.attnum) as comment
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where a.attnum > 0 and not a.attisdropped
       and c.relkind in ('r', 'p', 'f', 'v', 'm') and not c.relispartition and ${OWN('pg_class', 'c', 'n.nspname')}
     order by a.attrelid, a.attnum limit $1`,
    [COLUMNS_MAX],
  );
  const byRelation = new Map<string, { name: string; type: string; comment: string | null }[]>();
  for (const { oid, name, type, comment } of columns) {
    const list = byRelation.get(oid);
    if (list) list.push({ name, type, comment });
    else byRelation.set(oid, [{ name, type, comment }]);
  }
  return rows.map(({ oid, schema, name, kind, owner, comment, rows: estimate, definition }) => ({
    schema,
    name,
    kind: KINDS[kind] ?? 'table',
    owner,
    comment,
    // Before 14 an unknown count is 0, later -1.
    rows: estimate > 0 ? Math.round(estimate) : null,
    columns: byRelation.get(oid) ?? [],
    definition,
  }));
}

const KINDS: Readonly<Record<string, DatabaseRelation['kind']>> = {
  r: 'table',
  p: 'table',
  f: 'foreign table',
  v: 'view',
  m: 'materialized view',
};

async function readRoutines(client: pg.Client): Promise<DatabaseRoutine[]> {
  const { rows } = await client.query<DatabaseRoutine>(
    `select n.nspname as schema, p.proname as name, case p.prokind when 'p' then 'procedure' else 'function' end as kind,
            pg_get_function_identity_arguments(p.oid) as arguments, pg_get_userbyid(p.proowner) as owner,
            obj_description(p.oid, 'pg_proc') as comment, left(pg_get_functiondef(p.oid), $2) as definition,
            left(nullif(p.prosrc, ''), $2) as body
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
     where p.prokind in ('f', 'p') and l.lanname in ('sql', 'plpgsql') and ${OWN('pg_proc', 'p', 'n.nspname')}
     order by 1, 2, 4 limit $1`,
    [ROUTINES_MAX, TEXT_CHARACTERS_MAX],
  );
  return rows;
}

/** Statements that write from table to table, the most called first. */
async function readHistory(client: pg.Client): Promise<{ history: string[]; reason: string | null }> {
  const { rows: installed } = await client.query<{ schema: string }>(
    `select quote_ident(n.nspname) as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace
     where e.extname = 'pg_stat_statements'`,
  );
  const [where] = installed;
  if (!where) return { history: [], reason: 'the extension pg_stat_statements is not there' };
  await client.query('savepoint history');
  try {
    const { rows } = await client.query<{ query: string }>(
      `select query from ${where.schema}.pg_stat_statements
       where dbid = (select oid from pg_database where datname = current_database())
         and query ~* '^\\s*(/\\*.*?\\*/\\s*)?(insert|update|merge|with|create|select)\\M' and length(query) <= $2
         and query ~* '\\m(insert|update|merge|into|create)\\M'
       group by query order by sum(calls) desc, query limit $1`,
      [HISTORY_MAX, TEXT_CHARACTERS_MAX],
    );
    return {
      // Views and routines are told by the catalog, as they are now.
      history: rows
        .map(({ query }) => query)
        .filter(
          (query) =>
            !/^\s*create\s+(?:or\s+replace\s+)?(?:\w+\s+)?(?:view|function|procedure|trigger|index)\b/i.test(query),
        ),
      reason: null,
    };
  } catch (error) {
    await client.query('rollback to savepoint history');
    return { history: [], reason: `pg_stat_statements cannot be read (${(error as Error).message})` };
  }
}

/** A message with the password of the URL, as it is written there or decoded, put out of sight. */
function withoutSecrets(message: string, url: string): string {
  const password = /^[a-z]+:\/\/[^/@]*:([^@]*)@/i.exec(url)?.[1];
  const secrets = [password, password && safeDecode(password), process.env['PGPASSWORD']];
  return secrets.reduce<string>(
    (text, secret) => (secret && secret.length > 0 ? text.replaceAll(secret, '***') : text),
    message,
  );
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
