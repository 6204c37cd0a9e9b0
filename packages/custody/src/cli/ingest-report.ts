/** What a gate says of an input, for people. */
import type { GateReport } from '../gate/ingest/gate-report.ts';
import { formatTable } from './table.ts';

const SHOWN = 20;

export interface Landed {
  readonly id: string;
  /** Null: nothing was put in place. */
  readonly to: string | null;
  readonly audit: string;
  readonly entry: number | null;
  readonly batch: string | null;
}

export function formatIngest(report: GateReport, landed: Landed | null): string {
  const { verdict, rows, findings, checks, failures, firstFailures, quarantine, notes } = report;
  const lines: string[] = [];
  const told =
    verdict === 'accepted'
      ? 'Accepted'
      : verdict === 'rejected'
        ? 'Refused: nothing was written'
        : report.isWhole
          ? 'The whole batch was set aside: nothing was written'
          : `Accepted without ${rows.quarantined} rows, which were set aside`;
  lines.push(
    `${told}. ${rows.read} rows read, ${rows.written} written${rows.dropped > 0 ? `, ${rows.dropped} dropped` : ''}${rows.written > 0 ? `, ${report.changed} values replaced` : ''}.`,
  );
  if (findings.length > 0)
    lines.push(
      '',
      formatTable(
        [
          { head: 'TYPE', value: ({ type }) => type },
          { head: 'COLUMN', value: ({ column }) => column },
          { head: 'COUNT', value: ({ count }) => String(count), align: 'right' },
          { head: 'ACTION', value: ({ action }) => action },
          { head: 'RULE', value: ({ rule }) => rule },
        ],
        findings.slice(0, SHOWN),
      ).trimEnd(),
    );
  if (findings.length > SHOWN) lines.push(`and ${findings.length - SHOWN} more`);
  if (failures > 0) {
    lines.push('', `${failures} values may not get in:`);
    for (const { rule, column, type, row, byte } of firstFailures.slice(0, SHOWN))
      lines.push(`  row ${row}, column ${column ?? '?'}, byte ${byte}: ${type ?? 'value'} (${rule})`);
    if (failures > SHOWN) lines.push(`  and ${failures - Math.min(SHOWN, firstFailures.length)} more`);
  }
  if (quarantine.length > 0) {
    lines.push('', 'Set aside, by reason:');
    for (const { rule, column, type, count } of quarantine.slice(0, SHOWN))
      lines.push(`  ${count} rows: ${[rule, column, type].filter(Boolean).join(', ')}`);
  }
  const failed = checks.filter(({ passed }) => !passed);
  if (checks.length > 0) {
    lines.push(
      '',
      `${checks.length - failed.length} of ${checks.length} checks hold${failed.length > 0 ? '; these do not:' : '.'}`,
    );
    for (const { check, column, action, found } of failed.slice(0, SHOWN))
      lines.push(`  ${column === null ? '' : `${column}, `}${check} (${action}): ${found}`);
  }
  for (const note of notes) lines.push(`Note: ${note}.`);
  if (landed) {
    lines.push('');
    if (landed.to !== null) lines.push(`Written: ${landed.to}`);
    lines.push(`Audit:   ${landed.audit}`);
    if (landed.batch !== null)
      lines.push(`Set aside as batch ${landed.batch}: custody quarantine show ${landed.batch}`);
    if (landed.entry !== null) lines.push(`Entry:   ${landed.entry}`);
  }
  return `${lines.join('\n')}\n`;
}
