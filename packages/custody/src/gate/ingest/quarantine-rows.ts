/** Rows that were set aside, as JSON Lines: what they were, why, and the bytes as they came. Always sealed (seal.ts). */
import { isUtf8 } from 'node:buffer';
import type { QuarantinedRow } from './gate.ts';
import type { RowReason } from './gate-report.ts';

export const QUARANTINE_FORMAT = 'custody-quarantine/1';

/** The first line. `whole`: a batch that was set aside as a whole, as it would have been written; its lines are its bytes. */
export interface QuarantineHead {
  readonly format: typeof QUARANTINE_FORMAT;
  readonly holds: 'rows' | 'whole';
  readonly input: 'csv' | 'jsonl' | 'json';
  readonly delimiter: number | null;
  readonly columns: readonly string[];
}

export interface HeldRow {
  readonly row: number;
  readonly byte: number;
  readonly reasons: readonly RowReason[];
  readonly bytes: Buffer;
}

export const headLine = (head: QuarantineHead): string => `${JSON.stringify(head)}\n`;

/** Bytes that are no UTF-8 are kept as base64. */
export function rowLine({ row, byte, reasons, bytes }: QuarantinedRow): string {
  const raw = isUtf8(bytes)
    ? { raw: Buffer.from(bytes).toString() }
    : { base64: Buffer.from(bytes).toString('base64') };
  return `${JSON.stringify({ row, byte, reasons, ...raw })}\n`;
}

export function readRowLine(line: string): HeldRow {
  const { raw, base64, ...rest } = JSON.parse(line) as Omit<HeldRow, 'bytes'> & { raw?: string; base64?: string };
  return { ...rest, bytes: raw === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(raw) };
}

/** A CSV header for rows that are released. */
export const csvHeader = (columns: readonly string[], delimiter: number): string =>
  `${columns.map((name) => (/["\r\n,;|\t]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)).join(String.fromCharCode(delimiter))}\n`;
