/** PIVOT, UNPIVOT and MATCH_RECOGNIZE, which make columns out of rows and rows out of columns. */
import { unquote, type Cursor } from './cursor.ts';
import { emptyExpression, expression } from './expression.ts';
import { tablePath } from './name.ts';
import { commaSeparated, isQueryGroup, NO_ALIAS, query, selectOf } from './query.ts';
import { itemAlias, selectItems } from './select-item.ts';
import { plainItem, source } from './source.ts';
import { T } from './token.ts';
import type { Identifier, Path, Reference, Expression, SelectItem, PivotValue, Source, Select, Query } from './tree.ts';

/** DuckDB: `PIVOT t ON key USING aggregate GROUP BY column`, `UNPIVOT t ON a, b INTO NAME n VALUE v`. */
export function pivotStatement(cursor: Cursor): Select {
  const start = cursor.index;
  const isPivot = cursor.tokens.words[cursor.index++] === 'PIVOT';
  const input = source(cursor);
  const on: Identifier[] = [];
  const keys: Expression[] = [];
  let groups: Identifier[] = [];
  const aggregates: { expression: Expression; alias: Identifier | null }[] = [];
  const names: Identifier[] = [];
  let name: Identifier | null = null;
  for (;;) {
    if (cursor.take('ON')) {
      do {
        const key = expression(cursor);
        keys.push(key);
        if (key.name) on.push(key.name);
        if (cursor.at('IN') && cursor.kind(1) === T.open) cursor.index = cursor.afterGroup(1);
      } while (cursor.takeKind(T.comma));
    } else if (cursor.take('USING')) {
      for (const item of selectItems(cursor)) if (item.kind === 'expression') aggregates.push(item);
    } else if (cursor.takeWords('GROUP', 'BY'))
      groups = selectItems(cursor).flatMap((item) =>
        item.kind === 'expression' && item.expression.name ? [item.expression.name] : [],
      );
    else if (cursor.take('INTO')) {
      if (cursor.take('NAME')) name = cursor.identifier();
      if (cursor.take('VALUE')) {
        do {
          const value = cursor.identifier();
          if (value) names.push(value);
        } while (cursor.takeKind(T.comma));
      }
    } else break;
  }
  const span = cursor.spanFrom(start);
  const made: Source = isPivot
    ? { kind: 'pivot', input, aggregates, keys, values: [], groups, alias: NO_ALIAS }
    : { kind: 'unpivot', input, values: names, name, groups: on.map((one) => [one]), alias: NO_ALIAS };
  const items: SelectItem[] = [
    { kind: 'star', qualifier: [], span, except: [], replace: [], rename: [], filtered: false },
  ];
  return selectOf(items, [plainItem(made)], span);
}

function referenceTo(path: Path): Expression {
  const first = path[0]!;
  const last = path[path.length - 1]!;
  const reference: Reference = {
    path,
    star: false,
    role: 'value',
    aggregated: false,
    masked: false,
    start: first.start,
    end: last.end,
  };
  return {
    start: first.start,
    end: last.end,
    references: [reference],
    subqueries: [],
    windows: [],
    bare: true,
    name: last,
  };
}

