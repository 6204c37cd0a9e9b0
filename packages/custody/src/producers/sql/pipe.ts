/** Pipes (`FROM t |> WHERE ... |> SELECT ...`) of BigQuery and Spark. */
import type { Cursor } from './cursor.ts';
import { expression } from './expression.ts';
import { JOIN_WORDS } from './keyword.ts';
import { MAX_CHAIN, NO_ALIAS, noClauses, operand, selectClauses, tail } from './query.ts';
import { type Renaming, type Replacement, selectItems } from './select-item.ts';
import { joins, plainItem, postfix } from './source.ts';
import { T } from './token.ts';
import type { Identifier, Expression, SelectItem, Source, FromItem, SetOperand, Query } from './tree.ts';

/** BigQuery and Spark pipes: each step is a query over the one before it. */
export function pipes(cursor: Cursor, first: Query): Query {
  let current = first;
  let steps = 0;
  while (cursor.kind() === T.pipe) {
    if (++steps > MAX_CHAIN) {
      cursor.remark('too-deep', `more than ${MAX_CHAIN} pipe steps; the rest is skipped`);
      while (!cursor.done && cursor.kind() !== T.semicolon) cursor.skipGroup();
      break;
    }
    const start = cursor.index++;
    const input: Source = { kind: 'derived', query: current, alias: NO_ALIAS };
    const from: FromItem[] = [plainItem(input)];
    const clauses = noClauses();
    clauses.from = from;
    const everything = (): SelectItem => ({
      kind: 'star',
      qualifier: [],
      span: cursor.spanFrom(start),
      except: [],
      replace: [],
      rename: [],
      filtered: false,
    });
    let items: SelectItem[] = [everything()];
    let sorts: Expression[] = [];
    const word = cursor.word();
    switch (word) {
      case 'SELECT':
        cursor.index++;
        cursor.take('DISTINCT');
        items = selectItems(cursor);
        selectClauses(cursor, clauses);
        break;
      case 'EXTEND':
        cursor.index++;
        for (const item of selectItems(cursor)) items.push(item);
        break;
      case 'SET': {
        cursor.index++;
        const replace: Replacement[] = [];
        do {
          const name = cursor.identifier();
          if (!name || !cursor.takeKind(T.equals)) break;
          replace.push({ name, expression: expression(cursor) });
        } while (cursor.takeKind(T.comma));
        items = [
          {
            kind: 'star',
            qualifier: [],
            span: cursor.spanFrom(start),
            except: [],
            replace,
            rename: [],
            filtered: false,
          },
        ];
        break;
      }
      case 'DROP':
      case 'RENAME': {
        cursor.index++;
        const except: Identifier[] = [];
        const rename: Renaming[] = [];
        do {
          const name = cursor.identifier();
          if (!name) break;
          if (word === 'DROP') except.push(name);
          else {
            cursor.take('AS');
            const to = cursor.identifier();
            if (to) rename.push({ from: name, to });
          }
        } while (cursor.takeKind(T.comma));
        items = [
          { kind: 'star', qualifier: [], span: cursor.spanFrom(start), except, replace: [], rename, filtered: false },
        ];
        break;
      }
      case 'AGGREGATE': {
        cursor.index++;
        items = cursor.at('GROUP') ? [] : selectItems(cursor);
        if (cursor.take('GROUP')) {
          if (cursor.at('AND')) cursor.index += 3;
          cursor.take('BY');
          const keys = selectItems(cursor);
          items = [...keys, ...items];
          for (const key of keys) if (key.kind === 'expression') clauses.groups.push(key.expression);
        }
        break;
      }
      case 'AS': {
        cursor.index++;
        const name = cursor.identifier();
        if (name) clauses.from = [plainItem({ kind: 'derived', query: current, alias: { name, columns: [] } })];
        break;
      }
      case 'UNION':
      case 'INTERSECT':
      case 'EXCEPT': {
        cursor.index++;
        cursor.take('ALL');
        cursor.take('DISTINCT');
        const operands: SetOperand[] = [{ query: current, subtracts: false }];
        do operands.push({ query: operand(cursor), subtracts: word === 'EXCEPT' });
        while (cursor.takeKind(T.comma));
        current = { ctes: [], recursive: false, body: { kind: 'set', operands, byName: false }, sorts: [] };
        continue;
      }
      case 'PIVOT':
      case 'UNPIVOT':
        clauses.from = [plainItem(postfix(cursor, input))];
        break;
      default:
        if (JOIN_WORDS.has(word)) joins(cursor, clauses.from);
        else {
          selectClauses(cursor, clauses);
          sorts = tail(cursor);
        }
    }
    current = {
      ctes: [],
      recursive: false,
      body: { kind: 'select', items, ...clauses, span: cursor.spanFrom(start) },
      sorts: [...sorts, ...tail(cursor)],
    };
    if (cursor.index === start + 1) break;
  }
  return current;
}
