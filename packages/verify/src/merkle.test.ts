import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex, utf8 } from './bytes.ts';
import { emptyRoot, isConsistent, leafHash, nodeHash, rootFromInclusion } from './merkle.ts';

/** RFC 6962 section 2.1, word for word: the oracle. */
function mth(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return emptyRoot();
  if (leaves.length === 1) return leafHash(leaves[0]!);
  const k = split(leaves.length);
  return nodeHash(mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}

function path(m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length <= 1) return [];
  const k = split(leaves.length);
  return m < k
    ? [...path(m, leaves.slice(0, k)), mth(leaves.slice(k))]
    : [...path(m - k, leaves.slice(k)), mth(leaves.slice(0, k))];
}

function subproof(m: number, leaves: readonly Uint8Array[], whole: boolean): Uint8Array[] {
  const n = leaves.length;
  if (m === n) return whole ? [] : [mth(leaves)];
  const k = split(n);
  return m <= k
    ? [...subproof(m, leaves.slice(0, k), whole), mth(leaves.slice(k))]
    : [...subproof(m - k, leaves.slice(k), false), mth(leaves.slice(0, k))];
}

function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

const leavesOf = (n: number) => Array.from({ length: n }, (_, i) => utf8(`leaf ${i}`));
const flipped = (bytes: Uint8Array, bit: number) =>
  bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));

test('roots of the published Certificate Transparency vectors', () => {
  // Inputs and roots as in the reference implementation's tests of RFC 6962.
  const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const leaves = inputs.map((hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
  expect(toHex(emptyRoot())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(toHex(mth(leaves.slice(0, 1)))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  expect(toHex(mth(leaves.slice(0, 3)))).toBe('aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77');
  expect(toHex(mth(leaves))).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
});

describe('inclusion', () => {
  test('every leaf of every tree up to 40 leaves is proved, and only by its own index, size and leaf', () => {
    for (let n = 1; n <= 40; n++) {
      const leaves = leavesOf(n);
      const root = toHex(mth(leaves));
      for (let m = 0; m < n; m++) {
        const proof = path(m, leaves);
        const reached = rootFromInclusion(m, n, leafHash(leaves[m]!), proof);
        expect(reached && toHex(reached)).toBe(root);
        const other = rootFromInclusion((m + 1) % n, n, leafHash(leaves[m]!), proof);
        if (n > 1) expect(other && toHex(other)).not.toBe(root);
      }
    }
  });

  test('one flipped bit anywhere in leaf or proof leads elsewhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.nat(), fc.nat(), (n, at, bit) => {
        const leaves = leavesOf(n);
        const m = at % n;
        const parts = [leafHash(leaves[m]!), ...path(m, leaves)];
        const which = bit % parts.length;
        const broken = parts.map((part, i) => (i === which ? flipped(part, bit % 256) : part));
        const reached = rootFromInclusion(m, n, broken[0]!, broken.slice(1));
        expect(reached && toHex(reached)).not.toBe(toHex(mth(leaves)));
      }),
      { numRuns: 60 },
    );
  });

  test('a proof too short, too long or with an odd hash is none', () => {
    const leaves = leavesOf(7);
    const proof = path(3, leaves);
    const leaf = leafHash(leaves[3]!);
    expect(rootFromInclusion(3, 7, leaf, proof.slice(1))).toBeNull();
    expect(rootFromInclusion(3, 7, leaf, [...proof, leaf])).toBeNull();
    expect(rootFromInclusion(3, 7, leaf, [proof[0]!.subarray(1), ...proof.slice(1)])).toBeNull();
    expect(rootFromInclusion(7, 7, leaf, proof)).toBeNull();
    expect(rootFromInclusion(-1, 7, leaf, proof)).toBeNull();
    expect(rootFromInclusion(0.5, 7, leaf, proof)).toBeNull();
  });
});

describe('consistency', () => {
  test('every pair of sizes up to 24 is consistent, and not with another root', () => {
    for (let n = 1; n <= 24; n++) {
      const leaves = leavesOf(n);
      const root2 = mth(leaves);
      for (let m = 0; m <= n; m++) {
        const root1 = mth(leaves.slice(0, m));
        const proof = m === 0 ? [] : subproof(m, leaves, true);
        expect(isConsistent(m, root1, n, root2, proof)).toBe(true);
        expect(isConsistent(m, flipped(root1, 5), n, root2, proof)).toBe(false);
        expect(isConsistent(m, root1, n, flipped(root2, 9), proof)).toBe(m === 0);
        if (proof.length > 0) {
          expect(isConsistent(m, root1, n, root2, proof.slice(1))).toBe(false);
          expect(isConsistent(m, root1, n, root2, [...proof, root1])).toBe(false);
        }
      }
    }
  });

  test('a shrunken log is never consistent', () => {
    const leaves = leavesOf(9);
    expect(isConsistent(9, mth(leaves), 8, mth(leaves.slice(0, 8)), [])).toBe(false);
  });
});
