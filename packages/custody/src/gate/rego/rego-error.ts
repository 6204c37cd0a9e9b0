/** What can go wrong, by OPA's own codes (topdown/errors.go, ast/errors.go), with the place and the way out. */

export type RegoErrorCode =
  | 'rego_parse_error'
  | 'rego_compile_error'
  | 'rego_type_error'
  | 'rego_unsafe_var_error'
  | 'rego_recursion_error'
  | 'eval_conflict_error'
  | 'eval_builtin_error'
  | 'eval_type_error'
  | 'eval_with_merge_error'
  | 'eval_internal_error'
  /** A limit of this evaluator (steps, size, depth, regex work) was reached. OPA answers a cancelled query so. */
  | 'eval_cancel_error';

export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

export class RegoError extends Error {
  readonly code: RegoErrorCode;
  readonly place: Place | null;
  /** What to do next. */
  readonly remedy: string;

  constructor(code: RegoErrorCode, what: string, remedy: string, place: Place | null = null) {
    super(what);
    this.name = 'RegoError';
    this.code = code;
    this.remedy = remedy;
    this.place = place;
  }

  /** `policy.rego:3:5: rego_parse_error: unexpected } token` */
  format(): string {
    const where = this.place === null ? '' : `${this.place.file}:${this.place.line}:${this.place.column}: `;
    return `${where}${this.code}: ${this.message}`;
  }
}

/** A built-in refused its operands. Outside strict mode the call is then undefined, as in OPA. */
export class BuiltinError extends RegoError {
  constructor(code: 'eval_builtin_error' | 'eval_type_error', what: string, place: Place | null = null) {
    super(code, what, 'Check the operands before the call, or evaluate without strict built-in errors.', place);
    this.name = 'BuiltinError';
  }
}

export const limitError = (what: string): RegoError =>
  new RegoError('eval_cancel_error', what, 'Simplify the policy or the input, or raise the limit in the options.');

/** For what cannot happen. */
export function invariant(condition: boolean, what: string): asserts condition {
  if (!condition)
    throw new RegoError('eval_internal_error', `broken invariant: ${what}`, 'This is a defect; report it.');
}
