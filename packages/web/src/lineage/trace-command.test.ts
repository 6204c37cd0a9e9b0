import { describe, expect, it } from 'vitest';
import { traceCommand, traceCommandShown } from './trace-command.ts';

const traced = {
  asset: 'dataset:file:landing:applications.csv',
  direction: 'up' as const,
  depth: 4,
  at: '2026-11-12T06:30:00.000Z',
  entries: 656,
};

describe('the command that repeats a lineage', () => {
  it('names the asset, the side, the depth, the time and what was known', () => {
    expect(traceCommand(traced)).toBe(
      'custody trace dataset:file:landing:applications.csv --up --depth 4 --at 2026-11-12T06:30:00.000Z --known 656',
    );
  });
  it('needs no flag for both sides and no time for now', () => {
    expect(traceCommand({ ...traced, direction: 'both', at: null })).toBe(
      'custody trace dataset:file:landing:applications.csv --depth 4 --known 656',
    );
  });
  it('quotes what a shell would take apart', () => {
    expect(traceCommand({ ...traced, asset: "job:a b:it's", direction: 'down', at: null })).toContain(
      `'job:a b:it'\\''s' --down`,
    );
  });
  it('is the same command when it is folded', () => {
    expect(traceCommandShown(traced).replaceAll(' \\\n  ', ' ')).toBe(traceCommand(traced));
  });
});
