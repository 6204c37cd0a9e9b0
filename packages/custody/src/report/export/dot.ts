/** The graph in Graphviz's DOT language. */
import { wellFormed } from './well-formed.ts';
import { exportAssets, exportEdges, iso, type Scope } from './scope.ts';

export function* dot(scope: Scope): Generator<string> {
  yield 'digraph lineage {\n  rankdir=LR;\n  node [fontname="sans-serif"];\n';
  for (const { place, id, kind, name } of exportAssets(scope)) {
    yield `  n${place} [label=${dotString(name)}, tooltip=${dotString(id)}, shape=${kind === 'job' ? 'box' : 'cylinder'}];\n`;
  }
  for (const { from, to, runs, lastAt } of exportEdges(scope)) {
    yield `  n${from.place} -> n${to.place} [tooltip=${dotString(`${runs} runs, last ${iso(lastAt)}`)}];\n`;
  }
  yield '}\n';
}

/**
 * A quoted string of DOT that is shown as the text itself: backslashes begin escapes (`\N` is the node's name) and `&` begins
 * an entity in labels, so both are written out. Control characters have no place in a label.
 */
export const dotString = (text: string): string =>
  `"${wellFormed(text)
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')}"`;
