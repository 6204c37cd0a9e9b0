/**
 * FF1, format-preserving encryption (NIST SP 800-38G, algorithms 7 and 8), over AES.
 *
 * A numeral string becomes another one of the same length and radix; who has the key turns it back. SP 800-38G revision 1
 * asks for at least a million possible inputs: with fewer, who knows some pairs knows most.
 */
import { createCipheriv } from 'node:crypto';

const BLOCK = 16;
const ROUNDS = 10;
export const FF1_INPUTS_MIN = 1_000_000;

/** Fewest numerals that give a million inputs. */
export const ff1LengthMin = (radix: number): number => Math.ceil(Math.log(FF1_INPUTS_MIN) / Math.log(radix) - 1e-9);

export class Ff1 {
  readonly #key: Uint8Array;
  readonly #radix: number;
  readonly #cipher: ReturnType<typeof createCipheriv>;

  /** `key`: 16, 24 or 32 bytes. `radix`: 2 to 65,536. */
  constructor(key: Uint8Array, radix: number) {
    this.#key = key;
    this.#radix = radix;
    this.#cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false);
  }

  /** `numerals` each from 0 to radix - 1. Throws RangeError where there are too few. */
  encrypt(numerals: readonly number[], tweak: Uint8Array): number[] {
    return this.#feistel(numerals, tweak, true);
  }

  decrypt(numerals: readonly number[], tweak: Uint8Array): number[] {
    return this.#feistel(numerals, tweak, false);
  }

  #feistel(numerals: readonly number[], tweak: Uint8Array, forward: boolean): number[] {
    const n = numerals.length;
    if (n < ff1LengthMin(this.#radix)) throw new RangeError(`FF1 needs ${ff1LengthMin(this.#radix)} numerals or more`);
    const radix = BigInt(this.#radix);
    const u = n >> 1;
    const v = n - u;
    // Step 3: bytes that hold v numerals.
    const b = Math.ceil(bitsOf(radix ** BigInt(v) - 1n) / 8);
    const d = 4 * Math.ceil(b / 4) + 4;
    const P = Buffer.alloc(BLOCK);
    P.set([1, 2, 1, (this.#radix >> 16) & 255, (this.#radix >> 8) & 255, this.#radix & 255, ROUNDS, u & 255]);
    P.writeUInt32BE(n, 8);
    P.writeUInt32BE(tweak.length, 12);
    const padding = (((-tweak.length - b - 1) % BLOCK) + BLOCK) % BLOCK;
    const Q = Buffer.alloc(tweak.length + padding + 1 + b);
    Q.set(tweak);
    const moduli = [radix ** BigInt(u), radix ** BigInt(v)] as const;
    let A = numberOf(numerals.slice(0, u), radix);
    let B = numberOf(numerals.slice(u), radix);
    for (let step = 0; step < ROUNDS; step++) {
      const i = forward ? step : ROUNDS - 1 - step;
      Q[tweak.length + padding] = i;
      // Forward the right half feeds the round, backward the left one.
      writeNumber(forward ? B : A, Q, Q.length - b, b);
      const y = this.#expand(this.#prf(P, Q), d);
      const modulus = moduli[i % 2]!;
      if (forward) {
        const c = (A + y) % modulus;
        A = B;
        B = c;
      } else {
        const c = (((B - y) % modulus) + modulus) % modulus;
        B = A;
        A = c;
      }
    }
    return [...numeralsOf(A, u, radix), ...numeralsOf(B, v, radix)];
  }

  /** CBC-MAC with a zero IV (algorithm 6). */
  #prf(P: Uint8Array, Q: Uint8Array): Buffer {
    const cipher = createCipheriv(`aes-${this.#key.length * 8}-cbc`, this.#key, Buffer.alloc(BLOCK)).setAutoPadding(
      false,
    );
    cipher.update(P);
    return cipher.update(Q).subarray(-BLOCK);
  }

  /** Step 6 iii and iv: as many blocks as d bytes need, as a number. */
  #expand(R: Buffer, d: number): bigint {
    let S = R;
    for (let j = 1; S.length < d; j++) {
      const block = Buffer.from(R);
      block.writeUInt32BE((block.readUInt32BE(BLOCK - 4) ^ j) >>> 0, BLOCK - 4);
      S = Buffer.concat([S, this.#cipher.update(block)]);
    }
    return BigInt(`0x${S.subarray(0, d).toString('hex')}`);
  }
}

const bitsOf = (value: bigint): number => value.toString(2).length;
const numberOf = (numerals: readonly number[], radix: bigint): bigint =>
  numerals.reduce((sum, one) => sum * radix + BigInt(one), 0n);

function numeralsOf(value: bigint, count: number, radix: bigint): number[] {
  const numerals = Array.from({ length: count }, () => 0);
  for (let i = count - 1; i >= 0; i--) {
    numerals[i] = Number(value % radix);
    value /= radix;
  }
  return numerals;
}

function writeNumber(value: bigint, into: Buffer, at: number, bytes: number): void {
  const hex = value.toString(16).padStart(bytes * 2, '0');
  into.write(hex, at, bytes, 'hex');
}
