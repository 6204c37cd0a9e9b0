/** Facts of SQL files: what their statements do, and which labelled columns reach the tables that they make. */
import type { Dialect } from '../../sql/index.ts';
import {
  labelFlow,
  patternLabels,
  type LabelFact,
  type LabelHere,
  type LabelledTable,
  type LabelPattern,
} from '../label-flow.ts';
import { statementsIn, type SqlStatements } from './statements.ts';
import { sqlTables } from './tables.ts';

export interface SqlTable {
  readonly name: string;
  readonly line: number;
  readonly upstream: readonly string[];
  readonly columns: readonly {
    readonly name: string;
    readonly labels: readonly LabelFact[];
  }[];
  /** Its schema or folder is one that others read: mart, reporting, ... */
  readonly mart: boolean;
}

export interface SqlFacts extends SqlStatements {
  readonly kind: 'sql';
  readonly path: string;
  /** `dbt`: SQL of a dbt project, whose tables are among the facts of the project. */
  readonly form: 'file' | 'dbt';
  readonly dialect: string;
  /** Tables that this file is the first to fill. */
  readonly tables: readonly SqlTable[];
  /** `select *` out of a table with labels, by which a column that is added to it would come out. */
  readonly stars: readonly { readonly line: number; readonly of: string; readonly labels: readonly string[] }[];
  readonly unknowns: readonly { readonly line: number; readonly what: string }[];
  readonly unread: string | null;
}

const MART = /(?:^|[._])(?:marts?|reporting|reports|presentation|gold|published|exports?)(?:[._]|$)/i;
const MART_FOLDER = /(?:^|\/)(?:marts?|reporting|reports|presentation|gold|published|public|exports?|reverse_etl)\//;

/** SQL that stands in a file, or was rendered out of it. */
export interface PlacedSql {
  readonly path: string;
  readonly sql: string;
  readonly lineOf: (offset: number) => number;
}

/** What the statements of a project do, by file; the same file may be rendered in several ways. */
export function sqlStatementFacts(placed: readonly PlacedSql[], dialect: Dialect): SqlFacts[] {
  const byPath = new Map<string, SqlFacts>();
  for (const { path, sql, lineOf } of placed) {
    const found = statementsIn(sql, dialect, lineOf);
    const before = byPath.get(path);
    const base = {
      kind: 'sql',
      path,
      form: 'dbt',
      dialect,
      tables: [],
      stars: [],
      unknowns: [],
      unread: null,
    } as const;
    byPath.set(path, { ...base, ...(before === undefined ? found : together(before, found)) });
  }
  return [...byPath.values()];
}

function together(a: SqlStatements, b: SqlStatements): SqlStatements {
  const both = <One>(x: readonly One[], y: readonly One[]): One[] => [
    ...new Map([...x, ...y].map((one) => [JSON.stringify(one), one])).values(),
  ];
  return {
    count: a.count + b.count,
    grants: both(a.grants, b.grants),
    credentials: both(a.credentials, b.credentials),
    unbounded: both(a.unbounded, b.unbounded),
    uris: both(a.uris, b.uris),
    dynamic: both(a.dynamic, b.dynamic),
  };
}

/** `files`: texts by path. Never throws for what they hold. */
export function sqlIn(
  files: ReadonlyMap<string, string>,
  dialect: Dialect,
  patterns: readonly LabelPattern[],
  linesOf: (text: string) => (offset: number) => number,
): SqlFacts[] {
  const { tables, places, others, trouble, isWhole } = sqlTables(files, dialect);
  const labelled: LabelledTable[] = others.flatMap((name) => {
    const declared = patternLabels(patterns, [name], []);
    return declared.size === 0 ? [] : [{ id: name.toLowerCase(), name, ways: [], declared }];
  });
  for (const { id, name, ways, columns } of tables)
    labelled.push({ id, name, ways, declared: patternLabels(patterns, [name], columns, columns.length > 0) });
  const { flow } = labelFlow(labelled);
  const byPath = new Map<string, SqlTable[]>();
  for (const { id, name, place, upstream, columns } of tables) {
    const { path, line } = places[place]!;
    const labels = flow.get(id) ?? new Map<string, readonly LabelHere[]>();
    const names = new Map(columns.map((column) => [column.toLowerCase(), column]));
    for (const column of labels.keys()) if (!names.has(column)) names.set(column, column);
    const table: SqlTable = {
      name,
      line,
      upstream,
      columns: [...names].map(([key, column]) => ({
        name: column,
        labels: (labels.get(key) ?? []).map(({ offset, ...label }): LabelFact => {
          const at = offset === null ? { path, line } : places[offset]!;
          return { ...label, file: at.path, line: at.line };
        }),
      })),
      mart: MART.test(name) || MART_FOLDER.test(path),
    };
    byPath.set(path, [...(byPath.get(path) ?? []), table]);
  }
  const clear = new Map<string, string[]>();
  for (const [id, columns] of flow) {
    const own = [
      ...new Set([...columns.values()].flat().flatMap(({ isMasked, label }) => (isMasked ? [] : [label]))),
    ].sort();
    if (own.length > 0) clear.set(id, own);
  }
  // Tables of which a table takes all columns, by the file that does.
  const taken = new Set<string>();
  const columnsById = new Map(tables.map(({ id, columns }) => [id, columns]));
  for (const { ways } of tables) {
    const from = new Map<string, Set<string>>();
    for (const way of ways) from.set(way.table, (from.get(way.table) ?? new Set<string>()).add(way.from));
    for (const way of ways) {
      const named = from.get(way.table)!;
      const known = columnsById.get(way.table) ?? [];
      if (named.has('*') || (known.length > 0 && known.every((name) => named.has(name.toLowerCase()))))
        taken.add(`${places[way.offset]!.path}\n${way.table}`);
    }
  }
  return [...files].map(([path, text]): SqlFacts => {
    const lineOf = linesOf(text);
    return {
      kind: 'sql',
      path,
      form: 'file',
      dialect,
      ...statementsIn(text, dialect, lineOf),
      tables: byPath.get(path) ?? [],
      stars: starsOver(text).flatMap(({ offset, table }) => {
        // Within a CTE it is harmless where what follows names its columns.
        if (
          /\(\s*$/.test(text.slice(Math.max(0, offset - 100), offset)) &&
          !taken.has(`${path}\n${table.toLowerCase()}`)
        )
          return [];
        const labels = clear.get(table.toLowerCase());
        return labels === undefined ? [] : [{ line: lineOf(offset), of: table, labels }];
      }),
      unknowns: trouble.get(path) ?? [],
      unread: isWhole ? null : 'all SQL of the repository is too much: of some files no lineage was read',
    };
  });
}

/** Where `select *` stands directly over a table, outside of comments. */
export function starsOver(sql: string): { offset: number; table: string }[] {
  const found: { offset: number; table: string }[] = [];
  for (const match of sql.matchAll(
    /\bselect\s{1,50}(?:distinct\s{1,50})?(?:\w{1,100}\.)?\*\s{0,50}\bfrom\s{1,50}(["`\w.]{1,400})/gi,
  )) {
    const line = sql.slice(sql.lastIndexOf('\n', match.index) + 1, match.index);
    if (line.length < 10_000 && line.includes('--')) continue;
    found.push({ offset: match.index, table: match[1]!.replace(/["`]/g, '') });
    if (found.length >= 1_000) break;
  }
  return found;
}
