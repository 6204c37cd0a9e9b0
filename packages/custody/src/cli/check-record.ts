/** What `custody check --record` tells the log. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from '@hono/zod-openapi';
import type * as contract from '../api/check-contract.ts';
import { canonicalJson } from '../event/canonical-json.ts';
import { stringOf, type Invocation } from './command.ts';
import { connected, posted } from './connection.ts';
import type { CheckReport } from './check-report.ts';

type RunView = z.infer<typeof contract.CheckRunView>;

/** `json`: the report as JSON, whose findings are recorded. Throws CommandError. */
export async function recordCheck(
  invocation: Invocation,
  folder: string,
  { files, rules, findings: found }: CheckReport,
  json: string,
): Promise<RunView> {
  const { findings } = JSON.parse(json) as { findings: unknown[] };
  const at = statSync(folder).isDirectory() ? folder : dirname(folder);
  const env = process.env;
  const about = {
    repository: stringOf(invocation, 'repository') ?? (env['GITHUB_REPOSITORY'] || remote(at) || 'unnamed'),
    branch:
      stringOf(invocation, 'branch') ??
      (env['GITHUB_HEAD_REF'] ||
        env['GITHUB_REF_NAME'] ||
        env['CI_COMMIT_REF_NAME'] ||
        git(at, 'rev-parse', '--abbrev-ref', 'HEAD') ||
        'none'),
    commit: git(at, 'rev-parse', 'HEAD'),
    files,
    rules: `sha256:${createHash('sha256').update(canonicalJson(rules)).digest('hex')}`,
    findings,
    whys: Object.fromEntries(found.map(({ rule: { id, why } }) => [id, why.slice(0, 2_000)])),
  };
  return connected(invocation, (connection) => connection.json<RunView>('/custody/v1/checks', posted(about)));
}

function git(folder: string, ...args: string[]): string | null {
  try {
    const command = ['-C', folder, '-c', 'core.fsmonitor=false', ...args];
    return execFileSync('git', command, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || null;
  } catch {
    return null; // no repository, or no git
  }
}

/** `github.com/owner/name`, without a password or `.git`. */
function remote(folder: string): string | null {
  const url = git(folder, 'config', '--get', 'remote.origin.url');
  return url === null
    ? null
    : url
        .replace(/^\w+:\/\//, '')
        .replace(/^[^@/]*@/, '')
        .replace(/\.git$/, '')
        .replace(/^([^/:]+):(?!\d)/, '$1/');
}
