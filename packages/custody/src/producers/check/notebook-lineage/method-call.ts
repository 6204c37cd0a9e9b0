/** A method that is called on something of which data may come. */
import { isPath } from '../airflow/python-path.ts';
import type { SyntaxNode } from '../airflow/syntax.ts';
import { stringOf, type Scope } from '../airflow/value.ts';
import { argumentOf, isBuffer, optionOf, placesOf, textOfSql } from './argument.ts';
import { changes, methodWriterOf, runsSql } from './catalogue.ts';
import { Flow } from './flow.ts';
import { sparkRead } from './spark-call.ts';
import { readTable, sql } from './sql-call.ts';
import { storeCall } from './store-call.ts';
import type { CallArguments, LineageWalk } from './walk.ts';

export interface MethodCall {
  readonly walk: LineageWalk;
  readonly name: string;
  readonly method: string;
  readonly object: SyntaxNode | undefined;
  readonly receiver: Flow | null;
  readonly given: CallArguments;
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

export function methodCall(call: MethodCall): Flow {
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
const schemaOf = (given: CallArguments, place: string, { kind }: { readonly kind: string }): string => {
  const schema = kind === 'table' ? stringOf(given.named.get('schema')?.value) : null;
  return schema === null ? place : `${schema}.${place}`;
};

export function opened(walk: LineageWalk, place: string | null, mode: string, by: string, line: number): Flow {
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

function pathOf(walk: LineageWalk, object: SyntaxNode, scope: Scope): string | null {
  const value = walk.run.attempt(object, scope);
  return isPath(value) ? (placesOf(value)[0] ?? null) : null;
}
