/** dbt itself, run here and now: what it writes can be imported, and is called as its own OpenLineage integration calls it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readDbt } from '../packages/custody/src/producers/import/dbt/index.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PYTHON = [`${ROOT}.venv/bin/python`, process.env['DBT_PYTHON'], 'python3'].find(
  (python) =>
    python !== undefined &&
    spawnSync(python, ['-c', 'import dbt.adapters.duckdb, openlineage.dbt'], { encoding: 'utf8' }).status === 0,
);
if (!PYTHON)
  console.log(
    'test with dbt itself skipped. Get it with: python3 -m venv .venv && .venv/bin/pip install -r test/python-requirements.txt',
  );

interface Named {
  readonly namespace: string;
  readonly name: string;
}
interface RunEvent {
  readonly eventType: string;
  readonly job: Named;
  readonly inputs: readonly Named[];
  readonly outputs: readonly Named[];
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const key = ({ namespace, name }: Named) => `${namespace} ${name}`;

function compare(folder: string): void {
  const read = readDbt(
    {
      manifest: json(`${folder}/manifest.json`),
      catalog: json(`${folder}/catalog.json`),
      runResults: json(`${folder}/run_results.json`),
    },
    { namespace: 'bank_dbt', datasetNamespace: 'duckdb://shop.duckdb', runs: true },
  );
  const observed = readFileSync(`${folder}/dbt-ol.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent);
  const ended = observed.filter(({ eventType }) => eventType === 'COMPLETE' || eventType === 'FAIL');
  const designed = new Map(read.jobs.map((job) => [key(job), job]));
  let compared = 0;
  for (const { job, inputs, outputs } of ended) {
    if (job.name === 'dbt-run-shop') continue; // the command as a whole, which reads and writes nothing
    const design = designed.get(key(job));
    expect(design, job.name).toBeDefined();
    expect(design!.outputs.map(key)).toEqual(outputs.map(key));
    const ours = new Set(design!.inputs.map(key));
    // The integration names an ephemeral model as if it were a table.
    for (const input of inputs) if (!input.name.endsWith('.paid_orders')) expect(ours, job.name).toContain(key(input));
    compared++;
  }
  const runs = read.events.filter((event) => 'run' in event) as unknown as RunEvent[];
  const states = (events: readonly RunEvent[]) =>
    Object.fromEntries(
      events.filter(({ eventType }) => eventType !== 'START').map(({ job, eventType }) => [key(job), eventType]),
    );
  expect(states(runs)).toMatchObject(states(ended));
  expect(compared).toBeGreaterThan(7);
}

test.each(['before', 'after'])('the fixtures, %s', (part) => compare(`${ROOT}testdata/dbt/${part}`));

describe.skipIf(!PYTHON)('dbt as it is installed here', () => {
  test('before and after a change', () => {
    const out = mkdtempSync(`${tmpdir()}/custody-dbt-`);
    const made = spawnSync(PYTHON!, [`${ROOT}testdata/dbt/make.py`, out, '--all'], { encoding: 'utf8' });
    expect(made.status, made.stderr).toBe(0);
    for (const part of ['before', 'after']) {
      expect(existsSync(`${out}/${part}/manifest.json`)).toBe(true);
      compare(`${out}/${part}`);
    }
  }, 240_000);
});
