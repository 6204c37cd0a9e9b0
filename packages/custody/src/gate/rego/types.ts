/**
 * What kind each expression has, as far as the text tells, and the refusal of what can only be undefined: `count(1)`,
 * `startswith(["a"], "b")`, `1 in {"a"}`, `x := 1; x = "a"`. Less is known than in OPA's type checker (nothing of rules,
 * functions and data), so nothing is refused that OPA takes.
 */
import type { Body, Expression, Literal, Rule, Term } from './ast.ts';
import { SIGNATURES } from './builtins/signatures.ts';
import { RegoError, type Place } from './rego-error.ts';
import { isNum } from './number.ts';
import { type Value } from './value.ts';

const KINDS = {
  z: [1, 'null'],
  b: [2, 'boolean'],
  n: [4, 'number'],
  s: [8, 'string'],
  a: [16, 'array'],
  o: [32, 'object'],
  t: [64, 'set'],
} as const;
const ANY = 127;
const NUMBER = KINDS.n[0];
const STRING = KINDS.s[0];
const ARRAY = KINDS.a[0];
const OBJECT = KINDS.o[0];
const SET = KINDS.t[0];
const COLLECTIONS = ARRAY | OBJECT | SET;

interface Type {
  /** Bits of the kinds that it may be. */
  readonly kinds: number;
  /** Each item of a literal, or value of an object's; null where they are not known one by one. */
  readonly items: readonly Type[] | null;
  /** Kinds of the elements of arrays and of sets. */
  readonly arrays: number;
  readonly sets: number;
}

const ofKinds = (kinds: number): Type => ({ kinds, items: null, arrays: ANY, sets: ANY });
const UNKNOWN = ofKinds(ANY);
const union = (types: readonly Type[]): number => types.reduce((kinds, type) => kinds | type.kinds, 0);

/** `a(s)t(s)`: arrays and sets of strings. */
function read(text: string): Type {
  if (text.includes('*')) return UNKNOWN;
  let kinds = 0;
  const elements = { a: ANY, t: ANY };
  for (const [, letter, inner] of text.matchAll(/([zbnsaot])(?:\(([zbnsaot]+)\))?/g)) {
    kinds |= KINDS[letter as keyof typeof KINDS][0];
    if (inner !== undefined) elements[letter as 'a' | 't'] = read(inner).kinds;
  }
  return { kinds, items: null, arrays: elements.a, sets: elements.t };
}

interface Signature {
  readonly args: readonly Type[];
  readonly result: Type;
}

const signatures: ReadonlyMap<string, Signature> = new Map(
  SIGNATURES.trim()
    .split('\n')
    .map((line) => {
      const [name, ...types] = line.split(' ') as [string, ...string[]];
      const read_ = types.map(read);
      return [name, { args: read_.slice(0, -1), result: read_[read_.length - 1] ?? UNKNOWN }] as const;
    }),
);

const name = (type: Type): string => {
  if (type.kinds === ANY) return 'any';
  const names = Object.values(KINDS)
    .filter(([bit]) => (type.kinds & bit) !== 0)
    .map(([bit, word]) => {
      const inner = bit === ARRAY ? type.arrays : bit === SET ? type.sets : ANY;
      const elements = type.items === null ? inner : union(type.items);
      return (bit === ARRAY || bit === SET) && elements !== ANY && elements !== 0
        ? `${word} of ${name(ofKinds(elements))}`
        : word;
    });
  return names.join(' or ');
};

/** Kinds of what lies in it; all where that is not known, or nothing lies in it. */
function elementsOf(type: Type): number {
  if (type.items !== null) return type.items.length === 0 ? ANY : union(type.items);
  if (type.kinds === ARRAY) return type.arrays;
  return type.kinds === SET ? type.sets : ANY;
}

function fits(have: Type, want: Type): boolean {
  const both = have.kinds & want.kinds;
  if (both === 0) return false;
  if (both === ARRAY && have.items !== null) return have.items.every((item) => (item.kinds & want.arrays) !== 0);
  if (both === ARRAY) return (elementsOf(have) & want.arrays) !== 0;
  return both !== SET || (elementsOf(have) & want.sets) !== 0;
}

