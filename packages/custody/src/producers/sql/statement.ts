/** Statements that are not queries: DML, DDL, COPY and its relatives. */
import { clip, type Cursor } from './cursor.ts';
import { emptyExpression, expression } from './expression.ts';
import { STATEMENT_WORDS } from './keyword.ts';
import { splitName, tablePath, variableName } from './name.ts';
import { expressionList, isQueryGroup, query, selectOf, startsQuery, withClause } from './query.ts';
import { selectItems } from './select-item.ts';
import { fromList, joins, source } from './source.ts';
import { T } from './token.ts';
import type {
  Assignment,
  Body,
  Cte,
  Expression,
  FromItem,
  Identifier,
  Insertion,
  MergeAction,
  Path,
  Query,
  Returning,
  Select,
  SelectItem,
  Source,
  Statement,
  Target,
} from './tree.ts';

const NO_ALIAS = { name: null, columns: [] } as const;
const NOTHING_RETURNED: Returning = { items: [], into: null, columns: [], variables: [] };

/** A DML statement in the place of a query: `WITH x AS (INSERT ... RETURNING ...)`. */
export function returningStatement(cursor: Cursor): Body | null {
  const statement = dml(cursor, [], false);
  if (!statement) return null;
  return { kind: 'statement', statement };
}

/** INSERT, UPDATE, DELETE, MERGE or a query, perhaps behind WITH. Null where none of them stands here. */
export function dml(cursor: Cursor, outer: readonly Cte[], outerRecursive: boolean): Statement | null {
  const start = cursor.index;
  if (cursor.at('WITH') && startsQuery(cursor)) {
    const recursive: boolean[] = outerRecursive ? [true] : [];
    const ctes = withClause(cursor, recursive);
    const inner = cursor.deeper(() => dml(cursor, [...outer, ...ctes], recursive.length > 0), null);
    if (inner) return { ...inner, span: cursor.spanFrom(start) };
    cursor.remark('unexpected-token', 'WITH is not followed by a statement');
    const body: Body = { kind: 'nothing', span: cursor.spanFrom(start) };
    return {
      kind: 'query',
      span: body.span,
      query: { ctes: [...outer, ...ctes], recursive: recursive.length > 0, body, sorts: [] },
    };
  }
  switch (cursor.word()) {
    case 'INSERT':
    case 'INS':
    case 'REPLACE':
    case 'UPSERT':
      return insert(cursor, outer, outerRecursive);
    case 'UPDATE':
    case 'UPD':
      return update(cursor, outer, outerRecursive);
    case 'DELETE':
    case 'DEL':
      return remove(cursor, outer, outerRecursive);
    case 'MERGE':
      return mergeStatement(cursor, outer, outerRecursive);
    case 'FROM':
      return fromStatement(cursor, outer, outerRecursive);
    case 'SELECT':
    case 'SEL':
    case 'VALUES':
    case 'TABLE':
      break;
    case 'PIVOT':
    case 'UNPIVOT':
      if (!startsQuery(cursor)) return null;
      break;
    default:
      if (cursor.kind() !== T.open || !isQueryGroup(cursor)) return null;
  }
  const found = query(cursor);
  const whole: Query =
    outer.length > 0
      ? { ...found, ctes: [...outer, ...found.ctes], recursive: outerRecursive || found.recursive }
      : found;
  return { kind: 'query', span: cursor.spanFrom(start), query: whole };
}

/** Hive's `FROM t INSERT ... SELECT ... INSERT ...`, or DuckDB's `FROM t SELECT ...`. */
function fromStatement(cursor: Cursor, ctes: readonly Cte[], recursive: boolean): Statement {
  const start = cursor.index;
  cursor.index++;
  const from = fromList(cursor);
  if (!cursor.at('INSERT')) {
    cursor.index = start;
    const found = query(cursor);
    return {
      kind: 'query',
      span: cursor.spanFrom(start),
      query: { ...found, ctes: [...ctes, ...found.ctes], recursive: recursive || found.recursive },
    };
  }
  const insertions: Insertion[] = [];
  while (cursor.at('INSERT')) {
    cursor.index++;
    cursor.take('OVERWRITE');
    cursor.take('INTO');
    const head = insertHead(cursor);
    if (!cursor.at('SELECT')) {
      insertions.push({ ...head, query: null, byName: false, condition: null });
      break;
    }
    const found = query(cursor);
    insertions.push({ ...head, query: overSources(found, from), byName: false, condition: null });
  }
  const span = cursor.spanFrom(start);
  return {
    kind: 'insert',
    span,
    ctes,
    recursive,
    insertions,
    shared: null,
    conflict: [],
    returning: NOTHING_RETURNED,
    overwrite: true,
  };
}

function overSources(found: Query, from: readonly FromItem[]): Query {
  if (found.body.kind !== 'select') return found;
  const body: Select = { ...found.body, from: [...from, ...found.body.from] };
  return { ...found, body };
}

type InsertHead = Pick<Insertion, 'target' | 'alias' | 'columns' | 'fixed' | 'dynamic'>;

function insertHead(cursor: Cursor): InsertHead {
  const start = cursor.index;
  if (cursor.at('LOCAL') && cursor.word(1) === 'DIRECTORY') cursor.index++;
  if (cursor.take('DIRECTORY')) {
    let name = '';
    if (cursor.kind() === T.string) name = cursor.identifierAt(cursor.index++).text;
    const target: Target = { kind: 'location', name, span: cursor.spanFrom(start) };
    for (;;) {
      if (cursor.take('USING') || cursor.take('STORED')) {
        cursor.take('AS');
        cursor.step();
      } else if (cursor.take('OPTIONS')) cursor.skipGroup();
      else if (cursor.at('ROW') && cursor.word(1) === 'FORMAT')
        while (!cursor.done && !cursor.at('SELECT') && !cursor.at('STORED') && !cursor.at('WITH')) cursor.skipGroup();
      else break;
    }
    return { target, alias: null, columns: [], fixed: [], dynamic: [] };
  }
  if (cursor.at('TABLE') && cursor.isName(1)) cursor.index++;
  if (cursor.at('TABLE') && cursor.kind(1) === T.open) cursor.index++;
  if (cursor.at('FUNCTION') && cursor.isName(1)) {
    // ClickHouse: `INSERT INTO FUNCTION s3('url', ...)`.
    cursor.index++;
    const found = source(cursor);
    const name = found.kind === 'location' ? found.name : found.kind === 'function' ? found.name.toLowerCase() : '';
    const location: Target = { kind: 'location', name, span: cursor.spanFrom(start) };
    return { target: location, alias: null, columns: [], fixed: [], dynamic: [] };
  }
  const target = targetHere(cursor, start);
  cursor.takeWords('IF', 'EXISTS');
  cursor.takeWords('IF', 'NOT', 'EXISTS');
  let alias: Identifier | null = null;
  let columns: Identifier[] = [];
  const fixed: Identifier[] = [];
  const dynamic: Identifier[] = [];
  for (;;) {
    if (cursor.kind() === T.open && !isQueryGroup(cursor) && columns.length === 0) {
      columns = cursor.identifierList();
    } else if (cursor.at('PARTITION') && cursor.kind(1) === T.open) {
      cursor.index++;
      cursor.within(() => {
        while (!cursor.done) {
          const name = cursor.identifier();
          if (name) (cursor.kind() === T.equals ? fixed : dynamic).push(name);
          while (!cursor.done && cursor.kind() !== T.comma) cursor.skipGroup();
          cursor.takeKind(T.comma);
        }
      });
    } else if (cursor.at('WITH') && cursor.kind(1) === T.open && !startsQuery(cursor)) {
      cursor.index++;
      cursor.skipGroup();
    } else if (cursor.at('AS') && cursor.isName(1) && !startsQuery(cursor, 1)) {
      cursor.index++;
      alias = cursor.identifier();
    } else if (cursor.at('REPLACE') && cursor.word(1) === 'WHERE') {
      cursor.index += 2;
      expression(cursor);
    } else if (cursor.at('IF') && cursor.word(1) === 'NOT') cursor.index += 3;
    else if (cursor.at('OVERRIDING')) cursor.index += 3;
    else if (cursor.at('ON') && cursor.word(1) === 'CLUSTER') cursor.index += 3;
    else break;
  }
  return { target, alias, columns, fixed, dynamic };
}

