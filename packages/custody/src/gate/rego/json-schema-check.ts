/** A document against a JSON schema: every failure, in the words of OPA's validator (its locales.go). */
import { compareNumbers, isInteger, isNum, numberText, type Num } from './number.ts';
import { isMultiple, type JsonSchema } from './json-schema.ts';
import { isFormat } from './json-schema-format.ts';
import { limitError } from './rego-error.ts';
import { search, type Regex } from './regex.ts';
import type { Budget } from './runtime.ts';
import { isArray, RegoObject, RegoSet, toJson, typeName, type Value } from './value.ts';

export interface SchemaFailure {
  readonly type: string;
  /** Where in the document; `(Root)` for the whole. */
  readonly field: string;
  readonly description: string;
}

const DEPTH_MAX = 400;

/** Of several schemas that fail, the one that fits best is explained: OPA's validator counts what held. */
class Outcome {
  readonly failures: SchemaFailure[] = [];
  score = 0;

  get valid(): boolean {
    return this.failures.length === 0;
  }

  fail(path: readonly string[], type: string, description: string): void {
    this.failures.push({ type, field: path.length === 0 ? '(Root)' : path.join('.'), description });
    this.score -= 2;
  }

  take(other: Outcome): void {
    this.failures.push(...other.failures);
    this.score += other.score;
  }
}

type Path = readonly string[];

export function checkJsonSchema(schema: JsonSchema, document: Value, budget: Budget): readonly SchemaFailure[] {
  return new Checker(budget).outcome(schema, document, []).failures;
}

