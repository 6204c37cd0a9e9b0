/**
 * The closed union of evidence events: everything that can be an entry of the log.
 *
 * An entry is the canonical JSON (RFC 8785) of one of these. It holds facts, digests and keyed tokens; what may contain
 * personal data is a payload beside the log, bound by a salted commitment, so that it can be erased.
 */

import type { AttestationRecorded } from './attestation-event.ts';
import type { CheckFinished } from './check-event.ts';
import type { DatasetAliased, DatasetVersioned } from './dataset-event.ts';
import type {
  GateIngest,
  LabelDecided,
  LabelSuggested,
  QuarantineDestroyed,
  QuarantineReleased,
  RulesPublished,
} from './gate-event.ts';
import type { GateDecision, PolicyPublished } from './policy-event.ts';

/** What every entry has. */
export interface Entry<Kind extends string> {
  readonly v: 1;
  readonly kind: Kind;
  /** Identity for idempotent appends: the same id is the same event. Keyed, so that it tells nothing about its source. */
  readonly id: string;
  /** When the log took it (known time), RFC 3339 in UTC with milliseconds. */
  readonly recorded: string;
  /** Name of the token, session or component that caused it. */
  readonly by: string;
  readonly payload?: PayloadRef;
}

/** Binds bytes beside the log: commitment = SHA-256(domain || salt || bytes), see packages/verify commitment.ts. */
export interface PayloadRef {
  /** "sha256:<hex>" */
  readonly commitment: string;
  readonly bytes: number;
  readonly media: string;
}

export interface AssetName {
  readonly namespace: string;
  readonly name: string;
}

/** What an OpenLineage event says of a dataset, as far as it is not in the payload alone. */
export interface DatasetFact extends AssetName {
  /** Digest of the schema, told in full by a `dataset.schema` entry before this one. */
  readonly schema?: string;
  readonly type?: string;
  readonly owners?: readonly string[];
  readonly tags?: readonly string[];
  readonly description?: string;
  /** The producer did not name it among inputs and outputs; it was read out of the event's own SQL or of its column lineage. */
  readonly derived?: 'sql' | 'columns';
  /** Digest of the column lineage of what was written, told in full by a `lineage.columns` entry before this one. */
  readonly columns?: string;
  /** The column lineage was read out of the event's own SQL, because its producer gave none. */
  readonly columnsFrom?: 'sql';
  /** Which version was read or written, in the producer's words (DatasetVersionDatasetFacet). */
  readonly version?: string;
  /** What became of the dataset (LifecycleStateChangeDatasetFacet). */
  readonly change?: LifecycleChange;
  /** Rows written (OutputStatistics) or found (DataQualityMetrics). */
  readonly rows?: number;
  /** How many assertions held and how many did not (DataQualityAssertionsDatasetFacet). */
  readonly assertions?: { readonly passed: number; readonly failed: number };
  /** Quality of a model or of a dataset as numbers (`auc`, `accuracy`), from the facets `modelMetrics` and `modelVersion`. */
  readonly metrics?: Readonly<Record<string, number>>;
  /**
   * What was counted in columns (DataQualityMetrics): nulls, distinct values, the mean. No minimum and no maximum: they
   * are somebody's values.
   */
  readonly columnMetrics?: readonly ColumnMetrics[];
}

export interface ColumnMetrics {
  readonly column: string;
  readonly nulls?: number;
  readonly distinct?: number;
  readonly mean?: number;
}

export const LIFECYCLE_CHANGES = ['ALTER', 'CREATE', 'DROP', 'OVERWRITE', 'RENAME', 'TRUNCATE'] as const;
export type LifecycleChange = (typeof LIFECYCLE_CHANGES)[number];

export interface JobFact extends AssetName {
  readonly type?: string;
  readonly owners?: readonly string[];
  readonly tags?: readonly string[];
  readonly description?: string;
  /**
   * Which code ran: `git:COMMIT` (SourceCodeLocationJobFacet), `source:DIGEST` or `sql:DIGEST` (of the text without its
   * literals). The same code has the same text here.
   */
  readonly code?: string;
}

export type RunState = 'START' | 'RUNNING' | 'COMPLETE' | 'ABORT' | 'FAIL' | 'OTHER';