function targetHere(cursor: Cursor, start: number): Target {
  if (cursor.kind() === T.string) {
    const name = cursor.identifierAt(cursor.index++);
    return { kind: 'location', name: name.text, span: cursor.spanFrom(start) };
  }
  if (cursor.kind() === T.param && cursor.tokens.traits.name === 'snowflake') {
    const name = cursor.tokens.text(cursor.index++);
    return { kind: 'location', name, span: cursor.spanFrom(start) };
  }
  if (cursor.at('IDENTIFIER') && cursor.kind(1) === T.open && cursor.kind(2) === T.string) {
    const name = cursor.identifierAt(cursor.index + 2);
    cursor.index++;
    cursor.skipGroup();
    return { kind: 'table', path: splitName(name), span: cursor.spanFrom(start) };
  }
  const path = tablePath(cursor);
  if (path.length === 0) cursor.remark('missing-name', 'the name of the table is missing');
  return { kind: 'table', path, span: cursor.spanFrom(start) };
}

function insert(cursor: Cursor, ctes: readonly Cte[], recursive: boolean): Statement | null {
  const start = cursor.index;
  // REPLACE is also a function; as a statement a name follows.
  if (cursor.at('REPLACE') && !(cursor.word(1) === 'INTO' || cursor.isName(1))) return null;
  cursor.index++;
  if (cursor.at('OR')) cursor.index += 2;
  while (['LOW_PRIORITY', 'DELAYED', 'HIGH_PRIORITY', 'IGNORE'].includes(cursor.word())) cursor.index++;
  if (cursor.at('TOP')) {
    cursor.index++;
    cursor.skipGroup();
    cursor.take('PERCENT');
  }
  let overwrite = cursor.take('OVERWRITE');
  if ((cursor.at('ALL') || cursor.at('FIRST')) && (cursor.word(1) === 'WHEN' || cursor.word(1) === 'INTO')) {
    return multiTable(cursor, start, ctes, recursive, overwrite);
  }
  cursor.take('INTO');
  overwrite = cursor.take('OVERWRITE') || overwrite;
  const head = insertHead(cursor);
  let byName = false;
  let found: Query | null = null;
  const conflict: Assignment[] = [];
  let returning = NOTHING_RETURNED;
  for (;;) {
    const word = cursor.word();
    if (word === 'OUTPUT') {
      returning = output(cursor);
      continue;
    }
    if (word === 'BY' && (cursor.word(1) === 'NAME' || cursor.word(1) === 'POSITION')) {
      byName = cursor.word(1) === 'NAME';
      cursor.index += 2;
      continue;
    }
    if (word === 'DEFAULT' && cursor.word(1) === 'VALUES') {
      cursor.index += 2;
      continue;
    }
    if (found === null && word === 'SET') {
      cursor.index++;
      const sets = assignments(cursor);
      found = valuesOf(
        sets.map((set) => set.value),
        cursor,
      );
      return {
        kind: 'insert',
        span: cursor.spanFrom(start),
        ctes,
        recursive,
        insertions: [
          {
            ...head,
            columns: sets.flatMap((set) => set.targets.flatMap((path) => path.slice(-1))),
            query: found,
            byName: false,
            condition: null,
          },
        ],
        shared: null,
        conflict: conflictClause(cursor),
        returning,
        overwrite,
      };
    }
    if (found === null && word === 'VALUE' && cursor.kind(1) === T.open) {
      cursor.index++;
      found = valuesOf(expressionList(cursor), cursor);
      while (cursor.takeKind(T.comma) && cursor.kind() === T.open) cursor.skipGroup();
      continue;
    }
    if (
      found === null &&
      (startsQuery(cursor) || word === 'VALUES' || word === 'TABLE' || word === 'FROM' || cursor.kind() === T.open)
    ) {
      if (word === 'VALUES' && cursor.kind(1) !== T.open && cursor.word(1) !== 'ROW') {
        // `INSERT INTO t VALUES :record`, ClickHouse `INSERT INTO t FORMAT ...`: nothing to read.
        cursor.index++;
        cursor.skipGroup();
        continue;
      }
      if (word === 'FROM' && cursor.word(1) === 'INFILE') break;
      found = query(cursor);
      continue;
    }
    if (found === null && (word === 'EXEC' || word === 'EXECUTE') && cursor.isName(1)) {
      cursor.index++;
      tablePath(cursor);
      while (!cursor.done && cursor.kind() !== T.semicolon && !STATEMENT_WORDS.has(cursor.word())) cursor.skipGroup();
      break;
    }
    // Oracle: `LOG ERRORS INTO t REJECT LIMIT 10`; ClickHouse: `FORMAT Values ...`, `SETTINGS a = 1 SELECT ...`.
    if ((word === 'LOG' && cursor.word(1) === 'ERRORS') || (word === 'FORMAT' && cursor.isName(1))) {
      while (!cursor.done && cursor.kind() !== T.semicolon) cursor.skipGroup();
      break;
    }
    if (word === 'SETTINGS' && cursor.isName(1) && found === null) {
      while (!cursor.done && cursor.kind() !== T.semicolon && !startsQuery(cursor) && !cursor.at('VALUES'))
        cursor.skipGroup();
      continue;
    }
    if (word === 'ON' && (cursor.word(1) === 'DUPLICATE' || cursor.word(1) === 'CONFLICT')) {
      for (const set of conflictClause(cursor)) conflict.push(set);
      continue;
    }
    // MySQL: `VALUES (...) AS new ON DUPLICATE KEY UPDATE`.
    if (word === 'AS' && found !== null && cursor.isName(1)) {
      cursor.index += 2;
      if (cursor.kind() === T.open) cursor.skipGroup();
      continue;
    }
    if (word === 'RETURNING') {
      cursor.index++;
      returning = returningClause(cursor);
      continue;
    }
    break;
  }
  return {
    kind: 'insert',
    span: cursor.spanFrom(start),
    ctes,
    recursive,
    insertions: [{ ...head, query: found, byName, condition: null }],
    shared: null,
    conflict,
    returning,
    overwrite,
  };
}

