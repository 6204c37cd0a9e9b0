/**
 * Has this value been seen? Exact up to a number of values; beyond it, exact for a part of all values, chosen by their
 * hash, so that memory stays bounded and what is claimed stays true.
 */
import { hash64 } from './value-hash.ts';

export class ValueSet {
  readonly #max: number;
  #slots: Uint32Array;
  #mask: number;
  #size = 0;
  /** Of 2^k values one is kept. */
  #k = 0;

  /** `max`: how many values are held at most; about 24 bytes each. */
  constructor(max = 2_000_000) {
    this.#max = max;
    this.#slots = new Uint32Array(2 * 1_024);
    this.#mask = 1_023;
  }

  /** Values are compared by 64 bits of hash: of a million values two are taken for one with a probability below 3e-8. */
  get isExact(): boolean {
    return this.#k === 0;
  }

  /** The part of all values that is looked at: 1, 1/2, 1/4, ... */
  get part(): number {
    return 2 ** -this.#k;
  }

  /** How many different values: exact, or estimated from the part. */
  get distinct(): number {
    return this.#size * 2 ** this.#k;
  }

  /** Adds a value; true if it was there already. Values outside of the part are never there. */
  add(text: string): boolean {
    const [high, low] = hash64(text);
    if ((high & (2 ** this.#k - 1)) !== 0) return false;
    // 0, 0 marks an empty slot.
    const stored = low === 0 ? 1 : low;
    for (let at = stored & this.#mask; ; at = (at + 1) & this.#mask) {
      if (this.#slots[2 * at + 1] === 0) {
        this.#slots[2 * at] = high;
        this.#slots[2 * at + 1] = stored;
        this.#size++;
        if (this.#size * 2 > this.#mask) this.#grow();
        return false;
      }
      if (this.#slots[2 * at] === high && this.#slots[2 * at + 1] === stored) return true;
    }
  }

  #grow(): void {
    const isFull = this.#size >= this.#max;
    if (isFull) this.#k++;
    const old = this.#slots;
    const slots = isFull ? this.#mask + 1 : (this.#mask + 1) * 2;
    this.#slots = new Uint32Array(2 * slots);
    this.#mask = slots - 1;
    this.#size = 0;
    for (let i = 0; i < old.length; i += 2) {
      const [high, low] = [old[i]!, old[i + 1]!];
      if (low === 0 || (high & (2 ** this.#k - 1)) !== 0) continue;
      let at = low & this.#mask;
      while (this.#slots[2 * at + 1] !== 0) at = (at + 1) & this.#mask;
      this.#slots[2 * at] = high;
      this.#slots[2 * at + 1] = low;
      this.#size++;
    }
  }
}
