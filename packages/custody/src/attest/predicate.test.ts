/** Predicates as the specifications show them, and each with one member missing or wrong. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AttestError } from './attest-error.ts';
import { checkPredicate, kindOfPredicate, predicateTypeOf } from './predicate.ts';
import { isSameArtifact, requireSubject, type Statement } from './statement.ts';
import type { JsonObject } from './strict-json.ts';

const SHA = 'a'.repeat(64);
const subject = [{ name: 'app', digest: { sha256: SHA } }];

const GOOD: Readonly<Record<string, readonly [string, JsonObject]>> = {
  slsa: [
    'https://slsa.dev/provenance/v1',
    {
      buildDefinition: {
        buildType: 'https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1',
        externalParameters: { workflow: { ref: 'refs/heads/main' } },
        resolvedDependencies: [
          { uri: 'git+https://github.com/o/r@refs/heads/main', digest: { gitCommit: 'c'.repeat(40) } },
        ],
      },
      runDetails: {
        builder: { id: 'https://github.com/actions/runner/github-hosted' },
        metadata: { startedOn: '2026-11-01T00:00:00Z' },
      },
    },
  ],
  vsa: [
    'https://slsa.dev/verification_summary/v1',
    {
      verifier: { id: 'https://example.org/verifier' },
      timeVerified: '2026-11-01T00:00:00Z',
      resourceUri: 'pkg:oci/app',
      policy: { uri: 'https://example.org/policy' },
      verificationResult: 'PASSED',
      verifiedLevels: ['SLSA_BUILD_LEVEL_3'],
    },
  ],
  spdx: [
    'https://spdx.dev/Document/v2.3',
    {
      spdxVersion: 'SPDX-2.3',
      SPDXID: 'SPDXRef-DOCUMENT',
      name: 'app',
      documentNamespace: 'https://example.org/app',
      creationInfo: { created: '2026-11-01T00:00:00Z', creators: ['Tool: x'] },
      packages: [{ name: 'left-pad', SPDXID: 'SPDXRef-1', downloadLocation: 'NOASSERTION' }],
    },
  ],
  cyclonedx: [
    'https://cyclonedx.org/bom',
    { bomFormat: 'CycloneDX', specVersion: '1.5', components: [{ type: 'library', name: 'left-pad' }] },
  ],
  'test-result': [
    'https://in-toto.io/attestation/test-result/v0.1',
    { result: 'FAILED', configuration: [{ name: 'ci.yml', digest: { sha256: SHA } }], failedTests: ['a'] },
  ],
  link: [
    'https://in-toto.io/attestation/link/v0.3',
    { name: 'build', command: ['make'], materials: [{ name: 'a', digest: { sha256: SHA } }] },
  ],
};

const codeOf = (statement: Statement): string => {
  try {
    return String(checkPredicate(statement));
  } catch (error) {
    if (error instanceof AttestError) return error.code;
    throw error;
  }
};
const changed = (value: JsonObject, path: string, to: unknown): JsonObject => {
  const [name = '', ...rest] = path.split('.');
  return { ...value, [name]: rest.length === 0 ? to : changed(value[name] as JsonObject, rest.join('.'), to) };
};

describe('a predicate', () => {
  test.each(Object.entries(GOOD))('%s is told by its type and taken', (kind, [predicateType, predicate]) => {
    expect(codeOf({ subject, predicateType, predicate })).toBe(kind);
    expect(kindOfPredicate(predicateTypeOf(kind))).toBe(kind);
  });

  test.each([
    ['slsa', 'buildDefinition', undefined],
    ['slsa', 'buildDefinition.buildType', 'no uri'],
    ['slsa', 'buildDefinition.externalParameters', undefined],
    ['slsa', 'buildDefinition.resolvedDependencies', [{}]],
    ['slsa', 'buildDefinition.resolvedDependencies', [{ digest: { sha256: 'A' } }]],
    ['slsa', 'runDetails.builder.id', ''],
    ['slsa', 'runDetails.metadata.startedOn', 'yesterday'],
    ['vsa', 'verificationResult', 'MAYBE'],
    ['vsa', 'policy', {}],
    ['vsa', 'verifiedLevels', 'SLSA_BUILD_LEVEL_3'],
    ['vsa', 'timeVerified', undefined],
    ['spdx', 'SPDXID', 'SPDXRef-1'],
    ['spdx', 'spdxVersion', '2.3'],
    ['spdx', 'packages', [{}]],
    ['cyclonedx', 'bomFormat', 'SPDX'],
    ['cyclonedx', 'components', [{ name: 'x' }]],
    ['test-result', 'result', 'OK'],
    ['test-result', 'configuration', undefined],
    ['test-result', 'result', 'PASSED'],
    ['link', 'name', 7],
    ['link', 'materials', 'a'],
  ])('%s with another %s is refused', (kind, path, to) => {
    const [predicateType, predicate] = GOOD[kind]!;
    expect(codeOf({ subject, predicateType, predicate: changed(predicate, path, to) })).toBe('predicate');
  });

  test('of a type that is not known is taken as it is', () => {
    expect(codeOf({ subject, predicateType: 'https://example.org/mine/v1', predicate: { anything: 1 } })).toBe('null');
    expect(() => predicateTypeOf('nothing known')).toThrow(AttestError);
  });

  test('of any shape is taken or refused by name', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(GOOD)),
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.constantFrom('buildDefinition', 'runDetails', 'policy', 'materials', 'packages', 'result'),
        fc.jsonValue(),
        ([predicateType, good], rest, member, value) => {
          codeOf({ subject, predicateType, predicate: rest });
          codeOf({ subject, predicateType, predicate: { ...good, [member]: value } });
        },
      ),
    );
  });
});

test('a statement is about an artifact only by a digest that both know, and all that both know', () => {
  expect(isSameArtifact({ sha256: SHA, sha1: 'x' }, { sha256: SHA })).toBe(true);
  expect(isSameArtifact({ sha256: SHA, sha1: 'x' }, { sha256: SHA, sha1: 'y' })).toBe(false);
  expect(isSameArtifact({ sha256: SHA }, { sha512: SHA })).toBe(false);
  expect(() => requireSubject({ subject, predicateType: 't', predicate: {} }, { sha256: 'b'.repeat(64) })).toThrow(
    /about app/,
  );
});
