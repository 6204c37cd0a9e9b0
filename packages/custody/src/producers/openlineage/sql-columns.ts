/**
 * Column lineage that the producer leaves out and its own SQL tells. A table in the SQL is the dataset of the event whose
 * name ends with the table's parts; the producer's word on which datasets it reads stands, so others are left out.
 */
import type { AssetName, DatasetFact } from '../../event/event.ts';
import { compose, dialectNamed, lineage, type ColumnEdge, type Dialect, type Influence } from '../sql/index.ts';
import { ColumnMapBuilder, type DigestedColumns } from './column-facts.ts';

/** A longer text costs more to read than the answer of one event may. */
export const QUERY_CHARACTERS_MAX = 200_000;

/** Names of a dataset's columns in order, where known: a star needs them. */
export type ColumnsOfDataset = (dataset: AssetName) => readonly string[] | undefined;

export interface SqlOfEvent {
  readonly query: string;
  readonly dialect: Dialect;
}

const SCHEME_DIALECTS: ReadonlyMap<string, string> = new Map([
  ['postgresql', 'postgres'],
  ['awsathena', 'athena'],
  ['sqlserver', 'tsql'],
  ['mssql', 'tsql'],
]);

/** What an event's `sql` facet holds, if it can be read. The dialect may be told by the namespace of what is written. */
export function sqlOfEvent(query: unknown, dialect: unknown, namespace: string | undefined): SqlOfEvent | null {
  if (typeof query !== 'string' || query.length === 0 || query.length > QUERY_CHARACTERS_MAX) return null;
  const scheme = (namespace ?? '').split(':')[0]!;
  const known =
    (typeof dialect === 'string' ? dialectNamed(dialect) : null) ??
    dialectNamed(SCHEME_DIALECTS.get(scheme) ?? scheme) ??
    'ansi';
  return { query, dialect: known };
}

/** Column lineage by output, where the SQL tells one. */
export function columnsOfSql(
  { query, dialect }: SqlOfEvent,
  inputs: readonly DatasetFact[],
  outputs: readonly DatasetFact[],
  columnsOfDataset: ColumnsOfDataset,
): ReadonlyMap<DatasetFact, DigestedColumns> {
  const [first] = outputs;
  if (!first) return new Map();
  const qualified = first.name.split('.');
  const datasets = [...inputs, ...outputs];
  const { statements } = lineage(query, {
    dialect,
    defaultDatabase: qualified.length === 3 ? qualified[0]! : null,
    defaultSchema: qualified.length >= 2 ? qualified.at(-2)! : null,
    schema: (parts) => {
      const dataset = datasetNamed(parts, datasets);
      return dataset && columnsOfDataset(dataset);
    },
  });
  const named = (table: string): AssetName | undefined => datasetNamed(table.split('.'), datasets);
  const writes = statements.some((one) => one.outputs.length > 0);
  // A query alone is what a tool wraps to write its one output: dbt's compiled models.
  const edges = writes ? compose(statements).columns : (statements.at(-1)?.columns ?? []);
  // What a DELETE looks at decides what goes, not what is written.
  const influences = statements.flatMap((one) => (one.movesData || one.outputs.length === 0 ? one.influences : []));
  const found = new Map<DatasetFact, DigestedColumns>();
  for (const output of outputs) {
    const own = edges.filter(({ to }) =>
      to.table === null ? outputs.length === 1 : isNamed(output, to.table.split('.')) || onlyTarget(edges, outputs),
    );
    const map = mapOf(own, influences, named);
    if (map) found.set(output, map);
  }
  return found;
}

/** One output and one table that is written: they are the same, however each is spelled. */
function onlyTarget(edges: readonly ColumnEdge[], outputs: readonly DatasetFact[]): boolean {
  return outputs.length === 1 && new Set(edges.map(({ to }) => to.table)).size === 1;
}

function mapOf(
  edges: readonly ColumnEdge[],
  influences: readonly Influence[],
  named: (table: string) => AssetName | undefined,
): DigestedColumns | null {
  const builder = new ColumnMapBuilder();
  const byColumn = grouped(edges, ({ to }) => to.column);
  for (const [column, ways] of byColumn) {
    const sources = grouped(ways, ({ from }) => `${from.table}\n${from.column}`);
    builder.field(
      column,
      [...sources.values()].flatMap((same) => {
        const { from } = same[0]!;
        const dataset = named(from.table);
        if (!dataset) return [];
        const direct = same.filter((one) => one.direct);
        const certainty = leastCertain(same.map((one) => one.certainty));
        return {
          namespace: dataset.namespace,
          name: dataset.name,
          field: from.column,
          how: [...new Set(same.map(howOfEdge))].sort(),
          masked: (direct.length > 0 ? direct : same).every((one) => one.masked),
          ...(certainty !== 'certain' && { certainty }),
        };
      }),
    );
  }
  if (byColumn.size > 0) {
    const decisive = grouped(influences, ({ from }) => `${from.table}\n${from.column}`);
    builder.dataset(
      [...decisive.values()].flatMap((same) => {
        const { from } = same[0]!;
        const dataset = named(from.table);
        if (!dataset) return [];
        const certainty = leastCertain(same.map((one) => one.certainty));
        return {
          namespace: dataset.namespace,
          name: dataset.name,
          field: from.column,
          how: [...new Set(same.map(({ role }) => `INDIRECT/${role.toUpperCase()}`))].sort(),
          masked: false,
          ...(certainty !== 'certain' && { certainty }),
        };
      }),
    );
  }
  return builder.build();
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function howOfEdge({ kind, via }: ColumnEdge): string {
  if (via === null) return `DIRECT/${kind.toUpperCase()}`;
  return via === 'condition' ? 'INDIRECT/CONDITIONAL' : via === 'window' ? 'INDIRECT/WINDOW' : 'INDIRECT/SORT';
}

function leastCertain(all: readonly ColumnEdge['certainty'][]): ColumnEdge['certainty'] {
  if (all.includes('ambiguous')) return 'ambiguous';
  return all.includes('inferred') ? 'inferred' : 'certain';
}

/** The one dataset whose name ends with these parts, whatever the case; none if several do. */
function datasetNamed(parts: readonly string[], datasets: readonly DatasetFact[]): DatasetFact | undefined {
  const fitting = datasets.filter((dataset) => isNamed(dataset, parts));
  const names = new Set(fitting.map(({ namespace, name }) => `${namespace}\n${name}`));
  return names.size === 1 ? fitting[0] : undefined;
}

function isNamed({ name }: AssetName, parts: readonly string[]): boolean {
  const whole = name.toLowerCase();
  const end = parts.join('.').toLowerCase();
  if (whole === end) return true;
  if (whole.endsWith(`.${end}`)) return true;
  // The producer may qualify less than the SQL: `main.orders` for `shop.main.orders`.
  return whole.includes('.') && end.endsWith(`.${whole}`);
}
