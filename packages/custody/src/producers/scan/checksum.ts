/** Check digits, as the issuers of numbers publish them. Each takes digits (and letters where said) without separators. */

const digitAt = (text: string, i: number): number => text.charCodeAt(i) - 48;

/** Keeps letters and digits. */
export const compact = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '').toUpperCase();

export const digitsOf = (text: string): string => text.replace(/\D+/g, '');

/** ISO/IEC 7812-1 annex B: cards, Swedish, South African and Canadian numbers, NPI. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = digits.length - 1, double = false; i >= 0; i--, double = !double) {
    const digit = digitAt(digits, i);
    sum += double ? (digit > 4 ? 2 * digit - 9 : 2 * digit) : digit;
  }
  return sum % 10 === 0;
}

/** ISO/IEC 7064 MOD 97-10 over letters as 10 to 35, the first four characters last: IBAN (ISO 13616). */
export function mod97(iban: string): boolean {
  let rest = 0;
  for (let i = 0; i < iban.length; i++) {
    const code = iban.charCodeAt((i + 4) % iban.length);
    rest = code < 58 ? (rest * 10 + code - 48) % 97 : (rest * 100 + code - 55) % 97;
  }
  return rest === 1;
}

/** Sum of digits times weights. */
export function weighted(digits: string, weights: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += digitAt(digits, i) * weights[i]!;
  return sum;
}

const TIMES = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const PERMUTED = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

/** Verhoeff (1969), "Error detecting decimal codes": Aadhaar, Nigerian NIN. */
export function verhoeff(digits: string): boolean {
  let check = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digitAt(digits, digits.length - 1 - i);
    check = digitAt(TIMES[check]!, digitAt(PERMUTED[i % 8]!, digit));
  }
  return check === 0;
}

/** ISO/IEC 7064 MOD 11,10, the last digit checks the others: German tax id and VAT id. */
export function mod11Over10(digits: string): boolean {
  let product = 10;
  for (let i = 0; i < digits.length - 1; i++) {
    const sum = (digitAt(digits, i) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === digitAt(digits, digits.length - 1);
}

/** ICAO 9303 part 3: weights 7, 3, 1 over digits and letters as 10 to 35, the last digit checks. */
export function icao(text: string): boolean {
  let sum = 0;
  for (let i = 0; i < text.length - 1; i++) sum += parseInt(text[i]!, 36) * [7, 3, 1][i % 3]!;
  return sum % 10 === digitAt(text, text.length - 1);
}

/** Is there such a day? The year may have two digits; then any century will do. */
export function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const full = year < 100 ? 2000 + year : year;
  return day <= new Date(Date.UTC(full, month, 0)).getUTCDate();
}
