/** Policies as the API shows them. */
import type { z } from '@hono/zod-openapi';
import type { PolicyTable, PolicyVersion } from '../fold/policy-table.ts';
import type { PolicyFiles } from '../gate/policy-files.ts';
import { BUILTINS, formatPolicy, parseModule, RegoError, runTests, type Module } from '../gate/rego/index.ts';
import { bundleOfFiles } from '../gate/policy-files.ts';
import type { PolicyStore } from '../ledger/policy-store.ts';
import type { PolicyCheck, PolicyIssue, PolicySummary, PolicyVersionView } from './policy-contract.ts';

const LATELY_MS = 7 * 86_400_000;
const KEYWORDS = 'as contains default else every if import in not package some with true false null'.split(' ');
/** Steps for the tests of a draft: typing must not keep the server busy. */
const TEST_STEPS = 2_000_000;

export const versionView = (version: PolicyVersion): z.infer<typeof PolicyVersionView> => ({
  ...version,
  packages: [...version.packages],
});

export function policySummary(table: PolicyTable, name: string, now: number): z.infer<typeof PolicySummary> {
  const active = table.active(name);
  const lately = { allowed: 0, refused: 0, other: 0, lastRefused: null as number | null };
  for (const day of table.days(name, now - LATELY_MS)) {
    lately.allowed += day.allowed;
    lately.refused += day.refused;
    lately.other += day.other;
    lately.lastRefused = day.lastRefused ?? lately.lastRefused;
  }
  return { name, inForce: active === null ? null : versionView(active), versions: table.versions(name).length, lately };
}

export const issueOf = ({ code, message, remedy, place }: RegoError): z.infer<typeof PolicyIssue> => ({
  code,
  message,
  remedy,
  file: place?.file ?? null,
  line: place?.line ?? null,
  column: place?.column ?? null,
});

/** What an editor wants to know of a draft: errors, tests, names, layout. */
export function checkDraft(store: PolicyStore, name: string, files: PolicyFiles): z.infer<typeof PolicyCheck> {
  const issues: z.infer<typeof PolicyIssue>[] = [];
  const modules: Module[] = [];
  const formatted: Record<string, string> = {};
  const found = (run: () => void, relabel?: string): void => {
    try {
      run();
    } catch (error) {
      if (!(error instanceof RegoError)) throw error;
      const issue = issueOf(error);
      // In the set, files carry the name of their policy.
      const file =
        relabel !== undefined && issue.file?.startsWith(relabel) === true
          ? issue.file.slice(relabel.length)
          : issue.file;
      if (!issues.some((other) => other.message === issue.message && other.line === issue.line))
        issues.push({ ...issue, file });
    }
  };
  for (const [file, text] of Object.entries(files)) {
    if (!file.endsWith('.rego')) continue;
    found(() => {
      modules.push(parseModule(text, file));
      formatted[file] = formatPolicy(text, file);
    });
  }
  if (issues.length === 0) found(() => void store.candidate(name, files), `${name}/`);
  let tests: z.infer<typeof PolicyCheck>['tests'] = [];
  let coverage: number | null = null;
  if (issues.length === 0)
    found(() => {
      const bundle = bundleOfFiles(files);
      const report = runTests(bundle.modules, bundle.data, { limits: { stepsMax: TEST_STEPS } });
      coverage = report.tests.length === 0 ? null : report.covered;
      tests = report.tests.map(({ name: test, place, outcome, message, stopped }) => ({
        name: test,
        file: place.file,
        line: place.line,
        outcome,
        message,
        stopped: stopped === null ? null : `${stopped.file}:${stopped.line}`,
      }));
    });
  return { issues, tests, coverage, names: namesOf(modules, store), formatted };
}

function namesOf(modules: readonly Module[], store: PolicyStore): z.infer<typeof PolicyCheck>['names'] {
  const names = new Map<string, 'rule' | 'function' | 'builtin' | 'keyword'>();
  const add = (module: Module, local: boolean): void => {
    for (const rule of module.rules) {
      const kind = rule.args === null ? 'rule' : 'function';
      if (local) names.set(rule.name, kind);
      names.set(['data', ...module.package, rule.name].join('.'), kind);
    }
  };
  for (const module of modules) add(module, true);
  for (const { name, files } of store.current.policies)
    for (const [file, text] of Object.entries(files))
      if (file.endsWith('.rego') && !file.endsWith('_test.rego')) add(parseModule(text, `${name}/${file}`), false);
  for (const name of BUILTINS.keys()) if (!name.startsWith('internal.')) names.set(name, 'builtin');
  for (const name of KEYWORDS) names.set(name, 'keyword');
  return [...names].map(([name, kind]) => ({ name, kind })).sort((a, b) => (a.name < b.name ? -1 : 1));
}
