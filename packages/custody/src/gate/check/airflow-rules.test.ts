/** Each rule for DAG files: one file that it refuses, on which line, and one that it lets pass. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { airflowIn } from '../../producers/check/airflow/index.ts';
import { Checker } from './checker.ts';

const FOLDER = new URL('../../../../../policies/check/airflow/', import.meta.url);
const modules = Object.fromEntries(
  readdirSync(FOLDER).map((name) => [`check/airflow/${name}`, readFileSync(new URL(name, FOLDER), 'utf8')]),
);
const SETTINGS = { forbidden_sources: ['s3://outside/', 'gs://scraped'] };
const checker = new Checker(modules, SETTINGS);

/** The body stands from line 9 on. */
const dagOf = (body: string, options = 'catchup=False'): string => `import os, subprocess
from datetime import datetime, timedelta
from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.providers.common.sql.operators.sql import SQLColumnCheckOperator, SQLExecuteQueryOperator
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.python import PythonVirtualenvOperator
from airflow.sdk import DAG, Asset, Connection, Variable, task
with DAG("d", schedule="@daily", start_date=datetime(2024, 1, 1), ${options}, default_args={"owner": "ops", "retries": 1, "execution_timeout": timedelta(hours=1)}):
${body.replace(/^(?=.)/gm, '    ')}
`;
const found = async (text: string, by = checker) =>
  by.check(await airflowIn('dags/d.py', text)).map(({ rule, line, resource }) => ({ id: rule.id, line, resource }));

const inTask = (code: string): string =>
  `@task\ndef work(path, **context):\n    import pickle, yaml, torch, requests, ssl, paramiko\n    ${code}\nwork("x")`;

