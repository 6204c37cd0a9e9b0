/** Queries: WITH, set operations, SELECT and its clauses. */
import type { Cursor } from './cursor.ts';
import { emptyExpression, expression } from './expression.ts';
import { SET_WORDS } from './keyword.ts';
import { tablePath, variableName } from './name.ts';
import { pipes } from './pipe.ts';
import { pivotStatement } from './pivot.ts';
import { selectItems } from './select-item.ts';
import { fromList, gathered, lateralViews } from './source.ts';
import { returningStatement } from './statement.ts';
import { T } from './token.ts';
import type {
  Span,
  Path,
  Expression,
  SelectItem,
  TableAlias,
  FromItem,
  Select,
  SetOperand,
  Body,
  Cte,
  Query,
} from './tree.ts';

/** Pipe steps and chained pivots are nested in the tree as deep as they are long. */
export const MAX_CHAIN = 200;

export const NO_ALIAS: TableAlias = { name: null, columns: [] };

export function startsQuery(cursor: Cursor, ahead = 0): boolean {
  switch (cursor.word(ahead)) {
    case 'SELECT':
      return true;
    case 'SEL':
      return cursor.tokens.traits.name === 'teradata';
    case 'WITH':
      return startsWith(cursor, ahead);
    case 'VALUES':
      return ahead > 0 && (cursor.kind(ahead + 1) === T.open || cursor.word(ahead + 1) === 'ROW');
    case 'FROM':
      return ahead > 0 && cursor.isName(ahead + 1) && isFromFirst(cursor, ahead);
    case 'PIVOT':
    case 'UNPIVOT':
      return cursor.tokens.traits.name === 'duckdb' && startsPivot(cursor, ahead + 1);
    default:
      return false;
  }
}

/** `PIVOT t ON`, `PIVOT (SELECT ...) ON`, `PIVOT s.t USING`. */
function startsPivot(cursor: Cursor, ahead: number): boolean {
  let i = cursor.index + ahead;
  if (cursor.kind(ahead) === T.open) i = cursor.afterGroup(ahead);
  else if (cursor.isName(ahead)) {
    i++;
    while (cursor.tokens.kind(i) === T.dot) i += 2;
  } else return false;
  const word = cursor.tokens.word(i);
  return word === 'ON' || word === 'USING';
}

/** DuckDB's and Hive's `(FROM t SELECT x)`, as opposed to `TRIM(FROM x)`. */
function isFromFirst(cursor: Cursor, ahead: number): boolean {
  const before = cursor.index + ahead - 2;
  const callee = before >= 0 ? cursor.tokens.kinds[before] : T.end;
  return !(callee === T.word && cursor.tokens.ends[before] === cursor.tokens.starts[before + 1]);
}

/** `WITH x AS (`, `WITH RECURSIVE`, not `WITH NO SCHEMA BINDING` or `WITH (NOLOCK)`. */
function startsWith(cursor: Cursor, ahead: number): boolean {
  if (cursor.word(ahead + 1) === 'RECURSIVE') return true;
  if (!cursor.isName(ahead + 1)) {
    const kind = cursor.kind(ahead + 1);
    return cursor.tokens.traits.name === 'clickhouse' && (kind === T.string || kind === T.number || kind === T.open);
  }
  const clickhouse = cursor.tokens.traits.name === 'clickhouse';
  let as = cursor.index + ahead + 2;
  if (cursor.kind(ahead + 2) === T.open) as = cursor.afterGroup(ahead + 2);
  // `WITH TAG (a = 'b') AS SELECT` is no CTE: the query of a CTE stands in parentheses.
  const isCte =
    cursor.tokens.word(as) === 'AS' &&
    (cursor.tokens.kind(as + 1) === T.open ||
      cursor.tokens.word(as + 1) === 'NOT' ||
      cursor.tokens.word(as + 1) === 'MATERIALIZED');
  return isCte || clickhouse;
}

/** True where the group that opens here holds a query, however many parentheses are around it. */
export function isQueryGroup(cursor: Cursor, from = cursor.index): boolean {
  const { tokens } = cursor;
  let i = from;
  while (tokens.kind(i + 1) === T.open) {
    const after = tokens.after(i + 1);
    const word = tokens.word(after);
    if (SET_WORDS.has(word) || word === 'ORDER' || word === 'LIMIT') return true;
    if (after !== tokens.closes[i]) return false;
    i++;
  }
  return startsQuery(cursor, i + 1 - cursor.index);
}

