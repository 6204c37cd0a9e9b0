/** The checks of one column: row by row, and over all rows. */
import { compileRegex, search, type Regex } from '../../rego/regex.ts';
import type { CheckResult } from '../gate-report.ts';
import type { ColumnCheck } from '../rules.ts';
import { ValueSet } from './value-set.ts';
import { durationMs, hasType, numberIn, timeOf } from './value-type.ts';

/** Values of another data set that may be referred to. */
export interface KnownValues {
  has(text: string): boolean;
}

interface RowTest {
  readonly name: string;
  /** A null passes every test but `required`. */
  readonly holds: (text: string, value: number | null) => boolean;
  broken: number;
}

const MEMO_MAX = 10_000;

export class ColumnChecker {
  readonly check: ColumnCheck;
  readonly #tests: RowTest[];
  readonly #isNumeric: boolean;
  readonly #isTime: boolean;
  readonly #unique: ValueSet | null;
  readonly #distinct: ValueSet | null;
  #nullsBroken = 0;
  #uniqueBroken = 0;
  #rows = 0;
  #nulls = 0;
  #sum = 0;
  #numbers = 0;
  #newest = -Infinity;

  constructor(check: ColumnCheck, references: KnownValues | null) {
    this.check = check;
    this.#isTime = check.type === 'date' || check.type === 'timestamp';
    this.#isNumeric =
      check.mean !== undefined ||
      check.sum !== undefined ||
      check.min !== undefined ||
      check.above !== undefined ||
      check.below !== undefined ||
      check.max !== undefined ||
      this.#isTime ||
      check.in !== undefined ||
      check.not_in !== undefined;
    this.#tests = rowTests(check, this.#isTime, references);
    this.#unique = check.unique === true ? new ValueSet() : null;
    this.#distinct = check.distinct ? (this.#unique ?? new ValueSet()) : null;
  }

