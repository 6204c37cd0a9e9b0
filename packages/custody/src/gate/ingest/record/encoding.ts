/** The value of a field, and a value as a field. */
import { BARE, LITERAL, QUOTED, type RecordView } from './record.ts';

export type Dialect = { readonly kind: 'csv'; readonly delimiter: number } | { readonly kind: 'json' };

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of a part of a field. */
export function textIn(view: RecordView, dialect: Dialect, kind: number, start: number, end: number): string {
  const raw = decoder.decode(view.bytes.subarray(start, end));
  if (dialect.kind === 'csv') return kind === QUOTED && raw.includes('""') ? raw.replaceAll('""', '"') : raw;
  if (kind === LITERAL || !raw.includes('\\')) return raw;
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw; // a part that was cut inside of an escape
  }
}

export const fieldText = (view: RecordView, dialect: Dialect, i: number): string =>
  textIn(view, dialect, view.kinds[i]!, view.starts[i]!, view.ends[i]!);

/** Text that stands inside of a quoted field or string. */
export const escapedInside = (text: string, dialect: Dialect): string =>
  dialect.kind === 'csv' ? text.replaceAll('"', '""') : JSON.stringify(text).slice(1, -1);

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** A whole bare field (CSV) or literal (JSON) with another text: quoted where it must be. */
export function bareText(text: string, dialect: Dialect, kind: number): string {
  if (dialect.kind === 'json') return kind === LITERAL && NUMBER.test(text) ? text : JSON.stringify(text);
  const delimiter = String.fromCharCode(dialect.delimiter);
  return text.includes('"') || text.includes('\n') || text.includes('\r') || text.includes(delimiter)
    ? `"${text.replaceAll('"', '""')}"`
    : text;
}

/** Where a field begins and ends together with its quotes. */
export const outerStart = (view: RecordView, i: number): number =>
  view.kinds[i] === BARE || view.kinds[i] === LITERAL ? view.starts[i]! : view.starts[i]! - 1;
export const outerEnd = (view: RecordView, i: number): number =>
  view.kinds[i] === BARE || view.kinds[i] === LITERAL ? view.ends[i]! : view.ends[i]! + 1;
