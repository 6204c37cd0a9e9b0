import { describe, expect, test } from 'vitest';
import { classifyColumn, typeOfHeader } from './column.ts';

describe('a column', () => {
  test.each([
    ['customerEmail', 'EMAIL_ADDRESS'],
    ['Phone No', 'PHONE_NUMBER'],
    ['last_name', 'PERSON'],
    ['SSN', 'US_SSN'],
    ['date_of_birth', 'DATE_OF_BIRTH'],
    ['nhs', 'UK_NHS'],
    ['steuer', null],
    ['amount', null],
    ['filename', null],
  ])('called %s is %s by its header', (header, type) => expect(typeOfHeader(header)).toBe(type));

  test('is what its header and most of its values say', () => {
    const found = classifyColumn('aba', ['071101307', '021000021', '011401533', 'n/a']);
    expect(found).toMatchObject({ type: 'ABA_ROUTING_NUMBER', share: 0.75 });
    expect(found!.reasons).toEqual(['the header names ABA_ROUTING_NUMBER', '75% of 4 values have its form']);
  });

  test('is what nearly all of its values are, whatever it is called', () => {
    const mails = Array.from({ length: 10 }, (_, i) => `user${i}@example.org`);
    expect(classifyColumn('c7', mails)).toMatchObject({ type: 'EMAIL_ADDRESS', share: 1 });
    expect(classifyColumn('c7', [...mails.slice(0, 5), ...mails.map(() => 'none')])).toBeNull();
  });

  test('is not what its header says if its values are something else', () => {
    expect(classifyColumn('ssn', ['yes', 'no', 'yes', 'no'])).toBeNull();
  });

  test('of names is believed by its header, because names have no form', () => {
    expect(classifyColumn('last_name', ['Xqzt', 'Brrk', 'Lmno'])).toMatchObject({ type: 'PERSON', confidence: 0.6 });
  });

  test('gives reasons without a value', () => {
    const values = ['jane@example.org', 'joe@example.org', 'jim@example.org'];
    expect(JSON.stringify(classifyColumn('email', values))).not.toContain('example.org');
  });
});
