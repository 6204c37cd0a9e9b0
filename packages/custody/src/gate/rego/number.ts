/**
 * OPA's numbers. A literal is decimal text; integers are exact at any size; what is not an integer is computed with a
 * 64-bit mantissa, as Go's big.Float does by default, and written with the fewest digits that read back the same.
 *
 * Three shapes, one for each value: `number` for safe integers and decimals of at most 15 digits (which a double holds
 * and prints without change), `bigint` for larger integers, `Decimal` for the rest. So `===` decides equality of the first two.
 */
import { BuiltinError } from './rego-error.ts';

/** mantissa * 10^exponent, mantissa not divisible by 10, exponent < 0, more than 15 digits or beyond a double's range. */
export class Decimal {
  readonly mantissa: bigint;
  readonly exponent: number;
  constructor(mantissa: bigint, exponent: number) {
    this.mantissa = mantissa;
    this.exponent = exponent;
  }
  negated(): Decimal {
    return new Decimal(-this.mantissa, this.exponent);
  }
  toString(): string {
    return decimalText(this.mantissa, this.exponent);
  }
}

export type Num = number | bigint | Decimal;

/** Digits of the largest integer that a literal may stand for: keeps 1e999999999 from filling memory. */
const DIGITS_MAX = 10_000;

const fromBig = (n: bigint): Num =>
  n >= BigInt(Number.MIN_SAFE_INTEGER) && n <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(n) : n;

export const integer = fromBig;

