/**
 * The class of a column: from its header, from what its values look like, and from how many of them match. It never clears
 * a column: every row is scanned whatever the class; a class tells which weaker rules its values are held against.
 */
import { detect, detectType } from './detect.ts';
import { textOf, type Field, type FieldSink } from './format/field.ts';
import { RULES } from './rules.ts';
import { knownTypes } from './type.ts';

export interface ColumnClass {
  readonly type: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** Of the values that are not empty, how many match. */
  readonly share: number;
  /** Why, in words, without a value. */
  readonly reasons: readonly string[];
}

/** What headers are called, apart from the type's own name. */
const HEADERS: readonly (readonly [string, RegExp])[] = [
  ['EMAIL_ADDRESS', /^(?:e_?mail|mail)(?:_?(?:address|addr|adresse))?$|(?:^|_)e_?mail(?:$|_)/],
  ['PHONE_NUMBER', /(?:^|_)(?:phone|telephone|tel|mobile|cell|fax|msisdn|telefon|handy)(?:_?(?:number|no|nr))?(?:$|_)/],
  [
    'PERSON',
    /^(?:(?:first|last|full|given|family|middle|maiden|sur|customer|user|contact|employee|patient|display)_?)?name$|^(?:vorname|nachname|nom|prenom|apellidos?|nombre|author|surname)$/,
  ],
  ['US_SSN', /(?:^|_)(?:ssn|social_security(?:_number)?)(?:$|_)/],
  ['CREDIT_CARD', /(?:^|_)(?:credit_?card|card_?(?:number|no)|cc_?(?:number|num|no)?|pan)(?:$|_)/],
  ['IBAN_CODE', /(?:^|_)iban(?:$|_)/],
  ['IP_ADDRESS', /(?:^|_)ip(?:v4|v6)?(?:_?addr(?:ess)?)?(?:$|_)/],
  ['MAC_ADDRESS', /(?:^|_)mac(?:_?addr(?:ess)?)?(?:$|_)/],
  ['DATE_OF_BIRTH', /(?:^|_)(?:dob|birth_?(?:date|day)|date_of_birth|born(?:_on)?|geburtsdatum)(?:$|_)/],
  ['ADDRESS', /(?:^|_)(?:street|address|addr|strasse|adresse|address_?line_?\d?)(?:$|_)/],
  ['LOCATION', /^(?:city|town|country|state|region|ort|stadt|land|ville|ciudad)$/],
  ['PASSWORD', /(?:^|_)(?:password|passwd|pwd|pass)(?:$|_)/],
  ['API_KEY', /(?:^|_)(?:api_?key|secret|token|access_?key)(?:$|_)/],
  ['MEDICAL_RECORD_NUMBER', /(?:^|_)(?:mrn|medical_record(?:_number|_no)?|patient_(?:id|no|number))(?:$|_)/],
  ['US_DRIVER_LICENSE', /(?:^|_)(?:driver_?s?_?licen[cs]e(?:_number|_no)?|dl_?(?:number|no))(?:$|_)/],
  ['US_PASSPORT', /(?:^|_)passport(?:_?(?:number|no))?(?:$|_)/],
  ['US_BANK_NUMBER', /(?:^|_)(?:bank_account|account_?(?:number|no))(?:$|_)/],
  ['ABA_ROUTING_NUMBER', /(?:^|_)(?:aba|routing)(?:_?(?:number|no))?(?:$|_)/],
];

const spoken = (header: string): string =>
  header
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

/** The type that a header names; null if it names none. */
export function typeOfHeader(header: string): string | null {
  const name = spoken(header);
  for (const [type, pattern] of HEADERS) if (pattern.test(name)) return type;
  // DE_TAX_ID, UK_NHS: the type's own name, with its country or without.
  return (
    knownTypes().find((type) => name === type.toLowerCase() || name === type.toLowerCase().replace(/^[a-z]{2}_/, '')) ??
    null
  );
}

/** Half of the values must match, whatever the header says; nearly all, if it says nothing. */
const TOLD = 0.5;
const UNTOLD = 0.9;
const FEWEST = 3;

/**
 * The class of a column out of its header and some of its values; null if it has none.
 * Takes values as text; empty ones are left out.
 */
