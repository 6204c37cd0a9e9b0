import { resolve } from 'node:path';
import { readDatabase } from '../producers/import/database.ts';
import { datasetEvent, type ImportEvent } from '../producers/import/told.ts';
import { readDataFile } from '../source/data-file.ts';
import { isDuckDbFile, readDuckDb } from '../source/duckdb.ts';
import { SourceError } from '../source/source-error.ts';
import { stringOf, timeOf, type Invocation } from './command.ts';
import type { ImportPlan } from './import-plan.ts';

/** Data files: what columns they have. Of a DuckDB file also which views read which tables. */
export async function importData(paths: readonly string[], invocation: Invocation): Promise<ImportPlan> {
  const time = timeOf(invocation, 'at', 'start') ?? new Date().toISOString();
  const events: ImportEvent[] = [];
  const jobs: ImportPlan['jobs'][number][] = [];
  const notes: string[] = [];
  let incomplete = false;
  let whole: ImportPlan['whole'] = null;
  for (const path of paths) {
    if (isDuckDbFile(path)) {
      // As dbt-duckdb names it: the path as it was given.
      const datasetNamespace = stringOf(invocation, 'dataset-namespace') ?? `duckdb://${path}`;
      const namespace = stringOf(invocation, 'namespace') ?? datasetNamespace;
      const catalog = await readDuckDb(path).catch((error: unknown) => {
        if (!(error instanceof SourceError)) throw error;
        notes.push(`${error.message} ${error.remedy}`);
        return null;
      });
      if (catalog === null) {
        incomplete = true;
        continue;
      }
      const read = readDatabase(catalog, { dialect: 'duckdb', datasetNamespace, namespace, time });
      events.push(...read.events);
      jobs.push(...read.jobs);
      for (const { of, diagnostics } of read.diagnostics) notes.push(`${path}: ${of}: ${diagnostics[0]!.message}`);
      if (paths.length === 1) whole = { namespace, tag: read.tag };
      continue;
    }
    const read = await readDataFile(path);
    if ('reason' in read) {
      notes.push(`${path} ${read.reason}`);
      incomplete = true;
      continue;
    }
    if (read.note !== null) notes.push(`${path}: ${read.note}`);
    events.push(
      datasetEvent(time, {
        namespace: stringOf(invocation, 'dataset-namespace') ?? 'file',
        name: resolve(path),
        type: 'FILE',
        fields: read.fields,
        rows: read.rows ?? undefined,
      }),
    );
  }
  return { what: `${paths.length} data files`, time, events, jobs, whole, kept: new Set(), notes, incomplete };
}
