/** What the API takes and answers about checks of repositories. As in contract.ts, `entry` is an index in the log. */
import { z } from '@hono/zod-openapi';

const time = z.iso.datetime({ offset: true });
const severity = z.enum(['critical', 'high', 'medium', 'low']);
const counts = z.object({ critical: z.int(), high: z.int(), medium: z.int(), low: z.int() });
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);

export const CheckFindingView = z
  .object({
    rule: z.string().max(100),
    severity,
    title: z.string().max(500),
    file: z.string().max(4_096),
    line: z.int().min(1),
    column: z.int().min(1),
    resource: z.string().max(1_000).optional(),
    checkov: z.union([z.string().max(100), z.array(z.string().max(100)).max(50)]).optional(),
    message: z.string().max(2_000),
    fix: z.string().max(2_000),
    fate: z.discriminatedUnion('kind', [
      z.object({ kind: z.enum(['open', 'old', 'minor']) }),
      z.object({
        kind: z.enum(['waived', 'expired']),
        reason: z.string().max(2_000),
        owner: z.string().max(500),
        until: day,
      }),
    ]),
  })
  .openapi('CheckFinding');

export const CheckRunView = z
  .object({
    entry: z.int().min(0),
    recorded: time,
    by: z.string(),
    repository: z.string(),
    branch: z.string(),
    commit: z.string().nullable(),
    verdict: z.enum(['passed', 'refused']),
    files: z.int(),
    refusing: counts.openapi({ description: 'Findings that refuse, by severity' }),
    waived: z.int(),
    others: z.int().openapi({ description: 'In the baseline, or too minor to refuse' }),
    rules: z.string().openapi({ description: 'Digest of the rules that were tried' }),
  })
  .openapi('CheckRun');

export const CheckRunList = z
  .object({
    items: z.array(CheckRunView).openapi({ description: 'The newest first' }),
    total: z.int(),
    repositories: z
      .array(z.object({ repository: z.string(), branches: z.array(z.string()) }))
      .openapi({ description: 'All that were ever checked' }),
  })
  .openapi('CheckRunList');

const whys = z
  .record(z.string().max(100), z.string().max(2_000))
  .refine((of) => Object.keys(of).length <= 1_000, 'at most 1000 rules');

export const CheckReachView = z
  .object({
    file: z.string().max(4_096),
    asset: z.string().max(4_096),
    id: z.string().max(5_000).nullable().openapi({ description: 'The id that the server knows it by' }),
    known: z.boolean().nullable().openapi({ description: 'Null where no server was asked' }),
    reached: z.record(z.string().max(50), z.int().min(0)).openapi({ description: 'How many datasets, models, ...' }),
    names: z.array(z.string().max(4_096)).max(20).openapi({ description: 'The nearest first' }),
    labels: z
      .array(z.object({ column: z.string().max(1_000), label: z.string().max(200), from: z.string().max(1_000) }))
      .max(1_000)
      .nullable()
      .openapi({ description: 'Labels that newly reach it in the clear; null where that is not known' }),
  })
  .openapi('CheckReach');

export const CheckRunDetail = CheckRunView.extend({
  findings: z.array(CheckFindingView).nullable().openapi({ description: 'Null if the payload was erased' }),
  whys: whys.openapi({ description: 'Why each rule that found something is a rule, by its id' }),
  reach: z.array(CheckReachView).openapi({ description: 'What the change would reach, as it was then' }),
  mended: z.array(CheckFindingView).openapi({
    description: 'Findings that refused in the run before on this branch, and are gone',
  }),
  previous: z.int().nullable().openapi({ description: 'Entry of the run before on this branch' }),
}).openapi('CheckRunDetail');

export const RecordCheck = z
  .object({
    repository: z.string().trim().min(1).max(500),
    branch: z.string().trim().min(1).max(500),
    commit: z
      .string()
      .regex(/^[0-9a-f]{40,64}$/)
      .nullable(),
    files: z.int().min(0),
    rules: z.string().regex(/^sha256:[0-9a-f]{64}$/),
    findings: z.array(CheckFindingView).max(20_000),
    whys: whys.default({}).openapi({ description: 'Why each of their rules is a rule, by its id' }),
    reach: z.array(CheckReachView).max(1_000).default([]),
  })
  .openapi('RecordCheck');
