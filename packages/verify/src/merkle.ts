/**
 * Merkle tree hashes and proofs of RFC 9162 section 2.1 (the same tree as RFC 6962), as pure functions over hashes.
 * Sizes and indices are JavaScript integers up to 2^53 - 1; shifts are done by division, because `>>` cuts to 32 bits.
 */
import { equalBytes } from './bytes.ts';
import { sha256 } from './sha256.ts';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** Hash of a leaf: SHA-256(0x00 || entry). */
export const leafHash = (entry: Uint8Array): Uint8Array => sha256(LEAF, entry);

/** Hash of an inner node: SHA-256(0x01 || left || right). */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(NODE, left, right);

/** Root of the empty tree: SHA-256 of nothing. */
export const emptyRoot = (): Uint8Array => sha256();

/**
 * The root that an inclusion proof leads to (RFC 9162 section 2.1.3.2), or null if the proof cannot be one for this
 * index and size. Compare the result with a signed root; on its own it says nothing.
 */
export function rootFromInclusion(
  index: number,
  size: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
): Uint8Array | null {
  if (!isIndex(index) || !isIndex(size) || index >= size) return null;
  let fn = index;
  let sn = size - 1;
  let root = leaf;
  for (const hash of proof) {
    if (hash.length !== 32 || sn === 0) return null;
    if (fn % 2 === 1 || fn === sn) {
      root = nodeHash(hash, root);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      root = nodeHash(root, hash);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 ? root : null;
}

/**
 * True if the tree of `size2` leaves with `root2` is the tree of `size1` leaves with `root1`, with leaves only added
 * (RFC 9162 section 2.1.4.2). A tree is consistent with itself by an empty proof, and every tree extends the empty one.
 */
export function isConsistent(
  size1: number,
  root1: Uint8Array,
  size2: number,
  root2: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isIndex(size1) || !isIndex(size2) || size1 > size2 || proof.some((hash) => hash.length !== 32)) return false;
  if (size1 === size2) return proof.length === 0 && equalBytes(root1, root2);
  if (size1 === 0) return proof.length === 0 && equalBytes(root1, emptyRoot());

  // A power of two is a whole subtree of the larger tree, so its root is not repeated in the proof.
  const path = isPowerOfTwo(size1) ? [root1, ...proof] : proof;
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let fn = size1 - 1;
  let sn = size2 - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  let fr = first;
  let sr = first;
  for (const hash of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(hash, fr);
      sr = nodeHash(hash, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      sr = nodeHash(sr, hash);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && equalBytes(fr, root1) && equalBytes(sr, root2);
}

const isIndex = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;

function isPowerOfTwo(n: number): boolean {
  let rest = n;
  while (rest % 2 === 0 && rest > 1) rest /= 2;
  return rest === 1;
}
