/** Column lineage of dbt's nodes out of their compiled SQL, in the order of their dependence: a star needs what is before. */
import type { AssetName } from '../../../event/event.ts';
import { compose, lineage, Session, type Dialect, type Diagnostic, type TableRef } from '../../sql/index.ts';
import { columnFacet, type ColumnFacet } from '../column-facet.ts';
import type { DbtNode } from './manifest.ts';
import { joinedName } from './namespace.ts';

export interface NodeLineage {
  readonly columns: ColumnFacet | null;
  /** Tables that the SQL reads and dbt does not know: written by hand into the model. */
  readonly others: readonly TableRef[];
  readonly diagnostics: readonly Diagnostic[];
  /** False where its columns are left out, because all of the import is too much. */
  readonly isWhole: boolean;
}

/** A compiled model that is larger is told without its columns. */
const SQL_CHARACTERS_MAX = 2_000_000;
const TARGET = 'custody_target';
/** A model with more columns than any database holds is a product of stars over stars: its columns count as not known. */
const COLUMNS_MAX = 4_000;
/** Ways from column to column that one import tells; what is beyond goes without columns, and that is said. */
const WAYS_MAX = 3_000_000;

/** By unique id. `columnsOf` gives the columns of a node in the spelling of the database, where they are known. */
export function modelColumns(
  nodes: ReadonlyMap<string, DbtNode>,
  dialect: Dialect,
  columnsOf: (node: DbtNode) => readonly string[] | undefined,
  datasetOf: (node: DbtNode) => AssetName,
): ReadonlyMap<string, NodeLineage> {
  const byRelation = new Map<string, DbtNode>();
  for (const node of nodes.values()) {
    if (node.kind === 'test' || node.kind === 'exposure' || node.materialized === 'ephemeral') continue;
    const { database, schema, identifier } = node;
    for (const name of [joinedName(database, schema, identifier), joinedName(schema, identifier)])
      if (!byRelation.has(name.toLowerCase())) byRelation.set(name.toLowerCase(), node);
  }
  const nodeOf = (parts: readonly string[]): DbtNode | undefined => byRelation.get(parts.join('.').toLowerCase());
  let ways = 0;
  const computed = new Map<string, readonly string[]>();
  const found = new Map<string, NodeLineage>();
  for (const node of inOrder(nodes)) {
    const { id, sql, database, schema } = node;
    if (sql === null || sql.length > SQL_CHARACTERS_MAX || node.kind === 'test' || node.materialized === 'ephemeral')
      continue;
    const known = (of: DbtNode): readonly string[] | undefined => columnsOf(of) ?? computed.get(of.id);
    const session = new Session();
    const { statements, diagnostics } = lineage(`create table ${TARGET} as\n${sql}`, {
      dialect,
      defaultDatabase: database,
      defaultSchema: schema,
      schema: (parts) => {
        const of = nodeOf(parts);
        return of && known(of);
      },
      session,
    });
    const { inputs, outputs, columns, influences } = compose(statements);
    const isTarget = (table: string): boolean => table.toLowerCase().split('.').at(-1) === TARGET;
    const target = outputs.find(({ name }) => isTarget(name));
    const made = [...session.made].find(([name]) => isTarget(name))?.[1].columns;
    if (made && made.length <= COLUMNS_MAX) computed.set(id, made);
    const isWhole = ways + columns.length <= WAYS_MAX;
    if (isWhole) ways += columns.length;
    const tables = new Map(inputs.map((table) => [table.name, table]));
    const own = nodeOf([...(database === null ? [] : [database]), schema ?? '', node.identifier]);
    const spelling = new Map<string, ReadonlyMap<string, string>>();
    const spelled = (table: string | null, column: string): string => {
      const of = table === null || isTarget(table) ? node : nodeOf(table.split('.'));
      if (!of) return column;
      let names = spelling.get(of.id);
      if (!names) {
        names = new Map((columnsOf(of) ?? []).map((name) => [name.toLowerCase(), name]));
        spelling.set(of.id, names);
      }
      return names.get(column.toLowerCase()) ?? column;
    };
    const source = (table: string): AssetName | null => {
      const ref = tables.get(table);
      if (!ref || ref.kind !== 'table') return null;
      const of = nodeOf(ref.parts);
      // An incremental model looks at itself to find where it left off.
      if (of && of === own) return null;
      return of ? datasetOf(of) : { namespace: datasetOf(node).namespace, name: ref.name };
    };
    found.set(id, {
      columns:
        target && isWhole
          ? columnFacet(
              columns.filter(({ to }) => to.table === target.name),
              influences.filter(({ to }) => to === target.name),
              source,
              spelled,
            )
          : null,
      others: inputs.filter((table) => table.kind === 'table' && !table.temporary && !nodeOf(table.parts)),
      diagnostics,
      isWhole,
    });
  }
  return found;
}

/** What a node depends on before it; a circle, which dbt would refuse, is cut where it is met. */
export function inOrder(nodes: ReadonlyMap<string, DbtNode>): readonly DbtNode[] {
  const ordered: DbtNode[] = [];
  const seen = new Set<string>();
  for (const start of nodes.keys()) {
    const stack: { readonly id: string; next: number }[] = [{ id: start, next: 0 }];
    if (seen.has(start)) continue;
    seen.add(start);
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const node = nodes.get(top.id);
      const dependence = node?.dependsOn[top.next++];
      if (dependence === undefined) {
        stack.pop();
        if (node) ordered.push(node);
      } else if (nodes.has(dependence) && !seen.has(dependence)) {
        seen.add(dependence);
        stack.push({ id: dependence, next: 0 });
      }
    }
  }
  return ordered;
}
