/**
 * SQL without its literals: what a query does stays readable, what it is about does not leave the producer.
 *
 * A safety function, so it is not a parser of one dialect. What is a string in one dialect is a name in another, and a
 * wrong guess at one quote turns the rest of the text inside out. So where the dialect leaves a question open, the text
 * is read in every way that matters, and a character is kept only if every reading takes it for code.
 * Each reading is one pass without backtracking.
 *
 * KNOWN GAP: names are kept, and people put values into names: `SELECT 1 AS "Bob Smith"`, `sales_of_bob`.
 * KNOWN GAP: the bodies of procedures between dollar quotes are strings, so they go as a whole.
 */

export interface LiteralsFound {
  readonly text: string;
  readonly count: number;
}

type Choice = 'yes' | 'no' | 'either';

/** How a dialect quotes. */
interface Quoting {
  /** `\'` does not end a string. */
  readonly backslash: Choice;
  readonly doubleQuoted: 'identifier' | 'string' | 'either';
  /** `'''...'''` and `"""..."""` (BigQuery, and Python in source code). */
  readonly triple: Choice;
  /** `-- ...` and `/* ... *\/`. */
  readonly sqlComments: boolean;
  /** `/* /* *\/ *\/` is one comment. */
  readonly nestedComments: Choice;
  /** `# ...` to the end of the line. */
  readonly hashComments: Choice;
  /** `// ...` to the end of the line (Snowflake). */
  readonly slashComments: Choice;
  /** `[name]` (T-SQL). */
  readonly brackets: boolean;
  /** r'\' is a whole string (Spark); elsewhere a raw string still cannot end after a backslash. */
  readonly rawWithoutBackslash: boolean;
  /** `$1` is a parameter or a column, not an amount of money. */
  readonly dollarParameters: boolean;
  readonly backticks: 'identifier' | 'string';
}

const ANSI: Quoting = {
  backslash: 'no',
  doubleQuoted: 'identifier',
  triple: 'no',
  sqlComments: true,
  nestedComments: 'either',
  hashComments: 'no',
  slashComments: 'no',
  brackets: false,
  rawWithoutBackslash: false,
  dollarParameters: true,
  backticks: 'identifier',
};
/** NO_BACKSLASH_ESCAPES is a setting that the text does not show, hence `either`. */
const MYSQL: Quoting = { ...ANSI, backslash: 'either', doubleQuoted: 'string', hashComments: 'yes' };
const SPARK: Quoting = { ...ANSI, backslash: 'yes', doubleQuoted: 'string', rawWithoutBackslash: true };
const TSQL: Quoting = { ...ANSI, brackets: true, nestedComments: 'yes', dollarParameters: false };
const BIGQUERY: Quoting = { ...ANSI, backslash: 'yes', doubleQuoted: 'string', triple: 'yes', hashComments: 'yes' };

const DIALECTS: ReadonlyMap<string, Quoting> = new Map([
  ...['ansi', 'postgres', 'postgresql', 'redshift', 'duckdb', 'trino', 'presto', 'athena', 'oracle', 'db2'].map(
    (name) => [name, ANSI] as const,
  ),
  ...['teradata', 'vertica', 'exasol', 'greenplum', 'cockroachdb', 'hsqldb', 'derby', 'h2'].map(
    (name) => [name, ANSI] as const,
  ),
  // SQLite reads a double-quoted name that names nothing as a string.
  ['sqlite', { ...ANSI, doubleQuoted: 'either' }],
  ...['mysql', 'mariadb', 'tidb', 'singlestore', 'memsql', 'doris', 'starrocks'].map((name) => [name, MYSQL] as const),
  ...['spark', 'sparksql', 'spark2', 'spark3', 'databricks', 'hive', 'impala'].map((name) => [name, SPARK] as const),
  ...['bigquery', 'googlesql', 'standardsql'].map((name) => [name, BIGQUERY] as const),
  ...['tsql', 'mssql', 'sqlserver', 'synapse', 'fabric'].map((name) => [name, TSQL] as const),
  ['snowflake', { ...ANSI, backslash: 'yes', slashComments: 'yes' }],
  ['clickhouse', { ...ANSI, backslash: 'yes', hashComments: 'either' }],
]);

const UNKNOWN: Quoting = {
  backslash: 'either',
  doubleQuoted: 'either',
  triple: 'either',
  sqlComments: true,
  nestedComments: 'either',
  hashComments: 'either',
  slashComments: 'either',
  brackets: false,
  rawWithoutBackslash: false,
  dollarParameters: false,
  backticks: 'identifier',
};

