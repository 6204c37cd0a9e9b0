/** What a gate says of an input: the verdict, and counts. No value is in it. */
import type { DriftReport } from './baseline/drift.ts';

/** `quarantined`: what was clean was written, the rest set aside; with `isWhole` all of it. */
export type Verdict = 'accepted' | 'quarantined' | 'rejected';

export interface FindingCount {
  readonly type: string;
  readonly family: 'personal' | 'secret';
  readonly column: string;
  readonly rule: string;
  readonly action: string;
  readonly count: number;
}

/** Why one row is refused or set aside. */
export interface RowReason {
  /** Name of the rule, `check: min`, or `malformed`. */
  readonly rule: string;
  readonly column: string | null;
  /** Type of the finding. */
  readonly type: string | null;
}

export interface RowFailure extends RowReason {
  readonly row: number;
  /** Offset in the input. */
  readonly byte: number;
}

export interface CheckResult {
  readonly check: string;
  readonly column: string | null;
  readonly action: 'fail' | 'quarantine' | 'warn';
  readonly passed: boolean;
  /** Rows that break it, of how many; null for checks of the whole. */
  readonly failed: number | null;
  readonly of: number | null;
  /** What was found, in words and numbers. */
  readonly found: string;
}

export interface GateReport {
  readonly verdict: Verdict;
  /** The batch as a whole is set aside, and nothing of it was written. */
  readonly isWhole: boolean;
  readonly rows: {
    readonly read: number;
    readonly written: number;
    readonly quarantined: number;
    readonly dropped: number;
  };
  readonly bytes: number;
  /** Bytes of the longest row. */
  readonly longest: number;
  /** Values that were replaced. */
  readonly changed: number;
  readonly columns: readonly string[];
  /** Columns that were left out of what was written. */
  readonly dropped: readonly string[];
  /** Columns whose values were all masked or made tokens. */
  readonly hidden: readonly string[];
  readonly findings: readonly FindingCount[];
  /** The first rows that were refused; `failures` counts all. */
  readonly firstFailures: readonly RowFailure[];
  readonly failures: number;
  /** Why, for each rule and column: rows set aside. */
  readonly quarantine: readonly (RowReason & { readonly count: number })[];
  readonly checks: readonly CheckResult[];
  readonly drift: DriftReport | null;
  /** What the user should know. */
  readonly notes: readonly string[];
}
