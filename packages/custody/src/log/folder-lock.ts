/**
 * One process a data folder. The lock is a file made by link(2), which is atomic; it names its holder, so that a lock
 * left by a crash can be told from one that is held. Node has no flock(2).
 */
import { readFileSync, readlinkSync } from 'node:fs';
import { link, readFile, rename, rm, utimes, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { LogError } from './log-error.ts';

interface Holder {
  readonly pid: number;
  /** Start time of the process in clock ticks, so that a recycled pid is not taken for the holder. */
  readonly started: string | null;
  readonly host: string;
  /** Process namespace and boot: outside of them the pid says nothing. */
  readonly space: string;
  readonly since: string;
}

const HEARTBEAT_MS = 2_000;
/** A holder in another container or on another machine is judged by its heartbeat alone. */
const STALE_MS = 15_000;

export interface FolderLock {
  release(): Promise<void>;
}

/** Takes the lock of a folder. Throws LogError `log.locked` if another process holds it. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = `${folder}/lock`;
  const mine = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  const text = JSON.stringify(me());
  await writeFile(mine, text, { mode: 0o600, flag: 'wx' });
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        await link(mine, path);
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const found = await readFile(path, 'utf8').catch(() => null);
      if (found === null) continue; // released just now
      if (attempt > 3 || (await isHeld(path, found))) throw locked(folder, found);
      await removeStale(path, found, `${mine}.stale`);
    }
  } finally {
    await rm(mine, { force: true });
  }

  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {}); // a missed beat is made up by the next
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    async release() {
      clearInterval(heartbeat);
      // Only ours: after a long suspension another process may rightly have taken over.
      if ((await readFile(path, 'utf8').catch(() => '')) === text) await rm(path, { force: true });
    },
  };
}

/** Two processes may find the same stale lock: the one whose rename caught something else puts that back. */
async function removeStale(path: string, stale: string, aside: string): Promise<void> {
  try {
    await rename(path, aside);
  } catch {
    return; // the other one was faster
  }
  if ((await readFile(aside, 'utf8')) !== stale) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}

async function isHeld(path: string, text: string): Promise<boolean> {
  let holder: Holder;
  try {
    holder = JSON.parse(text) as Holder;
  } catch {
    return false; // written whole before it is linked, so this is damage
  }
  if (holder.host === hostname() && holder.space === space()) {
    return startOf(holder.pid) === holder.started && isAlive(holder.pid);
  }
  const { mtimeMs } = await stat(path);
  return Date.now() - mtimeMs < STALE_MS;
}

function locked(folder: string, text: string): LogError {
  let who = 'another process';
  try {
    const { pid, host, since } = JSON.parse(text) as Holder;
    who = `process ${pid}${host === hostname() ? '' : ` on ${host}`} since ${since}`;
  } catch {
    // the message does without
  }
  return new LogError(
    'log.locked',
    `The data folder ${folder} is in use by ${who}.`,
    'Stop that process, or choose another folder with --data. Commands such as `custody assets` can ask the running server instead.',
  );
}

const me = (): Holder => ({
  pid: process.pid,
  started: startOf(process.pid),
  host: hostname(),
  space: space(),
  since: new Date().toISOString(),
});

/** Field 22 of /proc/PID/stat; null where there is no /proc. The command in field 2 may hold spaces and brackets. */
function startOf(pid: number): string | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function space(): string {
  try {
    return `${readlinkSync('/proc/self/ns/pid')} ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`;
  } catch {
    return process.platform;
  }
}

/** Whether a process of this machine runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
