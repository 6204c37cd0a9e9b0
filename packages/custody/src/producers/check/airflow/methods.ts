/** Methods of Python's strings, lists, dicts and sets, as far as they make names of things. */
import type { Evaluator } from './evaluator.ts';
import { formatCall } from './text-format.ts';
import {
  dict,
  itemOf,
  keyOf,
  kindOf,
  list,
  or,
  setItem,
  stringOf,
  text,
  unknown,
  written,
  type Arguments,
  type DictValue,
  type ListValue,
  type Value,
} from './value.ts';

/** `undefined` where the method is not known. Lists and dicts are changed in place, as in Python. */
export function methodOf(run: Evaluator, self: Value, name: string, given: Arguments, line: number): Value | undefined {
  const string = stringOf(self);
  if (string !== null) return stringMethod(run, string, kindOf(self) === 'text', name, given, line);
  if (kindOf(self) === 'list') return listMethod(run, self as ListValue, name, given);
  if (kindOf(self) === 'dict') return dictMethod(self as DictValue, name, given, line);
  return undefined;
}

function stringMethod(
  run: Evaluator,
  self: string,
  isPartial: boolean,
  name: string,
  given: Arguments,
  line: number,
): Value | undefined {
  const [first, second] = given.positional;
  const [a, b] = [stringOf(first), stringOf(second)];
  const same = (made: string): Value => text(made, isPartial);
  switch (name) {
    case 'format':
      return formatCall(self, given, isPartial);
    case 'format_map':
      return kindOf(first) === 'dict'
        ? formatCall(
            self,
            {
              positional: [],
              named: new Map([...(first as DictValue).entries.values()].map(([k, v]) => [written(k).text, v])),
            },
            isPartial,
          )
        : undefined;
    case 'join': {
      const items = first === undefined ? null : run.items(first);
      if (items === null) return { kind: 'text', text: `{${name}}` };
      const parts = items.map((item) => written(item));
      return text(parts.map((part) => part.text).join(self), isPartial || parts.some((part) => part.isPartial));
    }
    case 'lower':
      return same(self.toLowerCase());
    case 'casefold':
      return same(self.toLowerCase());
    case 'upper':
      return same(self.toUpperCase());
    case 'title':
      return same(self.toLowerCase().replace(/[a-z]+/g, (word) => word[0]?.toUpperCase() + word.slice(1)));
    case 'capitalize':
      return same(self.slice(0, 1).toUpperCase() + self.slice(1).toLowerCase());
    case 'strip':
      return same(trim(self, a, true, true));
    case 'lstrip':
      return same(trim(self, a, true, false));
    case 'rstrip':
      return same(trim(self, a, false, true));
    case 'replace':
      return a === null || b === null ? undefined : same(self.split(a).join(b));
    case 'removeprefix':
      return a !== null && self.startsWith(a) ? same(self.slice(a.length)) : same(self);
    case 'removesuffix':
      return a !== null && a !== '' && self.endsWith(a) ? same(self.slice(0, -a.length)) : same(self);
    case 'split':
    case 'rsplit': {
      const limit = typeof second === 'number' && second >= 0 ? second : Infinity;
      const parts = a === null ? self.trim().split(/\s+/).filter(Boolean) : a === '' ? [self] : self.split(a);
      if (parts.length - 1 > limit && a !== null)
        return list(
          name === 'split'
            ? [...parts.slice(0, limit), parts.slice(limit).join(a)].map(same)
            : [parts.slice(0, parts.length - limit).join(a), ...parts.slice(parts.length - limit)].map(same),
        );
      return list(parts.map(same));
    }
    case 'partition': {
      const at = a === null ? -1 : self.indexOf(a);
      return list(
        at < 0 || a === null ? [same(self), '', ''] : [same(self.slice(0, at)), a, same(self.slice(at + a.length))],
        'tuple',
      );
    }
    case 'rpartition': {
      const at = a === null ? -1 : self.lastIndexOf(a);
      return list(
        at < 0 || a === null ? ['', '', same(self)] : [same(self.slice(0, at)), a, same(self.slice(at + a.length))],
        'tuple',
      );
    }
    case 'splitlines':
      return list(self.split(/\r?\n/).map(same));
    case 'ljust':
    case 'rjust':
    case 'center': {
      const size = typeof first === 'number' ? Math.min(first, 1_000) : 0;
      const fill = b === null || b === '' ? ' ' : b;
      if (name === 'ljust') return same(self.padEnd(size, fill));
      if (name === 'rjust') return same(self.padStart(size, fill));
      const more = Math.max(0, size - self.length);
      const left = Math.floor(more / 2) + (more & size & 1);
      return same(self.padStart(self.length + left, fill).padEnd(size, fill));
    }
    case 'zfill':
      return typeof first === 'number' ? same(self.padStart(Math.min(first, 1_000), '0')) : undefined;
    case 'startswith':
    case 'endswith': {
      if (isPartial) return unknown(name, line);
      const wanted = kindOf(first) === 'list' ? (first as ListValue).items.map(stringOf) : [a];
      return wanted.some((one) => one !== null && (name === 'startswith' ? self.startsWith(one) : self.endsWith(one)));
    }
    case 'count':
      return a === null || a === '' || isPartial ? unknown(name, line) : self.split(a).length - 1;
    case 'find':
    case 'index':
      return a === null || isPartial ? unknown(name, line) : self.indexOf(a);
    case 'isdigit':
      return isPartial ? unknown(name, line) : /^\d+$/.test(self);
    case 'isupper':
      return isPartial ? unknown(name, line) : self !== self.toLowerCase() && self === self.toUpperCase();
    case 'encode':
    case 'decode':
    case 'expandtabs':
      return same(self);
    default:
      return undefined;
  }
}

