/** Which rules of a group can hold: by one path of the input, or one argument, that most of them compare with a constant. */
import type { Rule, Term } from './ast.ts';
import type { Runtime } from './runtime.ts';
import { lookup } from './document.ts';
import type { Value } from './value.ts';

export interface Index<T> {
  select(rt: Runtime, args: readonly Value[] | null): readonly T[];
}

/** Below this, trying each rule costs less than looking up. */
const RULES_MIN = 4;

type Constant = string | number | boolean | null;
type Read = (rt: Runtime, args: readonly Value[] | null) => Value | undefined;

interface Test {
  readonly on: string;
  readonly read: Read;
  readonly constant: Constant;
}

const constantOf = (term: Term): Constant | undefined => {
  if (term.kind !== 'value') return undefined;
  const { value } = term;
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
};

/** `input.a.b`, as its path. */
function inputPath(term: Term): readonly string[] | null {
  if (term.kind !== 'ref' || term.head.kind !== 'var' || term.head.name !== 'input') return null;
  const path: string[] = [];
  for (const item of term.path) {
    if (item.kind !== 'value' || typeof item.value !== 'string') return null;
    path.push(item.value);
  }
  return path;
}

function testsOf(rule: Rule): Test[] {
  const tests: Test[] = [];
  (rule.args ?? []).forEach((arg, i) => {
    const constant = constantOf(arg);
    if (constant !== undefined) tests.push({ on: `argument ${i}`, read: (_rt, args) => args?.[i], constant });
  });
  // With `else`, a body that fails is not the end of the rule.
  if (rule.elses.length > 0) return rule.args === null ? [] : tests;
  for (const { expression, negated, withs } of rule.body) {
    if (negated || withs.length > 0) continue;
    let sides: readonly [Term, Term] | null = null;
    if (expression.kind === 'unify') sides = [expression.left, expression.right];
    else if (
      expression.kind === 'term' &&
      expression.term.kind === 'call' &&
      expression.term.operator.join('.') === 'equal'
    )
      sides = expression.term.args as unknown as readonly [Term, Term];
    if (sides === null) continue;
    for (const [term, other] of [sides, [sides[1], sides[0]] as const]) {
      const path = inputPath(term);
      const constant = constantOf(other);
      if (path === null || constant === undefined) continue;
      const read: Read = (rt) => {
        let value = rt.input;
        for (const name of path) value = value === undefined ? undefined : lookup(value, name);
        return value;
      };
      tests.push({ on: JSON.stringify(path), read, constant });
    }
  }
  return tests;
}

export function chooseIndex<T>(rules: readonly Rule[], compiled: readonly T[]): Index<T> {
  const everything: Index<T> = { select: () => compiled };
  if (rules.length < RULES_MIN) return everything;
  const tests = rules.map(testsOf);
  const counts = new Map<string, number>();
  for (const list of tests)
    for (const on of new Set(list.map((test) => test.on))) counts.set(on, (counts.get(on) ?? 0) + 1);
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  if (best === undefined || best[1] < rules.length / 2) return everything;
  const [on] = best;
  const read = tests.flat().find((test) => test.on === on)?.read as Read;
  const keys = new Set<Constant>();
  for (const list of tests) for (const test of list) if (test.on === on) keys.add(test.constant);
  const fits = (list: readonly Test[], key: Constant | undefined): boolean =>
    list.every((test) => test.on !== on || (key !== undefined && test.constant === key));
  const select = (key: Constant | undefined): T[] => compiled.filter((_, i) => fits(tests[i] as Test[], key));
  const others = select(undefined);
  const byKey = new Map<Value, readonly T[]>([...keys].map((key) => [key, select(key)]));
  return {
    select(rt, args) {
      const value = read(rt, args);
      return value === undefined ? others : (byKey.get(value) ?? others);
    },
  };
}
