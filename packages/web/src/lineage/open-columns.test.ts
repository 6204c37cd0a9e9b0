import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnEdge, LineageNode } from '../api/answers.ts';
import { graphModel } from './graph-model.ts';
import {
  columnId,
  columnOfId,
  MOST_OPEN,
  MOST_ROWS,
  MOST_WAYS,
  openColumns,
  openIds,
  wayId,
  type OpenColumns,
} from './open-columns.ts';
import type { Picture } from './picture.ts';
import { step, type ArrowKey } from './walk.ts';

const time = '2026-11-01T00:00:00.000Z';
const node = (id: string, columns: readonly string[], kind: LineageNode['kind'] = 'dataset'): LineageNode => ({
  id,
  kind,
  namespace: 'n',
  name: id,
  type: null,
  distance: 0,
  columns: [...columns],
  columnCount: kind === 'job' ? null : columns.length,
  tags: [],
  lastAt: time,
  lastState: null,
  moreUp: 0,
  moreDown: 0,
});
const edge = (from: string, to: string) => ({
  from,
  to,
  runs: 1,
  firstAt: time,
  lastAt: time,
  endedAt: null,
  lastRun: null,
  lastEntry: 0,
});
const way = (from: string, to: string, change: Partial<ColumnEdge> = {}): ColumnEdge => {
  const end = (text: string) => {
    const [asset = '', column] = text.split('.');
    return { asset, column: column ?? null };
  };
  return {
    from: end(from),
    to: end(to),
    job: 'j',
    kind: 'identity',
    role: null,
    masked: false,
    certainty: 'certain',
    fromSql: false,
    run: null,
    entry: 0,
    ...change,
  };
};
const names = (count: number) => Array.from({ length: count }, (_, n) => `c${String(n).padStart(4, '0')}`);
const pictureOf = (nodes: readonly LineageNode[]): Picture => ({
  root: nodes[0]!.id,
  nodes,
  edges: [edge('a', 'j'), edge('j', 'b')],
  groups: [],
});
const small = pictureOf([node('a', ['x', 'y', 'z']), node('j', [], 'job'), node('b', ['p', 'q'])]);

describe('open columns', () => {
  it('are those of the home of the picture, unless the reader opened others', () => {
    const hops = new Map([['a', 0]]);
    expect([...openIds(undefined, small, hops)]).toEqual(['a']);
    expect([...openIds(['b'], small, hops)]).toEqual(['b']);
    expect([...openIds(['none'], small, hops)]).toEqual(['none']);
    expect([...openIds(['all'], small, hops)].sort()).toEqual(['a', 'b']);
  });
  it('of all are those of the nearest', () => {
    const nodes = Array.from({ length: 60 }, (_, n) => node(`n${String(n).padStart(2, '0')}`, ['x']));
    const hops = new Map(nodes.map(({ id }, n) => [id, n % 2 === 0 ? n : -n]));
    const open = openIds(['all'], pictureOf(nodes), hops);
    expect([...open]).toEqual(nodes.slice(0, MOST_OPEN).map(({ id }) => id));
  });
  it('stand in the order of the schema, all of them where there is room', () => {
    const { rows, ways } = openColumns(small, new Set(['a', 'b']), [way('a.z', 'b.p'), way('a.x', 'b.p')]);
    expect(rows.get('a')).toEqual({ shown: ['x', 'y', 'z'], more: 0 });
    expect(ways.map(wayId)).toEqual([way('a.z', 'b.p'), way('a.x', 'b.p')].map(wayId));
  });
  it('with ways come first where there is no room for all, and the rest is counted', () => {
    const columns = names(1000);
    const picture = pictureOf([node('a', columns), node('j', [], 'job'), node('b', ['p'])]);
    const { rows } = openColumns(picture, new Set(['a', 'b']), [way('a.c0990', 'b.p'), way('a.c0500', 'b.p')]);
    const { shown, more } = rows.get('a')!;
    expect(shown).toHaveLength(MOST_ROWS);
    expect(shown.slice(-2)).toEqual(['c0500', 'c0990']);
    expect(more).toBe(1000 - MOST_ROWS);
  });
  it('have ways only between open cards, each way once, and none within one card', () => {
    const among = [way('a.x', 'b.p'), way('a.x', 'b.p'), way('a.x', 'a.y'), way('a.y', 'b', { kind: 'rows' })];
    expect(openColumns(small, new Set(['a']), among).ways).toEqual([]);
    expect(openColumns(small, new Set(['a', 'b']), among).ways).toEqual([among[0], among[3]]);
  });
  it('can be narrowed to those that matter', () => {
    const only = new Map([['a', new Set(['y'])]]);
    const { rows, ways } = openColumns(small, new Set(['a', 'b']), [way('a.x', 'b.p'), way('a.y', 'b', {})], only);
    expect(rows.get('a')).toEqual({ shown: ['y'], more: 2 });
    expect(rows.get('b')).toEqual({ shown: [], more: 2 });
    expect(ways).toHaveLength(1);
  });
  it('draw at most so many ways, values before what decides about rows', () => {
    const columns = names(14);
    const picture = pictureOf([node('a', columns), node('j', [], 'job'), node('b', columns)]);
    const among = columns.flatMap((from) => [
      way(`a.${from}`, 'b', { kind: 'rows' }),
      ...columns.map((to) => way(`a.${from}`, `b.${to}`)),
    ]);
    const { ways, left } = openColumns(picture, new Set(['a', 'b']), among);
    expect(ways).toHaveLength(MOST_WAYS);
    expect(ways.every(({ kind }) => kind === 'identity')).toBe(true);
    expect(left).toBe(14 * 15 - MOST_WAYS);
  });
  it('have ids that give them back, whatever their names', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (asset, column) => {
        expect(columnOfId(columnId(asset, column))).toEqual({ asset, column });
      }),
    );
    expect(columnOfId('dataset:a')).toBeNull();
  });
});

