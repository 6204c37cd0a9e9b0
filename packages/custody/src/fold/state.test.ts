/** The folds against a model that is too simple to be wrong: lists of what happened, searched from front to back. */
import { deserialize } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DatasetFact, EvidenceEvent, RunObserved, RunState } from '../event/event.ts';
import { firstSeen, NOW, type AsOf } from './as-of.ts';
import { reach } from './reach.ts';
import { applyEntry, emptyState, restoreState, saveState, type State } from './state.ts';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const time = (n: number) => new Date(1_760_000_000_000 + n * 60_000).toISOString();
const dataset = (n: number): DatasetFact => ({ namespace: 'db:1', name: `t${n}` });
const jobName = (n: number) => ({ namespace: 'etl', name: `j${n}` });

interface Step {
  readonly minute: number;
  readonly run: number;
  readonly job: number;
  readonly state: RunState;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

const toEvent = ({ minute, run, job, state, inputs, outputs }: Step, index: number): RunObserved => ({
  v: 1,
  kind: 'openlineage.run',
  id: `e${index}`,
  recorded: time(10_000 + index),
  by: 'test',
  eventTime: time(minute),
  state,
  // A run belongs to one job.
  run: uuid(run * 10 + job),
  job: jobName(job),
  inputs: inputs.map(dataset),
  outputs: outputs.map(dataset),
  producer: 'https://example.org',
});

const steps = fc.array(
  fc.record({
    minute: fc.nat(50),
    run: fc.nat(6),
    job: fc.nat(4),
    state: fc.constantFrom<RunState>('START', 'RUNNING', 'COMPLETE', 'FAIL'),
    inputs: fc.uniqueArray(fc.nat(7), { maxLength: 3 }),
    outputs: fc.uniqueArray(fc.nat(7), { maxLength: 3 }),
  }),
  { maxLength: 40 },
);

const asOfs = fc.record({
  at: fc.oneof(
    fc.constant(Infinity),
    fc.nat(55).map((minute) => Date.parse(time(minute))),
  ),
  entries: fc.oneof(fc.constant(Infinity), fc.nat(45)),
});

const fold = (events: readonly EvidenceEvent[]): State => {
  const state = emptyState();
  events.forEach((event, index) => applyEntry(state, index, event));
  return state;
};

const isEnd = (state: RunState) => state === 'COMPLETE' || state === 'FAIL';

/**
 * Edges as of a time, as pairs of names, straight from the events: an edge is there once it was seen, until its job tells
 * of all it reads (or writes), by a whole run, without it.
 */
function modelEdges(events: readonly RunObserved[], { at, entries }: AsOf): [string, string][] {
  interface Run {
    first: number;
    last: number;
    state: RunState | null;
    uses: Set<string>;
  }
  const runs = new Map<string, Run>();
  const uses: { edge: string; valid: number; entry: number }[] = [];
  const sightings: { edge: string; valid: number; entry: number }[] = [];
  const tellings: { side: string; valid: number; since: number; entry: number }[] = [];
  events.forEach(({ run: id, job, state, inputs, outputs, eventTime }, entry) => {
    const valid = Date.parse(eventTime);
    const run = runs.get(id) ?? { first: valid, last: valid, state: null, uses: new Set<string>() };
    runs.set(id, run);
    if (isEnd(state) || !run.state || (!isEnd(run.state) && valid >= run.last)) run.state = state;
    run.first = Math.min(run.first, valid);
    run.last = Math.max(run.last, valid);
    const sides = {
      in: inputs.map(({ name }) => `${name}>${job.name}`),
      out: outputs.map(({ name }) => `${job.name}>${name}`),
    };
    for (const side of ['in', 'out'] as const) {
      const news = sides[side].filter((edge) => !run.uses.has(edge));
      for (const edge of sides[side]) sightings.push({ edge, valid, entry });
      for (const edge of news) {
        uses.push({ edge, valid, entry });
        run.uses.add(edge);
      }
      const has = [...run.uses].some((edge) => edge.startsWith('t') === (side === 'in'));
      if (run.state === 'COMPLETE' && has && (state === 'COMPLETE' || news.length > 0))
        tellings.push({ side: `${side} ${job.name}`, valid: run.last, since: run.first, entry });
    }
  });
  const visible = <T extends { valid: number; entry: number }>(list: readonly T[]) =>
    list.filter(({ valid, entry }) => valid <= at && entry < entries);
  const latest = (times: readonly number[]) => times.reduce((a, b) => Math.max(a, b), -Infinity);
  return [...new Set(visible(sightings).map(({ edge }) => edge))].flatMap((edge): [string, string][] => {
    const [from, to] = edge.split('>') as [string, string];
    const side = from.startsWith('t') ? `in ${to}` : `out ${from}`;
    const told = visible(tellings).filter((telling) => telling.side === side);
    const newest = told.filter(({ valid }) => valid === latest(told.map((telling) => telling.valid))).at(-1);
    const firstSeenAt = Math.min(
      ...sightings.filter((one) => one.edge === edge && one.entry < entries).map(({ valid }) => valid),
    );
    const useTimes = (name: string) =>
      visible(uses)
        .filter((use) => use.edge === name)
        .map(({ valid }) => valid);
    const used = latest([firstSeenAt, ...useTimes(edge)]);
    // What a run wrote before and not now is still what it made, until another job writes it.
    const others = [...new Set(uses.map((use) => use.edge))].filter(
      (other) => other !== edge && other.endsWith(`>${to}`),
    );
    const overwritten = from.startsWith('t') || others.some((other) => useTimes(other).some((valid) => valid > used));
    return newest && used < newest.since && overwritten ? [] : [[from, to]];
  });
}

function modelReach(
  edges: readonly [string, string][],
  start: string,
  direction: 'up' | 'down',
  depth: number,
): Map<string, number> {
  const found = new Map([[start, 0]]);
  let front = [start];
  for (let hops = 1; hops <= depth && front.length > 0; hops++) {
    const next: string[] = [];
    for (const [from, to] of edges) {
      const [near, far] = direction === 'down' ? [from, to] : [to, from];
      if (!front.includes(near) || found.has(far)) continue;
      found.set(far, hops);
      next.push(far);
    }
    front = next;
  }
  return found;
}

const reached = (state: State, name: string, direction: 'up' | 'down', depth: number, asOf: AsOf) => {
  const row = state.assets.find(name.startsWith('t') ? 'dataset' : 'job', {
    namespace: name.startsWith('t') ? 'db:1' : 'etl',
    name,
  });
  if (row === null) return null;
  const { nodes, distance } = reach(state.edges, row, direction, depth, asOf);
  return new Map(Array.from(nodes, (node, i): [string, number] => [state.assets.nameOf(node).name, distance[i]!]));
};

describe('lineage as of two times', () => {
  test('reaches what the model reaches, at the same distance', () => {
    fc.assert(
      fc.property(
        steps,
        asOfs,
        fc.nat(7),
        fc.constantFrom('up' as const, 'down' as const),
        fc.integer({ min: 1, max: 6 }),
        (list, asOf, start, direction, depth) => {
          const events = list.map(toEvent);
          const found = reached(fold(events), `t${start}`, direction, depth, asOf);
          if (found) expect(found).toEqual(modelReach(modelEdges(events, asOf), `t${start}`, direction, depth));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('an asset exists from when it was first told of, also if that was told late', () => {
    fc.assert(
      fc.property(steps, asOfs, (list, asOf) => {
        const events = list.map(toEvent);
        const state = fold(events);
        for (let row = 0; row < state.assets.count; row++) {
          const { name } = state.assets.nameOf(row);
          const times = events
            .filter(
              (event, index) =>
                index < asOf.entries &&
                [event.job, ...event.inputs, ...event.outputs].some((asset) => asset.name === name),
            )
            .map((event) => Date.parse(event.eventTime));
          expect(state.assets.exists(row, asOf)).toBe(times.some((at) => at <= asOf.at));
          expect(firstSeen(state.assets.sightings, row, asOf)).toBe(Math.min(Infinity, ...times));
        }
      }),
    );
  });

  test('a snapshot in the middle changes no answer', () => {
    fc.assert(
      fc.property(steps, fc.nat(40), (list, cut) => {
        const events = list.map(toEvent);
        const whole = fold(events);
        const half = restoreState(saveState(fold(events.slice(0, cut))))!;
        events.slice(cut).forEach((event, i) => applyEntry(half, Math.min(cut, events.length) + i, event));
        expect(deserialize(saveState(half))).toEqual(deserialize(saveState(whole)));
        for (let n = 0; n <= 7; n++)
          expect(reached(half, `t${n}`, 'down', 9, NOW)).toEqual(reached(whole, `t${n}`, 'down', 9, NOW));
      }),
    );
  });
});

describe('what a job does not tell any more', () => {
  const tell = (minute: number, inputs: readonly number[], state: RunState = 'COMPLETE'): Step => ({
    minute,
    run: minute,
    job: 1,
    state,
    inputs,
    outputs: [9],
  });
  const upstream = (state: State, asOf: AsOf = NOW) =>
    [...(reached(state, 't9', 'up', 9, asOf) ?? new Map()).keys()].slice(2).sort();
  const at = (minute: number, entries = Infinity): AsOf => ({ at: Date.parse(time(minute)), entries });

  test('has ended when a whole run tells of other inputs, and is still there for questions about before', () => {
    const state = fold([tell(1, [1, 2]), tell(5, [2, 3])].map(toEvent));
    expect(upstream(state)).toEqual(['t2', 't3']);
    expect(upstream(state, at(4))).toEqual(['t1', 't2']);
    expect(upstream(state, { at: Infinity, entries: 1 })).toEqual(['t1', 't2']);
    const edge = state.edges.find(state.assets.find('dataset', dataset(1))!, state.assets.find('job', jobName(1))!)!;
    expect(state.edges.endedAt(edge, NOW)).toBe(Date.parse(time(5)));
    expect(state.edges.endedAt(edge, at(4))).toBeNull();
  });

  test('goes on while the run that leaves it out has not finished, or failed', () => {
    expect(upstream(fold([tell(1, [1]), tell(5, [2], 'START')].map(toEvent)))).toEqual(['t1', 't2']);
    expect(upstream(fold([tell(1, [1]), tell(5, [2], 'FAIL')].map(toEvent)))).toEqual(['t1', 't2']);
  });

  test('goes on where a run says nothing of that side', () => {
    expect(upstream(fold([tell(1, [1]), tell(5, [])].map(toEvent)))).toEqual(['t1']);
  });

  test('comes back when it is used again', () => {
    const state = fold([tell(1, [1]), tell(5, [2]), tell(9, [1, 2])].map(toEvent));
    expect([upstream(state, at(3)), upstream(state, at(6)), upstream(state)]).toEqual([['t1'], ['t2'], ['t1', 't2']]);
  });

  test('was made by it until another job writes it, though later runs write elsewhere', () => {
    const write = (minute: number, job: number, output: number): Step => ({
      minute,
      run: minute,
      job,
      state: 'COMPLETE',
      inputs: [1],
      outputs: [output],
    });
    const state = fold([write(1, 1, 8), write(2, 1, 9), write(5, 2, 8)].map(toEvent));
    const makers = (name: string, asOf: AsOf) => [...reached(state, name, 'up', 1, asOf)!.keys()].slice(1);
    expect([makers('t8', at(3)), makers('t8', NOW), makers('t9', NOW)]).toEqual([['j1'], ['j2'], ['j1']]);
    const edge = state.edges.find(state.assets.find('job', jobName(1))!, state.assets.find('dataset', dataset(8))!)!;
    expect(state.edges.endedAt(edge, NOW)).toBe(Date.parse(time(5)));
  });

  test('has ended when a job event lists less, also nothing at all', () => {
    const described = (minute: number, inputs: readonly number[], index: number): EvidenceEvent => ({
      v: 1,
      kind: 'openlineage.job',
      id: `d${index}`,
      recorded: time(10_000 + index),
      by: 'test',
      eventTime: time(minute),
      job: jobName(1),
      inputs: inputs.map(dataset),
      outputs: [dataset(9)],
      tells: ['inputs', 'outputs'],
      producer: 'https://example.org',
    });
    const state = fold([described(1, [1, 2], 0), described(2, [2], 1), described(3, [], 2)]);
    expect([upstream(state, at(1)), upstream(state, at(2)), upstream(state)]).toEqual([['t1', 't2'], ['t2'], []]);
  });
});

describe('runs', () => {
  const run = (list: readonly Partial<Step>[]) => {
    const state = fold(
      list.map((step, i) =>
        toEvent({ minute: i, run: 1, job: 1, state: 'START', inputs: [], outputs: [], ...step }, i),
      ),
    );
    return state.runs.view(0);
  };

  test('begin and end when their events say, whatever the order they come in', () => {
    const expected = { state: 'COMPLETE', started: Date.parse(time(3)), ended: Date.parse(time(8)) };
    expect(run([{ minute: 3 }, { minute: 5, state: 'RUNNING' }, { minute: 8, state: 'COMPLETE' }])).toMatchObject(
      expected,
    );
    expect(run([{ minute: 8, state: 'COMPLETE' }, { minute: 5, state: 'RUNNING' }, { minute: 3 }])).toMatchObject(
      expected,
    );
  });

  test('that never ended are still running; that failed have failed', () => {
    expect(run([{ minute: 1 }])).toMatchObject({ state: 'START', ended: null });
    expect(run([{ minute: 1 }, { minute: 2, state: 'FAIL' }])).toMatchObject({ state: 'FAIL' });
  });

  test('count a dataset once, though several events name it', () => {
    const inputs = [1, 2];
    expect(run([{ inputs }, { state: 'RUNNING', inputs }, { state: 'COMPLETE', inputs, outputs: [3] }])).toMatchObject({
      inputs: 2,
      outputs: 1,
    });
  });
});

describe('what is said of an asset', () => {
  const said = (minute: number, fact: Partial<DatasetFact>, index: number): EvidenceEvent => ({
    v: 1,
    kind: 'openlineage.dataset',
    id: `d${index}`,
    recorded: time(10_000 + index),
    by: 'test',
    eventTime: time(minute),
    dataset: { ...dataset(1), ...fact },
    producer: 'https://example.org',
  });
  const at = (minute: number, entries = Infinity): AsOf => ({ at: Date.parse(time(minute)), entries });

  test('holds until something else is said, and what is not said again stays', () => {
    const state = fold([
      said(1, { owners: ['ines'], schema: 'sha256:a' }, 0),
      said(5, { tags: ['pii'] }, 1),
      said(9, { schema: 'sha256:b' }, 2),
    ]);
    const schema = (minute: number) => state.schemas.get(state.assets.view(0, at(minute)).schema!).digest;
    expect(state.assets.view(0, at(6))).toMatchObject({ owners: ['ines'], tags: ['pii'] });
    expect(state.assets.view(0, at(2))).toMatchObject({ owners: ['ines'], tags: [] });
    expect([schema(2), schema(6), schema(9)]).toEqual(['sha256:a', 'sha256:a', 'sha256:b']);
    expect(state.assets.schemaHistory(0, NOW).map(({ entry }) => entry)).toEqual([2, 0]);
  });

  test('late news change the past by what is known, not by what was known', () => {
    const state = fold([said(5, { owners: ['ines'] }, 0), said(1, { owners: ['jonas'] }, 1)]);
    expect(state.assets.view(0, at(2)).owners).toEqual(['jonas']);
    expect(state.assets.view(0, at(2, 1)).owners).toEqual([]);
    expect(state.assets.view(0, at(9)).owners).toEqual(['ines']);
  });
});

test('what another version saved is no state', () => {
  expect(restoreState(Buffer.from('nonsense'))).toBeNull();
});
