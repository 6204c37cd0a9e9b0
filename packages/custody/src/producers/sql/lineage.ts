/** Statements to lineage: what is read, what is written, and which column came from which. */
import { Budget } from './budget.ts';
import { Catalog, Session, type SchemaSource, type TableNode, type TableRef } from './catalog.ts';
import { LineMap, type Diagnostic, type DiagnosticCode, type SourceSpan } from './diagnostic.ts';
import { dialectNamed, traitsOf, type Dialect } from './dialect.ts';
import {
  AMBIGUOUS,
  COUNTED,
  INFERRED,
  KNOWN_CANDIDATE,
  kindOf,
  MASKED,
  Origins,
  THROUGH_STAR,
  TRANSFORMED,
  type Origin,
} from './origin.ts';
import { renamed, Resolver, type Findings, type InfluenceRole } from './resolve.ts';
import { Scope, Variables, type Environment, type Output, type OutputColumn } from './scope.ts';
import { readScript } from './script.ts';
import type {
  Assignment,
  Expression,
  FromItem,
  Identifier,
  Insertion,
  Path,
  Returning,
  SelectItem,
  Source,
  Span,
  Statement,
  Target,
} from './tree.ts';

export interface LineageOptions {
  /** A name from `DIALECTS` or one of its synonyms; `ansi` where nothing is said. */
  readonly dialect?: Dialect | (string & {});
  /** Put before names of one or two parts, as a session of the warehouse would. */
  readonly defaultDatabase?: string | null;
  readonly defaultSchema?: string | null;
  /** Columns of tables: needed to expand `*` and to place columns without a qualifier in joins. */
  readonly schema?: SchemaSource;
  /** Carries temporary tables and USE from one call to the next. */
  readonly session?: Session;
  /** A select item may use the alias of an earlier one; the dialect decides where nothing is said. */
  readonly lateralAliases?: boolean;
}

export interface ColumnEnd {
  readonly table: string;
  readonly column: string;
}

export interface ColumnEdge {
  readonly from: ColumnEnd;
  /** `table` is null for a query that writes nothing. */
  readonly to: { readonly table: string | null; readonly column: string };
  readonly kind: 'identity' | 'transformation' | 'aggregation';
  /** False where the column only decides the value: a CASE condition, a window's partition, a sort within an aggregate. */
  readonly direct: boolean;
  readonly via: null | 'condition' | 'window' | 'sort';
  /** A known masking function (hash, cipher, mask) stands between, on this path. */
  readonly masked: boolean;
  /** Only how many there are comes through on this path: COUNT and the like. */
  readonly counted: boolean;
  /**
   * `certain`: the text, with the schema given, allows nothing else. `inferred`: the only table whose columns are not
   * known must hold it. `ambiguous`: several tables may; there is one edge for each, and `candidates` names them all.
   */
  readonly certainty: 'certain' | 'inferred' | 'ambiguous';
  readonly candidates: readonly string[];
  /** The candidates are known to have this column, so the text itself is ambiguous; else a schema would settle it. */
  readonly candidatesKnown: boolean;
  /** Known only through a `*` over a table whose columns are not known. */
  readonly throughStar: boolean;
  /** Fields behind the column, `address.city`; empty for the whole column. */
  readonly fields: string;
  /** Where the source column (or the `*` that stands for it) is written. */
  readonly span: SourceSpan;
}

/** A column that decides which rows there are, or in which order: OpenLineage's indirect lineage of the whole dataset. */
export interface Influence {
  readonly role: InfluenceRole;
  readonly from: ColumnEnd;
  readonly certainty: ColumnEdge['certainty'];
  readonly masked: boolean;
  readonly span: SourceSpan;
}

export interface StatementLineage {
  /** `query`, `insert`, `update`, `delete`, `merge`, `create_table`, `create_view`, `copy`, `procedure`, `drop`, `other`, ... */
  readonly kind: string;
  readonly span: SourceSpan;
  readonly inputs: readonly TableRef[];
  readonly outputs: readonly TableRef[];
  readonly columns: readonly ColumnEdge[];
  readonly influences: readonly Influence[];
  /** Rows reach the outputs. False for DROP, DELETE, TRUNCATE, ALTER, which change a table without giving it data. */
  readonly movesData: boolean;
  readonly drops: readonly TableRef[];
  readonly renames: readonly { readonly from: TableRef; readonly to: TableRef }[];
  /** The statements of a procedure, function, trigger or task; the routine itself carries their union. */
  readonly body: readonly StatementLineage[];
}

export interface Lineage {
  readonly dialect: Dialect;
  readonly statements: readonly StatementLineage[];
  readonly diagnostics: readonly Diagnostic[];
}

const MAX_DIAGNOSTICS = 2_000;
/** A variable that is assigned in a loop over a long script gathers columns. */
const MAX_HELD = 500;

/** Statement by statement, what a text reads and writes. Never throws for what the text contains. */
export function lineage(sql: string, options: LineageOptions = {}): Lineage {
  const statements: StatementLineage[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const one of eachStatement(sql, options)) {
    if (one.statement) statements.push(one.statement);
    for (const diagnostic of one.diagnostics) diagnostics.push(diagnostic);
  }
  return { dialect: dialectNamed(options.dialect ?? 'ansi') ?? 'ansi', statements, diagnostics };
}