export function query(cursor: Cursor): Query {
  const recursive: boolean[] = [];
  const ctes = withClause(cursor, recursive);
  // `((SELECT ...))`: peel what only wraps, so that depth here costs no recursion.
  const restores: number[] = [];
  while (cursor.kind() === T.open && cursor.tokens.closes[cursor.index] === cursor.limit - 1) {
    restores.push(cursor.limit);
    cursor.limit--;
    cursor.index++;
  }
  const inner = restores.length > 0 ? query(cursor) : bareQuery(cursor);
  if (restores.length > 0) {
    if (!cursor.done) cursor.remark('unexpected-token', 'text behind the query is not understood');
    cursor.limit = restores[0]!;
    cursor.index = cursor.limit;
  }
  if (ctes.length === 0) return inner;
  return {
    ...inner,
    ctes: inner.ctes.length > 0 ? [...ctes, ...inner.ctes] : ctes,
    recursive: recursive.length > 0 || inner.recursive,
  };
}

function bareQuery(cursor: Cursor): Query {
  const first = operand(cursor);
  let body: Body;
  const operands: SetOperand[] = [{ query: first, subtracts: false }];
  let byName = false;
  for (;;) {
    let ahead = 0;
    // BigQuery: `FULL OUTER UNION ALL BY NAME`.
    if (
      (cursor.at('FULL') || cursor.at('LEFT') || cursor.at('INNER') || cursor.at('OUTER')) &&
      (cursor.word(1) === 'UNION' || cursor.word(2) === 'UNION')
    ) {
      ahead = cursor.word(1) === 'UNION' ? 1 : 2;
    }
    const word = cursor.word(ahead);
    if (!SET_WORDS.has(word)) break;
    cursor.index += ahead + 1;
    cursor.take('ALL');
    cursor.take('DISTINCT');
    if (cursor.takeWords('BY', 'NAME')) byName = true;
    if (cursor.take('CORRESPONDING')) {
      byName = true;
      if (cursor.take('BY') && cursor.kind() === T.open) cursor.skipGroup();
    }
    operands.push({ query: operand(cursor), subtracts: word === 'EXCEPT' || word === 'MINUS' });
  }
  if (operands.length === 1) {
    const sorts = tail(cursor);
    if (first.ctes.length === 0 && first.sorts.length === 0) return pipes(cursor, { ...first, sorts });
    if (sorts.length === 0) return pipes(cursor, first);
    return pipes(cursor, { ...first, sorts: [...first.sorts, ...sorts] });
  }
  body = { kind: 'set', operands, byName };
  return pipes(cursor, { ctes: [], recursive: false, body, sorts: tail(cursor) });
}

export function plainQuery(body: Body): Query {
  return { ctes: [], recursive: false, body, sorts: [] };
}

export function operand(cursor: Cursor): Query {
  if (cursor.kind() === T.open) {
    return cursor.deeper(
      () => cursor.within(() => query(cursor)),
      plainQuery({ kind: 'nothing', span: cursor.spanFrom(cursor.index) }),
    );
  }
  switch (cursor.word()) {
    case 'SELECT':
    case 'SEL':
      return plainQuery(select(cursor));
    case 'WITH':
      return cursor.deeper(() => query(cursor), plainQuery({ kind: 'nothing', span: cursor.spanFrom(cursor.index) }));
    case 'VALUES':
      return plainQuery(values(cursor));
    case 'TABLE': {
      const from = cursor.index++;
      const path = tablePath(cursor);
      return plainQuery({ kind: 'table', path, span: cursor.spanFrom(from) });
    }
    case 'FROM':
      return plainQuery(fromFirst(cursor));
    case 'PIVOT':
    case 'UNPIVOT':
      return plainQuery(pivotStatement(cursor));
    case 'INSERT':
    case 'UPDATE':
    case 'DELETE':
    case 'MERGE':
    case 'REPLACE': {
      const statement = returningStatement(cursor);
      if (statement) return plainQuery(statement);
    }
  }
  cursor.remark(
    'unexpected-token',
    cursor.done
      ? 'a query is missing here'
      : `'${cursor.tokens.text(cursor.index).slice(0, 40)}' does not begin a query`,
  );
  return plainQuery({ kind: 'nothing', span: cursor.spanFrom(cursor.index) });
}

