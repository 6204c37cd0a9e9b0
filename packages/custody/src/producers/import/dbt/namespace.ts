/**
 * Namespaces and names as dbt's OpenLineage integration gives them (openlineage-dbt 1.54, `processor.py`), so that what is
 * imported and what is observed meet on the same nodes.
 */
import type { DbtNode } from './manifest.ts';

/** What a dbt profile says of where its tables lie; nothing that signs in. */
export interface DbtConnection {
  readonly type: string;
  readonly host?: string;
  readonly port?: string;
  readonly account?: string;
  readonly path?: string;
  readonly region?: string;
  readonly method?: string;
  readonly accountId?: string;
}

/** Namespace of the datasets; null where the profile does not say enough. */
export function dbtNamespace(connection: DbtConnection): string | null {
  const { type, host, port, account, path, region, method, accountId } = connection;
  const at = (scheme: string, defaultPort?: string): string | null => {
    const shown = port ?? defaultPort;
    return host === undefined ? null : `${scheme}://${host}${shown === undefined ? '' : `:${shown}`}`;
  };
  switch (type) {
    case 'bigquery':
      return 'bigquery';
    case 'snowflake':
      return account === undefined ? null : `snowflake://${snowflakeAccount(account)}`;
    case 'duckdb':
      return `duckdb://${path ?? ':memory:'}`;
    case 'postgres':
      return at('postgres', '5432');
    case 'redshift':
      return at('redshift', '5439');
    case 'clickhouse':
    case 'trino':
    case 'dremio':
      return at(type);
    case 'presto':
    case 'watsonx_presto':
      return at('presto');
    case 'databricks':
      return host === undefined ? null : `databricks://${host}`;
    case 'sqlserver':
      return at('mssql', '1433');
    case 'fabric':
      return at('fabric-warehouse');
    case 'athena':
      return region === undefined ? null : `awsathena://athena.${region}.amazonaws.com`;
    case 'glue':
      return region === undefined || accountId === undefined ? null : `arn:aws:glue:${region}:${accountId}`;
    case 'spark':
      return at('spark', method === 'thrift' ? '10001' : method === 'http' || method === 'odbc' ? '443' : undefined);
    default:
      return at(type);
  }
}

/** An organisation's account stays as it is; a locator gets the region and the cloud that it leaves out. */
function snowflakeAccount(name: string): string {
  const parts = name.split('.');
  const [account, region = 'us-west-1', cloud = 'aws'] = parts;
  if (account!.includes('-')) return account!;
  return parts.length > 2 ? name : `${account}.${region}.${cloud}`;
}

export const joinedName = (...parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join('.');

export const datasetNameOf = ({ database, schema, datasetName }: DbtNode): string =>
  joinedName(database, schema, datasetName);

/** As the database has it: a source may have another name there than in dbt. */
export const relationNameOf = ({ database, schema, identifier }: DbtNode): string =>
  joinedName(database, schema, identifier);

/** Of the job that makes a node. `dbt build` puts what it does behind the name. */
export function jobNameOf({ id, kind, database, schema }: DbtNode, isBuild: boolean): string {
  const name = joinedName(database, schema, id.replace(/^(?:model|seed|snapshot)\./, ''));
  const verb = kind === 'model' ? (isBuild ? 'run' : null) : kind;
  return `${name}${isBuild ? `.build.${verb}` : verb === null ? '' : `.${verb}`}`;
}

/** Of the job that tests a node. */
export const testJobNameOf = ({ id, database, schema }: DbtNode, isBuild: boolean): string =>
  `${joinedName(database, schema, id.replace(/^model\./, ''))}${isBuild ? '.build' : ''}.test`;
