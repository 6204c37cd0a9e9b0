/** What a change would reach: a git repository with dbt, SQL and a DAG, against a server that really runs. Runs the built program. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from '../app.ts';
import type { Reach } from './check-reach.ts';

const CLI = fileURLToPath(new URL('../../bin/custody.js', import.meta.url));
const folder = mkdtempSync(`${tmpdir()}/custody-reach-`);
const repository = join(folder, 'repository');
let app: App;

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), text);
};
const git = (...args: string[]) =>
  execFileSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
    encoding: 'utf8',
  }).trim();

interface Answer {
  readonly verdict: string;
  readonly base?: string;
  readonly notes?: readonly string[];
  readonly reach: readonly Reach[];
}
async function check(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ status: number; stdout: string; stderr: string }> {
  const clean = { GITHUB_BASE_REF: '', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: '', CI_MERGE_REQUEST_DIFF_BASE_SHA: '' };
  const { CUSTODY_URL: _, ...mine } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [CLI, 'check', repository, ...args],
      { env: { ...mine, ...clean, CUSTODY_TOKEN: app.cliKey, ...env }, cwd: folder },
      (error, stdout, stderr) => resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}
const answer = async (args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Answer> =>
  JSON.parse((await check(['--format', 'json', ...args], env)).stdout) as Answer;
const named = ({ reach }: Answer, asset: string) => reach.find((one) => one.asset === asset);

/** A run that completed, as a pipeline tells it. */
async function ran(
  job: string,
  namespace: string,
  inputs: readonly string[],
  outputs: readonly (string | readonly [string, string])[],
): Promise<void> {
  const dataset = (name: string, type?: string) => ({
    namespace,
    name,
    ...(type !== undefined && {
      facets: {
        datasetType: {
          _producer: 'https://example.org',
          _schemaURL: 'https://openlineage.io/spec/facets/1-0-0/DatasetTypeDatasetFacet.json',
          datasetType: type,
        },
      },
    }),
  });
  const response = await app.fetch(
    new Request(`${app.url}/api/v1/lineage`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${app.pipelineKey}`,
        host: new URL(app.url).host,
      },
      body: JSON.stringify({
        eventType: 'COMPLETE',
        eventTime: '2026-01-02T03:04:05Z',
        run: { runId: crypto.randomUUID() },
        job: { namespace: 'nightly', name: job },
        inputs: inputs.map((name) => dataset(name)),
        outputs: outputs.map((one) => (typeof one === 'string' ? dataset(one) : dataset(one[0], one[1]))),
        producer: 'https://example.org',
        schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json',
      }),
    }),
  );
  expect(response.status).toBe(201);
}

beforeAll(async () => {
  app = await startApp({ data: join(folder, 'data'), host: '127.0.0.1', port: 0 });
  await ran('score', 'postgres://db:5432', ['prod.shop.people'], ['prod.shop.scores']);
  await ran('train', 'postgres://db:5432', ['prod.shop.scores'], [['churn', 'MODEL']]);
  await ran('twins', 'postgres://db:5432', ['a.mart.twin', 'b.mart.twin'], ['twins']);
  await ran('ship', 's3://lake', ['out/day.csv'], [['board', 'DASHBOARD']]);
  write('dbt/dbt_project.yml', 'name: shop\nprofile: shop\n');
  write('dbt/profiles.yml', 'shop:\n  target: dev\n  outputs:\n    dev: { type: postgres, schema: shop }\n');
  write(
    'dbt/models/sources.yml',
    'sources:\n  - name: raw\n    tables:\n      - name: people\n        columns:\n          - name: email\n            meta: { pii: true }\n',
  );
  write('dbt/models/people.sql', "select id from {{ source('raw', 'people') }}\n");
  write('dbt/models/list.sql', "select * from {{ ref('people') }}\n");
  write('sql/twin.sql', 'create table mart.twin as select a from x.y;\n');
  write(
    'dags/d.py',
    'from airflow.sdk import DAG\nfrom airflow.providers.standard.operators.bash import BashOperator\nwith DAG("ship", schedule=None, catchup=False) as dag:\n    BashOperator(task_id="a", bash_command="x", outlets=["s3://lake/out/day.csv"])\n',
  );
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'first');
  git('checkout', '-q', '-b', 'change');
  write('dbt/models/people.sql', "select id, email from {{ source('raw', 'people') }}\n");
  git('commit', '-q', '-a', '-m', 'second');
}, 60_000);
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true });
});

test('a changed model is looked up by its name, and new labels come first', async () => {
  const found = await answer(['--base', 'main', '--url', app.url]);
  expect(found.base).toBe(git('rev-parse', 'main'));
  const people = named(found, 'people');
  expect(people).toMatchObject({
    file: 'dbt/models/people.sql',
    id: 'dataset:postgres://db:5432:prod.shop.people',
    known: true,
    labels: [{ column: 'email', label: 'pii', from: 'raw.people.email' }],
  });
  // What the server knows, and the model of the repository that it does not.
  expect(people!.reached).toEqual({ jobs: 2, datasets: 2, models: 1 });
  expect(people!.names).toEqual(['prod.shop.scores', 'churn', 'list']);
  // Nobody touched it, and a label reaches it now.
  expect(named(found, 'list')).toMatchObject({
    known: false,
    labels: [{ column: 'email', label: 'pii' }],
    reached: {},
  });
  expect(found.reach.map(({ labels }) => labels!.length)).toEqual(
    found.reach.map(({ labels }) => labels!.length).sort((a, b) => b - a),
  );
});

test('an address is matched with its store, and a name that two may mean with none', async () => {
  write(
    'dags/d.py',
    'from airflow.sdk import DAG\nfrom airflow.providers.standard.operators.bash import BashOperator\nwith DAG("ship", schedule=None, catchup=False) as dag:\n    BashOperator(task_id="b", bash_command="x", outlets=["s3://lake/out/day.csv", "s3://other/out/day.csv"])\n',
  );
  write('sql/twin.sql', 'create table mart.twin as select a, b from x.y;\n');
  write('sql/new.sql', 'create table mart.people as select a from x.y;\n');
  const found = await answer(['--base', 'main', '--url', app.url]);
  expect(named(found, 's3://lake/out/day.csv')).toMatchObject({
    known: true,
    reached: { jobs: 1, dashboards: 1 },
    names: ['board'],
  });
  expect(named(found, 's3://other/out/day.csv')).toMatchObject({ known: false, id: null });
  expect(named(found, 'ship')).toMatchObject({ known: true, id: 'job:nightly:ship' });
  expect(named(found, 'mart.twin')).toMatchObject({ known: false, id: null });
  expect(named(found, 'mart.people')).toMatchObject({ file: 'sql/new.sql', known: false, id: null });
  git('checkout', '-q', '--', '.');
  rmSync(join(repository, 'sql/new.sql'));
});

test('a bucket is all that lies in it', async () => {
  write(
    'infra/main.tf',
    'variable "name" { default = "lake" }\nresource "aws_s3_bucket" "lake" { bucket = var.name }\nresource "aws_s3_bucket" "new" { bucket = var.unknown }\n',
  );
  const found = await answer(['--base', 'main', '--url', app.url]);
  rmSync(join(repository, 'infra'), { recursive: true });
  const own = found.reach.filter(({ file }) => file === 'infra/main.tf');
  expect(own.map(({ asset, id }) => [asset, id])).toEqual([
    ['s3://lake', 'dataset:s3://lake:board'],
    ['s3://lake', 'dataset:s3://lake:out/day.csv'],
  ]);
  expect(own[1]).toMatchObject({ known: true, reached: { jobs: 1, dashboards: 1 }, names: ['board'] });
});

test('without a server the lineage of the repository is told', async () => {
  const found = await answer([], { GITHUB_BASE_REF: 'main' });
  expect(named(found, 'people')).toMatchObject({ id: null, known: null, reached: { datasets: 1 }, names: ['list'] });
  // Nothing is compared: the files that are refused are meant.
  const all = await answer([]);
  expect(all.base).toBeUndefined();
  expect(named(all, 'people')).toMatchObject({ known: null, labels: null });
});

test('in every report', async () => {
  const args = ['--base', 'main', '--url', app.url];
  const { stdout: markdown } = await check([...args, '--format', 'markdown']);
  expect(markdown).toContain('### What this change would reach');
  expect(markdown).toContain('- pii of `raw.people.email` reaches `people.email` (`dbt/models/people.sql`)');
  expect(markdown).toContain('The server does not know `list`');
  const { stdout: table } = await check(args);
  expect(table).toContain('What this change would reach');
  expect(table).toMatch(/people +dbt\/models\/people\.sql +pii of raw\.people\.email in email/);
  const sarif = JSON.parse((await check([...args, '--format', 'sarif'])).stdout) as {
    runs: { properties: { reach: Reach[] } }[];
  };
  expect(sarif.runs[0]!.properties.reach[0]!.asset).toBe('people');
});

test('a label that people accepted on the server counts', async () => {
  const response = await app.fetch(
    new Request(`${app.url}/custody/v1/labels`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${app.cliKey}`,
        host: new URL(app.url).host,
      },
      body: JSON.stringify({
        dataset: { namespace: 'postgres://db:5432', name: 'prod.x.y' },
        column: 'a',
        label: 'phi',
        decision: 'accepted',
        reason: 'test',
      }),
    }),
  );
  expect(response.ok).toBe(true);
  write('sql/twin.sql', 'create table mart.twin as\nselect a as note from x.y;\n');
  const { stdout } = await check(['--url', app.url, '--base', 'main', '--format', 'json']);
  git('checkout', '-q', '--', '.');
  const { findings } = JSON.parse(stdout) as {
    findings: { rule: string; file: string; line: number; message: string }[];
  };
  expect(findings.filter(({ rule }) => rule === 'SQL-007')).toMatchObject([
    { file: 'sql/twin.sql', line: 2, message: 'phi of x.y.a reaches mart.twin, which others read' },
  ]);
});

test('a server that is away is noted and ends nothing; a base that is not there is called wrong only where it was named', async () => {
  const away = await answer(['--base', 'main', '--url', 'http://127.0.0.1:9']);
  expect(away.notes!.join()).toContain('Cannot reach Custody');
  expect(named(away, 'people')).toMatchObject({ known: null, names: ['list'] });
  const wrong = await check(['--base', 'nothing']);
  expect(wrong.status).toBeGreaterThan(1);
  expect(wrong.stderr).toContain('--base nothing is no commit');
  expect((await check(['--base', '--output=/tmp/x'])).status).toBeGreaterThan(1);
  expect((await answer([], { GITHUB_BASE_REF: 'nothing' })).notes!.join()).toContain('was not fetched');
});
