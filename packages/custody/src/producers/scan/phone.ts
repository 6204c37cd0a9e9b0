/**
 * Phone numbers. Candidates are runs of digits in the groupings people write; `libphonenumber-js` (the numbering plans of
 * all countries) says which of them can be called. A national number that no plan of the default countries knows is
 * reported only where words say that it is a phone's.
 */
import { findPhoneNumbersInText, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { digitsOf } from './checksum.ts';
import { isOfThing } from './context.ts';
import type { Finding, Span } from './finding.ts';
import { matchesIn } from './match.ts';
import { isCallableAbroad, isCallableInAmerica } from './numbering-plan.ts';
import type { SpanSet } from './span-set.ts';
import { said } from './rule.ts';

/** Countries whose national numbers are known without a country code. */
const COUNTRIES: readonly CountryCode[] = ['US', 'GB', 'DE', 'FR', 'IL', 'IN', 'CA', 'BR'];

/** The United States and Canada share one plan: what is valid in one is found by asking for the other. */
const PLANS = COUNTRIES.filter((country) => country !== 'CA');

/** All that the numbering plans find, as Google's library does: one country after the other. Slow; for one short text. */
export function allPhones(text: string): Finding[] {
  const found = new Map<string, Finding>();
  // "is415-555-0132": a letter just before is not of the number, though the library takes it for a reason to look away.
  const apart = text.replace(/(?<![\d ])\p{L}(?=\d)/gu, ' ');
  for (const defaultCountry of COUNTRIES) {
    for (const { startsAt, endsAt } of findPhoneNumbersInText(apart, {
      defaultCountry,
      v2: true,
    } as never) as unknown as {
      startsAt: number;
      endsAt: number;
    }[]) {
      found.set(`${startsAt}-${endsAt}`, phone(startsAt, endsAt, 0.6));
    }
  }
  const all = [...found.values()];
  return all.filter((one) => !all.some((other) => other !== one && other.start <= one.start && other.end >= one.end));
}

const phone = (start: number, end: number, confidence: number): Finding => ({
  type: 'PHONE_NUMBER',
  family: 'personal',
  confidence,
  rule: 'phone',
  start,
  end,
});

/** Digits in groups, a country code or an area code in brackets before, an extension after. */
const CANDIDATE =
  /(?<![\p{L}\p{N}_./=-]|\d,)(?:\+\d{1,3}[ .-]?)?(?:\(\+?\d{1,5}\)[ .-]?)?\d{1,14}(?:[ .-]{1,2}(?:\(\d{1,5}\)[ .-]?)?\d{1,8}){0,7}(?:[ ,]{0,2}(?:x|ext\.?|extension)[ .]?\d{1,6})?(?![\p{L}\p{N}_]|[.,:/-]\d)/giu;

const CONTEXT = said(
  'phone',
  'telephone',
  'tel',
  'cell',
  'cellphone',
  'mobile',
  'mob',
  'call',
  'fax',
  'desk',
  'office',
  'contact',
  'text me',
  'reach',
  'ring',
  'whatsapp',
  'sms',
  'dial',
  'hotline',
  'messages to',
  'message to',
  'registered',
  'handy',
  'telefon',
  'rufnummer',
  'téléphone',
  'teléfono',
  'telefono',
);
export const saysPhone = (words: string): boolean => CONTEXT.test(words);
const AFTER = /^\s{0,2}[-(]?\s?(?:office|fax|mobile|cell|home|work|desk)\b/i;
/** Numbers with a name of their own. */
const OTHER = said(
  'ssn',
  'social security',
  'iban',
  'card',
  'licen[cs]e',
  'passport',
  'zip',
  'isbn',
  'order',
  'serial',
  'tracking',
  'invoice',
  'account',
  'version',
  'firmware',
  'ip',
  'mrn',
  'patient',
  'ticket',
);

/**
 * Phone numbers in a text; `contextOf` gives the words before a place, in its sentence, and `taken` what is known to be
 * something else.
 */
export function phonesIn(text: string, contextOf: (start: number) => string, taken: SpanSet<Span>): Finding[] {
  const found: Finding[] = [];
  for (const match of matchesIn(CANDIDATE, text)) {
    const value = match[0];
    const { index: start } = match;
    const end = start + value.length;
    const main = value.replace(/[ ,]*(?:x|ext).*$/i, '');
    const digits = digitsOf(main);
    if (digits.length < 6 || digits.length > 15 || taken.overlaps(start, end)) continue;
    const before = contextOf(start);
    if (isOfThing(before)) continue;
    const isTold = before.search(CONTEXT) > before.search(OTHER) || AFTER.test(text.slice(end, end + 12));
    if (!isTold && OTHER.test(before)) continue;
    if (isDateLike(main)) continue;
    if (!isTold && /^\d+$/.test(main) && !/^00[1-9]/.test(main)) continue;
    const isGrouped = /\d[ .-]+\(?\d|\)/.test(main);
    const confidence = confidenceOf(main, digits, isTold, isGrouped);
    if (confidence > 0) found.push(phone(start, end, confidence));
  }
  return found;
}

const isDateLike = (value: string): boolean =>
  /^(?:(?:19|20)\d{2}[.-]\d{1,2}[.-]\d{1,2}|\d{1,2}[.-]\d{1,2}[.-](?:19|20)?\d{2})$/.test(value) ||
  /^\d+[.,]\d+$/.test(value);

function confidenceOf(value: string, digits: string, isTold: boolean, isGrouped: boolean): number {
  const isInternational = value.startsWith('+') || /^00[1-9]/.test(digits);
  const isValid = isInternational ? isCallableAbroad(digits.replace(/^00/, '')) : isCallableInAmerica(value, digits);
  if (isValid && (isInternational || isGrouped)) return isTold ? 1 : 0.85;
  if (isTold) return isGrouped || isInternational || digits.length >= 9 ? 0.75 : 0.4;
  if (value.startsWith('+')) return parsePhoneNumberFromString(`+${digits}`)?.isPossible() ? 0.6 : 0.3;
  if (!isGrouped) return isValid && digits.length === 10 ? 0.3 : 0;
  // Groups of digits with a trunk 0 or an area code in brackets are how phone numbers alone are written.
  if (/^\(?0[1-9]/.test(value) || /^\(\d{2,4}\)/.test(value)) return 0.65;
  const groups = value.split(/[ .-]+/);
  if (groups.length < 3 && !(isValid && groups[0]!.length === 3)) return 0.2;
  if (groups.length >= 3 && groups.every((group) => group.length >= 2 && group.length <= 4) && digits.length <= 11)
    return 0.5;
  return PLANS.some((country) => parsePhoneNumberFromString(value, country)?.isValid()) ? 0.5 : 0.2;
}
