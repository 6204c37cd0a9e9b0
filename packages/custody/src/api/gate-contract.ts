/** What the API takes and answers about ingest gates. As in contract.ts, `entry` is an index in the log. No answer but a release holds a value. */
import { z } from '@hono/zod-openapi';

const time = z.iso.datetime({ offset: true });
const entry = z.int().min(0);
const count = z.int().min(0);
const verdict = z.enum(['accepted', 'quarantined', 'rejected']);
const family = z.enum(['personal', 'secret']);
const asset = z.object({ namespace: z.string().min(1).max(4_000), name: z.string().min(1).max(4_000) });
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const names = z.array(z.string().max(4_000)).max(100_000);

export const RowReasonView = z
  .object({
    rule: z.string().openapi({ description: 'Name of the rule; `check: min` for a check; `malformed: ...`' }),
    column: z.string().nullable(),
    type: z.string().nullable().openapi({ description: 'Type of the finding' }),
  })
  .openapi('RowReason');

const DriftView = z
  .object({
    baseline: z.string().openapi({ description: 'Digest of the baseline' }),
    alpha: z.number(),
    columns: z.array(
      z.object({
        column: z.string(),
        kind: z.string(),
        psi: z.number().nullable(),
        isShifted: z.boolean(),
        why: z.string(),
        tests: z.array(
          z.object({
            test: z.enum(['ks', 'chi-squared', 'missing', 'new-values', 'range', 'type']),
            p: z.number(),
            effect: z.number(),
            isShift: z.boolean(),
          }),
        ),
      }),
    ),
  })
  .openapi('Drift');

export const GateReportView = z
  .object({
    verdict,
    isWhole: z.boolean().openapi({ description: 'The batch as a whole was set aside' }),
    rows: z.object({ read: count, written: count, quarantined: count, dropped: count }),
    bytes: count,
    longest: count,
    changed: count.openapi({ description: 'Values that were replaced' }),
    columns: names,
    dropped: names,
    hidden: names,
    findings: z.array(
      z.object({ type: z.string(), family, column: z.string(), rule: z.string(), action: z.string(), count }),
    ),
    firstFailures: z.array(RowReasonView.extend({ row: count, byte: count })),
    failures: count,
    quarantine: z.array(RowReasonView.extend({ count })),
    checks: z.array(
      z.object({
        check: z.string(),
        column: z.string().nullable(),
        action: z.enum(['fail', 'quarantine', 'warn']),
        passed: z.boolean(),
        failed: count.nullable(),
        of: count.nullable(),
        found: z.string(),
      }),
    ),
    drift: DriftView.nullable(),
    notes: z.array(z.string()),
  })
  .openapi('GateReport');

const OutputView = z.object({ digest, bytes: count, format: z.string().max(20) });

export const IngestSummary = z
  .object({
    id: z.string(),
    entry,
    decided: time,
    by: z.string(),
    dataset: asset,
    source: asset,
    verdict,
    isWhole: z.boolean(),
    rows: GateReportView.shape.rows,
    changed: count,
    rules: z.string(),
    audit: z.string().openapi({ description: 'Digest of the audit file' }),
    output: OutputView.nullable(),
    brokenChecks: count,
    shifted: z.array(z.string()).openapi({ description: 'Columns that have shifted from the baseline' }),
    batch: z.string().nullable().openapi({ description: 'Id of the rows that were set aside' }),
  })
  .openapi('Ingest');
export const IngestItem = IngestSummary.extend({
  found: z
    .array(z.object({ type: z.string(), action: z.string(), count }))
    .openapi({ description: 'Findings by type and action, the most frequent first' }),
  broken: z
    .array(z.object({ check: z.string(), column: z.string().nullable(), action: z.string() }))
    .openapi({ description: 'Checks that did not hold, at most 20, those that only say so last' }),
  warnings: count.openapi({ description: 'How many of `brokenChecks` only say so' }),
}).openapi('IngestItem');
export const IngestPage = z
  .object({
    items: z.array(IngestItem),
    total: count,
    counts: z.object({ accepted: count, quarantined: count, rejected: count }),
  })
  .openapi('IngestPage');
export const IngestDetail = IngestSummary.extend({
  report: GateReportView.nullable().openapi({ description: 'Null where the payload was erased' }),
}).openapi('IngestDetail');

/** What a client tells of an ingest that it made itself: the first line of the body; sealed rows follow. */
export const IngestIn = z
  .object({
    id: z.uuid(),
    started: time,
    dataset: asset,
    source: asset,
    report: GateReportView,
    output: OutputView.nullable(),
    audit: z.object({ digest, lines: count }),
    rules: digest,
    detector: z.string().min(1).max(100),
    sealKey: z
      .base64()
      .length(44)
      .nullable()
      .openapi({ description: 'Key of the sealed rows, which goes into the keyring' }),
  })
  .openapi('IngestIn');
export const IngestRecorded = z.object({ entry, batch: z.string().nullable() }).openapi('IngestRecorded');
export const Landed = z.object({ replaced: z.boolean() }).openapi('Landed');

export const BatchView = z
  .object({
    id: z.string(),
    ingest: z.string(),
    entry,
    dataset: asset,
    rows: count,
    digest: z.string(),
    bytes: count,
    since: time,
    isWhole: z.boolean(),
    state: z.enum(['held', 'released', 'destroyed']),
    released: z
      .object({ entry, at: time, by: z.string(), as: z.enum(['raw', 'masked']), reason: z.string() })
      .nullable(),
    destroyed: z.object({ entry, at: time, by: z.string(), reason: z.string() }).nullable(),
  })
  .openapi('QuarantineBatch');
