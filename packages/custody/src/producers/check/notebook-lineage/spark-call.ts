/** Spark's readers: chains of options that end in what is read. */
import { stringOf } from '../airflow/value.ts';
import { optionOf, placesOf } from './argument.ts';
import { Flow } from './flow.ts';
import type { MethodCall } from './method-call.ts';
import { readTable } from './sql-call.ts';

export function sparkRead({ walk, method, receiver, given, line, scope }: MethodCall, places: readonly string[]): Flow {
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
