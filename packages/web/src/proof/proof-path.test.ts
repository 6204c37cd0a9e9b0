import { leafHash, nodeHash, rootFromInclusion, toHex, utf8 } from '@custody/verify';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proofPath } from './proof-path.ts';

const leaves = (count: number) => Array.from({ length: count }, (_, n) => leafHash(utf8(`entry ${n}`)));

/** RFC 9162 section 2.1.1 and 2.1.3, word for word. */
function rootOf(list: readonly Uint8Array[]): Uint8Array {
  if (list.length === 1) return list[0]!;
  const k = 2 ** Math.floor(Math.log2(list.length - 1));
  return nodeHash(rootOf(list.slice(0, k)), rootOf(list.slice(k)));
}
function inclusion(index: number, list: readonly Uint8Array[]): Uint8Array[] {
  if (list.length === 1) return [];
  const k = 2 ** Math.floor(Math.log2(list.length - 1));
  return index < k
    ? [...inclusion(index, list.slice(0, k)), rootOf(list.slice(k))]
    : [...inclusion(index - k, list.slice(k)), rootOf(list.slice(0, k))];
}

describe('the path of a proof', () => {
  it('runs from the root that the verifier computes to the leaf, for every index of every size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }).chain((size) => fc.tuple(fc.constant(size), fc.nat({ max: size - 1 }))),
        ([size, index]) => {
          const list = leaves(size);
          const hashes = inclusion(index, list);
          const path = proofPath(index, size, list[index]!, hashes);
          expect(path[0]?.hash).toBe(toHex(rootFromInclusion(index, size, list[index]!, hashes)!));
          expect(path.at(-1)?.hash).toBe(toHex(list[index]!));
          expect(path).toHaveLength(hashes.length + 1);
        },
      ),
    );
  });

  it('joins each neighbour on its side to give the hash above', () => {
    const list = leaves(11);
    const path = proofPath(6, 11, list[6]!, inclusion(6, list));
    const bytes = (hex: string) => Uint8Array.from(hex.match(/../g)!, (pair) => Number.parseInt(pair, 16));
    for (let n = 1; n < path.length; n++) {
      const { hash, sibling, siblingSide } = path[n]!;
      const pair = siblingSide === 'left' ? [sibling!, hash] : [hash, sibling!];
      expect(toHex(nodeHash(bytes(pair[0]!), bytes(pair[1]!)))).toBe(path[n - 1]!.hash);
    }
  });

  it('of the only entry is the root itself', () => {
    const [leaf] = leaves(1);
    expect(proofPath(0, 1, leaf!, [])).toEqual([{ hash: toHex(leaf!), sibling: null, siblingSide: 'left' }]);
  });
});