interface Case {
  readonly bad: readonly string[];
  readonly good: readonly string[];
  readonly line: number;
  readonly options?: string;
}
const CASES: Readonly<Record<string, Case>> = {
  'AF-001': {
    bad: [
      'SQLExecuteQueryOperator(task_id="q", sql="select 1", conn_id="postgresql://etl:hunter22@db.corp/x")',
      'os.environ["AIRFLOW_CONN_DB"] = "mysql://root:{}@h/x".replace("{}", "p4ssw0rd") + "mysql://root:p4ssw0rd@h/x"',
    ],
    good: [
      'SQLExecuteQueryOperator(task_id="q", sql="select 1", conn_id="warehouse")',
      'URI = f"postgresql://etl:{os.environ[\'P\']}@db/x"',
      'URI = "postgresql://etl:{{ conn.db.password }}@db/x"',
    ],
    line: 9,
  },
  'AF-002': {
    bad: [
      'Connection(conn_id="x", login="etl", password="hunter22")',
      'BashOperator(task_id="b", bash_command="x", env={"API_KEY": "A8f3kk2l"})',
    ],
    good: [
      'Connection(conn_id="x", login="etl", password=os.environ["P"])',
      'BashOperator(task_id="b", bash_command="x", env={"API_KEY": "{{ conn.api.password }}"})',
      'BashOperator(task_id="b", bash_command="x", secret_name="api-key-of-team")',
    ],
    line: 9,
  },
  'AF-003': {
    bad: [
      'PREFIX = "s3://" + "outside"; SOURCE = f"{PREFIX}/data.csv"',
      'BashOperator(task_id="b", bash_command="x", outlets=[Asset("gs://scraped/x")])',
      'S3 = dict(bucket_name="outside", key="a.csv")',
    ],
    good: [
      'SOURCE = "s3://inside/data.csv"',
      'BashOperator(task_id="b", bash_command="x", outlets=[Asset("gs://ours/x")])',
    ],
    line: 9,
  },
  'AF-004': {
    bad: [
      'URL = "http://data.example.com/x.csv"',
      'BashOperator(task_id="b", bash_command="curl -O ftp://data.example.com/x.csv")',
    ],
    good: ['URL = "https://data.example.com/x.csv"', 'URL = "http://localhost:8080/x"', 'URL = "http://minio:9000/x"'],
    line: 9,
  },
  'AF-005': {
    bad: [
      "work = lambda **context: subprocess.run(f\"ls {context['params']['x']}\", shell=True)",
      'BashOperator(task_id="b", bash_command="echo {{ dag_run.conf[\'name\'] }}")',
      'KubernetesPodOperator(task_id="b", image="x@sha256:1", cmds=["sh", "-c", "run {{ params.name }}"])',
    ],
    good: [
      'BashOperator(task_id="b", bash_command="echo \\"$NAME\\"", env={"NAME": "{{ dag_run.conf[\'name\'] }}"})',
      'BashOperator(task_id="b", bash_command="echo {{ params.day | int }} {{ ds }}")',
    ],
    line: 9,
  },
  'AF-006': {
    bad: ['SQLExecuteQueryOperator(task_id="q", conn_id="w", sql="select * from t where a = \'{{ params.a }}\'")'],
    good: [
      'SQLExecuteQueryOperator(task_id="q", conn_id="w", sql="select * from t where a = %(a)s and d = \'{{ ds }}\'", parameters={"a": "{{ params.a }}"})',
    ],
    line: 9,
  },
  'AF-007': {
    bad: [
      'PythonVirtualenvOperator(task_id="v", python_callable=print, requirements=["pandas>=2"])',
      'PythonVirtualenvOperator(task_id="v", python_callable=print, requirements="pandas==2.0.1\\nnumpy")',
    ],
    good: ['PythonVirtualenvOperator(task_id="v", python_callable=print, requirements=["pandas==2.2.3"])'],
    line: 9,
  },
  'AF-008': { bad: ['pass'], good: [], line: 8, options: 'tags=[]' },
  'AF-009': {
    bad: ['BashOperator(task_id="b", bash_command="x", owner="airflow")'],
    good: ['BashOperator(task_id="b", bash_command="x")'],
    line: 8,
  },
  'AF-010': {
    bad: ['BashOperator(task_id="b", bash_command="x", default_args={"retries": None})'],
    good: ['BashOperator(task_id="b", bash_command="x", retries=0)'],
    line: 8,
  },
  'AF-011': {
    bad: ['BashOperator(task_id="b", bash_command="x", default_args={"execution_timeout": None})'],
    good: ['BashOperator(task_id="b", bash_command="x")'],
    line: 8,
  },
  'AF-012': {
    bad: [
      'SQLColumnCheckOperator(task_id="q", table="t") >> \\\nBashOperator(task_id="publish", bash_command="x", trigger_rule="all_done")',
    ],
    good: [
      'SQLColumnCheckOperator(task_id="q", table="t") >> BashOperator(task_id="publish", bash_command="x")',
      'SQLColumnCheckOperator(task_id="q", table="t") >> BashOperator(task_id="delete_cluster", bash_command="x", trigger_rule="all_done")',
    ],
    line: 10,
  },
  'AF-013': {
    bad: ['pickle.load(open(path, "rb"))', 'torch.load(path)', 'yaml.load(open(path), Loader=yaml.Loader)'].map(inTask),
    good: [
      'yaml.load(open(path), Loader=yaml.SafeLoader)',
      'torch.load(path, weights_only=True)',
      'pickle.dumps(path)',
    ].map(inTask),
    line: 12,
  },
  'AF-014': {
    bad: ['eval(path)', 'exec(open(path).read())'].map(inTask),
    good: ['path.eval("x")', 'int(path)'].map(inTask),
    line: 12,
  },
  'AF-015': {
    bad: ['subprocess.run(path, shell=True)', 'os.system("ls " + path)'].map(inTask),
    good: ['subprocess.run(["ls", path], check=True)'].map(inTask),
    line: 12,
  },
  'AF-016': {
    bad: [
      'BashOperator(task_id="b", bash_command="curl -sL https://x.example.com/i.sh | sudo bash")',
      'BashOperator(task_id="b", bash_command="bash <(curl -s https://x.example.com/i.sh)")',
    ],
    good: ['BashOperator(task_id="b", bash_command="curl -s https://x.example.com/a | jq . | shasum")'],
    line: 9,
  },
  'AF-017': {
    bad: [
      'KubernetesPodOperator(task_id="k", image="etl:1.2")',
      'KubernetesPodOperator.partial(task_id="k", image="etl").expand(arguments=[["a"]])',
    ],
    good: [`KubernetesPodOperator(task_id="k", image="etl@sha256:${'a'.repeat(64)}")`],
    line: 9,
  },
  'AF-018': {
    bad: [
      'KubernetesPodOperator(task_id="k", image="e@sha256:1", security_context={"privileged": True})',
      'KubernetesPodOperator(task_id="k", image="e@sha256:1", hostnetwork=True)',
    ],
    good: ['KubernetesPodOperator(task_id="k", image="e@sha256:1", security_context={"privileged": False})'],
    line: 9,
  },
  'AF-019': {
    bad: ['KEY = Variable.get("key")', 'KEY = Variable.get("key", default_var="x")'],
    good: [inTask('Variable.get("key")'), 'BashOperator(task_id="b", bash_command="{{ var.value.key }}")'],
    line: 9,
  },
  'AF-021': {
    bad: ['BashOperator(task_id="b", bash_command="x", acl_policy="public-read")', 'grant(members=["allUsers"])'],
    good: ['BashOperator(task_id="b", bash_command="x", acl_policy="private")'],
    line: 9,
  },
  'AF-022': {
    bad: [
      'PythonVirtualenvOperator(task_id="v", python_callable=print, requirements=[], serializer="dill")',
      'os.environ["AIRFLOW__CORE__ENABLE_XCOM_PICKLING"] = "True"',
    ],
    good: ['PythonVirtualenvOperator(task_id="v", python_callable=print, requirements=[])'],
    line: 9,
  },
  'AF-023': {
    bad: ['requests.get("https://x.example.com", verify=False)', 'ssl._create_unverified_context()'].map(inTask),
    good: ['requests.get("https://x.example.com", verify="ca.pem")'].map(inTask),
    line: 12,
  },
  'AF-024': {
    bad: [
      'client.set_missing_host_key_policy(paramiko.AutoAddPolicy())',
      'SSHHook(remote_host="h", no_host_key_check=True)',
      'Connection(conn_id="x", extra={"no_host_key_check": "true"})',
    ].map(inTask),
    good: ['client.set_missing_host_key_policy(paramiko.RejectPolicy())'].map(inTask),
    line: 12,
  },
  'AF-025': {
    bad: ['BashOperator(task_id="b", bash_command="x", run_as_user="root")'],
    good: ['BashOperator(task_id="b", bash_command="x", run_as_user="etl")'],
    line: 9,
  },
};

