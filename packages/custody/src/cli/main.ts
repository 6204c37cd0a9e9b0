/** `custody`: the command line. */
import { parseArgs } from 'node:util';
import {
  CommandError,
  EXIT,
  UsageError,
  type Command,
  type Exit,
  type Invocation,
  type Option,
  type Output,
} from './command.ts';

/** By name, loaded when asked for: the files of all commands together are most of the start of any one. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start.ts')).start,
  signin: async () => (await import('./token.ts')).signIn,
  send: async () => (await import('./send.ts')).send,
  assets: async () => (await import('./assets.ts')).assets,
  trace: async () => (await import('./trace.ts')).trace,
  blast: async () => (await import('./blast.ts')).blast,
  causes: async () => (await import('./causes.ts')).causes,
  'lineage columns': async () => (await import('./columns.ts')).lineageColumns,
  'lineage path': async () => (await import('./path.ts')).lineagePath,
  'lineage diff': async () => (await import('./difference.ts')).lineageDiff,
  'lineage gaps': async () => (await import('./gaps.ts')).lineageGaps,
  export: async () => (await import('./export.ts')).exportLineage,
  'lineage sql': async () => (await import('./lineage.ts')).lineageSql,
  'lineage import': async () => (await import('./import.ts')).lineageImport,
  sign: async () => (await import('./sign.ts')).sign,
  verify: async () => (await import('./verify.ts')).verify,
  attest: async () => (await import('./attest.ts')).attest,
  'attest verify': async () => (await import('./attest-verify.ts')).attestVerify,
  'attest step': async () => (await import('./attest-step.ts')).attestStep,
  'attest layout': async () => (await import('./attest-layout.ts')).attestLayout,
  'attest record': async () => (await import('./attest-log.ts')).attestRecord,
  'attest list': async () => (await import('./attest-log.ts')).attestList,
  check: async () => (await import('./check.ts')).check,
  scan: async () => (await import('./scan.ts')).scan,
  'dataset manifest': async () => (await import('./dataset-manifest.ts')).datasetManifest,
  'dataset verify': async () => (await import('./dataset-manifest.ts')).datasetVerify,
  'dataset prove': async () => (await import('./dataset-manifest.ts')).datasetProve,
  'dataset commit': async () => (await import('./dataset-commit.ts')).datasetCommit,
  'dataset log': async () => (await import('./dataset-log.ts')).datasetLog,
  'dataset diff': async () => (await import('./dataset-diff.ts')).datasetDiff,
  'dataset alias': async () => (await import('./dataset-log.ts')).datasetAlias,
  'dataset rollback': async () => (await import('./dataset-rollback.ts')).datasetRollback,
  ingest: async () => (await import('./ingest.ts')).ingest,
  'gate init': async () => (await import('./gate.ts')).gateInit,
  'gate check': async () => (await import('./gate.ts')).gateCheck,
  'gate baseline': async () => (await import('./gate.ts')).gateBaseline,
  'gate import': async () => (await import('./gate.ts')).gateImport,
  'gate reveal': async () => (await import('./gate.ts')).gateReveal,
  'gate forget': async () => (await import('./gate.ts')).gateForget,
  'audit verify': async () => (await import('./audit.ts')).auditVerify,
  'quarantine list': async () => (await import('./quarantine.ts')).quarantineList,
  'quarantine show': async () => (await import('./quarantine.ts')).quarantineShow,
  'quarantine release': async () => (await import('./quarantine.ts')).quarantineRelease,
  'quarantine destroy': async () => (await import('./quarantine.ts')).quarantineDestroy,
  'label list': async () => (await import('./label.ts')).labelList,
  'label accept': async () => (await import('./label.ts')).labelAccept,
  'label reject': async () => (await import('./label.ts')).labelReject,
  'policy eval': async () => (await import('./policy.ts')).policyEval,
  'policy fmt': async () => (await import('./policy-fmt.ts')).policyFmt,
  'policy test': async () => (await import('./policy-test.ts')).policyTest,
  'policy list': async () => (await import('./policy-publish.ts')).policyList,
  'policy publish': async () => (await import('./policy-publish.ts')).policyPublish,
  'policy diff': async () => (await import('./policy-publish.ts')).policyDiff,
  'policy dry-run': async () => (await import('./policy-publish.ts')).policyDryRun,
  'policy rollback': async () => (await import('./policy-publish.ts')).policyRollback,
  'policy withdraw': async () => (await import('./policy-publish.ts')).policyWithdraw,
  'log check': async () => (await import('./log.ts')).logCheck,
  'log prove': async () => (await import('./log.ts')).logProve,
  'log key': async () => (await import('./log.ts')).logKey,
  'log mirror': async () => (await import('./log.ts')).logMirror,
  'token create': async () => (await import('./token.ts')).tokenCreate,
  'token list': async () => (await import('./token.ts')).tokenList,
  'token revoke': async () => (await import('./token.ts')).tokenRevoke,
};

const COMMON: Readonly<Record<string, Option>> = {
  json: { type: 'boolean', help: 'answer as JSON' },
  help: { type: 'boolean', short: 'h', help: 'this text' },
};

export async function main(args: readonly string[]): Promise<Exit> {
  // A reader that went away (`| head`) is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.environment),
  );
  const found = await findCommand(args);
  if (!found) return general(args);
  const { command, rest } = found;
  try {
    const { values, positionals } = parseArgs({
      args: [...rest],
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries({ ...command.options, ...COMMON }).map(([name, { type, short, multiple }]) => [
          name,
          { type, ...(short && { short }), ...(multiple && { multiple }) },
        ]),
      ),
    });
    const invocation = { values: values as Invocation['values'], positionals };
    if (invocation.values['help']) {
      process.stdout.write(commandHelp(command));
      return EXIT.ok;
    }
    return await command.run({ ...invocation, out: output(invocation.values['json'] === true) });
  } catch (error) {
    return await explain(error, command);
  }
}

async function findCommand(args: readonly string[]): Promise<{ command: Command; rest: readonly string[] } | null> {
  for (const words of [2, 1]) {
    const name = args.slice(0, words).join(' ');
    if (Object.hasOwn(COMMANDS, name)) return { command: await COMMANDS[name]!(), rest: args.slice(words) };
  }
  return null;
}

async function general(args: readonly string[]): Promise<Exit> {
  const { VERSION } = await import('../data-folder.ts');
  const [first] = args;
  if (first === '--version' || first === '-v') {
    process.stdout.write(`custody ${VERSION}\n`);
    return EXIT.ok;
  }
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    const topic = first === 'help' ? await findCommand(args.slice(1)) : null;
    process.stdout.write(topic ? commandHelp(topic.command) : generalHelp(VERSION, await allCommands()));
    return EXIT.ok;
  }
  const group = (await allCommands()).filter(({ name }) => name.startsWith(`${first} `));
  const wanted = args
    .slice(0, 2)
    .filter((arg) => !arg.startsWith('-'))
    .join(' ');
  if (group.length > 0) {
    const help = args.includes('--help') || args.includes('-h');
    (help ? process.stdout : process.stderr).write(
      `${help ? '' : `custody: ${first} needs one of these:\n`}${group.map(({ name, arguments: rest, summary }) => `  custody ${name} ${rest}`.padEnd(40) + summary).join('\n')}\n`,
    );
    return help ? EXIT.ok : EXIT.usage;
  }
  process.stderr.write(`custody: there is no command "${wanted}". custody --help lists them.\n`);
  return EXIT.usage;
}

const allCommands = (): Promise<readonly Command[]> => Promise.all(Object.values(COMMANDS).map((load) => load()));

function generalHelp(version: string, commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name, arguments: rest }) => `${name} ${rest}`.length));
  const lines = commands.map(
    ({ name, arguments: rest, summary }) => `  ${`${name} ${rest}`.padEnd(width)}  ${summary}`,
  );
  return `custody ${version}: the chain of custody of the data that feeds AI

Usage
  custody COMMAND [OPTIONS]

Commands
${lines.join('\n')}

Options of every command
  --json      answer as JSON
  --help, -h  what it does, its options, an example

On the machine and for the user that runs the server, commands sign themselves in. Elsewhere give --url and $CUSTODY_TOKEN.
Where no server runs, commands read the data folder themselves.

Exit codes
  0  done      1  the answer is no: a check failed, an event was refused, an asset is not known
  2  usage     3  something is in the way: no server, no data, a full disk, a folder in use
  custody ingest also: 4  rows were set aside     5  the input is broken
`;
}

function commandHelp({ name, arguments: rest, summary, details, options, example }: Command): string {
  const lines = Object.entries({ ...options, ...COMMON }).map(([option, { short, value, help }]) => {
    const left = `--${option}${value ? ` ${value}` : ''}${short ? `, -${short}` : ''}`;
    return `  ${left.padEnd(22)}  ${help}`;
  });
  return `custody ${name}: ${summary}
${details ? `${details}\n` : ''}
Usage
  custody ${`${name} ${rest}`.trim()} [OPTIONS]

Options
${lines.join('\n')}

Example
  ${example}
`;
}

function output(json: boolean): Output {
  let shown = false;
  return {
    json,
    isTerminal: process.stdout.isTTY === true,
    write: (text) => void process.stdout.write(text),
    note: (text) => void process.stderr.write(`${text}\n`),
    progress(text) {
      if (!process.stderr.isTTY) return;
      if (text === '' && !shown) return;
      process.stderr.write(`\r\u001b[2K${text}`);
      shown = text !== '';
    },
  };
}

const UNANSWERED: ReadonlySet<string> = new Set(['signer-unavailable', 'key-unreadable', 'unreadable']);

async function explain(error: unknown, { name }: Command): Promise<Exit> {
  const say = (message: string, remedy = '') =>
    process.stderr.write(`custody: ${message}${remedy ? `\n${remedy}` : ''}\n`);
  if (error instanceof UsageError || (error as NodeJS.ErrnoException)?.code?.startsWith('ERR_PARSE_ARGS')) {
    say((error as Error).message, `Try custody ${name} --help.`);
    return EXIT.usage;
  }
  if (error instanceof CommandError) {
    say(error.message, error.remedy);
    return error.exit;
  }
  const { AttestError } = await import('../attest/attest-error.ts');
  if (error instanceof AttestError) {
    say(`${error.message} (step ${error.refusal.step}, cause ${error.code}).`, error.refusal.remedy);
    // A key, a vault or a file that is not there is no answer about what was signed.
    return UNANSWERED.has(error.code) ? EXIT.environment : EXIT.no;
  }
  const { SourceError } = await import('../source/source-error.ts');
  const { AppError } = await import('../app-error.ts');
  const { LogError } = await import('../log/log-error.ts');
  if (error instanceof LogError || error instanceof AppError || error instanceof SourceError) {
    say(error.message, error.remedy);
    return EXIT.environment;
  }
  say(`this is a mistake in Custody: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return EXIT.environment;
}
