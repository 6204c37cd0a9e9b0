/** `json.match_schema` and `json.verify_schema`. */
import { parseJson, JsonSyntaxError } from '../json-text.ts';
import { compileJsonSchema, JsonSchemaError, type JsonSchema } from '../json-schema.ts';
import { asJson, checkJsonSchema } from '../json-schema-check.ts';
import { isArray, RegoObject, type Value } from '../value.ts';
import { builtin, builtinError, typeError, type Builtin } from './operand.ts';

/** Documents and schemas come as objects, arrays or the text of one. */
function documentOf(value: Value): Value {
  if (value instanceof RegoObject || isArray(value)) return asJson(value);
  if (typeof value !== 'string') throw typeError('wrong type, expected string or object');
  try {
    return parseJson(value);
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw typeError('invalid JSON string');
    throw error;
  }
}

/** One schema is asked again and again. */
const compiled = new WeakMap<RegoObject, JsonSchema>();

function schemaOf(value: Value): JsonSchema {
  const known = value instanceof RegoObject ? compiled.get(value) : undefined;
  if (known !== undefined) return known;
  try {
    const schema = compileJsonSchema(documentOf(value));
    if (value instanceof RegoObject) compiled.set(value, schema);
    return schema;
  } catch (error) {
    if (error instanceof JsonSchemaError) throw builtinError(error.message);
    throw error;
  }
}

export const SCHEMA: readonly Builtin[] = [
  builtin('json.verify_schema', 1, ([schema]) => {
    try {
      compileJsonSchema(documentOf(schema as Value));
      return [true, null];
    } catch (error) {
      if (error instanceof JsonSchemaError) return [false, `jsonschema: ${error.message}`];
      // What is neither text nor object is told the same way.
      if ((error as { code?: string }).code === 'eval_type_error')
        return [false, `jsonschema: ${(error as Error).message}`];
      throw error;
    }
  }),
  builtin('json.match_schema', 2, ([document, schema], budget) => {
    const failures = checkJsonSchema(schemaOf(schema as Value), documentOf(document as Value), budget);
    const told = failures.map(({ type, field, description }) =>
      RegoObject.of([
        ['desc', description],
        ['error', `${field}: ${description}`],
        ['field', field],
        ['type', type],
      ]),
    );
    return [failures.length === 0, told];
  }),
];
