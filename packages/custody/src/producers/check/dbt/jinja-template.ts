/** Templates of Jinja, read into nodes within bounds. Throws JinjaError where a text is none. */
import { DEPTH_MAX, ExpressionReader, JinjaError, type Expression, type Parameter } from './jinja-expression.ts';

export type Node =
  | { readonly kind: 'text'; readonly start: number; readonly end: number }
  | { readonly kind: 'output'; readonly expression: Expression; readonly start: number; readonly end: number }
  | { readonly kind: 'if'; readonly branches: readonly Branch[]; readonly start: number }
  | {
      readonly kind: 'for';
      readonly names: readonly string[];
      readonly over: Expression;
      readonly where: Expression | null;
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
      readonly start: number;
    }
  | {
      readonly kind: 'set';
      readonly names: readonly string[];
      readonly value: Expression | readonly Node[];
      readonly start: number;
    }
  | { readonly kind: 'do'; readonly expression: Expression; readonly start: number }
  | { readonly kind: 'macro'; readonly macro: MacroNode; readonly start: number }
  | {
      readonly kind: 'block';
      readonly tag: string;
      readonly name: string;
      readonly body: readonly Node[];
      readonly start: number;
    };

export interface Branch {
  /** Null: else. */
  readonly test: Expression | null;
  readonly body: readonly Node[];
}

export interface MacroNode {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Node[];
}

const NODES_MAX = 100_000;

interface Piece {
  readonly kind: 'text' | 'output' | 'tag';
  /** Of what stands between the braces, or of the text. */
  readonly start: number;
  readonly end: number;
}

