/** Findings of `custody check` as a table, JSON, SARIF 2.1.0, JUnit XML, or Markdown for a pull request. */
import { refuses, type Fate, type JudgedFinding } from '../gate/check/fate.ts';
import type { CheckRule } from '../gate/check/rule.ts';
import { SEVERITIES, type Severity } from '../gate/check/severity.ts';
import type { LeftOut } from '../source/repository.ts';
import type { ReachReport } from './check-reach.ts';
import { reachMarkdown, reachTable } from './check-reach-report.ts';
import { formatTable } from './table.ts';

export interface CheckReport {
  readonly findings: readonly JudgedFinding[];
  readonly rules: readonly CheckRule[];
  readonly files: number;
  readonly left: readonly LeftOut[];
  readonly facts?: readonly unknown[];
  readonly reach: ReachReport;
}

const fateText = (fate: Fate): string =>
  fate.kind === 'waived'
    ? `waived by ${fate.owner} until ${fate.until}: ${fate.reason}`
    : fate.kind === 'expired'
      ? `the waiver of ${fate.owner} ended on ${fate.until}`
      : { open: '', old: 'in the baseline', minor: 'does not refuse' }[fate.kind];

export function formatCheckTable({ findings, files, left, reach }: CheckReport, width?: number): string {
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
        .map(([id, fix]) => `  ${id}  ${fix}\n`)
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
        .map(({ path, reason }) => `${path}: ${reason}`)
        .join('; ')}${left.length > 3 ? '; …' : ''})\n`,
    );
  return lines.join('\n');
}

export const formatCheckJson = ({ findings, files, left, facts, reach }: CheckReport): string =>
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
    reach: reach.reach,
    ...(reach.from !== null && { base: reach.from }),
    ...(reach.notes.length > 0 && { notes: reach.notes }),
    ...(facts !== undefined && { facts }),
  })}\n`;

const LEVEL: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};
/** GitHub's scale: 9 and more is critical, 7 high, 4 medium. */
const SECURITY: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0' };

/** OASIS Static Analysis Results Interchange Format 2.1.0, as GitHub code scanning takes it. */
export function formatCheckSarif({ findings, rules, reach }: CheckReport, version: string): string {
  const used = rules.filter(({ id }) => findings.some(({ rule }) => rule.id === id));
  return `${JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'custody check',
            version,
            rules: used.map(({ id, title, why, fix, severity, references, checkov }) => ({
              id,
              shortDescription: { text: title },
              fullDescription: { text: why },
              help: { text: fix },
              defaultConfiguration: { level: LEVEL[severity] },
              properties: { tags: ['security', ...references, ...checkov], 'security-severity': SECURITY[severity] },
            })),
          },
        },
        ...(reach.reach.length > 0 && { properties: { reach: reach.reach } }),
        results: findings.map((one) => ({
          ruleId: one.rule.id,
          ruleIndex: used.findIndex(({ id }) => id === one.rule.id),
          level: LEVEL[one.rule.severity],
          message: {
            text: `${one.rule.title}: ${one.resource === null ? '' : `${one.resource}: `}${one.message}. ${one.rule.fix}`,
          },
          locations: [
            {
              physicalLocation: {
                artifactLocation: {
                  uri: one.file.split('/').map(encodeURIComponent).join('/'),
                  uriBaseId: '%SRCROOT%',
                },
                region: { startLine: one.line, startColumn: one.column },
              },
            },
          ],
          ...(refuses(one) ? {} : { suppressions: [{ kind: 'external', justification: fateText(one.fate) }] }),
        })),
      },
    ],
  })}\n`;
}

const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const xml = (text: string): string =>
  text
    // Control characters have no place in XML 1.0.
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"']/g, (c) => XML[c]!);

/** A test case for each rule that was tried, with a failure for each finding that refuses. */
export function formatJUnit({ findings, rules }: CheckReport): string {
  const failed = findings.filter(refuses);
  const cases = rules.map((rule) => {
    const own = failed.filter((one) => one.rule.id === rule.id);
    const failures = own.map(
      ({ file, line, message, resource }) =>
        `<failure type="${rule.severity}" message="${xml(`${file}:${line}: ${resource === null ? '' : `${resource}: `}${message}`)}">${xml(rule.fix)}</failure>`,
    );
    return `<testcase classname="custody.check.${rule.kind}" name="${xml(`${rule.id} ${rule.title}`)}">${failures.join('')}</testcase>`;
  });
  const failing = new Set(failed.map(({ rule }) => rule.id)).size;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites><testsuite name="custody check" tests="${rules.length}" failures="${failing}">${cases.join('')}</testsuite></testsuites>\n`;
}

/** Text that Markdown would take for markup, tags or mentions is shown as it is. */
const md = (text: string): string => text.replace(/[\\`*_{}[\]<>()#+!|~@]/g, '\\$&').replace(/\s+/g, ' ');
const code = (text: string): string => `\`${text.replace(/`/g, 'ˋ').replace(/\s+/g, ' ')}\``;

/** For a pull request: what is refused, where, why, and how to mend it. */
export function formatMarkdown({ findings, files, reach }: CheckReport): string {
  const refusing = findings.filter(refuses);
  const lines = [
    `## custody check: ${refusing.length > 0 ? 'refused' : 'passed'}`,
    '',
    refusing.length > 0
      ? `${refusing.length} ${refusing.length === 1 ? 'finding refuses' : 'findings refuse'} this change. ${files} files were read.`
      : `Nothing refuses this change. ${files} files were read.`,
    '',
  ];
  for (const severity of SEVERITIES) {
    const own = refusing.filter(({ rule }) => rule.severity === severity);
    const rules = new Map(own.map(({ rule }) => [rule.id, rule]));
    for (const [id, rule] of rules) {
      lines.push(`### ${severity}: ${md(rule.title)} (${id})`, '', md(rule.why), '');
      for (const one of own.filter((finding) => finding.rule.id === id).slice(0, 20))
        lines.push(
          `- ${code(`${one.file}:${one.line}`)} ${one.resource === null ? '' : `${code(one.resource)} `}${md(one.message)}${one.fate.kind === 'expired' ? ` (${md(fateText(one.fate))})` : ''}`,
        );
      const more = own.filter((finding) => finding.rule.id === id).length - 20;
      if (more > 0) lines.push(`- and ${more} more`);
      lines.push('', `**Mend it:** ${md(rule.fix)}`, '');
    }
  }
  lines.push(...reachMarkdown(reach, md, code));
  const other = findings.filter((one) => !refuses(one));
  if (other.length > 0) {
    lines.push(`<details><summary>${other.length} more that do not refuse</summary>`, '');
    for (const one of other.slice(0, 50))
      lines.push(`- ${one.rule.id} ${code(`${one.file}:${one.line}`)} ${md(one.message)} (${md(fateText(one.fate))})`);
    lines.push('', '</details>', '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