export function classifyColumn(header: string, values: readonly string[]): ColumnClass | null {
  const told = typeOfHeader(header);
  const filled = values.map((value) => value.trim()).filter((value) => value !== '');
  const matching = (type: string): number => {
    const hits = filled.filter((value) =>
      detectType(value, type).some(({ start, end }) => end - start >= value.length * 0.8),
    );
    return filled.length === 0 ? 0 : hits.length / filled.length;
  };
  if (told) {
    const share = matching(told);
    const reasons = [`the header names ${told}`, `${percent(share)} of ${filled.length} values have its form`];
    if (filled.length === 0)
      return { type: told, confidence: 0.5, share, reasons: [reasons[0]!, 'there are no values'] };
    if (share >= TOLD) return { type: told, confidence: 0.7 + 0.3 * share, share, reasons };
    // Names and secrets have no form of their own.
    if (['PERSON', 'PASSWORD', 'ADDRESS', 'LOCATION', 'API_KEY'].includes(told))
      return { type: told, confidence: 0.6, share, reasons };
  }
  if (filled.length < FEWEST) return null;
  const counts = new Map<string, number>();
  for (const value of filled) {
    const whole = detect(value, { label: header }).find(({ start, end }) => end - start >= value.length * 0.8);
    if (whole) counts.set(whole.type, (counts.get(whole.type) ?? 0) + 1);
  }
  const [type, count] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0]);
  const share = count / filled.length;
  if (share < UNTOLD) return null;
  return {
    type,
    confidence: 0.5 + 0.4 * share,
    share,
    reasons: [`${percent(share)} of ${filled.length} values are ${type}`],
  };
}

/** Types that have no table of rules, and what looks for them. */
const OTHER_VALIDATORS: Readonly<Record<string, readonly string[]>> = {
  PHONE_NUMBER: ['phone'],
  PERSON: ['name'],
  LOCATION: ['place'],
  ADDRESS: ['address'],
  PASSWORD: ['assigned-password'],
  API_KEY: ['assigned-key', 'assigned-vendor-key'],
};
/** The rules that values of a class are held against, by name. */
export const validatorsOf = (type: string): readonly string[] =>
  OTHER_VALIDATORS[type] ?? RULES.filter((rule) => rule.type === type).map(({ name }) => name);

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** What the report of a column says. */
export interface ColumnReport {
  readonly column: string;
  /** null: neither the name nor the sample tells one. It was scanned all the same. */
  readonly class: string | null;
  readonly confidence: number;
  /** Of the sample's values, how many match; 0 to 1. */
  readonly share: number;
  /** Values in the sample that are not empty. */
  readonly sampled: number;
  readonly reasons: readonly string[];
  /** Rules that the class is held against, by name. */
  readonly validators: readonly string[];
}

const SAMPLED_MAX = 200;
const LONGEST_SAMPLE = 256;
const COLUMNS_MAX = 1_000;

/** A sink that keeps the first values of each column, to tell their classes by. It clears nothing: all rows are scanned. */
export class ColumnSample implements FieldSink {
  /** By number and name: two columns may have the same name, and keys of JSON have no number. */
  readonly #values = new Map<string, string[]>();

  field(field: Field): void {
    const name = field.row === 0 ? textOf(field) : field.label;
    if (name === '') return;
    const key = `${field.column} ${name}`;
    const values = this.#values.get(key);
    if (!values) {
      if (this.#values.size < COLUMNS_MAX) this.#values.set(key, field.row === 0 ? [] : [textOf(field)]);
    } else if (field.row > 0 && values.length < SAMPLED_MAX)
      values.push(textOf({ ...field, end: Math.min(field.end, field.start + LONGEST_SAMPLE) }));
  }

  trouble(): void {}

  reports(): readonly ColumnReport[] {
    return [...this.#values].map(([key, values]) => {
      const column = key.slice(key.indexOf(' ') + 1);
      const found = classifyColumn(column, values);
      return {
        column,
        class: found?.type ?? null,
        confidence: found ? Math.round(found.confidence * 100) / 100 : 0,
        share: found ? Math.round(found.share * 1000) / 1000 : 0,
        sampled: values.length,
        reasons: found?.reasons ?? ['neither the name nor the values tell a class'],
        validators: found ? validatorsOf(found.type) : [],
      };
    });
  }
}
