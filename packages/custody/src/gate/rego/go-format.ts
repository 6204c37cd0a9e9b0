/** Go's fmt.Sprintf for the argument types that OPA hands it: int64, *big.Int, float64 and string. */
import { isNum, isInteger, numberText, toDouble } from './number.ts';
import { toText, type Value } from './value.ts';

type Argument =
  | { readonly type: 'int64' | '*big.Int'; readonly n: bigint }
  | { readonly type: 'float64'; readonly n: number }
  | { readonly type: 'string'; readonly s: string };

const WIDTH_MAX = 1_000_000;
/** Of Number.prototype.toFixed. */
const DIGITS_MAX = 100;

/** `written`: of a number that its author spelled as a float. One too large for a float is formatted as that text. */
function argument(value: Value, written: string | null): Argument {
  if (isNum(value) && written !== null)
    return Number.isFinite(toDouble(value)) ? { type: 'float64', n: toDouble(value) } : { type: 'string', s: written };
  if (isNum(value)) {
    if (!isInteger(value)) return { type: 'float64', n: toDouble(value) };
    const n = BigInt(value);
    return { type: n >= -(2n ** 63n) && n < 2n ** 63n ? 'int64' : '*big.Int', n };
  }
  return { type: 'string', s: typeof value === 'string' ? value : toText(value) };
}

interface Spec {
  readonly minus: boolean;
  readonly plus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  readonly width: number | null;
  readonly precision: number | null;
}

