/** Spain, Italy, Finland, Sweden, Poland, Turkey. */
import { CAPITAL_DIGIT, DIGITS_4, DIGITS_9 } from '../anchor.ts';
import { compact, digitsOf, isDay, luhn, weighted } from '../checksum.ts';
import { rule, said, word, type Rule } from '../rule.ts';

const SPANISH = 'TRWAGMYFPDXBNJZSQVHLCKE';
const isSpanish = (number: string, letter: string): boolean => SPANISH[Number(number) % 23] === letter;
const isNif = (value: string): boolean => isSpanish(digitsOf(value), value.slice(-1).toUpperCase());
const isNie = (value: string): boolean => {
  const id = compact(value);
  return isSpanish('XYZ'.indexOf(id[0]!) + id.slice(1, -1), id.slice(-1));
};

/** Omocodia: letters stand for digits when two people would have the same code (DM 23 December 1976). */
const D = '[\\dLMNP-V]';
const FISCAL_CODE = `[A-Z]{6}${D}{2}[A-EHLMPR-T]${D}{2}[A-Z]${D}{3}[A-Z]`;
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
function hasFiscalCheck(value: string): boolean {
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const n = parseInt(value[i]!, 36);
    const place = n < 10 ? n : n - 10;
    sum += i % 2 === 0 ? ODD[place]! : place;
  }
  return String.fromCharCode(65 + (sum % 26)) === value[15];
}
function isFiscalCode(value: string): false | 'proof' | 'shape' {
  const code = value.toUpperCase();
  const plain = code.replace(/[LMNP-V]/g, (letter) => String('LMNPQRSTUV'.indexOf(letter)));
  const day = Number(plain.slice(9, 11)) % 40;
  const month = 'ABCDEHLMPRST'.indexOf(code[8]!) + 1;
  // Surname and name: consonants, then vowels, filled with X.
  const name = /^(?:[B-DF-HJ-NP-TV-Z]{2}[A-Z]|[A-Z][AEIOU][AEIOUX]|[AEIOU]XX){2}/;
  if (!name.test(code) || !isDay(2000, month, day)) return false;
  return hasFiscalCheck(code) ? 'proof' : 'shape';
}

const isItalianVat = (value: string): boolean => {
  const n = digitsOf(value);
  return n !== '00000000000' && luhn(n);
};

const FINNISH = '0123456789ABCDEFHJKLMNPRSTUVWXY';
function isFinnish(value: string): boolean {
  const century = '+' === value[6] ? 1800 : /[-YXWVU]/i.test(value[6]!) ? 1900 : 2000;
  const year = century + Number(value.slice(4, 6));
  return (
    isDay(year, Number(value.slice(2, 4)), Number(value.slice(0, 2))) &&
    FINNISH[Number(value.slice(0, 6) + value.slice(7, 10)) % 31] === value[10]!.toUpperCase()
  );
}

/** Ten digits, or twelve with the century. Coordination numbers have 60 added to the day. */
function isPersonnummer(value: string): boolean {
  const all = digitsOf(value);
  if (all.length !== 10 && all.length !== 12) return false;
  const n = all.slice(-10);
  const year = all.length === 12 ? Number(all.slice(0, 4)) : Number(n.slice(0, 2));
  const day = Number(n.slice(4, 6));
  return isDay(year, Number(n.slice(2, 4)), day > 60 ? day - 60 : day) && luhn(n);
}
const isOrganisation = (value: string): boolean => Number(value[2]) >= 2 && luhn(digitsOf(value));

const PESEL_WEIGHTS = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3];
const isPesel = (value: string): boolean => (10 - (weighted(value, PESEL_WEIGHTS) % 10)) % 10 === Number(value[10]);