/** Source code of a job: everything between quotes of any kind goes, and what looks like a comment. */
const CODE: Quoting = { ...UNKNOWN, doubleQuoted: 'string', backticks: 'string' };
const PYTHON: Quoting = {
  ...CODE,
  backslash: 'yes',
  triple: 'yes',
  hashComments: 'yes',
  slashComments: 'no',
  sqlComments: false,
};
/** Single quotes know no backslash, double quotes do. */
const SHELL: Quoting = { ...CODE, triple: 'no', hashComments: 'either', slashComments: 'no', sqlComments: false };
const JVM: Quoting = { ...CODE, backslash: 'yes', triple: 'yes', hashComments: 'no', slashComments: 'yes' };

const LANGUAGES: ReadonlyMap<string, Quoting> = new Map([
  ...['python', 'pyspark', 'python3', 'r'].map((name) => [name, PYTHON] as const),
  ...['bash', 'shell', 'sh', 'zsh'].map((name) => [name, SHELL] as const),
  ...['scala', 'java', 'kotlin'].map((name) => [name, JVM] as const),
]);

/** One way to read a text: every choice made. */
interface Reading {
  readonly backslash: boolean;
  readonly triple: boolean;
  readonly nestedComments: boolean;
  readonly hashComments: boolean;
  readonly slashComments: boolean;
}

type SpanKind = 'string' | 'number' | 'line-comment' | 'block-comment';

interface Span {
  readonly start: number;
  readonly end: number;
  readonly kind: SpanKind;
}

/** SQL with every literal and comment replaced. `dialect` as producers spell it; unknown is read in every way. */
export function redactLiterals(sql: string, dialect: string | null = null): LiteralsFound {
  const quoting = dialect === null ? undefined : DIALECTS.get(dialect.toLowerCase().replace(/[^a-z0-9]/g, ''));
  return withoutLiterals(sql, quoting ?? UNKNOWN);
}

/** Source code that is not SQL (Python, shell, Scala), with every string, number and comment replaced. */
export const redactCode = (code: string, language: string | null = null): LiteralsFound =>
  withoutLiterals(code, LANGUAGES.get((language ?? '').toLowerCase()) ?? CODE);

function withoutLiterals(text: string, quoting: Quoting): LiteralsFound {
  const readings = readingsOf(text, quoting);
  const spans: Span[] = inlineData(text);
  for (const reading of readings) {
    // Not push(...spans): a text may hold more literals than a call may have arguments.
    for (const span of literalsIn(text, quoting, reading)) spans.push(span);
  }
  return replaced(text, merged(spans));
}

/** What to try of a choice, if the text gives an occasion for it. */
const both = (choice: Choice, occasion: boolean): readonly boolean[] =>
  choice === 'either' ? (occasion ? [true, false] : [false]) : [choice === 'yes'];

/** Choices that the text gives no occasion for are not made twice. */
function readingsOf(text: string, quoting: Quoting): readonly Reading[] {
  const firstComment = text.indexOf('/*');
  const readings: Reading[] = [];
  for (const backslash of both(quoting.backslash, text.includes('\\'))) {
    for (const triple of both(quoting.triple, text.includes("'''") || text.includes('"""'))) {
      for (const nestedComments of both(
        quoting.nestedComments,
        firstComment >= 0 && text.indexOf('/*', firstComment + 2) >= 0,
      )) {
        for (const hashComments of both(quoting.hashComments, text.includes('#'))) {
          for (const slashComments of both(quoting.slashComments, text.includes('//'))) {
            readings.push({ backslash, triple, nestedComments, hashComments, slashComments });
          }
        }
      }
    }
  }
  return readings;
}

