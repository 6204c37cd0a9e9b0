/**
 * Differential test: generated queries over a schema, resolved by us and by sqlglot, must give the same columns. Needs a
 * Python with sqlglot (the repository's .venv, or `SQLGLOT_PYTHON`); without one it is skipped and says so.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lineage } from './lineage.ts';

const SCHEMA: Readonly<Record<string, readonly string[]>> = {
  orders: ['order_id', 'customer_id', 'amount', 'placed_at', 'status'],
  customers: ['customer_id', 'email', 'city', 'born'],
  items: ['item_id', 'order_id', 'sku', 'price', 'quantity'],
  products: ['sku', 'title', 'cost'],
};
const TABLES = Object.keys(SCHEMA);

/** Deterministic: the same seed gives the same queries everywhere (mulberry32). */
function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

interface Known {
  readonly alias: string;
  readonly columns: readonly string[];
}

class Generator {
  private readonly next: (below: number) => number;
  private names = 0;

  constructor(seed: number) {
    this.next = random(seed);
  }

  private pick<V>(values: readonly V[]): V {
    return values[this.next(values.length)]!;
  }

  private fresh(prefix: string): string {
    return `${prefix}${++this.names}`;
  }

  /** A whole query, perhaps with CTEs. */
  statement(): string {
    const ctes: Known[] = [];
    const texts: string[] = [];
    for (let i = this.next(3); i > 0; i--) {
      const name = this.fresh('cte');
      const { text, columns } = this.query(ctes, 2);
      texts.push(`${name} AS (${text})`);
      ctes.push({ alias: name, columns });
    }
    const { text } = this.query(ctes, 2);
    return texts.length > 0 ? `WITH ${texts.join(', ')} ${text}` : text;
  }

  private query(ctes: readonly Known[], depth: number): { text: string; columns: string[] } {
    const first = this.select(ctes, depth, null);
    if (this.next(5) > 0) return first;
    const second = this.select(ctes, depth, first.columns);
    return {
      text: `${first.text} ${this.pick(['UNION ALL', 'UNION', 'EXCEPT', 'INTERSECT'])} ${second.text}`,
      columns: first.columns,
    };
  }

  private source(ctes: readonly Known[], depth: number): { text: string; known: Known } {
    const alias = this.fresh('s');
    const kind = this.next(6);
    if (kind === 0 && depth > 0) {
      const { text, columns } = this.query(ctes, depth - 1);
      return { text: `(${text}) AS ${alias}`, known: { alias, columns } };
    }
    if (kind <= 2 && ctes.length > 0) {
      const cte = this.pick(ctes);
      return { text: `${cte.alias} AS ${alias}`, known: { alias, columns: cte.columns } };
    }
    const table = this.pick(TABLES);
    return { text: `${table} AS ${alias}`, known: { alias, columns: SCHEMA[table]! } };
  }

  private select(
    ctes: readonly Known[],
    depth: number,
    shape: readonly string[] | null,
  ): { text: string; columns: string[] } {
    const sources: Known[] = [];
    let from = '';
    const merged = new Set<string>();
    for (let i = this.next(3); i >= 0; i--) {
      const { text, known } = this.source(ctes, depth);
      if (from === '') from = text;
      else {
        const shared = known.columns.filter((name) => sources.some((one) => one.columns.includes(name)));
        const once = shared.filter((name) => sources.filter((one) => one.columns.includes(name)).length === 1);
        if (sources.length === 1 && once.length > 0 && this.next(3) === 0) {
          const name = this.pick(once);
          from += ` ${this.pick(['JOIN', 'LEFT JOIN', 'FULL JOIN'])} ${text} USING (${name})`;
          merged.add(name);
        } else
          from += ` ${this.pick(['JOIN', 'LEFT JOIN'])} ${text} ON ${this.column(sources, merged)} = ${known.alias}.${this.pick(known.columns)}`;
      }
      sources.push(known);
    }
    const items: string[] = [];
    const columns: string[] = [];
    if (!shape && this.next(6) === 0 && sources.length === 1) {
      items.push('*');
      columns.push(...sources[0]!.columns);
    } else if (!shape && this.next(8) === 0) {
      const one = this.pick(sources);
      if (merged.size === 0) {
        items.push(`${one.alias}.*`);
        columns.push(...one.columns);
      }
    }
    const count = shape ? shape.length : 1 + this.next(4);
    for (let i = shape ? 0 : columns.length > 0 ? count : 0; i < count; i++) {
      const name = shape?.[i] ?? this.fresh('c');
      items.push(`${this.value(sources, merged, ctes, 2)} AS ${name}`);
      columns.push(name);
    }
    const where = this.next(3) === 0 ? ` WHERE ${this.column(sources, merged)} > 1` : '';
    return { text: `SELECT ${items.join(', ')} FROM ${from}${where}`, columns };
  }

  /** A column with its table, or alone where only one table has it or a join made it one. */
  private column(sources: readonly Known[], merged: ReadonlySet<string>): string {
    const one = this.pick(sources);
    const name = this.pick(one.columns);
    const owners = sources.filter(({ columns }) => columns.includes(name)).length;
    if (merged.has(name)) return owners === 2 && sources.length === 2 ? name : `${one.alias}.${name}`;
    return owners === 1 && this.next(2) === 0 ? name : `${one.alias}.${name}`;
  }