export function pivot(cursor: Cursor, input: Source): Source {
  cursor.index++;
  cursor.take('XML');
  const aggregates: { expression: Expression; alias: Identifier | null }[] = [];
  const keys: Expression[] = [];
  const pivotValues: PivotValue[] = [];
  const groups: Identifier[] = [];
  cursor.within(() => {
    while (!cursor.done && !cursor.at('FOR')) {
      const before = cursor.index;
      const value = expression(cursor);
      let alias: Identifier | null = null;
      if (cursor.take('AS')) alias = cursor.identifier();
      else if (cursor.isName() && !cursor.at('FOR')) alias = cursor.identifier();
      if (cursor.index > before) aggregates.push({ expression: value, alias });
      if (!cursor.takeKind(T.comma) && !cursor.at('FOR')) break;
      if (cursor.index === before) break;
    }
    cursor.take('FOR');
    while (!cursor.done && !cursor.at('GROUP')) {
      const before = cursor.index;
      if (cursor.kind() === T.open) for (const name of cursor.identifierList()) keys.push(referenceTo([name]));
      else if (cursor.isName()) keys.push(referenceTo(tablePath(cursor)));
      if (cursor.take('IN') && cursor.kind() === T.open) {
        if (isQueryGroup(cursor)) {
          const inner = cursor.deeper<Query | null>(() => cursor.within(() => query(cursor)), null);
          if (inner)
            keys.push({
              ...emptyExpression(cursor),
              subqueries: [{ query: inner, role: 'condition', aggregated: false, masked: false }],
            });
        } else cursor.within(() => commaSeparated(cursor, () => pivotValue(cursor, pivotValues)));
      } else if (cursor.isName() && cursor.kind(-1) !== T.close && cursor.index > before) cursor.index++;
      if (cursor.index === before) break;
    }
    if (cursor.takeWords('GROUP', 'BY')) {
      do {
        const name = cursor.identifier();
        if (name) groups.push(name);
      } while (cursor.takeKind(T.comma));
    }
    if (cursor.take('DEFAULT')) cursor.index = cursor.limit;
  });
  return { kind: 'pivot', input, aggregates, keys, values: pivotValues, groups, alias: NO_ALIAS };
}

function pivotValue(cursor: Cursor, into: PivotValue[]): void {
  if (cursor.at('ANY')) {
    cursor.index = cursor.limit;
    return;
  }
  const start = cursor.index;
  if (cursor.kind() === T.open) cursor.skipGroup();
  else expression(cursor);
  if (cursor.index === start) cursor.step();
  const text = cursor.tokens.sql.slice(cursor.tokens.starts[start]!, cursor.tokens.ends[cursor.index - 1]!);
  cursor.take('AS');
  if (cursor.isName() || cursor.kind() === T.string) {
    const alias = cursor.identifierAt(cursor.index++);
    into.push({ names: [alias.text], columns: [], aliased: true, folds: !alias.quoted });
    return;
  }
  const plain = /^['"`[]/.test(text)
    ? unquote(text)
    : text
        .replace(/^\(|\)$/g, '')
        .replace(/['"]/g, '')
        .replace(/\s*,\s*/g, '_');
  into.push({ names: plain === text ? [text] : [plain, text], columns: [], aliased: false, folds: false });
}

export function unpivot(cursor: Cursor, input: Source): Source {
  cursor.index++;
  if (cursor.word(1) === 'NULLS') cursor.index += 2;
  const valueNames: Identifier[] = [];
  let name: Identifier | null = null;
  const groups: Identifier[][] = [];
  cursor.within(() => {
    if (cursor.kind() === T.open) for (const one of cursor.identifierList()) valueNames.push(one);
    else if (cursor.isName()) valueNames.push(cursor.identifier()!);
    if (cursor.take('FOR') && cursor.isName()) name = tablePath(cursor).at(-1) ?? null;
    if (cursor.take('IN') && cursor.kind() === T.open) {
      cursor.within(() =>
        commaSeparated(cursor, () => {
          if (cursor.kind() === T.open) groups.push(cursor.identifierList());
          else if (cursor.isName()) {
            const path = tablePath(cursor);
            groups.push(path.slice(-1));
          }
        }),
      );
    }
  });
  return { kind: 'unpivot', input, values: valueNames, name, groups, alias: NO_ALIAS };
}

export function matchRecognize(cursor: Cursor, input: Source): Source {
  cursor.index++;
  let measures: SelectItem[] = [];
  cursor.within(() => {
    while (!cursor.done) {
      if (cursor.take('MEASURES')) {
        measures = [];
        do {
          const value = expression(cursor);
          // `first(A.price)`: A is a variable of the pattern, not a table.
          const references = value.references.map((reference) => ({ ...reference, path: reference.path.slice(-1) }));
          measures.push({ kind: 'expression', expression: { ...value, references }, alias: itemAlias(cursor) });
        } while (cursor.takeKind(T.comma));
      } else cursor.skipGroup();
    }
  });
  return { kind: 'measured', input, measures, alias: NO_ALIAS };
}
