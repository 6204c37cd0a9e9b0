/** Where the columns of each node come from: the lineage of both ways its template can be rendered, in the order of dependence. */
import { lineage, Session, type Dialect } from '../../sql/index.ts';
import type { ColumnWay } from '../label-flow.ts';
import { isRendered } from './names.ts';

export interface NodeColumns {
  /** In the order of the table; null where a star hides them. */
  readonly names: readonly string[] | null;
  readonly ways: readonly ColumnWay[];
  /** Tables that the SQL names without `ref` or `source`. */
  readonly others: readonly string[];
  /** What was not understood. */
  readonly trouble: readonly { readonly offset: number; readonly message: string }[];
}

const TARGET = 'custody_target';
const PREFIX = `create table ${TARGET} as\n`;
const COLUMNS_MAX = 4_000;
const SQL_MAX = 500_000;
const WAYS_MAX = 50_000;

/** `columnsOf` gives the columns of a table of the rendered SQL, where they are known. */
export function columnsOf(
  sql: string,
  dialect: Dialect,
  known: (table: string) => readonly string[] | undefined,
): NodeColumns {
  if (sql.length > SQL_MAX)
    return {
      names: null,
      ways: [],
      others: [],
      trouble: [{ offset: 0, message: `it has more than ${SQL_MAX} characters: no lineage was read` }],
    };
  const session = new Session();
  const { statements, diagnostics } = lineage(PREFIX + sql.replace(/;\s*$/, ''), {
    dialect,
    schema: (parts) => known(parts.join('.').toLowerCase()),
    session,
  });
  // Where a column gets its name is where its expression is mended; else where the column that it comes from is named.
  const named = new Map<string, number>();
  for (const match of sql.matchAll(/\bas\s{1,100}["`]?(\w{1,200})/gi)) named.set(match[1]!.toLowerCase(), match.index);
  const ways = new Map<string, ColumnWay>();
  const others = new Set<string>();
  for (const { columns, inputs, kind } of statements) {
    for (const { name, kind: what, temporary } of inputs)
      if (what === 'table' && !temporary && !isRendered(name)) others.add(name);
    if (kind !== 'create_table') continue;
    for (const { from, to, direct, masked, counted, span } of columns) {
      // A count tells of no value, and a condition, a window or a sort only decides about one.
      if (counted || !direct || to.table?.toLowerCase() !== TARGET) continue;
      const way = {
        table: from.table.toLowerCase(),
        from: from.column.toLowerCase(),
        to: to.column,
        isMasked: masked,
        offset: named.get(to.column.toLowerCase()) ?? Math.max(0, span.start.offset - PREFIX.length),
      };
      const key = `${way.table}\n${way.from}\n${way.to.toLowerCase()}\n${way.isMasked}`;
      if (!ways.has(key) && ways.size < WAYS_MAX) ways.set(key, way);
    }
  }
  const made = [...session.made].find(([name]) => name.toLowerCase() === TARGET)?.[1].columns ?? null;
  return {
    names: made !== null && made.length <= COLUMNS_MAX ? made : null,
    ways: [...ways.values()],
    others: [...others].slice(0, 500),
    trouble: diagnostics
      .filter(({ severity, code }) => severity === 'error' || code.startsWith('too-'))
      .slice(0, 20)
      .map(({ offset, message }) => ({ offset: Math.max(0, offset - PREFIX.length), message })),
  };
}