export function withClause(cursor: Cursor, recursive: boolean[]): Cte[] {
  const ctes: Cte[] = [];
  while (cursor.at('WITH') && startsWith(cursor, 0)) {
    cursor.index++;
    if (cursor.take('RECURSIVE')) recursive.push(true);
    do {
      if (!cursor.isName() || (cursor.word(1) !== 'AS' && cursor.kind(1) !== T.open)) {
        if (!scalarCte(cursor, ctes)) break;
        continue;
      }
      const mark = cursor.index;
      const name = cursor.identifier()!;
      const columns = cursor.kind() === T.open ? cursor.identifierList() : [];
      if (!cursor.take('AS')) {
        cursor.index = mark;
        if (!scalarCte(cursor, ctes)) break;
        continue;
      }
      cursor.take('NOT');
      cursor.take('MATERIALIZED');
      if (cursor.kind() !== T.open) {
        cursor.index = mark;
        if (cursor.tokens.traits.name === 'clickhouse' && scalarCte(cursor, ctes)) continue;
        cursor.remark('unexpected-token', `the query of ${name.text} is missing`);
        break;
      }
      const inner = cursor.deeper(
        () => cursor.within(() => query(cursor)),
        plainQuery({ kind: 'nothing', span: cursor.spanFrom(mark) }),
      );
      ctes.push({ name, columns, query: inner, scalar: false });
      while (cursor.at('SEARCH') || cursor.at('CYCLE')) {
        cursor.index++;
        while (
          !cursor.done &&
          cursor.kind() !== T.comma &&
          !startsQuery(cursor) &&
          !cursor.at('INSERT') &&
          !cursor.at('CYCLE')
        )
          cursor.skipGroup();
      }
    } while (cursor.takeKind(T.comma) && !startsQuery(cursor));
  }
  return ctes;
}

function scalarCte(cursor: Cursor, ctes: Cte[]): boolean {
  const mark = cursor.index;
  const value = expression(cursor);
  if (!cursor.take('AS') || !cursor.isName()) {
    cursor.index = mark;
    return false;
  }
  const name = cursor.identifier()!;
  const item: SelectItem = { kind: 'expression', expression: value, alias: name };
  ctes.push({ name, columns: [], query: plainQuery(selectOf([item], [], cursor.spanFrom(mark))), scalar: true });
  return true;
}

export function selectOf(items: readonly SelectItem[], from: readonly FromItem[], span: Span): Select {
  return {
    kind: 'select',
    items,
    from,
    into: null,
    intoTemporary: false,
    intoVariables: null,
    filters: [],
    groups: [],
    windows: new Map(),
    span,
  };
}

export function values(cursor: Cursor): Body {
  const from = cursor.index++;
  const rows: Expression[][] = [];
  do {
    cursor.take('ROW');
    if (cursor.kind() !== T.open) {
      const one = expression(cursor);
      rows.push([one]);
    } else rows.push(expressionList(cursor));
  } while (cursor.takeKind(T.comma));
  return { kind: 'values', rows, span: cursor.spanFrom(from) };
}

/** `(a, b + c, ...)`, each its own expression. */
export function expressionList(cursor: Cursor): Expression[] {
  const list: Expression[] = [];
  cursor.within(() => {
    while (!cursor.done) {
      const before = cursor.index;
      list.push(expression(cursor));
      // `(x AS name)` in a row of an INSERT ... SELECT of ClickHouse and the like.
      if (cursor.take('AS')) cursor.step();
      if (!cursor.takeKind(T.comma)) {
        if (cursor.done) break;
        if (cursor.index === before) cursor.skipGroup();
        while (!cursor.done && cursor.kind() !== T.comma) cursor.skipGroup();
        cursor.takeKind(T.comma);
      }
    }
  });
  return list;
}

interface Clauses {
  into: Path | null;
  intoTemporary: boolean;
  intoVariables: readonly string[] | null;
  from: FromItem[];
  filters: Expression[];
  groups: Expression[];
  windows: Map<string, Expression>;
}

