/**
 * What a text must have at least for the pattern of a rule to match in it: runs of digits of these lengths, and facts
 * (glance.ts). With too little here a rule is tried in vain; with too much it would miss something, which the property test
 * against the simple detector would show.
 */
import { DIGIT_CAPITALS, DIGIT_LETTER, DIGITS_13, DOTTED, LETTER_DIGIT, PLUS, REGISTER, TOKEN } from './glance.ts';
import { CAPITAL_DIGIT, DIGIT, DIGITS_9, LONG_WORD } from './anchor.ts';

export interface Shape {
  /** All of these facts. */
  readonly all?: number;
  /** One of these lengths, from and to, or one of the lists of which each length must be there. */
  readonly runs?: readonly (number | readonly number[])[];
  /** Without these facts it is weak: reported only where a context word is. */
  readonly strongWith?: number;
}

/** Lengths from a to b, each enough alone. */
const from = (a: number, b: number): readonly number[] => Array.from({ length: b - a + 1 }, (_, i) => a + i);
const LONG = from(13, 29);

export const SHAPES: Readonly<Record<string, Shape>> = {
  'credit-card': { all: DIGITS_13, runs: [...LONG, 4] },
  'card-told': { runs: from(12, 19) },
  iban: { all: LETTER_DIGIT | DIGITS_9 },
  mac: { all: LONG_WORD | TOKEN },
  bitcoin: { all: LONG_WORD | DIGIT },
  ipv4: { all: DOTTED },
  'us-ssn': { runs: [[3, 2, 4]] },
  'us-ssn-bare': { runs: [[5, 4], [3, 6], 9] },
  'us-itin': { runs: [[3, 2, 4]] },
  'us-itin-bare': { runs: [[3, 2, 4], [5, 4], [3, 6], 9] },
  'us-mbi': { all: DIGIT_LETTER | CAPITAL_DIGIT },
  'us-mbi-bare': { all: DIGIT_LETTER },
  'us-npi': { runs: [10, [4, 3]] },
  'us-passport': { runs: [8, 9] },
  'us-bank-account': { runs: from(8, 17) },
  'us-aba-routing': { runs: [9, [4, 4], [8, 1], [4, 5], 4] },
  'us-driver-license-digits': { runs: from(6, 16) },
  'us-dea': { runs: from(7, 29) },
  'medical-record-number': { runs: from(5, 12) },
  'uk-nhs': { runs: [[3, 4], [3, 7], [6, 4], 10] },
  'uk-nino': { runs: [2, 4, 6] },
  'uk-passport': { runs: [7], all: LETTER_DIGIT },
  'uk-postcode': { all: DIGIT_LETTER, strongWith: DIGIT_CAPITALS },
  'uk-driving-licence': { all: LETTER_DIGIT | DIGIT_LETTER },
  'uk-plate': { all: LETTER_DIGIT, runs: [2] },
  'uk-plate-old': { runs: [1, 2, 3] },
  'de-tax-id': { runs: [11] },
  'de-tax-number': { runs: [13] },
  'de-tax-number-slashes': { runs: [[2, 3], [2, 4], [3, 4], [3, 5], 3, 4] },
  'de-vat-id': { runs: [9, 3, 6] },
  'de-fuehrerschein': { runs: [8, 9], all: LETTER_DIGIT },
  'de-pension-insurance': { runs: [[8, 3]] },
  'de-health-insurance': { runs: [9], all: LETTER_DIGIT },
  'de-commercial-register': { all: REGISTER },
  'de-postal-code': { runs: [5] },
  'de-lanr': { runs: [9] },
  'de-bsnr': { runs: [9] },
  'es-nif': { runs: [7, 8] },
  'es-nie': { runs: [7], all: LETTER_DIGIT },
  'es-passport': { runs: [6], all: LETTER_DIGIT },
  'it-passport': { runs: [7], all: LETTER_DIGIT },
  'it-fiscal-code': { all: LONG_WORD },
  'fi-hetu': { runs: from(6, 29) },
  'se-personnummer': { runs: [[6, 4], ...from(10, 29), ...from(4, 29)] },
  'se-organisationsnummer': { runs: from(4, 29) },
  'pl-pesel': { runs: from(11, 29) },
  'tr-national-id': { runs: [11] },
  'tr-phone': { strongWith: PLUS },
  'in-aadhaar': { runs: [12, 4] },
  'in-pan': { runs: [4], all: LETTER_DIGIT | DIGIT_LETTER },
  'in-gstin': { all: LONG_WORD | DIGIT_LETTER },
  'in-voter': { runs: [7], all: LETTER_DIGIT },
  'kr-rrn': { runs: [13, [6, 7]] },
  'kr-frn': { runs: [13, [6, 7]] },
  'kr-brn': { runs: [10, [3, 2, 5]] },
  'sg-nric': { runs: [7], all: LETTER_DIGIT | DIGIT_LETTER },
  'th-tnin': { runs: [13] },
  'ph-tin': { runs: [9, 12, 3] },
  'ph-mobile': { strongWith: PLUS },
  'ph-umid': { runs: [12, [4, 7, 1]] },
  'au-abn': { runs: [11, [2, 3]] },
  'au-acn': { runs: [9, 3] },
  'au-tfn': { runs: [9, 3] },
  'au-medicare': { runs: [10, [4, 5, 1]] },
  'ca-sin': { runs: [9, 3] },
  'ca-postal-code': { runs: [1], all: LETTER_DIGIT | DIGIT_LETTER },
  'za-id': { runs: [13] },
  'ng-nin': { runs: [11] },
  'ng-plate': { runs: [3], all: DIGIT_LETTER, strongWith: DIGIT_CAPITALS },
};

/** Could a rule of this shape match where these runs and facts are? */
export function fits({ all = 0, runs }: Shape, facts: number, seenRuns: number): boolean {
  if ((facts & all) !== all) return false;
  if (!runs) return true;
  return runs.some((one) =>
    typeof one === 'number' ? (seenRuns & (1 << one)) !== 0 : one.every((length) => (seenRuns & (1 << length)) !== 0),
  );
}
