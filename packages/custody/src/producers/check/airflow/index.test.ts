/** DAG files of ours, with what Airflow 3.3.2 itself found in them when it imported them (`testdata/dags`). */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { airflowIn, looksLikeDag } from './index.ts';

const FOLDER = new URL('../../../../../../testdata/dags/', import.meta.url);
interface Recorded {
  readonly file: string;
  readonly dags: readonly { readonly dag_id: string; readonly tasks: readonly Record<string, unknown>[] }[];
}
const recorded = readFileSync(new URL('expected.jsonl', FOLDER), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Recorded);

test.each(recorded)('$file gives what Airflow gives', async ({ file, dags }) => {
  const facts = await airflowIn(file, readFileSync(new URL(file, FOLDER), 'utf8'));
  const ours = facts.dags.map(({ dag_id, schedule, tags, tasks }) => ({
    dag_id,
    schedule,
    tags,
    tasks: tasks.map(({ task_id, operator, upstream, mapped, group, inlets, outlets }) => ({
      task_id,
      operator,
      upstream,
      mapped,
      group,
      inlets,
      outlets,
    })),
  }));
  expect(ours.sort((a, b) => (a.dag_id < b.dag_id ? -1 : 1))).toEqual(dags);
  expect(facts.unknowns).toEqual([]);
});

const dagOf = (body: string): string => `
import os
from datetime import datetime
from airflow.providers.amazon.aws.operators.s3 import S3CopyObjectOperator
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, Variable, task
with DAG("d", schedule=None, start_date=datetime(2024, 1, 1), catchup=True, default_args={"owner": "ops"}) as dag:
${body.replace(/^/gm, '    ')}
`;

test('what the file does not say is said to be unknown, with its line', async () => {
  const { dags, unknowns } = await airflowIn(
    'd.py',
    dagOf(`import settings
for name in settings.TABLES:
    EmptyOperator(task_id=f"load_{name}")
if settings.DEBUG:
    EmptyOperator(task_id="debug")
settings.make(dag) >> EmptyOperator(task_id="end")`),
  );
  expect(dags[0]?.tasks.map(({ task_id }) => task_id)).toEqual(['debug', 'end', 'load_{name}', 'make']);
  expect(dags[0]?.tasks.find(({ task_id }) => task_id === 'make')?.presumed).toBe(true);
  expect(unknowns).toEqual([
    { line: 10, what: 'a loop over what the file does not say: settings.TABLES' },
    { line: 11, what: 'the id of a task: load_{name}' },
    { line: 12, what: 'a condition that the file does not decide: settings.DEBUG' },
    { line: 14, what: 'a task that another file makes: settings.make' },
  ]);
});

test('results in fields of operators of other packages may be edges', async () => {
  const { dags } = await airflowIn(
    'd.py',
    dagOf(`first = BashOperator(task_id="first", bash_command="x")
S3CopyObjectOperator(task_id="copy", source_bucket_key=first.output)
BashOperator(task_id="second", bash_command=first.output, env={"A": f"{first.output}"})`),
  );
  const [copy, , second] = dags[0]?.tasks ?? [];
  expect(copy).toMatchObject({ upstream: [], may_follow: ['first'] });
  expect(second).toMatchObject({ upstream: ['first'], may_follow: [] });
});

test('modules of the repository are read where a file imports them', async () => {
  const modules = {
    'lib.tables':
      'from airflow.providers.standard.operators.empty import EmptyOperator\nTABLES = ["a", "b"]\ndef load(name):\n    return EmptyOperator(task_id="load_" + name)\n',
  };
  const text = dagOf(
    'from lib.tables import TABLES, load\nprevious = None\nfor table in TABLES:\n    current = load(table)\n    if previous is not None:\n        previous >> current\n    previous = current',
  );
  const { dags, unknowns } = await airflowIn('d.py', text, { modules });
  expect(dags[0]?.tasks.map(({ task_id, upstream, line }) => ({ task_id, upstream, line }))).toEqual([
    { task_id: 'load_a', upstream: [], line: 12 },
    { task_id: 'load_b', upstream: ['load_a'], line: 12 },
  ]);
  expect(unknowns).toEqual([]);
});

test('URIs, connections, variables, hooks, environment and templates, with constants folded', async () => {
  const facts = await airflowIn(
    'd.py',
    dagOf(`BUCKET = "lake"
S3CopyObjectOperator(task_id="copy", source_bucket_name=BUCKET, source_bucket_key="in/a.csv", dest_bucket_name="out", aws_conn_id="aws_eu")
BashOperator(task_id="b", bash_command="curl " + f"https://{os.environ['HOST']}/x {{{{ var.value.region }}}} {{{{ conn.db.password }}}}")
KEY = Variable.get("top")
@task
def read(day):
    import pandas as pd
    from airflow.providers.postgres.hooks.postgres import PostgresHook
    base = f"s3://{BUCKET}"
    pd.read_csv(f"{base}/{day}.csv").to_parquet("gs://{}/out".format(BUCKET))
    PostgresHook(postgres_conn_id="warehouse").run("postgresql://etl:hunter22@db/x")
    Variable.get("inside", default_var=None)
    target = base + "/" + day + "/done"
read("x")`),
  );
  expect(facts.uris.map(({ uri, access, has_password }) => [uri, access, has_password])).toEqual([
    ['s3://lake/in/a.csv', 'read', false],
    ['s3://out/', 'write', false],
    ['https://{HOST}/x', 'unknown', false],
    ['s3://lake', 'unknown', false],
    ['gs://lake/out', 'write', false],
    ['s3://lake/{day}.csv', 'read', false],
    ['postgresql://etl:***@db/x', 'unknown', true],
    ['s3://lake/{day}/done', 'write', false],
  ]);
  expect(facts.connections.map(({ name, argument }) => [name, argument])).toEqual([
    ['aws_eu', 'aws_conn_id'],
    ['db', 'template'],
    ['warehouse', 'postgres_conn_id'],
  ]);
  expect(facts.variables.map(({ name, runs }) => [name, runs])).toEqual([
    ['region', 'task'],
    ['top', 'parse'],
    ['inside', 'task'],
  ]);
  expect(facts.hooks.map(({ name }) => name)).toEqual(['airflow.providers.postgres.hooks.postgres.PostgresHook']);
  expect(facts.environment).toEqual([{ line: 11, name: 'HOST', access: 'read', has_default: false }]);
  expect(facts.templates.map(({ expression }) => expression)).toEqual(['var.value.region', 'conn.db.password']);
  expect(facts.imports.map(({ name }) => name)).toContain('pandas');
  expect(facts.dags[0]).toMatchObject({ owner: 'ops', catchup: true, start_date: '2024-01-01' });
});

test('no secret is told', async () => {
  const text =
    dagOf(`BashOperator(task_id="b", bash_command="psql postgres://u:s3cr3tpass@h/d", env={"DB_PASSWORD": "s3cr3tpass"}, password="s3cr3tpass")
@task
def t():
    connect("h", api_key="s3cr3tpass", options={"secret": "s3cr3tpass"})`);
  const told = JSON.stringify(await airflowIn('d.py', text));
  expect(told).not.toContain('s3cr3tpass');
  expect(told).toContain('{"secret":"***"}');
});

test('looksLikeDag', () => {
  expect(looksLikeDag('from airflow.sdk import DAG')).toBe(true);
  expect(looksLikeDag('from airflow.models import Variable')).toBe(false);
  expect(looksLikeDag('import pandas\nprint("data")')).toBe(false);
});