function valuesOf(row: readonly Expression[], cursor: Cursor): Query {
  return {
    ctes: [],
    recursive: false,
    body: { kind: 'values', rows: [row], span: cursor.spanFrom(cursor.index) },
    sorts: [],
  };
}

function conflictClause(cursor: Cursor): Assignment[] {
  const sets: Assignment[] = [];
  if (!cursor.at('ON')) return sets;
  cursor.index++;
  while (
    !cursor.done &&
    cursor.kind() !== T.semicolon &&
    !cursor.at('UPDATE') &&
    !cursor.at('NOTHING') &&
    !cursor.at('RETURNING')
  )
    cursor.skipGroup();
  if (cursor.take('NOTHING')) return sets;
  if (!cursor.take('UPDATE')) return sets;
  cursor.take('SET');
  for (const set of assignments(cursor)) sets.push(set);
  if (cursor.take('WHERE')) expression(cursor);
  return sets;
}

/** Oracle and Snowflake: `INSERT ALL [WHEN c THEN] INTO t (..) VALUES (..) ... SELECT ...`. */
function multiTable(
  cursor: Cursor,
  start: number,
  ctes: readonly Cte[],
  recursive: boolean,
  overwrite: boolean,
): Statement {
  cursor.index++;
  interface Branch {
    readonly head: InsertHead;
    readonly values: readonly Expression[] | null;
    readonly condition: Expression | null;
  }
  const branches: Branch[] = [];
  let condition: Expression | null = null;
  for (;;) {
    if (cursor.take('WHEN')) {
      condition = expression(cursor);
      cursor.take('THEN');
    } else if (cursor.take('ELSE')) condition = null;
    else if (cursor.take('INTO')) {
      const head = insertHead(cursor);
      let values: Expression[] | null = null;
      if (cursor.at('VALUES') && cursor.kind(1) === T.open) {
        cursor.index++;
        values = expressionList(cursor);
      }
      branches.push({ head, values, condition });
    } else break;
  }
  const shared = startsQuery(cursor) || cursor.kind() === T.open ? query(cursor) : null;
  const insertions = branches.map(({ head, values, condition: when }): Insertion => {
    const span = head.target.span;
    const items: SelectItem[] = values
      ? values.map((value) => ({ kind: 'expression', expression: value, alias: null }))
      : [{ kind: 'star', qualifier: [], span, except: [], replace: [], rename: [], filtered: false }];
    const from: FromItem[] = shared
      ? [
          {
            source: { kind: 'derived', query: shared, alias: NO_ALIAS },
            natural: false,
            using: [],
            on: [],
            hidden: false,
          },
        ]
      : [];
    const filters = when ? [when] : [];
    const body: Select = {
      kind: 'select',
      items,
      from,
      into: null,
      intoTemporary: false,
      intoVariables: null,
      filters,
      groups: [],
      windows: new Map(),
      span,
    };
    return { ...head, query: { ctes: [], recursive: false, body, sorts: [] }, byName: false, condition: when };
  });
  return {
    kind: 'insert',
    span: cursor.spanFrom(start),
    ctes,
    recursive,
    insertions,
    shared,
    conflict: [],
    returning: NOTHING_RETURNED,
    overwrite,
  };
}

/** `RETURNING a, b [[BULK COLLECT] INTO v, w]`, behind its first word. */
function returningClause(cursor: Cursor): Returning {
  const items = selectItems(cursor);
  const variables: string[] = [];
  cursor.takeWords('BULK', 'COLLECT');
  if (cursor.take('INTO')) {
    do {
      variables.push(variableName(cursor.tokens.text(cursor.index)));
      if (cursor.kind() === T.param) cursor.index++;
      else tablePath(cursor);
    } while (cursor.takeKind(T.comma));
  }
  return { ...NOTHING_RETURNED, items, variables };
}

/** T-SQL: `OUTPUT inserted.a, deleted.b INTO t (x, y)`. */
function output(cursor: Cursor): Returning {
  cursor.index++;
  const items = selectItems(cursor);
  if (!cursor.take('INTO')) return { ...NOTHING_RETURNED, items };
  const into = targetHere(cursor, cursor.index);
  const columns = cursor.kind() === T.open && !isQueryGroup(cursor) ? cursor.identifierList() : [];
  return { items, into, columns, variables: [] };
}

function assignments(cursor: Cursor): Assignment[] {
  const sets: Assignment[] = [];
  do {
    const start = cursor.index;
    const targets: Path[] = [];
    if (cursor.kind() === T.open) for (const name of cursor.identifierList()) targets.push([name]);
    else if (cursor.kind() === T.param) {
      // T-SQL: `SET @x = column = value`.
      cursor.index++;
      if (cursor.kind() === T.equals && cursor.isName(1) && cursor.kind(2) === T.equals) {
        cursor.index++;
        targets.push(tablePath(cursor));
      }
    } else if (cursor.isName() && !STATEMENT_WORDS.has(cursor.word())) {
      targets.push(tablePath(cursor));
      // PostgreSQL arrays and fields: `SET a[1] = ...`.
      while (cursor.kind() === T.openBracket) cursor.skipGroup();
    } else break;
    let compound = false;
    while (!cursor.done && cursor.kind() !== T.equals && cursor.kind() !== T.assign) {
      const kind = cursor.kind();
      if (kind !== T.operator && kind !== T.plus && kind !== T.minus && kind !== T.star) break;
      compound = true;
      cursor.index++;
    }
    if (!cursor.takeKind(T.equals) && !cursor.takeKind(T.assign)) {
      if (cursor.index > start)
        cursor.remark('unexpected-token', `'=' is missing before '${clip(cursor.tokens.text(cursor.index))}'`);
      break;
    }
    if (targets.length > 1) cursor.take('ROW');
    if (targets.length > 1 && cursor.kind() === T.open && !isQueryGroup(cursor)) {
      sets.push({ targets, value: emptyExpression(cursor), values: expressionList(cursor) });
      continue;
    }
    let value = expression(cursor);
    const target = targets[0];
    if (compound && target) {
      const { start: from, end } = target[0]!;
      value = {
        ...value,
        bare: false,
        references: [
          ...value.references,
          { path: target, star: false, role: 'value', aggregated: false, masked: false, start: from, end },
        ],
      };
    }
    sets.push({ targets, value, values: [] });
  } while (cursor.takeKind(T.comma));
  return sets;
}

