/** Tests written in Rego: rules named `test_...` pass where they are defined and not false (as `opa test` reads them). */
import type { Module } from './ast.ts';
import { Coverage, percentage, type FileCoverage } from './coverage.ts';
import { parseModule } from './parser.ts';
import { compileModules, type QueryOptions } from './policy.ts';
import { RegoError, type Place } from './rego-error.ts';

export interface TestResult {
  /** `data.access.test_owner` */
  readonly name: string;
  readonly place: Place;
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'error';
  /** Where a failed test stopped, and what an error said. */
  readonly stopped: Place | null;
  readonly message: string | null;
  readonly printed: readonly string[];
}

export interface TestReport {
  readonly tests: readonly TestResult[];
  readonly passed: boolean;
  /** By file, tests aside. */
  readonly coverage: Readonly<Record<string, FileCoverage>>;
  /** Of all files, from 0 to 100. */
  readonly covered: number;
}

const isTestFile = (file: string): boolean => file.endsWith('_test.rego');

/** Runs every test of the modules. Throws RegoError where the policies do not compile. */
export function runTests(
  files: Readonly<Record<string, string>>,
  data: unknown,
  options: QueryOptions = {},
  matches: (name: string) => boolean = () => true,
): TestReport {
  const modules = Object.entries(files).map(([file, text]) => parseModule(text, file));
  const coverage = new Coverage();
  const policy = compileModules(modules, data, coverage);
  const tests: TestResult[] = [];
  for (const { path, place } of testsOf(modules)) {
    const name = ['data', ...path].join('.');
    if (!matches(name)) continue;
    const printed: string[] = [];
    const result = (outcome: TestResult['outcome'], stopped: Place | null, message: string | null): void =>
      void tests.push({ name, place, outcome, stopped, message, printed });
    if ((path[path.length - 1] as string).startsWith('todo_')) {
      result('skipped', null, null);
      continue;
    }
    coverage.last = place;
    try {
      const value = policy.documentAt(path, { ...options, print: (text) => void printed.push(text) });
      if (value === undefined || value === false) result('failed', coverage.last, null);
      else result('passed', null, null);
    } catch (error) {
      if (!(error instanceof RegoError)) throw error;
      result('error', error.place ?? coverage.last, error.format());
    }
  }
  const byFile = Object.fromEntries(
    modules.filter(({ file }) => !isTestFile(file)).map((module) => [module.file, coverage.of(module)]),
  );
  return {
    tests,
    passed: tests.every(({ outcome }) => outcome === 'passed' || outcome === 'skipped'),
    coverage: byFile,
    covered: percentage(Object.values(byFile)),
  };
}

function testsOf(modules: readonly Module[]): { path: readonly string[]; place: Place }[] {
  const found = new Map<string, { path: readonly string[]; place: Place }>();
  for (const module of modules) {
    for (const rule of module.rules) {
      const names = [rule.name];
      for (const step of rule.path) if (step.kind === 'value') names.push(String(step.value));
      if (rule.args !== null || !/^(?:todo_)?test_/.test(rule.name)) continue;
      const path = [...module.package, ...names];
      const key = JSON.stringify(path);
      if (!found.has(key)) found.set(key, { path, place: rule.place });
    }
  }
  return [...found.values()];
}