class Checker {
  readonly #budget: Budget;
  #depth = 0;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  outcome(schema: JsonSchema, value: Value, path: Path): Outcome {
    const into = new Outcome();
    this.#check(schema, value, path, into);
    return into;
  }

  #check(schema: JsonSchema, value: Value, path: Path, into: Outcome): void {
    this.#budget.step();
    if (++this.#depth > DEPTH_MAX) throw limitError('JSON schema nested too deep');
    try {
      if (schema.pass !== null) {
        if (!schema.pass) into.fail(path, 'false', 'False always fails validation');
        return;
      }
      if (schema.reference !== null) return this.#check(schema.reference, value, path, into);
      if (!this.#type(schema, value, path, into)) return;
      this.#combined(schema, value, path, into);
      if (isArray(value)) this.#array(schema, value, path, into);
      if (value instanceof RegoObject) this.#object(schema, value, path, into);
      if (isNum(value)) this.#number(schema, value, path, into);
      this.#common(schema, value, path, into);
      if (typeof value === 'string') this.#string(schema, value, path, into);
      if (value instanceof RegoObject)
        for (const [name, property] of schema.properties) {
          const item = value.get(name);
          if (item !== undefined) this.#check(property, item, [...path, name], into);
        }
      into.score++;
    } finally {
      this.#depth--;
    }
  }

  #type({ types }: JsonSchema, value: Value, path: Path, into: Outcome): boolean {
    const given = isNum(value) && isInteger(value) ? 'integer' : typeName(value);
    if (types.length === 0 || types.includes(given) || (given === 'integer' && types.includes('number'))) return true;
    const expected = types.length > 1 ? `[${types.join(',')}]` : (types[0] as string);
    into.fail(path, 'invalid_type', `Invalid type. Expected: ${expected}, given: ${given}`);
    return false;
  }

  /** The best of those that fail; null as soon as one holds, if one is enough. */
  #closest(schemas: readonly JsonSchema[], value: Value, path: Path): { held: number; best: Outcome | null } {
    let best: Outcome | null = null;
    let held = 0;
    for (const schema of schemas) {
      const outcome = this.outcome(schema, value, path);
      if (outcome.valid) held++;
      else if (held === 0 && (best === null || outcome.score > best.score)) best = outcome;
    }
    return { held, best };
  }

  #combined(schema: JsonSchema, value: Value, path: Path, into: Outcome): void {
    if (schema.anyOf.length > 0) {
      const { held, best } = this.#closest(schema.anyOf, value, path);
      if (held === 0) {
        into.fail(path, 'number_any_of', 'Must validate at least one schema (anyOf)');
        if (best !== null) into.take(best);
      }
    }
    if (schema.oneOf.length > 0) {
      const { held, best } = this.#closest(schema.oneOf, value, path);
      if (held !== 1) {
        into.fail(path, 'number_one_of', 'Must validate one and only one schema (oneOf)');
        if (held === 0 && best !== null) into.take(best);
      }
    }
    if (schema.allOf.length > 0) {
      let held = 0;
      for (const part of schema.allOf) {
        const outcome = this.outcome(part, value, path);
        if (outcome.valid) held++;
        into.take(outcome);
      }
      if (held < schema.allOf.length) into.fail(path, 'number_all_of', 'Must validate all the schemas (allOf)');
    }
    if (schema.not !== null && this.outcome(schema.not, value, path).valid)
      into.fail(path, 'number_not', 'Must not validate the schema (not)');
    if (value instanceof RegoObject)
      for (const [name, dependency] of schema.dependencies) {
        if (!value.has(name)) continue;
        if (!Array.isArray(dependency)) this.#check(dependency as JsonSchema, value, path, into);
        else
          for (const other of dependency as readonly string[])
            if (!value.has(other)) into.fail(path, 'missing_dependency', `Has a dependency on ${other}`);
      }
    if (schema.when !== null) {
      const { valid } = this.outcome(schema.when, value, path);
      const branch = valid ? schema.whenHeld : schema.whenNot;
      const outcome = branch === null ? null : this.outcome(branch, value, path);
      if (outcome !== null && !outcome.valid) {
        if (valid) into.fail(path, 'condition_then', 'Must validate "then" as "if" was valid');
        else into.fail(path, 'condition_else', 'Must validate "else" as "if" was not valid');
        into.take(outcome);
      }
    }
    into.score++;
  }

  #common(schema: JsonSchema, value: Value, path: Path, into: Outcome): void {
    const field = path.length === 0 ? '(Root)' : path.join('.');
    if (schema.constant !== null && toJson(value) !== schema.constant)
      into.fail(path, 'const', `${field} does not match: ${schema.constant}`);
    if (schema.enumeration !== null && !schema.enumeration.includes(toJson(value)))
      into.fail(path, 'enum', `${field} must be one of the following: ${schema.enumeration.join(', ')}`);
    if (schema.format !== null && typeof value === 'string' && !isFormat(schema.format, value))
      into.fail(path, 'format', `Does not match format '${schema.format}'`);
    into.score++;
  }

  #array(schema: JsonSchema, value: readonly Value[], path: Path, into: Outcome): void {
    const item = (part: JsonSchema, i: number): void =>
      into.take(this.outcome(part, value[i] as Value, [...path, String(i)]));
    const { items, additionalItems } = schema;
    if (Array.isArray(items)) {
      const list = items as readonly JsonSchema[];
      for (let i = 0; i < list.length && i < value.length; i++) item(list[i] as JsonSchema, i);
      if (list.length > 0 && list.length < value.length) {
        if (additionalItems === false)
          into.fail(path, 'array_no_additional_items', 'No additional items allowed on array');
        else if (additionalItems !== null && additionalItems !== true)
          for (let i = list.length; i < value.length; i++) item(additionalItems, i);
      }
    } else if (items !== null) for (let i = 0; i < value.length; i++) item(items as JsonSchema, i);
    const { min, max } = schema.sizes;
    if (min !== null && value.length < min) into.fail(path, 'array_min_items', `Array must have at least ${min} items`);
    if (max !== null && value.length > max) into.fail(path, 'array_max_items', `Array must have at most ${max} items`);
    if (schema.uniqueItems) {
      const seen = new Map<string, number>();
      value.forEach((part, j) => {
        const text = toJson(part);
        const i = seen.get(text);
        if (i !== undefined) into.fail(path, 'unique', `array items[${i},${j}] must be unique`);
        seen.set(text, j);
      });
    }
    if (schema.contains !== null) {
      let best: Outcome | null = null;
      let found = false;
      for (let i = 0; i < value.length && !found; i++) {
        const outcome = this.outcome(schema.contains, value[i] as Value, [...path, String(i)]);
        found = outcome.valid;
        if (!found && (best === null || outcome.score > best.score)) best = outcome;
      }
      if (!found) {
        into.fail(path, 'contains', 'At least one of the items must match');
        if (best !== null) into.take(best);
      }
    }
    into.score++;
  }

  #object(schema: JsonSchema, value: RegoObject, path: Path, into: Outcome): void {
    const { min, max } = schema.counts;
    if (min !== null && value.size < min)
      into.fail(path, 'array_min_properties', `Must have at least ${min} properties`);
    if (max !== null && value.size > max)
      into.fail(path, 'array_max_properties', `Must have at most ${max} properties`);
    for (const name of schema.required) {
      if (value.has(name)) into.score++;
      else into.fail(path, 'required', `${name} is required`);
    }
    const { additionalProperties, patternProperties, propertyNames } = schema;
    for (const [key, item] of value.entries()) {
      const name = typeof key === 'string' ? key : toJson(key);
      let matched = false;
      for (const [regex, part] of patternProperties) {
        if (!this.#matches(regex, name)) continue;
        matched = true;
        into.take(this.outcome(part, item, [...path, name]));
      }
      if (matched) into.score++;
      if (matched || schema.properties.has(name) || additionalProperties === null || additionalProperties === true)
        continue;
      if (additionalProperties === false)
        into.fail(path, 'additional_property_not_allowed', `Additional property ${name} is not allowed`);
      else into.take(this.outcome(additionalProperties, item, [...path, name]));
    }
    if (propertyNames !== null)
      for (const key of value.keys()) {
        const outcome = this.outcome(propertyNames, key, path);
        if (outcome.valid) continue;
        into.fail(path, 'invalid_property_name', `Property name of "${String(key)}" does not match`);
        into.take(outcome);
      }
    into.score++;
  }

  #string(schema: JsonSchema, value: string, path: Path, into: Outcome): void {
    const { min, max } = schema.lengths;
    const length = min === null && max === null ? 0 : [...value].length;
    if (min !== null && length < min)
      into.fail(path, 'string_gte', `String length must be greater than or equal to ${min}`);
    if (max !== null && length > max)
      into.fail(path, 'string_lte', `String length must be less than or equal to ${max}`);
    if (schema.pattern !== null && !this.#matches(schema.pattern.regex, value))
      into.fail(path, 'pattern', `Does not match pattern '${schema.pattern.text}'`);
    into.score++;
  }

  #number(schema: JsonSchema, n: Num, path: Path, into: Outcome): void {
    const { multipleOf, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
    if (multipleOf !== null && !isMultiple(n, multipleOf))
      into.fail(path, 'multiple_of', `Must be a multiple of ${numberText(multipleOf)}`);
    if (maximum !== null && compareNumbers(n, maximum) > 0)
      into.fail(path, 'number_lte', `Must be less than or equal to ${numberText(maximum)}`);
    if (exclusiveMaximum !== null && compareNumbers(n, exclusiveMaximum) >= 0)
      into.fail(path, 'number_lt', `Must be less than ${numberText(exclusiveMaximum)}`);
    if (minimum !== null && compareNumbers(n, minimum) < 0)
      into.fail(path, 'number_gte', `Must be greater than or equal to ${numberText(minimum)}`);
    if (exclusiveMinimum !== null && compareNumbers(n, exclusiveMinimum) <= 0)
      into.fail(path, 'number_gt', `Must be greater than ${numberText(exclusiveMinimum)}`);
    into.score++;
  }

  #matches(regex: Regex, text: string): boolean {
    const points = Array.from(text, (c) => c.codePointAt(0) as number);
    return search(regex, points, 0, (count) => this.#budget.step(count)) !== null;
  }
}

/** Sets stand for arrays where a document of JSON is wanted. */
export function asJson(value: Value): Value {
  if (value instanceof RegoSet) return value.values().map(asJson);
  if (isArray(value)) return value.map(asJson);
  if (!(value instanceof RegoObject)) return value;
  return RegoObject.of(
    value.entries().map(([key, item]) => [typeof key === 'string' ? key : toJson(key), asJson(item)] as const),
  );
}