function update(cursor: Cursor, ctes: readonly Cte[], recursive: boolean): Statement {
  const start = cursor.index++;
  while (['LOW_PRIORITY', 'IGNORE'].includes(cursor.word())) cursor.index++;
  if (cursor.at('OR') && cursor.isName(1)) cursor.index += 2;
  if (cursor.at('TOP') && cursor.kind(1) === T.open) {
    cursor.index++;
    cursor.skipGroup();
    cursor.take('PERCENT');
  }
  if (cursor.at('TABLE') && cursor.isName(1)) cursor.index++;
  const targets = fromList(cursor);
  const from: FromItem[] = [];
  const sets: Assignment[] = [];
  const filters: Expression[] = [];
  let returning = NOTHING_RETURNED;
  for (;;) {
    switch (cursor.word()) {
      case 'SET':
        cursor.index++;
        for (const set of assignments(cursor)) sets.push(set);
        continue;
      case 'FROM':
        cursor.index++;
        for (const item of fromList(cursor)) from.push(item);
        continue;
      case 'WHERE':
        cursor.index++;
        if (cursor.takeWords('CURRENT', 'OF')) cursor.step();
        else filters.push(expression(cursor));
        continue;
      case 'OUTPUT':
        returning = output(cursor);
        continue;
      case 'RETURNING':
        cursor.index++;
        returning = returningClause(cursor);
        continue;
      case 'ORDER':
      case 'LIMIT':
        cursor.index += cursor.at('ORDER') ? 2 : 1;
        expression(cursor, { list: true });
        continue;
      case 'OPTION':
        cursor.index++;
        cursor.skipGroup();
        continue;
      case 'ELSE': {
        // Teradata: `UPDATE ... ELSE INSERT INTO t (a) VALUES (b)`.
        if (cursor.word(1) !== 'INSERT' || cursor.tokens.traits.name !== 'teradata') break;
        cursor.index += 2;
        cursor.take('INTO');
        if (cursor.isName() && !cursor.at('VALUES')) tablePath(cursor);
        const columns = cursor.kind() === T.open ? cursor.identifierList() : [];
        if (!cursor.take('VALUES') || cursor.kind() !== T.open) continue;
        expressionList(cursor).forEach((value, i) => {
          if (columns[i]) sets.push({ targets: [[columns[i]]], value, values: [] });
        });
        continue;
      }
    }
    break;
  }
  return { kind: 'update', span: cursor.spanFrom(start), ctes, recursive, targets, sets, from, filters, returning };
}

function remove(cursor: Cursor, ctes: readonly Cte[], recursive: boolean): Statement {
  const start = cursor.index++;
  while (['LOW_PRIORITY', 'QUICK', 'IGNORE'].includes(cursor.word())) cursor.index++;
  if (cursor.at('TOP')) {
    cursor.index++;
    cursor.skipGroup();
    cursor.take('PERCENT');
  }
  const names: Path[] = [];
  let from: FromItem[] = [];
  if (!cursor.at('FROM')) {
    const mark = cursor.index;
    do {
      const path = tablePath(cursor);
      if (path.length > 0) names.push(path);
      if (cursor.kind() === T.dot && cursor.kind(1) === T.star) cursor.index += 2;
    } while (cursor.takeKind(T.comma));
    if (!cursor.at('FROM') && !cursor.at('OUTPUT')) {
      // Oracle and T-SQL: `DELETE t WHERE ...`.
      cursor.index = mark;
      names.length = 0;
      from = fromList(cursor);
    }
  }
  const using: FromItem[] = [];
  const filters: Expression[] = [];
  let returning = NOTHING_RETURNED;
  for (;;) {
    switch (cursor.word()) {
      case 'FROM':
        cursor.index++;
        if (from.length > 0) for (const item of fromList(cursor)) using.push(item);
        else from = fromList(cursor);
        continue;
      case 'USING':
        cursor.index++;
        for (const item of fromList(cursor)) using.push(item);
        continue;
      case 'WHERE':
        cursor.index++;
        if (cursor.takeWords('CURRENT', 'OF')) cursor.step();
        else filters.push(expression(cursor));
        continue;
      case 'ALL':
        cursor.index++;
        continue;
      case 'OUTPUT':
        returning = output(cursor);
        continue;
      case 'RETURNING':
        cursor.index++;
        returning = returningClause(cursor);
        continue;
      case 'ORDER':
      case 'LIMIT':
        cursor.index += cursor.at('ORDER') ? 2 : 1;
        expression(cursor, { list: true });
        continue;
    }
    break;
  }
  return { kind: 'delete', span: cursor.spanFrom(start), ctes, recursive, names, from, using, filters, returning };
}

function mergeStatement(cursor: Cursor, ctes: readonly Cte[], recursive: boolean): Statement {
  const start = cursor.index++;
  if (cursor.at('TOP')) {
    cursor.index++;
    cursor.skipGroup();
    cursor.take('PERCENT');
  }
  if (cursor.at('WITH') && cursor.word(1) === 'SCHEMA') cursor.index += 3;
  cursor.take('INTO');
  const target = source(cursor);
  const items: FromItem[] = [];
  if (cursor.take('USING')) {
    items.push({ source: source(cursor), natural: false, using: [], on: [], hidden: false });
    joins(cursor, items);
  }
  const first = items[0] ?? {
    source: { kind: 'table', path: [], span: cursor.spanFrom(start), alias: NO_ALIAS } as Source,
    natural: false,
    using: [],
    on: [],
    hidden: false,
  };
  const on: Expression[] = [];
  if (cursor.take('ON')) on.push(expression(cursor));
  else if (cursor.at('USING') && cursor.kind(1) === T.open) {
    cursor.index++;
    cursor.skipGroup();
  }
  const actions: MergeAction[] = [];
  // Redshift: rows of the source replace those of the target.
  if (cursor.takeWords('REMOVE', 'DUPLICATES'))
    actions.push({ kind: 'insert', condition: null, columns: [], values: [], all: true });
  let returning = NOTHING_RETURNED;
  for (;;) {
    if (cursor.at('OUTPUT')) {
      returning = output(cursor);
      continue;
    }
    if (cursor.take('RETURNING')) {
      returning = returningClause(cursor);
      continue;
    }
    if (cursor.takeWords('ELSE', 'IGNORE')) continue;
    if (!cursor.take('WHEN')) break;
    cursor.take('NOT');
    cursor.take('MATCHED');
    if (cursor.take('BY')) cursor.step();
    const condition = cursor.take('AND') ? expression(cursor) : null;
    cursor.take('THEN');
    mergeAction(cursor, condition, actions);
  }
  if (cursor.at('LOG') || cursor.at('OPTION')) while (!cursor.done && cursor.kind() !== T.semicolon) cursor.skipGroup();
  const using: FromItem =
    items.length > 1 ? { ...first, source: { kind: 'group', from: items, alias: NO_ALIAS }, on } : { ...first, on };
  return { kind: 'merge', span: cursor.spanFrom(start), ctes, recursive, target, source: using, actions, returning };
}

