import { describe, expect, it } from 'vitest';
import {
  blastCommand,
  causesCommand,
  columnsCommand,
  differenceCommand,
  gapsCommand,
  pathCommand,
  traceCommand,
} from './command-line.ts';

const asset = 'dataset:file:landing:applications.csv';
const at = '2026-11-12T06:30:00.000Z';
const traced = { asset, direction: 'up' as const, depth: 4, at, entries: 656 };

describe('the command that repeats an answer', () => {
  it('names the asset, the side, the depth, the time and what was known', () => {
    expect(traceCommand(traced).text).toBe(
      'custody trace dataset:file:landing:applications.csv --up --depth 4 --at 2026-11-12T06:30:00.000Z --known 656',
    );
  });
  it('needs no flag for both sides and no time for now', () => {
    expect(traceCommand({ ...traced, direction: 'both', at: null }).text).toBe(
      'custody trace dataset:file:landing:applications.csv --depth 4 --known 656',
    );
  });
  it('quotes what a shell would take apart', () => {
    expect(traceCommand({ ...traced, asset: "job:a b:it's", direction: 'down', at: null }).text).toContain(
      `'job:a b:it'\\''s' --down`,
    );
    expect(columnsCommand({ ...traced, column: 'net pay', at: null }).text).toBe(
      `custody lineage columns ${asset} 'net pay' --up --depth 4 --known 656`,
    );
  });
  it('is the same command when it is folded', () => {
    const { text, shown } = traceCommand(traced);
    expect(shown.replaceAll(' \\\n  ', ' ')).toBe(text);
  });
  it('of a blast radius has what was bad and when', () => {
    const bad = { asset, columns: null, version: null, from: null, to: null, at: null, entries: 9 };
    expect(blastCommand(bad).text).toBe(`custody blast ${asset} --known 9`);
    expect(blastCommand({ ...bad, columns: ['a', 'b'], version: 'run 1', from: at, to: at }).text).toBe(
      `custody blast ${asset} --column a,b --version 'run 1' --from ${at} --to ${at} --known 9`,
    );
  });
  it('of a path has both ends, of a difference both times', () => {
    expect(pathCommand({ from: asset, to: 'job:n:j', at, entries: 9 }).text).toBe(
      `custody lineage path ${asset} job:n:j --at ${at} --known 9`,
    );
    expect(
      differenceCommand({ ...traced, direction: 'both', at: null, from: null, fromKnown: '12', entries: 9 }).text,
    ).toBe(`custody lineage diff ${asset} --from-known 12 --depth 4 --known 9`);
  });
  it('of gaps goes upstream unless told, of causes names the figure', () => {
    expect(gapsCommand({ asset, direction: 'up', at: null, entries: 9 }).text).toBe(
      `custody lineage gaps ${asset} --known 9`,
    );
    expect(gapsCommand({ asset, direction: 'both', at: null, entries: 9 }).text).toContain('--both');
    expect(causesCommand({ asset, metric: 'auc', fall: at, at: null, entries: 9 }).text).toBe(
      `custody causes ${asset} --metric auc --fall ${at} --known 9`,
    );
  });
});
