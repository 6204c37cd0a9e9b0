import { expect, test } from 'vitest';
import { YamlFile } from './yaml-file.ts';

test('YAML as dbt reads it: yes is true, merges, lines, aliases', () => {
  const { root, unread } = new YamlFile('a: &a\n  x: yes\nb:\n  <<: *a\n  z: 2\nc: *a\n');
  expect(unread).toBeNull();
  expect(root!.json('a')).toEqual({ x: true });
  expect(root!.json('b')).toEqual({ x: true, z: 2 });
  expect(root!.map('c')!.text('x')).toBe('true');
  expect([root!.lineOf('b'), root!.map('b')!.lineOf('z')]).toEqual([3, 5]);
});

test('what nests too deep is not composed, however it is written', () => {
  for (const text of [
    '['.repeat(500),
    '- '.repeat(500),
    '{a: '.repeat(500),
    Array.from({ length: 1_300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
  ])
    expect(new YamlFile(text)).toMatchObject({ root: null, unread: expect.stringContaining('deep') });
});

test('what is no mapping, too much, or no YAML says so', () => {
  expect(new YamlFile('- a\n').unread).toBe('it is no mapping');
  expect(new YamlFile('a: 1\n'.repeat(40_000)).unread).toContain('lines');
  expect(new YamlFile('a: "').unread).not.toBeNull();
});
