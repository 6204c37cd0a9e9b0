/**
 * Names to columns. Queries are resolved from the inside out: each gives its output columns with their origins in base
 * tables, so nothing is looked at twice and no graph of CTEs has to be walked.
 */
import type { Budget } from './budget.ts';
import type { Catalog, TableNode } from './catalog.ts';
import type { DiagnosticCode } from './diagnostic.ts';
import {
  AMBIGUOUS,
  BY_CONDITION,
  INFERRED,
  KNOWN_CANDIDATE,
  Origins,
  THROUGH_STAR,
  TRANSFORMED,
  through,
  usageFlags,
  type Origin,
} from './origin.ts';
import {
  FEW,
  relationOf,
  tableRelation,
  Scope,
  Variables,
  type Environment,
  type OpenStar,
  type Output,
  type OutputColumn,
  type Relation,
} from './scope.ts';
import type {
  Cte,
  Expression,
  FromItem,
  Identifier,
  Path,
  Query,
  Reference,
  Select,
  SelectItem,
  SetOperand,
  Source,
  Statement,
  Subquery,
} from './tree.ts';

export type InfluenceRole = 'filter' | 'join' | 'group_by' | 'sort' | 'window';

/** What resolving one statement finds, besides the output columns it returns. */
export interface Findings {
  input(table: TableNode): void;
  influence(role: InfluenceRole, origin: Origin): void;
  statement(statement: Statement, env: Environment | null): Output;
  remark(code: DiagnosticCode, message: string, offset: number): void;
  text(start: number, end: number): string;
  /** What a variable holds, as far as statements before have said. */
  valueOf(variable: string): readonly Origin[];
  readonly records: ReadonlyMap<string, Output>;
}

const EMPTY: Output = { columns: [] };
const NO_ORIGINS: readonly Origin[] = [];
/** Dialects with `column.field` for structs. */
const STRUCT_DIALECTS = new Set([
  'bigquery',
  'databricks',
  'sparksql',
  'hive',
  'trino',
  'athena',
  'duckdb',
  'clickhouse',
  'redshift',
]);
/** Dialects where the name of a table is its whole row. */
const WHOLE_ROWS = new Set(['postgres', 'bigquery', 'duckdb', 'redshift']);
/** Dialects where a CTE may name itself without RECURSIVE. */
const IMPLICIT_RECURSION = new Set(['tsql', 'oracle', 'db2', 'ansi', 'snowflake', 'teradata']);
const FUNCTION_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  FLATTEN: ['seq', 'key', 'path', 'index', 'value', 'this'],
  SPLIT_TO_TABLE: ['seq', 'index', 'value'],
  STRTOK_SPLIT_TO_TABLE: ['seq', 'index', 'value'],
  EXPLODE: ['col', 'key', 'value'],
  EXPLODE_OUTER: ['col', 'key', 'value'],
  POSEXPLODE: ['pos', 'col', 'key', 'value'],
  POSEXPLODE_OUTER: ['pos', 'col', 'key', 'value'],
  STRING_SPLIT: ['value', 'ordinal'],
  OPENJSON: ['key', 'value', 'type'],
  JSON_EACH: ['key', 'value', 'type', 'atom', 'id', 'parent', 'fullkey', 'path'],
  JSONB_EACH: ['key', 'value'],
  JSON_EACH_TEXT: ['key', 'value'],
  JSONB_EACH_TEXT: ['key', 'value'],
  JSON_ARRAY_ELEMENTS: ['value'],
  JSONB_ARRAY_ELEMENTS: ['value'],
  JSON_ARRAY_ELEMENTS_TEXT: ['value'],
  JSONB_ARRAY_ELEMENTS_TEXT: ['value'],
  RANGE: ['range', 'id'],
};

/** A name made of the text of an expression is not longer than this, or a long sum would be told once for each edge. */
const MAX_NAME = 500;

/** Columns that engines add to any table, and sequences: they come from no column. */
const PSEUDO =
  /^(_partition(time|date)|_table_suffix|_file_name|_change_type|_change_timestamp|_metadata|metadata\$\w+|nextval|currval|rowid|rownum|ctid|xmin|xmax|tableoid|oid|_part|_shard_num|\$path|\$row_id|filename)$/;
const MAX_WITHIN = 100;
/** A name that more tables than these may hold is told of these only. */
const MAX_CANDIDATES = 200;

const lower = (name: Identifier): string => name.text.toLowerCase();

export function column(name: string, origins: readonly Origin[], also: readonly string[] = []): OutputColumn {
  return { name, key: name.toLowerCase(), also, origins, star: null };
}

export class Resolver {
  private readonly budget: Budget;
  private readonly catalog: Catalog;
  private readonly findings: Findings;
  /** Recursive queries: the placeholder's columns, once they are known. */
  private readonly recursions = new Map<TableNode, readonly OutputColumn[]>();
  private readonly shared = new Map<Query, Output>();
  private branches = 0;
  /** How many expressions of WITH are being read, each because another names it. */
  private within = 0;
  /** Names that a routine declares: not columns where no column of that name is known. */
  private variables = new Variables(null);

  constructor(catalog: Catalog, findings: Findings, budget: Budget) {
    this.budget = budget;
    this.catalog = catalog;
    this.findings = findings;
  }

  beginStatement(variables: Variables): void {
    this.variables = variables;
    this.recursions.clear();
    this.shared.clear();
  }

  /** Resolves a query once that several insertions read. */
  share(query: Query, env: Environment | null): void {
    this.shared.set(query, this.query(query, null, env));
  }

  environment(
    ctes: readonly Cte[],
    recursive: boolean,
    parent: Environment | null,
    scope: Scope | null,
  ): Environment | null {
    if (ctes.length === 0) return parent;
    const env: Environment = { parent, tables: new Map(), values: new Map(), written: new Map() };
    for (const cte of ctes) this.define(cte, recursive, env, scope);
    return env;
  }

  private define(cte: Cte, recursive: boolean, env: Environment, scope: Scope | null): void {
    const key = lower(cte.name);
    if (cte.scalar) {
      const item = cte.query.body.kind === 'select' ? cte.query.body.items[0] : undefined;
      if (item?.kind === 'expression' && item.expression.subqueries.length === 0) {
        // ClickHouse puts the expression wherever the name stands.
        env.written.set(key, item.expression);
        return;
      }
      env.values.set(key, this.valueOf(this.query(cte.query, scope, env)));
      return;
    }
    const { body } = cte.query;
    const mayRecur = body.kind === 'set' && (recursive || IMPLICIT_RECURSION.has(this.catalog.traits.name));
    const output = mayRecur ? this.recursion(cte, env, scope) : this.query(cte.query, scope, env);
    env.tables.set(key, renamed(output, cte.columns, this.catalog, this.budget));
  }

