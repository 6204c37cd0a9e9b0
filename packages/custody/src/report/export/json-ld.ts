/** PROV-O nodes as JSON-LD 1.1, one node a line. */
import { PREFIXES, provNodes, type ProvNode, type Statement } from './prov.ts';
import type { Scope } from './scope.ts';

export function* jsonLd(scope: Scope): Generator<string> {
  yield `{"@context":${JSON.stringify(PREFIXES)},"@graph":[`;
  let first = true;
  for (const node of provNodes(scope)) {
    yield `${first ? '' : ','}\n${JSON.stringify(nodeJson(node))}`;
    first = false;
  }
  yield '\n]}\n';
}

function nodeJson({ iri, types, statements }: ProvNode): object {
  const values = new Map<string, object[]>();
  for (const statement of statements) {
    const known = values.get(statement.predicate);
    if (known) known.push(valueJson(statement));
    else values.set(statement.predicate, [valueJson(statement)]);
  }
  return { '@id': iri, '@type': types, ...Object.fromEntries(values) };
}

function valueJson(statement: Statement): object {
  switch (statement.kind) {
    case 'iri':
      return { '@id': statement.iri };
    case 'text':
      return { '@value': statement.text };
    case 'typed':
      return { '@value': statement.text, '@type': statement.datatype };
    default:
      return statement satisfies never;
  }
}
