/** The select list: values with their aliases, and stars with what is taken out, replaced or renamed. */
import type { Cursor } from './cursor.ts';
import { expression } from './expression.ts';
import { NOT_ITEM_ALIAS, SET_WORDS, TSQL_STATEMENT_WORDS } from './keyword.ts';
import { commaSeparated, isQueryGroup } from './query.ts';
import { T } from './token.ts';
import type { Identifier, Path, Expression, SelectItem } from './tree.ts';

export function selectItems(cursor: Cursor): SelectItem[] {
  const items: SelectItem[] = [];
  while (!cursor.done) {
    const before = cursor.index;
    selectItem(cursor, items);
    if (cursor.takeKind(T.comma)) continue;
    if (cursor.index === before || cursor.done || endsItems(cursor)) break;
    // One item that is not understood must not take the others with it.
    cursor.remark(
      'unexpected-token',
      `'${cursor.tokens.text(cursor.index).slice(0, 40)}' is not understood in this list`,
    );
    while (!cursor.done && cursor.kind() !== T.comma && cursor.kind() !== T.semicolon && !endsItems(cursor))
      cursor.skipGroup();
    if (!cursor.takeKind(T.comma)) break;
  }
  return items;
}

function endsItems(cursor: Cursor): boolean {
  const kind = cursor.kind();
  return (
    kind === T.semicolon ||
    kind === T.pipe ||
    kind === T.close ||
    (kind === T.word && (NOT_ITEM_ALIAS.has(cursor.word()) || SET_WORDS.has(cursor.word()) || isClauseHere(cursor)))
  );
}

function selectItem(cursor: Cursor, items: SelectItem[]): void {
  const start = cursor.index;
  const qualifier = starQualifier(cursor);
  if (qualifier) {
    items.push(star(cursor, qualifier, start));
    return;
  }
  if (cursor.at('COLUMNS') && cursor.kind(1) === T.open) {
    cursor.index++;
    // `COLUMNS(* EXCLUDE (a))` is that star; of `COLUMNS('regex')` only a database knows which columns it takes.
    const inner = cursor.within(() => {
      const found = cursor.takeKind(T.star) ? starModifiers(cursor) : null;
      cursor.index = cursor.limit;
      return found;
    });
    const span = cursor.spanFrom(start);
    items.push({
      kind: 'star',
      qualifier: [],
      span,
      ...(inner ?? { except: [], replace: [], rename: [], filtered: true }),
    });
    itemAlias(cursor);
    return;
  }
  let alias: Identifier | null = null;
  if (cursor.tokens.traits.name === 'tsql' && cursor.kind(1) === T.equals) {
    if (cursor.kind() === T.param) {
      const variable = cursor.identifierAt(cursor.index);
      cursor.index += 2;
      items.push({ kind: 'expression', expression: expression(cursor), alias: variable });
      return;
    }
    if (cursor.isName() || cursor.kind() === T.string) {
      alias = cursor.identifierAt(cursor.index);
      cursor.index += 2;
    }
  }
  // DuckDB: `name: expression`.
  if (cursor.tokens.traits.name === 'duckdb' && cursor.isName() && cursor.kind(1) === T.colon) {
    alias = cursor.identifierAt(cursor.index);
    cursor.index += 2;
  }
  const value = expression(cursor);
  if (cursor.index === start) return;
  // `(struct).*`, `f(x).*`: the last thing read was a star that belongs to a value.
  const { tokens } = cursor;
  const spread = tokens.kinds[cursor.index - 1] === T.star && tokens.kinds[cursor.index - 2] === T.dot;
  if (spread) {
    alias = { text: '*', quoted: false, start: value.start, end: value.end };
    starModifiers(cursor);
  }
  // Hive: `TRANSFORM (a, b) USING 'script' AS (c, d)`.
  if (cursor.at('USING') && cursor.kind(1) === T.string) cursor.index += 2;
  if (cursor.at('AS') && cursor.kind(1) === T.open) {
    cursor.index++;
    for (const name of cursor.identifierList()) items.push({ kind: 'expression', expression: value, alias: name });
    return;
  }
  alias = itemAlias(cursor) ?? alias;
  if (cursor.tokens.traits.name === 'teradata' && cursor.kind() === T.open) cursor.skipGroup();
  items.push({ kind: 'expression', expression: value, alias });
}