  /**
   * The first operand gives the columns; the others see them as columns of a placeholder, and the placeholder is replaced
   * by what it stands for afterwards. One pass, whatever the recursion does with its columns.
   */
  private recursion(cte: Cte, env: Environment, scope: Scope | null): Output {
    const { body } = cte.query;
    if (body.kind !== 'set' || body.operands.length === 0) return this.query(cte.query, scope, env);
    const inner: Environment = this.environment(cte.query.ctes, cte.query.recursive, env, scope) ?? env;
    const anchor = this.query(body.operands[0]!.query, scope, inner);
    const key = lower(cte.name);
    const named = renamed(anchor, cte.columns, this.catalog, this.budget);
    const within: Environment = { parent: inner, tables: new Map(), values: new Map(), written: new Map() };
    const outputs = [anchor];
    if (named.columns.some((one) => one.star)) {
      within.tables.set(key, named);
      for (const operand of body.operands.slice(1)) outputs.push(this.operand(operand, scope, within));
      return this.union(outputs, body.byName);
    }
    const placeholder = this.catalog.placeholder(cte.name.text);
    const self = named.columns.map((one, i) =>
      column(one.name, [
        {
          node: this.catalog.column(placeholder, String(i)),
          flags: 0,
          start: cte.name.start,
          end: cte.name.end,
          fields: '',
        },
      ]),
    );
    within.tables.set(key, { columns: self });
    for (const operand of body.operands.slice(1)) outputs.push(this.operand(operand, scope, within));
    const whole = this.union(outputs, body.byName);
    this.recursions.set(placeholder, whole.columns);
    return { columns: whole.columns.map((one) => ({ ...one, origins: this.grounded(one.origins) })) };
  }

  /** A relation, if there is room for its columns; without them otherwise. */
  private relation(
    ...[alias, names, base, columns, open, any, hidden, direct]: Parameters<typeof relationOf>
  ): Relation {
    // Passing a column on costs little; making one is counted where it is made.
    const room = this.budget.spend((columns.length >> 3) + 1);
    return relationOf(alias, names, base, room ? columns : [], room ? open : [], any, hidden, direct);
  }

  /** Origins, each changed; what a statement may cause bounds how many. */
  private each(origins: readonly Origin[], change: (origin: Origin) => Origin): readonly Origin[] {
    return this.budget.spend(origins.length) ? origins.map(change) : NO_ORIGINS;
  }

  /** Origins without placeholders. */
  grounded(origins: readonly Origin[]): readonly Origin[] {
    if (this.recursions.size === 0 || !origins.some((origin) => this.recursions.has(origin.node.table))) return origins;
    const result = new Origins(this.budget);
    const seen = new Set<string>();
    const work: Origin[] = [...origins];
    for (let i = 0; i < work.length; i++) {
      const origin = work[i]!;
      const columns = this.recursions.get(origin.node.table);
      if (!columns) {
        result.add(origin);
        continue;
      }
      const mark = `${origin.node.id}:${origin.flags}`;
      if (seen.has(mark)) continue;
      seen.add(mark);
      if (!this.budget.spend(columns[Number(origin.node.name)]?.origins.length ?? 0)) break;
      for (const deeper of columns[Number(origin.node.name)]?.origins ?? []) work.push(through(deeper, origin.flags));
    }
    return result.all;
  }

  query(query: Query, outer: Scope | null, parent: Environment | null): Output {
    const known = this.shared.get(query);
    if (known) return known;
    if (!this.budget.visit()) return EMPTY;
    const env = this.environment(query.ctes, query.recursive, parent, outer);
    const { body } = query;
    switch (body.kind) {
      case 'select':
        return this.select(body, query.sorts, outer, env).output;
      case 'set': {
        const outputs = body.operands.map((operand) => this.operand(operand, outer, env));
        const result = this.union(outputs, body.byName);
        if (query.sorts.length > 0) {
          const scope = new Scope(outer, env);
          scope.add(this.relation(null, [], null, result.columns, [], null, false));
          for (const sort of query.sorts) this.influence('sort', sort, scope, true);
        }
        return result;
      }
      case 'values':
        return this.values(body.rows, new Scope(outer, env));
      case 'table': {
        const scope = new Scope(outer, env);
        this.from(
          [
            {
              source: { kind: 'table', path: body.path, span: body.span, alias: { name: null, columns: [] } },
              natural: false,
              using: [],
              on: [],
              hidden: false,
            },
          ],
          scope,
        );
        return { columns: this.expand(scope, null, body.span.start, body.span.end) };
      }
      case 'statement':
        return this.findings.statement(body.statement, env);
      case 'nothing':
        return EMPTY;
    }
  }

  private operand({ query, subtracts }: SetOperand, outer: Scope | null, env: Environment | null): Output {
    const output = this.query(query, outer, env);
    if (!subtracts) return output;
    return {
      columns: output.columns.map((one) => ({
        ...one,
        origins: this.each(one.origins, (origin) => through(origin, BY_CONDITION)),
      })),
    };
  }

  private values(rows: readonly (readonly Expression[])[], scope: Scope): Output {
    const columns: Origins[] = [];
    for (const row of rows) {
      for (let i = 0; i < row.length; i++) {
        const expression = row[i]!;
        if (expression.references.length === 0 && expression.subqueries.length === 0) {
          columns[i] ??= new Origins(this.budget);
          continue;
        }
        (columns[i] ??= new Origins(this.budget)).addAll(this.expression(expression, scope));
      }
    }
    return { columns: columns.map((origins, i) => column(`column${i + 1}`, origins.all)) };
  }

