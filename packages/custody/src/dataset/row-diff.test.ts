import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffAsSets, diffByKey, diffByPlace } from './row-diff.ts';
import { RowTable } from './row-table.ts';

type Row = readonly [key: number, value: number];
const sha = (text: string) => createHash('sha256').update(text).digest();
function tableOf(rows: readonly Row[]): RowTable {
  const table = new RowTable();
  for (const [key, value] of rows) table.add(sha(`${key} ${value}`), () => sha(`key ${key}`).toString('latin1'));
  return table;
}
const tables = fc.array(fc.tuple(fc.nat(12), fc.nat(3)), { maxLength: 30 });
const counts = (rows: readonly Row[]) => {
  const all = new Map<string, number>();
  for (const row of rows) all.set(row.join(' '), (all.get(row.join(' ')) ?? 0) + 1);
  return all;
};
/** How many of `a` are not in `b`, duplicates counted. */
const lost = (a: readonly Row[], b: readonly Row[]) =>
  [...counts(a)].reduce((sum, [row, n]) => sum + Math.max(0, n - (counts(b).get(row) ?? 0)), 0);

test('as sets: what is only here, with duplicates', () => {
  fc.assert(
    fc.property(tables, tables, (a, b) => {
      expect(diffAsSets(tableOf(a), tableOf(b))).toMatchObject({ removed: lost(a, b), added: lost(b, a), changed: 0 });
    }),
  );
});

test('by key: of each key the rows that are not in both, in pairs', () => {
  fc.assert(
    fc.property(tables, tables, (a, b) => {
      const wanted = { added: 0, removed: 0, changed: 0 };
      for (let key = 0; key <= 12; key++) {
        const of = (rows: readonly Row[]) => rows.filter((row) => row[0] === key);
        const [gone, come] = [lost(of(a), of(b)), lost(of(b), of(a))];
        wanted.changed += Math.min(gone, come);
        wanted.removed += gone - Math.min(gone, come);
        wanted.added += come - Math.min(gone, come);
      }
      const diff = diffByKey(tableOf(a), tableOf(b));
      expect(diff).toMatchObject(wanted);
      for (const [before, after] of diff.examples.changed) {
        expect(a[before]![0]).toBe(b[after]![0]);
        expect(a[before]![1]).not.toBe(b[after]![1]);
      }
    }),
  );
});

test('by place: the rows that are others', () => {
  fc.assert(
    fc.property(tables, tables, (a, b) => {
      const both = Math.min(a.length, b.length);
      const changed = a.slice(0, both).filter((row, i) => row.join() !== b[i]!.join()).length;
      expect(diffByPlace(tableOf(a), tableOf(b))).toMatchObject({
        changed,
        removed: a.length - both,
        added: b.length - both,
      });
    }),
  );
});