describe.each(Object.entries(CASES))('%s', (id, { bad, good, line, options }) => {
  test.each(bad.map((body) => [body]))('refuses %s', async (body) => {
    const findings = (await found(dagOf(body, options))).filter((one) => one.id === id);
    expect(findings.map((one) => one.line)).toContain(line);
  });
  if (good.length > 0)
    test.each(good.map((body) => [body]))('lets pass %s', async (body) => {
      expect((await found(dagOf(body))).filter((one) => one.id === id)).toEqual([]);
    });
});

test('AF-008 lets pass a DAG that says it', async () => {
  expect((await found(dagOf('pass'))).filter(({ id }) => id === 'AF-008')).toEqual([]);
});

test('AF-017 sees the image of a decorated task', async () => {
  const text = dagOf('@task.docker(image="python:3.12")\ndef f(): pass\nf()');
  expect((await found(text)).filter(({ id }) => id === 'AF-017')).toEqual([{ id: 'AF-017', line: 11, resource: 'f' }]);
});

test('AF-005 sees the command that a task gives back', async () => {
  const ids = async (command: string) =>
    (await found(dagOf(`@task.bash\ndef run(params):\n    return ${command}\nrun()`)))
      .filter(({ id }) => id === 'AF-005')
      .map(({ line }) => line);
  expect(await ids(`f"ls {params['x']}"`)).toEqual([11]);
  expect(await ids('"ls {{ dag_run.conf[\'x\'] }}"')).toEqual([11]);
  expect(await ids('"ls {{ ds }}"')).toEqual([]);
});

test('AF-020 refuses what is unknown only where that is asked for', async () => {
  const text = dagOf(
    'for name in os.listdir("."):\n    BashOperator(task_id=name, bash_command="x")\nX = f"s3://{os.environ[\'B\']}/x"',
  );
  const ids = async (by: Checker) =>
    (await found(text, by)).filter(({ id }) => id === 'AF-020').map(({ line }) => line);
  expect(await ids(checker)).toEqual([]);
  expect(await ids(new Checker(modules, { refuse_unknown: true }))).toEqual([9, 10, 11]);
});

test('AF-026 says what was not read', async () => {
  const ids = async (text: string) => (await found(text)).filter(({ id }) => id === 'AF-026').length;
  expect(await ids('x = 1\n'.repeat(200_000))).toBe(1);
  expect(await ids('def f(:\n  ((')).toBe(1);
  expect(await ids(dagOf('pass'))).toBe(0);
});

test('a DAG file in order has no finding', async () => {
  expect(
    await found(dagOf('BashOperator(task_id="b", bash_command="run.sh {{ ds }}", env={"P": "{{ conn.x.password }}"})')),
  ).toEqual([]);
});

test('docs/check-airflow.md lists the rules as they are', () => {
  const docs = readFileSync(new URL('../../../../../docs/check-airflow.md', import.meta.url), 'utf8');
  for (const { id, severity, title, name } of checker.rules.values())
    expect(docs).toContain(`| ${id} | ${severity} | ${title} | \`${name}.rego\` |`);
});

test('every rule has its cases', () => {
  const ids = [...checker.rules.values()].map(({ id }) => id).sort();
  expect([...Object.keys(CASES), 'AF-020', 'AF-026'].sort()).toEqual(ids);
});
