/** Runs a case in the form of OPA's conformance suite (test/cases of OPA's repository, as JSON). */
import { compile, type Policy } from './policy.ts';
import { parseJson, JsonSyntaxError } from './json-text.ts';
import { RegoError } from './rego-error.ts';
import { fromJs, isArray, RegoObject, toJs, toJson, wellFormed, type Value } from './value.ts';

export interface CaseResult {
  readonly result: readonly unknown[] | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** As CaseResult, with the bindings as Rego values, so that large numbers are exact. */
export interface ExactCaseResult {
  readonly result: readonly Value[] | null;
  readonly error: CaseResult['error'];
}

/** A case is the object, or the line of JSON, which keeps large numbers exact. */
export function runCaseExactly(given: unknown): ExactCaseResult {
  try {
    const c = typeof given === 'string' ? parseJson(given) : fromJs(given);
    if (!(c instanceof RegoObject))
      throw new RegoError('rego_parse_error', 'a case is an object', 'Give {"query": ..., "modules": [...]}.');
    const modules = c.get('modules') ?? [];
    const query = c.get('query');
    if (typeof query !== 'string' || !isArray(modules))
      throw new RegoError('rego_parse_error', 'a case has a query', 'Add "query".');
    const policy: Policy = compile({ modules: modules.map((m) => String(m)), data: c.get('data') ?? RegoObject.empty });
    const inputTerm = c.get('input_term');
    let input: Value | undefined = c.get('input');
    if (typeof inputTerm === 'string') input = compile({}).solutions(`x = ${inputTerm}`)[0]?.get('x');
    const found = policy.solutions(query, {
      ...(input === undefined ? {} : { input }),
      strictBuiltinErrors: c.get('strict_error') === true,
    });
    return { result: found.map((bindings) => RegoObject.of(bindings)), error: null };
  } catch (error) {
    if (error instanceof JsonSyntaxError)
      return { result: null, error: { code: 'rego_parse_error', message: wellFormed(error.message) } };
    if (!(error instanceof RegoError)) throw error;
    return { result: null, error: { code: error.code, message: error.format() } };
  }
}

export function runCase(given: unknown): CaseResult {
  const { result, error } = runCaseExactly(given);
  return { result: result === null ? null : result.map(toJs), error };
}

/** One line of `RESULTS.jsonl` for one line of `CASES.jsonl`: `{"n":0,"result":[...],"error":null}`. */
export function runCaseLine(line: string, n: number): string {
  const { result, error } = runCaseExactly(line);
  return `{"n":${n},"result":${result === null ? 'null' : toJson(result)},"error":${JSON.stringify(error)}}`;
}
