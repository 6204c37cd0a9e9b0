/** JUnit's XML, as CI servers read it: a test case for each rule, with a failure for each finding that refuses. */
import { refuses } from '../gate/check/fate.ts';
import { settingsTold, type CheckReport } from './check-report.ts';
import { visible } from './visible.ts';

const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const xml = (text: string): string =>
  visible(text)
    // What has no place in XML 1.0: lone surrogates, and two that are no characters.
    .replace(/[^\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"']/g, (c) => XML[c]!);

export function formatJUnit({ findings, rules, left, settings }: CheckReport): string {
  const failed = groups(findings.filter(refuses));
  const cases = rules.map((rule) => {
    const failures = (failed.get(rule.id) ?? []).map(
      ({ file, line, message, resource }) =>
        `<failure type="${rule.severity}" message="${xml(`${file}:${line}: ${resource === null ? '' : `${resource}: `}${message}`)}">${xml(rule.fix)}</failure>`,
    );
    return `<testcase classname="${xml(`custody.check.${rule.kind}`)}" name="${xml(`${rule.id} ${rule.title}`)}">${failures.join('')}</testcase>`;
  });
  const told = [...settingsTold(settings), ...left.map(({ path, reason }) => `Not read: ${path}: ${reason}`)];
  const output = told.length > 0 ? `<system-out>${told.map(xml).join('\n')}</system-out>` : '';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites><testsuite name="custody check" tests="${rules.length}" failures="${failed.size}">${cases.join('')}${output}</testsuite></testsuites>\n`;
}

function groups<T extends { readonly rule: { readonly id: string } }>(all: readonly T[]): ReadonlyMap<string, T[]> {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const known = found.get(one.rule.id);
    if (known === undefined) found.set(one.rule.id, [one]);
    else known.push(one);
  }
  return found;
}
