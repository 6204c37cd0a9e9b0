import { describe, expect, test } from 'vitest';
import { CsvReader } from './format/csv.ts';
import { JsonReader } from './format/json.ts';
import { TextReader } from './format/text.ts';
import { Scanner, type PlacedFinding } from './scanner.ts';

function scan(kind: 'csv' | 'json' | 'text', input: string, types?: ReadonlySet<string>) {
  const found: PlacedFinding[] = [];
  const scanner = new Scanner((finding) => void found.push(finding), types ? { types } : {});
  const reader =
    kind === 'csv'
      ? new CsvReader(scanner, { delimiter: 44 })
      : kind === 'json'
        ? new JsonReader(scanner)
        : new TextReader(scanner);
  reader.push(Buffer.from(input));
  reader.end();
  return {
    found,
    at: found.map(({ byte, bytes }) =>
      Buffer.from(input)
        .subarray(byte, byte + bytes)
        .toString(),
    ),
  };
}

describe('findings', () => {
  test('of a CSV point at row, column, bytes and characters', () => {
    const { found, at } = scan('csv', 'id,note\n1,"é ""x"" jane@example.org"\n2,none\n');
    expect(found).toEqual([
      {
        type: 'EMAIL_ADDRESS',
        family: 'personal',
        confidence: 0.95,
        rule: 'email',
        row: 1,
        column: 2,
        label: 'note',
        byte: 20,
        bytes: 16,
        char: 6,
        chars: 16,
      },
    ]);
    expect(at).toEqual(['jane@example.org']);
  });

  test('of JSON point behind escapes', () => {
    const { found, at } = scan('json', '{"u":{"note":"\\u00e9\\n jane@example.org"},"ssn":"219-09-9999"}');
    expect(at).toEqual(['jane@example.org', '219-09-9999']);
    expect(found.map(({ label }) => label)).toEqual(['u.note', 'ssn']);
  });

  test('of text have the line', () => {
    const { found, at } = scan('text', 'one\ntwo\ncall 415-555-0132 now\n');
    expect(found.map(({ type, row }) => [type, row])).toEqual([['PHONE_NUMBER', 3]]);
    expect(at).toEqual(['415-555-0132']);
  });

  test('dates, links and places only when asked for', () => {
    const input = 'on 2024-03-05 we saw https://example.org in Paris';
    expect(scan('text', input).found).toEqual([]);
    expect(scan('text', input, new Set(['DATE_TIME', 'URL', 'LOCATION'])).found.map(({ type }) => type)).toEqual([
      'DATE_TIME',
      'URL',
      'LOCATION',
    ]);
  });

  test('the header of a column is context for every row of it', () => {
    const { found } = scan('csv', 'amount,aba_routing\n071101307,071101307\n');
    expect(found.map(({ type, label }) => [type, label])).toEqual([['ABA_ROUTING_NUMBER', 'aba_routing']]);
  });

  test('a value seen before is judged anew in another column', () => {
    const { found } = scan('csv', 'a,db_password\ncorrect-horse-7,x\nno,correct-horse-7\n');
    expect(found.map(({ type, row }) => [type, row])).toEqual([['PASSWORD', 2]]);
  });
});
