import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import '../../../../../test/seed.ts';
import { EVERYTHING } from './anchor.ts';
import { detect, detectType } from './detect.ts';

const found = (text: string, label?: string) =>
  detect(text, label === undefined ? {} : { label }).map(({ type, start, end }) => [type, text.slice(start, end)]);
const types = (text: string, label?: string) => found(text, label).map(([type]) => type);

describe('shapes with exact checks', () => {
  test.each([
    ['write me at jane.doe@example.org please', 'EMAIL_ADDRESS', 'jane.doe@example.org'],
    ['refund to IBAN DE89 3704 0044 0532 0130 00', 'IBAN_CODE', 'DE89 3704 0044 0532 0130 00'],
    ['I paid with card 4111 1111 1111 1111', 'CREDIT_CARD', '4111 1111 1111 1111'],
    ['my SSN is 219-09-9999', 'US_SSN', '219-09-9999'],
    ['logged in from 203.0.113.7', 'IP_ADDRESS', '203.0.113.7'],
    ['router shows 2001:db8::8a2e:370:7334 as address', 'IP_ADDRESS', '2001:db8::8a2e:370:7334'],
    ['device mac 00:1b:44:11:3a:b7', 'MAC_ADDRESS', '00:1b:44:11:3a:b7'],
    ['tel. +49 30 2000001', 'PHONE_NUMBER', '+49 30 2000001'],
    ['born on 1984-02-29', 'DATE_OF_BIRTH', '1984-02-29'],
    ['MRN 48213377', 'MEDICAL_RECORD_NUMBER', '48213377'],
    ['send it to bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq', 'CRYPTO', 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq'],
    ['Steuer-ID: 86095742719', 'DE_TAX_ID', '86095742719'],
    ['see https://example.org/a?b=1', 'URL', 'https://example.org/a?b=1'],
    ['NINO PR 12 36 12 C', 'UK_NINO', 'PR 12 36 12 C'],
  ])('%s', (text, type, value) => expect(found(text)).toContainEqual([type, value]));

  test.each([
    ['a check digit that is wrong', 'card 4111 1111 1111 1112'],
    ['an IBAN of no country', 'IBAN XX89 3704 0044 0532 0130 00'],
    ['an SSN that is never issued', 'SSN 666-12-3456'],
    ['a version', 'firmware 10.2.31'],
    ['a price', 'not worth 49.99 in my opinion'],
    ['an order', 'order 4111111-1111112'],
    ['an ISBN', 'ISBN 978-3-16-148410-0'],
    ['a tracking number', 'tracking 1Z9999999999999999'],
    ['a serial number', 'serial 123456789012'],
    ['a clock', 'at 12:34:56'],
    ['a handle', 'follow @james on insta'],
  ])('not %s', (_, text) => expect(types(text)).toEqual([]));
});

describe('context', () => {
  test('makes a number what it is, before and after', () => {
    expect(types('passport C01X00T47 and 123456782')).toEqual(types('passport C01X00T47 and 123456782'));
    expect(types('aba routing 071101307')).toEqual(['ABA_ROUTING_NUMBER']);
    expect(types('see 071101307')).toEqual([]);
  });

  test('never crosses a sentence, a line or a field', () => {
    expect(types('I gave my routing slip. see 071101307')).toEqual([]);
    expect(types('routing\n071101307')).toEqual([]);
    expect(types('071101307', 'aba_routing')).toEqual(['ABA_ROUTING_NUMBER']);
    expect(types('071101307', 'amount')).toEqual([]);
  });

  test('a field that is named a secret holds one', () => {
    expect(types('hunter2-Zx81', 'db_password')).toEqual(['PASSWORD']);
    expect(types('hunter2-Zx81', 'nickname')).toEqual([]);
    expect(types('${DB_PASSWORD}', 'db_password')).toEqual([]);
  });
});

describe('names, places, addresses', () => {
  test.each([
    ['My name is Þórólfur', 'PERSON', 'Þórólfur'],
    ['thanks to Priya Okafor from support', 'PERSON', 'Priya Okafor'],
    ['please ask Dr. Weatherstone about it', 'PERSON', 'Dr. Weatherstone'],
    ['She moved here from New Zealand', 'LOCATION', 'New Zealand'],
    [
      'ship to 742 Evergreen Terrace, Springfield, OR 97403 today',
      'ADDRESS',
      '742 Evergreen Terrace, Springfield, OR 97403',
    ],
    ['wohnt in der Koenigstrasse 51', 'ADDRESS', 'Koenigstrasse 51'],
  ])('%s', (text, type, value) => expect(found(text)).toContainEqual([type, value]));

  test.each([
    'instructions are only in German',
    'the handle broke off in May 2023',
    "I'd give it 3.5 out of 5",
    'Samsung Galaxy is a good phone',
  ])('not %s', (text) => expect(types(text).filter((type) => type === 'PERSON')).toEqual([]));
});

describe('one type alone', () => {
  test('takes each candidate that is not refuted', () => {
    expect(detectType('10115', 'DE_PLZ')).toHaveLength(1);
    expect(detectType('01000', 'DE_PLZ')).toHaveLength(0);
    expect(detectType('4012888888881881 4012-8888-8888-1881', 'CREDIT_CARD')).toHaveLength(2);
  });
});

describe('whatever the text', () => {
  const part = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom(
      ' ',
      '. ',
      '\n',
      ', ',
      ': ',
      '=',
      '"',
      'Jane Doe',
      'jane@example.org',
      '4111 1111 1111 1111',
      'DE89370400440532013000',
    ),
    fc.constantFrom(
      'SSN 219-09-9999',
      'SW1A 1AA',
      'HRB 12345',
      'ABCPD1234Z',
      '1EG4-TE5-MK73',
      'AKIA2E0A8F3B244C9986',
      'password=',
      'tel. ',
      'plate ',
      '2001:db8::1',
      '1.1.1.1',
      'documento AA12345aa',
      '<aToken> x9Kq2mZp4Lw8Rt7Vb3',
      'AP6xxxxxxxxxx',
    ),
  );
  const text = fc.array(part, { maxLength: 14 }).map((parts) => parts.join(''));

  test('anchors lose nothing', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(detect(value)).toEqual(detect(value, { anchors: EVERYTHING }));
      }),
      { numRuns: 600 },
    );
  });

  test('findings are inside of it and do not overlap', () => {
    fc.assert(
      fc.property(text, (value) => {
        let before = 0;
        for (const { start, end } of detect(value, { isThorough: true })) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          before = end;
        }
        expect(before).toBeLessThanOrEqual(value.length);
      }),
      { numRuns: 300 },
    );
  });
});
