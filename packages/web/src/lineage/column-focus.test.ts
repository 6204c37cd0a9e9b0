import { describe, expect, it } from 'vitest';
import type { ColumnEdge, Lineage, LineageNode } from '../api/answers.ts';
import { columnsOnWays, onlyWays } from './column-focus.ts';

const time = '2026-11-01T00:00:00.000Z';
const node = (id: string, kind: LineageNode['kind'] = 'dataset'): LineageNode => ({
  id,
  kind,
  namespace: 'n',
  name: id,
  type: null,
  distance: 0,
  columns: [],
  columnCount: null,
  tags: [],
  lastAt: time,
  lastState: null,
  moreUp: 2,
  moreDown: 0,
});
const edge = (from: string, to: string) => ({
  from,
  to,
  runs: 1,
  firstAt: time,
  lastAt: time,
  endedAt: null,
  lastRun: null,
  lastEntry: 0,
});
const main: Lineage = {
  root: 'a',
  direction: 'both',
  depth: 4,
  nodes: [node('a'), node('j', 'job'), node('b'), node('k', 'job'), node('c')],
  edges: [edge('a', 'j'), edge('j', 'b'), edge('a', 'k'), edge('k', 'c')],
  columnEdges: [],
  omitted: 3,
  asOf: { at: null, entries: 1, checkpoint: null },
};
const way: ColumnEdge = {
  from: { asset: 'a', column: 'x' },
  to: { asset: 'b', column: 'y' },
  job: 'j',
  kind: 'identity',
  role: null,
  masked: false,
  certainty: 'certain',
  fromSql: false,
  run: null,
  entry: 0,
};
const nodes = [
  { asset: 'a', column: 'x', distance: 0 },
  { asset: 'b', column: 'y', distance: 1 },
  { asset: 'b', column: null, distance: 1 },
];

describe('the ways of one column', () => {
  it('keep the datasets, the jobs and the edges on them, and nothing beside them', () => {
    const kept = onlyWays(main, { nodes, edges: [way] });
    expect(kept.nodes.map(({ id, moreUp }) => [id, moreUp])).toEqual([
      ['a', 0],
      ['j', 0],
      ['b', 0],
    ]);
    expect(kept.edges.map(({ from, to }) => `${from}>${to}`)).toEqual(['a>j', 'j>b']);
    expect(kept.omitted).toBe(0);
  });
  it('keep the column itself where it has none', () => {
    expect(onlyWays(main, { nodes: [], edges: [] }).nodes.map(({ id }) => id)).toEqual(['a']);
  });
  it('name the columns of each dataset; rows as a whole are no column', () => {
    const columns = columnsOnWays({ nodes: [...nodes, { asset: 'c', column: null, distance: 2 }] });
    expect([...columns].map(([asset, own]) => [asset, [...own]])).toEqual([
      ['a', ['x']],
      ['b', ['y']],
      ['c', []],
    ]);
  });
});
