/** FROM and everything that can stand in it: tables, joins, lateral views, table functions, files, aliases, time travel. */
import type { Cursor } from './cursor.ts';
import { emptyExpression, expression } from './expression.ts';
import { JOIN_WORDS, NOT_TABLE, NOT_TABLE_ALIAS, STATEMENT_WORDS, TSQL_STATEMENT_WORDS, words } from './keyword.ts';
import { splitName, tablePath } from './name.ts';
import { matchRecognize, pivot, unpivot } from './pivot.ts';
import { commaSeparated, isQueryGroup, MAX_CHAIN, NO_ALIAS, plainQuery, query, values } from './query.ts';
import { itemAlias } from './select-item.ts';
import { T } from './token.ts';
import type { Identifier, Path, Expression, TableAlias, Source, FromItem, Query } from './tree.ts';

const TSQL_HINTS = words(
  `NOLOCK READUNCOMMITTED READCOMMITTED REPEATABLEREAD SERIALIZABLE HOLDLOCK UPDLOCK ROWLOCK TABLOCK TABLOCKX READPAST XLOCK
  PAGLOCK NOEXPAND INDEX FORCESEEK FORCESCAN SNAPSHOT NOWAIT`,
);

const FILE_READERS =
  /^(READ_\w+|PARQUET_SCAN|CSV_SCAN|ICEBERG_SCAN|DELTA_SCAN|JSON_SCAN|SNIFF_CSV|S3|GCS|URL|FILE|HDFS|AZUREBLOBSTORAGE|OPENROWSET|S3CLUSTER)$/;

/** ClickHouse: `remote('host', db.t)`. */
const OTHER_SERVERS = /^(REMOTE|REMOTESECURE|CLUSTER|CLUSTERALLREPLICAS)$/;

export function plainItem(source: Source): FromItem {
  return { source, natural: false, using: [], on: [], hidden: false };
}

export function fromList(cursor: Cursor): FromItem[] {
  const items: FromItem[] = [];
  do {
    const before = cursor.index;
    items.push(plainItem(source(cursor)));
    joins(cursor, items);
    if (cursor.index === before) {
      cursor.remark('missing-name', 'a table is missing here');
      break;
    }
  } while (cursor.takeKind(T.comma));
  return items;
}

/** Joins and lateral views, appended to `items`. */
export function joins(cursor: Cursor, items: FromItem[]): void {
  for (;;) {
    if (cursor.at('LATERAL') && cursor.word(1) === 'VIEW') {
      lateralViews(cursor, items);
      continue;
    }
    // A condition may follow a later join: `a JOIN b JOIN c ON ... ON ...`.
    if (cursor.at('ON') && items.length > 1) {
      cursor.index++;
      const on = expression(cursor);
      let open = items.length - 1;
      while (open > 0 && items.length - open < 64 && (items[open]!.on.length > 0 || items[open]!.using.length > 0))
        open--;
      if (open === 0 || items[open]!.on.length > 0) open = items.length - 1;
      const conditions = items[open]!.on as Expression[];
      if (conditions.length === 0) items[open] = { ...items[open]!, on: [on] };
      else conditions.push(on);
      continue;
    }
    if (cursor.at('USING') && cursor.kind(1) === T.open && items.length > 1) {
      cursor.index++;
      const using = cursor.identifierList();
      items[items.length - 1] = { ...items[items.length - 1]!, using };
      // PostgreSQL: `USING (id) AS j`.
      if (cursor.at('AS') && cursor.isName(1)) cursor.index += 2;
      continue;
    }
    if (cursor.at('MATCH_CONDITION') && cursor.kind(1) === T.open && items.length > 1) {
      cursor.index++;
      const on = cursor.within(() => expression(cursor));
      items[items.length - 1] = { ...items[items.length - 1]!, on: [on] };
      continue;
    }
    let ahead = 0;
    let natural = false;
    let semi = false;
    let apply = false;
    let array = false;
    for (;;) {
      const word = cursor.word(ahead);
      if (word === 'JOIN' || word === 'STRAIGHT_JOIN') break;
      if (word === 'APPLY') {
        apply = true;
        break;
      }
      if (word === 'NATURAL') natural = true;
      else if (word === 'SEMI' || word === 'ANTI') semi = true;
      else if (word === 'ARRAY') array = true;
      else if (
        !JOIN_WORDS.has(word) &&
        !['HASH', 'MERGE', 'LOOP', 'REMOTE', 'ANY', 'ALL', 'REPLICATE', 'REDUCE', 'REDISTRIBUTE', 'BROADCAST'].includes(
          word,
        )
      ) {
        ahead = -1;
        break;
      }
      if (++ahead > 5) {
        ahead = -1;
        break;
      }
    }
    if (ahead < 0) return;
    cursor.index += ahead + 1;
    if (apply && items.length === 0) return;
    if (array) {
      arrayJoin(cursor, items);
      continue;
    }
    // Databricks: `JOIN /*+ hints */` is a comment; `JOIN [BROADCAST] t` of BigQuery keeps its word.
    const joined = source(cursor);
    items.push({ source: joined, natural, using: [], on: [], hidden: semi });
  }
}

