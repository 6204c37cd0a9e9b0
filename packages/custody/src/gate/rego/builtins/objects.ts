/** Objects, JSON documents, graphs and `walk`. */
import { parseJson, JsonSyntaxError } from '../json-text.ts';
import { equal, isArray, RegoObject, RegoSet, toJson, typeName, type Value } from '../value.ts';
import { lookup } from '../document.ts';
import type { Budget } from '../runtime.ts';
import { parseYaml, printYaml, YamlSyntaxError } from '../yaml.ts';
import {
  array,
  builtin,
  builtinError,
  items,
  mismatch,
  object,
  oneOf,
  string,
  typeError,
  type Builtin,
} from './operand.ts';

/** The keys that the second operand names. */
function keysOf(args: readonly Value[]): readonly Value[] {
  const keys = args[1] as Value;
  if (keys instanceof RegoObject) return keys.keys();
  if (isArray(keys)) return keys;
  if (keys instanceof RegoSet) return keys.values();
  throw oneOf(2, ['object', 'set', 'array'], keys);
}

/** Objects merged deeply; on other conflicts the right side wins. */
function merge(a: Value, b: Value): Value {
  if (!(a instanceof RegoObject) || !(b instanceof RegoObject)) return b;
  const entries: [Value, Value][] = [];
  for (const [key, value] of a.entries()) {
    const other = b.get(key);
    entries.push([key, other === undefined ? value : merge(value, other)]);
  }
  for (const [key, value] of b.entries()) if (!a.has(key)) entries.push([key, value]);
  return RegoObject.of(entries);
}

function subset(part: Value, whole: Value): boolean {
  if (whole instanceof RegoObject && part instanceof RegoObject)
    return part.entries().every(([key, value]) => {
      const other = whole.get(key);
      if (other === undefined) return false;
      return (
        equal(value, other) ||
        (isCollection(value) && isCollection(other) && typeName(value) === typeName(other) && subset(value, other))
      );
    });
  if (whole instanceof RegoSet && part instanceof RegoSet) return part.values().every((item) => whole.has(item));
  if (isArray(whole) && part instanceof RegoSet)
    return part.values().every((item) => whole.some((other) => equal(item, other)));
  if (isArray(whole) && isArray(part)) {
    for (let at = 0; at + part.length <= whole.length; at++)
      if (part.every((item, i) => equal(item, whole[at + i] as Value))) return true;
    return false;
  }
  throw typeError('both arguments object.subset must be of the same type or array and set');
}

const isCollection = (value: Value): boolean =>
  isArray(value) || value instanceof RegoObject || value instanceof RegoSet;

// --- paths of json.filter and json.remove ---

interface Paths {
  readonly children: Map<string, { readonly key: Value; readonly paths: Paths }>;
  leaf: boolean;
}

function pathTree(args: readonly Value[]): Paths {
  const root: Paths = { children: new Map(), leaf: false };
  const list = args[1] as Value;
  if (!isArray(list) && !(list instanceof RegoSet)) throw oneOf(2, ['set', 'array'], list);
  for (const path of items(args, 2)) {
    let at = root;
    for (const key of segments(path)) {
      const name = typeof key === 'string' ? key : toJson(key);
      let child = at.children.get(name);
      if (child === undefined) at.children.set(name, (child = { key, paths: { children: new Map(), leaf: false } }));
      at = child.paths;
    }
    at.leaf = true;
  }
  return root;
}

function segments(path: Value): readonly Value[] {
  if (isArray(path)) return path;
  if (typeof path === 'string') {
    const trimmed = path.replace(/^\/+/, '');
    return trimmed.split('/').map(unescapePointer);
  }
  throw typeError(
    `operand 2 must be one of {set, array} containing string paths or array of path segments but got ${typeName(path)}`,
  );
}

const unescapePointer = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

const pathKey = (key: Value): string => (typeof key === 'string' ? key : toJson(key));