const OPENING = /\{[{%#]/g;

/** Comments are left out; whitespace control cuts the text beside it. */
function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let isTrimming = false;
  const push = (kind: Piece['kind'], start: number, end: number) => {
    if (pieces.length >= NODES_MAX) throw new JinjaError(`it has more than ${NODES_MAX} parts`, start);
    if (end > start || kind !== 'text') pieces.push({ kind, start, end });
  };
  while (at < text.length) {
    OPENING.lastIndex = at;
    const open = OPENING.exec(text);
    const start = open === null ? text.length : open.index;
    let from = at;
    if (isTrimming) while (from < start && isSpace(text.charCodeAt(from))) from++;
    let to = start;
    if (open !== null && text[start + 2] === '-') while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
    push('text', from, to);
    if (open === null) break;
    const mark = text[start + 1]!;
    const closing =
      mark === '#' ? text.indexOf('#}', start + 2) : closingOf(text, start + 2, mark === '{' ? '}}' : '%}');
    if (closing < 0) throw new JinjaError(`${open[0]} is never closed`, start);
    isTrimming = text[closing - 1] === '-' && closing > start + 2;
    const inner = start + 2 + (/[-+]/.test(text[start + 2]!) ? 1 : 0);
    const end = Math.max(inner, closing - (isTrimming ? 1 : 0));
    at = closing + 2;
    if (mark === '#') continue;
    push(mark === '{' ? 'output' : 'tag', inner, end);
    if (mark === '%' && /^\s*raw\s*$/.test(text.slice(inner, Math.min(end, inner + 50)))) {
      pieces.pop();
      const ending = /\{%[-+]?\s{0,50}endraw\s{0,50}-?%\}/g;
      ending.lastIndex = at;
      const raw = ending.exec(text);
      if (raw === null) throw new JinjaError('raw is never closed', start);
      push('text', at, raw.index);
      at = raw.index + raw[0].length;
      isTrimming = raw[0].endsWith('-%}');
    }
  }
  return pieces;
}

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/** Where `}}` or `%}` stands outside of strings. */
function closingOf(text: string, from: number, closing: string): number {
  let quote = '';
  let braces = 0;
  for (let at = from; at < text.length; at++) {
    const c = text[at]!;
    if (quote !== '') {
      if (c === '\\') at++;
      else if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (braces <= 0 && text.startsWith(closing, at)) return at;
    else if (c === '{') braces++;
    else if (c === '}') braces--;
  }
  return -1;
}

export function parseTemplate(text: string): readonly Node[] {
  const pieces = piecesOf(text);
  let at = 0;
  /** Tags whose name is in `until` end it; the one that did is left at `at`. */
  const nodesUntil = (until: readonly string[], opened: number, depth: number): Node[] => {
    if (depth > DEPTH_MAX) throw new JinjaError(`its blocks lie more than ${DEPTH_MAX} deep`, opened);
    const nodes: Node[] = [];
    while (at < pieces.length) {
      const piece = pieces[at]!;
      if (piece.kind === 'text') nodes.push({ kind: 'text', start: piece.start, end: piece.end });
      else if (piece.kind === 'output') {
        const reader = new ExpressionReader(text, piece.start, piece.end);
        const expression = reader.tuple();
        reader.expectEnd();
        nodes.push({ kind: 'output', expression, start: piece.start, end: piece.end });
      } else {
        const reader = new ExpressionReader(text, piece.start, piece.end);
        const tag = reader.word();
        if (until.includes(tag)) return nodes;
        at++;
        const node = tagNode(tag, reader, piece, depth);
        if (node !== null) nodes.push(node);
        continue;
      }
      at++;
    }
    if (until.length > 0) throw new JinjaError(`${until.at(-1)!} is missing`, opened);
    return nodes;
  };
  const ending = (): { tag: string; reader: ExpressionReader } => {
    const piece = pieces[at++]!;
    const reader = new ExpressionReader(text, piece.start, piece.end);
    return { tag: reader.word(), reader };
  };
  const tagNode = (tag: string, reader: ExpressionReader, { start }: Piece, depth: number): Node | null => {
    switch (tag) {
      case 'if': {
        const branches: Branch[] = [];
        let test: Expression | null = reader.tuple();
        for (;;) {
          const body = nodesUntil(['elif', 'else', 'endif'], start, depth + 1);
          branches.push({ test, body });
          const end = ending();
          if (end.tag === 'endif') return { kind: 'if', branches, start };
          test = end.tag === 'elif' ? end.reader.tuple() : null;
        }
      }
      case 'for': {
        const names = reader.names();
        reader.keyword('in');
        const over = reader.tuple(true);
        const where = reader.isWord('if') ? (reader.word(), reader.expression()) : null;
        const body = nodesUntil(['else', 'endfor'], start, depth + 1);
        let otherwise: Node[] = [];
        if (ending().tag === 'else') {
          otherwise = nodesUntil(['endfor'], start, depth + 1);
          at++;
        }
        return { kind: 'for', names, over, where, body, otherwise, start };
      }
      case 'set': {
        const names = reader.names();
        if (reader.take('=')) return { kind: 'set', names, value: reader.tuple(), start };
        const body = nodesUntil(['endset'], start, depth + 1);
        at++;
        return { kind: 'set', names, value: body, start };
      }
      case 'do':
        return { kind: 'do', expression: reader.tuple(), start };
      case 'macro':
      case 'test':
      case 'data_test':
      case 'materialization': {
        const name = reader.word();
        const parameters = tag === 'materialization' ? [] : reader.parameters();
        const body = nodesUntil([`end${tag}`], start, depth + 1);
        at++;
        return { kind: 'macro', macro: { name: tag === 'macro' ? name : `${tag}_${name}`, parameters, body }, start };
      }
      case 'snapshot':
      case 'docs':
      case 'call':
      case 'filter': {
        const name = tag === 'snapshot' || tag === 'docs' ? reader.word() : '';
        const body = nodesUntil([`end${tag}`], start, depth + 1);
        at++;
        return { kind: 'block', tag, name, body, start };
      }
      case 'import':
      case 'from':
      case 'include':
      case 'extends':
      case 'break':
      case 'continue':
        return null;
      default:
        throw new JinjaError(`${tag.slice(0, 50)} is no tag of dbt`, start);
    }
  };
  return nodesUntil([], 0, 0);
}
