/** Base documents changed at a path, as OPA's REST API does it. */
import { compile, RegoObject, type Value } from './rego/index.ts';

/** The document at a path; undefined if there is none. */
export function documentAt(root: RegoObject, path: readonly string[]): Value | undefined {
  let value: Value | undefined = root;
  for (const name of path) value = value instanceof RegoObject ? value.get(name) : undefined;
  return value;
}

/** With a document in place, objects made on the way; with undefined, without it. Null if something on the way is no object. */
export function withDocument(root: RegoObject, path: readonly string[], value: Value | undefined): RegoObject | null {
  const [name, ...rest] = path;
  if (name === undefined) return value instanceof RegoObject ? value : value === undefined ? RegoObject.empty : null;
  if (rest.length === 0) return value === undefined ? root.without(name) : root.with(name, value);
  const below = root.get(name) ?? RegoObject.empty;
  const changed = below instanceof RegoObject ? withDocument(below, rest, value) : null;
  return changed === null ? null : root.with(name, changed);
}

const patcher = compile({});

/** JSON Patch (RFC 6902) below a path; null if an operation cannot be done. */
export function patchedDocument(root: RegoObject, path: readonly string[], operations: Value): RegoObject | null {
  const prefix = path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  const [solution] = patcher.solutions(
    'moved := [object.union(o, {"path": trim_right(concat("/", [input.prefix, trim(o.path, "/")]), "/")}) | some o in input.operations]; count(moved) == count(input.operations); x := json.patch(input.root, moved)',
    {
      input: RegoObject.of([
        ['prefix', prefix],
        ['operations', operations],
        ['root', root],
      ]),
    },
  );
  const patched = solution?.get('x');
  return patched instanceof RegoObject ? patched : null;
}
