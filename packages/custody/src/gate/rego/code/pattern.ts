/** Patterns: what `=`, `some ... in` and arguments take apart. */
import type { Term } from '../ast.ts';
import type { Runtime, Slots } from '../runtime.ts';
import { isRoot } from '../safety.ts';
import { equal, isArray, RegoObject, type Value } from '../value.ts';
import { type Linker, type Context, slotOf } from './context.ts';
import { termOf } from './term.ts';

/** Binds the unbound variables of a pattern to parts of a value, and compares the rest. */
export function matcher(
  linker: Linker,
  pattern: Term,
  context: Context,
): (rt: Runtime, s: Slots, value: Value) => boolean {
  switch (pattern.kind) {
    case 'var': {
      if (!isRoot(pattern.name)) {
        const slot = slotOf(context, pattern.name);
        if (!context.bound.has(pattern.name)) {
          context.bound.add(pattern.name);
          return (_rt, s, value) => {
            s[slot] = value;
            return true;
          };
        }
        return (_rt, s, value) => equal(s[slot] as Value, value);
      }
      break;
    }
    case 'value': {
      const constant = pattern.value;
      return (_rt, _s, value) => equal(constant, value);
    }
    case 'array': {
      // Unbound variables first: `[x, f(x)]`.
      const items = pattern.items.map((item, at) => ({ item, at }));
      const plain = items
        .filter(({ item }) => isPattern(item))
        .map(({ item, at }) => ({ at, fits: matcher(linker, item, context) }));
      const late = items
        .filter(({ item }) => !isPattern(item))
        .map(({ item, at }) => ({ at, fits: matcher(linker, item, context) }));
      const all = [...plain, ...late];
      const { length } = pattern.items;
      return (rt, s, value) => {
        if (!isArray(value) || value.length !== length) return false;
        for (const { at, fits } of all) if (!fits(rt, s, value[at] as Value)) return false;
        return true;
      };
    }
    case 'object': {
      const entries = pattern.pairs.map(([key, item]) => ({
        key: termOf(linker, key, context),
        fits: matcher(linker, item, context),
      }));
      return (rt, s, value) => {
        if (!(value instanceof RegoObject) || value.size !== entries.length) return false;
        for (const { key, fits } of entries) {
          const k = key(rt, s);
          const item = k === undefined ? undefined : value.get(k);
          if (item === undefined || !fits(rt, s, item)) return false;
        }
        return true;
      };
    }
    default:
      break;
  }
  const ev = termOf(linker, pattern, context);
  return (rt, s, value) => {
    const other = ev(rt, s);
    return other !== undefined && equal(other, value);
  };
}

export const isPattern = (term: Term): boolean => {
  switch (term.kind) {
    case 'value':
    case 'var':
      return true;
    case 'array':
      return term.items.every(isPattern);
    case 'object':
      return term.pairs.every(([key, value]) => key.kind === 'value' && isPattern(value));
    default:
      return false;
  }
};
