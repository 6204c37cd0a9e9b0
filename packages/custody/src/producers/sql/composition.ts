/**
 * A script as one job: what it reads from outside and what it leaves behind. Temporary tables, and tables that the script
 * makes and drops again, are steps on the way; the columns behind them are followed through.
 */
import type { TableRef } from './catalog.ts';
import type { ColumnEdge, Influence, StatementLineage } from './lineage.ts';

export interface Composition {
  readonly inputs: readonly TableRef[];
  readonly outputs: readonly TableRef[];
  /** Edges between `inputs` and `outputs`; `span` is where the first column of the way is written. */
  readonly columns: readonly ColumnEdge[];
  /** Columns that decide which rows an output has, also where they did so in a step on the way. */
  readonly influences: readonly RowInfluence[];
}

export interface RowInfluence extends Influence {
  /** The output whose rows it decides about. */
  readonly to: string;
}

const KINDS = ['identity', 'transformation', 'aggregation'] as const;
const CERTAINTIES = ['certain', 'inferred', 'ambiguous'] as const;
/** A step table with more ways into one column than this keeps the first ones; the count is bounded, the tables are not. */
const MAX_WAYS = 1000;
/** A step table remembers at most so many columns that decided about its rows. */
const MAX_INFLUENCES = 2000;

export function compose(statements: readonly StatementLineage[]): Composition {
  const flat = statements.flatMap((one) => (one.body.length > 0 ? one.body : [one]));
  const { made, dropped, renamed } = fates(flat);
  const isStep = (table: TableRef): boolean => table.temporary || (made.has(table.name) && dropped.has(table.name));
  const steps = new Set<string>();
  for (const one of flat) for (const table of [...one.inputs, ...one.outputs]) if (isStep(table)) steps.add(table.name);

  /** Ways into the columns of each step so far, by column in lower case. */
  const ways = new Map<string, Map<string, ColumnEdge[]>>();
  /** Tables behind each step. */
  const behind = new Map<string, Map<string, TableRef>>();
  const inputs = new Map<string, TableRef>();
  const outputs = new Map<string, TableRef>();
  const columns = new Map<string, ColumnEdge>();
  /** What decided about the rows of each step so far. */
  const deciding = new Map<string, Map<string, Influence>>();
  const influences = new Map<string, RowInfluence>();

  for (const statement of flat) {
    if (!statement.movesData && statement.outputs.length > 0) continue;
    const read = new Map<string, TableRef>();
    for (const table of statement.inputs) {
      if (!steps.has(table.name)) read.set(table.name, table);
      else for (const [name, source] of behind.get(table.name) ?? []) read.set(name, source);
    }
    const lasting = statement.outputs.filter((table) => !steps.has(table.name));
    if (lasting.length > 0 || statement.outputs.length === 0) for (const [name, table] of read) inputs.set(name, table);
    for (const table of lasting) outputs.set(table.name, table);
    for (const table of statement.outputs) {
      if (!steps.has(table.name)) continue;
      let sources = statement.kind === 'create_table' ? undefined : behind.get(table.name);
      if (!sources) behind.set(table.name, (sources = new Map()));
      for (const [name, source] of read) sources.set(name, source);
    }
    if (statement.kind === 'create_table')
      for (const { name } of statement.outputs) {
        // Made anew: what it held before is gone.
        ways.delete(name);
        deciding.delete(name);
      }
    const decisive = new Map<string, Influence>();
    for (const influence of statement.influences) {
      const step = ways.get(influence.from.table);
      for (const whole of steps.has(influence.from.table) ? lookedThrough(influence, step) : [influence])
        decisive.set(influenceKey(whole), whole);
    }
    for (const table of statement.inputs)
      for (const [key, influence] of deciding.get(table.name) ?? []) decisive.set(key, influence);
    for (const { name } of statement.outputs) {
      if (!steps.has(name))
        for (const [key, influence] of decisive) influences.set(`${name}\n${key}`, { ...influence, to: name });
      else {
        let known = deciding.get(name);
        if (!known) deciding.set(name, (known = new Map()));
        for (const [key, influence] of decisive) if (known.size < MAX_INFLUENCES) known.set(key, influence);
      }
    }
    for (const edge of statement.columns) {
      const { table } = edge.to;
      if (table === null) continue;
      for (const whole of steps.has(edge.from.table) ? followed(edge, ways.get(edge.from.table)) : [edge]) {
        if (steps.has(table)) {
          let into = ways.get(table);
          if (!into) ways.set(table, (into = new Map()));
          const key = whole.to.column.toLowerCase();
          const list = into.get(key);
          if (!list) into.set(key, [whole]);
          else if (list.length < MAX_WAYS) list.push(whole);
        } else columns.set(keyOf(whole), whole);
      }
    }
  }
  const lastName = (name: string): string => renamed.get(name)?.name ?? name;
  return {
    inputs: [...inputs.values()],
    outputs: [
      ...new Map(
        [...outputs.values()].map((table) => [lastName(table.name), renamed.get(table.name) ?? table]),
      ).values(),
    ],
    columns: [...columns.values()].map((edge) =>
      edge.to.table !== null && renamed.has(edge.to.table)
        ? { ...edge, to: { ...edge.to, table: lastName(edge.to.table) } }
        : edge,
    ),
    influences: [...influences.values()].map((one) => (renamed.has(one.to) ? { ...one, to: lastName(one.to) } : one)),
  };
}

