/** An inclusion proof as what it is: a path from the signed root down to one entry, with a neighbour at each turn. */
import { nodeHash, toHex } from '@custody/verify';

export interface PathStep {
  /** Hash on the path, hex. */
  readonly hash: string;
  /** The hash that the proof brings for the other side; null at the root. */
  readonly sibling: string | null;
  readonly siblingSide: 'left' | 'right';
}

/**
 * Steps from the root (first) to the entry's leaf (last), recomputed from the leaf up as RFC 9162 section 2.1.3.2 does.
 * The proof must have been verified: this only tells which neighbour stands on which side.
 */
export function proofPath(
  index: number,
  size: number,
  leaf: Uint8Array,
  hashes: readonly Uint8Array[],
): readonly PathStep[] {
  const steps: PathStep[] = [];
  let fn = index;
  let sn = size - 1;
  let hash = leaf;
  for (const sibling of hashes) {
    const onLeft = fn % 2 === 1 || fn === sn;
    steps.push({ hash: toHex(hash), sibling: toHex(sibling), siblingSide: onLeft ? 'left' : 'right' });
    hash = onLeft ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
    if (onLeft) {
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  steps.push({ hash: toHex(hash), sibling: null, siblingSide: 'left' });
  return steps.reverse();
}
