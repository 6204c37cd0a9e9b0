/** Values of Terraform's language, with what the files do not say as values of their own. */

/** A value that the configuration does not hold: of a variable without default, of a resource that is not made yet. */
export class Unknown {
  /** The expression, as it is written. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A resource, data source or module whose attributes can be asked for. */
export abstract class Place extends Unknown {
  abstract attribute(name: string): Value;
}

export type Value = null | boolean | number | string | readonly Value[] | ValueObject | Unknown;
export interface ValueObject {
  readonly [key: string]: Value;
}

export const isObject = (value: Value): value is ValueObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unknown);

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** Whether any part is not known. */
export function hasUnknown(value: Value): boolean {
  if (value instanceof Unknown) return true;
  if (isList(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/** `${text}`: how what is not known stands in facts and inside strings. */
export const placeholder = ({ text }: Unknown): string => `\${${text}}`;

/** An object without a prototype, so that no key of a file is one of JavaScript's. */
export function objectOf(entries: Iterable<readonly [string, Value]>): ValueObject {
  const made = Object.create(null) as Record<string, Value>;
  for (const [key, value] of entries) made[key] = value;
  return made;
}

/** Text of a value in a template; null where it has none. Terraform converts numbers and booleans. */
export function textOf(value: Value): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value instanceof Unknown ? placeholder(value) : null;
}

export function numberOf(value: Value): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : null;
}

/** Terraform takes `"true"` for `true`. */
export function booleanOf(value: Value): boolean | null {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : null;
}

/** Whether two values are the same; null where one is not known. */
export function equal(a: Value, b: Value): boolean | null {
  if (a instanceof Unknown || b instanceof Unknown) return null;
  if (isList(a) && isList(b)) return a.length !== b.length ? false : all(a.map((item, i) => equal(item, b[i]!)));
  if (isObject(a) && isObject(b)) {
    const [left, right] = [Object.keys(a), Object.keys(b)];
    if (left.length !== right.length || left.some((key) => !(key in b))) return false;
    return all(left.map((key) => equal(a[key]!, b[key]!)));
  }
  return a === b;
}

const all = (answers: readonly (boolean | null)[]): boolean | null =>
  answers.includes(false) ? false : answers.includes(null) ? null : true;

/** JSON as `jsonencode` writes it; what is not known stands as a string `${...}`. */
export function jsonOf(value: Value): string {
  return JSON.stringify(value, (_, part: unknown) => (part instanceof Unknown ? placeholder(part) : part));
}

/** A value of JSON as a value; null is null. */
export function valueOfJson(json: unknown): Value {
  if (Array.isArray(json)) return json.map(valueOfJson);
  if (typeof json === 'object' && json !== null)
    return objectOf(Object.entries(json).map(([key, value]) => [key, valueOfJson(value)] as const));
  return typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean' ? json : null;
}
