import { describe, expect, it } from 'vitest';
import { howWords, markOf } from './how.ts';

const how = { kind: 'identity', role: null, masked: false, certainty: 'certain', fromSql: false } as const;

describe('how a column comes from another', () => {
  it('is said in words', () => {
    expect(howWords(how)).toBe('identity');
    expect(howWords({ ...how, kind: 'transformation', masked: true, certainty: 'ambiguous', fromSql: true })).toBe(
      "transformation, masked, ambiguous, read out of the job's SQL",
    );
    expect(howWords({ ...how, kind: 'rows', role: 'GROUP_BY' })).toBe('decides which rows (group by)');
    expect(howWords({ ...how, kind: 'rows' })).toBe('decides which rows');
  });
  it('has a mark whose shape alone tells masked and unsure from the rest', () => {
    expect(markOf(how)).toEqual({ sign: '=', shape: 'round' });
    expect(markOf({ ...how, masked: true })?.shape).toBe('masked');
    expect(markOf({ ...how, certainty: 'inferred' })?.shape).toBe('unsure');
  });
  it('needs no mark where the dashes say it already', () => {
    expect(markOf({ ...how, kind: 'rows' })).toBeNull();
    expect(markOf({ ...how, kind: 'rows', certainty: 'ambiguous' })).toEqual({ sign: '', shape: 'unsure' });
  });
});
