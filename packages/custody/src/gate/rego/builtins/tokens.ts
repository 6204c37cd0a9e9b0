/** io.jwt.*, on node:crypto. RFC 7515, 7517, 7518, 7519. */
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  constants,
  sign as signBytes,
  timingSafeEqual,
  verify as verifyBytes,
  X509Certificate,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { JsonSyntaxError, parseJson } from '../json-text.ts';
import { compareNumbers, isNum, multiply, integer } from '../number.ts';
import type { Budget } from '../runtime.ts';
import { isArray, RegoObject, toJs, toJson, type Value } from '../value.ts';
import { builtin, builtinError, object, string, typeError, type Builtin } from './operand.ts';

const ALGORITHMS = [
  'HS256',
  'HS384',
  'HS512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;
type Algorithm = (typeof ALGORITHMS)[number];
const isAlgorithm = (text: unknown): text is Algorithm => ALGORITHMS.includes(text as Algorithm);

interface Token {
  readonly header: RegoObject;
  readonly payload: string;
  readonly signed: string;
  readonly signature: Buffer;
}

function bytesOf(text: string, what: string): Buffer {
  const bare = text.replace(/=+$/, '');
  const bad = bare.search(/[^A-Za-z0-9_-]/);
  if (bad >= 0 || bare.length % 4 === 1)
    throw builtinError(
      `JWT ${what} had invalid encoding: illegal base64 data at input byte ${bad >= 0 ? bad : bare.length - 1}`,
    );
  return Buffer.from(bare, 'base64url');
}

function json(text: string, what: string): Value {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw builtinError(`${what}: ${error.message}`);
    throw error;
  }
}

function split(text: string): readonly [string, string, string] {
  const parts = text.split('.');
  if (parts.length === 1) throw builtinError('encoded JWT had no period separators');
  if (parts.length === 5) throw builtinError('JWT is a JWE object, which is not supported');
  if (parts.length !== 3) throw builtinError(`encoded JWT must have 3 sections, found ${parts.length}`);
  return parts as unknown as readonly [string, string, string];
}

function tokenOf(text: string): Token {
  const [header, payload, signature] = split(text);
  const head = json(bytesOf(header, 'header').toString('utf8'), 'JWT header');
  if (!(head instanceof RegoObject)) throw builtinError('JWT header is not an object');
  if (head.has('enc')) throw builtinError('JWT is a JWE object, which is not supported');
  return {
    header: head,
    payload: bytesOf(payload, 'payload').toString('utf8'),
    signed: `${header}.${payload}`,
    signature: bytesOf(signature, 'signature'),
  };
}

const claims = (token: Token): Value => json(token.payload, 'JWT payload');

interface Key {
  readonly key: KeyObject;
  readonly alg: string | null;
  readonly kid: string | null;
}

/** A PEM certificate or public key, a JWK, or a set of them. */
function keysOf(text: string): Key[] {
  if (text.includes('-----BEGIN')) {
    const block = /-----BEGIN ([A-Z ]+)-----[\s\S]*?-----END \1-----\s*/.exec(text);
    if (block === null) throw builtinError('failed to extract a Key from the PEM certificate');
    if (text.slice(block.index + block[0].length).trim() !== '')
      throw builtinError('extra data after a PEM certificate block');
    try {
      const key =
        block[1] === 'CERTIFICATE'
          ? new X509Certificate(block[0]).publicKey
          : block[1] === 'PUBLIC KEY' || block[1] === 'RSA PUBLIC KEY'
            ? createPublicKey(block[0])
            : null;
      if (key === null) throw builtinError('failed to extract a Key from the PEM certificate');
      return [{ key, alg: null, kid: null }];
    } catch (error) {
      if (error instanceof Error && error.name === 'BuiltinError') throw error;
      throw builtinError('failed to parse a PEM certificate');
    }
  }
  let value: Value;
  try {
    value = parseJson(text);
  } catch {
    throw builtinError('failed to parse a JWK key (set)');
  }
  const list = value instanceof RegoObject && value.has('keys') ? value.get('keys') : [value];
  if (list === undefined || !isArray(list)) throw builtinError('failed to parse a JWK key (set)');
  return list.map((item) => {
    if (!(item instanceof RegoObject)) throw builtinError('failed to parse a JWK key (set)');
    try {
      const text = (name: string): string | null => {
        const v = item.get(name);
        return typeof v === 'string' ? v : null;
      };
      return {
        key: createPublicKey({ key: toJs(item) as JsonWebKey, format: 'jwk' }),
        alg: text('alg'),
        kid: text('kid'),
      };
    } catch {
      throw builtinError('failed to parse a JWK key (set)');
    }
  });
}

