/**
 * A folder of SQL files, each a job: what a nightly ETL reads and writes, without running it. Files of one folder follow
 * each other in one session, so a table that one makes gives its columns to the stars of the next, and a temporary table
 * is a step on the way.
 */
import type { AssetName, SchemaField } from '../../event/event.ts';
import { redactLiterals } from '../openlineage/sql-literals.ts';
import {
  compose,
  lineage,
  Session,
  type Dialect,
  type Diagnostic,
  type StatementLineage,
  type TableRef,
} from '../sql/index.ts';
import { columnFacet, grouped } from './column-facet.ts';
import { datasetOfTable } from './table-dataset.ts';
import { datasetEvent, importTag, jobEvent, type ImportEvent, type ToldDataset } from './told.ts';

export interface SqlFile {
  /** Relative to the folder, with slashes. */
  readonly path: string;
  readonly text: string;
}

export interface SqlFolderOptions {
  readonly dialect: Dialect;
  /** Namespace of the jobs. */
  readonly namespace: string;
  /** Namespace of the tables. */
  readonly datasetNamespace: string;
  readonly database: string | null;
  readonly schema: string | null;
  /** Columns of tables that no file makes, by name; with types where they are known. */
  readonly columns: Readonly<Record<string, readonly string[] | Readonly<Record<string, string>>>>;
  /** Marks the jobs as of this import. */
  readonly tag: string;
  /** RFC 3339: since when this holds. */
  readonly time: string;
  /** Called before each file is read; files may be read several times. */
  readonly onFile?: (path: string) => void;
}

export interface ReadJob extends AssetName {
  readonly path: string;
  readonly inputs: readonly AssetName[];
  readonly outputs: readonly AssetName[];
  /** How many columns of outputs are known to come from others. */
  readonly columns: number;
  readonly diagnostics: readonly Diagnostic[];
  /** False where nothing of the file was understood: then nothing is said of what it reads and writes. */
  readonly understood: boolean;
  /** False where its column lineage is left out, because all of the import is too much. */
  readonly isWhole: boolean;
}

export interface SqlFolderRead {
  readonly events: readonly ImportEvent[];
  readonly jobs: readonly ReadJob[];
}

/** A query in an event is evidence of the code; one that is larger is left out. */
const QUERY_CHARACTERS_MAX = 1_000_000;
/** Views over views of later files: so often the folder is read again for the columns. */
const PASSES_MAX = 5;

/** A table with more columns than any database holds is a product of stars over stars: its columns count as not known. */
const COLUMNS_MAX = 4_000;
/** Ways from column to column that one import tells; what is beyond goes without columns, and that is said. */
const WAYS_MAX = 3_000_000;
const DIAGNOSTICS_MAX = 100;

/** Never throws for what the files hold. */
export function readSqlFolder(files: readonly SqlFile[], options: SqlFolderOptions): SqlFolderRead {
  const ordered = [...files].sort((a, b) => comparePaths(a.path, b.path));
  let read = readAll(ordered, options, new Map());
  for (let pass = 1; pass < PASSES_MAX && read.learned; pass++) read = readAll(ordered, options, read.made);
  return { events: read.events, jobs: read.jobs };
}

export const sqlFolderTag = (folder: string): string => importTag('sql', folder);

type MadeTables = ReadonlyMap<string, readonly string[]>;

interface FileRead {
  readonly path: string;
  readonly text: string;
  readonly statements: readonly StatementLineage[];
  readonly diagnostics: readonly Diagnostic[];
  /** Statements of earlier files that fill temporary tables which this one may read. */
  readonly before: readonly StatementLineage[];
}

interface FolderRead extends SqlFolderRead {
  readonly made: MadeTables;
  /** A table that was used before it was made, or otherwise than it was known, came up: another reading would see more. */
  readonly learned: boolean;
}

type FieldsOf = (parts: readonly string[]) => readonly SchemaField[] | undefined;