function isTurkish(value: string): boolean {
  const odd = weighted(value, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
  const even = weighted(value, [0, 1, 0, 1, 0, 1, 0, 1, 0]);
  const tenth = (((odd * 7 - even) % 10) + 10) % 10;
  return Number(value[9]) === tenth && (odd + even + tenth) % 10 === Number(value[10]);
}
const TURKISH_PHONE = said('telefon', 'tel', 'cep', 'gsm', 'mobil', 'numara', 'phone');

/** A birth date of six or eight digits and four more. */
const PERSONNUMMER = /\d{6}(?:\d{2})?[-+]?\d{4}/g;

export const EUROPE: readonly Rule[] = [
  rule('ES_NIF', 'es-nif', word('\\d{7,8}-?[A-Z]'), 'weak', {
    check: isNif,
    context: said('documento nacional', 'dni', 'nif', 'identificación', 'cif'),
  }),
  rule('ES_NIE', 'es-nie', word('[XYZ]\\d{7}-?[A-Z]'), 'shape', {
    anchors: CAPITAL_DIGIT,
    check: isNie,
    context: said('número de identificación', 'nie', 'extranjero'),
  }),
  rule('ES_PASSPORT', 'es-passport', word('[A-Z]{3}\\d{6}'), 'weak', { context: said('pasaporte', 'passport') }),
  rule('IT_FISCAL_CODE', 'it-fiscal-code', new RegExp(FISCAL_CODE, 'gi'), 'proof', {
    anchors: CAPITAL_DIGIT,
    check: isFiscalCode,
    context: said('codice fiscale', 'cf'),
  }),
  rule(
    'IT_DRIVER_LICENSE',
    'it-driver-license',
    word('[A-Z]{2}\\d{7}[A-Z]|U1[BCDEFGHLJKMNPRSTUWYXZ0-9]{7}[A-Z]'),
    'weak',
    {
      context: said('patente', 'licenza di guida'),
    },
  ),
  rule(
    'IT_IDENTITY_CARD',
    'it-identity-card',
    word('[A-Z]{2}\\s?\\d{7}|\\d{7}[A-Z]{2}|[A-Z]{2}\\d{5}[A-Z]{2}'),
    'weak',
    {
      anchors: DIGITS_4,
      context: said("carta d'identità", 'carta di identità', 'identità', 'cie', 'documento', 'riconoscimento'),
    },
  ),
  rule('IT_PASSPORT', 'it-passport', word('[A-Z]{2}\\d{7}'), 'weak', { context: said('passaporto') }),
  rule('IT_VAT_CODE', 'it-vat', word('(?:\\d[ _]?){10}\\d'), 'weak', {
    check: isItalianVat,
    context: said('p\\.?iva', 'partita iva', 'p. iva'),
  }),
  rule('FI_PERSONAL_IDENTITY_CODE', 'fi-hetu', /\d{6}[-+A-FYXWVU]\d{3}[0-9A-FHJ-NPR-Y]/gi, 'shape', {
    anchors: CAPITAL_DIGIT,
    check: (value, text, start) =>
      isFinnish(value) &&
      (/[\p{L}\p{N}_]/u.test(text[start - 1] ?? ' ') || /[\p{L}\p{N}_]/u.test(text[start + 11] ?? ' ')
        ? 'weak'
        : 'shape'),
    context: said('hetu', 'henkilötunnus', 'personbeteckning', 'personal identity', 'finnish id'),
  }),
  rule('SE_PERSONNUMMER', 'se-personnummer', PERSONNUMMER, 'weak', {
    check: isPersonnummer,
    context: said('personnummer', 'pnr', 'svensk', 'samordningsnummer', 'personal identity'),
  }),
  rule('SE_ORGANISATIONSNUMMER', 'se-organisationsnummer', /\d{6}-?\d{4}/g, 'weak', {
    check: isOrganisation,
    context: said('organisationsnummer', 'orgnr', 'org nr', 'företagsnummer'),
  }),
  rule('PL_PESEL', 'pl-pesel', /\d{2}(?:[02468][1-9]|[13579][012])(?:0[1-9]|[12]\d|3[01])\d{5}/g, 'weak', {
    check: isPesel,
    context: said('pesel'),
  }),
  rule('TR_NATIONAL_ID', 'tr-national-id', word('[1-9]\\d{10}'), 'weak', {
    check: isTurkish,
    context: said('tc kimlik', 'kimlik', 'tckn', 'tc no', 'nüfus', 'turkish id', 'national id'),
  }),
  rule(
    'TR_LICENSE_PLATE',
    'tr-plate',
    word('(?:0[1-9]|[1-7]\\d|8[01])(?:\\s?[A-PR-VYZ]{1,3}\\s?|-[A-PR-VYZ]{1,3}-)\\d{2,4}'),
    'weak',
    {
      anchors: CAPITAL_DIGIT,
      context: said('plaka', 'plakası', 'araç', 'license plate', 'number plate', 'plate'),
    },
  ),
  rule(
    'TR_PHONE_NUMBER',
    'tr-phone',
    /(?<![\d+])(?:\+90[ -]?|0[ -]?|0?\()?(?:5\d|[2-4]\d)\d\)?[ .-]?\d{3}[ .-]?\d{2}[ .-]?\d{2}(?!\d)/g,
    'shape',
    {
      anchors: DIGITS_9,
      check: (value) => (value.startsWith('+90') ? 'shape' : 'weak'),
      context: TURKISH_PHONE,
    },
  ),
];
