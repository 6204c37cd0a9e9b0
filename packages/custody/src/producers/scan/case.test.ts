import { describe, expect, test } from 'vitest';
import { scanCaseLine } from './case.ts';

const answer = (given: object) =>
  JSON.parse(scanCaseLine(JSON.stringify(given), 3)) as {
    id: unknown;
    spans: { type: string; family: string; start: number; end: number }[];
  };

describe('a case', () => {
  test('is answered in code points', () => {
    const text = '😀😀 jane@example.org';
    const { id, spans } = answer({ id: 'x', text });
    expect(id).toBe('x');
    expect(spans.map(({ type, start, end }) => [type, [...text].slice(start, end).join('')])).toEqual([
      ['EMAIL_ADDRESS', 'jane@example.org'],
    ]);
  });

  test('with a type is answered for that type alone, context or not', () => {
    expect(answer({ text: '078-05-1123 jane@example.org', type: 'US_SSN' }).spans.map(({ type }) => type)).toEqual([
      'US_SSN',
    ]);
    expect(answer({ text: 'jane@example.org', type: 'US_SSN' }).spans).toEqual([]);
  });

  test('says whose a span is: a person or a system', () => {
    const { spans } = answer({ text: 'aws key AKIA2E0A8F3B244C9986 of jane@example.org' });
    expect(spans.map(({ type, family }) => [type, family])).toEqual([
      ['API_KEY', 'secret'],
      ['EMAIL_ADDRESS', 'personal'],
    ]);
  });

  test('may come as base64, and with the name of its file', () => {
    expect(answer({ text_b64: Buffer.from('jane@example.org').toString('base64') }).spans).toHaveLength(1);
    expect(answer({ text: '', path: 'keys/store.p12' }).spans.map(({ type }) => type)).toEqual(['PRIVATE_KEY']);
  });

  test('of a URL names its host too', () => {
    expect(
      answer({ text: 'see https://www.example.org/' }).spans.map(({ type, start, end }) => [type, start, end]),
    ).toEqual([
      ['URL', 4, 28],
      ['DOMAIN_NAME', 12, 27],
    ]);
  });
});