export function noClauses(): Clauses {
  return {
    into: null,
    intoTemporary: false,
    intoVariables: null,
    from: [],
    filters: [],
    groups: [],
    windows: new Map(),
  };
}

function select(cursor: Cursor): Select {
  const start = cursor.index++;
  selectModifiers(cursor);
  const clauses = noClauses();
  if (cursor.at('DISTINCT') && cursor.word(1) === 'ON' && cursor.kind(2) === T.open) {
    cursor.index += 2;
    clauses.groups.push(cursor.within(() => expression(cursor, { list: true })));
  } else while (cursor.at('DISTINCT') || cursor.at('ALL') || cursor.at('UNIQUE')) cursor.index++;
  selectModifiers(cursor);
  // PL/pgSQL: `SELECT INTO v max(a) FROM t`.
  if (cursor.at('INTO') && cursor.inRoutine) into(cursor, clauses);
  const items = selectItems(cursor);
  selectClauses(cursor, clauses);
  return { kind: 'select', items, ...clauses, span: cursor.spanFrom(start) };
}

function selectModifiers(cursor: Cursor): void {
  for (;;) {
    switch (cursor.word()) {
      case 'TOP': {
        const next = cursor.kind(1);
        if (next !== T.number && next !== T.open && next !== T.param) return;
        cursor.index++;
        cursor.skipGroup();
        cursor.take('PERCENT');
        cursor.takeWords('WITH', 'TIES');
        continue;
      }
      case 'AS':
        if (cursor.word(1) !== 'STRUCT' && cursor.word(1) !== 'VALUE') return;
        cursor.index += 2;
        continue;
      case 'SQL_CALC_FOUND_ROWS':
      case 'SQL_NO_CACHE':
      case 'SQL_CACHE':
      case 'HIGH_PRIORITY':
      case 'STRAIGHT_JOIN':
      case 'SQL_BIG_RESULT':
      case 'SQL_SMALL_RESULT':
      case 'SQL_BUFFER_RESULT':
      case 'STREAM':
        if (cursor.kind(1) === T.comma || cursor.kind(1) === T.dot || cursor.at('FROM') || cursor.word(1) === 'FROM')
          return;
        cursor.index++;
        continue;
      case 'WITH':
        // BigQuery: `SELECT WITH DIFFERENTIAL_PRIVACY OPTIONS(...)`.
        if (!cursor.word(1).endsWith('PRIVACY') && cursor.word(1) !== 'AGGREGATION_THRESHOLD') return;
        cursor.index += 2;
        if (cursor.take('OPTIONS')) cursor.skipGroup();
        continue;
      default:
        return;
    }
  }
}

export function commaSeparated(cursor: Cursor, one: () => void): void {
  while (!cursor.done) {
    one();
    while (!cursor.done && cursor.kind() !== T.comma) cursor.skipGroup();
    cursor.takeKind(T.comma);
  }
}

export function selectClauses(cursor: Cursor, clauses: Clauses): void {
  for (;;) {
    switch (cursor.word()) {
      case 'BULK':
        if (cursor.word(1) !== 'COLLECT') return;
        cursor.index += 2;
        continue;
      case 'INTO':
        into(cursor, clauses);
        continue;
      case 'FROM':
        cursor.index++;
        for (const item of fromList(cursor)) clauses.from.push(item);
        continue;
      case 'WHERE':
      case 'PREWHERE':
      case 'HAVING':
      case 'QUALIFY':
        cursor.index++;
        clauses.filters.push(expression(cursor, { list: true }));
        continue;
      case 'START':
        if (cursor.word(1) !== 'WITH') return;
        cursor.index += 2;
        clauses.filters.push(expression(cursor));
        continue;
      case 'CONNECT':
        if (cursor.word(1) !== 'BY') return;
        cursor.index += 2;
        cursor.take('NOCYCLE');
        clauses.filters.push(expression(cursor));
        continue;
      case 'GROUP':
        if (cursor.word(1) !== 'BY') return;
        cursor.index += 2;
        cursor.take('ALL');
        cursor.take('DISTINCT');
        clauses.groups.push(expression(cursor, { list: true }));
        if (cursor.at('GROUPING') && cursor.word(1) === 'SETS') {
          cursor.index += 2;
          if (cursor.kind() === T.open) cursor.skipGroup();
        }
        while (
          cursor.at('WITH') &&
          (cursor.word(1) === 'ROLLUP' || cursor.word(1) === 'CUBE' || cursor.word(1) === 'TOTALS')
        )
          cursor.index += 2;
        continue;
      case 'WINDOW':
        if (cursor.word(2) !== 'AS') return;
        cursor.index++;
        do {
          const name = cursor.identifier();
          if (!name || !cursor.take('AS')) break;
          if (cursor.kind() === T.open) clauses.windows.set(name.text.toLowerCase(), windowDefinition(cursor));
          else if (cursor.isName()) {
            const same = clauses.windows.get(cursor.identifier()!.text.toLowerCase());
            if (same) clauses.windows.set(name.text.toLowerCase(), same);
          }
        } while (cursor.takeKind(T.comma));
        continue;
      case 'LATERAL':
        if (cursor.word(1) !== 'VIEW') return;
        lateralViews(cursor, clauses.from);
        continue;
      case 'MODEL':
        // KNOWN GAP: Oracle's MODEL clause computes cells; its rules are skipped, the columns under it are kept.
        while (!cursor.done && cursor.kind() !== T.semicolon && !cursor.at('ORDER') && !SET_WORDS.has(cursor.word()))
          cursor.skipGroup();
        continue;
      default:
        return;
    }
  }
}

