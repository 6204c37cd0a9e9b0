/** Checks of a batch as a whole: which columns it has, and how many rows. */
import type { CheckResult } from '../gate-report.ts';
import type { GateChecks } from '../rules.ts';

/** What the ingests before were, the newest first. */
export interface BatchHistory {
  readonly rows: readonly number[];
}

export function schemaChecks(checks: GateChecks, columns: readonly string[]): CheckResult[] {
  const results: CheckResult[] = [];
  const add = (
    check: string,
    action: 'fail' | 'quarantine' | 'warn' | 'allow',
    names: readonly string[],
    what: string,
  ): void => {
    if (action === 'allow') return;
    const listed = names.slice(0, 20).join(', ') + (names.length > 20 ? `, and ${names.length - 20} more` : '');
    results.push({
      check,
      column: null,
      action,
      passed: names.length === 0,
      failed: null,
      of: null,
      found: names.length === 0 ? `${columns.length} columns` : `${what}: ${listed}`,
    });
  };
  if (checks.columns.length === 0) return results;
  const named = [...new Set(checks.columns.map(({ name }) => name))];
  const missing = checks.columns.filter(({ name, optional }) => optional !== true && !columns.includes(name));
  add('missing_columns', checks.missing_columns, [...new Set(missing.map(({ name }) => name))], 'missing');
  add(
    'unknown_columns',
    checks.unknown_columns,
    columns.filter((name) => !named.includes(name)),
    'unknown',
  );
  if (checks.order) {
    const expected = named.filter((name) => columns.includes(name));
    const actual = columns.filter((name) => named.includes(name));
    const at = expected.findIndex((name, i) => actual[i] !== name);
    const found = at < 0 ? 'in order' : `column ${at + 1} is ${actual[at]}, not ${expected[at]}`;
    results.push({ check: 'order', column: null, action: 'fail', passed: at < 0, failed: null, of: null, found });
  }
  return results;
}

export function rowCountChecks({ rows: check }: GateChecks, rows: number, history: BatchHistory): CheckResult[] {
  if (!check) return [];
  const results: CheckResult[] = [];
  const add = (name: string, passed: boolean, found: string): void =>
    void results.push({ check: name, column: null, action: check.action, passed, failed: null, of: null, found });
  if (check.min !== undefined) add('rows.min', rows >= check.min, `${rows} rows`);
  if (check.max !== undefined) add('rows.max', rows <= check.max, `${rows} rows`);
  if (check.history) {
    const before = history.rows.slice(0, check.history.last).sort((a, b) => a - b);
    const { length } = before;
    if (length === 0) add('rows.history', true, `${rows} rows; there is no ingest before to compare with`);
    else {
      const median = (before[(length - 1) >> 1]! + before[length >> 1]!) / 2;
      const [least, most] = [median * Math.max(0, 1 - check.history.within), median * (1 + check.history.within)];
      add('rows.history', rows >= least && rows <= most, `${rows} rows; the median of ${length} before is ${median}`);
    }
  }
  return results;
}