  private union(outputs: readonly Output[], byName: boolean): Output {
    const first = outputs[0];
    if (!first) return EMPTY;
    const hasStar = outputs.some((output) => output.columns.some((one) => one.star));
    if (!hasStar && !byName) {
      let width = 0;
      for (const output of outputs) width = Math.max(width, output.columns.length);
      const columns: OutputColumn[] = [];
      for (let i = 0; i < width; i++) {
        const named = first.columns[i] ?? outputs.find((output) => output.columns[i])!.columns[i]!;
        if (!this.budget.spend(outputs.length + 2)) break;
        const origins = new Origins(this.budget);
        for (const output of outputs) origins.addAll(output.columns[i]?.origins ?? NO_ORIGINS);
        columns.push({ ...named, origins: origins.all });
      }
      return { columns };
    }
    // By name, or with stars whose width nobody knows: columns of one name belong together.
    const byKey = new Map<string, { readonly column: OutputColumn; readonly origins: Origins }>();
    const stars = new Map<TableNode, OutputColumn>();
    for (const output of outputs) {
      if (!this.budget.spend(output.columns.length)) break;
      const branches = new Map<number, number>();
      for (const one of output.columns) {
        if (one.star) {
          const { table, branch } = one.star;
          const own = branches.get(branch) ?? ++this.branches;
          branches.set(branch, own);
          if (!stars.has(table)) stars.set(table, { ...one, star: { table, branch: own } });
          continue;
        }
        let entry = byKey.get(one.key);
        if (!entry) byKey.set(one.key, (entry = { column: one, origins: new Origins(this.budget) }));
        entry.origins.addAll(one.origins);
      }
    }
    const named = [...byKey.values()].map(({ column: one, origins }) => ({ ...one, origins: origins.all }));
    return { columns: [...named, ...stars.values()] };
  }

  /** The origins of a query used as a value: of its only column, or of all. */
  private valueOf(output: Output): readonly Origin[] {
    if (output.columns.length === 1 && !output.columns[0]!.star) return output.columns[0]!.origins;
    const all = new Origins(this.budget);
    for (const one of output.columns) all.addAll(one.origins);
    return all.all;
  }

  select(
    select: Select,
    sorts: readonly Expression[],
    outer: Scope | null,
    env: Environment | null,
  ): { output: Output; scope: Scope } {
    const scope = new Scope(outer, env);
    this.from(select.from, scope);
    const columns = this.items(select.items, scope, select.windows);
    scope.usesAliases = true;
    scope.forgetMemo();
    for (const filter of select.filters) this.influence('filter', filter, scope, true);
    for (const group of select.groups) this.influence('group_by', group, scope, true);
    for (const sort of sorts) this.influence('sort', sort, scope, true);
    return { output: { columns }, scope };
  }

  items(items: readonly SelectItem[], scope: Scope, windows: ReadonlyMap<string, Expression>): OutputColumn[] {
    const columns: OutputColumn[] = [];
    const lateral = this.catalog.traits.lateralAliases;
    scope.usesAliases = lateral;
    for (const item of items) {
      if (this.budget.gone && !reads(item)) continue;
      if (item.kind === 'star') {
        this.star(item, scope, columns);
        continue;
      }
      const { expression, alias } = item;
      const origins = this.expression(expression, scope, windows);
      const isSpread = alias !== null && !alias.quoted && alias.text === '*';
      const name = alias
        ? isSpread
          ? '*'
          : this.catalog.fold(alias)
        : expression.name
          ? this.nameOf(expression.name, origins)
          : this.spellingOf(expression);
      const one = column(name, origins);
      columns.push(one);
      if (alias && !isSpread) {
        if (!scope.aliases.has(one.key)) scope.aliases.set(one.key, origins);
        for (const reference of expression.references)
          if (reference.path.length === 1 && lower(reference.path[0]!) === one.key) scope.shadowed.add(one.key);
        if (lateral) scope.forgetMemo();
      }
    }
    return columns;
  }

  /** What an expression without a name is called: its text, or the beginning of a long one. */
  private spellingOf({ start, end }: Expression): string {
    return end - start <= MAX_NAME
      ? this.findings.text(start, end)
      : `${this.findings.text(start, start + MAX_NAME)}...`;
  }

  /** The table's own spelling where the column passes unchanged. */
  private nameOf(name: Identifier, origins: readonly Origin[]): string {
    const only = origins.length === 1 && origins[0]!.fields === '' ? origins[0]!.node.name : '';
    return only.toLowerCase() === name.text.toLowerCase() && only !== '*' ? only : this.catalog.fold(name);
  }

  private star(item: Extract<SelectItem, { kind: 'star' }>, scope: Scope, into: OutputColumn[]): void {
    const { start, end } = item.span;
    let expanded: readonly OutputColumn[] = this.expand(
      scope,
      item.qualifier.length > 0 ? item.qualifier : null,
      start,
      end,
    );
    if (item.filtered)
      expanded = expanded.map((one) => ({
        ...one,
        origins: this.each(one.origins, (origin) => through(origin, INFERRED)),
      }));
    const except = new Set(item.except.map(lower));
    const rename = new Map(item.rename.map(({ from, to }) => [lower(from), to]));
    const replace = new Map(item.replace.map(({ name, expression }) => [lower(name), expression]));
    const asIs = except.size === 0 && rename.size === 0 && replace.size === 0;
    for (const one of expanded) {
      if (one.star || asIs) {
        into.push(one);
        continue;
      }
      if (except.has(one.key)) continue;
      const replacement = replace.get(one.key);
      const renaming = rename.get(one.key);
      replace.delete(one.key);
      rename.delete(one.key);
      const origins = replacement ? this.expression(replacement, scope) : one.origins;
      into.push(renaming ? column(this.catalog.fold(renaming), origins) : { ...one, origins });
    }
    // Over columns nobody knows, what is replaced or renamed is known at least by its name.
    for (const { name, expression } of item.replace)
      if (replace.has(lower(name))) into.push(column(this.catalog.fold(name), this.expression(expression, scope)));
    for (const { from, to } of item.rename) {
      if (!rename.has(lower(from))) continue;
      const origins = this.reference(
        {
          path: [...item.qualifier, from],
          star: false,
          role: 'value',
          aggregated: false,
          masked: false,
          start: from.start,
          end: from.end,
        },
        scope,
      );
      into.push(column(this.catalog.fold(to), origins));
    }
  }