export function itemAlias(cursor: Cursor): Identifier | null {
  if (cursor.at('AS') && (cursor.isName(1) || cursor.kind(1) === T.string || cursor.kind(1) === T.param)) {
    cursor.index++;
    return cursor.identifierAt(cursor.index++);
  }
  const kind = cursor.kind();
  if (
    kind === T.quoted ||
    kind === T.string ||
    (kind === T.word && !NOT_ITEM_ALIAS.has(cursor.word()) && !SET_WORDS.has(cursor.word()))
  ) {
    if (kind === T.word && isClauseHere(cursor)) return null;
    if (kind === T.word && TSQL_STATEMENT_WORDS.has(cursor.word()) && cursor.tokens.traits.name === 'tsql') return null;
    return cursor.identifierAt(cursor.index++);
  }
  return null;
}

/** Words that are clauses only with what follows them, and good names otherwise. */
function isClauseHere(cursor: Cursor): boolean {
  switch (cursor.word()) {
    case 'START':
      return cursor.word(1) === 'WITH';
    case 'CONNECT':
    case 'SORT':
    case 'CLUSTER':
    case 'DISTRIBUTE':
      return cursor.word(1) === 'BY';
    case 'WINDOW':
      return cursor.word(2) === 'AS';
    case 'FETCH':
      return cursor.word(1) === 'FIRST' || cursor.word(1) === 'NEXT';
    case 'BULK':
      return cursor.word(1) === 'COLLECT';
    case 'OUTPUT':
      return cursor.isName(1) && cursor.kind(2) === T.dot;
    case 'OPTION':
      return cursor.kind(1) === T.open;
    case 'SETTINGS':
      return cursor.isName(1) && cursor.kind(2) === T.equals;
    case 'OFFSET':
      return cursor.kind(1) === T.number || cursor.kind(1) === T.param;
    case 'FULL':
    case 'LEFT':
    case 'INNER':
    case 'OUTER':
      return cursor.word(1) === 'UNION' || cursor.word(2) === 'UNION';
    default:
      return false;
  }
}

/** `*`, `t.*`, `db.t.*`: the path before the star, or null where the item is something else. */
function starQualifier(cursor: Cursor): Path | null {
  if (cursor.kind() === T.star) {
    cursor.index++;
    return [];
  }
  let ahead = 0;
  while (cursor.isName(ahead) && cursor.kind(ahead + 1) === T.dot) ahead += 2;
  if (ahead === 0 || cursor.kind(ahead) !== T.star) return null;
  const path: Identifier[] = [];
  for (let i = 0; i < ahead; i += 2) path.push(cursor.identifierAt(cursor.index + i));
  cursor.index += ahead + 1;
  return path;
}

function star(cursor: Cursor, qualifier: Path, start: number): SelectItem {
  const span = cursor.spanFrom(start);
  return { kind: 'star', qualifier, span, ...starModifiers(cursor) };
}

export type Replacement = { readonly name: Identifier; readonly expression: Expression };

export type Renaming = { readonly from: Identifier; readonly to: Identifier };

function starModifiers(cursor: Cursor): {
  except: Identifier[];
  replace: Replacement[];
  rename: Renaming[];
  filtered: boolean;
} {
  const except: Identifier[] = [];
  const replace: Replacement[] = [];
  const rename: Renaming[] = [];
  let filtered = false;
  for (;;) {
    const word = cursor.word();
    if (
      (word === 'EXCEPT' || word === 'EXCLUDE') &&
      (cursor.kind(1) === T.open || (word === 'EXCLUDE' && cursor.isName(1)))
    ) {
      if (cursor.kind(1) === T.open && isQueryGroup(cursor, cursor.index + 1)) break;
      cursor.index++;
      if (cursor.kind() === T.open) for (const one of cursor.identifierList()) except.push(one);
      else except.push(cursor.identifier()!);
    } else if (word === 'REPLACE' && (cursor.kind(1) === T.open || cursor.isName(1))) {
      cursor.index++;
      const one = (): void => {
        const value = expression(cursor);
        cursor.take('AS');
        const name = cursor.identifier();
        if (name) replace.push({ name, expression: value });
      };
      if (cursor.kind() === T.open) cursor.within(() => commaSeparated(cursor, one));
      else one();
    } else if (word === 'RENAME' && (cursor.kind(1) === T.open || cursor.isName(1))) {
      cursor.index++;
      const one = (): void => {
        const from = cursor.identifier();
        cursor.take('AS');
        const to = cursor.identifier();
        if (from && to) rename.push({ from, to });
      };
      if (cursor.kind() === T.open) cursor.within(() => commaSeparated(cursor, one));
      else one();
    } else if (word === 'ILIKE' || word === 'LIKE') {
      cursor.index += 2;
      filtered = true;
    } else if (word === 'APPLY' && cursor.kind(1) === T.open) {
      cursor.index++;
      cursor.skipGroup();
    } else break;
  }
  return { except, replace, rename, filtered };
}
