/** Marquez's node ids are our asset ids, with a version after `#` where one is meant. */
const VERSION = /#[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isVersioned = (nodeId: string): boolean => VERSION.test(nodeId);

/** The graphs are as of now, so a version is only left out. */
export const withoutVersion = (nodeId: string): string => nodeId.replace(VERSION, '');

/** Names hold colons, so each may be where a name ends; what has more of them than this is no name but an attack. */
const COLONS_MAX = 200;
const CHARACTERS_MAX = 5_000;

export const isReadable = (nodeId: string): boolean =>
  nodeId.length <= CHARACTERS_MAX && nodeId.split(':', COLONS_MAX + 2).length <= COLONS_MAX + 1;

export interface FieldReading {
  readonly namespace: string;
  readonly name: string;
  readonly field: string;
}

/** Every way to read `datasetField:NAMESPACE:NAME:FIELD`; who knows the namespaces says which beginnings are any. */
export function* readingsOfField(nodeId: string, isNamespace: (text: string) => boolean): Generator<FieldReading> {
  if (!nodeId.startsWith('datasetField:')) return;
  const rest = nodeId.slice('datasetField:'.length);
  for (let first = rest.indexOf(':'); first >= 0; first = rest.indexOf(':', first + 1)) {
    const namespace = rest.slice(0, first);
    if (!isNamespace(namespace)) continue;
    for (let second = rest.lastIndexOf(':'); second > first; second = rest.lastIndexOf(':', second - 1)) {
      yield { namespace, name: rest.slice(first + 1, second), field: rest.slice(second + 1) };
    }
  }
}
