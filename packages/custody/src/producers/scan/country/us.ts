/** United States. */
import { CAPITAL_DIGIT, DIGITS_4, DIGITS_9, LONG_WORD } from '../anchor.ts';
import { digitsOf, luhn, weighted } from '../checksum.ts';
import { rule, said, word, type Rule } from '../rule.ts';

/** What the Social Security Administration never issues, and what it has printed as an example. */
function isSsn(value: string): boolean {
  const separators = new Set(value.match(/[- .]/g));
  const number = digitsOf(value);
  return (
    separators.size <= 1 &&
    !/^(\d)\1{8}$/.test(number) &&
    !/^(?:000|666)|^...00|0000$/.test(number) &&
    !['123456789', '987654320', '078051120'].includes(number)
  );
}
const SSN = said('social', 'security', 'ssn', 'ssns', 'ssid', 'ss#');

const isDea = (value: string): boolean => {
  const n = value.slice(-7);
  const sum = weighted(n, [1, 0, 1, 0, 1, 0]) + 2 * weighted(n, [0, 1, 0, 1, 0, 1]);
  return sum % 10 === Number(n[6]);
};

/** CMS: a leading 80840 stands before the number when its check digit is made. */
const isNpi = (value: string): boolean => {
  const n = digitsOf(value);
  return luhn(`80840${n}`) && !/^(\d)\1{8}/.test(n);
};
const NPI = said('npi', 'national provider', 'provider', 'taxonomy');
const ITIN_MIDDLE = '(?:5\\d|6[0-5]|7\\d|8[0-8]|9[0-24-9])';
const ITIN = said('itin', 'individual taxpayer', 'taxpayer', 'tax id', 'tin');
/** Letters of a Medicare Beneficiary Identifier: no S, L, O, I, B, Z. */
const L = '[AC-HJKMNP-RT-Y]';
const E = '[0-9AC-HJKMNP-RT-Y]';
const MBI = said('medicare', 'mbi', 'beneficiary', 'cms', 'medicaid', 'hic', 'hicn');
const LICENCE = said('driver', 'driving', 'licen[cs]e', 'permit', 'lic', 'dl', 'dls', 'cdls');

export const US: readonly Rule[] = [
  rule('US_SSN', 'us-ssn', word('\\d{3}(?:- ?|[ .])\\d{2}(?:- ?|[ .])\\d{4}'), 'proof', {
    anchors: DIGITS_9,
    // A space alone groups many numbers, so it needs the word.
    check: (value) => isSsn(value) && (/ /.test(value) ? 'shape' : 'proof'),
    context: SSN,
  }),
  rule('US_SSN', 'us-ssn-bare', word('\\d{5}-\\d{4}|\\d{3}-\\d{6}|\\d{9}'), 'weak', { check: isSsn, context: SSN }),
  rule('US_ITIN', 'us-itin', word(`9\\d{2}([- ])${ITIN_MIDDLE}\\1\\d{4}`), 'shape', {
    anchors: DIGITS_9,
    context: ITIN,
  }),
  rule(
    'US_ITIN',
    'us-itin-bare',
    word(`9\\d{2}${ITIN_MIDDLE}[- ]?\\d{4}|9\\d{2}[- ]${ITIN_MIDDLE}[- ]?\\d{4}`),
    'weak',
    { context: ITIN },
  ),
  rule('US_MBI', 'us-mbi', word(`[0-9]${L}${E}[0-9]-${L}${E}[0-9]-${L}${L}[0-9]{2}`), 'shape', {
    anchors: CAPITAL_DIGIT,
    context: MBI,
  }),
  rule('US_MBI', 'us-mbi-bare', word(`[0-9]${L}${E}[0-9]${L}${E}[0-9]${L}${L}[0-9]{2}`), 'weak', {
    anchors: DIGITS_4,
    context: MBI,
  }),
  rule('US_NPI', 'us-npi', word('[12]\\d{9}|[12]\\d{3}[ -]\\d{3}[ -]\\d{3}'), 'weak', { check: isNpi, context: NPI }),
  rule('US_PASSPORT', 'us-passport', word('[A-Z]\\d{8}|\\d{9}'), 'weak', {
    context: said('passport', 'travel document'),
  }),
  rule('US_BANK_NUMBER', 'us-bank-account', word('\\d{8,17}'), 'weak', {
    context: said('account', 'acct', 'bank', 'checking', 'savings', 'debit'),
  }),
  rule('ABA_ROUTING_NUMBER', 'us-aba-routing', word('[0123678]\\d{3}-?\\d{4}-?\\d'), 'weak', {
    check: (value) => weighted(digitsOf(value), [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0,
    context: said('aba', 'routing', 'bankrouting', 'rtn'),
  }),
  // By state: letters, then digits, in the orders that the states' motor vehicle departments use.
  rule(
    'US_DRIVER_LICENSE',
    'us-driver-license',
    word(
      '[A-Z]\\d{1,14}|[A-Z]\\d{18}|[A-Z]\\d{6}R|[A-Z]{2}\\d{2,7}|[A-Z]{2}\\d{6}[A-Z]|\\d{2}[A-Z]{3}\\d{5,6}|\\d{3}[A-Z]{2}\\d{4}|\\d{7,9}[A-Z]|\\d{8}[A-Z]{2}|[A-Z]\\d[A-Z]\\d[A-Z]',
    ),
    'weak',
    { anchors: DIGITS_4, context: LICENCE },
  ),
  rule('US_DRIVER_LICENSE', 'us-driver-license-digits', word('\\d{6,14}|\\d{16}'), 'weak', {
    context: said("driver'?s? licen[cs]e", 'driving licen[cs]e', 'dl number', 'dl#'),
  }),
  rule(
    'US_DRIVER_LICENSE',
    'us-driver-license-told',
    word('\\d{2,4}-\\d{2,4}-\\d{4}|[A-Z]\\d{3}-\\d{3}-\\d{2}-\\d{3}-\\d'),
    'weak',
    {
      context: said("driver'?s? licen[cs]e", 'driving licen[cs]e', 'dl number', 'dl#'),
      needsContext: true,
    },
  ),
  rule('MEDICAL_LICENSE', 'us-dea', /(?<![A-Za-z])[ABCDEFGHJKLMPRSTUX](?:[A-Z]|9)\d{7}/gi, 'weak', {
    check: isDea,
    context: said('medical', 'certificate', 'dea', 'prescriber'),
  }),
  rule('MEDICAL_RECORD_NUMBER', 'medical-record-number', word('[A-Z]{0,3}-?\\d{5,12}'), 'weak', {
    anchors: DIGITS_4,
    context: said('mrn', 'medical record', 'patient id', 'patient no', 'patient number', 'chart no', 'chart number'),
  }),
  rule('UUID', 'uuid', word('[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'), 'weak', {
    anchors: LONG_WORD,
    context: said('user', 'customer', 'person', 'subject', 'visitor', 'device'),
  }),
];