const size = (alg: Algorithm): string => `sha${alg.slice(2)}`;

function verifies(alg: Algorithm, key: KeyObject, token: Token): boolean {
  const data = Buffer.from(token.signed);
  try {
    switch (alg.slice(0, 2)) {
      case 'RS':
        return key.asymmetricKeyType === 'rsa' && verifyBytes(size(alg), data, key, token.signature);
      case 'PS':
        return (
          key.asymmetricKeyType === 'rsa' &&
          verifyBytes(
            size(alg),
            data,
            { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO },
            token.signature,
          )
        );
      case 'ES':
        return (
          key.asymmetricKeyType === 'ec' &&
          verifyBytes(size(alg), data, { key, dsaEncoding: 'ieee-p1363' }, token.signature)
        );
      case 'Ed':
        return key.asymmetricKeyType === 'ed25519' && verifyBytes(null, data, key, token.signature);
      default:
        return false;
    }
  } catch {
    return false;
  }
}

function verifiesSecret(alg: Algorithm, secret: string, token: Token): boolean {
  const wanted = createHmac(size(alg), secret).update(token.signed).digest();
  return wanted.length === token.signature.length && timingSafeEqual(wanted, token.signature);
}

/** Keys with the token's `kid` first; a key made for another algorithm does not count. */
function anyVerifies(alg: Algorithm, keys: readonly Key[], token: Token): boolean {
  const kid = token.header.get('kid');
  const named = typeof kid === 'string' ? keys.filter((key) => key.kid === kid) : [];
  const candidates = named.length > 0 ? named : keys;
  return candidates.some(({ key, alg: own }) => (own === null || own === alg) && verifies(alg, key, token));
}

const asymmetric = (name: string, alg: Algorithm): Builtin =>
  builtin(`io.jwt.verify_${name}`, 2, (args) => {
    const keys = (): Key[] => keysOf(string(args, 2));
    const token = tokenOf(string(args, 1));
    return anyVerifies(alg, keys(), token);
  });

const symmetric = (name: string, alg: Algorithm): Builtin =>
  builtin(`io.jwt.verify_${name}`, 2, (args) => verifiesSecret(alg, string(args, 2), tokenOf(string(args, 1))));

const CONSTRAINTS = new Set(['alg', 'cert', 'secret', 'iss', 'aud', 'time']);

function decodeVerify(text: string, constraints: RegoObject, budget: Budget): Value {
  const refused: Value = [false, RegoObject.empty, RegoObject.empty];
  for (const key of constraints.keys())
    if (typeof key !== 'string' || !CONSTRAINTS.has(key))
      throw builtinError(`unknown token validation constraint: ${toJson(key)}`);
  const cert = constraints.get('cert');
  const secret = constraints.get('secret');
  if (cert === undefined && secret === undefined) throw builtinError('no verification key constraint');
  if (cert !== undefined && secret !== undefined) throw builtinError('duplicate key constraints');
  const keys = typeof cert === 'string' ? keysOf(cert) : null;
  let token = tokenOf(text);
  for (let nested = 0; ; nested++) {
    const { header } = token;
    if (header.has('crit')) return refused;
    const alg = header.get('alg');
    const wanted = constraints.get('alg');
    if (!isAlgorithm(alg) || (wanted !== undefined && wanted !== alg)) return refused;
    const holds = alg.startsWith('HS')
      ? typeof secret === 'string' && verifiesSecret(alg, secret, token)
      : keys !== null && anyVerifies(alg, keys, token);
    if (!holds) return refused;
    const cty = header.get('cty');
    if (typeof cty !== 'string' || cty.toUpperCase() !== 'JWT' || nested > 5) break;
    token = tokenOf(token.payload);
  }
  const payload = claims(token);
  if (!(payload instanceof RegoObject)) throw builtinError('JWT payload is not an object');
  const issuer = constraints.get('iss');
  if (issuer !== undefined && payload.get('iss') !== issuer) return refused;
  const audience = constraints.get('aud');
  const stated = payload.get('aud');
  if (audience !== undefined) {
    if (stated === undefined) return refused;
    if (isArray(stated) ? !stated.includes(audience) : stated !== audience) return refused;
  } else if (stated !== undefined) return refused;
  const time = constraints.get('time') ?? integer(budget.nowNs);
  if (!isNum(time)) throw builtinError('unexpected time constraint');
  const exp = payload.get('exp');
  if (exp !== undefined) {
    if (!isNum(exp)) throw builtinError('exp value must be a number');
    if (compareNumbers(time, multiply(exp, 1_000_000_000)) >= 0) return refused;
  }
  const nbf = payload.get('nbf');
  if (nbf !== undefined) {
    if (!isNum(nbf)) throw builtinError('nbf value must be a number');
    if (compareNumbers(time, multiply(nbf, 1_000_000_000)) < 0) return refused;
  }
  return [true, token.header, payload];
}

