/** The samples of NIST SP 800-38G (csrc.nist.gov, FF1samples.pdf), and what must hold of any input. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ff1 } from './ff1.ts';

const KEY_128 = '2B7E151628AED2A6ABF7158809CF4F3C';
const KEY_192 = `${KEY_128}EF4359D8D580AA4F`;
const KEY_256 = `${KEY_192}7F036D6F04FC6A94`;
const TEN = '39383736353433323130';
const ELEVEN = '3737373770717273373737';
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

test.each([
  [KEY_128, 10, '', '0123456789', '2433477484'],
  [KEY_128, 10, TEN, '0123456789', '6124200773'],
  [KEY_128, 36, ELEVEN, '0123456789abcdefghi', 'a9tv40mll9kdu509eum'],
  [KEY_192, 10, '', '0123456789', '2830668132'],
  [KEY_192, 10, TEN, '0123456789', '2496655549'],
  [KEY_192, 36, ELEVEN, '0123456789abcdefghi', 'xbj3kv35jrawxv32ysr'],
  [KEY_256, 10, '', '0123456789', '6657667009'],
  [KEY_256, 10, TEN, '0123456789', '1001623463'],
  [KEY_256, 36, ELEVEN, '0123456789abcdefghi', 'xs8a0azh2avyalyzuwd'],
])('key %s, radix %i, tweak %s: %s becomes %s', (key, radix, tweak, plain, cipher) => {
  const ff1 = new Ff1(Buffer.from(key, 'hex'), radix);
  const numerals = (text: string) => [...text].map((one) => DIGITS.indexOf(one));
  expect(ff1.encrypt(numerals(plain), Buffer.from(tweak, 'hex'))).toEqual(numerals(cipher));
  expect(ff1.decrypt(numerals(cipher), Buffer.from(tweak, 'hex'))).toEqual(numerals(plain));
});

test('every input comes back, and a short one is refused', () => {
  const ff1 = new Ff1(Buffer.alloc(32, 7), 10);
  fc.assert(
    fc.property(
      fc.array(fc.nat(9), { minLength: 6, maxLength: 60 }),
      fc.uint8Array({ maxLength: 40 }),
      (numerals, tweak) => {
        const turned = ff1.encrypt(numerals, tweak);
        expect(turned).toHaveLength(numerals.length);
        expect(ff1.decrypt(turned, tweak)).toEqual(numerals);
      },
    ),
    { numRuns: 100 },
  );
  expect(() => ff1.encrypt([1, 2, 3, 4, 5], new Uint8Array(0))).toThrow(RangeError);
});
