import { describe, expect, it } from 'vitest';
import { pathPicture } from './path-picture.ts';

const ref = (id: string, kind: 'dataset' | 'job' = 'dataset') => ({ id, kind, namespace: 'n', name: id, type: null });
const edge = (from: string, to: string, lastAt: string) => ({
  from,
  to,
  runs: 1,
  firstAt: lastAt,
  lastAt,
  endedAt: null,
  lastRun: null,
  lastEntry: 0,
});
const way = {
  from: { asset: 'a', column: 'x' },
  to: { asset: 'b', column: 'y' },
  job: 'j',
  kind: 'identity' as const,
  role: null,
  masked: false,
  certainty: 'certain' as const,
  fromSql: false,
  run: null,
  entry: 0,
};

describe('the picture of a path', () => {
  it('has its assets in order, its edges, and the columns that its steps name', () => {
    const picture = pathPicture({
      from: 'a',
      nodes: [ref('a'), ref('j', 'job'), ref('b')],
      steps: [
        { edge: edge('a', 'j', '2026-11-01T00:00:00.000Z'), reason: '', columns: [] },
        { edge: edge('j', 'b', '2026-11-02T00:00:00.000Z'), reason: '', columns: [way] },
      ],
    });
    expect(picture.root).toBe('a');
    expect(picture.nodes.map(({ id, columns, lastAt }) => [id, columns, lastAt.slice(0, 10)])).toEqual([
      ['a', ['x'], '2026-11-01'],
      ['j', [], '2026-11-01'],
      ['b', ['y'], '2026-11-02'],
    ]);
    expect(picture.edges).toHaveLength(2);
  });
});
