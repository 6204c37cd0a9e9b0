/**
 * What an expression of Terraform's language comes to, as far as the files say it. Anything else is an `Unknown` that is
 * carried along (https://developer.hashicorp.com/terraform/language/expressions). Steps and sizes are bounded; past a bound
 * a value is not known.
 */
import type { Expression, TemplatePart } from './expression.ts';
import { callFunction } from './functions.ts';
import { booleanOf, equal, isList, isObject, numberOf, objectOf, Place, textOf, Unknown, type Value } from './value.ts';

/** What names mean where an expression stands. */
export interface Scope {
  /** `var`, `local`, `each`, a resource type, a name of a `for`; undefined where the scope has none. */
  lookup(name: string): Value | undefined;
}

const STEPS_MAX = 2_000_000;
const DEPTH_MAX = 200;
const ITEMS_MAX = 10_000;
const CHARS_MAX = 1_000_000;

/** Steps that are left for a configuration. */
export class Budget {
  left = STEPS_MAX;
}

export class Evaluator {
  readonly #budget: Budget;
  #depth = 0;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  evaluate(expression: Expression, scope: Scope): Value {
    if (--this.#budget.left <= 0 || this.#depth >= DEPTH_MAX) return new Unknown(expression.text);
    this.#depth++;
    try {
      return bounded(this.#of(expression, scope), expression.text);
    } finally {
      this.#depth--;
    }
  }

  #of(expression: Expression, scope: Scope): Value {
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'template':
        return this.#template(expression.parts, scope, expression.text);
      case 'list':
        return expression.items.map((item) => this.evaluate(item, scope));
      case 'object':
        return this.#object(expression.entries, scope);
      case 'variable':
        return scope.lookup(expression.name) ?? new Unknown(expression.text);
      case 'attribute':
        return attributeOf(this.evaluate(expression.of, scope), expression.name, expression.text);
      case 'index':
        return indexOf(this.evaluate(expression.of, scope), this.evaluate(expression.at, scope), expression.text);
      case 'splat':
        return this.#splat(expression, scope);
      case 'for':
        return this.#for(expression, scope);
      case 'call':
        return this.#call(expression, scope);
      case 'conditional':
        return this.#conditional(expression, scope);
      case 'unary': {
        const of = this.evaluate(expression.of, scope);
        if (expression.operator === '!') return negated(booleanOf(of), expression.text);
        const number = numberOf(of);
        return number === null ? new Unknown(expression.text) : -number;
      }
      case 'binary':
        return this.#binary(expression, scope);
      case 'unread':
        return new Unknown(expression.text);
    }
  }

  /** A template of one expression is that expression's value, of whatever type. */
  #template(parts: readonly TemplatePart[], scope: Scope, text: string): Value {
    const [only, ...more] = parts;
    if (only !== undefined && more.length === 0 && typeof only !== 'string' && only.kind === 'value')
      return this.evaluate(only.value, scope);
    let made = '';
    for (const part of parts) {
      const piece = this.#part(part, scope);
      if (piece === null || made.length + piece.length > CHARS_MAX) return new Unknown(text);
      made += piece;
    }
    return made;
  }

  #part(part: TemplatePart, scope: Scope): string | null {
    if (typeof part === 'string') return part;
    if (part.kind === 'value') return textOf(this.evaluate(part.value, scope));
    const condition = booleanOf(this.evaluate(part.condition, scope));
    if (condition === null) return null;
    const chosen = this.#template(condition ? part.yes : part.no, scope, '');
    return textOf(chosen);
  }

  #object(entries: readonly (readonly [Expression, Expression])[], scope: Scope): Value {
    const made: [string, Value][] = [];
    for (const [key, value] of entries) {
      const name = this.evaluate(key, scope);
      made.push([textOf(name) ?? key.text, this.evaluate(value, scope)]);
    }
    return objectOf(made);
  }

  #splat(splat: Extract<Expression, { kind: 'splat' }>, scope: Scope): Value {
    const of = this.evaluate(splat.of, scope);
    const items = isList(of) ? of : of === null ? [] : [of];
    const found = items.map((item) =>
      splat.steps.reduce<Value>(
        (value, step) =>
          typeof step === 'string'
            ? attributeOf(value, step, splat.text)
            : indexOf(value, this.evaluate(step, scope), splat.text),
        item,
      ),
    );
    // Of a resource with `count` there may be any number: the list is not known, only what is in it.
    return of instanceof Unknown && !(of instanceof Place) ? new Unknown(splat.text) : found;
  }

  #for(loop: Extract<Expression, { kind: 'for' }>, scope: Scope): Value {
    const collection = this.evaluate(loop.collection, scope);
    const pairs: (readonly [Value, Value])[] | null = isList(collection)
      ? collection.map((value, i) => [i, value] as const)
      : isObject(collection)
        ? Object.entries(collection)
        : null;
    if (pairs === null || pairs.length > ITEMS_MAX) return new Unknown(loop.text);
    const items: Value[] = [];
    const entries: [string, Value][] = [];
    for (const [key, value] of pairs) {
      const inner = new NamesScope(
        new Map([[loop.valueName, value], ...(loop.keyName === null ? [] : [[loop.keyName, key] as const])]),
        scope,
      );
      if (loop.condition !== null) {
        const keep = booleanOf(this.evaluate(loop.condition, inner));
        if (keep === null) return new Unknown(loop.text);
        if (!keep) continue;
      }
      const result = this.evaluate(loop.value, inner);
      if (loop.key === null) items.push(result);
      else {
        const name = textOf(this.evaluate(loop.key, inner));
        if (name === null) return new Unknown(loop.text);
        entries.push([name, result]);
      }
    }
    if (loop.key === null) return items;
    if (!loop.isGrouped) return objectOf(entries);
    const groups = new Map<string, Value[]>();
    for (const [name, value] of entries) groups.set(name, [...(groups.get(name) ?? []), value]);
    return objectOf(groups);
  }

  #call(call: Extract<Expression, { kind: 'call' }>, scope: Scope): Value {
    const args = call.args.map((arg) => this.evaluate(arg, scope));
    if (call.isSpread) {
      const last = args.pop() ?? null;
      if (!isList(last)) return new Unknown(call.text);
      args.push(...last.slice(0, ITEMS_MAX));
    }
    return callFunction(call.name, args) ?? new Unknown(call.text);
  }

  #conditional(choice: Extract<Expression, { kind: 'conditional' }>, scope: Scope): Value {
    const condition = booleanOf(this.evaluate(choice.condition, scope));
    if (condition !== null) return this.evaluate(condition ? choice.yes : choice.no, scope);
    const [yes, no] = [this.evaluate(choice.yes, scope), this.evaluate(choice.no, scope)];
    return equal(yes, no) === true ? yes : new Unknown(choice.text);
  }

  #binary({ operator, left, right, text }: Extract<Expression, { kind: 'binary' }>, scope: Scope): Value {
    const a = this.evaluate(left, scope);
    if (operator === '&&' || operator === '||') {
      const decides = operator === '||';
      const [one, other] = [booleanOf(a), booleanOf(this.evaluate(right, scope))];
      if (one === decides || other === decides) return decides;
      return one === null || other === null ? new Unknown(text) : !decides;
    }
    const b = this.evaluate(right, scope);
    if (operator === '==' || operator === '!=') {
      const same = equal(a, b);
      return same === null ? new Unknown(text) : same === (operator === '==');
    }
    const [x, y] = [numberOf(a), numberOf(b)];
    return x === null || y === null ? new Unknown(text) : (arithmetic(operator, x, y) ?? new Unknown(text));
  }
}

