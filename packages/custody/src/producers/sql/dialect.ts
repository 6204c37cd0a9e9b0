/**
 * What differs between dialects, as data. Grammar differences that cannot collide (QUALIFY, LATERAL VIEW, PIVOT...) are
 * understood everywhere; a trait is here only where the same text means different things in different dialects.
 */
export const DIALECTS = [
  'ansi',
  'athena',
  'bigquery',
  'clickhouse',
  'databricks',
  'db2',
  'duckdb',
  'hive',
  'mysql',
  'oracle',
  'postgres',
  'redshift',
  'snowflake',
  'sparksql',
  'sqlite',
  'teradata',
  'trino',
  'tsql',
] as const;

export type Dialect = (typeof DIALECTS)[number];

export interface DialectTraits {
  readonly name: Dialect;
  /** How an identifier without quotes is stored: Oracle and Snowflake upper, PostgreSQL lower, others as written. */
  readonly fold: 'upper' | 'lower' | 'keep';
  /** `"x"` is a string (MySQL, BigQuery, Hive family), not an identifier. */
  readonly doubleQuoteIsString: boolean;
  /** `'it\'s'` is one string. */
  readonly backslashEscapes: boolean;
  /** `[x]` is an identifier (T-SQL, SQLite), not a subscript. */
  readonly bracketIdentifiers: boolean;
  /** `# ...` is a comment (MySQL, BigQuery). */
  readonly hashComments: boolean;
  /** `#t` is a table of the session (T-SQL, Redshift). */
  readonly hashIdentifiers: boolean;
  /** `// ...` is a comment (Snowflake). */
  readonly slashComments: boolean;
  /** A comment may hold a comment (PostgreSQL, T-SQL, DuckDB, ...). */
  readonly nestedComments: boolean;
  /** `$tag$ ... $tag$` is a string. */
  readonly dollarQuotes: boolean;
  /** `'''...'''` and `r'...'` are strings (BigQuery). */
  readonly tripleQuotes: boolean;
  /** A select item may use the alias of an earlier one. */
  readonly lateralAliases: boolean;
  /** `x -> x + 1` inside a call binds `x`; elsewhere `->` is a JSON operator. */
  readonly lambdas: boolean;
  /** `a.b.c` in backticks is a path, and a `_20240131` suffix is one shard of a dataset (BigQuery). */
  readonly dottedBackticks: boolean;
  /** `SELECT ... INTO x` makes a table; elsewhere `x` is a variable. */
  readonly selectIntoTable: boolean;
  /** Words that stand alone as a function call, besides those of the standard. */
  readonly niladic: readonly string[];
}

const base: Omit<DialectTraits, 'name'> = {
  fold: 'keep',
  doubleQuoteIsString: false,
  backslashEscapes: false,
  bracketIdentifiers: false,
  hashComments: false,
  hashIdentifiers: false,
  slashComments: false,
  nestedComments: false,
  dollarQuotes: false,
  tripleQuotes: false,
  lateralAliases: false,
  lambdas: false,
  dottedBackticks: false,
  selectIntoTable: true,
  niladic: [],
};

const hiveFamily: Partial<DialectTraits> = { doubleQuoteIsString: true, backslashEscapes: true, lambdas: true };

const TRAITS: Readonly<Record<Dialect, DialectTraits>> = {
  ansi: { ...base, name: 'ansi', dollarQuotes: true, hashIdentifiers: true, lambdas: true, nestedComments: true },
  athena: { ...base, name: 'athena', lambdas: true },
  bigquery: {
    ...base,
    name: 'bigquery',
    doubleQuoteIsString: true,
    backslashEscapes: true,
    hashComments: true,
    tripleQuotes: true,
    dottedBackticks: true,
    selectIntoTable: false,
    lambdas: true,
  },
  clickhouse: {
    ...base,
    name: 'clickhouse',
    backslashEscapes: true,
    dollarQuotes: true,
    lateralAliases: true,
    lambdas: true,
    hashComments: true,
    selectIntoTable: false,
  },
  databricks: { ...base, name: 'databricks', ...hiveFamily, lateralAliases: true },
  db2: { ...base, name: 'db2', fold: 'upper', nestedComments: true, selectIntoTable: false },
  duckdb: { ...base, name: 'duckdb', dollarQuotes: true, lateralAliases: true, lambdas: true, nestedComments: true },
  hive: { ...base, name: 'hive', ...hiveFamily },
  mysql: {
    ...base,
    name: 'mysql',
    doubleQuoteIsString: true,
    backslashEscapes: true,
    hashComments: true,
    selectIntoTable: false,
  },
  oracle: {
    ...base,
    name: 'oracle',
    fold: 'upper',
    selectIntoTable: false,
    niladic: ['SYSDATE', 'SYSTIMESTAMP', 'ROWNUM', 'LEVEL', 'UID', 'USER', 'SYSDBA', 'CONNECT_BY_ISLEAF'],
  },
  postgres: { ...base, name: 'postgres', fold: 'lower', dollarQuotes: true, nestedComments: true },
  redshift: {
    ...base,
    name: 'redshift',
    fold: 'lower',
    dollarQuotes: true,
    hashIdentifiers: true,
    lateralAliases: true,
    nestedComments: true,
    niladic: ['SYSDATE'],
  },
  snowflake: {
    ...base,
    name: 'snowflake',
    fold: 'upper',
    backslashEscapes: true,
    dollarQuotes: true,
    slashComments: true,
    lateralAliases: true,
    lambdas: true,
    selectIntoTable: false,
    niladic: ['SYSDATE'],
  },
  sparksql: { ...base, name: 'sparksql', ...hiveFamily, lateralAliases: true },
  sqlite: { ...base, name: 'sqlite', bracketIdentifiers: true },
  teradata: { ...base, name: 'teradata', lateralAliases: true, selectIntoTable: false, niladic: ['DATABASE', 'ROLE'] },
  trino: { ...base, name: 'trino', lambdas: true },
  tsql: { ...base, name: 'tsql', bracketIdentifiers: true, hashIdentifiers: true, nestedComments: true },
};

/** The names under which other tools know these dialects. */
const SYNONYMS: Readonly<Record<string, Dialect>> = {
  '': 'ansi',
  generic: 'ansi',
  greenplum: 'postgres',
  mariadb: 'mysql',
  materialize: 'postgres',
  mssql: 'tsql',
  postgresql: 'postgres',
  presto: 'trino',
  spark: 'sparksql',
  spark2: 'sparksql',
  sqlserver: 'tsql',
  starrocks: 'mysql',
  doris: 'mysql',
  singlestore: 'mysql',
  cockroach: 'postgres',
  exasol: 'oracle',
  synapse: 'tsql',
  fabric: 'tsql',
  vertica: 'postgres',
  impala: 'hive',
  'non-validating': 'ansi',
};

/** The dialect that a name means, or `undefined` for a name nobody knows. Case does not matter. */
export function dialectNamed(name: string): Dialect | undefined {
  const key = name.trim().toLowerCase();
  return (DIALECTS as readonly string[]).includes(key) ? (key as Dialect) : SYNONYMS[key];
}

export function traitsOf(dialect: Dialect): DialectTraits {
  return TRAITS[dialect];
}
