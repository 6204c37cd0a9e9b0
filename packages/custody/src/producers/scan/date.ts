/** Dates, and dates of birth: a date next to words of birth. */
import { DIGIT, DIGITS_4 } from './anchor.ts';
import { rule, said, word, type Rule } from './rule.ts';

const MONTH = '(?:0?[1-9]|1[0-2])';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const NAME = '(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)';
const CLOCK = '[0-2]\\d:[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,9})?)?';
const FULL_MONTH =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)';

const FORMS = [
  // RFC 3339, and the same with a space and without a zone
  `\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])[T ]${CLOCK}(?:Z|[+-][0-2]\\d:[0-5]\\d)?`,
  `${MONTH}/${DAY}/(?:\\d{4}|\\d{2})`,
  `${DAY}/${MONTH}/(?:\\d{4}|\\d{2})`,
  `\\d{4}/${MONTH}/${DAY}`,
  `${MONTH}-${DAY}-\\d{4}`,
  `${DAY}-${MONTH}-\\d{4}`,
  `\\d{4}-${MONTH}-${DAY}`,
  `${DAY}\\.${MONTH}\\.(?:\\d{4}|\\d{2})`,
  `${DAY}-${NAME}(?:-(?:\\d{4}|\\d{2}))?`,
  `${NAME}-(?:\\d{4}|\\d{2})`,
];

const BIRTH = said(
  'born',
  'birth',
  'birthday',
  'birthdate',
  'dob',
  'd.o.b',
  'geboren',
  'geburtsdatum',
  'geb',
  'né',
  'née',
  'nacid',
  'nat[oa] il',
);
const WRITTEN = `${DAY}(?:st|nd|rd|th)?(?: of)? ${FULL_MONTH},? \\d{4}|${FULL_MONTH} ${DAY}(?:st|nd|rd|th)?,? \\d{4}`;

export const DATE: readonly Rule[] = [
  rule('DATE_OF_BIRTH', 'date-of-birth', word(`(?:${FORMS.slice(0, 8).join('|')}|${WRITTEN})`), 'shape', {
    anchors: DIGITS_4,
    context: BIRTH,
    needsContext: true,
  }),
  rule('DATE_TIME', 'date', word(FORMS.join('|')), 'shape', { anchors: DIGIT, context: said('date', 'since', 'when') }),
  rule('DATE_TIME', 'date-written', word(WRITTEN), 'shape', { anchors: DIGITS_4, context: said('date', 'since') }),
  rule('DATE_TIME', 'date-short', word(`${MONTH}/(?:\\d{4}|\\d{2})`), 'weak', {
    anchors: DIGIT,
    context: said('date', 'expir', 'birthday'),
  }),
];