/** Several expressions as one bag. */
export function gathered(start: Expression, parts: readonly Expression[]): Expression {
  const end = parts[parts.length - 1]?.end ?? start.end;
  return {
    ...start,
    end,
    references: parts.flatMap((part) => part.references),
    subqueries: parts.flatMap((part) => part.subqueries),
    bare: false,
  };
}

/** ClickHouse: `ARRAY JOIN tags AS tag, values`. */
function arrayJoin(cursor: Cursor, items: FromItem[]): void {
  do {
    const start = cursor.index;
    const call = expression(cursor);
    const alias = itemAlias(cursor) ?? call.name;
    const columns = alias ? [alias] : [];
    items.push(
      plainItem({
        kind: 'function',
        name: 'ARRAY JOIN',
        call,
        tables: [],
        columns,
        ordinal: null,
        alias: { name: null, columns },
        span: cursor.spanFrom(start),
      }),
    );
    if (cursor.index === start) break;
  } while (cursor.takeKind(T.comma));
}

export function lateralViews(cursor: Cursor, items: FromItem[]): void {
  while (cursor.at('LATERAL') && cursor.word(1) === 'VIEW') {
    const start = cursor.index;
    cursor.index += 2;
    cursor.take('OUTER');
    const path = tablePath(cursor);
    const call =
      cursor.kind() === T.open ? cursor.within(() => expression(cursor, { list: true })) : emptyExpression(cursor);
    let name: Identifier | null = null;
    if (cursor.isName() && !cursor.at('AS') && !NOT_TABLE_ALIAS.has(cursor.word())) name = cursor.identifier();
    const columns: Identifier[] = [];
    if (cursor.take('AS')) {
      if (cursor.kind() === T.open) for (const one of cursor.identifierList()) columns.push(one);
      else
        do {
          const column = cursor.identifier();
          if (column) columns.push(column);
        } while (cursor.takeKind(T.comma));
    }
    const span = cursor.spanFrom(start);
    const callee = (path[path.length - 1]?.text ?? '').toUpperCase();
    items.push(
      plainItem({
        kind: 'function',
        name: callee,
        call,
        tables: [],
        columns,
        ordinal: null,
        alias: { name, columns },
        span,
      }),
    );
  }
}

export function source(cursor: Cursor): Source {
  const start = cursor.index;
  cursor.take('LATERAL');
  if (cursor.at('ONLY') && (cursor.isName(1) || cursor.kind(1) === T.open)) cursor.index++;
  // Databricks: `FROM STREAM t`.
  const { name } = cursor.tokens.traits;
  if (cursor.at('STREAM') && name === 'databricks' && cursor.isName(1) && !NOT_TABLE_ALIAS.has(cursor.word(1)))
    cursor.index++;
  const base = primary(cursor, start);
  return postfix(cursor, base);
}

function nothingSource(cursor: Cursor, start: number): Source {
  return { kind: 'table', path: [], span: cursor.spanFrom(start), alias: NO_ALIAS };
}

