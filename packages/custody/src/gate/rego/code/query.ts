/** Queries: a body whose solutions are the answer. */
import type { Body } from '../ast.ts';
import type { Runtime } from '../runtime.ts';
import type { Value } from '../value.ts';
import { linkBody } from './body.ts';
import { type Linker, newContext, slotOf, temporary, newSlots } from './context.ts';

export interface Query {
  /** The variables of an answer, in the order of its values. */
  readonly names: readonly string[];
  /** Calls `answer` with each solution. */
  run(rt: Runtime, answer: (values: Value[]) => void): void;
}

export function linkQuery(linker: Linker, body: Body): Query {
  const context = newContext();
  const holder = temporary(context);
  let names: string[] = [];
  const exec = linkBody(linker, body, context, (inner) => {
    names = [...inner.bound].filter((name) => !name.startsWith('$') && !name.includes('#'));
    const slots = names.map((name) => slotOf(inner, name));
    return (_rt, s) => {
      (s[holder] as unknown as (values: Value[]) => void)(slots.map((slot) => s[slot] as Value));
      return false;
    };
  });
  return {
    names,
    run(rt, answer) {
      const s = newSlots(context.frame.size);
      s[holder] = answer as unknown as Value;
      exec(rt, s);
    },
  };
}
