/** The commands of README.md, run as they stand there, in order, against a store with the example. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const README = readFileSync(`${ROOT}README.md`, 'utf8');
const commands = [...README.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => block!.trim().split('\n'));

const folder = mkdtempSync(`${tmpdir()}/custody-readme-`);
const env = { ...process.env, CUSTODY_DATA: `${folder}/data`, npm_config_yes: 'false' };
let server: ChildProcess;

beforeAll(async () => {
  // The commands run beside the checkout, so that the files they write do not land in it.
  symlinkSync(`${ROOT}node_modules`, `${folder}/node_modules`);
  symlinkSync(`${ROOT}testdata`, `${folder}/testdata`);
  symlinkSync(`${ROOT}policies`, `${folder}/policies`);
  symlinkSync(`${ROOT}examples`, `${folder}/examples`);
  server = spawn(process.execPath, [`${ROOT}packages/custody/bin/custody.js`, 'start', '--json', '--port', '0'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of createInterface({ input: server.stdout! })) {
    expect(line).toContain('openLineageUrl');
    return;
  }
});
afterAll(async () => {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGINT');
  await ended;
});

test('there are commands to run', () => {
  expect(commands.length).toBeGreaterThan(8);
});

test.each(commands)('%s', (command) => {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command], { cwd: folder, env, encoding: 'utf8' });
  expect(status, `${stdout}${stderr}`).toBe(0);
  if (!command.includes('>') && !command.includes('--out')) expect(stdout.trim()).not.toBe('');
});

test('every link to a file leads somewhere', () => {
  const files = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  }).stdout.split('\n');
  const linked = [...README.matchAll(/\]\(([^)#]+)\)|`([A-Z]+\.md)`/g)]
    .map(([, link, name]) => (link ?? name)!)
    .filter((link) => !link.startsWith('http'));
  expect(linked.filter((link) => !files.includes(link))).toEqual([]);
});