function filter(value: Value, paths: Paths): Value | undefined {
  if (paths.leaf) return value;
  if (value instanceof RegoObject) {
    const kept: [Value, Value][] = [];
    for (const [key, item] of value.entries()) {
      const child = paths.children.get(pathKey(key));
      const inner = child === undefined ? undefined : filter(item, child.paths);
      if (inner !== undefined) kept.push([key, inner]);
    }
    return RegoObject.of(kept);
  }
  if (isArray(value)) {
    return value.flatMap((item, i) => {
      const child = paths.children.get(String(i));
      const inner = child === undefined ? undefined : filter(item, child.paths);
      return inner === undefined ? [] : [inner];
    });
  }
  if (value instanceof RegoSet) {
    return RegoSet.of(
      value.values().flatMap((item) => {
        const child = paths.children.get(pathKey(item));
        const inner = child === undefined ? undefined : filter(item, child.paths);
        return inner === undefined ? [] : [inner];
      }),
    );
  }
  return paths.children.size === 0 ? value : undefined;
}

function remove(value: Value, paths: Paths): Value {
  if (value instanceof RegoObject) {
    const kept: [Value, Value][] = [];
    for (const [key, item] of value.entries()) {
      const child = paths.children.get(pathKey(key));
      if (child === undefined) kept.push([key, item]);
      else if (!child.paths.leaf) kept.push([key, remove(item, child.paths)]);
    }
    return RegoObject.of(kept);
  }
  if (isArray(value))
    return value.flatMap((item, i) => {
      const child = paths.children.get(String(i));
      if (child === undefined) return [item];
      return child.paths.leaf ? [] : [remove(item, child.paths)];
    });
  if (value instanceof RegoSet)
    return RegoSet.of(
      value.values().flatMap((item) => {
        const child = paths.children.get(pathKey(item));
        if (child === undefined) return [item];
        return child.paths.leaf ? [] : [remove(item, child.paths)];
      }),
    );
  return value;
}

// --- RFC 6902 ---

function index(key: Value, length: number, grows: boolean): number {
  if (key === '-' && grows) return length;
  const n = typeof key === 'number' ? key : typeof key === 'string' && /^(0|[1-9]\d*)$/.test(key) ? Number(key) : NaN;
  if (!Number.isInteger(n) || n < 0 || n > (grows ? length : length - 1)) throw builtinError('invalid array index');
  return n;
}

function step(value: Value, key: Value): Value {
  const found = isArray(value)
    ? value[index(key, value.length, false)]
    : value instanceof RegoObject || value instanceof RegoSet
      ? lookup(value, key)
      : undefined;
  if (found === undefined) throw builtinError('path does not exist');
  return found;
}

type Change = { readonly op: 'add' | 'replace'; readonly value: Value } | { readonly op: 'remove' };

function edit(value: Value, path: readonly Value[], i: number, change: Change): Value {
  const key = path[i];
  if (key === undefined) {
    if (change.op === 'remove') throw builtinError('cannot remove the document');
    return change.value;
  }
  const last = i === path.length - 1;
  if (isArray(value)) {
    const at = index(key, value.length, last && change.op === 'add');
    const copy = [...value];
    if (!last) copy[at] = edit(value[at] as Value, path, i + 1, change);
    else if (change.op === 'add') copy.splice(at, 0, change.value);
    else if (change.op === 'remove') copy.splice(at, 1);
    else copy[at] = change.value;
    return copy;
  }
  if (value instanceof RegoObject) {
    if (last && change.op === 'add') return value.with(key, change.value);
    const inner = value.get(key);
    if (inner === undefined) throw builtinError('path does not exist');
    if (last && change.op === 'remove') return value.without(key);
    return value.with(key, edit(inner, path, i + 1, change));
  }
  if (value instanceof RegoSet) {
    if (last && change.op === 'add') {
      if (!equal(key, change.value)) throw builtinError('key and value must be the same in a set');
      return RegoSet.of([...value.values(), change.value]);
    }
    if (!value.has(key)) throw builtinError('path does not exist');
    const others = value.values().filter((item) => !equal(item, key));
    if (last) return RegoSet.of(change.op === 'remove' ? others : [...others, change.value]);
    return RegoSet.of([...others, edit(key, path, i + 1, change)]);
  }
  throw builtinError('path does not exist');
}

