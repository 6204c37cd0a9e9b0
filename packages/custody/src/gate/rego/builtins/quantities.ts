/** units.*, semver.* and net.cidr_*. */
import { ceil, compareNumbers, decimal, exactParts, floor, integer, type Num } from '../number.ts';
import { isArray, RegoObject, RegoSet, type Value } from '../value.ts';
import { builtin, builtinError, string, typeError, items, type Builtin } from './operand.ts';

// --- units ---

const EXPONENT_MAX = 400;

function quantity(name: string, text: string): { readonly amount: Num; readonly unit: string } {
  const clean = text.replaceAll('"', '');
  const what = name === 'units.parse' ? '' : 'byte ';
  if (/\s/.test(clean)) throw builtinError(`${name}: spaces not allowed in resource strings`);
  const match = /^([-+]?[\d.]+(?:[eE][-+]?\d+)?)?(.*)$/.exec(clean);
  let number = match?.[1];
  const unit = match?.[2] ?? '';
  if (number === undefined) throw builtinError(`${name}: no ${what}amount provided`);
  number = number.replace(/^\+/, '');
  const parts = /^(-?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/.exec(number);
  if (parts === null || (parts[2] === '' && (parts[3] ?? '') === ''))
    throw builtinError(`${name}: could not parse ${what}amount to a number`);
  const exponent = Number(parts[4] ?? 0);
  if (Math.abs(exponent) > EXPONENT_MAX) throw builtinError(`${name}: exponent too large`);
  const digits = BigInt(`${parts[2] ?? ''}${parts[3] ?? ''}`);
  return { amount: decimal(parts[1] === '-' ? -digits : digits, exponent - (parts[3] ?? '').length), unit };
}

/** Without rounding: 500m is a half. */
function product(a: Num, b: Num): Num {
  const [x, y] = [exactParts(a), exactParts(b)];
  return decimal(x.mantissa * y.mantissa, x.exponent + y.exponent);
}

const power = (base: number, n: number): Num => integer(BigInt(base) ** BigInt(n));

function unitFactor(unit: string): Num | null {
  if (unit === '') return 1;
  if (unit === 'm') return decimal(1n, -3);
  const at = 'kmgtpe'.indexOf(unit[0]?.toLowerCase() ?? '?');
  if (at < 0) return null;
  // "M" is mega and "m" milli; all other letters go either way.
  if (unit.length === 1) return power(1000, at + 1);
  return unit.slice(1).toLowerCase() === 'i' ? power(1024, at + 1) : null;
}

function byteFactor(unit: string): Num | null {
  const lower = unit.toLowerCase();
  if (lower === '') return 1;
  const match = /^([kmgtpe])(i?)b?$/.exec(lower);
  if (match === null) return null;
  return power(match[2] === 'i' ? 1024 : 1000, 'kmgtpe'.indexOf(match[1] as string) + 1);
}

// --- semver 2.0.0 ---

const SEMVER =
  /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

function version(args: readonly Value[], position: number): RegExpExecArray {
  const text = string(args, position);
  const match = text.startsWith('v') ? null : SEMVER.exec(text);
  if (match === null)
    throw builtinError(`semver.compare: operand ${position}: string ${JSON.stringify(text)} is not a valid SemVer`);
  return match;
}

const sign = (a: bigint | string, b: bigint | string): number => (a < b ? -1 : a > b ? 1 : 0);

function compareVersions(a: RegExpExecArray, b: RegExpExecArray): number {
  for (const i of [1, 2, 3]) {
    const order = sign(BigInt(a[i] as string), BigInt(b[i] as string));
    if (order !== 0) return order;
  }
  if (a[4] === undefined || b[4] === undefined) return a[4] === b[4] ? 0 : a[4] === undefined ? 1 : -1;
  const [x, y] = [a[4].split('.'), b[4].split('.')];
  for (let i = 0; i < x.length && i < y.length; i++) {
    const [p, q] = [x[i] as string, y[i] as string];
    const [n, m] = [/^\d+$/.test(p), /^\d+$/.test(q)];
    const order = n && m ? sign(BigInt(p), BigInt(q)) : n !== m ? (n ? -1 : 1) : sign(p, q);
    if (order !== 0) return order;
  }
  return Math.sign(x.length - y.length);
}

// --- CIDR ---

interface Block {
  readonly bits: 32 | 128;
  readonly first: bigint;
  readonly prefix: number;
}

function parseAddress(text: string): { readonly bits: 32 | 128; readonly n: bigint } | null {
  const v4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (v4 !== null) {
    const parts = v4.slice(1);
    if (parts.some((p) => Number(p) > 255 || (p.length > 1 && p.startsWith('0')))) return null;
    return { bits: 32, n: parts.reduce((n, p) => (n << 8n) | BigInt(p), 0n) };
  }
  if (!text.includes(':')) return null;
  let source = text.replace(/%.*$/, '');
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(source);
  if (tail !== null) {
    const inner = parseAddress(tail[2] as string);
    if (inner === null) return null;
    source = `${tail[1]}${(inner.n >> 16n).toString(16)}:${(inner.n & 0xffffn).toString(16)}`;
  }
  const halves = source.split('::');
  if (halves.length > 2) return null;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const given = groups.flat();
  if (given.some((g) => !/^[0-9a-fA-F]{1,4}$/.test(g))) return null;
  if (halves.length === 1 ? given.length !== 8 : given.length > 7) return null;
  const all =
    halves.length === 1
      ? given
      : [...(groups[0] as string[]), ...Array<string>(8 - given.length).fill('0'), ...(groups[1] as string[])];
  const n = all.reduce((sum, g) => (sum << 16n) | BigInt(`0x${g}`), 0n);
  // IPv4 in IPv6 is IPv4, as in Go.
  return n >> 32n === 0xffffn ? { bits: 32, n: n & 0xffffffffn } : { bits: 128, n };
}

const maskOf = (bits: number, prefix: number): bigint => ((1n << BigInt(prefix)) - 1n) << BigInt(bits - prefix);

function parseBlock(text: string): Block | null {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
  const address = match === null ? null : parseAddress(match[1] as string);
  if (match === null || address === null || Number(match[2]) > address.bits) return null;
  const prefix = Number(match[2]);
  return { bits: address.bits, first: address.n & maskOf(address.bits, prefix), prefix };
}

function blockOf(text: string): Block {
  const block = parseBlock(text);
  if (block === null) throw builtinError(`invalid CIDR address: ${text}`);
  return block;
}

/** An address counts as the block of itself alone. */
function blockOrAddress(text: string): Block {
  const address = parseAddress(text);
  if (address !== null) return { bits: address.bits, first: address.n, prefix: address.bits };
  if (!text.includes('/')) throw builtinError(`invalid IP address: ${text}`);
  return blockOf(text);
}

const last = (block: Block): bigint => block.first | ((1n << BigInt(block.bits - block.prefix)) - 1n);
const contains = (outer: Block, inner: Block): boolean =>
  outer.bits === inner.bits && outer.first <= inner.first && last(outer) >= last(inner);

function addressText(bits: number, n: bigint): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((s) => (n >> s) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((n >> BigInt(112 - i * 16)) & 0xffffn).toString(16));
  const zeros = groups.map((g) => (g === '0' ? '0' : 'x')).join('');
  const longest = zeros.match(/0{2,}/g)?.sort((a, b) => b.length - a.length)[0];
  if (longest === undefined) return groups.join(':');
  const at = zeros.indexOf(longest);
  return `${groups.slice(0, at).join(':')}::${groups.slice(at + longest.length).join(':')}`;
}