export const BatchList = z.object({ items: z.array(BatchView) }).openapi('QuarantineList');
export const BatchDetail = BatchView.extend({
  columns: z.array(z.string()),
  reasons: z.array(RowReasonView.extend({ count })),
  sample: z
    .array(
      z.object({
        row: count,
        reasons: z.array(RowReasonView),
        fields: z.array(z.object({ column: z.string(), text: z.string() })),
      }),
    )
    .openapi({
      description: 'The first rows, masked: findings by type, letters as x, digits as 9; empty once destroyed',
    }),
}).openapi('QuarantineDetail');
const reason = z
  .string()
  .trim()
  .min(3)
  .max(1_000)
  .openapi({ description: 'Why; the log keeps it, so no personal data' });
export const Release = z.object({ as: z.enum(['raw', 'masked']), reason }).openapi('Release');
export const Destroy = z.object({ reason }).openapi('Destroy');

export const LabelView = z
  .object({
    dataset: asset,
    column: z.string(),
    label: z.string().openapi({ example: 'pii:EMAIL_ADDRESS' }),
    state: z.enum(['suggested', 'accepted', 'rejected']),
    confidence: z.number().nullable(),
    reasons: z.array(z.string()),
    entry,
    at: time,
    by: z.string(),
    reason: z.string().nullable(),
  })
  .openapi('ColumnLabel');
export const LabelList = z
  .object({ items: z.array(LabelView), counts: z.object({ suggested: count, accepted: count, rejected: count }) })
  .openapi('ColumnLabelList');
export const LabelDecision = z
  .object({
    dataset: asset,
    column: z.string().min(1).max(4_000),
    label: z.string().regex(/^[\w.:/-]{1,100}$/),
    decision: z.enum(['accepted', 'rejected']),
    reason,
  })
  .openapi('LabelDecision');

const rulesText = z.string().max(1_000_000).openapi({ description: 'The text of a custody.gate.yaml' });
const format = z.enum(['csv', 'tsv', 'jsonl', 'json']);
const sample = z.string().max(2_000_000).openapi({ description: 'The beginning of a file, with its header' });
export const RulesIssue = z
  .object({
    message: z.string(),
    field: z.string(),
    line: z.int().nullable(),
    column: z.int().nullable(),
    remedy: z.string(),
  })
  .openapi('RulesIssue');
export const RulesCheckAsk = z.object({ rules: rulesText }).openapi('RulesCheckAsk');
export const RulesCheck = z.object({ issues: z.array(RulesIssue) }).openapi('RulesCheck');
export const GateDryRunAsk = z
  .object({ rules: rulesText, sample, format: format.default('csv') })
  .openapi('GateDryRunAsk');
export const GateDryRun = z
  .object({
    issues: z.array(RulesIssue),
    report: GateReportView.nullable(),
    trouble: z
      .object({ message: z.string(), row: count, byte: count })
      .nullable()
      .openapi({ description: 'The sample cannot be read' }),
    output: z.string().nullable().openapi({ description: 'What would be written' }),
    aside: z.array(
      z.object({
        row: count,
        reasons: z.array(RowReasonView),
        fields: z.array(z.object({ column: z.string(), text: z.string() })),
      }),
    ),
  })
  .openapi('GateDryRun');
export const StarterAsk = z
  .object({ sample, format: format.default('csv'), name: z.string().max(300).default('this file') })
  .openapi('StarterAsk');
export const Starter = z.object({ rules: z.string() }).openapi('Starter');

export const RulesName = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,99}$/, 'letters, digits, dots, dashes and underscores, at most 100')
  .openapi({ description: 'Name of the rules', example: 'reviews' });
export const RulesVersionView = z
  .object({
    version: z.int(),
    entry,
    recorded: time,
    by: z.string(),
    message: z.string(),
    digest: z.string(),
    withdrawn: z.boolean(),
  })
  .openapi('GateRulesVersion');
export const RulesSummary = z
  .object({ name: z.string(), inForce: RulesVersionView.nullable(), versions: z.int() })
  .openapi('GateRulesSummary');
export const RulesList = z.object({ items: z.array(RulesSummary) }).openapi('GateRulesList');
export const RulesDetail = RulesSummary.extend({
  history: z.array(RulesVersionView),
  shown: z.int().nullable(),
  text: z.string(),
}).openapi('GateRulesDetail');
export const RulesPublish = z
  .object({ rules: rulesText, message: reason, base: z.int().min(0).optional() })
  .openapi('GateRulesPublish');
export const RulesWithdraw = z.object({ message: reason }).openapi('GateRulesWithdraw');

export const ScanAnswer = z
  .object({
    rows: count,
    bytes: count,
    total: count,
    counts: z.array(z.object({ type: z.string(), family, column: z.string(), count })),
    findings: z.array(
      z.object({
        type: z.string(),
        family,
        confidence: z.number(),
        rule: z.string(),
        row: count,
        column: count,
        label: z.string(),
        byte: count,
        bytes: count,
        char: count,
        chars: count,
      }),
    ),
    troubles: z.array(z.object({ message: z.string(), row: count, byte: count })),
  })
  .openapi('ScanAnswer', { description: 'Where and of what type; never a value' });
