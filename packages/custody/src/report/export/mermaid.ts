/** The graph as a Mermaid flowchart, for a README or a ticket. */
import { wellFormed } from './well-formed.ts';
import { exportAssets, exportEdges, type Scope } from './scope.ts';

export function* mermaid(scope: Scope): Generator<string> {
  yield 'flowchart LR\n';
  for (const { place, kind, name } of exportAssets(scope)) {
    const [open, close] = kind === 'job' ? ['[[', ']]'] : ['[(', ')]'];
    yield `  n${place}${open}"${mermaidText(name)}"${close}\n`;
  }
  for (const { from, to } of exportEdges(scope)) yield `  n${from.place} --> n${to.place}\n`;
}

/**
 * Text inside a quoted label. Mermaid has no escapes but entity codes (`#35;`), so everything that could end the label, or be
 * taken for HTML, Markdown or a code, is written as one. An empty label is refused, so it is a space.
 */
export const mermaidText = (text: string): string =>
  Array.from(wellFormed(text).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' '), (character) =>
    /[\p{L}\p{N} _./-]/u.test(character) ? character : `#${character.codePointAt(0)!};`,
  ).join('') || ' ';
