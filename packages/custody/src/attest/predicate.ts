/**
 * Predicates of the attestation frameworks in use, each by its type with the members that make it one. A statement of
 * another type is taken as it is, and said to be of a type that is not known here.
 */
import { AttestError, shown } from './attest-error.ts';
import { MODEL_SIGNATURE, manifestOf } from './model-manifest.ts';
import { resourceOf, type Statement } from './statement.ts';
import { Shape, isObject, type JsonObject } from './strict-json.ts';

export type PredicateKind = 'model' | 'slsa' | 'vsa' | 'spdx' | 'cyclonedx' | 'test-result' | 'link' | 'dataset';

interface Known {
  readonly kind: PredicateKind;
  /** What `custody attest --type` writes. */
  readonly type: string;
  readonly pattern: RegExp;
  readonly check: (predicate: JsonObject, shape: Shape, statement: Statement) => void;
}

const RESULTS = ['PASSED', 'WARNED', 'FAILED'];
const LIST_MAX = 1_000_000;

const oneOf = (value: unknown, path: string, values: readonly string[], shape: Shape): void => {
  if (!values.includes(value as string)) throw shape.wrong(path, values.join(', '));
};
const uri = (value: unknown, path: string, shape: Shape): void => {
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(shape.string(value, path))) throw shape.wrong(path, 'a URI');
};
const time = (value: unknown, path: string, shape: Shape): void => {
  const text = shape.string(value, path);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(Date.parse(text)))
    throw shape.wrong(path, 'a time (RFC 3339)');
};
/** Each has a URI, a digest or contents: https://github.com/in-toto/attestation/blob/main/spec/v1/resource_descriptor.md */
const descriptors = (value: unknown, path: string, shape: Shape): void => {
  if (value === undefined) return;
  shape.array(value, path, LIST_MAX).forEach((each, i) => {
    const at = `${path}[${i}]`;
    const { uri: where, digest, content } = shape.object(each, at);
    if (where === undefined && digest === undefined && content === undefined)
      throw shape.wrong(at, 'a descriptor with a uri, a digest or contents');
    if (digest !== undefined) resourceOf(each, at, shape);
  });
};

