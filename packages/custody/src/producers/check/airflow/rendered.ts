/** Values as JSON for the facts: what is unknown says so by name. */
import { isPath } from './python-path.ts';
import { isEnum, kindOf, written, type InstanceValue, type ListValue, type UnknownValue, type Value } from './value.ts';

export type Rendered = null | boolean | number | string | readonly Rendered[] | { readonly [key: string]: Rendered };

/** Names of arguments that hold what is secret. */
const SECRET_NAME =
  /passw(or)?d|passphrase|secret(?!_?(name|id|arn|version|path))|(^|_)token$|api_?key|private_?key$|access_key(?!_?id)|credentials?$/i;
/** A password in a URI that is written out: not a template, not an unknown part. */
const URI_PASSWORD = /(\b[a-z][\w+.-]*:\/\/[^\s:/@]*:)([^\s@/{}$<>%*]+)(@)/gi;

/** A template, or what says itself that it is none. */
const PLACEHOLDER =
  /^\s*(\{\{|\$\{|<|\*+$|x{3,}$|(your|my)?[-_ ]?(change[-_ ]?me|placeholder)|(your|example|dummy)[-_ ])/i;

/** What is secret is never shown: `***` stands for a literal. */
export const withoutPasswords = (text: string): string => text.replace(URI_PASSWORD, '$1***$3');

/** An argument by its name: a literal where a secret belongs is told as one, not shown. */
export function renderedArgument(name: string, value: Value): Rendered {
  const isLiteral = typeof value === 'string' && value !== '' && !PLACEHOLDER.test(value);
  return isLiteral && SECRET_NAME.test(name) ? { secret: '***' } : rendered(value);
}

const DEPTH_MAX = 6;
const ITEMS_MAX = 200;
const CHARS_MAX = 4_000;

/**
 * A string with unknown parts has them as `{name}`; a value that is not known is `{unknown: name}`; what a library makes of
 * constants is `{call: path, args, ...}`; a result of a task is `{task: id}`.
 */
export function rendered(value: Value, depth = 0): Rendered {
  if (typeof value === 'string') return withoutPasswords(value.slice(0, CHARS_MAX));
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEPTH_MAX) return { unknown: 'deeper' };
  switch (value.kind) {
    case 'text':
      return withoutPasswords(value.text.slice(0, CHARS_MAX));
    case 'list':
      return (value as ListValue).items.slice(0, ITEMS_MAX).map((item) => rendered(item, depth + 1));
    case 'dict':
      return Object.fromEntries(
        [...value.entries.values()].slice(0, ITEMS_MAX).map(([key, item]) => {
          const name = written(key).text.slice(0, 200);
          const isSecret = typeof item === 'string' && item !== '' && SECRET_NAME.test(name);
          return [name, isSecret ? renderedArgument(name, item) : rendered(item, depth + 1)] as const;
        }),
      );
    case 'external':
      return constant(value.path);
    case 'unknown':
      return call(value, depth);
    case 'xcom':
      return { task: value.tasks.map(({ id }) => id).join(', ') };
    case 'task':
      return { task: value.id };
    case 'dag':
      return { dag: written(value.id).text };
    case 'function':
      return { function: value.name };
    case 'maker':
      return { function: value.call?.name ?? value.operator };
    case 'native':
      return { function: value.name };
    case 'class':
      return { class: value.name };
    case 'instance':
      if (isPath(value)) return rendered(value.attributes.get('path') ?? '', depth + 1);
      return isEnum((value as InstanceValue).of)
        ? rendered(value.attributes.get('value') ?? null, depth + 1)
        : { object: value.of.name };
    default:
      return { unknown: value.kind };
  }
}

/** `TriggerRule.ALL_DONE` is the string `all_done`; other constants of libraries stand by their path. */
function constant(path: string): Rendered {
  const rule = /\bTriggerRule\.([A-Z_]+)$/.exec(path);
  return rule?.[1] !== undefined ? rule[1].toLowerCase() : { unknown: path };
}

function call(value: UnknownValue, depth: number): Rendered {
  if (value.call === null || value.path === null) return { unknown: value.name };
  const date = dateOf(value);
  if (date !== null) return date;
  return {
    call: value.path,
    ...(value.call.positional.length > 0
      ? { args: value.call.positional.slice(0, 20).map((one) => rendered(one, depth + 1)) }
      : {}),
    ...Object.fromEntries(
      [...value.call.named]
        .slice(0, 40)
        .map(
          ([key, item]) =>
            [key, typeof item === 'string' ? renderedArgument(key, item) : rendered(item, depth + 1)] as const,
        ),
    ),
  };
}

/** `datetime(2024, 1, 2)` and `pendulum.datetime(2024, 1, 2)` as `2024-01-02`. */
export function dateOf(value: Value | undefined): string | null {
  if (kindOf(value) !== 'unknown') return null;
  const { path, call: made } = value as UnknownValue;
  if (path === null || made === null || !/(^|\.)(datetime|DateTime)$/.test(path)) return null;
  const [year = made.named.get('year'), month = made.named.get('month') ?? 1, day = made.named.get('day') ?? 1] =
    made.positional;
  if (typeof year !== 'number' || typeof month !== 'number' || typeof day !== 'number') return null;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
