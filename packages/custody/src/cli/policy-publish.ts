/** Policies in force: list, publish, diff, roll back, withdraw, dry run. Each asks the server, or the data folder itself. */
import type { z } from '@hono/zod-openapi';
import type * as contract from '../api/policy-contract.ts';
import { diffLines } from '../gate/line-diff.ts';
import { CommandError, EXIT, stringOf, timeOf, UsageError, type Command, type Invocation } from './command.ts';
import { connected, CONNECTION_OPTIONS, type Connection, posted } from './connection.ts';
import { bundleFiles } from './policy-files.ts';

type List = z.infer<typeof contract.PolicyList>;
type Detail = z.infer<typeof contract.PolicyDetail>;
type Version = z.infer<typeof contract.PolicyVersionView>;
type DryRun = z.infer<typeof contract.DryRunView>;
type Files = Record<string, string>;

const at = (name: string, act = ''): string => `/custody/v1/policies/${encodeURIComponent(name)}${act}`;

/** What a policy is made of: the files of a bundle, tests included. */
async function filesAt(path: string): Promise<Files> {
  const files: Files = {};
  for (const [name, bytes] of await bundleFiles(path))
    if (/(?:\.rego|(?:^|\/)data\.(?:json|ya?ml)|^\.manifest)$/.test(name))
      files[name] = Buffer.from(bytes).toString('utf8');
  if (Object.keys(files).length === 0)
    throw new CommandError(`There is no policy in ${path}.`, 'Give a .rego file, a folder or a .tar.gz.', EXIT.no);
  return files;
}

function named(invocation: Invocation, count: number, usage: string): string[] {
  if (invocation.positionals.length !== count) throw new UsageError(usage);
  return [...invocation.positionals];
}

function messageOf(invocation: Invocation): string {
  const message = stringOf(invocation, 'message');
  if (message === undefined || message.trim() === '') throw new UsageError('Say why with --message.');
  return message;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`A version is a whole number, not "${text}".`);
  return Number(text);
}

const sayVersion = (invocation: Invocation, name: string, version: Version): void => {
  const { out } = invocation;
  if (out.json) out.write(`${JSON.stringify({ policy: name, ...version })}\n`);
  else
    out.write(
      `${name} version ${version.version} ${version.withdrawn ? 'withdrawn' : 'in force'}, entry ${version.entry}\n  ${version.digest}\n`,
    );
};

const MESSAGE = { message: { type: 'string', short: 'm', value: 'TEXT', help: 'why' } } as const;

export const policyList: Command = {
  name: 'policy list',
  arguments: '',
  summary: 'list the policies in force, who wrote them, and what they refused lately',
  example: 'custody policy list',
  options: CONNECTION_OPTIONS,
  run: (invocation) =>
    connected(invocation, async (connection) => {
      const { out } = invocation;
      const list = await connection.json<List>('/custody/v1/policies');
      if (out.json) out.write(`${JSON.stringify(list)}\n`);
      else if (list.items.length === 0)
        out.note('No policy is in force. custody policy publish NAME PATH brings one in.');
      else
        for (const { name, inForce, versions, lately } of list.items) {
          const state =
            inForce === null
              ? 'withdrawn'
              : `version ${inForce.version} by ${inForce.author}, ${inForce.recorded.slice(0, 10)}`;
          out.write(
            `${name.padEnd(24)} ${state.padEnd(44)} 7 days: ${lately.allowed} allowed, ${lately.refused} refused  (${versions} versions)\n`,
          );
        }
      return EXIT.ok;
    }),
};

export const policyPublish: Command = {
  name: 'policy publish',
  arguments: 'NAME PATH',
  summary: 'bring a policy into force, as an entry of the log',
  example: 'custody policy publish gate-read policies/gate-read -m "Marketing reads public columns only"',
  details:
    'PATH is a .rego file, a folder or a bundle (.tar.gz). It is compiled with everything in force, its tests are run, then it decides.',
  options: {
    ...MESSAGE,
    author: { type: 'string', value: 'NAME', help: 'who wrote it (default: who publishes it)' },
    base: { type: 'string', value: 'VERSION', help: 'refuse if there is a newer version than this' },
    untested: { type: 'boolean', help: 'publish even if its tests fail' },
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const [name = '', path = ''] = named(invocation, 2, 'Give a name and a path.');
    const message = messageOf(invocation);
    const files = await filesAt(path);
    const [author, base] = [stringOf(invocation, 'author'), stringOf(invocation, 'base')];
    return connected(invocation, async (connection) => {
      const body = {
        files,
        message,
        untested: invocation.values['untested'] === true,
        ...(author !== undefined && { author }),
        ...(base !== undefined && { base: wholeNumber(base) }),
      };
      sayVersion(invocation, name, await connection.json<Version>(at(name), posted(body)));
      return EXIT.ok;
    });
  },
};

export const policyRollback: Command = {
  name: 'policy rollback',
  arguments: 'NAME VERSION',
  summary: 'bring an earlier version into force again, as a new one',
  example: 'custody policy rollback gate-read 3 -m "Version 4 locks out the nightly run"',
  options: { ...MESSAGE, ...CONNECTION_OPTIONS },
  run(invocation) {
    const [name = '', version = ''] = named(invocation, 2, 'Give a name and a version.');
    const body = { version: wholeNumber(version), message: messageOf(invocation) };
    return connected(invocation, async (connection) => {
      sayVersion(invocation, name, await connection.json<Version>(at(name, '/rollback'), posted(body)));
      return EXIT.ok;
    });
  },
};

