/** One catalog over all SQL files of a repository: which tables each makes, and which columns come from which. */
import { eachStatement, Session, type Dialect, type StatementLineage } from '../../sql/index.ts';
import type { ColumnWay } from '../label-flow.ts';

export interface MadeTable {
  /** In lower case. */
  readonly id: string;
  readonly name: string;
  /** The first statement that fills it. */
  readonly place: number;
  readonly upstream: readonly string[];
  readonly columns: readonly string[];
  readonly ways: readonly ColumnWay[];
}

export interface SqlPlace {
  readonly path: string;
  readonly line: number;
}

export interface SqlTables {
  readonly tables: readonly MadeTable[];
  /** What `place` and the offset of a way mean. */
  readonly places: readonly SqlPlace[];
  /** Tables that are read and that no file makes. */
  readonly others: readonly string[];
  /** What was not understood, by path. */
  readonly trouble: ReadonlyMap<string, readonly { readonly line: number; readonly what: string }[]>;
  readonly isWhole: boolean;
}

/** A table with more columns than any database holds is a product of stars over stars: its columns count as not known. */
const COLUMNS_MAX = 4_000;
/** Ways from column to column over all files. */
const WAYS_MAX = 300_000;
const PASSES_MAX = 3;
const SQL_MAX = 60_000_000;

/** `files`: texts by path, in the order in which they follow each other. Never throws for what they hold. */
export function sqlTables(files: ReadonlyMap<string, string>, dialect: Dialect): SqlTables {
  let columns = new Map<string, readonly string[]>();
  let read = readAll(files, dialect, columns);
  // A file may read what a later one makes: its columns are known the next time.
  for (let pass = 1; pass < PASSES_MAX && read.made.size > 0 && !isSame(read.made, columns); pass++) {
    columns = read.made;
    read = readAll(files, dialect, columns);
  }
  return read.tables;
}

const isSame = (a: ReadonlyMap<string, readonly string[]>, b: ReadonlyMap<string, readonly string[]>): boolean =>
  a.size === b.size && [...a].every(([name, list]) => b.get(name)?.join('\n') === list.join('\n'));

interface Filling {
  name: string;
  place: number;
  upstream: Set<string>;
  columns: readonly string[];
  ways: Map<string, ColumnWay>;
}

function readAll(
  files: ReadonlyMap<string, string>,
  dialect: Dialect,
  known: ReadonlyMap<string, readonly string[]>,
): { readonly tables: SqlTables; readonly made: Map<string, readonly string[]> } {
  const made = new Map<string, readonly string[]>();
  const fillings = new Map<string, Filling>();
  const places: SqlPlace[] = [];
  const others = new Set<string>();
  const trouble = new Map<string, { line: number; what: string }[]>();
  const session = new Session();
  let folder = '';
  let characters = 0;
  let ways = 0;
  let isWhole = true;
  const placeOf = (path: string, line: number): number => {
    const last = places.at(-1);
    if (last?.path !== path || last.line !== line) places.push({ path, line });
    return places.length - 1;
  };
  const fill = (statement: StatementLineage, path: string): void => {
    const { kind, span, inputs, outputs, columns, movesData } = statement;
    for (const { name, kind: what } of inputs) if (what === 'table') others.add(name);
    if (!movesData && kind !== 'create_table' && kind !== 'create_view') return;
    for (const output of outputs) {
      if (output.kind !== 'table') continue;
      const id = output.name.toLowerCase();
      let own = fillings.get(id);
      if (own === undefined) {
        own = {
          name: output.name,
          place: placeOf(path, span.start.line),
          upstream: new Set(),
          columns: [],
          ways: new Map(),
        };
        fillings.set(id, own);
      }
      for (const { name, kind: what } of inputs) if (what === 'table' && name !== output.name) own.upstream.add(name);
      own.columns = made.get(id) ?? known.get(id) ?? own.columns;
      for (const { from, to, direct, masked, counted, span: at } of columns) {
        if (to.table !== output.name || counted || !direct || from.table === output.name) continue;
        const way = {
          table: from.table.toLowerCase(),
          from: from.column.toLowerCase(),
          to: to.column,
          isMasked: masked,
        };
        const key = `${way.table}\n${way.from}\n${way.to.toLowerCase()}\n${masked}`;
        if (own.ways.has(key)) continue;
        if (ways >= WAYS_MAX) {
          isWhole = false;
          return;
        }
        ways++;
        own.ways.set(key, { ...way, offset: placeOf(path, at.start.line) });
      }
    }
  };
  for (const [path, text] of files) {
    if ((characters += text.length) > SQL_MAX) {
      isWhole = false;
      break;
    }
    const own = path.slice(0, path.lastIndexOf('/') + 1);
    if (own !== folder) {
      // Another folder is another session: temporary tables and USE end, what was made stays.
      session.made.clear();
      session.database = undefined;
      session.schema = undefined;
      folder = own;
    }
    const said: { line: number; what: string }[] = [];
    for (const { statement, diagnostics } of eachStatement(text, {
      dialect,
      schema: (parts) => {
        const name = parts.join('.').toLowerCase();
        return made.get(name) ?? known.get(name);
      },
      session,
    })) {
      for (const { severity, code, line, message } of diagnostics)
        if (said.length < 20 && (severity === 'error' || code.startsWith('too-'))) said.push({ line, what: message });
      for (const [name, { columns, temporary }] of session.made)
        if (columns !== null && columns.length <= COLUMNS_MAX) made.set(name, columns);
        else if (!temporary) session.made.delete(name);
      if (statement === null) continue;
      for (const one of statement.body.length > 0 ? statement.body : [statement]) fill(one, path);
    }
    if (said.length > 0) trouble.set(path, said);
  }
  const tables = [...fillings].map(([id, { name, place, upstream, columns, ways: its }]): MadeTable => ({
    id,
    name,
    place,
    upstream: [...upstream],
    columns,
    ways: [...its.values()],
  }));
  return {
    tables: {
      tables,
      places,
      others: [...others].filter((name) => !fillings.has(name.toLowerCase())),
      trouble,
      isWhole,
    },
    made,
  };
}