const DIRECTIVE = /%([-+# 0]*)(?:\[(\d+)\])?(\d+|\*)?(?:(\.)(?:\[(\d+)\])?(\d+|\*)?)?(?:\[(\d+)\])?([\s\S]|$)/gu;

/** Formats of text and bare %s, %v and %d alone, as the text around them; what nearly all policies write. */
const simple = new Map<string, readonly string[] | null>();
const SIMPLE_MAX = 1000;

/** The text around bare %s and %v, if the format has no other directives; else null. */
export function simplePieces(format: string): readonly string[] | null {
  let pieces = simple.get(format);
  if (pieces === undefined) {
    pieces = /^(?:[^%]|%[sv])*$/.test(format) ? format.split(/%[sv]/) : null;
    if (simple.size >= SIMPLE_MAX) simple.clear();
    simple.set(format, pieces);
  }
  return pieces;
}

export function sprintf(format: string, values: readonly Value[], floats: readonly (string | null)[] = []): string {
  const pieces = simplePieces(format);
  // Numbers under %s are errors in Go, and the long way writes them.
  if (pieces !== null && pieces.length === values.length + 1 && !values.some(isNum)) {
    let out = pieces[0] as string;
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as Value;
      out += (typeof value === 'string' ? value : toText(value)) + (pieces[i + 1] as string);
    }
    return out;
  }
  let next = 0;
  let reordered = false;
  const args = values.map((value, i) => argument(value, floats[i] ?? null));
  const star = (text: string | undefined): number | null | 'bad' => {
    if (text === undefined) return null;
    if (text !== '*') return Number(text) > WIDTH_MAX ? 'bad' : Number(text);
    const arg = args[next++];
    return arg !== undefined && arg.type === 'int64' && arg.n < WIDTH_MAX && arg.n > -WIDTH_MAX ? Number(arg.n) : 'bad';
  };
  const text = format.replace(
    DIRECTIVE,
    (
      _all,
      flags: string,
      index0: string | undefined,
      w: string | undefined,
      dot: string | undefined,
      _i: string | undefined,
      p: string | undefined,
      index: string | undefined,
      verb: string,
    ) => {
      let prefix = '';
      let width = star(w);
      if (width === 'bad') {
        prefix += '%!(BADWIDTH)';
        width = null;
      }
      let minus = flags.includes('-');
      if (width !== null && width < 0) {
        minus = true;
        width = -width;
      }
      let precision = dot === undefined ? null : (star(p) ?? 0);
      if (precision === 'bad' || (precision !== null && precision < 0)) {
        prefix += '%!(BADPREC)';
        precision = null;
      }
      if (verb === '') return `${prefix}%!(NOVERB)`;
      if (verb === '%') return `${prefix}%`;
      const position = index ?? index0;
      if (position !== undefined) {
        reordered = true;
        next = Number(position) - 1;
        if (next < 0 || next >= args.length) return `${prefix}%!${verb}(BADINDEX)`;
      }
      const arg = args[next++];
      if (arg === undefined) return `${prefix}%!${verb}(MISSING)`;
      const spec: Spec = {
        minus,
        plus: flags.includes('+'),
        sharp: flags.includes('#'),
        space: flags.includes(' '),
        zero: flags.includes('0') && !minus,
        width,
        precision,
      };
      return prefix + one(verb, arg, spec);
    },
  );
  if (!reordered && next < args.length)
    return `${text}%!(EXTRA ${args
      .slice(next)
      .map((arg) => `${arg.type}=${plain(arg)}`)
      .join(', ')})`;
  return text;
}

const plain = (arg: Argument): string =>
  arg.type === 'string' ? arg.s : arg.type === 'float64' ? general(arg.n, null, false) : arg.n.toString();

function pad(text: string, { width, minus, zero }: Spec, numeric = false): string {
  const length = [...text].length;
  if (width === null || length >= width) return text;
  const fill = width - length;
  if (minus) return text + ' '.repeat(fill);
  if (!zero) return ' '.repeat(fill) + text;
  const sign = numeric && /^[-+ ]/.test(text) ? (text[0] as string) : '';
  return sign + '0'.repeat(fill) + text.slice(sign.length);
}

function one(verb: string, arg: Argument, spec: Spec): string {
  if (verb === 'T') return pad(arg.type, spec);
  switch (arg.type) {
    case 'string':
      return ofString(verb, arg.s, spec) ?? `%!${verb}(string=${ofString('v', arg.s, spec) ?? ''})`;
    case 'float64':
      return ofFloat(verb, arg.n, spec) ?? `%!${verb}(float64=${ofFloat('v', arg.n, spec) ?? ''})`;
    default:
      // KNOWN GAP: 100.0 and 1e2 are the value 100 here, an integer; in OPA their spelling makes them floats.
      if (arg.type === '*big.Int') {
        if (verb === 's') return ofInteger('d', arg.n, spec) as string;
        // Its own formatter says what it is without the star.
        if ('cqU'.includes(verb)) return `%!${verb}(big.Int=${arg.n})`;
      }
      return ofInteger(verb, arg.n, spec) ?? `%!${verb}(${arg.type}=${ofInteger('v', arg.n, spec) ?? ''})`;
  }
}

function ofString(verb: string, s: string, spec: Spec): string | null {
  const cut = spec.precision === null ? s : [...s].slice(0, spec.precision).join('');
  switch (verb) {
    case 'v':
      return pad(spec.sharp ? quote(cut) : cut, spec);
    case 's':
      return pad(cut, spec);
    case 'q':
      return pad(spec.sharp && !cut.includes('`') ? `\`${cut}\`` : quote(cut), spec);
    case 'x':
    case 'X': {
      const bytes = Buffer.from(spec.precision === null ? s : s, 'utf8').subarray(0, spec.precision ?? undefined);
      const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0'));
      const text = spec.space
        ? hex.map((h) => (spec.sharp ? `0x${h}` : h)).join(' ')
        : (spec.sharp && hex.length > 0 ? '0x' : '') + hex.join('');
      return pad(verb === 'X' ? text.toUpperCase() : text, spec);
    }
    default:
      return null;
  }
}

/** strconv.Quote. */
export function quote(text: string): string {
  let out = '"';
  for (const c of text) {
    const n = c.codePointAt(0) as number;
    const short = { 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r', 34: '\\"', 92: '\\\\' }[
      n
    ];
    if (short !== undefined) out += short;
    else if (n < 32 || n === 127) out += `\\x${n.toString(16).padStart(2, '0')}`;
    else if (n > 127 && !/[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(c))
      out += n > 0xffff ? `\\U${n.toString(16).padStart(8, '0')}` : `\\u${n.toString(16).padStart(4, '0')}`;
    else out += c;
  }
  return `${out}"`;
}

function ofInteger(verb: string, n: bigint, spec: Spec): string | null {
  const radix = { d: 10, v: 10, b: 2, o: 8, O: 8, x: 16, X: 16 }[verb];
  if (radix !== undefined) {
    let digits = (n < 0n ? -n : n).toString(radix);
    if (spec.precision !== null) digits = n === 0n && spec.precision === 0 ? '' : digits.padStart(spec.precision, '0');
    const sign = n < 0n ? '-' : spec.plus ? '+' : spec.space ? ' ' : '';
    const lead = verb === 'O' ? '0o' : spec.sharp ? ({ b: '0b', o: '0', x: '0x', X: '0x' }[verb] ?? '') : '';
    if (spec.zero && spec.precision === null && spec.width !== null)
      digits = digits.padStart(spec.width - sign.length, '0');
    const text = sign + lead + digits;
    return pad(verb === 'X' ? text.toUpperCase() : text, { ...spec, zero: false });
  }
  const scalar =
    n >= 0n && n <= 0x10ffffn && !(n >= 0xd800n && n <= 0xdfffn) ? String.fromCodePoint(Number(n)) : '\ufffd';
  if (verb === 'c') return pad(scalar, spec);
  if (verb === 'q') return pad(scalar === "'" ? `'\\''` : `'${quote(scalar).slice(1, -1).replace('\\"', '"')}'`, spec);
  if (verb === 'U')
    return pad(`U+${n.toString(16).toUpperCase().padStart(4, '0')}${spec.sharp ? ` '${scalar}'` : ''}`, spec);
  return null;
}

function exponential(n: number, precision: number | null): string {
  const [digits = '', exponent = '0'] = (
    precision === null ? n.toExponential() : n.toExponential(Math.min(precision, 100))
  ).split('e');
  const e = Number(exponent);
  return `${digits}e${e < 0 ? '-' : '+'}${String(Math.abs(e)).padStart(2, '0')}`;
}

/** %g: the exponent form below 1e-4 and from 10^6 (shortest) or 10^precision on (strconv/ftoa.go). */
function general(n: number, precision: number | null, sharp: boolean): string {
  if (n === 0) return '0';
  const e = Number(
    n.toExponential(precision === null ? undefined : Math.min(Math.max(precision, 1) - 1, 100)).split('e')[1],
  );
  const limit = precision === null ? 6 : Math.max(precision, 1);
  if (e < -4 || e >= limit) {
    const text = exponential(n, precision === null ? null : Math.max(precision, 1) - 1);
    return sharp ? text : text.replace(/\.?0+e/, (zeros) => (zeros.startsWith('.') ? 'e' : zeros));
  }
  if (precision === null) return numberTextOf(n);
  const text = n.toFixed(Math.min(100, Math.max(0, Math.max(precision, 1) - 1 - e)));
  return sharp || !text.includes('.') ? text : text.replace(/\.?0+$/, '');
}

const numberTextOf = (n: number): string => (Number.isSafeInteger(n) ? String(n) : numberText(n));

/** toFixed rounds on the exact value and is right below 1e21; beyond that the value is an integer. */
const fixed = (n: number, precision: number): string =>
  Math.abs(n) >= 1e21
    ? `${BigInt(n)}${precision > 0 ? `.${'0'.repeat(precision)}` : ''}`
    : precision <= DIGITS_MAX
      ? n.toFixed(precision)
      : n.toFixed(DIGITS_MAX) + '0'.repeat(precision - DIGITS_MAX);

/** Sign, mantissa as an integer of 53 bits, and exponent of two. */
function parts(n: number): { readonly sign: string; readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, n);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const sign = bits >> 63n === 1n ? '-' : '';
  return biased === 0
    ? { sign, mantissa: fraction, exponent: -1074 }
    : { sign, mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
}

/** %b: `4503599627370496p-52`. */
function binary(n: number): string {
  const { sign, mantissa, exponent } = parts(n);
  return `${sign}${mantissa}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}

/** %x: `0x1.8p+01`. */
function hexadecimal(n: number, precision: number | null): string {
  const { sign, mantissa, exponent } = parts(n);
  if (mantissa === 0n)
    return `${sign}0x0${precision === null || precision === 0 ? '' : `.${'0'.repeat(precision)}`}p+00`;
  const shift = 52 - (mantissa.toString(2).length - 1);
  let m = mantissa << BigInt(shift);
  let e = exponent - shift + 52;
  if (precision !== null && precision < 13) {
    const cut = BigInt(4 * (13 - precision));
    const half = 1n << (cut - 1n);
    const rest = m & ((1n << cut) - 1n);
    m >>= cut;
    if (rest > half || (rest === half && (m & 1n) === 1n)) m++;
    m <<= cut;
    if (m >> 53n !== 0n) {
      m >>= 1n;
      e++;
    }
  }
  const digits = (m & 0xfffffffffffffn).toString(16).padStart(13, '0');
  const shown = precision === null ? digits.replace(/0+$/, '') : digits.padEnd(precision, '0').slice(0, precision);
  return `${sign}0x1${shown === '' ? '' : `.${shown}`}p${e < 0 ? '-' : '+'}${String(Math.abs(e)).padStart(2, '0')}`;
}

function ofFloat(verb: string, n: number, spec: Spec): string | null {
  let text: string;
  switch (verb) {
    case 'f':
    case 'F':
      text = fixed(n, spec.precision ?? 6);
      break;
    case 'e':
    case 'E':
      text = exponential(n, spec.precision ?? 6);
      break;
    case 'b':
      text = binary(n);
      break;
    case 'x':
    case 'X':
      text = hexadecimal(n, spec.precision);
      break;
    case 'v':
    case 'g':
    case 'G':
      text = general(n, spec.precision, spec.sharp && verb !== 'v');
      break;
    default:
      return null;
  }
  if (!text.startsWith('-')) text = (spec.plus ? '+' : spec.space ? ' ' : '') + text;
  return pad(verb === 'E' || verb === 'G' || verb === 'X' ? text.toUpperCase() : text, spec, true);
}
