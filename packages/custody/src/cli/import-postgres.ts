import { readDatabase } from '../producers/import/database.ts';
import { readPostgresCatalog } from '../source/postgres.ts';
import { stringOf, timeOf, type Invocation } from './command.ts';
import type { ImportPlan } from './import-plan.ts';

/** A database, as its catalog has it now. */
export async function importPostgres(url: string, invocation: Invocation): Promise<ImportPlan> {
  const { catalog, namespace: place, noHistory } = await readPostgresCatalog(url);
  const datasetNamespace = stringOf(invocation, 'dataset-namespace') ?? place;
  const namespace = stringOf(invocation, 'namespace') ?? datasetNamespace;
  const time = timeOf(invocation, 'at', 'start') ?? new Date().toISOString();
  const { events, jobs, tag, diagnostics, statements } = readDatabase(catalog, {
    dialect: 'postgres',
    datasetNamespace,
    namespace,
    time,
  });
  const notes = diagnostics.map(({ of, diagnostics: [first] }) => `${of}: line ${first!.line}: ${first!.message}`);
  if (noHistory !== null) notes.push(`The query history was not read: ${noHistory}.`);
  return {
    what: `database ${catalog.database}: ${catalog.relations.length} tables and views, ${catalog.routines.length} routines, ${statements} statements of the history`,
    time,
    events,
    jobs,
    whole: { namespace, tag },
    kept: new Set(),
    notes,
    incomplete: false,
  };
}