function mergeAction(cursor: Cursor, condition: Expression | null, actions: MergeAction[]): void {
  if (cursor.take('UPDATE')) {
    const all = cursor.takeKind(T.star) || cursor.takeWords('ALL', 'BY', 'NAME') || cursor.takeWords('BY', 'NAME');
    let sets: Assignment[] = [];
    let everything = all;
    if (cursor.take('SET')) {
      if (cursor.takeKind(T.star)) everything = true;
      else sets = assignments(cursor);
    }
    let when = condition;
    if (cursor.take('WHERE')) when = expression(cursor);
    actions.push({ kind: 'update', condition: when, sets, all: everything });
    if (cursor.take('DELETE')) {
      if (cursor.take('WHERE')) actions.push({ kind: 'delete', condition: expression(cursor) });
    }
    return;
  }
  if (cursor.take('INSERT')) {
    if (
      cursor.takeKind(T.star) ||
      cursor.takeWords('ALL', 'BY', 'NAME') ||
      cursor.takeWords('BY', 'NAME') ||
      cursor.take('ROW')
    ) {
      actions.push({ kind: 'insert', condition, columns: [], values: [], all: true });
      return;
    }
    const columns: Path[] = [];
    let values: Expression[] = [];
    let all = false;
    const mark = cursor.index;
    if (cursor.kind() === T.open) for (const name of cursor.identifierList()) columns.push([name]);
    if (columns.length > 0 && cursor.tokens.traits.name === 'teradata' && !cursor.at('VALUES')) {
      // `INSERT (s.a, s.b)` lists values.
      columns.length = 0;
      cursor.index = mark;
      values = expressionList(cursor);
    }
    if (cursor.take('ROW')) all = true;
    else if (cursor.take('VALUES') && cursor.kind() === T.open) values = expressionList(cursor);
    else if (cursor.takeKind(T.star)) all = true;
    else cursor.takeWords('DEFAULT', 'VALUES');
    const when = cursor.take('WHERE') ? expression(cursor) : condition;
    actions.push({ kind: 'insert', condition: when, columns, values, all });
    return;
  }
  if (cursor.take('DELETE')) {
    actions.push({ kind: 'delete', condition });
    return;
  }
  cursor.takeWords('DO', 'NOTHING');
  if (condition) actions.push({ kind: 'delete', condition });
}

/** What a CREATE makes, after its words: the words up to and including the kind of thing. */
const CREATED = new Set(['TABLE', 'VIEW', 'PROCEDURE', 'PROC', 'FUNCTION', 'TRIGGER', 'TASK', 'PACKAGE', 'STREAM']);
const CREATE_MODIFIERS = new Set(
  `OR REPLACE ALTER REFRESH TEMP TEMPORARY GLOBAL LOCAL VOLATILE MULTISET SET UNLOGGED TRANSIENT EXTERNAL FOREIGN LIVE
  STREAMING INCREMENTAL DYNAMIC ICEBERG HYBRID MATERIALIZED SECURE FORCE NOFORCE RECURSIVE EDITIONABLE NONEDITIONABLE
  PRIVATE SHARED IMMUTABLE SNAPSHOT WINDOW CACHED COLUMN ROW FACT DIMENSION REFERENCE NO EVENT PUBLIC CONSTRAINT AGGREGATE
  IF NOT EXISTS`.split(/\s+/),
);
const CONSTRAINTS = new Set(
  'PRIMARY CONSTRAINT UNIQUE FOREIGN CHECK INDEX KEY PERIOD EXCLUDE PROJECTION FULLTEXT SPATIAL'.split(' '),
);

export interface CreateHead {
  readonly what: string;
  readonly temporary: boolean;
  /** Teradata and PostgreSQL: the view may name itself. */
  readonly recursive: boolean;
  readonly start: number;
}

/** Reads `CREATE OR REPLACE TEMPORARY TABLE` and the like; null (nothing read) where something else is created. */
export function createHead(cursor: Cursor): CreateHead | null {
  const start = cursor.index;
  let temporary = false;
  let recursive = false;
  cursor.index++;
  for (;;) {
    const word = cursor.word();
    if (CREATED.has(word)) {
      cursor.index++;
      if (word === 'PACKAGE') cursor.take('BODY');
      return { what: word, temporary, recursive, start };
    }
    if (word === 'TEMP' || word === 'TEMPORARY' || word === 'VOLATILE' || word === 'LOCAL') temporary = true;
    if (word === 'RECURSIVE') recursive = true;
    if (CREATE_MODIFIERS.has(word)) cursor.index++;
    else if (word === 'ALGORITHM' || word === 'DEFINER') {
      cursor.index++;
      cursor.takeKind(T.equals);
      cursor.step();
      while (cursor.kind() === T.param || (cursor.kind() === T.operator && cursor.tokens.text(cursor.index) === '@'))
        cursor.index++;
      if (cursor.kind(-1) === T.operator) cursor.step();
    } else if (word === 'SQL' && cursor.word(1) === 'SECURITY') cursor.index += 3;
    else break;
  }
  cursor.index = start;
  return null;
}

function definedColumns(cursor: Cursor): Identifier[] {
  const names: Identifier[] = [];
  cursor.within(() => {
    while (!cursor.done) {
      if (
        cursor.isName() &&
        !(cursor.kind() === T.word && CONSTRAINTS.has(cursor.word()) && cursor.kind(1) !== T.comma)
      )
        names.push(cursor.identifierAt(cursor.index));
      while (!cursor.done && cursor.kind() !== T.comma) cursor.skipGroup();
      cursor.takeKind(T.comma);
    }
  });
  return names;
}

/** `(a int, b string)`: names that a type follows. */
function typedColumns(cursor: Cursor): Identifier[] {
  const names: Identifier[] = [];
  cursor.within(() => {
    while (!cursor.done) {
      if (cursor.isName() && cursor.kind(1) === T.word) names.push(cursor.identifierAt(cursor.index));
      while (!cursor.done && cursor.kind() !== T.comma) cursor.skipGroup();
      cursor.takeKind(T.comma);
    }
  });
  return names;
}