/** Whether two values may be the same. */
function meets(a: Type, b: Type): boolean {
  const both = a.kinds & b.kinds;
  if (both === 0) return false;
  if (both === SET) return (elementsOf(a) & elementsOf(b)) !== 0;
  if (both !== ARRAY || a.items === null || b.items === null) return true;
  const others = b.items;
  return a.items.length === others.length && a.items.every((item, i) => meets(item, others[i] as Type));
}

function kindOf(value: Value): number {
  if (value === null) return KINDS.z[0];
  if (typeof value === 'boolean') return KINDS.b[0];
  if (typeof value === 'string') return STRING;
  return isNum(value) ? NUMBER : ANY;
}

type Env = Map<string, Type>;
const shown = (variable: string): string => variable.replace(/#\d+$/, '');

class Checker {
  rule(rule: Rule): void {
    const env: Env = new Map();
    for (const arg of rule.args ?? []) this.#bind(arg, UNKNOWN, env);
    const main: Env = new Map(env);
    this.body(rule.body, main);
    for (const term of [...rule.path, ...(rule.key === null ? [] : [rule.key]), rule.value]) this.#typeOf(term, main);
    for (const other of rule.elses) {
      const scope: Env = new Map(env);
      this.body(other.body, scope);
      this.#typeOf(other.value, scope);
    }
  }

  body(body: Body, env: Env): void {
    for (const literal of body) this.#literal(literal, env);
  }

  #literal(literal: Literal, env: Env): void {
    for (const { value } of literal.withs) this.#typeOf(value, env);
    // What is bound within a negation is not bound after it.
    this.#expression(literal.expression, literal.negated ? new Map(env) : env, literal.place);
  }

  #expression(expression: Expression, env: Env, place: Place): void {
    switch (expression.kind) {
      case 'term':
        this.#typeOf(expression.term, env);
        return;
      case 'unify':
      case 'assign': {
        const left = this.#typeOf(expression.left, env, false);
        const right = this.#typeOf(expression.right, env, false);
        if (!meets(left, right)) throw mismatch(left, right, place);
        this.#bind(expression.left, right, env);
        this.#bind(expression.right, left, env);
        return;
      }
      case 'some':
        return;
      case 'someIn': {
        const domain = this.#typeOf(expression.domain, env);
        const values = elementsOf(domain);
        const keys = domain.kinds === ARRAY ? NUMBER : domain.kinds === SET ? values : ANY;
        if (expression.key !== null) this.#bind(expression.key, ofKinds(keys), env);
        this.#bind(expression.value, ofKinds(values), env);
        return;
      }
      case 'every': {
        this.#typeOf(expression.domain, env);
        const inner: Env = new Map(env);
        for (const variable of [expression.key, expression.value]) if (variable !== null) inner.set(variable, UNKNOWN);
        this.body(expression.body, inner);
        return;
      }
      case 'group':
        this.body(expression.body, new Map(env));
        return;
      case 'and':
      case 'or':
        this.#literal(expression.left, new Map(env));
        this.#literal(expression.right, new Map(env));
    }
  }

  /** Variables not known yet are so from here on. */
  #bind(pattern: Term, type: Type, env: Env): void {
    if (pattern.kind === 'var') {
      if (!env.has(pattern.name)) env.set(pattern.name, type);
    } else if (pattern.kind === 'array')
      pattern.items.forEach((item, i) =>
        this.#bind(item, type.kinds === ARRAY ? (type.items?.[i] ?? UNKNOWN) : UNKNOWN, env),
      );
    else if (pattern.kind === 'object') for (const [, value] of pattern.pairs) this.#bind(value, UNKNOWN, env);
  }

  /** `binds`: a variable met for the first time may be anything. */
  #typeOf(term: Term, env: Env, binds = true): Type {
    switch (term.kind) {
      case 'value':
        return ofKinds(kindOf(term.value));
      case 'template':
        for (const part of term.parts) if (typeof part !== 'string') this.#literal(part, new Map(env));
        return ofKinds(STRING);
      case 'var': {
        const known = env.get(term.name);
        if (known === undefined && binds) env.set(term.name, UNKNOWN);
        return known ?? UNKNOWN;
      }
      case 'array':
        return { ...ofKinds(ARRAY), items: term.items.map((item) => this.#typeOf(item, env, binds)) };
      case 'set':
        return { ...ofKinds(SET), items: term.items.map((item) => this.#typeOf(item, env, binds)) };
      case 'object':
        for (const [key] of term.pairs) this.#typeOf(key, env, binds);
        return { ...ofKinds(OBJECT), items: term.pairs.map(([, value]) => this.#typeOf(value, env, binds)) };
      case 'arrayComprehension':
      case 'setComprehension': {
        const inner: Env = new Map(env);
        this.body(term.body, inner);
        const { kinds } = this.#typeOf(term.head, inner);
        return term.kind === 'arrayComprehension'
          ? { ...ofKinds(ARRAY), arrays: kinds }
          : { ...ofKinds(SET), sets: kinds };
      }
      case 'objectComprehension': {
        const inner: Env = new Map(env);
        this.body(term.body, inner);
        this.#typeOf(term.key, inner);
        this.#typeOf(term.head, inner);
        return ofKinds(OBJECT);
      }
      case 'ref':
        return this.#reference(term.head, term.path, env);
      case 'call':
        return this.#call(term.operator.join('.'), term.args, env, term.place);
    }
  }

  #reference(head: Term, path: readonly Term[], env: Env): Type {
    const type = head.kind === 'var' ? (env.get(head.name) ?? UNKNOWN) : this.#typeOf(head, env);
    for (const step of path) this.#typeOf(step, env);
    const [first] = path;
    if (first === undefined) return type;
    const isText = first.kind === 'value' && typeof first.value === 'string';
    if ((type.kinds & COLLECTIONS) === 0 || (type.kinds === ARRAY && isText))
      throw new RegoError(
        'rego_type_error',
        `undefined ref: ${head.kind === 'var' ? shown(head.name) : 'a value'} is ${name(type)}, and has nothing under ${isText ? String(first.value) : 'a key'}`,
        'Refer into an object, an array or a set.',
        first.place,
      );
    if (path.length > 1 || (type.kinds !== ARRAY && type.kinds !== SET)) return UNKNOWN;
    return ofKinds(elementsOf(type));
  }

  #call(operator: string, args: readonly Term[], env: Env, place: Place): Type {
    const signature = signatures.get(operator);
    // An argument too many takes the result.
    const given = signature === undefined ? args : args.slice(0, signature.args.length);
    const types = given.map((arg) => this.#typeOf(arg, env));
    const collection = types[types.length - 1];
    const member = types[types.length - 2];
    if (/^internal\.member_[23]$/.test(operator) && collection !== undefined && member !== undefined) {
      const elements = ofKinds(elementsOf(collection));
      if (!meets(member, elements)) throw mismatch(member, elements, place);
    }
    if (signature === undefined || types.length < signature.args.length) return UNKNOWN;
    const [output] = args.slice(signature.args.length);
    const result = output === undefined ? signature.result : this.#typeOf(output, env, false);
    if (!types.every((type, i) => fits(type, signature.args[i] as Type)) || !meets(result, signature.result)) {
      const list = (all: readonly Type[]): string => `(${all.map(name).join(', ')})`;
      const more = output === undefined ? [] : [signature.result];
      throw new RegoError(
        'rego_type_error',
        `${operator}: invalid argument(s): have ${list(output === undefined ? types : [...types, result])}, want ${list([...signature.args, ...more])}`,
        'As written the call can only be undefined: give it what it takes.',
        place,
      );
    }
    if (output !== undefined) this.#bind(output, signature.result, env);
    return signature.result;
  }
}

const mismatch = (a: Type, b: Type, place: Place): RegoError =>
  new RegoError(
    'rego_type_error',
    `match error: ${name(a)} is never ${name(b)}`,
    'As written this can only be undefined: compare values of one type.',
    place,
  );

/** Throws for what can only be undefined. Names must be resolved. */
export function checkTypes(rule: Rule): void {
  new Checker().rule(rule);
}

export function checkQueryTypes(body: Body): void {
  new Checker().body(body, new Map());
}