export interface StatementFound {
  /** Null where there is nothing but diagnostics. */
  readonly statement: StatementLineage | null;
  /** What was noticed since the statement before. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The same, one statement after another as they are asked for, so that the answer to a large script never stands in
 * memory at once. `lineage` is this, gathered.
 */
export function* eachStatement(sql: string, options: LineageOptions = {}): Generator<StatementFound, void> {
  const named = dialectNamed(options.dialect ?? 'ansi');
  let traits = traitsOf(named ?? 'ansi');
  if (options.lateralAliases !== undefined) traits = { ...traits, lateralAliases: options.lateralAliases };
  const lines = new LineMap(sql);
  const catalog = new Catalog(
    traits,
    options.defaultDatabase ?? null,
    options.defaultSchema ?? null,
    options.schema,
    options.session ?? new Session(),
  );
  let diagnostics: Diagnostic[] = [];
  let told = 0;
  const remark = (code: DiagnosticCode, message: string, offset: number): void => {
    if (++told > MAX_DIAGNOSTICS) return;
    const { line, column: at } = lines.position(offset);
    diagnostics.push({ severity: SEVERITY[code], code, message, offset, line, column: at });
  };
  if (!named) remark('unknown-dialect', `no dialect is called ${options.dialect}; read as ansi`, 0);
  const reader = new StatementReader(sql, lines, catalog, remark);
  const script = readScript(sql, traits, remark);
  for (const { statement, variables } of script) {
    yield { statement: reader.read(statement, variables), diagnostics };
    diagnostics = [];
  }
  if (diagnostics.length > 0) yield { statement: null, diagnostics };
}

const NO_ORIGINS: readonly Origin[] = [];

const SEVERITY: Readonly<Record<DiagnosticCode, Diagnostic['severity']>> = {
  'unclosed-string': 'error',
  'unclosed-identifier': 'error',
  'unclosed-comment': 'error',
  'unbalanced-parenthesis': 'error',
  'unexpected-token': 'warning',
  'missing-name': 'error',
  'too-deep': 'error',
  'too-many-edges': 'warning',
  'too-much-work': 'warning',
  'unresolved-column': 'warning',
  'ambiguous-column': 'warning',
  'unknown-dialect': 'warning',
};

interface TargetColumn {
  readonly table: TableNode | null;
  readonly column: string;
  readonly origins: readonly Origin[];
}

/** What one statement has been found to do so far. */
class Collected {
  readonly inputs = new Map<number, TableNode>();
  readonly outputs = new Map<number, TableNode>();
  readonly drops: TableRef[] = [];
  readonly renames: { from: TableRef; to: TableRef }[] = [];
  readonly columns: TargetColumn[] = [];
  readonly influences = new Map<string, { role: InfluenceRole; origin: Origin }>();
  movesData = false;
  /** Where the first edge that was left out begins. */
  firstLost: number | null = null;
  lostInfluence = false;
}

class StatementReader {
  private readonly sql: string;
  private readonly lines: LineMap;
  private readonly catalog: Catalog;
  private readonly remark: Findings['remark'];
  private readonly records = new Map<string, Output>();
  /** What variables hold: the union over all assignments, because control flow is not followed. */
  private readonly values = new Map<string, Origins>();
  private readonly resolver: Resolver;
  private readonly overfull = new Set<string>();
  private readonly budget = new Budget();
  private collected = new Collected();

  constructor(sql: string, lines: LineMap, catalog: Catalog, remark: Findings['remark']) {
    this.sql = sql;
    this.lines = lines;
    this.catalog = catalog;
    this.remark = remark;
    this.resolver = new Resolver(
      catalog,
      {
        input: (table) => this.input(table),
        influence: (role, origin) => this.influence(role, origin),
        statement: (inner, env) => this.inner(inner, env),
        remark,
        text: (start, end) => sql.slice(start, end),
        valueOf: (variable) => this.values.get(variable)?.all ?? NO_ORIGINS,
        records: this.records,
      },
      this.budget,
    );
  }

  read(statement: Statement, variables: Variables): StatementLineage {
    if (statement.kind === 'routine') return this.routine(statement, variables);
    this.budget.begin(statement.span.end - statement.span.start);
    this.catalog.beginStatement();
    this.resolver.beginStatement(variables);
    this.collected = new Collected();
    const kind = this.statement(statement, null);
    return this.finish(kind, statement.span);
  }

  private routine(statement: Extract<Statement, { kind: 'routine' }>, outer: Variables): StatementLineage {
    const variables = new Variables(outer);
    variables.add(statement.variables);
    const subject = statement.subject.length > 0 ? this.subject(statement.subject) : null;
    const body = statement.body.map((inner) => this.read(inner, variables));
    if (subject) for (const name of ROWS_OF_TRIGGER) this.records.delete(name);
    const flat = body.filter((one) => one.movesData || one.outputs.length === 0);
    const writes = flat.some((one) => one.outputs.length > 0);
    return {
      kind: statement.what,
      span: this.span(statement.span),
      inputs: distinct([
        ...(subject && flat.some((one) => one.columns.some(({ from }) => from.table === subject.name))
          ? [subject]
          : []),
        ...flat.flatMap((one) => one.inputs),
      ]),
      outputs: distinct(flat.flatMap((one) => one.outputs)),
      columns: flat.flatMap((one) => (writes ? one.columns.filter((edge) => edge.to.table !== null) : one.columns)),
      influences: flat.flatMap((one) => one.influences),
      movesData: flat.some((one) => one.movesData),
      drops: [],
      renames: [],
      body,
    };
  }

