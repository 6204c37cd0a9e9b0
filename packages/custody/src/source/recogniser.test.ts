/**
 * Other recognisers: the real `compromise`, and a double of Presidio's analyzer that answers in the form of its published
 * REST API. A real analyzer is asked where CUSTODY_PRESIDIO_URL names one.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CsvReader, ProseFields } from '../producers/scan/index.ts';
import { openRecogniser, recogniseAll } from './recogniser.ts';

const said = (text: string, { start, end }: { start: number; end: number }) => text.slice(start, end);

test('compromise finds people and places in prose', async () => {
  const recogniser = await openRecogniser('compromise');
  const text = 'Yesterday Nelson Mandela, who was born near Toronto, met us.';
  const found = await recogniser.recognise(text);
  expect(found.map((one) => [one.type, said(text, one)])).toEqual([
    ['PERSON', 'Nelson Mandela'],
    ['LOCATION', 'Toronto'],
  ]);
});

describe("a double of Presidio's analyzer", () => {
  let server: Server;
  let url = '';
  let answer: (text: string) => unknown = () => [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += String(part)));
      request.on('end', () => {
        const { text } = JSON.parse(body) as { text: string };
        const given = answer(text);
        response.statusCode = typeof given === 'number' ? given : 200;
        response.end(request.url === '/analyze' ? JSON.stringify(given) : '');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  test('counts code points; findings are in UTF-16 units', async () => {
    answer = (text) => {
      const before = text.slice(0, text.indexOf('Zoë'));
      const points = Array.from(before).length;
      return [{ entity_type: 'PERSON', start: points, end: points + 3, score: 0.85 }];
    };
    const text = 'It was \u{1f600} and Zoë came';
    const [found] = await (await openRecogniser(`${url}/`)).recognise(text);
    expect(said(text, found!)).toBe('Zoë');
  });

  test.each([
    [500, 'answered 500'],
    [{ error: 'no' }, 'answered something else'],
  ])('an answer %j is refused by name', async (given, message) => {
    answer = () => given;
    await expect((await openRecogniser(url)).recognise('Some text here')).rejects.toThrow(message);
  });

  test('what is out of the text, or no finding, is left out', async () => {
    answer = () => [
      { entity_type: 'PERSON', start: 0, end: 999, score: 1 },
      { entity_type: '<script>', start: 0, end: 2, score: 1 },
      { entity_type: 'PERSON', start: 4, end: 2, score: 1 },
      null,
    ];
    expect(await (await openRecogniser(url)).recognise('Some text here')).toEqual([]);
  });

  test('is asked about many texts in their order', async () => {
    answer = (text) => [{ entity_type: 'PERSON', start: 0, end: text.length, score: 1 }];
    const texts = Array.from({ length: 40 }, (_, i) => 'x'.repeat(i + 1));
    const answers = await recogniseAll(await openRecogniser(url), texts);
    expect(answers.map((found) => found[0]!.end)).toEqual(texts.map(({ length }) => length));
  });
});

test.skipIf(!process.env['CUSTODY_PRESIDIO_URL'])('a real analyzer (set CUSTODY_PRESIDIO_URL)', async () => {
  const recogniser = await openRecogniser(process.env['CUSTODY_PRESIDIO_URL']!);
  const text = 'Please call John Smith tomorrow.';
  expect((await recogniser.recognise(text)).map((one) => [one.type, said(text, one)])).toContainEqual([
    'PERSON',
    'John Smith',
  ]);
});

test('an unknown recogniser is refused', async () => {
  await expect(openRecogniser('spacy')).rejects.toThrow('There is no recogniser "spacy".');
});

test('prose is what has words and a capital, nothing found in it, and is placed by bytes', () => {
  const prose = new ProseFields();
  const reader = new CsvReader(prose, { delimiter: 44 });
  const csv = 'id,text\n1,"We met ""Zoë"" Ng there"\n2,lower words only\n3,Word\n4,Anna Lee was here\n';
  reader.push(Buffer.from(csv));
  reader.end();
  const at = Buffer.from(csv).indexOf('Anna');
  const fields = prose.take([[at, at + 8]]);
  expect(fields.map(({ text }) => text)).toEqual(['We met "Zoë" Ng there']);
  const [field] = fields;
  const start = field!.text.indexOf('Ng');
  const placed = field!.place({ type: 'PERSON', start, end: start + 2, confidence: 0.7 }, 'double');
  expect(
    Buffer.from(csv)
      .subarray(placed.byte, placed.byte + placed.bytes)
      .toString(),
  ).toBe('Ng');
  expect(placed).toMatchObject({ row: 1, column: 2, label: 'text', char: start, chars: 2, rule: 'double' });
});