function primary(cursor: Cursor, start: number): Source {
  switch (cursor.kind()) {
    case T.open: {
      if (isQueryGroup(cursor)) {
        const inner = cursor.deeper<Query | null>(() => cursor.within(() => query(cursor)), null);
        return inner ? { kind: 'derived', query: inner, alias: NO_ALIAS } : nothingSource(cursor, start);
      }
      // `((((t))))`: peel, so that depth costs no recursion.
      const outer = cursor.limit;
      const end = cursor.afterGroup();
      const { closes } = cursor.tokens;
      while (cursor.kind(1) === T.open) {
        const close = closes[cursor.index]!;
        const inner = closes[cursor.index + 1]!;
        // Where neither is closed, both end with the text.
        if (inner !== close - 1 && inner !== close) break;
        cursor.limit = Math.min(close, cursor.limit);
        cursor.index++;
      }
      const from = cursor.deeper<FromItem[]>(() => cursor.within(() => fromList(cursor)), []);
      cursor.limit = outer;
      cursor.index = end;
      const only = from.length === 1 ? from[0]! : null;
      return only ? only.source : { kind: 'group', from, alias: NO_ALIAS };
    }
    case T.string: {
      const name = cursor.identifierAt(cursor.index++);
      return { kind: 'location', name: name.text, span: cursor.spanFrom(start), alias: NO_ALIAS };
    }
    case T.param: {
      const text = cursor.tokens.text(cursor.index++);
      const isStage = cursor.tokens.traits.name === 'snowflake' && text.startsWith('@');
      const span = cursor.spanFrom(start);
      if (isStage) {
        if (cursor.kind() === T.open) cursor.skipGroup();
        return { kind: 'location', name: text, span, alias: NO_ALIAS };
      }
      // T-SQL: a table variable.
      if (text.startsWith('@'))
        return { kind: 'table', path: [{ text, quoted: false, ...span }], span, alias: NO_ALIAS };
      return {
        kind: 'function',
        name: text,
        call: emptyExpression(cursor),
        tables: [],
        columns: [],
        ordinal: null,
        alias: NO_ALIAS,
        span,
      };
    }
    case T.word:
    case T.quoted:
    case T.template:
      break;
    default:
      return nothingSource(cursor, start);
  }
  if (
    cursor.at('VALUES') &&
    (cursor.kind(1) === T.open || cursor.kind(1) === T.string || cursor.kind(1) === T.number)
  ) {
    const body = values(cursor);
    return { kind: 'derived', query: plainQuery(body), alias: NO_ALIAS };
  }
  if (NOT_TABLE.has(cursor.word()) && cursor.kind(1) !== T.dot && cursor.kind(1) !== T.open)
    return nothingSource(cursor, start);
  if (cursor.at('TABLE') && cursor.isName(1)) cursor.index++;
  if (cursor.at('TABLE') && cursor.kind(1) === T.open) return tableCall(cursor, start);
  if (cursor.at('ROWS') && cursor.word(1) === 'FROM' && cursor.kind(2) === T.open) {
    cursor.index += 2;
    const call = cursor.within(() => expression(cursor, { list: true }));
    return {
      kind: 'function',
      name: 'ROWS FROM',
      call,
      tables: [],
      columns: [],
      ordinal: null,
      alias: NO_ALIAS,
      span: cursor.spanFrom(start),
    };
  }
  const path = tablePath(cursor);
  if (cursor.kind() === T.open) {
    const { name } = cursor.tokens.traits;
    const isHint = TSQL_HINTS.has(cursor.word(1)) && (name === 'tsql' || name === 'ansi');
    if (isHint) cursor.skipGroup();
    else if (path.length === 1 && path[0]!.text.toUpperCase() === 'SEMANTIC_VIEW') {
      // Snowflake: the columns of one view, chosen by its own words.
      const inner = cursor.within(() => {
        const view = tablePath(cursor);
        cursor.index = cursor.limit;
        return view;
      });
      return { kind: 'table', path: inner, span: cursor.spanFrom(start), alias: NO_ALIAS };
    } else return functionSource(cursor, path, start);
  }
  // DuckDB reads `'file'` and Spark reads `format.`path``.
  const format = path.length === 2 ? path[0]!.text.toLowerCase() : '';
  if (
    path.length === 2 &&
    path[1]!.quoted &&
    /^(parquet|csv|json|orc|avro|delta|text|binaryfile|iceberg)$/.test(format) &&
    /[/:]/.test(path[1]!.text)
  ) {
    return { kind: 'location', name: path[1]!.text, span: cursor.spanFrom(start), alias: NO_ALIAS };
  }
  return { kind: 'table', path, span: cursor.spanFrom(start), alias: NO_ALIAS };
}

