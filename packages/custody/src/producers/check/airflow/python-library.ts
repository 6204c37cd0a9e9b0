/** Python's built-in functions, and what of its library names and paths are made with. */
import { isPath, joined, type Evaluator } from './evaluator.ts';
import { formatted } from './text-format.ts';
import {
  dict,
  isEnum,
  itemOf,
  keyOf,
  kindOf,
  list,
  or,
  setItem,
  stringOf,
  text,
  truthOf,
  unknown,
  written,
  shown,
  type Arguments,
  type ClassValue,
  type DictValue,
  type ExternalValue,
  type InstanceValue,
  type ListValue,
  type Value,
} from './value.ts';

type Native = (run: Evaluator, given: Arguments, line: number) => Value;

const numbersOf = (run: Evaluator, { positional }: Arguments): number[] | null => {
  const items = positional.length === 1 ? run.items(positional[0] ?? null) : [...positional];
  return items !== null && items.length > 0 && items.every((item) => typeof item === 'number')
    ? (items as number[])
    : null;
};
const listLike =
  (type: ListValue['type'], change: (items: Value[]) => Value[] = (items) => items): Native =>
  (run, { positional: [first] }, line) => {
    const items = first === undefined ? [] : run.items(first);
    if (items === null) return kindOf(first) === 'xcom' ? (first as Value) : unknown(type, line);
    return list(change([...items]), type);
  };
const unique = (items: Value[]) => [...new Map(items.map((item) => [keyOf(item), item])).values()];
const order = (a: Value, b: Value) =>
  typeof a === 'number' && typeof b === 'number'
    ? a - b
    : written(a).text < written(b).text
      ? -1
      : written(a).text > written(b).text
        ? 1
        : 0;

