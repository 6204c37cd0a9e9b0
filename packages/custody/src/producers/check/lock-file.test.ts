import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lockIn } from './lock-file.ts';

const read = (path: string, text: string) =>
  lockIn(path, text)!.requirements.map(({ line, name, specifier, hasHash }) => [line, name, specifier, hasHash]);

test('Poetry, uv and PDM: tables of packages', () => {
  const text = `# made by poetry
[[package]]
name = "pandas"
version = "2.2.3"
files = [
    {file = "a.whl", hash = "sha256:aa"},
]
[package.dependencies]
name = "not-a-package"

[[package]]
name = "own"
version = "0.1.0"
source = { editable = "." }

[[package]]
name = "bare"
version = "1"
`;
  expect(read('a/poetry.lock', text)).toEqual([
    [2, 'pandas', '==2.2.3', true],
    [11, 'own', '==0.1.0', true],
    [16, 'bare', '==1', false],
  ]);
});

test('Pipenv: both groups', () => {
  const lock = { default: { flask: { version: '==3.0.0', hashes: ['sha256:aa'] } }, develop: { black: {} } };
  expect(read('Pipfile.lock', JSON.stringify(lock))).toEqual([
    [1, 'flask', '==3.0.0', true],
    [1, 'black', '', false],
  ]);
  expect(read('Pipfile.lock', '{')).toEqual([]);
});

test('yarn, old and new', () => {
  expect(
    read(
      'yarn.lock',
      'lodash@^4.0.0, lodash@^4.17.0:\n  version "4.17.21"\n  integrity sha512-a\n\n"@a/b@npm:^1.0.0":\n  version: 1.2.3\n  checksum: c\n',
    ),
  ).toEqual([
    [1, 'lodash', '==4.17.21', true],
    [5, '@a/b', '==1.2.3', true],
  ]);
});

test('pnpm, old and new', () => {
  const text = `importers:
  .:
    dependencies: {}
packages:
  /lodash@4.17.21:
    resolution: {integrity: sha512-a}
  '@a/b@1.2.3':
    resolution: {integrity: sha512-b}
  /c/1.0.0:
    dev: true
snapshots:
  d@1.0.0: {}
`;
  expect(read('pnpm-lock.yaml', text)).toEqual([
    [5, 'lodash', '==4.17.21', true],
    [7, '@a/b', '==1.2.3', true],
    [9, 'c', '==1.0.0', false],
  ]);
});

test('any text is read without a fault, and a long line in bounded time', () => {
  const files = ['poetry.lock', 'Pipfile.lock', 'yarn.lock', 'pnpm-lock.yaml'];
  const piece = fc.constantFrom('[[package]]\n', 'name = "a"\n', 'packages:\n', '  a@1:\n', 'a@1:\n', '  version "1"\n', '"', '@', ':', '\n', '{"default":'); // prettier-ignore
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.array(fc.oneof(piece, fc.string()), { maxLength: 20 }), (file, parts) => {
      const text = parts.join('');
      for (const { line } of lockIn(file, text)!.requirements)
        expect(line).toBeLessThanOrEqual(text.split('\n').length);
    }),
  );
  for (const file of files)
    for (const text of [
      '@'.repeat(1e6),
      'a@'.repeat(5e5),
      ' '.repeat(1e6),
      '  /'.repeat(3e5),
      'packages:\n  ' + 'a/'.repeat(5e5),
    ])
      expect(lockIn(file, text)).not.toBeNull();
});