function merge(blocks: readonly Block[]): string[] {
  const ranges = blocks
    .map((b) => ({ bits: b.bits, from: b.first, to: last(b) }))
    .sort((a, b) => a.bits - b.bits || sign(a.from, b.from));
  const joined: { bits: number; from: bigint; to: bigint }[] = [];
  for (const range of ranges) {
    const top = joined[joined.length - 1];
    if (top !== undefined && top.bits === range.bits && range.from <= top.to + 1n)
      top.to = range.to > top.to ? range.to : top.to;
    else joined.push({ ...range });
  }
  return joined.flatMap(({ bits, from, to }) => {
    const out: string[] = [];
    for (let at = from; at <= to;) {
      let host = 0;
      while (host < bits && (at & ((1n << BigInt(host + 1)) - 1n)) === 0n && at + (1n << BigInt(host + 1)) - 1n <= to)
        host++;
      out.push(`${addressText(bits, at)}/${bits - host}`);
      at += 1n << BigInt(host);
    }
    return out;
  });
}

const EXPANDED_MAX = 1 << 20;

/** Keys and the text that each stands for, for net.cidr_contains_matches. */
function labelled(value: Value, position: number): readonly (readonly [Value, string])[] {
  const text = (item: Value): string => {
    const first = isArray(item) ? item[0] : item;
    if (typeof first !== 'string') throw builtinError(`operand ${position}: element must be string or non-empty array`);
    return first;
  };
  if (typeof value === 'string') return [[value, value]];
  if (isArray(value)) return value.map((item, i) => [i, text(item)] as const);
  if (value instanceof RegoSet) return value.values().map((item) => [item, text(item)] as const);
  if (value instanceof RegoObject) return value.entries().map(([key, item]) => [key, text(item)] as const);
  throw typeError(`operand ${position} must be one of {string, array, set, object}`);
}