  /** All columns that `*` or `t.*` stands for. */
  private expand(scope: Scope, qualifier: Path | null, start: number, end: number): readonly OutputColumn[] {
    if (qualifier) {
      const found = this.relationNamed(qualifier, scope);
      if (found) return this.budget.spend(found.width * 2 + 1) ? this.columnsOf(found, start, end) : [];
      // `struct.*`: every field of a column.
      const origins = this.reference(
        { path: qualifier, star: false, role: 'value', aggregated: false, masked: false, start, end },
        scope,
      );
      return origins.length > 0
        ? [
            column(
              '*',
              this.each(origins, (origin) => through(origin, TRANSFORMED)),
            ),
          ]
        : [];
    }
    const only = scope.relations.length === 1 && scope.merged.size === 0 ? scope.relations[0]! : null;
    // One query below: its columns pass as they are.
    if (only && !only.base && !only.hidden && only.columns.length > 0)
      return this.budget.spend((only.columns.length >> 3) + 1) ? only.columns : [];
    const columns: OutputColumn[] = [];
    const done = new Set<string>();
    for (const relation of scope.relations) {
      if (relation.hidden) continue;
      if (!this.budget.spend(relation.width * 2 + 4)) break;
      for (const one of this.columnsOf(relation, start, end)) {
        if (!one.star && scope.merged.has(one.key)) {
          if (done.has(one.key)) continue;
          done.add(one.key);
          columns.push({ ...one, origins: this.merged(one.key, one.name, scope, start, end) });
        } else columns.push(one);
      }
    }
    return columns;
  }

  private columnsOf(relation: Relation, start: number, end: number): readonly OutputColumn[] {
    if (!relation.base) {
      // Columns of a table function that nobody named.
      if (relation.columns.length === 0 && relation.any !== null && relation.any.length > 0)
        return [
          column(
            '*',
            this.each(relation.any, (origin) => through(origin, TRANSFORMED)),
          ),
        ];
      return relation.columns;
    }
    if (relation.base.columns === null) {
      const node = this.catalog.column(relation.base, '*');
      return [
        {
          name: '*',
          key: '*',
          also: [],
          origins: [{ node, flags: 0, start, end, fields: '' }],
          star: { table: relation.base, branch: 0 },
        },
      ];
    }
    // A base column is named where the star stands.
    return relation.columns.map((one) => ({
      ...one,
      origins: this.each(one.origins, (origin) => ({ ...origin, start, end })),
    }));
  }

  private merged(key: string, name: string, scope: Scope, start: number, end: number, first = 0): readonly Origin[] {
    const origins = new Origins(this.budget);
    if (!this.budget.spend((scope.relations.length - first) * 2)) return NO_ORIGINS;
    for (let i = first; i < scope.relations.length; i++) {
      const relation = scope.relations[i]!;
      const known = relation.byKey.get(key);
      if (known) for (const one of known) origins.addAll(this.placed(one.origins, relation, start, end));
      else if (relation.open.length > 0 && relation.any === null)
        origins.addAll(this.fromOpen(relation, name, start, end));
    }
    return origins.all;
  }

  // FROM

  from(items: readonly FromItem[], scope: Scope): void {
    for (const item of items) {
      if (!this.budget.visit()) return;
      const before = scope.relations.length;
      this.source(item.source, item.hidden, scope);
      if (item.natural) {
        const added = scope.relations.slice(before);
        for (const relation of added)
          for (const key of relation.byKey.keys()) if (!added.includes(scope.holding(key)[0]!)) scope.merged.add(key);
        scope.forgetMemo();
      }
      for (const name of item.using) {
        // What stands to the left was told when the column was merged first.
        const first = scope.merged.has(lower(name)) ? before : 0;
        scope.merged.add(lower(name));
        scope.forgetMemo();
        for (const origin of this.merged(lower(name), this.catalog.fold(name), scope, name.start, name.end, first))
          this.findings.influence('join', origin);
      }
      for (const on of item.on) this.influence('join', on, scope, false);
    }
  }

  private source(source: Source, hidden: boolean, scope: Scope): void {
    for (const relation of this.relations(source, hidden, scope)) {
      scope.add(relation);
      // Many relations are indexed by their columns.
      if (scope.relations.length > FEW && !this.budget.spend(relation.width)) scope.remove(scope.relations.length - 1);
    }
  }

  private relations(source: Source, hidden: boolean, scope: Scope): readonly Relation[] {
    switch (source.kind) {
      case 'table':
        return source.path.length === 0 ? [] : [this.table(source, hidden, scope)];
      case 'location': {
        const table = this.catalog.location(source.name);
        this.findings.input(table);
        const alias = source.alias.name ? lower(source.alias.name) : source.name.toLowerCase();
        return [this.aliasedTable(table, source.alias.columns, alias, [], hidden)];
      }
      case 'derived': {
        const output = this.query(source.query, scope, scope.env);
        return [
          this.fromOutput(
            renamed(output, source.alias.columns, this.catalog, this.budget),
            source.alias.name ? lower(source.alias.name) : null,
            hidden,
          ),
        ];
      }
      case 'function':
        return [this.tableFunction(source, hidden, scope)];
      case 'group': {
        if (!source.alias.name) {
          const before = scope.relations.length;
          this.from(source.from, scope);
          return scope.remove(before);
        }
        const inner = new Scope(scope, scope.env);
        this.from(source.from, inner);
        const columns = this.expand(inner, null, 0, 0);
        const { open } = openOf(columns);
        // `(a JOIN b) AS j`: both names and `j` can be used.
        const whole = this.relation(lower(source.alias.name), [], null, columns, open, null, hidden);
        return [whole];
      }
      case 'pivot':
        return [this.pivot(source, hidden, scope)];
      case 'unpivot':
        return [this.unpivot(source, hidden, scope)];
      case 'measured': {
        const inputs = this.relations(source.input, hidden, scope);
        const inner = new Scope(scope, scope.env);
        for (const input of inputs) inner.add(input);
        const measures = this.items(source.measures, inner, new Map());
        const input = inputs[0];
        const columns = [...(input ? this.columnsOf(input, 0, 0) : []), ...measures];
        const alias = source.alias.name ? lower(source.alias.name) : (input?.alias ?? null);
        return [this.relation(alias, [], null, columns, openOf(columns).open, null, hidden)];
      }
    }
  }

  private table(source: Extract<Source, { kind: 'table' }>, hidden: boolean, scope: Scope): Relation {
    const { path, alias } = source;
    const last = path[path.length - 1]!;
    const name = alias.name ? lower(alias.name) : lower(last);
    if (path.length === 1) {
      const key = lower(last);
      for (let env = scope.env; env; env = env.parent) {
        const found = env.tables.get(key);
        if (found) return this.fromOutput(renamed(found, alias.columns, this.catalog, this.budget), name, hidden);
      }
      const record = this.findings.records.get(key);
      if (record) return this.fromOutput(record, name, hidden);
    }
    // BigQuery and Redshift: `FROM t, t.items`, an array of a row before it.
    const { traits } = this.catalog;
    if (path.length > 1 && (traits.name === 'bigquery' || traits.name === 'redshift')) {
      const outer = scope.aliased(lower(path[0]!));
      if (outer) {
        const origins = this.reference(
          { path, star: false, role: 'value', aggregated: false, masked: false, ...source.span },
          scope,
        ).map((origin) => through(origin, TRANSFORMED));
        return this.relation(name, [], null, [column(alias.name?.text ?? last.text, origins)], [], origins, hidden);
      }
    }
    const table = this.catalog.table(path);
    this.findings.input(table);
    const names = alias.name ? [] : table.parts.map((part) => part.toLowerCase());
    return this.aliasedTable(table, alias.columns, name, names, hidden);
  }