function pointer(value: Value | undefined): readonly Value[] {
  if (value !== undefined && isArray(value)) return value;
  if (typeof value !== 'string') throw builtinError('missing required attribute "path"');
  if (value === '') return [];
  return value.replace(/^\//, '').split('/').map(unescapePointer);
}

function patch(document: Value, operations: readonly Value[]): Value {
  let result = document;
  for (const operation of operations) {
    if (!(operation instanceof RegoObject))
      throw typeError(`operand 2 must be array of objects but got array containing ${typeName(operation)}`);
    const op = operation.get('op');
    const path = pointer(operation.get('path'));
    const value = (): Value => {
      const v = operation.get('value');
      if (v === undefined) throw builtinError('missing required attribute "value"');
      return v;
    };
    const from = (): readonly Value[] => pointer(operation.get('from'));
    const read = (at: readonly Value[]): Value => at.reduce(step, result);
    switch (op) {
      case 'add':
      case 'replace':
        if (op === 'replace') read(path);
        result = edit(result, path, 0, { op, value: value() });
        break;
      case 'remove':
        read(path);
        result = edit(result, path, 0, { op });
        break;
      case 'move': {
        const moved = read(from());
        result = edit(edit(result, from(), 0, { op: 'remove' }), path, 0, { op: 'add', value: moved });
        break;
      }
      case 'copy':
        result = edit(result, path, 0, { op: 'add', value: read(from()) });
        break;
      case 'test':
        if (!equal(read(path), value())) throw builtinError('value from EditTree != expected value');
        break;
      default:
        throw builtinError(`unrecognized op: '${typeof op === 'string' ? op : ''}'`);
    }
  }
  return result;
}

// --- graphs ---

const neighbours = (value: Value | undefined): readonly Value[] => {
  if (value === undefined) return [];
  if (isArray(value)) return value;
  return value instanceof RegoSet ? value.values() : [];
};

function paths(graph: RegoObject, starts: readonly Value[], budget: Budget): RegoSet {
  const found: Value[] = [];
  const visit = (node: Value, trail: readonly Value[]): void => {
    budget.step();
    if (trail.length > 1000) throw builtinError('graph too deep');
    const here = [...trail, node];
    const next = neighbours(graph.get(node)).filter((n) => !here.some((seen) => equal(seen, n)));
    const known = next.filter((n) => graph.get(n) !== undefined);
    if (known.length === 0) {
      budget.grow(here.length);
      found.push(here);
      return;
    }
    if (known.length < neighbours(graph.get(node)).length) {
      budget.grow(here.length);
      found.push(here);
    }
    for (const n of known) visit(n, here);
  };
  for (const start of starts) if (graph.get(start) !== undefined) visit(start, []);
  return RegoSet.of(found);
}

function walk(value: Value, path: readonly Value[], budget: Budget, found: (value: Value) => boolean): boolean {
  budget.step();
  if (found([path, value])) return true;
  if (isArray(value)) return value.some((item, i) => walk(item, [...path, i], budget, found));
  if (value instanceof RegoObject)
    return value.entries().some(([key, item]) => walk(item, [...path, key], budget, found));
  if (value instanceof RegoSet) return value.values().some((item) => walk(item, [...path, item], budget, found));
  return false;
}

function readJson(text: string): Value {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw builtinError(error.message);
    throw error;
  }
}

function readYaml(text: string): Value {
  try {
    return parseYaml(text);
  } catch (error) {
    if (error instanceof YamlSyntaxError) throw builtinError(error.message);
    throw error;
  }
}

/** Go's json.Marshal escapes what would end a script element. */
const goJson = (value: Value): string => toJson(value).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);

function pretty(value: Value, prefix: string, indent: string, depth: number): string {
  const line = `\n${prefix}${indent.repeat(depth + 1)}`;
  const end = `\n${prefix}${indent.repeat(depth)}`;
  const list = value instanceof RegoSet ? value.values() : isArray(value) ? value : null;
  if (list !== null)
    return list.length === 0
      ? '[]'
      : `[${line}${list.map((item) => pretty(item, prefix, indent, depth + 1)).join(`,${line}`)}${end}]`;
  if (value instanceof RegoObject) {
    if (value.size === 0) return '{}';
    const pairs = value
      .entries()
      .map(([k, v]) => `${goJson(typeof k === 'string' ? k : toJson(k))}: ${pretty(v, prefix, indent, depth + 1)}`);
    return `{${line}${pairs.join(`,${line}`)}${end}}`;
  }
  return goJson(value);
}

function isValid(args: readonly Value[], read: (text: string) => Value): boolean {
  const text = args[0];
  if (typeof text !== 'string') return false;
  try {
    read(text);
    return true;
  } catch {
    return false;
  }
}