function readAll(files: readonly SqlFile[], options: SqlFolderOptions, earlier: MadeTables): FolderRead {
  const given = givenColumns(options.columns);
  const names = jobNames(files);
  const session = new Session();
  const made = new Map<string, readonly string[]>();
  const declared = new Map<string, TableRef>();
  const unknown = new Set<string>();
  const fieldsOf: FieldsOf = (parts) => {
    const key = keyOf(parts);
    const found = given(parts) ?? (made.get(key) ?? earlier.get(key))?.map((name) => ({ name }));
    if (!found) unknown.add(key);
    return found;
  };
  const events: ImportEvent[] = [];
  const jobs: ReadJob[] = [];
  const described = new Set<string>();
  let ways = 0;
  let folder = '';
  let carried: StatementLineage[] = [];
  for (const file of files) {
    options.onFile?.(file.path);
    const own = folderOf(file.path);
    if (own !== folder) {
      // Another folder is another session: temporary tables and USE end, what was made stays.
      session.made.clear();
      session.database = undefined;
      session.schema = undefined;
      carried = [];
      folder = own;
    }
    const { statements, diagnostics } = lineage(file.text, {
      dialect: options.dialect,
      defaultDatabase: options.database,
      defaultSchema: options.schema,
      schema: (parts) => fieldsOf(parts)?.map(({ name }) => name),
      session,
    });
    for (const [name, { columns, temporary }] of session.made) {
      const isKnown = columns !== null && columns.length <= COLUMNS_MAX;
      if (isKnown && !temporary) made.set(name, columns);
      // What is not known must not hide what another file or the schema knows.
      if (!temporary || !isKnown) session.made.delete(name);
    }
    const flat = statements.flatMap((one) => (one.body.length > 0 ? one.body : [one]));
    for (const one of flat)
      if (isDeclaration(one, file.text)) for (const table of one.outputs) declared.set(keyOf(table.parts), table);
    const anew = new Set(
      flat.flatMap((one) => (one.kind === 'create_table' ? one.outputs.map(({ name }) => name) : [])),
    );
    carried = carried.filter((one) => !one.outputs.some(({ name }) => anew.has(name)));
    const told = tellFile(
      { ...file, statements, diagnostics, before: carried },
      names.get(file.path)!,
      options,
      fieldsOf,
      WAYS_MAX - ways,
    );
    ways += told.ways;
    events.push(told.event);
    jobs.push(told.job);
    for (const { namespace, name } of [...told.job.inputs, ...told.job.outputs]) described.add(`${namespace}\n${name}`);
    carried = [...carried, ...flat.filter((one) => one.outputs.some(({ temporary }) => temporary))].slice(-1000);
  }
  // Tables that a file only declares: their columns are worth telling, that they were filled would be untrue.
  for (const table of declared.values()) {
    const dataset = datasetOfTable(table, options.datasetNamespace);
    const fields = fieldsOf(table.parts);
    if (fields && !described.has(`${dataset.namespace}\n${dataset.name}`))
      events.push(datasetEvent(options.time, { ...dataset, fields }));
  }
  const learned =
    [...made.keys()].some((name) => unknown.has(name)) ||
    (earlier.size > 0 && [...made].some(([name, columns]) => earlier.get(name)?.join('\n') !== columns.join('\n')));
  return { events, jobs, made, learned };
}

