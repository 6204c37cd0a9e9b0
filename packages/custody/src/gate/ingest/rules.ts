/**
 * The rules of an ingest gate: what `custody.gate.yaml` may say. One set of zod schemas gives the types, the check with
 * the place of a mistake (rules-file.ts) and the published JSON Schema (docs/custody.gate.schema.json).
 */
import { z } from 'zod';
import { isKnownType } from '../../producers/scan/type.ts';

const NAMES_MAX = 1_000;
const name = z.string().min(1).max(300);
const oneOrMany = <S extends z.ZodType<string>>(one: S) => z.union([one, z.array(one).min(1).max(NAMES_MAX)]);

const type = z
  .string()
  .refine(isKnownType, { error: ({ input }) => `there is no type ${JSON.stringify(input)}; docs/scan.md lists them` });

/** What a rule applies to. Without types: to whole values of the columns, and to whatever is found in them. */
const target = {
  name: z.string().min(1).max(100).optional().describe('How the rule is called in reports and in the audit'),
  types: oneOrMany(type).optional().describe('Types of findings, as docs/scan.md lists them'),
  family: z.enum(['personal', 'secret']).optional().describe('All types of personal data, or all secrets'),
  columns: oneOrMany(name).optional().describe('Names of columns or paths of keys; * stands for any characters'),
  labels: oneOrMany(name).optional().describe('Labels of columns, from `labels` below or from the catalog'),
  min_confidence: z.number().min(0).max(1).optional().describe('Only findings at least as sure as this'),
};

const keyName = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'letters, digits, dots, dashes and underscores, at most 64')
  .describe('Tokens of the same key name are the same for the same value; other names give other tokens');

export const GateRule = z.discriminatedUnion('action', [
  z.strictObject({ ...target, action: z.literal('fail').describe('Nothing of the input gets in') }),
  z.strictObject({
    ...target,
    action: z.literal('mask'),
    keep: z
      .enum(['nothing', 'partial', 'last4', 'type'])
      .default('nothing')
      .describe(
        'nothing: a * for each character; partial: first letters stay; last4: the last four letters or digits stay; type: the name of the type instead',
      ),
    with: z.string().min(1).max(200).optional().describe('This text instead of the value'),
  }),
  z.strictObject({
    ...target,
    action: z.literal('tokenise'),
    method: z
      .enum(['hmac', 'ff1', 'reversible'])
      .default('hmac')
      .describe(
        'hmac: keyed and one-way; ff1: digits become other digits (NIST SP 800-38G); reversible: encrypted with a key of the subject',
      ),
    key: keyName.default('default'),
    subject: name.optional().describe('For reversible: the column that says whose value it is'),
  }),
  z.strictObject({
    ...target,
    action: z.literal('drop'),
    of: z.enum(['value', 'column', 'row']).default('value').describe('What is left out'),
  }),
  z.strictObject({ ...target, action: z.literal('quarantine').describe('The row is set aside') }),
  z.strictObject({
    ...target,
    action: z.literal('allow'),
    by: z.string().min(1).max(200).describe('Who allows it'),
    until: z.iso.date().describe('The last day on which it is allowed'),
    reason: z.string().min(1).max(1_000).optional(),
  }),
]);
export type GateRule = z.infer<typeof GateRule>;

const CHECK_ACTIONS = ['fail', 'quarantine', 'warn'] as const;
const onRow = z.enum(CHECK_ACTIONS).default('quarantine').describe('What becomes of a row that breaks it');
const onBatch = z.enum(CHECK_ACTIONS).default('fail').describe('quarantine: the whole batch is set aside');

export const COLUMN_TYPES = ['string', 'integer', 'number', 'boolean', 'date', 'timestamp', 'uuid'] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

const scalar = z.union([z.string().max(1_000), z.number(), z.boolean()]);
const share = z.number().min(0).max(1);
const between = z.strictObject({ min: z.number().optional(), max: z.number().optional() });
const duration = z
  .string()
  .regex(/^\d{1,6}(?:\.\d{1,3})? ?(?:s|m|h|d|w)$/, 'a number and s, m, h, d or w, such as 36h')
  .describe('Such as 90m, 36h, 7d');

