/**
 * The catalog of a database as OpenLineage events: tables with columns, views with what they select, routines with what their
 * bodies do, and statements out of the query history. Pure: rows of the catalog in, events out.
 */
import type { AssetName, SchemaField } from '../../event/event.ts';
import { hash } from 'node:crypto';
import { redactLiterals } from '../openlineage/sql-literals.ts';
import { compose, lineage, Session, type Diagnostic, type TableRef } from '../sql/index.ts';
import { columnFacet, grouped } from './column-facet.ts';
import { datasetOfTable } from './table-dataset.ts';
import { datasetEvent, importTag, jobEvent, type ImportEvent, type ToldDataset } from './told.ts';

export interface DatabaseCatalog {
  readonly database: string;
  /** Schemas that unqualified names are looked up in, in order. */
  readonly searchPath: readonly string[];
  readonly relations: readonly DatabaseRelation[];
  readonly routines: readonly DatabaseRoutine[];
  /** Statements of the history, with parameters in the place of literals. */
  readonly history: readonly string[];
}

export interface DatabaseRelation {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'foreign table' | 'view' | 'materialized view';
  readonly owner: string | null;
  readonly comment: string | null;
  /** The planner's estimate; null where there is none. */
  readonly rows: number | null;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly comment: string | null }[];
  /** Of a view: its query, or the statement that makes it. */
  readonly definition: string | null;
}

export interface DatabaseRoutine {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'function' | 'procedure';
  /** Types of its arguments, which tell overloads apart. */
  readonly arguments: string;
  readonly owner: string;
  readonly comment: string | null;
  readonly definition: string;
  /** What stands between the quotes; null where it is written without them (`BEGIN ATOMIC`). */
  readonly body: string | null;
}

export interface DatabaseOptions {
  readonly dialect: 'postgres' | 'duckdb';
  /** `postgres://host:port`: no user, no password. */
  readonly datasetNamespace: string;
  readonly namespace: string;
  readonly time: string;
}

export interface DatabaseRead {
  readonly events: readonly ImportEvent[];
  readonly jobs: readonly (AssetName & {
    readonly inputs: readonly AssetName[];
    readonly outputs: readonly AssetName[];
  })[];
  readonly tag: string;
  readonly diagnostics: readonly { readonly of: string; readonly diagnostics: readonly Diagnostic[] }[];
  readonly statements: number;
}

const SQL_CHARACTERS_MAX = 1_000_000;