  private aliasedTable(
    table: TableNode,
    columnNames: readonly Identifier[],
    alias: string,
    names: readonly string[],
    hidden: boolean,
  ): Relation {
    if (columnNames.length === 0 && table.columns !== null) {
      const make = (name: string): OutputColumn =>
        column(name, [{ node: this.catalog.column(table, name), flags: 0, start: 0, end: 0, fields: '' }]);
      return tableRelation(alias, names, table, table.columns, make, hidden);
    }
    const known = table.columns !== null && this.budget.spend(table.columns.length) ? table.columns : [];
    if (columnNames.length > 0 && table.columns === null) {
      // `t AS x (a, b)` over unknown columns: a is the first of them, which one nobody knows.
      const star = this.catalog.column(table, '*');
      const columns = columnNames.map((name) =>
        column(this.catalog.fold(name), [
          { node: star, flags: INFERRED, start: name.start, end: name.end, fields: '' },
        ]),
      );
      return this.relation(alias, names, null, columns, [], null, hidden);
    }
    const columns = known.map((name, i) => {
      const renaming = columnNames[i];
      return column(renaming ? this.catalog.fold(renaming) : name, [
        { node: this.catalog.column(table, name), flags: 0, start: 0, end: 0, fields: '' },
      ]);
    });
    return this.relation(
      alias,
      names,
      table,
      columns,
      table.columns === null ? [{ table, branch: 0 }] : [],
      null,
      hidden,
    );
  }

  private fromOutput(output: Output, alias: string | null, hidden: boolean): Relation {
    const { open } = openOf(output.columns);
    return this.relation(alias, [], null, output.columns, open, null, hidden);
  }

  private tableFunction(source: Extract<Source, { kind: 'function' }>, hidden: boolean, scope: Scope): Relation {
    const { call, alias } = source;
    const open: OpenStar[] = [];
    const columns: OutputColumn[] = [];
    for (const path of source.tables) {
      const inner = new Scope(null, scope.env);
      this.source({ kind: 'table', path, span: source.span, alias: { name: null, columns: [] } }, false, inner);
      for (const relation of inner.relations) {
        for (const star of relation.open) open.push(star);
        for (const one of this.columnsOf(relation, source.span.start, source.span.end)) columns.push(one);
      }
    }
    // `STREAM(t)`: a table behind a word of the pipeline.
    if (
      (source.name === 'STREAM' || source.name === 'TABLE_CHANGES') &&
      call.references.length === 1 &&
      call.subqueries.length === 0
    ) {
      return this.table({ kind: 'table', path: call.references[0]!.path, span: source.span, alias }, hidden, scope);
    }
    const each: (readonly Origin[])[] = call.references.map((reference) =>
      this.reference(reference, scope).map((origin) => through(origin, usageFlags(reference, false))),
    );
    const all = new Origins(this.budget);
    for (const origins of each) all.addAll(origins);
    for (const subquery of call.subqueries) {
      const output = this.query(subquery.query, scope, scope.env);
      // A query as the argument of a table function: its columns may pass through.
      for (const one of output.columns) {
        if (one.star) open.push(one.star);
        else columns.push(one);
      }
      all.addAll(this.valueOf(output), TRANSFORMED);
    }
    const names = alias.columns.length > 0 ? alias.columns : source.columns;
    const positional =
      source.name === 'UNNEST' &&
      each.length === names.length - (source.ordinal === 'last' ? 1 : 0) &&
      call.subqueries.length === 0;
    if (names.length > 0) {
      const count = source.ordinal === 'last' ? names.length - 1 : names.length;
      names.forEach((name, i) =>
        columns.push(column(this.catalog.fold(name), i >= count ? NO_ORIGINS : positional ? each[i]! : all.all)),
      );
    } else {
      for (const name of FUNCTION_COLUMNS[source.name] ?? []) columns.push(column(name, all.all));
      // A function of one column is called like its alias, or like itself.
      const scalar =
        alias.name?.text ??
        (FUNCTION_COLUMNS[source.name] || source.name === 'UNNEST' ? '' : source.name.toLowerCase());
      if (scalar !== '' && open.length === 0 && columns.length === 0) columns.push(column(scalar, all.all));
    }
    if (source.ordinal !== null && source.ordinal !== 'last')
      columns.push(column(this.catalog.fold(source.ordinal), NO_ORIGINS));
    return this.relation(
      alias.name ? lower(alias.name) : source.name.toLowerCase(),
      [],
      null,
      columns,
      open,
      all.all,
      hidden,
    );
  }

  private pivot(source: Extract<Source, { kind: 'pivot' }>, hidden: boolean, scope: Scope): Relation {
    const inputs = this.relations(source.input, hidden, scope);
    const inner = new Scope(scope, scope.env);
    for (const input of inputs) inner.add(input);
    const used = new Set<string>();
    const aggregates = source.aggregates.map(({ expression, alias }) => {
      for (const { path } of expression.references) if (path.length > 0) used.add(lower(path[path.length - 1]!));
      const origins = this.expression(expression, inner);
      return {
        origins,
        alias: alias ? this.catalog.fold(alias) : null,
        text: this.spellingOf(expression),
      };
    });
    for (const key of source.keys) {
      for (const { path } of key.references) if (path.length > 0) used.add(lower(path[path.length - 1]!));
      this.influence('group_by', key, inner, false);
    }
    const input: readonly OutputColumn[] = inputs.flatMap((relation) => this.columnsOf(relation, 0, 0));
    const groups = new Set(source.groups.map(lower));
    const isOpen = input.some((one) => one.star);
    const passing =
      isOpen && groups.size > 0
        ? source.groups.map((name) =>
            column(this.catalog.fold(name), this.unqualified(name, inner, name.start, name.end)),
          )
        : input.filter((one) => one.star || (groups.size > 0 ? groups.has(one.key) : !used.has(one.key)));
    const made: OutputColumn[] = [];
    // Which columns a pivot without a list makes, only the data say.
    if (source.values.length === 0) for (const { origins } of aggregates) made.push(column('*', origins));
    for (const value of source.values) {
      if (!this.budget.spend(aggregates.length * 4)) break;
      for (const { origins, alias, text } of aggregates) {
        const names: string[] = [];
        for (const given of value.names) {
          const name = value.folds ? this.catalog.fold({ text: given, quoted: false, start: 0, end: 0 }) : given;
          if (alias !== null) names.push(`${name}_${alias}`, `${alias}_${name}`);
          else if (aggregates.length > 1) names.push(`${name}_${text}`, `${text}_${name}`, name);
          if (aggregates.length === 1) names.push(name);
        }
        made.push(column(names[0] ?? text, origins, names.slice(1)));
      }
    }
    const alias = source.alias.name ? lower(source.alias.name) : (inputs[0]?.alias ?? null);
    const { open } = openOf(passing);
    const dynamic = new Origins(this.budget);
    for (const { origins } of aggregates) dynamic.addAll(origins);
    const any = source.values.length === 0 && open.length === 0 ? dynamic.all : null;
    return this.relation(
      alias,
      [],
      null,
      positioned(passing, made, source.alias.columns, this.catalog, this.budget),
      open,
      any,
      hidden,
      inputs.every((input) => input.direct),
    );
  }