const KNOWN: readonly Known[] = [
  {
    kind: 'model',
    type: MODEL_SIGNATURE,
    pattern: /^https:\/\/model_signing\/signature\/v1\.0$/,
    check: (_, __, statement) => void manifestOf(statement),
  },
  {
    // Custody's own (docs/manifest.md).
    kind: 'dataset',
    type: 'https://custody.dev/dataset-manifest/v1',
    pattern: /^https:\/\/custody\.dev\/dataset-manifest\/v1$/,
    check(predicate, shape) {
      shape.string(predicate['encoding'], 'encoding');
      shape.string(predicate['schemaDigest'], 'schemaDigest');
      shape.array(predicate['columns'], 'columns', LIST_MAX);
      shape.array(predicate['files'], 'files', LIST_MAX);
      if (!Number.isSafeInteger(predicate['rows'])) throw shape.wrong('rows', 'a whole number');
    },
  },
  {
    // https://slsa.dev/spec/v1.0/provenance
    kind: 'slsa',
    type: 'https://slsa.dev/provenance/v1',
    pattern: /^https:\/\/slsa\.dev\/provenance\/v1(?:\.\d+)?$/,
    check(predicate, shape) {
      const definition = shape.object(predicate['buildDefinition'], 'buildDefinition');
      uri(definition['buildType'], 'buildDefinition.buildType', shape);
      shape.object(definition['externalParameters'], 'buildDefinition.externalParameters');
      descriptors(definition['resolvedDependencies'], 'buildDefinition.resolvedDependencies', shape);
      const details = shape.object(predicate['runDetails'], 'runDetails');
      uri(shape.object(details['builder'], 'runDetails.builder')['id'], 'runDetails.builder.id', shape);
      if (details['metadata'] !== undefined) {
        const { startedOn, finishedOn } = shape.object(details['metadata'], 'runDetails.metadata');
        if (startedOn !== undefined) time(startedOn, 'runDetails.metadata.startedOn', shape);
        if (finishedOn !== undefined) time(finishedOn, 'runDetails.metadata.finishedOn', shape);
      }
      descriptors(details['byproducts'], 'runDetails.byproducts', shape);
    },
  },
  {
    // https://slsa.dev/spec/v1.0/verification_summary
    kind: 'vsa',
    type: 'https://slsa.dev/verification_summary/v1',
    pattern: /^https:\/\/slsa\.dev\/verification_summary\/v1(?:\.\d+)?$/,
    check(predicate, shape) {
      uri(shape.object(predicate['verifier'], 'verifier')['id'], 'verifier.id', shape);
      time(predicate['timeVerified'], 'timeVerified', shape);
      uri(predicate['resourceUri'], 'resourceUri', shape);
      const policy = shape.object(predicate['policy'], 'policy');
      if (policy['uri'] === undefined && policy['digest'] === undefined)
        throw shape.wrong('policy', 'named by a uri or a digest');
      oneOf(predicate['verificationResult'], 'verificationResult', ['PASSED', 'FAILED'], shape);
      for (const level of shape.array(predicate['verifiedLevels'], 'verifiedLevels', 1_000))
        shape.string(level, 'verifiedLevels');
      descriptors(predicate['inputAttestations'], 'inputAttestations', shape);
    },
  },
  {
    // https://github.com/in-toto/attestation/blob/main/spec/predicates/spdx.md, SPDX 2.2, 2.3 and 3.0
    kind: 'spdx',
    type: 'https://spdx.dev/Document/v2.3',
    pattern: /^https:\/\/spdx\.dev\/Document(?:\/v\d+(?:\.\d+)*)?$/,
    check(predicate, shape) {
      if (predicate['@graph'] !== undefined) {
        shape.array(predicate['@graph'], '@graph', LIST_MAX);
        if (predicate['@context'] === undefined) throw shape.wrong('@context', 'there');
        return;
      }
      if (!/^SPDX-2\.\d+$/.test(shape.string(predicate['spdxVersion'], 'spdxVersion')))
        throw shape.wrong('spdxVersion', 'SPDX-2.x');
      if (predicate['SPDXID'] !== 'SPDXRef-DOCUMENT') throw shape.wrong('SPDXID', 'SPDXRef-DOCUMENT');
      shape.string(predicate['name'], 'name');
      uri(predicate['documentNamespace'], 'documentNamespace', shape);
      time(shape.object(predicate['creationInfo'], 'creationInfo')['created'], 'creationInfo.created', shape);
      const packages =
        predicate['packages'] === undefined ? [] : shape.array(predicate['packages'], 'packages', LIST_MAX);
      packages.forEach((each, i) => shape.string(shape.object(each, `packages[${i}]`)['name'], `packages[${i}].name`));
    },
  },
  {
    // https://github.com/in-toto/attestation/blob/main/spec/predicates/cyclonedx.md
    kind: 'cyclonedx',
    type: 'https://cyclonedx.org/bom/v1.6',
    pattern: /^https:\/\/cyclonedx\.org\/bom(?:\/v\d+(?:\.\d+)*)?$/,
    check(predicate, shape) {
      if (predicate['bomFormat'] !== 'CycloneDX') throw shape.wrong('bomFormat', 'CycloneDX');
      if (!/^1\.\d+$/.test(shape.string(predicate['specVersion'], 'specVersion')))
        throw shape.wrong('specVersion', '1.x');
      const components =
        predicate['components'] === undefined ? [] : shape.array(predicate['components'], 'components', LIST_MAX);
      components.forEach((each, i) => {
        const component = shape.object(each, `components[${i}]`);
        shape.string(component['type'], `components[${i}].type`);
        shape.string(component['name'], `components[${i}].name`);
      });
    },
  },
  {
    // https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md
    kind: 'test-result',
    type: 'https://in-toto.io/attestation/test-result/v0.1',
    pattern: /^https:\/\/in-toto\.io\/attestation\/test-result\/v0\.\d+$/,
    check(predicate, shape) {
      oneOf(predicate['result'], 'result', RESULTS, shape);
      shape.array(predicate['configuration'], 'configuration', LIST_MAX);
      descriptors(predicate['configuration'], 'configuration', shape);
      for (const name of ['passedTests', 'warnedTests', 'failedTests'])
        if (predicate[name] !== undefined)
          for (const each of shape.array(predicate[name], name, LIST_MAX)) shape.string(each, name);
      if (
        predicate['result'] === 'PASSED' &&
        Array.isArray(predicate['failedTests']) &&
        predicate['failedTests'].length > 0
      )
        throw shape.wrong('result', 'PASSED: it names tests that failed');
    },
  },
  {
    // https://github.com/in-toto/attestation/blob/main/spec/predicates/link.md
    kind: 'link',
    type: 'https://in-toto.io/attestation/link/v0.3',
    pattern: /^https:\/\/in-toto\.io\/attestation\/link\/v0\.\d+$/,
    check(predicate, shape) {
      shape.string(predicate['name'], 'name');
      if (predicate['command'] !== undefined) shape.array(predicate['command'], 'command', 10_000);
      descriptors(predicate['materials'], 'materials', shape);
    },
  },
];

/** What kind a type is of; null if it is none that is known. */
export const kindOfPredicate = (type: string): PredicateKind | null =>
  KNOWN.find(({ pattern }) => pattern.test(type))?.kind ?? null;

/** The type that a short name such as `slsa` stands for; a URI stands for itself. Throws AttestError. */
export function predicateTypeOf(name: string): string {
  const known = KNOWN.find(({ kind }) => kind === name);
  if (known !== undefined) return known.type;
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(name)) return name;
  throw new AttestError(
    'predicate',
    'predicate-type',
    `"${shown(name)}" is no type of predicate`,
    `Give a URI, or one of ${KNOWN.map(({ kind }) => kind).join(', ')}.`,
  );
}

/** Throws AttestError `predicate` where a statement of a known type lacks what makes it one. */
export function checkPredicate(statement: Statement): PredicateKind | null {
  const known = KNOWN.find(({ pattern }) => pattern.test(statement.predicateType));
  if (known === undefined) return null;
  if (!isObject(statement.predicate))
    throw new AttestError('predicate', 'predicate', 'the predicate is no object', 'Ask its maker.');
  try {
    known.check(statement.predicate, new Shape('predicate', `the predicate (${known.kind})`), statement);
  } catch (error) {
    if (!(error instanceof AttestError) || error.code !== 'malformed') throw error;
    throw new AttestError(
      'predicate',
      'predicate',
      error.refusal.message,
      'It is signed, and still not what it says to be: ask its maker.',
    );
  }
  return known.kind;
}
