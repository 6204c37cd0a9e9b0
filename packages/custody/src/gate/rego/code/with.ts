/** `with`: the rest of the expression under another input, other data or other functions. */
import type { Literal, Term, With } from '../ast.ts';
import { BUILTINS } from '../builtins/registry.ts';
import type { Node } from '../document.ts';
import { RegoError } from '../rego-error.ts';
import { Runtime, type Ev, type Exec, type Mock, type Slots } from '../runtime.ts';
import { isRoot } from '../safety.ts';
import { RegoObject, type Value } from '../value.ts';
import { linkLiteral } from './body.ts';
import { type Linker, functionAt, type Context } from './context.ts';
import { linkValues } from './value.ts';

export function linkWith(linker: Linker, literal: Literal, context: Context, next: () => Exec): Exec {
  return linkValues(
    linker,
    literal.withs.map((w) =>
      (mockOf(linker, w)?.mock ?? null) === null ? w.value : { kind: 'value', value: true, place: w.place },
    ),
    context,
    (evs) => {
      const changes = literal.withs.map((w, i) => changeOf(linker, w, evs[i] as Ev));
      const inner = linkLiteral(linker, { ...literal, withs: [] }, context, () => {
        const then = next();
        return (rt, s) => then(rt.outer as Runtime, s);
      });
      return (rt, s) => {
        let changed: Runtime | null = rt;
        for (const change of changes) {
          changed = change(changed, rt, s);
          if (changed === null) return false;
        }
        return inner(
          new Runtime(rt.budget, changed.input, changed.data, rt.cache.length, changed.replaced, changed.mocks, rt),
          s,
        );
      };
    },
  );
}

/** What stands in for a function, if the target of `with` is one. */
export function mockOf(linker: Linker, w: With): { readonly name: string; readonly mock: Mock | null } | null {
  const name = w.target.join('.');
  const node = functionAt(linker, w.target);
  if (node === null && (isRoot(w.target[0] as string) || !BUILTINS.has(name))) {
    if (isRoot(w.target[0] as string)) return null;
    throw new RegoError(
      'rego_type_error',
      `undefined function ${name}`,
      'Name input, data, a function or a built-in after `with`.',
      w.place,
    );
  }
  if (w.builtin !== null) return { name, mock: { kind: 'builtin', name: w.builtin } };
  const path = staticPath(w.value);
  if (path !== null) {
    const replacement = functionAt(linker, path);
    if (replacement !== null) return { name, mock: { kind: 'function', node: replacement } };
    if (!isRoot(path[0] as string) && BUILTINS.has(path.join('.')))
      return { name, mock: { kind: 'builtin', name: path.join('.') } };
  }
  return { name, mock: null };
}

export function changeOf(linker: Linker, w: With, ev: Ev): (changed: Runtime, rt: Runtime, s: Slots) => Runtime | null {
  const mocked = mockOf(linker, w);
  if (mocked !== null) {
    const { name, mock } = mocked;
    return (changed, rt, s) => {
      let replacement = mock;
      if (replacement === null) {
        const v = ev(rt, s);
        if (v === undefined) return null;
        replacement = { kind: 'value', value: v };
      }
      return new Runtime(
        rt.budget,
        changed.input,
        changed.data,
        rt.cache.length,
        changed.replaced,
        new Map([...(changed.mocks ?? []), [name, replacement]]),
      );
    };
  }
  const [root, ...path] = w.target;
  if (root === 'input') {
    return (changed, rt, s) => {
      const value = ev(rt, s);
      if (value === undefined) return null;
      return new Runtime(
        rt.budget,
        placed(changed.input, path, 0, value),
        changed.data,
        rt.cache.length,
        changed.replaced,
        changed.mocks,
      );
    };
  }
  let node: Node | null = linker.root;
  for (const name of path) {
    if (node?.hasRules === true)
      throw new RegoError(
        'rego_compile_error',
        'with keyword cannot partially replace virtual document(s)',
        'Replace the whole rule.',
        w.place,
      );
    node = node?.children.get(name) ?? null;
  }
  const target = node;
  return (changed, rt, s) => {
    const value = ev(rt, s);
    if (value === undefined) return null;
    const data = placed(changed.data, path, 0, value);
    const replaced = target === null ? changed.replaced : new Set([...(changed.replaced ?? []), target]);
    return new Runtime(
      rt.budget,
      changed.input,
      data instanceof RegoObject ? data : RegoObject.empty,
      rt.cache.length,
      replaced,
      changed.mocks,
    );
  };
}

/** `data.a.b` or a bare name, as a path; null for anything else. */
export function staticPath(term: Term): readonly string[] | null {
  if (term.kind === 'var') return [term.name];
  if (term.kind !== 'ref' || term.head.kind !== 'var') return null;
  const path = [term.head.name];
  for (const item of term.path) {
    if (item.kind !== 'value' || typeof item.value !== 'string') return null;
    path.push(item.value);
  }
  return path;
}

/** `value` at a path below `into`, making objects on the way. */
export function placed(into: Value | undefined, path: readonly string[], i: number, value: Value): Value {
  const name = path[i];
  if (name === undefined) return value;
  const object = into instanceof RegoObject ? into : RegoObject.empty;
  return object.with(name, placed(object.get(name), path, i + 1, value));
}