function trim(self: string, chars: string | null, left: boolean, right: boolean): string {
  const isCut = (char: string | undefined) =>
    char !== undefined && (chars === null ? /\s/.test(char) : chars.includes(char));
  let [from, to] = [0, self.length];
  while (left && from < to && isCut(self[from])) from++;
  while (right && to > from && isCut(self[to - 1])) to--;
  return self.slice(from, to);
}

function listMethod(run: Evaluator, self: ListValue, name: string, { positional }: Arguments): Value | undefined {
  const [first] = positional;
  switch (name) {
    case 'append':
    case 'add':
      if (
        first !== undefined &&
        self.items.length < 5_000 &&
        (self.type !== 'set' || !self.items.some((item) => keyOf(item) === keyOf(first)))
      )
        self.items.push(first);
      return null;
    case 'extend':
    case 'update': {
      const items = first === undefined ? null : run.items(first);
      for (const item of items ?? []) if (self.items.length < 5_000) self.items.push(item);
      return null;
    }
    case 'insert':
      if (typeof first === 'number' && positional[1] !== undefined && self.items.length < 5_000)
        self.items.splice(first, 0, positional[1]);
      return null;
    case 'pop': {
      const at = typeof first === 'number' ? first : self.items.length - 1;
      return or(self.items.splice(at < 0 ? self.items.length + at : at, 1)[0], () => run.raise());
    }
    case 'remove': {
      const at = self.items.findIndex((item) => keyOf(item) === keyOf(first ?? null));
      if (at >= 0) self.items.splice(at, 1);
      return null;
    }
    case 'popleft':
      return or(self.items.shift(), () => run.raise());
    case 'appendleft':
      if (first !== undefined && self.items.length < 5_000) self.items.unshift(first);
      return null;
    case 'difference':
    case 'intersection': {
      const others = new Set(((first === undefined ? null : run.items(first)) ?? []).map(keyOf));
      return list(
        self.items.filter((item) => others.has(keyOf(item)) === (name === 'intersection')),
        self.type,
      );
    }
    case 'reverse':
      self.items.reverse();
      return null;
    case 'sort':
      self.items.sort((a, b) => (written(a).text < written(b).text ? -1 : 1));
      return null;
    case 'clear':
      self.items.length = 0;
      return null;
    case 'copy':
      return list([...self.items], self.type);
    case 'index': {
      const at = self.items.findIndex((item) => keyOf(item) === keyOf(first ?? null));
      return at >= 0 ? at : undefined;
    }
    case 'count':
      return self.items.filter((item) => keyOf(item) === keyOf(first ?? null)).length;
    case 'union':
      return list([...self.items, ...((first === undefined ? null : run.items(first)) ?? [])], self.type);
    default:
      return undefined;
  }
}

function dictMethod(self: DictValue, name: string, { positional, named }: Arguments, line: number): Value | undefined {
  const [first = null, second] = positional;
  switch (name) {
    case 'get':
      return or(itemOf(self, first), () => or(second, () => null));
    case 'keys':
      return list([...self.entries.values()].map(([key]) => key));
    case 'values':
      return list([...self.entries.values()].map(([, value]) => value));
    case 'items':
      return list([...self.entries.values()].map(([key, value]) => list([key, value], 'tuple')));
    case 'update':
      if (kindOf(first) === 'dict')
        for (const [key, value] of (first as DictValue).entries.values()) setItem(self, key, value);
      for (const [key, value] of named) setItem(self, key, value);
      return null;
    case 'setdefault': {
      const there = itemOf(self, first);
      if (there !== undefined) return there;
      setItem(self, first, second ?? null);
      return second ?? null;
    }
    case 'pop': {
      const there = itemOf(self, first);
      self.entries.delete(keyOf(first));
      return or(there, () => or(second, () => unknown('item', line)));
    }
    case 'copy':
      return dict(self.entries.values());
    default:
      return undefined;
  }
}
