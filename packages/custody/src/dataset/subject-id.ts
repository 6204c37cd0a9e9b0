/**
 * Who a row is about, as a keyed token: `HMAC-SHA256(tenant key, kind NUL identifier)`. The same person has the same token
 * in every dataset of a tenant, and nobody without the key can tell whose it is. The key never leaves this process: the
 * engines are asked for identifiers, not for tokens.
 */
import { hash } from 'node:crypto';
import type { CellValue } from './row-encoding.ts';

const BLOCK = 64;
const IDENTIFIER_BYTES_MAX = 65_536;
export const TOKEN_BYTES = 32;

/**
 * An identifier in one form: Unicode NFC, no white space around it. A number and its text are the same person, for copies of
 * a table do not keep types. Several columns identify together; each is written with its length. Null where any is null.
 */
export function identifierOf(values: readonly CellValue[]): string | null {
  const parts: string[] = [];
  for (const value of values) {
    if (value === null || value === undefined) return null;
    parts.push(String(value).normalize('NFC').trim());
  }
  return parts.length === 1 ? parts[0]! : parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('');
}

/** Makes tokens; remembers those it made last, because rows of one person lie together. */
export class SubjectTokens {
  readonly #inner: Buffer;
  readonly #outer = Buffer.alloc(BLOCK + TOKEN_BYTES);
  readonly #from: number;
  readonly #known = new Map<string, string>();

  /** `kind`: what the identifier names, for example `customer`; a customer and an order may have the same number. */
  constructor(key: Uint8Array, kind: string) {
    // RFC 2104: keys longer than a block are hashed first.
    const short = key.length > BLOCK ? Buffer.from(hash('sha256', key, 'hex'), 'hex') : Buffer.from(key);
    const prefix = Buffer.from(`${kind}\0`);
    this.#from = BLOCK + prefix.length;
    this.#inner = Buffer.alloc(this.#from + IDENTIFIER_BYTES_MAX, 0x36);
    this.#outer.fill(0x5c, 0, BLOCK);
    for (let i = 0; i < short.length; i++) {
      this.#inner[i]! ^= short[i]!;
      this.#outer[i]! ^= short[i]!;
    }
    prefix.copy(this.#inner, BLOCK);
  }

  /** 32 bytes as a latin1 string, the form in which hashing is fastest. */
  of(identifier: string): string {
    const known = this.#known.get(identifier);
    if (known !== undefined) return known;
    const token = this.#make(identifier);
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(identifier, token);
    return token;
  }

  #make(identifier: string): string {
    const bytes = Buffer.byteLength(identifier);
    let message = this.#inner;
    if (bytes > IDENTIFIER_BYTES_MAX) {
      message = Buffer.concat([this.#inner.subarray(0, this.#from), Buffer.from(identifier)]);
    } else message.write(identifier, this.#from);
    const inner = hash('sha256', message.subarray(0, this.#from + bytes), 'binary');
    this.#outer.write(inner, BLOCK, TOKEN_BYTES, 'latin1');
    return hash('sha256', this.#outer, 'binary');
  }
}

const REMEMBERED = 8_192;

/** Names a key without telling it, so that trees of different keys are not compared. */
export function keyName(key: Uint8Array): string {
  return Buffer.from(new SubjectTokens(key, 'custody key name').of(''), 'latin1').toString('hex').slice(0, 16);
}
