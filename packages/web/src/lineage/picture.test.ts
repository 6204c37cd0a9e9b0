import { describe, expect, it } from 'vitest';
import type { Lineage, LineageNode } from '../api/answers.ts';
import { hopsOf, pictureOf, wayTo } from './picture.ts';

const node = (id: string, change: Partial<LineageNode> = {}): LineageNode => ({
  id,
  kind: 'dataset',
  namespace: 'n',
  name: id,
  type: null,
  distance: 0,
  columns: [],
  columnCount: null,
  tags: [],
  lastAt: '2026-11-01T00:00:00.000Z',
  lastState: null,
  moreUp: 0,
  moreDown: 0,
  ...change,
});

/** `a>b b>c` and so on; every id becomes a node unless it is given. */
function lineage(
  root: string,
  arrows: string,
  given: readonly LineageNode[] = [],
  direction: Lineage['direction'] = 'both',
): Lineage {
  const edges = arrows
    .split(' ')
    .filter(Boolean)
    .map((arrow) => {
      const [from = '', to = ''] = arrow.split('>');
      const time = '2026-11-01T00:00:00.000Z';
      return { from, to, runs: 1, firstAt: time, lastAt: time, endedAt: null, lastRun: null, lastEntry: 0 };
    });
  const ids = new Set([root, ...edges.flatMap(({ from, to }) => [from, to])]);
  const named = new Map(given.map((each) => [each.id, each]));
  return {
    root,
    direction,
    depth: 4,
    nodes: [...ids].map((id) => named.get(id) ?? node(id)),
    edges,
    columnEdges: [],
    omitted: 0,
    asOf: { at: null, entries: 10, checkpoint: null },
  };
}

const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);

describe('a picture', () => {
  it('of a small lineage is all of it', () => {
    const picture = pictureOf(lineage('b', 'a>b b>c'), [], []);
    expect(ids(picture.nodes)).toEqual(['a', 'b', 'c']);
    expect(picture.groups).toEqual([]);
  });

  it('counts neighbours that the answer leaves out', () => {
    const picture = pictureOf(lineage('b', 'a>b', [node('a', { moreUp: 3 })]), [], []);
    expect(picture.groups).toEqual([{ id: 'up:a', of: 'a', side: 'up', count: 3 }]);
  });

  it('does not count on a side that was not asked for', () => {
    const picture = pictureOf(lineage('a', 'a>b', [node('b', { moreUp: 3, moreDown: 1 })], 'down'), [], []);
    expect(ids(picture.groups)).toEqual(['down:b']);
  });

  it('shows the first of many neighbours and counts the rest', () => {
    const many = Array.from({ length: 20 }, (_, n) => `a>x${String(n).padStart(2, '0')}`).join(' ');
    const picture = pictureOf(lineage('a', many), [], []);
    expect(picture.nodes).toHaveLength(9);
    expect(picture.groups).toEqual([{ id: 'down:a', of: 'a', side: 'down', count: 12 }]);
    expect(pictureOf(lineage('a', many), [], ['down:a']).nodes).toHaveLength(21);
  });

  it('hides nothing in a group that matters more', () => {
    const many = Array.from({ length: 20 }, (_, n) => `a>x${String(n).padStart(2, '0')}`).join(' ');
    const first = new Set(['x17', 'x19']);
    expect(ids(pictureOf(lineage('a', many), [], [], first).nodes)).toEqual(
      ['a', 'x00', 'x01', 'x02', 'x03', 'x04', 'x05', 'x17', 'x19'].sort(),
    );
    const most = new Set(Array.from({ length: 12 }, (_, n) => `x${String(n + 8).padStart(2, '0')}`));
    expect(ids(pictureOf(lineage('a', many), [], [], most).nodes)).toEqual(['a', ...most].sort());
  });

  it('shows what still is before what has ended', () => {
    const many = Array.from({ length: 20 }, (_, n) => `a>x${String(n).padStart(2, '0')}`).join(' ');
    const main = lineage('a', many);
    const edges = main.edges.map((edge) => ({ ...edge, endedAt: edge.to === 'x19' ? null : edge.lastAt }));
    expect(ids(pictureOf({ ...main, edges }, [], []).nodes)).toContain('x19');
  });

  it('never trades a single name for "1 more"', () => {
    const nine = Array.from({ length: 9 }, (_, n) => `a>x${n}`).join(' ');
    expect(pictureOf(lineage('a', nine), [], []).groups).toEqual([]);
  });

  it('draws what was left out once it is reached another way', () => {
    const many = Array.from({ length: 20 }, (_, n) => `a>x${String(n).padStart(2, '0')}`).join(' ');
    const picture = pictureOf(lineage('a', `${many} x00>y y>x19`), [], []);
    expect(ids(picture.nodes)).toContain('x19');
    expect(picture.groups).toEqual([{ id: 'down:a', of: 'a', side: 'down', count: 11 }]);
  });

  it('unfolds one hop at a time, and counts anew what lies behind it', () => {
    const main = lineage('b', 'a>b', [node('a', { moreUp: 2 })]);
    const hop = lineage('a', 'p>a q>a', [node('p', { moreUp: 5 }), node('a', { moreDown: 1 })], 'up');
    const picture = pictureOf(main, [hop], ['up:a']);
    expect(ids(picture.nodes)).toEqual(['a', 'b', 'p', 'q']);
    expect(picture.groups).toEqual([{ id: 'up:p', of: 'p', side: 'up', count: 5 }]);
  });

  it('ignores an open group whose asset is not in the picture', () => {
    expect(ids(pictureOf(lineage('b', 'a>b'), [], ['up:gone', 'nonsense']).nodes)).toEqual(['a', 'b']);
  });

  it('holds at most 150 nodes, and 60 more once something is unfolded', () => {
    const chains = Array.from({ length: 8 }, (_, n) =>
      Array.from({ length: 40 }, (_, m) => `${m ? `x${n}.${m}` : 'a'}>x${n}.${m + 1}`),
    );
    expect(pictureOf(lineage('a', chains.flat().join(' ')), [], []).nodes).toHaveLength(150);
    const wide = Array.from({ length: 400 }, (_, n) => `a>x${n}`).join(' ');
    const picture = pictureOf(lineage('a', wide), [], ['down:a']);
    expect(picture.nodes).toHaveLength(210);
    expect(picture.groups).toEqual([{ id: 'down:a', of: 'a', side: 'down', count: 191 }]);
  });
});

describe('hops', () => {
  it('are negative upstream, and sideways count from where it was unfolded', () => {
    const picture = pictureOf(
      lineage('b', 'a>b b>c', [node('c', { moreUp: 1 })]),
      [lineage('c', 's>c', [], 'up')],
      ['up:c'],
    );
    expect(Object.fromEntries(hopsOf(picture))).toEqual({ a: -1, b: 0, c: 1, s: 0 });
  });
  it('end in a cycle', () => {
    expect(Object.fromEntries(hopsOf(pictureOf(lineage('a', 'a>b b>a'), [], [])))).toEqual({ a: 0, b: 1 });
  });
});

describe('the way to an asset', () => {
  const picture = pictureOf(lineage('b', 'a>b b>c c>d b>d'), [], []);
  const words = (id: string) => wayTo(picture, id).map(({ from, to }) => `${from}>${to}`);
  it('is the shortest, from the root on', () => {
    expect(words('d')).toEqual(['b>d']);
  });
  it('goes upstream against the edges', () => {
    expect(words('a')).toEqual(['a>b']);
  });
  it('to the root is empty', () => {
    expect(words('b')).toEqual([]);
  });
});