export const policyWithdraw: Command = {
  name: 'policy withdraw',
  arguments: 'NAME',
  summary: 'take a policy out of force',
  example: 'custody policy withdraw gate-share -m "Sharing goes through gate-read now"',
  options: { ...MESSAGE, ...CONNECTION_OPTIONS },
  run(invocation) {
    const [name = ''] = named(invocation, 1, 'Give a name.');
    const message = messageOf(invocation);
    return connected(invocation, async (connection) => {
      sayVersion(invocation, name, await connection.json<Version>(at(name, '/withdraw'), posted({ message })));
      return EXIT.ok;
    });
  },
};

export const policyDiff: Command = {
  name: 'policy diff',
  arguments: 'NAME [VERSION|PATH] [VERSION|PATH]',
  summary: 'show what differs between versions of a policy, or a version and files',
  example: 'custody policy diff gate-read policies/gate-read',
  details:
    'With one argument: from the version in force to it. Without: from the version before to the one in force. Exit code 1 if they differ.',
  options: CONNECTION_OPTIONS,
  async run(invocation) {
    const { out, positionals } = invocation;
    const [name, first, second] = positionals;
    if (name === undefined || positionals.length > 3)
      throw new UsageError('Give a name and at most two versions or paths.');
    return connected(invocation, async (connection) => {
      const newest = await connection.json<Detail>(at(name));
      const current = newest.shown ?? 1;
      const [from, to] =
        first === undefined
          ? [String(Math.max(1, current - 1)), String(current)]
          : second === undefined
            ? [String(current), first]
            : [first, second];
      const [before, after] = [await filesOf(connection, name, from), await filesOf(connection, name, to)];
      const changes = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((file) => {
        const lines = diffLines(before[file] ?? '', after[file] ?? '');
        return lines.every(({ kind }) => kind === 'same') ? [] : [{ file, lines }];
      });
      if (out.json) out.write(`${JSON.stringify({ policy: name, from, to, changes })}\n`);
      else for (const { file, lines } of changes) out.write(`${file}: ${from} -> ${to}\n${shownLines(lines)}\n`);
      return changes.length === 0 ? EXIT.ok : EXIT.no;
    });
  },
};

async function filesOf(connection: Connection, name: string, which: string): Promise<Files> {
  if (!/^\d{1,9}$/.test(which)) return filesAt(which);
  return (await connection.json<Detail>(`${at(name)}?version=${which}`)).files;
}

/** Changed lines, with two around them. */
function shownLines(lines: ReturnType<typeof diffLines>): string {
  const near = (i: number): boolean => lines.slice(Math.max(0, i - 2), i + 3).some(({ kind }) => kind !== 'same');
  const shown: string[] = [];
  lines.forEach(({ kind, text }, i) => {
    if (near(i)) shown.push(`${{ same: ' ', removed: '-', added: '+' }[kind]} ${text}`);
    else if (shown.at(-1) !== '  ...') shown.push('  ...');
  });
  return shown.join('\n');
}

export const policyDryRun: Command = {
  name: 'policy dry-run',
  arguments: 'PATH',
  summary: 'ask the decisions of the past again, of a changed policy, and print which would flip',
  example: 'custody policy dry-run policies/gate-read --policy gate-read --since 2026-11-01',
  details:
    'Everything else stays as it is in force. Each flip names the rules that held then and the statement where the changed policy stops. Exit code 1 if a decision flips.',
  options: {
    policy: {
      type: 'string',
      value: 'NAME',
      help: 'the policy that PATH is a change of (default: the name of the path)',
    },
    since: { type: 'string', value: 'TIME', help: 'from when on (default: 30 days ago)' },
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const [path = ''] = named(invocation, 1, 'Give a path.');
    const name =
      stringOf(invocation, 'policy') ??
      (path.replace(/\/+$/, '').split('/').pop() as string).replace(/\.(rego|tar\.gz|tgz)$/, '');
    const files = await filesAt(path);
    const since = timeOf(invocation, 'since') ?? new Date(Date.now() - 30 * 86_400_000).toISOString();
    return connected(invocation, async (connection) => {
      const run = await connection.json<DryRun>(at(name, '/dry-run'), posted({ files, since }));
      const flipped = run.nowDenied + run.nowAllowed + run.otherwise;
      if (invocation.out.json) invocation.out.write(`${JSON.stringify({ policy: name, since, ...run })}\n`);
      else invocation.out.write(toldRun(run, flipped));
      return flipped === 0 ? EXIT.ok : EXIT.no;
    });
  },
};

function toldRun(run: DryRun, flipped: number): string {
  const lines = [
    `${flipped} of ${run.decisions} decisions would flip: ${run.nowDenied} now denied, ${run.nowAllowed} now allowed, ${run.otherwise} otherwise; ${run.changed} answer with another value`,
  ];
  if (run.erased > 0) lines.push(`${run.erased} cannot be asked again: their input was erased`);
  if (run.cut) lines.push('There are more decisions in that time; the oldest were asked.');
  for (const flip of run.flips) {
    const about = Object.entries(flip.summary).map(([key, value]) => `${key}=${String(value)}`);
    lines.push(
      `  entry ${flip.entry}  ${flip.decided}  ${flip.path}  ${flip.was} -> ${flip.would}  ${about.join(' ')}`,
    );
    for (const rule of flip.heldThen) lines.push(`    held then: ${rule}`);
    for (const rule of flip.holdsNow) lines.push(`    holds now: ${rule}`);
    if (flip.stopped !== null) lines.push(`    stops at:  ${flip.stopped}`);
  }
  if (flipped > run.flips.length) lines.push(`  and ${flipped - run.flips.length} more`);
  return `${lines.join('\n')}\n`;
}
