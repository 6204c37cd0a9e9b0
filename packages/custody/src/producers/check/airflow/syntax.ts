/**
 * The syntax tree of a Python file, as plain objects. `web-tree-sitter` with the WebAssembly of `tree-sitter-python`; both lie
 * in their packages, nothing is downloaded (decisions/015-python-syntax.md).
 */
import { Language, Parser, type TreeCursor } from 'web-tree-sitter';

export interface SyntaxNode {
  /** Name in the grammar of `tree-sitter-python`: `call`, `identifier`, ... */
  readonly type: string;
  /** UTF-16 offsets into the text. */
  readonly start: number;
  readonly end: number;
  /** Named children without comments and line continuations, in order. */
  readonly children: readonly SyntaxNode[];
}

export interface Syntax {
  readonly root: SyntaxNode;
  readonly text: string;
  /** A part could not be parsed, or nests too deep, or parsing took too long. */
  readonly isPartial: boolean;
}

const DEPTH_MAX = 250;
const NODES_MAX = 400_000;
const PARSE_MS_MAX = 5_000;

let parser: Promise<Parser> | undefined;

async function load(): Promise<Parser> {
  await Parser.init();
  // The only file that is read here is the grammar in its package, once.
  const wasm = new URL(import.meta.resolve('tree-sitter-python/tree-sitter-python.wasm'));
  return new Parser().setLanguage(await Language.load(decodeURIComponent(wasm.pathname)));
}

/** `now`: milliseconds, to stop a parse that takes too long; the rest of the file is then left out. */
export async function syntaxOf(text: string, now: () => number, msMax = PARSE_MS_MAX): Promise<Syntax> {
  parser ??= load();
  const ready = await parser;
  const from = now();
  const tree = ready.parse(text, null, { progressCallback: () => now() - from > msMax });
  if (tree === null) {
    ready.reset();
    return { root: { type: 'module', start: 0, end: 0, children: [] }, text, isPartial: true };
  }
  try {
    const cursor = tree.walk();
    try {
      const state = { nodes: 0, isCut: false };
      const root = convert(cursor, 0, state);
      return { root, text, isPartial: state.isCut || tree.rootNode.hasError };
    } finally {
      cursor.delete();
    }
  } finally {
    tree.delete();
  }
}

function convert(cursor: TreeCursor, depth: number, state: { nodes: number; isCut: boolean }): SyntaxNode {
  const { nodeType: type, startIndex: start, endIndex: end } = cursor;
  const children: SyntaxNode[] = [];
  state.nodes++;
  if (depth >= DEPTH_MAX || state.nodes > NODES_MAX) state.isCut = true;
  else if (!LEAVES.has(type) && cursor.gotoFirstChild()) {
    do if (cursor.nodeIsNamed && !LEFT_OUT.has(cursor.nodeType)) children.push(convert(cursor, depth + 1, state));
    while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
  return { type, start, end, children };
}

const LEFT_OUT = new Set(['comment', 'line_continuation']);
const LEAVES = new Set([
  'identifier',
  'integer',
  'float',
  'string_content',
  'string_start',
  'string_end',
  'true',
  'none',
]);
