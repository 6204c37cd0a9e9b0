/** What a call reads, writes and gives back. */
import { renderedArgument } from '../airflow/rendered.ts';
import type { SyntaxNode } from '../airflow/syntax.ts';
import {
  kindOf,
  stringOf,
  type BoundValue,
  type ClassValue,
  type ExternalValue,
  type FunctionValue,
  type Scope,
  type Value,
} from '../airflow/value.ts';
import { argumentOf, placesOf, textOfSql } from './argument.ts';
import { copies, opens, readerOf, writerOf } from './catalogue.ts';
import { Flow } from './flow.ts';
import { methodCall, opened } from './method-call.ts';
import { SHELL_CALL, SQL_CALL } from './python-cells.ts';
import { shell, sql } from './sql-call.ts';
import { entriesOf, type Argument, type CallArguments as Given, type LineageWalk } from './walk.ts';

export function flowOfCall(walk: LineageWalk, node: SyntaxNode, scope: Scope): Flow {
  const { run } = walk;
  const [callee, list] = node.children;
  if (callee === undefined) return new Flow();
  const line = run.lineOf(callee.children.at(-1) ?? callee);
  const object = callee.type === 'attribute' ? callee.children[0] : undefined;
  const receiver = object === undefined ? null : walk.flow(object, scope);
  const given = argumentsOf(walk, list, scope);
  const all = [...given.positional, ...given.named.values()];
  const cell = walk.cellOf(node);
  const target = run.attempt(callee, scope);
  const name = nameOf(walk, callee, target, scope);
  const method = callee.type === 'attribute' ? run.textOf(callee.children[1] ?? callee) : name;
  walk.onCall?.(name, line, given);

  // Functions and classes of the notebook.
  if (kindOf(target) === 'function')
    return walk.inline(target as FunctionValue, given.positional, given.named, [], cell);
  if (kindOf(target) === 'bound' && kindOf((target as BoundValue).method as Value) === 'function')
    return walk.inline(
      (target as BoundValue).method as FunctionValue,
      given.positional,
      given.named,
      [{ value: (target as BoundValue).self, flow: receiver ?? new Flow() }],
      cell,
    );
  if (kindOf(target) === 'class') {
    const made = Flow.of(...all.map(({ flow }) => flow));
    const init = run.inherited(target as ClassValue, '__init__');
    if (kindOf(init) !== 'function') return made;
    const self = new Flow();
    walk.inline(
      init as FunctionValue,
      given.positional,
      given.named,
      [{ value: run.attempt(node, scope), flow: self }],
      cell,
    );
    return self;
  }

  const called = object === undefined ? walk.flow(callee, scope) : receiver;
  const passed = (): Flow => Flow.of(called, ...all.map(({ flow }) => flow));

  if (name === SHELL_CALL) return shell(walk, text(given, 0), line);
  if (name === SQL_CALL) return sql(walk, text(given, 0), dialectOf(text(given, 1)), '%%sql', line, scope);

  const writer = writerOf(name);
  if (writer !== null) {
    const value = Flow.of(
      ...(argumentOf(given, writer.value) === null
        ? all.map(({ flow }) => flow)
        : [argumentOf(given, writer.value)!.flow]),
    );
    if (writer.kind === 'url') for (const { flow } of given.named.values()) value.take(flow);
    if (copies(name))
      for (const from of placesOf(argumentOf(given, writer.value)?.value))
        walk.ledger.read(from, 'file', name, line, value);
    const where = argumentOf(given, writer.place);
    if (where?.flow.place != null) walk.ledger.write(where.flow.place, 'file', name, line, value);
    else {
      where?.flow.take(value);
      for (const place of placesOf(where?.value))
        walk.ledger.write(`${writer.prefix ?? ''}${place}`, writer.kind, name, line, value);
    }
    return value;
  }

  const reader = readerOf(name);
  if (reader !== null) {
    const where = argumentOf(given, reader);
    const made = new Flow();
    if (reader.kind === 'sql') {
      const query = where === null ? null : textOfSql(where.value);
      if (query === null) walk.ledger.unknown(line, `${name} of what the notebook does not say`);
      else if (/\s/.test(query.trim())) return sql(walk, query, 'ansi', name, line, scope);
      else walk.ledger.read(query, 'table', name, line, made);
      return made;
    }
    if (where !== null && where.flow.place !== null) {
      // A file that is open already.
      made.take(where.flow);
      if (reader.kind === 'model') walk.ledger.read(where.flow.place, 'model', name, line, made);
      return made;
    }
    const places = placesOf(where?.value);
    const mode = stringOf(given.positional[1]?.value) ?? stringOf(given.named.get('mode')?.value) ?? 'r';
    if (opens(name)) return opened(walk, places[0] ?? null, mode, name, line);
    if (places.length === 0 && where !== null && where.flow.total().size > 0) {
      // Bytes that were read before: `pickle.loads(answer.content)`.
      if (reader.kind === 'model')
        for (const place of where.flow.total().keys()) walk.ledger.read(place, 'model', name, line, made);
      made.take(where.flow);
      return made;
    }
    if (places.length === 0) walk.ledger.unknown(line, `${name} of what the notebook does not say`);
    for (const place of places) walk.ledger.read(`${reader.prefix ?? ''}${place}`, reader.kind, name, line, made);
    // `urlretrieve(url, path)` writes.
    if (/urlretrieve$|^wget\.|^gdown\./.test(name))
      for (const to of placesOf(given.positional[1]?.value)) walk.ledger.write(to, 'file', name, line, made);
    return made;
  }

  // `map(pd.read_csv, paths)` reads each.
  for (const [i, { value }] of given.positional.slice(0, 1).entries()) {
    const mapped = kindOf(value) === 'external' ? readerOf((value as ExternalValue).path) : null;
    if (mapped === null || mapped.kind === 'sql') continue;
    const made = new Flow();
    const by = (value as ExternalValue).path;
    const places = given.positional.slice(i + 1).flatMap((one) => placesOf(one.value));
    if (places.length === 0) walk.ledger.unknown(line, `${by} of what the notebook does not say`);
    for (const place of places) walk.ledger.read(`${mapped.prefix ?? ''}${place}`, mapped.kind, by, line, made);
    return made;
  }

  return methodCall({ walk, name, method, object, receiver, given, line, cell, scope, passed });
}

