/** What a call reads, writes and gives back. */
import { isPath } from '../airflow/python-path.ts';
import { renderedArgument } from '../airflow/rendered.ts';
import type { SyntaxNode } from '../airflow/syntax.ts';
import {
  kindOf,
  stringOf,
  written,
  type BoundValue,
  type ClassValue,
  type ExternalValue,
  type FunctionValue,
  type InstanceValue,
  type ListValue,
  type Scope,
  type UnknownValue,
  type Value,
} from '../airflow/value.ts';
import {
  changes,
  copies,
  methodWriterOf,
  opens,
  readerOf,
  runsSql,
  writerOf,
  type PlaceArgument,
} from './catalogue.ts';
import { Flow } from './flow.ts';
import { commandPlaces } from './shell-places.ts';
import { SHELL_CALL, SQL_CALL } from './python-cells.ts';
import { sqlPlaces } from './sql-places.ts';
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

interface MethodCall {
  readonly walk: LineageWalk;
  readonly name: string;
  readonly method: string;
  readonly object: SyntaxNode | undefined;
  readonly receiver: Flow | null;
  readonly given: Given;
  readonly line: number;
  readonly cell: number;
  readonly scope: Scope;
  readonly passed: () => Flow;
}

/** The chain that a method stands in: `spark.read.format("csv")`, without what stands in brackets. */
const chainOf = (walk: LineageWalk, object: SyntaxNode | undefined): string => {
  const names: string[] = [];
  for (let at = object; at !== undefined && names.length < 50;) {
    if (at.type === 'attribute') {
      names.unshift(walk.run.textOf(at.children[1] ?? at));
      at = at.children[0];
    } else if (at.type === 'call' || at.type === 'subscript' || at.type === 'parenthesized_expression')
      at = at.children[0];
    else {
      if (at.type === 'identifier') names.unshift(walk.run.textOf(at));
      break;
    }
  }
  return names.join('.');
};

