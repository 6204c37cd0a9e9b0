import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anywhere,
  assetPlace,
  assetsPlace,
  checksPlace,
  datasetsPlace,
  gapsPlace,
  lineagePlace,
  logPlace,
  modelsPlace,
  parseSearch,
  stringifySearch,
  timeOf,
} from './place.ts';

describe('a place in the past', () => {
  it('is a time, in UTC whatever zone it was written in', () => {
    expect(anywhere({ at: '2026-11-12T07:30:00+01:00' }).at).toBe('2026-11-12T06:30:00.000Z');
  });
  it('knows a number of entries as well as a time', () => {
    expect(anywhere({ known: '4200' }).known).toBe('4200');
    expect(anywhere({ known: '2026-11-12T06:30Z' }).known).toBe('2026-11-12T06:30:00.000Z');
  });
  it.each(['yesterday', '2026-13-40T99:00Z', '', '12', null, 7])('drops %o', (value) => {
    expect(timeOf(value)).toBeUndefined();
  });
});

describe('filters and selection', () => {
  it('drop what no page knows', () => {
    expect(assetsPlace({ kind: 'robot', q: '', namespace: 'a:b' })).toEqual({ namespace: 'a:b' });
    expect(lineagePlace({ direction: 'sideways', view: 'table', open: ['up:x', 'left:y'] })).toEqual({
      view: 'table',
      open: ['up:x'],
    });
    expect(logPlace({ entry: '-1', before: '1e3' })).toEqual({});
  });
  it('know what is shown of a lineage, and between which times', () => {
    expect(
      lineagePlace({ show: 'blast', from: '2026-11-18T01:00:00+01:00', to: 'later', col: 'bureau_score', cols: 'all' }),
    ).toEqual({ show: 'blast', from: '2026-11-18T00:00:00.000Z', col: 'bureau_score', cols: ['all'] });
    expect(lineagePlace({ show: 'everything', fromKnown: '12', ended: 'yes', gaps: 'show' })).toEqual({
      fromKnown: '12',
      gaps: 'show',
    });
    expect(gapsPlace({ asset: 'a', direction: 'up', sel: '' })).toEqual({ asset: 'a' });
    expect(assetPlace({ id: 'a', metric: 'auc', fall: '2026-11-18T00:00Z' }).fall).toBe('2026-11-18T00:00:00.000Z');
  });
  it('hold depth within what can be asked', () => {
    expect(lineagePlace({ depth: '0' }).depth).toBe(1);
    expect(lineagePlace({ depth: '900' }).depth).toBe(50);
  });
  it('take the first entry of the log for an entry', () => {
    expect(logPlace({ entry: '0' }).entry).toBe(0);
  });
});

describe('the URL', () => {
  it('gives back every text that was put into it', () => {
    const value = fc.string({ minLength: 1, unit: 'grapheme' });
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), value), (search) => {
        expect(parseSearch(stringifySearch(search))).toEqual({ ...search });
      }),
    );
  });
  it('can be read by people', () => {
    expect(stringifySearch({ asset: 'dataset:file:credit/raw:applications.csv', at: '2026-11-12T06:30:00.000Z' })).toBe(
      '?asset=dataset:file:credit/raw:applications.csv&at=2026-11-12T06:30:00.000Z',
    );
  });
  it('takes no number for anything but text', () => {
    expect(parseSearch('?q=007&known=12')).toEqual({ q: '007', known: '12' });
  });
  it('leaves out what is not set', () => {
    expect(stringifySearch({ q: undefined, kind: '' })).toBe('');
  });
});

describe('models, datasets and checks', () => {
  it('keep what makes sense of their address', () => {
    expect(modelsPlace({ id: 'dataset:m:a/1', versions: 'all', attestation: '7' })).toEqual({
      id: 'dataset:m:a/1',
      versions: 'all',
      attestation: 7,
    });
    expect(datasetsPlace({ id: 'd', from: '1', to: 'approved' })).toEqual({ id: 'd', from: '1', to: 'approved' });
    expect(datasetsPlace({ from: '', to: 'A B' })).toEqual({});
    expect(checksPlace({ run: '9', show: 'mended', finding: 'm2' })).toEqual({ run: 9, show: 'mended', finding: 'm2' });
    expect(checksPlace({ run: 'x', show: 'all', finding: '2; drop' })).toEqual({});
  });
});
