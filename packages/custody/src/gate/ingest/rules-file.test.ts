/** Rules: what is taken, and how a mistake is told. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GateRulesError } from './gate-error.ts';
import { rulesSchema } from './rules.ts';
import { readRules } from './rules-file.ts';
import { ON_DEMAND, Scanner } from '../../producers/scan/scanner.ts';

const mistake = (text: string): string => {
  try {
    readRules(text);
  } catch (error) {
    if (error instanceof GateRulesError) return error.format('r.yaml');
    throw error;
  }
  return 'accepted';
};

test('the published schema is the one that is checked', () => {
  expect(
    JSON.parse(readFileSync(new URL('../../../../../docs/custody.gate.schema.json', import.meta.url), 'utf8')),
  ).toEqual(JSON.parse(JSON.stringify(rulesSchema())));
});

describe('mistakes have a line and a field', () => {
  test.each([
    ['version: 2', 'r.yaml:1:1: version: '],
    [
      'version: 1\nrules:\n  - types: EMAIL\n    action: mask\n',
      'r.yaml:3:5: rules[0].types: there is no type "EMAIL"',
    ],
    [
      'version: 1\nrules:\n  - types: [US_SSN, X]\n    action: fail\n',
      'r.yaml:3:21: rules[0].types[1]: there is no type "X"',
    ],
    ['version: 1\nrules:\n  - types: US_SSN\n    action: fial\n', 'r.yaml:4:5: rules[0].action: '],
    [
      'version: 1\nrules:\n  - types: US_SSN\n    action: mask\n    kep: last4\n',
      'r.yaml:5:5: rules[0].kep: there is no field "kep" here',
    ],
    ['version: 1\nrules:\n  - action: fail\n', 'r.yaml:3:5: rules[0]: a rule names types'],
    [
      'version: 1\nrules:\n  - columns: a\n    action: tokenise\n    method: reversible\n',
      'r.yaml:3:5: rules[0]: reversible tokens need',
    ],
    [
      'version: 1\nrules:\n  - types: URL\n    action: allow\n    by: me\n    until: soon\n',
      'r.yaml:6:5: rules[0].until: ',
    ],
    ['version: 1\nchecks:\n  columns:\n    - name: a\n      pattern: "("\n', 'r.yaml:5:7: checks.columns[0].pattern: '],
    [
      'version: 1\nchecks:\n  columns:\n    - {name: a, type: date, min: monday}\n',
      'r.yaml:4:29: checks.columns[0].min: ',
    ],
    ['version: 1\nversion: 1', 'r.yaml:2:1: this is not YAML: '],
    ['version: 1\nrules: [', 'r.yaml:2:9: this is not YAML: '],
    ['', 'r.yaml: version: '],
  ])('%j', (text, told) => {
    expect(mistake(text)).toContain(told);
  });

  test('a text that stands for a huge one is refused', () => {
    const bomb = `a: &a [x]\n${Array.from({ length: 12 }, (_, i) => `${String.fromCharCode(98 + i)}: &${String.fromCharCode(98 + i)} [${`*${String.fromCharCode(97 + i)},`.repeat(9)}]`).join('\n')}`;
    expect(mistake(bomb)).toContain('this YAML stands for too much');
  });

  test('any text is taken or refused with a place', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            'a',
            ':',
            ' ',
            '\n',
            '-',
            '[',
            '{',
            '"',
            '&',
            '*',
            '1',
            '|',
            'version: 1\n',
            'rules:',
            'types',
          ),
          maxLength: 60,
        }),
        (text) => void mistake(text),
      ),
      { numRuns: 500 },
    );
  });
});

test('the types that are looked for only when named are the scanner’s own', () => {
  const found: string[] = [];
  const look = (text: string, types?: ReadonlySet<string>): void => {
    const bytes = Buffer.from(text);
    new Scanner(({ type }) => void found.push(type), types ? { types } : {}).field({
      bytes,
      start: 0,
      end: bytes.length,
      escaping: 'none',
      row: 1,
      column: 1,
      label: '',
      byte: 0,
    });
  };
  const texts = [
    'see https://example.org/a/b',
    'on 3 March 2024 at noon',
    '8d8ac610-566d-4ef0-9c22-186b2a5ed793',
    'we live in Berlin',
  ];
  for (const text of texts) look(text);
  expect(found.filter((type) => ON_DEMAND.has(type))).toEqual([]);
  for (const text of texts) look(text, ON_DEMAND);
  expect(new Set(found).size).toBeGreaterThanOrEqual(4);
});

test('the rules in the documentation are rules', () => {
  const text = readFileSync(new URL('../../../../../docs/gate.md', import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block]) => block!);
  expect(blocks).toHaveLength(2);
  const { rules, checks } = readRules(blocks.join(''));
  expect(rules).toHaveLength(9);
  expect(checks.columns).toHaveLength(7);
});
