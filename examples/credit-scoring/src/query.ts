/** One declaration of a query, from which both its SQL and its column lineage are made: so they cannot disagree. */
import type { Dataset } from './assets.ts';

export interface Source {
  readonly alias: string;
  readonly dataset: Dataset;
  /** What stands in FROM, if not the name of the table: read_csv('...') for a file. */
  readonly reader?: string;
}

export interface Query {
  readonly into: Dataset;
  readonly from: Source;
  readonly joins?: readonly { readonly kind: 'inner' | 'left'; readonly source: Source; readonly on: string }[];
  readonly where?: string;
  readonly groupBy?: readonly string[];
  readonly qualify?: string;
  readonly orderBy: readonly string[];
  /** Name of the column -> its expression, in which every column is qualified by the alias of its source. */
  readonly columns: { readonly [column: string]: string };
  /** The rows are added to the table, those of the same key are replaced. Otherwise the table is made anew. */
  readonly replacing?: string;
}

export type TransformationType = 'DIRECT' | 'INDIRECT';
export type TransformationSubtype =
  'IDENTITY' | 'TRANSFORMATION' | 'AGGREGATION' | 'JOIN' | 'GROUP_BY' | 'FILTER' | 'SORT' | 'WINDOW';

export interface InputField {
  readonly namespace: string;
  readonly name: string;
  readonly field: string;
  readonly transformations: readonly {
    readonly type: TransformationType;
    readonly subtype: TransformationSubtype;
    readonly description: string;
    readonly masking: boolean;
  }[];
}

/** The members of OpenLineage's columnLineage facet. */
export interface ColumnLineage {
  readonly fields: { readonly [column: string]: { readonly inputFields: readonly InputField[] } };
  /** What influences every row: keys of joins, filters, groups. */
  readonly dataset: readonly InputField[];
}

export const sourcesOf = ({ from, joins = [] }: Query): readonly Source[] => [
  from,
  ...joins.map(({ source }) => source),
];

const reading = ({ alias, dataset, reader }: Source): string => `${reader ?? dataset.name} ${alias}`;

/** The statements that run it: two where rows are replaced. */
export function sqlOf(query: Query): string {
  const { into, from, joins = [], where, groupBy, qualify, orderBy, columns, replacing } = query;
  const list = Object.entries(columns).map(([name, expression]) => `  ${expression} as ${name}`);
  const select = [
    'select',
    list.join(',\n'),
    `from ${reading(from)}`,
    ...joins.map(({ kind, source, on }) => `${kind} join ${reading(source)} on ${on}`),
    ...(where ? [`where ${where}`] : []),
    ...(groupBy ? [`group by ${groupBy.join(', ')}`] : []),
    ...(qualify ? [`qualify ${qualify}`] : []),
    `order by ${orderBy.join(', ')}`,
  ].join('\n');
  return replacing === undefined
    ? `create or replace table ${into.name} as\n${select}`
    : `delete from ${into.name} where ${replacing};\ninsert into ${into.name}\n${select}`;
}

const AGGREGATE = /\b(?:sum|avg|count|min|max|median)\s*\(/;

export function lineageOf(query: Query): ColumnLineage {
  const sources = new Map(sourcesOf(query).map((source) => [source.alias, source.dataset]));
  const fields = Object.fromEntries(
    Object.entries(query.columns).map(([column, expression]) => {
      const references = referencesIn(expression, sources);
      const subtype = /^\w+\.\w+$/.test(expression)
        ? 'IDENTITY'
        : AGGREGATE.test(expression)
          ? 'AGGREGATION'
          : 'TRANSFORMATION';
      return [column, { inputFields: references.map((reference) => inputField(reference, [['DIRECT', subtype]])) }];
    }),
  );

  const influences = new Map<string, { reference: Reference; subtypes: Set<TransformationSubtype> }>();
  const influence = (text: string, subtype: TransformationSubtype): void => {
    for (const reference of referencesIn(text, sources)) {
      const key = `${reference.dataset.name}.${reference.column}`;
      const known = influences.get(key) ?? { reference, subtypes: new Set() };
      influences.set(key, { ...known, subtypes: known.subtypes.add(subtype) });
    }
  };
  for (const { on } of query.joins ?? []) influence(on, 'JOIN');
  influence(query.where ?? '', 'FILTER');
  for (const group of query.groupBy ?? []) influence(group, 'GROUP_BY');
  influence(query.qualify ?? '', 'WINDOW');
  const dataset = [...influences.values()].map(({ reference, subtypes }) =>
    inputField(
      reference,
      [...subtypes].map((subtype) => ['INDIRECT', subtype]),
    ),
  );
  return { fields, dataset };
}

interface Reference {
  readonly dataset: Dataset;
  readonly column: string;
}

/** Every `alias.column` outside strings, once. An alias that is not a source is a mistake in the declaration. */
function referencesIn(expression: string, sources: ReadonlyMap<string, Dataset>): readonly Reference[] {
  const references = new Map<string, Reference>();
  for (const [text, alias, column] of expression.replace(/'[^']*'/g, "''").matchAll(/\b([a-z]\w*)\.([a-z]\w*)\b/g)) {
    const dataset = sources.get(alias!);
    if (!dataset) throw new Error(`${text} names no source of the query.`);
    references.set(text, { dataset, column: column! });
  }
  return [...references.values()];
}

/** One input field with all that happens to it. */
export const inputField = (
  { dataset, column }: Reference,
  kinds: readonly (readonly [TransformationType, TransformationSubtype])[],
): InputField => ({
  namespace: dataset.namespace,
  name: dataset.name,
  field: column,
  transformations: kinds.map(([type, subtype]) => ({ type, subtype, description: '', masking: false })),
});
