import { availableParallelism } from 'node:os';
import { Baseline, BaselineError, baselineText } from '../gate/check/baseline.ts';
import type { CheckFinding, Checker } from '../gate/check/checker.ts';
import { judge, refuses } from '../gate/check/fate.ts';
import { SEVERITIES, type Severity } from '../gate/check/severity.ts';
import type { CheckSettings } from '../gate/check/waiver.ts';
import type { MadeAsset } from '../producers/check/assets.ts';
import type { Facts } from '../producers/check/facts.ts';
import { VERSION } from '../data-folder.ts';
import type { LeftOut } from '../source/repository.ts';
import type { PassPlan } from './check-pass.ts';
import {
  CommandError,
  EXIT,
  numberOf,
  stringOf,
  stringsOf,
  UsageError,
  type Command,
  type Invocation,
} from './command.ts';
import { CONNECTION_OPTIONS } from './connection.ts';
import { textOf } from './named-path.ts';
import { visible } from './visible.ts';
import { formatJUnit } from './check-junit.ts';
import { formatMarkdown } from './check-markdown.ts';
import { formatCheckJson, formatCheckTable, type CheckReport } from './check-report.ts';
import { formatCheckSarif } from './check-sarif.ts';

const FORMATS = ['table', 'json', 'sarif', 'junit', 'markdown'] as const;
const SETTINGS_FILE = 'custody.check.yaml';
/** Files from which on starting a second thread is worth its while. */
const SECOND_THREAD_FROM = 400;

export const check: Command = {
  name: 'check',
  arguments: 'PATH',
  summary:
    'refuse secrets, personal data and insecure settings in pipelines, notebooks, SQL, Terraform, images and CI, before they are merged',
  example: 'custody check . --format sarif --out custody.sarif --baseline custody.baseline.json',
  details:
    'Nothing of the repository is run. The rules are Rego: `custody check --list-rules` names them, --rules adds your own.\n' +
    `${SETTINGS_FILE} at its root holds waivers (reason, owner, end), rules that are off, and what is excluded (docs/check.md).\n` +
    'Exit code 1 if a finding refuses.',
  options: {
    format: { type: 'string', value: 'FORMAT', help: `${FORMATS.join(', ')} (default table)` },
    out: { type: 'string', short: 'o', value: 'FILE', help: 'write the report there' },
    report: {
      type: 'string',
      value: 'FORMAT=FILE',
      multiple: true,
      help: 'write a report in another format as well, from the same run',
    },
    rules: {
      type: 'string',
      value: 'FOLDER',
      multiple: true,
      help: 'Rego rules of your own, beside the built-in ones',
    },
    'list-rules': { type: 'boolean', help: 'name the rules and end' },
    baseline: { type: 'string', value: 'FILE', help: 'findings that were there before and do not refuse' },
    'write-baseline': { type: 'string', value: 'FILE', help: 'write the findings of now as a baseline' },
    'fail-on': { type: 'string', value: 'SEVERITY', help: 'least severity that refuses: low, medium, high, critical' },
    facts: { type: 'boolean', help: 'with --format json: what was read, too' },
    base: {
      type: 'string',
      value: 'REF',
      help: 'say what changed since this branch or commit would reach (default in CI: what it is merged into)',
    },
    history: { type: 'boolean', help: 'look for secrets in all commits of the git history as well' },
    record: { type: 'boolean', help: 'record findings and verdict in the log' },
    repository: {
      type: 'string',
      value: 'NAME',
      help: 'with --record: its name (default: its remote, or $GITHUB_REPOSITORY)',
    },
    branch: { type: 'string', value: 'NAME', help: 'with --record: its branch (default: what is checked out)' },
    threads: {
      type: 'string',
      value: 'N',
      help: `1 or 2 (default: 2 where there are two cores, from ${SECOND_THREAD_FROM} files on)`,
    },
    settings: { type: 'string', value: 'FILE', help: `settings other than PATH/${SETTINGS_FILE}` },
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const { out, positionals, values } = invocation;
    const format = out.json ? 'json' : (stringOf(invocation, 'format') ?? 'table');
    if (!isFormat(format)) throw new UsageError(`--format is one of ${FORMATS.join(', ')}, not "${format}".`);
    if (values['list-rules'] === true) return explaining(() => listRules(invocation));
    const [folder, ...more] = positionals;
    if (folder === undefined || more.length > 0) throw new UsageError('Name one folder or file.');
    const others = otherReports(invocation);
    const report = await explaining(() => checkFolder(invocation, folder));
    const isRefused = report.findings.some(refuses);
    const baseline = stringOf(invocation, 'write-baseline');
    if (baseline !== undefined) {
      await (await import('../source/text-file.ts')).replaceTextFile(baseline, baselineText(report.findings));
      out.note(`${report.findings.length} findings written to ${baseline}`);
    }
    if (values['record'] === true) {
      const { recordCheck } = await import('./check-record.ts');
      const { entry } = await recordCheck(invocation, folder, report, formatCheckJson(report));
      out.note(`entry ${entry} of the log`);
    }
    for (const { format: other, file } of others)
      await (await import('../source/text-file.ts')).replaceTextFile(file, reportText(report, other, undefined));
    const text = reportText(report, format, out.isTerminal ? process.stdout.columns : undefined);
    const file = stringOf(invocation, 'out');
    if (file === undefined) out.write(text);
    else {
      await (await import('../source/text-file.ts')).replaceTextFile(file, text);
      out.note(`${isRefused ? 'refused' : 'passed'}, ${report.findings.length} findings: ${file}`);
    }
    return isRefused ? EXIT.no : EXIT.ok;
  },
};

