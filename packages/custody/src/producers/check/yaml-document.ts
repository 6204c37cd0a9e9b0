/**
 * YAML of others as a document of nodes, with lines. The composer is recursive, and V8 ends the whole process where it has to
 * compile an expression near the end of the stack; so how deep a text nests is looked at before it is composed.
 */
import { Composer, LineCounter, Parser, type CST, type Document } from 'yaml';

const DEPTH_MAX = 100;
const TOKENS_MAX = 500_000;

export interface YamlDocument {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** The first document of a text; a sentence that says why there is none. Keys may come twice, as in files that people write. */
export function yamlDocument(text: string, version: '1.1' | '1.2' = '1.2'): YamlDocument | { readonly unread: string } {
  const lines = new LineCounter();
  const tokens: CST.Token[] = [];
  for (const token of new Parser(lines.addNewLine).parse(text)) {
    tokens.push(token);
    if (token.type === 'document' && tokens.filter(({ type }) => type === 'document').length > 1) break;
  }
  const unread = nestingOf(tokens);
  if (unread !== null) return { unread };
  // With pretty errors each costs a walk over the text.
  const composer = new Composer({
    version,
    lineCounter: lines,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  for (const document of composer.compose(tokens, true, text.length)) {
    const [error] = document.errors;
    return error === undefined
      ? { document: document as Document.Parsed, lines }
      : { unread: `line ${lines.linePos(error.pos[0]).line}: ${error.message.split('\n')[0]!}` };
  }
  return { unread: 'it is empty' };
}

/** What is wrong with how deep and how many the parts are; null for nothing. Not recursive. */
function nestingOf(tokens: readonly CST.Token[]): string | null {
  let count = 0;
  const open: [CST.Token, number][] = tokens.map((token) => [token, 0]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [token, depth] = next;
    if (depth > DEPTH_MAX) return `it nests more than ${DEPTH_MAX} deep`;
    if (++count > TOKENS_MAX) return `it has more than ${TOKENS_MAX} parts`;
    if (token.type === 'document' && token.value) open.push([token.value, depth]);
    if ('items' in token)
      for (const item of token.items) {
        if (item.key) open.push([item.key, depth + 1]);
        if (item.value) open.push([item.value, depth + 1]);
      }
  }
  return null;
}
