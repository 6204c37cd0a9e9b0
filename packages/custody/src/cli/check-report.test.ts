/** Reports of `custody check`, whatever stands in findings: SARIF by its published schema, JUnit by a strict reader, Markdown. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ajvDraft4 from 'ajv-draft-04';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import type { Fate, JudgedFinding } from '../gate/check/fate.ts';
import type { CheckRule } from '../gate/check/rule.ts';
import { formatJUnit } from './check-junit.ts';
import { formatMarkdown } from './check-markdown.ts';
import { formatCheckTable, type CheckReport } from './check-report.ts';
import { formatCheckSarif } from './check-sarif.ts';

const require = createRequire(import.meta.url);
const schema = JSON.parse(
  readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
) as object;
const ajv = new ajvDraft4.default({ strict: false, allErrors: true, unicodeRegExp: false });
formats.default(ajv);
const isSarif = ajv.compile(schema);

interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly Record<string, unknown>[] } };
    readonly invocations: readonly { readonly toolConfigurationNotifications: readonly object[] }[];
    readonly results: readonly (Record<string, unknown> & {
      readonly ruleIndex: number;
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly locations: readonly [{ readonly physicalLocation: { readonly artifactLocation: { uri: string } } }];
    })[];
  }[];
}
function sarifOf(report: CheckReport): Sarif['runs'][number] {
  const sarif = JSON.parse(formatCheckSarif(report, '0.1.0')) as Sarif;
  isSarif(sarif);
  expect(isSarif.errors).toBeNull();
  return sarif.runs[0]!;
}

const rule = (id: string, more: Partial<CheckRule> = {}): CheckRule => ({
  id,
  severity: 'high',
  title: 'A thing is wrong',
  why: 'It hurts.',
  fix: 'Mend it.',
  references: ['MITRE ATLAS AML.T0020', 'CWE-502'],
  checkov: [],
  kind: 'notebook',
  name: 'thing',
  file: 'check/notebook/thing.rego',
  ...more,
});
const excused = { reason: 'because', owner: 'mara', until: '2027-01-01' };
const FATES: readonly Fate[] = [
  { kind: 'open' },
  { kind: 'waived', ...excused },
  { kind: 'expired', ...excused },
  { kind: 'old' },
  { kind: 'minor' },
];
const finding = (more: Partial<JudgedFinding> = {}): JudgedFinding => ({
  rule: rule('T-1'),
  file: 'a/b.py',
  line: 3,
  column: 1,
  resource: null,
  message: 'it is wrong',
  fate: { kind: 'open' },
  ...more,
});
const report = (findings: readonly JudgedFinding[], more: Partial<CheckReport> = {}): CheckReport => ({
  findings,
  rules: [...new Map(findings.map((one) => [one.rule.id, one.rule])).values()],
  files: 1,
  left: [],
  settings: { off: [], exclude: [], failOn: 'low' },
  hasBaseline: false,
  reach: { from: null, reach: [], notes: [] },
  ...more,
});

test('SARIF says what GitHub needs, of every fate, and passes its schema', () => {
  const bare = rule('T-2', { references: [], severity: 'low' });
  const run = sarifOf(
    report([...FATES.map((fate) => finding({ fate })), finding({ rule: bare, resource: 'task', line: 1 })], {
      hasBaseline: true,
      left: [{ path: 'big.bin', reason: 'larger than 5 MB' }],
      settings: { off: [['T-9', 'we like it']], exclude: ['vendor/**'], failOn: 'high' },
    }),
  );
  expect(run.results.map(({ suppressions = [] }) => (suppressions as object[]).length)).toEqual([0, 1, 0, 0, 0, 0]);
  expect(run.results.map(({ baselineState }) => baselineState)).toEqual('new new new unchanged new new'.split(' '));
  expect(new Set(run.results.map(({ partialFingerprints }) => partialFingerprints['custodyFinding/v1'])).size).toBe(6);
  const [first, second] = run.tool.driver.rules;
  expect(first).toMatchObject({
    helpUri: 'https://atlas.mitre.org/techniques/AML.T0020',
    help: { markdown: expect.stringContaining('**Mend it:**') },
    properties: { 'security-severity': '8.0', tags: expect.arrayContaining(['security', 'CWE-502']) },
  });
  expect(second).not.toHaveProperty('helpUri');
  expect(run.results.map(({ ruleIndex }) => ruleIndex)).toEqual([0, 0, 0, 0, 0, 1]);
  expect(run.invocations[0]!.toolConfigurationNotifications).toHaveLength(3);
  expect(sarifOf(report([finding()])).results[0]).not.toHaveProperty('baselineState');
});

test('the schema refuses what is no SARIF', () => {
  for (const wrong of [{ version: '2.1.0', runs: [{}] }, { version: '2.0.0', runs: [] }, {}])
    expect(isSarif(wrong)).toBe(false);
});

test('a fingerprint stays when lines move, and a second of the same kind has its own', () => {
  const printsOf = (lines: readonly number[]) =>
    sarifOf(report(lines.map((line) => finding({ line })))).results.map((one) => one.partialFingerprints);
  expect(printsOf([3, 9])).toEqual(printsOf([4, 20]));
  expect(new Set(printsOf([3, 9]).map((one) => JSON.stringify(one))).size).toBe(2);
});

test('names of files are relative references', () => {
  for (const [file, uri] of [
    ['a b/ü.py', 'a%20b/%C3%BC.py'],
    ['http://example.org/x', 'http%3A/example.org/x'],
    ['/etc/passwd', 'etc/passwd'],
    ['a#b?c%20.py', 'a%23b%3Fc%2520.py'],
    ['new\\x0aline\\xff.py', 'new%0Aline%FF.py'],
  ] as const)
    expect(sarifOf(report([finding({ file })])).results[0]!.locations[0].physicalLocation.artifactLocation.uri).toBe(
      uri,
    );
});

const STEERS = /(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;
const HOSTILE = [
  '\u001b[2J',
  '\u0000',
  '\ud800',
  '\u202e',
  '\r\n## x\n',
  '|',
  '`',
  '``` ',
  '<img src=x onerror=y>',
  '<!--',
  ']]>',
  '&lt;',
  '"\'',
  '[x](http://a.example)',
  '![x](y)',
  '@octocat',
  '#1',
  'www.a.example',
  'https://a.example',
  '$x$',
  '\\',
  '{0}',
  '</summary>',
  '\u{1f600}',
  '\ufffe',
  'a',
];
const text = fc.oneof(
  fc.array(fc.constantFrom(...HOSTILE), { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', minLength: 1 }),
);
const reports = fc
  .array(
    fc.record({
      file: text,
      message: text,
      resource: fc.option(text),
      title: text,
      reference: text,
      fate: fc.constantFrom(...FATES),
      line: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    }),
    { maxLength: 4 },
  )
  .chain((all) => fc.record({ all: fc.constant(all), words: text, isCompared: fc.boolean() }))
  .map(({ all, words, isCompared }) =>
    report(
      all.map(({ title, reference, ...one }, i) =>
        finding({
          ...one,
          rule: rule(`T-${i}`, { title, why: title, fix: title, references: [reference], name: title, kind: title }),
        }),
      ),
      {
        left: [{ path: words, reason: words }],
        settings: { off: [['T-1', words]], exclude: [words], failOn: 'high' },
        hasBaseline: isCompared,
      },
    ),
  );

test('whatever stands in findings: SARIF passes its schema, JUnit is well-formed, nothing steers a terminal', () => {
  fc.assert(
    fc.property(reports, (one) => {
      sarifOf(one);
      const xml = formatJUnit(one);
      const parser = new SaxesParser();
      const elements: string[] = [];
      parser.on('error', (error) => {
        throw error;
      });
      parser.on('opentag', ({ name }) => elements.push(name));
      parser.write(xml).close();
      expect(elements.filter((name) => name === 'testcase')).toHaveLength(one.rules.length);
      for (const written of [xml, formatCheckTable(one), formatMarkdown(one)]) expect(written).not.toMatch(STEERS);
    }),
    { numRuns: 300 },
  );
});

test('Markdown: texts of others make no markup, links, mentions or lines of their own', () => {
  const hostile = HOSTILE.join(' ');
  const clean = formatMarkdown(report([finding({ message: 'x', file: 'f', resource: 'r' })]));
  const dirty = formatMarkdown(report([finding({ message: hostile, file: hostile, resource: hostile })]));
  expect(dirty.split('\n')).toHaveLength(clean.split('\n').length);
  const line = dirty.split('\n').find((one) => one.startsWith('- `'))!;
  // Without what stands in code, and what is escaped, no sign of markup is left.
  const outside = line
    .slice(2)
    .replace(/`[^`]*`/g, '')
    .replace(/\\./g, '');
  expect(outside).not.toMatch(/[`<>[\]*_|#$]/);
  expect(line.replace(/`[^`]*`/g, '')).not.toMatch(/@octocat|#1|www\.a|https:\/\/a/);
});
