/** United Kingdom. */
import { CAPITAL_DIGIT } from '../anchor.ts';
import { digitsOf, weighted } from '../checksum.ts';
import { rule, said, word, type Rule } from '../rule.ts';

const isNhs = (value: string): boolean => {
  const n = digitsOf(value);
  return (weighted(n, [10, 9, 8, 7, 6, 5, 4, 3, 2]) + Number(n[9])) % 11 === 0;
};

/** Postcode areas and districts of BS 7666; the inward part has no C, I, K, M, O, V. */
const INWARD = '\\s?\\d[ABD-HJLNP-UW-Z]{2}';
const POSTCODE = `GIR\\s?0AA|(?:[A-PR-UWYZ]\\d[ABCDEFGHJKPSTUW]?|[A-PR-UWYZ]\\d{2}|[A-PR-UWYZ][A-HK-Y]\\d[ABEHMNPRVWXY]?|[A-PR-UWYZ][A-HK-Y]\\d{2})${INWARD}`;

const PLATE = said(
  'vehicle',
  'registration',
  'number plate',
  'licen[cs]e plate',
  'reg',
  'vrn',
  'dvla',
  'v5c',
  'logbook',
  'mot',
  'car',
);
/** Age identifiers since 2001: 02 to 29 in March, 51 to 79 in September. */
const isCurrentPlate = (value: string): boolean => {
  const age = Number(value.slice(2, 4));
  return (age >= 2 && age <= 29) || (age >= 51 && age <= 79);
};

export const UK: readonly Rule[] = [
  rule('UK_NHS', 'uk-nhs', word('\\d{3}[- ]?\\d{3}[- ]?\\d{4}'), 'weak', {
    check: isNhs,
    context: said('nhs', 'national health', 'health service', 'health authority'),
  }),
  rule(
    'UK_NINO',
    'uk-nino',
    word('(?!BG|GB|NK|KN|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]'),
    'shape',
    { anchors: CAPITAL_DIGIT, context: said('national insurance', 'ni number', 'nino') },
  ),
  rule('UK_PASSPORT', 'uk-passport', word('[A-Z]{2}\\d{7}'), 'weak', {
    context: said('passport', 'travel document', 'hmpo'),
  }),
  rule('UK_POSTCODE', 'uk-postcode', word(POSTCODE), 'shape', {
    anchors: CAPITAL_DIGIT,
    check: (value) => (/^[A-Z0-9]+ \d[A-Z]{2}$/.test(value) && value.length >= 7 ? 'shape' : 'weak'),
    context: said('postcode', 'post code', 'postal code', 'zip', 'address', 'delivery', 'mailing', 'shipping'),
  }),
  rule(
    'UK_DRIVING_LICENCE',
    'uk-driving-licence',
    word(
      '(?!99999)[A-Z]{1,5}(?<=[A-Z]{1,5})9{0,4}\\d(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12]\\d|3[01])\\d[A-Z9]{2}[A-Z0-9][A-Z]{2}',
    ),
    'shape',
    {
      anchors: CAPITAL_DIGIT,
      check: (value) => value.length === 16,
      context: said('driving licen[cs]e', "driver'?s? licen[cs]e", 'dvla', 'licen[cs]e'),
    },
  ),
  rule('UK_VEHICLE_REGISTRATION', 'uk-plate', word('[A-HJ-PR-Y]{2}(?:0[1-9]|[1-7]\\d)[- ]?[A-HJ-PR-Z]{3}'), 'weak', {
    anchors: CAPITAL_DIGIT,
    check: isCurrentPlate,
    context: PLATE,
  }),
  rule(
    'UK_VEHICLE_REGISTRATION',
    'uk-plate-old',
    word('[A-HJ-NPR-TV-Y]\\d{1,3}[- ]?[A-HJ-PR-Y][A-HJ-PR-Z]{2}|[A-HJ-PR-Z]{3}[- ]?\\d{1,3}[- ]?[A-HJ-NPR-TV-Y]'),
    'weak',
    { anchors: CAPITAL_DIGIT, context: PLATE },
  ),
];