/** `CREATE TABLE t (a int)`: there is a table, and nothing is in it. */
function isDeclaration(statement: StatementLineage, text: string): boolean {
  if (statement.kind !== 'create_table' || statement.inputs.length > 0 || statement.columns.length > 0) return false;
  return !/\b(?:select|values|table)\b/i.test(
    text.slice(statement.span.start.offset, statement.span.end.offset).replace(/^\s*create[^(]*?\btable\b/i, ''),
  );
}

function tellFile(
  { path, text, statements, diagnostics, before }: FileRead,
  name: string,
  options: SqlFolderOptions,
  fieldsOf: FieldsOf,
  waysLeft: number,
): { readonly event: ImportEvent; readonly job: ReadJob; readonly ways: number } {
  const { datasetNamespace, dialect } = options;
  const doing = statements.filter((one) => !isDeclaration(one, text));
  const { inputs, outputs, columns, influences } = compose([...before, ...doing]);
  // A step of an earlier file that writes a lasting table as well is told with that file.
  const written = new Set(doing.flatMap((one) => one.outputs.map((table) => table.name)));
  const views = new Set(
    doing.flatMap((one) => (one.kind === 'create_view' ? one.outputs.map((table) => table.name) : [])),
  );
  const kinds = new Map([...inputs, ...outputs].map((table) => [table.name, table]));
  const datasetOf = (table: string): AssetName | null => {
    const known = kinds.get(table);
    return known && !known.temporary ? datasetOfTable(known, datasetNamespace) : null;
  };
  const described = (table: TableRef): ToldDataset => {
    const fields = table.kind === 'table' ? fieldsOf(table.parts) : undefined;
    return {
      ...datasetOfTable(table, datasetNamespace),
      ...(views.has(table.name) && { type: 'VIEW' }),
      ...(fields && { fields }),
    };
  };
  const reads = inputs.filter((table) => !table.temporary && isRead(table.name, doing, before));
  const told = outputs.filter((table) => !table.temporary && written.has(table.name));
  const isTold = columns.length <= waysLeft;
  const edgesInto = grouped(isTold ? columns : [], ({ to }) => to.table);
  const influencesOn = grouped(isTold ? influences : [], ({ to }) => to);
  let traced = 0;
  const toldOutputs = told.map((table): ToldDataset => {
    const facet = columnFacet(edgesInto.get(table.name) ?? [], influencesOn.get(table.name) ?? [], datasetOf);
    traced += facet ? Object.keys(facet.fields).length : 0;
    return { ...described(table), ...(facet && { columns: facet }) };
  });
  const understood = statements.some((one) => one.kind !== 'other') || diagnostics.length === 0;
  const toldInputs = reads.map(described);
  const query = text.length <= QUERY_CHARACTERS_MAX ? redactLiterals(text, dialect).text : null;
  const job = { namespace: options.namespace, name };
  return {
    event: jobEvent(
      options.time,
      {
        ...job,
        integration: 'SQL',
        jobType: 'SCRIPT',
        tags: [options.tag],
        ...(query !== null && { sql: { query, dialect } }),
      },
      understood ? { inputs: toldInputs, outputs: toldOutputs } : null,
    ),
    job: {
      ...job,
      path,
      inputs: toldInputs.map(assetName),
      outputs: toldOutputs.map(assetName),
      columns: traced,
      diagnostics: diagnostics.slice(0, DIAGNOSTICS_MAX),
      understood,
      isWhole: isTold,
    },
    ways: isTold ? columns.length : 0,
  };
}

/** Read by the file itself, or behind a temporary table of an earlier file that it reads. */
function isRead(table: string, doing: readonly StatementLineage[], before: readonly StatementLineage[]): boolean {
  const flat = doing.flatMap((one) => (one.body.length > 0 ? one.body : [one]));
  const wanted = new Set(flat.flatMap((one) => one.inputs.map(({ name }) => name)));
  for (const one of before.toReversed())
    if (one.outputs.some(({ name }) => wanted.has(name))) for (const { name } of one.inputs) wanted.add(name);
  return wanted.has(table);
}

const assetName = ({ namespace, name }: AssetName): AssetName => ({ namespace, name });
const keyOf = (parts: readonly string[]): string => parts.join('.').toLowerCase();

/** Looked up by the whole name, or by the end of it that the schema file gives. */
function givenColumns(
  columns: SqlFolderOptions['columns'],
): (parts: readonly string[]) => readonly SchemaField[] | undefined {
  const byName = new Map<string, readonly SchemaField[]>();
  for (const [name, known] of Object.entries(columns))
    byName.set(
      name.replace(/["`[\]]/g, '').toLowerCase(),
      Array.isArray(known)
        ? (known as readonly string[]).map((column) => ({ name: column }))
        : Object.entries(known as Readonly<Record<string, string>>).map(([column, type]) => ({ name: column, type })),
    );
  return (parts) => {
    for (let skip = 0; skip < parts.length; skip++) {
      const found = byName.get(keyOf(parts.slice(skip)));
      if (found) return found;
    }
    return undefined;
  };
}

/** `nightly/01_load.sql` is `nightly/01_load`; where two files would have one name, they keep their endings. */
function jobNames(files: readonly SqlFile[]): ReadonlyMap<string, string> {
  const plain = (path: string) => path.replace(/\.[^./]+$/, '');
  const count = new Map<string, number>();
  for (const { path } of files) count.set(plain(path), (count.get(plain(path)) ?? 0) + 1);
  return new Map(files.map(({ path }) => [path, count.get(plain(path))! > 1 ? path : plain(path)]));
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** Folder by folder, the files of one together; numbers by their size: `2_load` before `10_load`. */
function comparePaths(a: string, b: string): number {
  return compareNames(folderOf(a), folderOf(b)) || compareNames(a, b);
}

function compareNames(a: string, b: string): number {
  const [left, right] = [a, b].map((path) => path.split(/(\d+)/)) as [string[], string[]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    if (left[i] === right[i]) continue;
    const numbers = i % 2 === 1 ? Number(left[i]) - Number(right[i]) : 0;
    if (numbers !== 0) return numbers;
    return left[i]! < right[i]! ? -1 : 1;
  }
  return left.length - right.length;
}
