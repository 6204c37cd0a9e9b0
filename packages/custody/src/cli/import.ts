import type { z } from '@hono/zod-openapi';
import { stat } from 'node:fs/promises';
import type { AssetPage } from '../api/contract.ts';
import type { AssetName } from '../event/event.ts';
import { goneEvent, type ImportEvent } from '../producers/import/told.ts';
import { isDataFile } from '../source/data-file.ts';
import { dbtFolder } from '../source/dbt-target.ts';
import { isDuckDbFile } from '../source/duckdb.ts';
import { isPostgresUrl } from '../source/postgres.ts';
import { SourceError } from '../source/source-error.ts';
import { isSqlFile } from '../source/sql-files.ts';
import { queryOf } from './as-of.ts';
import { CommandError, EXIT, UsageError, type Command, type Invocation, type Output } from './command.ts';
import { connect, CONNECTION_OPTIONS, type Connection } from './connection.ts';
import { BATCH_BYTES, BATCH_EVENTS, sendBatch } from './event-batch.ts';
import type { EarlierJobs, ImportPlan } from './import-plan.ts';

export const lineageImport: Command = {
  name: 'lineage import',
  arguments: 'PATH|URL...',
  summary: 'lineage of a dbt project, SQL files, a live PostgreSQL, or schemas of data files',
  example: 'custody lineage import ./etl --dialect postgres --database shop --schema public',
  details:
    'PATH is a dbt target folder or manifest.json, a folder of SQL files, some SQL files, or data files (Parquet, CSV, JSON lines, DuckDB); ' +
    'URL is postgres://... What a whole import no longer finds has ended. docs/import.md says what is read and what is never sent.',
  options: {
    dialect: { type: 'string', value: 'NAME', help: 'of SQL files (default ansi)' },
    namespace: {
      type: 'string',
      value: 'NS',
      help: 'namespace of the jobs (default: the folder; of dbt $OPENLINEAGE_NAMESPACE or dbt)',
    },
    'dataset-namespace': {
      type: 'string',
      value: 'NS',
      help: 'namespace of the tables, for example postgres://host:5432',
    },
    database: { type: 'string', value: 'NAME', help: 'database of names that name none' },
    schema: { type: 'string', value: 'NAME', help: 'schema of names that name none' },
    'schema-file': { type: 'string', value: 'FILE', help: 'columns of tables that no file makes, as JSON' },
    at: { type: 'string', value: 'TIME', help: 'since when it holds (default now; of dbt the time of the manifest)' },
    'dbt-command': {
      type: 'string',
      value: 'NAME',
      help: 'run or build: which names jobs have (default: as last run)',
    },
    'profiles-dir': { type: 'string', value: 'FOLDER', help: 'where profiles.yml of dbt is' },
    target: { type: 'string', value: 'NAME', help: "target of dbt's profile" },
    'no-runs': { type: 'boolean', help: 'leave out the runs of run_results.json' },
    'dry-run': { type: 'boolean', help: 'print what would be told; with --json the events, one a line' },
    ...CONNECTION_OPTIONS,
  },
  async run(invocation) {
    const { out, positionals, values } = invocation;
    if (positionals.length === 0) throw new UsageError('Name a folder, files, or a URL of PostgreSQL.');
    const dry = values['dry-run'] === true;
    const connection = await reach(invocation, dry);
    try {
      const earlier: EarlierJobs = async (namespace, tag) => (connection ? jobsOf(connection, namespace, tag) : []);
      const plan = await planOf(positionals, invocation, earlier);
      for (const note of plan.notes) out.note(note);
      const gone = plan.whole ? await goneJobs(plan, await earlier(plan.whole.namespace, plan.whole.tag)) : [];
      const events = [...plan.events, ...gone.map((job) => goneEvent(plan.time, job))];
      if (dry) {
        if (!connection) out.note('No Custody is here to ask: jobs that are gone are not known.');
        printPlan(plan, gone, events, out);
        return plan.incomplete ? EXIT.no : EXIT.ok;
      }
      const sent = await sendAll(connection!, events, out);
      report(plan, gone, sent, out);
      return plan.incomplete || sent.refused.length > 0 ? EXIT.no : EXIT.ok;
    } catch (error) {
      if (error instanceof SourceError) throw new CommandError(error.message, error.remedy);
      throw error;
    } finally {
      await connection?.close();
    }
  },
};

/** A dry run is of use without a server. */
async function reach(invocation: Invocation, dry: boolean): Promise<Connection | null> {
  try {
    return await connect(invocation);
  } catch (error) {
    if (dry && (error instanceof CommandError || error instanceof UsageError)) return null;
    throw error;
  }
}

async function planOf(targets: readonly string[], invocation: Invocation, earlier: EarlierJobs): Promise<ImportPlan> {
  const [first] = targets as [string];
  if (targets.length === 1) {
    if (isPostgresUrl(first)) return (await import('./import-postgres.ts')).importPostgres(first, invocation);
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(first)) throw new UsageError('A URL is postgres://USER@HOST:PORT/DATABASE.');
    const dbt = await dbtFolder(first);
    if (dbt !== null) return (await import('./import-dbt.ts')).importDbt(dbt, invocation, earlier);
    if ((await kindOf(first)) === 'folder')
      return (await import('./import-sql.ts')).importSql([first], true, invocation);
  }
  for (const path of targets) if ((await kindOf(path)) === 'folder') throw new UsageError('Name one folder at a time.');
  if (targets.every(isSqlFile)) return (await import('./import-sql.ts')).importSql(targets, false, invocation);
  const isData = (path: string) => isDataFile(path) || isDuckDbFile(path);
  if (targets.every(isData)) return (await import('./import-data.ts')).importData(targets, invocation);
  const strange = targets.find((path) => !isSqlFile(path) && !isData(path));
  throw new UsageError(
    strange === undefined ? 'Import SQL files and data files apart.' : `${strange} is nothing that can be imported.`,
  );
}