/** The rest of CREATE TABLE, VIEW or STREAM. */
export function createRelation(cursor: Cursor, head: CreateHead): Statement {
  cursor.takeWords('IF', 'NOT', 'EXISTS');
  if (cursor.takeWords('IF', 'EXISTS')) cursor.remark('unexpected-token', 'IF EXISTS is not part of CREATE');
  const named = cursor.index;
  const target = targetHere(cursor, named);
  const isHash = target.kind === 'table' && (target.path[target.path.length - 1]?.text.startsWith('#') ?? false);
  let into: Path | null = null;
  let columns: Identifier[] = [];
  let found: Query | null = null;
  let like: Source | null = null;
  let copiesRows = false;
  /** Columns stand right behind the name, not behind `PARTITION BY date(ts)` or `WITH TAG`. */
  let columnPlace = cursor.index;
  const tsql = cursor.tokens.traits.name === 'tsql';
  while (!cursor.done && cursor.kind() !== T.semicolon) {
    const word = cursor.word();
    if (cursor.kind() === T.open) {
      if (isQueryGroup(cursor)) {
        found = query(cursor);
        break;
      }
      if (cursor.word(1) === 'LIKE' && cursor.isName(2)) {
        cursor.within(() => {
          cursor.index++;
          like = source(cursor);
          cursor.index = cursor.limit;
        });
      } else if (columns.length === 0 && cursor.index === columnPlace) columns = definedColumns(cursor);
      else cursor.skipGroup();
      continue;
    }
    if (word === 'LIKE' || word === 'CLONE' || (word === 'COPY' && cursor.word(1) !== 'GRANTS' && cursor.isName(1))) {
      if (cursor.isName(1)) {
        cursor.index++;
        like = source(cursor);
        copiesRows = word !== 'LIKE';
        continue;
      }
    }
    if (word === 'PARTITIONED' && cursor.word(1) === 'BY' && cursor.kind(2) === T.open && columns.length > 0) {
      // Hive: columns of their own, with types; elsewhere names of columns that stand above.
      cursor.index += 2;
      const known = new Set(columns.map(({ text }) => text.toLowerCase()));
      for (const name of typedColumns(cursor)) if (!known.has(name.text.toLowerCase())) columns.push(name);
      continue;
    }
    if (word === 'OPTIONS' && cursor.kind(1) === T.open && head.what === 'VIEW') {
      // Spark: `CREATE TEMPORARY VIEW v USING csv OPTIONS (path '/in/x.csv')`.
      const end = cursor.afterGroup(1);
      for (let i = cursor.index + 2; i < end; i++) {
        if (cursor.tokens.word(i) !== 'PATH' || cursor.tokens.kind(i + 1) !== T.string) continue;
        const { text, ...span } = cursor.identifierAt(i + 1);
        like = { kind: 'location', name: text, span, alias: NO_ALIAS };
        copiesRows = true;
      }
      cursor.index = end;
      continue;
    }
    if (word === 'ON' && head.what === 'STREAM') {
      cursor.index++;
      while (['TABLE', 'VIEW', 'EXTERNAL', 'STAGE', 'DYNAMIC'].includes(cursor.word())) cursor.index++;
      like = source(cursor);
      copiesRows = true;
      continue;
    }
    if (word === 'TO' && cursor.isName(1) && head.what === 'VIEW') {
      cursor.index++;
      into = tablePath(cursor);
      columnPlace = cursor.index;
      continue;
    }
    if ((word === 'ON' && cursor.word(1) === 'CLUSTER') || (word === 'COPY' && cursor.word(1) === 'GRANTS')) {
      cursor.index += word === 'ON' ? 3 : 2;
      columnPlace = cursor.index;
      continue;
    }
    if (word === 'AS') {
      const { name } = cursor.tokens.traits;
      const namesTable = (name === 'clickhouse' || name === 'teradata') && cursor.word(-1) !== 'STORED';
      cursor.index++;
      if (
        startsQuery(cursor) ||
        (cursor.kind() === T.open && isQueryGroup(cursor)) ||
        cursor.at('VALUES') ||
        (cursor.at('TABLE') && cursor.isName(1)) ||
        (cursor.at('FROM') && (cursor.isName(1) || cursor.kind(1) === T.string))
      ) {
        found = query(cursor);
        break;
      }
      if (cursor.kind() === T.open) {
        // Teradata: `AS (t) WITH DATA`; otherwise a query that is hidden deeper than it should be.
        cursor.within(() => {
          if (cursor.isName()) like = source(cursor);
          cursor.index = cursor.limit;
        });
        copiesRows = true;
        continue;
      }
      if (cursor.isName() && head.what === 'TABLE' && namesTable) {
        like = source(cursor);
        copiesRows = cursor.at('WITH');
        continue;
      }
      continue;
    }
    if (startsQuery(cursor) && !tsql) {
      found = query(cursor);
      break;
    }
    if (tsql && STATEMENT_WORDS.has(word) && word !== 'WITH' && word !== 'SET' && cursor.word(-1) !== 'ON') break;
    cursor.skipGroup();
  }
  // Teradata `WITH NO DATA` copies the columns only.
  const scan = cursor.index;
  for (let i = scan; i < cursor.limit && i < scan + 12 && cursor.tokens.kind(i) !== T.semicolon; i++)
    if (cursor.tokens.word(i) === 'NO' && cursor.tokens.word(i + 1) === 'DATA') copiesRows = false;
  if (found && !tsql) while (!cursor.done && cursor.kind() !== T.semicolon) cursor.skipGroup();
  if (found && head.recursive && target.kind === 'table') {
    const name = target.path.at(-1);
    const { span } = target;
    const itself = { kind: 'table', path: name ? [name] : [], span, alias: NO_ALIAS } as const;
    if (name)
      found = {
        ctes: [{ name, columns, query: found, scalar: false }],
        recursive: true,
        body: selectOf(
          [{ kind: 'star', qualifier: [], span, except: [], replace: [], rename: [], filtered: false }],
          [{ source: itself, natural: false, using: [], on: [], hidden: false }],
          span,
        ),
        sorts: [],
      };
  }
  return {
    kind: 'create',
    span: cursor.spanFrom(head.start),
    what: head.what === 'VIEW' ? 'view' : head.what === 'STREAM' ? 'stream' : 'table',
    target,
    into,
    columns,
    query: found,
    like,
    copiesRows,
    temporary: head.temporary || isHash,
  };
}

