/** Keys of a gate: one secret, and for each use a key of its own (HKDF, RFC 5869). */
import { createHmac, hkdfSync } from 'node:crypto';

export class GateKeys {
  readonly #secret: Uint8Array;
  readonly #derived = new Map<string, Buffer>();

  /** `secret`: 32 random bytes. */
  constructor(secret: Uint8Array) {
    this.#secret = secret;
  }

  /** 32 bytes for a use, such as `audit` or `token/users`. */
  keyFor(use: string): Buffer {
    let key = this.#derived.get(use);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', this.#secret, 'custody gate', use, 32));
      this.#derived.set(use, key);
    }
    return key;
  }

  /** Names the secret without telling anything of it. */
  get id(): string {
    return createHmac('sha256', this.keyFor('id')).digest('hex').slice(0, 16);
  }
}

/** The keys of the people that reversible tokens belong to; destroying one makes all their tokens unreadable. */
export interface SubjectKeys {
  /** The key of a subject, made if there is none. `subject` is a keyed id, never the id itself. */
  keyOf(subject: string): { readonly id: Buffer; readonly key: Buffer };
}
