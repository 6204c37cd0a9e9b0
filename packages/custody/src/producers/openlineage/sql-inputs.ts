/**
 * Inputs that the producer leaves out and its own SQL names. dbt's staging models are the common case: they read raw tables
 * that dbt does not know as models, so their events have an output and no input.
 *
 * Only where nothing is contradicted: the event has SQL with a dialect, exactly one output and no input at all. The tables
 * are named as the output is (OpenLineage's naming of a database's tables), in its namespace.
 */
import type { DatasetFact } from '../../event/event.ts';
import { dialectNamed, lineage } from '../sql/index.ts';
import { NAME_CHARACTERS_MAX } from './event-shape.ts';

/** A longer text costs more to read than the answer of one event may. */
const QUERY_CHARACTERS_MAX = 200_000;
const INPUTS_MAX = 200;

export function inputsOfSql(query: unknown, dialect: unknown, outputs: readonly DatasetFact[]): readonly DatasetFact[] {
  const [output, ...more] = outputs;
  if (typeof query !== 'string' || typeof dialect !== 'string' || !output || more.length > 0) return [];
  const known = dialectNamed(dialect);
  if (!known || query.length > QUERY_CHARACTERS_MAX) return [];
  const qualified = output.name.split('.');
  const { statements } = lineage(query, {
    dialect: known,
    defaultDatabase: qualified.length === 3 ? qualified[0]! : null,
    defaultSchema: qualified.length >= 2 ? qualified.at(-2)! : null,
  });
  const names = new Set<string>();
  for (const { inputs } of statements) {
    for (const { name, kind, temporary } of inputs) {
      if (kind === 'table' && !temporary && name !== output.name && name.length <= NAME_CHARACTERS_MAX) names.add(name);
    }
  }
  return [...names].slice(0, INPUTS_MAX).map((name) => ({ namespace: output.namespace, name, derived: 'sql' }));
}
