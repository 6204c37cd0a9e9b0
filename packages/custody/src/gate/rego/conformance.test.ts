/** OPA's own cases and answers, where they are at hand: CUSTODY_SHARED, or `../shared/data` beside the repository. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compile, runCaseLine } from './index.ts';

const shared = process.env.CUSTODY_SHARED ?? fileURLToPath(new URL('../../../../../../shared/data', import.meta.url));
const folder = `${shared}/rego`;
const here = existsSync(folder);
if (!here) console.log(`skipped: OPA's cases are not at ${folder}; set CUSTODY_SHARED`);

/** Built-ins that are refused or not written: README.md names them. */
const OUTSIDE = /^(graphql|cryptox509|cryptoparse|providers-aws|jsonschema|regometadata|regoparsemodule)/;
/** Of what is inside, the share that must pass. */
const SHARE = 0.99;

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
};
const text = (value: unknown): string => JSON.stringify(sorted(value));

interface Case {
  readonly group: string;
  readonly note: string;
  readonly want_result?: Record<string, unknown>[];
  readonly want_error?: string;
  readonly want_error_code?: string;
  readonly sort_bindings?: boolean;
}

function passes(c: Case, line: string, n: number): boolean {
  const { result, error } = JSON.parse(runCaseLine(line, n)) as {
    result: Record<string, unknown>[] | null;
    error: { code: string } | null;
  };
  if (c.want_error !== undefined || c.want_error_code !== undefined)
    return error !== null && (c.want_error_code === undefined || error.code === c.want_error_code);
  const bindings = (rows: readonly Record<string, unknown>[]): string[] =>
    rows
      .map((row) =>
        text(
          Object.fromEntries(
            Object.entries(row).map(([k, v]) => [
              k,
              c.sort_bindings === true && Array.isArray(v) ? v.map(text).sort() : v,
            ]),
          ),
        ),
      )
      .sort();
  return result !== null && text(bindings(result)) === text(bindings(c.want_result ?? []));
}

test.skipIf(!here)("OPA's conformance cases", () => {
  const lines = readFileSync(`${folder}/opa-v1-dev.jsonl`, 'utf8').trim().split('\n');
  let inside = 0;
  let passed = 0;
  let all = 0;
  const failures = new Map<string, number>();
  for (const [n, line] of lines.entries()) {
    const c = JSON.parse(line) as Case;
    const ok = passes(c, line, n);
    if (ok) all++;
    else failures.set(c.group, (failures.get(c.group) ?? 0) + 1);
    if (OUTSIDE.test(c.group)) continue;
    inside++;
    if (ok) passed++;
  }
  console.log(
    `${all} of ${lines.length} cases; ${passed} of ${inside} without those that are refused; failures: ${[...failures].map(([g, n]) => `${g} ${n}`).join(', ')}`,
  );
  expect(passed / inside).toBeGreaterThanOrEqual(SHARE);
});

test.skipIf(!here)('500 decisions are those of OPA', () => {
  const json = (name: string): unknown => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
  const policy = compile({
    modules: { 'access.rego': readFileSync(`${folder}/access.rego`, 'utf8') },
    data: json('data.json'),
  });
  const inputs = json('inputs.json') as unknown[];
  const [wanted] = json('ref_out.json') as [unknown[]];
  expect(wanted).toHaveLength(inputs.length);
  const different = inputs.filter(
    (input, i) => text(policy.evaluate('data.custody.access.decision', input)) !== text(wanted[i]),
  );
  const from = process.cpuUsage();
  let decisions = 0;
  for (let round = 0; round < 20; round++) {
    for (const input of inputs) {
      policy.document('data.custody.access.decision', { input });
      decisions++;
    }
  }
  const { user, system } = process.cpuUsage(from);
  console.log(
    `access.rego: ${Math.round(decisions / ((user + system) / 1e6))} decisions a CPU-second, input conversion included`,
  );
  expect(different).toEqual([]);
});
