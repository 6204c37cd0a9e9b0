/** `type` of a variable: what Terraform fills in and converts (https://developer.hashicorp.com/terraform/language/expressions/type-constraints). */
import type { Expression } from './expression.ts';
import { isList, isObject, numberOf, booleanOf, objectOf, textOf, Unknown, type Value } from './value.ts';

/** `value` as a value of the type; `evaluate` gives the defaults of `optional(type, default)`. */
export function converted(value: Value, type: Expression | undefined, evaluate: (of: Expression) => Value): Value {
  if (type === undefined || value === null || value instanceof Unknown) return value;
  if (type.kind === 'variable') {
    if (type.name === 'bool') return booleanOf(value) ?? value;
    if (type.name === 'number') return numberOf(value) ?? value;
    return type.name === 'string' ? (textOf(value) ?? value) : value;
  }
  if (type.kind !== 'call') return value;
  const [of] = type.args;
  switch (type.name) {
    case 'optional':
      return converted(value, of, evaluate);
    case 'list':
    case 'set':
      return isList(value) ? value.map((item) => converted(item, of, evaluate)) : value;
    case 'map':
      return isObject(value)
        ? objectOf(Object.entries(value).map(([key, item]) => [key, converted(item, of, evaluate)] as const))
        : value;
    case 'object':
      return of?.kind === 'object' && isObject(value)
        ? objectOf(
            of.entries.map(([key, member]) => {
              const name = key.kind === 'literal' ? String(key.value) : key.text;
              const given = value[name] ?? null;
              const fallback = member.kind === 'call' && member.name === 'optional' ? member.args[1] : undefined;
              return [name, converted(given ?? (fallback ? evaluate(fallback) : null), member, evaluate)] as const;
            }),
          )
        : value;
    default:
      return value;
  }
}