type Format = (typeof FORMATS)[number];
const isFormat = (text: string): text is Format => (FORMATS as readonly string[]).includes(text);

/** `--report sarif=custody.sarif`, any number of times. */
function otherReports(invocation: Invocation): readonly { readonly format: Format; readonly file: string }[] {
  return stringsOf(invocation, 'report').map((text) => {
    const [format, ...rest] = text.split('=');
    const file = rest.join('=');
    if (format === undefined || !isFormat(format) || file === '')
      throw new UsageError(`--report is FORMAT=FILE with one of ${FORMATS.join(', ')}, not "${text}".`);
    return { format, file };
  });
}

function reportText(report: CheckReport, format: Format, width: number | undefined): string {
  switch (format) {
    case 'table':
      return formatCheckTable(report, width);
    case 'json':
      return formatCheckJson(report);
    case 'sarif':
      return formatCheckSarif(report, VERSION);
    case 'junit':
      return formatJUnit(report);
    case 'markdown':
      return formatMarkdown(report);
  }
}

/** A rule that does not compile, or lacks its metadata, is named with its file and line. */
async function explaining<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { RegoError } = await import('../gate/rego/index.ts');
    if (error instanceof RegoError) throw new CommandError(error.format(), error.remedy, EXIT.usage);
    throw error;
  }
}

async function listRules(invocation: Invocation): Promise<0> {
  const { formatTable } = await import('./table.ts');
  const { rulesIn } = await import('../gate/check/rule.ts');
  const rules = [...rulesIn((await ruleModules(invocation)).modules).values()].sort(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (a.id < b.id ? -1 : 1),
  );
  if (invocation.out.json) invocation.out.write(`${JSON.stringify({ rules })}\n`);
  else
    invocation.out.write(
      formatTable(
        [
          { head: 'RULE', value: ({ id }) => id },
          { head: 'SEVERITY', value: ({ severity }) => severity },
          { head: 'KIND', value: ({ kind }) => kind },
          { head: 'CHECKOV', value: ({ checkov }) => checkov.join(', ') },
          { head: 'WHAT IT REFUSES', value: ({ title }) => title },
        ],
        rules,
      ),
    );
  return EXIT.ok;
}

