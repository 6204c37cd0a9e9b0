import { describe, expect, it } from 'vitest';
import { isPast, pastWords } from './past-words.ts';

const reader = { zone: 'Europe/Berlin', now: Date.parse('2026-11-22T09:41:00Z') };
const at = '2026-11-12T05:30:00.000Z';
const known = '2026-11-14T09:00:00.000Z';

describe('the past', () => {
  it('is said by when it happened, by when it was known, or by both', () => {
    expect(pastWords({ at, known: null }, reader)).toBe('12 Nov 06:30');
    expect(pastWords({ at: null, known }, reader)).toBe('as known on 14 Nov 10:00');
    expect(pastWords({ at, known }, reader)).toBe('12 Nov 06:30, as known on 14 Nov 10:00');
  });
  it('may be a number of entries', () => {
    expect(pastWords({ at: null, known: '4200' }, reader)).toBe('as known from 4,200 entries');
  });
  it('is no past when neither is set', () => {
    expect(isPast({ at: null, known: null })).toBe(false);
    expect(isPast({ at: null, known: '0' })).toBe(true);
  });
});