/** OpenLineage RunEvent. A very wide event becomes several entries, one after the other; they add up per run. */
export interface RunObserved extends Entry<'openlineage.run'> {
  /** Valid time: when it happened, by the producer's clock. */
  readonly eventTime: string;
  readonly state: RunState;
  readonly run: string;
  readonly parent?: { readonly run: string; readonly job: AssetName };
  readonly nominalStart?: string;
  readonly job: JobFact;
  readonly inputs: readonly DatasetFact[];
  readonly outputs: readonly DatasetFact[];
  readonly producer: string;
  /** How many literals and secrets were taken out of the payload on the way in. */
  readonly redacted?: number;
}

/** OpenLineage JobEvent: what a job is, without a run. */
export interface JobDescribed extends Entry<'openlineage.job'> {
  readonly eventTime: string;
  readonly job: JobFact;
  readonly inputs: readonly DatasetFact[];
  readonly outputs: readonly DatasetFact[];
  /** Lists that the event holds, also if empty: they are all that the job reads or writes from then on. */
  readonly tells?: readonly ('inputs' | 'outputs')[];
  readonly producer: string;
  readonly redacted?: number;
}

/** OpenLineage DatasetEvent: what a dataset is, without a run. */
export interface DatasetDescribed extends Entry<'openlineage.dataset'> {
  readonly eventTime: string;
  readonly dataset: DatasetFact;
  readonly producer: string;
  readonly redacted?: number;
}

export interface SchemaField {
  readonly name: string;
  readonly type?: string;
  readonly description?: string;
}

/**
 * A schema, told once; datasets then name it by digest. A schema larger than an entry comes in `of` parts, numbered from 0.
 */
export interface SchemaSeen extends Entry<'dataset.schema'> {
  readonly schema: string;
  readonly part: number;
  readonly of: number;
  readonly fields: readonly SchemaField[];
}

/** A column that another one comes from, or that decides which rows there are. */
export interface ColumnSource {
  /** Index in `inputs` of the entry. */
  readonly input: number;
  readonly field: string;
  /** OpenLineage's transformations, `DIRECT/IDENTITY`, `INDIRECT/FILTER`, ...; empty where the producer says none. */
  readonly how: readonly string[];
  /** Every direct way from there is through a masking function (a hash, a cipher, a mask). */
  readonly masked?: true;
  /** Left out where it is certain; see producers/sql. */
  readonly certainty?: 'inferred' | 'ambiguous';
}

/**
 * Which columns the columns of an output come from (ColumnLineageDatasetFacet), told once; outputs then name it by digest.
 * One larger than an entry comes in `of` parts, numbered from 0; each part has the inputs it needs.
 */
export interface ColumnsSeen extends Entry<'lineage.columns'> {
  readonly columns: string;
  readonly part: number;
  readonly of: number;
  readonly inputs: readonly AssetName[];
  readonly fields: readonly { readonly name: string; readonly from: readonly ColumnSource[] }[];
  /** Columns that decide about all of the output: joins, filters, groups, sorts. */
  readonly dataset: readonly ColumnSource[];
}

export type Role = 'admin' | 'engineer' | 'officer' | 'auditor';

export interface TokenCreated extends Entry<'token.created'> {
  readonly token: string;
  readonly role: Role;
}

export interface TokenRevoked extends Entry<'token.revoked'> {
  readonly token: string;
}

/** The log cut back a torn tail when it started. Nothing below the signed checkpoint was touched. */
export interface LogRecovered extends Entry<'log.recovered'> {
  readonly cutBytes: number;
  readonly file: string;
  readonly offset: number;
}

export type EvidenceEvent =
  | RunObserved
  | JobDescribed
  | DatasetDescribed
  | SchemaSeen
  | ColumnsSeen
  | TokenCreated
  | TokenRevoked
  | LogRecovered
  | PolicyPublished
  | GateDecision
  | AttestationRecorded
  | DatasetVersioned
  | DatasetAliased
  | CheckFinished
  | RulesPublished
  | GateIngest
  | QuarantineReleased
  | QuarantineDestroyed
  | LabelSuggested
  | LabelDecided;

export type EventKind = EvidenceEvent['kind'];

/** Every kind once, for the tidy test and for filters. */
export const EVENT_KINDS = [
  'openlineage.run',
  'openlineage.job',
  'openlineage.dataset',
  'dataset.schema',
  'lineage.columns',
  'token.created',
  'token.revoked',
  'log.recovered',
  'policy.published',
  'gate.decision',
  'attestation.recorded',
  'dataset.version',
  'dataset.alias',
  'check.finished',
  'rules.published',
  'gate.ingest',
  'quarantine.released',
  'quarantine.destroyed',
  'label.suggested',
  'label.decided',
] as const satisfies readonly EventKind[];
