/** Encodings, digests, URIs, UUIDs, random numbers that follow from the decision's seed. */
import { createHash, createHmac } from 'node:crypto';
import { integer } from '../number.ts';
import { isArray, RegoObject, RegoSet, toText, typeName, type Value } from '../value.ts';
import { builtin, builtinError, object, small, string, typeError, type Builtin } from './operand.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Go's encoding/base64, which passes over line ends. */
export function fromBase64(text: string): string {
  const clean = text.replace(/[\r\n]/g, '');
  if (!BASE64.test(clean)) throw builtinError(`illegal base64 data at input byte ${firstBad(clean)}`);
  return Buffer.from(clean, 'base64').toString('utf8');
}

function firstBad(text: string): number {
  const at = text.search(/[^A-Za-z0-9+/]/);
  return at < 0 ? text.length - (text.length % 4) : at;
}

function fromBase64Url(text: string): string {
  // OPA pads what has no padding by the length of the text, line ends included, and then reads strictly.
  const missing = text.endsWith('=') ? 0 : (4 - (text.length % 4)) % 4;
  const whole = (text + '='.repeat(missing)).replace(/[\r\n]/g, '');
  const bare = whole.replace(/={1,2}$/, '');
  if (missing === 3 || whole.length % 4 !== 0 || !/^[A-Za-z0-9_-]*$/.test(bare))
    throw builtinError(`illegal base64 data at input byte ${Math.max(0, bare.search(/[^A-Za-z0-9_-]/))}`);
  return Buffer.from(bare, 'base64url').toString('utf8');
}

const padded = (text: string): string => text + '='.repeat((4 - (text.length % 4)) % 4);

/** url.QueryEscape. */
const queryEscape = (text: string): string =>
  encodeURIComponent(text)
    .replace(/%20/g, '+')
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

function percentDecode(text: string, plusIsSpace: boolean): string {
  const bad = /%(?![0-9a-fA-F]{2})/.exec(text);
  if (bad !== null) throw builtinError(`invalid URL escape ${JSON.stringify(text.slice(bad.index, bad.index + 3))}`);
  const source = plusIsSpace ? text.replaceAll('+', ' ') : text;
  const bytes: Buffer[] = [];
  let from = 0;
  for (const match of source.matchAll(/%([0-9a-fA-F]{2})/g)) {
    bytes.push(Buffer.from(source.slice(from, match.index)), Buffer.from(match[1] as string, 'hex'));
    from = match.index + 3;
  }
  return Buffer.concat([...bytes, Buffer.from(source.slice(from))]).toString('utf8');
}

const digest = (name: string): Builtin =>
  builtin(`crypto.${name}`, 1, (args) => createHash(name).update(string(args, 1)).digest('hex'));
const hmac = (name: string): Builtin =>
  builtin(`crypto.hmac.${name}`, 2, (args) => createHmac(name, string(args, 2)).update(string(args, 1)).digest('hex'));

// --- net/url ---

interface Uri {
  readonly scheme: string;
  readonly hostname: string;
  readonly port: string;
  readonly path: string;
  readonly raw_path: string;
  readonly raw_query: string;
  readonly fragment: string;
}