export const ColumnCheck = z.strictObject({
  name,
  type: z.enum(COLUMN_TYPES).optional(),
  required: z.boolean().optional().describe('Never null'),
  optional: z.boolean().optional().describe('The column itself may be missing'),
  min: z
    .union([z.number(), z.string().max(64)])
    .optional()
    .describe('Least value; a text for dates and timestamps'),
  max: z.union([z.number(), z.string().max(64)]).optional(),
  above: z.number().optional().describe('Greater than this'),
  below: z.number().optional().describe('Less than this'),
  min_length: z.int().min(0).optional().describe('In characters'),
  max_length: z.int().min(0).optional(),
  in: z.array(scalar).min(1).max(100_000).optional(),
  not_in: z.array(scalar).min(1).max(100_000).optional(),
  not_pattern: z.string().max(2_000).optional().describe('Matches nowhere'),
  pattern: z.string().max(2_000).optional().describe("RE2's syntax; matches anywhere unless it has ^ and $"),
  unique: z.boolean().optional(),
  references: z
    .strictObject({ file: z.string().min(1).max(1_000), column: name })
    .optional()
    .describe('Every value occurs in that column of that CSV file'),
  mostly: share.optional().describe('The share of rows that must hold; then single rows are let through'),
  nulls_max: share.optional().describe('Largest share of nulls'),
  newest_within: duration.optional().describe('Freshness: the newest value is not older than this'),
  mean: between.optional(),
  sum: between.optional(),
  distinct: between.optional().describe('How many different values'),
  action: onRow,
});
export type ColumnCheck = z.infer<typeof ColumnCheck>;

export const GateChecks = z.strictObject({
  columns: z.array(ColumnCheck).max(10_000).default([]),
  unknown_columns: z.enum(['fail', 'quarantine', 'warn', 'allow']).default('allow'),
  missing_columns: z.enum(['fail', 'quarantine', 'warn', 'allow']).default('fail'),
  order: z.boolean().default(false).describe('Columns come in the order in which they are named here'),
  unique: z.array(z.array(name).min(2).max(20)).max(20).default([]).describe('Columns that are unique together'),
  rows: z
    .strictObject({
      min: z.int().min(0).optional(),
      max: z.int().min(0).optional(),
      history: z
        .strictObject({
          last: z.int().min(1).max(1_000).default(10),
          within: z.number().min(0).max(100).describe('0.5: between half and one and a half times the median'),
        })
        .optional()
        .describe('Against the row counts of the ingests before'),
      action: onBatch,
    })
    .optional(),
  drift: z
    .strictObject({
      baseline: z.string().min(1).max(1_000).describe('A file that `custody gate baseline` wrote'),
      alpha: z.number().gt(0).lt(1).default(0.01).describe('False discovery rate of all tests together'),
      ignore: z.array(name).max(NAMES_MAX).default([]),
      columns_max: z.int().min(0).default(0).describe('How many columns may have shifted'),
      action: onBatch,
    })
    .optional(),
});
export type GateChecks = z.infer<typeof GateChecks>;

export const GateRules = z.strictObject({
  version: z.literal(1),
  dataset: z
    .strictObject({ namespace: name, name })
    .optional()
    .describe('How the catalog calls what is written; left out: file and its path'),
  nulls: z.array(z.string().max(100)).max(100).default(['']).describe('Texts that stand for null'),
  malformed: z
    .enum(['fail', 'quarantine'])
    .default('fail')
    .describe('What becomes of a row that cannot be read: broken quoting, a wrong number of fields, no UTF-8, NUL'),
  detect: z
    .enum(['default', 'all', 'nothing'])
    .default('default')
    .describe('Types to look for; those that a rule names are looked for in any case'),
  labels: z.record(name, oneOrMany(name)).default({}).describe('Labels of columns'),
  rules: z.array(GateRule).max(NAMES_MAX).default([]).describe('The first that applies decides'),
  default: z
    .enum(['fail', 'mask', 'quarantine', 'drop', 'report'])
    .default('quarantine')
    .describe('For findings that no rule names; report: let through and counted'),
  checks: GateChecks.prefault({}),
});
export type GateRules = z.infer<typeof GateRules>;

/** A list, whether one or many were written. */
export const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

/** The JSON Schema of the file, for editors. */
export const rulesSchema = (): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://custody.dev/schemas/custody.gate.schema.json',
  title: 'Rules of a Custody ingest gate',
  ...z.toJSONSchema(GateRules, { io: 'input' }),
});
