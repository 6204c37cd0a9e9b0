/** What a gate does with each row, by example and for any input. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AuditCheck } from './audit.ts';
import { valueOfToken } from './action/token.ts';
import { gated, subjectKeysInMemory } from './gate.suite.ts';

const CSV = `id,mail,text
1,jane@example.org,"hello, world"
2,,"my SSN is 536-90-4399, ""really"""
3,bob@example.org,write to ann@example.org please
`;
const rules = (...lines: string[]): string => `version: 1\nrules:\n${lines.map((line) => `  - ${line}`).join('\n')}\n`;

describe('actions', () => {
  test('what no rule touches leaves byte for byte, whatever the line ends', () => {
    for (const text of ['a,b\r\n1,"x,y"\r\n2,z', 'a,b\r1,2\r3,4\r', 'a,b\n1,2\n'])
      expect(gated('version: 1', text).output).toBe(text);
    expect(gated('version: 1', 'a,b\n\n1,2\n\n').output).toBe('a,b\n1,2\n');
  });

  test('mask: in each of the ways, also inside of quotes', () => {
    const { output, report } = gated(
      rules(
        '{types: EMAIL_ADDRESS, columns: mail, action: mask, keep: partial}',
        '{types: US_SSN, action: mask, keep: last4}',
        '{types: EMAIL_ADDRESS, action: mask, keep: type}',
      ),
      CSV,
    );
    expect(output).toBe(`id,mail,text
1,j***@e******.o**,"hello, world"
2,,"my SSN is ***-**-4399, ""really"""
3,b**@e******.o**,write to <EMAIL_ADDRESS> please
`);
    expect(report.verdict).toBe('accepted');
    expect(report.changed).toBe(4);
    expect(report.findings.map(({ type, column, count }) => `${type} ${column} ${count}`)).toEqual([
      'EMAIL_ADDRESS mail 2', 'US_SSN text 1', 'EMAIL_ADDRESS text 1',
    ]); // prettier-ignore
  });

  test('fail: nothing more gets out, and the verdict says where', () => {
    const { report } = gated(
      rules('{name: no-ssn, types: US_SSN, action: fail}', '{types: EMAIL_ADDRESS, action: mask}'),
      CSV,
    );
    expect(report.verdict).toBe('rejected');
    expect(report.firstFailures).toEqual([
      { rule: 'no-ssn', column: 'text', type: 'US_SSN', row: 2, byte: CSV.indexOf('536-') },
    ]);
    expect(report.rows.written).toBe(0);
  });

  test('quarantine: all rows that hold it, as they came; also what no rule names', () => {
    const { quarantine, output, report } = gated(rules('{types: US_SSN, action: quarantine}'), CSV);
    expect(quarantine.map(({ row, reasons }) => [row, reasons])).toEqual([
      [1, ['default mail EMAIL_ADDRESS']],
      [2, ['rules[0] text US_SSN']],
      [3, ['default mail EMAIL_ADDRESS', 'default text EMAIL_ADDRESS']],
    ]);
    expect(quarantine[1]!.text).toBe('2,,"my SSN is 536-90-4399, ""really"""');
    expect(output).toBe('id,mail,text\n');
    expect(report.verdict).toBe('quarantined');
  });

  test('drop: a value, a column, a row', () => {
    const drop = (rule: string) =>
      gated(rules(rule, '{family: personal, action: allow, by: me, until: 2099-01-01}'), CSV).output;
    expect(drop('{columns: mail, action: drop, of: column}')).toBe(
      'id,text\n1,"hello, world"\n2,"my SSN is 536-90-4399, ""really"""\n3,write to ann@example.org please\n',
    );
    expect(drop('{types: EMAIL_ADDRESS, action: drop, of: row}')).toBe(
      'id,mail,text\n2,,"my SSN is 536-90-4399, ""really"""\n',
    );
    expect(drop('{columns: mail, action: drop}')).toBe(
      CSV.replace('jane@example.org', '').replace('bob@example.org', ''),
    );
  });

  test('tokenise: the same value has the same token, another key another one', () => {
    const text = 'id,who\n1,jane@example.org\n2,jane@example.org\n3,bob@example.org\n';
    const of = (key: string) =>
      gated(rules(`{columns: who, action: tokenise, key: ${key}}`), text).output.match(/tok_\w+/g)!;
    const [a, b, c] = of('users');
    expect(a).toBe(b);
    expect(a).not.toBe(c);
    expect(of('other')[0]).not.toBe(a);
  });

  test('tokenise with FF1 keeps the form; what is too short is set aside', () => {
    const { output, quarantine } = gated(
      rules('{columns: card, action: tokenise, method: ff1}'),
      'card\n4111-1111-1111-1111\n12345\n',
    );
    expect(output).toMatch(/^card\n\d{4}-\d{4}-\d{4}-\d{4}\n$/);
    expect(output).not.toContain('4111-1111');
    expect(quarantine.map(({ row }) => row)).toEqual([2]);
  });

  test('reversible tokens come back until the key of their subject is gone', () => {
    const subjects = subjectKeysInMemory();
    const { output } = gated(
      rules('{columns: mail, action: tokenise, method: reversible, subject: id}'),
      'id,mail\nu1,jane@example.org\nu2,"a ""b"" c"\n',
      { subjects },
    );
    const tokens = output.match(/tkr_\w+/g)!;
    const keyById = (id: Buffer) => [...subjects.keys.values()].find((one) => one.id.equals(id))?.key ?? null;
    expect(tokens.map((token) => valueOfToken(token, keyById))).toEqual(['jane@example.org', 'a "b" c']);
    subjects.keys.delete([...subjects.keys.keys()][0]!);
    expect(tokens.map((token) => valueOfToken(token, keyById))).toEqual([null, 'a "b" c']);
    expect(valueOfToken(`${tokens[1]!.slice(0, -3)}aaa`, keyById)).toBeNull();
  });

  test('allow ends with its day', () => {
    const until = (day: string) =>
      gated(rules(`{types: EMAIL_ADDRESS, action: allow, by: jane, until: ${day}}`), 'mail\na@example.org\n');
    expect(until('2026-11-28').report.verdict).toBe('accepted');
    const over = until('2026-11-27').report;
    expect(over.verdict).toBe('quarantined');
    expect(over.notes[0]).toContain('run out');
  });
});

describe('JSON', () => {
  const LINES =
    '{"id": 1, "mail": "jane@example.org", "n": 4111111111111111}\n{"id": 2, "tags": ["x", "b\\u006fb@example.org"]}\n';

  test('lines: spliced where something changes; a number that is masked becomes a text', () => {
    const { output } = gated(rules('{family: personal, action: mask, keep: type}'), LINES, {
      format: { kind: 'jsonl' },
    });
    expect(output).toBe(
      '{"id": 1, "mail": "<EMAIL_ADDRESS>", "n": "<CREDIT_CARD>"}\n{"id": 2, "tags": ["x", "<EMAIL_ADDRESS>"]}\n',
    );
  });

  test('an array of any layout leaves as lines', () => {
    const text = '[\n  {"id": 1,\n   "who": "jane@example.org"},\n  {"id": 2}\n]\n';
    const { output, report } = gated(rules('{types: EMAIL_ADDRESS, action: tokenise}'), text, {
      format: { kind: 'json' },
    });
    expect(
      output
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([{ id: 1, who: expect.stringMatching(/^tok_/) as string }, { id: 2 }]);
    expect(report.rows.read).toBe(2);
  });

  test('a column that is dropped is gone at every depth, numbers keep their digits', () => {
    const { output } = gated(
      rules('{columns: u.mail, action: drop, of: column}'),
      '{"n": 12345678901234567890, "u": {"mail": "x", "k": [1, {"a": null}]}}\n',
      { format: { kind: 'jsonl' } },
    );
    expect(output).toBe('{"n":12345678901234567890,"u":{"k":[1,{"a":null}]}}\n');
  });

  test('to CSV and from CSV', () => {
    expect(
      gated('version: 1', '{"a": 1, "b": "x,y"}\n{"b": null}\n', { format: { kind: 'jsonl' }, output: 'csv' }).output,
    ).toBe('a,b\n1,"x,y"\n,\n');
    expect(gated('version: 1', 'a,b\n1,"x ""y"""\n,\n', { output: 'jsonl' }).output).toBe(
      '{"a":"1","b":"x \\"y\\""}\n{"a":null,"b":null}\n',
    );
  });
});

describe('the audit', () => {
  const RULES = rules('{types: EMAIL_ADDRESS, action: mask}', '{types: US_SSN, action: quarantine}');
  const check = (text: string) => {
    const audit = new AuditCheck();
    for (const line of text.split('\n').slice(0, -1)) audit.line(line);
    return audit.end();
  };

  test('has a line for each value, and none of the values', () => {
    const { audit } = gated(RULES, CSV);
    const lines = audit
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toHaveLength(2 + 4);
    expect(lines[1]).toMatchObject({
      n: 1,
      row: 1,
      byte: 15,
      field: 'mail',
      type: 'EMAIL_ADDRESS',
      rule: 'rules[0]',
      action: 'mask',
      dataset: 'file:reviews',
      detector: 'custody/test',
    });
    expect(lines[1]!['value']).toMatch(/^hmac-sha256:[0-9a-f]{64}$/);
    expect(audit).not.toMatch(/jane|bob|ann|536-90/);
    expect(check(audit)).toMatchObject({ lines: 4, verdict: 'quarantined', faults: [] });
  });

  test('gives away every change', () => {
    const lines = gated(RULES, CSV).audit.split('\n').slice(0, -1);
    const joined = (changed: readonly string[]) => check(changed.map((line) => `${line}\n`).join('')).faults;
    for (let i = 0; i < lines.length; i++) {
      expect(joined(lines.toSpliced(i, 1)), `without line ${i + 1}`).not.toEqual([]);
      expect(
        joined(lines.with(i, lines[i]!.replace(/"row":\d/, '"row":9').replace(/"(?:format|end)":/, '"other":'))),
      ).not.toEqual([]);
      if (i > 0)
        expect(
          joined(lines.toSpliced(i - 1, 2, lines[i]!, lines[i - 1]!)),
          `lines ${i} and ${i + 1} swapped`,
        ).not.toEqual([]);
    }
  });
});

describe('any input', () => {
  const cell = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom('jane@example.org', 'a "b" c', 'x,y', 'line\nbreak', '536-90-4399', ''),
  );
  const quoted = (text: string, force: boolean) =>
    force || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

  test('cut anywhere gives the same, and CSV stays CSV', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, fc.boolean()), { maxLength: 8 }),
        fc.array(fc.nat(200), { maxLength: 5 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        (rows, cuts, newline) => {
          const clean = rows.map(([a, b, force]) => [a.replaceAll('\0', ''), b.replaceAll('\0', ''), force] as const);
          const text = Buffer.from(
            `\ufeffk,v${newline}${clean.map(([a, b, force]) => `${quoted(a, force)},${quoted(b, force)}${newline}`).join('')}`,
          );
          const RULES = rules('{family: personal, action: mask, with: "<a, \\"b\\">"}');
          const whole = gated(RULES, text);
          const points = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((x, y) => x - y), text.length];
          const parts = points.slice(1).map((to, i) => text.subarray(points[i]!, to));
          const inParts = gated(RULES, parts);
          expect(inParts.output).toBe(whole.output);
          expect(inParts.report).toEqual(whole.report);
          // What was let out reads as the same number of rows and fields.
          const again = gated('version: 1\ndetect: nothing', whole.output);
          expect(again.report.rows.read).toBe(whole.report.rows.read);
          expect(whole.output).not.toContain('jane@example.org');
        },
      ),
      { numRuns: 150 },
    );
  });

  test('noise is read or refused, never more', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('csv', 'jsonl', 'json'), (noise, kind) => {
        try {
          gated('version: 1\nmalformed: quarantine', noise, {
            format: kind === 'csv' ? { kind, delimiter: 44 } : { kind: kind as 'json' },
          });
        } catch (error) {
          expect((error as { code?: string }).code).toBe('gate.input');
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('bad input is told with its row and byte', () => {
  const fails = (text: string | Uint8Array, format?: 'jsonl' | 'json') => {
    try {
      gated('version: 1', text, format ? { format: { kind: format } } : {});
    } catch (error) {
      return (error as Error).message;
    }
    return 'accepted';
  };
  test.each<[string, string | Uint8Array, RegExp]>([
    ['empty', '', /the input is empty \(row 0, byte 0\)/],
    ['an open quote', 'a,b\n1,"x\n2,y\n', /never closed \(row 0, byte 6\)/],
    ['text after a quote', 'a,b\n1,"x"y\n', /text follows a closing quote \(row 1, byte 9\)/],
    ['too few fields', 'a,b\n1\n', /the row has 1 fields, the header 2 \(row 1, byte 5\)/],
    ['a NUL', 'a,b\n1,x\0y\n', /NUL byte \(row 1, byte 7\)/],
    ['no UTF-8', Buffer.from([97, 44, 98, 10, 49, 44, 0xc3, 0x28, 10]), /no UTF-8 \(row 1, byte 6\)/],
    ['the same name twice', 'a,b,a\n', /column 3 has the name of another column \(row 0, byte 4\)/],
    ['UTF-16 without a mark', Buffer.from('a,b\n', 'utf16le'), /UTF-16/],
    ['a header that is data', 'jane@example.org,b\n', /the header holds EMAIL_ADDRESS/],
  ])('%s', (_, text, message) => {
    expect(fails(text)).toMatch(message);
  });
  test('JSON', () => {
    expect(fails('{"a": 1}\n{"a": }\n', 'jsonl')).toMatch(/this is not JSON \(row 2, byte 9\)/);
    expect(fails('[{"a": 1}, {"a"', 'json')).toMatch(/ends inside of a value/);
  });
  test('a header alone is accepted, and a mark before it is left out', () => {
    expect(gated('version: 1', '\ufeffa,b\n').output).toBe('a,b\n');
  });
  test('set aside instead, where the rules say so', () => {
    const { quarantine, output } = gated('version: 1\nmalformed: quarantine', 'a,b\n1,2\n3\n4,5\n');
    expect(quarantine).toEqual([{ row: 2, reasons: ['malformed: the row has N fields, the header N'], text: '3' }]);
    expect(output).toBe('a,b\n1,2\n4,5\n');
  });
});