/** Go's url.Parse, as far as its parts are shown. */
function parseUri(text: string): Uri {
  const fail = (what: string): never => {
    throw builtinError(`parse ${JSON.stringify(text)}: ${what}`);
  };
  // oxlint-disable-next-line no-control-regex
  if (/[\x00-\x1f\x7f]/.test(text)) fail('net/url: invalid control character in URL');
  const hash = text.indexOf('#');
  let rest = hash < 0 ? text : text.slice(0, hash);
  const fragment = hash < 0 ? '' : percentDecode(text.slice(hash + 1), false);
  let scheme = '';
  const match = /^([^:/?#]*):/.exec(rest);
  if (match !== null) {
    if (match[1] === '') fail('missing protocol scheme');
    if (/^[A-Za-z][A-Za-z0-9+.-]*$/.test(match[1] as string)) {
      scheme = (match[1] as string).toLowerCase();
      rest = rest.slice(match[0].length);
    } else if (!/^[A-Za-z]/.test(match[1] as string)) fail('first path segment in URL cannot contain colon');
  }
  let query = '';
  const mark = rest.indexOf('?');
  if (mark >= 0) {
    query = rest.slice(mark + 1);
    rest = rest.slice(0, mark);
  }
  let hostname = '';
  let port = '';
  if (!rest.startsWith('/') && scheme !== '')
    return { scheme, hostname, port, path: '', raw_path: '', raw_query: query, fragment };
  if (rest.startsWith('//') && (scheme !== '' || !rest.startsWith('///'))) {
    const slash = rest.indexOf('/', 2);
    let authority = rest.slice(2, slash < 0 ? undefined : slash);
    rest = slash < 0 ? '' : rest.slice(slash);
    const at = authority.lastIndexOf('@');
    if (at >= 0) {
      if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(authority.slice(0, at))) fail('net/url: invalid userinfo');
      percentDecode(authority.slice(0, at), false);
      authority = authority.slice(at + 1);
    }
    let host = authority;
    if (authority.startsWith('[')) {
      const close = authority.lastIndexOf(']');
      if (close < 0) fail("missing ']' in host");
      host = authority.slice(0, close + 1);
      const after = authority.slice(close + 1);
      if (!/^(:\d*)?$/.test(after)) fail(`invalid port ${JSON.stringify(after)} after host`);
      port = after.slice(1);
      hostname = percentDecode(host.slice(1, -1), false);
    } else {
      const colon = authority.lastIndexOf(':');
      if (colon >= 0) {
        if (!/^:\d*$/.test(authority.slice(colon)))
          fail(`invalid port ${JSON.stringify(authority.slice(colon))} after host`);
        host = authority.slice(0, colon);
        port = authority.slice(colon + 1);
      }
      for (const escape of host.matchAll(/%(..?)?/g)) {
        // In a host only bytes beyond ASCII may be escaped.
        if (!/^%[89a-fA-F][0-9a-fA-F]$/.test(escape[0]))
          fail(`invalid URL escape ${JSON.stringify(host.slice(escape.index, escape.index + 3))}`);
      }
      if (/[\s"<>\\^`{|}]/.test(host))
        fail(`invalid character ${JSON.stringify(/[\s"<>\\^`{|}]/.exec(host)?.[0])} in host name`);
      hostname = percentDecode(host, false);
    }
  }
  const path = percentDecode(rest, false);
  // Go keeps the written path only where it is not the default encoding of the path.
  const encoded = encodeURI(path).replace(/[!'()*#?[\]]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return { scheme, hostname, port, path, raw_path: encoded === rest ? path : rest, raw_query: query, fragment };
}

// --- UUID (RFC 9562) ---

function parseUuid(text: string): Value | undefined {
  const match =
    /^(?:urn:uuid:)?\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/i.exec(text);
  if (match === null) return undefined;
  const hex = match.slice(1).join('').toLowerCase();
  const bytes = Buffer.from(hex, 'hex');
  const at = (i: number): number => bytes[i] as number;
  const version = at(6) >> 4;
  const variant =
    (at(8) & 0xc0) === 0x80
      ? 'RFC4122'
      : (at(8) & 0xe0) === 0xc0
        ? 'Microsoft'
        : (at(8) & 0xe0) === 0xe0
          ? 'Future'
          : 'Reserved';
  const result: [string, Value][] = [
    ['version', version],
    ['variant', variant],
  ];
  if (version === 1 || version === 2) {
    const low = BigInt(version === 2 ? 0 : 0) + BigInt(`0x${hex.slice(0, 8)}`);
    const ticks = low + (BigInt(`0x${hex.slice(8, 12)}`) << 32n) + ((BigInt(`0x${hex.slice(12, 16)}`) & 0xfffn) << 48n);
    const kind = { 0: 'global:', 2: 'local:' }[at(10) & 2] ?? '';
    result.push(
      ['time', integer(BigInt.asIntN(64, (ticks - 122192928000000000n) * 100n))],
      ['nodeid', [...bytes.subarray(10)].map((b) => b.toString(16).padStart(2, '0')).join('-')],
      ['macvariables', `${kind}${(at(10) & 1) === 1 ? 'multicast' : 'unicast'}`],
      ['clocksequence', ((at(8) & 0x3f) << 8) | at(9)],
    );
    if (version === 2) {
      const domain = at(9);
      result.push(['domain', ['Person', 'Group', 'Org'][domain] ?? `Domain${domain}`], ['id', bytes.readUInt32BE(0)]);
    }
  }
  return RegoObject.of(result);
}

const seeded = (seed: string, what: string): Buffer => createHash('sha256').update(`${seed}\0${what}`).digest();

export const ENCODING: readonly Builtin[] = [
  builtin('base64.encode', 1, (args) => Buffer.from(string(args, 1)).toString('base64')),
  builtin('base64.decode', 1, (args) => fromBase64(string(args, 1))),
  builtin('base64.is_valid', 1, ([text]) => typeof text === 'string' && BASE64.test(text.replace(/[\r\n]/g, ''))),
  builtin('base64url.encode', 1, (args) => padded(Buffer.from(string(args, 1)).toString('base64url'))),
  builtin('base64url.encode_no_pad', 1, (args) => Buffer.from(string(args, 1)).toString('base64url')),
  builtin('base64url.decode', 1, (args) => fromBase64Url(string(args, 1))),
  builtin('hex.encode', 1, (args) => Buffer.from(string(args, 1)).toString('hex')),
  builtin('hex.decode', 1, (args) => {
    const text = string(args, 1);
    const bad = /[^0-9a-fA-F]/u.exec(text);
    if (bad !== null)
      throw builtinError(
        `invalid byte: U+${(bad[0].codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')} '${bad[0]}'`,
      );
    if (text.length % 2 === 1) throw builtinError('odd length hex string');
    return Buffer.from(text, 'hex').toString('utf8');
  }),
  builtin('urlquery.encode', 1, (args) => queryEscape(string(args, 1))),
  builtin('urlquery.decode', 1, (args) => percentDecode(string(args, 1), true)),
  builtin('urlquery.encode_object', 1, (args) =>
    object(args, 1)
      .entries()
      .flatMap(([key, value]) => {
        if (typeof key !== 'string') throw typeError(`operand 1 must be object with string keys`);
        const list =
          typeof value === 'string'
            ? [value]
            : isArray(value)
              ? value
              : value instanceof RegoSet
                ? value.values()
                : null;
        if (list === null) throw typeError(`operand 1 values must be string, array or set but got ${typeName(value)}`);
        return list.map((item) => {
          if (typeof item !== 'string') throw typeError('operand 1 values must hold strings');
          return `${queryEscape(key)}=${queryEscape(item)}`;
        });
      })
      .join('&'),
  ),
  builtin('urlquery.decode_object', 1, (args) => {
    const found = new Map<string, Value[]>();
    for (const pair of string(args, 1).split('&')) {
      if (pair === '') continue;
      if (pair.includes(';')) throw builtinError('invalid semicolon separator in query');
      const at = pair.indexOf('=');
      const key = percentDecode(at < 0 ? pair : pair.slice(0, at), true);
      found.set(key, [...(found.get(key) ?? []), at < 0 ? '' : percentDecode(pair.slice(at + 1), true)]);
    }
    return RegoObject.of(found);
  }),
  digest('md5'),
  digest('sha1'),
  digest('sha256'),
  hmac('md5'),
  hmac('sha1'),
  hmac('sha256'),
  hmac('sha512'),
  builtin('crypto.hmac.equal', 2, (args) => string(args, 1) === string(args, 2)),
  builtin('uri.parse', 1, (args) =>
    RegoObject.of(Object.entries(parseUri(string(args, 1))).filter(([, value]) => value !== '')),
  ),
  builtin('uri.is_valid', 1, ([text]) => {
    if (typeof text !== 'string') return false;
    try {
      parseUri(text);
      return true;
    } catch {
      return false;
    }
  }),
  builtin('uuid.parse', 1, (args) => parseUuid(string(args, 1))),
  builtin('uuid.rfc4122', 1, (args, budget) => {
    const bytes = Buffer.from(seeded(budget.seed, `uuid ${string(args, 1)}`).subarray(0, 16));
    bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }),
  builtin('rand.intn', 2, (args, budget) => {
    const key = args[0] as Value;
    const n = Math.abs(small(args, 2));
    if (n === 0) return 0;
    return Number(seeded(budget.seed, `rand ${toText(key)} ${n}`).readBigUInt64BE() % BigInt(n));
  }),
];
