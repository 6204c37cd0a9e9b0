import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvSchema, jsonLinesSchema } from './text-schema.ts';

const columns = (text: string) => csvSchema(text, true)?.fields.map(({ name, type }) => `${name} ${type}`);

test('a header over typed columns gives names', () => {
  expect(columns('id,Full name,joined,score\n1,"Smith, Bob",2026-01-01,1.5\n2,,2026-01-02,3\n')).toEqual([
    'id bigint',
    'Full name string',
    'joined date',
    'score double',
  ]);
  expect(columns('a;b\r\n1;"x\n""y"""\r\n')).toEqual(['a bigint', 'b string']);
  expect(columns('\uFEFFcode\tat\n007\t2026-01-01 10:00\n')).toEqual(['code string', 'at timestamp']);
});

test('a first row that may be data gives no names', () => {
  for (const text of [
    'Bob Smith,London\nAnn Lee,Paris\n',
    'bob@example.org,x\nann@example.org,y\n',
    '1,2\n3,4\n',
    'ada,ada\nbob,bob\n',
    'x,y\nx,z\n',
  ]) {
    const schema = csvSchema(text, true)!;
    expect(schema.named, text).toBe(false);
    expect(schema.fields.map(({ name }) => name)).toEqual(['column0', 'column1']);
  }
  expect(columns('first_name,lastName\nBob,Smith\n')).toEqual(['first_name string', 'lastName string']);
});

test('a row that a sample cuts off is not looked at', () => {
  expect(csvSchema('a,b\n1,2\n3,x', false)!.fields.map(({ type }) => type)).toEqual(['bigint', 'bigint']);
  expect(csvSchema('a,b\n1,2\n3,x', true)!.fields.map(({ type }) => type)).toEqual(['bigint', 'string']);
});

test('JSON lines give the members that were met', () => {
  const text =
    '{"id":1,"at":"2026-01-01T00:00:00Z","n":1.5}\n\nno json\n{"id":2,"tags":["a"],"n":null,"x":{"y":1}}\n{"id":"three"}\n';
  expect(jsonLinesSchema(text, true)!.fields).toEqual([
    { name: 'id', type: 'json' },
    { name: 'at', type: 'timestamp' },
    { name: 'n', type: 'double' },
    { name: 'tags', type: 'list' },
    { name: 'x', type: 'struct' },
  ]);
  expect(jsonLinesSchema('[1]\n2\n', true)).toBeNull();
});

test('any text is read, and no value becomes a name unless it is written as names are', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.string(), { minLength: 1, maxLength: 5 }), { maxLength: 20 }), (rows) => {
      const text = rows.map((row) => row.join(',')).join('\n');
      const schema = csvSchema(text, true);
      jsonLinesSchema(text, false);
      if (schema && !schema.named) expect(schema.fields.every(({ name }, i) => name === `column${i}`)).toBe(true);
    }),
  );
  const wide = Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',');
  expect(csvSchema(`${wide}\n`, true)!.fields.length).toBeLessThanOrEqual(5_000);
});
