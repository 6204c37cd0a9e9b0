/** What the log holds of checks of repositories. */
import type { Entry } from './event.ts';

export type CheckSeverity = 'critical' | 'high' | 'medium' | 'low';

/** A repository was checked. Its findings are the payload: canonical JSON, `{"findings": [...]}`. */
export interface CheckFinished extends Entry<'check.finished'> {
  /** As its remote or its pipeline calls it, without a password. */
  readonly repository: string;
  readonly branch: string;
  /** Git's id of what was checked; null where there is none. */
  readonly commit: string | null;
  readonly verdict: 'passed' | 'refused';
  readonly files: number;
  /** Findings that refuse, by severity. */
  readonly refusing: Readonly<Record<CheckSeverity, number>>;
  /** Findings that are waived. */
  readonly waived: number;
  /** All others: in the baseline, or too minor to refuse. */
  readonly others: number;
  /** "sha256:<hex>" of the rules that were tried. */
  readonly rules: string;
}