function arithmetic(operator: string, x: number, y: number): Value | undefined {
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return y === 0 ? undefined : x / y;
    case '%':
      return y === 0 ? undefined : x % y;
    case '<':
      return x < y;
    case '>':
      return x > y;
    case '<=':
      return x <= y;
    case '>=':
      return x >= y;
    default:
      return undefined;
  }
}

const negated = (value: boolean | null, text: string): Value => (value === null ? new Unknown(text) : !value);

/** `value.name`. */
export function attributeOf(value: Value, name: string, text: string): Value {
  if (value instanceof Place) return value.attribute(name);
  if (isObject(value)) return name in value ? value[name]! : new Unknown(text);
  // `list.name` of old was a splat; of an unknown nothing is known.
  return new Unknown(text);
}

/** `value[at]`. A resource with `count` or `for_each` stands for each of its instances. */
export function indexOf(value: Value, at: Value, text: string): Value {
  if (value instanceof Place) return value;
  if (isList(value)) {
    const index = numberOf(at);
    return index !== null && index in value ? value[index]! : new Unknown(text);
  }
  const key = textOf(at);
  if (isObject(value)) return key !== null && key in value ? value[key]! : new Unknown(text);
  return new Unknown(text);
}

function bounded(value: Value, text: string): Value {
  if (typeof value === 'string' && value.length > CHARS_MAX) return new Unknown(text);
  return isList(value) && value.length > ITEMS_MAX ? new Unknown(text) : value;
}

/** Names of its own over those of another scope. */
export class NamesScope implements Scope {
  readonly #names: ReadonlyMap<string, Value>;
  readonly #outer: Scope;

  constructor(names: ReadonlyMap<string, Value>, outer: Scope) {
    this.#names = names;
    this.#outer = outer;
  }

  lookup(name: string): Value | undefined {
    return this.#names.has(name) ? this.#names.get(name)! : this.#outer.lookup(name);
  }
}
