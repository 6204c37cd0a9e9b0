/** `custody ingest`: a file through the gate, to a place where it appears whole or not at all. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, stat, unlink } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import type { InputFormat } from '../gate/ingest/gate.ts';
import type { GateReport } from '../gate/ingest/gate-report.ts';
import type { GateRules } from '../gate/ingest/rules.ts';
import type { StagedFile } from '../source/staged-file.ts';
import { CommandError, EXIT, stringOf, UsageError, type Command, type Exit, type Invocation } from './command.ts';
import { connect, CONNECTION_OPTIONS, dataFolder, type Connection } from './connection.ts';
import { explained } from './gate-trouble.ts';
import { recordIngest, type IngestEvidence } from './ingest-record.ts';
import { formatIngest } from './ingest-report.ts';

const OUTPUTS: Readonly<Record<string, 'csv' | 'jsonl' | 'parquet'>> = {
  '.csv': 'csv', '.tsv': 'csv', '.tab': 'csv', '.psv': 'csv', '.jsonl': 'jsonl', '.ndjson': 'jsonl', '.parquet': 'parquet', '.pq': 'parquet',
}; // prettier-ignore

export const ingest: Command = {
  name: 'ingest',
  arguments: 'SOURCE',
  summary: 'let a file in through the gate: find, mask, check, audit, or refuse it',
  example: 'custody ingest reviews.csv --to clean.parquet --rules custody.gate.yaml',
  details:
    'SOURCE is CSV, TSV, JSON or JSON Lines, packed or not, or - for standard input. Every row is looked at. The output appears whole or not at all; ' +
    'an audit of every changed value lies beside it, and the log gets one entry. ' +
    'Exit codes: 0 accepted; 4 written, but rows were set aside (or the whole batch was); 1 refused by a rule or a check; ' +
    '5 the input is broken; 2 the command or the rules are wrong; 3 something is in the way, such as a full disk. ' +
    'But with 0 and 4 the destination is untouched.',
  options: {
    to: { type: 'string', value: 'FILE', help: 'where it goes: .csv, .tsv, .jsonl or .parquet' },
    rules: { type: 'string', value: 'FILE', help: 'the rules (default custody.gate.yaml)' },
    as: { type: 'string', value: 'KIND', help: 'read as csv, jsonl or json, whatever the name says' },
    audit: { type: 'string', value: 'FILE', help: 'where the audit goes (default: beside the output)' },
    key: { type: 'string', value: 'FILE', help: 'the secret of tokens and digests (default: of the data folder)' },
    'dry-run': { type: 'boolean', help: 'read and judge, write nothing' },
    'no-log': { type: 'boolean', help: 'make no entry; rows that would be set aside refuse the input' },
    ...CONNECTION_OPTIONS,
  },
  run: (invocation) => explained(() => runIngest(invocation), stringOf(invocation, 'rules') ?? 'custody.gate.yaml'),
};

interface Plan {
  readonly source: string;
  readonly to: string;
  readonly format: 'csv' | 'jsonl' | 'parquet';
  readonly rulesPath: string;
  readonly rules: GateRules;
  readonly rulesDigest: string;
  readonly isDry: boolean;
  readonly isLogged: boolean;
}

async function planOf(invocation: Invocation): Promise<Plan> {
  const { positionals, values } = invocation;
  const [source] = positionals;
  if (source === undefined || positionals.length > 1) throw new UsageError('Name one file, or - for standard input.');
  const isDry = values['dry-run'] === true;
  const to = stringOf(invocation, 'to');
  if (to === undefined && !isDry) throw new UsageError('Say where it goes with --to, or try it with --dry-run.');
  const format = to === undefined ? 'csv' : OUTPUTS[extname(to).toLowerCase()];
  if (format === undefined) throw new UsageError(`--to takes a .csv, .tsv, .jsonl or .parquet, not ${to}.`);
  const rulesPath = stringOf(invocation, 'rules') ?? 'custody.gate.yaml';
  const text = await readFile(rulesPath, 'utf8').catch((error: Error) => {
    throw new CommandError(
      `Cannot read the rules: ${error.message}.`,
      `custody gate init ${source} writes some to start from.`,
      EXIT.usage,
    );
  });
  const { readRules } = await import('../gate/ingest/rules-file.ts');
  const rules = readRules(text);
  const rulesDigest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  return {
    source,
    to: to ?? '',
    format,
    rulesPath,
    rules,
    rulesDigest,
    isDry,
    isLogged: values['no-log'] !== true && !isDry,
  };
}

async function runIngest(invocation: Invocation): Promise<Exit> {
  const plan = await planOf(invocation);
  const connection = plan.isLogged ? await connect(invocation) : null;
  try {
    return await ingestWith(invocation, plan, connection);
  } finally {
    await connection?.close();
  }
}

async function ingestWith(invocation: Invocation, plan: Plan, connection: Connection | null): Promise<Exit> {
  const { out } = invocation;
  const { source, to, rules, rulesPath, isDry } = plan;
  const [
    { openGateInput },
    { readGateKeys, SubjectKeyFiles },
    { StagedFile },
    { runGate },
    { VERSION },
    { baselineOf, readReferences },
  ] = await Promise.all([
    import('../source/gate-input.ts'),
    import('../source/gate-key-file.ts'),
    import('../source/staged-file.ts'),
    import('../source/ingest-run.ts'),
    import('../data-folder.ts'),
    import('../source/gate-references.ts'),
  ]);
  const data = dataFolder(invocation);
  const keyFile = stringOf(invocation, 'key') ?? process.env['CUSTODY_GATE_KEY_FILE'];
  if (keyFile === undefined) await mkdir(data, { recursive: true, mode: 0o700 });
  const keys = await readGateKeys(keyFile ?? `${data}/gate.key`, keyFile === undefined);
  const subjects = await SubjectKeyFiles.open(`${data}/subject-keys`);
  const dataset = rules.dataset ?? { namespace: 'file', name: to === '' ? resolve(source) : resolve(to) };
  const kind = kindOption(invocation);
  const id = randomUUID();
  const started = new Date();
  const auditPath =
    stringOf(invocation, 'audit') ??
    `${to}.${started.toISOString().replace(/[-:]|\.\d+/g, '')}-${id.slice(0, 8)}.audit.jsonl`;
  const catalog = connection
    ? await import('./ingest-record.ts').then((one) => one.catalogOf(connection, dataset))
    : { labels: new Map(), rows: [] };
  const input = await openGateInput(source, kind);
  const staged: StagedFile[] = [];
  const stage = async (path: string, mode?: number): Promise<StagedFile> => {
    const file = await StagedFile.create(path, mode);
    staged.push(file);
    return file;
  };
  try {
    const output = isDry ? null : await stage(to);
    const audit = isDry ? null : await stage(auditPath, 0o600);
    const sealKey = randomBytes(32);
    const run = await runGate(
      {
        rules,
        input: input.format,
        output: plan.format === 'jsonl' || (plan.format === 'parquet' && input.format.kind !== 'csv') ? 'jsonl' : 'csv',
        keys,
        subjects,
        now: () => new Date(),
        dataset: `${dataset.namespace}:${dataset.name}`,
        source: source === '-' ? '-' : resolve(source),
        rulesDigest: plan.rulesDigest,
        detector: `custody/${VERSION}`,
        labels: catalog.labels,
        history: { rows: catalog.rows },
        references: await readReferences(rules, rulesPath),
        baseline: await baselineOf(rules, rulesPath),
        ...(source !== '-' && { path: source }),
      },
      input.bytes,
      { output, audit, quarantine: isDry ? null : () => stage(`${to}.quarantine`, 0o600), sealKey },
      (rows) => out.progress(progressOf(source, input.size, input.position(), rows)),
    );
    out.progress('');
    const { report } = run;
    if (isDry || output === null || audit === null) {
      say(invocation, report, null);
      return exitOf(report);
    }
    const needsLog = report.verdict === 'quarantined';
    if (needsLog && connection === null)
      throw new CommandError(
        `${report.isWhole ? 'The batch' : `${report.rows.quarantined} rows`} would be set aside, and without the log there is no place for them.`,
        'Leave --no-log out, or let the rules mask or fail.',
        EXIT.no,
      );
    const landing =
      report.verdict === 'rejected' || report.isWhole
        ? null
        : await landingOf(plan, input.format, output, report, stage);
    await subjects.save();
    await audit.sync();
    await landing?.sync();
    const evidence: IngestEvidence = {
      id,
      started: started.toISOString(),
      dataset,
      source: { namespace: 'file', name: source === '-' ? 'stdin' : resolve(source) },
      report,
      output:
        landing === null
          ? null
          : {
              digest: landing === output ? output.digest() : await digestOf(landing.part),
              bytes: (await stat(landing.part)).size,
              format: plan.format,
            },
      audit: { digest: audit.digest(), lines: run.auditLines },
      rules: plan.rulesDigest,
      detector: `custody/${VERSION}`,
    };
    // Of an input that is refused nothing is kept.
    let held: StagedFile | null = report.verdict === 'rejected' ? null : run.quarantine;
    if (report.isWhole)
      held = await sealedWhole(output, input.format, report, sealKey, await stage(`${to}.whole`, 0o600));
    await held?.sync();
    const recorded =
      connection === null
        ? null
        : await recordIngest(connection, evidence, held === null ? null : { path: held.part, key: sealKey });
    const wasThere = await stat(to).then(
      () => true,
      () => false,
    );
    await audit.commit();
    await landing?.commit();
    if (connection !== null && landing !== null)
      await import('./ingest-record.ts').then((one) => one.tellLanded(connection, id, wasThere));
    say(invocation, report, {
      id,
      to: landing === null ? null : to,
      audit: auditPath,
      entry: recorded?.entry ?? null,
      batch: recorded?.batch ?? null,
    });
    return exitOf(report);
  } finally {
    for (const file of staged) await file.discard().catch(() => unlink(file.part).catch(() => {}));
  }
}

/** What is to be put in place: what the gate wrote, or the Parquet made of it. */
async function landingOf(
  plan: Plan,
  input: InputFormat,
  output: StagedFile,
  report: GateReport,
  stage: (path: string) => Promise<StagedFile>,
): Promise<StagedFile> {
  if (plan.format !== 'parquet') return output;
  await output.sync();
  const { writeParquet } = await import('../source/parquet-writer.ts');
  const parquet = await stage(plan.to);
  const dropped = new Set(report.dropped);
  await writeParquet(
    output.part,
    input,
    parquet.part,
    report.columns.filter((name) => !dropped.has(name)),
    plan.rules.checks,
    report.longest,
  );
  return parquet;
}

