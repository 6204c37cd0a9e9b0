/** Edges as CSV (RFC 4180): one row for each, with times, runs and the entry that is its evidence. */
import { exportEdges, iso, type Scope } from './scope.ts';

const HEAD = [
  'from_kind',
  'from_namespace',
  'from_name',
  'to_kind',
  'to_namespace',
  'to_name',
  'first_at',
  'last_at',
  'runs',
  'last_run',
  'evidence_entry',
];

export function* csv(scope: Scope): Generator<string> {
  yield csvRow(HEAD);
  for (const { from, to, firstAt, lastAt, runs, lastRun, lastEntry } of exportEdges(scope)) {
    yield csvRow([
      from.kind,
      from.namespace,
      from.name,
      to.kind,
      to.namespace,
      to.name,
      iso(firstAt),
      iso(lastAt),
      String(runs),
      lastRun ?? '',
      String(lastEntry),
    ]);
  }
}

export const csvRow = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/**
 * A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection), also where white
 * space, quotes or the full-width forms of those signs come first. Names come from strangers.
 */
function csvCell(text: string): string {
  const guarded = /^['"\s\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]|^\p{Cc}/u.test(text) ? `'${text}` : text;
  return /[",';\p{Cc}]|^\s|\s$/u.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