/** The rules that come with Custody, and those of --rules. */
async function ruleModules(invocation: Invocation): Promise<Pick<PassPlan, 'modules' | 'own'>> {
  const { readRules } = await import('../source/rule-files.ts');
  const own: Record<string, string> = {};
  for (const folder of stringsOf(invocation, 'rules')) Object.assign(own, await readRules(folder));
  return { modules: { ...(await readRules(null)), ...own }, own: Object.keys(own) };
}

async function checkFolder(invocation: Invocation, folder: string): Promise<CheckReport> {
  const { out, values } = invocation;
  const { repositoryFiles } = await import('../source/repository.ts');
  const { matchesPath } = await import('../gate/check/waiver.ts');
  const { FilePass, passOver } = await import('./check-pass.ts');
  const { assetsOf } = await import('../producers/check/assets.ts');
  const { changeOf, reachOf } = await import('./check-reach.ts');
  const { CheckServer } = await import('./check-server.ts');
  const { ProjectFiles, projectFacts } = await import('../producers/check/project.ts');
  const { root, files, left: unread } = await repositoryFiles(folder);
  const settings = await settingsOf(invocation, root);
  // What is wrong with how it was called is said before anything is read.
  const [least, baseline, wanted] = [
    leastOf(invocation, settings),
    baselineOf(invocation),
    numberOf(invocation, 'threads', 1, 2),
  ];
  const { changed, notes } = await changeOf(invocation, root);
  const left: LeftOut[] = [...unread];
  const findings: CheckFinding[] = [];
  const facts: Facts[] = [];
  const paths = files
    .map(({ path }) => path)
    .filter((path) => !settings.exclude.some((pattern) => matchesPath(pattern, path)));
  const plan = {
    root,
    paths,
    ...(await ruleModules(invocation)),
    settings: settings.settings,
    off: [...settings.off.keys()],
    areFactsWanted: values['facts'] === true,
  };
  const pass = new FilePass(plan);
  const { checker } = pass;
  const isLarge = paths.length >= SECOND_THREAD_FROM && availableParallelism() > 1;
  const project = new ProjectFiles();
  const made: MadeAsset[] = [];
  let done = 0;
  await passOver(plan, pass, wanted === 2 || (wanted === undefined && isLarge) ? 2 : 1, (result) => {
    if (result.left !== null) left.push({ path: result.path, reason: result.left });
    for (const finding of result.findings) findings.push(finding);
    for (const one of result.facts) facts.push(one);
    for (const one of result.made) made.push(one);
    if (result.part !== null) project.add(result.path, result.part);
    if (done++ % 50 === 0) out.progress(`${done} of ${paths.length} files, ${findings.length} findings`);
  });
  left.push(...project.left);
  const server = await CheckServer.open(invocation);
  try {
    const options = { settings: settings.settings, labels: await server.labels() };
    for (const one of await projectFacts(project.texts, options)) {
      for (const finding of checker.check(one)) findings.push(finding);
      for (const asset of assetsOf(one)) made.push(asset);
      if (values['facts'] === true) facts.push(one);
    }
    if (values['history'] === true) {
      const history = await historyFindings(root, checker, out);
      for (const finding of history.findings) findings.push(finding);
      left.push(...history.left);
    }
    const judged = judge(findings, settings.waivers, baseline, least, new Date().toISOString().slice(0, 10));
    const refused = new Set(judged.filter(refuses).map(({ file }) => file));
    const reach = await reachOf({ root, changed, refused, made, texts: project.texts, project: options, server });
    out.progress('');
    return {
      findings: judged,
      // Only some reports name the rules that found nothing.
      get rules() {
        return [...checker.rules.values()];
      },
      files: paths.length,
      left,
      hasBaseline: stringOf(invocation, 'baseline') !== undefined,
      settings: { off: [...settings.off], exclude: settings.exclude, failOn: least },
      reach: { ...reach, notes: [...notes, ...reach.notes] },
      ...(values['facts'] === true && { facts }),
    };
  } finally {
    await server.close();
  }
}