/** `TABLE(t)`, `TABLE(f(x))`, `TABLE('name')`. */
function tableCall(cursor: Cursor, start: number): Source {
  cursor.index++;
  return cursor.within<Source>(() => {
    if (cursor.kind() === T.string || cursor.kind() === T.param) {
      const name = cursor.identifierAt(cursor.index++);
      cursor.index = cursor.limit;
      return { kind: 'table', path: splitName(name), span: cursor.spanFrom(start), alias: NO_ALIAS };
    }
    const mark = cursor.index;
    const path = cursor.isName() ? tablePath(cursor) : [];
    if (path.length > 0 && cursor.done) return { kind: 'table', path, span: cursor.spanFrom(start), alias: NO_ALIAS };
    if (path.length > 0 && cursor.kind() === T.open) {
      const found = functionSource(cursor, path, start);
      cursor.index = cursor.limit;
      return found;
    }
    cursor.index = mark;
    const call = expression(cursor, { list: true });
    cursor.index = cursor.limit;
    return {
      kind: 'function',
      name: 'TABLE',
      call,
      tables: [],
      columns: [],
      ordinal: null,
      alias: NO_ALIAS,
      span: cursor.spanFrom(start),
    };
  });
}

function functionSource(cursor: Cursor, path: Path, start: number): Source {
  const name = (path[path.length - 1]?.text ?? '').toUpperCase();
  if (name === 'IDENTIFIER' && cursor.kind(1) === T.string) {
    const quoted = cursor.identifierAt(cursor.index + 1);
    cursor.skipGroup();
    return { kind: 'table', path: splitName(quoted), span: cursor.spanFrom(start), alias: NO_ALIAS };
  }
  if (FILE_READERS.test(name) && path.length === 1) {
    const isBulk = cursor.word(1) === 'BULK';
    if (cursor.kind(1) === T.string || isBulk) {
      const file = cursor.identifierAt(cursor.index + (isBulk ? 2 : 1));
      cursor.skipGroup();
      if (cursor.at('WITH') && cursor.kind(1) === T.open) {
        cursor.index++;
        cursor.skipGroup();
      }
      return { kind: 'location', name: file.text, span: cursor.spanFrom(start), alias: NO_ALIAS };
    }
  }
  const tables: Path[] = [];
  const columns: Identifier[] = [];
  const before = emptyExpression(cursor);
  const calls: Expression[] = [];
  cursor.within(() => {
    while (!cursor.done) {
      const before = cursor.index;
      // Trino: `f(input => TABLE(t), ...)`.
      if (cursor.isName() && cursor.kind(1) === T.fatArrow && cursor.word(2) === 'TABLE') cursor.index += 2;
      if (cursor.at('TABLE') && cursor.isName(1)) {
        cursor.index++;
        tables.push(tablePath(cursor));
      } else if (cursor.at('TABLE') && cursor.kind(1) === T.open && !isQueryGroup(cursor, cursor.index + 1)) {
        cursor.index++;
        cursor.within(() => {
          tables.push(tablePath(cursor));
          cursor.index = cursor.limit;
        });
      } else if (calls.length === 1 && OTHER_SERVERS.test(name) && cursor.isName()) {
        tables.push(tablePath(cursor));
      } else if (cursor.at('MODEL') && cursor.isName(1)) {
        cursor.index++;
        tablePath(cursor);
      } else calls.push(expression(cursor));
      if (cursor.at('COLUMNS') && cursor.kind(1) === T.open) {
        cursor.index++;
        for (const one of columnDefinitions(cursor)) columns.push(one);
      } else if (cursor.at('COLUMNS')) {
        // XMLTABLE lists them without parentheses.
        cursor.index++;
        commaSeparated(cursor, () => {
          const column = cursor.identifier();
          if (column) columns.push(column);
        });
      }
      if (cursor.kind() === T.comma) cursor.index++;
      else if (!cursor.done && (cursor.kind() === T.word || cursor.index === before)) cursor.skipGroup();
    }
  });
  if (cursor.at('WITH') && cursor.kind(1) === T.open && (name.startsWith('OPEN') || name === 'OPENJSON')) {
    cursor.index++;
    for (const one of columnDefinitions(cursor)) columns.push(one);
  }
  const span = cursor.spanFrom(start);
  const call = gathered(before, calls);
  return { kind: 'function', name, call, tables, columns, ordinal: null, alias: NO_ALIAS, span };
}

