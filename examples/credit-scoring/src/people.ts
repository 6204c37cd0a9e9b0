/**
 * Made-up people: applicants with their details, and reviews of the bank in which some of them say too much. Every
 * planted value is told, so that what a gate lets through can be counted. Nobody in it exists.
 */
import { uniform } from './seeded.ts';

export interface MadeFile {
  readonly csv: string;
  /** What was planted: data row from 1, column, type as Custody names it, and the value. */
  readonly planted: readonly {
    readonly row: number;
    readonly column: string;
    readonly type: string;
    readonly value: string;
  }[];
}

const FIRST = ['Anna', 'Lukas', 'Priya', 'Marta', 'Ahmed', 'Sofia', 'Pedro', 'Ingrid', 'James', 'Chloe'];
const LAST = ['Novak', 'Schmidt', 'Patel', 'Rossi', 'Khan', 'Dubois', 'Garcia', 'Andersson', 'Smith', 'Martin'];
const PRAISE = [
  'the app is easy to use',
  'I waited 20 minutes on the line',
  'the loan was paid out within 3 days',
  'the rate is higher than 4.5 percent',
  'would use it again',
  'nobody could explain the fee',
];

class People {
  readonly #seed: number;
  #drawn = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** A whole number from 0 to below `n`. */
  below(n: number): number {
    return Math.floor(uniform(this.#seed, `people/${this.#drawn++}`) * n);
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  digits(n: number): string {
    return Array.from({ length: n }, () => this.below(10)).join('');
  }

  name(): string {
    return `${this.of(FIRST)} ${this.of(LAST)}`;
  }

  mail(): string {
    return `${this.of(FIRST)}.${this.of(LAST)}${this.below(99)}@example.org`.toLowerCase();
  }

  /** A German IBAN with its check digits (ISO 13616). */
  iban(): string {
    const account = `37040044${this.digits(10)}`;
    return `DE${String(98n - (BigInt(`${account}131400`) % 97n)).padStart(2, '0')}${account}`;
  }

  phone(): string {
    return `+49 30 ${2_000_000 + this.below(7_000_000)}`;
  }

  /** A card number with its check digit (ISO/IEC 7812). */
  card(): string {
    const digits = [...`4${this.digits(14)}`].map(Number);
    const sum = digits
      .reverse()
      .reduce((total, digit, i) => total + (i % 2 === 0 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit), 0);
    return `${digits.reverse().join('')}${(10 - (sum % 10)) % 10}`;
  }
}

/** Details of applicants, by the ids of the example's applications. */
export function makeApplicants(rows: number, seed: number): MadeFile {
  const people = new People(seed);
  const planted: { row: number; column: string; type: string; value: string }[] = [];
  const lines = ['application_id,name,email,phone,iban,born,amount'];
  for (let row = 1; row <= rows; row++) {
    const values = { name: people.name(), email: people.mail(), phone: people.phone(), iban: people.iban() };
    const born = `${1950 + people.below(50)}-${String(1 + people.below(12)).padStart(2, '0')}-${String(1 + people.below(28)).padStart(2, '0')}`;
    planted.push(
      { row, column: 'name', type: 'PERSON', value: values.name },
      { row, column: 'email', type: 'EMAIL_ADDRESS', value: values.email },
      { row, column: 'phone', type: 'PHONE_NUMBER', value: values.phone },
      { row, column: 'iban', type: 'IBAN_CODE', value: values.iban },
      { row, column: 'born', type: 'DATE_OF_BIRTH', value: born },
    );
    lines.push(
      [`A${String(row).padStart(4, '0')}`, ...Object.values(values), born, 500 + people.below(15_000)].join(','),
    );
  }
  return { csv: `${lines.join('\n')}\n`, planted };
}

/** Reviews; about one in eight says something that it should not. */
export function makeReviews(rows: number, seed: number): MadeFile {
  const people = new People(seed);
  const slips = [
    { type: 'EMAIL_ADDRESS', make: () => people.mail(), say: (value: string) => `write to me at ${value}` },
    { type: 'PHONE_NUMBER', make: () => people.phone(), say: (value: string) => `call me on ${value}` },
    { type: 'IBAN_CODE', make: () => people.iban(), say: (value: string) => `pay it to IBAN ${value}` },
    { type: 'CREDIT_CARD', make: () => people.card(), say: (value: string) => `it took ${value} off my card twice` },
    { type: 'PERSON', make: () => people.name(), say: (value: string) => `thanks to ${value} from support` },
  ] as const;
  const planted: { row: number; column: string; type: string; value: string }[] = [];
  const lines = ['review_id,stars,text'];
  for (let row = 1; row <= rows; row++) {
    const sentences = Array.from({ length: 2 + people.below(3) }, () => people.of(PRAISE));
    if (people.below(8) === 0) {
      const { type, make, say } = people.of(slips);
      const value = make();
      planted.push({ row, column: 'text', type, value });
      sentences.splice(people.below(sentences.length), 0, say(value));
    }
    lines.push(`R${String(row).padStart(6, '0')},${1 + people.below(5)},"${sentences.join('. ')}"`);
  }
  return { csv: `${lines.join('\n')}\n`, planted };
}
