/** What of Python's library names and lists are made with. */
import { builtin } from './builtins.ts';
import type { Evaluator } from './evaluator.ts';
import { callPath } from './python-path.ts';
import {
  dict,
  itemOf,
  kindOf,
  list,
  native,
  or,
  stringOf,
  text,
  unknown,
  written,
  shown,
  type Arguments,
  type ClassValue,
  type DictValue,
  type ListValue,
  type Value,
} from './value.ts';

const callBuiltin = (run: Evaluator, name: string, given: Arguments): Value | undefined => {
  const found = builtin(run, name);
  return found === undefined ? undefined : run.call(found, given, 1);
};

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
        return { kind: 'instance', of: classNamed(written(first ?? '').text), attributes };
      });
    }
    case 'collections.OrderedDict':
      return callBuiltin(run, 'dict', given);
    case 'collections.defaultdict':
      return {
        ...dict(kindOf(second) === 'dict' ? (second as DictValue).entries.values() : []),
        factory: or(first, () => null),
      };
    case 'collections.deque':
      return list([...(first === undefined ? [] : (run.items(first) ?? []))]);
    case 'math.floor':
      return typeof first === 'number' ? Math.floor(first) : undefined;
    case 'math.ceil':
      return typeof first === 'number' ? Math.ceil(first) : undefined;
    case 're.sub':
      return substituted(first, second, positional[2]);
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
      return { kind: 'instance', of: classNamed('SimpleNamespace'), attributes: new Map(named) };
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
      return callBuiltin(run, 'sorted', given);
    default:
      return callPath(path, positional);
  }
}

/** `re.sub` where the pattern is one character or class, repeated or not: any other may take for ever. */
function substituted(pattern: Value | undefined, by: Value | undefined, of: Value | undefined): Value | undefined {
  if (typeof pattern !== 'string' || typeof by !== 'string' || typeof of !== 'string' || by.includes('\\'))
    return undefined;
  if (!/^(\[\^?[\w\s.:/\\-]*\]|\\[WwdDsS]|[\w\s.:/-])[+*]?$/.test(pattern)) return undefined;
  try {
    return of.replace(new RegExp(pattern === '.' ? '.' : pattern, 'gu'), () => by);
  } catch {
    return undefined;
  }
}

/** The class of a tuple with names, or of another small object. */
const classNamed = (name: string): ClassValue => ({
  kind: 'class',
  name: name === 'Path' ? 'path' : name,
  bases: [],
  attributes: new Map(),
  node: { type: 'class_definition', start: 0, end: 0, children: [] },
});

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