  private unpivot(source: Extract<Source, { kind: 'unpivot' }>, hidden: boolean, scope: Scope): Relation {
    const inputs = this.relations(source.input, hidden, scope);
    const inner = new Scope(scope, scope.env);
    for (const input of inputs) inner.add(input);
    const used = new Set<string>();
    const labels = new Origins(this.budget);
    const values = source.values.map(() => new Origins(this.budget));
    for (const group of source.groups) {
      group.forEach((name, i) => {
        used.add(lower(name));
        const found = this.reference(
          {
            path: [name],
            star: false,
            role: 'value',
            aggregated: false,
            masked: false,
            start: name.start,
            end: name.end,
          },
          inner,
        );
        labels.addAll(found, TRANSFORMED | BY_CONDITION);
        (values.length === 1 ? values[0] : values[i])?.addAll(found);
      });
    }
    const passing = inputs
      .flatMap((relation) => this.columnsOf(relation, 0, 0))
      .filter((one) => one.star || !used.has(one.key));
    const made: OutputColumn[] = [];
    if (source.name) made.push(column(this.catalog.fold(source.name), labels.all));
    source.values.forEach((name, i) => made.push(column(this.catalog.fold(name), values[i]!.all)));
    const alias = source.alias.name ? lower(source.alias.name) : (inputs[0]?.alias ?? null);
    return this.relation(
      alias,
      [],
      null,
      positioned(passing, made, source.alias.columns, this.catalog, this.budget),
      openOf(passing).open,
      null,
      hidden,
      inputs.every((input) => input.direct),
    );
  }

  /** A column that a statement sets exists in its table, whether or not a schema says so. */
  evidence(scope: Scope, table: TableNode, names: readonly Identifier[]): void {
    if (table.columns !== null || names.length === 0) return;
    scope.relations.forEach((relation, i) => {
      if (relation.base !== table) return;
      const columns = names.map((name) =>
        column(this.catalog.fold(name), [
          { node: this.catalog.column(table, this.catalog.fold(name)), flags: 0, start: 0, end: 0, fields: '' },
        ]),
      );
      scope.replace(
        i,
        this.relation(relation.alias, relation.names, table, columns, relation.open, null, relation.hidden),
      );
    });
  }

  // Expressions and references

  influence(role: InfluenceRole, expression: Expression, scope: Scope, aliases: boolean): void {
    const before = scope.usesAliases;
    if (aliases && !before) {
      scope.usesAliases = true;
      scope.forgetMemo();
    }
    for (const origin of this.expression(expression, scope)) this.findings.influence(role, origin);
    if (scope.usesAliases !== before) {
      scope.usesAliases = before;
      scope.forgetMemo();
    }
  }

  expression(expression: Expression, scope: Scope, windows?: ReadonlyMap<string, Expression>): readonly Origin[] {
    const { references, subqueries } = expression;
    if (expression.bare) return this.reference(references[0]!, scope);
    if (references.length === 0 && subqueries.length === 0 && expression.windows.length === 0) return NO_ORIGINS;
    const origins = new Origins(this.budget);
    if (!this.budget.gone)
      for (const reference of references)
        origins.addAll(this.reference(reference, scope), usageFlags(reference, false));
    for (const subquery of subqueries) this.subquery(subquery, scope, origins);
    for (const name of expression.windows) {
      const window = windows?.get(name);
      if (!window || this.budget.gone) continue;
      if (!this.budget.spend(window.references.length)) continue;
      for (const reference of window.references)
        origins.addAll(this.reference(reference, scope), usageFlags({ ...reference, role: 'window' }, false));
    }
    return origins.all;
  }

  private subquery(subquery: Subquery, scope: Scope, into: Origins): void {
    const output = this.query(subquery.query, scope, scope.env);
    into.addAll(this.valueOf(output), usageFlags(subquery, false));
  }

  reference(reference: Reference, scope: Scope): readonly Origin[] {
    const { path, star, start, end } = reference;
    if (this.budget.gone) return NO_ORIGINS;
    if (star) {
      const all = new Origins(this.budget);
      for (const one of this.expand(scope, path.length > 0 ? path : null, start, end)) all.addAll(one.origins);
      return all.all;
    }
    return path.length === 1 ? this.unqualified(path[0]!, scope, start, end) : this.qualified(path, scope, start, end);
  }

  /** Columns of base tables get the place of this reference; those from within keep the place where they were named. */
  private placed(origins: readonly Origin[], relation: Relation, start: number, end: number): readonly Origin[] {
    return relation.base ? this.each(origins, (origin) => ({ ...origin, start, end })) : origins;
  }

  private fromOpen(relation: Relation, name: string, start: number, end: number): readonly Origin[] {
    if (relation.base) return [{ node: this.catalog.column(relation.base, name), flags: 0, start, end, fields: '' }];
    const { open } = relation;
    if (!this.budget.spend(open.length)) return NO_ORIGINS;
    if (open.length > 1 && open.some(({ branch }) => branch !== open[0]!.branch)) {
      const size = new Map<number, number>();
      for (const { branch } of open) size.set(branch, (size.get(branch) ?? 0) + 1);
      return open.map(({ table, branch }) => {
        const flags = THROUGH_STAR | (size.get(branch)! > 1 ? AMBIGUOUS : INFERRED);
        return { node: this.catalog.column(table, name), flags, start, end, fields: '' };
      });
    }
    const certainty = open.length > 1 ? AMBIGUOUS : relation.direct ? 0 : INFERRED;
    const flags = certainty | (relation.direct ? 0 : THROUGH_STAR);
    return open.map(({ table }) => ({ node: this.catalog.column(table, name), flags, start, end, fields: '' }));
  }

