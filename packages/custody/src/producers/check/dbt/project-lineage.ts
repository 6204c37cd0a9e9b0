/** Column lineage of all nodes, and the labels that are said of their columns. */
import type { Dialect } from '../../sql/index.ts';
import { patternLabels, type ColumnWay, type LabelledTable, type LabelPattern } from '../label-flow.ts';
import { columnsOf, type NodeColumns } from './columns.ts';
import { sourceRelation } from './names.ts';
import { seedColumns } from './node.ts';
import type { Prepared } from './prepared.ts';
import { labelsIn, listOf, objectOf, type NodeProperties, type SourceProperties } from './properties.ts';
import { sourceRelationName } from './relation-name.ts';

/** Characters of SQL that lineage is read of in one project; rendered both ways. */
const SQL_MAX = 60_000_000;

export interface ProjectLineage {
  /** By id of the node, for each way it is rendered. */
  readonly of: ReadonlyMap<string, readonly NodeColumns[]>;
  /** Columns by id of a node or source, where they are known. */
  readonly known: ReadonlyMap<string, readonly string[]>;
  readonly isWhole: boolean;
}

export function projectLineage(
  ordered: readonly Prepared[],
  sources: readonly SourceProperties[],
  dialect: Dialect,
  patterns: readonly LabelPattern[],
): ProjectLineage {
  const known = new Map<string, readonly string[]>();
  const of = new Map<string, readonly NodeColumns[]>();
  // What a file of properties lists of a source may be a part of it: what models name of it is there, too.
  const listed = new Map(
    sources.map((one) => [sourceRelation(one.source, one.name).sql, sourceColumns(one, patterns)]),
  );
  let budget = SQL_MAX;
  for (const { upstream, rendered } of ordered)
    if (upstream.some(({ id }) => (listed.get(id)?.size ?? 0) > 0))
      for (const { sql } of rendered) {
        if ((budget -= sql.length) < 0) return { of, known, isWhole: false };
        for (const { table, from } of columnsOf(sql, dialect, () => undefined).ways)
          if (from !== '*') listed.get(table)?.add(from);
      }
  for (const [id, columns] of listed) if (columns.size > 0) known.set(id, [...columns]);
  for (const { id, node, config, rendered } of ordered) {
    if (node.kind === 'seed') {
      known.set(id, seedColumns(node.text, config['delimiter']));
      continue;
    }
    const found: NodeColumns[] = [];
    for (const { sql } of rendered) {
      if ((budget -= sql.length) < 0) return { of, known, isWhole: false };
      found.push(columnsOf(sql, dialect, (table) => known.get(table)));
    }
    if (node.kind === 'snapshot')
      found.splice(
        0,
        found.length,
        ...found.map((one) => ({
          ...one,
          names:
            one.names === null
              ? null
              : [...one.names, 'dbt_scd_id', 'dbt_updated_at', 'dbt_valid_from', 'dbt_valid_to'],
        })),
      );
    of.set(id, found);
    const names = found.map((one) => one.names);
    if (names.length > 0 && !names.includes(null)) known.set(id, [...new Set(names.flatMap((one) => one!))]);
  }
  return { of, known, isWhole: true };
}

const TOMORROW = 'custody_column_of_tomorrow';

/** Whether a column that is added to a table would come out of a query: a star leads all the way through. */
export function letsThrough(sql: string, id: string, dialect: Dialect, known: ProjectLineage['known']): boolean {
  const { ways } = columnsOf(sql, dialect, (table) =>
    table === id ? [...(known.get(id) ?? []), TOMORROW] : known.get(table),
  );
  return ways.some(({ table, from }) => table === id && from === TOMORROW);
}

function sourceColumns(
  { columns, source, name, schema, identifier }: SourceProperties,
  patterns: readonly LabelPattern[],
): Set<string> {
  const found = new Set(columns.map((one) => one.name.toLowerCase()));
  if (found.size > 0)
    for (const column of patternLabels(patterns, [`${source}.${name}`, `${schema}.${identifier}`], [...found]).keys())
      if (!column.includes('*')) found.add(column);
  return found;
}

/** Labels that are said of the columns of a table; `*`: of all of it. */
export const declaredIn = (
  properties: NodeProperties | null,
  config: Readonly<Record<string, unknown>>,
): Map<string, readonly string[]> => {
  const declared = new Map<string, readonly string[]>();
  for (const { name, labels } of properties?.columns ?? [])
    if (labels.length > 0) declared.set(name.toLowerCase(), labels);
  // Of the whole table it is only said that it holds something; which columns is not.
  const whole = declared.size > 0 ? [] : labelsIn(objectOf(config['meta']), listOf(config['tags']));
  if (whole.length > 0) declared.set('*', whole);
  return declared;
};

function withPatterns(
  declared: Map<string, readonly string[]>,
  found: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  for (const [column, labels] of found)
    declared.set(column, [...new Set([...(declared.get(column) ?? []), ...labels])]);
  return declared;
}

export function labelledTables(
  ordered: readonly Prepared[],
  sources: readonly SourceProperties[],
  columns: ReadonlyMap<string, readonly NodeColumns[]>,
  patterns: readonly LabelPattern[],
  relation: (one: Prepared) => string,
): LabelledTable[] {
  const tables: LabelledTable[] = [];
  const others = new Set<string>();
  for (const one of sources) {
    const names = [`${one.source}.${one.name}`, sourceRelationName(one)];
    const found = patternLabels(
      patterns,
      names,
      one.columns.map(({ name }) => name),
    );
    tables.push({
      id: sourceRelation(one.source, one.name).sql,
      name: names[0]!,
      ways: [],
      declared: withPatterns(declaredIn(one, one.config), found),
    });
  }
  for (const list of columns.values()) for (const one of list) for (const name of one.others) others.add(name);
  for (const name of others) {
    const found = patternLabels(patterns, [name], []);
    if (found.size > 0) tables.push({ id: name.toLowerCase(), name, ways: [], declared: found });
  }
  for (const one of ordered) {
    const own = columns.get(one.id) ?? [];
    const names = [one.node.name, relation(one)];
    const header =
      one.node.kind === 'seed'
        ? seedColumns(one.node.text, one.config['delimiter'])
        : own.flatMap((each) => each.names ?? []);
    tables.push({
      id: one.id,
      name: one.node.name,
      ways: own.flatMap((each, i) => each.ways.map((way) => ({ ...way, offset: encoded(way, i) }))),
      declared: withPatterns(
        declaredIn(one.node.properties, one.config),
        patternLabels(patterns, names, header, header.length > 0 && own.every((each) => each.names !== null)),
      ),
    });
  }
  return tables;
}

/** An offset with the number of the rendering that it is of. */
const encoded = ({ offset }: ColumnWay, i: number): number => offset * 2 + i;
