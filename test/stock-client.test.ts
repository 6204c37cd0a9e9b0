/** OpenLineage's own Python client, as it comes from the package index, pointed here by its two environment variables. */
import { spawnSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '../packages/custody/src/app.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PYTHON = [`${ROOT}.venv/bin/python`, 'python3'].find(
  (python) => spawnSync(python, ['-c', 'import openlineage.client'], { encoding: 'utf8' }).status === 0,
);
if (!PYTHON) {
  console.log(
    'stock client test skipped. Get it with: python3 -m venv .venv && .venv/bin/pip install -r test/python-requirements.txt',
  );
}

const SCRIPT = `
from datetime import datetime, timezone
from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState
from openlineage.client.facet_v2 import schema_dataset, sql_job
from openlineage.client.uuid import generate_new_uuid

client = OpenLineageClient()
run = Run(runId=str(generate_new_uuid()))
job = Job(namespace="bank", name="stock.client", facets={"sql": sql_job.SQLJobFacet(query="select * from raw where iban = 'DE89370400440532013000'")})
fields = [schema_dataset.SchemaDatasetFacetFields(name="iban", type="VARCHAR")]
raw = InputDataset(namespace="lake", name="raw", facets={"schema": schema_dataset.SchemaDatasetFacet(fields=fields)})
for state in (RunState.START, RunState.COMPLETE):
    client.emit(RunEvent(
        eventType=state, eventTime=datetime.now(timezone.utc).isoformat(), run=run, job=job,
        producer="https://example.org/stock", inputs=[raw], outputs=[OutputDataset(namespace="lake", name="clean")],
    ))
`;

describe.skipIf(!PYTHON)('the stock Python client', () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp({ data: await mkdtemp(`${tmpdir()}/custody-client-`), host: '127.0.0.1', port: 0 });
  });
  afterAll(() => app.stop());

  test('sends its events with a URL and a key and nothing else', async () => {
    const { spawn } = await import('node:child_process');
    const child = spawn(PYTHON!, ['-c', SCRIPT], {
      env: { ...process.env, OPENLINEAGE_URL: app.url, OPENLINEAGE_API_KEY: app.pipelineKey },
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    let trouble = '';
    child.stderr.on('data', (chunk: Buffer) => (trouble += chunk.toString()));
    const status = await new Promise((resolve) => child.once('exit', resolve));
    expect(status, trouble).toBe(0);

    const { state, log } = app.ledger;
    expect(state.runs.count, trouble).toBe(1);
    expect(state.runs.view(0)).toMatchObject({ state: 'COMPLETE', inputs: 1, outputs: 1 });
    const [row] = state.assets.findId('dataset:lake:raw');
    expect(state.schemas.get(state.assets.view(row!, { at: Infinity, entries: Infinity }).schema!).columns).toBe(1);
    for (let index = 0; index < log.size(); index++) {
      const payload = await log.payload(index);
      if (payload.state === 'present')
        expect(Buffer.from(payload.bytes).toString()).not.toContain('DE89370400440532013000');
    }
  });
});
