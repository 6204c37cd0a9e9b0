/** Findings of `custody check` as Markdown for a pull request. */
import { refuses } from '../gate/check/fate.ts';
import { SEVERITIES } from '../gate/check/severity.ts';
import { reachMarkdown } from './check-reach-report.ts';
import { fateText, settingsTold, type CheckReport } from './check-report.ts';
import { visible } from './visible.ts';

const CHARS_MAX = 1_000;
const cut = (text: string): string => (text.length > CHARS_MAX ? `${text.slice(0, CHARS_MAX)}…` : text);

/**
 * Text that Markdown would take for markup, tags or formulas is shown as it is. Mentions, issues and bare addresses become
 * links after that, so a space without width stands in them.
 */
export const md = (text: string): string =>
  visible(cut(text))
    .replace(/&/g, '&amp;')
    .replace(/[\\`*_{}[\]<>()#+!|~@$^=-]/g, '\\$&')
    .replace(/[@#](?=\w)|:(?=\/\/)|\bwww(?=\.)|\bGH(?=\\-\d)/gi, '$&\u200b');
const code = (text: string): string => `\`${visible(cut(text)).replace(/`/g, 'ˋ')}\``;

/** For a pull request: what is refused, where, why, and how to mend it. */
export function formatMarkdown({ findings, files, left, settings, reach }: CheckReport): string {
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
  const told = settingsTold(settings);
  if (told.length > 0) lines.push('By the settings:', '', ...told.map((one) => `- ${md(one)}`), '');
  if (left.length > 0) {
    lines.push(`<details><summary>${left.length} not read</summary>`, '');
    for (const { path, reason } of left.slice(0, 50)) lines.push(`- ${code(path)} ${md(reason)}`);
    lines.push('', '</details>', '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
