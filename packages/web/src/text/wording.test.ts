import { describe, expect, it } from 'vitest';
import {
  age,
  bytes,
  count,
  day,
  duration,
  figureInWords,
  inUtc,
  moment,
  momentInFull,
  shortDigest,
} from './wording.ts';

const now = Date.parse('2026-11-22T09:41:00Z');
const berlin = { zone: 'Europe/Berlin', now };

describe('times', () => {
  it('are said in the zone of the reader', () => {
    expect(moment('2026-11-12T05:30:00.000Z', berlin)).toBe('12 Nov 06:30');
    expect(moment('2026-11-12T05:30:00.000Z', { zone: 'America/New_York', now })).toBe('12 Nov 00:30');
    expect(momentInFull('2026-11-12T05:30:12.000Z', 'Europe/Berlin')).toBe('12 Nov 2026, 06:30:12');
  });
  it('cross midnight with the reader, not with UTC', () => {
    expect(day('2026-11-12T23:30:00Z', berlin)).toBe('13 Nov');
    expect(moment('2026-11-12T23:30:00Z', berlin)).toBe('13 Nov 00:30');
  });
  it('name the year only when it is another one', () => {
    expect(moment('2025-09-03T10:00:00Z', berlin)).toBe('3 Sep 2025 12:00');
  });
  it('show UTC on hover', () => {
    expect(inUtc('2026-11-12T06:30:12.123+01:00')).toBe('2026-11-12 05:30:12 UTC');
  });
});

describe('ages', () => {
  it.each([
    [0, 'now'],
    [12, '12 s'],
    [89, '89 s'],
    [90, '2 min'],
    [7 * 3600, '7 h'],
    [31 * 3600, '31 h'],
    [11 * 86_400, '11 days'],
  ])('of %i seconds', (seconds, words) => {
    expect(age(now - seconds * 1000, now)).toBe(words);
  });
  it('of the future are now: clocks differ a little', () => {
    expect(age(now + 5000, now)).toBe('now');
  });
});

describe('durations', () => {
  it.each([
    [350, '350 ms'],
    [40_000, '40 s'],
    [200_000, '3 min 20 s'],
    [180_000, '3 min'],
    [7_800_000, '2 h 10 min'],
  ])('of %i ms', (ms, words) => {
    expect(
      duration('2026-11-12T00:00:00.000Z', new Date(Date.parse('2026-11-12T00:00:00.000Z') + ms).toISOString()),
    ).toBe(words);
  });
});

describe('figures', () => {
  it('have units that agree with them', () => {
    expect(count(1, 'run')).toBe('1 run');
    expect(count(1058, 'run')).toBe('1,058 runs');
    expect(count(2, 'entry', 'entries')).toBe('2 entries');
    expect(bytes(512)).toBe('512\u00a0B');
    expect(bytes(2148)).toBe('2.1\u00a0kB');
  });
  it('up to nine are words at the start of a sentence', () => {
    expect(figureInWords(4)).toBe('Four');
    expect(figureInWords(12)).toBe('12');
  });
});

describe('digests', () => {
  it('keep their name and four characters at each end', () => {
    expect(shortDigest('sha256:1e0b000000000000000083f2')).toBe('sha256:1e0b…83f2');
    expect(shortDigest('55d00000000000009e11')).toBe('55d0…9e11');
    expect(shortDigest('short')).toBe('short');
  });
});