function encode(header: string, payload: string, jwk: string): string {
  let head: Value;
  try {
    head = parseJson(header);
  } catch (error) {
    throw builtinError(
      `missing or invalid 'alg' header: cannot parse JSON${header === '' ? ': cannot parse empty string' : ` (${(error as Error).message})`}`,
    );
  }
  const alg = head instanceof RegoObject ? head.get('alg') : undefined;
  if (typeof alg !== 'string') throw builtinError(`missing or invalid 'alg' header: jwsbb: header "alg" not found`);
  if (!isAlgorithm(alg)) throw builtinError(`unknown JWS algorithm: ${alg}`);
  const type = (head as RegoObject).get('typ');
  if (type === 'JWT' || type === undefined) {
    try {
      parseJson(payload);
    } catch {
      throw builtinError('type is JWT but payload is not JSON');
    }
  }
  const key = json(jwk, 'failed to parse a JWK');
  if (!(key instanceof RegoObject)) throw builtinError('failed to parse a JWK');
  const signed = `${Buffer.from(header).toString('base64url')}.${Buffer.from(payload).toString('base64url')}`;
  return `${signed}.${signature(alg, key, signed).toString('base64url')}`;
}

function signature(alg: Algorithm, jwk: RegoObject, signed: string): Buffer {
  if (alg.startsWith('HS')) {
    const k = jwk.get('k');
    if (typeof k !== 'string') throw builtinError('the key is not a secret');
    return createHmac(size(alg), Buffer.from(k, 'base64url')).update(signed).digest();
  }
  try {
    const key = createPrivateKey({ key: toJs(jwk) as JsonWebKey, format: 'jwk' });
    const data = Buffer.from(signed);
    if (alg === 'EdDSA') return signBytes(null, data, key);
    if (alg.startsWith('ES')) return signBytes(size(alg), data, { key, dsaEncoding: 'ieee-p1363' });
    if (alg.startsWith('PS'))
      return signBytes(size(alg), data, {
        key,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      });
    return signBytes(size(alg), data, key);
  } catch {
    throw builtinError('failed to sign with the key');
  }
}

export const TOKENS: readonly Builtin[] = [
  builtin('io.jwt.decode', 1, (args) => {
    const token = tokenOf(string(args, 1));
    const cty = token.header.get('cty');
    const inner = typeof cty === 'string' && cty.toUpperCase() === 'JWT' ? tokenOf(token.payload) : token;
    const payload = claims(inner);
    if (!(payload instanceof RegoObject)) throw typeError('JWT payload is not an object');
    return [inner.header, payload, inner.signature.toString('hex')];
  }),
  builtin('io.jwt.decode_verify', 2, (args, budget) => decodeVerify(string(args, 1), object(args, 2), budget)),
  builtin('io.jwt.encode_sign', 3, (args) =>
    encode(toJson(object(args, 1)), toJson(object(args, 2)), toJson(object(args, 3))),
  ),
  builtin('io.jwt.encode_sign_raw', 3, (args) => encode(string(args, 1), string(args, 2), string(args, 3))),
  ...(['256', '384', '512'] as const).flatMap((bits) => [
    symmetric(`hs${bits}`, `HS${bits}`),
    asymmetric(`rs${bits}`, `RS${bits}`),
    asymmetric(`ps${bits}`, `PS${bits}`),
    asymmetric(`es${bits}`, `ES${bits}`),
  ]),
  asymmetric('eddsa', 'EdDSA'),
];
