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

/** Edges as of a time, as pairs of names, straight from the events. */
function modelEdges(events: readonly RunObserved[], { at, entries }: AsOf): [string, string][] {
  return events
    .filter((event, index) => index < entries && Date.parse(event.eventTime) <= at)
    .flatMap(({ job, inputs, outputs }): [string, string][] => [
      ...inputs.map(({ name }): [string, string] => [name, job.name]),
      ...outputs.map(({ name }): [string, string] => [job.name, name]),
    ]);
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