export const QUANTITIES: readonly Builtin[] = [
  builtin('units.parse', 1, (args) => {
    const { amount, unit } = quantity('units.parse', string(args, 1));
    const factor = unitFactor(unit);
    if (factor === null) throw builtinError(`units.parse: unit ${unit} not recognized`);
    return product(amount, factor);
  }),
  builtin('units.parse_bytes', 1, (args) => {
    const { amount, unit } = quantity('units.parse_bytes', string(args, 1));
    const factor = byteFactor(unit);
    if (factor === null) throw builtinError(`units.parse_bytes: byte unit ${unit} not recognized`);
    const bytes = product(amount, factor);
    return compareNumbers(bytes, 0) < 0 ? ceil(bytes) : floor(bytes);
  }),
  builtin('semver.is_valid', 1, ([text]) => typeof text === 'string' && !text.startsWith('v') && SEMVER.test(text)),
  builtin('semver.compare', 2, (args) => compareVersions(version(args, 1), version(args, 2))),
  builtin('net.cidr_contains', 2, (args) => contains(blockOf(string(args, 1)), blockOrAddress(string(args, 2)))),
  builtin('net.cidr_overlap', 2, (args) => contains(blockOf(string(args, 1)), blockOrAddress(string(args, 2)))),
  builtin('net.cidr_intersects', 2, (args) => {
    const [a, b] = [blockOf(string(args, 1)), blockOf(string(args, 2))];
    return contains(a, b) || contains(b, a);
  }),
  builtin('net.cidr_is_valid', 1, ([text]) => typeof text === 'string' && parseBlock(text) !== null),
  builtin('net.cidr_contains_matches', 2, (args, budget) => {
    const outer = labelled(args[0] as Value, 1).map(([key, text]) => [key, blockOf(text)] as const);
    const inner = labelled(args[1] as Value, 2).map(([key, text]) => [key, blockOrAddress(text)] as const);
    budget.step(outer.length * inner.length);
    return RegoSet.of(
      outer.flatMap(([key, block]) =>
        inner.filter(([, other]) => contains(block, other)).map(([otherKey]) => [key, otherKey]),
      ),
    );
  }),
  builtin('net.cidr_expand', 1, (args, budget) => {
    const block = blockOf(string(args, 1));
    const count = 1n << BigInt(block.bits - block.prefix);
    if (count > BigInt(EXPANDED_MAX)) throw builtinError(`more than ${EXPANDED_MAX} addresses`);
    budget.grow(Number(count) * 16);
    return RegoSet.of(
      Array.from({ length: Number(count) }, (_, i) => addressText(block.bits, block.first + BigInt(i))),
    );
  }),
  builtin('net.cidr_merge', 1, (args) => {
    const blocks = items(args, 1).map((item) => {
      const text = string([item], 1);
      if (!text.includes('/') && parseAddress(text)?.bits === 128)
        throw builtinError('IPv6 invalid: needs prefix length');
      const address = parseAddress(text);
      if (address === null) return blockOrAddress(text);
      // Without a prefix, Go takes the mask of the address's class.
      const prefix = address.n >> 24n < 128n ? 8 : address.n >> 24n < 192n ? 16 : 24;
      return blockOf(`${text}/${prefix}`);
    });
    return RegoSet.of(merge(blocks));
  }),
];
