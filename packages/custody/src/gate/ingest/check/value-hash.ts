/**
 * Two 32-bit hashes of a text, by multiplication and mixing as in MurmurHash3's finalizer. For tables in memory and for
 * counts, not against somebody who looks for collisions.
 */
export function hash64(text: string, seed = 0): readonly [number, number] {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
    a ^= a >>> 15;
    b ^= b >>> 13;
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return [a >>> 0, b >>> 0];
}

/** 53 bits of it, as a number that JSON can say. */
export function hash53(text: string, seed: number): number {
  const [high, low] = hash64(text, seed);
  return (high & 0x1fffff) * 2 ** 32 + low;
}
