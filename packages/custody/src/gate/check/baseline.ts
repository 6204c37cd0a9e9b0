/** Findings that were there before: known by what does not change when lines above them do. */
import type { CheckFinding } from './checker.ts';

/** Rule, file, resource and message, in one text. */
export const identityOf = (finding: {
  readonly rule: string;
  readonly file: string;
  readonly resource?: string | null | undefined;
  readonly message: string;
}): string => [finding.rule, finding.file, finding.resource ?? '', finding.message].join('\n');

const identity = (finding: CheckFinding): string => identityOf({ ...finding, rule: finding.rule.id });

export class BaselineError extends Error {}

export class Baseline {
  /** How many findings of an identity are still to come. */
  readonly #left = new Map<string, number>();

  /** Throws BaselineError where the text is none. */
  static parse(text: string): Baseline {
    let entries: unknown;
    try {
      entries = (JSON.parse(text) as { baseline?: unknown } | null)?.baseline;
    } catch {
      throw new BaselineError('it is not JSON');
    }
    if (!Array.isArray(entries)) throw new BaselineError('it holds no list `baseline`');
    const baseline = new Baseline();
    for (const entry of entries as Record<string, unknown>[])
      baseline.#left.set(
        identityOf({
          rule: String(entry['rule']),
          file: String(entry['file']),
          resource: entry['resource'] === undefined ? null : String(entry['resource']),
          message: String(entry['message']),
        }),
        Number(entry['count'] ?? 1),
      );
    return baseline;
  }

  /** Whether a finding stands in it; each that does is counted off. */
  take(finding: CheckFinding): boolean {
    const left = this.#left.get(identity(finding)) ?? 0;
    if (left > 0) this.#left.set(identity(finding), left - 1);
    return left > 0;
  }
}

/** The text of a baseline with these findings. */
export function baselineText(findings: readonly CheckFinding[]): string {
  const counts = new Map<string, { readonly finding: CheckFinding; count: number }>();
  for (const finding of findings) {
    const known = counts.get(identity(finding));
    if (known === undefined) counts.set(identity(finding), { finding, count: 1 });
    else known.count++;
  }
  const entries = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { finding, count }]) => {
      const { rule, file, resource, message } = finding;
      return { rule: rule.id, file, ...(resource !== null && { resource }), message, count };
    });
  return `${JSON.stringify({ baseline: entries }, null, 2)}\n`;
}
