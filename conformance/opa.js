// A real OPA 1.22.2: the one on the path, or built once from its released module into the ignored .cache folder.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const VERSION = '1.22.2';
const cached = fileURLToPath(new URL('../.cache/go/opa', import.meta.url));

const isRight = (binary) => {
  const { status, stdout } = spawnSync(binary, ['version'], { encoding: 'utf8' });
  return status === 0 && stdout.includes(`Version: ${VERSION}`);
};

/** Where OPA is; null, with a printed reason, where it cannot be had. */
export function findOpa() {
  if (isRight('opa')) return 'opa';
  if (existsSync(cached) && isRight(cached)) return cached;
  console.log(`building OPA ${VERSION}`);
  const built = spawnSync('go', ['install', `github.com/open-policy-agent/opa@v${VERSION}`], {
    encoding: 'utf8',
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, GOBIN: fileURLToPath(new URL('../.cache/go', import.meta.url)) },
  });
  if (built.status === 0) return cached;
  console.log(
    `OPA is left out: ${built.error?.code === 'ENOENT' ? 'Go is not installed (https://go.dev/dl)' : built.stderr.trim()}`,
  );
  return null;
}

/** OPA as a server. `stop` ends it. */
export async function startOpa(opa, files) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(opa, ['run', '--server', '--addr', `127.0.0.1:${port}`, '--log-level', 'error', ...files], {
    stdio: 'ignore',
  });
  const stop = () =>
    new Promise((resolve) => {
      if (child.exitCode !== null) return resolve();
      child.once('exit', resolve);
      child.kill('SIGTERM');
    });
  for (let tries = 0; tries < 200; tries++) {
    const up = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return { url, pid: child.pid, stop };
    if (child.exitCode !== null) throw new Error(`OPA did not start: exit code ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await stop();
  throw new Error('OPA did not answer within ten seconds');
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
