/** OASIS Static Analysis Results Interchange Format 2.1.0, as GitHub code scanning takes it. */
import { createHash } from 'node:crypto';
import { identityOf } from '../gate/check/baseline.ts';
import type { JudgedFinding } from '../gate/check/fate.ts';
import type { CheckRule } from '../gate/check/rule.ts';
import type { Severity } from '../gate/check/severity.ts';
import { pathBytes } from '../source/repository-name.ts';
import { md } from './check-markdown.ts';
import { fateText, settingsTold, type CheckReport } from './check-report.ts';

const LEVEL: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};
/** GitHub's scale: 9 and more is critical, 7 high, 4 medium. */
const SECURITY: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0' };

export function formatCheckSarif(report: CheckReport, version: string): string {
  const { findings, rules, left, settings, reach } = report;
  const found = new Set(findings.map(({ rule }) => rule.id));
  const used = rules.filter(({ id }) => found.has(id));
  const indexes = new Map(used.map(({ id }, index) => [id, index]));
  const fingerprints = new Fingerprints();
  return `${JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'custody check', version, rules: used.map(ruleOf) } },
        automationDetails: { id: 'custody-check/' },
        columnKind: 'utf16CodeUnits',
        ...(reach.reach.length > 0 && { properties: { reach: reach.reach } }),
        invocations: [
          {
            executionSuccessful: true,
            toolConfigurationNotifications: settingsTold(settings).map((text) => ({
              level: 'note',
              message: { text: plain(text) },
            })),
            toolExecutionNotifications: left.map(({ path, reason }) => ({
              level: 'note',
              message: { text: plain(`Not read: ${reason}`) },
              locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
            })),
          },
        ],
        results: findings.map((one) => ({
          ruleId: one.rule.id,
          ruleIndex: indexes.get(one.rule.id)!,
          level: LEVEL[one.rule.severity],
          message: { text: plain(messageOf(one)) },
          locations: [
            {
              physicalLocation: {
                artifactLocation: artifact(one.file),
                region: { startLine: one.line, startColumn: one.column },
              },
              ...(one.resource !== null && { logicalLocations: [{ fullyQualifiedName: one.resource }] }),
            },
          ],
          partialFingerprints: { 'custodyFinding/v1': fingerprints.next(one) },
          ...(report.hasBaseline && { baselineState: one.fate.kind === 'old' ? 'unchanged' : 'new' }),
          // A waiver that has ended suppresses nothing.
          ...(one.fate.kind === 'waived' && {
            suppressions: [{ kind: 'external', status: 'accepted', justification: fateText(one.fate) }],
          }),
        })),
      },
    ],
  })}\n`;
}

function ruleOf({ id, title, why, fix, severity, references, checkov, kind, name }: CheckRule): object {
  const links = references.flatMap((reference) => linkOf(reference) ?? []);
  const also = references.length > 0 ? `\n\nSee ${references.map(md).join(', ')}.` : '';
  return {
    id,
    name: `${kind}/${name}`,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: {
      text: `${why} ${fix}${references.length > 0 ? ` See ${references.join(', ')}.` : ''}`,
      markdown: `${md(why)}\n\n**Mend it:** ${md(fix)}${also}`,
    },
    ...(links[0] !== undefined && { helpUri: links[0] }),
    defaultConfiguration: { level: LEVEL[severity] },
    properties: {
      tags: [...new Set(['security', ...references, ...checkov])],
      'security-severity': SECURITY[severity],
    },
  };
}

/** Where a reference can be read; null for those that have no address of their own. */
function linkOf(reference: string): string | null {
  if (/^https:\/\/[\w.-]+(?:\/[\w./#?=&%+-]*)?$/.test(reference)) return reference;
  const cwe = /^CWE-(\d{1,6})\b/.exec(reference)?.[1];
  if (cwe !== undefined) return `https://cwe.mitre.org/data/definitions/${cwe}.html`;
  const atlas = /\bAML\.T\d{4}(?:\.\d{3})?\b/.exec(reference)?.[0];
  return atlas === undefined ? null : `https://atlas.mitre.org/techniques/${atlas}`;
}

const messageOf = ({ rule, resource, message, fate }: JudgedFinding): string =>
  `${rule.title}: ${resource === null ? '' : `${resource}: `}${message}. ${rule.fix}${fate.kind === 'expired' ? ` (${fateText(fate)})` : ''}`;

/** SARIF 3.11.6: brackets in plain text would be links. */
const plain = (text: string): string => text.replace(/[\\[\]]/g, '\\$&');

/** A relative reference (RFC 3986) to the file, byte by byte as its name is. */
const artifact = (path: string) => ({
  uri: path
    .split('/')
    .filter((name) => name !== '')
    .map((name) => percent(pathBytes(name)))
    .join('/'),
  uriBaseId: '%SRCROOT%',
});
const percent = (bytes: Uint8Array): string =>
  [...bytes]
    .map((byte) => [String.fromCharCode(byte), byte.toString(16).toUpperCase().padStart(2, '0')] as const)
    .map(([char, hex]) => (/[A-Za-z0-9._~-]/.test(char) ? char : `%${hex}`))
    .join('');

/** What a finding keeps when lines move: its identity, and which of those that share it. */
class Fingerprints {
  readonly #seen = new Map<string, number>();

  next(finding: JudgedFinding): string {
    const identity = identityOf({ ...finding, rule: finding.rule.id });
    const count = this.#seen.get(identity) ?? 0;
    this.#seen.set(identity, count + 1);
    return createHash('sha256').update(`${identity}\n${count}`).digest('hex');
  }
}
