/**
 * All rows of a dataset as two hashes each: whose the row is (a token, or zeros for nobody's) and what it says (its digest).
 * Nothing else of the rows is kept: 64 bytes a row, 32 where nobody is named.
 */
import { invariant } from '../event/invariant.ts';

export const HASH = 32;
/** Rows in one part, as a power of two: one buffer for all would be copied each time it grows. */
const PART_BITS = 14;
const PART_ROWS = 1 << PART_BITS;
const IN_PART = PART_ROWS - 1;
/** Fewer rows than this are put in order by comparing. */
const FEW = 24;

/** What another thread needs to go on with a table. */
export interface RowTableParts {
  readonly tokens: readonly SharedArrayBuffer[];
  readonly digests: readonly SharedArrayBuffer[];
  readonly size: number;
}

export class RowTable {
  readonly #tokens: Buffer[];
  readonly #digests: Buffer[];
  #size: number;
  #order: Uint32Array | null = null;

  constructor(parts: RowTableParts = { tokens: [], digests: [], size: 0 }) {
    this.#tokens = parts.tokens.map((part) => Buffer.from(part));
    this.#digests = parts.digests.map((part) => Buffer.from(part));
    this.#size = parts.size;
  }

  get size(): number {
    return this.#size;
  }

  /** The same memory, for another thread. */
  get parts(): RowTableParts {
    const shared = (part: Buffer) => part.buffer as unknown as SharedArrayBuffer;
    return { tokens: this.#tokens.map(shared), digests: this.#digests.map(shared), size: this.#size };
  }

  /**
   * Adds a batch of rows. `digests`: 32 bytes each. `tokenOf`: of a row of the batch, 32 bytes as latin1; null for nobody's.
   * A table has tokens for all batches or for none.
   */
  add(digests: Uint8Array, tokenOf: ((row: number) => string | null) | null): void {
    const rows = digests.length / HASH;
    invariant(Number.isInteger(rows), 'a digest has 32 bytes');
    for (let done = 0; done < rows;) {
      const at = this.#size & IN_PART;
      if (at === 0) {
        this.#digests.push(newPart());
        if (tokenOf !== null) this.#tokens.push(newPart());
      }
      const now = Math.min(rows - done, PART_ROWS - at);
      this.#digests[this.#digests.length - 1]!.set(digests.subarray(done * HASH, (done + now) * HASH), at * HASH);
      if (tokenOf !== null) {
        const tokens = this.#tokens[this.#tokens.length - 1]!;
        for (let row = 0; row < now; row++) {
          const token = tokenOf(done + row);
          if (token !== null) tokens.write(token, (at + row) * HASH, HASH, 'latin1');
        }
      }
      done += now;
      this.#size += now;
    }
  }

  /** Writes a row's digest to `target` at `at`. */
  copyDigest(row: number, target: Buffer, at: number): void {
    const from = (row & IN_PART) * HASH;
    this.#digests[row >>> PART_BITS]!.copy(target, at, from, from + HASH);
  }

  /** As `copyDigest`. */
  copyToken(row: number, target: Buffer, at: number): void {
    const from = (row & IN_PART) * HASH;
    this.#tokens[row >>> PART_BITS]!.copy(target, at, from, from + HASH);
  }

  /** Whether a row has this token. */
  hasToken(row: number, token: Buffer): boolean {
    const from = (row & IN_PART) * HASH;
    return this.#tokens[row >>> PART_BITS]!.compare(token, 0, HASH, from, from + HASH) === 0;
  }

  /** Numbers of the rows by token, then by digest. */
  sorted(): Uint32Array {
    invariant(this.#tokens.length === this.#digests.length, 'the rows have tokens');
    return (this.#order ??= this.#sortedFrom(0));
  }

  /** Numbers of the rows by digest alone. */
  sortedByDigest(): Uint32Array {
    return this.#sortedFrom(HASH);
  }

  /** By the bytes of token and digest from `at`. Radix sort from the first byte, so that long equal runs cost little. */
  #sortedFrom(at: number): Uint32Array {
    const rows = new Uint32Array(this.#size);
    for (let i = 0; i < rows.length; i++) rows[i] = i;
    this.#sort(rows, new Uint32Array(rows.length), new Uint8Array(rows.length), 0, rows.length, at);
    return rows;
  }

  #byte(row: number, at: number): number {
    const parts = at < HASH ? this.#tokens : this.#digests;
    return parts[row >>> PART_BITS]![(row & IN_PART) * HASH + (at & (HASH - 1))]!;
  }

  #sort(rows: Uint32Array, spare: Uint32Array, bytes: Uint8Array, from: number, to: number, at: number): void {
    while (at < 2 * HASH) {
      if (to - from <= FEW) {
        this.#insert(rows, from, to, at);
        return;
      }
      const starts = new Uint32Array(257);
      for (let i = from; i < to; i++) {
        const byte = this.#byte(rows[i]!, at);
        bytes[i] = byte;
        starts[byte + 1]!++;
      }
      // All alike: the next byte, without a copy and without going deeper.
      if (starts[bytes[from]! + 1] === to - from) {
        at++;
        continue;
      }
      for (let i = 1; i <= 256; i++) starts[i]! += starts[i - 1]!;
      const next = starts.slice(0, 256);
      for (let i = from; i < to; i++) spare[from + next[bytes[i]!]!++] = rows[i]!;
      rows.set(spare.subarray(from, to), from);
      for (let value = 0; value < 256; value++) {
        const start = from + starts[value]!;
        const end = from + starts[value + 1]!;
        if (end - start > 1) this.#sort(rows, spare, bytes, start, end, at + 1);
      }
      return;
    }
  }

  #insert(rows: Uint32Array, from: number, to: number, at: number): void {
    for (let i = from + 1; i < to; i++) {
      const row = rows[i]!;
      let place = i;
      while (place > from && this.#compare(rows[place - 1]!, row, at) > 0) {
        rows[place] = rows[place - 1]!;
        place--;
      }
      rows[place] = row;
    }
  }

  #compare(a: number, b: number, at: number): number {
    for (let i = at; i < 2 * HASH; i++) {
      const sign = this.#byte(a, i) - this.#byte(b, i);
      if (sign !== 0) return sign;
    }
    return 0;
  }
}

/** Shared, so that two threads can work on one table. Zeros: nobody's. */
const newPart = (): Buffer => Buffer.from(new SharedArrayBuffer(PART_ROWS * HASH) as unknown as ArrayBuffer);
