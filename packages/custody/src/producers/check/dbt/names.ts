/** Names of tables in the SQL that is rendered, each of its own, so that none is taken for another. */
import type { Relation } from './jinja-value.ts';

const MODELS = 'dbt_model';
const SOURCES = 'dbt_source';

const word = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9_]/g, '_')
    .replace(/^(?=\d)/, '_');

export const modelRelation = (name: string): Relation => ({ kind: 'relation', sql: `${MODELS}.${word(name)}`, name });

export const sourceRelation = (source: string, table: string): Relation => ({
  kind: 'relation',
  sql: `${SOURCES}.${word(source)}__${word(table)}`,
  name: table,
});

/** Whether a table of the lineage stands for a node of the project. */
export const isRendered = (table: string): boolean => /^(?:dbt_model|dbt_source)\./i.test(table);
