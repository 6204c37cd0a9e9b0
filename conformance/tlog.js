// Our log, read by code that is not ours: Go's sumdb note and tlog, and Tessera's tlog-tiles client.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startCustody } from './custody-server.js';
import { result, skipped } from './result.js';

const source = fileURLToPath(new URL('tlog', import.meta.url));
const EVENTS = 700; // three bundles, one of them partial, and two levels of tiles

export async function run() {
  const { folder, url, custody, stop } = await startCustody('--origin', 'conformance.example/log');
  try {
    const binary = `${folder}/reader`;
    const built = spawnSync('go', ['build', '-o', binary, '.'], { cwd: source, encoding: 'utf8' });
    if (built.error?.code === 'ENOENT') return skipped('tlog', 'Go is not installed: https://go.dev/dl');
    if (built.status !== 0) throw new Error(built.stderr);
    writeFileSync(
      `${folder}/events.jsonl`,
      Array.from({ length: EVENTS }, (_, i) => JSON.stringify(event(i))).join('\n'),
    );
    custody('send', `${folder}/events.jsonl`);
    const proofs = [0, 255, 256, EVENTS - 1].map((entry) => {
      custody('log', 'prove', String(entry), '--out', `${folder}/entry-${entry}.tlog-proof`);
      return `${folder}/entry-${entry}.tlog-proof`;
    });
    const key = custody('log', 'key').trim();
    const read = spawnSync(binary, ['-url', `${url}/log`, '-key', key, '-proofs', proofs.join(',')], {
      encoding: 'utf8',
    });
    if (read.status !== 0) throw new Error(read.stderr);
    const lines = read.stdout.trim().split('\n');
    const counts = JSON.parse(lines.pop());
    console.log(lines.join('\n'));
    return result('tlog', counts.passed, counts.of, 1);
  } finally {
    await stop();
  }
}

const event = (n) => ({
  eventType: 'COMPLETE',
  eventTime: new Date(1_760_000_000_000 + n * 60_000).toISOString(),
  producer: 'https://example.invalid/conformance',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` },
  job: { namespace: 'conformance', name: `job-${n % 10}` },
  inputs: [{ namespace: 'conformance', name: `in-${n % 10}` }],
  outputs: [{ namespace: 'conformance', name: `out-${n % 10}` }],
});
