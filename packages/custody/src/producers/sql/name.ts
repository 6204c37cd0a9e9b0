/** Names of tables and variables, as scripts write them: paths, templates, shards, links. */
import type { Cursor } from './cursor.ts';
import { T } from './token.ts';
import type { Identifier, Path } from './tree.ts';

/** Variables are known by one name, however they are marked: `:v`, `v`, `V`. T-SQL's `@` belongs to the name. */
export function variableName(text: string): string {
  return (text.startsWith(':') ? text.slice(1) : text).toLowerCase();
}

/** `a.b.c`, `db..t`, `` `a.b.c` ``, `my-project.d.t`, `{{ ref('t') }}`, `@table`, a string where a dialect allows one. */
export function tablePath(cursor: Cursor): Path {
  const path: Identifier[] = [];
  const { traits } = cursor.tokens;
  while (cursor.isName() || (path.length === 0 && cursor.kind() === T.param)) {
    const piece = namePiece(cursor);
    if (piece.quoted && traits.dottedBackticks && piece.text.includes('.'))
      for (const part of splitName(piece, true)) path.push(part);
    else for (const part of piece.template ?? [piece]) path.push(part);
    if (cursor.kind() !== T.dot) break;
    // `db..t`: the default schema of db.
    if (cursor.kind() === T.dot && cursor.kind(1) === T.dot) {
      const at = { start: cursor.offset(), end: cursor.offset() };
      if (traits.name === 'tsql') path.push({ text: 'dbo', quoted: false, ...at });
      else if (traits.name === 'snowflake') path.push({ text: 'public', quoted: false, ...at });
      while (cursor.kind() === T.dot && cursor.kind(1) === T.dot) cursor.index++;
    }
    if (!cursor.isName(1)) break;
    cursor.index++;
  }
  // Oracle: `t@link`.
  if (
    cursor.kind() === T.param &&
    cursor.tokens.text(cursor.index).startsWith('@') &&
    path.length > 0 &&
    cursor.tokens.starts[cursor.index] === cursor.tokens.ends[cursor.index - 1]
  )
    cursor.index++;
  return path;
}

interface Piece extends Identifier {
  readonly template?: readonly Identifier[];
}

/** One part of a name; parts that touch (`raw_{{ env }}`, `my-project`) are one. */
function namePiece(cursor: Cursor): Piece {
  const { tokens } = cursor;
  const first = cursor.index;
  const kind = tokens.kinds[first]!;
  let piece: Piece = cursor.identifierAt(cursor.index++);
  const touches = (): boolean => tokens.starts[cursor.index] === tokens.ends[cursor.index - 1];
  let glued = false;
  while (!cursor.done && touches()) {
    const next = cursor.kind();
    const isDash =
      next === T.minus &&
      tokens.traits.name === 'bigquery' &&
      kind === T.word &&
      tokens.starts[cursor.index + 1] === tokens.ends[cursor.index] &&
      (cursor.kind(1) === T.word || cursor.kind(1) === T.number);
    if (isDash) cursor.index += 2;
    else if (next === T.template || (next === T.word && tokens.kinds[cursor.index - 1] === T.template)) cursor.index++;
    else break;
    glued = true;
  }
  if (glued) {
    const text = tokens.sql.slice(tokens.starts[first]!, tokens.ends[cursor.index - 1]!);
    return {
      text: text.replace(/\{\{\s*(.*?)\s*\}\}/gs, '{$1}'),
      quoted: false,
      start: piece.start,
      end: cursor.base + tokens.ends[cursor.index - 1]!,
    };
  }
  if (kind === T.template) {
    const names = [...piece.text.matchAll(/\(\s*|['"]([^'"]+)['"]/g)].flatMap((m) =>
      m[1] === undefined ? [] : [m[1]],
    );
    const called = /\{\{-?\s*(ref|source)\s*\(/.exec(piece.text)?.[1];
    const { start, end } = piece;
    const identifiers = (list: readonly string[]): Identifier[] =>
      list.map((text) => ({ text, quoted: false, start, end }));
    if (called === 'ref' && names.length > 0) piece = { ...piece, template: identifiers(names.slice(-1)) };
    else if (called === 'source' && names.length > 1) piece = { ...piece, template: identifiers(names.slice(0, 2)) };
    else piece = { ...piece, text: piece.text.replace(/^\{\{-?\s*|\s*-?\}\}$/g, '') };
  }
  return piece;
}

/** `'a.b.c'` as a path. Inside a string the parts follow the case rule of names without quotes; inside backticks they do not. */
export function splitName(name: Identifier, quoted = false): Identifier[] {
  return name.text.split('.').map((text) => ({ text, quoted, start: name.start, end: name.end }));
}