/** `(a INT PATH '$.a', NESTED PATH '$.b' COLUMNS (c INT))`: the names that are defined. */
function columnDefinitions(cursor: Cursor): Identifier[] {
  const names: Identifier[] = [];
  cursor.deeper(
    () =>
      cursor.within(() => {
        while (!cursor.done) {
          const nested = cursor.at('NESTED');
          if (!nested && cursor.isName()) names.push(cursor.identifier()!);
          while (!cursor.done && cursor.kind() !== T.comma) {
            if (nested && cursor.at('COLUMNS') && cursor.kind(1) === T.open) {
              cursor.index++;
              for (const one of columnDefinitions(cursor)) names.push(one);
            } else cursor.skipGroup();
          }
          cursor.takeKind(T.comma);
        }
      }),
    undefined,
  );
  return names;
}

function withAlias(base: Source, alias: TableAlias): Source {
  const { name, columns } = base.alias;
  return { ...base, alias: { name: alias.name ?? name, columns: alias.columns.length > 0 ? alias.columns : columns } };
}

/** What may follow a source: alias, sample, time travel, hints, PIVOT, MATCH_RECOGNIZE. */
export function postfix(cursor: Cursor, base: Source): Source {
  let current = base;
  let chain = 0;
  for (;;) {
    const word = cursor.word();
    const next = cursor.kind(1);
    if ((word === 'PIVOT' || word === 'UNPIVOT' || word === 'MATCH_RECOGNIZE') && ++chain > MAX_CHAIN) {
      cursor.remark('too-deep', `more than ${MAX_CHAIN} pivots of one table; the rest is skipped`);
      while (!cursor.done && cursor.kind() !== T.semicolon) cursor.skipGroup();
      return current;
    }
    switch (word) {
      case 'PIVOT':
        if (next !== T.open && cursor.word(1) !== 'XML') break;
        current = pivot(cursor, current);
        continue;
      case 'UNPIVOT':
        if (next !== T.open && cursor.word(2) !== 'NULLS') break;
        current = unpivot(cursor, current);
        continue;
      case 'MATCH_RECOGNIZE':
        if (next !== T.open) break;
        current = matchRecognize(cursor, current);
        continue;
      case 'TABLESAMPLE':
      case 'SAMPLE':
        cursor.index++;
        while (cursor.kind() === T.word && cursor.kind(1) === T.open) cursor.index++;
        cursor.skipGroup();
        while (
          cursor.at('REPEATABLE') ||
          cursor.at('SEED') ||
          cursor.at('OFFSET') ||
          cursor.at('PERCENT') ||
          cursor.at('ROWS') ||
          cursor.kind() === T.number ||
          (cursor.kind() === T.operator && cursor.kind(1) === T.number)
        ) {
          cursor.index++;
          if (cursor.kind() === T.open) cursor.skipGroup();
        }
        continue;
      case 'FINAL':
        cursor.index++;
        continue;
      case 'WITH':
        if (next === T.open && !isQueryGroup(cursor, cursor.index + 1)) {
          cursor.index++;
          cursor.skipGroup();
          continue;
        }
        if (cursor.word(1) === 'ORDINALITY') {
          cursor.index += 2;
          if (current.kind === 'function') current = { ...current, ordinal: 'last' };
          continue;
        }
        if (cursor.word(1) === 'OFFSET') {
          const offset = cursor.identifierAt(cursor.index + 1);
          cursor.index += 2;
          const named = cursor.take('AS') || (cursor.isName() && !NOT_TABLE_ALIAS.has(cursor.word()));
          const ordinal = named && cursor.isName() ? cursor.identifier() : offset;
          if (current.kind === 'function') current = { ...current, ordinal };
          continue;
        }
        return current;
      case 'FOR':
        if (!['SYSTEM_TIME', 'SYSTEM_VERSION', 'VERSION', 'TIMESTAMP'].includes(cursor.word(1))) return current;
        cursor.index += 2;
        timeTravel(cursor);
        continue;
      case 'VERSION':
      case 'TIMESTAMP':
        if (cursor.word(1) !== 'AS' || cursor.word(2) !== 'OF') break;
        cursor.index++;
        timeTravel(cursor);
        continue;
      case 'AS':
        if (cursor.word(1) === 'OF') {
          cursor.index += 2;
          if (cursor.at('TIMESTAMP') || cursor.at('SCN') || cursor.at('SYSTEM')) cursor.index++;
          expression(cursor);
          continue;
        }
        break;
      case 'AT':
        // Redshift: `t.items i AT n`.
        if (cursor.tokens.traits.name === 'redshift' && cursor.isName(1)) {
          cursor.index += 2;
          continue;
        }
        if (next !== T.open) break;
        cursor.index++;
        cursor.skipGroup();
        continue;
      case 'BEFORE':
      case 'CHANGES':
      case 'PARTITION':
      case 'SUBPARTITION':
      case 'END':
        if (next !== T.open) break;
        cursor.index++;
        cursor.skipGroup();
        continue;
      case 'USE':
      case 'FORCE':
      case 'IGNORE':
        if (cursor.word(1) !== 'INDEX' && cursor.word(1) !== 'KEY') return current;
        cursor.index += 2;
        if (cursor.take('FOR')) while (!cursor.done && cursor.kind() !== T.open) cursor.index++;
        if (cursor.kind() === T.open) cursor.skipGroup();
        continue;
      case 'USING':
        // DuckDB: `USING SAMPLE 10%`, `USING SAMPLE reservoir(50 ROWS)`.
        if (cursor.word(1) !== 'SAMPLE') return current;
        cursor.index += 2;
        cursor.skipGroup();
        while (cursor.kind() === T.open || cursor.kind() === T.operator || cursor.at('PERCENT') || cursor.at('ROWS'))
          cursor.skipGroup();
        continue;
      case 'INDEXED':
        if (cursor.word(1) !== 'BY') break;
        cursor.index += 3;
        continue;
      case 'NOT':
        if (cursor.word(1) !== 'INDEXED') return current;
        cursor.index += 2;
        continue;
    }
    // PostgreSQL `t *`, Oracle `t@link`.
    if (cursor.kind() === T.star && current.kind === 'table') {
      cursor.index++;
      continue;
    }
    const alias = tableAlias(cursor, current.kind === 'function');
    if (!alias) return current;
    current = withAlias(current, alias);
  }
}

