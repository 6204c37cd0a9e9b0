// Marquez's read API, read by Marquez's own Python client, and every request of its web page.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startCustody } from './custody-server.js';
import { requests, wrongWith } from './marquez/web-page.js';
import { pythonWith } from './python.js';
import { result, skipped } from './result.js';

const fixtures = fileURLToPath(new URL('../testdata/openlineage/', import.meta.url));
const files = readdirSync(fixtures)
  .filter((name) => name.endsWith('.jsonl'))
  .map((name) => fixtures + name);
const JOB = { namespace: 'bank_dbt', name: 'jaffle_shop.main.jaffle_shop.stg_customers' };
const DATASET = { namespace: 'duckdb://jaffle_shop.duckdb', name: 'jaffle_shop.main.stg_customers' };

export async function run() {
  const python = pythonWith('marquez_client', 'requests');
  if (!python) return skipped('marquez', 'marquez-python could not be installed: pip install marquez-python');
  const { url, key, custody, stop } = await startCustody();
  try {
    custody('send', ...files);
    const page = await askLikeThePage(url, key);
    const { status, stdout, stderr } = spawnSync(
      python,
      [fileURLToPath(new URL('marquez/client.py', import.meta.url)), ...files],
      { encoding: 'utf8', env: { ...process.env, CUSTODY_URL: url, CUSTODY_KEY: key }, maxBuffer: 1 << 26 },
    );
    if (status !== 0) throw new Error(stdout + stderr);
    const lines = stdout.trim().split('\n');
    const client = JSON.parse(lines.pop());
    if (lines.length > 0) console.log(lines.join('\n'));
    console.log(`marquez-python: ${client.passed} of ${client.of} answers as the events say`);
    console.log(`the web page's requests: ${page.passed} of ${page.of} answered with all that it reads`);
    return result('marquez', client.passed + page.passed, client.of + page.of, 1);
  } finally {
    await stop();
  }
}

async function askLikeThePage(url, key) {
  const get = (path) => fetch(url + path, { headers: { authorization: `Bearer ${key}` } });
  const job = await (await get(`/api/v1/namespaces/${JOB.namespace}/jobs/${JOB.name}`)).json();
  const asked = requests(JOB, DATASET, job.latestRun.id);
  let passed = 0;
  for (const request of asked) {
    const response = await get(request.path);
    const wrong = response.status === 200 ? wrongWith(request, await response.json()) : `status ${response.status}`;
    if (wrong) console.log(`GET ${request.path}: ${wrong}`);
    else passed++;
  }
  return { passed, of: asked.length };
}
