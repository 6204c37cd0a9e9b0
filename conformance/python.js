// A Python that can import what a suite needs: the one at hand, or one that is made in .venv, which git ignores.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const venv = `${root}.venv/bin/python`;

/** The path of such a Python; null if there is none and none could be made. */
export function pythonWith(...modules) {
  const can = (python) => spawnSync(python, ['-c', `import ${modules.join(', ')}`]).status === 0;
  const found = [venv, 'python3'].find(can);
  if (found) return found;
  console.log('installing test/python-requirements.txt into .venv');
  if (spawnSync(venv, ['--version']).status !== 0) spawnSync('python3', ['-m', 'venv', `${root}.venv`]);
  spawnSync(venv, ['-m', 'pip', 'install', '--quiet', '-r', `${root}test/python-requirements.txt`], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PIP_DISABLE_PIP_VERSION_CHECK: '1' },
  });
  return can(venv) ? venv : null;
}
