/**
 * dbt's artifacts as OpenLineage events: what each model is (a job event with all it reads and writes), dashboards that
 * read models, and what the last run did. Pure: JSON in, events out.
 */
import type { AssetName, SchemaField } from '../../../event/event.ts';
import { redactLiterals } from '../../openlineage/sql-literals.ts';
import { dialectNamed } from '../../sql/index.ts';
import {
  datasetEvent,
  importTag,
  jobEvent,
  runEvent,
  type ImportEvent,
  type ToldDataset,
  type ToldJob,
} from '../told.ts';
import { fieldsOf, readCatalog } from './catalog.ts';
import { inOrder, modelColumns, type NodeLineage } from './model-columns.ts';
import { readManifest, type DbtNode } from './manifest.ts';
import { datasetNameOf, jobNameOf, joinedName, relationNameOf, testJobNameOf } from './namespace.ts';
import { readRunResults, runIdOf, type DbtResult } from './runs.ts';

export { DbtError } from './manifest.ts';
export { dbtNamespace, type DbtConnection } from './namespace.ts';

export interface DbtArtifacts {
  readonly manifest: unknown;
  readonly catalog?: unknown;
  readonly runResults?: unknown;
}

export interface DbtOptions {
  /** Namespace of the jobs: what `$OPENLINEAGE_NAMESPACE` is for dbt's integration. */
  readonly namespace: string;
  readonly datasetNamespace: string;
  /** Names of jobs as `dbt build` gives them; where it is left out, as the command of the run results does. */
  readonly isBuild?: boolean;
  /** Since when the design holds; the time of the manifest where it is left out. */
  readonly time?: string;
  /** False to leave the runs out, because dbt's integration sends them itself. */
  readonly runs: boolean;
}

export interface DbtRead {
  readonly events: readonly ImportEvent[];
  readonly jobs: readonly (AssetName & {
    readonly inputs: readonly AssetName[];
    readonly outputs: readonly AssetName[];
  })[];
  readonly tag: string;
  readonly time: string;
  readonly runs: number;
  readonly notes: readonly string[];
}

/** Marks the jobs of one project's import. */
export const dbtTag = (project: string): string => importTag('dbt', project);

/** How jobs are named by the run results; null where they tell of no run. */
export function isBuild(runResults: unknown): boolean | null {
  const run = readRunResults(runResults);
  return run ? run.command === 'build' : null;
}

