/** The code of a notebook as one Python text: what is no Python (magics, shell, SQL) is replaced line by line, so that lines stay. */

export interface CodeCell {
  /** From 1, among all cells. */
  readonly cell: number;
  readonly source: string;
  /** Line of the file for a line of the source, from 0. */
  readonly at: (line: number) => number;
}

export interface PythonCells {
  readonly text: string;
  /** By line of the text, from 0. */
  readonly places: readonly { readonly cell: number; readonly line: number }[];
}

/** What stands for SQL: a call whose first argument is the statement, and the second the engine, where the magic says it. */
export const SQL_CALL = '__custody_sql__';
/** What stands for a command of the shell. */
export const SHELL_CALL = '__custody_shell__';

/** `%%time`, and others whose cell is Python all the same. */
const OF_PYTHON = /^%%(?:time|timeit|capture|prun|python3?|memit|mprun|wandb|skip|pyspark|spark|local)\b/;
const SQL_CELL = /^%%(sql|sparksql|bigquery|duckdb|read_sql|dql|dql_sql)\b[ \t]*(.*)$/;
const SQL_LINE = /^(\s*)(?:([A-Za-z_]\w*)\s*=\s*)?%(sql|sparksql|duckdb|bigquery)\s+(\S.*)$/;
/** `! ls` only where a line begins: further in, `%` and `!=` go on with an expression. */
const MAGIC_LINE = /^(?:(\s*)(?:([A-Za-z_][\w.]*)\s*=\s*)?([!%])(?=[A-Za-z_./~$("'{])(.*)|()()(!)(?!=)(.*))$/;
const HELP = /^\s*\?{1,2}\S|^[\w.\s]*\?{1,2}\s*$/;

export function pythonCells(cells: readonly CodeCell[]): PythonCells {
  const lines: string[] = [];
  const places: { cell: number; line: number }[] = [];
  for (const { cell, source, at } of cells) {
    const python = pythonLines(source);
    for (const [i, line] of python.entries()) {
      lines.push(line);
      places.push({ cell, line: at(i) });
    }
  }
  return { text: lines.join('\n'), places };
}

/** As many lines as the source has. */
function pythonLines(source: string): string[] {
  const lines = source.split('\n').map((line) => line.replace(/\r$/, ''));
  const first = lines.findIndex((line) => line.trim() !== '');
  const head = lines[first] ?? '';
  if (head.startsWith('%%') && !OF_PYTHON.test(head)) return ofOtherCell(lines, first, head);
  let quote: string | null = null;
  return lines.map((line, i) => {
    const isInText = quote !== null;
    quote = quoteAfter(line, quote);
    if (isInText) return line;
    if (i === first && head.startsWith('%%')) return '';
    return pythonLine(line);
  });
}

function ofOtherCell(lines: readonly string[], first: number, head: string): string[] {
  const blank = lines.map(() => '');
  const sql = SQL_CELL.exec(head);
  const body = lines.slice(first + 1).join('\n');
  if (sql) {
    const [, engine = '', rest = ''] = sql;
    // `%%sql result <<`, `%%bigquery result --project x`; what stands behind it else is a connection, or SQL.
    const target =
      /^([A-Za-z_]\w*)\s*<</.exec(rest)?.[1] ?? (engine === 'bigquery' ? /^([A-Za-z_]\w*)/.exec(rest)?.[1] : undefined);
    const own = /^(?:select|with|insert|create|merge|copy|from)\b/i.test(rest) ? `${rest}\n` : '';
    blank[first] = `${target === undefined ? '' : `${target} = `}${SQL_CALL}(${quoted(own + body)}, ${quoted(engine)})`;
  } else if (/^%%(?:bash|sh|script|system|!)/.test(head)) {
    for (let i = first + 1; i < lines.length; i++)
      if (lines[i]!.trim() !== '') blank[i] = `${SHELL_CALL}(${quoted(lines[i]!)})`;
  }
  return blank;
}

function pythonLine(line: string): string {
  const sql = SQL_LINE.exec(line);
  if (sql) {
    const [, indent = '', target, engine = '', text = ''] = sql;
    // A connection, not a statement.
    if (/^[\w+]+:\/\//.test(text)) return `${indent}None`;
    return `${indent}${target === undefined ? '' : `${target} = `}${SQL_CALL}(${quoted(text)}, ${quoted(engine)})`;
  }
  const magic = MAGIC_LINE.exec(line);
  if (magic) {
    const [indent = '', target, sign = '', text = ''] =
      magic[3] === undefined ? ['', undefined, '!', magic[8]] : magic.slice(1);
    // `%timeit f(x)` runs what stands behind it.
    const timed = /^(?:time|timeit|prun|memit)\s+(?:-\w+\s+\S+\s+)*(\S.*)$/.exec(sign === '%' ? text : '')?.[1];
    if (timed !== undefined) return `${indent}${timed}`;
    const call = sign === '!' ? `${SHELL_CALL}(${quoted(text)})` : 'None';
    return `${indent}${target === undefined ? '' : `${target} = `}${call}`;
  }
  return line.length < 200 && HELP.test(line) && !line.trimStart().startsWith('#') ? '' : line;
}

/** JSON's strings are Python's. */
const quoted = (text: string): string => JSON.stringify(text);

/** Which triple quotation marks are open after a line. */
function quoteAfter(line: string, open: string | null): string | null {
  let quote = open;
  if (quote === null && !line.includes('"""') && !line.includes("'''")) return null;
  for (const [mark] of line.matchAll(/"""|'''|#/g)) {
    if (quote === null && mark === '#') return null;
    if (mark === '#') continue;
    if (quote === null) quote = mark;
    else if (quote === mark) quote = null;
  }
  return quote;
}
