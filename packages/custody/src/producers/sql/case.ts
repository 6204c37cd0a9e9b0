/**
 * The forms in which cases of SQL lineage are exchanged and scored: one case in, one prediction out. A prediction lists
 * statements, because a scorer composes them into one graph or takes them flat.
 */
import { dialectNamed } from './dialect.ts';
import { lineage, type ColumnEdge, type StatementLineage } from './lineage.ts';

export interface LineageCase {
  readonly id: string;
  readonly dialect: string;
  readonly sql: string;
  readonly schema?: Readonly<Record<string, readonly string[]>>;
  readonly schema_types?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly default_db?: string | null;
  readonly default_schema?: string | null;
  readonly options?: { readonly lateral_column_alias_reference?: boolean };
  /** The statements are one graph: tables that are made and used within it are steps, not ends. */
  readonly compose?: boolean;
}

/** `[source table | null, source column, target table | null, target column]`. */
export type PredictedEdge = readonly [string | null, string, string | null, string];

export interface PredictedStatement {
  readonly in: readonly string[];
  readonly out: readonly string[];
  readonly edges: readonly PredictedEdge[];
  readonly drop: readonly string[];
  readonly rename: readonly (readonly [string, string])[];
}

export interface Prediction {
  readonly id: string;
  readonly stmts: readonly PredictedStatement[];
  readonly err: string | null;
}

export function predictCase(given: LineageCase): Prediction {
  const lateral = given.options?.lateral_column_alias_reference;
  const types = given.schema_types ?? {};
  const { statements } = lineage(given.sql, {
    dialect: dialectNamed(given.dialect) ?? 'ansi',
    defaultDatabase: given.default_db ?? null,
    defaultSchema: given.default_schema ?? null,
    schema: { ...given.schema, ...types },
    ...(lateral === undefined ? {} : { lateralAliases: lateral }),
  });
  const structs = structColumns(types);
  return {
    id: given.id,
    stmts: statements.map((statement) => predicted(statement, given.compose === true, structs)),
    err: null,
  };
}

function predicted(statement: StatementLineage, compose: boolean, structs: ReadonlySet<string>): PredictedStatement {
  // In one graph a table that is dropped, deleted from or altered gets no data; alone, it is what the statement changes.
  const counts = !compose || statement.movesData || statement.outputs.length === 0;
  // Alone, an UPDATE reads the rows that it changes; in a graph that would make each a loop.
  const read = statement.kind === 'update' && !compose ? [...statement.inputs, ...statement.outputs] : statement.inputs;
  return {
    in: counts ? read.map((table) => table.name) : [],
    out: counts ? statement.outputs.map((table) => table.name) : [],
    edges: statement.columns.map((edge) => predictedEdge(edge, structs)),
    drop: compose ? statement.drops.map((table) => table.name) : [],
    rename: statement.renames.map(({ from, to }) => [from.name, to.name]),
  };
}

function predictedEdge(edge: ColumnEdge, structs: ReadonlySet<string>): PredictedEdge {
  const { from, to } = edge;
  const isStruct = edge.fields !== '' && structs.has(`${from.table}.${from.column}`.toLowerCase());
  const name = edge.throughStar ? '*' : isStruct ? `${from.column}.${edge.fields}` : from.column;
  // Which table an ambiguous name means, nobody can say unless a schema lists it there.
  const isUnknown = edge.certainty === 'ambiguous' && !edge.candidatesKnown;
  return [isUnknown ? null : from.table, name, to.table, to.column];
}

function structColumns(types: Readonly<Record<string, Readonly<Record<string, string>>>>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [table, columns] of Object.entries(types)) {
    for (const [name, type] of Object.entries(columns))
      if (/struct|record|row|object|variant|json/i.test(type)) found.add(`${table}.${name}`.toLowerCase());
  }
  return found;
}
