import { describe, expect, it } from 'vitest';
import type { AssetSummary } from '../api/answers.ts';
import { headline, needOf, needsOf } from './needs.ts';

const asset = (change: Partial<AssetSummary>): AssetSummary => ({
  id: 'dataset:file:a',
  kind: 'dataset',
  namespace: 'file',
  name: 'a',
  type: 'TABLE',
  owners: ['ada'],
  tags: [],
  columns: 3,
  upstream: 0,
  downstream: 0,
  runs: 1,
  lastState: 'COMPLETE',
  firstSeen: '2026-11-01T00:00:00.000Z',
  lastSeen: '2026-11-02T00:00:00.000Z',
  firstEntry: 0,
  lastEntry: 1,
  ...change,
});

describe('a need', () => {
  it('is a dataset without an owner, without a schema, or without both', () => {
    expect(needOf(asset({ owners: [] }))?.kind).toBe('no-owner');
    expect(needOf(asset({ columns: null }))?.kind).toBe('no-schema');
    expect(needOf(asset({ owners: [], columns: null }))?.kind).toBe('no-owner-no-schema');
    expect(needOf(asset({}))).toBeNull();
  });
  it('is a job whose last run failed, never the dataset that the run touched', () => {
    expect(needOf(asset({ kind: 'job', owners: [], columns: null, lastState: 'FAIL' }))?.kind).toBe('run-failed');
    expect(needOf(asset({ kind: 'job', owners: [], columns: null }))).toBeNull();
    expect(needOf(asset({ lastState: 'FAIL' }))).toBeNull();
  });
  it('comes in the order of urgency, then the newest first', () => {
    const needs = needsOf([
      asset({ id: 'old', owners: [] }),
      asset({ id: 'new', owners: [], lastSeen: '2026-11-09T00:00:00.000Z' }),
      asset({ id: 'job', kind: 'job', lastState: 'FAIL' }),
    ]);
    expect(needs.map(({ asset: { id } }) => id)).toEqual(['job', 'new', 'old']);
  });
});

describe('the headline', () => {
  it.each([
    [4, 'whole', "Four things need you. The log's signature holds."],
    [1, 'not known', 'One thing needs you.'],
    [0, 'whole', "Nothing needs you. The log's signature holds."],
    [12, 'broken', 'The log could not be verified. 12 things need you.'],
  ] as const)('for %i needs and a log that is %s', (needs, log, words) => {
    expect(headline(needs, log)).toBe(words);
  });
});
