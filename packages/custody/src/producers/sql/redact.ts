/**
 * SQL without its literals, for logs and evidence: every string and number becomes `?`, comments lose their contents, and
 * all words, names and punctuation stay. What is not closed is redacted to the end of the text, and where no dialect is
 * given every reading that a dialect might have is redacted, because a literal that slips through cannot be called back.
 */
import { dialectNamed, traitsOf, type Dialect, type DialectTraits } from './dialect.ts';
import { T, tokenize } from './token.ts';

type Masked = { readonly start: number; readonly end: number; readonly by: string };

const COMPARISONS = new Set([
  'LIKE',
  'ILIKE',
  'RLIKE',
  'REGEXP',
  'BETWEEN',
  'THEN',
  'ELSE',
  'ESCAPE',
  'DEFAULT',
  'SEPARATOR',
]);
const VALUE_LISTS = new Set(['VALUES', 'IN']);
const LIST_ENDS = new Set(['SELECT', 'FROM', 'WHERE', 'AND', 'OR', 'ON', 'GROUP', 'ORDER', 'INTO', 'SET']);

/** Linear in the length of the text; never throws. */
export function redactLiterals(sql: string, dialect?: Dialect | (string & {})): string {
  const named = dialect === undefined ? undefined : dialectNamed(dialect);
  if (named) return rewrite(sql, maskedBy(sql, traitsOf(named), false).masked);
  // A backslash before a quote, or a double quote, means different things: redact what either reading calls a literal.
  const ansi = traitsOf('ansi');
  const readings = [maskedBy(sql, { ...ansi, nestedComments: false }, true)];
  if (/\\['"]/.test(sql))
    readings.push(maskedBy(sql, { ...ansi, backslashEscapes: true, nestedComments: false }, true));
  if (sql.includes('/*')) readings.push(maskedBy(sql, ansi, true));
  if (sql.includes('#')) readings.push(maskedBy(sql, traitsOf('postgres'), true));
  // A reading that leaves a string open is not the one the author meant, unless all of them do.
  const closed = readings.filter(({ isClosed }) => isClosed);
  const meant = (closed.length > 0 ? closed : readings).map(({ masked }) => masked);
  return rewrite(sql, meant.length === 1 ? meant[0]! : union(meant));
}

interface Reading {
  readonly masked: Masked[];
  readonly isClosed: boolean;
}

function maskedBy(sql: string, traits: DialectTraits, unsure: boolean): Reading {
  const tokens = tokenize(sql, traits);
  const masked: Masked[] = [];
  let next = 0;
  let inValues = false;
  const { opaque } = tokens;
  const flush = (before: number): void => {
    while (next < opaque.length && opaque[next]!.start < before) {
      const { kind, start, end } = opaque[next++]!;
      masked.push({ start, end, by: kind === 'data' ? '\n?' : comment(sql, start, end) });
    }
  };
  for (let i = 0; i < tokens.count; i++) {
    const start = tokens.starts[i]!;
    const end = tokens.ends[i]!;
    flush(start);
    // `"x"` behind a comparison or in a list of values is a string in MySQL and BigQuery, unless a dot makes it a name.
    const before = i > 0 ? tokens.kinds[i - 1]! : T.end;
    const word = tokens.words[i]!;
    if (VALUE_LISTS.has(word)) inValues = true;
    else if (LIST_ENDS.has(word) || tokens.kinds[i] === T.semicolon) inValues = false;
    const compared =
      before === T.equals ||
      before === T.less ||
      before === T.greater ||
      before === T.operator ||
      COMPARISONS.has(tokens.words[i - 1] ?? '');
    const listed = inValues && (before === T.open || before === T.comma);
    const literalPlace = (compared || listed) && tokens.kind(i + 1) !== T.dot;
    switch (tokens.kinds[i]) {
      case T.string:
      case T.number:
        masked.push({ start, end, by: '?' });
        break;
      case T.template:
        masked.push({ start, end, by: '{{ ? }}' });
        break;
      case T.quoted:
        // Not closed: what follows may be anything.
        if (end === sql.length && !isClosed(sql, start, end)) masked.push({ start, end, by: '?' });
        else if (
          unsure &&
          sql[start] === '"' &&
          (literalPlace || !/^[\p{L}_][\p{L}\p{N}_$.-]*$/u.test(sql.slice(start + 1, end - 1)))
        )
          masked.push({ start, end, by: '?' });
        break;
    }
  }
  flush(sql.length + 1);
  return { masked, isClosed: !tokens.faults.some(({ code }) => code !== 'unbalanced-parenthesis') };
}

function isClosed(sql: string, start: number, end: number): boolean {
  const closer = sql[start] === '[' ? ']' : sql[start];
  return end - start > 1 && sql[end - 1] === closer;
}

function comment(sql: string, start: number, end: number): string {
  if (sql.startsWith('{', start)) return sql.slice(start, start + 2) + ' ' + sql.slice(end - 2, end);
  if (sql.startsWith('/*', start)) return sql.endsWith('*/', end) || sql.slice(end - 2, end) === '*/' ? '/* */' : '/*';
  return sql.startsWith('#', start) ? '#' : sql.slice(start, start + 2);
}

/** The masked parts of all readings, merged where they overlap. */
function union(readings: readonly (readonly Masked[])[]): Masked[] {
  const all = readings.flat().toSorted((a, b) => a.start - b.start || b.end - a.end);
  const merged: Masked[] = [];
  for (const one of all) {
    const last = merged[merged.length - 1];
    if (!last || one.start >= last.end) merged.push(one);
    else if (one.end > last.end)
      merged[merged.length - 1] = { start: last.start, end: one.end, by: last.by.startsWith('?') ? '?' : last.by };
  }
  return merged;
}

function rewrite(sql: string, masked: readonly Masked[]): string {
  if (masked.length === 0) return sql;
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, by } of masked) {
    parts.push(sql.slice(at, start), by);
    at = end;
  }
  parts.push(sql.slice(at));
  return parts.join('');
}
