import { describe, expect, it } from 'vitest';
import { assetWord, shortName } from './asset-name.tsx';

describe('a short name', () => {
  it.each([
    ['warehouse.raw_bureau', 'TABLE', 'raw_bureau', 'warehouse'],
    ['prod.credit.scores', null, 'scores', 'prod.credit'],
    ['exports/portfolio_q3.parquet', 'FILE', 'portfolio_q3.parquet', 'exports'],
    ['applications.csv', 'FILE', 'applications.csv', ''],
    ['risk-model', 'MODEL', 'risk-model', ''],
    ['.hidden', null, '.hidden', ''],
    ['ends.', null, 'ends.', ''],
  ])('of %s', (name, type, last, before) => {
    expect(shortName({ name, type })).toEqual([last, before]);
  });
});

describe('the word for an asset', () => {
  it('is what its producer said', () => {
    expect(assetWord({ kind: 'dataset', type: 'FEATURE_VIEW' })).toBe('feature view');
    expect(assetWord({ kind: 'dataset', type: null })).toBe('dataset');
    expect(assetWord({ kind: 'job', type: 'JOB' })).toBe('job');
    expect(assetWord({ kind: 'job', type: 'TASK' })).toBe('task job');
  });
});