const dialectOf = (engine: string): string =>
  /spark/.test(engine) ? 'spark' : engine === 'bigquery' ? 'bigquery' : engine === 'duckdb' ? 'duckdb' : 'ansi';

const text = ({ positional }: Given, at: number): string => {
  const value = positional[at]?.value;
  return stringOf(value) ?? '';
};

function argumentsOf(walk: LineageWalk, list: SyntaxNode | undefined, scope: Scope): Given {
  const positional: Argument[] = [];
  const named = new Map<string, Argument>();
  if (list?.type === 'generator_expression')
    positional.push({ value: walk.run.attempt(list, scope), flow: walk.flow(list, scope) });
  for (const argument of (list?.type === 'argument_list' ? list.children : []).slice(0, 200)) {
    if (argument.type === 'keyword_argument') {
      const [key, value] = argument.children;
      if (key !== undefined && value !== undefined)
        named.set(walk.run.textOf(key), { value: walk.run.attempt(value, scope), flow: walk.flow(value, scope) });
    } else if (argument.type === 'dictionary_splat' || argument.type === 'list_splat') {
      const inner = argument.children[0];
      if (inner === undefined) continue;
      const [value, flow] = [walk.run.attempt(inner, scope), walk.flow(inner, scope)];
      if (argument.type === 'list_splat')
        for (const item of walk.run.items(value) ?? [value]) positional.push({ value: item, flow });
      else
        for (const [key, item] of entriesOf(value))
          if (typeof key === 'string') named.set(key, { value: item, flow: flow.items.get(key) ?? flow });
    } else positional.push({ value: walk.run.attempt(argument, scope), flow: walk.flow(argument, scope) });
  }
  return { positional, named };
}

/** The dotted name through the imports; as it is written where there is none. */
function nameOf(walk: LineageWalk, callee: SyntaxNode, target: Value, scope: Scope): string {
  if (kindOf(target) === 'external') return (target as ExternalValue).path;
  if (callee.type === 'attribute') {
    const [object, member] = callee.children;
    const of = object === undefined ? null : walk.run.attempt(object, scope);
    if (kindOf(of) === 'external' && member !== undefined)
      return `${(of as ExternalValue).path}.${walk.run.textOf(member)}`;
  }
  if (kindOf(target) === 'native' && callee.type === 'identifier') return walk.run.textOf(callee);
  return walk.run.textOf(callee).replace(/\s+/g, '').slice(0, 200);
}

/** Arguments as facts tell them: a literal where a secret belongs is masked. */
export const renderedArguments = ({ positional, named }: Given): Readonly<Record<string, unknown>> =>
  Object.fromEntries([
    ...positional.slice(0, 20).map(({ value }, i) => [String(i), renderedArgument(String(i), value)] as const),
    ...[...named].slice(0, 40).map(([key, { value }]) => [key, renderedArgument(key, value)] as const),
  ]);
