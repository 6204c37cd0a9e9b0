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
 * taken for HTML, Markdown (also `1.` and `-` in front, its lists) or a code, is written as one. An empty label is refused,
 * so it is a space.
 */
export function mermaidText(text: string): string {
  const clean = wellFormed(text).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
  const list = /^ *\d*[.-]/.exec(clean)?.[0].length ?? 0;
  let label = '';
  let at = 0;
  for (const character of clean) {
    at += character.length;
    const isPlain = /[\p{L}\p{N} _./-]/u.test(character) && at !== list;
    label += isPlain ? character : `#${character.codePointAt(0)!};`;
  }
  return label || ' ';
}
