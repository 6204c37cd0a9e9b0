import { describe, expect, it } from 'vitest';
import { blastOfCause, comparedWords, isWorse, kindOfCause, qualityFigure, strengthWord } from './quality-words.ts';

const asset = { id: 'dataset:n:feed', kind: 'dataset' as const, namespace: 'n', name: 'feed', type: null };
const at = '2026-11-18T01:04:45.712Z';

describe('the quality of a model', () => {
  it('is said with the digits that matter', () => {
    expect(qualityFigure(0.766895)).toBe('0.7669');
    expect(qualityFigure(0.8)).toBe('0.8');
    expect(qualityFigure(1234.56)).toBe('1234.6');
  });
  it('is compared with the version before, without calling a rise a fall', () => {
    const reader = { zone: 'UTC', now: Date.parse('2026-11-22T09:41:00Z') };
    const point = (date: number, value: number) => ({
      asset: 'm',
      at: `2026-11-${date}T01:00:00.000Z`,
      value,
      run: 'r',
      entry: 1,
    });
    const fall = { series: [point(17, 0.81), point(18, 0.77)], good: 0, bad: 1, fell: true, higherIsBetter: true };
    expect(comparedWords(fall, reader)).toBe('It fell from 0.81 on 17 Nov to 0.77 on 18 Nov.');
    expect(comparedWords({ ...fall, higherIsBetter: false }, reader)).toBe(
      'It went from 0.81 on 17 Nov to 0.77 on 18 Nov, which is not worse.',
    );
    const rise = { ...fall, series: fall.series.toReversed() };
    expect(comparedWords({ ...rise, higherIsBetter: false }, reader)).toContain('It rose from 0.77');
    expect(comparedWords(rise, reader)).toContain('not worse');
    expect(comparedWords({ ...fall, fell: false }, reader)).toBe('No version is unusually worse.');
    expect(isWorse({ ...fall, series: [] })).toBe(false);
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
