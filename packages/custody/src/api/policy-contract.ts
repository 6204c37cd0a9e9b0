/** What the API takes and answers about policies. As in contract.ts, `entry` is an index in the log. */
import { z } from '@hono/zod-openapi';

const time = z.iso.datetime({ offset: true });
const entry = z.int().min(0);
const outcome = z.enum(['allow', 'deny', 'value', 'undefined', 'error']);

export const PolicyName = z
  .string()
  .regex(/^[A-Za-z0-9][\w./-]{0,99}$/, 'letters, digits, dots, dashes, underscores and slashes, at most 100')
  .openapi({ description: 'Name of the policy', example: 'gate-read' });

export const PolicyFilesIn = z
  .record(z.string().max(300), z.string().max(4_000_000))
  .openapi('PolicyFiles', { description: 'Text by path: .rego, data.json, data.yaml, .manifest' });

export const PolicyVersionView = z
  .object({
    version: z.int(),
    entry,
    recorded: time,
    author: z.string(),
    by: z.string().openapi({ description: 'Who published it' }),
    message: z.string(),
    digest: z.string(),
    packages: z.array(z.string()),
    rollbackOf: z.int().nullable(),
    withdrawn: z.boolean(),
  })
  .openapi('PolicyVersion');

export const PolicySummary = z
  .object({
    name: z.string(),
    inForce: PolicyVersionView.nullable().openapi({ description: 'Null where it was withdrawn' }),
    versions: z.int(),
    lately: z
      .object({ allowed: z.int(), refused: z.int(), other: z.int(), lastRefused: entry.nullable() })
      .openapi({ description: 'Decisions of the last seven days' }),
  })
  .openapi('PolicySummary');

export const PolicyList = z.object({ items: z.array(PolicySummary), decisions: z.int() }).openapi('PolicyList');

export const PolicyDetail = PolicySummary.extend({
  history: z.array(PolicyVersionView).openapi({ description: 'The newest first' }),
  shown: z.int().nullable().openapi({ description: 'The version whose files these are' }),
  files: PolicyFilesIn,
}).openapi('PolicyDetail');

export const PolicyIssue = z
  .object({
    code: z.string(),
    message: z.string(),
    remedy: z.string(),
    file: z.string().nullable(),
    line: z.int().nullable(),
    column: z.int().nullable(),
  })
  .openapi('PolicyIssue');

export const PolicyTestView = z
  .object({
    name: z.string(),
    file: z.string(),
    line: z.int(),
    outcome: z.enum(['passed', 'failed', 'skipped', 'error']),
    message: z.string().nullable(),
    stopped: z.string().nullable().openapi({ description: 'FILE:LINE where a failed test stopped' }),
  })
  .openapi('PolicyTest');

export const PolicyCheck = z
  .object({
    issues: z.array(PolicyIssue),
    tests: z.array(PolicyTestView),
    coverage: z.number().nullable(),
    names: z
      .array(z.object({ name: z.string(), kind: z.enum(['rule', 'function', 'builtin', 'keyword']) }))
      .openapi({ description: 'What can stand in the text: for completion' }),
    /** The files laid out as `custody policy fmt` does; those that parse. */
    formatted: PolicyFilesIn,
  })
  .openapi('PolicyCheck');

export const FlipView = z
  .object({
    entry,
    decided: time,
    path: z.string(),
    by: z.string(),
    summary: z.record(z.string(), z.union([z.string(), z.boolean()])),
    was: outcome,
    would: outcome,
    wasResult: z.string().nullable(),
    wouldResult: z.string().nullable(),
    heldThen: z.array(z.string()).openapi({ description: 'Rules that held then and do not now' }),
    holdsNow: z.array(z.string()),
    stopped: z.string().nullable().openapi({ description: 'The last statement that the changed policy reached' }),
  })
  .openapi('Flip');

export const DryRunView = z
  .object({
    decisions: z.int(),
    same: z.int(),
    changed: z.int().openapi({ description: 'The same outcome with another value' }),
    nowDenied: z.int(),
    nowAllowed: z.int(),
    otherwise: z.int(),
    erased: z.int().openapi({ description: 'Input erased: cannot be asked again' }),
    from: time.nullable(),
    to: time.nullable(),
    cut: z.boolean(),
    flips: z.array(FlipView),
    micros: z.int(),
  })
  .openapi('DryRun');

export const Publish = z
  .object({
    files: PolicyFilesIn,
    message: z.string().min(1).max(1_000),
    author: z.string().min(1).max(200).optional().openapi({ description: 'Who wrote it; left out: who publishes it' }),
    base: z
      .int()
      .min(0)
      .optional()
      .openapi({ description: 'The version that was changed; refused if there is a newer one' }),
    untested: z.boolean().default(false).openapi({ description: 'Publish even if its tests fail' }),
  })
  .openapi('Publish');
export const Rollback = z
  .object({ version: z.int().min(1), message: z.string().min(1).max(1_000) })
  .openapi('Rollback');
export const DryRunAsk = z
  .object({
    files: PolicyFilesIn.optional().openapi({ description: 'The changed policy; or name a version' }),
    version: z.int().min(1).optional(),
    since: time,
  })
  .openapi('DryRunAsk');
export const Withdraw = z.object({ message: z.string().min(1).max(1_000) }).openapi('Withdraw');
