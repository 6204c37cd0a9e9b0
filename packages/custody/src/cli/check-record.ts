/** What `custody check --record` tells the log. */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from '@hono/zod-openapi';
import type * as contract from '../api/check-contract.ts';
import { canonicalJson } from '../event/canonical-json.ts';
import { gitText } from '../source/git.ts';
import { stringOf, type Invocation } from './command.ts';
import { connected, posted } from './connection.ts';
import type { CheckReport } from './check-report.ts';

/** Assets, and labels of one, that an entry takes. */
const REACH_MAX = 1_000;

type RunView = z.infer<typeof contract.CheckRunView>;

const ANSWER_CHARS_MAX = 10_000;

/** `json`: the report as JSON, whose findings are recorded. Throws CommandError. */
export async function recordCheck(
  invocation: Invocation,
  folder: string,
  { files, rules, findings: found, reach }: CheckReport,
  json: string,
): Promise<RunView> {
  const { findings } = JSON.parse(json) as { findings: unknown[] };
  const at = statSync(folder).isDirectory() ? folder : dirname(folder);
  const env = process.env;
  const about = {
    repository: stringOf(invocation, 'repository') ?? (env['GITHUB_REPOSITORY'] || (await remote(at)) || 'unnamed'),
    branch:
      stringOf(invocation, 'branch') ??
      (env['GITHUB_HEAD_REF'] ||
        env['GITHUB_REF_NAME'] ||
        env['CI_COMMIT_REF_NAME'] ||
        (await git(at, 'rev-parse', '--abbrev-ref', 'HEAD')) ||
        'none'),
    commit: await git(at, 'rev-parse', 'HEAD'),
    files,
    rules: `sha256:${createHash('sha256').update(canonicalJson(rules)).digest('hex')}`,
    findings,
    reach: reach.reach
      .slice(0, REACH_MAX)
      .map((one) => ({ ...one, labels: one.labels === null ? null : one.labels.slice(0, REACH_MAX) })),
    whys: Object.fromEntries(found.map(({ rule: { id, why } }) => [id, why.slice(0, 2_000)])),
  };
  return connected(invocation, (connection) => connection.json<RunView>('/custody/v1/checks', posted(about)));
}

/** Null where there is no repository, or no git. */
const git = async (folder: string, ...args: string[]): Promise<string | null> =>
  (await gitText(folder, args, ANSWER_CHARS_MAX))?.trim() || null;

/** `github.com/owner/name`, without a password or `.git`. */
async function remote(folder: string): Promise<string | null> {
  const url = await git(folder, 'config', '--get', 'remote.origin.url');
  return url === null
    ? null
    : url
        .replace(/^\w+:\/\//, '')
        .replace(/^[^@/]*@/, '')
        .replace(/\.git$/, '')
        .replace(/^([^/:]+):(?!\d)/, '$1/');
}
