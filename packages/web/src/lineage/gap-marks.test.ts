import { describe, expect, it } from 'vitest';
import { gapMarks } from './gap-marks.ts';

const asset = (id: string, ...states: ('known' | 'missing' | 'not-applicable')[]) => ({
  id,
  kind: 'dataset' as const,
  namespace: 'n',
  name: id,
  type: null,
  hops: 0,
  sensitivity: 0,
  checks: states.map((state) => ({ kind: 'owner' as const, state, says: '', entry: null })),
});

describe('the marks of gaps', () => {
  const marks = gapMarks({
    assets: [asset('a', 'known', 'missing', 'missing'), asset('b', 'known', 'not-applicable'), asset('c', 'missing')],
    edges: [
      { from: 'a', to: 'j', state: 'missing', says: '' },
      { from: 'j', to: 'b', state: 'known', says: '' },
    ],
  });
  it('count what is missing of an asset, and what does not apply is not missing', () => {
    expect(marks.get('a')).toEqual({ missing: 2, words: '2 facts missing' });
    expect(marks.get('b')).toEqual({ missing: 0, words: 'nothing missing' });
    expect(marks.get('c')?.words).toBe('1 fact missing');
  });
  it('stand on an edge only where it is not told', () => {
    expect(marks.get('a>j')?.words).toBe('encryption in transit not told');
    expect(marks.has('j>b')).toBe(false);
  });
});
