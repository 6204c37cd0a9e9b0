import { describe, expect, it } from 'vitest';
import type { LineageNode } from '../api/answers.ts';
import { graphModel } from './graph-model.ts';
import { summaryWords } from './summary-words.ts';

const time = '2026-11-01T00:00:00.000Z';
const node = (id: string, kind: 'dataset' | 'job'): LineageNode => ({
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
  moreUp: 0,
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
const nodes = [node('a', 'dataset'), node('j', 'job'), node('b', 'dataset')];

describe('the summary of a lineage', () => {
  it('counts datasets on both sides, and jobs', () => {
    const model = graphModel({ root: 'b', nodes, edges: [edge('a', 'j'), edge('j', 'b')], groups: [] });
    expect(summaryWords(model, 'both')).toBe('1 dataset upstream, 0 datasets downstream, 1 job.');
    expect(summaryWords(model, 'up')).toBe('1 dataset upstream, 1 job.');
  });
  it('counts what is left out and what runs back', () => {
    const groups = [{ id: 'up:a' as const, of: 'a', side: 'up' as const, count: 4 }];
    const model = graphModel({ root: 'a', nodes, edges: [edge('a', 'j'), edge('j', 'b'), edge('b', 'j')], groups });
    expect(summaryWords(model, 'down')).toBe(
      '1 dataset downstream, 1 job. 4 more in groups. 1 edge runs back, in a cycle.',
    );
  });
});