const BUILTINS: Readonly<Record<string, Native>> = {
  str: (_, { positional: [first] }) => {
    if (first === undefined) return '';
    const made = formatted(first, '', '');
    return text(made.text, made.isPartial);
  },
  repr: (_, { positional: [first] }) => {
    const made = shown(first ?? null);
    return text(made.text, made.isPartial);
  },
  format: (_, { positional: [first, spec] }) => {
    const made = formatted(first ?? null, stringOf(spec) ?? '', '');
    return text(made.text, made.isPartial);
  },
  int: (_, { positional: [first] }, line) => {
    const number =
      typeof first === 'string'
        ? /^\s*[-+]?\d{1,15}\s*$/.test(first)
          ? Number(first)
          : NaN
        : typeof first === 'number'
          ? Math.trunc(first)
          : first === undefined
            ? 0
            : typeof first === 'boolean'
              ? Number(first)
              : NaN;
    return Number.isNaN(number) ? unknown('int', line) : number;
  },
  float: (_, { positional: [first] }, line) =>
    typeof first === 'number'
      ? first
      : typeof first === 'string' && /^[-+\d.e]+$/i.test(first)
        ? Number(first) || 0
        : unknown('float', line),
  bool: (_, { positional: [first] }, line) => truthOf(first ?? null) ?? unknown('bool', line),
  len: (run, { positional: [first] }, line) =>
    first === undefined ? 0 : (run.items(first)?.length ?? unknown('len', line)),
  range: (_, { positional }, line) => {
    if (!positional.every((one) => typeof one === 'number')) return unknown('range', line);
    const [a = 0, b, step = 1] = positional as number[];
    const [from, to] = b === undefined ? [0, a] : [a, b];
    const items: number[] = [];
    if (step !== 0) for (let i = from; (step > 0 ? i < to : i > to) && items.length < 5_000; i += step) items.push(i);
    return list(items);
  },
  enumerate: (run, { positional: [first, start], named }, line) => {
    const items = first === undefined ? null : run.items(first);
    const from = start ?? named.get('start') ?? 0;
    return items === null
      ? unknown('enumerate', line)
      : list(items.map((item, i) => list([i + (typeof from === 'number' ? from : 0), item], 'tuple')));
  },
  zip: (run, { positional }, line) => {
    const all = positional.map((one) => run.items(one));
    if (all.some((items) => items === null)) return unknown('zip', line);
    const size = Math.min(...all.map((items) => items?.length ?? 0));
    return list(
      Array.from({ length: Number.isFinite(size) ? size : 0 }, (_, i) =>
        list(
          all.map((items) => items?.[i] ?? null),
          'tuple',
        ),
      ),
    );
  },
  list: listLike('list'),
  tuple: listLike('tuple'),
  set: listLike('set', unique),
  frozenset: listLike('set', unique),
  iter: listLike('list'),
  sorted: (run, { positional: [first], named }, line) => {
    const items = first === undefined ? null : run.items(first);
    if (items === null) return unknown('sorted', line);
    const by = named.get('key');
    const made = [...items];
    if (by !== undefined && kindOf(by) !== null) {
      const keys = new Map(made.map((item) => [item, run.call(by, { positional: [item], named: new Map() }, line)]));
      made.sort((a, b) => order(keys.get(a) ?? null, keys.get(b) ?? null));
    } else made.sort(order);
    if (truthOf(named.get('reverse') ?? false) === true) made.reverse();
    return list(made);
  },
  reversed: listLike('list', (items) => items.reverse()),
  next: (run, { positional: [first, otherwise] }, line) =>
    first === undefined ? null : or(run.items(first)?.[0], () => or(otherwise, () => unknown('next', line))),
  dict: (run, { positional: [first], named }, line) => {
    const made = dict();
    if (kindOf(first) === 'dict')
      for (const [key, value] of (first as DictValue).entries.values()) setItem(made, key, value);
    else if (first !== undefined) {
      const pairs = run.items(first);
      if (pairs === null) return unknown('dict', line);
      for (const pair of pairs) {
        const [key, value] = run.items(pair) ?? [];
        if (key !== undefined && value !== undefined) setItem(made, key, value);
      }
    }
    for (const [key, value] of named) setItem(made, key, value);
    return made;
  },
  min: (run, given, line) =>
    numbersOf(run, given) === null ? unknown('min', line) : Math.min(...(numbersOf(run, given) ?? [])),
  max: (run, given, line) =>
    numbersOf(run, given) === null ? unknown('max', line) : Math.max(...(numbersOf(run, given) ?? [])),
  sum: (run, given, line) =>
    numbersOf(run, { ...given, positional: given.positional.slice(0, 1) })?.reduce((a, b) => a + b, 0) ??
    unknown('sum', line),
  abs: (_, { positional: [first] }, line) => (typeof first === 'number' ? Math.abs(first) : unknown('abs', line)),
  round: (_, { positional: [first] }, line) => (typeof first === 'number' ? Math.round(first) : unknown('round', line)),
  any: (run, { positional: [first] }, line) =>
    run.items(first ?? null)?.some((item) => truthOf(item) === true) ?? unknown('any', line),
  all: (run, { positional: [first] }, line) =>
    run.items(first ?? null)?.every((item) => truthOf(item) === true) ?? unknown('all', line),
  map: (run, { positional: [by, ...over] }, line) => {
    const items = over[0] === undefined ? null : run.items(over[0]);
    return items === null || by === undefined
      ? unknown('map', line)
      : list(items.map((item) => run.call(by, { positional: [item], named: new Map() }, line)));
  },
  filter: (run, { positional: [by, over] }, line) => {
    const items = over === undefined ? null : run.items(over);
    return items === null
      ? unknown('filter', line)
      : list(
          items.filter(
            (item) =>
              (by === null || by === undefined
                ? truthOf(item)
                : truthOf(run.call(by, { positional: [item], named: new Map() }, line))) !== false,
          ),
        );
  },
  hasattr: (run, { positional: [object, name] }, line) => {
    const found = run.member(object ?? null, stringOf(name) ?? '', line);
    return kindOf(found) === 'unknown' ? unknown('hasattr', line) : true;
  },
  getattr: (run, { positional: [object, name, otherwise] }, line) => {
    const key = stringOf(name);
    if (key === null) return unknown('getattr', line);
    const found = run.member(object ?? null, key, line);
    return kindOf(found) === 'unknown' && otherwise !== undefined ? otherwise : found;
  },
  isinstance: (_, { positional: [value, type] }, line) => {
    const named = kindOf(type) === 'native' ? (type as { name: string }).name : '';
    if (named === 'str') return stringOf(value) !== null;
    if (named === 'list' || named === 'tuple') return kindOf(value) === 'list' && (value as ListValue).type === named;
    if (named === 'dict') return kindOf(value) === 'dict';
    if (named === 'int') return typeof value === 'number';
    return unknown('isinstance', line);
  },
  print: () => null,
  globals: (run) => (run.globals ??= dict([...run.module.names].map(([name, value]) => [name, value] as const))),
  locals: (run) => (run.contexts.length === 0 ? (run.globals ??= dict()) : dict()),
  chr: (_, { positional: [first] }, line) =>
    typeof first === 'number' && first >= 0 && first <= 0x10ffff ? String.fromCodePoint(first) : unknown('chr', line),
  ord: (_, { positional: [first] }, line) =>
    typeof first === 'string' ? (first.codePointAt(0) ?? null) : unknown('ord', line),
};

