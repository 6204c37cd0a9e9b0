import { DbtError, dbtNamespace, dbtTag, isBuild, readDbt } from '../producers/import/dbt/index.ts';
import { readDbtArtifacts, readDbtConnection } from '../source/dbt-target.ts';
import { CommandError, EXIT, stringOf, timeOf, UsageError, type Invocation } from './command.ts';
import type { EarlierJobs, ImportPlan } from './import-plan.ts';

/** A dbt project's target folder. Throws CommandError where its manifest is none. */
export async function importDbt(folder: string, invocation: Invocation, earlier: EarlierJobs): Promise<ImportPlan> {
  const artifacts = await readDbtArtifacts(folder);
  const namespace = stringOf(invocation, 'namespace') ?? process.env['OPENLINEAGE_NAMESPACE'] ?? 'dbt';
  const command = stringOf(invocation, 'dbt-command');
  if (command !== undefined && command !== 'run' && command !== 'build')
    throw new UsageError(`--dbt-command is run or build, not "${command}".`);
  const notes: string[] = [];
  const datasetNamespace =
    stringOf(invocation, 'dataset-namespace') ?? (await namespaceOf(folder, artifacts.manifest, invocation, notes));
  const time = timeOf(invocation, 'at', 'start');
  try {
    const named = command === undefined ? isBuild(artifacts.runResults) : command === 'build';
    const build = named ?? (await wasBuild(artifacts.manifest, namespace, earlier));
    const read = readDbt(artifacts, {
      namespace,
      datasetNamespace,
      isBuild: build,
      runs: invocation.values['no-runs'] !== true,
      ...(time !== undefined && { time }),
    });
    return {
      what: `dbt project: ${read.jobs.length} jobs, ${read.runs} runs`,
      time: read.time,
      events: read.events,
      jobs: read.jobs,
      whole: { namespace, tag: read.tag },
      kept: new Set(),
      notes: [...notes, ...read.notes],
      incomplete: false,
    };
  } catch (error) {
    if (error instanceof DbtError)
      throw new CommandError(
        `${error.message}.`,
        'Name the target folder of a dbt project, or its manifest.json.',
        EXIT.no,
      );
    throw error;
  }
}

/** Without a run to tell the names of jobs, those of the last import stay. */
async function wasBuild(manifest: unknown, namespace: string, earlier: EarlierJobs): Promise<boolean> {
  const project = (manifest as { metadata?: { project_name?: unknown } } | null)?.metadata?.project_name;
  if (typeof project !== 'string') return false;
  return (await earlier(namespace, dbtTag(project))).some(({ name }) => name.endsWith('.build.run'));
}

async function namespaceOf(
  folder: string,
  manifest: unknown,
  invocation: Invocation,
  notes: string[],
): Promise<string> {
  const { metadata, nodes } = (manifest ?? {}) as {
    metadata?: { adapter_type?: unknown };
    nodes?: Record<string, unknown>;
  };
  const adapter = typeof metadata?.adapter_type === 'string' ? metadata.adapter_type : 'dbt';
  const connection = await readDbtConnection(folder, adapter, {
    profilesDir: stringOf(invocation, 'profiles-dir'),
    target: stringOf(invocation, 'target'),
  });
  const found = connection && dbtNamespace(connection);
  if (found) return found;
  const database = Object.values(nodes ?? {})
    .map((node) => (node as { database?: unknown } | null)?.database)
    .find((name) => typeof name === 'string');
  // dbt-duckdb calls the database after its file.
  const guess =
    adapter === 'bigquery'
      ? 'bigquery'
      : adapter === 'duckdb' && database
        ? `duckdb://${database}.duckdb`
        : `${adapter}://`;
  if (adapter !== 'bigquery')
    notes.push(
      `No profile says where the tables lie (profiles.yml): ${guess} is put before their names. Name it with --dataset-namespace or --profiles-dir, so that they meet what runs tell.`,
    );
  return guess;
}