async function kindOf(path: string): Promise<'folder' | 'file'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    throw new CommandError(`Cannot read ${path}: ${(error as Error).message}.`, 'Check the name.');
  }
}

/** Jobs that an import of this tag told and that still read or write something. */
async function jobsOf(connection: Connection, namespace: string, tag: string): Promise<readonly AssetName[]> {
  const jobs: AssetName[] = [];
  let after: string | null = null;
  do {
    const query = queryOf({ q: tag, kind: 'job', namespace, limit: '500', after: after ?? undefined });
    const page: z.infer<typeof AssetPage> = await connection.json(`/custody/v1/assets?${query}`);
    for (const job of page.items)
      if (job.tags.includes(tag) && job.upstream + job.downstream > 0)
        jobs.push({ namespace: job.namespace, name: job.name });
    after = page.next;
  } while (after !== null);
  return jobs;
}

function goneJobs({ jobs, kept }: ImportPlan, earlier: readonly AssetName[]): readonly AssetName[] {
  const told = new Set(jobs.map(({ name }) => name));
  return earlier.filter(({ name }) => !told.has(name) && !kept.has(name));
}

interface Sent {
  readonly received: number;
  readonly successful: number;
  readonly duplicates: number;
  readonly refused: readonly { readonly of: string; readonly reason: string }[];
}

async function sendAll(connection: Connection, events: readonly ImportEvent[], out: Output): Promise<Sent> {
  const total = { received: 0, successful: 0, duplicates: 0, failed: 0 };
  const refused: { of: string; reason: string }[] = [];
  let lines: string[] = [];
  let bytes = 0;
  let first = 0;
  const flush = async () => {
    if (lines.length === 0) return;
    const { summary, failed } = await sendBatch(connection, lines, `event ${first + 1} of ${events.length}`);
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += summary[key];
    for (const { index, reason, pointer } of failed)
      refused.push({ of: titleOf(events[first + index]!), reason: `${pointer ?? ''} ${reason}`.trim() });
    first += lines.length;
    lines = [];
    bytes = 0;
    out.progress(`Told ${first} of ${events.length} events`);
  };
  for (const event of events) {
    let line = JSON.stringify(event);
    if (line.length > EVENT_BYTES_MAX) {
      line = JSON.stringify(withoutColumns(event));
      out.note(`${titleOf(event)}: its column lineage is larger than a server takes, and is left out`);
    }
    if (lines.length === BATCH_EVENTS || bytes + line.length > BATCH_BYTES) await flush();
    lines.push(line);
    bytes += line.length;
  }
  await flush();
  out.progress('');
  return { ...total, refused };
}

/** Half of what a server takes in one request unless told otherwise. */
const EVENT_BYTES_MAX = 16_000_000;

function withoutColumns(event: ImportEvent): ImportEvent {
  const outputs = (event['outputs'] ?? []) as readonly { readonly facets: Readonly<Record<string, unknown>> }[];
  return {
    ...event,
    outputs: outputs.map((output) => {
      const { columnLineage: _, ...facets } = output.facets;
      return { ...output, facets };
    }),
  };
}

function titleOf(event: ImportEvent): string {
  const { namespace, name } = (event['job'] ?? event['dataset']) as AssetName;
  return `${namespace} ${name}`;
}

function report({ what, jobs }: ImportPlan, gone: readonly AssetName[], sent: Sent, out: Output): void {
  if (out.json) {
    out.write(`${JSON.stringify({ ...sent, jobs: jobs.length, gone })}\n`);
    return;
  }
  const known = sent.duplicates > 0 ? `, ${sent.duplicates} of them known already` : '';
  out.write(`${what}: ${sent.successful} of ${sent.received} events taken${known}.\n`);
  for (const { name } of gone) out.write(`  gone: ${name}; what it read and wrote has ended\n`);
  for (const { of, reason } of sent.refused.slice(0, 20)) out.write(`  refused: ${of}: ${reason}\n`);
  if (sent.refused.length > 20) out.write(`  and ${sent.refused.length - 20} more\n`);
}

function printPlan(
  { what, jobs }: ImportPlan,
  gone: readonly AssetName[],
  events: readonly ImportEvent[],
  out: Output,
): void {
  if (out.json) {
    for (const event of events) out.write(`${JSON.stringify(event)}\n`);
    return;
  }
  const names = (assets: readonly AssetName[]) => assets.map(({ name }) => name).join(', ') || 'nothing';
  for (const { name, inputs, outputs } of jobs) out.write(`${name}: ${names(inputs)} -> ${names(outputs)}\n`);
  for (const { name } of gone) out.write(`${name}: gone\n`);
  out.write(`${what}: ${events.length} events. Nothing was sent.\n`);
}
