/** What becomes of findings: a waiver, a baseline, a severity that does not refuse, or they refuse. */
import type { Baseline } from './baseline.ts';
import type { CheckFinding } from './checker.ts';
import { SEVERITIES, type Severity } from './severity.ts';
import { waiverOf, type Waiver } from './waiver.ts';

interface Excused {
  readonly reason: string;
  readonly owner: string;
  readonly until: string;
}

export type Fate =
  | { readonly kind: 'open' }
  | ({ readonly kind: 'waived' } & Excused)
  /** Its waiver has ended. */
  | ({ readonly kind: 'expired' } & Excused)
  /** Stands in the baseline. */
  | { readonly kind: 'old' }
  /** Below the severity that refuses. */
  | { readonly kind: 'minor' };

export interface JudgedFinding extends CheckFinding {
  readonly fate: Fate;
}

export const refuses = ({ fate }: { readonly fate: { readonly kind: Fate['kind'] } }): boolean =>
  fate.kind === 'open' || fate.kind === 'expired';

/** `day`: YYYY-MM-DD. `least`: what is less severe does not refuse. */
export function judge(
  findings: readonly CheckFinding[],
  waivers: readonly Waiver[],
  baseline: Baseline,
  least: Severity,
  day: string,
): JudgedFinding[] {
  return findings.map((finding) => {
    const covered = waiverOf(finding, waivers, day);
    const excused = covered && {
      reason: covered.waiver.reason,
      owner: covered.waiver.owner,
      until: covered.waiver.until,
    };
    const fate = (): Fate => {
      if (excused !== null && !covered!.isExpired) return { kind: 'waived', ...excused };
      if (baseline.take(finding)) return { kind: 'old' };
      if (SEVERITIES.indexOf(finding.rule.severity) > SEVERITIES.indexOf(least)) return { kind: 'minor' };
      return excused === null ? { kind: 'open' } : { kind: 'expired', ...excused };
    };
    return { ...finding, fate: fate() };
  });
}