async function settingsOf(invocation: Invocation, root: string): Promise<CheckSettings> {
  const { CheckSettingsError, NO_SETTINGS, parseSettings } = await import('../gate/check/waiver.ts');
  const { readRepositoryText } = await import('../source/repository.ts');
  const named = stringOf(invocation, 'settings');
  try {
    if (named !== undefined) return parseSettings(textOf(named, 'file of settings', EXIT.environment), named);
    const text = await readRepositoryText(root, SETTINGS_FILE);
    if (typeof text === 'string') return parseSettings(text, SETTINGS_FILE);
    if (text.isMissing) return NO_SETTINGS;
    throw new CommandError(
      `${SETTINGS_FILE} is not read: ${text.reason}.`,
      'Write it as a file, or name another with --settings.',
      EXIT.usage,
    );
  } catch (error) {
    if (error instanceof CheckSettingsError) throw new CommandError(`${error.message}.`, error.remedy, EXIT.usage);
    throw error;
  }
}

function leastOf(invocation: Invocation, settings: CheckSettings): Severity {
  const wanted = stringOf(invocation, 'fail-on') ?? settings.failOn;
  const severity = SEVERITIES.find((one) => one === wanted);
  if (severity === undefined) throw new UsageError(`--fail-on is one of ${SEVERITIES.join(', ')}, not "${wanted}".`);
  return severity;
}

function baselineOf(invocation: Invocation): Baseline {
  const path = stringOf(invocation, 'baseline');
  if (path === undefined) return new Baseline();
  try {
    return Baseline.parse(textOf(path, 'baseline', EXIT.environment));
  } catch (error) {
    if (!(error instanceof BaselineError)) throw error;
    throw new CommandError(`${path} is no baseline: ${error.message}.`, 'Write one with --write-baseline.');
  }
}

const HISTORY_CHARS_MAX = 2_000_000_000;

/** Secrets that were ever added, by commit: withdrawn from the files, they are still in every clone. */
async function historyFindings(
  root: string,
  checker: Checker,
  out: Invocation['out'],
): Promise<{ readonly findings: readonly CheckFinding[]; readonly left: readonly LeftOut[] }> {
  const { HistoryReader } = await import('../producers/check/history.ts');
  const { gitAnswer } = await import('../source/git.ts');
  const findings: CheckFinding[] = [];
  const left: LeftOut[] = [];
  const reader = new HistoryReader(
    (facts) => findings.push(...checker.check(facts)),
    (path) => left.push({ path, reason: 'more was added than is read of one file' }),
  );
  // Merges with a column for each parent: what only a merge adds is nowhere else. Every file as text, whatever attributes say.
  const args = ['log', '--all', '--root', '-p', '-c', '-U0', '--text', '--no-color', '--no-ext-diff', '--no-textconv'];
  let chars = 0;
  try {
    for await (const chunk of gitAnswer(root, [...args, '--no-renames', '--no-notes', '--format=commit %H'])) {
      chars += chunk.length;
      reader.push(chunk);
      out.progress(`reading the git history: ${Math.round(chars / 1e6)} MB, ${findings.length} findings`);
      if (chars < HISTORY_CHARS_MAX) continue;
      left.push({ path: 'git history', reason: `only its newest ${HISTORY_CHARS_MAX / 1e9} GB were read` });
      break;
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { RegoError } = await import('../gate/rego/index.ts');
    if (error instanceof RegoError) throw error;
    throw new CommandError(
      `The git history cannot be read: ${visible(error.message)}.`,
      'Leave out --history where there is none; in CI fetch it (fetch-depth: 0).',
    );
  }
  reader.end();
  return { findings, left };
}