/** COPY, UNLOAD, LOAD DATA, EXPORT DATA, BULK INSERT. Null where the words do not begin one. */
export function transfer(cursor: Cursor, embedded: (index: number) => Query | null): Statement | null {
  const start = cursor.index;
  const verb = cursor.word();
  const done = (
    from: readonly Source[],
    found: Query | null,
    target: Target,
    columns: readonly Identifier[] = [],
  ): Statement => {
    while (!cursor.done && cursor.kind() !== T.semicolon) cursor.skipGroup();
    return {
      kind: 'transfer',
      span: cursor.spanFrom(start),
      verb: verb.toLowerCase(),
      from,
      query: found,
      target,
      columns,
    };
  };
  const location = (): Source => {
    const from = cursor.index;
    if (cursor.kind() === T.string) {
      const name = cursor.identifierAt(cursor.index++).text;
      return { kind: 'location', name, span: cursor.spanFrom(from), alias: NO_ALIAS };
    }
    if (cursor.at('STDIN') || cursor.at('STDOUT') || cursor.at('PROGRAM')) {
      const name = cursor.tokens.text(cursor.index++).toLowerCase();
      return { kind: 'location', name, span: cursor.spanFrom(from), alias: NO_ALIAS };
    }
    return source(cursor);
  };
  const asTarget = (found: Source): Target => {
    if (found.kind === 'location') return { kind: 'location', name: found.name, span: found.span };
    if (found.kind === 'table') return { kind: 'table', path: found.path, span: found.span };
    return { kind: 'location', name: '', span: cursor.spanFrom(start) };
  };
  switch (verb) {
    case 'COPY': {
      cursor.index++;
      const hasInto = cursor.take('INTO');
      if (cursor.kind() === T.open && isQueryGroup(cursor)) {
        const found = query(cursor);
        cursor.take('TO');
        return done([], found, asTarget(location()));
      }
      const isLocation = cursor.kind() === T.string || (cursor.kind() === T.param && hasInto);
      const subject: Target = isLocation ? asTarget(location()) : targetHere(cursor, cursor.index);
      let columns: Identifier[] = [];
      if (cursor.kind() === T.open) columns = cursor.identifierList();
      while (!cursor.done && cursor.kind() !== T.semicolon && !cursor.at('FROM') && !cursor.at('TO'))
        cursor.skipGroup();
      if (cursor.take('FROM')) {
        if (cursor.kind() === T.open && isQueryGroup(cursor)) return done([], query(cursor), subject, columns);
        return done([location()], null, subject, columns);
      }
      if (cursor.take('TO')) {
        const from: Source =
          subject.kind === 'table'
            ? { kind: 'table', path: subject.path, span: subject.span, alias: NO_ALIAS }
            : { ...subject, alias: NO_ALIAS };
        return done([from], null, asTarget(location()), columns);
      }
      return done([], null, subject, columns);
    }
    case 'UNLOAD': {
      cursor.index++;
      let found: Query | null = null;
      if (cursor.kind() === T.open) {
        if (cursor.kind(1) === T.string) {
          found = embedded(cursor.index + 1);
          cursor.skipGroup();
        } else found = query(cursor);
      }
      cursor.take('TO');
      return done([], found, asTarget(location()));
    }
    case 'LOAD': {
      if (cursor.word(1) !== 'DATA' && cursor.word(1) !== 'XML') return null;
      cursor.index += 2;
      let from: Source | null = null;
      let overwrite = false;
      while (!cursor.done && cursor.kind() !== T.semicolon && !cursor.at('INTO')) {
        if (cursor.at('OVERWRITE') && cursor.tokens.traits.name === 'bigquery') {
          overwrite = true;
          break;
        }
        if (cursor.kind() === T.string && !from) from = location();
        else cursor.skipGroup();
      }
      if (overwrite || cursor.at('INTO')) cursor.index++;
      cursor.take('TABLE');
      const target = targetHere(cursor, cursor.index);
      // BigQuery: `LOAD DATA INTO t FROM FILES (uris = ['gs://...'])`.
      for (let i = cursor.index; i < cursor.limit && !from && cursor.tokens.kind(i) !== T.semicolon; i++) {
        if (cursor.tokens.kind(i) === T.string && /:\/\//.test(cursor.tokens.text(i))) {
          const { text, ...span } = cursor.identifierAt(i);
          from = { kind: 'location', name: text, span, alias: NO_ALIAS };
        }
      }
      return done(from ? [from] : [], null, target);
    }
    case 'EXPORT': {
      if (cursor.word(1) === 'TABLE' && cursor.isName(2)) {
        // Hive: `EXPORT TABLE t TO '/path'`.
        cursor.index += 2;
        const at = cursor.index;
        const path = tablePath(cursor);
        const from: Source = { kind: 'table', path, span: cursor.spanFrom(at), alias: NO_ALIAS };
        while (!cursor.done && cursor.kind() !== T.semicolon && !cursor.at('TO')) cursor.skipGroup();
        cursor.take('TO');
        return done([from], null, asTarget(location()));
      }
      if (cursor.word(1) !== 'DATA') return null;
      let name = '';
      while (!cursor.done && cursor.kind() !== T.semicolon && !cursor.at('AS')) {
        if (cursor.kind() === T.open) {
          const end = cursor.afterGroup();
          for (let i = cursor.index; i < end; i++)
            if (cursor.tokens.word(i) === 'URI' && cursor.tokens.kind(i + 2) === T.string)
              name = cursor.identifierAt(i + 2).text;
        }
        cursor.skipGroup();
      }
      cursor.take('AS');
      const found = startsQuery(cursor) || cursor.kind() === T.open ? query(cursor) : null;
      return done([], found, { kind: 'location', name, span: cursor.spanFrom(start) });
    }
    case 'BULK': {
      if (cursor.word(1) !== 'INSERT') return null;
      cursor.index += 2;
      const target = targetHere(cursor, cursor.index);
      const from = cursor.take('FROM') ? [location()] : [];
      return done(from, null, target);
    }
    default:
      return null;
  }
}

/** Databricks: changes of one table flow into another. */
export function applyChanges(cursor: Cursor): Statement {
  const start = cursor.index;
  cursor.index += 2;
  cursor.take('INTO');
  const target = targetHere(cursor, cursor.index);
  const from: Source[] = [];
  if (cursor.take('FROM')) {
    const at = cursor.index;
    const isStream = cursor.at('STREAM') && cursor.kind(1) === T.open;
    if (isStream) cursor.index += 2;
    const path = tablePath(cursor);
    from.push({ kind: 'table', path, span: cursor.spanFrom(at), alias: NO_ALIAS });
  }
  while (!cursor.done && cursor.kind() !== T.semicolon) cursor.skipGroup();
  return {
    kind: 'transfer',
    span: cursor.spanFrom(start),
    verb: 'apply_changes',
    from,
    query: null,
    target,
    columns: [],
  };
}

