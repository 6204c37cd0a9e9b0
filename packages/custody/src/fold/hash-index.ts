/**
 * Open addressing from a hash to row numbers, 4 bytes a slot: for keys that live in columns, where a Map of strings would
 * cost twenty times the memory. The caller compares the row with the key.
 */
const FREE = -1;
const MAX_LOAD = 0.6;

export class HashIndex {
  #slots = new Int32Array(1024).fill(FREE);
  #used = 0;
  readonly #hashOf: (row: number) => number;

  /** `hashOf` gives the hash of a row that is in the index already; needed to grow. */
  constructor(hashOf: (row: number) => number) {
    this.#hashOf = hashOf;
  }

  /** The row with this hash that `matches`, or -1. */
  find(hash: number, matches: (row: number) => boolean): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const row = this.#slots[slot]!;
      if (row === FREE || matches(row)) return row;
    }
  }

  add(hash: number, row: number): void {
    if (++this.#used > this.#slots.length * MAX_LOAD) this.#grow();
    this.#put(hash, row);
  }

  #put(hash: number, row: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== FREE) slot = (slot + 1) & mask;
    this.#slots[slot] = row;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2).fill(FREE);
    for (const row of old) if (row !== FREE) this.#put(this.#hashOf(row), row);
  }
}

/** A well spread 32-bit hash of two integers (finalizer of MurmurHash3). */
export function mix(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
