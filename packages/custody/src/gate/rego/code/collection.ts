/** Arrays, sets and objects made of evaluated parts, and the walk over them. */
import type { Ev } from '../runtime.ts';
import { isArray, RegoObject, RegoSet, weighed, type Value } from '../value.ts';

const constants = new WeakMap<Ev, Value>();

const spellings = new WeakMap<Ev, string>();

/** `written`: how the policy spells the value, where it does. */
export function constantEv(value: Value, written?: string): Ev {
  const ev: Ev = () => value;
  constants.set(ev, value);
  if (written !== undefined) spellings.set(ev, written);
  return ev;
}

/** A number written with a fraction or an exponent, which OPA formats as a float even if it is whole. */
export function floatLiteral(ev: Ev): string | null {
  const written = spellings.get(ev);
  return written !== undefined && /^-?[\d.]/.test(written) && /[.eE]/.test(written) ? written : null;
}

/** What an evaluator always gives; undefined if that is not known. */
export const constantOf = (ev: Ev): Value | undefined => constants.get(ev);

export const isCollection = (value: Value): value is readonly Value[] | RegoObject | RegoSet =>
  isArray(value) || value instanceof RegoObject || value instanceof RegoSet;

export function* pairs(collection: readonly Value[] | RegoObject | RegoSet): Generator<readonly [Value, Value]> {
  if (collection instanceof RegoObject) yield* collection.entries();
  else if (collection instanceof RegoSet) for (const value of collection.values()) yield [value, value];
  else for (let i = 0; i < collection.length; i++) yield [i, collection[i] as Value];
}

const items = new WeakMap<Ev, readonly Ev[]>();

/** The parts of an evaluator that `arrayOf` made. */
export const itemsOf = (ev: Ev): readonly Ev[] | undefined => items.get(ev);

export function arrayOf(evs: readonly Ev[]): Ev {
  const build: Ev = (rt, s) => {
    const values: Value[] = [];
    for (let i = 0; i < evs.length; i++) {
      const value = (evs[i] as Ev)(rt, s);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return weighed(values);
  };
  items.set(build, evs);
  return build;
}

export const setOf =
  (evs: readonly Ev[]): Ev =>
  (rt, s) => {
    const items: Value[] = [];
    for (const ev of evs) {
      const value = ev(rt, s);
      if (value === undefined) return undefined;
      items.push(value);
    }
    // Weighed before its key is made.
    weighed(items);
    return RegoSet.of(items);
  };

/** Keys and values in turn. */
export const objectOf =
  (evs: readonly Ev[]): Ev =>
  (rt, s) => {
    const entries: [Value, Value][] = [];
    for (let i = 0; i < evs.length; i += 2) {
      const key = (evs[i] as Ev)(rt, s);
      if (key === undefined) return undefined;
      const value = (evs[i + 1] as Ev)(rt, s);
      if (value === undefined) return undefined;
      entries.push([key, value]);
    }
    return weighed(RegoObject.of(entries));
  };
