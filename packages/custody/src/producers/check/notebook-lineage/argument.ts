/** What the arguments of a call say: which of them is meant, and the places that it names. */
import { isPath } from '../airflow/python-path.ts';
import {
  kindOf,
  stringOf,
  written,
  type InstanceValue,
  type ListValue,
  type UnknownValue,
  type Value,
} from '../airflow/value.ts';
import type { PlaceArgument } from './catalogue.ts';
import type { Argument, CallArguments } from './walk.ts';

export const argumentOf = (
  { positional, named }: CallArguments,
  { position, names }: PlaceArgument,
): Argument | null => {
  for (const name of names) {
    const one = named.get(name);
    if (one !== undefined) return one;
  }
  return (position === null ? positional[0] : positional[position]) ?? null;
};

export const isBuffer = (value: Value): boolean =>
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

/** `text("select ...")` of SQLAlchemy is the text. */
export function textOfSql(value: Value): string | null {
  if (kindOf(value) === 'unknown') {
    const { path, call } = value as UnknownValue;
    if (path !== null && /(^|\.)text$/.test(path) && call !== null) return stringOf(call.positional[0]);
  }
  return stringOf(value);
}

/** What `.option("dbtable", name)` names. */
export const optionOf = (given: CallArguments): string | null =>
  /^(?:dbtable|table|path|collection)$/i.test(stringOf(given.positional[0]?.value) ?? '')
    ? stringOf(given.positional[1]?.value)
    : null;
