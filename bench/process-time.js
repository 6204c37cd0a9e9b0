// What a whole process takes, with its children.
import { spawnSync } from 'node:child_process';

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
