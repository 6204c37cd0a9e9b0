/** Columns with types, and row counts, as dbt's `catalog.json` has them from the database. */
import { isObject } from '../../openlineage/event-shape.ts';
import { objectIn, textIn, type DbtColumn, type DbtNode } from './manifest.ts';

export interface DbtCatalogTable {
  readonly columns: readonly DbtColumn[];
  readonly owner: string | null;
  readonly rows: number | null;
}

export type DbtCatalog = ReadonlyMap<string, DbtCatalogTable>;

/** By unique id; empty for whatever is not a catalog. */
export function readCatalog(json: unknown): DbtCatalog {
  const tables = new Map<string, DbtCatalogTable>();
  for (const list of ['nodes', 'sources'] as const)
    for (const [id, table] of Object.entries(objectIn(json, list) ?? {})) {
      const columns = Object.entries(objectIn(table, 'columns') ?? {})
        .flatMap(([key, column]) =>
          isObject(column)
            ? [
                {
                  index: typeof column['index'] === 'number' ? column['index'] : 0,
                  name: textIn(column, 'name') ?? key,
                  type: textIn(column, 'type'),
                  description: textIn(column, 'comment'),
                },
              ]
            : [],
        )
        .sort((a, b) => a.index - b.index);
      tables.set(id, { columns, owner: textIn(objectIn(table, 'metadata'), 'owner'), rows: rowsOf(table) });
    }
  return tables;
}

/** Adapters call it differently: BigQuery `num_rows`, Snowflake `row_count`, Redshift `rows`. */
function rowsOf(table: unknown): number | null {
  const stats = objectIn(table, 'stats');
  for (const name of ['num_rows', 'row_count', 'rows']) {
    const value = Number(objectIn(stats, name)?.['value'] ?? Number.NaN);
    if (Number.isSafeInteger(value) && value >= 0) return value;
  }
  return null;
}

/** The catalog's columns with the manifest's descriptions; the manifest's alone where there is no catalog. */
export function fieldsOf(node: DbtNode, table: DbtCatalogTable | undefined): readonly DbtColumn[] {
  if (!table || table.columns.length === 0) return node.columns;
  const described = new Map(node.columns.map(({ name, description }) => [name.toLowerCase(), description]));
  return table.columns.map((column) => ({
    ...column,
    description: described.get(column.name.toLowerCase()) ?? column.description,
  }));
}
