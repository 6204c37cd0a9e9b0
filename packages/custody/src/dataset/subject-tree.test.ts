import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RowTable } from './row-table.ts';
import { EMPTY_ROOT, leavesOf, readProof, subjectRoot, SubjectTree, type SubjectProof } from './subject-tree.ts';

const sha = (...parts: (Buffer | string)[]): Buffer => {
  const whole = createHash('sha256');
  for (const part of parts) whole.update(part);
  return whole.digest();
};
/** Tokens that share long prefixes, so that branches lie deep. */
const tokens = fc
  .tuple(fc.constantFrom(0, 1, 7, 8, 9, 31), fc.uint8Array({ minLength: 32, maxLength: 32 }))
  .map(([shared, bytes]) => {
    const token = Buffer.from(bytes);
    token.fill(0x5a, 0, shared);
    return token;
  });
const rowsOf = fc.array(fc.tuple(tokens, fc.nat(5)), { maxLength: 24 });

function tableOf(rows: readonly (readonly [Buffer, number])[]): RowTable {
  const table = new RowTable();
  for (const [token, row] of rows) table.add(sha(String(row)), () => token.toString('latin1'));
  return table;
}

/** The definition, from the set of leaves down. */
function rootByDefinition(leaves: readonly { token: Buffer; value: Buffer }[]): Buffer {
  if (leaves.length === 0) return sha(Buffer.from([2]));
  if (leaves.length === 1) return sha(Buffer.from([0]), leaves[0]!.token, leaves[0]!.value);
  const bits = (token: Buffer) => [...token].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const texts = leaves.map(({ token }) => bits(token));
  let bit = 0;
  while (texts.every((text) => text[bit] === texts[0]![bit])) bit++;
  const prefix = Buffer.from(
    (texts[0]!.slice(0, bit) + '0'.repeat(256 - bit)).match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)),
  );
  const side = (want: string) => rootByDefinition(leaves.filter((_, i) => texts[i]![bit] === want));
  return sha(Buffer.from([1, bit >> 8, bit & 255]), prefix, side('0'), side('1'));
}

function leavesByDefinition(rows: readonly (readonly [Buffer, number])[]): { token: Buffer; value: Buffer }[] {
  const bySubject = new Map<string, Buffer[]>();
  for (const [token, row] of rows) {
    const name = token.toString('hex');
    bySubject.set(name, [...(bySubject.get(name) ?? []), sha(String(row))]);
  }
  return [...bySubject].map(([name, digests]) => ({
    token: Buffer.from(name, 'hex'),
    value: sha(...digests.sort(Buffer.compare)),
  }));
}

const treeOf = (rows: readonly (readonly [Buffer, number])[]): SubjectTree =>
  new SubjectTree([...leavesOf(tableOf(rows))]);

describe('the subject tree', () => {
  test('has the root of its definition, by both ways of building it', () => {
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const wanted = rootByDefinition(leavesByDefinition(rows)).toString('hex');
        const { root, subjects } = subjectRoot(tableOf(rows));
        expect(root.toString('hex')).toBe(wanted);
        expect(treeOf(rows).root.toString('hex')).toBe(wanted);
        expect(subjects).toBe(leavesByDefinition(rows).length);
      }),
    );
  });

  test('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(rowsOf, fc.infiniteStream(fc.nat()), (rows, numbers) => {
        const mixed = rows.map((row) => [numbers.next().value!, row] as const).sort((a, b) => a[0] - b[0]);
        expect(treeOf(mixed.map(([, row]) => row)).root).toEqual(treeOf(rows).root);
      }),
    );
  });

  test('proves who is there, with the root as it would be without them', () => {
    fc.assert(
      fc.property(
        rowsOf.filter((rows) => rows.length > 0),
        fc.nat(),
        (rows, pick) => {
          const [token] = rows[pick % rows.length]!;
          const proven = readProof(treeOf(rows).prove(token));
          const rest = rows.filter(([other]) => !other.equals(token));
          expect(proven).toEqual({
            isPresent: true,
            root: treeOf(rows).root.toString('hex'),
            rootWithout: treeOf(rest).root.toString('hex'),
          });
        },
      ),
    );
  });

  test('proves who is not there', () => {
    fc.assert(
      fc.property(rowsOf, tokens, (rows, token) => {
        fc.pre(rows.every(([other]) => !other.equals(token)));
        const proven = readProof(treeOf(rows).prove(token));
        expect(proven).toEqual({ isPresent: false, root: treeOf(rows).root.toString('hex'), rootWithout: null });
      }),
    );
  });

  test('a proof that was changed leads to another root, says the same, or is refused', () => {
    fc.assert(
      fc.property(rowsOf, tokens, fc.nat(), fc.nat(255), (rows, stranger, pick, change) => {
        const token = rows.length > 0 && pick % 2 === 0 ? rows[pick % rows.length]![0] : stranger;
        const tree = treeOf(rows);
        const proof = tree.prove(token);
        const text = JSON.stringify(proof);
        const at = pick % text.length;
        const digit = (change % 16).toString(16);
        let changed: SubjectProof;
        try {
          changed = JSON.parse(text.slice(0, at) + digit + text.slice(at + 1)) as SubjectProof;
        } catch {
          return;
        }
        if (JSON.stringify(changed) === text) return;
        const proven = readProof(changed);
        if (proven === null || proven.root !== tree.root.toString('hex')) return;
        // The token itself was changed to another that is as absent as the first: still true.
        const isThere = rows.some(([other]) => other.toString('hex') === changed.token);
        expect(proven.isPresent).toBe(isThere);
      }),
      { numRuns: 300 },
    );
  });

  test('nobody is in an empty tree', () => {
    expect(EMPTY_ROOT.toString('hex')).toBe(sha(Buffer.from([2])).toString('hex'));
    expect(readProof(treeOf([]).prove(Buffer.alloc(32, 1)))).toMatchObject({ isPresent: false });
  });

  test('a leaf of another cannot stand for absence where the token would not lie', () => {
    const low = Buffer.alloc(32, 0);
    low[31] = 1;
    const high = Buffer.alloc(32, 0xff);
    const tree = treeOf([
      [low, 1],
      [high, 2],
    ]);
    const honest = tree.prove(low);
    const lie: SubjectProof = { ...tree.prove(high), token: honest.token };
    expect(readProof(lie)?.root === tree.root.toString('hex')).toBe(false);
  });
});

describe('the table of rows', () => {
  test('sorts records as bytes are compared, with runs of any length', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(400)), { maxLength: 300 }), (pairs) => {
        const table = new RowTable();
        for (const [who, row] of pairs)
          table.add(sha(String(row % 40)), () => (who === 0 ? null : sha(`who ${who}`).toString('latin1')));
        const both = Buffer.alloc(64);
        const record = (row: number) => {
          table.copyToken(row, both, 0);
          table.copyDigest(row, both, 32);
          return both.toString('hex');
        };
        const all = pairs.map((_, row) => record(row));
        expect([...table.sorted()].map(record)).toEqual([...all].sort());
        expect([...table.sortedByDigest()].map((row) => record(row).slice(64))).toEqual(
          all.map((text) => text.slice(64)).sort(),
        );
      }),
    );
  });
});
