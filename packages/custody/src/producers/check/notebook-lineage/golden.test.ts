/** Notebooks of our own and the lineage that whoever reads them would draw: one pair each in `testdata/check/notebook`. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { notebookIn } from '../notebook.ts';

const FOLDER = new URL('../../../../../../testdata/check/notebook/', import.meta.url);
const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.ipynb'))
  .map((name) => name.replace('.ipynb', ''));

interface Expected {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly flows: readonly {
    readonly from: string;
    readonly to: string;
    readonly cells: readonly number[];
    readonly other_order?: true;
  }[];
  readonly unknowns: readonly { readonly cell: number; readonly what: string }[];
  readonly lineageUnread?: string;
}
const inOrder = <T>(all: Iterable<T>): string[] => [...new Set([...all].map((one) => JSON.stringify(one)))].sort();

test('there are as many as the docs say, each with its expectation', () => {
  expect(names.length).toBeGreaterThanOrEqual(12);
});

test.each(names)('%s', async (name) => {
  const text = readFileSync(new URL(`${name}.ipynb`, FOLDER), 'utf8');
  const expected = JSON.parse(readFileSync(new URL(`${name}.flows.json`, FOLDER), 'utf8')) as Expected;
  const facts = await notebookIn(`${name}.ipynb`, text);
  expect(inOrder(facts.reads.map(({ place }) => place))).toEqual(inOrder(expected.reads));
  expect(inOrder(facts.writes.map(({ place }) => place))).toEqual(inOrder(expected.writes));
  expect(
    inOrder(
      facts.flows.map(({ from, to, cells, other_order }) => ({ from, to, cells, ...(other_order && { other_order }) })),
    ),
  ).toEqual(inOrder(expected.flows));
  expect(inOrder(facts.unknowns.map(({ cell, what }) => ({ cell, what })))).toEqual(inOrder(expected.unknowns));
  expect(facts.lineageUnread).toBe(expected.lineageUnread ?? null);
  // The line that is told is the line of the file that names the call, or the place.
  const lines = text.split('\n');
  for (const { line, by } of [...facts.reads, ...facts.writes]) {
    const last = by.slice(by.lastIndexOf('.') + 1);
    expect(lines[line - 1], `${name}:${line} ${by}`).toMatch(
      by === 'shell' || by === '%%sql' ? /aws|curl|sql/ : new RegExp(last),
    );
  }
});