  /** In a trigger, rows of its table are known by names of their own. */
  private subject(path: Path): TableRef {
    this.catalog.beginStatement();
    this.resolver.beginStatement(new Variables(null));
    this.budget.begin(0);
    this.collected = new Collected();
    const scope = new Scope(null, null);
    const span = { start: path[0]!.start, end: path[path.length - 1]!.end };
    this.resolver.from([plain({ kind: 'table', path, span, alias: { name: null, columns: [] } })], scope);
    const columns = this.resolver.items([everything(span)], scope, new Map());
    for (const name of ROWS_OF_TRIGGER) this.records.set(name, { columns });
    return reference(this.catalog.table(path));
  }

  private hold(variable: string, origins: readonly Origin[]): void {
    let held = this.values.get(variable);
    if (!held) this.values.set(variable, (held = new Origins(this.budget)));
    const room = MAX_HELD - held.all.length;
    const grounded = this.resolver.grounded(origins);
    held.addAll(grounded.length > room ? grounded.slice(0, Math.max(0, room)) : grounded, INFERRED);
    if (grounded.length > room && room <= 0 && !this.overfull.has(variable)) {
      this.overfull.add(variable);
      this.remark(
        'too-many-edges',
        `${variable} may hold any of more than ${MAX_HELD} columns; the first are given`,
        grounded[0]!.start,
      );
    }
  }

  private span(span: Span): SourceSpan {
    return { start: this.lines.position(span.start), end: this.lines.position(span.end) };
  }

  private input(table: TableNode): void {
    this.collected.inputs.set(table.id, table);
  }

  private output(table: TableNode): void {
    this.collected.outputs.set(table.id, table);
    this.collected.movesData = true;
  }

  private influence(role: InfluenceRole, origin: Origin): void {
    const key = `${role}:${origin.node.id}:${origin.flags}`;
    if (this.collected.influences.has(key)) return;
    if (this.budget.influence()) this.collected.influences.set(key, { role, origin });
    else this.collected.lostInfluence = true;
  }

  private target(target: Target): TableNode {
    return target.kind === 'location' ? this.catalog.location(target.name) : this.catalog.table(target.path);
  }

  private write(table: TableNode | null, name: string, origins: readonly Origin[]): void {
    const grounded = this.resolver.grounded(origins);
    if (grounded.length === 0) return;
    const kept = this.budget.edges(grounded.length);
    if (kept > 0)
      this.collected.columns.push({
        table,
        column: name,
        origins: kept < grounded.length ? grounded.slice(0, kept) : grounded,
      });
    if (kept < grounded.length && this.collected.firstLost === null) this.collected.firstLost = grounded[kept]!.start;
  }

  private writeAll(table: TableNode | null, columns: readonly OutputColumn[]): void {
    for (const one of columns) this.write(table, one.name, one.origins);
  }

  /** A statement in the place of a query; returns what its RETURNING gives. */
  private inner(statement: Statement, env: Environment | null): Output {
    if (statement.kind === 'query') return this.resolver.query(statement.query, null, env);
    this.statement(statement, env);
    // What a DELETE hands on has been read.
    if (statement.kind === 'delete' && statement.returning.items.length > 0)
      for (const table of this.collected.outputs.values()) if (!this.collected.inputs.has(table.id)) this.input(table);
    return this.lastReturning;
  }

  private lastReturning: Output = { columns: [] };

  private returning({ items, into, columns, variables }: Returning, scope: Scope, main: TableNode | null): void {
    const own = main && scope.relations.find(({ base }) => base === main)?.alias;
    const named = own ? items.map((item) => overTarget(item, own)) : items;
    this.lastReturning = { columns: named.length > 0 ? this.resolver.items(named, scope, new Map()) : [] };
    variables.forEach((name, i) => this.hold(name, this.lastReturning.columns[i]?.origins ?? NO_ORIGINS));
    if (!into) return;
    const table = this.target(into);
    if (main) this.input(main);
    this.output(table);
    this.writeAll(table, renamed(this.lastReturning, columns, this.catalog, this.budget).columns);
  }

