/** Column lineage read out of SQL as OpenLineage's `columnLineage` facet, with transformations and masking. */
import type { AssetName } from '../../event/event.ts';
import type { ColumnEdge, Influence } from '../sql/index.ts';

export interface InputField extends AssetName {
  readonly field: string;
  readonly transformations: readonly {
    readonly type: 'DIRECT' | 'INDIRECT';
    readonly subtype: string;
    readonly masking: boolean;
  }[];
  /** Ours: `inferred` or `ambiguous` where the text allows more than one reading; left out where it is certain. */
  readonly certainty?: 'inferred' | 'ambiguous';
}

export interface ColumnFacet {
  readonly fields: Readonly<Record<string, { readonly inputFields: readonly InputField[] }>>;
  readonly dataset?: readonly InputField[];
}

type Ways = readonly Pick<ColumnEdge, 'from' | 'kind' | 'via' | 'masked' | 'certainty'>[];

/**
 * Null where nothing is known. `datasetOf` gives the dataset that a table of the SQL is, or null for one to leave out;
 * `outputColumn` the spelling of a column as the catalog has it.
 */
export function columnFacet(
  edges: readonly ColumnEdge[],
  influences: readonly Influence[],
  datasetOf: (table: string) => AssetName | null,
  spelled: (table: string | null, column: string) => string = (_, column) => column,
): ColumnFacet | null {
  const fields: Record<string, { inputFields: InputField[] }> = Object.create(null) as Record<
    string,
    { inputFields: InputField[] }
  >;
  for (const [column, ways] of grouped(edges, ({ to }) => spelled(to.table, to.column))) {
    const inputFields = sources(ways, datasetOf, spelled, (way) => ({
      type: way.via === null ? 'DIRECT' : 'INDIRECT',
      subtype:
        way.via === null ? way.kind.toUpperCase() : way.via === 'condition' ? 'CONDITIONAL' : way.via.toUpperCase(),
      masking: way.masked,
    }));
    if (inputFields.length > 0) fields[column] = { inputFields };
  }
  const dataset = sources(influences, datasetOf, spelled, (influence) => ({
    type: 'INDIRECT',
    subtype: influence.role.toUpperCase(),
    masking: influence.masked,
  }));
  if (Object.keys(fields).length === 0 && dataset.length === 0) return null;
  return { fields: { ...fields }, ...(dataset.length > 0 && { dataset }) };
}

function sources<Way extends Ways[number] | Influence>(
  ways: readonly Way[],
  datasetOf: (table: string) => AssetName | null,
  spelled: (table: string | null, column: string) => string,
  how: (way: Way) => InputField['transformations'][number],
): InputField[] {
  const fields: InputField[] = [];
  for (const [, same] of grouped(ways, ({ from }) => `${from.table}\n${spelled(from.table, from.column)}`)) {
    const { from } = same[0]!;
    const dataset = datasetOf(from.table);
    if (!dataset) continue;
    const said = same.map((way) => JSON.stringify(how(way)));
    const certainty = (['ambiguous', 'inferred'] as const).find((one) => same.some((way) => way.certainty === one));
    fields.push({
      namespace: dataset.namespace,
      name: dataset.name,
      field: spelled(from.table, from.column),
      transformations: [...new Set(said)]
        .sort()
        .map((text) => JSON.parse(text) as InputField['transformations'][number]),
      ...(certainty && { certainty }),
    });
  }
  return fields;
}

export function grouped<T, Key>(items: readonly T[], keyOf: (item: T) => Key): ReadonlyMap<Key, readonly T[]> {
  const groups = new Map<Key, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