  private value(sources: readonly Known[], merged: ReadonlySet<string>, ctes: readonly Known[], depth: number): string {
    const column = (): string => this.column(sources, merged);
    const inner = (): string => (depth > 0 ? this.value(sources, merged, ctes, depth - 1) : column());
    switch (this.next(14)) {
      case 0:
        return `${inner()} + ${inner()}`;
      case 1:
        return `CASE WHEN ${column()} > 1 THEN ${inner()} ELSE ${column()} END`;
      case 2:
        return `COALESCE(${inner()}, ${column()}, 'x')`;
      case 3:
        return `SUM(${column()}) OVER (PARTITION BY ${column()} ORDER BY ${column()} DESC)`;
      case 4:
        return `CAST(${inner()} AS VARCHAR(10))`;
      case 5:
        return `EXTRACT(YEAR FROM ${column()})`;
      case 6: {
        const table = this.pick(TABLES);
        const alias = this.fresh('q');
        return `(SELECT MAX(${alias}.${this.pick(SCHEMA[table]!)}) FROM ${table} AS ${alias} WHERE ${alias}.${this.pick(SCHEMA[table]!)} = ${this.qualified(sources)})`;
      }
      case 7:
        return `(${inner()} || '-' || LOWER(${column()}))`;
      case 8:
        return `(NULLIF(${column()}, 0) IS NOT NULL)`;
      case 9:
        return `(${column()} BETWEEN ${column()} AND 5)`;
      case 10:
        return `SUBSTRING(${column()} FROM 1 FOR 3)`;
      default:
        return column();
    }
  }

  private qualified(sources: readonly Known[]): string {
    const one = this.pick(sources);
    return `${one.alias}.${this.pick(one.columns)}`;
  }
}

const ORACLE = `
import json, sys
from sqlglot import exp
from sqlglot.lineage import lineage
schema = json.loads(sys.stdin.readline())
for line in sys.stdin:
    sql, names = json.loads(line)
    try:
        found = {}
        for name in names:
            node = lineage(name, sql, schema, dialect="postgres")
            found[name] = sorted({n.expression.name + "." + n.name.split(".")[-1].strip('"') for n in node.walk() if isinstance(n.expression, exp.Table)})
        print(json.dumps(found))
    except Exception as error:
        print(json.dumps({"": [repr(error)[:200]]}))
`;

const venv = fileURLToPath(new URL('../../../../../.venv/bin/python', import.meta.url));
const python = process.env['SQLGLOT_PYTHON'] ?? (existsSync(venv) ? venv : 'python3');
const probe = spawnSync(python, ['-c', 'import sqlglot; print(sqlglot.__version__)'], { encoding: 'utf8' });
const missing =
  probe.status === 0
    ? null
    : `${python} has no sqlglot. Get it with: python3 -m venv .venv && .venv/bin/pip install -r test/python-requirements.txt`;
if (missing) console.log(`skipped: differential test against sqlglot (${missing})`);

/** What we say, in the oracle's form. */
function ours(sql: string): Record<string, string[]> {
  const found: Record<string, Set<string>> = {};
  for (const { columns } of lineage(sql, { dialect: 'postgres', schema: SCHEMA }).statements) {
    for (const { from, to } of columns) (found[to.column] ??= new Set()).add(`${from.table}.${from.column}`);
  }
  return Object.fromEntries(Object.entries(found).map(([name, sources]) => [name, [...sources].toSorted()]));
}

const COUNT = Number(process.env['SQLGLOT_QUERIES'] ?? 300);

test.skipIf(missing !== null)(
  `${COUNT} generated queries agree with sqlglot ${probe.stdout?.trim() ?? ''}`,
  () => {
    const queries = Array.from({ length: COUNT }, (_, i) => new Generator(i + 1).statement());
    const answers = queries.map(ours);
    const types = Object.fromEntries(
      Object.entries(SCHEMA).map(([table, columns]) => [
        table,
        Object.fromEntries(columns.map((name) => [name, 'text'])),
      ]),
    );
    const input = [
      JSON.stringify(types),
      ...queries.map((sql, i) => JSON.stringify([sql, Object.keys(answers[i]!)])),
    ].join('\n');
    const { stdout, stderr } = spawnSync(python, ['-c', ORACLE], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
    const theirs = stdout.trim().split('\n');
    expect(theirs, stderr).toHaveLength(COUNT);
    const differences = queries.flatMap((sql, i) => {
      const expected = JSON.parse(theirs[i]!) as Record<string, string[]>;
      return Object.keys({ ...expected, ...answers[i] }).flatMap((name) =>
        JSON.stringify(expected[name]) === JSON.stringify(answers[i]![name])
          ? []
          : [{ sql, name, sqlglot: expected[name], custody: answers[i]![name] }],
      );
    });
    expect(differences.slice(0, 5), `${differences.length} columns differ`).toEqual([]);
  },
  600_000,
);
