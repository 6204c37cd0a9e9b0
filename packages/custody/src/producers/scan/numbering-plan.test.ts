import fc from 'fast-check';
import { getCountries, getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { expect, test } from 'vitest';
import '../../../../../test/seed.ts';
import { isCallableAbroad, isCallableInAmerica } from './numbering-plan.ts';

const abroad = (digits: string) => parsePhoneNumberFromString(`+${digits}`)?.isValid() ?? false;
const digits = (least: number, most: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: least, maxLength: most });

test('says of the numbers of every country what the library says', () => {
  for (const country of getCountries()) {
    const number = getExampleNumber(country, examples)!.number.slice(1);
    expect(isCallableAbroad(number), number).toBe(abroad(number));
    for (let i = 1; i < number.length; i++) {
      const other = number.slice(0, i) + String((Number(number[i]) + 3) % 10) + number.slice(i + 1);
      expect(isCallableAbroad(other), other).toBe(abroad(other));
      expect(isCallableAbroad(number.slice(0, i)), number.slice(0, i)).toBe(abroad(number.slice(0, i)));
    }
  }
});

test('and of any digits', () => {
  fc.assert(
    fc.property(digits(6, 15), (number) => {
      expect(isCallableAbroad(number), number).toBe(abroad(number));
    }),
    { numRuns: 3_000 },
  );
  const forms = fc.constantFrom('(###) ###-####', '###-###-####', '###.###.####', '### ### ####', '##########');
  fc.assert(
    fc.property(digits(10, 10), forms, (number, form) => {
      let at = 0;
      const value = form.replace(/#/g, () => number[at++]!);
      expect(isCallableInAmerica(value, number), value).toBe(
        parsePhoneNumberFromString(value, 'US')?.isValid() ?? false,
      );
    }),
    { numRuns: 2_000 },
  );
});