  /** Resolves one statement into `collected`; returns what kind it is. */
  private statement(statement: Statement, env: Environment | null): string {
    switch (statement.kind) {
      case 'query': {
        const { query } = statement;
        const output = this.resolver.query(query, null, env);
        const into = intoOf(statement);
        if (into) {
          const isFile = into.length === 1 && /[/.:]/.test(into[0]!.text) && into[0]!.quoted;
          const table = isFile ? this.catalog.location(into[0]!.text) : this.catalog.table(into);
          if (query.body.kind === 'select' && query.body.intoTemporary) table.temporary = true;
          this.output(table);
          this.writeAll(table, output.columns);
          if (!isFile) this.catalog.remember(table, this.budget.gone ? null : namesOf(output), table.temporary);
          return isFile ? 'export' : 'create_table';
        }
        const variables = query.body.kind === 'select' ? query.body.intoVariables : null;
        // `SELECT * INTO rec`: a row, whose fields are asked for later.
        if (variables?.length === 1 && (output.columns.length > 1 || output.columns[0]?.star))
          this.records.set(variables[0]!, output);
        if (variables) variables.forEach((name, i) => this.hold(name, output.columns[i]?.origins ?? NO_ORIGINS));
        for (const one of output.columns) {
          if (one.name.startsWith('@')) this.hold(one.key, one.origins);
          else if (!variables) this.write(null, one.name, one.origins);
        }
        return 'query';
      }
      case 'create':
        return this.create(statement, env);
      case 'insert':
        return this.insert(statement, env);
      case 'update':
        return this.update(statement, env);
      case 'delete':
        return this.remove(statement, env);
      case 'merge':
        return this.merge(statement, env);
      case 'transfer':
        return this.transfer(statement, env);
      case 'drop':
        for (const path of statement.targets) {
          const table = this.catalog.table(path);
          this.collected.drops.push(table);
          this.collected.outputs.set(table.id, table);
          this.catalog.forget(table);
        }
        return statement.what === 'view' ? 'drop_view' : 'drop_table';
      case 'rename':
        for (const [from, to] of statement.pairs) {
          const source = this.catalog.table(from);
          // `ALTER TABLE db.a RENAME TO b` keeps the schema.
          const qualified = to.length === 1 && from.length > 1 ? [...from.slice(0, -1), ...to] : to;
          const target = this.catalog.table(qualified);
          this.collected.renames.push({ from: source, to: target });
          this.catalog.remember(target, source.columns, source.temporary);
          this.catalog.forget(source);
        }
        return 'rename';
      case 'alter':
      case 'truncate': {
        if (statement.target.length > 0) {
          const table = this.catalog.table(statement.target);
          this.collected.outputs.set(table.id, table);
        }
        return statement.kind;
      }
      case 'use':
        this.catalog.use(statement.path, statement.schemaOnly);
        return 'use';
      case 'read':
        {
          const origins = this.resolver.expression(statement.value, new Scope(null, env));
          if (statement.variable !== null) this.hold(statement.variable, origins);
        }
        return statement.verb;
      case 'fetch': {
        const output = this.records.get(statement.cursor);
        if (output && statement.record !== null) this.records.set(statement.record, output);
        if (output) statement.variables.forEach((name, i) => this.hold(name, output.columns[i]?.origins ?? NO_ORIGINS));
        return 'fetch';
      }
      case 'cursor': {
        const output = this.resolver.query(statement.query, null, env);
        this.records.set(statement.name.text.toLowerCase(), output);
        this.writeAll(null, output.columns);
        return 'query';
      }
      case 'routine':
      case 'other':
        return statement.kind === 'other' ? statement.verb : statement.what;
    }
  }

  private create(statement: Extract<Statement, { kind: 'create' }>, env: Environment | null): string {
    const kind =
      statement.what === 'view' ? 'create_view' : statement.what === 'stream' ? 'create_stream' : 'create_table';
    let output: Output | null = null;
    if (statement.query) output = this.resolver.query(statement.query, null, env);
    const target = statement.into ? this.catalog.table(statement.into) : this.target(statement.target);
    this.output(target);
    if (output) {
      const named =
        statement.columns.length > 0 && !(statement.into && statement.columns.length !== output.columns.length)
          ? renamed(output, statement.columns, this.catalog, this.budget)
          : output;
      this.writeAll(target, named.columns);
      this.catalog.remember(target, this.budget.gone ? null : namesOf(named), statement.temporary);
    } else if (statement.like) {
      const scope = new Scope(null, env);
      this.resolver.from([plain(statement.like)], scope);
      const all = this.resolver.items([everything(statement.span)], scope, new Map());
      if (statement.copiesRows) this.writeAll(target, all);
      this.catalog.remember(target, this.budget.gone ? null : namesOf({ columns: all }), statement.temporary);
    } else {
      this.catalog.remember(
        target,
        statement.columns.length > 0 ? statement.columns.map((name) => this.catalog.fold(name)) : null,
        statement.temporary,
      );
    }
    if (statement.temporary) target.temporary = true;
    return kind;
  }

  private insert(statement: Extract<Statement, { kind: 'insert' }>, outer: Environment | null): string {
    const env = this.resolver.environment(statement.ctes, statement.recursive, outer, null);
    if (statement.shared) this.resolver.share(statement.shared, env);
    for (const insertion of statement.insertions) {
      const output = insertion.query ? this.resolver.query(insertion.query, null, env) : { columns: [] };
      const table = this.target(insertion.target);
      if (table.name === '') continue;
      this.output(table);
      const filled = this.filled(insertion, table, output);
      for (const { name, origins } of filled) this.write(table, name, origins);
      if (statement.conflict.length > 0) this.conflict(statement.conflict, insertion, table, filled, env);
      if (statement.returning.items.length > 0)
        this.returning(statement.returning, this.scopeOver(insertion.target, env), table);
    }
    return 'insert';
  }

