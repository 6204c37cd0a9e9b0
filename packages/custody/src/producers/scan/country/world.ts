/** Australia, Canada, South Africa, Nigeria. */
import { CAPITAL_DIGIT, DIGITS_9 } from '../anchor.ts';
import { digitsOf, isDay, luhn, verhoeff, weighted } from '../checksum.ts';
import { rule, said, word, type Rule } from '../rule.ts';

/** The Australian Business Register takes one from the first digit, then weighs. */
const isAbn = (value: string): boolean => {
  const n = digitsOf(value);
  return (weighted(n, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0;
};
const isAcn = (value: string): boolean => {
  const n = digitsOf(value);
  return (10 - (weighted(n, [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10 === Number(n[8]);
};
const isTfn = (value: string): boolean => weighted(digitsOf(value), [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0;
const isMedicare = (value: string): boolean => {
  const n = digitsOf(value);
  return weighted(n, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(n[8]);
};

/** Date of birth, serial, citizenship 0 to 2, 8 or 9, Luhn. */
function isSouthAfrican(value: string): boolean {
  const two = Number(value.slice(0, 2));
  const now = new Date();
  const year = (two > now.getUTCFullYear() % 100 ? 1900 : 2000) + two;
  const month = Number(value.slice(2, 4));
  const day = Number(value.slice(4, 6));
  return isDay(year, month, day) && Date.UTC(year, month - 1, day) <= now.getTime() && luhn(value);
}

const POSTAL = '[ABCEGHJ-NPRSTVXY]\\d[ABCEGHJ-NPRSTV-Z]';

export const WORLD: readonly Rule[] = [
  rule('AU_ABN', 'au-abn', word('\\d{2}\\s\\d{3}\\s\\d{3}\\s\\d{3}|\\d{11}'), 'weak', {
    check: isAbn,
    context: said('abn', 'australian business'),
  }),
  rule('AU_ACN', 'au-acn', word('\\d{3}\\s\\d{3}\\s\\d{3}|\\d{9}'), 'weak', {
    check: isAcn,
    context: said('acn', 'australian company'),
  }),
  rule('AU_TFN', 'au-tfn', word('\\d{3}\\s\\d{3}\\s\\d{3}|\\d{9}'), 'weak', {
    check: isTfn,
    context: said('tfn', 'tax file'),
  }),
  rule('AU_MEDICARE', 'au-medicare', word('[2-6]\\d{3}\\s\\d{5}\\s\\d|[2-6]\\d{9}'), 'weak', {
    check: isMedicare,
    context: said('medicare'),
  }),
  rule('CA_SIN', 'ca-sin', word('[1-79]\\d{2}(?:([- ])\\d{3}\\1|\\d{3})\\d{3}'), 'shape', {
    anchors: DIGITS_9,
    check: (value) => luhn(digitsOf(value)) && (value.length > 9 ? 'shape' : 'weak'),
    context: said('sin', 'social insurance', 'nas', 'assurance sociale'),
  }),
  rule('CA_POSTAL_CODE', 'ca-postal-code', word(`${POSTAL} ?\\d[ABCEGHJ-NPRSTV-Z]\\d`), 'weak', {
    anchors: CAPITAL_DIGIT,
    context: said('postal', 'postcode', 'zip', 'canada', 'ontario', 'quebec', 'alberta', 'code postal'),
  }),
  rule('ZA_ID_NUMBER', 'za-id', word('\\d{10}[0-2][89]\\d'), 'weak', {
    check: isSouthAfrican,
    context: said('south african', 'rsa', 'sa id', 'id number', 'identity number', 'national id', 'smart id'),
  }),
  rule('NG_NIN', 'ng-nin', word('\\d{11}'), 'weak', {
    check: verhoeff,
    context: said('nin', 'national identi', 'nimc', 'nigeria'),
  }),
  rule('NG_VEHICLE_REGISTRATION', 'ng-plate', word('[A-Z]{3}[- ]?\\d{3}[A-Z]{2}'), 'shape', {
    anchors: CAPITAL_DIGIT,
    check: (value) => (/-/.test(value) && value === value.toUpperCase() ? 'shape' : 'weak'),
    context: said('plate', 'vehicle', 'registration'),
  }),
];
