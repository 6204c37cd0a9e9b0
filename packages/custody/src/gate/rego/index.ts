/**
 * Rego v1, alone: no dependency, no network, no clock but the one handed in. README.md says what is supported.
 *
 * ```ts
 * const policy = compile({ modules: { 'access.rego': text }, data });
 * policy.evaluate('data.custody.access.decision', input);
 * policy.query('data.custody.access.deny[reason]', { input });
 * ```
 */
export { compile, compileModules, Policy, type Bindings, type PolicySource, type QueryOptions } from './policy.ts';
export {
  bundleOf,
  cleanPath,
  laidAt,
  looseFiles,
  parseDocument,
  readTar,
  writeTar,
  type Bundle,
  type BundleFiles,
} from './bundle.ts';
export { formatPolicy } from './printer.ts';
export { runTests, type TestReport, type TestResult } from './test-run.ts';
export { Coverage, type FileCoverage } from './coverage.ts';
export { type Module } from './ast.ts';
export { parseJson, JsonSyntaxError } from './json-text.ts';
export { parseModule } from './parser.ts';
export { annotationsOf } from './annotation.ts';
export { vocabularyOf } from './vocabulary.ts';
export { moduleJson } from './ast-json.ts';
export { BUILTINS } from './builtins/registry.ts';
export { runCase, runCaseLine, type CaseResult } from './conformance.ts';
export { BuiltinError, RegoError, type Place, type RegoErrorCode } from './rego-error.ts';
export { DEFAULT_LIMITS, type HttpSend, type Limits } from './runtime.ts';
export { fromJs, isArray, RegoObject, RegoSet, toJs, toJson, type Value } from './value.ts';
export { parseYaml, YamlSyntaxError } from './yaml.ts';
