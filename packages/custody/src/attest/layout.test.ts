import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AttestError } from './attest-error.ts';
import { isMatch, parseLayout } from './layout.ts';

describe('names in rules', () => {
  test.each([
    ['raw/*.csv', 'raw/a.csv', true],
    ['raw/*.csv', 'raw/b/a.csv', false],
    ['raw/**', 'raw/b/a.csv', true],
    ['raw/**', 'raw', false],
    ['**/a', 'x/y/a', true],
    ['*', '', true],
    ['a.b', 'axb', false],
    ['*a*b*c*', 'xxaxxbxxc', true],
  ])('%s and %s: %s', (pattern, name, matches) => expect(isMatch(pattern, name)).toBe(matches));

  test('agree with a regular expression, and take no time that grows without bound', () => {
    const pattern = fc
      .array(fc.constantFrom('a', 'b', '/', '*', '**'), { maxLength: 8 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(pattern, fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 8 }), (rule, name) => {
        const expression = rule.replace(/\*\*|\*/g, (star) => (star === '**' ? '[^]*' : '[^/]*'));
        expect(isMatch(rule, name)).toBe(new RegExp(`^${expression}$`).test(name));
      }),
    );
    expect(isMatch(`${'*a'.repeat(500)}b`, 'a'.repeat(2_000))).toBe(false);
  });
});

test('a layout of any shape is read or refused by name', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (signers, steps, expires) => {
      for (const value of [
        signers,
        { signers, steps, expires },
        { signers: { a: signers }, steps: [{ name: 'x', signers: ['a'], consumes: steps, produces: expires }] },
      ])
        try {
          parseLayout(value);
        } catch (error) {
          expect(error).toBeInstanceOf(AttestError);
        }
    }),
  );
});
