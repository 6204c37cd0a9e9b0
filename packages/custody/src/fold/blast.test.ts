/** The blast radius against a fixpoint over lists of runs, which is slow and too simple to be wrong. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DatasetFact, EvidenceEvent, RunState } from '../event/event.ts';
import { NOW } from './as-of.ts';
import { blast, type BlastQuery, type Touched } from './blast.ts';
import { applyEntry, emptyState, type State } from './state.ts';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const START = 1_760_000_000_000;
const time = (n: number) => new Date(START + n * 60_000).toISOString();
const named = (n: number) => ({ namespace: 'db', name: `t${n}` });

interface Output {
  readonly dataset: number;
  readonly replaces: boolean;
  /** Ways [column of the output or null for all rows, input dataset, its column]; null where no lineage is told. */
  readonly ways: readonly (readonly [number | null, number, number])[] | null;
}
interface Run {
  readonly job: number;
  readonly start: number;
  readonly length: number;
  readonly inputs: readonly number[];
  readonly outputs: readonly Output[];
}

/** Entries of runs in order of time: START when it starts, COMPLETE with all it says when it ends. */
function entriesOf(runs: readonly Run[]): EvidenceEvent[] {
  const common = { v: 1, recorded: time(10_000), by: 'test', producer: 'https://example.org' } as const;
  const maps: EvidenceEvent[] = [];
  const events: { at: number; event: EvidenceEvent }[] = [];
  runs.forEach(({ job, start, length, inputs, outputs }, n) => {
    const tell = (minute: number, state: RunState, written: readonly DatasetFact[]) =>
      events.push({
        at: minute,
        event: {
          ...common,
          kind: 'openlineage.run',
          id: `${n}.${state}`,
          eventTime: time(minute),
          state,
          run: uuid(n),
          job: { namespace: 'etl', name: `j${job}` },
          inputs: inputs.map(named),
          outputs: written,
        },
      });
    const written = outputs.map(({ dataset, replaces, ways }, i): DatasetFact => {
      if (ways) {
        const sourceOf = (input: number, column: number, how: string) => ({ input, field: `c${column}`, how: [how] });
        const names = [...new Set(ways.map(([, input]) => input))];
        maps.push({
          ...common,
          kind: 'lineage.columns',
          id: `m${n}.${i}`,
          columns: `m${n}.${i}`,
          part: 0,
          of: 1,
          inputs: names.map(named),
          fields: ways.flatMap(([out, input, column]) =>
            out === null
              ? []
              : [{ name: `c${out}`, from: [sourceOf(names.indexOf(input), column, 'DIRECT/IDENTITY')] }],
          ),
          dataset: ways.flatMap(([out, input, column]) =>
            out === null ? [sourceOf(names.indexOf(input), column, 'INDIRECT/FILTER')] : [],
          ),
        });
      }
      return {
        ...named(dataset),
        ...(replaces && { change: 'OVERWRITE' as const }),
        ...(ways && { columns: `m${n}.${i}` }),
      };
    });
    tell(start, 'START', []);
    tell(start + length, 'COMPLETE', written);
  });
  return [...maps, ...events.sort((a, b) => a.at - b.at).map(({ event }) => event)];
}

function fold(entries: readonly EvidenceEvent[]): State {
  const state = emptyState();
  entries.forEach((event, index) => applyEntry(state, index, event));
  return state;
}

interface Span {
  readonly dataset: number;
  readonly comes: number;
  readonly here: number;
  readonly goes: number;
  readonly gone: number;
  /** Column, `*` for all, `rows`; and whether surely so. */
  readonly what: ReadonlyMap<string, boolean>;
}

