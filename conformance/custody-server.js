// A real Custody server on a free port with an empty data folder of its own, for suites that look at it from outside.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../packages/custody/bin/custody.js', import.meta.url));

/** Starts it. `custody(...args)` runs a command against it and gives its output; `stop()` ends it and removes the folder. */
export async function startCustody(...options) {
  const folder = mkdtempSync(`${tmpdir()}/custody-conformance-`);
  const data = `${folder}/data`;
  const server = spawn(
    process.execPath,
    [cli, 'start', '--no-example', '--json', '--port', '0', '--data', data, ...options],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const { url, openLineageApiKey } = await firstLine(server);
  return {
    folder,
    data,
    url,
    key: openLineageApiKey,
    custody(...args) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args, '--data', data], {
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      });
      if (status !== 0) throw new Error(`custody ${args.join(' ')}: ${stdout}${stderr}`);
      return stdout;
    },
    async stop() {
      const stopped = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await stopped;
      rmSync(folder, { recursive: true });
    },
  };
}

async function firstLine(child) {
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line);
  throw new Error('the server did not start');
}