  private unqualified(name: Identifier, scope: Scope, start: number, end: number): readonly Origin[] {
    const key = lower(name);
    if (key.startsWith('@')) return this.findings.valueOf(key);
    for (let current: Scope | null = scope; current; current = current.parent) {
      const at = current;
      const memoKey = name.quoted ? `"${name.text}` : key;
      const found = at.remembered(memoKey, () => this.inScope(name, key, at));
      if (found !== NOT_HERE) return this.relocated(found, start, end);
    }
    for (let env = scope.env; env; env = env.parent) {
      const value = env.values.get(key);
      if (value) return value;
    }
    const held = this.findings.valueOf(key);
    if (held.length > 0) return held;
    if (!this.variables.has(key) && hasColumns(scope) && !this.budget.gone && !PSEUDO.test(key))
      this.findings.remark('unresolved-column', `no table here has a column ${name.text}`, start);
    return NO_ORIGINS;
  }

  /** Memoized origins carry the place of the first reference; direct ones belong to this one. */
  private relocated(origins: readonly Origin[], start: number, end: number): readonly Origin[] {
    if (origins.length === 0 || (origins[0]!.start !== 0 && origins[0]!.start === start)) return origins;
    return this.each(origins, (origin) => (origin.end === 0 ? { ...origin, start, end } : origin));
  }

  private inScope(name: Identifier, key: string, scope: Scope): readonly Origin[] {
    if (scope.merged.has(key)) {
      const both = this.merged(key, this.catalog.fold(name), scope, 0, 0);
      if (both.length > 0) return both;
    }
    const known = scope.holding(key);
    const mayHold = scope.open();
    if (!this.budget.spend(known.length + 1)) return NOT_HERE;
    if (known.length > 0) {
      const open = mayHold.some((relation) => !relation.byKey.has(key));
      if (known.length === 1) {
        const relation = known[0]!;
        const origins = new Origins(this.budget);
        for (const one of this.spelled(name, relation.byKey.get(key)!))
          origins.addAll(this.placed(one.origins, relation, 0, 0), open ? INFERRED : 0);
        return origins.all;
      }
      // Semi joins and functions give way to tables.
      const visible = known.filter((relation) => !relation.hidden);
      const candidates = visible.length > 0 ? visible : known;
      // Twice the same table: whichever is meant, the column is the same.
      const bases = new Set(candidates.map((relation) => relation.base));
      const isSame = bases.size === 1 && !bases.has(null);
      const flags = candidates.length === 1 ? 0 : isSame ? INFERRED : AMBIGUOUS | KNOWN_CANDIDATE;
      const origins = new Origins(this.budget);
      for (const relation of candidates)
        for (const one of this.spelled(name, relation.byKey.get(key)!))
          origins.addAll(this.placed(one.origins, relation, 0, 0), flags);
      return origins.all;
    }
    const open = mayHold.length > 0 ? mayHold : null;
    if (scope.usesAliases && scope.aliases.has(key) && !(open && scope.shadowed.has(key)))
      return scope.aliases.get(key)!;
    if (this.variables.has(key)) return this.findings.valueOf(key);
    if (key.startsWith('$') && scope.relations.length === 1) {
      const position = scope.relations[0]!.columns[Number(key.slice(1)) - 1];
      if (position && !position.star) return position.origins;
    }
    const row = WHOLE_ROWS.has(this.catalog.traits.name) ? scope.aliased(key) : undefined;
    if (row && row.any === null) {
      // `row_to_json(t)`: the whole row.
      const all = new Origins(this.budget);
      for (const one of this.columnsOf(row, 0, 0)) all.addAll(one.origins, TRANSFORMED);
      return all.all;
    }
    for (let env = scope.env; env; env = env.parent) {
      const value = env.values.get(key);
      if (value) return value;
      const written = env.written.get(key);
      if (!written) continue;
      if (this.within >= MAX_WITHIN) {
        this.findings.remark('too-deep', `${name.text} is an expression of more than ${MAX_WITHIN} others`, name.start);
        return NO_ORIGINS;
      }
      this.within++;
      try {
        return this.expression(written, scope);
      } finally {
        this.within--;
      }
    }
    if (open) {
      const spelled = this.catalog.fold(name);
      if (open.length === 1) return this.fromOpen(open[0]!, spelled, 0, 0);
      if (!this.budget.spend(open.length)) return NO_ORIGINS;
      const visible = open.filter((relation) => !relation.hidden);
      let candidates = visible.length > 0 ? visible : open;
      if (candidates.length > MAX_CANDIDATES) {
        this.findings.remark(
          'ambiguous-column',
          `${name.text} may be a column of any of ${candidates.length} tables; the first ${MAX_CANDIDATES} are given`,
          name.start,
        );
        candidates = candidates.slice(0, MAX_CANDIDATES);
      }
      const bases = new Set(candidates.map((relation) => relation.base));
      if (candidates.length === 1 || (bases.size === 1 && !bases.has(null)))
        return this.fromOpen(candidates[0]!, spelled, 0, 0).map((origin) => through(origin, INFERRED));
      const origins = new Origins(this.budget);
      for (const relation of candidates)
        for (const origin of this.fromOpen(relation, spelled, 0, 0))
          origins.add({ ...origin, flags: (origin.flags & ~INFERRED) | AMBIGUOUS });
      return origins.all;
    }
    // The alias of an unnested array is the element itself.
    const element = scope.element(key);
    if (element?.any) return element.any;
    const dynamic = scope.dynamic();
    if (dynamic.length === 1) return this.each(dynamic[0]!.any!, (origin) => through(origin, INFERRED));
    return NOT_HERE;
  }

  /** Of columns that differ only in case, those that the identifier's case rule means; all where it means none. */
  private spelled(name: Identifier, columns: readonly OutputColumn[]): readonly OutputColumn[] {
    if (columns.length === 1) return columns;
    const meant = this.catalog.fold(name);
    const exact = columns.filter((one) => one.name === meant);
    return exact.length > 0 ? exact : columns;
  }

