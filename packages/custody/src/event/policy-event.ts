/** What the log holds of policies and of what they decided. */
import type { Entry } from './event.ts';

/** A version of a policy came into force, or the policy went out of force. Its files are the payload: canonical JSON, `{"files": {path: text}}`. */
export interface PolicyPublished extends Entry<'policy.published'> {
  readonly policy: string;
  /** From 1, one more each time, withdrawals included. */
  readonly version: number;
  /** Who wrote it; `by` is who published it. */
  readonly author: string;
  readonly message: string;
  /** "sha256:<hex>" of the payload's bytes. Policies are not personal data. */
  readonly digest: string;
  readonly files: number;
  /** Rego packages, without `data`: "custody.gate.read". */
  readonly packages: readonly string[];
  /** The version whose files these are again. */
  readonly rollbackOf?: number;
  readonly withdrawn?: true;
}

export type Outcome = 'allow' | 'deny' | 'value' | 'undefined' | 'error';

/** A gate decided. Input and result in full are the payload: canonical JSON, `{"input": ..., "result": ...}`. */
export interface GateDecision extends Entry<'gate.decision'> {
  /** When, RFC 3339; the entry is appended after the answer. */
  readonly decided: string;
  /** What was asked, below `data`: "custody/gate/read/allow"; "query" for a question of one's own. */
  readonly path: string;
  /** The policy that holds the path, and its version; null where base documents answered, or several policies. */
  readonly policy: string | null;
  readonly version: number | null;
  /** Digest of all that was in force: names, versions and digests of the policies. */
  readonly bundle: string;
  /** Keyed digest of the input, "hmac-sha256:<hex>": the same input has the same digest, and nobody can test a guess. */
  readonly input: string;
  readonly outcome: Outcome;
  /** Parts of the input that the policy itself spells: names and values that stand in its text. Nothing else of the input. */
  readonly summary: Readonly<Record<string, string | boolean>>;
  /** Time of the evaluation. */
  readonly micros: number;
}