/** `COPY t FROM STDIN;` is followed by rows, up to a line `\.` (PostgreSQL's dumps). */
function inlineData(text: string): Span[] {
  const spans: Span[] = [];
  const copies = /\bfrom\s{1,100}stdin\b[^;]{0,1000};/gi;
  for (let copy = copies.exec(text); copy; copy = copies.exec(text)) {
    const start = copies.lastIndex;
    const terminator = text.indexOf('\n\\.', start);
    const end = terminator < 0 ? text.length : terminator;
    if (text.slice(start, end).trim() !== '') spans.push({ start, end, kind: 'string' });
    copies.lastIndex = end;
  }
  return spans;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
/** Letters, digits, `_`, `$` and all beyond ASCII but typographic quotes and spaces. NaN, the end, is none. */
const isWord = (code: number): boolean =>
  isDigit(code) ||
  (code >= 65 && code <= 90) ||
  (code >= 97 && code <= 122) ||
  code === 95 ||
  code === 36 ||
  (code > 0xa0 && !(code >= 0x2018 && code <= 0x201f) && code !== 0x3000);

const APOSTROPHE = 39;
const DOUBLE_QUOTE = 34;
const BACKTICK = 96;
const BACKSLASH = 92;

/** Prefixes of strings; `u&` comes as `&` after `u`. What they prefix is a string whatever its content. */
const STRING_PREFIXES: ReadonlySet<string> = new Set([
  'q',
  'nq',
  'e',
  'n',
  'x',
  'b',
  'r',
  'u',
  'f',
  'rb',
  'br',
  'bx',
  'nx',
]);

/** A double-quoted text met where the dialect does not say what it is. */
interface DoubleQuoted extends Span {
  /** A name before or after a dot: no dialect has a string there. */
  readonly isDotted: boolean;
  /** After FROM of a query, JOIN, INTO, ...: no dialect has a string there. */
  readonly isTable: boolean;
  readonly isAlias: boolean;
  readonly isAfterOperator: boolean;
}

const TABLE_WORDS: ReadonlySet<string> = new Set(['join', 'into', 'update', 'table', 'view', 'schema', 'database']);
const VALUE_WORDS: ReadonlySet<string> = new Set([
  'like',
  'ilike',
  'rlike',
  'regexp',
  'in',
  'values',
  'between',
  'then',
  'else',
  'escape',
  'interval',
  'date',
  'timestamp',
]);

function literalsIn(text: string, quoting: Quoting, reading: Reading): readonly Span[] {
  const spans: Span[] = [];
  const undecided: DoubleQuoted[] = [];
  /** For each open parenthesis, whether a SELECT stands in it: only then is its FROM the FROM of a query. */
  const holdsSelect: boolean[] = [true];
  const length = text.length;
  let word = '';
  let symbol = 0;
  let at = 0;
  let lastUnpaired = -1;
  const codeAt = (position: number): number => text.charCodeAt(position);
  const add = (start: number, end: number, kind: SpanKind): void => {
    spans.push({ start, end, kind });
    at = end;
  };

  while (at < length) {
    const code = codeAt(at);
    if (isSpace(code)) {
      at++;
      continue;
    }

    if (quoting.sqlComments && code === 45 && codeAt(at + 1) === 45) {
      add(at, endOfLine(text, at), 'line-comment');
      continue;
    }
    if (quoting.sqlComments && code === 47 && codeAt(at + 1) === 42) {
      add(at, endOfBlockComment(text, at, reading.nestedComments), 'block-comment');
      continue;
    }
    if (reading.slashComments && code === 47 && codeAt(at + 1) === 47) {
      add(at, endOfLine(text, at), 'line-comment');
      continue;
    }
    if (reading.hashComments && code === 35) {
      add(at, endOfLine(text, at), 'line-comment');
      continue;
    }

    if (isWord(code)) {
      if (isDigit(code)) {
        const isParameter = symbol === 63 && codeAt(at - 1) === 63;
        const end = endOfNumber(text, at);
        if (isParameter || isBind(text, at)) at = end;
        else add(at, end, 'number');
        word = '';
        symbol = 48;
        continue;
      }
      if (code === 36) {
        const end = endOfDollar(text, at, quoting);
        if (end.kind === 'string') add(at, end.at, 'string');
        else if (end.kind === 'number') add(at + 1, end.at, 'number');
        else at = end.at;
        word = '';
        symbol = 0;
        continue;
      }
      const start = at;
      while (isWord(codeAt(at))) at++;
      word = at - start <= 16 ? text.slice(start, at).toLowerCase() : '-';
      symbol = 0;
      const next = codeAt(at);
      if (next === APOSTROPHE || (next === DOUBLE_QUOTE && quoting.doubleQuoted !== 'identifier')) {
        const q = word === 'q' || word === 'nq' ? endOfOracleQuote(text, at) : -1;
        if (q >= 0) add(start, q, 'string');
        else if (STRING_PREFIXES.has(word)) {
          const isRaw = word.includes('r');
          const backslash = word === 'e' || (isRaw && quoting.rawWithoutBackslash ? false : reading.backslash);
          add(start, endOfQuoted(text, at, backslash, reading.triple), 'string');
        } else continue;
        word = '';
        symbol = APOSTROPHE;
      } else if (word === 'u' && next === 38 && codeAt(at + 1) === APOSTROPHE) {
        add(start, endOfQuoted(text, at + 1, reading.backslash, false), 'string');
        word = '';
        symbol = APOSTROPHE;
      } else if (word === 'select') holdsSelect[holdsSelect.length - 1] = true;
      continue;
    }

    if (code === APOSTROPHE) {
      add(at, endOfQuoted(text, at, reading.backslash, reading.triple), 'string');
      word = '';
      symbol = APOSTROPHE;
      continue;
    }
    if (code === DOUBLE_QUOTE) {
      const end = endOfQuoted(text, at, reading.backslash && quoting.doubleQuoted !== 'identifier', reading.triple);
      const isClosed = end > at + 1 && codeAt(end - 1) === DOUBLE_QUOTE;
      if (quoting.doubleQuoted === 'string' || !isClosed) add(at, end, 'string');
      else if (quoting.doubleQuoted === 'either') {
        undecided.push({
          start: at,
          end,
          kind: 'string',
          isDotted: (symbol === 46 && codeAt(at - 1) === 46) || (codeAt(end) === 46 && !isDigit(codeAt(end + 1))),
          isTable: symbol === 0 && (TABLE_WORDS.has(word) || (word === 'from' && holdsSelect.at(-1) === true)),
          isAlias: symbol === 0 && word === 'as',
          isAfterOperator: symbol === 0 ? VALUE_WORDS.has(word) : '=<>!|+-*/%~^&'.includes(String.fromCharCode(symbol)),
        });
      }
      at = end;
      word = '';
      symbol = DOUBLE_QUOTE;
      continue;
    }
    if (code === BACKTICK) {
      const close = text.indexOf('`', at + 1);
      if (close < 0 || quoting.backticks === 'string') add(at, close < 0 ? length : close + 1, 'string');
      at = close < 0 ? length : close + 1;
      word = '';
      symbol = BACKTICK;
      continue;
    }
    if (code === 91 && quoting.brackets) {
      const close = text.indexOf(']', at + 1);
      if (close < 0) add(at, length, 'string');
      else at = close + 1;
      word = '';
      symbol = 93;
      continue;
    }
    if ((code === 0x2018 || code === 0x201c) && at > lastUnpaired) {
      const close = text.indexOf(code === 0x2018 ? '\u2019' : '\u201d', at + 1);
      if (close >= 0) {
        add(at, close + 1, 'string');
        continue;
      }
      // An apostrophe in prose. None of this kind closes further on either, so that is not asked again.
      lastUnpaired = length;
    }
    if (code === 46 && isDigit(codeAt(at + 1)) && !isOperandEnd(text, at)) {
      add(at, endOfNumber(text, at), 'number');
      word = '';
      symbol = 48;
      continue;
    }
    if (code === 40) holdsSelect.push(false);
    else if (code === 41 && holdsSelect.length > 1) holdsSelect.pop();
    word = '';
    symbol = code;
    at++;
  }

  const isProven = undecided.some(({ isDotted, isTable }) => isDotted || isTable);
  for (const quoted of undecided) {
    if (!isSurelyName(text, quoted, isProven)) spans.push(quoted);
  }
  return spans;
}

/**
 * In MySQL, BigQuery and Spark "x" is a string, elsewhere a name. One double-quoted text where no dialect has a string
 * shows that the statement comes from elsewhere; without it all of them go, but for aliases. With it those still go that
 * do not look like a name, or look like a value and stand where a value would.
 */
function isSurelyName(text: string, quoted: DoubleQuoted, isProven: boolean): boolean {
  const content = text.slice(quoted.start + 1, quoted.end - 1);
  if (content.length > 128 || /[@'"`\\\n\r]/.test(content) || !/[\p{L}_]/u.test(content)) return false;
  if (quoted.isDotted || quoted.isTable || quoted.isAlias) return true;
  if (quoted.isAfterOperator && /[^\p{L}\p{N}_$]/u.test(content)) return false;
  return isProven;
}

function endOfLine(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  const end = newline < 0 ? text.length : newline;
  return text.charCodeAt(end - 1) === 13 ? end - 1 : end;
}

/** Unclosed, a comment is the rest of the text. */
function endOfBlockComment(text: string, at: number, nested: boolean): number {
  let depth = 1;
  let i = at + 2;
  for (;;) {
    const close = text.indexOf('*/', i);
    if (close < 0) return text.length;
    if (!nested) return close + 2;
    for (let open = text.indexOf('/*', i); open >= 0 && open < close; open = text.indexOf('/*', open + 2)) depth++;
    if (--depth === 0) return close + 2;
    i = close + 2;
  }
}

/**
 * Behind the closing quote of what opens at `at` (either kind of quote), or the end of the text. A doubled quote does not
 * close; in dialects without it two strings touch, which covers the same characters.
 */
function endOfQuoted(text: string, at: number, backslash: boolean, triple: boolean): number {
  const quote = text.charCodeAt(at);
  const length = text.length;
  if (triple && text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote) {
    for (let i = at + 3; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code === BACKSLASH && backslash) i++;
      else if (code === quote && text.charCodeAt(i + 1) === quote && text.charCodeAt(i + 2) === quote) return i + 3;
    }
    return length;
  }
  for (let i = at + 1; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code === BACKSLASH && backslash) i++;
    else if (code === quote) {
      if (text.charCodeAt(i + 1) !== quote) return i + 1;
      i++;
    }
  }
  return length;
}

/** Oracle's q'[...]' with `at` on the apostrophe; -1 if none opens there. */
function endOfOracleQuote(text: string, at: number): number {
  if (text.charCodeAt(at) !== APOSTROPHE) return -1;
  const open = text[at + 1];
  if (open === undefined || isSpace(open.charCodeAt(0))) return -1;
  const close = { '[': ']', '(': ')', '{': '}', '<': '>' }[open] ?? open;
  const end = text.indexOf(`${close}'`, at + 2);
  return end < 0 ? text.length : end + 2;
}

/** Digits and all that clings to them: 0xFF, 1_000, 10L, 5BD, 1.5e-10. */
function endOfNumber(text: string, at: number): number {
  let i = at;
  const isHex = text.charCodeAt(at) === 48 && (text.charCodeAt(at + 1) | 32) === 120;
  for (;;) {
    const code = text.charCodeAt(i);
    if (isWord(code) || code === 46) i++;
    else if (
      (code === 43 || code === 45) &&
      !isHex &&
      i > at &&
      (text.charCodeAt(i - 1) | 32) === 101 &&
      isDigit(text.charCodeAt(i + 1))
    ) {
      i++;
    } else return i;
  }
}

/** `:1` and `?1` where a value stands, not the upper bound of a slice or a member of an object. */
function isBind(text: string, at: number): boolean {
  if (text.charCodeAt(at - 1) !== 58) return false;
  const before = text.charCodeAt(at - 2);
  return isSpace(before) || before === 40 || before === 44 || before === 61;
}

/** True if what ends before `at` is a name or an operand, so that a dot there is no decimal point. */
function isOperandEnd(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return isWord(before) || before === 41 || before === 93 || before === DOUBLE_QUOTE || before === BACKTICK;
}

type DollarEnd = { readonly kind: 'string' | 'number' | 'name'; readonly at: number };

/** `$$...$$` and `$tag$...$tag$` (PostgreSQL, DuckDB, Snowflake), `$1`, `$500.00`, `$name`. */
function endOfDollar(text: string, at: number, quoting: Quoting): DollarEnd {
  let i = at + 1;
  if (isDigit(text.charCodeAt(i))) {
    const end = endOfNumber(text, i);
    const isParameter = quoting.dollarParameters && end - i <= 3 && !text.slice(i, end).includes('.');
    return { kind: isParameter ? 'name' : 'number', at: end };
  }
  for (;;) {
    const code = text.charCodeAt(i);
    if (code === 36) {
      const tag = text.slice(at, i + 1);
      const close = text.indexOf(tag, i + 1);
      return { kind: 'string', at: close < 0 ? text.length : close + tag.length };
    }
    if (!isWord(code)) return { kind: 'name', at: i };
    i++;
  }
}

/** Spans in order without overlaps. Readings that disagree, and strings that touch, become one string. */
function merged(spans: readonly Span[]): readonly Span[] {
  const sorted = spans.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const result: Span[] = [];
  for (const span of sorted) {
    const last = result.at(-1);
    const touches = last && last.kind === 'string' && span.kind === 'string' && span.start === last.end;
    if (!last || (span.start >= last.end && !touches)) {
      result.push(span);
    } else if (span.end > last.end || touches) {
      const kind = span.start === last.start && span.kind === last.kind ? last.kind : 'string';
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end), kind };
    }
  }
  return result;
}

const STAND_IN: { readonly [kind in SpanKind]: string } = {
  string: "'?'",
  number: '?',
  'line-comment': '-- ?',
  'block-comment': '/* ? */',
};

function replaced(text: string, spans: readonly Span[]): LiteralsFound {
  let result = '';
  let from = 0;
  let count = 0;
  for (const { start, end, kind } of spans) {
    const standIn = STAND_IN[kind];
    if (end - start === standIn.length && text.startsWith(standIn, start)) continue;
    result += text.slice(from, start) + standIn;
    from = end;
    count++;
  }
  return count === 0 ? { text, count } : { text: result + text.slice(from), count };
}