/** Throws DbtError where the manifest is none that can be read; whatever else is wrong in the files is left out. */
export function readDbt({ manifest: json, catalog, runResults }: DbtArtifacts, options: DbtOptions): DbtRead {
  const manifest = readManifest(json);
  const tables = readCatalog(catalog);
  const run = readRunResults(runResults);
  const build = options.isBuild ?? run?.command === 'build';
  const time = options.time ?? manifest.generatedAt ?? new Date(0).toISOString();
  const tag = dbtTag(manifest.project);
  const dialect = dialectNamed(ADAPTER_DIALECTS.get(manifest.adapter) ?? manifest.adapter) ?? 'ansi';
  const notes: string[] = [];

  const datasetOf = (node: DbtNode): AssetName => ({
    namespace: options.datasetNamespace,
    name: datasetNameOf(node),
  });
  const lineageOf = modelColumns(
    manifest.nodes,
    dialect,
    (node) => tables.get(node.id)?.columns.map(({ name }) => name),
    (node) => ({ namespace: options.datasetNamespace, name: relationNameOf(node) }),
  );
  const described = (node: DbtNode): ToldDataset => {
    const table = tables.get(node.id);
    const fields = fieldsOf(node, table).map(({ name, type, description }): SchemaField => ({
      name,
      ...(type && { type }),
      ...(description && { description }),
    }));
    return {
      ...datasetOf(node),
      type: TYPES.get(node.materialized ?? '') ?? 'TABLE',
      fields,
      owners: node.owners,
      tags: node.tags,
      description: node.description ?? undefined,
    };
  };
  const output = (node: DbtNode, fullRefresh = false): ToldDataset => ({
    ...described(node),
    columns: lineageOf.get(node.id)?.columns,
    change:
      node.materialized === 'table' ||
      node.materialized === 'seed' ||
      (fullRefresh && node.materialized === 'incremental')
        ? 'OVERWRITE'
        : undefined,
  });
  const jobOf = (node: DbtNode): ToldJob => ({
    namespace: options.namespace,
    name: jobNameOf(node, build),
    integration: 'DBT',
    jobType: node.kind.toUpperCase(),
    sql: node.sql === null ? undefined : { query: redacted(node.sql), dialect: manifest.adapter },
    owners: node.owners,
    tags: [tag, ...node.tags], // first: of very many tags the last are left out
    description: node.description ?? undefined,
  });

  // Cut here as the server cuts what dbt's integration sends, so that the same code has the same digest.
  const redacted = (sql: string): string => redactLiterals(sql, manifest.adapter).text;
  const events: ImportEvent[] = [];
  const jobs: { namespace: string; name: string; inputs: ToldDataset[]; outputs: ToldDataset[] }[] = [];
  const tell = (job: ToldJob, inputs: ToldDataset[], outputs: ToldDataset[]) => {
    events.push(jobEvent(time, job, { inputs, outputs }));
    jobs.push({ namespace: job.namespace, name: job.name, inputs, outputs });
  };
  const inputsOf = (node: DbtNode): ToldDataset[] => [
    ...readBy(node, manifest.nodes).flatMap((read) => sourceAndTable(read, described(read))),
    ...others(node, lineageOf.get(node.id), options.datasetNamespace),
  ];

  const tested = new Map<string, DbtNode[]>();
  for (const node of inOrder(manifest.nodes)) {
    switch (node.kind) {
      case 'source':
        events.push(datasetEvent(time, { ...described(node), rows: tables.get(node.id)?.rows ?? undefined }));
        break;
      case 'seed':
      case 'model':
      case 'snapshot':
        if (node.materialized !== 'ephemeral') tell(jobOf(node), inputsOf(node), [output(node)]);
        if (lineageOf.get(node.id)?.isWhole === false)
          notes.push(`${node.id}: its column lineage is left out, there is more than an import tells`);
        for (const { line, column, message } of lineageOf.get(node.id)?.diagnostics.filter(isError) ?? [])
          notes.push(`${node.id}: compiled SQL, line ${line - 1}:${column}: ${message}`);
        break;
      case 'test': {
        const on = testedBy(node, manifest.nodes);
        if (on) tested.set(on.id, [...(tested.get(on.id) ?? []), node]);
        break;
      }
      case 'exposure':
        tell(exposureJob(node, options.namespace, tag), inputsOf(node), [exposureDataset(node, options.namespace)]);
        break;
      default:
        node.kind satisfies never;
    }
  }
  const testJob = (on: DbtNode): ToldJob => ({
    namespace: options.namespace,
    name: testJobNameOf(on, build),
    integration: 'DBT',
    jobType: 'TEST',
    tags: [tag],
  });
  for (const id of tested.keys()) {
    const on = manifest.nodes.get(id)!;
    tell(testJob(on), [described(on)], []);
  }

  let runs = 0;
  if (run && options.runs) {
    const parentJob = { namespace: options.namespace, name: `dbt-run-${manifest.project}` };
    const parentId = runIdOf(run.invocation, parentJob.name);
    const tool = manifest.dbtVersion === null ? undefined : { name: 'dbt', version: manifest.dbtVersion };
    const told = (key: string, at: Times, outcome: 'COMPLETE' | 'FAIL', job: ToldJob, sides: Sides) => {
      const id = { id: runIdOf(run.invocation, key), parent: { run: parentId, job: parentJob }, tool };
      events.push(runEvent(at.started, 'START', id, job, [], []));
      events.push(runEvent(at.completed, outcome, id, job, sides.inputs, sides.outputs));
      runs++;
    };
    const results = new Map(run.results.map((result) => [result.id, result]));
    const whole: ToldJob = { ...parentJob, integration: 'DBT', jobType: 'JOB' };
    events.push(runEvent(run.started, 'START', { id: parentId, tool }, whole, [], []));
    for (const result of run.results) {
      const node = manifest.nodes.get(result.id);
      if (!node || node.materialized === 'ephemeral' || !['seed', 'model', 'snapshot'].includes(node.kind)) continue;
      const outcome = OUTCOMES.get(result.status);
      if (!outcome) continue;
      const rows = result.rows !== null && result.rows > 0 ? result.rows : undefined;
      const outputs = outcome === 'COMPLETE' ? [{ ...output(node, run.fullRefresh), rows }] : [];
      told(node.id, result, outcome, jobOf(node), { inputs: inputsOf(node), outputs });
    }
    for (const [id, tests] of tested) {
      const on = manifest.nodes.get(id)!;
      const done = tests.flatMap((test) => resultOf(test, results.get(test.id)));
      if (done.length === 0) continue;
      const assertions = done.map(({ test, passed }) => ({
        assertion: test.assertion!.name,
        success: passed,
        ...(test.assertion!.column !== null && { column: test.assertion!.column }),
      }));
      const times = {
        started: done.map(({ result }) => result.started).sort()[0]!,
        completed: done
          .map(({ result }) => result.completed)
          .sort()
          .at(-1)!,
      };
      const failed = done.some(({ result }) => result.status === 'fail' || result.status === 'error');
      told(`${id} tests`, times, failed ? 'FAIL' : 'COMPLETE', testJob(on), {
        inputs: [{ ...described(on), assertions }],
        outputs: [],
      });
    }
    const failed = run.results.some(({ status }) => OUTCOMES.get(status) === 'FAIL' || status === 'fail');
    events.push(runEvent(run.completed, failed ? 'FAIL' : 'COMPLETE', { id: parentId, tool }, whole, [], []));
  }
  if (!catalog)
    notes.push('There is no catalog.json (`dbt docs generate`): columns are those that SQL and schema files tell.');
  const uncompiled = [...manifest.nodes.values()].filter(
    ({ kind, materialized, sql }) => kind === 'model' && materialized !== 'ephemeral' && sql === null,
  );
  if (uncompiled.length > 0)
    notes.push(
      `${uncompiled.length} models have no compiled SQL here, so their columns are not traced (\`dbt compile\` writes it).`,
    );
  return { events, jobs, tag, time, runs, notes };
}