export const OBJECTS: readonly Builtin[] = [
  builtin('object.get', 3, (args) => {
    const from = args[0] as Value;
    if (!(from instanceof RegoObject)) throw mismatch(1, 'object', from);
    const key = args[1] as Value;
    const fallback = args[2] as Value;
    if (!isArray(key)) return from.has(key) ? from.get(key) : fallback;
    let value: Value | undefined = from;
    for (const part of key) value = value === undefined ? undefined : lookup(value, part);
    return value === undefined ? fallback : value;
  }),
  builtin('object.keys', 1, (args) => RegoSet.of(object(args, 1).keys())),
  builtin('object.remove', 2, (args) => {
    const from = object(args, 1);
    const gone = RegoSet.of(keysOf(args));
    return RegoObject.of(from.entries().filter(([key]) => !gone.has(key)));
  }),
  builtin('object.filter', 2, (args) => {
    const from = object(args, 1);
    const kept = RegoSet.of(keysOf(args));
    return RegoObject.of(from.entries().filter(([key]) => kept.has(key)));
  }),
  builtin('object.union', 2, (args) => merge(object(args, 1), object(args, 2))),
  builtin('object.union_n', 1, (args) =>
    array(args, 1).reduce<Value>((all, item) => {
      if (!(item instanceof RegoObject))
        throw typeError(`operand 1 must be array of objects but got array containing ${typeName(item)}`);
      return merge(all, item);
    }, RegoObject.empty),
  ),
  builtin('object.subset', 2, ([whole, part]) => subset(part as Value, whole as Value)),

  builtin('json.filter', 2, (args) => filter(object(args, 1), pathTree(args))),
  builtin('json.remove', 2, (args) => remove(object(args, 1), pathTree(args))),
  builtin('json.patch', 2, (args) => patch(args[0] as Value, array(args, 2))),
  builtin('json.marshal', 1, ([value], budget) => {
    const text = goJson(value as Value);
    budget.grow(text.length);
    return text;
  }),
  builtin('json.marshal_with_options', 2, (args, budget) => {
    const options = object(args, 2);
    for (const key of options.keys())
      if (key !== 'pretty' && key !== 'indent' && key !== 'prefix')
        throw typeError(`operand 2 object contained unknown key ${toJson(key)}`);
    const indent = options.get('indent') ?? '\t';
    const prefix = options.get('prefix') ?? '';
    if (typeof indent !== 'string' || typeof prefix !== 'string')
      throw typeError('operand 2 must hold strings for "indent" and "prefix"');
    const wanted = options.get('pretty') ?? (options.has('indent') || options.has('prefix'));
    if (typeof wanted !== 'boolean') throw typeError('operand 2 must hold a boolean for "pretty"');
    const value = args[0] as Value;
    const text = wanted ? prefix + pretty(value, prefix, indent, 0) : goJson(value);
    budget.grow(text.length);
    return text;
  }),
  builtin('json.unmarshal', 1, (args, budget) => {
    budget.grow(string(args, 1).length);
    return readJson(string(args, 1));
  }),
  builtin('json.is_valid', 1, (args) => isValid(args, parseJson)),
  builtin('yaml.marshal', 1, ([value]) => printYaml(value as Value)),
  builtin('yaml.unmarshal', 1, (args, budget) => {
    budget.grow(string(args, 1).length);
    return readYaml(string(args, 1));
  }),
  builtin('yaml.is_valid', 1, (args) => isValid(args, parseYaml)),

  builtin('graph.reachable', 2, (args, budget) => {
    const graph = object(args, 1);
    const found: Value[] = [];
    const queue = [...items(args, 2)];
    let seen = new Set<string>();
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      const key = toJson([node instanceof RegoSet ? 'set' : 0, node]);
      const next = graph.get(node);
      if (seen.has(key) || next === undefined) continue;
      seen = seen.add(key);
      found.push(node);
      const all = neighbours(next);
      budget.step(all.length + 1);
      queue.push(...all);
    }
    return RegoSet.of(found);
  }),
  builtin('graph.reachable_paths', 2, (args, budget) => paths(object(args, 1), items(args, 2), budget)),
  {
    name: 'walk',
    arity: 1,
    run: () => undefined,
    each: ([value], budget, found) => walk(value as Value, [], budget, found),
  },
];
