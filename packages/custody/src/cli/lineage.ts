import type { ColumnEdge, Diagnostic, LineageCase, StatementLineage } from '../producers/sql/index.ts';
import { DIALECTS, dialectNamed } from '../producers/sql/dialect.ts';
import { eachStatement } from '../producers/sql/lineage.ts';
import { answerCases, readText } from './case-file.ts';
import { CommandError, EXIT, stringOf, UsageError, type Command, type Exit, type Invocation } from './command.ts';
import { formatTable } from './table.ts';

export const lineageSql: Command = {
  name: 'lineage sql',
  arguments: '[FILE.sql...]',
  summary: 'which columns each written column of a SQL file comes from',
  example: 'custody lineage sql nightly.sql --dialect snowflake --schema schema.json',
  details:
    'Reads the text alone: no database, no server. - is standard input. --schema is JSON: {"db.schema.table": ["column", ...]}; ' +
    'without it * stays *, and a name that two joined tables may have stays ambiguous. HOW says identity, transformation or ' +
    'aggregation, by what it decides the value indirectly, and whether a known mask stands between. What was not understood, ' +
    'and what was left out of a text that is too much work, is told on standard error; exit code 1 where the text is wrong. ' +
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
  const options = {
    dialect,
    defaultDatabase: stringOf(invocation, 'default-database') ?? null,
    defaultSchema: stringOf(invocation, 'default-schema') ?? null,
    ...(schema && { schema }),
  };
  const diagnostics: Diagnostic[] = [];
  let count = 0;
  let open = false;
  if (out.json) out.write(`{"file":${JSON.stringify(file)},"dialect":"${dialectNamed(dialect)}","statements":[`);
  // One after another: the lineage of a large script is larger than the script.
  for (const found of eachStatement(await readText(file), options)) {
    for (const diagnostic of found.diagnostics) diagnostics.push(diagnostic);
    if (!found.statement) continue;
    if (out.json) out.write(`${count > 0 ? ',' : ''}${JSON.stringify(found.statement)}`);
    else out.write(formatStatement(file, found.statement));
    open ||= found.statement.columns.some(isOpen);
    count++;
  }
  if (out.json) out.write(`],"diagnostics":${JSON.stringify(diagnostics)}}\n`);
  for (const { severity, line, column, message } of diagnostics)
    out.note(`${file}:${line}:${column}: ${severity}: ${message}`);
  if (count === 0) out.note(`${file}: no statement in it`);
  if (open && !out.json)
    out.note(
      `${file}: some columns are known only as *, or may be of several tables; --schema says which columns a table has`,
    );
  return diagnostics.some(({ severity }) => severity === 'error') ? EXIT.no : EXIT.ok;
}

/** A schema would say more about it. */
function isOpen({ from, certainty, candidatesKnown, throughStar }: ColumnEdge): boolean {
  return throughStar || from.column === '*' || (certainty === 'ambiguous' && !candidatesKnown);
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
