/** Rules over the lineage of notebooks: what each refuses, and what it lets pass. */
import { beforeAll, expect, test } from 'vitest';
import { notebookIn } from '../../producers/check/notebook.ts';
import { readRules } from '../../source/rule-files.ts';
import { Checker } from './checker.ts';

let modules: Readonly<Record<string, string>>;
beforeAll(async () => {
  modules = await readRules(null);
});

const notebook = (cells: readonly string[]) =>
  JSON.stringify({
    cells: cells.map((source, i) => ({ cell_type: 'code', execution_count: i + 1, outputs: [], source })),
    metadata: { kernelspec: { language: 'python' } },
    nbformat: 4,
  });
async function ids(
  cells: readonly string[],
  settings: Readonly<Record<string, unknown>> = {},
  paths: readonly string[] = [],
): Promise<string[]> {
  const facts = await notebookIn('work/a.ipynb', notebook(cells), new Set(paths));
  return [...new Set(new Checker(modules, settings).check(facts).map(({ rule }) => rule.id))].sort();
}
const pandas = 'import pandas as pd\n';

/** Rule, settings, what is refused, what passes. */
const PAIRS: readonly (readonly [
  id: string,
  settings: Readonly<Record<string, unknown>>,
  bad: readonly string[],
  good: readonly string[],
])[] = [
  [
    'NB-008',
    { forbidden_sources: ['s3://scraped-'] },
    [`${pandas}B = "scraped-web"\npd.read_csv(f"s3://{B}/a.csv")`],
    [`${pandas}B = "lake"\npd.read_csv(f"s3://{B}/a.csv")`],
  ],
  [
    'NB-009',
    { approved_sources: ['s3://lake/', 'crm.', 'hf://org/'] },
    [`${pandas}pd.read_csv("s3://other/a.csv")`],
    [`${pandas}pd.read_csv("s3://lake/a.csv")\npd.read_csv("local.csv")\nspark.table("crm.people")`],
  ],
  ['NB-009', { approved_sources: ['crm.'] }, ['spark.table("shop.orders")'], ['spark.table("crm.orders")']],
  [
    'NB-009',
    { approved_sources: [] },
    ['from datasets import load_dataset\nload_dataset("imdb")'],
    ['spark.sql("create table t as select 1 as a")\nspark.table("t")'],
  ],
  [
    'NB-010',
    { signed_sources: ['models:/'] },
    ['import mlflow\nmlflow.sklearn.load_model("runs:/1/model")'],
    ['import mlflow\nmlflow.sklearn.load_model("models:/risk/3")'],
  ],
  [
    'NB-011',
    { personal_sources: ['crm.people'], forbidden_destinations: ['s3://public-'] },
    ['people = spark.table("crm.people")', 'x = people.dropDuplicates()', 'x.write.parquet("s3://public-share/x")'],
    ['people = spark.table("crm.people")', 'x = people.count()', 'people.write.parquet("s3://private/x")'],
  ],
  [
    'NB-012',
    {},
    [`import joblib\nm = joblib.load("s3://models/m.joblib")`],
    [`import joblib\nm = joblib.load("m.joblib")`],
  ],
  [
    'NB-012',
    {},
    [
      'import boto3, pickle\ns3 = boto3.client("s3")\ns3.download_file("b", "m.pkl", "/tmp/m.pkl")',
      'm = pickle.load(open("/tmp/m.pkl", "rb"))',
    ],
    [
      'import boto3, json\ns3 = boto3.client("s3")\ns3.download_file("b", "m.json", "/tmp/m.json")',
      'm = json.load(open("/tmp/m.json", "rb"))',
    ],
  ],
  [
    'NB-012',
    {},
    ['import pickle, requests\npickle.loads(requests.get("https://a.example/m").content)'],
    ['import json, requests\njson.loads(requests.get("https://a.example/m").content)'],
  ],
  [
    'NB-012',
    {},
    ['import torch\ntorch.load("https://a.example/w.pt")'],
    ['import torch\ntorch.load("https://a.example/w.pt", weights_only=True)'],
  ],
  [
    'NB-013',
    {},
    ['import boto3\nboto3.client("s3", aws_secret_access_key="not-a-real-one")'],
    ['import boto3, os\nboto3.client("s3", aws_secret_access_key=os.environ["KEY"])'],
  ],
  [
    'NB-013',
    {},
    ['from sqlalchemy import create_engine\ne = create_engine("postgresql://u:hunter22@h/db")'],
    ['from sqlalchemy import create_engine\ne = create_engine("postgresql://u@h/db")'],
  ],
  [
    'NB-014',
    { approved_destinations: ['s3://marts/', 'marts.'] },
    [`${pandas}pd.DataFrame().to_parquet("s3://mine/a.parquet")`],
    [
      `${pandas}d = pd.DataFrame()\nd.to_parquet("s3://marts/a.parquet")\nd.to_csv("out/a.csv")\nd.to_sql("a", con, schema="marts")`,
    ],
  ],
  [
    'NB-014',
    { approved_destinations: ['marts.'] },
    ['df.write.saveAsTable("scratch.x")'],
    ['df.write.saveAsTable("marts.x")'],
  ],
  [
    'NB-015',
    {},
    ['import requests\nrequests.get("https://a.example", verify=False)'],
    ['import requests\nrequests.get("https://a.example", verify="ca.pem")'],
  ],
  ['NB-015', {}, ['!curl -k https://a.example -o a'], ['!curl https://a.example -o a']],
];

test.each(PAIRS)('%s with %o', async (id, settings, bad, good) => {
  expect(await ids(bad, settings)).toContain(id);
  expect(await ids(good, settings)).not.toContain(id);
});

test('without a list in the settings no source and no destination is refused', async () => {
  const cells = [
    `${pandas}import mlflow\nd = pd.read_csv("s3://any/a.csv")\nmlflow.sklearn.load_model("runs:/1/m")\nd.to_parquet("s3://any/b")`,
  ];
  expect(await ids(cells)).toEqual([]);
});

test('a signature beside a file of the repository counts', async () => {
  const cells = ['import onnx\nm = onnx.load("models/risk.onnx")'];
  const settings = { signed_sources: [] };
  expect(await ids(cells, settings, ['work/models/risk.onnx'])).toEqual(['NB-010']);
  for (const beside of ['work/models/risk.onnx.sig', 'work/models/model.sig', 'models/risk.onnx.sigstore.json'])
    expect(await ids(cells, settings, ['work/models/risk.onnx', beside])).toEqual([]);
});

test('neither facts nor findings hold a secret', async () => {
  const facts = await notebookIn(
    'a.ipynb',
    notebook([
      'import boto3\nK = "hunter22-hunter22"\nboto3.client("s3", aws_secret_access_key=K)\ncreate_engine("mysql://u:hunter22@h/d")\npd.read_csv("https://u:hunter22@h/a.csv")\n%sql mysql://u:hunter22@h/d',
    ]),
  );
  const found = new Checker(modules, {}).check(facts);
  expect(found.filter(({ rule }) => rule.id === 'NB-013')).not.toEqual([]);
  // What stands in the code as an address is told as before, by the scanner's masked places.
  const { cells: _, ...lineage } = facts;
  expect(JSON.stringify([lineage, found])).not.toContain('hunter22');
});