/** ALTER, RENAME, EXCHANGE: which may move rows, or only names. */
export function alter(cursor: Cursor): Statement {
  const start = cursor.index;
  const finish = (): void => {
    const tsql = cursor.tokens.traits.name === 'tsql';
    while (
      !cursor.done &&
      cursor.kind() !== T.semicolon &&
      !(
        tsql &&
        STATEMENT_WORDS.has(cursor.word()) &&
        !['ALTER', 'SET', 'WITH', 'DROP', 'UPDATE', 'DELETE'].includes(cursor.word())
      )
    )
      cursor.skipGroup();
  };
  if (cursor.at('RENAME') || cursor.at('EXCHANGE')) {
    const exchange = cursor.at('EXCHANGE');
    cursor.index++;
    if (!cursor.take('TABLE')) cursor.take('TABLES');
    const pairs: [Path, Path][] = [];
    do {
      const from = tablePath(cursor);
      if (!cursor.take('TO')) cursor.take('AND');
      const to = tablePath(cursor);
      if (from.length > 0 && to.length > 0) pairs.push([from, to]);
    } while (cursor.takeKind(T.comma));
    finish();
    if (exchange && pairs[0]) return moved(cursor, start, pairs[0][1], pairs[0][0]);
    return { kind: 'rename', span: cursor.spanFrom(start), pairs };
  }
  cursor.index++;
  const isView = cursor.at('VIEW') || (cursor.at('MATERIALIZED') && cursor.word(1) === 'VIEW');
  const isTable =
    cursor.at('TABLE') ||
    isView ||
    (['EXTERNAL', 'FOREIGN', 'ICEBERG', 'DYNAMIC'].includes(cursor.word()) && cursor.word(1) === 'TABLE');
  if (!isTable) {
    finish();
    return { kind: 'other', span: cursor.spanFrom(start), verb: 'alter' };
  }
  while (
    ['TABLE', 'VIEW', 'MATERIALIZED', 'EXTERNAL', 'FOREIGN', 'ICEBERG', 'DYNAMIC', 'ONLY', 'IF', 'EXISTS'].includes(
      cursor.word(),
    )
  )
    cursor.index++;
  const target = tablePath(cursor);
  for (;;) {
    if (cursor.done || cursor.kind() === T.semicolon) break;
    if (cursor.at('RENAME') && (cursor.word(1) === 'TO' || cursor.word(1) === 'AS')) {
      cursor.index += 2;
      const to = tablePath(cursor);
      finish();
      return { kind: 'rename', span: cursor.spanFrom(start), pairs: to.length > 0 ? [[target, to]] : [] };
    }
    if (
      cursor.at('RENAME') &&
      cursor.isName(1) &&
      cursor.word(1) !== 'COLUMN' &&
      cursor.tokens.traits.name === 'mysql'
    ) {
      cursor.index++;
      const to = tablePath(cursor);
      finish();
      return { kind: 'rename', span: cursor.spanFrom(start), pairs: [[target, to]] };
    }
    if (cursor.at('SWAP') && cursor.word(1) === 'WITH') {
      cursor.index += 2;
      const other = tablePath(cursor);
      finish();
      return moved(cursor, start, other, target);
    }
    if (cursor.at('EXCHANGE')) {
      // Hive moves the partition from the second table to the first; so do Oracle and MySQL, where the two change places.
      while (
        !cursor.done &&
        cursor.kind() !== T.semicolon &&
        !(cursor.at('WITH') && (cursor.word(1) === 'TABLE' || cursor.isName(1)))
      )
        cursor.skipGroup();
      cursor.take('WITH');
      cursor.take('TABLE');
      const other = tablePath(cursor);
      finish();
      return moved(cursor, start, other, target);
    }
    if (cursor.at('SWITCH')) {
      while (!cursor.done && cursor.kind() !== T.semicolon && !cursor.at('TO')) cursor.skipGroup();
      cursor.take('TO');
      const other = tablePath(cursor);
      finish();
      return moved(cursor, start, target, other);
    }
    if (cursor.at('APPEND') && cursor.word(1) === 'FROM') {
      cursor.index += 2;
      const other = tablePath(cursor);
      finish();
      return moved(cursor, start, other, target);
    }
    if (cursor.at('ATTACH') && cursor.word(1) === 'PARTITION') {
      cursor.index += 2;
      const other = cursor.tokens.traits.name === 'clickhouse' ? [] : tablePath(cursor);
      if (other.length > 0) {
        finish();
        return moved(cursor, start, other, target);
      }
      while (!cursor.done && cursor.kind() !== T.semicolon && !cursor.at('FROM')) cursor.skipGroup();
      if (cursor.take('FROM')) return moved(cursor, start, tablePath(cursor), target);
      continue;
    }
    if (cursor.at('UPDATE') && cursor.tokens.traits.name === 'clickhouse') {
      cursor.index++;
      const sets = assignments(cursor);
      const filters = cursor.take('WHERE') ? [expression(cursor)] : [];
      const span = cursor.spanFrom(start);
      const item: FromItem = {
        source: { kind: 'table', path: target, span, alias: NO_ALIAS },
        natural: false,
        using: [],
        on: [],
        hidden: false,
      };
      return {
        kind: 'update',
        span,
        ctes: [],
        recursive: false,
        targets: [item],
        sets,
        from: [],
        filters,
        returning: NOTHING_RETURNED,
      };
    }
    if (isView && cursor.at('AS') && (startsQuery(cursor, 1) || cursor.kind(1) === T.open)) {
      cursor.index++;
      const found = query(cursor);
      finish();
      return {
        kind: 'create',
        span: cursor.spanFrom(start),
        what: 'view',
        target: { kind: 'table', path: target, span: cursor.spanFrom(start) },
        into: null,
        columns: [],
        query: found,
        like: null,
        copiesRows: false,
        temporary: false,
      };
    }
    if (
      cursor.tokens.traits.name === 'tsql' &&
      STATEMENT_WORDS.has(cursor.word()) &&
      !['ALTER', 'SET', 'WITH', 'DROP'].includes(cursor.word())
    )
      break;
    cursor.skipGroup();
  }
  return { kind: 'alter', span: cursor.spanFrom(start), target };
}

function moved(cursor: Cursor, start: number, from: Path, to: Path): Statement {
  const span = cursor.spanFrom(start);
  if (from.length === 0 || to.length === 0) return { kind: 'other', span, verb: 'alter' };
  return {
    kind: 'transfer',
    span,
    verb: 'exchange',
    from: [{ kind: 'table', path: from, span, alias: NO_ALIAS }],
    query: null,
    target: { kind: 'table', path: to, span },
    columns: [],
  };
}
