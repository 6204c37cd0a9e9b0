import { describe, expect, it } from 'vitest';
import type { WatchOutcome } from './log-watch.ts';
import { proofStatus } from './proof-status.ts';

const now = Date.parse('2026-11-22T09:41:12.000Z');
const memory = {
  key: 'log.example+00000000+AQ==',
  size: 48_213,
  root: '',
  note: '',
  verifiedAt: '2026-11-22T09:41:00.000Z',
  trustedSince: '2026-11-01T00:00:00.000Z',
};
const status = (outcome: WatchOutcome, checking = false) => proofStatus({ outcome, checking, visit: null }, now);

describe('the proof status', () => {
  it('names entries and age, and is green, only for a log that was checked here', () => {
    const whole = status({ kind: 'whole', memory, compared: { from: null, hashes: 0 }, ms: 1 });
    expect(whole).toEqual({ tone: 'ok', figure: '48,213', rest: 'verified 12 s ago' });
  });
  it('stays while the next check runs', () => {
    expect(status({ kind: 'whole', memory, compared: { from: memory, hashes: 0 }, ms: 1 }, true).figure).toBe('48,213');
  });
  it('is never green for what was not checked', () => {
    const alarm = { kind: 'rewritten', at: '', before: null, key: '', note: '', consistency: null } as const;
    const others: readonly WatchOutcome[] = [
      { kind: 'none' },
      { kind: 'empty' },
      { kind: 'unsupported', why: '' },
      { kind: 'unchecked', why: '', memory },
      { kind: 'unchecked', why: '', memory: null },
      { kind: 'alarm', alarm },
    ];
    expect(others.map((outcome) => status(outcome).tone)).toEqual(['idle', 'idle', 'warn', 'warn', 'warn', 'bad']);
  });
  it('says how old the last good check is when none can be made', () => {
    expect(status({ kind: 'unchecked', why: 'offline', memory })).toMatchObject({
      figure: '48,213',
      rest: 'last verified 12 s ago',
    });
  });
});
