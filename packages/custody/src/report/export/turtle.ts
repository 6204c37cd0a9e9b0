/** PROV-O nodes as RDF 1.1 Turtle. */
import { PREFIXES, provNodes, type ProvNode, type Statement } from './prov.ts';
import type { Scope } from './scope.ts';

export function* turtle(scope: Scope): Generator<string> {
  for (const [prefix, iri] of Object.entries(PREFIXES)) yield `@prefix ${prefix}: <${iri}> .\n`;
  for (const node of provNodes(scope)) yield nodeText(node);
}

function nodeText({ iri, types, statements }: ProvNode): string {
  const lines = [
    `a ${types.join(', ')}`,
    ...statements.map((statement) => `${statement.predicate} ${objectText(statement)}`),
  ];
  return `\n<${iri}>\n  ${lines.join(' ;\n  ')} .\n`;
}

function objectText(statement: Statement): string {
  switch (statement.kind) {
    case 'iri':
      return `<${statement.iri}>`;
    case 'text':
      return turtleString(statement.text);
    case 'typed':
      return `${turtleString(statement.text)}^^${statement.datatype}`;
    default:
      return statement satisfies never;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** STRING_LITERAL_QUOTE: quotes, backslashes and line ends are escaped; other control characters may be, and are. */
const turtleString = (text: string): string =>
  `"${text.replaceAll(
    /["\\\p{Cc}\p{Zl}\p{Zp}]/gu,
    (character) => ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`,
  )}"`;
