/** Findings of `custody check` as a table or JSON, and what every report has to say. */
import { refuses, type Fate, type JudgedFinding } from '../gate/check/fate.ts';
import type { CheckRule } from '../gate/check/rule.ts';
import type { Severity } from '../gate/check/severity.ts';
import type { LeftOut } from '../source/repository.ts';
import type { ReachReport } from './check-reach.ts';
import { reachTable } from './check-reach-report.ts';
import { formatTable } from './table.ts';
import { visible } from './visible.ts';

export interface CheckReport {
  readonly findings: readonly JudgedFinding[];
  readonly rules: readonly CheckRule[];
  readonly files: number;
  readonly left: readonly LeftOut[];
  /** What is not looked at, or does not refuse, because the settings say so. */
  readonly settings: {
    /** Ids of rules with the reason. */
    readonly off: readonly (readonly [rule: string, reason: string])[];
    readonly exclude: readonly string[];
    readonly failOn: Severity;
  };
  readonly facts?: readonly unknown[];
  /** Findings were compared with those of a baseline. */
  readonly hasBaseline: boolean;
  readonly reach: ReachReport;
}

export const fateText = (fate: Fate): string =>
  fate.kind === 'waived'
    ? `waived by ${fate.owner} until ${fate.until}: ${fate.reason}`
    : fate.kind === 'expired'
      ? `the waiver of ${fate.owner} ended on ${fate.until}`
      : { open: '', old: 'in the baseline', minor: 'does not refuse' }[fate.kind];

/** What the settings keep from refusing, a sentence each: whoever changes them must not do so unseen. */
export const settingsTold = ({ off, exclude, failOn }: CheckReport['settings']): readonly string[] => [
  ...off.map(([rule, reason]) => `${rule} is switched off: ${reason}`),
  ...(exclude.length > 0 ? [`Not looked at: ${exclude.join(', ')}`] : []),
  ...(failOn === 'low' ? [] : [`What is less severe than ${failOn} does not refuse`]),
];

export function formatCheckTable({ findings, files, left, settings, reach }: CheckReport, width?: number): string {
  const lines: string[] = [];
  if (findings.length > 0)
    lines.push(
      formatTable(
        [
          { head: 'SEVERITY', value: ({ rule }: JudgedFinding) => rule.severity },
          { head: 'RULE', value: ({ rule }) => rule.id },
          { head: 'WHERE', value: ({ file, line }) => `${file}:${line}` },
          { head: 'FATE', value: ({ fate }) => fate.kind },
          {
            head: 'WHAT',
            value: (one) => `${one.rule.title}: ${one.resource === null ? '' : `${one.resource}: `}${one.message}`,
          },
        ],
        findings,
        width,
      ),
    );
  const fixes = new Map(findings.filter(refuses).map(({ rule }) => [rule.id, rule.fix]));
  if (fixes.size > 0)
    lines.push(
      `How to mend it\n${[...fixes]
        .sort()
        .map(([id, fix]) => `  ${visible(`${id}  ${fix}`)}\n`)
        .join('')}`,
    );
  lines.push(...reachTable(reach, width));
  const refusing = findings.filter(refuses).length;
  const others = findings.length - refusing;
  const also = others > 0 ? `, ${others} more that do not (waived, in the baseline, or minor)` : '';
  lines.push(
    refusing > 0
      ? `Refused: ${refusing} ${refusing === 1 ? 'finding' : 'findings'} in ${files} files${also}.\n`
      : `Passed: nothing that refuses in ${files} files${also}.\n`,
  );
  if (left.length > 0)
    lines.push(
      `Not read: ${left.length} (${left
        .slice(0, 3)
        .map(({ path, reason }) => visible(`${path}: ${reason}`))
        .join('; ')}${left.length > 3 ? '; …' : ''})\n`,
    );
  const told = settingsTold(settings);
  if (told.length > 0) lines.push(`By the settings\n${told.map((one) => `  ${visible(one)}\n`).join('')}`);
  return lines.join('\n');
}

export const formatCheckJson = ({ findings, files, left, settings, reach, facts }: CheckReport): string =>
  `${JSON.stringify({
    verdict: findings.some(refuses) ? 'refused' : 'passed',
    files,
    findings: findings.map(({ rule, file, line, column, resource, message, fate }) => ({
      rule: rule.id,
      severity: rule.severity,
      file,
      line,
      column,
      ...(resource !== null && { resource }),
      ...(rule.checkov.length > 0 && { checkov: rule.checkov.length === 1 ? rule.checkov[0] : rule.checkov }),
      message,
      fix: rule.fix,
      title: rule.title,
      fate,
    })),
    left,
    settings: {
      off: settings.off.map(([rule, reason]) => ({ rule, reason })),
      exclude: settings.exclude,
      fail_on: settings.failOn,
    },
    reach: reach.reach,
    ...(reach.from !== null && { base: reach.from }),
    ...(reach.notes.length > 0 && { notes: reach.notes }),
    ...(facts !== undefined && { facts }),
  })}\n`;
