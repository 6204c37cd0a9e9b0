import type { ColumnEdge, LineageCase, StatementLineage } from '../producers/sql/index.ts';
import { DIALECTS, dialectNamed } from '../producers/sql/dialect.ts';
import { lineage } from '../producers/sql/lineage.ts';
import { answerCases, readText } from './case-file.ts';
import { CommandError, EXIT, stringOf, UsageError, type Command, type Exit, type Invocation } from './command.ts';
import { formatTable } from './table.ts';

export const lineageSql: Command = {
  name: 'lineage sql',
  arguments: '[FILE.sql...]',
  summary: 'which columns each written column of a SQL file comes from',
  example: 'custody lineage sql nightly.sql --dialect snowflake --schema schema.json',
  details:
    'Reads the text alone: no database, no server. - is standard input. --schema is JSON: {"db.schema.table": ["column", ...]}. ' +
    '--cases takes JSON lines with id, dialect, sql and schema, and writes one prediction a line to --out.',
  options: {
    dialect: { type: 'string', value: 'NAME', help: `one of ${DIALECTS.join(', ')} (default ansi)` },
    schema: { type: 'string', value: 'FILE', help: 'columns of the tables, for stars and unqualified names' },
    'default-database': { type: 'string', value: 'NAME', help: 'database of names that name none' },
    'default-schema': { type: 'string', value: 'NAME', help: 'schema of names that name none' },
    cases: { type: 'string', value: 'FILE', help: 'predict many cases at once' },
    out: { type: 'string', short: 'o', value: 'FILE', help: 'where predictions go' },
  },
  async run(invocation) {
    const cases = stringOf(invocation, 'cases');
    if (cases !== undefined) {
      const { predictCase } = await import('../producers/sql/index.ts'); // only here: a start of less than 100 ms is counted
      const predictLine = (line: string): string => JSON.stringify(predictCase(JSON.parse(line) as LineageCase));
      return answerCases(cases, stringOf(invocation, 'out'), invocation.out, predictLine);
    }
    if (invocation.positionals.length === 0) throw new UsageError('Name a SQL file, or --cases.');
    let exit: Exit = EXIT.ok;
    for (const file of invocation.positionals) {
      if ((await traceFile(file, invocation)) === EXIT.no) exit = EXIT.no;
    }
    return exit;
  },
};

async function traceFile(file: string, invocation: Invocation): Promise<Exit> {
  const { out } = invocation;
  const dialect = stringOf(invocation, 'dialect') ?? 'ansi';
  if (!dialectNamed(dialect)) throw new UsageError(`--dialect is one of ${DIALECTS.join(', ')}, not "${dialect}".`);
  const schemaFile = stringOf(invocation, 'schema');
  const schema = schemaFile === undefined ? undefined : parseSchema(schemaFile, await readText(schemaFile));
  const result = lineage(await readText(file), {
    dialect,
    defaultDatabase: stringOf(invocation, 'default-database') ?? null,
    defaultSchema: stringOf(invocation, 'default-schema') ?? null,
    ...(schema && { schema }),
  });
  if (out.json) out.write(`${JSON.stringify({ file, ...result })}\n`);
  else for (const statement of result.statements) out.write(formatStatement(file, statement));
  for (const { severity, line, column, message } of result.diagnostics)
    out.note(`${file}:${line}:${column}: ${severity}: ${message}`);
  return result.diagnostics.some(({ severity }) => severity === 'error') ? EXIT.no : EXIT.ok;
}

function formatStatement(file: string, { kind, span, inputs, outputs, columns }: StatementLineage): string {
  const names = (tables: readonly { readonly name: string }[]) =>
    tables.map(({ name }) => name).join(', ') || 'nothing';
  const head = `${file}:${span.start.line} ${kind}: ${names(inputs)} -> ${names(outputs)}\n`;
  if (columns.length === 0) return `${head}\n`;
  const rows = formatTable(
    [
      { head: 'COLUMN', value: ({ to }: ColumnEdge) => (to.table === null ? to.column : `${to.table}.${to.column}`) },
      { head: 'COMES FROM', value: ({ from }: ColumnEdge) => `${from.table}.${from.column}` },
      { head: 'HOW', value: howOf },
      { head: 'LINE', value: ({ span: at }: ColumnEdge) => String(at.start.line), align: 'right' },
    ],
    columns,
  );
  return `${head}${rows.replaceAll(/^/gm, '  ').trimEnd()}\n\n`;
}

function howOf({ kind, via, masked, certainty, candidates }: ColumnEdge): string {
  const words = [via === null ? kind : `${kind} by ${via}`];
  if (masked) words.push('masked');
  if (certainty === 'ambiguous') words.push(`ambiguous: ${candidates.join(' or ')}`);
  if (certainty === 'inferred') words.push('inferred');
  return words.join(', ');
}

function parseSchema(file: string, text: string): Record<string, string[]> {
  try {
    const schema = JSON.parse(text) as unknown;
    if (typeof schema === 'object' && schema !== null && !Array.isArray(schema))
      return schema as Record<string, string[]>;
  } catch {
    // told below
  }
  throw new CommandError(`${file} is not a schema.`, 'Write JSON such as {"public.orders": ["id", "total"]}.', EXIT.no);
}
