/**
 * Syntax trees as plain objects, by `web-tree-sitter` and a grammar as WebAssembly; both lie in their packages, nothing is
 * downloaded (decisions/015-python-syntax.md, decisions/016-terraform-syntax.md).
 */
import { Language, Parser, type TreeCursor } from 'web-tree-sitter';

export interface SyntaxNode {
  /** Name in the grammar: `call`, `identifier`, ... */
  readonly type: string;
  /** UTF-16 offsets into the text. */
  readonly start: number;
  readonly end: number;
  /** Named children without comments, in order. */
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

export interface GrammarOptions {
  /** Address of the WebAssembly: `import.meta.resolve` of it. */
  readonly wasm: string;
  /** Type of the root. */
  readonly root: string;
  readonly leftOut: readonly string[];
  /** Types whose children say nothing. */
  readonly leaves: readonly string[];
}

/** A grammar, loaded once. */
export class Grammar {
  readonly #parser: Parser;
  readonly #options: GrammarOptions;
  readonly #leftOut: ReadonlySet<string>;
  readonly #leaves: ReadonlySet<string>;

  private constructor(parser: Parser, options: GrammarOptions) {
    this.#parser = parser;
    this.#options = options;
    this.#leftOut = new Set(options.leftOut);
    this.#leaves = new Set(options.leaves);
  }

  static async load(options: GrammarOptions): Promise<Grammar> {
    await Parser.init();
    // The only file that is read here is the grammar in its package, once.
    const wasm = decodeURIComponent(new URL(options.wasm).pathname);
    return new Grammar(new Parser().setLanguage(await Language.load(wasm)), options);
  }

  /** `now`: milliseconds, to stop a parse that takes too long; the rest of the text is then left out. */
  parse(text: string, now: () => number, msMax = PARSE_MS_MAX): Syntax {
    const from = now();
    const tree = this.#parser.parse(text, null, { progressCallback: () => now() - from > msMax });
    if (tree === null) {
      this.#parser.reset();
      return { root: { type: this.#options.root, start: 0, end: 0, children: [] }, text, isPartial: true };
    }
    try {
      const cursor = tree.walk();
      try {
        const state = { nodes: 0, isCut: false };
        const root = this.#convert(cursor, 0, state);
        return { root, text, isPartial: state.isCut || tree.rootNode.hasError };
      } finally {
        cursor.delete();
      }
    } finally {
      tree.delete();
    }
  }

  #convert(cursor: TreeCursor, depth: number, state: { nodes: number; isCut: boolean }): SyntaxNode {
    const { nodeType: type, startIndex: start, endIndex: end } = cursor;
    const children: SyntaxNode[] = [];
    state.nodes++;
    if (depth >= DEPTH_MAX || state.nodes > NODES_MAX) state.isCut = true;
    else if (!this.#leaves.has(type) && cursor.gotoFirstChild()) {
      do
        if (cursor.nodeIsNamed && !this.#leftOut.has(cursor.nodeType))
          children.push(this.#convert(cursor, depth + 1, state));
      while (cursor.gotoNextSibling());
      cursor.gotoParent();
    }
    return { type, start, end, children };
  }
}
