/** Germany. */
import { CAPITAL_DIGIT, DIGITS_4 } from '../anchor.ts';
import { compact, icao, mod11Over10, weighted } from '../checksum.ts';
import { rule, said, word, type Rule } from '../rule.ts';

/** Crosswise sum of each product, as the health and pension insurers check their numbers. */
function crossSum(digits: string, weights: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const product = Number(digits[i]) * weights[i]!;
    sum += Math.floor(product / 10) + (product % 10);
  }
  return sum;
}
const letterNumber = (letter: string): string => String(letter.toUpperCase().charCodeAt(0) - 64).padStart(2, '0');

/** Section 290 SGB V: letter, eight digits, check digit. */
const isHealthInsurance = (value: string): boolean =>
  crossSum(letterNumber(value[0]!) + value.slice(1, 9), [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) % 10 === Number(value[9]);

/** VKVV section 2: area, date of birth, letter, serial, check digit. Days from 51 mark a second number of one person. */
function isPensionInsurance(value: string): boolean {
  const day = Number(value.slice(2, 4)) % 50;
  const month = Number(value.slice(4, 6));
  if (day < 1 || day > 31 || month < 1 || month > 12) return false;
  const digits = value.slice(0, 8) + letterNumber(value[8]!) + value.slice(9, 11);
  return crossSum(digits, [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10 === Number(value[11]);
}

/** Of the first ten digits one is there two or three times (since 2016). */
function isTaxId(value: string): boolean {
  const counts = new Map<string, number>();
  for (const digit of value.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  return Math.max(...counts.values()) <= 3 && mod11Over10(value);
}

/** Letters that documents use, without vowels and what looks like digits. */
const DOCUMENT = '[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{7}\\d';
const PLATE = said(
  'kennzeichen',
  'kfz',
  'nummernschild',
  'fahrzeug',
  'zulassung',
  'pkw',
  'lkw',
  'auto',
  'license plate',
  'plate',
);
const TAX_NUMBER = said(
  'steuernummer',
  'steuer-nr',
  'steuer nr',
  'st.-nr',
  'st-nr',
  'finanzamt',
  'umsatzsteuer',
  'einkommensteuer',
);
const VAT = said('umsatzsteuer', 'ust-id', 'ust-idnr', 'ustid', 'mehrwertsteuer', 'vat', 'finanzamt');

export const DE: readonly Rule[] = [
  rule('DE_TAX_ID', 'de-tax-id', word('[1-9]\\d{10}'), 'weak', {
    check: isTaxId,
    context: said(
      'steueridentifikation',
      'steuer-id',
      'steuerid',
      'identifikationsnummer',
      'idnr',
      'steuer-idnr',
      'bzst',
    ),
  }),
  rule('DE_TAX_NUMBER', 'de-tax-number', word('(?:0[1-9]|1[0-6])\\d{11}'), 'weak', { context: TAX_NUMBER }),
  rule('DE_TAX_NUMBER', 'de-tax-number-slashes', word('\\d{2,3}/\\d{3,4}/\\d{4,5}'), 'weak', {
    // 12/3456/7890 is none of a date's forms; 01/012/2020 would be too odd to matter.
    context: TAX_NUMBER,
  }),
  rule('DE_VAT_ID', 'de-vat-id', word('DE[\\s.-]?\\d{3}[\\s.-]?\\d{3}[\\s.-]?\\d{3}'), 'shape', {
    anchors: CAPITAL_DIGIT,
    check: (value) => (mod11Over10(compact(value).slice(2)) ? 'shape' : 'weak'),
    context: VAT,
  }),
  rule('DE_ID_CARD', 'de-id-card', word(`${DOCUMENT}|T\\d{8}`), 'weak', {
    check: (value) => /^t\d{8}$/i.test(value) || icao(value.toUpperCase()),
    context: said(
      'personalausweis',
      'ausweis',
      'dokumentennummer',
      'seriennummer',
      'npa',
      'identity card',
      'national id',
    ),
  }),
  rule('DE_PASSPORT', 'de-passport', word(DOCUMENT), 'weak', {
    check: (value) => icao(value.toUpperCase()),
    context: said('reisepass', 'pass', 'passnummer', 'pass-nr', 'passport', 'dokumentennummer', 'mrz'),
  }),
  rule('DE_FUEHRERSCHEIN', 'de-fuehrerschein', word('[A-Z]{2}\\d{8}[A-Z0-9]'), 'weak', {
    context: said(
      'führerschein',
      'fuehrerschein',
      'fahrerlaubnis',
      'fev',
      'kba',
      'driving licen[cs]e',
      "driver'?s? licen[cs]e",
    ),
  }),
  rule('DE_SOCIAL_SECURITY', 'de-pension-insurance', word('\\d{8}[A-Z]\\d{3}'), 'shape', {
    anchors: CAPITAL_DIGIT,
    check: isPensionInsurance,
    context: said(
      'rentenversicherung',
      'sozialversicherung',
      'versicherungsnummer',
      'rvnr',
      'svnr',
      'sv-nummer',
      'rente',
      'drv',
    ),
  }),
  rule('DE_HEALTH_INSURANCE', 'de-health-insurance', word('[A-Z]\\d{9}'), 'weak', {
    check: isHealthInsurance,
    context: said('krankenversicher', 'versichertennummer', 'kvnr', 'krankenkasse', 'gesundheitskarte', 'egk', 'gkv'),
  }),
  rule(
    'DE_KFZ',
    'de-plate',
    /(?<![\p{L}\p{N}_-])(?:[A-ZÄÖÜ]{1,3}(?:\s[A-Z]{1,2}\s|-[A-Z]{1,2}[-\s])\d{1,4}[EH]?)(?![\p{L}\p{N}_])/giu,
    'weak',
    {
      anchors: CAPITAL_DIGIT,
      context: PLATE,
    },
  ),
  rule('DE_HANDELSREGISTER', 'de-commercial-register', word('HR[AB]\\s{0,3}\\d{1,6}'), 'shape', {
    anchors: CAPITAL_DIGIT,
    context: said('handelsregister', 'amtsgericht', 'registergericht', 'gmbh', 'firma'),
  }),
  rule('DE_PLZ', 'de-postal-code', word('(?!01000|99999)(?:0[1-9]\\d{3}|[1-9]\\d{4})'), 'weak', {
    anchors: DIGITS_4,
    context: said(
      'plz',
      'postleitzahl',
      'postanschrift',
      'wohnort',
      'anschrift',
      'lieferadresse',
      'hausnummer',
      'postfach',
    ),
  }),
  rule('DE_LANR', 'de-lanr', word('\\d{9}'), 'weak', {
    check: (value) => (10 - (weighted(value, [4, 9, 4, 9, 4, 9]) % 10)) % 10 === Number(value[6]),
    context: said('arztnummer', 'lanr', 'arzt-nr', 'arzt nr', 'arzt-nummer', 'vertragsarzt', 'kassenarzt', 'rezept'),
  }),
  rule('DE_BSNR', 'de-bsnr', word('\\d{9}'), 'weak', {
    check: (value) => value !== '000000000',
    context: said('betriebsstätte', 'bsnr', 'praxisnummer', 'arztpraxis', 'nebenbetriebsstätte', 'hauptbetriebsstätte'),
  }),
];