/**
 * What became of the tables that a script makes: gone at its end (then it was a step), or there, under the name that it
 * was given last. `DROP TABLE IF EXISTS t; CREATE TABLE t` leaves t behind.
 */
function fates(statements: readonly StatementLineage[]): {
  readonly made: ReadonlySet<string>;
  readonly dropped: ReadonlySet<string>;
  readonly renamed: ReadonlyMap<string, TableRef>;
} {
  const made = new Set<string>();
  const dropped = new Set<string>();
  const renamed = new Map<string, TableRef>();
  for (const { kind, drops, outputs, renames } of statements) {
    for (const { name } of drops) if (made.has(name)) dropped.add(name);
    if (kind === 'create_table' || kind === 'create_view')
      for (const { name } of outputs) {
        made.add(name);
        dropped.delete(name);
      }
    for (const { from, to } of renames) {
      const first = [...renamed].find(([, now]) => now.name === from.name)?.[0] ?? from.name;
      // A table that was there before the script is only called otherwise.
      if (made.has(first)) renamed.set(first, to);
    }
  }
  return { made, dropped, renamed };
}

/** A column of a step that decides about rows: what that column came from decides. */
function lookedThrough(
  influence: Influence,
  ways: ReadonlyMap<string, readonly ColumnEdge[]> | undefined,
): readonly Influence[] {
  return (ways?.get(influence.from.column.toLowerCase()) ?? []).map((way) => ({
    ...influence,
    from: way.from,
    masked: influence.masked || way.masked,
    certainty: worse(CERTAINTIES, influence.certainty, way.certainty),
  }));
}

const influenceKey = ({ role, from, masked, certainty }: Influence): string =>
  JSON.stringify([role, from.table, from.column, masked, certainty]);

const worse = <V>(order: readonly V[], a: V, b: V): V => (order.indexOf(a) > order.indexOf(b) ? a : b);

/** The edges that reach the target of `edge` through the step it comes from. */
function followed(edge: ColumnEdge, ways: ReadonlyMap<string, readonly ColumnEdge[]> | undefined): ColumnEdge[] {
  if (!ways) return [];
  if (edge.from.column === '*') {
    // All columns of the step, each under its own name.
    const all: ColumnEdge[] = [];
    for (const list of ways.values())
      for (const way of list)
        all.push(
          joined(way, {
            ...edge,
            to: { table: edge.to.table, column: edge.to.column === '*' ? way.to.column : edge.to.column },
          }),
        );
    return all;
  }
  const exact = ways.get(edge.from.column.toLowerCase());
  if (exact) return exact.map((way) => joined(way, edge));
  return (ways.get('*') ?? []).map((way) => ({
    ...joined({ ...way, from: { ...way.from, column: edge.from.column } }, edge),
    certainty: 'inferred' as const,
    throughStar: true,
  }));
}

function joined(way: ColumnEdge, edge: ColumnEdge): ColumnEdge {
  const via = way.via ?? edge.via;
  return {
    ...way,
    to: edge.to,
    kind: worse(KINDS, way.kind, edge.kind),
    via,
    direct: via === null,
    masked: way.masked || edge.masked,
    counted: way.counted || edge.counted,
    certainty: worse(CERTAINTIES, way.certainty, edge.certainty),
    throughStar: way.throughStar || edge.throughStar,
  };
}

function keyOf(edge: ColumnEdge): string {
  return JSON.stringify([
    edge.from.table,
    edge.from.column,
    edge.fields,
    edge.to.table,
    edge.to.column,
    edge.kind,
    edge.via,
    edge.masked,
    edge.counted,
    edge.certainty,
  ]);
}