function methodCall(call: MethodCall): Flow {
  const { walk, name, method, object, receiver, given, line, scope, passed } = call;
  const { ledger } = walk;
  // A function of a library, a model that is called: what it is given comes out of it.
  if (receiver === null || object === undefined) return passed();
  const chain = chainOf(walk, object);
  const first = given.positional[0];
  const places = placesOf(first?.value);
  const onPath = pathOf(walk, object, scope);

  // A dict that holds one thing for each key.
  if (given.positional.length === 0 && receiver.items.size > 0 && /^(?:items|values|keys)$/.test(method)) {
    const made = new Flow();
    for (const [i, item] of [...receiver.items.values()].entries()) {
      const pair = new Flow();
      pair.set('0', new Flow());
      pair.set('1', item);
      if (method !== 'keys') made.set(String(i), method === 'items' ? pair : item);
    }
    return made;
  }

  // Spark: readers and writers are chains.
  if (/\bread(?:Stream)?\b/.test(chain) || method === 'read') {
    if (
      /^(?:csv|json|parquet|orc|text|load|table|jdbc|delta|avro|xml|image|format|option|options|schema)$/.test(method)
    )
      return sparkRead(call, places);
  }
  if (/\bwrite(?:Stream|To)?\b/.test(chain)) {
    if (
      /^(?:csv|json|parquet|orc|text|save|saveAsTable|insertInto|jdbc|delta|avro|start|toTable|append|create|createOrReplace|replace|overwritePartitions|option|options)$/.test(
        method,
      )
    ) {
      const value = Flow.of(receiver);
      value.place = receiver.place;
      if (method === 'option') value.place = optionOf(given) ?? receiver.place;
      else if (method === 'jdbc')
        for (const table of placesOf(given.positional[1]?.value ?? given.named.get('table')?.value))
          ledger.write(table, 'table', 'write.jdbc', line, value);
      else if (places.length > 0 || given.named.has('path'))
        for (const place of places.length > 0 ? places : placesOf(given.named.get('path')?.value))
          ledger.write(
            place,
            /^(?:saveAsTable|insertInto|toTable)$/.test(method) ? 'table' : 'file',
            `write.${method}`,
            line,
            value,
          );
      else if (value.place !== null && method !== 'options')
        ledger.write(value.place, 'table', `write.${method}`, line, value);
      return value;
    }
  }
  if (method === 'writeTo' && places[0] !== undefined) {
    const made = Flow.of(receiver);
    made.place = places[0];
    return made;
  }
  if (
    /^createOrReplace(?:Global)?TempView$|^create(?:Global)?TempView$|^registerTempTable$/.test(method) &&
    places[0] !== undefined
  ) {
    walk.views.set(places[0].toLowerCase(), Flow.of(receiver));
    return receiver;
  }
  if (method === 'register' && places[0] !== undefined && given.positional[1] !== undefined) {
    walk.views.set(places[0].toLowerCase(), Flow.of(given.positional[1].flow));
    return receiver;
  }
  if (method === 'table' && /^(?:spark|sqlContext|session|con|conn|duckdb)\b/.test(chain)) {
    const made = new Flow();
    for (const place of places) readTable(walk, { name: place, kind: 'table' }, `${chain}.table`, line, made, scope);
    return made;
  }
  // SQL on a connection, a session, or a warehouse's client.
  if (runsSql(method) && first !== undefined) {
    const query = textOfSql(first.value);
    if (
      query !== null &&
      /\s/.test(query.trim()) &&
      /^\s*(?:--|\/\*|\(|select|with|insert|create|replace|merge|copy|from|update|delete|drop|attach|install|load|set|pragma|describe|show|call|use|export|import|truncate|alter|begin|commit|values|pivot|unpivot|summarize)/i.test(
        query,
      )
    ) {
      const made = sql(
        walk,
        query,
        /spark/i.test(chain) ? 'spark' : /duck/i.test(`${chain} ${name}`) ? 'duckdb' : 'ansi',
        `${chain}.${method}`.slice(0, 200),
        line,
        scope,
      );
      // A connection answers with what it was asked last.
      if (method !== 'sql') receiver.take(made);
      made.take(Flow.of(...given.positional.slice(1).map(({ flow }) => flow)));
      return made;
    }
    if (query === null && /\b(?:sql|cursor|con|conn|connection|engine|db|duckdb|spark|session|client)\b/i.test(chain))
      ledger.unknown(line, `SQL that the notebook does not say`);
  }
  // Object stores.
  const stored = storeCall(call, places);
  if (stored !== null) return stored;
  // pathlib.
  if (onPath !== null) {
    const by = `pathlib.Path.${method}`;
    if (/^(?:read_text|read_bytes)$/.test(method)) {
      const made = new Flow();
      ledger.read(onPath, 'file', by, line, made);
      return made;
    }
    if (/^(?:write_text|write_bytes)$/.test(method)) {
      const value = Flow.of(first?.flow ?? null);
      ledger.write(onPath, 'file', by, line, value);
      return value;
    }
    if (method === 'open')
      return opened(walk, onPath, stringOf(first?.value) ?? stringOf(given.named.get('mode')?.value) ?? 'r', by, line);
  }
  if (method === 'open' && places[0] !== undefined && /\b(?:fs|s3|gcs|store|filesystem)\w*$/i.test(chain))
    return opened(walk, places[0], stringOf(given.positional[1]?.value) ?? 'r', name, line);
  // A handle that is open to be written.
  if (
    receiver.isSink &&
    receiver.place !== null &&
    /^(?:write|writelines|writerow|writerows|writeheader|write_table|write_batch)$/.test(method)
  ) {
    const value = Flow.of(...given.positional.map(({ flow }) => flow));
    ledger.write(receiver.place, 'file', name, line, value);
    return value;
  }
  const writes = methodWriterOf(method);
  if (writes !== null) {
    const where = argumentOf(given, writes);
    const value = Flow.of(receiver);
    if (where === null) return value;
    if (where.flow.place !== null) ledger.write(where.flow.place, writes.kind, name, line, value);
    else {
      const named = placesOf(where.value);
      // A buffer in memory has it now.
      where.flow.take(value);
      if (named.length === 0 && !isBuffer(where.value))
        ledger.unknown(line, `${method} to what the notebook does not say`);
      for (const place of named) ledger.write(schemaOf(given, place, writes), writes.kind, method, line, value);
    }
    return value;
  }
  // Keras, matplotlib, PIL and xgboost save with a path as their first argument.
  if (method === 'save' && places[0] !== undefined) {
    const value = Flow.of(receiver);
    for (const place of places) ledger.write(place, 'file', 'save', line, value);
    return value;
  }
  if (/^from_pretrained$/.test(method) && places[0] !== undefined) {
    const made = new Flow();
    ledger.read(`hf://${places[0]}`, 'model', name, line, made);
    return made;
  }
  if (/^(?:load_model|load_weights|load_state)$/.test(method) && places[0] !== undefined) {
    for (const place of places) ledger.read(place, 'model', name, line, receiver);
    return receiver;
  }
  if (/^(?:get)$/.test(method) && /\b(?:session|client|http)\w*$/i.test(chain) && /^https?:/.test(places[0] ?? '')) {
    const made = new Flow();
    ledger.read(places[0]!, 'url', name, line, made);
    return made;
  }
  if (changes(method)) {
    const added = Flow.of(
      ...given.positional.map(({ flow }) => flow),
      ...[...given.named.values()].map(({ flow }) => flow),
    );
    added.through(call.cell);
    receiver.take(added);
    return Flow.of(receiver);
  }
  return passed();
}

/** `to_sql("t", con, schema="s")` writes `s.t`. */
const schemaOf = (given: Given, place: string, { kind }: { readonly kind: string }): string => {
  const schema = kind === 'table' ? stringOf(given.named.get('schema')?.value) : null;
  return schema === null ? place : `${schema}.${place}`;
};

const optionOf = (given: Given): string | null =>
  /^(?:dbtable|table|path|collection)$/i.test(stringOf(given.positional[0]?.value) ?? '')
    ? stringOf(given.positional[1]?.value)
    : null;

function sparkRead({ walk, method, receiver, given, line, scope }: MethodCall, places: readonly string[]): Flow {
  const made = Flow.of(receiver);
  made.place = null;
  made.option = receiver?.option ?? null;
  if (method === 'option') made.option = optionOf(given) ?? made.option;
  else if (method === 'options')
    made.option =
      stringOf(given.named.get('dbtable')?.value) ?? stringOf(given.named.get('path')?.value) ?? made.option;
  else if (method === 'table')
    for (const place of places) readTable(walk, { name: place, kind: 'table' }, 'read.table', line, made, scope);
  else if (method === 'jdbc')
    for (const table of placesOf(given.positional[1]?.value ?? given.named.get('table')?.value))
      walk.ledger.read(table, 'table', 'read.jdbc', line, made);
  else if (method !== 'format' && method !== 'schema') {
    const named =
      places.length > 0
        ? [
            ...places,
            ...given.positional
              .slice(1)
              .flatMap(({ value }) => (typeof value === 'string' && /[/.]/.test(value) ? [value] : [])),
          ]
        : placesOf(given.named.get('path')?.value);
    for (const place of named) walk.ledger.read(place, 'file', `read.${method}`, line, made);
    if (named.length === 0 && made.option !== null)
      walk.ledger.read(made.option, 'table', `read.${method}`, line, made);
    else if (named.length === 0) walk.ledger.unknown(line, `read.${method} of what the notebook does not say`);
  }
  return made;
}

/** Clients of S3, Google's and Azure's stores. */
function storeCall({ walk, method, name, receiver, given, line }: MethodCall, places: readonly string[]): Flow | null {
  const { ledger } = walk;
  const said = (position: number, ...names: readonly string[]) =>
    names
      .map((one) => given.named.get(one))
      .concat(given.positional[position])
      .map((one) => placesOf(one?.value)[0])
      .find((one) => one !== undefined);
  const s3 = (bucket: number, key: number): string | null => {
    const [b, k] = [said(bucket, 'Bucket'), said(key, 'Key')];
    return b === undefined ? null : `s3://${b}/${k ?? ''}`;
  };
  const from = receiver?.place ?? null;
  const made = new Flow();
  switch (method) {
    case 'get_object': {
      const place = s3(9, 9);
      if (place !== null) ledger.read(place, 'file', method, line, made);
      return made;
    }
    case 'download_file':
    case 'download_fileobj': {
      const isOfObject = from !== null;
      const place = from ?? s3(0, 1);
      const to = isOfObject ? given.positional[0] : (given.named.get('Filename') ?? given.positional[2]);
      if (place === null) return null;
      ledger.read(place, 'file', method, line, made);
      if (to?.flow.place != null) to.flow.take(made);
      else if (method === 'download_file')
        for (const path of placesOf(to?.value)) ledger.write(path, 'file', method, line, made);
      else to?.flow.take(made);
      return made;
    }
    case 'put_object': {
      const place = from ?? s3(9, 9);
      const body = given.named.get('Body');
      if (place !== null) ledger.write(place, 'file', method, line, Flow.of(body?.flow ?? null));
      return made;
    }
    case 'upload_file':
    case 'upload_fileobj': {
      const [what, place] = [given.named.get('Filename') ?? given.positional[0], from ?? s3(1, 2)];
      if (place === null) return null;
      const value = Flow.of(what?.flow ?? null);
      if (method === 'upload_file')
        for (const path of placesOf(what?.value)) ledger.read(path, 'file', method, line, value);
      ledger.write(place, 'file', method, line, value);
      return made;
    }
    case 'Object': {
      const [bucket, key] = places.length > 0 ? [places[0], said(1)] : [undefined, undefined];
      if (bucket !== undefined) made.place = from === null ? `s3://${bucket}/${key ?? ''}` : `${from}${bucket}`;
      return made.place === null ? null : made;
    }
    case 'Bucket':
      made.place = places[0] === undefined ? null : `s3://${places[0]}/`;
      return made.place === null ? null : made;
    case 'bucket':
    case 'get_bucket':
      made.place = places[0] === undefined ? null : `gs://${places[0]}/`;
      return made.place === null ? null : made;
    case 'blob':
    case 'get_blob':
      if (from === null || places[0] === undefined) return null;
      made.place = `${from}${places[0]}`;
      return made;
    case 'get_container_client':
      made.place = places[0] === undefined ? null : `azure://${places[0]}/`;
      return made.place === null ? null : made;
    case 'get_blob_client': {
      const container = stringOf(given.named.get('container')?.value);
      const blob = stringOf(given.named.get('blob')?.value) ?? places[0];
      made.place = `${container === null ? (from ?? 'azure://') : `azure://${container}/`}${blob ?? ''}`;
      return made;
    }
    case 'download_to_filename':
    case 'download_as_bytes':
    case 'download_as_string':
    case 'download_as_text':
    case 'download_blob':
    case 'get':
      if (from === null || receiver?.isSink === true) return null;
      ledger.read(from, 'file', method, line, made);
      if (method === 'download_to_filename') for (const path of places) ledger.write(path, 'file', method, line, made);
      return made;
    case 'upload_from_filename':
    case 'upload_from_string':
    case 'upload_blob':
    case 'put': {
      if (from === null) return null;
      const value = Flow.of(given.positional[0]?.flow ?? null, given.named.get('Body')?.flow ?? null);
      if (method === 'upload_from_filename') for (const path of places) ledger.read(path, 'file', method, line, value);
      ledger.write(from, 'file', method, line, value);
      return made;
    }
    case 'load_table_from_dataframe':
    case 'load_table_from_json': {
      for (const table of placesOf(given.positional[1]?.value ?? given.named.get('destination')?.value))
        ledger.write(table, 'table', name, line, Flow.of(given.positional[0]?.flow ?? null));
      return made;
    }
    default:
      return null;
  }
}

function opened(walk: LineageWalk, place: string | null, mode: string, by: string, line: number): Flow {
  const made = new Flow();
  if (place === null) {
    walk.ledger.unknown(line, `${by} of what the notebook does not say`);
    return made;
  }
  made.place = place;
  made.isSink = /[wax]/.test(mode);
  if (!made.isSink || mode.includes('+')) walk.ledger.read(place, 'file', by, line, made);
  return made;
}

/** A table that SQL names: a view or a frame of the notebook, a place else. */
function readTable(
  walk: LineageWalk,
  { name, kind }: { readonly name: string; readonly kind: 'file' | 'table' },
  by: string,
  line: number,
  into: Flow,
  scope: Scope,
): void {
  const view = walk.views.get(name.toLowerCase());
  const frame = view ?? (kind === 'table' && /^\w+$/.test(name) ? walk.find(name, scope) : null);
  if (view !== undefined || (frame !== null && frame.total().size > 0)) into.take(frame ?? null);
  else walk.ledger.read(name, kind, by, line, into);
}

function sql(walk: LineageWalk, text: string, dialect: string, by: string, line: number, scope: Scope): Flow {
  const made = new Flow();
  const { inputs, outputs, isUnread } = sqlPlaces(text, dialect);
  if (
    isUnread &&
    inputs.length === 0 &&
    !/^\s*(?:set|use|attach|install|load|pragma|show|describe|drop|begin|commit|call)\b/i.test(text)
  )
    walk.ledger.unknown(line, 'SQL that could not be read');
  for (const output of outputs) {
    const value = new Flow();
    for (const input of output.inputs) readTable(walk, input, by, line, value, scope);
    walk.ledger.write(output.name, output.kind, by, line, value);
    if (output.kind === 'table') {
      const stored = Flow.of(value);
      stored.add(output.name, [walk.ledger.at(line).cell]);
      walk.views.set(output.name.toLowerCase(), stored);
    }
  }
  if (outputs.length === 0) for (const input of inputs) readTable(walk, input, by, line, made, scope);
  return made;
}

function shell(walk: LineageWalk, command: string, line: number): Flow {
  const made = new Flow();
  for (const { from, to } of commandPlaces(command)) {
    const value = new Flow();
    walk.ledger.read(from, /^https?:/.test(from) ? 'url' : 'file', 'shell', line, value);
    if (to !== null) walk.ledger.write(to, 'file', 'shell', line, value);
    made.take(value);
  }
  return made;
}

const dialectOf = (engine: string): string =>
  /spark/.test(engine) ? 'spark' : engine === 'bigquery' ? 'bigquery' : engine === 'duckdb' ? 'duckdb' : 'ansi';

const text = ({ positional }: Given, at: number): string => {
  const value = positional[at]?.value;
  return stringOf(value) ?? '';
};

/** `text("select ...")` of SQLAlchemy is the text. */
function textOfSql(value: Value): string | null {
  if (kindOf(value) === 'unknown') {
    const { path, call } = value as UnknownValue;
    if (path !== null && /(^|\.)text$/.test(path) && call !== null) return stringOf(call.positional[0]);
  }
  return stringOf(value);
}

const argumentOf = ({ positional, named }: Given, { position, names }: PlaceArgument): Argument | null => {
  for (const name of names) {
    const one = named.get(name);
    if (one !== undefined) return one;
  }
  return (position === null ? positional[0] : positional[position]) ?? null;
};

const isBuffer = (value: Value): boolean =>
  kindOf(value) === 'unknown' && /(?:^|\.)(?:BytesIO|StringIO|ExcelWriter)$/.test((value as UnknownValue).path ?? '');

/** Places that a value names: a text, a path, a list of them, a pattern of files. */
export function placesOf(value: Value | undefined): string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return value.trim() === '' ? [] : [value];
  if (kindOf(value) === 'text' || isPath(value))
    return placesOf(written(isPath(value) ? ((value as InstanceValue).attributes.get('path') ?? '') : value).text);
  if (kindOf(value) === 'list')
    return (value as ListValue).items
      .slice(0, 200)
      .flatMap((item) => (typeof item === 'string' || kindOf(item) === 'text' || isPath(item) ? placesOf(item) : []));
  if (kindOf(value) === 'unknown' && /(?:^|\.)(?:i?glob|ExcelWriter)$/.test((value as UnknownValue).path ?? ''))
    return placesOf((value as UnknownValue).call?.positional[0]);
  if (
    kindOf(value) === 'unknown' &&
    (value as UnknownValue).path === null &&
    /^\w+$/.test((value as UnknownValue).name)
  )
    return [`{${(value as UnknownValue).name}}`];
  return [];
}

function pathOf(walk: LineageWalk, object: SyntaxNode, scope: Scope): string | null {
  const value = walk.run.attempt(object, scope);
  return isPath(value) ? (placesOf(value)[0] ?? null) : null;
}

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
