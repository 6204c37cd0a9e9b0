import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { identifierOf, keyName, SubjectTokens } from './subject-id.ts';

test('a token is HMAC-SHA256 of the kind and the identifier', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.string(),
      fc.string({ maxLength: 300 }),
      (key, kind, identifier) => {
        const tokens = new SubjectTokens(key, kind);
        const wanted = createHmac('sha256', key).update(`${kind}\0${identifier}`).digest('hex');
        for (let again = 0; again < 2; again++)
          expect(Buffer.from(tokens.of(identifier), 'latin1').toString('hex')).toBe(wanted);
      },
    ),
  );
});

test('of an identifier longer than any buffer too', () => {
  const key = randomBytes(32);
  const long = 'é'.repeat(100_000);
  expect(Buffer.from(new SubjectTokens(key, 'k').of(long), 'latin1')).toEqual(
    createHmac('sha256', key).update(`k\0${long}`).digest(),
  );
});

test('one person has one identifier, whatever the type and the form', () => {
  expect(identifierOf([42])).toBe(identifierOf(['42 ']));
  expect(identifierOf(['e\u0301'])).toBe(identifierOf(['é']));
  expect(identifierOf(['a', null])).toBeNull();
  // Two columns are not one: "ab", "c" is another person than "a", "bc".
  expect(identifierOf(['ab', 'c'])).not.toBe(identifierOf(['a', 'bc']));
});

test('the name of a key does not tell it', () => {
  const [one, other] = [randomBytes(32), randomBytes(32)];
  expect(keyName(one)).toMatch(/^[0-9a-f]{16}$/);
  expect(keyName(one)).toBe(keyName(Buffer.from(one)));
  expect(keyName(one)).not.toBe(keyName(other));
});
