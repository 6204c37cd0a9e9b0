import { RegoError, runTests, type FileCoverage, type TestReport, type TestResult } from '../gate/rego/index.ts';
import { CommandError, EXIT, stringOf, UsageError, type Command, type Output } from './command.ts';
import { loadPaths } from './policy-files.ts';

export const policyTest: Command = {
  name: 'policy test',
  arguments: 'FILE|FOLDER...',
  summary: 'run the tests of Rego policies',
  example: 'custody policy test policies/ --coverage',
  details:
    'Tests are rules named test_..., as opa test reads them; todo_test_... is skipped. A failed test names the statement where it stopped. ' +
    'Exit code 1 if a test fails, if there is none, or if --threshold is not reached.',
  options: {
    coverage: { type: 'boolean', help: 'tell which lines no test reached' },
    threshold: { type: 'string', value: 'PERCENT', help: 'the least coverage that will do' },
    run: { type: 'string', short: 'r', value: 'TEXT', help: 'only tests whose name holds this text' },
    verbose: { type: 'boolean', short: 'v', help: 'name the tests that pass, and show what they print' },
  },
  async run(invocation) {
    const { positionals, values, out } = invocation;
    if (positionals.length === 0) throw new UsageError('Name at least one file or folder.');
    const threshold = stringOf(invocation, 'threshold');
    if (threshold !== undefined && !/^\d+(\.\d+)?$/.test(threshold))
      throw new UsageError('--threshold takes a number.');
    const wanted = stringOf(invocation, 'run') ?? '';
    const { modules, data } = await loadPaths(positionals);
    let report: TestReport;
    try {
      report = runTests(modules, data, {}, (name) => name.includes(wanted));
    } catch (error) {
      if (error instanceof RegoError) throw new CommandError(error.format(), error.remedy, EXIT.no);
      throw error;
    }
    const enough = threshold === undefined || report.covered >= Number(threshold);
    if (out.json) out.write(`${JSON.stringify(asJson(report))}\n`);
    else {
      show(out, report, modules, values['verbose'] === true);
      if (values['coverage'] === true || threshold !== undefined) showCoverage(out, report);
      if (report.tests.length === 0) out.note('No test was found: name rules test_...');
      if (!enough) out.write(`Coverage of ${report.covered}% is below ${threshold}%.\n`);
    }
    return report.passed && report.tests.length > 0 && enough ? EXIT.ok : EXIT.no;
  },
};

const count = (report: TestReport, outcome: TestResult['outcome']): number =>
  report.tests.filter((test) => test.outcome === outcome).length;

function asJson(report: TestReport): unknown {
  return {
    passed: count(report, 'passed'),
    failed: count(report, 'failed'),
    errors: count(report, 'error'),
    skipped: count(report, 'skipped'),
    tests: report.tests.map(({ name, place, outcome, stopped, message, printed }) => ({
      name,
      file: place.file,
      line: place.line,
      outcome,
      stopped: stopped === null ? null : { file: stopped.file, line: stopped.line },
      message,
      printed,
    })),
    coverage: { percent: report.covered, files: report.coverage },
  };
}

function show(out: Output, report: TestReport, modules: Readonly<Record<string, string>>, verbose: boolean): void {
  for (const { name, place, outcome, stopped, message, printed } of report.tests) {
    if (!verbose && (outcome === 'passed' || outcome === 'skipped')) continue;
    out.write(`${outcome.padEnd(7)}  ${name}  (${place.file}:${place.line})\n`);
    if (message !== null) out.write(`         ${message}\n`);
    else if (stopped !== null) {
      const line = modules[stopped.file]?.split('\n')[stopped.line - 1]?.trim() ?? '';
      out.write(`         stopped at ${stopped.file}:${stopped.line}: ${line}\n`);
    }
    if (outcome !== 'passed' || verbose) for (const text of printed) out.write(`         printed: ${text}\n`);
  }
  const told = (['failed', 'error', 'skipped'] as const)
    .filter((outcome) => count(report, outcome) > 0)
    .map((outcome) => `, ${count(report, outcome)} ${outcome}`);
  out.write(`${count(report, 'passed')} of ${report.tests.length} tests passed${told.join('')}\n`);
}

function showCoverage(out: Output, report: TestReport): void {
  for (const [file, { covered, missed }] of Object.entries(report.coverage)) {
    const all = covered.length + missed.length;
    const gaps = missed.length === 0 ? '' : `  not reached: ${ranges(missed).join(', ')}`;
    out.write(`${file}: ${covered.length} of ${all} lines${gaps}\n`);
  }
  out.write(`Coverage ${report.covered}%\n`);
}

function ranges(lines: FileCoverage['missed']): string[] {
  const found: [number, number][] = [];
  for (const line of lines) {
    const last = found[found.length - 1];
    if (last !== undefined && last[1] === line - 1) last[1] = line;
    else found.push([line, line]);
  }
  return found.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`));
}