/** Never throws for what the catalog holds. */
export function readDatabase(catalog: DatabaseCatalog, options: DatabaseOptions): DatabaseRead {
  const { database, searchPath } = catalog;
  const { datasetNamespace, namespace, time, dialect } = options;
  const tag = importTag(dialect, database);
  const byName = new Map(catalog.relations.map((relation) => [keyOf(relation.schema, relation.name), relation]));
  /** A name that the default schema does not have may be found further on in the search path. */
  const relationOf = (parts: readonly string[]): DatabaseRelation | undefined => {
    const [schema = '', name = ''] = parts.slice(-2);
    const exact = byName.get(keyOf(schema, name));
    if (exact || (schema !== '' && schema !== searchPath[0])) return exact;
    return searchPath.map((one) => byName.get(keyOf(one, name))).find((one) => one !== undefined);
  };
  const datasetName = (relation: { readonly schema: string; readonly name: string }): AssetName => ({
    namespace: datasetNamespace,
    name: `${database}.${relation.schema}.${relation.name}`,
  });
  const described = (relation: DatabaseRelation): ToldDataset => ({
    ...datasetName(relation),
    type: relation.kind.includes('view') ? 'VIEW' : 'TABLE',
    fields: relation.columns.map(({ name, type, comment }): SchemaField => ({
      name,
      type,
      ...(comment && { description: comment }),
    })),
    owners: relation.owner === null ? [] : [relation.owner],
    description: relation.comment ?? undefined,
  });
  const datasetOf = (table: TableRef): ToldDataset => {
    const relation = table.kind === 'table' ? relationOf(table.parts) : undefined;
    return relation ? described(relation) : datasetOfTable(table, datasetNamespace);
  };
  const trace = (sql: string) => {
    const { statements, diagnostics } = lineage(sql, {
      dialect,
      defaultDatabase: database,
      defaultSchema: searchPath[0] ?? null,
      schema: (parts) => relationOf(parts)?.columns.map(({ name }) => name),
      session: new Session(),
    });
    const { inputs, outputs, columns, influences } = compose(statements);
    const tables = new Map([...inputs, ...outputs].map((table) => [table.name, table]));
    const named = (table: string): AssetName | null => {
      const ref = tables.get(table);
      return ref && !ref.temporary ? datasetOf(ref) : null;
    };
    const edgesInto = grouped(columns, ({ to }) => to.table);
    const influencesOn = grouped(influences, ({ to }) => to);
    return {
      inputs: inputs.filter(lasting).map(datasetOf),
      outputs: outputs.filter(lasting).map((table): ToldDataset => ({
        ...datasetOf(table),
        columns: columnFacet(edgesInto.get(table.name) ?? [], influencesOn.get(table.name) ?? [], named),
      })),
      diagnostics: diagnostics.filter(({ severity }) => severity === 'error'),
    };
  };

  const events: ImportEvent[] = [];
  const jobs: { namespace: string; name: string; inputs: readonly AssetName[]; outputs: readonly AssetName[] }[] = [];
  const problems: { of: string; diagnostics: readonly Diagnostic[] }[] = [];
  const tell = (
    name: string,
    jobType: string,
    sql: string,
    about: {
      readonly owners?: readonly string[];
      readonly description?: string | undefined;
      readonly tags?: readonly string[];
    },
    { inputs, outputs }: { readonly inputs: readonly ToldDataset[]; readonly outputs: readonly ToldDataset[] },
  ) => {
    const job = { namespace, name };
    const query = redactLiterals(sql.slice(0, SQL_CHARACTERS_MAX), dialect).text;
    events.push(
      jobEvent(
        time,
        { ...job, integration: dialect.toUpperCase(), jobType, sql: { query, dialect }, ...about },
        { inputs, outputs },
      ),
    );
    jobs.push({ ...job, inputs, outputs });
  };

  for (const relation of catalog.relations) {
    if (relation.definition === null) {
      events.push(datasetEvent(time, { ...described(relation), rows: relation.rows ?? undefined }));
      continue;
    }
    const { schema, name, owner, comment, definition, kind } = relation;
    const isWhole = /^\s*create\b/i.test(definition); // DuckDB keeps the statement, PostgreSQL the query
    const head = `create ${kind} ${quoted(schema)}.${quoted(name)} (${relation.columns.map((column) => quoted(column.name)).join(', ')}) as `;
    const { inputs, outputs, diagnostics } = trace(isWhole ? definition : `${head}${definition}`);
    const columns = outputs.find((output) => output.name === datasetName(relation).name)?.columns;
    tell(
      `${database}.${schema}.${name}`,
      kind.replace(' ', '_').toUpperCase(),
      definition,
      { owners: owner === null ? [] : [owner], description: comment ?? undefined, tags: [tag] },
      { inputs, outputs: [{ ...described(relation), columns }] },
    );
    if (diagnostics.length > 0) problems.push({ of: `${schema}.${name}`, diagnostics });
  }
  for (const { schema, name, arguments: types, kind, owner, comment, definition, body } of catalog.routines) {
    const traced = trace(definition);
    if (traced.diagnostics.length > 0)
      problems.push({ of: `${kind} ${schema}.${name}`, diagnostics: traced.diagnostics });
    if (traced.inputs.length === 0 && traced.outputs.length === 0) continue;
    tell(
      `${database}.${schema}.${name}(${types})`,
      kind.toUpperCase(),
      body ?? definition, // a body between dollar quotes is a string, and would be cut out as one
      { owners: [owner], description: comment ?? undefined, tags: [tag] },
      traced,
    );
  }
  let statements = 0;
  for (const statement of catalog.history) {
    const traced = trace(statement);
    // What only puts in values, or reads, moves nothing from table to table.
    if (traced.outputs.length === 0 || traced.inputs.length === 0) continue;
    // No tag: that a statement left the history does not mean that nobody sends it any more.
    const digest = hash('sha256', redactLiterals(statement, dialect).text).slice(0, 16);
    tell(`${database}.statement.${digest}`, 'STATEMENT', statement, {}, traced);
    statements++;
  }
  return { events, jobs, tag, diagnostics: problems, statements };
}

const lasting = ({ temporary }: TableRef): boolean => !temporary;
const keyOf = (schema: string, name: string): string => `${schema}\n${name}`;
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
