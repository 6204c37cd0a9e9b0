/**
 * The lineage in the terms of W3C PROV-O (https://www.w3.org/TR/prov-o/): runs are activities, versions of datasets are the
 * entities that runs used and generated, datasets are what they are versions of, jobs are the software agents that ran, and
 * owners the agents behind both. Here as nodes; turtle.ts and json-ld.ts write them down.
 */
import { datasetsOfRun } from '../version/run-datasets.ts';
import { DatasetVersions, type DatasetVersion } from '../version/dataset-version.ts';
import { wellFormed } from './well-formed.ts';
import { exportAssets, exportRuns, iso, type Scope } from './scope.ts';

export const PREFIXES = {
  prov: 'http://www.w3.org/ns/prov#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  custody: 'https://custody.dev/ns/prov#',
} as const;

export interface ProvNode {
  readonly iri: string;
  /** Prefixed names of classes. */
  readonly types: readonly string[];
  readonly statements: readonly Statement[];
}

export type Statement = { readonly predicate: string } & (
  | { readonly kind: 'iri'; readonly iri: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'typed'; readonly text: string; readonly datatype: string }
);

/** Each node once. */
export function* provNodes(scope: Scope): Generator<ProvNode> {
  const { state, asOf } = scope;
  const versions = new DatasetVersions(state, asOf);
  const owners = new Set<string>();
  for (const { id, kind, namespace, name, owners: named } of exportAssets(scope)) {
    for (const owner of named) owners.add(owner);
    const behind = kind === 'job' ? 'prov:actedOnBehalfOf' : 'prov:wasAttributedTo';
    yield {
      iri: assetIri(kind, { namespace, name }),
      types: kind === 'job' ? ['prov:Agent', 'prov:SoftwareAgent', 'custody:Job'] : ['prov:Entity', 'custody:Dataset'],
      statements: [
        text('rdfs:label', name),
        text('custody:namespace', namespace),
        text('custody:name', name),
        text('custody:id', id),
        ...named.map((owner) => iri(behind, ownerIri(owner))),
      ],
    };
  }
  for (const owner of owners) {
    yield { iri: ownerIri(owner), types: ['prov:Agent'], statements: [text('rdfs:label', owner)] };
  }

  const told = new Set<string>();
  /** Versions that were only read get their node here; those that a run wrote get it with that run. */
  const read: DatasetVersion[] = [];
  for (const run of exportRuns(scope)) {
    const view = state.runs.view(run);
    const ended = view.ended !== null && view.ended <= asOf.at ? view.ended : null;
    const { inputs, outputs } = datasetsOfRun(state, run, asOf);
    const within = (dataset: number) => scope.rows.has(dataset);
    const used = inputs.filter(within).map((input) => versions.readAt(input, state.runs.lastValid(run), run));
    const sources = used.map((version) => versionIri(versions.idOf(version)));
    read.push(...used);
    yield {
      iri: runIri(view.id),
      types: ['prov:Activity', 'custody:Run'],
      statements: [
        ...(view.started === null ? [] : [time('prov:startedAtTime', view.started)]),
        ...(ended === null ? [] : [time('prov:endedAtTime', ended)]),
        ...sources.map((source) => iri('prov:used', source)),
        iri('prov:wasAssociatedWith', assetIri('job', state.assets.nameOf(view.job))),
        text('custody:state', view.ended !== null && ended === null ? 'RUNNING' : view.state),
        integer('custody:firstEntry', view.firstEntry),
        integer('custody:lastEntry', view.lastEntry),
      ],
    };
    for (const output of outputs.filter(within)) {
      const version = versions.writtenBy(output, run);
      const id = versions.idOf(version);
      told.add(id);
      yield versionNode(scope, version, id, [
        iri('prov:wasGeneratedBy', runIri(view.id)),
        ...sources.map((source) => iri('prov:wasDerivedFrom', source)),
      ]);
    }
  }
  for (const version of read) {
    const id = versions.idOf(version);
    if (told.has(id)) continue;
    told.add(id);
    yield versionNode(scope, version, id, []);
  }
}

function versionNode(
  { state }: Scope,
  { dataset, schema }: DatasetVersion,
  id: string,
  more: readonly Statement[],
): ProvNode {
  return {
    iri: versionIri(id),
    types: ['prov:Entity', 'custody:DatasetVersion'],
    statements: [
      iri('prov:specializationOf', assetIri('dataset', state.assets.nameOf(dataset))),
      ...(schema === null ? [] : [text('custody:schema', state.schemas.get(schema).digest)]),
      ...more,
    ],
  };
}

const iri = (predicate: string, value: string): Statement => ({ kind: 'iri', predicate, iri: value });
const text = (predicate: string, value: string): Statement => ({ kind: 'text', predicate, text: wellFormed(value) });
const time = (predicate: string, value: number): Statement => ({
  kind: 'typed',
  predicate,
  text: iso(value),
  datatype: 'xsd:dateTime',
});
const integer = (predicate: string, value: number): Statement => ({
  kind: 'typed',
  predicate,
  text: String(value),
  datatype: 'xsd:integer',
});

const runIri = (id: string): string => `urn:uuid:${id}`;
const versionIri = (id: string): string => `urn:uuid:${id}`;
const ownerIri = (owner: string): string => `urn:custody:agent/${segment(owner)}`;
const assetIri = (kind: 'dataset' | 'job', { namespace, name }: { namespace: string; name: string }): string =>
  `urn:custody:${kind}/${segment(namespace)}/${segment(name)}`;

/** RFC 3986: everything but unreserved characters as octets, so any name gives an IRI. */
const segment = (value: string): string =>
  encodeURIComponent(wellFormed(value)).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