  /** Columns of the target with what they are filled from. */
  private filled(
    insertion: Insertion,
    table: TableNode,
    output: Output,
  ): { name: string; origins: readonly Origin[] }[] {
    const listed: readonly string[] | null =
      insertion.columns.length > 0 ? insertion.columns.map((name) => this.spelled(table, name)) : null;
    const hasStar = output.columns.some((one) => one.star);
    const tail = insertion.dynamic.map((name) => this.catalog.fold(name));
    if (insertion.byName)
      return output.columns.map((one) => ({ name: this.spelledText(table, one.name), origins: one.origins }));
    let names = listed;
    if (!names && table.columns) {
      const partition = new Set([...insertion.fixed, ...insertion.dynamic].map((name) => name.text.toLowerCase()));
      const own = table.columns.filter((name) => !partition.has(name.toLowerCase()));
      const all = [...own, ...tail];
      // A column count that does not fit says that the schema is of another time: names of the query are the better guess.
      if (all.length === output.columns.length || table.columns.length === output.columns.length)
        names = all.length === output.columns.length ? all : table.columns;
    } else if (names && tail.length > 0) names = [...names, ...tail];
    if (!names && tail.length > 0 && !hasStar && output.columns.length > tail.length) {
      // Partitions are filled last, whatever the query calls them.
      const first = output.columns.length - tail.length;
      names = [...output.columns.slice(0, first).map((one) => one.name), ...tail];
    }
    if (hasStar && names) {
      const all = new Origins(this.budget);
      for (const one of output.columns) all.addAll(one.origins, INFERRED);
      if (output.columns.length === 1) return names.map((name) => ({ name, origins: all.all }));
      return output.columns.map((one) => ({ name: one.star ? '*' : one.name, origins: one.origins }));
    }
    return output.columns.map((one, i) => ({ name: names?.[i] ?? one.name, origins: one.origins }));
  }

  private spelled(table: TableNode, name: Identifier): string {
    return this.spelledText(table, this.catalog.fold(name));
  }

  private spelledText(table: TableNode, name: string): string {
    return this.catalog.spelling(table, name) ?? name;
  }

  /** ON CONFLICT and ON DUPLICATE KEY: `excluded.a`, `new.a` and `VALUES(a)` are the row that was to be inserted. */
  private conflict(
    sets: readonly Assignment[],
    insertion: Insertion,
    table: TableNode,
    filled: readonly { name: string; origins: readonly Origin[] }[],
    env: Environment | null,
  ): void {
    const scope = this.scopeOver(
      {
        kind: 'table',
        path: table.parts.map((text) => ({ text, quoted: true, start: 0, end: 0 })),
        span: { start: 0, end: 0 },
      },
      env,
      insertion.alias,
    );
    const body = insertion.query?.body;
    if (insertion.query && body?.kind === 'select' && body.from.length > 0) {
      // MySQL lets the update name the tables of the query, too; its own columns come first. They have been read already.
      const { ctes, recursive } = insertion.query;
      const inner = new Scope(scope, this.resolver.environment(ctes, recursive, env, null));
      this.resolver.from(body.from, inner);
      for (const relation of inner.relations)
        if (relation.alias !== null && !scope.aliased(relation.alias))
          scope.add({ ...relation, byKey: new Map(), open: relation.open, columns: relation.columns });
    }
    const byName = new Map(filled.map((one) => [one.name.toLowerCase(), one.origins]));
    for (const set of sets) {
      const name = set.targets[0]?.at(-1);
      if (!name) continue;
      const origins = new Origins(this.budget);
      const own: Expression = {
        ...set.value,
        references: set.value.references.filter((reference) => !isInserted(reference.path)),
      };
      for (const reference of set.value.references) {
        if (isInserted(reference.path))
          origins.addAll(byName.get(reference.path[1]!.text.toLowerCase()) ?? [], set.value.bare ? 0 : TRANSFORMED);
      }
      if (own.references.length > 0 || own.subqueries.length > 0)
        origins.addAll(this.resolver.expression({ ...own, bare: own.bare && own.references.length === 1 }, scope));
      this.write(table, this.spelled(table, name), origins.all);
    }
  }

  /** A scope with one table; reading it here does not make it an input. */
  private scopeOver(target: Target, env: Environment | null, alias: Identifier | null = null): Scope {
    const scope = new Scope(null, env);
    if (target.kind === 'location') return scope;
    const wasInput = new Set(this.collected.inputs.keys());
    this.resolver.from(
      [plain({ kind: 'table', path: target.path, span: target.span, alias: { name: alias, columns: [] } })],
      scope,
    );
    for (const id of this.collected.inputs.keys()) if (!wasInput.has(id)) this.collected.inputs.delete(id);
    return scope;
  }

  /** Adds the relations of `items` without calling their tables inputs; returns the tables that were added. */
  private addTargets(items: readonly FromItem[], scope: Scope): TableNode[] {
    const before = new Set(this.collected.inputs.keys());
    this.resolver.from(items, scope);
    const added: TableNode[] = [];
    for (const [id, table] of this.collected.inputs) if (!before.has(id)) added.push(table);
    return added;
  }

