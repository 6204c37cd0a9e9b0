import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outcomeOf } from './outcome.ts';
import { digestOf, filesPayload } from './policy-files.ts';
import { PolicySet, type ActivePolicy } from './policy-set.ts';
import { fromJs, RegoSet } from './rego/index.ts';
import { summaryOf } from './summary.ts';

const policy = (name: string, files: Record<string, string>): ActivePolicy => ({
  name,
  version: 1,
  digest: digestOf(filesPayload(files)),
  files,
});

test.each([
  ['allow', true, 'allow'],
  ['allow', false, 'deny'],
  ['deny', true, 'deny'],
  ['allow', undefined, 'undefined'],
  ['decision', { allow: false, deny: ['x'] }, 'deny'],
  ['decision', { deny: [] }, 'allow'],
  ['decision', { deny: ['no'] }, 'deny'],
  ['deny', [], 'allow'],
  ['batch', [0, 2], 'value'],
  ['mask', { expression: 'x' }, 'value'],
] as const)('%s = %j is %s', (name, value, wanted) => {
  expect(outcomeOf(['gate', name], value === undefined ? undefined : fromJs(value))).toBe(wanted);
});

test('a set of refusals denies', () => {
  expect(outcomeOf(['gate', 'deny'], RegoSet.of(['no']))).toBe('deny');
});

const set = new PolicySet([
  policy('a', {
    'a.rego': 'package gate.read\n\nallow if {\n\tinput.purpose == "risk"\n\tinput.subject.kind == "model"\n}\n',
    'data.json': '{"roles":{"x":1}}',
  }),
  policy('b', {
    'b.rego': 'package gate.read.columns\n\nopen if data.gate.read.allow\n',
    'b_test.rego': 'package broken',
  }),
]);

test('policies see one another, and a path belongs to the policy whose package holds it', () => {
  const input = { purpose: 'risk', subject: { kind: 'model' } };
  expect(set.policy.evaluate('data.gate.read.columns.open', input)).toBe(true);
  expect(set.ownerOf(['gate', 'read', 'allow'])?.name).toBe('a');
  expect(set.ownerOf(['gate', 'read', 'columns', 'open'])?.name).toBe('b');
  expect(set.ownerOf(['gate'])).toBeNull();
});

test('one package in two policies, and one document in two, are refused', () => {
  expect(() => set.with('c', policy('c', { 'c.rego': 'package gate.read\n' }))).toThrow(/in the policy a already/);
  expect(() => set.with('c', policy('c', { 'data.json': '{"roles":{"x":2}}', 'c.rego': 'package c\n' }))).toThrow(
    /merge error/,
  );
});

test('the digest of a set names what is in it, in any order', () => {
  expect(new PolicySet([...set.policies].reverse()).digest).toBe(set.digest);
  expect(set.with('b', null).digest).not.toBe(set.digest);
});

test('of an input the log is told what the policies spell, and nothing else', () => {
  const input = fromJs({
    purpose: 'risk',
    subject: { kind: 'model', name: 'Ada Lovelace', secret: true },
    'ada@example.org': 'risk',
    email: 'risk',
  });
  expect(summaryOf(input, set.vocabulary)).toEqual({ purpose: 'risk', 'subject.kind': 'model' });
  fc.assert(
    fc.property(fc.object(), (object) => {
      for (const [path, value] of Object.entries(
        summaryOf(fromJs(JSON.parse(JSON.stringify(object))), set.vocabulary),
      )) {
        for (const part of path.split('.')) expect(set.vocabulary.has(part)).toBe(true);
        if (typeof value === 'string') expect(set.vocabulary.has(value)).toBe(true);
      }
    }),
  );
});
