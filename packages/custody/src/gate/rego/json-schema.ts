/**
 * JSON Schema (drafts 4, 6, 7 and the mix of them) as `json.match_schema` and `json.verify_schema` read it, with the
 * words of the validator that OPA carries (xeipuu/gojsonschema). References reach within the schema only.
 */
import { compareNumbers, exactParts, isInteger, isNum, type Num } from './number.ts';
import { limitError } from './rego-error.ts';
import { compileRegex, RegexSyntaxError, type Regex } from './regex.ts';
import { isArray, RegoObject, toJson, type Value } from './value.ts';

export class JsonSchemaError extends Error {}

type Draft = 4 | 6 | 7 | 'mixed';

const SCHEMAS_MAX = 50_000;
const DEPTH_MAX = 200;

/** A schema after its keywords were checked. What is absent is null. */
export interface JsonSchema {
  /** `true` and `false` as schemas; null for objects. */
  readonly pass: boolean | null;
  readonly types: readonly string[];
  reference: JsonSchema | null;
  readonly properties: ReadonlyMap<string, JsonSchema>;
  readonly patternProperties: readonly (readonly [Regex, JsonSchema])[];
  readonly additionalProperties: boolean | JsonSchema | null;
  readonly propertyNames: JsonSchema | null;
  readonly dependencies: ReadonlyMap<string, readonly string[] | JsonSchema>;
  readonly items: JsonSchema | readonly JsonSchema[] | null;
  readonly additionalItems: boolean | JsonSchema | null;
  readonly contains: JsonSchema | null;
  readonly multipleOf: Num | null;
  readonly minimum: Num | null;
  readonly maximum: Num | null;
  readonly exclusiveMinimum: Num | null;
  readonly exclusiveMaximum: Num | null;
  readonly lengths: Range;
  readonly counts: Range;
  readonly sizes: Range;
  readonly pattern: { readonly text: string; readonly regex: Regex } | null;
  readonly format: string | null;
  readonly required: readonly string[];
  readonly uniqueItems: boolean;
  /** As JSON text. */
  readonly constant: string | null;
  readonly enumeration: readonly string[] | null;
  readonly oneOf: readonly JsonSchema[];
  readonly anyOf: readonly JsonSchema[];
  readonly allOf: readonly JsonSchema[];
  readonly not: JsonSchema | null;
  readonly when: JsonSchema | null;
  readonly whenHeld: JsonSchema | null;
  readonly whenNot: JsonSchema | null;
}

interface Range {
  readonly min: number | null;
  readonly max: number | null;
}

const NO_RANGE: Range = { min: null, max: null };

const EVERYTHING: JsonSchema = {
  pass: null,
  types: [],
  reference: null,
  properties: new Map(),
  patternProperties: [],
  additionalProperties: null,
  propertyNames: null,
  dependencies: new Map(),
  items: null,
  additionalItems: null,
  contains: null,
  multipleOf: null,
  minimum: null,
  maximum: null,
  exclusiveMinimum: null,
  exclusiveMaximum: null,
  lengths: NO_RANGE,
  counts: NO_RANGE,
  sizes: NO_RANGE,
  pattern: null,
  format: null,
  required: [],
  uniqueItems: false,
  constant: null,
  enumeration: null,
  oneOf: [],
  anyOf: [],
  allOf: [],
  not: null,
  when: null,
  whenHeld: null,
  whenNot: null,
};

const TYPES = ['array', 'boolean', 'integer', 'number', 'null', 'object', 'string'];

const fail = (what: string): never => {
  throw new JsonSchemaError(what);
};
const wrongType = (expected: string, given: string): never =>
  fail(`Invalid type. Expected: ${expected}, given: ${given}`);

/** Throws JsonSchemaError with the validator's words. */
export function compileJsonSchema(document: Value): JsonSchema {
  return new SchemaReader(document).read();
}

class SchemaReader {
  readonly #root: Value;
  readonly #draft: Draft;
  readonly #references = new Map<string, JsonSchema>();
  #count = 0;
  #depth = 0;

