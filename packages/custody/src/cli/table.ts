/** Tables for a terminal: columns as wide as their content, the last one cut where the line ends. */
import { visible } from './visible.ts';

export interface TableColumn<Row> {
  readonly head: string;
  readonly value: (row: Row) => string;
  readonly align?: 'right';
}

export function formatTable<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[], width = Infinity): string {
  const cells = [
    columns.map(({ head }) => head),
    ...rows.map((row) => columns.map(({ value }) => visible(value(row)))),
  ];
  const widths = columns.map((_, i) => cells.reduce((most, line) => Math.max(most, line[i]!.length), 0));
  const lines = cells.map((line) =>
    line
      .map((cell, i) => (columns[i]!.align === 'right' ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.map((line) => (line.length > width ? `${line.slice(0, width - 1)}…` : line)).join('\n')}\n`;
}

/** 2026-11-12 06:30:12 UTC */
export const shortTime = (time: string | null): string =>
  time === null ? '' : `${time.slice(0, 10)} ${time.slice(11, 19)}`;

/** What an answer rests on, as the last lines of a text. */
export function restsOn({
  at,
  entries,
  checkpoint,
}: {
  readonly at: string | null;
  readonly entries: number;
  readonly checkpoint: { readonly size: number; readonly root: string } | null;
}): string {
  const when = at === null ? 'As of now' : `As of ${shortTime(at)} UTC`;
  const newest = checkpoint ? `Newest checkpoint: ${checkpoint.size} entries, root ${checkpoint.root}\n` : '';
  return `${when}, from the first ${entries} entries of the log.\n${newest}`;
}