  /** The name of the first check that a value breaks; null if none. `text` null: the value is null. */
  row(text: string | null): string | null {
    this.#rows++;
    if (text === null) {
      this.#nulls++;
      if (this.check.required !== true) return null;
      this.#nullsBroken++;
      return 'required';
    }
    const value = !this.#isNumeric ? null : this.#isTime ? timeOf(text) : numberIn(text);
    let first: string | null = null;
    for (const test of this.#tests) {
      if (test.holds(text, value)) continue;
      test.broken++;
      first ??= test.name;
    }
    if (value !== null) {
      this.#numbers++;
      this.#sum += value;
      if (value > this.#newest) this.#newest = value;
    }
    if (this.#distinct && this.#distinct !== this.#unique) this.#distinct.add(text);
    if (this.#unique?.add(text)) {
      this.#uniqueBroken++;
      first ??= 'unique';
    }
    return first;
  }

  /** Single rows are let through; what counts is how many hold. */
  get isOfShare(): boolean {
    return this.check.mostly !== undefined;
  }

  end(now: Date): CheckResult[] {
    const { check } = this;
    const results: CheckResult[] = [];
    const filled = this.#rows - this.#nulls;
    const row = (name: string, broken: number, of: number, more = ''): void => {
      const share = of === 0 ? 1 : 1 - broken / of;
      const passed = check.mostly === undefined ? broken === 0 : share >= check.mostly;
      const found = `${broken} of ${of} rows break it${more}`;
      // What `mostly` asks of the whole is of the whole: it cannot be answered by setting rows aside.
      const isOfWhole = check.mostly !== undefined;
      results.push({
        check: name,
        column: check.name,
        action: check.action,
        passed,
        failed: isOfWhole ? null : broken,
        of,
        found,
      });
    };
    for (const { name, broken } of this.#tests) row(name, broken, filled);
    if (check.required === true) row('required', this.#nullsBroken, this.#rows);
    if (this.#unique) row('unique', this.#uniqueBroken, filled, exactness(this.#unique));
    const whole = (name: string, passed: boolean, found: string): void =>
      void results.push({
        check: name,
        column: check.name,
        action: check.action,
        passed,
        failed: null,
        of: null,
        found,
      });
    if (check.nulls_max !== undefined) {
      const share = this.#rows === 0 ? 0 : this.#nulls / this.#rows;
      whole('nulls_max', share <= check.nulls_max, `${(share * 100).toFixed(2)}% are null`);
    }
    const within = ({ min = -Infinity, max = Infinity }, value: number): boolean => value >= min && value <= max;
    if (check.mean) {
      const mean = this.#numbers === 0 ? null : this.#sum / this.#numbers;
      whole(
        'mean',
        mean !== null && within(check.mean, mean),
        mean === null ? 'no numbers' : `the mean is ${short(mean)}`,
      );
    }
    if (check.sum) whole('sum', within(check.sum, this.#sum), `the sum is ${short(this.#sum)}`);
    if (check.distinct) {
      const { distinct } = this.#distinct!;
      whole('distinct', within(check.distinct, distinct), `${distinct} different values${exactness(this.#distinct!)}`);
    }
    if (check.newest_within !== undefined) {
      const age = now.getTime() - this.#newest;
      const found = Number.isFinite(age) ? `the newest is ${short(age / 3_600_000)} h old` : 'there is no time';
      whole('newest_within', age <= durationMs(check.newest_within), found);
    }
    return results;
  }
}

const exactness = (set: ValueSet): string =>
  set.isExact ? '' : `, of a part of all values (1 of ${Math.round(1 / set.part)}, chosen by hash): memory is bounded`;
const short = (value: number): string => String(Number(value.toPrecision(6)));

function rowTests(check: ColumnCheck, isTime: boolean, references: KnownValues | null): RowTest[] {
  const tests: RowTest[] = [];
  const add = (name: string, holds: RowTest['holds']): void => void tests.push({ name, holds, broken: 0 });
  const { type } = check;
  if (type === 'timestamp') add('type', (_, value) => value !== null);
  else if (type === 'date') add('type', (text, value) => value !== null && text.length === 10);
  else if (type !== undefined && type !== 'string') add('type', (text) => hasType(text, type));
  const bound = (value: number | string): number =>
    typeof value === 'number' ? value : isTime ? timeOrNaN(value) : Number(value);
  if (check.min !== undefined) {
    const min = bound(check.min);
    add('min', (_, value) => value !== null && value >= min);
  }
  if (check.max !== undefined) {
    const max = bound(check.max);
    add('max', (_, value) => value !== null && value <= max);
  }
  const { above, below } = check;
  if (above !== undefined) add('above', (_, value) => value !== null && value > above);
  if (below !== undefined) add('below', (_, value) => value !== null && value < below);
  const { min_length: shortest, max_length: longest } = check;
  if (shortest !== undefined) add('min_length', (text) => lengthOf(text) >= shortest);
  if (longest !== undefined) add('max_length', (text) => text.length <= longest || lengthOf(text) <= longest);
  if (check.in) {
    const isIn = membership(check.in);
    add('in', isIn);
  }
  if (check.not_in) {
    const isIn = membership(check.not_in);
    add('not_in', (text, value) => !isIn(text, value));
  }
  if (check.pattern !== undefined) {
    const matches = matcher(compileRegex(check.pattern));
    add('pattern', matches);
  }
  if (check.not_pattern !== undefined) {
    const matches = matcher(compileRegex(check.not_pattern));
    add('not_pattern', (text) => !matches(text));
  }
  if (check.references) {
    if (references) add('references', (text) => references.has(text));
    else add('references', () => false);
  }
  return tests;
}

function membership(list: readonly (string | number | boolean)[]): RowTest['holds'] {
  const texts = new Set(list.map(String));
  const numbers = new Set(list.filter((one) => typeof one === 'number'));
  return (text, value) => texts.has(text) || (value !== null && numbers.has(value));
}

/** The same short values come again and again; what a pattern said of them is kept. */
function matcher(regex: Regex): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => {
    let matches = known.get(text);
    if (matches === undefined) {
      matches =
        search(
          regex,
          Array.from(text, (one) => one.codePointAt(0)!),
          0,
          () => {},
        ) !== null;
      if (known.size < MEMO_MAX && text.length < 100) known.set(text, matches);
    }
    return matches;
  };
}

const timeOrNaN = (text: string): number => timeOf(text) ?? Date.parse(text);

/** In code points. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}