  private update(statement: Extract<Statement, { kind: 'update' }>, outer: Environment | null): string {
    const env = this.resolver.environment(statement.ctes, statement.recursive, outer, null);
    const scope = new Scope(null, env);
    const first = statement.targets[0]?.source;
    this.resolver.from(statement.from, scope);
    // T-SQL and Teradata: `UPDATE a SET ... FROM t AS a` names a source, not another table.
    const alias = first?.kind === 'table' && first.path.length === 1 ? first.path[0]!.text.toLowerCase() : null;
    const named = alias !== null && statement.from.length > 0 ? (scope.aliased(alias)?.base ?? null) : null;
    let main: TableNode | null = named;
    if (named) this.collected.inputs.delete(named.id);
    else {
      const inputs = new Set(this.collected.inputs.keys());
      this.addTargets(statement.targets, scope);
      main = first?.kind === 'table' && first.path.length > 0 ? this.throughEnvironment(first, scope) : null;
      if (main && !inputs.has(main.id) && statement.targets.length === 1) this.collected.inputs.delete(main.id);
    }
    if (main) this.resolver.evidence(scope, main, assigned(statement.sets));
    for (const set of statement.sets) this.assign(set, main, scope);
    for (const filter of statement.filters) this.resolver.influence('filter', filter, scope, false);
    if (this.collected.outputs.size === 0 && main) this.output(main);
    // A table that is joined to be updated is an input where its values reach another.
    const gives = new Set<number>();
    for (const one of this.collected.columns)
      for (const origin of one.origins) if (origin.node.table !== one.table) gives.add(origin.node.table.id);
    for (const id of this.collected.outputs.keys())
      if (statement.from.length === 0 && !gives.has(id)) this.collected.inputs.delete(id);
    this.returning(statement.returning, scope, main);
    return 'update';
  }

  /** The table behind a name in UPDATE or MERGE, seen through its alias in the scope. */
  private throughEnvironment(source: Extract<Source, { kind: 'table' }>, scope: Scope): TableNode | null {
    const key = (source.alias.name ?? source.path[source.path.length - 1]!).text.toLowerCase();
    const relation = scope.aliased(key);
    if (relation?.base) return relation.base;
    // An updatable CTE of T-SQL: its only base table.
    const bases = new Set((relation?.columns ?? []).flatMap((one) => one.origins.map((origin) => origin.node.table)));
    if (bases.size === 1) return [...bases][0]!;
    return relation ? (relation.open[0]?.table ?? null) : this.catalog.table(source.path);
  }

  private assign(set: Assignment, main: TableNode | null, scope: Scope): void {
    const values = set.values.length > 0 ? set.values.map((value) => this.resolver.expression(value, scope)) : null;
    const subquery = values === null && set.targets.length > 1 ? set.value.subqueries[0] : undefined;
    const output = subquery ? this.resolver.query(subquery.query, scope, scope.env) : null;
    const whole = values || output ? [] : this.resolver.expression(set.value, scope);
    set.targets.forEach((path, i) => {
      // `SET address.city = ...` names a field, unless a table is called address.
      const qualifier = path[path.length - 2]?.text.toLowerCase();
      const isField =
        qualifier !== undefined &&
        path.length === 2 &&
        !scope.aliased(qualifier) &&
        main?.parts.at(-1)?.toLowerCase() !== qualifier;
      const name = isField ? path[0]! : path[path.length - 1]!;
      const owner =
        path.length > 1 && !isField
          ? (scope.aliased(path[path.length - 2]!.text.toLowerCase())?.base ?? main)
          : this.ownerOf(name, main, scope);
      const origins = values ? (values[i] ?? []) : output ? (output.columns[i]?.origins ?? []) : whole;
      if (!owner) {
        // Oracle: `UPDATE (SELECT a.v AS x ...) SET x = ...` writes the column behind the view's.
        const behind = this.resolver.reference(
          { path, star: false, role: 'value', aggregated: false, masked: false, start: name.start, end: name.end },
          scope,
        );
        if (behind.length !== 1) return;
        this.output(behind[0]!.node.table);
        this.write(behind[0]!.node.table, behind[0]!.node.name, origins);
        return;
      }
      this.output(owner);
      this.write(owner, this.spelled(owner, name), origins);
    });
  }

  /** MySQL: `UPDATE a JOIN b SET x = ...` may set a column of either. */
  private ownerOf(name: Identifier, main: TableNode | null, scope: Scope): TableNode | null {
    if (main?.columns === null || (main && this.catalog.spelling(main, name.text) !== undefined)) return main;
    const owner = scope.relations.find(({ base }) => base && this.catalog.spelling(base, name.text) !== undefined);
    return owner?.base ?? main;
  }

  private remove(statement: Extract<Statement, { kind: 'delete' }>, outer: Environment | null): string {
    const env = this.resolver.environment(statement.ctes, statement.recursive, outer, null);
    const scope = new Scope(null, env);
    this.resolver.from(statement.using, scope);
    const inputs = new Set(this.collected.inputs.keys());
    this.resolver.from(statement.from, scope);
    const targets: TableNode[] = [];
    if (statement.names.length > 0) {
      for (const path of statement.names) {
        const base = scope.aliased(path[path.length - 1]!.text.toLowerCase())?.base;
        targets.push(base ?? this.catalog.table(path));
      }
    } else {
      const first = statement.from[0]?.source;
      const aliased =
        first?.kind === 'table' && first.path.length === 1 && statement.using.length > 0
          ? scope.aliased(first.path[0]!.text.toLowerCase())?.base
          : null;
      const base =
        aliased ?? (first?.kind === 'table' && first.path.length > 0 ? this.throughEnvironment(first, scope) : null);
      if (base) targets.push(base);
      if (first?.kind === 'table' && aliased) this.collected.inputs.delete(this.catalog.table(first.path).id);
    }
    for (const target of targets) {
      this.collected.outputs.set(target.id, target);
      if (!inputs.has(target.id) || statement.names.length > 0) this.collected.inputs.delete(target.id);
    }
    for (const filter of statement.filters) this.resolver.influence('filter', filter, scope, false);
    this.returning(statement.returning, scope, targets[0] ?? null);
    return 'delete';
  }

