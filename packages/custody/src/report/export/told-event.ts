/**
 * An OpenLineage event made anew from the facts of an entry, where the payload was erased: names, times, schemas, owners and
 * column lineage are facts, so the graph stays whole; everything else of the event is gone, as it should be.
 */
import type {
  ColumnsSeen,
  ColumnSource,
  DatasetDescribed,
  DatasetFact,
  JobDescribed,
  JobFact,
  RunObserved,
  SchemaField,
} from '../../event/event.ts';

/** What the digests in the facts stand for. */
export interface Told {
  schema(digest: string): readonly SchemaField[];
  /** Parts of the column lineage, in order. */
  columns(digest: string): readonly ColumnsSeen[];
}

const SPEC = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/';
const FACET_SPEC = 'https://openlineage.io/spec/facets/';

export function toldEvent(fact: RunObserved | JobDescribed | DatasetDescribed, told: Told): object {
  const { eventTime, producer } = fact;
  const facet = (schema: string, members: object) => ({
    _producer: producer,
    _schemaURL: FACET_SPEC + schema,
    ...members,
  });
  const about = ({ owners, tags, description }: JobFact | DatasetFact, kind: 'Job' | 'Dataset') => ({
    ...(owners && {
      ownership: facet(`1-0-1/Ownership${kind}Facet.json`, { owners: owners.map((name) => ({ name })) }),
    }),
    ...(tags && {
      tags: facet(`1-0-0/Tags${kind}Facet.json`, { tags: tags.map(tagParts) }),
    }),
    ...(description && { documentation: facet(`1-1-0/Documentation${kind}Facet.json`, { description }) }),
  });
  const dataset = (of: DatasetFact) => ({
    namespace: of.namespace,
    name: of.name,
    facets: {
      ...about(of, 'Dataset'),
      ...(of.type && { datasetType: facet('1-0-0/DatasetTypeDatasetFacet.json', { datasetType: of.type }) }),
      ...(of.schema && { schema: facet('1-1-1/SchemaDatasetFacet.json', { fields: told.schema(of.schema) }) }),
      ...(of.version && { version: facet('1-0-1/DatasetVersionDatasetFacet.json', { datasetVersion: of.version }) }),
      ...(of.change && {
        lifecycleStateChange: facet('1-0-1/LifecycleStateChangeDatasetFacet.json', { lifecycleStateChange: of.change }),
      }),
      ...(of.columns && {
        columnLineage: facet('1-2-0/ColumnLineageDatasetFacet.json', columnFacet(told.columns(of.columns))),
      }),
    },
  });
  const job = (of: JobFact) => {
    const [integration, jobType] = of.type?.split('/', 2) ?? [];
    return {
      namespace: of.namespace,
      name: of.name,
      facets: {
        ...about(of, 'Job'),
        ...(integration && {
          jobType: facet('2-0-3/JobTypeJobFacet.json', {
            processingType: 'BATCH',
            integration,
            ...(jobType && { jobType }),
          }),
        }),
      },
    };
  };
  switch (fact.kind) {
    case 'openlineage.run':
      return {
        eventType: fact.state,
        eventTime,
        producer,
        schemaURL: `${SPEC}RunEvent`,
        run: {
          runId: fact.run,
          facets: {
            ...(fact.nominalStart && {
              nominalTime: facet('1-0-1/NominalTimeRunFacet.json', { nominalStartTime: fact.nominalStart }),
            }),
            ...(fact.parent && {
              parent: facet('1-1-0/ParentRunFacet.json', { run: { runId: fact.parent.run }, job: fact.parent.job }),
            }),
          },
        },
        job: job(fact.job),
        inputs: fact.inputs.map(dataset),
        outputs: fact.outputs.map(dataset),
      };
    case 'openlineage.job':
      return {
        eventTime,
        producer,
        schemaURL: `${SPEC}JobEvent`,
        job: job(fact.job),
        ...(fact.inputs.length > 0 || fact.tells?.includes('inputs') ? { inputs: fact.inputs.map(dataset) } : {}),
        ...(fact.outputs.length > 0 || fact.tells?.includes('outputs') ? { outputs: fact.outputs.map(dataset) } : {}),
      };
    case 'openlineage.dataset':
      return { eventTime, producer, schemaURL: `${SPEC}DatasetEvent`, dataset: dataset(fact.dataset) };
    default:
      return fact satisfies never;
  }
}

/** `key:value` became one text on its way in; told as a key alone it becomes the same text again. */
const tagParts = (tag: string) => ({ key: tag, value: tag });

function columnFacet(parts: readonly ColumnsSeen[]): object {
  const fields: Record<string, { inputFields: object[] }> = Object.create(null);
  const dataset: object[] = [];
  for (const { inputs, fields: told, dataset: rows } of parts) {
    const source = ({ input, field, how, masked }: ColumnSource) => ({
      ...inputs[input]!,
      field,
      transformations: how.map((text) => {
        const [type, subtype] = text.split('/', 2);
        return { type, ...(subtype && { subtype }), ...(masked && { masking: true }) };
      }),
    });
    for (const { name, from } of told) (fields[name] ??= { inputFields: [] }).inputFields.push(...from.map(source));
    dataset.push(...rows.map(source));
  }
  return { fields, ...(dataset.length > 0 && { dataset }) };
}