  private relationNamed(qualifier: Path, scope: Scope): Relation | null {
    for (let current: Scope | null = scope; current; current = current.parent) {
      const found = this.relationIn(qualifier, current);
      if (found) return found;
    }
    if (qualifier.length === 1) {
      const record = this.findings.records.get(lower(qualifier[0]!));
      if (record) return this.fromOutput(record, null, false);
    }
    // Some engines accept the name of a table that has an alias.
    const last = lower(qualifier[qualifier.length - 1]!);
    for (let current: Scope | null = scope; current; current = current.parent) {
      const found = current.ofTable(last);
      if (found) return found;
    }
    return null;
  }

  private relationIn(qualifier: Path, scope: Scope): Relation | null {
    if (qualifier.length === 1) return scope.aliased(lower(qualifier[0]!)) ?? null;
    const wanted = qualifier.map(lower);
    const candidates = scope.named(wanted[wanted.length - 1]!);
    if (!this.budget.spend(candidates.length)) return null;
    for (const relation of candidates) {
      const { names } = relation;
      if (names.length >= wanted.length && wanted.every((part, i) => names[names.length - wanted.length + i] === part))
        return relation;
    }
    return null;
  }

  private qualified(path: Path, scope: Scope, start: number, end: number): readonly Origin[] {
    for (let current: Scope | null = scope; current; current = current.parent) {
      for (let length = Math.min(path.length - 1, 5); length >= 1; length--) {
        const relation = this.relationIn(path.slice(0, length), current);
        if (relation) return this.ofRelation(relation, path[length]!, path.slice(length + 1), start, end);
      }
    }
    // No table of that name: a struct column with its fields.
    const first = path[0]!;
    for (let current: Scope | null = scope; current; current = current.parent) {
      const isKnown = current.holding(lower(first)).length > 0;
      const isElement = current.element(lower(first)) !== undefined;
      const mayBe = STRUCT_DIALECTS.has(this.catalog.traits.name) && current.open().length > 0;
      if (!isKnown && !isElement && !mayBe) continue;
      const origins = this.unqualified(first, scope, start, end);
      return this.withFields(origins, path.slice(1));
    }
    const named = this.relationNamed(path.slice(0, -1), scope);
    if (named)
      return this.ofRelation(named, path[path.length - 1]!, [], start, end).map((origin) => through(origin, INFERRED));
    if (
      !/^(new|old|excluded|inserted|deleted)$/i.test(first.text) &&
      !this.variables.has(lower(first)) &&
      !PSEUDO.test(lower(path[path.length - 1]!)) &&
      !this.budget.gone
    ) {
      this.findings.remark(
        'unresolved-column',
        `${path.map((part) => part.text).join('.')} names no table of this query`,
        start,
      );
    }
    return NO_ORIGINS;
  }

  private withFields(origins: readonly Origin[], fields: Path): readonly Origin[] {
    if (fields.length === 0) return origins;
    const text = fields.map((field) => field.text).join('.');
    return this.each(origins, (origin) => ({
      ...origin,
      fields: origin.fields === '' ? text : `${origin.fields}.${text}`,
      flags: through(origin, TRANSFORMED).flags,
    }));
  }

  private ofRelation(
    relation: Relation,
    name: Identifier,
    fields: Path,
    start: number,
    end: number,
  ): readonly Origin[] {
    const known = relation.byKey.get(lower(name));
    if (known) {
      const origins = new Origins(this.budget);
      for (const one of this.spelled(name, known)) origins.addAll(this.placed(one.origins, relation, start, end));
      return this.withFields(origins.all, fields);
    }
    if (relation.open.length > 0)
      return this.withFields(this.fromOpen(relation, this.catalog.fold(name), start, end), fields);
    if (relation.any) return relation.any;
    if (relation.base) {
      // The text names the table, so it knows better than a schema that may be old.
      this.findings.remark(
        'unresolved-column',
        `${relation.base.name} has no column ${name.text} in the schema that was given`,
        start,
      );
      return this.withFields(
        [
          {
            node: this.catalog.column(relation.base, this.catalog.fold(name)),
            flags: INFERRED,
            start,
            end,
            fields: '',
          },
        ],
        fields,
      );
    }
    if (!this.budget.gone)
      this.findings.remark('unresolved-column', `${relation.alias ?? 'the query'} has no column ${name.text}`, start);
    return NO_ORIGINS;
  }
}

const NOT_HERE: readonly Origin[] = [];

function hasColumns(scope: Scope): boolean {
  for (let current: Scope | null = scope; current; current = current.parent)
    if (current.relations.length > 0) return true;
  return false;
}

/** It holds a query, so tables may be read in it. */
function reads(item: SelectItem): boolean {
  return item.kind === 'expression' && item.expression.subqueries.length > 0;
}

function openOf(columns: readonly OutputColumn[]): { readonly open: readonly OpenStar[] } {
  let open: OpenStar[] | null = null;
  for (const one of columns) if (one.star) (open ??= []).push(one.star);
  return { open: open ?? [] };
}

/** Columns under new names, by position; a star before a position makes the rest unknown. */
export function renamed(output: Output, names: readonly Identifier[], catalog: Catalog, budget: Budget): Output {
  if (names.length === 0) return output;
  if (output.columns.some((one) => one.star)) {
    const all = new Origins(budget);
    for (const one of output.columns) all.addAll(one.origins, INFERRED);
    return { columns: names.map((name) => column(catalog.fold(name), all.all)) };
  }
  return { columns: output.columns.map((one, i) => (names[i] ? column(catalog.fold(names[i]), one.origins) : one)) };
}

/** `PIVOT (...) AS p (a, b, ...)`: names for what passes and what is made, in this order. */
function positioned(
  passing: readonly OutputColumn[],
  made: readonly OutputColumn[],
  names: readonly Identifier[],
  catalog: Catalog,
  budget: Budget,
): readonly OutputColumn[] {
  if (names.length === 0) return [...passing, ...made];
  if (!passing.some((one) => one.star))
    return renamed({ columns: [...passing, ...made] }, names, catalog, budget).columns;
  // What passes is not known, but what is made stands at the end.
  const head = names.slice(0, Math.max(0, names.length - made.length));
  const tail = names.slice(head.length);
  const before = renamed({ columns: passing }, head, catalog, budget).columns;
  return [...before, ...made.map((one, i) => (tail[i] ? column(catalog.fold(tail[i]), one.origins) : one))];
}
