import { describe, expect, it } from 'vitest';
import type { GapsAnswer } from '../api/answers.ts';
import { gapsSentence } from './gap-words.ts';

const root = { id: 'a', kind: 'dataset' as const, namespace: 'n', name: 'a', type: null };
const answer: GapsAnswer = {
  root,
  direction: 'up',
  assets: [{ ...root, hops: 0, sensitivity: 0, checks: [] }],
  edges: [],
  missing: 1,
  known: 7,
  asOf: { at: null, entries: 1, checkpoint: null },
};

describe('gaps in a sentence', () => {
  it('say how many facts are missing and told, and of what', () => {
    expect(gapsSentence(answer)).toBe(
      '1 fact is missing and 7 facts are told, of 1 asset: it and what it is made from.',
    );
    expect(gapsSentence({ ...answer, missing: 0, known: 1, direction: 'down' })).toBe(
      'Nothing is missing; 1 fact is told, of 1 asset: it and what is made from it.',
    );
  });
});