function windowDefinition(cursor: Cursor): Expression {
  return cursor.within(() => {
    if (cursor.isName() && cursor.word(1) !== 'BY' && !/^(ROWS|RANGE|GROUPS)$/.test(cursor.word())) cursor.index++;
    const start = emptyExpression(cursor);
    const parts: Expression[] = [];
    while (!cursor.done) {
      if (cursor.word(1) === 'BY') cursor.index += 2;
      const before = cursor.index;
      parts.push(expression(cursor, { list: true }));
      if (cursor.word(1) === 'BY') continue;
      if (cursor.done || cursor.index === before || !cursor.at('ORDER')) {
        cursor.index = cursor.limit;
        break;
      }
    }
    return gathered(start, parts);
  });
}

function into(cursor: Cursor, clauses: Clauses): void {
  cursor.index++;
  if (cursor.at('OUTFILE') || cursor.at('DUMPFILE')) {
    cursor.index++;
    if (cursor.kind() === T.string) {
      const name = cursor.identifierAt(cursor.index++);
      clauses.into = [{ ...name, text: name.text }];
    }
    while (!cursor.done && cursor.kind() !== T.semicolon && !cursor.at('FROM')) cursor.skipGroup();
    return;
  }
  const { traits } = cursor.tokens;
  const isVariable =
    cursor.kind() === T.param ||
    (!traits.selectIntoTable && cursor.isName()) ||
    (cursor.inRoutine && traits.name !== 'tsql');
  if (isVariable || cursor.at('STRICT')) {
    cursor.take('STRICT');
    const names: string[] = [];
    clauses.intoVariables = names;
    do {
      names.push(variableName(cursor.tokens.text(cursor.index)));
      if (cursor.kind() === T.param) cursor.index++;
      else tablePath(cursor);
      if (cursor.kind() === T.open || cursor.kind() === T.openBracket) cursor.skipGroup();
    } while (cursor.takeKind(T.comma));
    return;
  }
  while (cursor.at('TEMPORARY') || cursor.at('TEMP') || cursor.at('UNLOGGED') || cursor.at('TABLE')) {
    if (cursor.word().startsWith('TEMP')) clauses.intoTemporary = true;
    cursor.index++;
  }
  if (cursor.isName()) clauses.into = tablePath(cursor);
}

