import { describe, expect, it } from 'vitest';
import { blastOfCause, kindOfCause, qualityFigure, strengthWord } from './quality-words.ts';

const asset = { id: 'dataset:n:feed', kind: 'dataset' as const, namespace: 'n', name: 'feed', type: null };
const at = '2026-11-18T01:04:45.712Z';

describe('the quality of a model', () => {
  it('is said with the digits that matter', () => {
    expect(qualityFigure(0.766895)).toBe('0.7669');
    expect(qualityFigure(0.8)).toBe('0.8');
    expect(qualityFigure(1234.56)).toBe('1234.6');
  });
  it('has causes by name, with how telling each is', () => {
    expect(kindOfCause('drift')).toBe('unusual values');
    expect([0.9, 0.5, 0.1].map(strengthWord)).toEqual(['very unusual', 'unusual', 'a little unusual']);
  });
});

describe('the blast radius of a cause', () => {
  it('of a dataset is that of what stood in it when it was seen, and of the column', () => {
    expect(blastOfCause({ asset, column: 'score', run: 'reader', at })).toEqual({
      asset: asset.id,
      show: 'blast',
      col: 'score',
      from: at,
      to: at,
    });
    expect(blastOfCause({ asset, column: null, run: null, at })).not.toHaveProperty('col');
  });
  it('of a job is what that run wrote, or what it wrote from then on', () => {
    const job = { ...asset, id: 'job:n:j', kind: 'job' as const };
    const place = { asset: 'job:n:j', show: 'blast' };
    expect(blastOfCause({ asset: job, column: null, run: 'r1', at })).toEqual({ ...place, version: 'r1' });
    expect(blastOfCause({ asset: job, column: null, run: null, at })).toEqual({ ...place, from: at });
  });
});