/** Bad columns of each dataset and whether that is certain, by going over all runs until nothing changes. */
function oracle(runs: readonly Run[], start: number, columns: readonly number[] | null, from: number, to: number) {
  const writes = runs.flatMap((run) => run.outputs.map((output) => ({ run, output })));
  const bad = new Map<(typeof writes)[number], Map<string, boolean>>();
  const first: Span = {
    dataset: start,
    comes: from,
    here: from,
    goes: to + 0.5,
    gone: to + 0.5,
    what: new Map(columns ? columns.map((column) => [`c${column}`, true]) : [['*', true]]),
  };
  for (let changed = true; changed;) {
    changed = false;
    const spans = [
      first,
      ...[...bad].map(([{ run, output }, what]): Span => {
        const end = run.start + run.length;
        const later = writes.filter(
          (other) => other.output.dataset === output.dataset && other.run.start + other.run.length > end,
        );
        const replacing = later.filter((other) => other.output.replaces);
        const min = (times: readonly number[]) => Math.min(Infinity, ...times);
        return {
          dataset: output.dataset,
          comes: run.start,
          here: end,
          goes: min(later.map((other) => other.run.start)),
          gone: min(replacing.map((other) => other.run.start + other.run.length)),
          what,
        };
      }),
    ];
    for (const { dataset, comes, here, goes, gone, what } of spans) {
      for (const run of runs) {
        const end = run.start + run.length;
        if (!run.inputs.includes(dataset) || end < comes || run.start >= gone) continue;
        const sure = run.start >= here && run.start < goes;
        for (const output of run.outputs) {
          const write = writes.find((one) => one.run === run && one.output === output)!;
          const known = bad.get(write) ?? new Map<string, boolean>();
          const add = (name: string, certain: boolean) => {
            if (known.get(name) === true || (known.has(name) && !certain)) return;
            known.set(name, certain);
            bad.set(write, known);
            changed = true;
          };
          const touches = [...what].some(([, certain]) => certain) && sure;
          if (!output.ways) {
            if (what.size > 0) add('*', touches);
            continue;
          }
          const ways = output.ways.filter(([, input]) => input === dataset);
          for (const [name, certain] of what) {
            if (name === 'rows' || (name === '*' && ways.length === 0)) {
              add('rows', certain && sure);
              continue;
            }
            for (const [out, , column] of ways) {
              if (name === '*' || name === `c${column}`) add(out === null ? 'rows' : `c${out}`, certain && sure);
            }
          }
        }
      }
    }
  }
  const datasets = new Map<number, Map<string, boolean>>();
  for (const [{ output }, what] of bad) {
    const all = datasets.get(output.dataset) ?? new Map<string, boolean>();
    for (const [name, certain] of what) all.set(name, certain || all.get(name) === true);
    datasets.set(output.dataset, all);
  }
  return datasets;
}

const columnNumber = fc.nat(2);
const outputs = fc.record({
  dataset: fc.nat(6),
  replaces: fc.boolean(),
  ways: fc.option(
    fc.array(fc.tuple(fc.option(columnNumber, { nil: null, freq: 6 }), fc.nat(6), columnNumber), {
      minLength: 1,
      maxLength: 5,
    }),
    { nil: null, freq: 2 },
  ),
});
const histories = fc
  .array(
    fc.record({
      job: fc.nat(5),
      start: fc.nat(30),
      length: fc.nat(4),
      inputs: fc.uniqueArray(fc.nat(6), { minLength: 1, maxLength: 3 }),
      outputs: fc.uniqueArray(outputs, { maxLength: 2, selector: ({ dataset }) => dataset }),
    }),
    { maxLength: 14 },
  )
  // A producer names only columns of what it reads.
  .map((runs) =>
    runs.map((run) => ({
      ...run,
      outputs: run.outputs.map((output) => {
        const ways = output.ways?.filter(([, input]) => run.inputs.includes(input)) ?? null;
        return { ...output, ways: ways && ways.length > 0 ? ways : null };
      }),
    })),
  );

const ask = (state: State, query: Partial<BlastQuery> & { asset: number }) =>
  blast(state, { columns: null, version: null, from: START, to: Infinity, depth: 1_000, asOf: NOW, ...query });

const nameOf = (state: State, { asset }: Touched) => state.assets.nameOf(asset).name;

