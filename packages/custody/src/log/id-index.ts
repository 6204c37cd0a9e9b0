/**
 * Which ids are in the log: open addressing over 64-bit fingerprints, 12 bytes a slot, so that a million ids cost about
 * 24 MB instead of the 100 MB of a Map of strings. A hit is only a candidate; the caller compares the entry itself.
 */
const EMPTY = 0xffffffff;
const MAX_LOAD = 0.7;

export class IdIndex {
  #slots: Uint32Array; // high, low, index; index EMPTY marks a free slot
  #capacity: number;
  #used = 0;

  constructor(capacity = 1024) {
    this.#capacity = capacity;
    this.#slots = freeSlots(capacity);
  }

  get size(): number {
    return this.#used;
  }

  /** Records that entry `index` has this id. */
  add(id: string, index: number): void {
    if (this.#used + 1 > this.#capacity * MAX_LOAD) this.#grow();
    const [high, low] = fingerprint(id);
    this.#insert(high, low, index);
  }

  /** Indices of the entries that may have this id, usually none or one. */
  candidates(id: string): readonly number[] {
    const [high, low] = fingerprint(id);
    const found: number[] = [];
    for (let slot = low % this.#capacity; this.#slots[slot * 3 + 2] !== EMPTY; slot = (slot + 1) % this.#capacity) {
      if (this.#slots[slot * 3] === high && this.#slots[slot * 3 + 1] === low) found.push(this.#slots[slot * 3 + 2]!);
    }
    return found;
  }

  #insert(high: number, low: number, index: number): void {
    let slot = low % this.#capacity;
    while (this.#slots[slot * 3 + 2] !== EMPTY) slot = (slot + 1) % this.#capacity;
    this.#slots[slot * 3] = high;
    this.#slots[slot * 3 + 1] = low;
    this.#slots[slot * 3 + 2] = index;
    this.#used++;
  }

  #grow(): void {
    const old = this.#slots;
    this.#capacity *= 2;
    this.#slots = freeSlots(this.#capacity);
    this.#used = 0;
    for (let at = 0; at < old.length; at += 3) {
      if (old[at + 2] !== EMPTY) this.#insert(old[at]!, old[at + 1]!, old[at + 2]!);
    }
  }

  serialize(): Buffer {
    const header = Buffer.alloc(8);
    header.writeUInt32LE(this.#capacity, 0);
    header.writeUInt32LE(this.#used, 4);
    return Buffer.concat([header, Buffer.from(this.#slots.buffer)]);
  }

  /** Null if the bytes are not a whole index. */
  static deserialize(bytes: Buffer): IdIndex | null {
    if (bytes.length < 8) return null;
    const capacity = bytes.readUInt32LE(0);
    if (capacity === 0 || bytes.length !== 8 + capacity * 12) return null;
    const index = new IdIndex(1);
    index.#capacity = capacity;
    index.#used = bytes.readUInt32LE(4);
    index.#slots = new Uint32Array(capacity * 3);
    Buffer.from(index.#slots.buffer).set(bytes.subarray(8));
    return index;
  }
}

const freeSlots = (capacity: number): Uint32Array => new Uint32Array(capacity * 3).fill(EMPTY);

/**
 * Two 32-bit FNV-1a style hashes over the UTF-16 code units, from different starts. Not cryptographic: a collision costs a
 * look into the log and nothing else.
 */
function fingerprint(id: string): readonly [number, number] {
  let high = 0x811c9dc5;
  let low = 0x1b873593;
  for (let i = 0; i < id.length; i++) {
    const unit = id.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x85ebca6b);
    low ^= low >>> 15;
  }
  return [(high ^ (high >>> 16)) >>> 0, (low ^ (low >>> 13)) >>> 0];
}
