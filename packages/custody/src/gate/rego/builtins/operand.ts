/** What a built-in declares, and the checks of its operands with OPA's words. */
import { isInteger, isNum, type Num } from '../number.ts';
import { BuiltinError } from '../rego-error.ts';
import type { Budget } from '../runtime.ts';
import { isArray, RegoObject, RegoSet, typeName, type TypeName, type Value } from '../value.ts';

export type Run = (args: readonly Value[], budget: Budget) => Value | undefined;

export interface Builtin {
  readonly name: string;
  /** How many operands; -1 for any number. */
  readonly arity: number;
  readonly run: Run;
  /** For relations: calls `found` for each result until it answers true. */
  readonly each?: (args: readonly Value[], budget: Budget, found: (value: Value) => boolean) => boolean;
}

export const typeError = (what: string): BuiltinError => new BuiltinError('eval_type_error', what);
export const builtinError = (what: string): BuiltinError => new BuiltinError('eval_builtin_error', what);

export const mismatch = (position: number, wanted: string, got: Value): BuiltinError =>
  typeError(`operand ${position} must be ${wanted} but got ${typeName(got)}`);

export const oneOf = (position: number, wanted: readonly TypeName[], got: Value): BuiltinError =>
  mismatch(position, `one of {${wanted.join(', ')}}`, got);

const at = (args: readonly Value[], position: number): Value => args[position - 1] as Value;

/** Positions count from 1, as in the messages. */
export function string(args: readonly Value[], position: number): string {
  const value = at(args, position);
  if (typeof value !== 'string') throw mismatch(position, 'string', value);
  return value;
}

export function number(args: readonly Value[], position: number): Num {
  const value = at(args, position);
  if (!isNum(value)) throw mismatch(position, 'number', value);
  return value;
}

export function wholeNumber(args: readonly Value[], position: number): number | bigint {
  const value = number(args, position);
  if (!isInteger(value)) throw typeError(`operand ${position} must be integer number but got floating-point number`);
  return value;
}

/** A whole number that fits in a double exactly. */
export function small(args: readonly Value[], position: number): number {
  const value = wholeNumber(args, position);
  if (typeof value === 'bigint') throw typeError(`operand ${position} must be a smaller integer number`);
  return value;
}

export function boolean(args: readonly Value[], position: number): boolean {
  const value = at(args, position);
  if (typeof value !== 'boolean') throw mismatch(position, 'boolean', value);
  return value;
}

export function array(args: readonly Value[], position: number): readonly Value[] {
  const value = at(args, position);
  if (!isArray(value)) throw mismatch(position, 'array', value);
  return value;
}

export function object(args: readonly Value[], position: number): RegoObject {
  const value = at(args, position);
  if (!(value instanceof RegoObject)) throw mismatch(position, 'object', value);
  return value;
}

export function set(args: readonly Value[], position: number): RegoSet {
  const value = at(args, position);
  if (!(value instanceof RegoSet)) throw mismatch(position, 'set', value);
  return value;
}

/** The items of an array or a set. */
export function items(args: readonly Value[], position: number): readonly Value[] {
  const value = at(args, position);
  if (isArray(value)) return value;
  if (value instanceof RegoSet) return value.values();
  throw oneOf(position, ['set', 'array'], value);
}

export function strings(args: readonly Value[], position: number): string[] {
  return items(args, position).map((item) => {
    if (typeof item !== 'string')
      throw typeError(
        `operand ${position} must be ${isArray(at(args, position)) ? 'array' : 'set'} of strings but got ${isArray(at(args, position)) ? 'array' : 'set'} containing ${typeName(item)}`,
      );
    return item;
  });
}

export const builtin = (name: string, arity: number, run: Run): Builtin => ({ name, arity, run });
