import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitVersion } from './model-versions.ts';

test.each([
  ['credit-default/2026-11-12', 'credit-default', '2026-11-12'],
  ['models/credit@v3', 'models/credit', 'v3'],
  ['credit:17', 'credit', '17'],
  ['risk-v3', 'risk', 'v3'],
  ['risk/4f1c09ab', 'risk', '4f1c09ab'],
  // A dash before a figure may belong to the name, and a word after a slash is another model.
  ['bert-2', 'bert-2', null],
  ['models/fraud', 'models/fraud', null],
  ['v3', 'v3', null],
])('%s is %s, version %s', (name, stem, label) => {
  expect(splitVersion(name)).toEqual({ name: stem, label });
});

test('any name comes apart quickly, and nothing of it is lost', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 5_000, unit: fc.constantFrom('a', '1', 'v', '-', '/', ':', '.') }), (text) => {
      const { name, label } = splitVersion(text);
      expect(label === null ? name === text : text.startsWith(name) && text.endsWith(label)).toBe(true);
      expect(name === '' && text !== '').toBe(false);
    }),
  );
});