  private merge(statement: Extract<Statement, { kind: 'merge' }>, outer: Environment | null): string {
    const env = this.resolver.environment(statement.ctes, statement.recursive, outer, null);
    const scope = new Scope(null, env);
    const before = new Set(this.collected.inputs.keys());
    this.addTargets([plain(statement.target)], scope);
    for (const id of this.collected.inputs.keys()) if (!before.has(id)) this.collected.inputs.delete(id);
    const main =
      statement.target.kind === 'table' && statement.target.path.length > 0
        ? this.throughEnvironment(statement.target, scope)
        : null;
    const sourceScope = new Scope(scope, env);
    this.resolver.from([{ ...statement.source, on: [] }], sourceScope);
    for (const relation of sourceScope.relations) scope.add(relation);
    for (const on of statement.source.on) this.resolver.influence('join', on, scope, false);
    if (main) this.output(main);
    if (main)
      this.resolver.evidence(
        scope,
        main,
        statement.actions.flatMap((action) =>
          action.kind === 'update'
            ? assigned(action.sets)
            : action.kind === 'insert'
              ? action.columns.flatMap((path) => path.slice(-1))
              : [],
        ),
      );
    // An unqualified value of INSERT can only be a column of the source.
    const insertScope = new Scope(scope, env);
    for (const relation of sourceScope.relations) insertScope.add(relation);
    for (const action of statement.actions) {
      if (action.condition) this.resolver.influence('filter', action.condition, scope, false);
      switch (action.kind) {
        case 'update':
          if (action.all) this.mergeAll(main, sourceScope, statement.span);
          for (const set of action.sets) this.assign(set, main, scope);
          break;
        case 'insert': {
          if (action.all) {
            this.mergeAll(main, sourceScope, statement.span);
            break;
          }
          if (!main) break;
          const listed = action.columns.map((path) => this.spelled(main, path[path.length - 1]!));
          const names = listed.length > 0 ? listed : (main.columns ?? []);
          action.values.forEach((value, i) => {
            const own = value.name ? this.catalog.fold(value.name) : this.sql.slice(value.start, value.end);
            const isStar = value.references[0]?.star === true;
            if (isStar) return;
            this.write(main, names[i] ?? own, this.resolver.expression(value, insertScope));
          });
          break;
        }
        case 'delete':
          break;
      }
    }
    this.returning(statement.returning, scope, main);
    return 'merge';
  }

  /** `UPDATE SET *`, `INSERT *`, `INSERT ROW`: columns by name. */
  private mergeAll(main: TableNode | null, source: Scope, span: Span): void {
    if (!main) return;
    for (const one of this.resolver.items([everything(span)], source, new Map())) {
      if (main.columns && !one.star && this.catalog.spelling(main, one.key) === undefined) continue;
      this.write(main, one.star ? '*' : this.spelledText(main, one.name), one.origins);
    }
  }

  private transfer(statement: Extract<Statement, { kind: 'transfer' }>, env: Environment | null): string {
    const target = this.target(statement.target);
    if (target.name !== '') this.output(target);
    const scope = new Scope(null, env);
    this.resolver.from(statement.from.map(plain), scope);
    const output = statement.query
      ? this.resolver.query(statement.query, null, env)
      : { columns: this.resolver.items([everything(statement.span)], scope, new Map()) };
    if (target.name === '') this.writeAll(null, output.columns);
    else if (statement.query && statement.columns.length > 0)
      this.writeAll(target, renamed(output, statement.columns, this.catalog, this.budget).columns);
    else this.writeAll(target, output.columns);
    return statement.verb;
  }

  private finish(kind: string, span: Span): StatementLineage {
    const { collected } = this;
    const columns: ColumnEdge[] = [];
    // Several inserts of one statement may give the same edge.
    const seen = new Map<string, Set<string>>();
    for (const { table, column: name, origins } of collected.columns) {
      const candidates = candidatesOf(origins);
      const target = `${table?.name ?? ''}\u0000${name}`;
      const before = seen.get(target);
      const marks = before ?? new Set<string>();
      if (!before) seen.set(target, marks);
      for (const origin of origins) {
        if (origin.node.table.name.startsWith('\u0000')) continue;
        const mark = `${origin.node.id}:${origin.flags & ~(THROUGH_STAR | KNOWN_CANDIDATE)}:${origin.fields}`;
        if (marks.has(mark)) continue;
        marks.add(mark);
        columns.push(this.edge(origin, table, name, candidates));
      }
    }
    const influences: Influence[] = [];
    for (const { role, origin } of collected.influences.values()) {
      for (const base of this.resolver.grounded([origin])) {
        influences.push({
          role,
          from: endOf(base),
          certainty: certaintyOf(base.flags),
          masked: (base.flags & MASKED) !== 0,
          span: this.span(base),
        });
      }
    }
    if (collected.firstLost !== null)
      this.remark(
        'too-many-edges',
        `only the first ${columns.length} edges of this statement are given`,
        collected.firstLost,
      );
    if (collected.lostInfluence)
      this.remark(
        'too-many-edges',
        `only the first ${influences.length} columns that decide which rows there are, or in which order, are given`,
        span.start,
      );
    if (this.budget.gone)
      this.remark(
        'too-much-work',
        'this statement has more columns, or ways to them, than are followed; what was found so far is given',
        span.start,
      );
    return {
      kind,
      span: this.span(span),
      inputs: [...collected.inputs.values()].map(reference),
      outputs: [...collected.outputs.values()].map(reference),
      columns,
      influences,
      movesData: collected.movesData,
      drops: collected.drops.map(reference),
      renames: collected.renames.map(({ from, to }) => ({ from: reference(from), to: reference(to) })),
      body: [],
    };
  }

