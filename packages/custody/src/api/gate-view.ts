/** Ingest gates as the API shows them. */
import type { z } from '@hono/zod-openapi';
import type { GateIngest } from '../event/gate-event.ts';
import type { BatchRow, IngestRow, RulesVersion } from '../fold/ingest-table.ts';
import type { LabelRow } from '../fold/label-table.ts';
import type { State } from '../fold/state.ts';
import { GateInputError, GateRulesError } from '../gate/ingest/gate-error.ts';
import { Gate, type InputFormat } from '../gate/ingest/gate.ts';
import type { GateKeys } from '../gate/ingest/gate-keys.ts';
import type { GateReport } from '../gate/ingest/gate-report.ts';
import { readRules } from '../gate/ingest/rules-file.ts';
import { maskedRow } from '../gate/ingest/sample.ts';
import type {
  BatchView,
  GateDryRun,
  GateReportView,
  IngestItem,
  IngestSummary,
  LabelView,
  RulesIssue,
  RulesSummary,
} from './gate-contract.ts';

export const inputFormat = (
  format: 'csv' | 'tsv' | 'jsonl' | 'json',
  head: Uint8Array,
  delimiterOf: (head: Uint8Array) => number,
): InputFormat =>
  format === 'csv'
    ? { kind: 'csv', delimiter: delimiterOf(head) }
    : format === 'tsv'
      ? { kind: 'csv', delimiter: 9 }
      : { kind: format };

/** The same, with lists that may be changed, as zod's types want them. */
export const reportView = (report: GateReport): z.infer<typeof GateReportView> =>
  structuredClone(report) as z.infer<typeof GateReportView>;

export const ingestView = (row: IngestRow): z.infer<typeof IngestSummary> => ({ ...row, shifted: [...row.shifted] });

const BROKEN_MAX = 20;

/** The same with why, as its entry says it. */
export function ingestItem(row: IngestRow, event: GateIngest | null): z.infer<typeof IngestItem> {
  const found = new Map<string, { type: string; action: string; count: number }>();
  for (const { type, action, count } of event?.findings ?? []) {
    const known = found.get(`${type}\n${action}`);
    if (known) known.count += count;
    else found.set(`${type}\n${action}`, { type, action, count });
  }
  const isWarning = ({ action }: GateIngest['broken'][number]) => action === 'warn';
  const broken = [...(event?.broken ?? [])].sort((a, b) => Number(isWarning(a)) - Number(isWarning(b)));
  return {
    ...ingestView(row),
    found: [...found.values()].sort((a, b) => b.count - a.count),
    broken: broken.slice(0, BROKEN_MAX).map(({ check, column, action }) => ({ check, column, action })),
    warnings: broken.filter(isWarning).length,
  };
}

export const batchView = (row: BatchRow): z.infer<typeof BatchView> => ({
  ...row,
  state: row.destroyed ? 'destroyed' : row.released ? 'released' : 'held',
});

export const labelView = (row: LabelRow): z.infer<typeof LabelView> => ({ ...row, reasons: [...row.reasons] });

export const rulesSummary = ({ ingests }: State, name: string): z.infer<typeof RulesSummary> => ({
  name,
  inForce: ingests.activeRules(name),
  versions: ingests.rulesVersions(name).length,
});
export const newestFirst = (versions: readonly RulesVersion[]): RulesVersion[] => [...versions].reverse();

export const issueOf = ({ message, field, line, column, remedy }: GateRulesError): z.infer<typeof RulesIssue> => ({
  message,
  field,
  line,
  column,
  remedy,
});

export function rulesIssues(text: string): z.infer<typeof RulesIssue>[] {
  try {
    readRules(text);
    return [];
  } catch (error) {
    if (!(error instanceof GateRulesError)) throw error;
    return [issueOf(error)];
  }
}

const ASIDE_MAX = 200;

/** Rules tried on the beginning of a file. Nothing is kept; a last row that was cut off is left out. */
export function dryRunRules(
  text: string,
  sample: string,
  input: InputFormat,
  keys: GateKeys,
  now: Date,
  detector: string,
): z.infer<typeof GateDryRun> {
  const nothing = { issues: [], report: null, trouble: null, output: null, aside: [] };
  const issues = rulesIssues(text);
  if (issues.length > 0) return { ...nothing, issues };
  const read = readRules(text);
  // What lies in other files is not here; the rest can be tried.
  const rules = {
    ...read,
    checks: {
      ...read.checks,
      drift: undefined,
      columns: read.checks.columns.map((check) => ({ ...check, references: undefined })),
    },
  };
  const pieces: Uint8Array[] = [];
  const aside: {
    row: number;
    reasons: { rule: string; column: string | null; type: string | null }[];
    bytes: Buffer;
  }[] = [];
  const subjects = new Map<string, { id: Buffer; key: Buffer }>();
  const gate = new Gate(
    {
      rules,
      input,
      output: input.kind === 'csv' ? 'csv' : 'jsonl',
      keys,
      subjects: {
        keyOf: (subject) => {
          const known = subjects.get(subject) ?? { id: Buffer.alloc(16), key: keys.keyFor(`dry-run/${subject}`) };
          subjects.set(subject, known);
          return known;
        },
      },
      now: () => now,
      dataset: 'dry-run',
      source: 'dry-run',
      rulesDigest: '',
      detector,
    },
    {
      output: (bytes) => void pieces.push(bytes),
      audit: () => {},
      quarantine: ({ row, reasons, bytes }) => {
        if (aside.length < ASIDE_MAX)
          aside.push({ row, reasons: reasons.map((reason) => ({ ...reason })), bytes: Buffer.from(bytes) });
      },
    },
  );
  try {
    gate.push(Buffer.from(sample));
    const report = gate.end();
    const head = {
      input: input.kind,
      delimiter: input.kind === 'csv' ? input.delimiter : null,
      columns: report.columns,
    };
    return {
      issues: [],
      report: reportView(report),
      trouble: null,
      output: Buffer.concat(pieces).toString(),
      aside: aside.map(({ row, reasons, bytes }) => ({
        row,
        reasons,
        fields: maskedRow(bytes, head).map((field) => ({ ...field })),
      })),
    };
  } catch (error) {
    if (!(error instanceof GateInputError)) throw error;
    return { ...nothing, trouble: { message: error.message, row: error.row, byte: error.byte } };
  }
}