describe('a graph with open columns', () => {
  const world = fc
    .record({
      sizes: fc.array(fc.nat({ max: 40 }), { minLength: 2, maxLength: 9 }),
      pairs: fc.array(fc.tuple(fc.nat({ max: 8 }), fc.nat({ max: 8 }), fc.nat({ max: 39 }), fc.nat({ max: 39 })), {
        maxLength: 60,
      }),
    })
    .map(({ sizes, pairs }) => {
      const nodes = sizes.map((size, n) => node(`d${n}`, names(size)));
      const within = pairs.filter(([a, b]) => a < sizes.length && b < sizes.length && a !== b);
      const among = within.map(([a, b, from, to]) => way(`d${a}.c00${from}`, `d${b}.c00${to}`));
      const edges = within.map(([a, b]) => edge(`d${a}`, `d${b}`));
      const picture: Picture = { root: 'd0', nodes, edges, groups: [] };
      return { picture, columns: openColumns(picture, new Set(nodes.map(({ id }) => id)), among) };
    });
  const draw = ({ picture, columns }: { picture: Picture; columns: OpenColumns }) => graphModel(picture, columns);

  it('has no card over another, and every column inside its card, in order, apart', () => {
    fc.assert(
      fc.property(world, (given) => {
        const { boxes, spots } = draw(given);
        const all = [...boxes.values()];
        all.forEach((a, n) => {
          for (const b of all.slice(n + 1)) {
            const apart =
              a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
            expect(apart).toBe(true);
          }
        });
        for (const [id, { shown }] of given.columns.rows) {
          const card = boxes.get(id)!;
          const rows = shown.map((name) => spots.get(columnId(id, name))!);
          rows.forEach((row, n) => {
            expect(row.y).toBeGreaterThan(n === 0 ? card.y : rows[n - 1]!.y + rows[n - 1]!.height - 1);
            expect(row.y + row.height).toBeLessThanOrEqual(card.y + card.height);
          });
        }
      }),
      { numRuns: 60 },
    );
  });
  it('is the same every time, whatever the order it comes in', () => {
    fc.assert(
      fc.property(world, ({ picture, columns }) => {
        const again = { ...picture, nodes: picture.nodes.toReversed(), edges: picture.edges.toReversed() };
        const [a, b] = [
          graphModel(picture, columns),
          graphModel(again, { ...columns, ways: columns.ways.toReversed() }),
        ];
        expect([...b.boxes].sort()).toEqual([...a.boxes].sort());
      }),
      { numRuns: 40 },
    );
  });
  it('is walked by arrow keys: down the columns of a card, and along their ways', () => {
    const open = openColumns(small, new Set(['a', 'b']), [way('a.y', 'b.q'), way('a.z', 'b', { kind: 'rows' })]);
    const { stops, trails, ways } = graphModel(small, open);
    const paths = [...trails, ...ways];
    const go = (from: string, ...keys: ArrowKey[]) =>
      keys.reduce<string | null>((at, key) => (at === null ? null : step(stops, paths, at, key)), from);
    expect(go('a', 'ArrowDown')).toBe(columnId('a', 'x'));
    expect(go('a', 'ArrowDown', 'ArrowDown', 'ArrowRight')).toBe(columnId('b', 'q'));
    expect(go(columnId('b', 'q'), 'ArrowLeft')).toBe(columnId('a', 'y'));
    expect(go(columnId('a', 'z'), 'ArrowRight')).toBe('b');
    expect(go(columnId('a', 'x'), 'ArrowUp', 'ArrowRight')).toBe('j');
    expect(go(columnId('a', 'x'), 'ArrowRight')).toBeNull();
  });
  it('has ways that end at the middle of their columns', () => {
    fc.assert(
      fc.property(world, (given) => {
        const model = draw(given);
        for (const { way: own, place } of model.ways) {
          const [left, right] = place.reversed ? [own.to, own.from] : [own.from, own.to];
          const middle = (end: ColumnEdge['from']) => {
            const { y, height } = model.spots.get(columnId(end.asset, end.column!))!;
            return y + height / 2;
          };
          // Ways between the same two columns stand beside each other, so they may miss it by their lanes.
          expect(Math.abs(place.points[0]!.y - middle(left))).toBeLessThanOrEqual(1);
          expect(Math.abs(place.points.at(-1)!.y - middle(right))).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 60 },
    );
  });
});