function fromDecimal(mantissa: bigint, exponent: number): Num {
  if (mantissa === 0n) return 0;
  let m = mantissa;
  let e = exponent;
  while (e < 0 && m % 10n === 0n) {
    m /= 10n;
    e++;
  }
  if (e >= 0) return fromBig(m * 10n ** BigInt(e));
  const digits = (m < 0n ? -m : m).toString().length;
  if (digits <= 15 && digits + e > -300) return Number(`${m}e${e}`);
  return new Decimal(m, e);
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** The number that a JSON literal stands for; null if it is none, or too large to hold. */
export function parseNumber(text: string): Num | null {
  if (text.length <= 15 && /^-?(?:0|[1-9]\d*)$/.test(text)) return Number(text) + 0;
  const match = NUMBER.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const e = Number(exponent) - fraction.length;
  if (Math.abs(e) > DIGITS_MAX || whole.length + fraction.length > DIGITS_MAX) return null;
  const mantissa = BigInt(whole + fraction);
  return fromDecimal(sign === '-' ? -mantissa : mantissa, e);
}

export const isNum = (value: unknown): value is Num =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Decimal;

export const isInteger = (n: Num): n is number | bigint =>
  typeof n === 'bigint' || (typeof n === 'number' && Number.isInteger(n));

/** A double as the number its shortest text stands for; NaN and infinities are nobody's number. */
export function fromDouble(n: number): Num | null {
  if (Number.isSafeInteger(n)) return n + 0;
  if (!Number.isFinite(n)) return null;
  return parseNumber(String(n));
}

export const toDouble = (n: Num): number =>
  typeof n === 'number' ? n : Number(n instanceof Decimal ? n.toString() : n);

interface Ratio {
  readonly mantissa: bigint;
  readonly exponent: number;
}

function exact(n: Num): Ratio {
  if (typeof n === 'bigint') return { mantissa: n, exponent: 0 };
  if (n instanceof Decimal) return n;
  if (Number.isInteger(n)) return { mantissa: BigInt(n), exponent: 0 };
  const [digits = '', exponent = '0'] = n.toExponential().split('e');
  const point = digits.indexOf('.');
  const fraction = point < 0 ? 0 : digits.length - point - 1;
  return { mantissa: BigInt(digits.replace('.', '')), exponent: Number(exponent) - fraction };
}

export function compareNumbers(a: Num, b: Num): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0;
  const x = exact(a);
  const y = exact(b);
  const low = Math.min(x.exponent, y.exponent);
  const left = x.mantissa * 10n ** BigInt(x.exponent - low);
  const right = y.mantissa * 10n ** BigInt(y.exponent - low);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Go's strconv 'g' with the fewest digits: plain below 1e21, with an exponent beyond or below 1e-4. */
function decimalText(mantissa: bigint, exponent: number): string {
  const sign = mantissa < 0n ? '-' : '';
  const digits = (mantissa < 0n ? -mantissa : mantissa).toString();
  const point = digits.length + exponent;
  if (point - 1 < -4 || point - 1 >= 21) {
    const e = point - 1;
    const rest = digits.slice(1);
    return `${sign}${digits[0]}${rest === '' ? '' : `.${rest}`}e${e < 0 ? '-' : '+'}${String(Math.abs(e)).padStart(2, '0')}`;
  }
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

export function numberText(n: Num): string {
  if (typeof n === 'bigint') return n.toString();
  if (typeof n === 'number' && Number.isInteger(n)) return String(n);
  const { mantissa, exponent } = exact(n);
  return decimalText(mantissa, exponent);
}

// --- big.Float with a 64-bit mantissa ---

const PRECISION = 64;

/** mantissa * 2^exponent; mantissa is zero or has exactly as many bits as the precision. */
interface Float {
  readonly mantissa: bigint;
  readonly exponent: number;
}

const bits = (n: bigint): number => (n === 0n ? 0 : n.toString(2).length);

/** numerator/denominator * 2^shift, rounded to as many bits, half to even. */
function round(numerator: bigint, denominator: bigint, shift = 0, precision = PRECISION): Float {
  if (numerator === 0n) return { mantissa: 0n, exponent: 0 };
  const negative = numerator < 0n;
  let n = negative ? -numerator : numerator;
  let d = denominator;
  let e = bits(n) - bits(d) - precision;
  if (e > 0) d <<= BigInt(e);
  else n <<= BigInt(-e);
  if (n / d >= 1n << BigInt(precision)) {
    d <<= 1n;
    e++;
  } else if (n / d < 1n << BigInt(precision - 1)) {
    n <<= 1n;
    e--;
  }
  let q = n / d;
  const rest = (n % d) * 2n;
  if (rest > d || (rest === d && (q & 1n) === 1n)) q++;
  if (q === 1n << BigInt(precision)) {
    q >>= 1n;
    e++;
  }
  return { mantissa: negative ? -q : q, exponent: e + shift };
}

function toFloat(n: Num, precision = PRECISION): Float {
  const { mantissa, exponent } = exact(n);
  return exponent >= 0
    ? round(mantissa * 10n ** BigInt(exponent), 1n, 0, precision)
    : round(mantissa, 10n ** BigInt(-exponent), 0, precision);
}

/** The shortest decimal that lies nearer to this float than to its neighbours. */
function fromFloat(f: Float, precision = PRECISION): Num {
  if (f.mantissa === 0n) return 0;
  const negative = f.mantissa < 0n;
  const m = negative ? -f.mantissa : f.mantissa;
  if (f.exponent >= 0) return fromBig((negative ? -m : m) << BigInt(f.exponent));
  const den = 1n << BigInt(-f.exponent);
  if (m % den === 0n) return fromBig((negative ? -m : m) / den);
  for (let digits = 1; digits <= 24; digits++) {
    const scale = digits - Math.floor((bits(m) + f.exponent) * 0.30103);
    const up = scale > 0 ? 10n ** BigInt(scale) : 1n;
    const down = scale < 0 ? 10n ** BigInt(-scale) : 1n;
    const q = (2n * m * up + den * down) / (2n * den * down);
    const candidate = fromDecimal(q * down, -Math.max(scale, 0));
    if (q !== 0n && sameFloat(toFloat(candidate, precision), { mantissa: m, exponent: f.exponent }))
      return negate(candidate, negative);
  }
  return negate(fromDecimal((m * 10n ** BigInt(-f.exponent)) / den, f.exponent), negative);
}

function negate(n: Num, negative: boolean): Num {
  if (!negative) return n;
  if (n instanceof Decimal) return new Decimal(-n.mantissa, n.exponent);
  return typeof n === 'bigint' ? -n : -n;
}

const sameFloat = (a: Float, b: Float): boolean => a.mantissa === b.mantissa && a.exponent === b.exponent;

function combine(a: Num, b: Num, op: (x: bigint, y: bigint) => bigint): Num {
  if (isInteger(a) && isInteger(b)) return fromBig(op(BigInt(a), BigInt(b)));
  const x = toFloat(a);
  const y = toFloat(b);
  const low = Math.min(x.exponent, y.exponent);
  // Far apart, the smaller operand only decides rounding; keep the shift within bounds.
  if (Math.max(x.exponent, y.exponent) - low > 40_000)
    throw new BuiltinError('eval_builtin_error', 'number out of range');
  return fromFloat(round(op(x.mantissa << BigInt(x.exponent - low), y.mantissa << BigInt(y.exponent - low)), 1n, low));
}

const bounded = (n: Num): Num => {
  if (typeof n === 'bigint' && bits(n) > 40_000) throw new BuiltinError('eval_builtin_error', 'number out of range');
  return n;
};

export function add(a: Num, b: Num): Num {
  if (typeof a === 'number' && typeof b === 'number' && Number.isInteger(a) && Number.isInteger(b)) {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return bounded(combine(a, b, (x, y) => x + y));
}

export function subtract(a: Num, b: Num): Num {
  if (typeof a === 'number' && typeof b === 'number' && Number.isInteger(a) && Number.isInteger(b)) {
    const difference = a - b;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return bounded(combine(a, b, (x, y) => x - y));
}

export function multiply(a: Num, b: Num): Num {
  if (isInteger(a) && isInteger(b)) {
    if (typeof a === 'number' && typeof b === 'number') {
      const product = a * b;
      if (Number.isSafeInteger(product)) return product + 0;
    }
    return bounded(fromBig(BigInt(a) * BigInt(b)));
  }
  const x = toFloat(a);
  const y = toFloat(b);
  return bounded(fromFloat(round(x.mantissa * y.mantissa, 1n, x.exponent + y.exponent)));
}

/** Of numbers that are not all whole, with the 53 bits that OPA's big.NewFloat(1) keeps. */
export function product(numbers: readonly Num[]): Num {
  if (numbers.every(isInteger)) return numbers.reduce(multiply, 1);
  let result: Float = round(1n, 1n, 0, 53);
  for (const n of numbers) {
    const x = toFloat(n);
    result = round(result.mantissa * x.mantissa, 1n, result.exponent + x.exponent, 53);
  }
  return bounded(fromFloat(result, 53));
}

export function divide(a: Num, b: Num): Num {
  if (b === 0) throw new BuiltinError('eval_builtin_error', 'divide by zero');
  if (isInteger(a) && isInteger(b)) {
    const x = BigInt(a);
    const y = BigInt(b);
    if (x % y === 0n) return fromBig(x / y);
  }
  const x = toFloat(a);
  const y = toFloat(b);
  const negative = y.mantissa < 0n;
  return fromFloat(
    round(negative ? -x.mantissa : x.mantissa, negative ? -y.mantissa : y.mantissa, x.exponent - y.exponent),
  );
}

export function remainder(a: Num, b: Num): Num {
  if (!isInteger(a) || !isInteger(b)) throw new BuiltinError('eval_builtin_error', 'modulo on floating-point number');
  if (b === 0) throw new BuiltinError('eval_builtin_error', 'modulo by zero');
  return fromBig(BigInt(a) % BigInt(b));
}

const floorDiv = (n: bigint, d: bigint): bigint => (n % d !== 0n && n < 0n ? n / d - 1n : n / d);

export function floor(n: Num): Num {
  if (isInteger(n)) return n;
  const { mantissa, exponent } = exact(n);
  return fromBig(floorDiv(mantissa, 10n ** BigInt(-exponent)));
}

export function ceil(n: Num): Num {
  if (isInteger(n)) return n;
  const { mantissa, exponent } = exact(n);
  return fromBig(-floorDiv(-mantissa, 10n ** BigInt(-exponent)));
}

/** Half away from zero. */
export function roundHalf(n: Num): Num {
  if (isInteger(n)) return n;
  const { mantissa, exponent } = exact(n);
  const unit = 10n ** BigInt(-exponent);
  const size = mantissa < 0n ? -mantissa : mantissa;
  const whole = (2n * size + unit) / (2n * unit);
  return fromBig(mantissa < 0n ? -whole : whole);
}

export function absolute(n: Num): Num {
  if (typeof n === 'number') return Math.abs(n);
  if (typeof n === 'bigint') return n < 0n ? -n : n;
  return n.mantissa < 0n ? new Decimal(-n.mantissa, n.exponent) : n;
}

/** mantissa * 10^exponent, exactly. */
export const decimal = fromDecimal;
export const exactParts = exact;
