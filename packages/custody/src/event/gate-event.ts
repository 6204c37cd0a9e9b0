/** What the log holds of ingest gates: what came in, what was set aside, and which labels columns got. */
import type { AssetName, Entry } from './event.ts';

export type IngestVerdict = 'accepted' | 'quarantined' | 'rejected';

/** A gate has decided about an input. The report in full is the payload: canonical JSON. */
export interface GateIngest extends Entry<'gate.ingest'> {
  readonly ingest: string;
  /** When it was decided, RFC 3339. What was accepted is put in place after the entry, never before. */
  readonly decided: string;
  readonly dataset: AssetName;
  readonly source: AssetName;
  readonly verdict: IngestVerdict;
  /** The batch as a whole was set aside. */
  readonly whole?: true;
  readonly rows: {
    readonly read: number;
    readonly written: number;
    readonly quarantined: number;
    readonly dropped: number;
  };
  readonly changed: number;
  /** "sha256:<hex>" of the rules' text. */
  readonly rules: string;
  /** Name and version of published rules, where they were used. */
  readonly published?: { readonly name: string; readonly version: number };
  readonly detector: string;
  readonly output: { readonly digest: string; readonly bytes: number; readonly format: string } | null;
  readonly audit: { readonly digest: string; readonly lines: number };
  /** Findings by type, column and rule; the most frequent, where there are very many. */
  readonly findings: readonly {
    readonly type: string;
    readonly column: string;
    readonly rule: string;
    readonly action: string;
    readonly count: number;
  }[];
  /** Checks that did not hold. */
  readonly broken: readonly { readonly check: string; readonly column: string | null; readonly action: string }[];
  readonly checks: number;
  /** Digest of the golden baseline, and columns that have shifted from it. */
  readonly baseline: { readonly digest: string; readonly shifted: readonly string[] } | null;
  /** Rows that were set aside lie beside the log, sealed. */
  readonly batch: {
    readonly id: string;
    readonly rows: number;
    readonly digest: string;
    readonly bytes: number;
  } | null;
}

/** A person let rows out of quarantine. */
export interface QuarantineReleased extends Entry<'quarantine.released'> {
  readonly batch: string;
  readonly ingest: string;
  readonly rows: number;
  readonly as: 'raw' | 'masked';
  readonly reason: string;
}

/** A person destroyed what was in quarantine: the key first, then the rows. */
export interface QuarantineDestroyed extends Entry<'quarantine.destroyed'> {
  readonly batch: string;
  readonly ingest: string;
  readonly reason: string;
}

/** A gate found in a column what a label would say of it. */
export interface LabelSuggested extends Entry<'label.suggested'> {
  readonly dataset: AssetName;
  readonly column: string;
  readonly label: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** Why, without a value. */
  readonly reasons: readonly string[];
  readonly ingest: string;
}

/** A person accepted or rejected a label of a column. */
export interface LabelDecided extends Entry<'label.decided'> {
  readonly dataset: AssetName;
  readonly column: string;
  readonly label: string;
  readonly decision: 'accepted' | 'rejected';
  readonly reason: string;
}

/** A version of a gate's rules came into force, or they were withdrawn. The text is the payload. */
export interface RulesPublished extends Entry<'rules.published'> {
  readonly rules: string;
  /** From 1, one more each time, withdrawals included. */
  readonly version: number;
  readonly message: string;
  /** "sha256:<hex>" of the text. */
  readonly digest: string;
  readonly withdrawn?: true;
}