/** ORDER BY, LIMIT and what else may follow a query. Returns what the rows are sorted by. */
export function tail(cursor: Cursor): Expression[] {
  const sorts: Expression[] = [];
  for (;;) {
    const word = cursor.word();
    switch (word) {
      case 'ORDER':
      case 'SORT':
      case 'CLUSTER':
      case 'DISTRIBUTE':
        if (cursor.word(1) === 'SIBLINGS') cursor.index++;
        else if (cursor.word(1) !== 'BY') return sorts;
        cursor.index += 2;
        sorts.push(expression(cursor, { list: true }));
        if (cursor.at('WITH') && cursor.word(1) === 'FILL') {
          cursor.index += 2;
          while (!cursor.done && (cursor.at('FROM') || cursor.at('TO') || cursor.at('STEP'))) {
            cursor.index++;
            expression(cursor);
          }
        }
        continue;
      case 'LIMIT':
      case 'OFFSET':
      case 'TOP':
        cursor.index++;
        expression(cursor, { list: true });
        if (cursor.at('BY')) {
          cursor.index++;
          expression(cursor, { list: true });
        }
        cursor.take('ROWS');
        cursor.take('ROW');
        cursor.take('PERCENT');
        cursor.takeWords('WITH', 'TIES');
        continue;
      case 'FETCH':
        // `FETCH NEXT FROM c INTO v` is a statement.
        if ((cursor.word(1) !== 'FIRST' && cursor.word(1) !== 'NEXT') || cursor.word(2) === 'FROM') return sorts;
        cursor.index += 2;
        if (!cursor.at('ROW') && !cursor.at('ROWS')) expression(cursor);
        while (['PERCENT', 'ROW', 'ROWS', 'ONLY', 'WITH', 'TIES'].includes(cursor.word())) cursor.index++;
        continue;
      case 'FOR': {
        const next = cursor.word(1);
        if (!['UPDATE', 'SHARE', 'NO', 'KEY', 'XML', 'JSON', 'BROWSE', 'READ', 'FETCH'].includes(next)) return sorts;
        cursor.index += 2;
        while (
          [
            'KEY',
            'UPDATE',
            'SHARE',
            'ONLY',
            'NOWAIT',
            'SKIP',
            'LOCKED',
            'PATH',
            'AUTO',
            'RAW',
            'EXPLICIT',
            'ROOT',
            'TYPE',
            'ELEMENTS',
            'WAIT',
          ].includes(cursor.word()) ||
          cursor.kind() === T.open ||
          (cursor.kind() === T.comma && cursor.inRoutine === false && next === 'XML') ||
          (cursor.kind() === T.comma && next === 'JSON')
        )
          cursor.skipGroup();
        if (cursor.take('OF')) {
          do tablePath(cursor);
          while (cursor.takeKind(T.comma));
          while (['NOWAIT', 'SKIP', 'LOCKED', 'WAIT'].includes(cursor.word()) || cursor.kind() === T.number)
            cursor.index++;
        }
        continue;
      }
      case 'OPTION':
        if (cursor.kind(1) !== T.open) return sorts;
        cursor.index++;
        cursor.skipGroup();
        continue;
      case 'SETTINGS':
      case 'FORMAT':
        if (cursor.tokens.traits.name !== 'clickhouse' && cursor.tokens.traits.name !== 'ansi') return sorts;
        cursor.index++;
        while (!cursor.done && cursor.kind() !== T.semicolon) cursor.skipGroup();
        continue;
      case 'WITH':
        if (!['UR', 'CS', 'RS', 'RR', 'NO', 'CHECK', 'READ', 'CASCADED', 'LOCAL', 'DATA'].includes(cursor.word(1)))
          return sorts;
        cursor.index += 2;
        while (['SCHEMA', 'BINDING', 'DATA', 'CHECK', 'OPTION', 'ONLY', 'STATISTICS', 'AND'].includes(cursor.word()))
          cursor.index++;
        continue;
      case 'LOCK':
        if (cursor.word(1) !== 'IN') return sorts;
        cursor.index += 4;
        continue;
      default:
        return sorts;
    }
  }
}

/** `FROM t [WHERE ...] [SELECT ...]`: DuckDB's order of clauses. */
function fromFirst(cursor: Cursor): Select {
  const start = cursor.index++;
  const clauses = noClauses();
  clauses.from = fromList(cursor);
  selectClauses(cursor, clauses);
  let items: SelectItem[] = [];
  if (cursor.at('SELECT')) {
    cursor.index++;
    cursor.take('DISTINCT');
    items = selectItems(cursor);
    selectClauses(cursor, clauses);
  } else {
    const span = cursor.spanFrom(start);
    items = [{ kind: 'star', qualifier: [], span, except: [], replace: [], rename: [], filtered: false }];
  }
  return { kind: 'select', items, ...clauses, span: cursor.spanFrom(start) };
}
