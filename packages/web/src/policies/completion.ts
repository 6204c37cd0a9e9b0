/** Completion of names in Rego text: what stands before the caret, and what it could become. */
export interface Name {
  readonly name: string;
  readonly kind: 'rule' | 'function' | 'builtin' | 'keyword';
}

export interface Word {
  /** Where it begins. */
  readonly from: number;
  readonly text: string;
}

const SHOWN = 8;

/** The name that the caret stands at the end of; null in the middle of one, in a text, or in a comment. */
export function wordAt(text: string, caret: number): Word | null {
  if (/[\w.]/.test(text[caret] ?? '')) return null;
  const line = text.slice(text.lastIndexOf('\n', caret - 1) + 1, caret);
  const before = line.replace(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, (quoted) => ' '.repeat(quoted.length));
  if (/["`#]/.test(before)) return null;
  const word = /[A-Za-z_][\w.]*$/.exec(before)?.[0] ?? '';
  return { from: caret - word.length, text: word };
}

/** Names that the word could become, the nearest first: those that begin with it, then those whose last part does. */
export function matches(names: readonly Name[], word: string): readonly Name[] {
  const lower = word.toLowerCase();
  const rank = ({ name }: Name): number => {
    const text = name.toLowerCase();
    if (text === lower) return -1;
    if (text.startsWith(lower)) return text.startsWith('data.') && !lower.startsWith('data') ? 1 : 0;
    return lower !== '' && text.slice(text.lastIndexOf('.') + 1).startsWith(lower) ? 2 : -1;
  };
  const order = { rule: 0, function: 0, keyword: 1, builtin: 2 } as const;
  return names
    .map((name) => ({ name, rank: rank(name) }))
    .filter(({ rank: r }) => r >= 0)
    .sort(
      (a, b) => a.rank - b.rank || order[a.name.kind] - order[b.name.kind] || a.name.name.length - b.name.name.length,
    )
    .slice(0, SHOWN)
    .map(({ name }) => name);
}

/** What Enter puts in: a new line as deep as this one, deeper after an opening bracket. */
export function newLine(text: string, caret: number, deeper = '\t'): string {
  const line = text.slice(text.lastIndexOf('\n', caret - 1) + 1, caret);
  const indent = /^[\t ]*/.exec(line)?.[0] ?? '';
  return `\n${indent}${/[{[(]\s*$/.test(line) ? deeper : ''}`;
}

/** Line and column from 1, and back. */
export function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}

export function offsetOf(text: string, line: number, column: number): number {
  let at = 0;
  for (let n = 1; n < line; n++) {
    const next = text.indexOf('\n', at);
    if (next < 0) return text.length;
    at = next + 1;
  }
  const end = text.indexOf('\n', at);
  return Math.min(at + column - 1, end < 0 ? text.length : end);
}
