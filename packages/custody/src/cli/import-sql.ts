import { basename, dirname, relative, resolve } from 'node:path';
import { readSqlFolder, sqlFolderTag } from '../producers/import/sql-folder.ts';
import { DIALECTS, dialectNamed } from '../producers/sql/dialect.ts';
import { readSqlFiles, type SqlFiles } from '../source/sql-files.ts';
import { readText } from './case-file.ts';
import { CommandError, EXIT, stringOf, timeOf, UsageError, type Invocation } from './command.ts';
import type { ImportPlan } from './import-plan.ts';

const DIAGNOSTICS_SHOWN = 3;

/** A folder of SQL files, or some files of one folder (then the others are left as they are). */
export async function importSql(
  paths: readonly string[],
  isFolder: boolean,
  invocation: Invocation,
): Promise<ImportPlan> {
  const folder = isFolder ? paths[0]! : dirname(paths[0]!);
  const read: SqlFiles = isFolder
    ? await readSqlFiles(folder)
    : await readSqlFiles(
        folder,
        paths.map((path) => relative(folder, path)),
      );
  const named = stringOf(invocation, 'dialect') ?? 'ansi';
  const dialect = dialectNamed(named);
  if (!dialect) throw new UsageError(`--dialect is one of ${DIALECTS.join(', ')}, not "${named}".`);
  const title = basename(resolve(folder));
  const namespace = stringOf(invocation, 'namespace') ?? title;
  const schemaFile = stringOf(invocation, 'schema-file');
  const tag = sqlFolderTag(title);
  const time = timeOf(invocation, 'at', 'start') ?? new Date().toISOString();
  const { events, jobs } = readSqlFolder(read.files, {
    dialect,
    namespace,
    datasetNamespace: stringOf(invocation, 'dataset-namespace') ?? namespace,
    database: stringOf(invocation, 'database') ?? null,
    schema: stringOf(invocation, 'schema') ?? null,
    columns: schemaFile === undefined ? {} : parseSchema(schemaFile, await readText(schemaFile)),
    tag,
    time,
    onFile: (path) => invocation.out.progress(`Reading ${path}`),
  });
  invocation.out.progress('');
  const notes: string[] = [];
  for (const { path, reason } of read.refused) notes.push(`${path} ${reason}: left out, its job stays as it was`);
  for (const { path, diagnostics, understood, isWhole } of jobs) {
    const told = diagnostics.filter(({ severity, code }) => severity === 'error' || code === 'unexpected-token');
    for (const { severity, line, column, message } of told.slice(0, DIAGNOSTICS_SHOWN))
      notes.push(`${path}:${line}:${column}: ${severity}: ${message}`);
    if (told.length > DIAGNOSTICS_SHOWN) notes.push(`${path}: and ${told.length - DIAGNOSTICS_SHOWN} more like these`);
    if (!isWhole) notes.push(`${path}: its column lineage is left out, there is more than an import tells`);
    if (!understood) notes.push(`${path}: nothing was understood; what its job reads and writes stays as it was`);
  }
  return {
    what: `${read.files.length} SQL files of ${title}`,
    time,
    events,
    jobs: jobs.filter(({ understood }) => understood),
    whole: isFolder ? { namespace, tag } : null,
    kept: new Set([
      ...jobs.map(({ name }) => name),
      ...read.refused.flatMap(({ path }) => [path, path.replace(/\.[^./]+$/, '')]),
    ]),
    notes,
    incomplete:
      read.refused.length > 0 ||
      jobs.some(
        ({ diagnostics, understood }) => !understood || diagnostics.some(({ severity }) => severity === 'error'),
      ),
  };
}

/** Columns by table, with or without types; a list of `{table, columns}` is no schema. Throws CommandError. */
function parseSchema(file: string, text: string): Record<string, readonly string[] | Record<string, string>> {
  try {
    const schema = JSON.parse(text) as unknown;
    if (typeof schema === 'object' && schema !== null && !Array.isArray(schema)) {
      const isSchema = Object.values(schema).every((columns) =>
        Array.isArray(columns)
          ? columns.every((column) => typeof column === 'string')
          : typeof columns === 'object' &&
            columns !== null &&
            Object.values(columns).every((type) => typeof type === 'string'),
      );
      if (isSchema) return schema as Record<string, readonly string[] | Record<string, string>>;
    }
  } catch {
    // told below
  }
  throw new CommandError(
    `${file} is not a schema.`,
    'Write JSON such as {"public.orders": ["id", "total"]} or {"public.orders": {"id": "int"}}.',
    EXIT.no,
  );
}