export function builtin(run: Evaluator, name: string): Value | undefined {
  const call = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined;
  return call === undefined ? undefined : { kind: 'native', name, call: (given) => call(run, given, 1) };
}

const PATH_CLASS: ClassValue = {
  kind: 'class',
  name: 'Path',
  bases: [],
  attributes: new Map(),
  node: { type: 'class_definition', start: 0, end: 0, children: [] },
};
const pathOf = (of: Value): Value => ({ kind: 'instance', of: PATH_CLASS, attributes: new Map([['path', of]]) });
const plain = (value: Value | undefined): Value =>
  value !== undefined && isPath(value) ? ((value as InstanceValue).attributes.get('path') ?? '') : (value ?? '');
const changed = (value: Value | undefined, by: (path: string) => string): Value => {
  const made = written(plain(value));
  return text(by(made.text), made.isPartial);
};
const baseOf = (path: string) => path.replace(/\/+$/, '').replace(/^.*\//, '');
const folderOf = (path: string) => (path.includes('/') ? path.replace(/\/+$/, '').replace(/\/[^/]*$/, '') || '/' : '');
const stemOf = (path: string) => baseOf(path).replace(/(?<=.)\.[^.]*$/, '');

/** Attributes and methods of `pathlib.Path`. */
export function pathMember(self: Value, name: string): Value | undefined {
  switch (name) {
    case 'name':
      return changed(self, baseOf);
    case 'stem':
      return changed(self, stemOf);
    case 'suffix':
      return changed(self, (path) => /(?<=.)\.[^.]*$/.exec(baseOf(path))?.[0] ?? '');
    case 'parent':
      return pathOf(changed(self, (path) => folderOf(path) || '.'));
    case 'parents': {
      const all: Value[] = [];
      for (let at = pathMember(self, 'parent'); at !== undefined && all.length < 20; at = pathMember(at, 'parent'))
        all.push(at);
      return list(all);
    }
    case 'joinpath':
      return native(name, ({ positional }) => positional.reduce((path: Value, more) => joined(path, more), self));
    case 'resolve':
    case 'absolute':
    case 'expanduser':
      return native(name, () => self);
    case 'as_posix':
    case '__str__':
      return native(name, () => plain(self));
    case 'as_uri':
      return native(name, () => changed(self, (path) => `file://${path}`));
    case 'with_suffix':
      return native(name, ({ positional: [suffix] }) =>
        pathOf(changed(self, (path) => path.replace(/\.[^./]*$/, '') + (stringOf(suffix) ?? ''))),
      );
    default:
      return undefined;
  }
}
const native = (name: string, call: (given: Arguments) => Value): Value => ({ kind: 'native', name, call });

/** What a function of Python's library gives; `undefined` where it is none that is known. */
export function callLibrary(run: Evaluator, path: string, given: Arguments, line: number): Value | undefined {
  const { positional, named } = given;
  const [first, second] = positional;
  switch (path) {
    case 'os.environ.get':
    case 'os.getenv':
    case 'environ.get': {
      const otherwise = second ?? named.get('default');
      run.readEnvironment(line, written(first ?? '').text, otherwise !== undefined);
      // Read as if it were not set, which is how a DAG file looks where nothing is set up.
      return otherwise ?? null;
    }
    case 'os.environ.setdefault':
      return second ?? null;
    case 'os.path.join':
      return positional
        .map((part) => (isPath(part) ? part : pathOf(part)))
        .reduce((a: Value | null, part) => (a === null ? part : joined(a, part)), null) === null
        ? ''
        : plain(positional.map((part) => (isPath(part) ? part : pathOf(part))).reduce((a, part) => joined(a, part)));
    case 'os.path.basename':
      return changed(first, (of) => of.replace(/^.*\//, ''));
    case 'os.path.dirname':
      return changed(first, folderOf);
    case 'os.path.abspath':
    case 'os.path.realpath':
    case 'os.path.normpath':
    case 'os.path.expanduser':
    case 'os.fspath':
      return plain(first);
    case 'os.path.splitext': {
      const made = written(plain(first));
      const suffix = /(?<=[^/])\.[^./]*$/.exec(made.text)?.[0] ?? '';
      return list([text(made.text.slice(0, made.text.length - suffix.length), made.isPartial), suffix], 'tuple');
    }
    case 'pathlib.Path':
    case 'pathlib.PurePath':
    case 'pathlib.PosixPath':
      return positional.length === 0
        ? pathOf('.')
        : positional
            .slice(1)
            .reduce(
              (a: Value, part) => joined(a, part),
              isPath(first ?? null) ? (first as Value) : pathOf(first ?? ''),
            );
    case 'typing.cast':
      return second ?? null;
    case 'copy.deepcopy':
    case 'copy.copy':
      return first === undefined ? null : copied(first, 0);
    case 'textwrap.dedent':
    case 'inspect.cleandoc':
    case 'shlex.quote':
    case 'urllib.parse.quote':
    case 'urllib.parse.quote_plus':
    case 'sys.intern':
      return first ?? '';
    case 'json.dumps': {
      const made = shown(first ?? null);
      return text(jsonText(first ?? null, 0) ?? made.text, made.isPartial);
    }
    case 'json.loads':
      try {
        return typeof first === 'string' && first.length < 100_000 ? fromJson(JSON.parse(first), 0) : undefined;
      } catch {
        return undefined;
      }
    case 'collections.namedtuple': {
      const fields =
        typeof second === 'string'
          ? second.split(/[\s,]+/).filter(Boolean)
          : (run.items(second ?? null) ?? []).map((item) => written(item).text);
      return native('namedtuple', ({ positional: values, named: byName }) => {
        const attributes = new Map<string, Value>([['*fields', list(fields)]]);
        fields.forEach((field, i) =>
          attributes.set(
            field,
            or(values[i], () => or(byName.get(field), () => null)),
          ),
        );
        return { kind: 'instance', of: PATH_LIKE(written(first ?? '').text), attributes };
      });
    }
    case 'collections.OrderedDict':
      return BUILTINS['dict']?.(run, given, line);
    case 'collections.defaultdict': {
      return dict();
    }
    case 'functools.partial': {
      const by = first ?? null;
      return native('partial', (more) =>
        run.call(
          by,
          { positional: [...positional.slice(1), ...more.positional], named: new Map([...named, ...more.named]) },
          line,
        ),
      );
    }
    case 'functools.reduce': {
      const items = run.items(or(second, () => null));
      if (items === null || first === undefined) return undefined;
      const all = positional[2] === undefined ? items : [positional[2], ...items];
      return or(
        all
          .slice(1)
          .reduce<Value | undefined>(
            (made, item) => run.call(first, { positional: [or(made, () => null), item], named: new Map() }, line),
            all[0],
          ),
        () => null,
      );
    }
    case 'types.SimpleNamespace':
      return { kind: 'instance', of: PATH_LIKE('SimpleNamespace'), attributes: new Map(named) };
    case 'itertools.count':
      return list(Array.from({ length: 1_000 }, (_, i) => i + (typeof first === 'number' ? first : 0)));
    case 'itertools.combinations':
    case 'itertools.permutations': {
      const items = run.items(or(first, () => null));
      const size = typeof second === 'number' ? second : (items?.length ?? 0);
      if (items === null || items.length > 30 || size > 3) return undefined;
      const made: Value[][] = [];
      const grow = (row: readonly number[]): void => {
        if (row.length === size) made.push(row.map((i) => or(items[i], () => null)));
        else
          for (
            let i = path.endsWith('combinations') ? (row.at(-1) ?? -1) + 1 : 0;
            i < items.length && made.length < 5_000;
            i++
          )
            if (!row.includes(i)) grow([...row, i]);
      };
      grow([]);
      return list(made.map((row) => list(row, 'tuple')));
    }
    case 'itertools.product': {
      let rows: Value[][] = [[]];
      for (const one of positional) {
        const items = run.items(one);
        if (items === null || rows.length * items.length > 2_000) return unknown('product', line);
        rows = rows.flatMap((row) => items.map((item) => [...row, item]));
      }
      return list(rows.map((row) => list(row, 'tuple')));
    }
    case 'itertools.chain': {
      const all = positional.map((one) => run.items(one));
      return all.some((items) => items === null) ? unknown('chain', line) : list(all.flatMap((items) => items ?? []));
    }
    case 'itertools.pairwise': {
      const items = run.items(first ?? null);
      return items === null
        ? unknown('pairwise', line)
        : list(items.slice(1).map((item, i) => list([items[i] ?? null, item], 'tuple')));
    }
    case 'operator.attrgetter':
    case 'operator.itemgetter':
      return native(path, ({ positional: [object] }) =>
        path.endsWith('attrgetter')
          ? run.member(object ?? null, written(first ?? '').text, line)
          : ((kindOf(object) === 'dict'
              ? itemOf(object as DictValue, first ?? null)
              : run.items(object ?? null)?.[Number(first)]) ?? null),
      );
    case 'packaging.version.parse':
    case 'packaging.version.Version':
      return typeof first === 'string' ? list((first.match(/\d+/g) ?? []).slice(0, 3).map(Number), 'tuple') : undefined;
    case 'builtins.sorted':
      return BUILTINS['sorted']?.(run, given, line);
    default:
      return undefined;
  }
}

const PATH_LIKE = (name: string): ClassValue => ({ ...PATH_CLASS, name: name === 'Path' ? 'path' : name });

function copied(value: Value, depth: number): Value {
  if (depth > 30) return value;
  if (kindOf(value) === 'list')
    return list(
      (value as ListValue).items.map((item) => copied(item, depth + 1)),
      (value as ListValue).type,
    );
  if (kindOf(value) === 'dict')
    return dict(
      [...(value as DictValue).entries.values()].map(([key, item]) => [key, copied(item, depth + 1)] as const),
    );
  return value;
}

function jsonText(value: Value, depth: number): string | null {
  if (depth > 8) return '"..."';
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return JSON.stringify(value);
  const string = stringOf(value);
  if (string !== null) return JSON.stringify(string);
  if (kindOf(value) === 'list')
    return `[${(value as ListValue).items.map((item) => jsonText(item, depth + 1)).join(', ')}]`;
  if (kindOf(value) === 'dict')
    return `{${[...(value as DictValue).entries.values()].map(([key, item]) => `${JSON.stringify(written(key).text)}: ${jsonText(item, depth + 1)}`).join(', ')}}`;
  return JSON.stringify(written(value).text);
}

function fromJson(value: unknown, depth: number): Value {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (depth > 50) return null;
  if (Array.isArray(value)) return list(value.slice(0, 5_000).map((item) => fromJson(item, depth + 1)));
  return dict(
    Object.entries(value as object)
      .slice(0, 5_000)
      .map(([key, item]) => [key, fromJson(item, depth + 1)] as const),
  );
}

/** Constants of the library and of Airflow that conditions at the top of DAG files ask for: the newest Airflow is meant. */
export function constantOf(path: string): Value | undefined {
  const version = /(?:^|\.)AIRFLOW_V_(\d+)_(\d+)(?:_\d+)?_PLUS$/.exec(path);
  if (version !== null) return Number(version[1]) < 3 || (Number(version[1]) === 3 && Number(version[2]) <= 3);
  switch (path) {
    case 'typing.TYPE_CHECKING':
      return false;
    case 'airflow.__version__':
    case 'airflow.version.version':
      return '3.3.0';
    case 'os.sep':
      return '/';
    case 'sys.version_info':
      return list([3, 12, 0], 'tuple');
    case 'sys.platform':
      return 'linux';
    default:
      return undefined;
  }
}

export const isEnumMember = (value: Value): boolean =>
  kindOf(value) === 'instance' && isEnum((value as InstanceValue).of);
export const pathTextOf = (value: ExternalValue): string => value.path;
