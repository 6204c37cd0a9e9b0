/** Every reader: the same fields wherever the input is cut, places that point at what they say, and no input that breaks it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import '../../../../../../test/seed.ts';
import { CsvReader, delimiterOf } from './csv.ts';
import { byteOf, textOf, type FieldSink, type FormatReader, type Trouble } from './field.ts';
import { JsonReader } from './json.ts';
import { TextReader } from './text.ts';

interface Read {
  readonly text: string;
  readonly row: number;
  readonly column: number;
  readonly label: string;
  readonly byte: number;
}

function read(make: (sink: FieldSink) => FormatReader, input: Uint8Array, cuts: readonly number[] = []) {
  const fields: Read[] = [];
  const troubles: Trouble[] = [];
  const reader = make({
    field(field) {
      const text = textOf(field);
      fields.push({ text, row: field.row, column: field.column, label: field.label, byte: field.byte });
      // The place of every unit is inside, and grows.
      expect(byteOf(field, text.length)).toBeLessThanOrEqual(field.end - field.start + 64);
    },
    trouble: (trouble) => void troubles.push(trouble),
  });
  let from = 0;
  for (const cut of [...cuts.map((n) => n % (input.length + 1)).sort((a, b) => a - b), input.length]) {
    if (cut > from) reader.push(input.slice(from, cut));
    from = Math.max(from, cut);
  }
  reader.end();
  return { fields, troubles };
}

const csv = (sink: FieldSink) => new CsvReader(sink, { delimiter: 44 });
const json = (sink: FieldSink) => new JsonReader(sink);
const text = (sink: FieldSink) => new TextReader(sink);
const bytes = (value: string) => new TextEncoder().encode(value);
const cuts = fc.array(fc.nat(4_000), { maxLength: 8 });
const messy = fc.array(
  fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      '"',
      '""',
      ',',
      '\n',
      '\r\n',
      '\\',
      '\\"',
      '\\u00e9',
      '{',
      '}',
      '[',
      ']',
      ':',
      '{"a":"b"}',
      '12345',
      '\0',
      '\ufeff',
      'é€😀',
    ),
  ),
  { maxLength: 40 },
);

describe('CSV', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'B', '1', ' ', '"', ',', '\n', 'é', '😀', '@'),
    minLength: 1,
    maxLength: 9,
  });
  const quoted = (value: string) =>
    /[",\n\r]/.test(value) || value.startsWith('"') ? `"${value.replaceAll('"', '""')}"` : value;

  test('gives what a writer wrote, wherever it is cut, with its place', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        cuts,
        fc.constantFrom('\n', '\r\n'),
        (rows, at, ending) => {
          const input = bytes(rows.map((row) => row.map(quoted).join(',')).join(ending));
          const { fields, troubles } = read(csv, input, at);
          expect(troubles).toEqual([]);
          expect(fields.map((field) => field.text)).toEqual(rows.flat());
          expect(fields.map((field) => field.row)).toEqual(rows.flatMap((row, i) => row.map(() => i)));
          for (const field of fields) {
            const [first] = field.text;
            expect(new TextDecoder().decode(input.slice(field.byte, field.byte + 4)).startsWith(first!)).toBe(true);
          }
        },
      ),
    );
  });

  test('names columns by the header', () => {
    const { fields } = read(csv, bytes('id,"e-mail"\n7,a@b.org\n'));
    expect(fields.at(-1)).toEqual({ text: 'a@b.org', row: 1, column: 2, label: 'e-mail', byte: 14 });
  });

  test('says where a quote is never closed, and reads on', () => {
    const { fields, troubles } = read(csv, bytes('a,b\n1,"jane@example.org\n2,3\n'));
    expect(troubles).toEqual([{ message: 'a quoted field is never closed', row: 1, byte: 6 }]);
    expect(fields.at(-1)!.text).toContain('jane@example.org');
  });

  test('a field of megabytes is read in pieces that overlap', () => {
    const long = `${'x'.repeat(1_500_000)} jane@example.org ${'y'.repeat(1_500_000)}`;
    const input = bytes(`a\n"${long}"\n`);
    const at = [1_000_000, 1_500_015, 2_100_000];
    const { fields } = read(csv, input, at);
    expect(fields.length).toBeGreaterThan(2);
    expect(fields.some((field) => field.text.includes('jane@example.org'))).toBe(true);
  });

  test('the delimiter is the one of the first line', () => {
    expect(delimiterOf(bytes('a;b;c\n1,2;3'))).toBe(59);
    expect(delimiterOf(bytes('a\tb\n'))).toBe(9);
    expect(delimiterOf(bytes('alone\n'))).toBe(44);
  });
});

describe('JSON', () => {
  const strings = (value: unknown): string[] =>
    typeof value === 'string'
      ? value === ''
        ? []
        : [value]
      : Array.isArray(value)
        ? value.flatMap(strings)
        : value !== null && typeof value === 'object'
          ? Object.entries(value).flatMap(([key, inner]) => [...(key === '' ? [] : [key]), ...strings(inner)])
          : [];

  test('gives every string and key of any value, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 4 }), cuts, (values, at) => {
        const input = bytes(values.map((value) => JSON.stringify(value)).join('\n'));
        const { fields, troubles } = read(json, input, at);
        expect(troubles).toEqual([]);
        const numbers = /^-?[\d.eE+-]{4,}$/;
        const wanted = values
          .flatMap((value) => strings(JSON.parse(JSON.stringify(value))))
          .filter((one) => !numbers.test(one));
        // A surrogate alone has no UTF-8.
        expect(fields.map((field) => field.text).filter((one) => !numbers.test(one))).toEqual(
          wanted.map((one) => Buffer.from(one).toString()),
        );
      }),
    );
  });

  test('names a value by its keys, and rows by lines or elements', () => {
    const lines = read(json, bytes('{"user":{"mail":"a@b.org"}}\n{"user":{"mail":"c@d.org","tags":["x1"]}}\n')).fields;
    expect(lines.filter((field) => field.text.includes('@')).map(({ row, label }) => [row, label])).toEqual([
      [1, 'user.mail'],
      [2, 'user.mail'],
    ]);
    expect(lines.at(-1)!.label).toBe('user.tags[]');
    expect(
      read(json, bytes('[{"a":"one"},{"a":"two"}]')).fields.map(({ text: value, row }) => [value, row]),
    ).toContainEqual(['two', 2]);
  });

  test('says where the input ends too early', () => {
    expect(read(json, bytes('{"a":"b')).troubles[0]).toEqual({
      message: 'the input ends inside of a string',
      row: 1,
      byte: 5,
    });
    expect(read(json, bytes('{"a":1')).troubles[0]!.message).toBe('the input ends inside of a value');
    expect(read(json, bytes('[[1]]]')).troubles[0]!.message).toBe('a bracket closes what was not opened');
  });
});

describe('text', () => {
  test('gives all of it once, in whole lines, with the row of each', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 400 }), { maxLength: 200 }), cuts, (lines, at) => {
        const whole = lines.join('\n');
        const { fields } = read(text, bytes(whole), at);
        expect(fields.map((field) => field.text).join('')).toBe(Buffer.from(whole).toString());
        for (const field of fields) {
          expect(field.row).toBe(Buffer.from(bytes(whole)).subarray(0, field.byte).toString().split('\n').length);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe.each([
  ['CSV', csv],
  ['JSON', json],
  ['text', text],
] as const)('%s, whatever comes in', (_, make) => {
  test('is read to its end, with the same fields wherever it is cut', () => {
    fc.assert(
      fc.property(messy, cuts, (parts, at) => {
        const input = bytes(parts.join(''));
        expect(read(make, input, at)).toEqual(read(make, input));
      }),
      { numRuns: 300 },
    );
  });

  test('bytes that are no text too', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), cuts, (input, at) => {
        expect(read(make, input, at)).toEqual(read(make, input));
      }),
      { numRuns: 300 },
    );
  });
});
