/** Tokens instead of values. */
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { GateKeys, SubjectKeys } from '../gate-keys.ts';
import { Ff1, ff1LengthMin } from './ff1.ts';

/** RFC 4648 base32 in lower case: no letter case to lose, no characters that CSV or JSON escape. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET[(held << (5 - bits)) & 31] : text;
}

function fromBase32(text: string): Buffer {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const one of text) {
    const value = ALPHABET.indexOf(one);
    if (value < 0) throw new RangeError('not base32');
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
      held &= (1 << bits) - 1;
    }
  }
  return Buffer.from(bytes);
}

const HMAC_BYTES = 15;

/**
 * A token that is the same for the same value and key and that leads nowhere back: 120 bits of HMAC-SHA256. Two of a
 * billion values share one with a probability below 1e-18.
 */
export class HmacTokens {
  readonly #key: Buffer;

  constructor(keys: GateKeys, name: string) {
    this.#key = keys.keyFor(`token/${name}`);
  }

  token(value: string): string {
    return `tok_${base32(createHmac('sha256', this.#key).update(value).digest().subarray(0, HMAC_BYTES))}`;
  }
}

/** Digits become other digits; everything else stays where it is. */
export class DigitTokens {
  readonly #ff1: Ff1;
  readonly #tweak = new Uint8Array(0);

  constructor(keys: GateKeys, name: string) {
    this.#ff1 = new Ff1(keys.keyFor(`ff1/${name}`), 10);
  }

  /** Null where there are fewer than six digits: too few to be hidden among. */
  token(value: string): string | null {
    return this.#turned(value, true);
  }

  value(token: string): string | null {
    return this.#turned(token, false);
  }

  #turned(text: string, forward: boolean): string | null {
    const digits = [...text.matchAll(/[0-9]/g)].map(([digit]) => Number(digit));
    if (digits.length < ff1LengthMin(10)) return null;
    const other = forward ? this.#ff1.encrypt(digits, this.#tweak) : this.#ff1.decrypt(digits, this.#tweak);
    let i = 0;
    return text.replace(/[0-9]/g, () => String(other[i++]));
  }
}

const ID_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const REVERSIBLE = /^tkr_([a-z2-7]+)$/;

/**
 * A token that holds the value, encrypted with the key of the person it is of (AES-256-GCM). The nonce is a keyed digest
 * of the value, as in SIV modes (RFC 5297): the same value of the same person has the same token, and a nonce comes
 * again only with the same text. Layout: 16 bytes of key id, 12 of nonce, the text, 16 of tag.
 */
export function reversibleToken(value: string, subject: string, keys: SubjectKeys): string {
  const { id, key } = keys.keyOf(subject);
  const nonce = createHmac('sha256', key).update('nonce').update(value).digest().subarray(0, NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(id);
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return `tkr_${base32(Buffer.concat([id, nonce, text, cipher.getAuthTag()]))}`;
}

/** The value in a token; null where it is none, was altered, or its key is gone. */
export function valueOfToken(token: string, keyById: (id: Buffer) => Buffer | null): string | null {
  const match = REVERSIBLE.exec(token);
  if (!match) return null;
  try {
    const bytes = fromBase32(match[1]!);
    const id = bytes.subarray(0, ID_BYTES);
    const key = keyById(id);
    if (!key || bytes.length < ID_BYTES + NONCE_BYTES + TAG_BYTES) return null;
    const nonce = bytes.subarray(ID_BYTES, ID_BYTES + NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(id)
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([
      decipher.update(bytes.subarray(ID_BYTES + NONCE_BYTES, -TAG_BYTES)),
      decipher.final(),
    ]).toString();
  } catch {
    return null;
  }
}
