// A PostgreSQL server of one's own for tests and benchmarks: Debian's or any on the machine, in a folder that goes with it.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Folder with initdb and pg_ctl, or null where no server is installed. */
export function postgresFolder() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = versions.map((version) => join(debian, version, 'bin'));
  const found = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
  if (found.status === 0) folders.push(found.stdout.trim());
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl'))) ?? null;
}

export const HOW_TO_GET_POSTGRES = 'Get it with: apt-get install postgresql';

/**
 * Starts a server on a free port of the loopback address. Returns how to reach it and how to stop it. PostgreSQL refuses to
 * run as root, so root becomes the user `postgres` for it.
 */
export async function startPostgres(settings = {}) {
  const bin = postgresFolder();
  if (!bin) throw new Error(`There is no PostgreSQL server here. ${HOW_TO_GET_POSTGRES}`);
  const folder = mkdtempSync(join(tmpdir(), 'custody-postgres-'));
  chmodSync(folder, 0o777);
  const data = join(folder, 'data');
  const isRoot = userInfo().uid === 0;
  const run = (program, args) => {
    const command = [join(bin, program), ...args];
    const [file, ...rest] = isRoot
      ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', ...command]
      : command;
    const done = spawnSync(file, rest, { encoding: 'utf8', cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    if (done.status !== 0) throw new Error(`${program} failed: ${done.error ?? `${done.stdout}${done.stderr}`}`);
  };
  const port = await freePort();
  run('initdb', ['-D', data, '-U', 'custody', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync']);
  const options = Object.entries({ listen_addresses: '127.0.0.1', port, unix_socket_directories: folder, ...settings });
  const flags = options.map(([name, value]) => `-c ${name}='${value}'`).join(' ');
  run('pg_ctl', ['-D', data, '-w', '-t', '60', '-l', join(folder, 'log'), '-o', flags, 'start']);
  return {
    url: `postgres://custody@127.0.0.1:${port}/postgres`,
    port,
    stop() {
      run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
