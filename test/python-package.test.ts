/** The Python package with real pandas and pydantic, against a real server and the real command. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startApp } from '../packages/custody/src/app.ts';

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const PYTHON = [at('.venv/bin/python'), 'python3'].find(
  (command) =>
    (command === 'python3' || existsSync(command)) &&
    spawnSync(command, ['-c', 'import pandas, pydantic']).status === 0,
);
if (PYTHON === undefined)
  console.log(
    'skipped: the Python package needs pandas and pydantic: python3 -m venv .venv && .venv/bin/pip install -r test/python-requirements.txt',
  );

test.skipIf(PYTHON === undefined)('pandas and pydantic through both doors', async () => {
  const data = mkdtempSync(`${tmpdir()}/custody-python-`);
  const app = await startApp({ data, host: '127.0.0.1', port: 0 });
  try {
    const [, rules] = /^RULES = """(.*?)"""/ms.exec(readFileSync(at('python/tests/test_custody.py'), 'utf8'))!;
    const published = await fetch(`${app.url}/custody/v1/gate/rules/py`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.cliKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ rules, message: 'for the tests' }),
    });
    expect(published.status).toBe(201);
    const { status, output } = await new Promise<{ status: number | null; output: string }>((resolve) => {
      const child = spawn(PYTHON!, ['-m', 'unittest', 'discover', '-s', at('python/tests')], {
        env: {
          ...process.env,
          PYTHONPATH: at('python/src'),
          PYTHONDONTWRITEBYTECODE: '1',
          CUSTODY_URL: app.url,
          CUSTODY_TOKEN: app.cliKey,
          CUSTODY_DATA: data,
          CUSTODY_COMMAND: `${process.execPath} ${at('packages/custody/bin/custody.js')}`,
        },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (text: Buffer) => (output += text.toString()));
      child.on('close', (code) => resolve({ status: code, output }));
    });
    expect(status, output).toBe(0);
    expect(output).toMatch(/Ran 13 tests/);
  } finally {
    await app.stop();
  }
});
