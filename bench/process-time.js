// What a whole process takes, with its children.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Seconds by the clock, CPU seconds and peak memory, which GNU time tells. Throws where that is not there. */
export function timed(command, args) {
  const start = performance.now();
  const child = spawnSync('/usr/bin/time', ['-f', '\n%U %S %M', command, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const seconds = (performance.now() - start) / 1e3;
  if (child.error) throw new Error(`/usr/bin/time cannot be run: ${child.error.message}`);
  const [user, system, kilobytes] = child.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { ...child, seconds, cpu: user + system, megabytes: kilobytes / 1024 };
}

/** `custody check` of a folder that has findings, with its answer. */
export function custodyCheck(folder) {
  const program = fileURLToPath(new URL('../packages/custody/bin/custody.js', import.meta.url));
  const run = timed(process.execPath, [program, 'check', folder, '--format', 'json']);
  if (run.status !== 1) throw new Error(`custody check ended with ${run.status}: ${run.stderr}`);
  return { ...run, answer: JSON.parse(run.stdout) };
}
