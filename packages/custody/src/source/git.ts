/**
 * Asks git about a repository that nobody trusts. Its own settings cannot make git run something (hooks, pagers, filters,
 * signature programs, transports for objects that are missing), nor hide something from what is asked here.
 */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

const SETTINGS: Readonly<Record<string, string>> = {
  'core.fsmonitor': 'false',
  'core.hooksPath': '/dev/null',
  'core.sshCommand': 'false',
  'core.gitProxy': 'false',
  'core.askPass': 'true',
  'core.pager': 'cat',
  'core.attributesFile': '/dev/null',
  'core.quotePath': 'true',
  'protocol.allow': 'never',
  'protocol.ext.allow': 'never',
  'protocol.file.allow': 'never',
  'credential.helper': '',
  'diff.external': '',
  'diff.orderFile': '/dev/null',
  'diff.noprefix': 'false',
  'diff.mnemonicPrefix': 'false',
  'diff.srcPrefix': 'a/',
  'diff.dstPrefix': 'b/',
  'diff.relative': 'false',
  'diff.submodule': 'short',
  'log.showSignature': 'false',
  'log.showRoot': 'true',
};

/** Nothing is fetched, asked for or written. */
const ENVIRONMENT = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_LAZY_FETCH: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_SSH_COMMAND: 'false',
  GIT_ASKPASS: 'true',
  GIT_PAGER: 'cat',
};

/** Git at work in a folder; it reads what is written to it, and writes what it answers. */
export function spawnGit(folder: string, args: readonly string[]): ChildProcessByStdio<Writable, Readable, Readable> {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { GIT_EXTERNAL_DIFF: _, ...environment } = process.env;
  return spawn('git', ['--no-pager', '--no-replace-objects', '-C', folder, ...settings, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...environment, ...ENVIRONMENT },
  });
}

/** Chunks of what git answers. Throws an Error with what it complained of where it fails. */
export async function* gitAnswer(folder: string, args: readonly string[]): AsyncGenerator<string> {
  const git = spawnGit(folder, args);
  git.stdin.on('error', () => {}); // it ended before it had read all
  git.stdin.end();
  let complaint = '';
  git.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (complaint.length < 2_000) complaint += text;
  });
  const ended = new Promise<number | null | Error>((resolve) => {
    git.on('error', resolve);
    git.on('close', resolve);
  });
  try {
    for await (const chunk of git.stdout.setEncoding('utf8')) yield chunk as string;
    const end = await ended;
    if (end instanceof Error) throw new Error(end.message);
    if (end !== 0) throw new Error(complaint.trim().split('\n')[0] || `git ended with ${end}`);
  } finally {
    // Whoever has read enough ends it.
    git.kill();
  }
}

/** The whole answer; null where there is no repository, no git, no such thing, or more than `charsMax` of it. */
export async function gitText(folder: string, args: readonly string[], charsMax: number): Promise<string | null> {
  try {
    let answer = '';
    for await (const chunk of gitAnswer(folder, args)) if ((answer += chunk).length > charsMax) return null;
    return answer;
  } catch {
    return null;
  }
}