  private edge(
    origin: Origin,
    table: TableNode | null,
    name: string,
    candidates: ReadonlyMap<number, readonly string[]>,
  ): ColumnEdge {
    const { flags } = origin;
    const via = VIA[(flags >> 3) & 3]!;
    return {
      from: endOf(origin),
      to: { table: table?.name ?? null, column: name },
      kind: kindOf(flags),
      direct: via === null,
      via,
      masked: (flags & MASKED) !== 0,
      counted: (flags & COUNTED) !== 0,
      certainty: certaintyOf(flags),
      candidates: flags & AMBIGUOUS ? (candidates.get(origin.start) ?? []) : NO_CANDIDATES,
      candidatesKnown: (flags & KNOWN_CANDIDATE) !== 0,
      throughStar: (flags & THROUGH_STAR) !== 0,
      fields: origin.fields,
      span: this.span(origin),
    };
  }
}

const ROWS_OF_TRIGGER = ['new', 'old', 'inserted', 'deleted'] as const;
const VIA = [null, 'condition', 'window', 'sort'] as const;
const NO_CANDIDATES: readonly string[] = [];

function certaintyOf(flags: number): ColumnEdge['certainty'] {
  return flags & AMBIGUOUS ? 'ambiguous' : flags & INFERRED ? 'inferred' : 'certain';
}

function endOf(origin: Origin): ColumnEnd {
  return { table: origin.node.table.name, column: origin.node.name };
}

function reference(table: TableRef): TableRef {
  return { name: table.name, parts: table.parts, kind: table.kind, temporary: table.temporary };
}

/** Tables that one ambiguous reference may mean, by the place of the reference. */
function candidatesOf(origins: readonly Origin[]): ReadonlyMap<number, readonly string[]> {
  let found: Map<number, Set<string>> | null = null;
  for (const origin of origins) {
    if (!(origin.flags & AMBIGUOUS)) continue;
    found ??= new Map();
    const names = found.get(origin.start);
    if (names) names.add(origin.node.table.name);
    else found.set(origin.start, new Set([origin.node.table.name]));
  }
  return found ? new Map([...found].map(([start, names]) => [start, [...names]])) : NO_AMBIGUITY;
}

const NO_AMBIGUITY: ReadonlyMap<number, readonly string[]> = new Map();

function distinct(tables: readonly TableRef[]): readonly TableRef[] {
  return [...new Map(tables.map((table) => [table.name, table])).values()];
}

function namesOf(output: Output): readonly string[] | null {
  return output.columns.length === 0 || output.columns.some((one) => one.star)
    ? null
    : output.columns.map((one) => one.name);
}

function plain(source: Source): FromItem {
  return { source, natural: false, using: [], on: [], hidden: false };
}

function everything(span: Span): SelectItem {
  return { kind: 'star', qualifier: [], span, except: [], replace: [], rename: [], filtered: false };
}

/** T-SQL's `inserted.a` and `deleted.a` in OUTPUT are columns of the table that is written. */
function overTarget(item: SelectItem, alias: string): SelectItem {
  const moved = (path: Path): Path =>
    path.length > 0 && /^(inserted|deleted)$/i.test(path[0]!.text)
      ? [{ ...path[0]!, text: alias }, ...path.slice(1)]
      : path;
  if (item.kind === 'star') return { ...item, qualifier: moved(item.qualifier) };
  const { expression } = item;
  const references = expression.references.map((one) =>
    one.path.length > 1 ? { ...one, path: moved(one.path) } : one,
  );
  return { ...item, expression: { ...expression, references } };
}

function isInserted(path: Path): boolean {
  return path.length === 2 && /^(excluded|new|inserted)$/i.test(path[0]!.text);
}

/** The columns that assignments name without naming a table, or with it. */
function assigned(sets: readonly Assignment[]): Identifier[] {
  return sets.flatMap((set) => set.targets.flatMap((path) => path.slice(-1)));
}

/** `SELECT ... INTO t`, in the first SELECT of a union too. */
function intoOf(statement: Extract<Statement, { kind: 'query' }>): Path | null {
  let { body } = statement.query;
  while (body.kind === 'set' && body.operands[0]) body = body.operands[0].query.body;
  return body.kind === 'select' ? body.into : null;
}