interface Times {
  readonly started: string;
  readonly completed: string;
}

interface Sides {
  readonly inputs: readonly ToldDataset[];
  readonly outputs: readonly ToldDataset[];
}

const ADAPTER_DIALECTS: ReadonlyMap<string, string> = new Map([
  ['glue', 'sparksql'],
  ['watsonx_presto', 'trino'],
  ['dremio', 'ansi'],
]);

const TYPES: ReadonlyMap<string, string> = new Map([
  ['view', 'VIEW'],
  ['materialized_view', 'VIEW'],
]);

const OUTCOMES: ReadonlyMap<string, 'COMPLETE' | 'FAIL'> = new Map([
  ['success', 'COMPLETE'],
  ['partial success', 'COMPLETE'],
  ['error', 'FAIL'],
]);

const isError = ({ severity }: { readonly severity: string }): boolean => severity === 'error';

/** Relations that a node reads; what is behind an ephemeral model, which is none. */
function readBy(node: DbtNode, nodes: ReadonlyMap<string, DbtNode>): readonly DbtNode[] {
  const found = new Map<string, DbtNode>();
  const seen = new Set<string>([node.id]);
  const open = [...node.dependsOn];
  while (open.length > 0) {
    const id = open.shift()!;
    const of = nodes.get(id);
    if (!of || seen.has(id)) continue;
    seen.add(id);
    if (of.materialized === 'ephemeral') open.push(...of.dependsOn);
    else if (of.kind === 'model' || of.kind === 'seed' || of.kind === 'snapshot' || of.kind === 'source')
      found.set(id, of);
  }
  return [...found.values()];
}

/**
 * dbt's integration calls a source as dbt does. Where the table has another name in the database, it is an input under that
 * as well, so that whoever fills the table is before whoever reads the source.
 */
function sourceAndTable(node: DbtNode, told: ToldDataset): readonly ToldDataset[] {
  const name = relationNameOf(node);
  return name === told.name ? [told] : [told, { ...told, name }];
}

/** Tables that a model names itself, instead of by ref or source. */
const others = (node: DbtNode, lineage: NodeLineage | undefined, namespace: string): readonly ToldDataset[] =>
  (lineage?.others ?? [])
    .filter(({ parts }) => parts.length >= 2 && parts.at(-1)?.toLowerCase() !== node.identifier.toLowerCase())
    .map(({ name }) => ({ namespace, name }));

/** dbt's integration ties a test to the last relation that it depends on. */
const testedBy = (test: DbtNode, nodes: ReadonlyMap<string, DbtNode>): DbtNode | undefined =>
  test.dependsOn
    .flatMap((id) => nodes.get(id) ?? [])
    .findLast(({ kind, materialized }) => kind !== 'test' && kind !== 'exposure' && materialized !== 'ephemeral');

const resultOf = (test: DbtNode, result: DbtResult | undefined) =>
  result && result.status !== 'skipped' ? [{ test, result, passed: result.status === 'pass' }] : [];

const EXPOSURE_TYPES: ReadonlyMap<string, string> = new Map([
  ['dashboard', 'DASHBOARD'],
  ['notebook', 'NOTEBOOK'],
  ['analysis', 'ANALYSIS'],
  ['ml', 'MODEL'],
  ['application', 'APPLICATION'],
]);

function exposureDataset({ id, exposure, owners, tags, description, name }: DbtNode, namespace: string): ToldDataset {
  return {
    namespace,
    name: joinedName(...id.split('.').slice(1, -1), name),
    type: EXPOSURE_TYPES.get(exposure!.type) ?? 'APPLICATION',
    owners,
    tags,
    description: description ?? exposure!.label ?? undefined,
    uri: exposure!.url ?? undefined,
  };
}

const exposureJob = ({ id, owners, description }: DbtNode, namespace: string, tag: string): ToldJob => ({
  namespace,
  name: id,
  integration: 'DBT',
  jobType: 'EXPOSURE',
  owners,
  tags: [tag],
  description: description ?? undefined,
});
