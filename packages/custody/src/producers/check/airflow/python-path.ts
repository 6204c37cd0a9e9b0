/** `pathlib.Path` and `os.path`: a path is kept as an object with its text. */
import {
  kindOf,
  list,
  native,
  stringOf,
  text,
  written,
  type ClassValue,
  type InstanceValue,
  type Value,
} from './value.ts';

export const isPath = (value: Value): boolean =>
  kindOf(value) === 'instance' && (value as InstanceValue).of.name === 'Path';
export function joined(a: Value, b: Value): Value {
  const [base, more] = [
    (a as InstanceValue).attributes.get('path') ?? '',
    isPath(b) ? ((b as InstanceValue).attributes.get('path') ?? '') : b,
  ];
  const [left, right] = [written(base), written(more)];
  const whole = right.text.startsWith('/') ? right.text : `${left.text.replace(/\/$/, '')}/${right.text}`;
  return { ...(a as InstanceValue), attributes: new Map([['path', text(whole, left.isPartial || right.isPartial)]]) };
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

/** Functions of `os.path`, and `Path(...)`; `undefined` for any other name. */
export function callPath(path: string, positional: readonly Value[]): Value | undefined {
  const [first] = positional;
  switch (path) {
    case 'os.path.join':
      return first === undefined
        ? ''
        : plain(positional.slice(1).reduce((a, part) => joined(a, part), isPath(first) ? first : pathOf(first)));
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
    default:
      return undefined;
  }
}
