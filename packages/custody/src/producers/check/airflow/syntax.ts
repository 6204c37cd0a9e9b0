/** The syntax tree of a Python file (decisions/015-python-syntax.md). */
import { Grammar, type Syntax } from '../syntax-tree.ts';

export type { Syntax, SyntaxNode } from '../syntax-tree.ts';

let python: Promise<Grammar> | undefined;

/** `now`: milliseconds, to stop a parse that takes too long; the rest of the file is then left out. */
export async function syntaxOf(text: string, now: () => number, msMax?: number): Promise<Syntax> {
  python ??= Grammar.load({
    wasm: import.meta.resolve('tree-sitter-python/tree-sitter-python.wasm'),
    root: 'module',
    leftOut: ['comment', 'line_continuation'],
    leaves: ['identifier', 'integer', 'float', 'string_content', 'string_start', 'string_end', 'true', 'none'],
  });
  return (await python).parse(text, now, msMax);
}