  constructor(root: Value) {
    this.#root = root;
    const named = root instanceof RegoObject ? root.get('$schema') : undefined;
    if (named !== undefined && typeof named !== 'string') wrongType('string', '$schema');
    const draft = typeof named === 'string' ? /draft-0([467])\/schema#?$/.exec(named)?.[1] : undefined;
    this.#draft = draft === undefined ? 'mixed' : (Number(draft) as Draft);
  }

  read(): JsonSchema {
    return this.#schema(this.#root);
  }

  #from(draft: 6 | 7): boolean {
    return this.#draft === 'mixed' || this.#draft >= draft;
  }

  #schema(document: Value): JsonSchema {
    if (++this.#count > SCHEMAS_MAX || ++this.#depth > DEPTH_MAX) throw limitError('JSON schema too large');
    try {
      if (typeof document === 'boolean' && this.#from(6)) return { ...EVERYTHING, pass: document };
      if (!(document instanceof RegoObject)) return fail('Expected: Valid Schema, given: Invalid JSON');
      const schema: JsonSchema = { ...EVERYTHING, ...this.#reference(document) };
      return schema.reference === null ? { ...schema, ...this.#keywords(document) } : schema;
    } finally {
      this.#depth--;
    }
  }

  #reference(m: RegoObject): Partial<JsonSchema> {
    for (const key of ['title', 'description', '$id', 'id'])
      if (key !== 'id' || this.#draft === 4 || this.#draft === 'mixed') this.#text(m, key);
    const definitions = m.get('definitions');
    if (definitions !== undefined) {
      if (!(definitions instanceof RegoObject)) return wrongType('Array Of Schemas', 'definitions');
      for (const [, schema] of definitions.entries()) {
        if (typeof schema !== 'boolean' && !(schema instanceof RegoObject))
          return wrongType('Array Of Schemas', 'definitions');
        this.#schema(schema);
      }
    }
    const reference = this.#text(m, '$ref');
    if (reference === null) return {};
    const known = this.#references.get(reference);
    if (known !== undefined) return { reference: known };
    // Known before it is read, so that it may name itself.
    const holder: { -readonly [K in keyof JsonSchema]: JsonSchema[K] } = { ...EVERYTHING };
    this.#references.set(reference, holder);
    const target = this.#find(reference);
    if (typeof target !== 'boolean' && !(target instanceof RegoObject)) return fail('Schema must be of type object');
    Object.assign(holder, this.#schema(target));
    return { reference: holder };
  }

  #find(reference: string): Value {
    const [address = '', fragment = ''] = reference.split('#', 2);
    if (address !== '') return fail(`remote reference loading disabled: ${address}`);
    let at: Value | undefined = this.#root;
    for (const part of fragment.split('/').slice(1)) {
      let name = part;
      try {
        name = decodeURIComponent(part);
      } catch {
        // Not an escape after all.
      }
      name = name.replaceAll('~1', '/').replaceAll('~0', '~');
      if (at instanceof RegoObject) at = at.get(name);
      else at = at !== undefined && isArray(at) && /^\d+$/.test(name) ? at[Number(name)] : undefined;
      if (at === undefined) return fail(`Object has no key '${name}'`);
    }
    return at;
  }

  #keywords(m: RegoObject): Partial<JsonSchema> {
    const multipleOf = this.#number(m, 'multipleOf', () => wrongType('Number', 'multipleOf'));
    if (multipleOf !== null && compareNumbers(multipleOf, 0) <= 0) fail('multipleOf must be strictly greater than 0');
    return {
      types: this.#types(m),
      properties: this.#map(m, 'properties', () => fail('Properties must be of type object')),
      additionalProperties: this.#flagOrSchema(m, 'additionalProperties'),
      patternProperties: this.#patternProperties(m),
      propertyNames: this.#from(6)
        ? this.#one(m, 'propertyNames', () => wrongType('Valid Schema', 'patternProperties'))
        : null,
      dependencies: this.#dependencies(m),
      items: this.#items(m),
      additionalItems: this.#flagOrSchema(m, 'additionalItems'),
      multipleOf,
      ...this.#bounds(m),
      ...this.#texts(m),
      counts: this.#range(m, 'minProperties', 'maxProperties'),
      required: this.#required(m),
      sizes: this.#range(m, 'minItems', 'maxItems'),
      uniqueItems: this.#flag(m, 'uniqueItems'),
      contains: this.#from(6)
        ? this.#one(m, 'contains', () => fail('Expected: Valid Schema, given: Invalid JSON'))
        : null,
      ...this.#values(m),
      oneOf: this.#list(m, 'oneOf').map((schema) => this.#schema(schema)),
      anyOf: this.#list(m, 'anyOf').map((schema) => this.#schema(schema)),
      allOf: this.#list(m, 'allOf').map((schema) => this.#schema(schema)),
      not: this.#one(m, 'not', () => fail('not must be of an object')),
      ...(this.#from(7) && {
        when: this.#one(m, 'if', () => fail('if must be of an object')),
        whenHeld: this.#one(m, 'then', () => fail('then must be of an object')),
        whenNot: this.#one(m, 'else', () => fail('else must be of an object')),
      }),
    };
  }

  #text(m: RegoObject, key: string): string | null {
    const value = m.get(key);
    if (value === undefined) return null;
    return typeof value === 'string' ? value : wrongType('string', key);
  }

  #number(m: RegoObject, key: string, wrong: () => never): Num | null {
    const value = m.get(key);
    if (value === undefined) return null;
    return isNum(value) ? value : wrong();
  }

  #flag(m: RegoObject, key: string): boolean {
    const value = m.get(key);
    if (value === undefined) return false;
    return typeof value === 'boolean' ? value : fail(`${key} must be of a boolean`);
  }

  #list(m: RegoObject, key: string): readonly Value[] {
    const value = m.get(key);
    if (value === undefined) return [];
    return isArray(value) ? value : wrongType('array', key);
  }

  /** A keyword that holds a schema. */
  #one(m: RegoObject, key: string, wrong: () => never): JsonSchema | null {
    const value = m.get(key);
    if (value === undefined) return null;
    return typeof value === 'boolean' || value instanceof RegoObject ? this.#schema(value) : wrong();
  }

  #map(m: RegoObject, key: string, wrong: () => never): ReadonlyMap<string, JsonSchema> {
    const value = m.get(key);
    if (value === undefined) return new Map();
    if (!(value instanceof RegoObject)) return wrong();
    return new Map(value.entries().map(([name, schema]) => [String(name), this.#schema(schema)]));
  }

  #types(m: RegoObject): string[] {
    const value = m.get('type');
    if (value === undefined) return [];
    const types: string[] = [];
    for (const type of isArray(value) ? value : [value]) {
      if (typeof type !== 'string') return wrongType('type', 'string/Array Of Strings');
      if (!TYPES.includes(type))
        fail(
          `has a primitive type that is NOT VALID -- given: /${type}/ Expected valid values are:[${TYPES.join(' ')}]`,
        );
      if (types.includes(type)) fail(`${type} type is duplicated`);
      types.push(type);
    }
    return types;
  }

  #flagOrSchema(m: RegoObject, key: string): boolean | JsonSchema | null {
    const value = m.get(key);
    if (value === undefined) return null;
    if (typeof value === 'boolean') return value;
    return value instanceof RegoObject ? this.#schema(value) : wrongType('boolean/Valid Schema', key);
  }

  #patternProperties(m: RegoObject): (readonly [Regex, JsonSchema])[] {
    const found = this.#map(m, 'patternProperties', () => wrongType('object', 'patternProperties'));
    return [...found].map(([pattern, schema]) => {
      const regex = regexOf(pattern);
      return regex === null ? fail(`Invalid regex pattern '${pattern}'`) : ([regex, schema] as const);
    });
  }

  #dependencies(m: RegoObject): Map<string, readonly string[] | JsonSchema> {
    const value = m.get('dependencies');
    const found = new Map<string, readonly string[] | JsonSchema>();
    if (value === undefined) return found;
    if (!(value instanceof RegoObject)) return fail('dependencies must be of type object');
    const wrong = (): never => fail('Dependency must be of type Schema Or Array Of Strings');
    for (const [name, dependency] of value.entries()) {
      if (isArray(dependency))
        found.set(
          String(name),
          dependency.map((other) => (typeof other === 'string' ? other : wrong())),
        );
      else if (typeof dependency === 'boolean' || dependency instanceof RegoObject)
        found.set(String(name), this.#schema(dependency));
      else wrong();
    }
    return found;
  }

  #items(m: RegoObject): JsonSchema['items'] {
    const value = m.get('items');
    if (value === undefined) return null;
    const wrong = (): never => wrongType('Valid Schema/Array Of Schemas', 'items');
    const read = (item: Value): JsonSchema =>
      typeof item === 'boolean' || item instanceof RegoObject ? this.#schema(item) : wrong();
    return isArray(value) ? value.map(read) : read(value);
  }

  #bounds(m: RegoObject): Partial<JsonSchema> {
    const bound = (key: string, exclusiveKey: string): readonly [Num | null, Num | null] => {
      const value = this.#number(m, key, () => fail(`${key} must be of a Number`));
      const exclusive = m.get(exclusiveKey);
      if (exclusive === undefined) return [value, null];
      if (typeof exclusive === 'boolean' && !(this.#draft === 6 || this.#draft === 7)) {
        if (value === null) return fail(`${exclusiveKey} cannot be used without ${key}`);
        return exclusive ? [null, value] : [value, null];
      }
      if (isNum(exclusive) && this.#draft !== 4) return [value, exclusive];
      return wrongType(
        this.#draft === 4 ? 'boolean' : this.#draft === 'mixed' ? 'boolean/number' : 'number',
        exclusiveKey,
      );
    };
    const [minimum, exclusiveMinimum] = bound('minimum', 'exclusiveMinimum');
    const [maximum, exclusiveMaximum] = bound('maximum', 'exclusiveMaximum');
    return { minimum, exclusiveMinimum, maximum, exclusiveMaximum };
  }

  #range(m: RegoObject, minKey: string, maxKey: string): Range {
    const whole = (key: string): number | null => {
      const value = m.get(key);
      if (value === undefined) return null;
      if (!isNum(value) || !isInteger(value)) return fail(`${key} must be of an integer`);
      return value < 0 ? fail(`${key} must be greater than or equal to 0`) : Number(value);
    };
    const [min, max] = [whole(minKey), whole(maxKey)];
    if (min !== null && max !== null && min > max && minKey !== 'minItems')
      fail(`${minKey} cannot be greater than ${maxKey}`);
    return { min, max };
  }

  #texts(m: RegoObject): Partial<JsonSchema> {
    const lengths = this.#range(m, 'minLength', 'maxLength');
    const text = this.#text(m, 'pattern');
    const regex = text === null ? null : regexOf(text);
    if (text !== null && regex === null) fail('pattern must be a valid regex');
    return {
      lengths,
      pattern: text === null || regex === null ? null : { text, regex },
      format: this.#text(m, 'format'),
    };
  }

  #required(m: RegoObject): string[] {
    const names: string[] = [];
    for (const name of this.#list(m, 'required')) {
      if (typeof name !== 'string') return wrongType('string', 'required');
      if (names.includes(name)) fail('required items must be unique');
      names.push(name);
    }
    return names;
  }

  #values(m: RegoObject): Partial<JsonSchema> {
    const constant = m.get('const');
    const listed = m.get('enum') === undefined ? null : this.#list(m, 'enum').map(toJson);
    if (listed !== null && new Set(listed).size < listed.length) fail('enum items must be unique');
    return {
      constant: constant === undefined || !this.#from(6) ? null : toJson(constant),
      enumeration: listed,
    };
  }
}

function regexOf(pattern: string): Regex | null {
  try {
    return compileRegex(pattern);
  } catch (error) {
    if (error instanceof RegexSyntaxError) return null;
    throw error;
  }
}

/** Whether `n` is a whole number of times `by`, exactly. */
export function isMultiple(n: Num, by: Num): boolean {
  const [a, b] = [exactParts(n), exactParts(by)];
  const low = Math.min(a.exponent, b.exponent);
  return (a.mantissa * 10n ** BigInt(a.exponent - low)) % (b.mantissa * 10n ** BigInt(b.exponent - low)) === 0n;
}