test('finds what the fixpoint finds: datasets, columns, certainty', () => {
  fc.assert(
    fc.property(
      histories,
      fc.nat(6),
      fc.option(fc.uniqueArray(columnNumber, { minLength: 1, maxLength: 2 }), { nil: null }),
      fc.nat(30),
      fc.nat(20),
      (runs, start, columns, from, length) => {
        const state = fold(entriesOf(runs));
        const asset = state.assets.find('dataset', named(start));
        if (asset === null) return;
        const expected = oracle(runs, start, columns, from, from + length);
        const numbers = columns?.flatMap((column) => state.columns.findColumn(`c${column}`) ?? []) ?? null;
        const found = ask(state, {
          asset,
          columns: numbers,
          from: START + from * 60_000,
          to: START + (from + length) * 60_000,
        });
        const actual = new Map(
          found
            .filter((one) => state.assets.kindOf(one.asset) === 'dataset' && (one.hops > 0 || one.asset !== asset))
            .map((one) => [
              nameOf(state, one),
              {
                columns:
                  one.columns === 'all' ? ['*'] : [...one.columns].map((c) => state.columns.columnName(c)).sort(),
                rows: one.byRows,
                certain: one.certain,
              },
            ]),
        );
        const wanted = new Map(
          [...expected]
            .filter(([dataset]) => dataset !== start)
            .map(([dataset, what]) => {
              const list = [...what.keys()].filter((name) => name !== 'rows');
              return [
                `t${dataset}`,
                {
                  columns: list.includes('*') ? ['*'] : list.sort(),
                  rows: what.has('rows'),
                  certain: [...what.values()].includes(true),
                },
              ];
            }),
        );
        expect(Object.fromEntries([...actual].sort())).toEqual(Object.fromEntries([...wanted].sort()));
      },
    ),
    { numRuns: 2_000 },
  );
});

describe('a night in which a feed was bad', () => {
  const night = (n: number): Run[] => [
    {
      job: 1,
      start: n * 100,
      length: 5,
      inputs: [0],
      outputs: [
        {
          dataset: 1,
          replaces: true,
          ways: [
            [0, 0, 0],
            [1, 0, 1],
          ],
        },
      ],
    },
    {
      job: 2,
      start: n * 100 + 10,
      length: 5,
      inputs: [1],
      outputs: [{ dataset: 2, replaces: true, ways: [[0, 1, 0]] }],
    },
    { job: 3, start: n * 100 + 20, length: 5, inputs: [2], outputs: [{ dataset: 10 + n, replaces: true, ways: null }] },
  ];
  const state = fold(entriesOf([0, 1, 2, 3].flatMap(night)));
  const feed = state.assets.find('dataset', named(0))!;
  const at = (minute: number) => START + minute * 60_000;
  const names = (touched: readonly Touched[]) => touched.map((one) => nameOf(state, one)).sort();

  test('reaches the model of that night and no other', () => {
    const touched = ask(state, { asset: feed, from: at(150), to: at(250) });
    expect(names(touched)).toEqual(['j1', 'j2', 'j3', 't0', 't1', 't12', 't2']);
    expect(touched.every(({ certain }) => certain)).toBe(true);
    const model = touched.find((one) => nameOf(state, one) === 't12')!;
    expect(model).toMatchObject({ hops: 6, count: 1, columns: 'all' });
    expect(state.runs.view(model.by!.run!).id).toBe(uuid(8));
  });

  test('by a column, ends where no column comes from it', () => {
    const column = state.columns.findColumn('c1')!;
    expect(names(ask(state, { asset: feed, columns: [column], from: at(150), to: at(250) }))).toEqual([
      'j1',
      'j2',
      't0',
      't1',
    ]);
  });

  test('as of an earlier time, reaches what had run by then', () => {
    const asOf = { at: at(215), entries: Infinity };
    expect(names(ask(state, { asset: feed, from: at(150), to: at(250), asOf }))).toEqual([
      'j1',
      'j2',
      't0',
      't1',
      't2',
    ]);
  });

  test('a job whose run was bad', () => {
    const job = state.assets.find('job', { namespace: 'etl', name: 'j2' })!;
    expect(names(ask(state, { asset: job, from: at(205), to: at(230) }))).toEqual(['j2', 'j3', 't12', 't2']);
  });

  test('a version by the run that wrote it', () => {
    const table = state.assets.find('dataset', named(1))!;
    expect(names(ask(state, { asset: table, version: uuid(6) }))).toEqual(['j2', 'j3', 't1', 't12', 't2']);
  });

  test('a version that nobody wrote and nobody says to have read', () => {
    const table = state.assets.find('dataset', named(1))!;
    expect(names(ask(state, { asset: table, version: uuid(999) }))).toEqual(['t1']);
  });
});