async function sealedWhole(
  output: StagedFile,
  input: InputFormat,
  report: GateReport,
  key: Uint8Array,
  into: StagedFile,
): Promise<StagedFile> {
  await output.sync();
  const { wholeBatch } = await import('../source/ingest-run.ts');
  for await (const bytes of wholeBatch(output.part, input, report, key)) await into.write(bytes);
  return into;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>)
    hash.update(chunk);
  return `sha256:${hash.digest('hex')}`;
}

function kindOption(invocation: Invocation): InputFormat['kind'] | null {
  const kind = stringOf(invocation, 'as');
  if (kind === undefined) return null;
  if (kind === 'csv' || kind === 'jsonl' || kind === 'json') return kind;
  throw new UsageError(`--as takes csv, jsonl or json, not "${kind}".`);
}

const progressOf = (source: string, size: number | null, position: number, rows: number): string =>
  `${source}: ${size === null || size === 0 ? `${Math.round(position / 1e6)} MB` : `${Math.floor((position / size) * 100)}%`}, ${rows} rows`;

function say(invocation: Invocation, report: GateReport, landed: Parameters<typeof formatIngest>[1]): void {
  const { out } = invocation;
  if (out.json) out.write(`${JSON.stringify({ ...report, ...landed })}\n`);
  else out.write(formatIngest(report, landed));
}

function exitOf({ verdict }: GateReport): Exit {
  switch (verdict) {
    case 'accepted':
      return EXIT.ok;
    case 'quarantined':
      return EXIT.quarantined;
    case 'rejected':
      return EXIT.no;
    default:
      return verdict satisfies never;
  }
}