function timeTravel(cursor: Cursor): void {
  if (cursor.takeWords('AS', 'OF') || cursor.take('ALL')) {
    if (cursor.kind(-1) !== T.word || cursor.word(-1) === 'OF') expression(cursor);
  } else if (cursor.take('BETWEEN') || cursor.take('FROM')) {
    expression(cursor);
    if (cursor.take('TO')) expression(cursor);
  } else if (cursor.takeWords('CONTAINED', 'IN')) cursor.skipGroup();
}

function tableAlias(cursor: Cursor, isFunction: boolean): TableAlias | null {
  const kind = cursor.kind();
  if (cursor.at('AS')) {
    const next = cursor.kind(1);
    // `CREATE VIEW v AS FROM ...` never comes here; `AS (a INT, b TEXT)` defines the columns of a record function.
    if (next === T.open && isFunction) {
      cursor.index++;
      return { name: null, columns: columnDefinitions(cursor) };
    }
    if (!cursor.isName(1) && next !== T.string) return null;
    if (
      STATEMENT_WORDS.has(cursor.word(1)) &&
      cursor.word(1) !== 'END' &&
      cursor.word(1) !== 'SET' &&
      cursor.kind(2) !== T.end
    ) {
      if (cursor.word(1) === 'SELECT' || cursor.word(1) === 'WITH') return null;
    }
    cursor.index++;
  } else if (kind === T.word) {
    const word = cursor.word();
    if (NOT_TABLE_ALIAS.has(word)) return null;
    if (TSQL_STATEMENT_WORDS.has(word) && cursor.tokens.traits.name === 'tsql') return null;
    if ((word === 'WINDOW' || word === 'SETTINGS') && cursor.kind(1) === T.word) return null;
    if (cursor.kind(1) === T.dot) return null;
    // ClickHouse: `ANY LEFT JOIN`, `ALL INNER JOIN`.
    if ((word === 'ANY' || word === 'ALL') && JOIN_WORDS.has(cursor.word(1))) return null;
  } else if (kind !== T.quoted) return null;
  const name = cursor.identifierAt(cursor.index++);
  if (cursor.kind() === T.open && !isQueryGroup(cursor)) {
    if (TSQL_HINTS.has(cursor.word(1)) && cursor.tokens.traits.name === 'tsql') {
      cursor.skipGroup();
      return { name, columns: [] };
    }
    return { name, columns: columnDefinitions(cursor) };
  }
  return { name, columns: [] };
}
